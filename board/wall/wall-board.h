/* wall-board.h: the whole wall: its regions, its sheets and its keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"
#include "wall-placing.h"
#include "wall-view.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WallBoard, wall_board, WALL, BOARD, GtkWidget)
#define WALL_TYPE_BOARD (wall_board_get_type ())

/* Keeps context alive. */
GtkWidget *
wall_board_new (BoardContext *context);

/* Asks the context for the moment and shows all of it in the next frame; each second, and when the
 * model changes, the wallboard does this by itself (see wall-turns.h). */
void
wall_board_refresh (WallBoard *wallboard);

/* Monotonic: all that was new before is on the screen with the frame that is now drawn; G_MAXINT64:
 * everything is. */
gint64
wall_board_get_behind_us (WallBoard *wallboard);

/* --- settings --- */

void
wall_board_set_privacy (WallBoard *wallboard, BoardPrivacy privacy);
void
wall_board_set_night (WallBoard *wallboard, BoardNight night);
void
wall_board_set_order (WallBoard *wallboard, BoardOrder order);
/* FALSE: the picture stands still, though it may burn in. */
void
wall_board_set_shift (WallBoard *wallboard, gboolean shifts);
const WallView *
wall_board_peek_view (WallBoard *wallboard); /* as chosen by settings and keys */

/* --- what the keys do --- */

void
wall_board_pick (WallBoard *wallboard, guint number); /* 1 … 9 */
void
wall_board_confirm (WallBoard *wallboard); /* Enter: places, or opens the unit that has the focus */
gboolean
wall_board_back (WallBoard *wallboard); /* Esc; FALSE: nothing to go back from */
void
wall_board_take_back (WallBoard *wallboard); /* U */
void
wall_board_explain (WallBoard *wallboard); /* W */
void
wall_board_show_stale (WallBoard *wallboard); /* R */
void
wall_board_show_keys (WallBoard *wallboard);
void
wall_board_toggle_letters (WallBoard *wallboard);
void
wall_board_toggle_free (WallBoard *wallboard); /* F */
void
wall_board_toggle_order (WallBoard *wallboard); /* O */
void
wall_board_toggle_big (WallBoard *wallboard); /* B */
void
wall_board_choose_need (WallBoard *wallboard, gboolean is_next); /* N; FALSE: any */
void
wall_board_open_finder (WallBoard *wallboard); /* / */
void
wall_board_move_zone (WallBoard *wallboard, int by); /* Tab, Shift+Tab: queue, units, ticker */
/* Arrows: among units if one has the focus, else up and down the queue. */
void
wall_board_move (WallBoard *wallboard, int across, int down);
void
wall_board_turn (WallBoard *wallboard, int pages); /* likewise Page Up and Page Down */
/* A touch or click there, in the wallboard's own pixels: a person is picked and their PIN asked for, a
 * unit opens, a key does what it does; beside a sheet, the sheet closes. */
void
wall_board_press_at (WallBoard *wallboard, double x, double y);
/* Somebody is there: nothing turns by itself for a while. */
void
wall_board_touch (WallBoard *wallboard);

/* A sheet lies over the board and takes the keys. */
gboolean
wall_board_has_sheet (WallBoard *wallboard);

/* For tests: borrowed. */
WallPlacing *
wall_board_peek_placing (WallBoard *wallboard);
GtkWidget *
wall_board_peek_pin (WallBoard *wallboard); /* visible while it asks */
GtkWidget *
wall_board_peek_finder (WallBoard *wallboard);
/* The id of the unit in slot i on the page shown, or NULL. */
const char *
wall_board_peek_unit (WallBoard *wallboard, guint slot);
