/* gateway-left.h: queue.left: who has left the register since a time.
 *
 * The feed says of them only that they are gone; a handover has to say where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-link.h"
#include "common/bed-rows.h"

#define GATEWAY_LEFT_MAX 500 /* people in one answer */

/* Appends the result of queue.left as the actor may ask for it. lap: only its people and those of no
 * LAP; NULL: everybody's. Errors: BED_ERROR_FORBIDDEN, BAD_VALUE naming the member. */
gboolean gateway_left_print (const BedActor *actor, const BedMap *map, const char *lap, gint64 since_us, BedJson *result,
                             GError **error);
