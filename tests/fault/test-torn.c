/* test-torn.c: threads that read one table beside a writer that never rests.
 *
 * Plain C11 and POSIX threads, so that ThreadSanitizer sees all of it. Batch r writes every row of
 * block r % BLOCKS with revision r, and each member of a row follows from its revision: a torn row
 * contradicts itself, and a mixed picture contradicts the schedule. Row reads are counted up to the
 * number given (default 10⁹); between them readers take whole pictures and follow the ring.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/table-records.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum
{
  BLOCKS = 8,
  BLOCK_BEDS = 10, /* rows of a block: beds, a unit, a referral; in all more than one run */
  BLOCK_ROWS = BLOCK_BEDS + 2,
  BEDS = BLOCKS * BLOCK_BEDS,
  CHANGES = 256,
  READERS = 2,
  READS_AT_ONCE = 128, /* of one row, so that reads meet writes instead of cache misses */
  READS_PER_PICTURE = 8192
};

typedef struct
{
  BedTable table;
  uint64_t n_reads;
  uint64_t seed;
  uint64_t n_torn;
  uint64_t n_moved; /* reads that found another revision than the read before */
  uint64_t n_pictures;
  uint64_t n_too_fast; /* pictures given up */
  uint64_t n_mixed;
  uint64_t n_changes;
  uint64_t n_fallen; /* times the ring was faster */
  uint64_t n_misplaced;
} Reader;

typedef struct
{
  BrokerTable *table;
  atomic_bool must_stop;
  uint64_t n_batches;
} Writer;

static void *
write_batches (void *user_data)
{
  Writer *writer = user_data;
  uint64_t revision = 0;

  while (!atomic_load_explicit (&writer->must_stop, memory_order_relaxed))
    {
      revision++;

      const uint32_t block = (uint32_t) (revision % BLOCKS);
      const BedBedRow bed = records_bed_row (revision);
      const BedUnitRow unit = records_unit_row (revision);
      const BedReferralRow referral = records_referral_row (revision);

      broker_table_begin (writer->table, revision, BLOCK_ROWS);
      for (uint32_t i = 0; i < BLOCK_BEDS; i++)
        broker_table_write_bed (writer->table, block * BLOCK_BEDS + i, &bed);
      broker_table_write_unit (writer->table, block, &unit);
      broker_table_write_referral (writer->table, block, &referral);
      broker_table_end (writer->table);
    }
  writer->n_batches = revision;
  return NULL;
}

/* The revision of a block's rows when the register is at `revision`; 0: not written yet. */
static uint64_t
block_revision (uint32_t block, uint64_t revision)
{
  const uint64_t back = (revision + BLOCKS - block) % BLOCKS;

  return revision > back ? revision - back : 0;
}

static bool
bed_is_whole (const BedBedRow *row)
{
  const BedBedRow expected = records_bed_row (row->revision);

  return row->revision == 0 || memcmp (row, &expected, sizeof expected) == 0;
}

static bool
unit_is_whole (const BedUnitRow *row)
{
  const BedUnitRow expected = records_unit_row (row->revision);

  return row->revision == 0 || memcmp (row, &expected, sizeof expected) == 0;
}

static bool
referral_is_whole (const BedReferralRow *row)
{
  const BedReferralRow expected = records_referral_row (row->revision);

  return row->revision == 0 || memcmp (row, &expected, sizeof expected) == 0;
}

static void
read_picture (Reader *reader)
{
  BedUnitRow units[BLOCKS];
  BedBedRow beds[BEDS];
  BedReferralRow referrals[BLOCKS];
  uint32_t n_referrals;
  uint64_t revision;
  bool is_right = true;

  if (!bed_table_read_all (&reader->table, units, beds, referrals, &n_referrals, &revision))
    {
      reader->n_too_fast++;
      return;
    }
  for (uint32_t i = 0; i < BEDS; i++)
    is_right
        &= beds[i].revision == block_revision (i / BLOCK_BEDS, revision) && bed_is_whole (&beds[i]);
  for (uint32_t i = 0; i < BLOCKS; i++)
    is_right &= units[i].revision == block_revision (i, revision) && unit_is_whole (&units[i]);
  for (uint32_t i = 0; i < n_referrals; i++)
    is_right &= referrals[i].revision == block_revision (i, revision)
                && referral_is_whole (&referrals[i]);
  if (revision >= BLOCKS)
    is_right &= n_referrals == BLOCKS;
  reader->n_pictures++;
  reader->n_mixed += !is_right;
}

static uint64_t
next_random (uint64_t *seed)
{
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}

