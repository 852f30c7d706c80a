/* broker-journal.h: the journal: what has happened, for ever, in order.
 *
 * A small interface: append(expected revision, events) answers committed, moved or unknown; follow
 * gives the events after a revision. The engine here is SQLite (WAL, synchronous=FULL), where
 * "moved" never happens. The only user of sqlite3.h.
 *
 * Each event's row carries the SHA-256 of itself chained to the row before. Snapshots are a cache
 * of the register, never the truth: one that does not fit or verify is passed over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-event.h"

#define BROKER_JOURNAL_FILE "journal.sqlite"
#define BROKER_JOURNAL_SCHEMA 3
#define BROKER_SNAPSHOT_EVERY 10000 /* events */
#define BROKER_SNAPSHOTS_KEPT 2

typedef struct _BrokerJournal BrokerJournal;

typedef enum
{
  BROKER_APPENDED,     /* durable */
  BROKER_NOT_APPENDED, /* failed before COMMIT: nothing of it is there */
  BROKER_MOVED,        /* another writer was first: read its events and decide again */
  BROKER_UNKNOWN       /* COMMIT failed: it may be there; never write on this connection again */
} BrokerAppend;

/* A faulty open leaves no half-made file behind. vfs names an SQLite VFS or is NULL (tests inject faults).
 * Creates the file, migrates older schemas forward after a backup. Errors: G_FILE_ERROR,
 * BED_ERROR_UNAVAILABLE with SQLite's words. */
BrokerJournal *broker_journal_open (const char *folder, const char *vfs, GError **error);
BrokerJournal *broker_journal_open_read_only (const char *folder, const char *vfs, GError **error);
void broker_journal_close (BrokerJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerJournal, broker_journal_close)

guint64 broker_journal_get_revision (const BrokerJournal *journal); /* of the last event; 0: empty */
void broker_journal_get_head (const BrokerJournal *journal, guint8 hash[static 32]);

/* Appends n events as one transaction; events[i].revision is expected + 1 + i. One that erases a referral's
 * profile takes the needs out of all its events before, and the snapshots of that time, for good. */
BrokerAppend broker_journal_append (BrokerJournal *journal, guint64 expected,
                                    const BedEvent *const *events, guint n, GError **error);

/* The event under which actor used key; FALSE without error set if there is none. */
gboolean broker_journal_find_key (BrokerJournal *journal, const char *actor, const char *key,
                                  BedEvent *event, GError **error);

/* Around many lookups in a row: one read transaction for all of them, where each alone costs eight
 * fcntl calls. The next append ends it too. NULL is allowed. */
void broker_journal_begin_lookups (BrokerJournal *journal);
void broker_journal_end_lookups (BrokerJournal *journal);

/* Calls each (event, user_data) for every event after `from` in order until it returns FALSE.
 * Checks density and the hash chain from the first event it reads on; a break is
 * BED_ERROR_UNAVAILABLE naming the revision. */
gboolean broker_journal_follow (BrokerJournal *journal, guint64 from,
                                gboolean (*each) (const BedEvent *event, gpointer user_data),
                                gpointer user_data, GError **error);

/* Events of one referral, oldest first (for referral.history): at most limit. What is listed is looked
 * up, what came after it is searched. A list that names an event which is missing or not the referral's
 * is BED_ERROR_UNAVAILABLE naming both. */
gboolean broker_journal_follow_referral (BrokerJournal *journal, const char *referral, guint limit,
                                         gboolean (*each) (const BedEvent *event, gpointer user_data),
                                         gpointer user_data, GError **error);

/* Lists the events since the last time by referral, in one transaction and at most 40,000 of them: for
 * the pause in which a snapshot is saved, which it does not depend on. Appends write no such list, and
 * nothing but time is lost if this fails; but after a COMMIT that failed the journal is spent. */
gboolean broker_journal_list_referrals (BrokerJournal *journal, GError **error);

/* Snapshots. state is opaque here; layout says which program version can read it. Load gives the
 * newest one with this layout whose checksum holds and whose revision's chain hash is the
 * journal's; FALSE without error if there is none. state: transfer full. */
gboolean broker_journal_save_snapshot (BrokerJournal *journal, guint64 revision, guint32 layout,
                                       GBytes *state, GError **error);
gboolean broker_journal_load_snapshot (BrokerJournal *journal, guint32 layout, guint64 *revision,
                                       GBytes **state, GError **error);

/* The way out of BROKER_UNKNOWN: a successful wal_checkpoint(TRUNCATE) on a fresh connection. */
gboolean broker_journal_checkpoint (BrokerJournal *journal, GError **error);

/* TRUE after a COMMIT has failed, an append's, a list's or a snapshot's: appends answer BROKER_UNKNOWN from
 * then on. Close and open again. */
gboolean broker_journal_is_spent (const BrokerJournal *journal);

/* A consistent copy of a journal that may be in use, to a file that must not exist. */
gboolean broker_journal_backup (BrokerJournal *journal, const char *file, GError **error);

/* For verify: every page and index entry of the file, that the list of referrals agrees with the events,
 * and that what was erased is gone: what following them does not see. */
gboolean broker_journal_check (BrokerJournal *journal, GError **error);
