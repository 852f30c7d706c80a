/* test-wall-night.c: the night's curve, the contrast it leaves, and the path against burning in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-palette.h"
#include "board/wall/wall-night.h"
#include "common/bed-time.h"

#include <math.h>
#include <stdlib.h>

/* Sunday 22 November 2026, 00:00 local, which is UTC in winter. */
#define MIDNIGHT_US G_GINT64_CONSTANT (1795305600000000)

static double
get_depth (int hour, int minute)
{
  return wall_night_get_depth (MIDNIGHT_US + (hour * 60 + minute) * BED_MINUTE_US, BOARD_NIGHT_AUTO);
}

static void
test_day_is_bright (void)
{
  g_assert_cmpfloat (get_depth (8, 0), ==, 0);
  g_assert_cmpfloat (get_depth (12, 0), ==, 0);
  g_assert_cmpfloat (get_depth (19, 59), ==, 0);
}

static void
test_night_is_dark (void)
{
  g_assert_cmpfloat (get_depth (20, WALL_DUSK_MIN), ==, 1);
  g_assert_cmpfloat (get_depth (0, 0), ==, 1);
  g_assert_cmpfloat (get_depth (3, 0), ==, 1);
  g_assert_cmpfloat (get_depth (7, 60 - WALL_DUSK_MIN), ==, 1);
}

/* No step that an eye would see: a twentieth a minute. */
static void
test_dusk_is_gradual (void)
{
  for (int minute = 1; minute < 24 * 60; minute++)
    g_assert_cmpfloat (fabs (get_depth (0, minute) - get_depth (0, minute - 1)), <=,
                       1.0 / WALL_DUSK_MIN + 1e-9);
}

static void
test_on_and_off (void)
{
  g_assert_cmpfloat (wall_night_get_depth (MIDNIGHT_US, BOARD_NIGHT_OFF), ==, 0);
  g_assert_cmpfloat (wall_night_get_depth (MIDNIGHT_US + 12 * BED_HOUR_US, BOARD_NIGHT_ON), ==, 1);
}

static double
linear (double channel, double depth)
{
  double seen = MIN (channel, wall_night_get_cap (depth)) * wall_night_get_factor (depth);

  return seen <= 0.04045 ? seen / 12.92 : pow ((seen + 0.055) / 1.055, 2.4);
}

static double
get_luminance (BoardColour colour, double depth)
{
  const GdkRGBA *rgba = &board_palette[colour];

  return 0.2126 * linear (rgba->red, depth) + 0.7152 * linear (rgba->green, depth)
         + 0.0722 * linear (rgba->blue, depth);
}

static double
get_contrast (BoardColour a, BoardColour b, double depth)
{
  double first = get_luminance (a, depth) + 0.05;
  double second = get_luminance (b, depth) + 0.05;

  return MAX (first, second) / MIN (first, second);
}

/* Every text on the ground it stands on. */
static void
test_contrast (void)
{
  static const BoardColour texts[]
      = { BOARD_COLOUR_TEXT, BOARD_COLOUR_TEXT2, BOARD_COLOUR_TEXT3,    BOARD_COLOUR_FREE,
          BOARD_COLOUR_HELD, BOARD_COLOUR_ARRIVING, BOARD_COLOUR_LEAVING, BOARD_COLOUR_OCCUPIED,
          BOARD_COLOUR_CLEANING, BOARD_COLOUR_CLOSED };
  static const BoardColour grounds[]
      = { BOARD_COLOUR_BG, BOARD_COLOUR_TILE, BOARD_COLOUR_RAISED, BOARD_COLOUR_TILE_ZERO };

  for (int step = 0; step <= WALL_DUSK_MIN; step++)
    {
      double depth = step / (double)WALL_DUSK_MIN;

      for (guint text = 0; text < G_N_ELEMENTS (texts); text++)
        for (guint ground = 0; ground < G_N_ELEMENTS (grounds); ground++)
          g_assert_cmpfloat (get_contrast (texts[text], grounds[ground], depth), >=, 4.5);
      g_assert_cmpfloat (get_contrast (BOARD_COLOUR_ZERO, BOARD_COLOUR_TILE_ZERO, depth), >=, 4.5);
      g_assert_cmpfloat (get_contrast (BOARD_COLOUR_TEXT2, BOARD_COLOUR_ROW_CHANGED, depth), >=, 4.5);
      g_assert_cmpfloat (get_contrast (BOARD_COLOUR_TEXT2, BOARD_COLOUR_CHIP, depth), >=, 4.5);
      /* a key that does something now: dark on light */
      g_assert_cmpfloat (get_contrast (BOARD_COLOUR_BG, BOARD_COLOUR_TEXT, depth), >=, 4.5);
    }
}

static void
test_light_is_saved (void)
{
  g_assert_cmpfloat (get_luminance (BOARD_COLOUR_TEXT, 1), <, 0.55 * get_luminance (BOARD_COLOUR_TEXT, 0));
}

static void
test_path_is_short_and_small (void)
{
  int across = 0;
  int down = 0;
  guint n_places = 0;
  gboolean seen[2 * WALL_SHIFT_MAX + 1][2 * WALL_SHIFT_MAX + 1] = { { FALSE } };

  for (gint64 step = 0; step < 100; step++)
    {
      int was_across = across;
      int was_down = down;

      wall_shift_get (step * WALL_SHIFT_US, &across, &down);
      g_assert_cmpint (abs (across), <=, WALL_SHIFT_MAX);
      g_assert_cmpint (abs (down), <=, WALL_SHIFT_MAX);
      g_assert_cmpint (abs (across - was_across) + abs (down - was_down), <=, 2);
      n_places += seen[across + WALL_SHIFT_MAX][down + WALL_SHIFT_MAX] ? 0 : 1;
      seen[across + WALL_SHIFT_MAX][down + WALL_SHIFT_MAX] = TRUE;
    }
  g_assert_cmpuint (n_places, >=, 16);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/night/day-is-bright", test_day_is_bright);
  g_test_add_func ("/night/night-is-dark", test_night_is_dark);
  g_test_add_func ("/night/dusk-is-gradual", test_dusk_is_gradual);
  g_test_add_func ("/night/on-and-off", test_on_and_off);
  g_test_add_func ("/night/contrast", test_contrast);
  g_test_add_func ("/night/light-is-saved", test_light_is_saved);
  g_test_add_func ("/shift/path-is-short-and-small", test_path_is_short_and_small);
  return g_test_run ();
}
