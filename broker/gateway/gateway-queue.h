/* gateway-queue.h: queue.plan: made beside the main loop, one at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-json.h"
#include "common/bed-link.h"
#include "common/bed-rows.h"

typedef struct _GatewayQueue GatewayQueue;

/* Called once in the main context it was asked from. result is one JSON value, NULL on an error:
 * BED_ERROR_UNAVAILABLE when the register changed faster than it could be copied. */
typedef void (*GatewayQueueDone) (const char *result, gsize length, const GError *error, gpointer user_data);

GatewayQueue *gateway_queue_new (void);

/* Waits for a plan in the making, whose done is called with BED_ERROR_UNAVAILABLE. */
void gateway_queue_free (GatewayQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayQueue, gateway_queue_free)

/* Starts a plan over the map as it is at now_us (the broker's UTC), for those who see everybody:
 * coordinator, clinician, local. lap: whose people are shown, NULL
 * for all. FALSE, and done is never called: BED_ERROR_FORBIDDEN, BED_ERROR_BAD_VALUE (lap), or
 * BED_ERROR_TOO_MANY while another is in the making. */
gboolean gateway_queue_plan (GatewayQueue *self, const BedActor *actor, BedMap *map, const char *lap,
                             gint64 now_us, GatewayQueueDone done, gpointer user_data, GError **error);
