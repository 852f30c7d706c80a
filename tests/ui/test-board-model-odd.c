/* test-board-model-odd.c: the feed after a lost line, of a newer gateway, of a clock set right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-model.h"
#include "model-scene.h"

#include "common/bed-time.h"

static BoardModel *
make (WallSize size)
{
  BoardModel *model = board_model_new ("winchester");

  apply (model, "feed.snapshot", wall_fixture_snapshot (size));
  return model;
}

/* A line lost in the middle of a change: the change comes again from its first page. */
static void
test_half_a_change_is_forgotten (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  const char *first = "{\"from\":4100,\"revision\":4101,\"page\":1,\"pages\":2,\"gone\":{\"units\":[\"cedar\"]}}";
  const char *second = "{\"from\":4100,\"revision\":4101,\"page\":2,\"pages\":2,\"gone\":{\"units\":[\"nightingale\"]}}";

  apply_text (model, "feed.changes", first);
  apply_text (model, "feed.changes", first);
  g_assert_cmpuint (board_model_get_revision (model), ==, WALL_REVISION);
  apply_text (model, "feed.changes", second);
  g_assert_cmpuint (board_model_get_revision (model), ==, 4101);
  g_assert_null (board_model_find_unit (model, "cedar"));
  g_assert_null (board_model_find_unit (model, "nightingale"));
}

/* Pages without the ones before them are of nothing that could be applied. */
static void
test_the_rest_of_a_change_is_left_out (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  apply_text (model, "feed.changes", "{\"from\":4100,\"revision\":4101,\"page\":2,\"pages\":2,\"gone\":{\"units\":[\"cedar\"]}}");
  apply_text (model, "feed.changes", "{\"from\":4100,\"revision\":4101,\"page\":2,\"pages\":2,\"gone\":{\"units\":[\"cedar\"]}}");
  g_assert_nonnull (board_model_find_unit (model, "cedar"));
  g_assert_cmpuint (board_model_get_revision (model), ==, WALL_REVISION);
}

/* No change has that many: its pages are not kept for ever, nor is it applied in part. */
static void
test_a_change_of_too_many_pages_is_left_out (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  for (guint page = 1; page <= BOARD_CHANGE_PAGES_MAX + 1; page++)
    {
      g_autofree char *text = g_strdup_printf ("{\"from\":4100,\"revision\":4101,\"page\":%u,\"pages\":%u,"
                                               "\"gone\":{\"units\":[\"cedar\"]}}",
                                               page, BOARD_CHANGE_PAGES_MAX + 1);

      apply_text (model, "feed.changes", text);
    }
  g_assert_nonnull (board_model_find_unit (model, "cedar"));
  apply_text (model, "feed.changes", "{\"from\":4100,\"revision\":4102,\"gone\":{\"units\":[\"nightingale\"]}}");
  g_assert_null (board_model_find_unit (model, "nightingale"));
}

/* A register whose clock was set right is believed. */
static void
test_the_newest_time_counts (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  apply_text (model, "feed.changes", "{\"from\":4100,\"revision\":4101,\"at\":\"2026-11-22T12:42:00.000Z\"}");
  apply_text (model, "feed.changes", "{\"from\":4101,\"revision\":4102,\"at\":\"2026-11-22T11:42:00.000Z\"}");
  g_assert_cmpint (board_model_get_at_us (model), ==, WALL_NOW_US);
  apply_text (model, "feed.changes", "{\"from\":4102,\"revision\":4103}");
  g_assert_cmpint (board_model_get_at_us (model), ==, WALL_NOW_US);
}

static void
test_long_names_of_the_lap (void)
{
  g_autoptr (BoardModel) model = board_model_new ("");
  g_autofree char *name = g_strnfill (BED_NAME_SIZE - 2, 'a');
  g_autofree char *text = g_strdup_printf ("{\"revision\":1,\"laps\":[{\"lap\":\"x\",\"name\":\"%sŵŷ\",\"area\":\"%sŵŷ\"}]}",
                                           name, name);

  apply_text (model, "feed.snapshot", text);
  g_assert_cmpstr (board_model_peek_lap_name (model), ==, name);
  g_assert_cmpstr (board_model_peek_lap_area (model), ==, name);
}

/* What a newer gateway says of itself is not taken for live; what says nothing changes nothing. */
static void
test_unknown_state (void)
{
  g_autoptr (BoardModel) model = board_model_new ("");
  gint64 since_us = 0;

  apply_text (model, "feed.state", "{\"since\":\"2026-11-22T11:39:00.000Z\"}");
  g_assert_cmpint (board_model_get_serving (model, &since_us), ==, BOARD_SERVING_LIVE);
  g_assert_cmpint (since_us, ==, 0);
  apply_text (model, "feed.state", "{\"state\":\"moving_house\",\"since\":\"2026-11-22T11:39:00.000Z\"}");
  g_assert_cmpint (board_model_get_serving (model, &since_us), ==, BOARD_SERVING_READ_ONLY);
  g_assert_cmpint (since_us, ==, WALL_NOW_US - 3 * BED_MINUTE_US);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-odd/half-a-change-is-forgotten", test_half_a_change_is_forgotten);
  g_test_add_func ("/model-odd/rest-of-a-change", test_the_rest_of_a_change_is_left_out);
  g_test_add_func ("/model-odd/too-many-pages", test_a_change_of_too_many_pages_is_left_out);
  g_test_add_func ("/model-odd/newest-time-counts", test_the_newest_time_counts);
  g_test_add_func ("/model-odd/long-names-of-the-lap", test_long_names_of_the_lap);
  g_test_add_func ("/model-odd/unknown-state", test_unknown_state);
  return g_test_run ();
}
