/* bed-table-rows.c: changing rows as readers get them: whole, checked, and of a published revision.
 *
 * Owns nothing. A row newer than the published revision belongs to a batch that has not ended. Its
 * other slot then still holds the row of the published revision, because a batch writes a row at
 * most once: so no reader waits for a writer that is slow, stopped or dead in the middle of a
 * batch. Whether the other slot was whole is known afterwards: its next fill belongs to a later
 * batch, so anybody who loads a word of that fill also sees a later published revision.
 * Fails when the bytes are not a row, or the writer was faster than the limit allows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-table.h"

#include "bed-row.h"
#include "bed-table-faults.h"

#include <string.h>

/* A test that includes this file may define it, and RUN_ROWS, to let a writer act in the middle of
 * a read. */
#ifndef BED_TABLE_READ_STEP
#define BED_TABLE_READ_STEP() ((void) 0)
#endif

#ifndef RUN_ROWS
#define RUN_ROWS 64u /* copied, or taken from the ring, at a time */
#endif

static const uint32_t words_of[BED_N_KINDS]
    = { BED_ROW_WORDS, BED_ROW_WORDS, BED_REFERRAL_ROW_WORDS };

bool
bed_table_check_unit (const BedTable *table, const BedUnitRow *row)
{
  return unit_faults (table, row) == 0;
}

bool
bed_table_check_bed (const BedTable *table, const BedBedRow *row)
{
  return bed_faults (table, (const BedRowWord *) row) == 0;
}

bool
bed_table_check_referral (const BedTable *table, const BedReferralRow *row)
{
  return referral_faults (table, row) == 0;
}

static bool
row_is_good (const BedTable *table, BedKind kind, const void *row)
{
  switch (kind)
    {
    case BED_KIND_UNIT:
      return bed_table_check_unit (table, row);
    case BED_KIND_BED:
      return bed_table_check_bed (table, row);
    case BED_KIND_REFERRAL:
      return bed_table_check_referral (table, row);
    case BED_N_KINDS:
      break;
    }
  return false;
}

/* One row. */

/* Pairs with the last store of broker_table_end: whoever sees the revision sees its rows. */
static inline uint64_t
load_revision (const BedTable *table)
{
  return bed_row_load_word (&table->header->revision);
}

static const uint64_t *
row_version (const BedTable *table, BedKind kind, uint32_t index)
{
  return table->rows[kind] + (size_t) index * BED_ROW_STRIDE (words_of[kind]);
}

/* The row of some published revision: at least *published as the caller knows it, at most what it
 * then is. False only if the writer was faster each time, or what is there was never published. */
static bool
read_published (const BedTable *table, BedKind kind, uint32_t index, void *row, uint64_t *published)
{
  const uint64_t *version = row_version (table, kind, index);

  for (uint32_t tries = 0; tries < BED_ROW_READ_TRIES; tries++)
    {
      if (!bed_row_read (version, words_of[kind], row))
        return false;
      if (word_at (row, 0) <= *published)
        return true;
      BED_TABLE_READ_STEP ();
      *published = load_revision (table);
      if (word_at (row, 0) <= *published)
        return true;

      BED_TABLE_READ_STEP ();
      bed_row_read_before (version, words_of[kind], row);
      BED_TABLE_READ_STEP ();
      if (load_revision (table) == *published)
        return word_at (row, 0) <= *published;
    }
  return false;
}

/* The rows of a kind in this table. */
static uint32_t
count_rows (const BedTable *table, BedKind kind)
{
  const uint32_t counts[BED_N_KINDS]
      = { table->sizes.units, table->sizes.beds, table->sizes.referrals };

  return counts[kind];
}

/* Any row, whatever is in its way; nothing unchecked is left in it. */
static __attribute__ ((noinline)) bool
read_slowly (const BedTable *table, BedKind kind, uint32_t index, void *row)
{
  uint64_t published = load_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < count_rows (table, kind) && read_published (table, kind, index, row, &published)
      && row_is_good (table, kind, row))
    return true;
  memset (row, 0, words_of[kind] * sizeof (uint64_t));
  return false;
}

/* One attempt at each kind: true if the row is whole, not newer than revision, and a row. Nearly
 * every read ends here, so these are inlined. The index has been checked. */

static inline __attribute__ ((always_inline)) bool
try_unit (const BedTable *table, uint32_t index, uint64_t revision, BedUnitRow *row)
{
  const uint64_t *version
      = table->rows[BED_KIND_UNIT] + (size_t) index * BED_ROW_STRIDE (BED_ROW_WORDS);

  return __builtin_expect (bed_row_try (version, BED_ROW_WORDS, row) && row->revision <= revision
                               && unit_faults (table, row) == 0,
                           1);
}

