/* wall-sheet.c: the ground and the words of a sheet. Draws only; owns nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-sheet.h"

#include "../board-draw.h"
#include "../board-i18n.h"

const BoardFont wall_sheet_title_font = { 29, 700, FALSE };
const BoardFont wall_sheet_body_font = { 22, 500, FALSE };
const BoardFont wall_sheet_strong_font = { 22, 650, FALSE };
const BoardFont wall_sheet_small_font = { 20, 500, FALSE };

void
wall_sheet_draw_ground (GtkSnapshot *snapshot, double width, double height, BoardRect *sheet)
{
  GdkRGBA dim = board_palette_fade (BOARD_COLOUR_BG, 0.72);

  sheet->x = (width - sheet->width) / 2;
  sheet->y = (height - sheet->height) / 2;
  board_draw_box (snapshot, 0, 0, width, height, 0, &dim);
  board_draw_box (snapshot, sheet->x, sheet->y, sheet->width, sheet->height, BOARD_RADIUS_PANEL,
                  &board_palette[BOARD_COLOUR_RAISED]);
  board_draw_border (snapshot, sheet->x, sheet->y, sheet->width, sheet->height, BOARD_RADIUS_PANEL,
                     1.5, &board_palette[BOARD_COLOUR_LINE]);
}

void
wall_sheet_draw_words (const WallScene *scene, GtkSnapshot *snapshot, BoardFont font,
                       BoardColour colour, double x, double y, BoardAlign align, double width_max,
                       const char *words)
{
  board_text_draw (scene->text, snapshot, font, &board_palette[colour], x, y, align, width_max,
                   words);
}

void
wall_sheet_draw_foot (const WallScene *scene, GtkSnapshot *snapshot, const BoardRect *sheet)
{
  wall_sheet_draw_words (scene, snapshot, wall_sheet_small_font, BOARD_COLOUR_TEXT3,
                         sheet->x + sheet->width - WALL_SHEET_PAD, sheet->y + sheet->height - 24,
                         BOARD_ALIGN_END, 0, _ ("Esc or a touch closes"));
}
