/* bed-table.c: a reader's map of the shared table: opened, checked, closed; its counters.
 *
 * Owns the mapping of a BedTable. The bytes come from another process and are taken as hostile:
 * the layout follows from the sizes alone and must be exactly that, so no offset is ever believed;
 * pointers are made once, from the sizes that were checked. Fails on a descriptor that cannot be
 * mapped, that its owner could still shrink or rewrite, or whose contents do not fit together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-table.h"

#include "bed-row.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL)
#define ALIGNMENT UINT64_C (128) /* of sections: rows must not share cache lines */

/* Gives `size` bytes at the end of the map so far, and returns where. Sizes are bounded by
 * BED_MAX_*: sums stay far below 2^64. */
static uint64_t
take (uint64_t *end, uint64_t n, uint64_t size)
{
  const uint64_t offset = *end;

  *end += (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  return offset;
}

static uint64_t
power_of_two_from (uint64_t n)
{
  uint64_t power = 1;

  while (power < n)
    power *= 2;
  return power;
}

static bool
sizes_are_in_bounds (const BedSizes *sizes)
{
  return sizes->laps <= BED_MAX_LAPS && sizes->districts <= BED_MAX_DISTRICTS
         && sizes->crossings <= BED_MAX_CROSSINGS && sizes->units <= BED_MAX_UNITS
         && sizes->beds <= BED_MAX_BEDS && sizes->referrals <= BED_MAX_REFERRALS
         && sizes->changes >= 1 && sizes->changes <= BED_MAX_CHANGES
         && (sizes->changes & (sizes->changes - 1)) == 0;
}

bool
bed_table_plan (const BedSizes *sizes, BedHeader *header)
{
  const BedSizes asked = *sizes; /* it may stand in *header, or in memory that changes */
  uint64_t end = sizeof *header;

  memset (header, 0, sizeof *header);
  if (!sizes_are_in_bounds (&asked))
    return false;

  header->magic = BED_LAYOUT_MAGIC;
  header->layout_version = BED_LAYOUT_VERSION;
  header->sizes = asked;
  header->lap_offset = take (&end, asked.laps, sizeof (BedLap));
  header->district_offset = take (&end, asked.districts, sizeof (BedDistrict));
  header->crossing_offset = take (&end, asked.crossings, sizeof (BedCrossing));
  header->unit_offset = take (&end, asked.units, sizeof (BedUnit));
  header->bed_offset = take (&end, asked.beds, sizeof (BedBed));
  header->source_offset = take (&end, BED_MAX_SOURCES, BED_ID_SIZE);
  header->row_offset[BED_KIND_UNIT] = take (&end, asked.units, sizeof (BedRow));
  header->row_offset[BED_KIND_BED] = take (&end, asked.beds, sizeof (BedRow));
  header->row_offset[BED_KIND_REFERRAL] = take (&end, asked.referrals, sizeof (BedLongRow));
  header->changes.length = asked.changes;
  header->changes.offset = take (&end, header->changes.length, sizeof (BedChange));
  header->recent.length = BED_RECENT_LENGTH;
  header->recent.offset = take (&end, header->recent.length, sizeof (BedRecent));
  header->history.length = power_of_two_from ((uint64_t) BED_HISTORY_LENGTH * asked.laps);
  header->history.offset = take (&end, header->history.length, sizeof (BedHistory));
  header->map_size = end;
  return true;
}

static bool
ring_is (const BedRing *ring, const BedRing *planned)
{
  return ring->length == planned->length && ring->offset == planned->offset;
}

static bool
layout_is (const BedHeader *header, const BedHeader *planned)
{
  return header->map_size == planned->map_size && header->lap_offset == planned->lap_offset
         && header->district_offset == planned->district_offset
         && header->crossing_offset == planned->crossing_offset
         && header->unit_offset == planned->unit_offset && header->bed_offset == planned->bed_offset
         && header->source_offset == planned->source_offset
         && memcmp (header->row_offset, planned->row_offset, sizeof planned->row_offset) == 0
         && ring_is (&header->changes, &planned->changes)
         && ring_is (&header->recent, &planned->recent)
         && ring_is (&header->history, &planned->history);
}

/* Points into memory, by the plan and never by what stands in memory. */
static void
point (BedTable *table, const char *memory, const BedHeader *planned)
{
  table->header = (const BedHeader *) memory;
  table->laps = (const BedLap *) (memory + planned->lap_offset);
  table->districts = (const BedDistrict *) (memory + planned->district_offset);
  table->crossings = (const BedCrossing *) (memory + planned->crossing_offset);
  table->units = (const BedUnit *) (memory + planned->unit_offset);
  table->beds = (const BedBed *) (memory + planned->bed_offset);
  table->sources = (const char (*)[BED_ID_SIZE]) (memory + planned->source_offset);
  for (int kind = 0; kind < BED_N_KINDS; kind++)
    table->rows[kind] = (const uint64_t *) (memory + planned->row_offset[kind]);
  table->changes = (const uint64_t *) (memory + planned->changes.offset);
  table->recent = (const uint64_t *) (memory + planned->recent.offset);
  table->history = (const uint64_t *) (memory + planned->history.offset);
  table->history_length = planned->history.length;
  table->sizes = planned->sizes;
  table->epoch = table->header->epoch;
}

BedTableStatus
bed_table_borrow (const void *memory, uint64_t size, BedTable *table)
{
  const BedHeader *header = memory;
  BedHeader planned;

  memset (table, 0, sizeof *table);
  if (size < sizeof *header || (uintptr_t) memory % sizeof (uint64_t) != 0
      || header->magic != BED_LAYOUT_MAGIC || header->layout_version != BED_LAYOUT_VERSION)
    return BED_TABLE_NOT_A_TABLE;
  if (!bed_table_plan (&header->sizes, &planned) || planned.map_size != size
      || !layout_is (header, &planned) || header->epoch == 0)
    return BED_TABLE_DAMAGED;

  point (table, memory, &planned);
  if (!bed_table_check_reference (table))
    {
      memset (table, 0, sizeof *table);
      return BED_TABLE_DAMAGED;
    }
  return BED_TABLE_OK;
}

BedTableStatus
bed_table_open (int fd, BedTable *table)
{
  struct stat about;
  BedTableStatus status;

  memset (table, 0, sizeof *table);

  const int seals = fcntl (fd, F_GET_SEALS);
  if (seals < 0 || fstat (fd, &about) < 0)
    return BED_TABLE_NOT_MAPPED;
  if ((seals & SEALS) != SEALS)
    return BED_TABLE_NOT_SEALED;
  if (about.st_size < (off_t) sizeof (BedHeader))
    return BED_TABLE_NOT_A_TABLE;

  const uint64_t size = (uint64_t) about.st_size;
  void *memory = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED)
    return BED_TABLE_NOT_MAPPED;

  status = bed_table_borrow (memory, size, table);
  if (status == BED_TABLE_OK)
    table->size = size;
  else
    munmap (memory, size);
  return status;
}

