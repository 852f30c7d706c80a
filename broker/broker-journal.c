/* broker-journal.c: opening, closing, and the one way in: append.
 *
 * Owns the connection and its statements. The answer of an append must be true whatever the disk
 * does: before COMMIT a fault is rolled back and nothing is there; a COMMIT that fails may have
 * left its frames in the WAL, where the next open would find them, so nobody may say yes or no
 * until then, and this connection never writes again. Revision and head move only after COMMIT.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

/* One shape of row for every reader: the event, the hash before it, its profile. */
#define SELECT_EVENT(hint)                                                                         \
  "SELECT e.revision, e.at, e.actor, e.role, e.key, e.kind, e.bed, e.unit, e.referral, e.body,"     \
  " e.digest, e.hash, p.hash, f.salt, f.digest, f.facts FROM event AS e " hint                      \
  " LEFT JOIN event AS p ON p.revision = e.revision - 1"                                           \
  " LEFT JOIN profile AS f ON f.revision = e.revision WHERE "

#define ERASED "kind = 'profile.erased'" /* as the index has it */

static const char *const sql[N_STATEMENTS] = {
  [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
  [STATEMENT_BEGIN_READING] = "BEGIN",
  [STATEMENT_COMMIT] = "COMMIT",
  [STATEMENT_ADD_EVENT] = "INSERT INTO event (revision, at, actor, role, key, kind, bed, unit, referral,"
                          " body, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [STATEMENT_ADD_PROFILE] = "INSERT INTO profile (revision, salt, digest, facts, referral) VALUES (?, ?, ?, ?, ?)",
  [STATEMENT_ERASE_PROFILES] = "DELETE FROM profile INDEXED BY profile_referral WHERE referral = ?",
  [STATEMENT_ERASE_SNAPSHOTS] = "DELETE FROM snapshot WHERE revision IN (SELECT s.revision FROM snapshot AS s"
                                " JOIN event AS e ON e.revision = s.revision WHERE e.at <= ?)",
  [STATEMENT_FIND_ERASED] = "SELECT 1 FROM event INDEXED BY event_erased WHERE " ERASED
                            " AND referral = ? AND revision > ? LIMIT 1",
  [STATEMENT_FIND_KEY] = SELECT_EVENT ("INDEXED BY event_key") "e.key = ? AND e.actor = ?",
  [STATEMENT_FOLLOW] = SELECT_EVENT ("") "e.revision > ? AND e.revision <= ? ORDER BY e.revision LIMIT ?",
  [STATEMENT_FOLLOW_RUNS] = "SELECT n.begins, n.ends, r.revision FROM referral_run AS n"
                            " LEFT JOIN referral_event AS r ON r.ends = n.ends AND r.referral = ?"
                            " WHERE n.begins <= ? ORDER BY n.ends, r.revision",
  [STATEMENT_FOLLOW_TAIL] = SELECT_EVENT ("")
  "e.referral = ? AND e.revision >= ? AND e.revision <= ? ORDER BY e.revision",
  [STATEMENT_LAST_RUN] = "SELECT begins, ends FROM referral_run ORDER BY ends DESC LIMIT 1",
  [STATEMENT_ADD_LIST] = "INSERT INTO referral_event (ends, referral, revision)"
                         " SELECT ?2, referral, revision FROM event"
                         " WHERE revision BETWEEN ?1 AND ?2 AND referral IS NOT NULL"
                         " ORDER BY referral, revision",
  [STATEMENT_ADD_RUN] = "INSERT INTO referral_run (begins, ends) VALUES (?, ?)",
  [STATEMENT_DROP_LIST] = "DELETE FROM referral_event WHERE ends = ?",
  [STATEMENT_DROP_RUN] = "DELETE FROM referral_run WHERE ends = ?",
  [STATEMENT_TIP] = "SELECT revision, hash, (SELECT max(revision) FROM snapshot),"
                    " (SELECT max(ends) FROM referral_run) FROM event ORDER BY revision DESC LIMIT 1",
  [STATEMENT_HASH] = "SELECT hash FROM event WHERE revision = ?",
  [STATEMENT_ADD_SNAPSHOT] = "INSERT OR REPLACE INTO snapshot (revision, layout, state, checksum, head)"
                             " VALUES (?, ?, ?, ?, ?)",
  [STATEMENT_DROP_SNAPSHOTS] = "DELETE FROM snapshot WHERE revision NOT IN"
                               " (SELECT revision FROM snapshot ORDER BY revision DESC LIMIT ?)",
  [STATEMENT_LIST_SNAPSHOTS] = "SELECT revision FROM snapshot WHERE layout = ? AND revision <= ?"
                               " ORDER BY revision DESC LIMIT ?",
  [STATEMENT_GET_SNAPSHOT] = "SELECT s.state, s.checksum, s.head, e.hash FROM snapshot AS s"
                             " JOIN event AS e ON e.revision = s.revision WHERE s.revision = ?",
};

gboolean
broker_journal_fail (BrokerJournal *journal, const char *doing, GError **error)
{
  g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s: %s: %s", journal->path, doing,
               sqlite3_errmsg (journal->db));
  return FALSE;
}

