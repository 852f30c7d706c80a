/* wall-sheet-unit.c: one unit at length: each bed by state, with label, type and what it has; how
 * old that is, who owns it, and when it takes people.
 *
 * Draws only; owns nothing, nothing can fail. No code stands here, so no room and person meet; and
 * no telephone number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-sheet.h"

#include "../board-codes.h"
#include "../board-draw.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "../board-words.h"

#include "common/bed-time.h"

#define WIDTH 1560.0
#define HEAD 168.0
#define FOOT 60.0
#define LINE 34.0
#define COLUMNS_MAX 4
#define ROWS_MAX 21
#define GAP 22.0
#define SIGN 20.0

/* Free beds lie first, so what falls off the end is occupied or closed. */
#define SHOWN_MAX (COLUMNS_MAX * ROWS_MAX)

typedef struct
{
  const WallScene *scene;
  GtkSnapshot *snapshot;
  const BoardUnit *unit;
  BoardRect rect;
  guint columns;
  guint rows;
} Sheet;

static void
draw_words (const Sheet *sheet, BoardFont font, BoardColour colour, double x, double y,
            BoardAlign align, double width_max, const char *words)
{
  wall_sheet_draw_words (sheet->scene, sheet->snapshot, font, colour, x, y, align, width_max, words);
}

static void
append (GString *line, const char *words)
{
  if (*words == 0)
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, words);
}

/* Owner, distance, and how sure all this is. */
static char *
print_standing (const Sheet *sheet)
{
  const BoardUnit *unit = sheet->unit;
  GString *line = g_string_new (NULL);
  char distance[WALL_DISTANCE_SIZE];
  char age[BOARD_DURATION_SIZE];
  g_autofree char *confirmed = NULL;

  wall_scene_print_distance (unit->metres, FALSE, distance);
  board_time_print_duration (sheet->scene->now_us - unit->confirmed_us, age);
  confirmed = g_strdup_printf (_ ("confirmed %s ago"), age);
  append (line, board_words_owner (unit->owner_kind));
  if (g_strcmp0 (unit->site, unit->name) != 0)
    append (line, unit->site);
  append (line, distance);
  append (line, unit->confirmed_us == 0 ? _ ("never confirmed") : confirmed);
  if (unit->is_proxy)
    append (line, _ ("by telephone"));
  if (unit->is_stale)
    append (line, _ ("call first"));
  return g_string_free (line, FALSE);
}

static char *
print_rules (const BoardUnit *unit)
{
  GString *line = g_string_new (NULL);
  g_autofree char *latest
      = unit->latest_arrival[0] != 0 ? g_strdup_printf (_ ("arrivals until %s"), unit->latest_arrival)
                                     : g_strdup ("");
  g_autofree char *stay
      = unit->longest_stay_days > 0
            ? g_strdup_printf (ngettext ("stays up to %u day", "stays up to %u days",
                                         unit->longest_stay_days),
                               unit->longest_stay_days)
            : g_strdup ("");
  g_autofree char *staffed = g_strdup_printf (ngettext ("staffed for %u bed", "staffed for %u beds",
                                                        unit->staffed_cap),
                                              unit->staffed_cap);

  if (unit->is_closed)
    append (line, _ ("closed as a whole"));
  append (line, latest);
  append (line, unit->takes_weekends ? _ ("takes people at weekends") : _ ("not at weekends"));
  append (line, unit->takes_nights ? _ ("takes people at night") : _ ("not at night"));
  append (line, stay);
  if (unit->staffed_cap > 0)
    append (line, staffed);
  return g_string_free (line, FALSE);
}

