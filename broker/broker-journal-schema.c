/* broker-journal-schema.c: the file itself: making it, knowing it for ours, bringing it forward.
 *
 * A new journal is made under another name and moved into place whole, so an empty or headless
 * journal.sqlite is always damage and never a start that was cut short. An older schema is copied
 * first, then brought forward step by step, each step one transaction. What is not ours, not whole
 * or newer than this program is refused and left as it was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x484d5744 /* "HMWD" */
#define BACKUP_PAGES 1024 /* a step */

/* After so many pages of WAL the commit that crosses the line also copies them into the file. Small is
 * better twice over: a short WAL is soon written over in place (a lone commit takes 0.2 ms; 0.35 to
 * 0.5 ms while it still grows), and the pause is 5 to 20 ms (30 at 4,000 pages, 100 at 16,000). */
#define CHECKPOINT_PAGES 1000

/* Runs of broker-journal-referrals.c: by their last revision, and what is listed in each. */
#define MAKE_LIST                                                                                 \
  "CREATE TABLE referral_run (ends INTEGER PRIMARY KEY, begins INTEGER NOT NULL) STRICT;"         \
  "CREATE TABLE referral_event (ends INTEGER NOT NULL, referral TEXT NOT NULL, revision INTEGER"  \
  "  NOT NULL, PRIMARY KEY (ends, referral, revision)) STRICT, WITHOUT ROWID;"

/* Profiles by whose they are: those that stand, of people who are here or left within 30 days, so the
 * index stays small. And the few events that say whose were erased. */
#define MAKE_ERASURES                                                                             \
  "CREATE INDEX profile_referral ON profile (referral);"                                          \
  "CREATE INDEX event_erased ON event (referral) WHERE kind = 'profile.erased';"

/* STRICT: a column holds its type or nothing. The key comes first in its index because UUIDv7 keys
 * rise with time whoever sends them, so every insert lands on the index's last page. */
static const char schema[] =
    "CREATE TABLE event (revision INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,"
    "  role TEXT NOT NULL, key BLOB, kind TEXT NOT NULL, bed TEXT, unit TEXT, referral TEXT,"
    "  body TEXT NOT NULL, digest BLOB, hash BLOB NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX event_key ON event (key, actor) WHERE key IS NOT NULL;"
    "CREATE TABLE profile (revision INTEGER PRIMARY KEY, salt BLOB NOT NULL, digest BLOB NOT NULL,"
    "  facts TEXT NOT NULL, referral TEXT) STRICT;"
    "CREATE TABLE snapshot (revision INTEGER PRIMARY KEY, layout INTEGER NOT NULL,"
    "  state BLOB NOT NULL, checksum BLOB NOT NULL, head BLOB NOT NULL) STRICT;" MAKE_LIST MAKE_ERASURES;

/* steps[n] makes schema n + 1 out of schema n. */
static const char *const steps[] = {
  "CREATE INDEX event_referral ON event (referral) WHERE referral IS NOT NULL;",
  /* The index is in the order of the run that takes its place. */
  MAKE_LIST "INSERT INTO referral_event (ends, referral, revision)"
            "  SELECT (SELECT max(revision) FROM event), referral, revision"
            "  FROM event INDEXED BY event_referral WHERE referral IS NOT NULL ORDER BY referral, revision;"
            "INSERT INTO referral_run (begins, ends) SELECT 1, revision FROM event"
            "  ORDER BY revision DESC LIMIT 1;"
            "DROP INDEX event_referral;",
  "ALTER TABLE profile ADD COLUMN referral TEXT;"
  "UPDATE profile SET referral"
  "  = (SELECT e.referral FROM event AS e WHERE e.revision = profile.revision);" MAKE_ERASURES,
};
G_STATIC_ASSERT (G_N_ELEMENTS (steps) == BROKER_JOURNAL_SCHEMA);

static gboolean
fail (sqlite3 *db, const char *path, const char *doing, GError **error)
{
  g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s: %s: %s", path, doing,
               sqlite3_errmsg (db));
  return FALSE;
}

static gboolean
fail_file (const char *path, const char *doing, GError **error)
{
  int code = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s: %s", path, doing,
               g_strerror (code));
  return FALSE;
}

static gboolean
get_number (sqlite3 *db, const char *sql, gint64 *number)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_there = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK
                      && sqlite3_step (statement) == SQLITE_ROW;
  if (is_there)
    *number = sqlite3_column_int64 (statement, 0);
  return sqlite3_finalize (statement) == SQLITE_OK && is_there;
}

