/* test-row-kill.c: a writer killed before each of its stores, once for every store there is.
 *
 * The writer is a forked child that kills itself with SIGKILL; the parent shares its memory and
 * reads. A row must read as the old or the new one, and a later writer carries on. A table must
 * read as the register before or after the batch, whole, by every way of reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <unistd.h>

static unsigned steps_left;

static void
step (void)
{
  if (steps_left != 0 && --steps_left == 0)
    kill (getpid (), SIGKILL);
}

#define BED_ROW_STEP() step ()
#include "common/bed-row.c"

#include "tests/table-records.h"

#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

/* Runs write (user_data) in a child that is killed before its n-th store; TRUE if it was, FALSE if
 * the write has fewer stores. */
static gboolean
kill_at (guint n, void (*write_it) (gpointer user_data), gpointer user_data)
{
  int status;
  const pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      steps_left = n;
      write_it (user_data);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status))
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return WIFSIGNALED (status);
}

/* Rows by themselves. */

typedef struct
{
  guint64 *version; /* shared */
  guint n_words;
  guint64 seed;
} RowWrite;

static void
write_row_seed (gpointer user_data)
{
  const RowWrite *write = user_data;
  guint64 payload[BED_REFERRAL_ROW_WORDS];

  for (guint i = 0; i < write->n_words; i++)
    payload[i] = write->seed * 100 + i;
  bed_row_write (write->version, write->n_words, payload);
}

static guint64
read_row_seed (const RowWrite *write)
{
  guint64 payload[BED_REFERRAL_ROW_WORDS];

  g_assert_true (bed_row_read (write->version, write->n_words, payload));
  for (guint i = 0; i < write->n_words; i++)
    g_assert_cmpuint (payload[i], ==, payload[0] + i);
  return payload[0] / 100;
}

static void
test_row (gconstpointer n_words)
{
  RowWrite write = { .n_words = GPOINTER_TO_UINT (n_words), .seed = 1 };
  guint at = 1;

  write.version = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (write.version != MAP_FAILED);
  write_row_seed (&write);
  for (gboolean was_killed = TRUE; was_killed; at++)
    {
      write.seed += 1;
      was_killed = kill_at (at, write_row_seed, &write);
      g_assert_cmpuint (read_row_seed (&write), ==, was_killed ? write.seed - 1 : write.seed);

      write.seed += 1;
      write_row_seed (&write); /* the next writer */
      g_assert_cmpuint (read_row_seed (&write), ==, write.seed);
    }
  g_assert_cmpuint (at - 2, ==, write.n_words + 1); /* every word and the version */
  munmap (write.version, 4096);
}

/* Whole batches. */

enum
{
  UNITS = 2,
  BEDS = 12,
  REFERRALS = 4,
  CHANGES = 16
};

typedef struct
{
  BedUnitRow units[UNITS];
  BedBedRow beds[BEDS];
  BedReferralRow referrals[REFERRALS];
  guint32 n_referrals;
} Register;

static void
publish_first (BrokerTable *table)
{
  broker_table_begin (table, 1, BEDS + UNITS + 1);
  for (guint32 i = 0; i < BEDS; i++)
    {
      const BedBedRow row = records_bed_row (1);

      broker_table_write_bed (table, i, &row);
    }
  for (guint32 i = 0; i < UNITS; i++)
    {
      const BedUnitRow row = records_unit_row (1);

      broker_table_write_unit (table, i, &row);
    }
  const BedReferralRow row = records_referral_row (1);
  broker_table_write_referral (table, 0, &row);
  broker_table_end (table);
}

