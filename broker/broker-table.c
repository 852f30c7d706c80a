/* broker-table.c: the writer's map: made, sealed, and written batch by batch.
 *
 * Owns the memfd, its writable mapping and the counters of the batch that is open. A batch writes
 * rows, then entries of rings, then heads, then the published revision: until that last store
 * readers see the revision before, and if the writer dies anywhere they go on seeing it. Rules of
 * bed-row.h and bed-table-rows.c that only the writer can keep, a row written at most once a batch
 * and revisions that grow, are asserted: breaking one is a fault of the broker, not of its input.
 * Only making a table can fail: memory, descriptors, sealing, or records that no reader would take.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-table.h"

#include "common/bed-row.h"
#include "common/bed-words.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

/* A ring of the map and how far the open batch has written it; head is stored when it ends. */
typedef struct
{
  BedRing *ring; /* in the map */
  uint64_t *entries;
  uint64_t length;
  uint32_t n_words;
  uint64_t head;
  uint64_t reserved_to;
} Ring;

struct _BrokerTable
{
  int fd;            /* owned */
  BedHeader *header; /* owned: the writable mapping */
  uint64_t size;
  BedTable table; /* the same memory, as readers see it */
  uint64_t *rows[BED_N_KINDS];
  Ring changes;
  Ring recent;
  Ring history;
  BedPulse pulse;
  uint64_t n_referrals;
  uint64_t n_sources;
  uint64_t published;
  uint64_t revision; /* of the open batch */
  bool is_open;
};

static void
point_ring (Ring *ring, BedHeader *header, BedRing *at, size_t entry_size)
{
  *ring = (Ring){ .ring = at,
                  .entries = (uint64_t *) ((char *) header + at->offset),
                  .length = at->length,
                  .n_words = (uint32_t) (entry_size / sizeof (uint64_t)) };
}

static void
point (BrokerTable *table)
{
  BedHeader *header = table->header;

  for (int kind = 0; kind < BED_N_KINDS; kind++)
    table->rows[kind] = (uint64_t *) ((char *) header + header->row_offset[kind]);
  point_ring (&table->changes, header, &header->changes, sizeof (BedChange));
  point_ring (&table->recent, header, &header->recent, sizeof (BedRecent));
  point_ring (&table->history, header, &header->history, sizeof (BedHistory));
}

static void
copy_section (BedHeader *header, uint64_t offset, const void *records, uint32_t n, size_t size)
{
  if (n > 0)
    memcpy ((char *) header + offset, records, n * size);
}

/* Both slots of every row hold a row that says nothing, so that the first batch, too, can be read
 * around. Nobody shares the memory yet: plain stores. */
static void
fill_rows (BrokerTable *table, const BrokerReferenceRecords *records)
{
  const BedBedRow bed = { .referral = BED_NONE, .display = BED_DISPLAY_UNKNOWN };
  const BedReferralRow referral
      = { .bed = BED_NONE, .offer_bed = BED_NONE, .home = BED_NONE_16, .lap = BED_NONE_8 };
  BedRow *beds = (BedRow *) table->rows[BED_KIND_BED];
  BedLongRow *referrals = (BedLongRow *) table->rows[BED_KIND_REFERRAL];

  for (uint32_t i = 0; i < records->sizes.beds; i++)
    for (int slot = 0; slot < 2; slot++)
      {
        BedBedRow row = bed;

        row.bay_sex = records->beds[i].bay_sex;
        memcpy (beds[i].slot[slot], &row, sizeof row);
      }
  for (uint32_t i = 0; i < records->sizes.referrals; i++)
    for (int slot = 0; slot < 2; slot++)
      memcpy (referrals[i].slot[slot], &referral, sizeof referral);
}

static void
fill (BrokerTable *table, const BrokerReferenceRecords *records, const BedHeader *planned,
      uint64_t epoch)
{
  BedHeader *header = table->header;
  const BedSizes *sizes = &records->sizes;

  *header = *planned;
  header->epoch = epoch;
  copy_section (header, header->lap_offset, records->laps, sizes->laps, sizeof (BedLap));
  copy_section (header, header->district_offset, records->districts, sizes->districts,
                sizeof (BedDistrict));
  copy_section (header, header->crossing_offset, records->crossings, sizes->crossings,
                sizeof (BedCrossing));
  copy_section (header, header->unit_offset, records->units, sizes->units, sizeof (BedUnit));
  copy_section (header, header->bed_offset, records->beds, sizes->beds, sizeof (BedBed));
  point (table);
  fill_rows (table, records);
}

/* Memory of that size, mapped for writing. errno on failure. */
static bool
map (BrokerTable *table, uint64_t size)
{
  table->fd = memfd_create ("homeward-table", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (table->fd < 0 || ftruncate (table->fd, (off_t) size) < 0)
    return false;

  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, table->fd, 0);
  if (memory == MAP_FAILED)
    return false;
  table->header = memory;
  table->size = size;
  return true;
}

BrokerTable *
broker_table_new (const BrokerReferenceRecords *records, uint64_t epoch)
{
  BedHeader planned;
  BrokerTable *table;
  int fault = 0;

  if (epoch == 0 || !bed_table_plan (&records->sizes, &planned))
    {
      errno = EINVAL;
      return NULL;
    }
  table = calloc (1, sizeof *table);
  if (!table)
    return NULL;
  table->fd = -1;

  if (!map (table, planned.map_size))
    fault = errno;
  else
    {
      fill (table, records, &planned, epoch);
      /* The mapping made before goes on writing; from here on nobody can make another. */
      if (fcntl (table->fd, F_ADD_SEALS,
                 F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL)
          < 0)
        fault = errno;
      else if (bed_table_borrow (table->header, table->size, &table->table) != BED_TABLE_OK)
        fault = EINVAL;
    }
  if (fault != 0)
    {
      broker_table_free (table);
      errno = fault;
      return NULL;
    }
  return table;
}

