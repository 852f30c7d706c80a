/* bed-live-feed.h: how far a feed has been delivered: what is acknowledged, and resumed from.
 *
 * Private to common/live.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-live.h"

typedef struct _BedLiveFeed BedLiveFeed;

/* scope: JSON text of an object. */
BedLiveFeed *
bed_live_feed_new (const char *scope);
void
bed_live_feed_free (BedLiveFeed *feed);

/* feed.subscribe's params: the scope's members, and since if there is a picture to resume. Owned by
 * the caller. */
char *
bed_live_feed_print_subscription (const BedLiveFeed *feed);

/* The answer to feed.subscribe: from where the feed goes on. */
void
bed_live_feed_begin (BedLiveFeed *feed, JsonNode *answer);
/* All that the register knew when this was subscribed to has been delivered. */
gboolean
bed_live_feed_is_current (const BedLiveFeed *feed);

/* Counts a notification that has been delivered. TRUE if it is to be acknowledged: ack is then the
 * whole message. */
gboolean
bed_live_feed_count (BedLiveFeed *feed, const char *method, JsonObject *params, BedJson *ack);

/* The connection is gone: pages of something unfinished will not be followed by the others. */
void
bed_live_feed_lose (BedLiveFeed *feed);
