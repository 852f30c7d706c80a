/* bed-time.c: instants as text, and the hours of an English day.
 *
 * The calendar is computed by hand (days of the proleptic Gregorian calendar, Howard Hinnant's
 * algorithm), because times are printed for every changed row; only the hour of summer time comes
 * from the system's zone data. Owns one constant: the zone. Text that is no time is refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-time.h"

#include <string.h>

#define ZONE "Europe/London"
#define ZONE_RULE "GMT0BST,M3.5.0/1,M10.5.0/2" /* where the system has no zone data */
#define TIME_MAX_US (G_GINT64_CONSTANT (253402300800) * BED_SECOND_US - 1) /* end of 9999 */
#define NIGHT_STARTS_HOUR 20
#define NIGHT_ENDS_HOUR 8
#define FRESH_BOUNDARIES_MAX 800 /* over a year of mornings and evenings */

typedef struct
{
  int year;
  int month; /* 1 … 12 */
  int day;   /* 1 … 31 */
} Date;

static Date
date_of_day (gint64 day)
{
  gint64 z = day + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  int of_era = (int) (z - era * 146097);
  int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year + year / 4 - year / 100);
  int shifted = (5 * of_year + 2) / 153;
  int month = shifted < 10 ? shifted + 3 : shifted - 9;
  return (Date){ .year = year + (int) era * 400 + (month <= 2),
                 .month = month,
                 .day = of_year - (153 * shifted + 2) / 5 + 1 };
}

static gint64
day_of_date (Date date)
{
  int year = date.year - (date.month <= 2);
  int era = (year >= 0 ? year : year - 399) / 400;
  int of_era = year - era * 400;
  int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return (gint64) era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Day number and microseconds within it; also right before 1970. */
static gint64
split_day (gint64 time_us, gint64 *within_us)
{
  gint64 day = time_us / BED_DAY_US;
  gint64 rest = time_us % BED_DAY_US;
  if (rest < 0)
    {
      rest += BED_DAY_US;
      day--;
    }
  *within_us = rest;
  return day;
}

static char *
put_digits (char *at, int value, int n)
{
  for (int i = n - 1; i >= 0; i--)
    {
      at[i] = (char) ('0' + value % 10);
      value /= 10;
    }
  return at + n;
}

void
bed_time_print (gint64 time_us, char text[static BED_TIME_SIZE])
{
  gint64 within_us;
  gint64 day = split_day (CLAMP (time_us, 0, TIME_MAX_US), &within_us);
  Date date = date_of_day (day);
  int ms = (int) (within_us / 1000);

  char *at = put_digits (text, date.year, 4);
  *at++ = '-';
  at = put_digits (at, date.month, 2);
  *at++ = '-';
  at = put_digits (at, date.day, 2);
  *at++ = 'T';
  at = put_digits (at, ms / 3600000, 2);
  *at++ = ':';
  at = put_digits (at, ms / 60000 % 60, 2);
  *at++ = ':';
  at = put_digits (at, ms / 1000 % 60, 2);
  *at++ = '.';
  at = put_digits (at, ms % 1000, 3);
  *at++ = 'Z';
  *at = '\0';
}

/* Reads exactly n digits and moves on; FALSE if they are not there. */
static gboolean
take_digits (const char **at, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*at)[i]))
        return FALSE;
      *value = *value * 10 + ((*at)[i] - '0');
    }
  *at += n;
  return TRUE;
}

static gboolean
take_char (const char **at, char wanted)
{
  if (g_ascii_toupper (**at) != wanted)
    return FALSE;
  (*at)++;
  return TRUE;
}

static gboolean
take_date (const char **at, Date *date)
{
  return take_digits (at, 4, &date->year) && take_char (at, '-')
         && take_digits (at, 2, &date->month) && take_char (at, '-')
         && take_digits (at, 2, &date->day) && date->year >= 1970 && date->month >= 1
         && date->month <= 12 && date->day >= 1
         && date->day
                <= g_date_get_days_in_month ((GDateMonth) date->month, (GDateYear) date->year);
}

