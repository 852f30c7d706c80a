/* test-journal-referrals.c: a referral's events are found whatever of them is listed, and a list that does
 * not agree with the events is noticed by whoever reads it and by the check.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "journal-facts.h"

#define CODE 2 /* whose events are looked for: 2, 6, 10, … */

typedef struct
{
  guint64 last;
  guint n, most;
} Seen;

static gboolean
see (const BedEvent *event, gpointer user_data)
{
  Seen *seen = user_data;
  BedEvent expected = journal_hold (seen->last == 0 ? CODE : seen->last + JOURNAL_REFERRALS);
  journal_assert_same (event, &expected);
  seen->last = event->revision;
  return ++seen->n != seen->most;
}

static gboolean
follow (JournalFixture *f, guint limit, Seen *seen, GError **error)
{
  char code[BED_CODE_SIZE];
  journal_code (CODE, code);
  return broker_journal_follow_referral (f->journal, code, limit, see, seen, error);
}

/* All of them are found, without a gap and in order. */
static void
assert_found (JournalFixture *f)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  g_assert_true (follow (f, G_MAXUINT, &seen, &error));
  g_assert_no_error (error);
  guint64 revision = broker_journal_get_revision (f->journal);
  g_assert_cmpuint (seen.n, ==, (revision + JOURNAL_REFERRALS - CODE) / JOURNAL_REFERRALS);
}

static void
list (JournalFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (broker_journal_list_referrals (f->journal, &error));
  g_assert_no_error (error);
}

static void
assert_answer (JournalFixture *f, const char *sql, const char *expected)
{
  g_autofree char *answer = journal_ask (f, sql);
  g_assert_cmpstr (answer, ==, expected);
}

#define RUNS "SELECT group_concat(begins || '-' || ends) FROM (SELECT * FROM referral_run ORDER BY ends)"

static void
test_append_lists_nothing (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 12, 5);
  assert_answer (f, "SELECT count(*) FROM referral_event", "0");
}

static void
test_listed (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 12, 5);
  list (f);
  assert_answer (f, "SELECT count(*) FROM referral_event", "12");
  assert_answer (f, RUNS, "1-12");
  assert_found (f);
}

static void
test_empty_journal (JournalFixture *f, gconstpointer unused)
{
  list (f);
  assert_answer (f, "SELECT count(*) FROM referral_run", "0");
}

static void
test_nothing_new (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 12, 5);
  list (f);
  list (f);
  assert_answer (f, RUNS, "1-12");
}

static void
test_tail (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 12, 5);
  list (f);
  journal_fill (f->journal, 23, 5);
  assert_found (f);
}

/* Where the list ends is known even if the last events are about nobody. */
static void
test_ends_without_a_referral (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 3, 3);
  BedEvent event = { .revision = 4, .at_us = JOURNAL_START_US, .kind = BED_EVENT_QUARTER_PASSED,
                     .actor = "clock", .role = BED_ROLE_CLOCK };
  g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
  list (f);
  assert_answer (f, RUNS, "1-4");
  assert_answer (f, "SELECT count(*) FROM referral_event", "3");
}

static void
test_short_run_is_taken_in (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 5, 5);
  list (f);
  journal_fill (f->journal, 12, 5);
  list (f);
  assert_answer (f, RUNS, "1-12");
  assert_answer (f, "SELECT count(*) FROM referral_event", "12");
  assert_found (f);
}

static void
test_long_run_stays (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, BROKER_SNAPSHOT_EVERY, 1000);
  list (f);
  journal_fill (f->journal, BROKER_SNAPSHOT_EVERY + 9, 9);
  list (f);
  journal_fill (f->journal, BROKER_SNAPSHOT_EVERY + 11, 9);
  assert_answer (f, RUNS, "1-10000,10001-10009");
  assert_found (f);
}

/* After snapshots that failed: one pause lists so much and no more, and all is found all the same. */
static void
test_long_tail_in_pieces (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 4 * BROKER_SNAPSHOT_EVERY + 9, 5000);
  assert_found (f);
  list (f);
  assert_answer (f, RUNS, "1-40000");
  assert_found (f);
  list (f);
  assert_answer (f, RUNS, "1-40000,40001-40009");
  assert_found (f);
}

