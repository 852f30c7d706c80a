/* bed-clock.c: the limits that run for a referral, and a bed's turnaround: the table of domain.md as data.
 *
 * Pure functions of one row; nothing can fail. Whether a limit was breached is an event, and stands
 * in the row: nothing here compares with the time of day. Limits are spans of time, not of the wall
 * clock: a day is 24 hours on both Sundays on which the clocks change.
 *
 * Not here: freshness, which is a limit of the unit's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rows.h"

#include "bed-time.h"

#define STATE(name) (1u << BED_STATE_##name)
#define BEFORE_ARRIVAL                                                                             \
  (STATE (SUBMITTED) | STATE (TRIAGED) | STATE (WAITING) | STATE (HELD) | STATE (ACCEPTED) | STATE (IN_TRANSIT))
#define STAYING (STATE (ARRIVED) | STATE (THERAPY_STARTED) | STATE (READY_TO_LEAVE))

typedef struct
{
  gsize from; /* of the instant in the row at which it starts; 0 there: it does not run */
  gint64 limit_us;
  gint64 amber_us;    /* after the start; before it if less than 0 */
  guint32 states;     /* in which it runs */
  guint8 stopped_by;  /* BED_REFERRAL_… */
  gboolean is_urgent; /* only in the urgent lane */
  gboolean is_of_bed; /* only for somebody who needs a bed: not for a place, nor on the simple pathway */
  gboolean lapses;    /* it ends in an event of its own, or only prompts: never a breach */
} Limit;

#define FROM(field) .from = offsetof (BedReferralRow, field)

static const Limit limits[BED_CLOCK_N] = {
  /* First contact within two hours of being accepted as urgent; a bed never stops it. NHS England,
   * urgent community response standard. Untriaged, it is the triage that is awaited. */
  [BED_CLOCK_UCR_RESPONSE] = { FROM (triaged_at_us), 2 * BED_HOUR_US, 90 * BED_MINUTE_US,
                               (BEFORE_ARRIVAL & ~STATE (SUBMITTED)) | STATE (PAUSED) | STAYING, .stopped_by = BED_REFERRAL_RESPONDED,
                               .is_urgent = TRUE },
  /* Discharge-ready to arrived, or to the service at home that ends the referral. */
  [BED_CLOCK_READY_TO_SERVICE] = { FROM (ready_at_us), BED_DAY_US, 18 * BED_HOUR_US, BEFORE_ARRIVAL },
  [BED_CLOCK_TRIAGE] = { FROM (submitted_at_us), 30 * BED_MINUTE_US, 20 * BED_MINUTE_US, STATE (SUBMITTED) },
  /* until_us is the limit itself, whatever the lane, the override or the extension made of it. */
  [BED_CLOCK_HOLD] = { FROM (until_us), 0, -15 * BED_MINUTE_US, STATE (HELD), .lapses = TRUE },
  /* NICE QS173, statement 3: bed-based intermediate care starts within two days of referral. */
  [BED_CLOCK_BED_START] = { FROM (submitted_at_us), 2 * BED_DAY_US, 36 * BED_HOUR_US, BEFORE_ARRIVAL,
                            .is_of_bed = TRUE },
  /* Two hours past the expected time the row is amber, and no more: nothing expires by itself while
   * somebody may be in an ambulance. */
  [BED_CLOCK_ARRIVAL] = { FROM (expected_at_us), 2 * BED_HOUR_US, 2 * BED_HOUR_US, STATE (ACCEPTED) | STATE (IN_TRANSIT),
                          .lapses = TRUE },
  /* From coming to this bed: the episode may be older, if it began in another one. */
  [BED_CLOCK_THERAPY] = { FROM (since_us), 3 * BED_DAY_US, 2 * BED_DAY_US, STATE (ARRIVED), .is_of_bed = TRUE },
  /* The local limit; the national one is 28 days. */
  [BED_CLOCK_CHC_ASSESSMENT] = { FROM (chc_from_us), 5 * BED_DAY_US, 4 * BED_DAY_US, STAYING },
  /* Six weeks, across beds, or the unit's longest stay; past it only with a reason, which then stands
   * for the limit. Amber at two thirds. */
  [BED_CLOCK_EPISODE] = { FROM (arrived_at_us), BED_EPISODE_DAYS * BED_DAY_US, BED_EPISODE_DAYS * BED_DAY_US * 2 / 3, STAYING,
                          .stopped_by = BED_REFERRAL_STAY_EXTENDED },
  /* A bed's, from left to ready: in no state of a person. */
  [BED_CLOCK_TURNAROUND] = { .limit_us = 2 * BED_HOUR_US, .amber_us = 90 * BED_MINUTE_US },
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
needs_a_bed (const BedReferralRow *row)
{
  return row->pathway != BED_PATHWAY_SIMPLE && row->type < BED_TYPE_N && !(BED_PLACE_TYPES >> row->type & 1);
}

static gboolean
is_running (const Limit *limit, const BedReferralRow *row)
{
  if ((row->flags & (BED_REFERRAL_CLOSED | limit->stopped_by)) || row->state >= BED_STATE_N
      || !(limit->states >> row->state & 1))
    return FALSE;
  if (limit->is_urgent && row->lane != BED_LANE_URGENT)
    return FALSE;
  return !limit->is_of_bed || needs_a_bed (row);
}

/* A unit that lets people stay for less than an episode has the whole clock run faster. */
static gint64
get_span (BedClock clock, const BedReferralRow *row, gsize after)
{
  gint64 span_us = G_STRUCT_MEMBER (gint64, &limits[clock], after);
  return clock == BED_CLOCK_EPISODE && row->stay_days != 0 ? span_us / BED_EPISODE_DAYS * row->stay_days : span_us;
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
  *at_us = from_us + get_span (clock, row, after);
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

/* Only of beds that are in use: a closed one has time, and goes on from when it was left once it opens. */
gboolean
bed_clock_get_turnaround (const BedBedRow *row, gint64 *due_us, gint64 *amber_us)
{
  gboolean is_in_service = row->service == BED_SERVICE_OPEN || row->service == BED_SERVICE_SURGE_OPEN;
  if (!is_in_service || !(row->flags & BED_FLAG_IN_EFFECT) || row->occupancy != BED_OCCUPANCY_VACANT
      || row->left_us == 0)
    return FALSE;
  *due_us = row->left_us + limits[BED_CLOCK_TURNAROUND].limit_us;
  *amber_us = row->left_us + limits[BED_CLOCK_TURNAROUND].amber_us;
  return TRUE;
}

gboolean
bed_clock_is_out_of_hours (const BedLap *lap, const BedReferralRow *row)
{
  gint64 due_us;
  gboolean awaits_triage = row->lane == BED_LANE_URGENT && row->state == BED_STATE_SUBMITTED
                           && !(row->flags & (BED_REFERRAL_CLOSED | BED_REFERRAL_RESPONDED));
  if (!awaits_triage && !bed_clock_get_due (BED_CLOCK_UCR_RESPONSE, row, &due_us))
    return FALSE;
  int minute = bed_time_get_local_minute (row->triaged_at_us != 0 ? row->triaged_at_us : row->submitted_at_us);
  return minute < lap->urgent_opens_min || minute >= lap->urgent_closes_min;
}
