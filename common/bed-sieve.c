/* bed-sieve.c: a bit for each bed, in columns by type and by need.
 *
 * Column by column, so that a question touches only the columns it names, and units that are near
 * each other in the chosen order share a cache line of each.
 *
 * Owns its words. Nothing can fail: records have been checked when the table was opened; of needs
 * that are none, no bed has any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-sieve.h"

#define COLUMNS (BED_TYPE_N + BED_NEED_N) /* types, then needs */
#define ALL_NEEDS ((G_GUINT64_CONSTANT (1) << BED_NEED_N) - 1)

static guint64 *
column_of_type (const BedSieve *sieve, guint type)
{
  return sieve->words + (gsize) type * sieve->n_rows;
}

/* Of the lowest bit of needs. */
static guint64 *
column_of_need (const BedSieve *sieve, guint64 needs)
{
  return column_of_type (sieve, BED_TYPE_N + (guint) __builtin_ctzll (needs));
}

static void
add_bed (BedSieve *sieve, guint32 row, const BedBed *bed, guint64 bit)
{
  const guint64 types = bed->flex | G_GUINT64_CONSTANT (1) << bed->type;

  for (guint type = 0; type < BED_TYPE_N; type++)
    if (types >> type & 1)
      column_of_type (sieve, type)[row] |= bit;
  for (guint64 needs = bed->features & ALL_NEEDS; needs != 0; needs &= needs - 1)
    column_of_need (sieve, needs)[row] |= bit;
}

void
bed_sieve_init (BedSieve *sieve, const BedTable *table, const guint32 *units)
{
  sieve->n_rows = table->sizes.units;
  sieve->words = g_new0 (guint64, COLUMNS * (gsize) MAX (sieve->n_rows, 1));
  for (guint32 row = 0; row < sieve->n_rows; row++)
    {
      const BedUnit *unit = &table->units[units[row]];

      for (guint32 i = 0; i < MIN (unit->n_beds, BED_SIEVE_BEDS); i++)
        add_bed (sieve, row, &table->beds[unit->first_bed + i], G_GUINT64_CONSTANT (1) << i);
    }
}

void
bed_sieve_clear (BedSieve *sieve)
{
  g_clear_pointer (&sieve->words, g_free);
}

guint64
bed_sieve_look (const BedSieve *sieve, guint32 row, guint8 type, guint64 must, guint64 must_not)
{
  guint64 beds = column_of_type (sieve, type)[row];

  if (must & ~ALL_NEEDS)
    return 0;
  for (; must != 0; must &= must - 1)
    beds &= column_of_need (sieve, must)[row];
  for (must_not &= ALL_NEEDS; must_not != 0; must_not &= must_not - 1)
    beds &= ~column_of_need (sieve, must_not)[row];
  return beds;
}