static void
test_limit (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 12, 5); /* 2, 6, 10 are listed, 14, 18, 22 are not */
  list (f);
  journal_fill (f->journal, 23, 5);
  for (guint limit = 0; limit <= 6; limit++)
    {
      g_autoptr (GError) error = NULL;
      Seen seen = { 0 };
      g_assert_true (follow (f, limit, &seen, &error));
      g_assert_cmpuint (seen.n, ==, limit);
    }
}

static void
test_until_enough (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 12, 5);
  list (f);
  journal_fill (f->journal, 23, 5);
  for (guint most = 1; most <= 6; most++)
    {
      g_autoptr (GError) error = NULL;
      Seen seen = { .most = most };
      g_assert_true (follow (f, G_MAXUINT, &seen, &error));
      g_assert_cmpuint (seen.n, ==, most);
    }
}

static void
test_reader_beside_the_writer (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  char code[BED_CODE_SIZE];
  journal_code (CODE, code);
  journal_fill (f->journal, 12, 5);
  g_autoptr (BrokerJournal) reader = broker_journal_open_read_only (f->folder, NULL, &error);
  journal_fill (f->journal, 23, 5);
  list (f);
  g_assert_true (broker_journal_follow_referral (reader, code, G_MAXUINT, see, &seen, &error));
  g_assert_cmpuint (seen.last, ==, 10);
  g_assert_true (broker_journal_check (reader, &error));
  g_assert_no_error (error);
}

static void
test_reader_does_not_list (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 12, 5);
  g_autoptr (BrokerJournal) reader = broker_journal_open_read_only (f->folder, NULL, NULL);
  g_assert_false (broker_journal_list_referrals (reader, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  assert_answer (f, "SELECT count(*) FROM referral_run", "0");
}

/* Damage. The code that is looked for is put in the place of %s. */

static void
damage (JournalFixture *f, const char *sql)
{
  char code[BED_CODE_SIZE];
  journal_code (CODE, code);
  g_auto (GStrv) parts = g_strsplit (sql, "%s", -1);
  g_autofree char *filled = g_strjoinv (code, parts);
  journal_fill (f->journal, 12, 5);
  list (f);
  journal_change (f, filled);
  f->journal = journal_open (f->folder);
}

typedef struct
{
  const char *name;
  const char *sql;
  const char *words; /* of the error */
} Damage;

static gboolean
go_on (const BedEvent *event, gpointer unused)
{
  return TRUE;
}

static void
test_read_fails (JournalFixture *f, gconstpointer user_data)
{
  const Damage *damaged = user_data;
  g_autoptr (GError) error = NULL;
  char code[BED_CODE_SIZE];
  journal_code (CODE, code);
  damage (f, damaged->sql);
  g_assert_false (broker_journal_follow_referral (f->journal, code, G_MAXUINT, go_on, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, damaged->words));
}

static void
test_check_fails (JournalFixture *f, gconstpointer user_data)
{
  const Damage *damaged = user_data;
  g_autoptr (GError) error = NULL;
  damage (f, damaged->sql);
  g_assert_false (broker_journal_check (f->journal, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, damaged->words));
}

static void
test_check_of_a_whole_list (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 12, 5);
  list (f);
  journal_fill (f->journal, 23, 5);
  g_assert_true (broker_journal_check (f->journal, &error));
  g_assert_no_error (error);
}

/* The list is no more than a cache. */
static void
test_found_without_a_list (JournalFixture *f, gconstpointer unused)
{
  damage (f, "DELETE FROM referral_run");
  assert_found (f);
}

static void
test_made_anew (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  damage (f, "DELETE FROM referral_run; DELETE FROM referral_event");
  list (f);
  g_assert_true (broker_journal_check (f->journal, &error));
  assert_found (f);
}

