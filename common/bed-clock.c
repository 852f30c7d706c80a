/* bed-clock.c: the limits that run for a referral: the table of domain.md as data.
 *
 * Pure functions of one row; nothing can fail. Whether a limit was breached is an event, and stands
 * in the row: nothing here compares with the time of day.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rows.h"

#include "bed-time.h"

#define STATE(name) (1u << BED_STATE_##name)
#define BEFORE_BED (STATE (WAITING) | STATE (HELD) | STATE (ACCEPTED) | STATE (IN_TRANSIT))
#define BEFORE_ARRIVAL (STATE (SUBMITTED) | STATE (TRIAGED) | BEFORE_BED)
#define STAYING (STATE (ARRIVED) | STATE (THERAPY_STARTED) | STATE (READY_TO_LEAVE))

typedef struct
{
  gsize from; /* of the instant in the row at which it starts; 0 there: it does not run */
  gint64 limit_us;
  gint64 amber_us;    /* after the start */
  guint32 states;     /* in which it runs */
  guint8 stopped_by;  /* BED_REFERRAL_… */
  gboolean is_urgent; /* only in the urgent lane */
  gboolean is_of_bed; /* only for somebody who needs a bed, not a place at home */
  gboolean lapses;    /* it ends in an event of its own, never in a breach */
} Limit;

#define FROM(field) .from = offsetof (BedReferralRow, field)

static const Limit limits[BED_CLOCK_N] = {
  /* First contact within two hours of being accepted as urgent; a bed never stops it. NHS England,
   * urgent community response standard. */
  [BED_CLOCK_UCR_RESPONSE] = { FROM (triaged_at_us), 2 * BED_HOUR_US, 90 * BED_MINUTE_US,
                               STATE (TRIAGED) | STATE (PAUSED) | BEFORE_BED | STAYING,
                               .stopped_by = BED_REFERRAL_RESPONDED, .is_urgent = TRUE },
  [BED_CLOCK_READY_TO_SERVICE] = { FROM (ready_at_us), BED_DAY_US, 18 * BED_HOUR_US, BEFORE_ARRIVAL },
  [BED_CLOCK_TRIAGE] = { FROM (submitted_at_us), 30 * BED_MINUTE_US, 20 * BED_MINUTE_US, STATE (SUBMITTED) },
  [BED_CLOCK_HOLD] = { FROM (until_us), 0, 0, STATE (HELD), .lapses = TRUE },
  /* NICE QS173, statement 3: bed-based intermediate care starts within two days of referral. */
  [BED_CLOCK_BED_START] = { FROM (submitted_at_us), 2 * BED_DAY_US, 36 * BED_HOUR_US, BEFORE_BED,
                            .is_of_bed = TRUE },
  [BED_CLOCK_ARRIVAL] = { FROM (expected_at_us), 2 * BED_HOUR_US, 0, STATE (ACCEPTED) | STATE (IN_TRANSIT) },
  [BED_CLOCK_THERAPY] = { FROM (arrived_at_us), 3 * BED_DAY_US, 2 * BED_DAY_US, STATE (ARRIVED), .is_of_bed = TRUE },
  [BED_CLOCK_CHC_ASSESSMENT] = { FROM (chc_from_us), 5 * BED_DAY_US, 4 * BED_DAY_US, STAYING },
  [BED_CLOCK_EPISODE] = { FROM (arrived_at_us), 42 * BED_DAY_US, 28 * BED_DAY_US, STAYING,
                          .stopped_by = BED_REFERRAL_STAY_EXTENDED },
};

gint64
bed_clock_get_limit (BedClock clock)
{
  return clock < BED_CLOCK_N ? limits[clock].limit_us : 0;
}

gboolean
bed_clock_lapses (BedClock clock)
{
  return clock < BED_CLOCK_N && limits[clock].lapses;
}

static gboolean
is_running (const Limit *limit, const BedReferralRow *row)
{
  if ((row->flags & (BED_REFERRAL_CLOSED | limit->stopped_by)) || row->state >= BED_STATE_N
      || !(limit->states >> row->state & 1))
    return FALSE;
  if (limit->is_urgent && row->lane != BED_LANE_URGENT)
    return FALSE;
  return !limit->is_of_bed || (row->type < BED_TYPE_N && !(BED_PLACE_TYPES >> row->type & 1));
}

/* The instant that lies so far after the start. */
static gboolean
get_instant (BedClock clock, const BedReferralRow *row, gsize after, gint64 *at_us)
{
  if (clock >= BED_CLOCK_N)
    return FALSE;
  const Limit *limit = &limits[clock];
  gint64 from_us = G_STRUCT_MEMBER (gint64, row, limit->from);
  if (from_us == 0 || !is_running (limit, row))
    return FALSE;
  *at_us = from_us + G_STRUCT_MEMBER (gint64, limit, after);
  return TRUE;
}

gboolean
bed_clock_get_due (BedClock clock, const BedReferralRow *row, gint64 *due_us)
{
  return get_instant (clock, row, offsetof (Limit, limit_us), due_us);
}

gboolean
bed_clock_get_amber (BedClock clock, const BedReferralRow *row, gint64 *amber_us)
{
  return get_instant (clock, row, offsetof (Limit, amber_us), amber_us);
}
