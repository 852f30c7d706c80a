/* test-board-model.c: the feed into the model: pages, changes, what is gone, what is derived.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-model.h"
#include "board/wall/wall-news.h"
#include "board/wall/wall-order.h"
#include "board/board-words.h"
#include "model-scene.h"

#include "common/bed-time.h"

#include <string.h>

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
settle (BoardModel *model)
{
  gboolean is_late = FALSE;
  guint late = g_timeout_add (5000, on_late, &is_late);

  while (!board_model_has_picture (model) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_assert_true (board_model_has_picture (model));
}

static BoardModel *
make (WallSize size)
{
  BoardModel *model = board_model_new ("winchester");

  apply (model, "feed.snapshot", wall_fixture_snapshot (size));
  settle (model);
  return model;
}

/* What may be named as a home, over pages; malformed ones are left out. */
static void
test_districts (void)
{
  g_autoptr (BoardModel) model = board_model_new ("b");

  apply_text (model, "feed.snapshot",
              "{\"epoch\":1,\"revision\":1,\"page\":1,\"pages\":2,\"laps\":[{\"lap\":\"a\",\"name\":\"A LAP\"},{\"lap\":\"b\",\"name\":\"B LAP\"}],"
              "\"districts\":[{\"district\":\"SO51\",\"lap\":\"a\"},{\"district\":\"much too long\",\"lap\":\"a\"},{\"lap\":\"a\"},7]}");
  g_assert_null (board_model_find_district (model, "SO51")); /* not before the whole picture */
  apply_text (model, "feed.snapshot",
              "{\"epoch\":1,\"revision\":1,\"page\":2,\"pages\":2,\"districts\":[{\"district\":\"ZE1\",\"lap\":null}]}");
  g_assert_cmpuint (board_model_peek_districts (model)->len, ==, 2);
  g_assert_cmpstr (board_model_find_district (model, "SO51")->lap, ==, "a");
  g_assert_cmpstr (board_model_find_district (model, "ZE1")->lap, ==, "");
  g_assert_null (board_model_find_district (model, "SO5"));
  g_assert_cmpstr (board_model_find_lap_name (model, "a"), ==, "A LAP");
  g_assert_cmpstr (board_model_peek_lap (model), ==, "b");
  g_assert_null (board_model_find_lap_name (model, "c"));
}

static void
test_snapshot (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  g_assert_cmpuint (board_model_peek_units (model)->len, ==, 14);
  g_assert_cmpuint (board_model_peek_queue (model)->len, ==, 11);
  g_assert_cmpuint (board_model_peek_totals (model)->beds, ==, 307);
  g_assert_cmpstr (board_model_peek_lap_name (model), ==, "Winchester LAP");
  g_assert_cmpuint (board_model_get_revision (model), ==, WALL_REVISION);
}

static void
test_pages_are_one_picture (void)
{
  g_autoptr (BoardModel) whole = make (SIZE);
  g_autoptr (BoardModel) model = board_model_new ("winchester");
  g_autoptr (GPtrArray) pages = wall_fixture_pages (SIZE, 50);

  g_assert_cmpuint (pages->len, >, 3);
  for (guint i = 0; i < pages->len; i++)
    {
      g_assert_false (board_model_has_picture (model));
      g_assert_cmpuint (board_model_peek_units (model)->len, ==, 0);
      board_model_apply (model, "feed.snapshot", g_ptr_array_index (pages, i), NOW_US);
    }
  settle (model);
  g_assert_cmpmem (board_model_peek_totals (model), sizeof (BoardTotals),
                   board_model_peek_totals (whole), sizeof (BoardTotals));
}

/* A connection lost in the middle of a snapshot: the next one begins anew. */
static void
test_half_a_snapshot_is_forgotten (void)
{
  g_autoptr (BoardModel) model = board_model_new ("winchester");
  g_autoptr (GPtrArray) pages = wall_fixture_pages (SIZE, 50);

  board_model_apply (model, "feed.snapshot", g_ptr_array_index (pages, 0), NOW_US);
  board_model_apply (model, "feed.snapshot", g_ptr_array_index (pages, 1), NOW_US);
  for (guint i = 0; i < pages->len; i++)
    {
      g_assert_false (board_model_has_picture (model));
      board_model_apply (model, "feed.snapshot", g_ptr_array_index (pages, i), NOW_US);
    }
  settle (model);
  g_assert_cmpuint (board_model_peek_totals (model)->beds, ==, 307);
}

