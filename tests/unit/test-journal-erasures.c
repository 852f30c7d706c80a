/* test-journal-erasures.c: needs that are erased are gone, from every page, and nothing else is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "journal-facts.h"

#define PEOPLE 300
#define SALT_SIZE 16
#define LAYOUT 1
#define DAY_US G_GINT64_CONSTANT (86400000000)

static void
append (JournalFixture *f, BedEvent event)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
  g_assert_no_error (error);
}

static guint64
get_next (JournalFixture *f)
{
  return broker_journal_get_revision (f->journal) + 1;
}

typedef struct
{
  guint n_events, n_erased, n_known;
} Read;

static gboolean
read_one (const BedEvent *event, gpointer user_data)
{
  Read *read = user_data;
  read->n_events++;
  read->n_erased += event->is_erased;
  read->n_known += event->facts.must != 0;
  return TRUE;
}

static Read
read_all (JournalFixture *f)
{
  g_autoptr (GError) error = NULL;
  Read read = { 0 };
  g_assert_true (broker_journal_follow (f->journal, 0, read_one, &read, &error));
  g_assert_no_error (error);
  return read;
}

static void
assert_breaks (JournalFixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  Read read = { 0 };
  journal_reopen (f);
  g_assert_false (broker_journal_follow (f->journal, 0, read_one, &read, &error)
                  && broker_journal_check (f->journal, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_cmpstr (error->message, ==, words);
}

/* Reading */

static void
test_is_gone (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  append (f, journal_erased (2, 1));
  g_autofree char *left = journal_ask (f, "SELECT count(*) FROM profile");
  g_assert_cmpstr (left, ==, "0");
}

static void
test_chain_holds (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  append (f, journal_referral (1));
  append (f, journal_erased (2, 1));
  journal_reopen (f);
  Read read = read_all (f);
  g_assert_cmpuint (read.n_events, ==, 2);
  g_assert_cmpuint (read.n_erased, ==, 1);
  g_assert_true (broker_journal_check (f->journal, &error));
}

/* That there were needs remains, for it made a proposal be looked at again. */
static void
test_says_that_there_were (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) found = { 0 };
  BedEvent referral = journal_referral (1);
  append (f, referral);
  append (f, journal_erased (2, 1));
  g_assert_true (broker_journal_find_key (f->journal, referral.actor, referral.key, &found, &error));
  g_assert_true (found.is_erased);
  g_assert_true (bed_facts_has (&found.facts, BED_FACT_NEEDS));
  g_assert_cmpuint (found.facts.must | found.facts.must_not | found.facts.prefer, ==, 0);
  g_assert_cmpstr (found.facts.home, ==, "PO16");
}

static void
test_known_until_then (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  append (f, journal_hold (2));
  g_assert_cmpuint (read_all (f).n_known, ==, 1);
}

static void
test_amended_too (JournalFixture *f, gconstpointer unused)
{
  BedEvent amended = journal_referral (2);
  amended.kind = BED_EVENT_AMENDED;
  journal_code (1, amended.facts.referral);
  append (f, journal_referral (1));
  append (f, amended);
  append (f, journal_erased (3, 1));
  g_assert_cmpuint (read_all (f).n_erased, ==, 2);
}

static void
test_nobody_elses (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  append (f, journal_referral (2));
  append (f, journal_erased (3, 1));
  Read read = read_all (f);
  g_assert_cmpuint (read.n_erased, ==, 1);
  g_assert_cmpuint (read.n_known, ==, 1);
}

static void
test_found_by_referral (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  char code[BED_CODE_SIZE];
  Read read = { 0 };
  append (f, journal_referral (1));
  append (f, journal_erased (2, 1));
  journal_code (1, code);
  g_assert_true (broker_journal_follow_referral (f->journal, code, 10, read_one, &read, &error));
  g_assert_cmpuint (read.n_events, ==, 2);
  g_assert_cmpuint (read.n_erased, ==, 1);
}

static void
test_copied (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (f->folder, "copy", NULL);
  append (f, journal_referral (1));
  append (f, journal_erased (2, 1));
  g_assert_true (broker_journal_backup (f->journal, other, &error));
  g_clear_pointer (&f->journal, broker_journal_close);
  g_assert_cmpint (g_rename (other, f->path), ==, 0);
  f->journal = journal_open (f->folder);
  g_assert_cmpuint (read_all (f).n_erased, ==, 1);
}

/* Missing, or there, without reason */

static void
test_missing_of_another (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  append (f, journal_referral (2));
  append (f, journal_erased (3, 1));
  journal_change (f, "DELETE FROM profile WHERE revision = 2");
  assert_breaks (f, "journal: event 2: its needs profile is missing");
}

static void
test_missing_since_then (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  append (f, journal_erased (2, 1));
  append (f, journal_referral (3)); /* somebody else */
  BedEvent again = journal_referral (4);
  journal_code (1, again.facts.referral);
  append (f, again);
  journal_change (f, "DELETE FROM profile WHERE revision = 4");
  assert_breaks (f, "journal: event 4: its needs profile is missing");
}

static void
test_there_again (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  g_clear_pointer (&f->journal, broker_journal_close);
  journal_sql (f->path, "CREATE TABLE kept AS SELECT * FROM profile");
  f->journal = journal_open (f->folder);
  append (f, journal_erased (2, 1));
  journal_change (f, "INSERT INTO profile SELECT * FROM kept");
  assert_breaks (f, "journal: event 1: its needs profile is still there, though it was erased");
}

