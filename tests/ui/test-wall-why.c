/* test-wall-why.c: why no bed fits, of an answer as it should be and of one as it should not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-commands.h"
#include "board/wall/wall-why.h"

#include <string.h>

static void
take (WallWhy *why, const char *answer)
{
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);

  g_assert_nonnull (node);
  wall_why_ask (why, "K7Q-M4X");
  wall_why_take (why, json_node_get_object (node));
}

static void
test_most_beds_first (void)
{
  WallWhy why;

  take (&why, "{\"offers\":[{\"bed\":\"a\",\"call_first\":true}],\"cut_off\":2,\"total\":20,\"ruled_out\":["
              "{\"reason\":\"must:hoist\",\"count\":4,\"nearest_metres\":6200},{\"reason\":\"occupancy\",\"count\":13},"
              "{\"reason\":\"type\",\"count\":0}]}");
  g_assert_false (why.is_waiting);
  g_assert_cmpuint (why.n_offers, ==, 2);
  g_assert_cmpuint (why.n_call_first, ==, 1);
  g_assert_cmpuint (why.n_lines, ==, 2);
  g_assert_cmpuint (why.lines[0].count, ==, 13);
  g_assert_cmpstr (why.lines[1].words, ==, "Need not met: Hoist");
}

/* A newer register's reason is said as it is, cut between characters. */
static void
test_unknown_reason (void)
{
  WallWhy why;

  take (&why, "{\"ruled_out\":[{\"reason\":\"moon_phase\",\"count\":1},"
              "{\"reason\":\"aŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ\",\"count\":1},"
              "{\"reason\":\"must:ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ\",\"count\":1}]}");
  g_assert_cmpuint (why.n_lines, ==, 3);
  for (guint i = 0; i < why.n_lines; i++)
    g_assert_true (g_utf8_validate (why.lines[i].words, -1, NULL));
}

/* What a wall says about a refusal are its own words, not the gateway's. */
static void
test_refused (void)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, BED_ERROR_UNAVAILABLE, "something from the gateway");
  g_autofree char *words = g_strdup_printf ("No answer: %s", board_refusal_words (BED_ERROR_UNAVAILABLE));
  WallWhy why;

  wall_why_ask (&why, "K7Q-M4X");
  wall_why_fail (&why, error);
  g_assert_false (why.is_waiting);
  g_assert_cmpstr (why.fault, ==, words);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wall-why/most-beds-first", test_most_beds_first);
  g_test_add_func ("/wall-why/unknown-reason", test_unknown_reason);
  g_test_add_func ("/wall-why/refused", test_refused);
  return g_test_run ();
}
