/* board-time.c: server time carried on, and durations in words. Pure; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-time.h"

#include "board-i18n.h"
#include "common/bed-time.h"

#include <stdio.h>

void
board_time_set (BoardTime *time, gint64 now_us, gint64 monotonic_us)
{
  time->server_us = now_us;
  time->monotonic_us = monotonic_us;
}

void
board_time_advance (BoardTime *time, gint64 at_us, gint64 monotonic_us)
{
  if (time->monotonic_us == 0 || at_us > board_time_get (time, monotonic_us, 0))
    board_time_set (time, at_us, monotonic_us);
}

gint64
board_time_get (const BoardTime *time, gint64 monotonic_us, gint64 real_us)
{
  if (time->monotonic_us == 0)
    return real_us;
  return time->server_us + (monotonic_us - time->monotonic_us);
}

guint
board_time_until_step_ms (gint64 now_us, gint64 step_us)
{
  gint64 left_us = step_us - now_us % step_us;

  return (guint)(left_us / 1000) + 1;
}

void
board_time_print_duration (gint64 duration_us, char words[static BOARD_DURATION_SIZE])
{
  gint64 minutes = MAX (duration_us, 0) / BED_MINUTE_US;

  if (minutes < 1)
    g_strlcpy (words, _ ("now"), BOARD_DURATION_SIZE);
  else if (minutes < 60)
    g_snprintf (words, BOARD_DURATION_SIZE, _ ("%d min"), (int)minutes);
  else if (minutes < 48 * 60)
    g_snprintf (words, BOARD_DURATION_SIZE, _ ("%d h %02d"), (int)(minutes / 60), (int)(minutes % 60));
  else
    g_snprintf (words, BOARD_DURATION_SIZE, _ ("%d d"), (int)MIN (minutes / (24 * 60), 9999));
}

/* Rounded up, as a countdown is read: 0:01 until the last second has passed. */
void
board_time_print_left (gint64 left_us, char words[static BOARD_DURATION_SIZE])
{
  gint64 minutes = left_us <= 0 ? 0 : (left_us + BED_MINUTE_US - 1) / BED_MINUTE_US;

  if (minutes >= 48 * 60)
    g_snprintf (words, BOARD_DURATION_SIZE, _ ("%d d"), (int)MIN (minutes / (24 * 60), 9999));
  else
    g_snprintf (words, BOARD_DURATION_SIZE, "%d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static const char *
say (const char *const *words, guint n, const char *context, const char *word)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (words[i], word))
      return g_dpgettext2 (NULL, context, word);
  return word;
}

void
board_time_print_date (gint64 time_us, char date[static BOARD_DATE_SIZE])
{
  static const char *const weekdays[]
      = { NC_ ("weekday", "Mon"), NC_ ("weekday", "Tue"), NC_ ("weekday", "Wed"), NC_ ("weekday", "Thu"),
          NC_ ("weekday", "Fri"), NC_ ("weekday", "Sat"), NC_ ("weekday", "Sun") };
  static const char *const months[]
      = { NC_ ("month", "Jan"), NC_ ("month", "Feb"), NC_ ("month", "Mar"), NC_ ("month", "Apr"),
          NC_ ("month", "May"), NC_ ("month", "Jun"), NC_ ("month", "Jul"), NC_ ("month", "Aug"),
          NC_ ("month", "Sep"), NC_ ("month", "Oct"), NC_ ("month", "Nov"), NC_ ("month", "Dec") };
  char english[12];
  char weekday[4];
  char month[4];
  int day;

  bed_time_print_local_date (time_us, english);
  if (sscanf (english, "%3s %d %3s", weekday, &day, month) != 3)
    {
      g_strlcpy (date, english, BOARD_DATE_SIZE);
      return;
    }
  /* translators: a weekday, a day of the month and a month: Sun 22 Nov */
  g_snprintf (date, BOARD_DATE_SIZE, C_ ("date", "%s %d %s"), say (weekdays, G_N_ELEMENTS (weekdays), "weekday", weekday),
              day, say (months, G_N_ELEMENTS (months), "month", month));
}
