/* test-wall-turns.c: a calm wall is drawn at once, a busy one area by area, and none is forgotten.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-turns.h"

#define FRAME_US 16667
#define START_US G_GINT64_CONSTANT (5000000)

static void
test_calm (void)
{
  WallTurns turns = { .drawn_us = START_US };

  wall_turns_ask (&turns, WALL_AREAS_ALL, START_US + WALL_CALM_US);
  g_assert_cmpuint (wall_turns_take (&turns, START_US + WALL_CALM_US), ==, WALL_AREAS_ALL);
  g_assert_cmpuint (wall_turns_take (&turns, START_US + WALL_CALM_US + FRAME_US), ==, 0);
}

static void
test_first (void)
{
  WallTurns turns = { 0 };

  wall_turns_ask (&turns, WALL_AREAS_ALL, 1);
  g_assert_cmpuint (wall_turns_take (&turns, 1), ==, WALL_AREAS_ALL);
}

static void
test_calm_draws_only_what_is_new (void)
{
  WallTurns turns = { 0 };

  wall_turns_ask (&turns, 1u << WALL_AREA_QUEUE, 1);
  g_assert_cmpuint (wall_turns_take (&turns, 1), ==, 1u << WALL_AREA_QUEUE);
}

static void
test_longest_first (void)
{
  WallTurns turns = { .drawn_us = START_US };

  wall_turns_ask (&turns, 1u << WALL_AREA_TICKER, START_US + 1);
  wall_turns_ask (&turns, WALL_AREAS_ALL, START_US + 2);
  g_assert_cmpuint (wall_turns_take (&turns, START_US + FRAME_US), ==, 1u << WALL_AREA_TICKER);
}

/* Everything changes before every frame: each area is drawn in every fourth. */
static void
test_busy (void)
{
  WallTurns turns = { .drawn_us = START_US };
  guint n_drawn[WALL_N_AREAS] = { 0 };

  for (gint64 frame = 1; frame <= 100 * WALL_N_AREAS; frame++)
    {
      gint64 now_us = START_US + frame * FRAME_US;
      guint areas;

      wall_turns_ask (&turns, WALL_AREAS_ALL, now_us);
      areas = wall_turns_take (&turns, now_us);
      g_assert_cmpuint (areas & (areas - 1), ==, 0); /* one of them */
      for (guint i = 0; i < WALL_N_AREAS; i++)
        n_drawn[i] += areas >> i & 1;
      g_assert_cmpint (now_us - wall_turns_get_oldest_us (&turns), <=, (WALL_N_AREAS - 1) * FRAME_US);
    }
  for (guint i = 0; i < WALL_N_AREAS; i++)
    g_assert_cmpuint (n_drawn[i], ==, 100);
}

static void
test_last_change (void)
{
  WallTurns turns = { .drawn_us = START_US };
  guint drawn = 0;

  wall_turns_ask (&turns, WALL_AREAS_ALL, START_US + 1);
  for (guint frame = 1; frame <= WALL_N_AREAS; frame++)
    {
      g_assert_cmpint (wall_turns_get_oldest_us (&turns), ==, START_US + 1);
      drawn |= wall_turns_take (&turns, START_US + frame * FRAME_US);
    }
  g_assert_cmpuint (drawn, ==, WALL_AREAS_ALL);
  g_assert_cmpint (wall_turns_get_oldest_us (&turns), ==, G_MAXINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wall-turns/calm/at-once", test_calm);
  g_test_add_func ("/wall-turns/calm/first-picture", test_first);
  g_test_add_func ("/wall-turns/calm/only-what-is-new", test_calm_draws_only_what_is_new);
  g_test_add_func ("/wall-turns/busy/longest-first", test_longest_first);
  g_test_add_func ("/wall-turns/busy/each-in-every-fourth", test_busy);
  g_test_add_func ("/wall-turns/busy/last-change-in-all", test_last_change);
  return g_test_run ();
}
