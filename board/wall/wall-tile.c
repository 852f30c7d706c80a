/* wall-tile.c: one unit: its name, its number, its strip, and how sure the number is.
 *
 * Draws only; owns nothing, nothing can fail. A stale tile looks unsure: dashed border, quiet
 * number with a question mark, strip at 55 %. A full one shows its next departure instead of what
 * it takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"
#include "../board-i18n.h"
#include "wall-region.h"
#include "wall-tile-public.h"
#include "../board-time.h"
#include "../board-words.h"

#include "common/bed-time.h"

#define STALE_OPACITY 0.55

typedef struct
{
  const WallScene *scene;
  GtkSnapshot *snapshot;
  const BoardUnit *unit;
  const WallTileSizes *sizes;
  double width;
  double height;
} Tile;

static double
draw_words (const Tile *tile, double size, int weight, BoardColour colour, double x, double y,
            BoardAlign align, double width_max, const char *words)
{
  return board_text_draw (tile->scene->text, tile->snapshot, (BoardFont){ size, weight, FALSE },
                          &board_palette[colour], x, y, align, width_max, words);
}

static void
draw_ground (const Tile *tile)
{
  double highlight = wall_scene_get_highlight (tile->scene, tile->unit->changed_us);
  BoardColour ground = tile->unit->is_stale    ? BOARD_COLOUR_BG
                       : tile->unit->free == 0 ? BOARD_COLOUR_TILE_ZERO
                                               : BOARD_COLOUR_TILE;
  GdkRGBA edge = board_palette_fade (BOARD_COLOUR_FREE, highlight);
  double radius = MIN (BOARD_RADIUS_TILE, tile->height / 5);

  board_draw_box (tile->snapshot, 0, 0, tile->width, tile->height, radius, &board_palette[ground]);
  if (tile->unit->is_stale)
    board_draw_dashes (tile->snapshot, 0, 0, tile->width, tile->height, radius, 2,
                       &board_palette[BOARD_COLOUR_HELD]);
  if (highlight > 0)
    board_draw_border (tile->snapshot, 0, 0, tile->width, tile->height, radius, 2, &edge);
}

/* The big number; returns its left end. */
static double
draw_number (const Tile *tile)
{
  const WallTileSizes *sizes = tile->sizes;
  gboolean has_free = tile->unit->free > 0;
  double x = tile->width - sizes->pad + 1;
  char number[16];

  g_snprintf (number, sizeof number, "%u", tile->unit->free);
  if (tile->unit->is_stale)
    x -= draw_words (tile, sizes->number_size * 0.72, 700, BOARD_COLOUR_HELD, x, sizes->number_y,
                     BOARD_ALIGN_END, 0, "?");
  return x
         - draw_words (tile, sizes->number_size, has_free ? 700 : 500,
                       tile->unit->is_stale ? BOARD_COLOUR_TEXT2
                       : has_free           ? BOARD_COLOUR_FREE
                                            : BOARD_COLOUR_ZERO,
                       x, sizes->number_y, BOARD_ALIGN_END, 0, number);
}

/* Who owns it: NHS filled, county outlined, independent underlined. Returns its width. */
static double
draw_chip (const Tile *tile)
{
  const WallTileSizes *sizes = tile->sizes;
  const char *words = board_words_owner (tile->unit->owner_kind);
  BoardFont font = { sizes->chip_size, 600, FALSE };
  double inner = board_text_measure (tile->scene->text, font, words, 0);
  double pad = tile->unit->owner_kind == BED_OWNER_INDEPENDENT ? 0 : sizes->chip_size * 0.42;
  double x = sizes->pad;
  double y = sizes->chip_y;
  double width = inner + 2 * pad;

  if (tile->unit->owner_kind == BED_OWNER_NHS)
    board_draw_box (tile->snapshot, x, y, width, sizes->chip_height, BOARD_RADIUS_CHIP,
                    &board_palette[BOARD_COLOUR_CHIP]);
  else if (tile->unit->owner_kind == BED_OWNER_COUNTY)
    board_draw_border (tile->snapshot, x, y, width, sizes->chip_height, BOARD_RADIUS_CHIP, 1.5,
                       &board_palette[BOARD_COLOUR_OCCUPIED_FILL]);
  else
    board_draw_box (tile->snapshot, x, y + sizes->chip_height - 1, width, 2, 0,
                    &board_palette[BOARD_COLOUR_OCCUPIED_FILL]);
  draw_words (tile, sizes->chip_size, 600, BOARD_COLOUR_TEXT2, x + pad,
              y + sizes->chip_height * 0.5 + sizes->chip_size * 0.36, BOARD_ALIGN_START, 0, words);
  return width;
}