static void
test_snapshot_replaces (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  apply (model, "feed.snapshot", wall_fixture_snapshot ((WallSize){ 3, 0, 1 }));
  settle (model);
  g_assert_cmpuint (board_model_peek_units (model)->len, ==, 3);
  g_assert_cmpuint (board_model_peek_queue (model)->len, ==, 1);
}

/* A bed that is reported as it was is confirmed, not changed. */
static void
test_confirmed (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  const BoardUnit *unit = board_model_find_unit (model, "cedar");
  const BoardBed *bed = unit->beds->pdata[0];
  guint number = (guint)g_ascii_strtoull (strrchr (bed->id, '-') + 1, NULL, 10);

  apply (model, "feed.changes",
         wall_fixture_bed_change (WALL_REVISION, WALL_REVISION + 1, "cedar", number,
                                  bed_words_print (&bed_display_words, bed->display)));
  g_assert_cmpint (board_model_find_unit (model, "cedar")->changed_us, ==, 0);
}

static void
test_change (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  guint free = board_model_peek_totals (model)->free;
  guint occupied = board_model_peek_totals (model)->occupied;

  apply (model, "feed.changes",
         wall_fixture_bed_change (WALL_REVISION, WALL_REVISION + 1, "anstey", 7, "free"));
  g_assert_cmpuint (board_model_peek_totals (model)->free, ==, free + 1);
  g_assert_cmpuint (board_model_peek_totals (model)->occupied, ==, occupied - 1);
  g_assert_cmpint (board_model_find_unit (model, "anstey")->changed_us, ==, NOW_US);
  g_assert_cmpint (board_model_find_unit (model, "cedar")->changed_us, ==, 0);
}

