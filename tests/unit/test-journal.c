/* test-journal.c: what goes in comes out, the same and in order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "journal-facts.h"

typedef struct
{
  guint64 first, last;
  guint n, most;
} Seen;

static gboolean
see (const BedEvent *event, gpointer user_data)
{
  Seen *seen = user_data;
  if (seen->n == 0)
    seen->first = event->revision;
  else
    g_assert_cmpuint (event->revision, >, seen->last);
  seen->last = event->revision;
  return ++seen->n != seen->most;
}

static void
test_empty (JournalFixture *f, gconstpointer unused)
{
  guint8 head[32], zero[32] = { 0 };
  broker_journal_get_head (f->journal, head);
  g_assert_cmpuint (broker_journal_get_revision (f->journal), ==, 0);
  g_assert_cmpmem (head, sizeof head, zero, sizeof zero);
}

static void
test_survives_reopening (JournalFixture *f, gconstpointer unused)
{
  guint8 before[32], after[32];
  journal_fill (f->journal, 20, 7);
  broker_journal_get_head (f->journal, before);
  journal_reopen (f);
  broker_journal_get_head (f->journal, after);
  g_assert_cmpuint (broker_journal_get_revision (f->journal), ==, 20);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
}

static gboolean
compare_hold (const BedEvent *event, gpointer user_data)
{
  BedEvent expected = journal_hold (event->revision);
  journal_assert_same (event, &expected);
  return TRUE;
}

static void
test_comes_out_as_it_went_in (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 12, 5);
  g_assert_true (broker_journal_follow (f->journal, 0, compare_hold, NULL, &error));
  g_assert_no_error (error);
}

static void
test_clock_has_no_key (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  for (guint64 revision = 1; revision <= 2; revision++)
    {
      BedEvent event = { .revision = revision, .at_us = JOURNAL_START_US, .kind = BED_EVENT_QUARTER_PASSED,
                         .actor = "clock", .role = BED_ROLE_CLOCK };
      g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
    }
  g_autofree char *n = journal_ask (f, "SELECT count(*) FROM event WHERE key IS NULL");
  g_assert_cmpstr (n, ==, "2");
}

static void
test_expected_revision (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BedEvent event = journal_hold (1);
  const BedEvent *events[] = { &event };
  journal_fill (f->journal, 1, 1);
  g_assert_cmpint (broker_journal_append (f->journal, 0, events, 1, &error), ==, BROKER_MOVED);
  g_assert_nonnull (error);
}

static void
test_another_writer_was_first (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) other = journal_open (f->folder);
  journal_fill (other, 1, 1);
  BedEvent event = journal_hold (1);
  g_strlcpy (event.actor, "gosport-desk", sizeof event.actor);
  g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_MOVED);
  g_autofree char *actor = journal_ask (f, "SELECT actor FROM event");
  g_assert_cmpstr (actor, ==, "fareham-desk");
}

static void
test_gap_is_refused_whole (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BedEvent first = journal_hold (1), third = journal_hold (3);
  const BedEvent *events[] = { &first, &third };
  g_assert_cmpint (broker_journal_append (f->journal, 0, events, 2, &error), ==, BROKER_NOT_APPENDED);
  g_assert_nonnull (error);
  g_autofree char *n = journal_ask (f, "SELECT count(*) FROM event");
  g_assert_cmpstr (n, ==, "0");
}

static void
test_goes_on_after_a_refusal (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BedEvent bad = journal_hold (1);
  g_strlcpy (bad.key, "not a key", sizeof bad.key);
  g_assert_cmpint (journal_append_one (f, &bad, &error), ==, BROKER_NOT_APPENDED);
  journal_fill (f->journal, 3, 3);
  g_assert_cmpuint (broker_journal_get_revision (f->journal), ==, 3);
}

static void
test_key_twice (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 1, 1);
  BedEvent again = journal_hold (1);
  again.revision = 2;
  g_assert_cmpint (journal_append_one (f, &again, &error), ==, BROKER_NOT_APPENDED);
  g_assert_nonnull (error);
}

static void
test_key_of_another_actor (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 1, 1);
  BedEvent other = journal_hold (1);
  other.revision = 2;
  g_strlcpy (other.actor, "gosport-desk", sizeof other.actor);
  g_assert_cmpint (journal_append_one (f, &other, &error), ==, BROKER_APPENDED);
}

static void
test_find_key (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) found = { 0 };
  journal_fill (f->journal, 9, 4);
  BedEvent expected = journal_hold (5);
  g_assert_true (broker_journal_find_key (f->journal, expected.actor, expected.key, &found, &error));
  journal_assert_same (&found, &expected);
}

static void
assert_no_key (JournalFixture *f, const char *actor, const char *key)
{
  g_autoptr (GError) error = NULL;
  BedEvent found;
  g_assert_false (broker_journal_find_key (f->journal, actor, key, &found, &error));
  g_assert_no_error (error);
}

static void
test_find_key_of_nobody (JournalFixture *f, gconstpointer unused)
{
  BedEvent absent = journal_hold (2);
  journal_fill (f->journal, 1, 1);
  assert_no_key (f, absent.actor, absent.key);
}

static void
test_find_key_of_another (JournalFixture *f, gconstpointer unused)
{
  BedEvent event = journal_hold (1);
  journal_fill (f->journal, 1, 1);
  assert_no_key (f, "gosport-desk", event.key);
}

static void
test_find_what_is_no_key (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 1, 1);
  assert_no_key (f, "fareham-desk", "");
  assert_no_key (f, "fareham-desk", "0190-not-a-key");
}

static void
test_find_key_of_a_changed_event (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BedEvent found, event = journal_hold (2);
  journal_fill (f->journal, 3, 3);
  journal_change (f, "UPDATE event SET at = at + 1 WHERE revision = 2");
  journal_reopen (f);
  g_assert_false (broker_journal_find_key (f->journal, event.actor, event.key, &found, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

static void
test_follow_from_the_middle (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  journal_fill (f->journal, 9, 9);
  g_assert_true (broker_journal_follow (f->journal, 4, see, &seen, &error));
  g_assert_cmpuint (seen.first, ==, 5);
  g_assert_cmpuint (seen.n, ==, 5);
}

static void
test_follow_until_enough (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { .most = 3 };
  journal_fill (f->journal, 9, 9);
  g_assert_true (broker_journal_follow (f->journal, 0, see, &seen, &error));
  g_assert_cmpuint (seen.last, ==, 3);
}

static void
test_follow_many (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  journal_fill (f->journal, 2049, 2049); /* two whole chunks and one event */
  g_assert_true (broker_journal_follow (f->journal, 0, see, &seen, &error));
  g_assert_cmpuint (seen.n, ==, 2049);
}

