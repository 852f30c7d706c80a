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
  guint n = layout->n_tiles + (layout->has_more ? 1 : 0);

  g_assert_cmpuint (n, <=, n_units);
  for (guint i = 0; i < n; i++)
    {
      BoardRect tile = wall_layout_get_tile (layout, i);

      check_inside (layout, tile);
      g_assert_false (overlaps (tile, layout->queue));
      g_assert_false (overlaps (tile, layout->band));
      g_assert_false (overlaps (tile, layout->ticker));
      g_assert_false (overlaps (tile, layout->legend));
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

        wall_layout_fit (&layout, sizes[i].width, sizes[i].height, n_units);
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

  wall_layout_fit (&layout, 1920, 1080, 14);
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

  wall_layout_fit (&layout, 1920, 1080, 5);
  g_assert_cmpint (layout.density, ==, WALL_TILE_FULL);
  wall_layout_fit (&layout, 1920, 1080, 25);
  g_assert_cmpint (layout.density, ==, WALL_TILE_DENSE);
  g_assert_cmpuint (layout.columns, ==, 5);
  wall_layout_fit (&layout, 1920, 1080, 60);
  g_assert_cmpint (layout.density, ==, WALL_TILE_COMPACT);
  g_assert_cmpuint (layout.n_tiles, ==, 60);
  g_assert_false (layout.has_more);
}

static void
test_scales (void)
{
  WallLayout small;
  WallLayout large;

  wall_layout_fit (&small, 1280, 720, 25);
  wall_layout_fit (&large, 3840, 2160, 25);
  g_assert_cmpfloat_with_epsilon (small.scale, 2.0 / 3, 0.001);
  g_assert_cmpfloat_with_epsilon (large.scale, 2, 0.001);
  g_assert_cmpfloat_with_epsilon (small.tile_width, large.tile_width, 0.5);
}

static void
test_too_many (void)
{
  WallLayout layout;

  wall_layout_fit (&layout, 1920, 1080, 500);
  g_assert_true (layout.has_more);
  g_assert_cmpuint (layout.n_tiles, >=, 60);
  check_tiles (&layout, 500);
}

static void
test_smallest_text (void)
{
  for (guint n_units = 1; n_units <= 70; n_units++)
    {
      WallLayout layout;
      WallTileSizes tile;

      wall_layout_fit (&layout, 1920, 1080, n_units);
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

        wall_layout_fit (&layout, 1920, 1080, n_units);
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

  wall_layout_fit (&layout, 1920, 1080, 14);
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

  wall_layout_fit (&layout, 1920, 1080, 5);
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
  g_test_add_func ("/layout/smallest-text", test_smallest_text);
  g_test_add_func ("/layout/strips-fit", test_strips_fit);
  g_test_add_func ("/layout/twelve-to-a-row", test_twelve_to_a_row);
  g_test_add_func ("/layout/no-row-for-one", test_no_row_for_one);
  return g_test_run ();
}