static void
count (BoardModel *model, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_many_changes_are_announced_once (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  guint n_changed = 0;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (model, "changed", G_CALLBACK (count), &n_changed);
  for (guint i = 0; i < 20; i++)
    apply (model, "feed.changes",
           wall_fixture_bed_change (WALL_REVISION + i, WALL_REVISION + i + 1, "anstey", 7,
                                    i % 2 ? "free" : "occupied"));
  g_assert_cmpuint (n_changed, ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_changed, ==, 1);
}

static void
test_gone (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  g_autofree char *code = wall_fixture_code (0);
  g_autofree char *text
      = g_strdup_printf ("{\"from\":4100,\"revision\":4101,\"gone\":{\"units\":[\"cedar\"],"
                         "\"beds\":[\"anstey-01\"],\"referrals\":[\"%s\"]}}",
                         code);

  apply_text (model, "feed.changes", text);
  g_assert_null (board_model_find_unit (model, "cedar"));
  g_assert_null (board_model_find_bed (model, "anstey-01"));
  g_assert_null (board_model_find_referral (model, code));
  g_assert_cmpuint (board_model_peek_units (model)->len, ==, 13);
}

/* Places are found by whom they are offered to, and are no beds of the wall. */
static void
test_places_are_no_beds (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  apply_text (model, "feed.changes",
              "{\"from\":4100,\"revision\":4101,\"units\":[{\"unit\":\"sitting\",\"name\":\"Night Sitting\"}],"
              "\"beds\":[{\"bed\":\"sitting-01\",\"unit\":\"sitting\",\"type\":\"sitting\",\"display\":\"free\","
              "\"offerable\":true}]}");
  g_assert_cmpuint (board_model_peek_units (model)->len, ==, 14);
  g_assert_cmpuint (board_model_peek_totals (model)->beds, ==, 307);
  g_assert_nonnull (board_model_find_bed (model, "sitting-01"));
}

static void
test_out_of_effect_is_not_shown (void)
{
  g_autoptr (BoardModel) model = make (SIZE);

  apply_text (model, "feed.changes",
              "{\"from\":4100,\"revision\":4101,\"units\":[{\"unit\":\"cedar\",\"name\":\"Cedar\","
              "\"in_effect\":false}],"
              "\"beds\":[{\"bed\":\"anstey-01\",\"unit\":\"anstey\",\"in_effect\":false}]}");
  g_assert_cmpuint (board_model_peek_units (model)->len, ==, 13);
  g_assert_null (board_model_find_bed (model, "anstey-01"));
}

static void
test_accepted_leaves_the_queue (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  g_autofree char *code = wall_fixture_code (1);
  g_autofree char *text = g_strdup_printf ("{\"from\":4100,\"revision\":4101,\"referrals\":[{"
                                           "\"referral\":\"%s\",\"state\":\"accepted\"}]}",
                                           code);

  apply_text (model, "feed.changes", text);
  g_assert_cmpuint (board_model_peek_queue (model)->len, ==, 10);
}

static void
test_order (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  const GPtrArray *units = board_model_peek_units (model);
  const GPtrArray *queue = board_model_peek_queue (model);
  const BoardReferral *first = g_ptr_array_index (queue, 0);
  const BoardReferral *second = g_ptr_array_index (queue, 1);
  const BoardReferral *last = g_ptr_array_index (queue, queue->len - 1);

  for (guint i = 1; i < units->len; i++)
    g_assert_cmpuint (((BoardUnit *)g_ptr_array_index (units, i - 1))->metres, <=,
                      ((BoardUnit *)g_ptr_array_index (units, i))->metres);
  g_assert_cmpint (first->lane, ==, BED_LANE_URGENT);
  g_assert_cmpint (first->response_due_us, <, second->response_due_us);
  g_assert_cmpint (last->state, ==, BED_STATE_HELD);
}

static void
test_places_do_not_depend_on_counts (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();

  for (guint i = 0; i < board_model_peek_units (model)->len; i++)
    g_ptr_array_add (before, g_ptr_array_index (board_model_peek_units (model), i));
  for (guint bed = 0; bed < 8; bed++)
    apply (model, "feed.changes",
           wall_fixture_bed_change (WALL_REVISION + bed, WALL_REVISION + bed + 1, "cedar", bed,
                                    "free"));
  for (guint i = 0; i < before->len; i++)
    g_assert_true (g_ptr_array_index (before, i)
                   == g_ptr_array_index (board_model_peek_units (model), i));
}

static void
test_strip_order (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  const GPtrArray *units = board_model_peek_units (model);

  for (guint i = 0; i < units->len; i++)
    {
      const GPtrArray *beds = ((BoardUnit *)g_ptr_array_index (units, i))->beds;

      for (guint j = 1; j < beds->len; j++)
        g_assert_cmpint (
            board_glyph_of_display (((BoardBed *)g_ptr_array_index (beds, j - 1))->display), <=,
            board_glyph_of_display (((BoardBed *)g_ptr_array_index (beds, j))->display));
    }
}

static void
test_stale_is_not_free_now (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  const BoardUnit *stale = board_model_find_unit (model, "chalk-hill");
  guint offerable = 0;

  g_assert_true (stale->is_stale);
  g_assert_cmpuint (stale->free, >, 0);
  g_assert_cmpuint (stale->offerable, ==, 0);
  for (guint i = 0; i < board_model_peek_units (model)->len; i++)
    offerable += ((BoardUnit *)g_ptr_array_index (board_model_peek_units (model), i))->offerable;
  g_assert_cmpuint (board_model_peek_totals (model)->free, ==, offerable);
}

static void
test_quarters (void)
{
  g_autoptr (BoardModel) model = board_model_new ("");
  const GArray *quarters;

  apply_text (
      model, "feed.snapshot",
      "{\"revision\":1,\"history\":["
      "{\"at\":\"2026-11-22T11:15:00.000Z\",\"lap\":\"a\",\"in_effect\":10,\"occupied\":8},"
      "{\"at\":\"2026-11-22T11:00:00.000Z\",\"lap\":\"a\",\"in_effect\":10,\"occupied\":7},"
      "{\"at\":\"2026-11-22T11:15:00.000Z\",\"lap\":\"b\",\"in_effect\":10,\"occupied\":9},"
      "{\"at\":\"2026-11-22T10:45:00.000Z\",\"lap\":\"b\",\"in_effect\":10,\"occupied\":1}]}");
  quarters = board_model_peek_quarters (model);
  g_assert_cmpuint (quarters->len, ==, 2);
  g_assert_cmpuint (g_array_index (quarters, BoardQuarter, 0).occupied, ==, 7);
  g_assert_cmpuint (g_array_index (quarters, BoardQuarter, 1).occupied, ==, 17);
}

static void
test_nonsense_is_left_out (void)
{
  static const char *const texts[]
      = { "{}",
          "{\"revision\":\"x\",\"units\":7,\"beds\":[1,null,{}],\"referrals\":[{\"referral\":5}]}",
          "{\"revision\":1,\"units\":[{\"unit\":\"a-very-long-identifier-that-no-register-would-"
          "ever-give-out\"}]}",
          "{\"revision\":1,\"page\":3,\"pages\":-2,\"gone\":[],\"history\":[{\"at\":\"never\"}],"
          "\"recent\":[{\"event\":1}]}",
          "{\"revision\":1,\"beds\":[{\"bed\":\"b\",\"unit\":\"u\",\"features\":[1,[],\"hoist\"],"
          "\"display\":9,\"hold_min\":-5}],"
          "\"referrals\":[{\"referral\":\"K7Q-M4X\",\"state\":\"waiting\",\"clocks\":[3,{\"clock\":"
          "1}],\"offer\":[],\"icons\":{}}]}" };
  g_autoptr (BoardModel) model = board_model_new ("");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      apply_text (model, "feed.changes", texts[i]);
      apply_text (model, "feed.snapshot", texts[i]);
      apply_text (model, "feed.state", texts[i]);
    }
  g_assert_cmpuint (board_model_peek_units (model)->len, ==, 0);
}

