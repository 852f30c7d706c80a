/* bed-live-calls.h: the calls a live connection is waiting for, each answered exactly once.
 *
 * Private to common/live.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-live.h"

#define BED_LIVE_CALL_MS 30000 /* an answer later than this is UNCERTAIN */

typedef struct _BedLiveCalls BedLiveCalls;

BedLiveCalls *
bed_live_calls_new (void);
void
bed_live_calls_free (BedLiveCalls *calls); /* answers what is left: sent ones UNCERTAIN */

/* Room for one more call of a client. */
gboolean
bed_live_calls_have_room (BedLiveCalls *calls);

/* Enters a call that is about to be sent; returns its id. is_own: the connection's own opening
 * calls, which are dropped in silence and not counted. */
guint
bed_live_calls_add (BedLiveCalls *calls, gint64 now_us, gboolean is_own, BedLiveAnswer answer,
                    gpointer user_data);

/* Answers the call of a RESULT or ERROR message. FALSE if nobody waits for it. */
gboolean
bed_live_calls_answer (BedLiveCalls *calls, const BedMessage *message);

/* Answers from an idle, never from within: for a call that was not sent. */
void
bed_live_calls_refuse (BedLiveCalls *calls, BedError reason, BedLiveAnswer answer,
                       gpointer user_data);

/* The connection is gone: every sent call becomes UNCERTAIN (from an idle). */
void
bed_live_calls_lose (BedLiveCalls *calls);

/* Calls older than BED_LIVE_CALL_MS become UNCERTAIN (from an idle). */
void
bed_live_calls_expire (BedLiveCalls *calls, gint64 now_us);
