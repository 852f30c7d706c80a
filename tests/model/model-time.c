/* model-time.c: hours and days in Europe/London, by the rule itself: summer time from 01:00 UTC on
 * the last Sunday of March until 01:00 UTC on the last Sunday of October. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

/* Days since 1970 of a date (proleptic Gregorian; the count by eras is Howard Hinnant's). */
static gint64
count_days (gint64 year, int month, int day)
{
  year -= month <= 2;
  gint64 era = year / 400, of_era = year - era * 400;
  gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* 0: Sunday. 1970 began on a Thursday. */
static int
weekday_of (gint64 day)
{
  return (int)((day + 4) % 7);
}

static gint64
find_last_sunday (gint64 year, int month)
{
  gint64 day = count_days (year, month, 31);
  return day - weekday_of (day);
}

gint64
local_offset_us (gint64 at_us)
{
  gint64 year = 1970 + at_us / (DAY_US * 146097 / 400);
  while (count_days (year + 1, 1, 1) * DAY_US <= at_us)
    year++;
  while (count_days (year, 1, 1) * DAY_US > at_us)
    year--;
  gint64 begins_us = find_last_sunday (year, 3) * DAY_US + HOUR_US;
  gint64 ends_us = find_last_sunday (year, 10) * DAY_US + HOUR_US;
  return at_us >= begins_us && at_us < ends_us ? HOUR_US : 0;
}

gint64
local_day (gint64 at_us)
{
  return (at_us + local_offset_us (at_us)) / DAY_US;
}

int
local_minute (gint64 at_us)
{
  return (int)((at_us + local_offset_us (at_us)) % DAY_US / MINUTE_US);
}

gboolean
local_is_weekend (gint64 at_us)
{
  int weekday = weekday_of (local_day (at_us));
  return weekday == 0 || weekday == 6;
}

gboolean
local_is_night (gint64 at_us)
{
  int minute = local_minute (at_us);
  return minute < 8 * 60 || minute >= 20 * 60;
}

gint64
local_next (gint64 at_us, int minute)
{
  for (gint64 day = local_day (at_us);; day++)
    {
      gint64 wall_us = day * DAY_US + minute * MINUTE_US;
      gint64 next_us = wall_us - local_offset_us (wall_us);
      if (local_offset_us (next_us) != local_offset_us (wall_us))
        next_us = wall_us - local_offset_us (next_us);
      if (next_us > at_us)
        return next_us;
    }
}