/* Revisions 2 … 4 in one batch: two beds, their unit, a referral changed and one that is new. */
static void
publish_second (gpointer user_data)
{
  BrokerTable *table = user_data;
  const BedBedRow bed_a = records_bed_row (2);
  const BedBedRow bed_b = records_bed_row (4);
  const BedUnitRow unit = records_unit_row (4);
  const BedReferralRow changed = records_referral_row (3);
  const BedReferralRow new = records_referral_row (4);
  const BedRecent recent = { .revision = 4, .unit = 0, .bed = 5 };
  const BedHistory history = { .revision = 4, .lap = 1 };

  broker_table_begin (table, 4, 5);
  broker_table_write_bed (table, 5, &bed_a);
  broker_table_write_bed (table, 6, &bed_b);
  broker_table_write_unit (table, 0, &unit);
  broker_table_write_referral (table, 0, &changed);
  broker_table_write_referral (table, 1, &new);
  broker_table_write_recent (table, &recent);
  broker_table_write_history (table, &history);
  broker_table_end (table);
}

static void
expect_register (guint64 revision, Register *expected)
{
  memset (expected, 0, sizeof *expected);
  for (guint i = 0; i < BEDS; i++)
    expected->beds[i] = records_bed_row (1);
  for (guint i = 0; i < UNITS; i++)
    expected->units[i] = records_unit_row (1);
  expected->referrals[0] = records_referral_row (1);
  expected->n_referrals = 1;
  if (revision == 4)
    {
      expected->beds[5] = records_bed_row (2);
      expected->beds[6] = records_bed_row (4);
      expected->units[0] = records_unit_row (4);
      expected->referrals[0] = records_referral_row (3);
      expected->referrals[1] = records_referral_row (4);
      expected->n_referrals = 2;
    }
}

static void
assert_picture (const BedTable *table, const Register *expected, guint64 revision)
{
  Register picture;
  guint64 read_revision;

  memset (&picture, 0, sizeof picture);
  g_assert_true (bed_table_read_all (table, picture.units, picture.beds, picture.referrals,
                                     &picture.n_referrals, &read_revision));
  g_assert_cmpuint (read_revision, ==, revision);
  g_assert_cmpuint (picture.n_referrals, ==, expected->n_referrals);
  g_assert_cmpmem (picture.units, sizeof picture.units, expected->units, sizeof expected->units);
  g_assert_cmpmem (picture.beds, sizeof picture.beds, expected->beds, sizeof expected->beds);
  g_assert_cmpmem (picture.referrals, picture.n_referrals * sizeof (BedReferralRow),
                   expected->referrals, expected->n_referrals * sizeof (BedReferralRow));
}

static void
assert_rows (const BedTable *table, const Register *expected)
{
  for (guint32 i = 0; i < BEDS; i++)
    {
      BedBedRow row;

      g_assert_true (bed_table_read_bed (table, i, &row));
      g_assert_cmpmem (&row, sizeof row, &expected->beds[i], sizeof row);
    }
  for (guint32 i = 0; i < UNITS; i++)
    {
      BedUnitRow row;

      g_assert_true (bed_table_read_unit (table, i, &row));
      g_assert_cmpmem (&row, sizeof row, &expected->units[i], sizeof row);
    }
  for (guint32 i = 0; i < expected->n_referrals; i++)
    {
      BedReferralRow row;

      g_assert_true (bed_table_read_referral (table, i, &row));
      g_assert_cmpmem (&row, sizeof row, &expected->referrals[i], sizeof row);
    }
}

/* The ring is full with the first batch, so the second overwrites its oldest entries: each position
 * gives the entry that was written there, or none. */
static void
assert_rings (const BedTable *table, guint64 revision)
{
  const guint n_first = BEDS + UNITS + 1;
  const guint64 head = bed_table_get_changes_head (table);
  BedChange change;
  BedRecent recent;
  BedHistory history;
  guint64 position;
  guint n_read = 0;

  g_assert_true (head == n_first + 5 || (head == n_first && revision == 1));
  for (guint64 from = 0; from < head; from++)
    {
      position = from;
      if (bed_table_read_changes (table, &position, &change, 1) != 1)
        continue;
      n_read++;
      g_assert_cmpuint (change.revision, ==, from < n_first ? 1 : 4);
      g_assert_cmpuint (change.kind, ==, from == n_first ? BED_KIND_BED : change.kind);
    }
  g_assert_cmpuint (n_read, >=, CHANGES - 5);
  g_assert_cmpint (bed_table_find_change (table, 1), ==, n_first);

  position = 0;
  if (bed_table_read_recent (table, &position, &recent, 1) == 1)
    g_assert_cmpuint (recent.revision, ==, 4);
  else
    g_assert_cmpuint (revision, ==, 1);
  position = 0;
  if (bed_table_read_history (table, &position, &history, 1) == 1)
    g_assert_cmpuint (history.revision, ==, 4);
  else
    g_assert_cmpuint (revision, ==, 1);
}

