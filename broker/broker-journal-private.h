/* broker-journal-private.h: what the journal's own files share. Nobody else includes this.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-journal.h"

/* sqlite3.h itself stays with the .c files. */
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

#define BROKER_HASH_SIZE 32
#define BROKER_SALT_SIZE 16
#define BROKER_KEY_BYTES 16
#define BROKER_BUSY_MS 1000 /* to wait for another process's lock */
#define BROKER_BODY_MAX (64 * 1024 * 1024)      /* bytes of one event's body: an import is the largest */
#define BROKER_SNAPSHOT_MAX (512 * 1024 * 1024) /* bytes of one snapshot's state */

/* Every statement that runs more than once in a journal's life, prepared at open. */
typedef enum
{
  STATEMENT_BEGIN,
  STATEMENT_BEGIN_READING,
  STATEMENT_COMMIT,
  STATEMENT_ADD_EVENT,
  STATEMENT_ADD_PROFILE,
  STATEMENT_ERASE_PROFILES,
  STATEMENT_ERASE_SNAPSHOTS,
  STATEMENT_FIND_ERASED,
  STATEMENT_FIND_KEY,
  STATEMENT_FOLLOW,
  STATEMENT_FOLLOW_RUNS,
  STATEMENT_FOLLOW_TAIL,
  STATEMENT_LAST_RUN,
  STATEMENT_ADD_LIST,
  STATEMENT_ADD_RUN,
  STATEMENT_DROP_LIST,
  STATEMENT_DROP_RUN,
  STATEMENT_TIP,
  STATEMENT_HASH,
  STATEMENT_ADD_SNAPSHOT,
  STATEMENT_DROP_SNAPSHOTS,
  STATEMENT_LIST_SNAPSHOTS,
  STATEMENT_GET_SNAPSHOT,
  N_STATEMENTS
} Statement;

struct _BrokerJournal
{
  /* owned */
  sqlite3 *db;
  sqlite3_stmt *statements[N_STATEMENTS];
  GChecksum *sha;
  GByteArray *bytes; /* one row's canonical serialisation, kept for its room */
  char *path;
  char *vfs; /* or NULL */

  guint64 revision;
  guint8 head[BROKER_HASH_SIZE];
  gboolean is_read_only;
  gboolean is_spent; /* a COMMIT or ROLLBACK failed: this connection writes no more */
  gboolean has_checkpoint_failed; /* the last one: warned once */
  gboolean is_erasing;            /* the transaction that is open has erased a profile */
  gboolean has_erased;            /* what was erased may still be in the WAL */
};

/* Sets BED_ERROR_UNAVAILABLE from SQLite's last error on this connection; returns FALSE. */
gboolean broker_journal_fail (BrokerJournal *journal, const char *doing, GError **error);

/* query finds the first row that should not be, and says as a text what that is: FALSE then, and the
 * error's words are that text and why (which begins with its space). */
gboolean broker_journal_check_none (BrokerJournal *journal, const char *query, const char *why, GError **error);

/* One step of a statement without rows, and its reset: an SQLite result code. */
int broker_journal_run (BrokerJournal *journal, Statement statement);

/* BEGIN IMMEDIATE; refuses on a read-only or a spent connection. */
gboolean broker_journal_begin (BrokerJournal *journal, GError **error);
/* FALSE: the connection is spent, and what the transaction wrote may or may not be there. */
gboolean broker_journal_commit (BrokerJournal *journal, GError **error);
/* FALSE: the connection is spent. SQLite may have rolled back by itself: then there is nothing to do. */
gboolean broker_journal_roll_back (BrokerJournal *journal);

/* Schema (broker-journal-schema.c). */
gboolean broker_journal_create (const char *path, const char *vfs, GError **error);
gboolean broker_journal_connect (const char *path, const char *vfs, gboolean is_read_only, sqlite3 **db,
                                 GError **error);
gboolean broker_journal_prepare_schema (BrokerJournal *journal, GError **error);

/* Rows (broker-journal-rows.c). */
/* Inside a transaction. BROKER_MOVED: there is an event of this revision already. */
BrokerAppend broker_journal_write_event (BrokerJournal *journal, const BedEvent *event,
                                         const guint8 previous[static BROKER_HASH_SIZE],
                                         guint8 hash[static BROKER_HASH_SIZE], GError **error);
/* The event of a statement's current row, checked; event is clear before, and after a failure. */
gboolean broker_journal_read_event (BrokerJournal *journal, sqlite3_stmt *statement, BedEvent *event,
                                    GError **error);

/* The list of referrals (broker-journal-referrals.c) against the events; inside a transaction. */
gboolean broker_journal_check_referrals (BrokerJournal *journal, GError **error);

/* Erasing (broker-journal-erasures.c). Inside the transaction that appends the event: takes its referral's
 * profiles away. */
gboolean broker_journal_erase (BrokerJournal *journal, const BedEvent *event, GError **error);
/* Was the profile of an event about that referral erased later? */
gboolean broker_journal_is_erased (BrokerJournal *journal, const char *referral, guint64 revision);
/* Profiles against events; inside a transaction. */
gboolean broker_journal_check_profiles (BrokerJournal *journal, GError **error);
/* After a commit: empties the WAL if what was erased is still in it and no reader is in the way. */
void broker_journal_wipe_wal (BrokerJournal *journal);

/* A key as the journal keeps it; FALSE if the text is no UUID. */
gboolean broker_journal_parse_key (const char *text, guint8 key[static BROKER_KEY_BYTES]);
