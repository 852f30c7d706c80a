/* broker-reference.h: reference data from CSV: read, validated as a whole, turned into records.
 *
 * A set of files is text by name (laps.csv, districts.csv, crossings.csv, units.csv, beds.csv, and
 * travel_times.csv if there is one), so that a folder, a message and a journal row are imported by the same code. Every fault is found in
 * one go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-table.h"

#include <glib.h>

#define BROKER_REFERENCE_FILE_MAX (64 * 1024 * 1024)
#define BROKER_REFERENCE_FAULTS_MAX 1000 /* then "and N more" */

typedef struct
{
  BedSizes sizes; /* laps … beds filled in; referrals and changes 0 */
  BedLap *laps;   /* owned arrays, in the order of the map: beds grouped by unit */
  BedDistrict *districts;
  BedCrossing *crossings; /* then travel times, sorted by pair */
  BedUnit *units;
  BedBed *beds;
} BrokerReference;

void broker_reference_free (BrokerReference *reference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerReference, broker_reference_free)

/* The same records, owned by the caller. */
BrokerReference *broker_reference_copy (const BrokerReference *reference);

/* The reference section of a table, borrowed from the records. */
BedTable broker_reference_lay_table (const BrokerReference *reference);

/* Whether records that come from a disk are whole: the checks of bed_table_open, over an array of
 * each kind (indexes, ranges, ended strings). */
gboolean broker_reference_check (const BrokerReference *reference);

/* Reads the files of a folder (and its postcodes: broker-reference-postcodes.h) into one canonical JSON object {"beds.csv": "…", …}; owned.
 * Error: a file is missing, too large or not UTF-8: G_FILE_ERROR, or a fault line. */
char *broker_reference_load (const char *folder, GError **error);

/* Parses and validates files (that JSON object). before (may be NULL) is the reference in force:
 * ids in it must still be there and unchanged in unit. On failure NULL, and faults gets one
 * "file:line:column-name: reason" a fault (owned by the array). */
BrokerReference *broker_reference_parse (const char *files, const BrokerReference *before,
                                         GPtrArray *faults);