static void
draw_head (const Sheet *sheet)
{
  const BoardUnit *unit = sheet->unit;
  g_autofree char *standing = print_standing (sheet);
  g_autofree char *rules = print_rules (unit);
  double x = sheet->rect.x + WALL_SHEET_PAD;
  double right = sheet->rect.x + sheet->rect.width - WALL_SHEET_PAD;
  double room = sheet->rect.width - 2 * WALL_SHEET_PAD - 170;
  char number[16];

  g_snprintf (number, sizeof number, unit->is_stale ? "%u?" : "%u", unit->free);
  draw_words (sheet, (BoardFont){ 36, 700, FALSE }, BOARD_COLOUR_TEXT, x, sheet->rect.y + 58,
              BOARD_ALIGN_START, room, unit->name);
  draw_words (sheet, wall_sheet_body_font,
              unit->is_stale ? BOARD_COLOUR_HELD : BOARD_COLOUR_TEXT2, x, sheet->rect.y + 96,
              BOARD_ALIGN_START, room, standing);
  draw_words (sheet, wall_sheet_small_font, BOARD_COLOUR_TEXT2, x, sheet->rect.y + 128,
              BOARD_ALIGN_START, sheet->rect.width - 2 * WALL_SHEET_PAD, rules);
  draw_words (sheet, (BoardFont){ 72, 700, FALSE },
              unit->is_stale   ? BOARD_COLOUR_HELD
              : unit->free > 0 ? BOARD_COLOUR_FREE
                               : BOARD_COLOUR_TEXT3,
              right, sheet->rect.y + 76, BOARD_ALIGN_END, 0, number);
  draw_words (sheet, wall_sheet_small_font, BOARD_COLOUR_TEXT2, right, sheet->rect.y + 104,
              BOARD_ALIGN_END, 0, _ ("free"));
  board_draw_box (sheet->snapshot, x, sheet->rect.y + 146, right - x, 1.5, 0,
                  &board_palette[BOARD_COLOUR_LINE]);
}

/* What is known of its time: of a hold, a closure, an arrival, a departure. */
static void
print_when (const WallScene *scene, const BoardBed *bed, char *words, gsize size)
{
  gint64 at_us = 0;
  char clock[BOARD_DURATION_SIZE];

  *words = 0;
  switch (board_glyph_of_display (bed->display))
    {
    case BOARD_GLYPH_HELD:
      if (bed->until_us == 0)
        return;
      board_time_print_left (bed->until_us - scene->now_us, clock);
      g_strlcpy (words, clock, size);
      return;
    case BOARD_GLYPH_ARRIVING:
      at_us = bed->expected_us;
      break;
    case BOARD_GLYPH_LEAVING:
      at_us = bed->expected_free_us;
      break;
    case BOARD_GLYPH_CLOSED:
      g_strlcpy (words, board_words_closure (bed->reason), size);
      return;
    case BOARD_GLYPH_FREE:
    case BOARD_GLYPH_CLEANING:
    case BOARD_GLYPH_OCCUPIED:
    case BOARD_GLYPH_UNKNOWN:
    case BOARD_N_GLYPHS:
      return;
    }
  if (at_us == 0)
    return;
  bed_time_print_local (at_us, clock);
  g_strlcpy (words, clock, size);
}

/* Icons of what it has in order, right aligned at x; returns where they begin. */
static double
draw_features (const Sheet *sheet, const BoardBed *bed, double x, double y, double least_x)
{
  guint64 shown = 0;

  for (guint need = 0; need < BED_NEED_N; need++)
    {
      int icon = (bed->features >> need & 1) != 0 ? board_icon_of_need ((BedNeed)need) : -1;

      /* two needs may share an icon */
      if (icon < 0 || (shown >> icon & 1) != 0 || x - SIGN - 4 < least_x)
        continue;
      shown |= G_GUINT64_CONSTANT (1) << icon;
      x -= SIGN + 4;
      board_icons_draw (sheet->scene->icons, sheet->snapshot, (BoardIcon)icon, BOARD_COLOUR_TEXT2, x,
                        y - SIGN * 0.86, SIGN);
    }
  return x;
}