static void
test_half_there (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  append (f, journal_erased (2, 1));
  journal_change (f, "INSERT INTO profile (revision, salt, digest, facts) VALUES (1, x'00', x'00', '{}')");
  assert_breaks (f, "journal: event 1: its needs profile is missing");
}

static void
test_somebody_elses (JournalFixture *f, gconstpointer unused)
{
  append (f, journal_referral (1));
  journal_change (f, "UPDATE profile SET referral = 'BBB-BBB'");
  assert_breaks (f, "journal: event 1: its needs profile is kept as somebody else's: it would not be erased");
}

/* Snapshots of the time when the register knew the needs */

static char *
save_and_erase (JournalFixture *f, gint64 after_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = g_bytes_new_static ("state", 5);
  BedEvent referral = journal_referral (1), erased = journal_erased (2, 1);
  append (f, referral);
  g_assert_true (broker_journal_save_snapshot (f->journal, 1, LAYOUT, state, &error));
  erased.at_us = referral.at_us + after_us;
  append (f, erased);
  return journal_ask (f, "SELECT count(*) FROM snapshot");
}

static void
test_snapshot_of_then (JournalFixture *f, gconstpointer unused)
{
  g_autofree char *left = save_and_erase (f, 30 * DAY_US - 60 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpstr (left, ==, "0");
}

static void
test_snapshot_since_then (JournalFixture *f, gconstpointer unused)
{
  g_autofree char *left = save_and_erase (f, 30 * DAY_US - 60 * G_GINT64_CONSTANT (1000000) - 1);
  g_assert_cmpstr (left, ==, "1");
}

/* The bytes */

static guint
count_in_file (const char *path, const guint8 *salts, guint n)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  guint found = 0;
  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return 0; /* no WAL */
  for (guint i = 0; i < n; i++)
    found += memmem (bytes, length, salts + i * SALT_SIZE, SALT_SIZE) != NULL;
  return found;
}

/* How many of the salts can be found in the journal's file or its WAL. */
static guint
count_left (JournalFixture *f, const guint8 *salts)
{
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  return count_in_file (f->path, salts, PEOPLE) + count_in_file (wal, salts, PEOPLE);
}

static void
read_salts (JournalFixture *f, guint8 salts[static PEOPLE * SALT_SIZE])
{
  g_autofree char *hex = journal_ask (f, "SELECT group_concat(hex(salt), '') FROM profile");
  g_assert_cmpuint (strlen (hex), ==, 2 * PEOPLE * SALT_SIZE);
  for (guint i = 0; i < PEOPLE * SALT_SIZE; i++)
    salts[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
}

static void
name_person (guint n, BedEvent *event)
{
  bed_code_print ((n + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), event->facts.referral);
}

static void
refer_people (JournalFixture *f, guint8 salts[static PEOPLE * SALT_SIZE])
{
  for (guint i = 0; i < PEOPLE; i++)
    {
      BedEvent event = journal_referral (get_next (f));
      name_person (i, &event);
      append (f, event);
    }
  read_salts (f, salts);
}

/* In an order of its own, so that pages are split, merged and moved. */
static void
erase_people (JournalFixture *f)
{
  for (guint i = 0; i < PEOPLE; i++)
    {
      BedEvent event = journal_erased (get_next (f), 0);
      name_person (i * 7 % PEOPLE, &event);
      append (f, event);
    }
}

static void
test_bytes_are_gone (JournalFixture *f, gconstpointer unused)
{
  guint8 salts[PEOPLE * SALT_SIZE];
  refer_people (f, salts);
  g_assert_cmpuint (count_left (f, salts), >=, PEOPLE);
  erase_people (f);
  g_assert_cmpuint (count_left (f, salts), ==, 0);
}

/* Somebody who reads keeps the WAL; when they have gone, the next checkpoint that is due takes it. */
static void
test_bytes_go_after_a_reader (JournalFixture *f, gconstpointer unused)
{
  guint8 salts[PEOPLE * SALT_SIZE];
  sqlite3 *reader = NULL;
  refer_people (f, salts);
  g_assert_cmpint (sqlite3_open_v2 (f->path, &reader, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (reader, "BEGIN; SELECT count(*) FROM event", NULL, NULL, NULL), ==, SQLITE_OK);
  erase_people (f);
  g_assert_cmpuint (count_left (f, salts), >, 0);
  sqlite3_close (reader);
  for (guint i = 0; i < 1000; i++)
    append (f, journal_hold (get_next (f)));
  g_assert_cmpuint (count_left (f, salts), ==, 0);
}

#define ADD(path, test) \
  g_test_add ("/journal-erasures/" path, JournalFixture, NULL, journal_set_up, test, journal_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("read/gone", test_is_gone);
  ADD ("read/chain", test_chain_holds);
  ADD ("read/there-were-needs", test_says_that_there_were);
  ADD ("read/until-then", test_known_until_then);
  ADD ("read/amended", test_amended_too);
  ADD ("read/nobody-elses", test_nobody_elses);
  ADD ("read/by-referral", test_found_by_referral);
  ADD ("read/copy", test_copied);
  ADD ("fault/missing-of-another", test_missing_of_another);
  ADD ("fault/missing-since", test_missing_since_then);
  ADD ("fault/there-again", test_there_again);
  ADD ("fault/half-there", test_half_there);
  ADD ("fault/somebody-elses", test_somebody_elses);
  ADD ("snapshot/of-then", test_snapshot_of_then);
  ADD ("snapshot/since", test_snapshot_since_then);
  ADD ("bytes/gone", test_bytes_are_gone);
  ADD ("bytes/after-a-reader", test_bytes_go_after_a_reader);
  return g_test_run ();
}
