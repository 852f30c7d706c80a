/* bed-live.h: the client's end of a gateway's WebSocket: boards, the simulator, tests and benchmarks.
 *
 * One connection with backoff and jitter, session.open and (if asked) feed.subscribe after each
 * connect, acknowledgements sent by itself, at most BED_LIVE_CALLS_MAX calls in flight.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../bed-message.h"

#define BED_LIVE_CALLS_MAX 8
#define BED_LIVE_BACKOFF_MIN_MS 250
#define BED_LIVE_BACKOFF_MAX_MS 15000
#define BED_LIVE_SILENCE_MS 15000 /* without a frame or pong: the connection is dead */

typedef enum
{
  BED_LIVE_CONNECTING,
  BED_LIVE_OPEN,      /* session open (and feed subscribed) */
  BED_LIVE_LOST,      /* waiting to try again */
  BED_LIVE_REFUSED    /* the token is not accepted: tried again slowly */
} BedLiveState;

G_DECLARE_FINAL_TYPE (BedLive, bed_live, BED, LIVE, GObject)
#define BED_TYPE_LIVE (bed_live_get_type ())

/* random seeds the jitter. scope is the JSON text of feed.subscribe's params ("{}"), or NULL for no
 * feed. Signals, from the main context:
 *   "state" (guint BedLiveState);
 *   "notified" (const char *method, JsonObject *params): feed.* in order; params borrowed. */
BedLive *bed_live_new (const char *url, const char *token, const char *scope, guint64 random);

/* Connects; from then on by itself until disposed. */
void bed_live_start (BedLive *live);

BedLiveState bed_live_get_state (BedLive *live);
gint64 bed_live_get_heard_us (BedLive *live); /* bed_time_get_uptime of the last frame */
/* Open, and all that happened while it was not has been notified. */
gboolean bed_live_is_current (BedLive *live);
JsonObject *bed_live_peek_session (BedLive *live); /* result of session.open, or NULL. Borrowed */

/* As bed_link_call: answered exactly once, never from within. */
typedef void (*BedLiveAnswer) (JsonNode *result, const GError *error, JsonObject *data,
                               gpointer user_data);
void bed_live_call (BedLive *live, const char *method, const char *params, BedLiveAnswer answer,
                    gpointer user_data);
