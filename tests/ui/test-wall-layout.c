/* test-wall-layout.c: every size and count: nothing overlaps, nothing leaves the window, no strip
 * overflows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-layout.h"

static const struct
{
  double width;
  double height;
} sizes[] = { { 1280, 720 },  { 1366, 768 },  { 1920, 1080 },
              { 1600, 1200 }, { 2560, 1080 }, { 3840, 2160 } };

static void
fit (WallLayout *layout, double width, double height, guint n_units)
{
  wall_layout_fit (layout, width, height, &(WallLayoutWish){ .n_units = n_units });
}

static gboolean
overlaps (BoardRect a, BoardRect b)
{
  const double edge = 0.01;

  return a.x + a.width > b.x + edge && b.x + b.width > a.x + edge && a.y + a.height > b.y + edge
         && b.y + b.height > a.y + edge;
}

static void
check_inside (const WallLayout *layout, BoardRect rect)
{
  g_assert_cmpfloat (rect.x, >=, 0);
  g_assert_cmpfloat (rect.y, >=, 0);
  g_assert_cmpfloat (rect.width, >, 0);
  g_assert_cmpfloat (rect.height, >, 0);
  g_assert_cmpfloat (rect.x + rect.width, <=, layout->width + 0.01);
  g_assert_cmpfloat (rect.y + rect.height, <=, layout->height + 0.01);
}

static void
check_tiles (const WallLayout *layout, guint n_units)
{
  guint n = layout->n_tiles;

  g_assert_cmpuint (n, <=, n_units);
  g_assert_cmpuint (n * layout->n_pages, >=, n_units);
  for (guint i = 0; i < n; i++)
    {
      BoardRect tile = wall_layout_get_tile (layout, i);

      check_inside (layout, tile);
      g_assert_false (overlaps (tile, layout->queue));
      g_assert_false (overlaps (tile, layout->band));
      g_assert_false (overlaps (tile, layout->ticker));
      g_assert_false (overlaps (tile, layout->legend));
      g_assert_false (overlaps (tile, layout->note));
      for (guint j = i + 1; j < n; j++)
        g_assert_false (overlaps (tile, wall_layout_get_tile (layout, j)));
    }
}

static void
test_nothing_overlaps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint n_units = 0; n_units <= 90; n_units++)
      {
        WallLayout layout;

        fit (&layout, sizes[i].width, sizes[i].height, n_units);
        check_inside (&layout, layout.header);
        check_inside (&layout, layout.band);
        check_inside (&layout, layout.queue);
        check_inside (&layout, layout.ticker);
        check_inside (&layout, layout.legend);
        check_tiles (&layout, n_units);
      }
}

static void
test_target (void)
{
  WallLayout layout;

  fit (&layout, 1920, 1080, 14);
  g_assert_cmpfloat (layout.scale, ==, 1);
  g_assert_cmpuint (layout.columns, ==, 4);
  g_assert_cmpuint (layout.rows, ==, 4);
  g_assert_cmpint (layout.density, ==, WALL_TILE_FULL);
  g_assert_cmpint (layout.legend_shape, ==, WALL_LEGEND_WIDE);
  g_assert_cmpfloat_with_epsilon (layout.tile_width, 332, 1);
  g_assert_cmpfloat (layout.queue.width, ==, 488);
  g_assert_cmpfloat (layout.header.height, ==, 60);
  g_assert_cmpfloat (layout.band.height, ==, 158);
  g_assert_cmpfloat (layout.ticker.height, ==, 42);
}

static void
test_densities (void)
{
  WallLayout layout;

  fit (&layout, 1920, 1080, 5);
  g_assert_cmpint (layout.density, ==, WALL_TILE_FULL);
  fit (&layout, 1920, 1080, 25);
  g_assert_cmpint (layout.density, ==, WALL_TILE_DENSE);
  g_assert_cmpuint (layout.columns, ==, 5);
  fit (&layout, 1920, 1080, 60);
  g_assert_cmpint (layout.density, ==, WALL_TILE_COMPACT);
  g_assert_cmpuint (layout.n_tiles, ==, 60);
  g_assert_cmpuint (layout.n_pages, ==, 1);
}

static void
test_scales (void)
{
  WallLayout small;
  WallLayout large;

  fit (&small, 1280, 720, 25);
  fit (&large, 3840, 2160, 25);
  g_assert_cmpfloat_with_epsilon (small.scale, 2.0 / 3, 0.001);
  g_assert_cmpfloat_with_epsilon (large.scale, 2, 0.001);
  g_assert_cmpfloat_with_epsilon (small.tile_width, large.tile_width, 0.5);
}

/* Nobody is dropped: pages of equal size, and a line that says which. */
static void
test_too_many (void)
{
  WallLayout layout;

  fit (&layout, 1920, 1080, 500);
  g_assert_cmpuint (layout.n_tiles, >=, 55);
  g_assert_cmpuint (layout.n_pages, ==, (500 + layout.n_tiles - 1) / layout.n_tiles);
  g_assert_cmpfloat (layout.note.height, >, 0);
  check_inside (&layout, layout.note);
  check_tiles (&layout, 500);
}

