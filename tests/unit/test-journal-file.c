/* test-journal-file.c: the file: made, refused, brought forward, copied, checked; and its snapshots.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "journal-facts.h"

#include <sqlite3.h>

/* Closes the journal and does something to its file that need not change a row. */
static void
change (JournalFixture *f, const char *sql)
{
  g_clear_pointer (&f->journal, broker_journal_close);
  journal_sql (f->path, sql);
}

static void
write_file (JournalFixture *f, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&f->journal, broker_journal_close);
  g_file_set_contents (f->path, bytes, length, &error);
  g_assert_no_error (error);
}

static void
assert_refused (JournalFixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (broker_journal_open (f->folder, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, words));
}

static gboolean
count (const BedEvent *event, gpointer n)
{
  (*(guint *) n)++;
  return TRUE;
}

static guint
count_events (BrokerJournal *journal)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_assert_true (broker_journal_follow (journal, 0, count, &n, &error));
  g_assert_no_error (error);
  return n;
}

static BrokerJournal *
open_read_only (JournalFixture *f)
{
  g_autoptr (GError) error = NULL;
  BrokerJournal *journal = broker_journal_open_read_only (f->folder, NULL, &error);
  g_assert_no_error (error);
  return journal;
}

static void
test_mode (JournalFixture *f, gconstpointer unused)
{
  GStatBuf status;
  g_assert_cmpint (g_stat (f->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_mode_of_wal (JournalFixture *f, gconstpointer unused)
{
  GStatBuf status;
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  journal_fill (f->journal, 1, 1);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_mode_is_tightened (JournalFixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->journal, broker_journal_close);
  g_assert_cmpint (g_chmod (f->path, 0644), ==, 0);
  f->journal = journal_open (f->folder);
  test_mode (f, NULL);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (broker_journal_open ("/nonexistent/homeward", NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_not_a_database (JournalFixture *f, gconstpointer unused)
{
  write_file (f, "bed,unit,label\nclarence-01,clarence,1\n", -1);
  assert_refused (f, "not a database");
}

static void
test_foreign_database (JournalFixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->journal, broker_journal_close);
  g_unlink (f->path);
  journal_sql (f->path, "CREATE TABLE event (revision INTEGER PRIMARY KEY)");
  assert_refused (f, "not a journal of Homeward");
}

static void
test_foreign_database_is_left_alone (JournalFixture *f, gconstpointer unused)
{
  g_autofree char *before = NULL, *after = NULL;
  gsize length_before, length_after;
  test_foreign_database (f, NULL);
  g_assert_true (g_file_get_contents (f->path, &before, &length_before, NULL));
  assert_refused (f, "not a journal of Homeward");
  g_assert_true (g_file_get_contents (f->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_cut_to_nothing (JournalFixture *f, gconstpointer unused)
{
  write_file (f, "", 0);
  assert_refused (f, "not a journal of Homeward, or is damaged");
}

static void
test_cut_short (JournalFixture *f, gconstpointer unused)
{
  g_autofree char *bytes = NULL;
  gsize length;
  journal_fill (f->journal, 200, 200);
  g_clear_pointer (&f->journal, broker_journal_close);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  write_file (f, bytes, (gssize) length / 2);
  assert_refused (f, "malformed");
}

static void
test_newer_schema (JournalFixture *f, gconstpointer unused)
{
  change (f, "PRAGMA user_version = 4");
  assert_refused (f, "schema 4, newer than this program's 3");
}

static void
test_missing_column (JournalFixture *f, gconstpointer unused)
{
  change (f, "ALTER TABLE event DROP COLUMN unit");
  assert_refused (f, "is not laid out as a journal");
}

static void
test_missing_index (JournalFixture *f, gconstpointer unused)
{
  change (f, "DROP INDEX event_key");
  assert_refused (f, "is not laid out as a journal");
}

static void
test_wal_without_file (JournalFixture *f, gconstpointer unused)
{
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_clear_pointer (&f->journal, broker_journal_close);
  g_unlink (f->path);
  g_assert_true (g_file_set_contents (wal, "x", 1, NULL));
  assert_refused (f, "-wal is there");
}

/* A start that was cut short while the file was being made. */
static void
test_unfinished_file (JournalFixture *f, gconstpointer unused)
{
  g_autofree char *unfinished = g_strconcat (f->path, ".new", NULL);
  g_clear_pointer (&f->journal, broker_journal_close);
  g_unlink (f->path);
  g_assert_true (g_file_set_contents (unfinished, "half", 4, NULL));
  f->journal = journal_open (f->folder);
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
}

/* A trigger put into the file by somebody else is not run. */
static void
test_trigger_is_not_run (JournalFixture *f, gconstpointer unused)
{
  change (f, "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END");
  f->journal = journal_open (f->folder);
  journal_fill (f->journal, 3, 1);
  g_assert_cmpuint (count_events (f->journal), ==, 3);
}

/* Files as earlier programs made them. */
#define TABLES_OF_OLD                                                                              \
  "CREATE TABLE event (revision INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,"    \
  "  role TEXT NOT NULL, key BLOB, kind TEXT NOT NULL, bed TEXT, unit TEXT, referral TEXT,"        \
  "  body TEXT NOT NULL, digest BLOB, hash BLOB NOT NULL) STRICT;"                                 \
  "CREATE UNIQUE INDEX event_key ON event (key, actor) WHERE key IS NOT NULL;"                     \
  "CREATE TABLE profile (revision INTEGER PRIMARY KEY, salt BLOB NOT NULL, digest BLOB NOT NULL,"  \
  "  facts TEXT NOT NULL) STRICT;"                                                                 \
  "CREATE TABLE snapshot (revision INTEGER PRIMARY KEY, layout INTEGER NOT NULL,"                  \
  "  state BLOB NOT NULL, checksum BLOB NOT NULL, head BLOB NOT NULL) STRICT;"                     \
  "PRAGMA application_id = 1213028164;"

static const char *const old_schemas[] = {
  TABLES_OF_OLD,
  TABLES_OF_OLD "CREATE INDEX event_referral ON event (referral) WHERE referral IS NOT NULL;"
                "PRAGMA user_version = 1;",
  TABLES_OF_OLD "CREATE TABLE referral_run (ends INTEGER PRIMARY KEY, begins INTEGER NOT NULL) STRICT;"
                "CREATE TABLE referral_event (ends INTEGER NOT NULL, referral TEXT NOT NULL, revision INTEGER"
                "  NOT NULL, PRIMARY KEY (ends, referral, revision)) STRICT, WITHOUT ROWID;"
                "PRAGMA user_version = 2;",
};

/* Schema 2 has them already. */
static const char list_all[]
    = "INSERT INTO referral_run (begins, ends) SELECT 1, revision FROM event ORDER BY revision DESC LIMIT 1;"
      "INSERT INTO referral_event SELECT (SELECT max(revision) FROM event), referral, revision FROM event"
      "  WHERE referral IS NOT NULL;";

/* The journal's rows in a file of that schema, in its place. */
static void
make_old (JournalFixture *f, guint version)
{
  g_autofree char *new = g_strconcat (f->folder, "/new.sqlite", NULL);
  g_autofree char *sql = g_strdup_printf ("%s ATTACH '%s' AS new; INSERT INTO event SELECT * FROM new.event;"
                                          "INSERT INTO profile SELECT revision, salt, digest, facts FROM new.profile;"
                                          "INSERT INTO snapshot SELECT * FROM new.snapshot; %s",
                                          old_schemas[version], new, version == 2 ? list_all : "");
  g_clear_pointer (&f->journal, broker_journal_close);
  g_assert_cmpint (g_rename (f->path, new), ==, 0);
  journal_sql (f->path, sql);
  g_unlink (new);
}

static void
test_migrates (JournalFixture *f, gconstpointer version)
{
  g_autoptr (GError) error = NULL;
  char code[BED_CODE_SIZE];
  guint n = 0;
  journal_fill (f->journal, 8, 8);
  make_old (f, GPOINTER_TO_UINT (version));
  f->journal = journal_open (f->folder);
  journal_code (1, code);
  g_assert_true (broker_journal_follow_referral (f->journal, code, 10, count, &n, &error));
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (broker_journal_check (f->journal, &error));
  g_assert_no_error (error);
}

/* What comes of it is laid out as a new file is, and all of it is listed. */
static void
test_migrates_to_the_same (JournalFixture *f, gconstpointer version)
{
  static const char schema[] = "SELECT group_concat(sql, ' ') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
  g_autofree char *fresh = journal_ask (f, schema);
  journal_fill (f->journal, 8, 8);
  make_old (f, GPOINTER_TO_UINT (version));
  f->journal = journal_open (f->folder);
  g_autofree char *migrated = journal_ask (f, schema);
  g_assert_cmpstr (migrated, ==, fresh);
  g_autofree char *runs = journal_ask (f, "SELECT group_concat(begins || '-' || ends) FROM referral_run");
  g_assert_cmpstr (runs, ==, "1-8");
  g_autofree char *n = journal_ask (f, "SELECT count(*) FROM referral_event");
  g_assert_cmpstr (n, ==, "8");
}

/* Schema 2 did not know whose a profile was. */
static void
test_migrates_profiles (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BedEvent referral = journal_referral (1), erased = journal_erased (2, 1);
  g_assert_cmpint (journal_append_one (f, &referral, &error), ==, BROKER_APPENDED);
  change (f, "DROP INDEX profile_referral; DROP INDEX event_erased; ALTER TABLE profile DROP COLUMN referral;"
             "PRAGMA user_version = 2");
  f->journal = journal_open (f->folder);
  g_assert_true (broker_journal_check (f->journal, &error));
  g_assert_no_error (error);
  g_assert_cmpint (journal_append_one (f, &erased, &error), ==, BROKER_APPENDED);
  g_autofree char *left = journal_ask (f, "SELECT count(*) FROM profile");
  g_assert_cmpstr (left, ==, "0");
}

static void
test_migrates_nothing (JournalFixture *f, gconstpointer version)
{
  make_old (f, GPOINTER_TO_UINT (version));
  f->journal = journal_open (f->folder);
  journal_fill (f->journal, 8, 8);
  g_assert_cmpuint (count_events (f->journal), ==, 8);
}

static void
test_migrates_after_a_copy (JournalFixture *f, gconstpointer version)
{
  g_autofree char *copy = g_strdup_printf ("%s.schema-%u", f->path, GPOINTER_TO_UINT (version));
  journal_fill (f->journal, 8, 8);
  make_old (f, GPOINTER_TO_UINT (version));
  f->journal = journal_open (f->folder);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  g_assert_cmpint (sqlite3_open_v2 (copy, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT max(revision), user_version FROM event, pragma_user_version",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 8);
  g_assert_cmpint (sqlite3_column_int (statement, 1), ==, GPOINTER_TO_UINT (version));
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
test_reader_does_not_migrate (JournalFixture *f, gconstpointer version)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_strdup_printf ("older schema %u", GPOINTER_TO_UINT (version));
  make_old (f, GPOINTER_TO_UINT (version));
  g_assert_null (broker_journal_open_read_only (f->folder, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_reader_beside_the_writer (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 30, 7);
  g_autoptr (BrokerJournal) reader = open_read_only (f);
  journal_fill (f->journal, 60, 7);
  g_assert_cmpuint (broker_journal_get_revision (reader), ==, 30);
  g_assert_cmpuint (count_events (reader), ==, 30);
}

static void
test_reader_alone (JournalFixture *f, gconstpointer unused)
{
  journal_fill (f->journal, 30, 7);
  g_clear_pointer (&f->journal, broker_journal_close);
  g_autoptr (BrokerJournal) reader = open_read_only (f);
  g_assert_cmpuint (count_events (reader), ==, 30);
}

static void
test_reader_does_not_write (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) reader = open_read_only (f);
  BedEvent event = journal_hold (1);
  const BedEvent *events[] = { &event };
  g_assert_cmpint (broker_journal_append (reader, 0, events, 1, &error), ==, BROKER_NOT_APPENDED);
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

static void
test_reader_of_nothing (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&f->journal, broker_journal_close);
  g_unlink (f->path);
  g_assert_null (broker_journal_open_read_only (f->folder, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_backup_of_a_journal_in_use (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  char *folder = journal_folder ();
  g_autofree char *copy = g_build_filename (folder, BROKER_JOURNAL_FILE, NULL);
  journal_fill (f->journal, 30, 7);
  g_autoptr (BrokerJournal) reader = open_read_only (f);
  g_assert_true (broker_journal_backup (reader, copy, &error));
  g_assert_no_error (error);

  BrokerJournal *restored = journal_open (folder);
  g_assert_cmpuint (count_events (restored), ==, 30);
  broker_journal_close (restored);
  journal_drop_folder (folder);
}

static void
test_backup_over_a_file (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (f->folder, "copy", NULL);
  g_assert_true (g_file_set_contents (copy, "mine", 4, NULL));
  g_assert_false (broker_journal_backup (f->journal, copy, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_autofree char *bytes = NULL;
  g_assert_true (g_file_get_contents (copy, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "mine");
}

static void
test_checkpoint_empties_the_wal (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  journal_fill (f->journal, 30, 7);
  g_assert_true (broker_journal_checkpoint (f->journal, &error));
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 0);
}

static void
test_check_of_a_whole_file (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 30, 7);
  g_assert_true (broker_journal_check (f->journal, &error));
  g_assert_no_error (error);
}

/* An index that lacks a key: the chain holds, but a repeated command would be done twice. */
static void
test_check_of_a_damaged_index (JournalFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  journal_fill (f->journal, 30, 7);
  change (f, "PRAGMA writable_schema = ON;"
             "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NULL') WHERE name = 'event_key';");
  journal_sql (f->path,
               "INSERT INTO event SELECT 31, at, actor, role, x'00112233445566778899aabbccddeeff', kind, bed,"
               " unit, referral, body, digest, hash FROM event WHERE revision = 30");
  journal_sql (f->path,
               "PRAGMA writable_schema = ON;"
               "UPDATE sqlite_schema SET sql = replace(sql, 'IS NULL', 'IS NOT NULL') WHERE name = 'event_key';");
  f->journal = journal_open (f->folder);
  g_assert_false (broker_journal_check (f->journal, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "event_key"));
}

#define ADD(path, test) \
  g_test_add ("/journal-file/" path, JournalFixture, NULL, journal_set_up, test, journal_tear_down)

static void
add_old (const char *name, guint version, void (*test) (JournalFixture *f, gconstpointer version))
{
  g_autofree char *path = g_strdup_printf ("/journal-file/migrate/%u/%s", version, name);
  g_test_add (path, JournalFixture, GUINT_TO_POINTER (version), journal_set_up, test, journal_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("mode/file", test_mode);
  ADD ("mode/wal", test_mode_of_wal);
  ADD ("mode/tightened", test_mode_is_tightened);
  g_test_add_func ("/journal-file/open/no-folder", test_no_folder);
  ADD ("open/not-a-database", test_not_a_database);
  ADD ("open/foreign-database", test_foreign_database);
  ADD ("open/foreign-database-is-left-alone", test_foreign_database_is_left_alone);
  ADD ("open/cut-to-nothing", test_cut_to_nothing);
  ADD ("open/cut-short", test_cut_short);
  ADD ("open/newer-schema", test_newer_schema);
  ADD ("migrate/profiles", test_migrates_profiles);
  ADD ("open/missing-column", test_missing_column);
  ADD ("open/missing-index", test_missing_index);
  ADD ("open/wal-without-file", test_wal_without_file);
  ADD ("open/unfinished-file", test_unfinished_file);
  ADD ("open/trigger-is-not-run", test_trigger_is_not_run);
  for (guint version = 0; version < BROKER_JOURNAL_SCHEMA; version++)
    {
      add_old ("brought-forward", version, test_migrates);
      add_old ("to-the-same", version, test_migrates_to_the_same);
      add_old ("nothing", version, test_migrates_nothing);
      add_old ("after-a-copy", version, test_migrates_after_a_copy);
      add_old ("not-by-a-reader", version, test_reader_does_not_migrate);
    }
  ADD ("reader/beside-the-writer", test_reader_beside_the_writer);
  ADD ("reader/alone", test_reader_alone);
  ADD ("reader/does-not-write", test_reader_does_not_write);
  ADD ("reader/of-nothing", test_reader_of_nothing);
  ADD ("backup/in-use", test_backup_of_a_journal_in_use);
  ADD ("backup/over-a-file", test_backup_over_a_file);
  ADD ("checkpoint/empties-the-wal", test_checkpoint_empties_the_wal);
  ADD ("check/whole", test_check_of_a_whole_file);
  ADD ("check/damaged-index", test_check_of_a_damaged_index);
  return g_test_run ();
}
