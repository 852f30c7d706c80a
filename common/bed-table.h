/* bed-table.h: a reader of the shared table: bounds-checked, lock-free, never waiting for anybody.
 *
 * Plain C11 and POSIX. A BedTable is one epoch's memory mapped read-only, or (for the writer in
 * the broker, which uses the same reads) a borrowed pointer. What it returns from changing memory
 * is a copy, validated: enum values in range, indexes inside the table, strings ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"

#include <stdbool.h>

/* Attempts at a consistent picture before bed_table_read_all gives up. */
#define BED_TABLE_READ_ALL_TRIES 64u

typedef struct
{
  const BedHeader *header; /* the mapping: owned if size != 0 */
  uint64_t size;
  /* Borrowed from the mapping, checked against its size when it was opened. */
  const BedLap *laps;
  const BedDistrict *districts;
  const BedCrossing *crossings;
  const BedUnit *units;
  const BedBed *beds;
  BedSizes sizes;
  uint64_t epoch;
  /* For bed-table-*.c only: changing memory is read through the functions below. */
  const uint64_t *rows[BED_N_KINDS];
  const uint64_t *changes;
  const uint64_t *recent;
  const uint64_t *history;
  const char (*sources)[BED_ID_SIZE];
  uint64_t history_length;
} BedTable;

typedef enum
{
  BED_TABLE_OK,
  BED_TABLE_NOT_MAPPED,   /* fstat, seals or mmap failed: errno says why */
  BED_TABLE_NOT_SEALED,   /* the descriptor could still shrink or be written */
  BED_TABLE_NOT_A_TABLE,  /* magic or layout version */
  BED_TABLE_DAMAGED,      /* a size, offset, index or string is out of bounds */
  BED_N_TABLE_STATUS
} BedTableStatus;

/* Maps fd (not consumed) and checks everything that is fixed for the epoch. On failure *table is
 * zeroed. Close with bed_table_close. */
BedTableStatus bed_table_open (int fd, BedTable *table);

/* The same checks over memory that the caller owns and keeps: the writer, benchmarks, tests. */
BedTableStatus bed_table_borrow (const void *memory, uint64_t size, BedTable *table);

/* Where everything stands in a table of these sizes: fills magic, layout_version, map_size, sizes,
 * offsets and ring lengths, zeroes the rest. There is one layout for one set of sizes, so the same
 * function makes a map and checks one. False if a size is out of bounds. */
bool bed_table_plan (const BedSizes *sizes, BedHeader *header);

/* All reference records in bounds, their strings ended and UTF-8, units and beds fitting each
 * other. Part of opening. */
bool bed_table_check_reference (const BedTable *table);

void bed_table_close (BedTable *table);
const char *bed_table_status_word (BedTableStatus status); /* static, for messages */

/* Published revision R. Rows read afterwards with revision <= R are exactly the register at R. */
uint64_t bed_table_get_revision (const BedTable *table);
uint32_t bed_table_get_n_referrals (const BedTable *table);
BedServing bed_table_get_serving (const BedTable *table, int64_t *since_us);

/* The broker's last beat on CLOCK_BOOTTIME, and its UTC then. */
int64_t bed_table_get_heartbeat (const BedTable *table, int64_t *now_us);

/* One row as the published revision has it: of a batch that has not ended, or whose writer died in
 * it, nothing is seen. False if index is out of range, or the bytes are not a row, or the writer
 * was faster BED_ROW_READ_TRIES times: it is then zeroed. */
bool bed_table_read_unit (const BedTable *table, uint32_t index, BedUnitRow *row);
bool bed_table_read_bed (const BedTable *table, uint32_t index, BedBedRow *row);
bool bed_table_read_referral (const BedTable *table, uint32_t index, BedReferralRow *row);

/* Says that the unit's or bed's row will be read soon: its memory is fetched meanwhile. */
void bed_table_expect (const BedTable *table, BedKind kind, uint32_t index);

/* Name of a referring organisation, or NULL. Borrowed from the map; ended by construction. */
const char *bed_table_peek_source (const BedTable *table, uint32_t index);

/* Every row of one revision. The caller gives room for sizes.units, sizes.beds and
 * sizes.referrals rows (any may be NULL: left out). *n_referrals says how many referral rows are in
 * use. One pass, then only what has changed during it, until nothing has; a dead or stopped writer
 * is never waited for. Rows that are not rows are zeroed. False after BED_TABLE_READ_ALL_TRIES: the
 * writer was faster each time. */
bool bed_table_read_all (const BedTable *table, BedUnitRow *units, BedBedRow *beds,
                         BedReferralRow *referrals, uint32_t *n_referrals, uint64_t *revision);

/* Rings. Position p is the p-th entry ever written; entries from head - length (at most) to head
 * can be read. Copies up to n entries from *position on, advances *position by as many, and
 * returns how many; -1 if *position has fallen off the ring (start again from a snapshot). */
int bed_table_read_changes (const BedTable *table, uint64_t *position, BedChange *changes, int n);
int bed_table_read_recent (const BedTable *table, uint64_t *position, BedRecent *recent, int n);
int bed_table_read_history (const BedTable *table, uint64_t *position, BedHistory *history, int n);

/* Where the ring starts and ends now. For `changes`: entries with revisions <= the published one
 * stand below *head if head is loaded after the revision. */
uint64_t bed_table_get_changes_head (const BedTable *table);
uint64_t bed_table_get_recent_head (const BedTable *table);
uint64_t bed_table_get_history_head (const BedTable *table);

/* The position of the first change with a revision > revision; -1 if that is off the ring. A
 * revision inside a batch counts as the one before the batch. */
int64_t bed_table_find_change (const BedTable *table, uint64_t revision);

/* Values in range and indexes inside the table: what every row read has passed. Also used on rows
 * that come from a disk. Only table->sizes is looked at. */
bool bed_table_check_unit (const BedTable *table, const BedUnitRow *row);
bool bed_table_check_bed (const BedTable *table, const BedBedRow *row);
bool bed_table_check_referral (const BedTable *table, const BedReferralRow *row);
