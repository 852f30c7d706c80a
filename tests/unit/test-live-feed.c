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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-feed/pages-count-once", test_pages_count_once);
  return g_test_run ();
}
