/* broker-journal-referrals.c: which events are about which referral, listed in bulk.
 *
 * Codes are random: an index over the events would dirty one more page with every event (it took
 * 40 % of a batch). So an append writes nothing of the kind; from time to time the events since the
 * last time are listed as one run, sorted, at the end of the table. 10,000 events take 7 to 20 ms
 * however long the journal is (sorted into one list of a million they took 180). Runs follow each
 * other without a gap and each says what it covers, so what is not listed yet is known and searched.
 * A short last run is written anew as a part of the next: there are never many to look in.
 *
 * A cache of the events, never the truth: what it says is compared with the event that it names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include <sqlite3.h>
#include <string.h>

/* Events of a run that another follows. After snapshots that failed the tail is listed a few times
 * faster than it grows, yet in pieces, each a pause of 45 ms. */
#define RUN_MIN BROKER_SNAPSHOT_EVERY
#define RUN_MAX (4 * BROKER_SNAPSHOT_EVERY)

typedef gboolean (*EachEvent) (const BedEvent *event, gpointer user_data);

/* Writing. */

typedef struct
{
  guint64 begins, ends; /* revisions, both in it; ends 0: there is none */
} Run;

static gboolean
read_last_run (BrokerJournal *journal, Run *run, GError **error)
{
  sqlite3_stmt *get = journal->statements[STATEMENT_LAST_RUN];
  int result = sqlite3_step (get);
  *run = (Run){ 0, 0 };
  if (result == SQLITE_ROW)
    *run = (Run){ (guint64) sqlite3_column_int64 (get, 0), (guint64) sqlite3_column_int64 (get, 1) };
  sqlite3_reset (get);
  return result == SQLITE_ROW || result == SQLITE_DONE
         || broker_journal_fail (journal, "cannot be read", error);
}

static gboolean
drop_run (BrokerJournal *journal, const Run *run)
{
  sqlite3_bind_int64 (journal->statements[STATEMENT_DROP_LIST], 1, (gint64) run->ends);
  sqlite3_bind_int64 (journal->statements[STATEMENT_DROP_RUN], 1, (gint64) run->ends);
  return broker_journal_run (journal, STATEMENT_DROP_LIST) == SQLITE_DONE
         && broker_journal_run (journal, STATEMENT_DROP_RUN) == SQLITE_DONE;
}

static gboolean
write_run (BrokerJournal *journal, const Run *run)
{
  sqlite3_stmt *list = journal->statements[STATEMENT_ADD_LIST];
  sqlite3_stmt *add = journal->statements[STATEMENT_ADD_RUN];
  sqlite3_bind_int64 (list, 1, (gint64) run->begins);
  sqlite3_bind_int64 (list, 2, (gint64) run->ends);
  sqlite3_bind_int64 (add, 1, (gint64) run->begins);
  sqlite3_bind_int64 (add, 2, (gint64) run->ends);
  return broker_journal_run (journal, STATEMENT_ADD_LIST) == SQLITE_DONE
         && broker_journal_run (journal, STATEMENT_ADD_RUN) == SQLITE_DONE;
}

gboolean
broker_journal_list_referrals (BrokerJournal *journal, GError **error)
{
  g_return_val_if_fail (journal != NULL, FALSE);

  Run last;
  if (!read_last_run (journal, &last, error))
    return FALSE;
  if (last.ends >= journal->revision)
    return TRUE;
  if (!broker_journal_begin (journal, error))
    return FALSE;
  gboolean is_short = last.begins > 0 && last.begins <= last.ends && last.ends - last.begins + 1 < RUN_MIN;
  guint64 begins = is_short ? last.begins : last.ends + 1;
  Run next = { begins, MIN (journal->revision, begins - 1 + RUN_MAX) };
  if ((is_short && !drop_run (journal, &last)) || !write_run (journal, &next))
    {
      broker_journal_fail (journal, "referrals cannot be listed", error);
      broker_journal_roll_back (journal);
      return FALSE;
    }
  return broker_journal_commit (journal, error);
}

