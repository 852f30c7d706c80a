/* test-journal-chain.c: what was changed behind the journal's back is noticed, and where; and a needs
 * profile stands apart from its event.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "journal-facts.h"

static gboolean
go_on (const BedEvent *event, gpointer unused)
{
  return TRUE;
}

/* Opened again, following from the start ends in an error that has these words. */
static void
assert_break (JournalFixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  journal_reopen (f);
  g_assert_false (broker_journal_follow (f->journal, 0, go_on, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_needs_stay_out_of_the_event (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BedEvent event = journal_referral (1);
  g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
  g_autofree char *n = journal_ask (f, "SELECT count(*) FROM event WHERE digest IS NULL"
                                       " AND body NOT LIKE '%needs%' AND body NOT LIKE '%hoist%'");
  g_assert_cmpstr (n, ==, "1");
}

static void
test_needs_come_back (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) found = { 0 };
  BedEvent event = journal_referral (1);
  g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
  g_assert_true (broker_journal_find_key (f->journal, event.actor, event.key, &found, &error));
  journal_assert_same (&found, &event);
  g_assert_cmpuint (found.facts.must, ==, event.facts.must);
}

/* Two people with the same needs: the salt keeps one from being told by the other. */
static void
test_same_needs_hash_apart (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  for (guint64 revision = 1; revision <= 2; revision++)
    {
      BedEvent event = journal_referral (revision);
      memset (event.digest, 7, sizeof event.digest);
      g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
    }
  g_autofree char *n = journal_ask (f, "SELECT count(DISTINCT substr(body, instr(body, 'profile'))) FROM event");
  g_assert_cmpstr (n, ==, "2");
}

static void
append_referral_then (JournalFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  BedEvent event = journal_referral (1);
  g_assert_cmpint (journal_append_one (f, &event, &error), ==, BROKER_APPENDED);
  journal_change (f, sql);
}

static void
test_missing_needs (JournalFixture *f, gconstpointer unused)
{
  append_referral_then (f, "DELETE FROM profile");
  assert_break (f, "event 1: its needs profile is missing");
}

static void
test_changed_needs (JournalFixture *f, gconstpointer unused)
{
  append_referral_then (f, "UPDATE profile SET facts = replace(facts, 'hoist', 'stroke')");
  assert_break (f, "event 1: its needs profile has been changed");
}

static void
test_changed_digest_of_needs (JournalFixture *f, gconstpointer unused)
{
  append_referral_then (f, "UPDATE profile SET digest = zeroblob(32)");
  assert_break (f, "event 1: its needs profile has been changed");
}

static void
test_changed_column (JournalFixture *f, gconstpointer sql)
{
  journal_fill (f->journal, 5, 5);
  journal_change (f, sql);
  assert_break (f, "event 3: its hash does not hold");
}

static void
test_missing_event (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 5, 5);
  journal_change (f, "DELETE FROM event WHERE revision = 3");
  assert_break (f, "event 4: the event before it is missing");
}

static void
test_missing_first_event (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 5, 5);
  journal_change (f, "DELETE FROM event WHERE revision = 1");
  assert_break (f, "event 2: the event before it is missing");
}

static void
test_too_long_a_text (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 5, 5);
  journal_change (f, "UPDATE event SET actor = printf('%.*c', 32, 'a') WHERE revision = 3");
  assert_break (f, "event 3: not allowed as actor");
}

static void
test_text_with_a_zero (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 5, 5);
  journal_change (f, "UPDATE event SET body = '{}' || char(0) || '{}' WHERE revision = 3");
  assert_break (f, "event 3: not allowed as body");
}

static void
test_wrong_length_of_a_hash (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 5, 5);
  journal_change (f, "UPDATE event SET digest = x'00' WHERE revision = 3");
  assert_break (f, "event 3: not allowed as digest");
}

#define ADD(path, test) \
  g_test_add ("/journal-chain/" path, JournalFixture, NULL, journal_set_up, test, journal_tear_down)

int
main (int argc, char **argv)
{
  static const char *const changes[][2] = {
    { "at", "UPDATE event SET at = at + 1 WHERE revision = 3" },
    { "actor", "UPDATE event SET actor = 'gosport-desk' WHERE revision = 3" },
    { "role", "UPDATE event SET role = 'clinician' WHERE revision = 3" },
    { "key", "UPDATE event SET key = x'00112233445566778899aabbccddeeff' WHERE revision = 3" },
    { "no-key", "UPDATE event SET key = NULL WHERE revision = 3" },
    { "kind", "UPDATE event SET kind = 'hold.released' WHERE revision = 3" },
    { "bed", "UPDATE event SET bed = 'clarence-59' WHERE revision = 3" },
    { "unit", "UPDATE event SET unit = NULL WHERE revision = 3" },
    { "referral", "UPDATE event SET referral = NULL WHERE revision = 3" },
    { "body", "UPDATE event SET body = replace(body, 'held', 'left') WHERE revision = 3" },
    { "digest", "UPDATE event SET digest = zeroblob(32) WHERE revision = 3" },
    { "hash", "UPDATE event SET hash = zeroblob(32) WHERE revision = 3" },
  };

  g_test_init (&argc, &argv, NULL);
  ADD ("needs/stay-out-of-the-event", test_needs_stay_out_of_the_event);
  ADD ("needs/come-back", test_needs_come_back);
  ADD ("needs/same-needs-hash-apart", test_same_needs_hash_apart);
  ADD ("needs/missing", test_missing_needs);
  ADD ("needs/changed", test_changed_needs);
  ADD ("needs/changed-digest", test_changed_digest_of_needs);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strconcat ("/journal-chain/changed-", changes[i][0], NULL);
      g_test_add (path, JournalFixture, changes[i][1], journal_set_up, test_changed_column, journal_tear_down);
    }
  ADD ("missing-event", test_missing_event);
  ADD ("missing-first-event", test_missing_first_event);
  ADD ("row/too-long-a-text", test_too_long_a_text);
  ADD ("row/text-with-a-zero", test_text_with_a_zero);
  ADD ("row/wrong-length-of-a-hash", test_wrong_length_of_a_hash);
  return g_test_run ();
}
