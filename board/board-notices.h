/* board-notices.h: what the desktop has been told of people, until it is no longer so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"

/* How the desktop is told, and told that it is over. */
typedef struct
{
  void (*send) (const char *title, const char *body, const char *code, gpointer user_data);
  void (*withdraw) (const char *code, gpointer user_data);
  gpointer user_data; /* borrowed */
} BoardDesktop;

typedef struct _BoardNotices BoardNotices;

BoardNotices *
board_notices_new (const BoardDesktop *desktop);
/* Withdraws all that are left. */
void
board_notices_free (BoardNotices *notices);

/* In place of an older notice about the same code. */
void
board_notices_send (BoardNotices *notices, const char *title, const char *body, const char *code);
/* Withdraws those about whoever waits and has no bed, is on the way or beyond, or is gone. */
void
board_notices_follow (BoardNotices *notices, BoardModel *model);
