/* test-board-roster.c: a roster is what was wanted, told with as few changes as can be.
 *
 * Random tests print their seed: run again with --seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-roster.h"

#include <string.h>

#define IDS 40 /* different ids in a random test */
#define ROUNDS 3000

typedef struct
{
  BoardRoster *roster;
  GPtrArray *mirror; /* BoardEntry, kept by items-changed alone */
  guint n_moved;     /* items that went or came since it was set to 0 */
  GString *changed;  /* ids of entries that said "changed" */
} Fixture;

static void
on_items_changed (GListModel *list, guint at, guint n_removed, guint n_added, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (at + n_removed, <=, fixture->mirror->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (fixture->mirror, at, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (fixture->mirror, (gint)(at + i), g_list_model_get_item (list, at + i));
  g_assert_cmpuint (fixture->mirror->len, ==, g_list_model_get_n_items (list));
  fixture->n_moved += n_removed + n_added;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->roster = board_roster_new ();
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->changed = g_string_new (NULL);
  g_signal_connect (fixture->roster, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_object_unref (fixture->roster);
  g_ptr_array_unref (fixture->mirror);
  g_string_free (fixture->changed, TRUE);
}

static void
check (Fixture *fixture, const BoardRosterLine *lines, guint n)
{
  GListModel *list = G_LIST_MODEL (fixture->roster);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);
  g_assert_null (g_list_model_get_item (list, n));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BoardEntry) entry = g_list_model_get_item (list, i);

      g_assert_cmpstr (board_entry_peek_id (entry), ==, lines[i].id);
      g_assert_cmpuint (board_entry_get_section (entry), ==, lines[i].section);
      g_assert_true (g_ptr_array_index (fixture->mirror, i) == entry);
    }
}

/* Follows one letter a line. */
static void
follow (Fixture *fixture, const char *letters)
{
  char ids[64][2] = { 0 };
  BoardRosterLine lines[64];
  guint n = (guint)strlen (letters);

  for (guint i = 0; i < n; i++)
    {
      ids[i][0] = letters[i];
      lines[i] = (BoardRosterLine){ ids[i], 0, 1 };
    }
  fixture->n_moved = 0;
  board_roster_follow (fixture->roster, lines, n);
  check (fixture, lines, n);
}

static void
test_follows (Fixture *fixture, gconstpointer unused)
{
  follow (fixture, "abc");
  g_assert_cmpuint (fixture->n_moved, ==, 3);
  follow (fixture, "abc");
  g_assert_cmpuint (fixture->n_moved, ==, 0);
  follow (fixture, "abxc");
  g_assert_cmpuint (fixture->n_moved, ==, 1);
  follow (fixture, "axc");
  g_assert_cmpuint (fixture->n_moved, ==, 1);
  follow (fixture, "");
  g_assert_cmpuint (fixture->n_moved, ==, 3);
  follow (fixture, "");
  g_assert_cmpuint (fixture->n_moved, ==, 0);
}

static void
test_a_move_is_one_of_each (Fixture *fixture, gconstpointer unused)
{
  follow (fixture, "abcdefgh");
  follow (fixture, "bcdefgha");
  g_assert_cmpuint (fixture->n_moved, ==, 2);
  follow (fixture, "abcdefgh");
  g_assert_cmpuint (fixture->n_moved, ==, 2);
  follow (fixture, "abcegdfh");
  g_assert_cmpuint (fixture->n_moved, ==, 4);
}

static void
test_an_entry_stays_itself_when_it_moves (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardEntry) before = NULL;
  g_autoptr (BoardEntry) after = NULL;

  follow (fixture, "abc");
  before = g_list_model_get_item (G_LIST_MODEL (fixture->roster), 0);
  follow (fixture, "bca");
  after = g_list_model_get_item (G_LIST_MODEL (fixture->roster), 2);
  g_assert_true (before == after);
}

static void
on_changed (BoardEntry *entry, gpointer user_data)
{
  g_string_append (((Fixture *)user_data)->changed, board_entry_peek_id (entry));
}