static void
check_wish (const WallLayoutWish *wish)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      WallLayout layout;

      wall_layout_fit (&layout, sizes[i].width, sizes[i].height, wish);
      check_tiles (&layout, wish->n_units);
      if (wish->has_note)
        check_inside (&layout, layout.note);
    }
}

static void
test_note (void)
{
  for (guint n_units = 1; n_units <= 90; n_units++)
    check_wish (&(WallLayoutWish){ .n_units = n_units, .has_note = TRUE });
}

static void
test_big (void)
{
  WallLayout layout;

  for (guint n_units = 1; n_units <= 60; n_units++)
    check_wish (&(WallLayoutWish){ .n_units = n_units, .has_note = TRUE, .is_big = TRUE });
  wall_layout_fit (&layout, 1920, 1080, &(WallLayoutWish){ .n_units = 6, .is_big = TRUE });
  g_assert_cmpfloat (layout.zoom, ==, WALL_ZOOM_BIG);
  g_assert_cmpfloat_with_epsilon (layout.queue.width, 488 * WALL_ZOOM_BIG, 0.01);
  g_assert_cmpint (layout.density, !=, WALL_TILE_COMPACT);
  g_assert_cmpfloat (layout.ticker.width, ==, 0);
}

static void
test_public (void)
{
  WallLayout layout;

  for (guint n_units = 1; n_units <= 90; n_units++)
    check_wish (&(WallLayoutWish){ .n_units = n_units, .is_public = TRUE });
  wall_layout_fit (&layout, 1920, 1080, &(WallLayoutWish){ .n_units = 22, .is_public = TRUE });
  g_assert_cmpfloat (layout.queue.width, ==, 0);
  g_assert_cmpfloat (layout.ticker.width, ==, 0);
  g_assert_cmpfloat (layout.tiles.width, ==, 1920 - 2 * BOARD_MARGIN);
}

static void
test_smallest_text (void)
{
  for (guint n_units = 1; n_units <= 70; n_units++)
    {
      WallLayout layout;
      WallTileSizes tile;

      fit (&layout, 1920, 1080, n_units);
      wall_layout_get_tile_sizes (&layout, &tile);
      g_assert_cmpfloat (tile.body_size, >=, 18);
      g_assert_cmpfloat (tile.chip_size, >=, 18);
      g_assert_cmpfloat (tile.name_size, >=, 18);
    }
}

/* 57 beds at Clarence, and 1 to 120 anywhere. */
static void
test_strips_fit (void)
{
  for (guint n_units = 1; n_units <= 36; n_units++)
    for (guint n_beds = 1; n_beds <= 120; n_beds++)
      {
        WallLayout layout;
        WallTileSizes tile;
        BoardStrip strip;
        guint rows;

        fit (&layout, 1920, 1080, n_units);
        if (layout.density == WALL_TILE_COMPACT)
          continue;
        wall_layout_get_tile_sizes (&layout, &tile);
        wall_layout_fit_strip (tile.strip.width, tile.strip.height, n_beds, tile.cell_max, &strip);
        rows = (n_beds + strip.columns - 1) / strip.columns;
        g_assert_cmpfloat ((strip.columns - 1) * strip.pitch + strip.cell, <=,
                           tile.strip.width + 0.01);
        g_assert_cmpfloat ((rows - 1) * strip.pitch + strip.cell, <=, tile.strip.height + 0.01);
        g_assert_cmpfloat (tile.strip.y + tile.strip.height, <=,
                           tile.foot_y - tile.body_size * 0.5);
      }
}

static void
test_twelve_to_a_row (void)
{
  WallLayout layout;
  WallTileSizes tile;
  BoardStrip strip;

  fit (&layout, 1920, 1080, 14);
  wall_layout_get_tile_sizes (&layout, &tile);
  wall_layout_fit_strip (tile.strip.width, tile.strip.height, 24, tile.cell_max, &strip);
  g_assert_cmpuint (strip.columns, ==, 12);
  g_assert_cmpfloat_with_epsilon (strip.cell, 20, 0.5);
}

static void
test_no_row_for_one (void)
{
  WallLayout layout;
  WallTileSizes tile;
  BoardStrip strip;

  fit (&layout, 1920, 1080, 5);
  wall_layout_get_tile_sizes (&layout, &tile);
  wall_layout_fit_strip (tile.strip.width, tile.strip.height, 19, tile.cell_max, &strip);
  g_assert_cmpuint (strip.columns, ==, 19);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/nothing-overlaps", test_nothing_overlaps);
  g_test_add_func ("/layout/target", test_target);
  g_test_add_func ("/layout/densities", test_densities);
  g_test_add_func ("/layout/scales", test_scales);
  g_test_add_func ("/layout/too-many", test_too_many);
  g_test_add_func ("/layout/note", test_note);
  g_test_add_func ("/layout/big", test_big);
  g_test_add_func ("/layout/public", test_public);
  g_test_add_func ("/layout/smallest-text", test_smallest_text);
  g_test_add_func ("/layout/strips-fit", test_strips_fit);
  g_test_add_func ("/layout/twelve-to-a-row", test_twelve_to_a_row);
  g_test_add_func ("/layout/no-row-for-one", test_no_row_for_one);
  return g_test_run ();
}
