/* wall-board.h: the whole wall: its regions, its sheets and its keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-source.h"
#include "../board-model.h"
#include "wall-placing.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WallBoard, wall_board, WALL, BOARD, GtkWidget)
#define WALL_TYPE_BOARD (wall_board_get_type ())

/* model and placing are kept alive, source is copied; its user_data must outlive the widget. */
GtkWidget *
wall_board_new (BoardModel *model, WallPlacing *placing, const BoardSource *source);

/* Asks the source for the moment and shows it; the wallboard does this each second by itself. */
void
wall_board_refresh (WallBoard *wallboard);

/* What the keys do. */
void
wall_board_pick (WallBoard *wallboard, guint number); /* 1 … 9 */
void
wall_board_confirm (WallBoard *wallboard); /* Enter */
gboolean
wall_board_back (WallBoard *wallboard); /* Esc; FALSE: nothing to go back from */
void
wall_board_explain (WallBoard *wallboard); /* W */
void
wall_board_show_keys (WallBoard *wallboard);
void
wall_board_toggle_letters (WallBoard *wallboard);
void
wall_board_scroll (WallBoard *wallboard, int rows); /* G_MAXINT, -G_MAXINT: a page */

/* A sheet lies over the board and takes the keys. */
gboolean
wall_board_has_sheet (WallBoard *wallboard);
GtkWidget *
wall_board_peek_pin (WallBoard *wallboard); /* visible while it asks */
