/* board-source.h: where a view gets time, the line's state and answers from. The real one is the
 * client; tests bring their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-placing.h"

/* How the line to the register is. */
typedef enum
{
  BOARD_LINE_LIVE,
  BOARD_LINE_RECONNECTING,
  BOARD_LINE_OFFLINE, /* for more than a minute, or the broker behind the gateway is gone */
  BOARD_LINE_READ_ONLY,
  BOARD_LINE_REFUSED /* the token is not accepted */
} BoardLine;

#define BOARD_OFFLINE_US (60 * G_GINT64_CONSTANT (1000000))

typedef struct
{
  gint64 now_us; /* server time */
  gint64 monotonic_us;
  gint64 heard_us; /* server time at which something was last heard; 0: never */
  BoardLine line;
} BoardMoment;

typedef struct
{
  void (*get_moment) (gpointer user_data, BoardMoment *moment);
  BoardCall call;
  gpointer user_data; /* borrowed */
} BoardSource;
