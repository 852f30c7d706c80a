/* wall-sheet.h: what every sheet is made of: dimmed board, ground, title, lines, and how to close it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-region.h"

#define WALL_SHEET_PAD 36.0

extern const BoardFont wall_sheet_title_font;
extern const BoardFont wall_sheet_body_font;
extern const BoardFont wall_sheet_strong_font;
extern const BoardFont wall_sheet_small_font;

/* Dims the board and lays the sheet's ground; fills in where it stands, from its width and height. */
void
wall_sheet_draw_ground (GtkSnapshot *snapshot, double width, double height, BoardRect *sheet);

void
wall_sheet_draw_words (const WallScene *scene, GtkSnapshot *snapshot, BoardFont font,
                       BoardColour colour, double x, double y, BoardAlign align, double width_max,
                       const char *words);

/* The key of the list of keys that stands at x, y (board pixels); 0: none that a touch presses. */
guint
wall_sheet_find_key (const WallScene *scene, double x, double y);

/* "Esc closes", in the corner. */
void
wall_sheet_draw_foot (const WallScene *scene, GtkSnapshot *snapshot, const BoardRect *sheet);