static void
test_follow_nothing_new (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  journal_fill (f->journal, 3, 3);
  g_assert_true (broker_journal_follow (f->journal, 3, see, &seen, &error));
  g_assert_cmpuint (seen.n, ==, 0);
}

static void
test_follow_referral (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  char code[BED_CODE_SIZE];
  journal_fill (f->journal, 12, 5);
  journal_code (2, code);
  g_assert_true (broker_journal_follow_referral (f->journal, code, 100, see, &seen, &error));
  g_assert_cmpuint (seen.first, ==, 2);
  g_assert_cmpuint (seen.n, ==, 12 / JOURNAL_REFERRALS);
}

static void
test_follow_referral_limit (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  char code[BED_CODE_SIZE];
  journal_fill (f->journal, 12, 5);
  journal_code (2, code);
  g_assert_true (broker_journal_follow_referral (f->journal, code, 2, see, &seen, &error));
  g_assert_cmpuint (seen.n, ==, 2);
}

#define ADD(path, test) \
  g_test_add ("/journal/" path, JournalFixture, NULL, journal_set_up, test, journal_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("empty", test_empty);
  ADD ("survives-reopening", test_survives_reopening);
  ADD ("comes-out-as-it-went-in", test_comes_out_as_it_went_in);
  ADD ("clock-has-no-key", test_clock_has_no_key);
  ADD ("append/expected-revision", test_expected_revision);
  ADD ("append/another-writer-was-first", test_another_writer_was_first);
  ADD ("append/gap-is-refused-whole", test_gap_is_refused_whole);
  ADD ("append/goes-on-after-a-refusal", test_goes_on_after_a_refusal);
  ADD ("key/twice", test_key_twice);
  ADD ("key/of-another-actor", test_key_of_another_actor);
  ADD ("find-key/found", test_find_key);
  ADD ("find-key/of-nobody", test_find_key_of_nobody);
  ADD ("find-key/of-another", test_find_key_of_another);
  ADD ("find-key/no-key-at-all", test_find_what_is_no_key);
  ADD ("find-key/changed-event", test_find_key_of_a_changed_event);
  ADD ("follow/from-the-middle", test_follow_from_the_middle);
  ADD ("follow/until-enough", test_follow_until_enough);
  ADD ("follow/many", test_follow_many);
  ADD ("follow/nothing-new", test_follow_nothing_new);
  ADD ("follow-referral/its-own", test_follow_referral);
  ADD ("follow-referral/limit", test_follow_referral_limit);
  return g_test_run ();
}
