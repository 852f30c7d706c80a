/* board-mark.h: a bed state's silhouette or an icon, as a widget among ordinary ones.
 *
 * Its colour is the theme's own for a silhouette and CSS `color` for an icon. It is decoration: the
 * word stands beside it, so it has no accessible name of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-glyphs.h"
#include "board-icons.h"

G_DECLARE_FINAL_TYPE (BoardMark, board_mark, BOARD, MARK, GtkWidget)
#define BOARD_TYPE_MARK (board_mark_get_type ())

#define BOARD_LARGE_FACTOR 1.35 /* below a view of class "large-screen": as its text in CSS */

/* size: pixels at 100 % text. Property "size" (int) for templates. */
GtkWidget *
board_mark_new (int size);

/* left: what is left of a hold, 0 … 1. */
void
board_mark_show_glyph (BoardMark *mark, BoardGlyph glyph, double left);
void
board_mark_show_icon (BoardMark *mark, BoardIcon icon);
void
board_mark_clear (BoardMark *mark);

/* Light, unless the window has the style class "strong" (high contrast). */
BoardTheme
board_mark_get_theme (GtkWidget *widget);
