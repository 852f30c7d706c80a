/* test-board-i18n.c: the Welsh catalogue is found and spoken. Its environment (LANGUAGE=cy, and where
 * the built catalogues are) comes from meson.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-i18n.h"
#include "board/board-time.h"
#include "board/board-words.h"

static void
test_welsh_is_spoken (void)
{
  g_assert_cmpstr (_ ("Ward"), ==, "Ward");
  g_assert_cmpstr (_ ("Desk"), ==, "Desg");
}

static void
test_tables_are_spoken_in_welsh (void)
{
  g_assert_cmpstr (board_words_glyph (BOARD_GLYPH_FREE), ==, "Ar gael");
}

static void
test_dates_are_welsh (void)
{
  char date[BOARD_DATE_SIZE];

  board_time_print_date (G_GINT64_CONSTANT (1795347720000000), date);
  g_assert_cmpstr (date, ==, "Sul 22 Tach");
}

/* What nobody has translated is said in English. */
static void
test_unknown_is_said_as_it_is (void)
{
  const char *words = "no catalogue has this";

  g_assert_cmpstr (gettext (words), ==, words);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  board_i18n_begin ();
  g_test_add_func ("/board-i18n/welsh-is-spoken", test_welsh_is_spoken);
  g_test_add_func ("/board-i18n/tables-are-spoken-in-welsh", test_tables_are_spoken_in_welsh);
  g_test_add_func ("/board-i18n/dates-are-welsh", test_dates_are_welsh);
  g_test_add_func ("/board-i18n/unknown-is-said-as-it-is", test_unknown_is_said_as_it_is);
  return g_test_run ();
}
