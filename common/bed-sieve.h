/* bed-sieve.h: which beds of a unit somebody could ever be offered, as bits of one word.
 *
 * Built once for an epoch from the reference section, then read-only. By what cannot change: type
 * and features, those out of order counted as there. So it lets nobody in; it only keeps a search
 * from reading rows in vain.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-table.h"
#include "bed-words.h"

#include <glib.h>

#define BED_SIEVE_BEDS 64 /* of a unit, from its first; of the others it knows nothing */

typedef struct
{
  guint64 *words; /* owned: a column for each type and each need, a row for each unit */
  guint32 n_rows;
} BedSieve;

/* Row i is of unit units[i]: all the table's, in whatever order they are looked at. */
void bed_sieve_init (BedSieve *sieve, const BedTable *table, const guint32 *units);
void bed_sieve_clear (BedSieve *sieve);

/* Bit i: the unit's i-th bed is of this type (a BedType), or may be, and has all that must be and
 * nothing that must not. */
guint64 bed_sieve_look (const BedSieve *sieve, guint32 row, guint8 type, guint64 must, guint64 must_not);
