/* bed-clock.c: the limits that run for a referral.
 *
 * Pure functions of one row; nothing can fail. Whether a limit was breached is an event, and stands
 * in the row: nothing here compares with the time of day.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rows.h"

#include "bed-time.h"

/* Until the person has arrived or has left the queue by another way. */
static gboolean
is_running (guint8 state)
{
  switch ((BedReferralState) state)
    {
    case BED_STATE_SUBMITTED:
    case BED_STATE_TRIAGED:
    case BED_STATE_WAITING:
    case BED_STATE_HELD:
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
      return TRUE;
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_PAUSED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return FALSE;
    }
  return FALSE;
}

gint64
bed_clock_get_limit (BedClock clock)
{
  switch (clock)
    {
    case BED_CLOCK_UCR_RESPONSE:
      return 2 * BED_HOUR_US; /* UCR: first contact within two hours */
    case BED_CLOCK_READY_TO_SERVICE:
      return BED_DAY_US;
    case BED_CLOCK_N:
      return 0;
    }
  return 0;
}

gboolean
bed_clock_get_due (BedClock clock, const BedReferralRow *row, gint64 *due_us)
{
  gint64 from_us = 0;
  switch (clock)
    {
    case BED_CLOCK_UCR_RESPONSE:
      from_us = row->lane == BED_LANE_URGENT ? row->submitted_at_us : 0;
      break;
    case BED_CLOCK_READY_TO_SERVICE:
      from_us = row->ready_at_us;
      break;
    case BED_CLOCK_N:
      break;
    }
  if (from_us == 0 || (row->flags & BED_REFERRAL_CLOSED) || !is_running (row->state))
    return FALSE;
  *due_us = from_us + bed_clock_get_limit (clock);
  return TRUE;
}