static void
test_only_what_looks_different_says_so (Fixture *fixture, gconstpointer unused)
{
  BoardRosterLine lines[] = { { "a", 0, 1 }, { "b", 0, 1 }, { "c", 0, 1 } };

  board_roster_follow (fixture->roster, lines, 3);
  for (guint i = 0; i < 3; i++)
    g_signal_connect (g_ptr_array_index (fixture->mirror, i), "changed", G_CALLBACK (on_changed), fixture);
  board_roster_follow (fixture->roster, lines, 3);
  g_assert_cmpstr (fixture->changed->str, ==, "");
  lines[1].stamp = 2;
  board_roster_follow (fixture->roster, lines, 3);
  g_assert_cmpstr (fixture->changed->str, ==, "b");
  lines[2].section = 1;
  board_roster_follow (fixture->roster, lines, 3);
  g_assert_cmpstr (fixture->changed->str, ==, "bc");
  check (fixture, lines, 3);
}

static void
test_no_more_than_its_limit (Fixture *fixture, gconstpointer unused)
{
  guint n = BOARD_ROSTER_MAX + 1;
  g_autofree BoardRosterLine *lines = g_new0 (BoardRosterLine, n);
  g_autofree char *ids = g_new0 (char, (gsize)n * 8);

  g_signal_handlers_disconnect_by_data (fixture->roster, fixture);
  for (guint i = 0; i < n; i++)
    {
      g_snprintf (ids + (gsize)i * 8, 8, "%u", i);
      lines[i].id = ids + (gsize)i * 8;
    }
  board_roster_follow (fixture->roster, lines, n);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->roster)), ==, BOARD_ROSTER_MAX);
}

/* --- random --- */

static char names[IDS][8];

/* Some of the ids, in an order of their own: mostly that of before. */
static guint
wish (guint order[static IDS], BoardRosterLine lines[static IDS])
{
  guint n_swaps = (guint)g_test_rand_int_range (0, g_test_rand_bit () ? 3 : IDS);
  guint n = 0;

  for (guint i = 0; i < n_swaps; i++)
    {
      guint a = (guint)g_test_rand_int_range (0, IDS);
      guint b = (guint)g_test_rand_int_range (0, IDS);
      guint kept = order[a];

      order[a] = order[b];
      order[b] = kept;
    }
  for (guint i = 0; i < IDS; i++)
    if (g_test_rand_int_range (0, 6) > 0)
      lines[n++] = (BoardRosterLine){ names[order[i]], (guint)g_test_rand_int_range (0, 3), (guint64)g_test_rand_int_range (0, 3) };
  return n;
}

/* The longest common subsequence by the table of the textbooks: another way than patience. */
static guint
count_staying (const char *const before[], guint n_before, const BoardRosterLine lines[], guint n)
{
  guint longest[IDS + 1][IDS + 1] = { { 0 } };

  for (guint i = 1; i <= n_before; i++)
    for (guint j = 1; j <= n; j++)
      longest[i][j] = g_str_equal (before[i - 1], lines[j - 1].id) ? longest[i - 1][j - 1] + 1
                                                                 : MAX (longest[i - 1][j], longest[i][j - 1]);
  return longest[n_before][n];
}

static void
test_random (Fixture *fixture, gconstpointer unused)
{
  guint order[IDS];
  BoardRosterLine lines[IDS];

  for (guint i = 0; i < IDS; i++)
    {
      order[i] = i;
      g_snprintf (names[i], sizeof names[i], "id-%u", i);
    }
  for (guint round = 0; round < ROUNDS; round++)
    {
      const char *before[IDS];
      guint n_before = fixture->mirror->len;
      g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
      guint n;

      for (guint i = 0; i < n_before; i++)
        {
          BoardEntry *entry = g_ptr_array_index (fixture->mirror, i);

          before[i] = board_entry_peek_id (entry);
          g_hash_table_insert (known, (gpointer)before[i], g_object_ref (entry));
        }
      n = wish (order, lines);
      fixture->n_moved = 0;
      board_roster_follow (fixture->roster, lines, n);
      check (fixture, lines, n);
      g_assert_cmpuint (fixture->n_moved, ==, n_before + n - 2 * count_staying (before, n_before, lines, n));
      for (guint i = 0; i < n; i++)
        {
          gpointer entry = g_hash_table_lookup (known, lines[i].id);

          g_assert_true (entry == NULL || entry == g_ptr_array_index (fixture->mirror, i));
        }
    }
}

#define ADD(path, test) g_test_add ("/board-roster/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("follows", test_follows);
  ADD ("move", test_a_move_is_one_of_each);
  ADD ("same-object", test_an_entry_stays_itself_when_it_moves);
  ADD ("looks-different", test_only_what_looks_different_says_so);
  ADD ("limit", test_no_more_than_its_limit);
  ADD ("random", test_random);
  return g_test_run ();
}
