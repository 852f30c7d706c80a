/* test-board-time.c: the shown time and durations in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-options.h"
#include "board/board-time.h"
#include "common/bed-time.h"

#include <string.h>

static void
test_server_time_is_carried_on (void)
{
  BoardTime time = { 0 };

  g_assert_cmpint (board_time_get (&time, 500, 42), ==, 42);
  board_time_set (&time, 1000000, 500);
  g_assert_cmpint (board_time_get (&time, 2500, 42), ==, 1002000);
}

static void
test_news_never_turn_it_back (void)
{
  BoardTime time = { 0 };

  board_time_set (&time, 1000000, 500);
  board_time_advance (&time, 900000, 600);
  g_assert_cmpint (board_time_get (&time, 600, 0), ==, 1000100);
  board_time_advance (&time, 2000000, 700);
  g_assert_cmpint (board_time_get (&time, 700, 0), ==, 2000000);
}

static void
check_duration (gint64 duration_us, const char *words)
{
  char made[BOARD_DURATION_SIZE];

  board_time_print_duration (duration_us, made);
  g_assert_cmpstr (made, ==, words);
}

static void
test_durations (void)
{
  check_duration (-5, "now");
  check_duration (59 * BED_SECOND_US, "now");
  check_duration (12 * BED_MINUTE_US, "12 min");
  check_duration (152 * BED_MINUTE_US, "2 h 32");
  check_duration (50 * BED_HOUR_US, "2 d");
}

static void
check_left (gint64 left_us, const char *words)
{
  char made[BOARD_DURATION_SIZE];

  board_time_print_left (left_us, made);
  g_assert_cmpstr (made, ==, words);
}

static void
test_left (void)
{
  check_left (-1, "0:00");
  check_left (1, "0:01");
  check_left (38 * BED_MINUTE_US, "0:38");
  check_left (84 * BED_MINUTE_US, "1:24");
}

static void
check_date (gint64 time_us, const char *expected)
{
  char date[BOARD_DATE_SIZE];

  board_time_print_date (time_us, date);
  g_assert_cmpstr (date, ==, expected);
}

static void
test_dates (void)
{
  check_date (G_GINT64_CONSTANT (1795347720000000), "Sun 22 Nov");
  check_date (0, "Thu 1 Jan");
  check_date (-BED_MINUTE_US, "Thu 1 Jan");
  check_date (G_GINT64_CONSTANT (1779019200000000), "Sun 17 May");
}

static void
test_sizes (void)
{
  int width = 0;
  int height = 0;

  g_assert_true (board_options_parse_size ("3840x2160", &width, &height));
  g_assert_cmpint (width, ==, 3840);
  g_assert_cmpint (height, ==, 2160);
  g_assert_false (board_options_parse_size ("1920", &width, &height));
  g_assert_false (board_options_parse_size ("1920x", &width, &height));
  g_assert_false (board_options_parse_size ("9x99999", &width, &height));
}

static void
check_refused (const char *view, const char *url, const char *words)
{
  g_auto (BoardOptions) options = { 0 };
  const BoardSettings settings = { .text_scale = BOARD_TEXT_SCALE_MIN };
  g_autoptr (GError) error = NULL;
  char *arguments[] = { (char *)"homeward-board", (char *)"--view", (char *)view,
                        (char *)"--url",          (char *)url,      NULL };
  char **argv = arguments;
  int argc = 5;

  g_assert_false (board_options_parse (&argc, &argv, &settings, &options, &error));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_options_are_refused_in_words (void)
{
  check_refused ("desks", "ws://127.0.0.1:1/v1/live", "wallboard, desk or ward");
  check_refused ("map", "ws://127.0.0.1:1/v1/live", "--view must be");
  check_refused ("wallboard", "http://127.0.0.1:1/", "ws://");
  check_refused ("wallboard", "ws://127.0.0.1:1/v1/live", "--token-file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-time/server-time-is-carried-on", test_server_time_is_carried_on);
  g_test_add_func ("/board-time/news-never-turn-it-back", test_news_never_turn_it_back);
  g_test_add_func ("/board-time/durations", test_durations);
  g_test_add_func ("/board-time/left", test_left);
  g_test_add_func ("/board-time/dates", test_dates);
  g_test_add_func ("/board-options/sizes", test_sizes);
  g_test_add_func ("/board-options/refused-in-words", test_options_are_refused_in_words);
  return g_test_run ();
}