/* Letters mode where the cells are too small to be read as letters: each letter once, with its
 * count, over as many lines as it takes. */
static void
draw_counts (const Tile *tile)
{
  const BoardRect *room = &tile->sizes->strip;
  double size = tile->sizes->body_size;
  double x = room->x;
  double y = room->y + size * 0.78;

  for (guint glyph = 0; glyph < BOARD_N_GLYPHS; glyph++)
    {
      const char *letter = board_glyph_letter ((BoardGlyph)glyph);
      char words[16];
      double count_x;
      double width;

      if (tile->unit->counts[glyph] == 0)
        continue;
      g_snprintf (words, sizeof words, "%u", tile->unit->counts[glyph]);
      count_x = size * 0.12
                + board_text_measure (tile->scene->text, (BoardFont){ size, 700, FALSE }, letter, 0);
      width = count_x
              + board_text_measure (tile->scene->text, (BoardFont){ size, 600, FALSE }, words, 0);
      if (x + width > room->x + room->width)
        {
          x = room->x;
          y += size;
        }
      draw_words (tile, size, 700, board_glyph_colour ((BoardGlyph)glyph), x, y, BOARD_ALIGN_START,
                  0, letter);
      draw_words (tile, size, 600, BOARD_COLOUR_TEXT2, x + count_x, y, BOARD_ALIGN_START, 0, words);
      x += width + size * 0.36;
    }
}

static void
draw_cells (const Tile *tile)
{
  const BoardRect *room = &tile->sizes->strip;
  const GPtrArray *beds = tile->unit->beds;
  BoardStrip strip;

  wall_layout_fit_strip (room->width, room->height, beds->len, tile->sizes->cell_max, &strip);
  if (tile->scene->shows_letters && strip.cell < BOARD_TEXT_MIN)
    {
      draw_counts (tile);
      return;
    }
  for (guint i = 0; i < beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (beds, i);

      wall_scene_draw_state (tile->scene, tile->snapshot, board_glyph_of_display (bed->display),
                              wall_scene_get_hold_left (tile->scene, bed->until_us, bed->hold_min),
                              room->x + i % strip.columns * strip.pitch,
                              room->y + i / strip.columns * strip.pitch, strip.cell);
    }
}

static void
draw_strip (const Tile *tile)
{
  if (tile->unit->is_stale)
    gtk_snapshot_push_opacity (tile->snapshot, STALE_OPACITY);
  draw_cells (tile);
  if (tile->unit->is_stale)
    gtk_snapshot_pop (tile->snapshot);
}

/* How long ago it was confirmed, right aligned at x; returns where it begins. */
static double
draw_age (const Tile *tile, double x, double y)
{
  const BoardUnit *unit = tile->unit;
  gint64 age_us = tile->scene->now_us - unit->confirmed_us;
  double size = tile->sizes->body_size;
  gboolean is_compact = tile->sizes->strip.height <= 0;
  char age[BOARD_DURATION_SIZE];
  char words[BOARD_DURATION_SIZE + 8];
  BoardIcon icon = unit->is_proxy ? BOARD_ICON_PHONE : BOARD_ICON_TICK;
  BoardColour colour = age_us > BED_HOUR_US ? BOARD_COLOUR_TEXT2 : BOARD_COLOUR_TEXT3;

  board_time_print_duration (age_us, age);
  g_strlcpy (words, age, sizeof words);
  if (unit->is_stale)
    {
      icon = BOARD_ICON_WARNING;
      colour = BOARD_COLOUR_HELD;
      if (unit->confirmed_us == 0)
        g_strlcpy (words, _ ("not known"), sizeof words);
      else if (!is_compact)
        g_snprintf (words, sizeof words, _ ("%s ago"), age);
    }
  x -= draw_words (tile, size, unit->is_stale ? 700 : 500, colour, x, y, BOARD_ALIGN_END, 0, words);
  x -= size * 1.2;
  board_icons_draw (tile->scene->icons, tile->snapshot, icon, colour, x, y - size * 0.86, size);
  return x;
}

/* The next hold to end, right aligned at x; returns where it begins. */
static double
draw_hold (const Tile *tile, double x, double y)
{
  const BoardUnit *unit = tile->unit;
  double size = tile->sizes->body_size;
  char words[BOARD_DURATION_SIZE];

  if (unit->hold_until_us == 0)
    return x;
  board_time_print_left (unit->hold_until_us - tile->scene->now_us, words);
  x -= draw_words (tile, size, 700, BOARD_COLOUR_HELD, x, y, BOARD_ALIGN_END, 0, words);
  x -= size * 1.2;
  board_glyphs_draw (tile->scene->glyphs, tile->snapshot, BOARD_GLYPH_HELD,
                     wall_scene_get_hold_left (tile->scene, unit->hold_until_us, unit->hold_min),
                     x, y - size * 0.82, size * 0.95);
  return x;
}

