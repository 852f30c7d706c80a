/* bed-time.h: instants as text, and the hours of an English day.
 *
 * Times are int64 microseconds since 1970 UTC; Europe/London decides what is night, today and a
 * LAP's opening hour. Nothing here reads a clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BED_SECOND_US G_GINT64_CONSTANT (1000000)
#define BED_MINUTE_US (60 * BED_SECOND_US)
#define BED_HOUR_US (60 * BED_MINUTE_US)
#define BED_DAY_US (24 * BED_HOUR_US)
#define BED_TIME_SIZE 25 /* "2026-11-22T11:42:00.000Z" and a 0 */

/* 1970 … 9999; outside it prints the nearest. */
void bed_time_print (gint64 time_us, char text[static BED_TIME_SIZE]);

/* RFC 3339 with any offset; digits beyond microseconds are dropped. FALSE if it is none. */
gboolean bed_time_parse (const char *text, gint64 *time_us);

/* A date "2026-11-22" as local midnight, or a whole RFC 3339 time. */
gboolean bed_time_parse_date (const char *text, gint64 *time_us);

/* Minutes after local midnight, 0 … 1439. */
int bed_time_get_local_minute (gint64 time_us);
gboolean bed_time_is_night (gint64 time_us); /* 20:00 … 08:00 local */
gboolean bed_time_is_weekend (gint64 time_us); /* Saturday or Sunday, local */

/* A local time of day "00:00" … "24:00" as minutes after midnight. FALSE if it is none. */
gboolean bed_time_parse_minute (const char *text, guint16 *minute);

/* The next local wall-clock hour:minute strictly after time_us (both DST Sundays right). */
gint64 bed_time_find_next_local (gint64 time_us, int hour, int minute);

/* The local midnight with which the day of time_us began. */
gint64 bed_time_find_midnight (gint64 time_us);

/* Local "11:42" and "Sun 22 Nov". */
void bed_time_print_local (gint64 time_us, char text[static 6]);
void bed_time_print_local_date (gint64 time_us, char text[static 12]);

/* Until when something confirmed at confirmed_us stays fresh under a day and a night limit in
 * seconds: the first instant at which its age exceeds the limit then in force. */
gint64 bed_time_fresh_until (gint64 confirmed_us, guint day_s, guint night_s);

/* For waiting, as g_get_monotonic_time is, but it goes on while the machine sleeps: a laptop that was
 * shut for a night has not heard of the register for a night. */
gint64 bed_time_get_uptime (void);
