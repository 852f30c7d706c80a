/* test-live-feed.c: how far a feed has been delivered.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/live/bed-live-feed.h"

#include <string.h>

/* A snapshot that begins anew at the same revision: its first pages do not count twice. */
static void
test_pages_count_once (void)
{
  BedLiveFeed *feed = bed_live_feed_new ("{}");
  static const int pages[] = { 1, 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"epoch\":7,\"revision\":12,\"page\":%d,\"pages\":2}", pages[i]);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autofree char *subscription = NULL;
      g_auto (BedJson) ack = { 0 };

      g_assert_true (bed_live_feed_count (feed, "feed.snapshot", json_node_get_object (node), &ack));
      subscription = bed_live_feed_print_subscription (feed);
      g_assert_cmpint (strstr (subscription, "since") != NULL, ==, i == 2);
    }
  bed_live_feed_free (feed);
}

/* Delivers one whole message; TRUE if all is there then that was there at the subscription. */
static gboolean
is_current_after (BedLiveFeed *feed, const char *method, const char *params)
{
  g_autoptr (JsonNode) node = json_from_string (params, NULL);
  g_auto (BedJson) ack = { 0 };

  g_assert_true (bed_live_feed_count (feed, method, json_node_get_object (node), &ack));
  return bed_live_feed_is_current (feed);
}

static gboolean
is_current_from (BedLiveFeed *feed, const char *answer)
{
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);

  bed_live_feed_lose (feed);
  g_assert_false (bed_live_feed_is_current (feed));
  bed_live_feed_begin (feed, node);
  return bed_live_feed_is_current (feed);
}

static void
test_a_snapshot_makes_it_current (void)
{
  BedLiveFeed *feed = bed_live_feed_new ("{}");

  g_assert_false (is_current_from (feed, "{\"epoch\":7,\"revision\":12,\"resumed\":false,\"head\":12}"));
  g_assert_false (is_current_after (feed, "feed.snapshot", "{\"epoch\":7,\"revision\":12,\"page\":1,\"pages\":2}"));
  g_assert_true (is_current_after (feed, "feed.snapshot", "{\"epoch\":7,\"revision\":12,\"page\":2,\"pages\":2}"));
  g_assert_true (is_current_after (feed, "feed.snapshot", "{\"epoch\":8,\"revision\":3,\"page\":1,\"pages\":1}"));
  /* another register's: what was had before counts for nothing */
  g_assert_false (is_current_from (feed, "{\"epoch\":9,\"revision\":2,\"resumed\":false,\"head\":2}"));
  bed_live_feed_free (feed);
}

static void
test_the_missing_changes_make_it_current (void)
{
  BedLiveFeed *feed = bed_live_feed_new ("{}");

  is_current_after (feed, "feed.snapshot", "{\"epoch\":7,\"revision\":12,\"page\":1,\"pages\":1}");
  g_assert_true (is_current_from (feed, "{\"epoch\":7,\"revision\":12,\"resumed\":true,\"head\":12}"));
  g_assert_false (is_current_from (feed, "{\"epoch\":7,\"revision\":12,\"resumed\":true,\"head\":20}"));
  g_assert_false (is_current_after (feed, "feed.changes", "{\"from\":12,\"revision\":19}"));
  g_assert_true (is_current_after (feed, "feed.changes", "{\"from\":19,\"revision\":20}"));
  bed_live_feed_free (feed);
}

/* A gateway that does not say where the register is, or answers oddly. */
static void
test_an_answer_without_a_head (void)
{
  BedLiveFeed *feed = bed_live_feed_new ("{}");

  g_assert_true (is_current_after (feed, "feed.snapshot", "{\"epoch\":7,\"revision\":12}"));
  g_assert_true (is_current_from (feed, "{\"epoch\":7,\"revision\":12,\"resumed\":true}"));
  g_assert_false (is_current_from (feed, "{\"resumed\":\"yes\"}"));
  g_assert_false (is_current_from (feed, "[]"));
  g_assert_true (is_current_after (feed, "feed.snapshot", "{\"epoch\":7,\"revision\":1}"));
  bed_live_feed_free (feed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-feed/pages-count-once", test_pages_count_once);
  g_test_add_func ("/live-feed/current-snapshot", test_a_snapshot_makes_it_current);
  g_test_add_func ("/live-feed/current-changes", test_the_missing_changes_make_it_current);
  g_test_add_func ("/live-feed/no-head", test_an_answer_without_a_head);
  return g_test_run ();
}