/* Reading. */

static gboolean
fail_listed (const char *referral, guint64 revision, const char *why, GError **error)
{
  g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
               "journal: list of referral %s: event %" G_GUINT64_FORMAT "%s", referral, revision, why);
  return FALSE;
}

static gboolean
fail_run (guint64 begins, guint64 ends, guint64 expected, GError **error)
{
  g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
               "journal: list of referrals: a run of events %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
               " where one from %" G_GUINT64_FORMAT " on was expected",
               begins, ends, expected);
  return FALSE;
}

typedef struct
{
  const char *referral; /* borrowed */
  EachEvent each;
  gpointer user_data;
  guint64 next; /* the first revision that no run so far covers */
  guint left;   /* events still wanted */
} Search;

static void
tell (Search *search, const BedEvent *event)
{
  search->left = search->each (event, search->user_data) ? search->left - 1 : 0;
}

/* One event that a run says is about the referral. */
static gboolean
read_listed_event (BrokerJournal *journal, Search *search, guint64 revision, GError **error)
{
  sqlite3_stmt *follow = journal->statements[STATEMENT_FOLLOW];
  g_auto (BedEvent) event = { 0 };
  sqlite3_bind_int64 (follow, 1, (gint64) revision - 1);
  sqlite3_bind_int64 (follow, 2, (gint64) revision);
  sqlite3_bind_int (follow, 3, 1);
  int result = sqlite3_step (follow);
  gboolean is_sound = result == SQLITE_ROW && broker_journal_read_event (journal, follow, &event, error);
  if (result == SQLITE_DONE)
    fail_listed (search->referral, revision, " is missing", error);
  else if (result != SQLITE_ROW)
    broker_journal_fail (journal, "cannot be read", error);
  sqlite3_reset (follow);
  if (!is_sound)
    return FALSE;
  if (!bed_facts_has (&event.facts, BED_FACT_REFERRAL)
      || strcmp (event.facts.referral, search->referral) != 0)
    return fail_listed (search->referral, revision, " is about something else", error);
  tell (search, &event);
  return TRUE;
}

/* A row is a run, and an event in it or NULL: a run without any is a row too. */
static gboolean
read_run (BrokerJournal *journal, Search *search, sqlite3_stmt *runs, GError **error)
{
  guint64 begins = (guint64) sqlite3_column_int64 (runs, 0);
  guint64 ends = (guint64) sqlite3_column_int64 (runs, 1);
  guint64 revision = (guint64) sqlite3_column_int64 (runs, 2);
  if (ends + 1 != search->next) /* the next run */
    {
      if (begins != search->next || ends < begins || ends > G_MAXINT64)
        return fail_run (begins, ends, search->next, error);
      search->next = ends + 1;
    }
  if (sqlite3_column_type (runs, 2) == SQLITE_NULL)
    return TRUE;
  if (revision < begins || revision > ends)
    return fail_listed (search->referral, revision, " is not of its run", error);
  /* Beside a writer a run may go on after what this connection knows of. */
  return revision > journal->revision || read_listed_event (journal, search, revision, error);
}

