/* test-journal-faults.c: the journal's answers are true whatever the disk does.
 *
 * Sweeps: the n-th call of a kind fails, n = 1, 2, … until a run gets through without a fault.
 * After each run the file is opened again on a sound disk and must hold what was answered: all of a
 * batch that was appended, nothing of one that was not, all or nothing of one that is unknown; and
 * its chain must hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fault-vfs.h"
#include "journal-sweep.h"

#define RUNS_MAX 20000 /* a sweep that does not end is a failure */
#define LAYOUT 1

/* What a run was told. */
typedef struct
{
  guint64 sure;    /* revision of the last event that must be there */
  guint64 perhaps; /* of the last that may be: sure, or the end of an unknown batch */
  gboolean is_opened;
  gboolean is_unknown;
  gboolean gives_up; /* a refused batch is the last of its run, so that nothing covers its traces */
} Told;

/* Batches of 1 hold, 3 with a referral in the middle, and 5. */
static const guint batches[] = { 1, 3, 5 };

static BrokerAppend
append (BrokerJournal *journal, guint n, guint size)
{
  BedEvent events[8];
  const BedEvent *pointers[8];
  guint64 at = broker_journal_get_revision (journal);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < n; i++)
    {
      events[i] = make_event (at + 1 + i, size);
      pointers[i] = &events[i];
    }
  BrokerAppend answer = broker_journal_append (journal, at, pointers, n, &error);
  g_assert_true ((answer == BROKER_APPENDED) == (error == NULL));
  for (guint i = 0; i < n; i++)
    bed_event_clear (&events[i]);
  return answer;
}

/* One batch; again if nothing was done, as a client would, or not. FALSE: the run is at its end. */
static gboolean
append_truly (BrokerJournal *journal, guint n, guint size, Told *told)
{
  for (guint tries = 0; tries < 2; tries++)
    switch (append (journal, n, size))
      {
      case BROKER_APPENDED:
        told->sure += n;
        told->perhaps = told->sure;
        g_assert_cmpuint (broker_journal_get_revision (journal), ==, told->sure);
        return TRUE;
      case BROKER_NOT_APPENDED:
        g_assert_cmpuint (broker_journal_get_revision (journal), ==, told->sure);
        g_assert_false (broker_journal_is_spent (journal));
        if (told->gives_up)
          return FALSE;
        break;
      case BROKER_MOVED:
        g_assert_not_reached ();
      case BROKER_UNKNOWN:
        /* A snapshot's or a list's COMMIT may have failed before: then nothing of this batch is there
         * either. */
        told->is_unknown = TRUE;
        told->perhaps = told->sure + n;
        g_assert_true (broker_journal_is_spent (journal));
        return FALSE;
      }
  return TRUE; /* a fault that stays: the next batch is told the same */
}

/* A list that fails takes nothing back, and only its COMMIT can spend the connection. */
static void
list (BrokerJournal *journal, const Told *told)
{
  g_autoptr (GError) error = NULL;
  gboolean is_listed = broker_journal_list_referrals (journal, &error);
  g_assert_true (is_listed == (error == NULL));
  g_assert_false (is_listed && broker_journal_is_spent (journal));
  g_assert_cmpuint (broker_journal_get_revision (journal), ==, told->sure);
}

static void
use_journal (const char *folder, guint size, Told *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) journal = broker_journal_open (folder, FAULT_VFS, &error);
  if (journal == NULL)
    {
      g_autofree char *unfinished = g_build_filename (folder, BROKER_JOURNAL_FILE ".new", NULL);
      g_assert_nonnull (error);
      g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
      return;
    }
  told->is_opened = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    if (!append_truly (journal, batches[i], size, told))
      return;

  g_autoptr (GBytes) state = g_bytes_new_static ("state", 5);
  list (journal, told);
  if (told->sure > 0)
    broker_journal_save_snapshot (journal, told->sure, LAYOUT, state, NULL);
  if (!append_truly (journal, 2, size, told))
    return;
  broker_journal_checkpoint (journal, NULL);
  list (journal, told); /* takes the run before in */
  append_truly (journal, 2, size, told);
}

