/* wall-sheet-stale.c: the units that were not confirmed in time, with how long ago: call them first.
 *
 * Draws only; owns nothing, nothing can fail. A wall shows no telephone numbers; the desk does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-sheet.h"

#include "../board-i18n.h"
#include "../board-time.h"

#define WIDTH 860.0
#define LINE 42.0
#define LINES_MAX 16

static guint
count_stale (const GPtrArray *units)
{
  guint n = 0;

  for (guint i = 0; i < units->len; i++)
    n += ((const BoardUnit *)g_ptr_array_index (units, i))->is_stale ? 1 : 0;
  return n;
}

static void
print_age (const WallScene *scene, const BoardUnit *unit, char *words, gsize size)
{
  char age[BOARD_DURATION_SIZE];

  board_time_print_duration (scene->now_us - unit->confirmed_us, age);
  if (unit->confirmed_us == 0)
    g_strlcpy (words, _ ("never confirmed"), size);
  else
    g_snprintf (words, size, _ ("%s ago"), age);
}

static void
draw_unit (const WallScene *scene, GtkSnapshot *snapshot, const BoardRect *sheet, double y,
           const BoardUnit *unit)
{
  double x = sheet->x + WALL_SHEET_PAD;
  double right = sheet->x + sheet->width - WALL_SHEET_PAD;
  char age[48];
  char free[48];

  print_age (scene, unit, age, sizeof age);
  g_snprintf (free, sizeof free, ngettext ("%u free then", "%u free then", unit->free), unit->free);
  board_icons_draw (scene->icons, snapshot, BOARD_ICON_PHONE, BOARD_COLOUR_HELD, x, y - 19, 22);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_strong_font, BOARD_COLOUR_TEXT, x + 36, y,
                         BOARD_ALIGN_START, sheet->width - 2 * WALL_SHEET_PAD - 400, unit->name);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_body_font, BOARD_COLOUR_TEXT2, right - 210, y,
                         BOARD_ALIGN_END, 0, free);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_strong_font, BOARD_COLOUR_HELD, right, y,
                         BOARD_ALIGN_END, 190, age);
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  const GPtrArray *units = board_model_peek_units (scene->model);
  guint n_stale = count_stale (units);
  guint n_lines = MIN (n_stale, LINES_MAX);
  BoardRect sheet = { 0, 0, WIDTH, 184 + MAX (n_lines, 1) * LINE };
  guint n = 0;
  char words[64];

  wall_sheet_draw_ground (snapshot, width, height, &sheet);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_title_font, BOARD_COLOUR_TEXT,
                         sheet.x + WALL_SHEET_PAD, sheet.y + 58, BOARD_ALIGN_START, 0,
                         _ ("Call first"));
  wall_sheet_draw_words (scene, snapshot, wall_sheet_body_font, BOARD_COLOUR_TEXT2,
                         sheet.x + WALL_SHEET_PAD, sheet.y + 98, BOARD_ALIGN_START,
                         sheet.width - 2 * WALL_SHEET_PAD,
                         n_stale > 0 ? _ ("Not confirmed lately: call before you count on a bed there")
                                     : _ ("Every unit was confirmed lately"));
  for (guint i = 0; i < units->len && n < n_lines; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);

      if (unit->is_stale)
        draw_unit (scene, snapshot, &sheet, sheet.y + 148 + n++ * LINE, unit);
    }
  if (n_stale > n_lines)
    {
      g_snprintf (words, sizeof words, ngettext ("and %u more", "and %u more", n_stale - n_lines),
                  n_stale - n_lines);
      wall_sheet_draw_words (scene, snapshot, wall_sheet_body_font, BOARD_COLOUR_TEXT2,
                             sheet.x + WALL_SHEET_PAD, sheet.y + sheet.height - 24,
                             BOARD_ALIGN_START, 0, words);
    }
  wall_sheet_draw_foot (scene, snapshot, &sheet);
}

static char *
say (const WallScene *scene, guint index)
{
  const GPtrArray *units = board_model_peek_units (scene->model);
  GString *said = g_string_new (_ ("Units to call first:"));

  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);
      char age[48];

      if (!unit->is_stale)
        continue;
      print_age (scene, unit, age, sizeof age);
      g_string_append_printf (said, " %s, %s.", unit->name, age);
    }
  return g_string_free (said, FALSE);
}

const WallRegionKind wall_stale_kind
    = { "wall-stale", GTK_ACCESSIBLE_ROLE_DIALOG, FALSE, FALSE, draw, say };
