/* test-broker-table.c: the writer's map: what a batch shows and when, rings, seals, refusals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-table.h"

#include "tests/table-records.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct
{
  Records made;
  BrokerTable *table;
  BedTable reader; /* a map of its own, through the descriptor a peer would get */
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  records_make (&f->made, 4, 40, 16, 32);
  f->table = broker_table_new (&f->made.records, 7);
  g_assert_nonnull (f->table);

  int fd = broker_table_open_fd (f->table);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bed_table_open (fd, &f->reader), ==, BED_TABLE_OK);
  close (fd);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  bed_table_close (&f->reader);
  broker_table_free (f->table);
  records_clear (&f->made);
}

static void
publish_bed (Fixture *f, guint64 revision, guint32 index)
{
  const BedBedRow row = records_bed_row (revision);

  broker_table_begin (f->table, revision, 1);
  broker_table_write_bed (f->table, index, &row);
  broker_table_end (f->table);
}

static void
test_fresh (Fixture *f, gconstpointer unused)
{
  BedBedRow bed;
  BedUnitRow unit;
  BedReferralRow referral;

  g_assert_cmpuint (f->reader.epoch, ==, 7);
  g_assert_cmpuint (bed_table_get_revision (&f->reader), ==, 0);
  for (guint32 i = 0; i < 40; i++)
    {
      g_assert_true (bed_table_read_bed (&f->reader, i, &bed));
      g_assert_cmpuint (bed.referral, ==, BED_NONE);
      g_assert_cmpuint (bed.bay_sex, ==, BED_BAY_SEX_SINGLE);
    }
  g_assert_true (bed_table_read_unit (&f->reader, 3, &unit));
  g_assert_true (bed_table_read_referral (&f->reader, 15, &referral));
  g_assert_cmpuint (referral.bed, ==, BED_NONE);
  g_assert_cmpuint (bed_table_get_n_referrals (&f->reader), ==, 0);
}

static void
test_reference (Fixture *f, gconstpointer unused)
{
  g_assert_cmpstr (f->reader.laps[1].id, ==, "lap-1");
  g_assert_cmpstr (f->reader.districts[2].id, ==, "SO2");
  g_assert_cmpuint (f->reader.crossings[0].road_metres, ==, 24000);
  g_assert_cmpstr (f->reader.units[3].name, ==, "Unit 3");
  g_assert_cmpstr (f->reader.beds[39].id, ==, "unit-3-10");
}

static void
test_batch (Fixture *f, gconstpointer unused)
{
  const BedBedRow bed = records_bed_row (2);
  const BedUnitRow unit = records_unit_row (3);
  const BedReferralRow referral = records_referral_row (3);
  BedBedRow bed_read;
  BedUnitRow unit_read;
  BedReferralRow referral_read;

  broker_table_begin (f->table, 3, 3);
  broker_table_write_bed (f->table, 5, &bed);
  broker_table_write_unit (f->table, 0, &unit);
  broker_table_write_referral (f->table, 2, &referral);
  broker_table_end (f->table);

  g_assert_cmpuint (bed_table_get_revision (&f->reader), ==, 3);
  g_assert_cmpuint (bed_table_get_n_referrals (&f->reader), ==, 3);
  g_assert_true (bed_table_read_bed (&f->reader, 5, &bed_read));
  g_assert_cmpmem (&bed, sizeof bed, &bed_read, sizeof bed_read);
  g_assert_true (bed_table_read_unit (&f->reader, 0, &unit_read));
  g_assert_cmpmem (&unit, sizeof unit, &unit_read, sizeof unit_read);
  g_assert_true (bed_table_read_referral (&f->reader, 2, &referral_read));
  g_assert_cmpmem (&referral, sizeof referral, &referral_read, sizeof referral_read);
}

/* Before end nothing of a batch is seen, by any reader. */
static void
test_open_batch (Fixture *f, gconstpointer unused)
{
  const BedBedRow row = records_bed_row (2);
  BedBedRow read;
  BedBedRow all[40];
  guint64 revision;
  guint64 position = 0;
  BedChange change;

  publish_bed (f, 1, 5);
  broker_table_begin (f->table, 2, 1);
  broker_table_write_bed (f->table, 5, &row);

  g_assert_true (bed_table_read_bed (&f->reader, 5, &read));
  g_assert_cmpuint (read.revision, ==, 1);
  g_assert_true (bed_table_read_all (&f->reader, NULL, all, NULL, NULL, &revision));
  g_assert_cmpuint (revision, ==, 1);
  g_assert_cmpuint (all[5].revision, ==, 1);
  g_assert_cmpint (bed_table_read_changes (&f->reader, &position, &change, 1), ==, 1);
  g_assert_cmpint (bed_table_read_changes (&f->reader, &position, &change, 1), ==, 0);

  broker_table_end (f->table);
  g_assert_true (bed_table_read_bed (&f->reader, 5, &read));
  g_assert_cmpuint (read.revision, ==, 2);
  g_assert_cmpint (bed_table_read_changes (&f->reader, &position, &change, 1), ==, 1);
}