/* The truth, on a sound disk. */
static void
check_journal (const char *folder, guint size, const Told *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) journal = journal_open (folder);
  guint64 revision = broker_journal_get_revision (journal);
  g_assert_true (revision == told->sure || revision == told->perhaps);
  Compared compared = { size, revision };
  g_assert_true (broker_journal_follow (journal, 0, compare, &compared, &error));
  g_assert_no_error (error);
  g_assert_true (broker_journal_check (journal, &error));
  g_assert_no_error (error);
  check_referrals (journal, size);

  /* The way out: a checkpoint on a fresh connection, and on it goes. */
  g_assert_true (broker_journal_checkpoint (journal, &error));
  g_assert_no_error (error);
  g_assert_cmpint (append (journal, 2, size), ==, BROKER_APPENDED);
  g_assert_true (broker_journal_list_referrals (journal, &error));
  g_assert_true (broker_journal_check (journal, &error));
  g_assert_no_error (error);
  check_referrals (journal, size);
}

/* In memory where there is some: the plan plays the disk, and a thousand runs need not wait for one. */
static char *
make_sweep_folder (void)
{
  char *folder = g_strdup ("/dev/shm/homeward-journal-XXXXXX");
  if (g_mkdtemp (folder) != NULL)
    return folder;
  g_free (folder);
  return journal_folder ();
}

typedef struct
{
  const char *path;
  FaultCalls calls;
  FaultWay way;
  gboolean is_lasting;
  guint size; /* of large events, which spill the cache and bring checkpoints about; 0: none */
  guint stride; /* n grows by 1 + n / stride */
} Sweep;

static void
test_sweep (gconstpointer user_data)
{
  const Sweep *sweep = user_data;
  gboolean has_fired = TRUE;
  guint runs = 0, unopened = 0, unknown = 0;
  for (guint n = 1; has_fired; n += 1 + n / sweep->stride)
    {
      char *folder = make_sweep_folder ();
      Told told = { .gives_up = n % 2 == 0 };
      fault_vfs_arm (sweep->calls, n, sweep->way, sweep->is_lasting);
      use_journal (folder, sweep->size, &told);
      has_fired = fault_vfs_has_fired ();
      fault_vfs_disarm ();
      check_journal (folder, sweep->size, &told);
      journal_drop_folder (folder);
      unopened += !told.is_opened;
      unknown += told.is_unknown;
      g_assert_true (has_fired || told.sure == 13);
      g_assert_cmpuint (runs++, <, RUNS_MAX);
    }
  g_assert_cmpuint (runs, >, 1); /* something of this kind was called, and failed */
  g_test_message ("%u runs, %u not opened, %u unknown", runs, unopened, unknown);
}

/* Two ends of the same failed COMMIT: why it may be answered neither yes nor no. */

static guint64
append_with_failing_sync (FaultWay way)
{
  char *folder = journal_folder ();
  g_autoptr (GError) error = NULL;
  fault_vfs_arm (FAULT_SYNC, G_MAXUINT, way, FALSE);
  BrokerJournal *journal = broker_journal_open (folder, FAULT_VFS, &error);
  g_assert_no_error (error);
  g_assert_cmpint (append (journal, 1, 0), ==, BROKER_APPENDED);
  fault_vfs_arm (FAULT_SYNC, 1, way, FALSE);
  g_assert_cmpint (append (journal, 3, 0), ==, BROKER_UNKNOWN);
  g_assert_true (fault_vfs_has_fired ());
  fault_vfs_disarm ();
  g_assert_cmpuint (broker_journal_get_revision (journal), ==, 1);
  broker_journal_close (journal);

  journal = journal_open (folder);
  guint64 revision = broker_journal_get_revision (journal);
  broker_journal_close (journal);
  journal_drop_folder (folder);
  return revision;
}

static void
test_unknown_is_there (void)
{
  g_assert_cmpuint (append_with_failing_sync (FAULT_FAILS), ==, 4);
}

static void
test_unknown_is_gone (void)
{
  g_assert_cmpuint (append_with_failing_sync (FAULT_LOSES), ==, 1);
}

/* A journal whose COMMIT has just failed, on a disk that is sound again. */
static BrokerJournal *
open_spent (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BrokerJournal *journal = broker_journal_open (folder, FAULT_VFS, &error);
  g_assert_no_error (error);
  fault_vfs_arm (FAULT_SYNC, 1, FAULT_FAILS, FALSE);
  g_assert_cmpint (append (journal, 1, 0), ==, BROKER_UNKNOWN);
  fault_vfs_disarm ();
  return journal;
}

