/* test-board-line.c: the pill's words for every state of the line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-line.h"
#include "common/bed-time.h"

#define NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */

/* state: the register's own word (feed.state), told at 11:40; or NULL. */
static void
check (BoardLine line, gint64 heard_us, const char *state, const char *word, const char *rest)
{
  g_autoptr (BoardModel) model = board_model_new ("");
  BoardMoment moment = { .now_us = NOW_US, .heard_us = heard_us, .line = line };
  char said[BOARD_LINE_REST_SIZE];

  if (state != NULL)
    {
      g_autoptr (JsonObject) params = json_object_new ();

      json_object_set_string_member (params, "state", state);
      json_object_set_string_member (params, "since", "2026-11-22T11:40:00.000Z");
      board_model_apply (model, "feed.state", params, 1);
    }
  g_assert_cmpstr (board_line_say (&moment, model, said), ==, word);
  g_assert_cmpstr (said, ==, rest);
}

static void
test_live (void)
{
  check (BOARD_LINE_LIVE, NOW_US - 8 * BED_SECOND_US, NULL, "Live", "confirmed 8 s ago");
  check (BOARD_LINE_LIVE, NOW_US - 59 * BED_SECOND_US, NULL, "Live", "confirmed 59 s ago");
  check (BOARD_LINE_LIVE, NOW_US - 60 * BED_SECOND_US, NULL, "Live", "confirmed 1 min ago");
}

static void
test_heard_later_than_now_is_now (void)
{
  check (BOARD_LINE_LIVE, NOW_US + BED_SECOND_US, NULL, "Live", "confirmed 0 s ago");
}

static void
test_reconnecting (void)
{
  check (BOARD_LINE_RECONNECTING, NOW_US - 3 * BED_MINUTE_US, NULL, "Reconnecting", "last heard 11:39");
  check (BOARD_LINE_RECONNECTING, NOW_US - 3 * BED_MINUTE_US, "broker_lost", "Reconnecting", "last heard 11:39");
}

static void
test_never_heard (void)
{
  check (BOARD_LINE_RECONNECTING, 0, NULL, "Reconnecting", "");
  check (BOARD_LINE_OFFLINE, 0, NULL, "Offline", "");
  check (BOARD_LINE_LIVE, 0, NULL, "Live", "");
}

static void
test_offline_since_heard_or_since_told (void)
{
  check (BOARD_LINE_OFFLINE, NOW_US - 3 * BED_MINUTE_US, NULL, "Offline", "since 11:39");
  check (BOARD_LINE_OFFLINE, NOW_US, "broker_lost", "Offline", "since 11:40");
  check (BOARD_LINE_OFFLINE, NOW_US - 3 * BED_MINUTE_US, "live", "Offline", "since 11:39");
}

static void
test_read_only (void)
{
  check (BOARD_LINE_READ_ONLY, NOW_US, "read_only", "Read-only", "since 11:40: nothing can be placed");
  check (BOARD_LINE_READ_ONLY, 0, NULL, "Read-only", "nothing can be placed");
}

static void
test_refused (void)
{
  check (BOARD_LINE_REFUSED, NOW_US, NULL, "Not admitted", "this board's token is refused");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-line/live", test_live);
  g_test_add_func ("/board-line/heard-later-than-now", test_heard_later_than_now_is_now);
  g_test_add_func ("/board-line/reconnecting", test_reconnecting);
  g_test_add_func ("/board-line/never-heard", test_never_heard);
  g_test_add_func ("/board-line/offline", test_offline_since_heard_or_since_told);
  g_test_add_func ("/board-line/read-only", test_read_only);
  g_test_add_func ("/board-line/refused", test_refused);
  return g_test_run ();
}