static inline __attribute__ ((always_inline)) bool
try_bed (const BedTable *table, uint32_t index, uint64_t revision, BedBedRow *row)
{
  const uint64_t *version
      = table->rows[BED_KIND_BED] + (size_t) index * BED_ROW_STRIDE (BED_ROW_WORDS);

  return __builtin_expect (bed_row_try (version, BED_ROW_WORDS, row) && row->revision <= revision
                               && bed_faults (table, (const BedRowWord *) row) == 0,
                           1);
}

/* A run of beds, true if each of them is as above. The words are collected and judged once for
 * all rows, which takes a tenth of the time off a whole table: a bit that no time, mask or enum may
 * have shows in the sum of all; what has an upper bound shows in the top bit of bound - value. */
static bool
try_beds (const BedTable *table, uint32_t from, uint32_t to, uint64_t revision, BedBedRow *rows)
{
  const uint64_t *version
      = table->rows[BED_KIND_BED] + (size_t) from * BED_ROW_STRIDE (BED_ROW_WORDS);
  const uint64_t n_referrals = table->sizes.referrals;
  uint64_t times = 0, features = 0, last_of_5 = 0, over = 0;
  uint64_t above = revision; /* no revision has the top bit */
  bool are_whole = true;

  for (uint32_t i = from; i < to; i++, version += BED_ROW_STRIDE (BED_ROW_WORDS))
    {
      BedRowWord *words = (BedRowWord *) &rows[i];

      are_whole &= bed_row_try (version, BED_ROW_WORDS, words);
      times |= words[1] | words[2] | words[3];
      features |= words[4];
      last_of_5 |= words[5];
      over |= over_limits (words[6], bed_limits ()) | infection_faults (words[6]);
      above |= words[0] | (revision - words[0]) | (n_referrals - (uint32_t) (words[5] + 1));
    }
  return are_whole
         && ((above >> 63) | over | (times >> BED_TIME_BITS) | (features >> BED_NEED_N)
             | (last_of_5 >> 48 & 0xfcfc))
                == 0;
}

static inline __attribute__ ((always_inline)) bool
try_referral (const BedTable *table, uint32_t index, uint64_t revision, BedReferralRow *row)
{
  const uint64_t *version
      = table->rows[BED_KIND_REFERRAL] + (size_t) index * BED_ROW_STRIDE (BED_REFERRAL_ROW_WORDS);

  return __builtin_expect (bed_row_try (version, BED_REFERRAL_ROW_WORDS, row)
                               && row->revision <= revision && referral_faults (table, row) == 0,
                           1);
}

bool
bed_table_read_unit (const BedTable *table, uint32_t index, BedUnitRow *row)
{
  const uint64_t published = load_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < table->sizes.units && try_unit (table, index, published, row))
    return true;
  return read_slowly (table, BED_KIND_UNIT, index, row);
}

void
bed_table_expect (const BedTable *table, BedKind kind, uint32_t index)
{
  if (index >= count_rows (table, kind))
    return;
  const char *row = (const char *) row_version (table, kind, index);

  __builtin_prefetch (row);
  __builtin_prefetch (row + sizeof (BedRow) / 2); /* the other slot stands in the next cache line */
}

bool
bed_table_read_bed (const BedTable *table, uint32_t index, BedBedRow *row)
{
  const uint64_t published = load_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < table->sizes.beds && try_bed (table, index, published, row))
    return true;
  return read_slowly (table, BED_KIND_BED, index, row);
}

bool
bed_table_read_referral (const BedTable *table, uint32_t index, BedReferralRow *row)
{
  const uint64_t published = load_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < table->sizes.referrals && try_referral (table, index, published, row))
    return true;
  return read_slowly (table, BED_KIND_REFERRAL, index, row);
}

/* All rows. Every copied row is the row of some published revision between `base` and `latest`;
 * once the two are one, the picture is the register at it. */
typedef struct
{
  const BedTable *table;
  char *rows[BED_N_KINDS]; /* the caller's, or NULL */
  uint32_t n[BED_N_KINDS];
  uint64_t base;
  uint64_t latest;
} Picture;

static char *
picture_row (const Picture *picture, BedKind kind, uint32_t index)
{
  return picture->rows[kind] + (size_t) index * words_of[kind] * sizeof (uint64_t);
}

static bool
copy_row (Picture *picture, BedKind kind, uint32_t index)
{
  char *row = picture_row (picture, kind, index);

  if (!read_published (picture->table, kind, index, row, &picture->latest))
    return false;
  if (!row_is_good (picture->table, kind, row))
    memset (row, 0, words_of[kind] * sizeof (uint64_t));
  return true;
}