static void
test_spent_writes_no_more (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = g_bytes_new_static ("state", 5);
  char *folder = journal_folder ();
  BrokerJournal *journal = open_spent (folder);
  fault_vfs_arm (FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE, G_MAXUINT, FAULT_FAILS, FALSE);
  g_assert_cmpint (append (journal, 1, 0), ==, BROKER_UNKNOWN);
  g_assert_false (broker_journal_save_snapshot (journal, 1, LAYOUT, state, NULL));
  g_assert_false (broker_journal_checkpoint (journal, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  broker_journal_close (journal);
  g_assert_cmpuint (fault_vfs_get_count (), ==, 0);
  fault_vfs_disarm ();
  journal_drop_folder (folder);
}

/* The broker opens anew before it lets the spent connection go, and checkpoints after. */
static void
test_way_out (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = journal_folder ();
  BrokerJournal *spent = open_spent (folder);
  BrokerJournal *fresh = journal_open (folder);
  guint64 revision = broker_journal_get_revision (fresh);
  broker_journal_close (spent);
  g_assert_true (broker_journal_checkpoint (fresh, &error));
  g_assert_no_error (error);
  g_assert_cmpint (append (fresh, 3, 0), ==, BROKER_APPENDED);
  broker_journal_close (fresh);

  fresh = journal_open (folder);
  g_assert_cmpuint (broker_journal_get_revision (fresh), ==, revision + 3);
  broker_journal_close (fresh);
  journal_drop_folder (folder);
}

static void
test_snapshot_commit_fails (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = g_bytes_new_static ("state", 5);
  char *folder = journal_folder ();
  BrokerJournal *journal = broker_journal_open (folder, FAULT_VFS, &error);
  g_assert_cmpint (append (journal, 1, 0), ==, BROKER_APPENDED);
  fault_vfs_arm (FAULT_SYNC, 1, FAULT_FAILS, FALSE);
  g_assert_false (broker_journal_save_snapshot (journal, 1, LAYOUT, state, &error));
  fault_vfs_disarm ();
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_true (broker_journal_is_spent (journal));
  broker_journal_close (journal);
  journal_drop_folder (folder);
}

static void
test_list_commit_fails (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = journal_folder ();
  BrokerJournal *journal = broker_journal_open (folder, FAULT_VFS, &error);
  g_assert_cmpint (append (journal, 1, 0), ==, BROKER_APPENDED);
  fault_vfs_arm (FAULT_SYNC, 1, FAULT_FAILS, FALSE);
  g_assert_false (broker_journal_list_referrals (journal, &error));
  fault_vfs_disarm ();
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_true (broker_journal_is_spent (journal));
  fault_vfs_arm (FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE, G_MAXUINT, FAULT_FAILS, FALSE);
  g_assert_false (broker_journal_list_referrals (journal, NULL));
  g_assert_cmpint (append (journal, 1, 0), ==, BROKER_UNKNOWN);
  broker_journal_close (journal);
  g_assert_cmpuint (fault_vfs_get_count (), ==, 0);
  fault_vfs_disarm ();
  journal_drop_folder (folder);
}

/* The n-th fault of a copy leaves no copy, and the journal as it was. */
static void
test_backup_sweep (void)
{
  gboolean has_fired = TRUE;
  char *folder = journal_folder ();
  g_autofree char *copy = g_build_filename (folder, "copy", NULL);
  g_autoptr (GError) error = NULL;
  BrokerJournal *journal = broker_journal_open (folder, FAULT_VFS, &error);
  g_assert_no_error (error);
  journal_fill (journal, 40, 40);
  for (guint n = 1; has_fired; n++)
    {
      fault_vfs_arm (FAULT_ALL & ~FAULT_LOCK, n, FAULT_FAILS, FALSE);
      gboolean is_copied = broker_journal_backup (journal, copy, NULL);
      has_fired = fault_vfs_has_fired ();
      fault_vfs_disarm ();
      g_assert_true (is_copied || has_fired);
      g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS) == is_copied);
      g_unlink (copy);
      g_assert_cmpuint (n, <, RUNS_MAX);
    }
  Compared compared = { 0, 41 };
  BedEvent next = journal_hold (41);
  const BedEvent *events[] = { &next };
  g_assert_cmpint (broker_journal_append (journal, 40, events, 1, NULL), ==, BROKER_APPENDED);
  g_assert_true (broker_journal_follow (journal, 11, compare, &compared, &error));
  broker_journal_close (journal);
  journal_drop_folder (folder);
}

