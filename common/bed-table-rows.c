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
#include "bed-words.h"

#include <string.h>

/* A test that includes this file may define it, and RUN_ROWS, to let a writer act in the middle of
 * a read. */
#ifndef BED_TABLE_READ_STEP
#define BED_TABLE_READ_STEP() ((void) 0)
#endif

/* Copied before they are checked: they stay in the first-level cache. */
#ifndef RUN_ROWS
#define RUN_ROWS 64u
#endif

static const uint32_t words_of[BED_N_KINDS]
    = { BED_ROW_WORDS, BED_ROW_WORDS, BED_REFERRAL_ROW_WORDS };

/* Checks. They run for every row that anybody reads, so they are sums without branches: a fault is
 * any bit that is left. */

static inline uint64_t
word_at (const void *row, size_t offset)
{
  uint64_t word;

  memcpy (&word, (const char *) row + offset, sizeof word);
  return word;
}

/* Eight bytes at once, each below its own limit of 1 … 128: the top bit of a byte that is not. */
static inline uint64_t
over_limits (uint64_t bytes, uint64_t limits)
{
  const uint64_t tops = UINT64_C (0x8080808080808080);

  return (((bytes & ~tops) + (tops - limits)) | bytes) & tops;
}

static inline uint64_t
time_faults (int64_t times_us)
{
  return (uint64_t) times_us >> BED_TIME_BITS;
}

/* BED_NONE + 1 is 0, every other index must be below n. */
static inline uint64_t
index_faults (uint32_t index, uint32_t n)
{
  return index + 1 > n;
}

static inline uint64_t
unit_faults (const BedTable *table, const BedUnitRow *row)
{
  return time_faults (row->confirmed_at_us | row->cap_until_us) | (row->counted > table->sizes.beds)
         | (row->free > table->sizes.beds) | (row->in_effect > table->sizes.beds)
         | (row->flags >= BED_FLAG_BAY_UNSURE << 1) | (row->closed_reason >= BED_CLOSURE_N);
}

static inline uint64_t
bed_faults (const BedTable *table, const BedBedRow *row)
{
  static const BedBedRow limits = { .service = BED_SERVICE_N,
                                    .closed_reason = BED_CLOSURE_N,
                                    .isolation = BED_ISOLATION_N,
                                    .commitment = BED_COMMITMENT_N,
                                    .source = BED_SOURCE_N,
                                    .display = BED_DISPLAY_N,
                                    .bay_sex = BED_BAY_SEX_N,
                                    .flags = BED_FLAG_BAY_UNSURE << 1 };
  const size_t last = offsetof (BedBedRow, service);

  static_assert (offsetof (BedBedRow, flags) == offsetof (BedBedRow, service) + 7, "one word");
  return over_limits (word_at (row, last), word_at (&limits, last))
         | (row->occupancy >= BED_OCCUPANCY_N) | (row->readiness >= BED_READINESS_N)
         | index_faults (row->referral, table->sizes.referrals) | (row->features_out >> BED_NEED_N)
         | time_faults (row->confirmed_at_us | row->until_us | row->expected_free_us);
}

/* "" for a row never used, or seven bytes that can stand in any text ('-' … 'Z') and a 0. */
static inline uint64_t
code_faults (const char *code)
{
  const uint64_t word = word_at (code, 0);
  uint64_t faults = (uint8_t) code[BED_CODE_SIZE - 1];

  for (int i = 0; i < BED_CODE_SIZE - 1; i++)
    faults |= (uint8_t) (code[i] - '-') > 'Z' - '-';
  return word == 0 ? 0 : faults;
}

static inline uint64_t
referral_faults (const BedTable *table, const BedReferralRow *row)
{
  return code_faults (row->code) | ((row->must | row->must_not | row->prefer) >> BED_NEED_N)
         | time_faults (row->submitted_at_us | row->ready_at_us | row->until_us
                        | row->expected_at_us | row->since_us)
         | (row->easting > BED_MAX_METRES) | (row->northing > BED_MAX_METRES)
         | index_faults (row->bed, table->sizes.beds) | index_faults (row->offer_bed, table->sizes.beds)
         | ((uint16_t) (row->home + 1) > table->sizes.districts) | (row->source >= BED_MAX_SOURCES)
         | (uint64_t) (row->breached >> BED_CLOCK_N)
         | ((uint8_t) (row->lap + 1) > table->sizes.laps) | (row->state >= BED_STATE_N)
         | (row->lane >= BED_LANE_N) | (row->pathway >= BED_PATHWAY_N) | (row->type >= BED_TYPE_N)
         | (row->sex >= BED_SEX_N) | (row->age_band >= BED_AGE_BAND_N)
         | (row->agreed >= BED_AGREED_N) | (row->flags >= BED_REFERRAL_HELD_ONCE << 1);
}