void
bed_table_close (BedTable *table)
{
  if (table->size != 0)
    munmap ((void *) table->header, table->size);
  memset (table, 0, sizeof *table);
}

const char *
bed_table_status_word (BedTableStatus status)
{
  static const char *const words[BED_N_TABLE_STATUS]
      = { "ok", "cannot be mapped", "not sealed", "not a table of this version", "damaged" };

  return (unsigned) status < BED_N_TABLE_STATUS ? words[status] : "unknown";
}

uint64_t
bed_table_get_revision (const BedTable *table)
{
  return bed_row_load_word (&table->header->revision); /* pairs with broker_table_end */
}

uint32_t
bed_table_get_n_referrals (const BedTable *table)
{
  const uint64_t n = bed_row_load_word (&table->header->n_referrals);

  return n < table->sizes.referrals ? (uint32_t) n : table->sizes.referrals;
}

/* A pulse that cannot be read, or says what no broker says, is one that has never beaten. */
static void
read_pulse (const BedTable *table, BedPulse *pulse)
{
  if (!bed_row_read (&table->header->pulse.version, BED_ROW_WORDS, pulse)
      || pulse->serving >= BED_N_SERVING
      || (uint64_t) (pulse->heartbeat_us | pulse->now_us | pulse->serving_since_us) >> BED_TIME_BITS
             != 0)
    *pulse = (BedPulse){ .serving = BED_SERVING_READ_ONLY };
}

BedServing
bed_table_get_serving (const BedTable *table, int64_t *since_us)
{
  BedPulse pulse;

  read_pulse (table, &pulse);
  if (since_us)
    *since_us = pulse.serving_since_us;
  return (BedServing) pulse.serving;
}

int64_t
bed_table_get_heartbeat (const BedTable *table, int64_t *now_us)
{
  BedPulse pulse;

  read_pulse (table, &pulse);
  if (now_us)
    *now_us = pulse.now_us;
  return pulse.heartbeat_us;
}

const char *
bed_table_peek_source (const BedTable *table, uint32_t index)
{
  /* Pairs with broker_table_add_source: names below n are whole and never change again. */
  const uint64_t n = bed_row_load_word (&table->header->n_sources);

  if (index >= n || index >= BED_MAX_SOURCES
      || memchr (table->sources[index], '\0', BED_ID_SIZE) == NULL)
    return NULL;
  return table->sources[index];
}
