/* feed-turns.h: a fixture's snapshot as it is in another state of the county.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

/* No unit has confirmed anything for five hours. */
void
feed_turn_stale (JsonObject *snapshot);

/* Nobody is referred; no bed is promised to anybody. */
void
feed_turn_nobody (JsonObject *snapshot);

/* No unit is known yet, nor anybody or anything that has happened. */
void
feed_turn_empty (JsonObject *snapshot);

/* Further units like those that there are, until there are n, each one elsewhere. */
void
feed_turn_many (JsonObject *snapshot, guint n);
