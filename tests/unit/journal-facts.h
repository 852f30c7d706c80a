/* journal-facts.h: events for the journal's tests, realistic and repeatable; and a journal in a folder of
 * its own, with what can be done to its file from outside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-journal.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define JOURNAL_START_US G_GINT64_CONSTANT (1795000000000000)
#define JOURNAL_REFERRALS 4 /* codes in turn */

static inline void
journal_code (guint64 n, char code[static BED_CODE_SIZE])
{
  bed_code_print ((n % JOURNAL_REFERRALS + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), code);
}

/* Event number `revision`: a hold taken, under the key that belongs to that revision. */
static inline BedEvent
journal_hold (guint64 revision)
{
  BedEvent event = { .revision = revision, .at_us = JOURNAL_START_US + (gint64) revision * 1234567,
                     .kind = BED_EVENT_HOLD_TAKEN, .role = BED_ROLE_COORDINATOR };
  g_strlcpy (event.actor, "fareham-desk", sizeof event.actor);
  bed_key_print (event.at_us, revision, revision + 1, event.key);
  memset (event.digest, (int) (revision % 251), sizeof event.digest);
  g_snprintf (event.facts.bed, sizeof event.facts.bed, "clarence-%02u", (guint) (revision % 60 + 1));
  g_strlcpy (event.facts.unit, "clarence", sizeof event.facts.unit);
  journal_code (revision, event.facts.referral);
  event.facts.until_us = JOURNAL_START_US + G_GINT64_CONSTANT (3600000000);
  event.facts.state = BED_STATE_HELD;
  bed_facts_set (&event.facts, BED_FACT_BED);
  bed_facts_set (&event.facts, BED_FACT_UNIT);
  bed_facts_set (&event.facts, BED_FACT_REFERRAL);
  bed_facts_set (&event.facts, BED_FACT_UNTIL);
  bed_facts_set (&event.facts, BED_FACT_STATE);
  return event;
}

/* A person referred, with a needs profile. */
static inline BedEvent
journal_referral (guint64 revision)
{
  BedEvent event = journal_hold (revision);
  memset (&event.facts, 0, sizeof event.facts);
  event.kind = BED_EVENT_REFERRAL_SUBMITTED;
  journal_code (revision, event.facts.referral);
  event.facts.must = G_GUINT64_CONSTANT (1) << BED_NEED_HOIST;
  event.facts.must_not = G_GUINT64_CONSTANT (1) << BED_NEED_SMOKER;
  event.facts.prefer = G_GUINT64_CONSTANT (1) << BED_NEED_ENSUITE;
  g_strlcpy (event.facts.home, "PO16", sizeof event.facts.home);
  bed_facts_set (&event.facts, BED_FACT_REFERRAL);
  bed_facts_set (&event.facts, BED_FACT_NEEDS);
  bed_facts_set (&event.facts, BED_FACT_HOME);
  return event;
}

/* That the needs of whom event `n` is about are erased, 31 days on. */
static inline BedEvent
journal_erased (guint64 revision, guint64 n)
{
  BedEvent event = { .revision = revision, .kind = BED_EVENT_PROFILE_ERASED, .role = BED_ROLE_CLOCK,
                     .at_us = JOURNAL_START_US + (gint64) revision * 1234567 + 31 * G_GINT64_CONSTANT (86400000000) };
  g_strlcpy (event.actor, "clock", sizeof event.actor);
  journal_code (n, event.facts.referral);
  bed_facts_set (&event.facts, BED_FACT_REFERRAL);
  return event;
}

static inline char *
journal_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("homeward-journal-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

/* Removes the folder and the files in it. */
static inline void
journal_drop_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static inline BrokerJournal *
journal_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BrokerJournal *journal = broker_journal_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (journal);
  return journal;
}

/* Appends holds in batches of at most `batch` until the journal is at `revision`. */
static inline void
journal_fill (BrokerJournal *journal, guint64 revision, guint batch)
{
  g_autofree BedEvent *events = g_new0 (BedEvent, batch);
  g_autofree const BedEvent **pointers = g_new0 (const BedEvent *, batch);
  for (guint64 at = broker_journal_get_revision (journal); at < revision;
       at = broker_journal_get_revision (journal))
    {
      guint n = (guint) MIN (batch, revision - at);
      for (guint i = 0; i < n; i++)
        {
          events[i] = journal_hold (at + 1 + i);
          pointers[i] = &events[i];
        }
      g_autoptr (GError) error = NULL;
      BrokerAppend answer = broker_journal_append (journal, at, pointers, n, &error);
      g_assert_no_error (error);
      g_assert_cmpint (answer, ==, BROKER_APPENDED);
    }
}

static inline void
journal_assert_same (const BedEvent *a, const BedEvent *b)
{
  g_autofree char *body_a = bed_event_print_body (a);
  g_autofree char *body_b = bed_event_print_body (b);
  g_assert_cmpuint (a->revision, ==, b->revision);
  g_assert_cmpint (a->at_us, ==, b->at_us);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->role, ==, b->role);
  g_assert_cmpstr (a->actor, ==, b->actor);
  g_assert_cmpstr (a->key, ==, b->key);
  g_assert_cmpmem (a->digest, sizeof a->digest, b->digest, sizeof b->digest);
  g_assert_cmpstr (body_a, ==, body_b);
}

/* A journal in a folder of its own. */
typedef struct
{
  char *folder;
  char *path; /* of the journal's file */
  BrokerJournal *journal; /* NULL while it is closed */
} JournalFixture;

static inline void
journal_set_up (JournalFixture *f, gconstpointer unused)
{
  f->folder = journal_folder ();
  f->path = g_build_filename (f->folder, BROKER_JOURNAL_FILE, NULL);
  f->journal = journal_open (f->folder);
}

static inline void
journal_tear_down (JournalFixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->journal, broker_journal_close);
  journal_drop_folder (f->folder);
  g_free (f->path);
}

static inline void
journal_reopen (JournalFixture *f)
{
  g_clear_pointer (&f->journal, broker_journal_close);
  f->journal = journal_open (f->folder);
}

/* What somebody with the file and SQLite's shell could do. Returns the rows changed. */
static inline int
journal_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *why = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &why);
  g_assert_cmpstr (why, ==, NULL);
  int n = sqlite3_changes (db);
  sqlite3_close (db);
  return n;
}

/* Closes the journal and changes rows of its file, at least one. */
static inline void
journal_change (JournalFixture *f, const char *sql)
{
  g_clear_pointer (&f->journal, broker_journal_close);
  g_assert_cmpint (journal_sql (f->path, sql), >, 0);
}

/* The first column of the first row; owned. */
static inline char *
journal_ask (JournalFixture *f, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  g_assert_cmpint (sqlite3_open_v2 (f->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  char *answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return answer;
}

static inline BrokerAppend
journal_append_one (JournalFixture *f, const BedEvent *event, GError **error)
{
  return broker_journal_append (f->journal, broker_journal_get_revision (f->journal), &event, 1, error);
}
