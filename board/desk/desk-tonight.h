/* desk-tonight.h: who of a desk is to come, who has no transport, who is late.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "desk-words.h"

#include "common/bed-time.h"

#define DESK_LATE_US (2 * BED_HOUR_US)         /* past the expected time: amber (domain.md) */
#define DESK_JOURNEY_US (90 * BED_MINUTE_US)   /* guessed from booking to arriving, where no time is known */
#define DESK_DELAY_US (60 * BED_MINUTE_US)     /* by which late transport is expected later */
#define DESK_QUARTER_US (15 * BED_MINUTE_US)

typedef enum
{
  DESK_TONIGHT_LATE,
  DESK_TONIGHT_NO_TRANSPORT,
  DESK_TONIGHT_EXPECTED,
  DESK_TONIGHT_N
} DeskTonightSection;

/* -1: not accepted, or already there. */
int
desk_tonight_get_section (const BoardReferral *referral, gint64 now_us);
/* BoardReferral, borrowed from people, by section and then by time. */
GPtrArray *
desk_tonight_list (const GPtrArray *people, gint64 now_us);

/* From 15:00 local: whoever has no transport yet must get it now. */
gboolean
desk_tonight_is_due (gint64 now_us);
/* The time to tell the register with this transport: what is known if it still may be, else a guess on a
 * quarter of an hour. */
gint64
desk_tonight_choose_time (const BoardReferral *referral, BedTransport transport, gint64 now_us);

/* "Expected 13:15 · Transport booked", "2 h 10 late". Owned by the caller. */
char *
desk_tonight_say (const BoardReferral *referral, gint64 now_us);
/* A section's heading, with what is urgent about it. Owned by the caller. */
char *
desk_tonight_say_section (DeskTonightSection section, guint n, gint64 now_us);