static void
test_changes (Fixture *f, gconstpointer unused)
{
  guint64 position = 0;
  BedChange changes[8];

  for (guint64 revision = 1; revision <= 5; revision++)
    publish_bed (f, revision, (guint32) revision + 10);
  g_assert_cmpint (bed_table_read_changes (&f->reader, &position, changes, 8), ==, 5);
  g_assert_cmpuint (position, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (changes[i].revision, ==, i + 1);
      g_assert_cmpuint (changes[i].kind, ==, BED_KIND_BED);
      g_assert_cmpuint (changes[i].index, ==, i + 11);
    }
}

/* Reserved places that were not used are readable again. */
static void
test_reserved_too_much (Fixture *f, gconstpointer unused)
{
  const BedBedRow row = records_bed_row (2);
  guint64 position = 0;
  BedChange changes[8];

  publish_bed (f, 1, 5);
  broker_table_begin (f->table, 2, 1000);
  broker_table_write_bed (f->table, 5, &row);
  g_assert_cmpint (bed_table_read_changes (&f->reader, &position, changes, 8), ==, -1);
  g_assert_cmpint (bed_table_find_change (&f->reader, 0), ==, -1);
  broker_table_end (f->table);
  g_assert_cmpint (bed_table_read_changes (&f->reader, &position, changes, 8), ==, 2);
}

/* A first batch larger than the ring: all rows are there, and the ring's end is readable. */
static void
test_batch_beyond_ring (Fixture *f, gconstpointer unused)
{
  broker_table_begin (f->table, 9, 60);
  for (guint32 i = 0; i < 40; i++)
    {
      const BedBedRow row = records_bed_row (i % 9 + 1);

      broker_table_write_bed (f->table, i, &row);
    }
  for (guint32 i = 0; i < 4; i++)
    {
      const BedUnitRow row = records_unit_row (9);

      broker_table_write_unit (f->table, i, &row);
    }
  for (guint32 i = 0; i < 16; i++)
    {
      const BedReferralRow row = records_referral_row (9);

      broker_table_write_referral (f->table, i, &row);
    }
  broker_table_end (f->table);
  publish_bed (f, 10, 0);

  guint64 position = bed_table_get_changes_head (&f->reader);
  g_assert_cmpuint (position, ==, 61);
  for (guint64 revision = 11; revision < 20; revision++)
    publish_bed (f, revision, 1);
  g_assert_cmpint (bed_table_find_change (&f->reader, 8), ==, -1);
  g_assert_cmpint (bed_table_find_change (&f->reader, 9), ==, 60);
}

static void
test_recent_and_history (Fixture *f, gconstpointer unused)
{
  const BedRecent recent = { .revision = 1, .at_us = 5, .unit = 1, .bed = BED_NONE };
  const BedHistory history = { .revision = 1, .at_us = 5, .lap = 1, .free = 3 };
  guint64 position = 0;
  BedRecent recents[4];
  BedHistory histories[4];

  broker_table_begin (f->table, 1, 0);
  broker_table_write_recent (f->table, &recent);
  broker_table_write_history (f->table, &history);
  g_assert_cmpuint (bed_table_get_recent_head (&f->reader), ==, 0);
  g_assert_cmpuint (bed_table_get_history_head (&f->reader), ==, 0);
  broker_table_end (f->table);

  g_assert_cmpint (bed_table_read_recent (&f->reader, &position, recents, 4), ==, 1);
  g_assert_cmpmem (&recents[0], sizeof recent, &recent, sizeof recent);
  position = 0;
  g_assert_cmpint (bed_table_read_history (&f->reader, &position, histories, 4), ==, 1);
  g_assert_cmpmem (&histories[0], sizeof history, &history, sizeof history);
}

static void
test_recent_wraps (Fixture *f, gconstpointer unused)
{
  guint64 position = 0;
  BedRecent recents[BED_RECENT_LENGTH];

  for (guint64 revision = 1; revision <= BED_RECENT_LENGTH + 3; revision++)
    {
      const BedRecent recent = { .revision = revision, .unit = 0, .bed = 0 };

      broker_table_begin (f->table, revision, 0);
      broker_table_write_recent (f->table, &recent);
      broker_table_end (f->table);
    }
  g_assert_cmpint (bed_table_read_recent (&f->reader, &position, recents, 1), ==, -1);
  position = bed_table_get_recent_head (&f->reader) - BED_RECENT_LENGTH;
  g_assert_cmpint (bed_table_read_recent (&f->reader, &position, recents, BED_RECENT_LENGTH), ==,
                   BED_RECENT_LENGTH);
  g_assert_cmpuint (recents[0].revision, ==, 4);
}

static void
test_sources (Fixture *f, gconstpointer unused)
{
  g_assert_null (bed_table_peek_source (&f->reader, 0));
  g_assert_true (broker_table_add_source (f->table, "qa-hospital"));
  g_assert_true (broker_table_add_source (f->table, "1234567890123456789012345678901"));
  g_assert_cmpstr (bed_table_peek_source (&f->reader, 0), ==, "qa-hospital");
  g_assert_cmpstr (bed_table_peek_source (&f->reader, 1), ==, "1234567890123456789012345678901");
  g_assert_null (bed_table_peek_source (&f->reader, 2));
}

