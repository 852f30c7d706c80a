/* desk-board.h: a discharge team's screen: its referrals, the beds that suit, and where they are.
 *
 * Signal "notify-person" (title, body, code: strings): worth a desktop notification: somebody waiting here has a
 * proposal, or is accepted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-acts.h"
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
/* The form for a new referral. */
void
desk_board_begin_referral (DeskBoard *board);
/* The search entry has the keyboard. */
void
desk_board_find (DeskBoard *board);
/* The next (1) or previous (-1) person of the list. */
void
desk_board_step (DeskBoard *board, int step);
/* Does it, or asks what it needs, for the chosen person; nothing if it is not open. */
void
desk_board_act (DeskBoard *board, DeskAct act);
void
desk_board_show_history (DeskBoard *board);
/* Takes back the newest command. FALSE: none can be. */
gboolean
desk_board_undo (DeskBoard *board);
/* The next best bed, after somebody else was first. FALSE: none is offered. */
gboolean
desk_board_take_next (DeskBoard *board);
/* The list of keys. */
void
desk_board_show_keys (DeskBoard *board);