/* Position p of the ring holds a row of batch p / BLOCK_ROWS + 1. */
static void
follow_ring (Reader *reader)
{
  const uint64_t revision = bed_table_get_revision (&reader->table);
  /* From anywhere on the ring, its end that is being overwritten included. */
  const uint64_t back = next_random (&reader->seed) % (CHANGES / BLOCK_ROWS + 1);
  const uint64_t from = revision > back ? revision - back : 0;
  const int64_t found = bed_table_find_change (&reader->table, from);
  uint64_t position = (uint64_t) found;
  BedChange changes[16];
  int n = 0;

  if (found < 0)
    {
      reader->n_fallen++;
      return;
    }
  reader->n_misplaced += position != from * BLOCK_ROWS;
  for (int round = 0; round < 4; round++)
    {
      const uint64_t first = position;

      n = bed_table_read_changes (&reader->table, &position, changes, 16);
      if (n < 0)
        {
          reader->n_fallen++;
          return;
        }
      for (int i = 0; i < n; i++)
        reader->n_misplaced += changes[i].revision != (first + (uint64_t) i) / BLOCK_ROWS + 1;
      reader->n_changes += (uint64_t) n;
    }
}

static void
read_row (Reader *reader, uint32_t index, uint64_t *last_revision)
{
  BedBedRow bed;
  BedReferralRow referral;
  uint64_t revision;
  bool is_whole;

  if (index < BEDS)
    {
      is_whole = bed_table_read_bed (&reader->table, index, &bed) && bed_is_whole (&bed);
      revision = bed.revision;
    }
  else
    {
      is_whole = bed_table_read_referral (&reader->table, index - BEDS, &referral)
                 && referral_is_whole (&referral);
      revision = referral.revision;
    }
  reader->n_torn += !is_whole || revision < *last_revision; /* nor may time go backwards */
  reader->n_moved += revision != *last_revision && *last_revision != 0;
  *last_revision = revision;
}

static void *
read_rows (void *user_data)
{
  Reader *reader = user_data;

  for (uint64_t done = 0; done < reader->n_reads; done += READS_AT_ONCE)
    {
      const uint32_t index = (uint32_t) (next_random (&reader->seed) % (BEDS + BLOCKS));
      uint64_t last_revision = 0;

      for (int i = 0; i < READS_AT_ONCE; i++)
        read_row (reader, index, &last_revision);
      if (done % READS_PER_PICTURE == 0)
        {
          read_picture (reader);
          follow_ring (reader);
        }
    }
  return NULL;
}

static double
seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static bool
report (const Writer *writer, const Reader *readers, double took)
{
  Reader sum = { 0 };

  for (int i = 0; i < READERS; i++)
    {
      sum.n_reads += readers[i].n_reads;
      sum.n_torn += readers[i].n_torn;
      sum.n_moved += readers[i].n_moved;
      sum.n_pictures += readers[i].n_pictures;
      sum.n_too_fast += readers[i].n_too_fast;
      sum.n_mixed += readers[i].n_mixed;
      sum.n_changes += readers[i].n_changes;
      sum.n_fallen += readers[i].n_fallen;
      sum.n_misplaced += readers[i].n_misplaced;
    }
  printf ("%.1f s: %" PRIu64 " batches of %d rows written\n", took, writer->n_batches, BLOCK_ROWS);
  printf ("%" PRIu64 " row reads, %" PRIu64 " found the row changed, %" PRIu64 " torn\n",
          sum.n_reads, sum.n_moved, sum.n_torn);
  printf ("%" PRIu64 " pictures, %" PRIu64 " given up, %" PRIu64 " mixed\n", sum.n_pictures,
          sum.n_too_fast, sum.n_mixed);
  printf ("%" PRIu64 " changes followed, %" PRIu64 " times off the ring, %" PRIu64 " misplaced\n",
          sum.n_changes, sum.n_fallen, sum.n_misplaced);
  /* Also a failure: readers that met no writer, and pictures that never came to be. */
  return sum.n_torn == 0 && sum.n_mixed == 0 && sum.n_misplaced == 0 && sum.n_moved > 0
         && writer->n_batches > sum.n_reads / 10000 && sum.n_pictures > sum.n_too_fast
         && sum.n_changes > 0;
}

int
main (int argc, char **argv)
{
  const uint64_t n_reads = argc > 1 ? strtoull (argv[1], NULL, 10) : UINT64_C (1000000000);
  const uint64_t seed = (uint64_t) time (NULL) | 1;
  Records made;
  Writer writer = { 0 };
  Reader readers[READERS] = { 0 };
  pthread_t writing;
  pthread_t reading[READERS];
  double took = seconds ();
  bool is_good;

  printf ("seed %" PRIu64 "\n", seed);
  records_make (&made, BLOCKS, BEDS, BLOCKS, CHANGES);
  writer.table = broker_table_new (&made.records, seed);
  if (!writer.table)
    return 2;
  pthread_create (&writing, NULL, write_batches, &writer);
  for (int i = 0; i < READERS; i++)
    {
      readers[i].table = *broker_table_peek (writer.table);
      readers[i].n_reads = n_reads / READERS;
      readers[i].seed = seed + (uint64_t) i * 2;
      pthread_create (&reading[i], NULL, read_rows, &readers[i]);
    }
  for (int i = 0; i < READERS; i++)
    pthread_join (reading[i], NULL);
  atomic_store_explicit (&writer.must_stop, true, memory_order_relaxed);
  pthread_join (writing, NULL);
  took = seconds () - took;

  is_good = report (&writer, readers, took);
  broker_table_free (writer.table);
  records_clear (&made);
  return is_good ? 0 : 1;
}