static gboolean
read_runs (BrokerJournal *journal, Search *search, GError **error)
{
  sqlite3_stmt *runs = journal->statements[STATEMENT_FOLLOW_RUNS];
  gboolean is_sound = TRUE;
  int result = SQLITE_DONE;
  sqlite3_bind_text (runs, 1, search->referral, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (runs, 2, (gint64) journal->revision);
  while (is_sound && search->left > 0 && (result = sqlite3_step (runs)) == SQLITE_ROW)
    is_sound = read_run (journal, search, runs, error);
  if (is_sound && result != SQLITE_ROW && result != SQLITE_DONE)
    is_sound = broker_journal_fail (journal, "cannot be read", error);
  sqlite3_reset (runs);
  return is_sound;
}

/* What is not listed yet, however much it is. */
static gboolean
read_tail (BrokerJournal *journal, Search *search, GError **error)
{
  sqlite3_stmt *tail = journal->statements[STATEMENT_FOLLOW_TAIL];
  gboolean is_sound = TRUE;
  int result = SQLITE_DONE;
  sqlite3_bind_text (tail, 1, search->referral, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (tail, 2, (gint64) search->next);
  sqlite3_bind_int64 (tail, 3, (gint64) journal->revision);
  while (is_sound && search->left > 0 && (result = sqlite3_step (tail)) == SQLITE_ROW)
    {
      g_auto (BedEvent) event = { 0 };
      is_sound = broker_journal_read_event (journal, tail, &event, error);
      if (is_sound)
        tell (search, &event);
    }
  if (is_sound && result != SQLITE_ROW && result != SQLITE_DONE)
    is_sound = broker_journal_fail (journal, "cannot be read", error);
  sqlite3_reset (tail);
  return is_sound;
}

gboolean
broker_journal_follow_referral (BrokerJournal *journal, const char *referral, guint limit, EachEvent each,
                                gpointer user_data, GError **error)
{
  g_return_val_if_fail (journal != NULL && referral != NULL && each != NULL, FALSE);

  Search search = { .referral = referral, .each = each, .user_data = user_data, .next = 1, .left = limit };
  return read_runs (journal, &search, error) && read_tail (journal, &search, error);
}

/* Checking. */

static gboolean
check_runs (BrokerJournal *journal, GError **error)
{
  sqlite3_stmt *runs = NULL;
  gboolean is_sound = TRUE;
  guint64 next = 1;
  int result = sqlite3_prepare_v2 (journal->db, "SELECT begins, ends FROM referral_run ORDER BY ends",
                                   -1, &runs, NULL);
  while (is_sound && (result == SQLITE_OK || result == SQLITE_ROW)
         && (result = sqlite3_step (runs)) == SQLITE_ROW)
    {
      guint64 begins = (guint64) sqlite3_column_int64 (runs, 0);
      guint64 ends = (guint64) sqlite3_column_int64 (runs, 1);
      is_sound = (begins == next && ends >= begins && ends <= G_MAXINT64) || fail_run (begins, ends, next, error);
      next = ends + 1;
    }
  if (is_sound && result != SQLITE_DONE)
    is_sound = broker_journal_fail (journal, "cannot be checked", error);
  sqlite3_finalize (runs);
  return is_sound;
}

#define LISTED(row) "'list of referral ' || " row ".referral || ': event ' || " row ".revision"

gboolean
broker_journal_check_referrals (BrokerJournal *journal, GError **error)
{
  return check_runs (journal, error)
         && broker_journal_check_none (
             journal,
             "SELECT " LISTED ("r") " FROM referral_event AS r WHERE NOT EXISTS"
             " (SELECT 1 FROM event AS e WHERE e.revision = r.revision AND e.referral = r.referral)"
             " LIMIT 1",
             " is listed, but is missing or about something else", error)
         && broker_journal_check_none (
             journal,
             "SELECT " LISTED ("r") " FROM referral_event AS r WHERE NOT EXISTS"
             " (SELECT 1 FROM referral_run AS n WHERE n.ends = r.ends"
             "  AND r.revision BETWEEN n.begins AND n.ends) LIMIT 1",
             " is listed in a run that does not cover it", error)
         && broker_journal_check_none (
             journal,
             "SELECT " LISTED ("e") " FROM event AS e WHERE e.referral IS NOT NULL"
             " AND e.revision <= (SELECT max(ends) FROM referral_run) AND NOT EXISTS"
             " (SELECT 1 FROM referral_event AS r"
             "  WHERE r.ends = (SELECT min(ends) FROM referral_run WHERE ends >= e.revision)"
             "  AND r.referral = e.referral AND r.revision = e.revision) ORDER BY e.revision LIMIT 1",
             " is not listed", error);
}