gboolean
broker_journal_check_none (BrokerJournal *journal, const char *query, const char *why, GError **error)
{
  sqlite3_stmt *find = NULL;
  gboolean is_sound = FALSE;
  int result = sqlite3_prepare_v2 (journal->db, query, -1, &find, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_step (find);
  if (result == SQLITE_ROW)
    {
      const char *what = (const char *) sqlite3_column_text (find, 0);
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "journal: %s%s", what != NULL ? what : "?", why);
    }
  else if (result == SQLITE_DONE)
    is_sound = TRUE;
  else
    broker_journal_fail (journal, "cannot be checked", error);
  sqlite3_finalize (find);
  return is_sound;
}

int
broker_journal_run (BrokerJournal *journal, Statement statement)
{
  int result = sqlite3_step (journal->statements[statement]);
  sqlite3_reset (journal->statements[statement]);
  return result;
}

static gboolean
prepare (BrokerJournal *journal, GError **error)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    if (sqlite3_prepare_v3 (journal->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &journal->statements[i],
                            NULL)
        != SQLITE_OK)
      return broker_journal_fail (journal, "is not laid out as a journal", error);
  return TRUE;
}

static gboolean
read_tip (BrokerJournal *journal, GError **error)
{
  sqlite3_stmt *tip = journal->statements[STATEMENT_TIP];
  gint64 snapshot = 0, listed = 0;
  int result = sqlite3_step (tip);
  gboolean is_sound = result == SQLITE_DONE;
  if (result == SQLITE_ROW)
    {
      gint64 revision = sqlite3_column_int64 (tip, 0);
      is_sound = revision > 0 && sqlite3_column_bytes (tip, 1) == BROKER_HASH_SIZE;
      if (is_sound)
        {
          journal->revision = (guint64) revision;
          memcpy (journal->head, sqlite3_column_blob (tip, 1), BROKER_HASH_SIZE);
          snapshot = sqlite3_column_int64 (tip, 2);
          listed = sqlite3_column_int64 (tip, 3);
        }
    }
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    broker_journal_fail (journal, "cannot be read", error);
  else if (!is_sound)
    g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s: its last event is damaged", journal->path);
  else if (MAX (snapshot, listed) > (gint64) journal->revision)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "%s: events after %" G_GUINT64_FORMAT " are missing: there is a %s of %" G_GINT64_FORMAT,
                   journal->path, journal->revision, snapshot >= listed ? "snapshot" : "list",
                   MAX (snapshot, listed));
      is_sound = FALSE;
    }
  sqlite3_reset (tip);
  return is_sound;
}

/* Only the broker's own user may read what is known about people. */
static gboolean
tighten_mode (const char *path, GError **error)
{
  GStatBuf status;
  int code = g_stat (path, &status) != 0 ? errno : S_ISREG (status.st_mode) ? 0 : EINVAL;
  if (code == 0 && (status.st_mode & 0777) != 0600 && g_chmod (path, 0600) != 0)
    code = errno;
  if (code == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: cannot be opened: %s", path,
               g_strerror (code));
  return FALSE;
}

static BrokerJournal *
open_file (const char *folder, const char *vfs, gboolean is_read_only, GError **error)
{
  g_autoptr (BrokerJournal) journal = g_new0 (BrokerJournal, 1);
  journal->path = g_build_filename (folder, BROKER_JOURNAL_FILE, NULL);
  journal->vfs = g_strdup (vfs);
  journal->is_read_only = is_read_only;
  journal->has_erased = TRUE; /* a life that was cut short may have left it in the WAL */
  journal->sha = g_checksum_new (G_CHECKSUM_SHA256);
  journal->bytes = g_byte_array_sized_new (1024);

  if (!g_file_test (journal->path, G_FILE_TEST_EXISTS))
    {
      if (is_read_only)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: there is no journal", journal->path);
          return NULL;
        }
      if (!broker_journal_create (journal->path, vfs, error))
        return NULL;
    }
  if (!is_read_only && !tighten_mode (journal->path, error))
    return NULL;
  if (!broker_journal_connect (journal->path, vfs, is_read_only, &journal->db, error)
      || !broker_journal_prepare_schema (journal, error) || !prepare (journal, error)
      || !read_tip (journal, error))
    return NULL;
  return g_steal_pointer (&journal);
}

BrokerJournal *
broker_journal_open (const char *folder, const char *vfs, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  return open_file (folder, vfs, FALSE, error);
}

BrokerJournal *
broker_journal_open_read_only (const char *folder, const char *vfs, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  return open_file (folder, vfs, TRUE, error);
}