/* Bringing an older file forward: it is opened or it is not, and nothing of it is lost. */
static void
test_migration_sweep (gconstpointer user_data)
{
  const FaultWay *way = user_data;
  const Told told = { .sure = 40, .perhaps = 40 };
  gboolean has_fired = TRUE;
  for (guint n = 1; has_fired; n++)
    {
      g_autoptr (GError) error = NULL;
      char *folder = make_sweep_folder ();
      g_autofree char *path = g_build_filename (folder, BROKER_JOURNAL_FILE, NULL);
      BrokerJournal *journal = journal_open (folder);
      for (guint i = 0; i < told.sure; i += 8)
        g_assert_cmpint (append (journal, 8, 0), ==, BROKER_APPENDED);
      broker_journal_close (journal);
      journal_sql (path, "DROP INDEX profile_referral; DROP INDEX event_erased;"
                         "ALTER TABLE profile DROP COLUMN referral; DROP TABLE referral_run; DROP TABLE referral_event; PRAGMA user_version = 1;"
                         "CREATE INDEX event_referral ON event (referral) WHERE referral IS NOT NULL");
      fault_vfs_arm (FAULT_ALL, n, *way, FALSE);
      journal = broker_journal_open (folder, FAULT_VFS, &error);
      has_fired = fault_vfs_has_fired ();
      g_assert_true ((journal == NULL) == (error != NULL));
      g_assert_true (has_fired || journal != NULL);
      broker_journal_close (journal);
      fault_vfs_disarm ();
      check_journal (folder, 0, &told);
      journal_drop_folder (folder);
      g_assert_cmpuint (n, <, RUNS_MAX);
    }
}

int
main (int argc, char **argv)
{
  static const Sweep sweeps[] = {
    { "any-call", FAULT_ALL, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "any-call-for-good", FAULT_ALL, FAULT_FAILS, TRUE, 0, RUNS_MAX },
    { "open", FAULT_OPEN, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "read", FAULT_READ, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "write", FAULT_WRITE, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "write-half", FAULT_WRITE, FAULT_HALF, FALSE, 0, RUNS_MAX },
    { "disk-full", FAULT_WRITE, FAULT_FULL, FALSE, 0, RUNS_MAX },
    { "disk-full-for-good", FAULT_WRITE, FAULT_FULL, TRUE, 0, RUNS_MAX },
    { "sync", FAULT_SYNC, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "sync-loses", FAULT_SYNC, FAULT_LOSES, FALSE, 0, RUNS_MAX },
    { "sync-for-good", FAULT_SYNC, FAULT_FAILS, TRUE, 0, RUNS_MAX },
    { "truncate", FAULT_TRUNCATE, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "size", FAULT_SIZE, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "delete", FAULT_DELETE, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "access", FAULT_ACCESS, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "lock", FAULT_LOCK, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "index", FAULT_INDEX, FAULT_FAILS, FALSE, 0, RUNS_MAX },
    { "power-cut", FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_DELETE, FAULT_POWER_CUT, FALSE,
      0, RUNS_MAX },
    { "large/write", FAULT_WRITE, FAULT_FAILS, FALSE, 1200000, 6 },
    { "large/sync-loses", FAULT_SYNC, FAULT_LOSES, FALSE, 1200000, RUNS_MAX },
    { "large/power-cut", FAULT_WRITE | FAULT_SYNC, FAULT_POWER_CUT, FALSE, 1200000, 6 },
  };

  static const FaultWay ways[] = { FAULT_FAILS, FAULT_HALF, FAULT_FULL, FAULT_LOSES, FAULT_POWER_CUT };

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a failing checkpoint warns, and goes on */
  fault_vfs_register ();
  for (guint i = 0; i < G_N_ELEMENTS (sweeps); i++)
    {
      g_autofree char *path = g_strconcat ("/journal-faults/sweep/", sweeps[i].path, NULL);
      g_test_add_data_func (path, &sweeps[i], test_sweep);
    }
  g_test_add_func ("/journal-faults/unknown/is-there", test_unknown_is_there);
  g_test_add_func ("/journal-faults/unknown/is-gone", test_unknown_is_gone);
  g_test_add_func ("/journal-faults/unknown/spent-writes-no-more", test_spent_writes_no_more);
  g_test_add_func ("/journal-faults/unknown/way-out", test_way_out);
  g_test_add_func ("/journal-faults/unknown/snapshot", test_snapshot_commit_fails);
  g_test_add_func ("/journal-faults/unknown/list", test_list_commit_fails);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strdup_printf ("/journal-faults/migration/%u", ways[i]);
      g_test_add_data_func (path, &ways[i], test_migration_sweep);
    }
  g_test_add_func ("/journal-faults/backup", test_backup_sweep);
  return g_test_run ();
}
