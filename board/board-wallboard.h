/* board-wallboard.h: the whole wall: its regions, its sheets and its keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-source.h"
#include "board-model.h"
#include "board-placing.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (BoardWallboard, board_wallboard, BOARD, WALLBOARD, GtkWidget)
#define BOARD_TYPE_WALLBOARD (board_wallboard_get_type ())

/* model and placing are kept alive, source is copied; its user_data must outlive the widget. */
GtkWidget *
board_wallboard_new (BoardModel *model, BoardPlacing *placing, const BoardSource *source);

/* Asks the source for the moment and shows it; the wallboard does this each second by itself. */
void
board_wallboard_refresh (BoardWallboard *wallboard);

/* What the keys do. */
void
board_wallboard_pick (BoardWallboard *wallboard, guint number); /* 1 … 9 */
void
board_wallboard_confirm (BoardWallboard *wallboard); /* Enter */
gboolean
board_wallboard_back (BoardWallboard *wallboard); /* Esc; FALSE: nothing to go back from */
void
board_wallboard_explain (BoardWallboard *wallboard); /* W */
void
board_wallboard_show_keys (BoardWallboard *wallboard);
void
board_wallboard_toggle_letters (BoardWallboard *wallboard);
void
board_wallboard_scroll (BoardWallboard *wallboard, int rows); /* G_MAXINT, -G_MAXINT: a page */

/* A sheet lies over the board and takes the keys. */
gboolean
board_wallboard_has_sheet (BoardWallboard *wallboard);
GtkWidget *
board_wallboard_peek_pin (BoardWallboard *wallboard); /* visible while it asks */