static void
draw_departure (const Tile *tile, double y, double room)
{
  const BoardUnit *unit = tile->unit;
  guint leaving = unit->counts[BOARD_GLYPH_LEAVING];
  double size = tile->sizes->body_size;
  char clock[6] = "";
  char words[48];

  if (unit->is_closed)
    g_strlcpy (words, _ ("Closed"), sizeof words);
  else if (leaving == 0)
    g_strlcpy (words, _ ("None leaving today"), sizeof words);
  else if (unit->leaving_us == 0)
    g_snprintf (words, sizeof words, _ ("%u leaving"), leaving);
  else
    {
      bed_time_print_local (unit->leaving_us, clock);
      g_snprintf (words, sizeof words, _ ("%u leaving %s"), leaving, clock);
    }
  if (room < size * 3)
    return;
  if (board_text_measure (tile->scene->text, (BoardFont){ size, 500, FALSE }, words, 0)
      > room - size * 1.3)
    {
      if (leaving == 0 && !unit->is_closed)
        g_strlcpy (words, _ ("None"), sizeof words);
      else if (unit->leaving_us != 0 && !unit->is_closed)
        g_snprintf (words, sizeof words, _ ("%u at %s"), leaving, clock);
    }
  if (board_text_measure (tile->scene->text, (BoardFont){ size, 500, FALSE }, words, 0)
      > room - size * 1.3)
    g_snprintf (words, sizeof words, "%u", leaving);
  wall_scene_draw_state (tile->scene, tile->snapshot,
                          unit->is_closed ? BOARD_GLYPH_CLOSED : BOARD_GLYPH_LEAVING, 0,
                          tile->sizes->pad, y - size * 0.84, size);
  draw_words (tile, size, 500, BOARD_COLOUR_TEXT2, tile->sizes->pad + size * 1.3, y,
              BOARD_ALIGN_START, room - size * 1.3, words);
}

/* What the free beds can take. */
static void
draw_takes (const Tile *tile, double y, double room)
{
  static const guint64 masks[BOARD_N_NEED_ICONS] = {
    [BOARD_ICON_HOIST]
    = G_GUINT64_CONSTANT (1) << BED_NEED_HOIST | G_GUINT64_CONSTANT (1) << BED_NEED_CEILING_HOIST,
    [BOARD_ICON_BARIATRIC] = G_GUINT64_CONSTANT (1) << BED_NEED_BARIATRIC,
    [BOARD_ICON_DEMENTIA] = G_GUINT64_CONSTANT (1) << BED_NEED_DEMENTIA,
    [BOARD_ICON_ENSUITE] = G_GUINT64_CONSTANT (1) << BED_NEED_ENSUITE,
    [BOARD_ICON_ISOLATION] = G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM,
    [BOARD_ICON_GROUND_FLOOR] = G_GUINT64_CONSTANT (1) << BED_NEED_GROUND_FLOOR,
  };
  /* what decides most comes first: there may be no room for all */
  static const BoardIcon order[]
      = { BOARD_ICON_HOIST,  BOARD_ICON_BARIATRIC, BOARD_ICON_DEMENTIA, BOARD_ICON_ISOLATION,
          BOARD_ICON_FEMALE, BOARD_ICON_MALE,      BOARD_ICON_ENSUITE,  BOARD_ICON_GROUND_FLOOR };
  const BoardUnit *unit = tile->unit;
  double size = tile->sizes->icon_size;
  double x = tile->sizes->pad;

  for (guint i = 0; i < G_N_ELEMENTS (order) && x + size <= tile->sizes->pad + room; i++)
    {
      gboolean takes = (unit->free_features & masks[order[i]]) != 0;

      if (order[i] == BOARD_ICON_FEMALE)
        takes = (unit->free_sexes >> BED_BAY_SEX_FEMALE & 1) != 0;
      if (order[i] == BOARD_ICON_MALE)
        takes = (unit->free_sexes >> BED_BAY_SEX_MALE & 1) != 0;
      if (!takes)
        continue;
      board_icons_draw (tile->scene->icons, tile->snapshot, order[i], BOARD_COLOUR_TEXT2, x,
                        y - tile->sizes->body_size * 0.36 - size / 2, size);
      x += size * 1.34;
    }
}