static void
test_batch (void)
{
  Records made;
  guint n_killed = 0;

  records_make (&made, UNITS, BEDS, REFERRALS, CHANGES);
  for (gboolean was_killed = TRUE; was_killed; n_killed++)
    {
      BrokerTable *table = broker_table_new (&made.records, 1);
      BedTable reader;
      Register expected;
      int fd;

      g_assert_nonnull (table);
      fd = broker_table_open_fd (table);
      g_assert_cmpint (bed_table_open (fd, &reader), ==, BED_TABLE_OK);
      close (fd);
      publish_first (table);

      was_killed = kill_at (n_killed + 1, publish_second, table);
      /* The published revision is the last store of a batch: killed before it, all is as before. */
      const guint64 revision = was_killed ? 1 : 4;
      g_assert_cmpuint (bed_table_get_revision (&reader), ==, revision);
      expect_register (revision, &expected);
      assert_picture (&reader, &expected, revision);
      assert_rows (&reader, &expected);
      assert_rings (&reader, revision);

      bed_table_close (&reader);
      broker_table_free (table);
    }
  g_test_message ("%u stores in a batch of five rows", n_killed - 1);
  g_assert_cmpuint (n_killed, >, 60);
  records_clear (&made);
}

/* The heartbeat and its clock belong together at every step. */
static void
beat (gpointer user_data)
{
  broker_table_beat (user_data, 2000, 2001);
}

static void
test_beat (void)
{
  Records made;
  BrokerTable *table;
  gboolean was_killed = TRUE;

  records_make (&made, UNITS, BEDS, REFERRALS, CHANGES);
  table = broker_table_new (&made.records, 1);
  broker_table_beat (table, 1000, 1001);
  for (guint at = 1; was_killed; at++)
    {
      gint64 now_us;

      was_killed = kill_at (at, beat, table);
      g_assert_cmpint (bed_table_get_heartbeat (broker_table_peek (table), &now_us), ==,
                       was_killed ? 1000 : 2000);
      g_assert_cmpint (now_us, ==, was_killed ? 1001 : 2001);
    }
  broker_table_free (table);
  records_clear (&made);
}

/* A source is there with its whole name or not at all. */
static void
add_source (gpointer user_data)
{
  g_assert_true (broker_table_add_source (user_data, "southampton-general"));
}

static void
test_source (void)
{
  Records made;
  BrokerTable *table;
  gboolean was_killed = TRUE;

  records_make (&made, UNITS, BEDS, REFERRALS, CHANGES);
  table = broker_table_new (&made.records, 1);
  for (guint at = 1; was_killed; at++)
    {
      was_killed = kill_at (at, add_source, table);
      g_assert_cmpstr (bed_table_peek_source (broker_table_peek (table), 0), ==,
                       was_killed ? NULL : "southampton-general");
    }
  broker_table_free (table);
  records_clear (&made);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/row-kill/row", GUINT_TO_POINTER (BED_ROW_WORDS), test_row);
  g_test_add_data_func ("/row-kill/long-row", GUINT_TO_POINTER (BED_REFERRAL_ROW_WORDS), test_row);
  g_test_add_func ("/row-kill/batch", test_batch);
  g_test_add_func ("/row-kill/beat", test_beat);
  g_test_add_func ("/row-kill/source", test_source);
  return g_test_run ();
}