/* Copies rows as long as one attempt at each is enough; gives the first that needs more, or to. */
static uint32_t
copy_while_good (const Picture *picture, BedKind kind, uint32_t from, uint32_t to)
{
  const BedTable *table = picture->table;
  const uint64_t base = picture->base;
  BedUnitRow *units = (BedUnitRow *) picture->rows[BED_KIND_UNIT];
  BedBedRow *beds = (BedBedRow *) picture->rows[BED_KIND_BED];
  BedReferralRow *referrals = (BedReferralRow *) picture->rows[BED_KIND_REFERRAL];

  switch (kind)
    {
    case BED_KIND_UNIT:
      while (from < to && try_unit (table, from, base, &units[from]))
        from++;
      break;
    case BED_KIND_BED:
      if (try_beds (table, from, to, base, beds))
        return to;
      while (from < to && try_bed (table, from, base, &beds[from]))
        from++;
      break;
    case BED_KIND_REFERRAL:
      while (from < to && try_referral (table, from, base, &referrals[from]))
        from++;
      break;
    case BED_N_KINDS:
      break;
    }
  return from;
}

static bool
copy_rows (Picture *picture, BedKind kind, uint32_t from, uint32_t to)
{
  while (from < to)
    {
      BED_TABLE_READ_STEP ();
      from = copy_while_good (picture, kind, from, to - from < RUN_ROWS ? to : from + RUN_ROWS);
      if (from < to)
        {
          if (!copy_row (picture, kind, from))
            return false;
          from++;
        }
    }
  return true;
}

static bool
copy_everything (Picture *picture)
{
  const BedTable *table = picture->table;

  picture->base = picture->latest = load_revision (table);
  /* Loaded after the revision, so it covers every referral of it, and perhaps later ones. */
  picture->n[BED_KIND_REFERRAL] = bed_table_get_n_referrals (table);
  for (int kind = 0; kind < BED_N_KINDS; kind++)
    if (picture->rows[kind] && !copy_rows (picture, (BedKind) kind, 0, picture->n[kind]))
      return false;
  return true;
}

/* Copies again what has changed since base, up to the revision published now. False if the ring
 * has lost some of it. */
static bool
catch_up (Picture *picture)
{
  const BedTable *table = picture->table;
  const uint64_t to = load_revision (table);
  const uint32_t n_referrals = bed_table_get_n_referrals (table);
  const int64_t start = bed_table_find_change (table, picture->base);
  uint64_t position = (uint64_t) start;
  BedChange changes[RUN_ROWS];
  int n = RUN_ROWS;

  BED_TABLE_READ_STEP ();
  if (start < 0)
    return false;
  picture->latest = to;
  if (picture->rows[BED_KIND_REFERRAL]
      && !copy_rows (picture, BED_KIND_REFERRAL, picture->n[BED_KIND_REFERRAL], n_referrals))
    return false;
  picture->n[BED_KIND_REFERRAL] = n_referrals;

  while (n == RUN_ROWS)
    {
      BED_TABLE_READ_STEP ();
      n = bed_table_read_changes (table, &position, changes, RUN_ROWS);
      if (n < 0)
        return false;
      for (int i = 0; i < n; i++)
        {
          const BedKind kind = (BedKind) changes[i].kind;

          if (changes[i].revision > to)
            n = i; /* of later batches: the next round's */
          else if (picture->rows[kind] && changes[i].index < picture->n[kind]
                   && !copy_row (picture, kind, changes[i].index))
            return false;
        }
    }
  picture->base = to;
  return true;
}

/* Referral rows that were counted before the batch that fills them was published. */
static uint32_t
count_used (const Picture *picture)
{
  const BedReferralRow *referrals = (const BedReferralRow *) picture->rows[BED_KIND_REFERRAL];
  uint32_t n = picture->n[BED_KIND_REFERRAL];

  while (referrals && n > 0 && referrals[n - 1].code[0] == '\0')
    n--;
  return n;
}

bool
bed_table_read_all (const BedTable *table, BedUnitRow *units, BedBedRow *beds,
                    BedReferralRow *referrals, uint32_t *n_referrals, uint64_t *revision)
{
  Picture picture = { .table = table,
                      .rows = { (char *) units, (char *) beds, (char *) referrals },
                      .n = { table->sizes.units, table->sizes.beds, 0 } };
  bool is_begun = false;

  for (uint32_t tries = 0; tries < BED_TABLE_READ_ALL_TRIES; tries++)
    {
      is_begun = is_begun ? catch_up (&picture) : copy_everything (&picture);
      if (is_begun && picture.base == picture.latest)
        {
          if (n_referrals)
            *n_referrals = count_used (&picture);
          if (revision)
            *revision = picture.base;
          return true;
        }
    }
  return false;
}