static void
test_state (void)
{
  g_autoptr (BoardModel) model = board_model_new ("");
  gint64 since_us = 0;

  apply_text (model, "feed.state",
              "{\"state\":\"broker_lost\",\"since\":\"2026-11-22T11:39:00.000Z\"}");
  g_assert_cmpint (board_model_get_serving (model, &since_us), ==, BOARD_SERVING_BROKER_LOST);
  g_assert_cmpint (since_us, ==, WALL_NOW_US - 3 * BED_MINUTE_US);
}

/* A person who is gone keeps the row until five seconds have passed. */
static void
test_queue_keeps_still (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  g_autoptr (WallOrder) order = wall_order_new ();
  g_autofree char *code = wall_fixture_code (0);
  g_autofree char *text = g_strdup_printf (
      "{\"from\":4100,\"revision\":4101,\"gone\":{\"referrals\":[\"%s\"]}}", code);

  g_assert_true (wall_order_follow (order, model, NOW_US, FALSE));
  apply_text (model, "feed.changes", text);
  g_assert_false (wall_order_follow (order, model, NOW_US + WALL_REORDER_US - 1, FALSE));
  g_assert_cmpstr (wall_order_peek_code (order, 0), ==, code);
  g_assert_false (wall_order_follow (order, model, NOW_US + WALL_REORDER_US, TRUE));
  g_assert_true (wall_order_follow (order, model, NOW_US + WALL_REORDER_US, FALSE));
  g_assert_cmpuint (wall_order_get_length (order), ==, 10);
}

/* An event that stands in the ticker does not move when another comes. */
static void
test_news_keep_their_places (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  WallNews news = { 0 };
  guint64 first;
  guint64 second;

  wall_news_follow (&news, model, 3);
  first = news.slots[0].revision;
  second = news.slots[1].revision;
  g_assert_cmpuint (first, ==, WALL_REVISION);
  apply_text (
      model, "feed.changes",
      "{\"from\":4100,\"revision\":4107,\"recent\":[{\"revision\":4107,\"at\":\"2026-11-22T11:42:"
      "30.000Z\","
      "\"event\":\"bed.closed\",\"unit\":\"cedar\",\"bed\":\"cedar-03\",\"display\":\"closed\"}]}");
  wall_news_follow (&news, model, 3);
  g_assert_cmpuint (news.slots[0].revision, ==, first);
  g_assert_cmpuint (news.slots[1].revision, ==, second);
  g_assert_cmpuint (news.slots[2].revision, ==, 4107);
  g_assert_cmpint (wall_news_find_newest (&news), ==, 2);
}