/* Entries of a run that is not there stand in the way of the next: an append does not mind. */
static void
test_list_in_the_way (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  damage (f, "DELETE FROM referral_run");
  g_assert_false (broker_journal_list_referrals (f->journal, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_false (broker_journal_is_spent (f->journal));
  journal_fill (f->journal, 15, 3);
  assert_found (f);
}

static void
test_events_cut_off (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 12, 5);
  list (f);
  journal_change (f, "DELETE FROM event WHERE revision > 6");
  g_assert_null (broker_journal_open (f->folder, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "events after 6 are missing: there is a list of 12"));
}

#define ADD(path, test) \
  g_test_add ("/journal-referrals/" path, JournalFixture, NULL, journal_set_up, test, journal_tear_down)

static void
add_damages (const char *folder, const Damage *damages, guint n,
             void (*test) (JournalFixture *f, gconstpointer user_data))
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/journal-referrals/%s/%s", folder, damages[i].name);
      g_test_add (path, JournalFixture, &damages[i], journal_set_up, test, journal_tear_down);
    }
}

int
main (int argc, char **argv)
{
  static const Damage read[] = {
    { "missing-event", "DELETE FROM event WHERE revision = 6", ": event 6 is missing" },
    { "changed-event", "UPDATE event SET at = at + 1 WHERE revision = 6", "event 6: its hash does not hold" },
    { "another-referral", "UPDATE referral_event SET referral = '%s' WHERE revision = 7",
      ": event 7 is about something else" },
    { "beyond-the-run", "UPDATE referral_event SET revision = 99 WHERE revision = 6", ": event 99 is not of its run" },
    { "beyond-all-numbers", "UPDATE referral_event SET revision = -1 WHERE revision = 6", " is not of its run" },
    { "run-begins-late", "UPDATE referral_run SET begins = 3", "where one from 1 on was expected" },
    { "run-backwards", "UPDATE referral_run SET ends = -5", "where one from 1 on was expected" },
    { "runs-overlap", "INSERT INTO referral_run (begins, ends) VALUES (1, 6)", "where one from 7 on was expected" },
  };
  static const Damage check[] = {
    { "missing", "DELETE FROM referral_event WHERE revision = 6", ": event 6 is not listed" },
    { "another-revision", "UPDATE referral_event SET revision = 9 WHERE revision = 6", "event 9 is listed, but" },
    { "another-referral", "UPDATE referral_event SET referral = '%s' WHERE revision = 7", "event 7 is listed, but" },
    { "no-such-event", "INSERT INTO referral_event VALUES (12, '%s', 99)", "event 99 is listed, but" },
    { "no-such-run", "INSERT INTO referral_event VALUES (13, '%s', 6)", "event 6 is listed in a run that does not" },
    { "run-is-missing", "DELETE FROM referral_run", " is listed in a run that does not" },
    { "run-begins-late", "UPDATE referral_run SET begins = 3", "where one from 1 on was expected" },
    { "run-backwards", "UPDATE referral_run SET ends = -5", "where one from 1 on was expected" },
    { "run-too-many", "INSERT INTO referral_run (begins, ends) VALUES (1, 6)", "where one from 7 on was expected" },
  };

  g_test_init (&argc, &argv, NULL);
  ADD ("list/not-by-an-append", test_append_lists_nothing);
  ADD ("list/listed", test_listed);
  ADD ("list/empty-journal", test_empty_journal);
  ADD ("list/nothing-new", test_nothing_new);
  ADD ("list/ends-without-a-referral", test_ends_without_a_referral);
  ADD ("list/short-run-is-taken-in", test_short_run_is_taken_in);
  ADD ("list/long-run-stays", test_long_run_stays);
  ADD ("list/long-tail-in-pieces", test_long_tail_in_pieces);
  ADD ("list/not-by-a-reader", test_reader_does_not_list);
  ADD ("list/in-the-way", test_list_in_the_way);
  ADD ("list/made-anew", test_made_anew);
  ADD ("follow/tail", test_tail);
  ADD ("follow/limit", test_limit);
  ADD ("follow/until-enough", test_until_enough);
  ADD ("follow/beside-the-writer", test_reader_beside_the_writer);
  ADD ("follow/without-a-list", test_found_without_a_list);
  add_damages ("follow-fails", read, G_N_ELEMENTS (read), test_read_fails);
  ADD ("check/whole", test_check_of_a_whole_list);
  add_damages ("check-fails", check, G_N_ELEMENTS (check), test_check_fails);
  ADD ("events-cut-off", test_events_cut_off);
  return g_test_run ();
}