/* hh:mm:ss with an optional fraction, of which microseconds are kept. */
static gboolean
take_clock (const char **at, gint64 *within_us)
{
  int hour, minute, second;
  if (!take_digits (at, 2, &hour) || !take_char (at, ':') || !take_digits (at, 2, &minute)
      || !take_char (at, ':') || !take_digits (at, 2, &second))
    return FALSE;
  if (hour > 23 || minute > 59 || second > 60) /* 60: a leap second, read as the one after it */
    return FALSE;
  *within_us = hour * BED_HOUR_US + minute * BED_MINUTE_US + second * BED_SECOND_US;

  if (**at != '.')
    return TRUE;
  (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (gint64 unit_us = BED_SECOND_US / 10; g_ascii_isdigit (**at); (*at)++, unit_us /= 10)
    *within_us += (**at - '0') * unit_us;
  return TRUE;
}

/* Z or ±hh:mm, as what must be taken off. */
static gboolean
take_offset (const char **at, gint64 *offset_us)
{
  *offset_us = 0;
  if (take_char (at, 'Z'))
    return TRUE;
  int sign = **at == '-' ? -1 : 1;
  if (**at != '+' && **at != '-')
    return FALSE;
  (*at)++;
  int hour, minute;
  if (!take_digits (at, 2, &hour) || !take_char (at, ':') || !take_digits (at, 2, &minute)
      || hour > 23 || minute > 59)
    return FALSE;
  *offset_us = sign * (hour * BED_HOUR_US + minute * BED_MINUTE_US);
  return TRUE;
}

gboolean
bed_time_parse (const char *text, gint64 *time_us)
{
  Date date;
  gint64 within_us, offset_us;
  if (!take_date (&text, &date) || (*text != ' ' && g_ascii_toupper (*text) != 'T'))
    return FALSE;
  text++;
  if (!take_clock (&text, &within_us) || !take_offset (&text, &offset_us) || *text != '\0')
    return FALSE;

  gint64 result = day_of_date (date) * BED_DAY_US + within_us - offset_us;
  if (result < 0 || result > TIME_MAX_US)
    return FALSE;
  *time_us = result;
  return TRUE;
}

/* Thread-safe and immutable after the first call; never freed. */
static GTimeZone *
peek_zone (void)
{
  static gsize zone;
  if (g_once_init_enter (&zone))
    {
      GTimeZone *found = g_time_zone_new_identifier (ZONE);
      if (found == NULL)
        found = g_time_zone_new_identifier (ZONE_RULE);
      g_assert (found != NULL);
      g_once_init_leave (&zone, (gsize) found);
    }
  return (GTimeZone *) zone;
}

/* How far local clocks are ahead of UTC at an instant. */
static gint64
get_offset (gint64 time_us)
{
  gint64 within_us;
  gint64 day = split_day (time_us, &within_us);
  gint64 second = day * (BED_DAY_US / BED_SECOND_US) + within_us / BED_SECOND_US;
  int interval = g_time_zone_find_interval (peek_zone (), G_TIME_TYPE_UNIVERSAL, second);
  return interval < 0 ? 0 : g_time_zone_get_offset (peek_zone (), interval) * BED_SECOND_US;
}

/* The earliest instant after after_us (exclusive) at which local clocks show local_us; an hour that
 * the clocks skip counts as the one after it, an hour that comes twice counts twice. -1: none. */
static gint64
find_instant (gint64 local_us, gint64 after_us)
{
  gint64 before_us = get_offset (local_us - BED_DAY_US);
  gint64 behind_us = get_offset (local_us + BED_DAY_US);
  gint64 first = local_us - MAX (before_us, behind_us);
  gint64 second = local_us - MIN (before_us, behind_us);

  gboolean is_first = first + get_offset (first) == local_us;
  gboolean is_second = second + get_offset (second) == local_us;
  if (!is_first && !is_second)
    is_second = TRUE; /* skipped */
  if (is_first && first > after_us)
    return first;
  return is_second && second > after_us ? second : -1;
}

gboolean
bed_time_parse_date (const char *text, gint64 *time_us)
{
  const char *at = text;
  Date date;
  if (!take_date (&at, &date) || *at != '\0')
    return bed_time_parse (text, time_us);
  gint64 instant = find_instant (day_of_date (date) * BED_DAY_US, G_MININT64);
  if (instant < 0) /* 1970-01-01 was summer time */
    return FALSE;
  *time_us = instant;
  return TRUE;
}

int
bed_time_get_local_minute (gint64 time_us)
{
  gint64 within_us;
  split_day (time_us + get_offset (time_us), &within_us);
  return (int) (within_us / BED_MINUTE_US);
}

gboolean
bed_time_is_night (gint64 time_us)
{
  int minute = bed_time_get_local_minute (time_us);
  return minute >= NIGHT_STARTS_HOUR * 60 || minute < NIGHT_ENDS_HOUR * 60;
}

/* 1 January 1970 was a Thursday. */
gboolean
bed_time_is_weekend (gint64 time_us)
{
  gint64 within_us;
  gint64 day = split_day (time_us + get_offset (time_us), &within_us);
  gint64 weekday = ((day + 3) % 7 + 7) % 7; /* 0: Monday */
  return weekday >= 5;
}

gboolean
bed_time_parse_minute (const char *text, guint16 *minute)
{
  const char *at = text;
  int hours, minutes;
  if (!take_digits (&at, 2, &hours) || !take_char (&at, ':') || !take_digits (&at, 2, &minutes) || *at != '\0'
      || minutes > 59 || hours * 60 + minutes > 24 * 60)
    return FALSE;
  *minute = (guint16) (hours * 60 + minutes);
  return TRUE;
}

gint64
bed_time_find_next_local (gint64 time_us, int hour, int minute)
{
  g_return_val_if_fail (hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59,
                        time_us + BED_DAY_US);

  gint64 within_us;
  gint64 day = split_day (time_us + get_offset (time_us), &within_us);
  for (int i = 0; i < 3; i++)
    {
      gint64 local_us = (day + i) * BED_DAY_US + hour * BED_HOUR_US + minute * BED_MINUTE_US;
      gint64 instant = find_instant (local_us, time_us);
      if (instant > time_us)
        return instant;
    }
  g_return_val_if_reached (time_us + BED_DAY_US);
}

gint64
bed_time_find_midnight (gint64 time_us)
{
  gint64 within_us;
  gint64 day = split_day (time_us + get_offset (time_us), &within_us);
  return find_instant (day * BED_DAY_US, G_MININT64);
}

void
bed_time_print_local (gint64 time_us, char text[static 6])
{
  int minute = bed_time_get_local_minute (time_us);
  put_digits (text, minute / 60, 2);
  text[2] = ':';
  put_digits (text + 3, minute % 60, 2);
  text[5] = '\0';
}

void
bed_time_print_local_date (gint64 time_us, char text[static 12])
{
  static const char weekdays[] = "ThuFriSatSunMonTueWed"; /* 1970-01-01 was a Thursday */
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  gint64 within_us;
  gint64 clamped = CLAMP (time_us, 0, TIME_MAX_US - BED_HOUR_US);
  gint64 day = split_day (clamped + get_offset (clamped), &within_us);
  Date date = date_of_day (day);

  char *at = text;
  memcpy (at, weekdays + 3 * (day % 7), 3);
  at += 3;
  *at++ = ' ';
  at = date.day < 10 ? put_digits (at, date.day, 1) : put_digits (at, date.day, 2);
  *at++ = ' ';
  memcpy (at, months + 3 * (date.month - 1), 3);
  at[3] = '\0';
}

gint64
bed_time_fresh_until (gint64 confirmed_us, guint day_s, guint night_s)
{
  gint64 day_ends = confirmed_us + day_s * BED_SECOND_US;
  gint64 night_ends = confirmed_us + night_s * BED_SECOND_US;
  if (day_ends == night_ends)
    return day_ends;

  /* From one morning or evening to the next: the limit in force changes only there, and may then
   * already be exceeded. A deadline on the boundary itself is judged by the limit after it. */
  gint64 at = confirmed_us;
  for (int i = 0; i < FRESH_BOUNDARIES_MAX; i++)
    {
      gboolean is_night = bed_time_is_night (at);
      gint64 ends = is_night ? night_ends : day_ends;
      gint64 next
          = bed_time_find_next_local (at, is_night ? NIGHT_ENDS_HOUR : NIGHT_STARTS_HOUR, 0);
      if (ends < next)
        return MAX (ends, at);
      at = next;
    }
  return at;
}

gint64
bed_time_get_uptime (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time ();
  return now.tv_sec * BED_SECOND_US + now.tv_nsec / 1000;
}