static void
draw_bed (const Sheet *sheet, const BoardBed *bed, double x, double y, double width)
{
  BoardGlyph glyph = board_glyph_of_display (bed->display);
  gboolean is_quiet = glyph == BOARD_GLYPH_OCCUPIED || glyph == BOARD_GLYPH_CLOSED;
  GString *words = g_string_new (NULL);
  double end = x + width;
  char when[24];

  print_when (sheet->scene, bed, when, sizeof when);
  wall_scene_draw_state (sheet->scene, sheet->snapshot, glyph,
                         wall_scene_get_hold_left (sheet->scene, bed->until_us, bed->hold_min), x,
                         y - SIGN * 0.84, SIGN);
  x += SIGN + 10;
  x += 9
       + board_text_draw (sheet->scene->text, sheet->snapshot, (BoardFont){ 19, 650, FALSE },
                          &board_palette[is_quiet ? BOARD_COLOUR_TEXT2 : BOARD_COLOUR_TEXT], x, y,
                          BOARD_ALIGN_START, width * 0.4, bed->label[0] != 0 ? bed->label : bed->id);
  append (words, when);
  append (words, board_code_say (&bed_type_words, bed->type));
  end = draw_features (sheet, bed, end, y, x + 60) - 8;
  if (end > x + 30)
    draw_words (sheet, (BoardFont){ 18, 500, FALSE },
                *when != 0 && !is_quiet ? board_glyph_colour (glyph) : BOARD_COLOUR_TEXT2, x, y,
                BOARD_ALIGN_START, end - x, words->str);
  g_string_free (words, TRUE);
}

static void
draw_beds (const Sheet *sheet)
{
  double width = (sheet->rect.width - 2 * WALL_SHEET_PAD + GAP) / sheet->columns;
  guint n = MIN (sheet->unit->beds->len, SHOWN_MAX);

  for (guint i = 0; i < n; i++)
    draw_bed (sheet, g_ptr_array_index (sheet->unit->beds, i),
              sheet->rect.x + WALL_SHEET_PAD + i / sheet->rows * width,
              sheet->rect.y + HEAD + i % sheet->rows * LINE + 18, width - GAP);
  if (sheet->unit->beds->len > n)
    {
      g_autofree char *words
          = g_strdup_printf (ngettext ("and %u bed more", "and %u beds more",
                                       sheet->unit->beds->len - n),
                             sheet->unit->beds->len - n);

      draw_words (sheet, wall_sheet_small_font, BOARD_COLOUR_TEXT2, sheet->rect.x + WALL_SHEET_PAD,
                  sheet->rect.y + sheet->rect.height - 24, BOARD_ALIGN_START, 0, words);
    }
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  Sheet sheet = { scene, snapshot, board_model_find_unit (scene->model, scene->detail), { 0 }, 1, 1 };
  guint n;

  if (sheet.unit == NULL)
    return;
  n = MIN (sheet.unit->beds->len, SHOWN_MAX);
  sheet.columns = CLAMP ((n + 11) / 12, 2, COLUMNS_MAX);
  sheet.rows = MAX ((n + sheet.columns - 1) / sheet.columns, 1);
  sheet.rect = (BoardRect){ 0, 0, WIDTH * (sheet.columns > 2 ? 1 : 0.72),
                            HEAD + sheet.rows * LINE + FOOT };
  wall_sheet_draw_ground (snapshot, width, height, &sheet.rect);
  draw_head (&sheet);
  draw_beds (&sheet);
  wall_sheet_draw_foot (scene, snapshot, &sheet.rect);
}

static char *
say (const WallScene *scene, guint index)
{
  const BoardUnit *unit = board_model_find_unit (scene->model, scene->detail);
  g_autofree char *words = unit != NULL ? board_words_unit (unit, scene->now_us) : NULL;
  g_autofree char *rules = unit != NULL ? print_rules (unit) : NULL;

  return unit != NULL ? g_strdup_printf ("%s %s.", words, rules) : NULL;
}

const WallRegionKind wall_unit_kind
    = { "wall-unit", GTK_ACCESSIBLE_ROLE_DIALOG, FALSE, FALSE, draw, say };
