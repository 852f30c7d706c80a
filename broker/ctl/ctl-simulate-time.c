/* ctl-simulate-time.c: the time of day in a simulation, and when people work.
 *
 * Owns nothing; cannot fail. Local time is bed-time.h's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-time.h"

#include "common/bed-time.h"

#define DAYS_LOOKED 8

void
ctl_time_hear (CtlTime *time, gint64 monotonic_us, gint64 at_us)
{
  time->heard_us = MAX (time->heard_us, at_us);
  if (time->speed == 0)
    return;
  gint64 offset_us = at_us - monotonic_us * (gint64) time->speed;
  if (!time->is_set)
    time->zero_us = at_us;
  if (!time->is_set || offset_us > time->offset_us)
    time->offset_us = offset_us;
  time->is_set = TRUE;
}

gint64
ctl_time_read (const CtlTime *time, gint64 monotonic_us)
{
  return time->speed == 0 ? g_get_real_time ()
                          : time->offset_us + monotonic_us * (gint64) time->speed;
}

guint
ctl_time_get_hour (gint64 at_us)
{
  return (guint) bed_time_get_local_minute (at_us) / 60;
}

/* 1970-01-01 was a Thursday. The local day is that of the local noon. */
guint
ctl_time_get_weekday (gint64 at_us)
{
  gint64 noon_us = at_us + (12 * 60 - bed_time_get_local_minute (at_us)) * BED_MINUTE_US;
  return (guint) ((noon_us / BED_DAY_US + 3) % 7);
}

gboolean
ctl_time_is_within (const CtlShift *shift, gint64 at_us)
{
  guint hour = ctl_time_get_hour (at_us);
  return hour >= shift->from && hour < shift->to
         && !(shift->is_weekdays_only && bed_time_is_weekend (at_us));
}

gint64
ctl_time_find_shift (const CtlShift *shift, gint64 at_us)
{
  for (guint i = 0; i < DAYS_LOOKED && !ctl_time_is_within (shift, at_us); i++)
    at_us = bed_time_find_next_local (at_us, shift->from, 0);
  return at_us;
}
