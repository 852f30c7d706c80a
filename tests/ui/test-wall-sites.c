/* test-wall-sites.c: which units stand on the wall: filters, order, pages that turn by themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-sites.h"
#include "wall-fixture.h"

#define N_UNITS 22

typedef struct
{
  BoardModel *model;
  WallSites *sites;
  WallView view;
} Stage;

static void
stage_open (Stage *stage)
{
  g_autoptr (JsonObject) snapshot = wall_fixture_snapshot ((WallSize){ N_UNITS, 2, 9 });

  *stage = (Stage){ board_model_new ("winchester"), wall_sites_new (), { .need = WALL_NEED_ANY } };
  board_model_apply (stage->model, "feed.snapshot", snapshot, 1);
  /* shown with the changes that follow it, or a little later */
  while (!board_model_has_picture (stage->model))
    g_main_context_iteration (NULL, TRUE);
}

static void
stage_close (Stage *stage)
{
  wall_sites_free (stage->sites);
  g_object_unref (stage->model);
}

static void
follow (Stage *stage, guint per_page)
{
  wall_sites_follow (stage->sites, stage->model, &stage->view);
  wall_sites_fit (stage->sites, per_page);
}

static const BoardUnit *
peek (Stage *stage, guint slot)
{
  const char *id = wall_sites_peek (stage->sites, slot);

  return id != NULL ? board_model_find_unit (stage->model, id) : NULL;
}

static void
test_all_nearest_first (void)
{
  Stage stage;

  stage_open (&stage);
  follow (&stage, 60);
  g_assert_cmpuint (wall_sites_get_length (stage.sites), ==, N_UNITS);
  for (guint i = 1; i < N_UNITS; i++)
    g_assert_cmpuint (peek (&stage, i - 1)->metres, <=, peek (&stage, i)->metres);
  g_assert_null (peek (&stage, N_UNITS));
  stage_close (&stage);
}

static void
test_free_only (void)
{
  Stage stage;

  stage_open (&stage);
  stage.view.is_free_only = TRUE;
  follow (&stage, 60);
  g_assert_cmpuint (wall_sites_get_length (stage.sites), >, 0);
  g_assert_cmpuint (wall_sites_get_length (stage.sites), <, N_UNITS);
  for (guint i = 0; i < wall_sites_get_length (stage.sites); i++)
    g_assert_cmpuint (peek (&stage, i)->free, >, 0);
  stage_close (&stage);
}

/* Round through every need that some free bed meets, and back to any. */
static void
test_needs (void)
{
  Stage stage;
  guint n = 0;

  stage_open (&stage);
  while ((stage.view.need = wall_sites_find_need (stage.model, stage.view.need)) != WALL_NEED_ANY)
    {
      follow (&stage, 60);
      g_assert_cmpuint (wall_sites_get_length (stage.sites), >, 0);
      for (guint i = 0; i < wall_sites_get_length (stage.sites); i++)
        g_assert_true (peek (&stage, i)->free_features >> stage.view.need & 1);
      n++;
    }
  g_assert_cmpuint (n, ==, 6); /* as many as the fixture's beds have */
  stage_close (&stage);
}

static void
test_by_area (void)
{
  Stage stage;
  gboolean is_abroad = FALSE;

  stage_open (&stage);
  stage.view.order = BOARD_ORDER_AREA;
  follow (&stage, 60);
  g_assert_cmpuint (wall_sites_get_length (stage.sites), ==, N_UNITS);
  for (guint i = 0; i < N_UNITS; i++)
    {
      gboolean is_home = g_str_equal (peek (&stage, i)->lap, "winchester");

      g_assert_false (is_home && is_abroad);
      is_abroad = !is_home;
    }
  g_assert_true (is_abroad);
  stage_close (&stage);
}

static void
test_big_is_home (void)
{
  Stage stage;

  stage_open (&stage);
  stage.view.is_big = TRUE;
  follow (&stage, 60);
  g_assert_cmpuint (wall_sites_get_length (stage.sites), <, N_UNITS);
  for (guint i = 0; i < wall_sites_get_length (stage.sites); i++)
    g_assert_cmpstr (peek (&stage, i)->lap, ==, "winchester");
  stage_close (&stage);
}

