/* desk-board.h: a discharge team's screen: its referrals, the beds that suit, and where they are.
 *
 * Signal "notify-person" (title, body, code: strings): worth a desktop notification: somebody waiting here has a
 * proposal, or is accepted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskBoard, desk_board, DESK, BOARD, GtkWidget)
#define DESK_TYPE_BOARD (desk_board_get_type ())

GtkWidget *
desk_board_new (BoardContext *context);

/* What is chosen on it. Borrowed. */
DeskState *
desk_board_get_state (DeskBoard *board);
/* "person", "plan", "tonight" or "handover". */
void
desk_board_show_page (DeskBoard *board, const char *page);
/* The search entry has the keyboard. */
void
desk_board_find (DeskBoard *board);
