/* board-source.h: where a view gets time, the line's state and answers from. The real one is the
 * client; tests bring their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-error.h"
#include "common/bed-layout.h"
#include "common/bed-words.h"

#include <json-glib/json-glib.h>

/* Called exactly once with the answer, as bed_live_call does. */
typedef void (*BoardAnswer) (JsonNode *result, const GError *error, JsonObject *data,
                             gpointer user_data);
typedef void (*BoardCall) (const char *method, const char *params, BoardAnswer answer,
                           gpointer answer_data, gpointer user_data);
/* Makes a new command key (a UUIDv7). */
typedef void (*BoardMakeKey) (char *key, gsize size, gpointer user_data);

/* Whose token this board has. */
typedef struct
{
  char user[BED_ID_SIZE];
  char lap[BED_ID_SIZE]; /* "" none; so the others */
  char unit[BED_ID_SIZE];
  char owner[BED_ID_SIZE];
  BedRole role;
} BoardSession;

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
  BoardSession session; /* user "": none was opened yet */
  gboolean is_behind;   /* the line is there, and not yet all that happened while it was not */
} BoardMoment;

typedef struct
{
  void (*get_moment) (gpointer user_data, BoardMoment *moment);
  BoardCall call;
  gpointer user_data; /* borrowed */
} BoardSource;