void
broker_journal_close (BrokerJournal *journal)
{
  if (journal == NULL)
    return;
  /* Closing the last connection copies the WAL into the file: not on a connection that is spent. */
  if (journal->is_spent)
    sqlite3_db_config (journal->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (journal->statements[i]);
  sqlite3_close (journal->db);
  g_clear_pointer (&journal->sha, g_checksum_free);
  g_clear_pointer (&journal->bytes, g_byte_array_unref);
  g_free (journal->path);
  g_free (journal->vfs);
  g_free (journal);
}

guint64
broker_journal_get_revision (const BrokerJournal *journal)
{
  return journal->revision;
}

void
broker_journal_get_head (const BrokerJournal *journal, guint8 hash[static BROKER_HASH_SIZE])
{
  memcpy (hash, journal->head, BROKER_HASH_SIZE);
}

gboolean
broker_journal_is_spent (const BrokerJournal *journal)
{
  return journal->is_spent;
}

void
broker_journal_begin_lookups (BrokerJournal *journal)
{
  if (journal != NULL && !journal->is_spent && sqlite3_get_autocommit (journal->db))
    broker_journal_run (journal, STATEMENT_BEGIN_READING); /* if it fails, each lookup is its own */
}

void
broker_journal_end_lookups (BrokerJournal *journal)
{
  if (journal != NULL && !sqlite3_get_autocommit (journal->db)
      && broker_journal_run (journal, STATEMENT_COMMIT) != SQLITE_DONE)
    broker_journal_roll_back (journal);
}

gboolean
broker_journal_begin (BrokerJournal *journal, GError **error)
{
  broker_journal_end_lookups (journal);
  if (journal->is_spent || journal->is_read_only)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s: %s", journal->path,
                   journal->is_spent ? "a write has failed: it must be opened again"
                                     : "is open for reading only");
      return FALSE;
    }
  if (broker_journal_run (journal, STATEMENT_BEGIN) != SQLITE_DONE)
    return broker_journal_fail (journal, "cannot be written", error);
  return TRUE;
}

gboolean
broker_journal_commit (BrokerJournal *journal, GError **error)
{
  if (broker_journal_run (journal, STATEMENT_COMMIT) == SQLITE_DONE)
    return TRUE;
  journal->is_spent = TRUE;
  broker_journal_fail (journal, "cannot be committed", error);
  return broker_journal_roll_back (journal); /* lets go of the lock if SQLite has not; FALSE: spent */
}

gboolean
broker_journal_roll_back (BrokerJournal *journal)
{
  if (!sqlite3_get_autocommit (journal->db)
      && sqlite3_exec (journal->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK
      && !sqlite3_get_autocommit (journal->db))
    journal->is_spent = TRUE;
  return !journal->is_spent;
}

static BrokerAppend
write_events (BrokerJournal *journal, const BedEvent *const *events, guint n,
              guint8 head[static BROKER_HASH_SIZE], GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 previous[BROKER_HASH_SIZE];
      memcpy (previous, head, sizeof previous);
      if (events[i]->revision != journal->revision + 1 + i)
        {
          g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                       "event %" G_GUINT64_FORMAT " was to be appended as %" G_GUINT64_FORMAT,
                       events[i]->revision, journal->revision + 1 + i);
          return BROKER_NOT_APPENDED;
        }
      BrokerAppend written = broker_journal_write_event (journal, events[i], previous, head, error);
      if (written != BROKER_APPENDED)
        return written;
    }
  return BROKER_APPENDED;
}

BrokerAppend
broker_journal_append (BrokerJournal *journal, guint64 expected, const BedEvent *const *events, guint n,
                       GError **error)
{
  g_return_val_if_fail (journal != NULL && (events != NULL || n == 0), BROKER_NOT_APPENDED);

  if (expected != journal->revision)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "%s: is at %" G_GUINT64_FORMAT ", not at %" G_GUINT64_FORMAT, journal->path,
                   journal->revision, expected);
      return BROKER_MOVED;
    }
  if (!broker_journal_begin (journal, error))
    return journal->is_spent ? BROKER_UNKNOWN : BROKER_NOT_APPENDED;

  guint8 head[BROKER_HASH_SIZE];
  memcpy (head, journal->head, sizeof head);
  journal->is_erasing = FALSE;
  BrokerAppend written = write_events (journal, events, n, head, error);
  if (written != BROKER_APPENDED)
    return broker_journal_roll_back (journal) ? written : BROKER_UNKNOWN;
  if (!broker_journal_commit (journal, error))
    return BROKER_UNKNOWN;

  journal->revision += n;
  memcpy (journal->head, head, sizeof head);
  if (journal->is_erasing)
    {
      journal->has_erased = TRUE;
      broker_journal_wipe_wal (journal);
    }
  return BROKER_APPENDED;
}

gboolean
broker_journal_checkpoint (BrokerJournal *journal, GError **error)
{
  g_return_val_if_fail (journal != NULL, FALSE);

  if (journal->is_spent)
    return broker_journal_begin (journal, error);
  if (sqlite3_wal_checkpoint_v2 (journal->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
    return broker_journal_fail (journal, "its WAL cannot be emptied", error);
  return TRUE;
}