void
broker_table_free (BrokerTable *table)
{
  if (!table)
    return;
  if (table->header)
    munmap (table->header, table->size);
  if (table->fd >= 0)
    close (table->fd);
  free (table);
}

int
broker_table_open_fd (const BrokerTable *table)
{
  char path[32];

  snprintf (path, sizeof path, "/proc/self/fd/%d", table->fd);
  return open (path, O_RDONLY | O_CLOEXEC);
}

const BedTable *
broker_table_peek (const BrokerTable *table)
{
  return &table->table;
}

/* Rings. Storing reserved_to before an entry is overwritten pairs with the readers' load of it
 * after they have copied. */

static void
reserve (Ring *ring, uint64_t to)
{
  if (to <= ring->reserved_to)
    return;
  ring->reserved_to = to;
  bed_row_store_word (&ring->ring->reserved_to, to);
}

static void
push (Ring *ring, const void *entry)
{
  reserve (ring, ring->head + 1);
  bed_row_store_words (ring->entries + (ring->head & (ring->length - 1)) * ring->n_words,
                       ring->n_words, entry);
  ring->head++;
}

static void
end_ring (Ring *ring)
{
  if (ring->ring->head != ring->head)
    bed_row_store_word (&ring->ring->head, ring->head);
  /* What was reserved and not used is readable again: it was never overwritten. */
  if (ring->reserved_to != ring->head)
    {
      ring->reserved_to = ring->head;
      bed_row_store_word (&ring->ring->reserved_to, ring->head);
    }
}

void
broker_table_begin (BrokerTable *table, uint64_t revision, uint32_t n_changes_max)
{
  assert (!table->is_open && (revision > table->published || table->published == 0));
  table->is_open = true;
  table->revision = revision;
  reserve (&table->changes, table->changes.head + n_changes_max);
}

static void
write_row (BrokerTable *table, BedKind kind, uint32_t index, uint32_t n_words, uint64_t revision,
           const void *row)
{
  uint64_t *version = table->rows[kind] + (size_t) index * BED_ROW_STRIDE (n_words);
  const uint64_t current = version[1 + (version[0] & 1) * n_words]; /* the row's revision so far */
  const BedChange change = { .revision = table->revision, .kind = kind, .index = index };

  assert (table->is_open && revision <= table->revision);
  assert (revision > table->published || table->published == 0); /* or it would be seen at once */
  assert (current <= table->published); /* written once a batch: the other slot is the readers' */
  bed_row_write (version, n_words, row);
  push (&table->changes, &change);
}

void
broker_table_write_unit (BrokerTable *table, uint32_t index, const BedUnitRow *row)
{
  assert (index < table->table.sizes.units && bed_table_check_unit (&table->table, row));
  write_row (table, BED_KIND_UNIT, index, BED_ROW_WORDS, row->revision, row);
}

void
broker_table_write_bed (BrokerTable *table, uint32_t index, const BedBedRow *row)
{
  assert (index < table->table.sizes.beds && bed_table_check_bed (&table->table, row));
  write_row (table, BED_KIND_BED, index, BED_ROW_WORDS, row->revision, row);
}

void
broker_table_write_referral (BrokerTable *table, uint32_t index, const BedReferralRow *row)
{
  assert (index < table->table.sizes.referrals && bed_table_check_referral (&table->table, row));
  write_row (table, BED_KIND_REFERRAL, index, BED_REFERRAL_ROW_WORDS, row->revision, row);
  if (index >= table->n_referrals)
    table->n_referrals = index + UINT64_C (1);
}

void
broker_table_write_recent (BrokerTable *table, const BedRecent *recent)
{
  assert (table->is_open);
  push (&table->recent, recent);
}

void
broker_table_write_history (BrokerTable *table, const BedHistory *history)
{
  assert (table->is_open);
  push (&table->history, history);
}

void
broker_table_end (BrokerTable *table)
{
  assert (table->is_open);
  end_ring (&table->changes);
  end_ring (&table->recent);
  end_ring (&table->history);
  if (table->header->n_referrals != table->n_referrals)
    bed_row_store_word (&table->header->n_referrals, table->n_referrals);
  /* Everything above is visible to whoever loads this revision with acquire. */
  bed_row_store_word (&table->header->revision, table->revision);
  table->published = table->revision;
  table->is_open = false;
}

bool
broker_table_add_source (BrokerTable *table, const char *name)
{
  uint64_t words[BED_ID_SIZE / sizeof (uint64_t)] = { 0 };
  const size_t length = strlen (name);

  if (length == 0 || length >= BED_ID_SIZE || table->n_sources >= BED_MAX_SOURCES)
    return false;
  memcpy (words, name, length);
  bed_row_store_words ((uint64_t *) ((char *) table->header + table->header->source_offset
                                     + table->n_sources * BED_ID_SIZE),
                       BED_ID_SIZE / sizeof (uint64_t), words);
  table->n_sources++;
  bed_row_store_word (&table->header->n_sources, table->n_sources);
  return true;
}

void
broker_table_beat (BrokerTable *table, int64_t boottime_us, int64_t now_us)
{
  table->pulse.heartbeat_us = boottime_us;
  table->pulse.now_us = now_us;
  bed_row_write (&table->header->pulse.version, BED_ROW_WORDS, &table->pulse);
}

void
broker_table_set_serving (BrokerTable *table, BedServing serving, int64_t since_us)
{
  table->pulse.serving = serving;
  table->pulse.serving_since_us = since_us;
  bed_row_write (&table->header->pulse.version, BED_ROW_WORDS, &table->pulse);
}
