/* board-time.h: the time a board shows: the server's, carried on by this machine's monotonic clock.
 *
 * A wall's own clock may be wrong; the register's is the one that holds and limits are about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct
{
  gint64 server_us;    /* what the server said, … */
  gint64 monotonic_us; /* … and when it said so; 0: it has said nothing yet */
} BoardTime;

/* The server said now_us (session.open): taken as it is. */
void
board_time_set (BoardTime *time, gint64 now_us, gint64 monotonic_us);

/* Something happened at at_us: never later than what is shown. */
void
board_time_advance (BoardTime *time, gint64 at_us, gint64 monotonic_us);

/* Now, in microseconds since 1970 UTC; real_us is shown until the server has spoken. */
gint64
board_time_get (const BoardTime *time, gint64 monotonic_us, gint64 real_us);

/* Milliseconds until the shown second (or, if nothing needs seconds, minute) changes. */
guint
board_time_until_step_ms (gint64 now_us, gint64 step_us);

/* A duration that cannot be taken for a time of day: "now", "12 min", "2 h 05", "3 d". */
#define BOARD_DURATION_SIZE 16
void
board_time_print_duration (gint64 duration_us, char words[static BOARD_DURATION_SIZE]);

/* Beside a ring or pie only: "0:38", one hour digit; past its end "0:00". */
void
board_time_print_left (gint64 left_us, char words[static BOARD_DURATION_SIZE]);

/* A local day in the language of the board: "Sun 22 Nov". */
#define BOARD_DATE_SIZE 40
void
board_time_print_date (gint64 time_us, char date[static BOARD_DATE_SIZE]);