static void
test_sources_refused (Fixture *f, gconstpointer unused)
{
  g_assert_false (broker_table_add_source (f->table, ""));
  g_assert_false (broker_table_add_source (f->table, "12345678901234567890123456789012"));
  for (guint i = 0; i < BED_MAX_SOURCES; i++)
    g_assert_true (broker_table_add_source (f->table, "s"));
  g_assert_false (broker_table_add_source (f->table, "s"));
}

static void
test_pulse (Fixture *f, gconstpointer unused)
{
  gint64 now_us;
  gint64 since_us;

  g_assert_cmpint (bed_table_get_heartbeat (&f->reader, NULL), ==, 0);
  broker_table_set_serving (f->table, BED_SERVING_READ_ONLY, 40);
  broker_table_beat (f->table, 11, 22);
  g_assert_cmpint (bed_table_get_heartbeat (&f->reader, &now_us), ==, 11);
  g_assert_cmpint (now_us, ==, 22);
  g_assert_cmpint (bed_table_get_serving (&f->reader, &since_us), ==, BED_SERVING_READ_ONLY);
  g_assert_cmpint (since_us, ==, 40);
}

/* What a peer gets: every way to write through it is denied. */
static void
test_peer_cannot_write (Fixture *f, gconstpointer unused)
{
  g_autofree char *path = NULL;
  int fd = broker_table_open_fd (f->table);
  int again;

  g_assert_cmpint (pwrite (fd, "x", 1, 0), ==, -1);
  g_assert_cmpint (ftruncate (fd, 0), ==, -1);
  g_assert_true (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
  g_assert_cmpint (mprotect ((void *) f->reader.header, 4096, PROT_READ | PROT_WRITE), ==, -1);
  g_assert_cmpint (fallocate (fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096), ==, -1);

  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  again = open (path, O_RDWR | O_CLOEXEC); /* root may open it so, and still not write */
  if (again >= 0)
    {
      g_assert_cmpint (pwrite (again, "x", 1, 0), ==, -1);
      g_assert_true (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, again, 0) == MAP_FAILED);
      g_assert_cmpint (ftruncate (again, 0), ==, -1);
      g_assert_cmpint (fcntl (again, F_ADD_SEALS, F_SEAL_WRITE), ==, -1);
      close (again);
    }
  close (fd);
}

/* A reader keeps the last picture when the writer is gone. */
static void
test_writer_gone (Fixture *f, gconstpointer unused)
{
  BedBedRow row;

  publish_bed (f, 1, 5);
  g_clear_pointer (&f->table, broker_table_free);
  g_assert_true (bed_table_read_bed (&f->reader, 5, &row));
  g_assert_cmpuint (row.revision, ==, 1);
}

static void
assert_refused (const BrokerReferenceRecords *records, guint64 epoch)
{
  errno = 0;
  g_assert_null (broker_table_new (records, epoch));
  g_assert_cmpint (errno, ==, EINVAL);
}

static void
test_refuses_sizes (Fixture *f, gconstpointer unused)
{
  BrokerReferenceRecords records = f->made.records;

  assert_refused (&records, 0);
  records.sizes.changes = 48; /* no power of two */
  assert_refused (&records, 1);
  records.sizes.changes = 0;
  assert_refused (&records, 1);
  records.sizes.changes = BED_MAX_CHANGES * 2;
  assert_refused (&records, 1);
  records = f->made.records;
  records.sizes.referrals = BED_MAX_REFERRALS + 1;
  assert_refused (&records, 1);
}

static void
test_refuses_records (Fixture *f, gconstpointer unused)
{
  f->made.beds[7].unit = 3; /* it stands among unit 0's */
  assert_refused (&f->made.records, 1);
}

static void
test_empty (void)
{
  const BrokerReferenceRecords records = { .sizes = { .changes = 1 } };
  BrokerTable *table = broker_table_new (&records, 1);
  BedBedRow row;

  g_assert_nonnull (table);
  g_assert_false (bed_table_read_bed (broker_table_peek (table), 0, &row));
  broker_table_free (table);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/broker-table/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fresh", test_fresh);
  ADD ("reference", test_reference);
  ADD ("batch", test_batch);
  ADD ("open-batch", test_open_batch);
  ADD ("changes", test_changes);
  ADD ("reserved-too-much", test_reserved_too_much);
  ADD ("batch-beyond-ring", test_batch_beyond_ring);
  ADD ("recent-and-history", test_recent_and_history);
  ADD ("recent-wraps", test_recent_wraps);
  ADD ("sources", test_sources);
  ADD ("sources-refused", test_sources_refused);
  ADD ("pulse", test_pulse);
  ADD ("peer-cannot-write", test_peer_cannot_write);
  ADD ("writer-gone", test_writer_gone);
  ADD ("refuses-sizes", test_refuses_sizes);
  ADD ("refuses-records", test_refuses_records);
  g_test_add_func ("/broker-table/empty", test_empty);
  return g_test_run ();
}