bool
bed_table_check_unit (const BedTable *table, const BedUnitRow *row)
{
  return unit_faults (table, row) == 0;
}

bool
bed_table_check_bed (const BedTable *table, const BedBedRow *row)
{
  return bed_faults (table, row) == 0;
}

bool
bed_table_check_referral (const BedTable *table, const BedReferralRow *row)
{
  return referral_faults (table, row) == 0;
}

/* How many of n rows, from the first on, are rows and not newer than revision. */
static uint32_t
count_good (const BedTable *table, BedKind kind, const char *rows, uint32_t n, uint64_t revision)
{
  const BedUnitRow *units = (const BedUnitRow *) rows;
  const BedBedRow *beds = (const BedBedRow *) rows;
  const BedReferralRow *referrals = (const BedReferralRow *) rows;
  uint32_t i = 0;

  switch (kind)
    {
    case BED_KIND_UNIT:
      while (i < n && ((units[i].revision > revision) | unit_faults (table, &units[i])) == 0)
        i++;
      break;
    case BED_KIND_BED:
      while (i < n && ((beds[i].revision > revision) | bed_faults (table, &beds[i])) == 0)
        i++;
      break;
    case BED_KIND_REFERRAL:
      while (i < n
             && ((referrals[i].revision > revision) | referral_faults (table, &referrals[i])) == 0)
        i++;
      break;
    case BED_N_KINDS:
      break;
    }
  return i;
}

/* One row. */

static const uint64_t *
row_version (const BedTable *table, BedKind kind, uint32_t index)
{
  return table->rows[kind] + (size_t) index * (2 + 2 * words_of[kind]);
}

/* The row of some published revision: at least *published as the caller knows it, at most what it
 * then is. False only if the writer was faster each time. */
static bool
read_published (const BedTable *table, BedKind kind, uint32_t index, void *row, uint64_t *published)
{
  const uint64_t *version = row_version (table, kind, index);

  for (uint32_t tries = 0; tries < BED_ROW_READ_TRIES; tries++)
    {
      if (!bed_row_read (version, words_of[kind], row))
        return false;
      if (__builtin_expect (word_at (row, 0) <= *published, 1))
        return true;
      BED_TABLE_READ_STEP ();
      *published = bed_table_get_revision (table);
      if (word_at (row, 0) <= *published)
        return true;

      BED_TABLE_READ_STEP ();
      bed_row_read_before (version, words_of[kind], row);
      BED_TABLE_READ_STEP ();
      if (bed_table_get_revision (table) == *published)
        return word_at (row, 0) <= *published;
    }
  return false;
}

/* Nothing unchecked is left in *row. */

bool
bed_table_read_unit (const BedTable *table, uint32_t index, BedUnitRow *row)
{
  uint64_t published = bed_table_get_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < table->sizes.units && read_published (table, BED_KIND_UNIT, index, row, &published)
      && unit_faults (table, row) == 0)
    return true;
  memset (row, 0, sizeof *row);
  return false;
}

bool
bed_table_read_bed (const BedTable *table, uint32_t index, BedBedRow *row)
{
  uint64_t published = bed_table_get_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < table->sizes.beds && read_published (table, BED_KIND_BED, index, row, &published)
      && bed_faults (table, row) == 0)
    return true;
  memset (row, 0, sizeof *row);
  return false;
}

bool
bed_table_read_referral (const BedTable *table, uint32_t index, BedReferralRow *row)
{
  uint64_t published = bed_table_get_revision (table);

  BED_TABLE_READ_STEP ();
  if (index < table->sizes.referrals
      && read_published (table, BED_KIND_REFERRAL, index, row, &published)
      && referral_faults (table, row) == 0)
    return true;
  memset (row, 0, sizeof *row);
  return false;
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
  if (count_good (picture->table, kind, row, 1, UINT64_MAX) == 0)
    memset (row, 0, words_of[kind] * sizeof (uint64_t));
  return true;
}

static bool
copy_rows (Picture *picture, BedKind kind, uint32_t from, uint32_t to)
{
  while (from < to)
    {
      const uint32_t n = to - from < RUN_ROWS ? to - from : RUN_ROWS;
      const uint32_t end = from + n;

      BED_TABLE_READ_STEP ();
      if (bed_row_read_run (row_version (picture->table, kind, from), words_of[kind], n,
                            picture_row (picture, kind, from))
          < n)
        return false;
      while ((from += count_good (picture->table, kind, picture_row (picture, kind, from),
                                  end - from, picture->base))
             < end)
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

  picture->base = picture->latest = bed_table_get_revision (table);
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
  const uint64_t to = bed_table_get_revision (table);
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
