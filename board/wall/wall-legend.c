/* wall-legend.c: what the silhouettes and icons mean: always on the board.
 *
 * Draws only; owns nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"
#include "wall-region.h"
#include "../board-words.h"

#define N_STATES 8
#define N_ICONS N_STATES /* the strip stands them under each other */
#define SIGN 20.0

typedef struct
{
  int glyph; /* BoardGlyph, or -1: an icon */
  BoardIcon icon;
  const char *words;
} Entry;

/* Row by row, in the two columns of the wide shape. */
static const Entry states[N_STATES] = {
  { BOARD_GLYPH_FREE, 0, "Free" },
  { BOARD_GLYPH_HELD, 0, "Held, time left" },
  { BOARD_GLYPH_ARRIVING, 0, "Arriving" },
  { BOARD_GLYPH_CLEANING, 0, "Cleaning" },
  { BOARD_GLYPH_LEAVING, 0, "Leaving today" },
  { BOARD_GLYPH_OCCUPIED, 0, "Occupied" },
  { BOARD_GLYPH_CLOSED, 0, "Closed" },
  { -1, BOARD_ICON_TICK, "Last confirmed" },
};

static const Entry icons[N_ICONS] = {
  { -1, BOARD_ICON_HOIST, "Hoist" },         { -1, BOARD_ICON_BARIATRIC, "Bariatric" },
  { -1, BOARD_ICON_DEMENTIA, "Dementia" },   { -1, BOARD_ICON_ENSUITE, "En-suite" },
  { -1, BOARD_ICON_FEMALE, "Female bay" },   { -1, BOARD_ICON_MALE, "Male bay" },
  { -1, BOARD_ICON_ISOLATION, "Isolation" }, { -1, BOARD_ICON_GROUND_FLOOR, "Ground floor" },
};

static double
draw_entry (const WallScene *scene, GtkSnapshot *snapshot, const Entry *entry, double x, double y,
            double sign, double size)
{
  if (entry->glyph >= 0)
    wall_scene_draw_state (scene, snapshot, (BoardGlyph)entry->glyph, 0.5, x, y - sign * 0.5,
                            sign);
  else
    board_icons_draw (scene->icons, snapshot, entry->icon, BOARD_COLOUR_TEXT2, x - sign * 0.08,
                      y - sign * 0.58, sign * 1.16);
  return sign * 1.55
         + board_text_draw (scene->text, snapshot, (BoardFont){ size, 500, FALSE },
                            &board_palette[BOARD_COLOUR_TEXT2], x + sign * 1.55, y + size * 0.36,
                            BOARD_ALIGN_START, 0, entry->words);
}

/* The widths of the four columns; returns their sum. */
static double
measure_wide (const WallScene *scene, double size, double natural[static 4])
{
  double sum = 0;

  for (guint column = 0; column < 4; column++)
    {
      const Entry *entries = column < 2 ? states : icons;

      natural[column] = 0;
      for (guint row = 0; row < 4; row++)
        natural[column] = MAX (
            natural[column], SIGN * 1.55
                                 + board_text_measure (scene->text, (BoardFont){ size, 500, FALSE },
                                                       entries[row * 2 + column % 2].words, 0));
      sum += natural[column];
    }
  return sum;
}

/* Four columns of four, as wide as they need to be and spread over the room. */
static void
draw_wide (const WallScene *scene, GtkSnapshot *snapshot, double width, double height)
{
  double size = height >= 150 ? 20 : 18;
  double pitch = MIN (height / 4.6, 37);
  double top = (height - 3 * pitch) / 2;
  double natural[4];
  double left = measure_wide (scene, size, natural);
  double gap;
  double x = 9;

  for (; size > 18 && width - 18 - left < 3 * 22; size--)
    left = measure_wide (scene, size - 1, natural);
  gap = CLAMP ((width - 18 - left) / 3, 10, 44);
  for (guint column = 0; column < 4; column++)
    {
      const Entry *entries = column < 2 ? states : icons;

      if (column == 2)
        board_draw_box (snapshot, x - gap / 2 - 1, top - 12, 1.5, 3 * pitch + 24, 0,
                        &board_palette[BOARD_COLOUR_LINE]);
      for (guint row = 0; row < 4; row++)
        draw_entry (scene, snapshot, &entries[row * 2 + column % 2], x, top + row * pitch, SIGN,
                    size);
      x += natural[column] + gap;
    }
}

static void
draw_tall (const WallScene *scene, GtkSnapshot *snapshot, double width, double height)
{
  double pitch = MIN (height / 8.8, 37);
  double top = (height - 7 * pitch - 16) / 2;
  double second = MIN (width / 2, 230);

  for (guint i = 0; i < N_STATES; i++)
    draw_entry (scene, snapshot, &states[i], 9 + (i % 2) * second, top + i / 2 * pitch, SIGN, 20);
  board_draw_box (snapshot, 9, top + 3.5 * pitch + 7, MIN (width - 18, 2 * second), 1.5, 0,
                  &board_palette[BOARD_COLOUR_LINE]);
  for (guint i = 0; i < N_ICONS; i++)
    draw_entry (scene, snapshot, &icons[i], 9 + (i % 2) * second, top + 16 + (4 + i / 2) * pitch,
                SIGN, 20);
}

/* Two lines under the tiles, in eight columns that stand under each other. */
static void
draw_strip (const WallScene *scene, GtkSnapshot *snapshot, double width, double height)
{
  double natural[N_STATES];
  double sum = 0;
  double gap;
  double x = 6;

  for (guint i = 0; i < N_STATES; i++)
    {
      BoardFont font = { 18, 500, FALSE };

      natural[i] = 16 * 1.55
                   + MAX (board_text_measure (scene->text, font, states[i].words, 0),
                          board_text_measure (scene->text, font, icons[i].words, 0));
      sum += natural[i];
    }
  gap = (width - 12 - sum) / (N_STATES - 1);
  for (guint i = 0; i < N_STATES; i++)
    {
      draw_entry (scene, snapshot, &states[i], x, height * 0.27, 16, 18);
      draw_entry (scene, snapshot, &icons[i], x, height * 0.79, 16, 18);
      x += natural[i] + gap;
    }
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  switch (scene->layout.legend_shape)
    {
    case WALL_LEGEND_WIDE:
      draw_wide (scene, snapshot, width, height);
      break;
    case WALL_LEGEND_TALL:
      draw_tall (scene, snapshot, width, height);
      break;
    case WALL_LEGEND_STRIP:
      draw_strip (scene, snapshot, width, height);
      break;
    case WALL_LEGEND_NONE:
      break;
    }
}

const WallRegionKind wall_legend_kind
    = { "wall-legend", GTK_ACCESSIBLE_ROLE_PRESENTATION, FALSE, FALSE, draw, NULL };