/* A register that was brought back from a copy counts from before: what it has not done is no news. */
static void
test_news_of_a_register_brought_back (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  WallNews news = { 0 };

  wall_news_follow (&news, model, 3);
  apply_text (model, "feed.snapshot",
              "{\"revision\":7,\"recent\":[{\"revision\":7,\"at\":\"2026-11-22T11:42:30.000Z\",\"event\":\"bed.closed\","
              "\"unit\":\"cedar\",\"bed\":\"cedar-03\",\"display\":\"closed\"}]}");
  wall_news_follow (&news, model, 3);
  g_assert_cmpuint (news.slots[wall_news_find_newest (&news)].revision, ==, 7);
}

static void
test_sentence (void)
{
  g_autoptr (BoardModel) model = make (SIZE);
  g_autofree char *said
      = board_words_unit (board_model_find_unit (model, "nightingale"), WALL_NOW_US);

  g_assert_cmpstr (
      said, ==,
      "Nightingale Ward, NHS, 5 kilometres. 2 free, 1 held for 6 more minutes, 1 arriving, "
      "expected at 13:15, "
      "1 cleaning, 13 occupied of whom 1 leaves today, 1 closed. Last confirmed 15 minutes ago.");
}

/* No sentence of the ticker ever holds a code. */
static void
test_ticker_has_no_codes (void)
{
  for (guint event = 0; event < BED_N_EVENTS; event++)
    {
      BoardRecent recent
          = { .event = (BedEventKind)event, .display = BED_DISPLAY_HELD, .until_us = WALL_NOW_US };
      g_autofree char *words = board_words_recent (&recent, "Room 7");

      if (words != NULL)
        g_assert_null (strchr (words, '-'));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/snapshot", test_snapshot);
  g_test_add_func ("/model/districts", test_districts);
  g_test_add_func ("/model/pages-are-one-picture", test_pages_are_one_picture);
  g_test_add_func ("/model/half-a-snapshot-is-forgotten", test_half_a_snapshot_is_forgotten);
  g_test_add_func ("/model/snapshot-replaces", test_snapshot_replaces);
  g_test_add_func ("/model/change", test_change);
  g_test_add_func ("/model/confirmed", test_confirmed);
  g_test_add_func ("/model/many-changes-are-announced-once", test_many_changes_are_announced_once);
  g_test_add_func ("/model/gone", test_gone);
  g_test_add_func ("/model/places-are-no-bedsplaces-are-no-beds", test_places_are_no_beds);
  g_test_add_func ("/model/out-of-effect-is-not-shown", test_out_of_effect_is_not_shown);
  g_test_add_func ("/model/accepted-leaves-the-queue", test_accepted_leaves_the_queue);
  g_test_add_func ("/model/order", test_order);
  g_test_add_func ("/model/places-do-not-depend-on-counts", test_places_do_not_depend_on_counts);
  g_test_add_func ("/model/strip-order", test_strip_order);
  g_test_add_func ("/model/stale-is-not-free-now", test_stale_is_not_free_now);
  g_test_add_func ("/model/quarters", test_quarters);
  g_test_add_func ("/model/nonsense-is-left-out", test_nonsense_is_left_out);
  g_test_add_func ("/model/state", test_state);
  g_test_add_func ("/model/queue-keeps-still", test_queue_keeps_still);
  g_test_add_func ("/model/news-keep-their-places", test_news_keep_their_places);
  g_test_add_func ("/model/news-of-a-register-brought-back", test_news_of_a_register_brought_back);
  g_test_add_func ("/model/sentence", test_sentence);
  g_test_add_func ("/model/ticker-has-no-codes", test_ticker_has_no_codes);
  return g_test_run ();
}