/* Removes a file that was being made, and what SQLite keeps beside it. */
static void
drop_files (const char *path)
{
  static const char *const endings[] = { "", "-journal", "-wal", "-shm" };
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);
      g_unlink (name);
    }
}

static gboolean
create_file (const char *path, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail_file (path, "cannot be made", error);
  close (fd);
  return TRUE;
}

/* A name is durable only when its folder is. */
static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 || fsync (fd) != 0)
    {
      fail_file (folder, "cannot be synced", error);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

/* The file may have been edited by somebody who means harm: nothing in its schema is run. */
static gboolean
harden (sqlite3 *db)
{
  static const struct
  {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 }, { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 0 },    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (sqlite3_db_config (db, options[i].option, options[i].value, NULL) != SQLITE_OK)
      return FALSE;
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, BROKER_SNAPSHOT_MAX + 1024);
  return TRUE;
}

gboolean
broker_journal_connect (const char *path, const char *vfs, gboolean is_read_only, sqlite3 **db,
                        GError **error)
{
  int flags = (is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX
              | SQLITE_OPEN_EXRESCODE;
  sqlite3 *opened = NULL;
  if (sqlite3_open_v2 (path, &opened, flags, vfs) != SQLITE_OK || !harden (opened)
      || sqlite3_busy_timeout (opened, BROKER_BUSY_MS) != SQLITE_OK
      || sqlite3_exec (opened, "PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;"
                             " PRAGMA secure_delete = ON;", NULL, NULL, NULL)
             != SQLITE_OK)
    {
      if (opened == NULL)
        g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s: no memory to open it", path);
      else
        fail (opened, path, "cannot be opened", error);
      sqlite3_close (opened);
      return FALSE;
    }
  *db = opened;
  return TRUE;
}

gboolean
broker_journal_create (const char *path, const char *vfs, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  if (g_file_test (wal, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "%s is missing, but its -wal is there: restore it, or move that away", path);
      return FALSE;
    }

  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);
  drop_files (unfinished);
  if (!create_file (unfinished, error))
    return FALSE;

  sqlite3 *db = NULL;
  g_autofree char *sql = g_strdup_printf (
      "BEGIN IMMEDIATE; %s PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT;", schema,
      APPLICATION_ID, BROKER_JOURNAL_SCHEMA);
  gboolean is_made = broker_journal_connect (unfinished, vfs, FALSE, &db, error)
                     && (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK
                         || fail (db, unfinished, "cannot be made", error));
  sqlite3_close (db);
  if (is_made && g_rename (unfinished, path) != 0)
    is_made = fail_file (path, "cannot be moved into place", error);
  if (!is_made)
    drop_files (unfinished);
  return is_made && sync_folder (path, error);
}

/* Is it a journal of ours, and of which schema? */
static gboolean
check_identity (BrokerJournal *journal, gint64 *version, GError **error)
{
  gint64 application = 0;
  if (!get_number (journal->db, "PRAGMA application_id", &application)
      || !get_number (journal->db, "PRAGMA user_version", version))
    return fail (journal->db, journal->path, "cannot be read", error);
  if (application != APPLICATION_ID)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "%s is not a journal of Homeward, or is damaged", journal->path);
      return FALSE;
    }
  if (*version > BROKER_JOURNAL_SCHEMA || *version < 0)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "%s has schema %" G_GINT64_FORMAT ", newer than this program's %d: update Homeward",
                   journal->path, *version, BROKER_JOURNAL_SCHEMA);
      return FALSE;
    }
  if (*version < BROKER_JOURNAL_SCHEMA && journal->is_read_only)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "%s has the older schema %" G_GINT64_FORMAT ": the broker brings it forward when it starts",
                   journal->path, *version);
      return FALSE;
    }
  return TRUE;
}