/* Whatever the page, every unit is on one. */
static void
test_pages_hold_all (void)
{
  for (guint per_page = 1; per_page <= N_UNITS + 1; per_page++)
    {
      Stage stage;
      guint n = 0;

      stage_open (&stage);
      follow (&stage, per_page);
      for (guint page = 0; page < wall_sites_get_n_pages (stage.sites); page++)
        {
          g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, page);
          for (guint slot = 0; peek (&stage, slot) != NULL; slot++)
            n++;
          wall_sites_turn (stage.sites, 1);
        }
      g_assert_cmpuint (n, ==, N_UNITS);
      g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 0);
      stage_close (&stage);
    }
}

static void
test_turns_every_fifteen_seconds (void)
{
  Stage stage;
  gint64 now_us = 1000;

  stage_open (&stage);
  follow (&stage, 8);
  g_assert_false (wall_sites_beat (stage.sites, now_us, FALSE));
  g_assert_false (wall_sites_beat (stage.sites, now_us + WALL_PAGE_US - 1, FALSE));
  g_assert_true (wall_sites_beat (stage.sites, now_us + WALL_PAGE_US, FALSE));
  g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 1);
  g_assert_false (wall_sites_beat (stage.sites, now_us + 2 * WALL_PAGE_US - 1, FALSE));
  g_assert_true (wall_sites_beat (stage.sites, now_us + 2 * WALL_PAGE_US, FALSE));
  g_assert_true (wall_sites_beat (stage.sites, now_us + 3 * WALL_PAGE_US, FALSE));
  g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 0);
  stage_close (&stage);
}

static void
test_paused_while_used (void)
{
  Stage stage;
  gint64 now_us = 1000;

  stage_open (&stage);
  follow (&stage, 8);
  for (guint i = 0; i < 10; i++)
    g_assert_false (wall_sites_beat (stage.sites, now_us += WALL_PAGE_US, TRUE));
  /* a whole turn's time after the last key */
  g_assert_false (wall_sites_beat (stage.sites, now_us + WALL_PAGE_US - 1, FALSE));
  g_assert_true (wall_sites_beat (stage.sites, now_us + WALL_PAGE_US, FALSE));
  stage_close (&stage);
}

static void
test_one_page_never_turns (void)
{
  Stage stage;

  stage_open (&stage);
  follow (&stage, N_UNITS);
  g_assert_false (wall_sites_turn (stage.sites, 1));
  wall_sites_beat (stage.sites, 1000, FALSE);
  g_assert_false (wall_sites_beat (stage.sites, 1000 + 10 * WALL_PAGE_US, FALSE));
  stage_close (&stage);
}

static void
test_find_turns_to_it (void)
{
  Stage stage;

  stage_open (&stage);
  follow (&stage, 8);
  g_assert_cmpint (wall_sites_find (stage.sites, wall_fixture_unit (10)), ==, 2);
  g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 1);
  g_assert_cmpint (wall_sites_find (stage.sites, "nowhere"), ==, -1);
  g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 1);
  stage_close (&stage);
}

/* The page that was shown is no more. */
static void
test_filter_on_the_last_page (void)
{
  Stage stage;

  stage_open (&stage);
  follow (&stage, 8);
  wall_sites_turn (stage.sites, -1);
  g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 2);
  stage.view.need = BED_NEED_STAIRS_OK; /* no bed of the fixture has it */
  follow (&stage, 8);
  g_assert_cmpuint (wall_sites_get_page (stage.sites), ==, 0);
  g_assert_cmpuint (wall_sites_get_n_pages (stage.sites), ==, 1);
  g_assert_null (wall_sites_peek (stage.sites, 0));
  stage_close (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sites/all-nearest-first", test_all_nearest_first);
  g_test_add_func ("/sites/free-only", test_free_only);
  g_test_add_func ("/sites/needs", test_needs);
  g_test_add_func ("/sites/by-area", test_by_area);
  g_test_add_func ("/sites/big-is-home", test_big_is_home);
  g_test_add_func ("/sites/pages-hold-all", test_pages_hold_all);
  g_test_add_func ("/sites/turns-every-fifteen-seconds", test_turns_every_fifteen_seconds);
  g_test_add_func ("/sites/paused-while-used", test_paused_while_used);
  g_test_add_func ("/sites/one-page-never-turns", test_one_page_never_turns);
  g_test_add_func ("/sites/find-turns-to-it", test_find_turns_to_it);
  g_test_add_func ("/sites/filter-on-the-last-page", test_filter_on_the_last_page);
  return g_test_run ();
}