static void
draw_large (const Tile *tile)
{
  const WallTileSizes *sizes = tile->sizes;
  double number = draw_number (tile);
  double x = sizes->pad;
  double right = tile->width - sizes->pad;
  double y = sizes->foot_y;
  char distance[WALL_DISTANCE_SIZE];

  draw_words (tile, sizes->name_size, 700,
              tile->unit->free == 0 ? BOARD_COLOUR_TEXT2 : BOARD_COLOUR_TEXT, x, sizes->name_y,
              BOARD_ALIGN_START, number - x - 8, tile->unit->name);
  x += draw_chip (tile) + sizes->body_size * 0.55;
  wall_scene_print_distance (tile->unit->metres, FALSE, distance);
  draw_words (tile, sizes->body_size, 500, BOARD_COLOUR_TEXT2, x,
              sizes->chip_y + sizes->chip_height * 0.5 + sizes->body_size * 0.36, BOARD_ALIGN_START,
              number - x - 6, distance);
  draw_strip (tile);
  right = draw_age (tile, right, y) - sizes->body_size * 0.55;
  right = draw_hold (tile, right, y) - sizes->body_size * 0.4;
  if (tile->unit->free == 0)
    draw_departure (tile, y, right - sizes->pad);
  else
    draw_takes (tile, y, right - sizes->pad);
}

/* Two lines: counts with their silhouettes take the place of the strip. */
static void
draw_compact (const Tile *tile)
{
  static const BoardGlyph order[]
      = { BOARD_GLYPH_HELD,    BOARD_GLYPH_ARRIVING, BOARD_GLYPH_CLEANING,
          BOARD_GLYPH_LEAVING, BOARD_GLYPH_CLOSED,   BOARD_GLYPH_UNKNOWN };
  const WallTileSizes *sizes = tile->sizes;
  double number = draw_number (tile);
  double right;
  double x = sizes->pad;

  draw_words (tile, sizes->name_size, 700,
              tile->unit->free == 0 ? BOARD_COLOUR_TEXT2 : BOARD_COLOUR_TEXT, x, sizes->name_y,
              BOARD_ALIGN_START, number - x - 6, tile->unit->name);
  right = draw_age (tile, tile->width - sizes->pad, sizes->foot_y) - 8;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint count = tile->unit->counts[order[i]];
      BoardFont font = { sizes->body_size, 600, FALSE };
      char words[16];
      double width;

      if (count == 0)
        continue;
      g_snprintf (words, sizeof words, "%u", count);
      width = sizes->icon_size + 4 + board_text_measure (tile->scene->text, font, words, 0);
      if (x + width > right)
        break;
      wall_scene_draw_state (tile->scene, tile->snapshot, order[i],
                              order[i] == BOARD_GLYPH_HELD ? wall_scene_get_hold_left (
                                  tile->scene, tile->unit->hold_until_us, tile->unit->hold_min)
                                                           : 0,
                              x, sizes->foot_y - sizes->icon_size * 0.9, sizes->icon_size);
      draw_words (tile, sizes->body_size, 600, BOARD_COLOUR_TEXT2, x + sizes->icon_size + 4,
                  sizes->foot_y, BOARD_ALIGN_START, 0, words);
      x += width + 9;
    }
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  WallTileSizes sizes;
  Tile tile = { scene, snapshot, wall_scene_peek_site (scene, index), &sizes, width, height };

  if (tile.unit == NULL)
    return;
  wall_layout_get_tile_sizes (&scene->layout, &sizes);
  if (scene->view.privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR)
    wall_tile_public_draw (scene, snapshot, tile.unit, width, height);
  else
    {
      draw_ground (&tile);
      switch (scene->layout.density)
        {
        case WALL_TILE_FULL:
        case WALL_TILE_DENSE:
          draw_large (&tile);
          break;
        case WALL_TILE_COMPACT:
          draw_compact (&tile);
          break;
        }
    }
  if (g_str_equal (scene->view.found_unit, tile.unit->id))
    board_draw_border (snapshot, 0, 0, width, height, MIN (BOARD_RADIUS_TILE, height / 5), 4,
                       &board_palette[BOARD_COLOUR_ACCENT]);
}

static char *
say (const WallScene *scene, guint index)
{
  const BoardUnit *unit = wall_scene_peek_site (scene, index);

  if (unit == NULL)
    return NULL;
  if (scene->view.privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR)
    return g_strdup_printf (_ ("%s. %u free of %u beds."), unit->name, unit->free, unit->beds->len);
  return board_words_unit (unit, scene->now_us);
}

const WallRegionKind wall_tile_kind
    = { "wall-tile", GTK_ACCESSIBLE_ROLE_GROUP, TRUE, TRUE, draw, say };
