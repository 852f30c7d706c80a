/* broker-table.h: the writer's side of the shared table: the only memory anybody else can see.
 *
 * Creates the memfd, maps it for writing, fills the reference section, seals it, and hands out a
 * read-only descriptor. Rows are written only with a batch's revision, which becomes visible when
 * the batch ends. Plain C11 and POSIX.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-table.h"

typedef struct _BrokerTable BrokerTable;

/* The reference section's contents, all borrowed and copied; counts stand in sizes. */
typedef struct
{
  BedSizes sizes;
  const BedLap *laps;
  const BedDistrict *districts;
  const BedCrossing *crossings;
  const BedUnit *units;
  const BedBed *beds;
} BrokerReferenceRecords;

/* NULL with errno set if memory, mapping or sealing fails; EINVAL for sizes out of bounds. epoch
 * must not be 0. */
BrokerTable *broker_table_new (const BrokerReferenceRecords *records, uint64_t epoch);
void broker_table_free (BrokerTable *table);

/* A read-only descriptor for a peer: close it after sending. -1 with errno. */
int broker_table_open_fd (const BrokerTable *table);

/* Reads of the writer's own memory. Borrowed. */
const BedTable *broker_table_peek (const BrokerTable *table);

/* A batch: begin, any number of writes (each row at most once; row->revision <= revision and the
 * change is entered in the ring), end. Readers see nothing of it as "published" before end. */
void broker_table_begin (BrokerTable *table, uint64_t revision, uint32_t n_changes_max);
void broker_table_write_unit (BrokerTable *table, uint32_t index, const BedUnitRow *row);
void broker_table_write_bed (BrokerTable *table, uint32_t index, const BedBedRow *row);
void broker_table_write_referral (BrokerTable *table, uint32_t index, const BedReferralRow *row);
void broker_table_write_recent (BrokerTable *table, const BedRecent *recent);
void broker_table_write_history (BrokerTable *table, const BedHistory *history);
void broker_table_end (BrokerTable *table);

/* Interns the name of a referring organisation at the next index; false when full or too long. */
bool broker_table_add_source (BrokerTable *table, const char *name);

void broker_table_beat (BrokerTable *table, int64_t boottime_us, int64_t now_us);
void broker_table_set_serving (BrokerTable *table, BedServing serving, int64_t since_us);
