/* wall-tile-public.c: name, one large number, of how many beds, and how sure that is.
 *
 * Draws only; owns nothing, nothing can fail. No state of a single bed, no hold, no need, no time of
 * an arrival: who stands in the corridor can infer nothing about anybody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-tile-public.h"

#include "../board-draw.h"
#include "../board-i18n.h"
#include "../board-time.h"

static BoardColour
choose_colour (const BoardUnit *unit)
{
  return unit->is_stale ? BOARD_COLOUR_TEXT2 : unit->free > 0 ? BOARD_COLOUR_FREE : BOARD_COLOUR_ZERO;
}

static void
draw_ground (GtkSnapshot *snapshot, const BoardUnit *unit, double width, double height)
{
  BoardColour ground = unit->is_stale    ? BOARD_COLOUR_BG
                       : unit->free == 0 ? BOARD_COLOUR_TILE_ZERO
                                         : BOARD_COLOUR_TILE;

  board_draw_box (snapshot, 0, 0, width, height, BOARD_RADIUS_TILE, &board_palette[ground]);
  if (unit->is_stale)
    board_draw_dashes (snapshot, 0, 0, width, height, BOARD_RADIUS_TILE, 2,
                       &board_palette[BOARD_COLOUR_HELD]);
}

void
wall_tile_public_draw (const WallScene *scene, GtkSnapshot *snapshot, const BoardUnit *unit,
                       double width, double height)
{
  double small = CLAMP (height * 0.13, BOARD_TEXT_MIN, 26);
  double name = CLAMP (height * 0.16, 20, 34);
  double number = MIN (height * 0.56, 132);
  double pad = CLAMP (height * 0.1, 12, 22);
  double left = width - pad;
  char words[48];
  char age[BOARD_DURATION_SIZE];

  draw_ground (snapshot, unit, width, height);
  board_text_draw (scene->text, snapshot, (BoardFont){ name, 700, FALSE },
                   &board_palette[unit->free == 0 ? BOARD_COLOUR_TEXT2 : BOARD_COLOUR_TEXT], pad,
                   pad + name * 0.8, BOARD_ALIGN_START, width - 2 * pad, unit->name);
  if (unit->is_stale)
    left -= board_text_draw (scene->text, snapshot, (BoardFont){ number * 0.72, 700, FALSE },
                             &board_palette[BOARD_COLOUR_HELD], left, height - pad, BOARD_ALIGN_END,
                             0, "?");
  g_snprintf (words, sizeof words, "%u", unit->free);
  left -= board_text_draw (scene->text, snapshot,
                           (BoardFont){ number, unit->free > 0 ? 700 : 500, FALSE },
                           &board_palette[choose_colour (unit)], left, height - pad, BOARD_ALIGN_END,
                           0, words);
  g_snprintf (words, sizeof words, ngettext ("free of %u bed", "free of %u beds", unit->beds->len),
              unit->beds->len);
  board_text_draw (scene->text, snapshot, (BoardFont){ small, 500, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT2], pad, height - pad - small * 1.35,
                   BOARD_ALIGN_START, left - pad - 8, words);
  board_time_print_duration (scene->now_us - unit->confirmed_us, age);
  if (unit->confirmed_us == 0)
    g_strlcpy (words, _ ("not known"), sizeof words);
  else
    g_snprintf (words, sizeof words, _ ("%s ago"), age);
  board_text_draw (scene->text, snapshot, (BoardFont){ small, unit->is_stale ? 700 : 500, FALSE },
                   &board_palette[unit->is_stale ? BOARD_COLOUR_HELD : BOARD_COLOUR_TEXT3], pad,
                   height - pad, BOARD_ALIGN_START, left - pad - 8, words);
}
