/* test-journal-snapshots.c: the newest snapshot that fits is given, and never one that does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "journal-facts.h"

#define LAYOUT 7

static void
set_up (JournalFixture *f, gconstpointer unused)
{
  journal_set_up (f, unused);
  journal_fill (f->journal, 9, 3);
}

/* The state of a revision: its number, many times over, so that it takes several pages. */
static void
save (JournalFixture *f, guint64 revision)
{
  g_autoptr (GError) error = NULL;
  guint8 *state = g_malloc (20000);
  memset (state, (int) revision, 20000);
  g_autoptr (GBytes) bytes = g_bytes_new_take (state, 20000);
  g_assert_true (broker_journal_save_snapshot (f->journal, revision, LAYOUT, bytes, &error));
  g_assert_no_error (error);
}

/* Opens again and expects the snapshot of revision, or none if it is 0. */
static void
assert_loads (JournalFixture *f, guint64 expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = NULL;
  guint64 revision = 0;
  journal_reopen (f);
  gboolean is_there = broker_journal_load_snapshot (f->journal, LAYOUT, &revision, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_there, ==, expected > 0);
  if (!is_there)
    return;
  g_assert_cmpuint (revision, ==, expected);
  g_assert_cmpuint (g_bytes_get_size (state), ==, 20000);
  g_assert_cmpuint (*(const guint8 *) g_bytes_get_data (state, NULL), ==, expected);
}

static void
test_none (JournalFixture *f, gconstpointer unused)
{
  assert_loads (f, 0);
}

static void
test_newest (JournalFixture *f, gconstpointer unused)
{
  save (f, 3);
  save (f, 9);
  assert_loads (f, 9);
}

static void
test_as_many_as_are_kept (JournalFixture *f, gconstpointer unused)
{
  for (guint64 revision = 1; revision <= BROKER_SNAPSHOTS_KEPT + 1; revision++)
    save (f, revision);
  journal_change (f, "DELETE FROM snapshot WHERE revision > 1");
  assert_loads (f, 0);
}

static void
test_same_revision_again (JournalFixture *f, gconstpointer unused)
{
  save (f, 3);
  save (f, 3);
  assert_loads (f, 3);
}

static void
test_empty_state (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) state = NULL;
  guint64 revision = 0;
  g_assert_true (broker_journal_save_snapshot (f->journal, 9, LAYOUT, empty, &error));
  g_assert_true (broker_journal_load_snapshot (f->journal, LAYOUT, &revision, &state, &error));
  g_assert_cmpuint (g_bytes_get_size (state), ==, 0);
}

/* Whatever is wrong with the newest, the older one is given. */
static void
test_falls_back (JournalFixture *f, gconstpointer sql)
{
  save (f, 3);
  save (f, 9);
  journal_change (f, sql);
  assert_loads (f, 3);
}

static void
test_other_layout (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = NULL;
  guint64 revision = 0;
  save (f, 9);
  g_assert_false (broker_journal_load_snapshot (f->journal, LAYOUT + 1, &revision, &state, &error));
  g_assert_no_error (error);
  g_assert_null (state);
}

static void
test_of_no_event (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = g_bytes_new_static ("x", 1);
  g_assert_false (broker_journal_save_snapshot (f->journal, 10, LAYOUT, state, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

/* Events cut off the end leave a chain that holds; a snapshot remembers that there were more. */
static void
test_events_cut_off (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  save (f, 9);
  journal_change (f, "DELETE FROM event WHERE revision > 6");
  g_assert_null (broker_journal_open (f->folder, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "events after 6 are missing"));
}

#define ADD(path, test) \
  g_test_add ("/journal-snapshots/" path, JournalFixture, NULL, set_up, test, journal_tear_down)

int
main (int argc, char **argv)
{
  static const char *const faults[][2] = {
    { "state", "UPDATE snapshot SET state = zeroblob(20000) WHERE revision = 9" },
    { "no-state", "UPDATE snapshot SET state = x'' WHERE revision = 9" },
    { "checksum", "UPDATE snapshot SET checksum = zeroblob(32) WHERE revision = 9" },
    { "head", "UPDATE snapshot SET head = zeroblob(32) WHERE revision = 9" },
    { "short-head", "UPDATE snapshot SET head = x'' WHERE revision = 9" },
    { "event", "UPDATE event SET hash = zeroblob(32) WHERE revision = 9" },
    { "revision", "UPDATE snapshot SET revision = 8 WHERE revision = 9" },
  };

  g_test_init (&argc, &argv, NULL);
  ADD ("none", test_none);
  ADD ("newest", test_newest);
  ADD ("as-many-as-are-kept", test_as_many_as_are_kept);
  ADD ("same-revision-again", test_same_revision_again);
  ADD ("empty-state", test_empty_state);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/journal-snapshots/falls-back/", faults[i][0], NULL);
      g_test_add (path, JournalFixture, faults[i][1], set_up, test_falls_back, journal_tear_down);
    }
  ADD ("other-layout", test_other_layout);
  ADD ("of-no-event", test_of_no_event);
  ADD ("events-cut-off", test_events_cut_off);
  return g_test_run ();
}