static gboolean
migrate (BrokerJournal *journal, gint64 version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.schema-%" G_GINT64_FORMAT, journal->path, version);
  drop_files (copy); /* of a start that did not get past this point */
  if (!broker_journal_backup (journal, copy, error))
    return FALSE;

  for (; version < BROKER_JOURNAL_SCHEMA; version++)
    {
      g_autofree char *sql = g_strdup_printf (
          "BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;", steps[version], (int) version + 1);
      if (sqlite3_exec (journal->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail (journal->db, journal->path, "cannot be brought to a newer schema", error);
    }
  return TRUE;
}

/* Runs after each commit, which is durable by now whatever becomes of the checkpoint: the WAL keeps
 * all that has not reached the file, and a later checkpoint writes it again. SQLite's own hook would
 * keep silent about a disk that fails here. */
static int
checkpoint_when_due (void *user_data, sqlite3 *db, const char *name, int n_pages)
{
  BrokerJournal *journal = user_data;
  if (n_pages < CHECKPOINT_PAGES)
    return SQLITE_OK;
  int result = sqlite3_wal_checkpoint_v2 (db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  if (result == SQLITE_OK && journal->has_erased)
    broker_journal_wipe_wal (journal);
  gboolean has_failed = result != SQLITE_OK && (result & 0xff) != SQLITE_BUSY;
  if (has_failed && !journal->has_checkpoint_failed)
    g_warning ("%s: events are safe in the WAL, but cannot be brought into the file: %s", journal->path,
               sqlite3_errstr (result));
  journal->has_checkpoint_failed = has_failed;
  return SQLITE_OK;
}

static gboolean
is_wal (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean is = sqlite3_prepare_v2 (db, "PRAGMA journal_mode = WAL", -1, &statement, NULL) == SQLITE_OK
                && sqlite3_step (statement) == SQLITE_ROW
                && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0;
  return sqlite3_finalize (statement) == SQLITE_OK && is;
}

gboolean
broker_journal_prepare_schema (BrokerJournal *journal, GError **error)
{
  gint64 version = 0;
  if (!check_identity (journal, &version, error))
    return FALSE;
  if (journal->is_read_only)
    return TRUE;
  if (!is_wal (journal->db))
    return fail (journal->db, journal->path, "cannot be set to WAL", error);
  sqlite3_wal_hook (journal->db, checkpoint_when_due, journal);
  return version == BROKER_JOURNAL_SCHEMA || migrate (journal, version, error);
}

/* Copies page by page inside one read transaction, so that a writer can go on and the copy is still
 * of one moment (outside one, the copy would begin again after each of its commits). */
static gboolean
copy_pages (BrokerJournal *journal, sqlite3 *copy, GError **error)
{
  gint64 n;
  gboolean is_held = sqlite3_exec (journal->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK
                     && get_number (journal->db, "SELECT count(*) FROM sqlite_schema", &n);
  if (!is_held)
    {
      fail (journal->db, journal->path, "cannot be read", error);
      broker_journal_roll_back (journal);
      return FALSE;
    }

  sqlite3_backup *backup = sqlite3_backup_init (copy, "main", journal->db, "main");
  int result = SQLITE_OK;
  while (backup != NULL && result == SQLITE_OK)
    result = sqlite3_backup_step (backup, BACKUP_PAGES);
  gboolean is_whole = backup != NULL && sqlite3_backup_finish (backup) == SQLITE_OK && result == SQLITE_DONE;
  if (!is_whole)
    g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s cannot be copied: %s", journal->path,
                 result == SQLITE_OK ? sqlite3_errmsg (copy) : sqlite3_errstr (result));
  broker_journal_roll_back (journal);
  return is_whole;
}

gboolean
broker_journal_backup (BrokerJournal *journal, const char *file, GError **error)
{
  g_return_val_if_fail (journal != NULL && file != NULL, FALSE);

  if (!create_file (file, error))
    return FALSE;
  sqlite3 *copy = NULL;
  /* A copy is one file: without WAL it needs nothing beside it. */
  gboolean is_whole
      = broker_journal_connect (file, journal->vfs, FALSE, &copy, error) && copy_pages (journal, copy, error)
        && (sqlite3_exec (copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK
            || fail (copy, file, "cannot be finished", error));
  sqlite3_close (copy);
  if (!is_whole)
    drop_files (file);
  return is_whole && sync_folder (file, error);
}

static gboolean
check_pages (BrokerJournal *journal, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_whole = FALSE;
  if (sqlite3_prepare_v2 (journal->db, "PRAGMA integrity_check(1)", -1, &statement, NULL) != SQLITE_OK
      || sqlite3_step (statement) != SQLITE_ROW)
    fail (journal->db, journal->path, "cannot be checked", error);
  else
    {
      const char *answer = (const char *) sqlite3_column_text (statement, 0);
      is_whole = g_strcmp0 (answer, "ok") == 0;
      if (!is_whole)
        g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s is damaged: %s", journal->path, answer);
    }
  sqlite3_finalize (statement);
  return is_whole;
}

/* One read transaction, so that events and lists are of one moment beside a writer. */
gboolean
broker_journal_check (BrokerJournal *journal, GError **error)
{
  g_return_val_if_fail (journal != NULL, FALSE);

  broker_journal_begin_lookups (journal);
  gboolean is_whole = check_pages (journal, error) && broker_journal_check_referrals (journal, error)
                      && broker_journal_check_profiles (journal, error);
  broker_journal_end_lookups (journal);
  return is_whole;
}
