/* bed-table-faults.h: what no row may contain, for bed-table-rows.c only: inlined where rows are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-row.h"
#include "bed-table.h"
#include "bed-words.h"

#include <string.h>

/* They run for every row that anybody reads, so they are sums without branches: a fault is
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
         | (row->flags >= BED_FLAG_FLEX << 1) | (row->closed_reason >= BED_CLOSURE_N)
         | (row->n_answers > BED_ANSWERS);
}

/* Of the eight bytes of a bed's last word. */
static inline uint64_t
bed_limits (void)
{
  static const BedBedRow limits = { .service = BED_SERVICE_N,
                                    .closed_reason = BED_CLOSURE_N,
                                    .isolation = BED_ISOLATION_N,
                                    .commitment = BED_COMMITMENT_N,
                                    .source = BED_SOURCE_N,
                                    .display = BED_DISPLAY_N,
                                    .bay_sex = BED_BAY_SEX_N,
                                    .flags = BED_FLAG_OVERDUE }; /* which may be set: below */

  return word_at (&limits, offsetof (BedBedRow, service));
}

/* The infection is the low half of the byte whose high half the limits bound. */
static inline uint64_t
infection_faults (uint64_t word)
{
  static_assert (offsetof (BedBedRow, display) - offsetof (BedBedRow, service) == 5, "byte 4 of the word");
  return ((word >> 32 & 0xf) + (16 - BED_INFECTION_N)) >> 4;
}

/* Of a bed's payload by words, the size in which it has just been stored: reading it back by bytes
 * would wait for the stores. Words 1 … 3 are times, 4 the features out of order, 5 and 6 what is
 * named below, from the low byte up. */
static inline __attribute__ ((always_inline)) uint64_t
bed_faults (const BedTable *table, const BedRowWord *words)
{
  static_assert (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "low bytes come first");
  static_assert (BED_OCCUPANCY_N == 4 && BED_READINESS_N == 4, "two bits each: 0xfcfc are not");
  static_assert (
      offsetof (BedBedRow, confirmed_at_us) == 8 && offsetof (BedBedRow, until_us) == 16
          && offsetof (BedBedRow, expected_free_us) == 24
          && offsetof (BedBedRow, features_out) == 32 && offsetof (BedBedRow, referral) == 40
          && offsetof (BedBedRow, occupancy) == 46 && offsetof (BedBedRow, service) == 48
          && offsetof (BedBedRow, flags) == 55,
      "words 1 … 6");
  return ((words[1] | words[2] | words[3]) >> BED_TIME_BITS) | (words[4] >> BED_NEED_N)
         | index_faults ((uint32_t) words[5], table->sizes.referrals) | (words[5] >> 48 & 0xfcfc)
         | over_limits (words[6] & ~((uint64_t) BED_FLAG_OVERDUE << 56), bed_limits ()) | infection_faults (words[6]);
}

/* "" for a row never used, or seven bytes that can stand in any text ('-' … 'Z') and a 0. */
static inline uint64_t
code_faults (const char *code)
{
  const uint64_t word = word_at (code, 0);
  uint64_t faults = (uint8_t) code[BED_CODE_SIZE - 1];

#pragma GCC unroll 8
  for (int i = 0; i < BED_CODE_SIZE - 1; i++)
    faults |= (uint8_t) (code[i] - '-') > 'Z' - '-';
  return word == 0 ? 0 : faults;
}

static inline uint64_t
declined_faults (const BedTable *table, const BedReferralRow *row)
{
  uint64_t faults = 0;

#pragma GCC unroll 4
  for (int i = 0; i < BED_DECLINED_UNITS; i++)
    faults |= index_faults (row->declined_by[i], table->sizes.units);
  return faults;
}

static inline uint64_t
referral_faults (const BedTable *table, const BedReferralRow *row)
{
  return code_faults (row->code) | ((row->must | row->must_not | row->prefer) >> BED_NEED_N)
         | time_faults (row->submitted_at_us | row->ready_at_us | row->until_us
                        | row->expected_at_us | row->since_us | row->triaged_at_us
                        | row->arrived_at_us | row->chc_from_us | row->offered_at_us)
         | (row->easting > BED_MAX_METRES) | (row->northing > BED_MAX_METRES)
         | index_faults (row->bed, table->sizes.beds)
         | index_faults (row->offer_bed, table->sizes.beds)
         | index_faults (row->lapsed_bed, table->sizes.beds)
         | index_faults (row->linked, table->sizes.referrals) | declined_faults (table, row)
         | ((uint16_t) (row->home + 1) > table->sizes.districts) | (row->source >= BED_MAX_SOURCES)
         | (uint64_t) (row->breached >> BED_CLOCK_N)
         | ((uint8_t) (row->lap + 1) > table->sizes.laps) | (row->state >= BED_STATE_N)
         | (row->lane >= BED_LANE_N) | (row->pathway >= BED_PATHWAY_N) | (row->type >= BED_TYPE_N)
         | (row->sex >= BED_SEX_N) | (row->age_band >= BED_AGE_BAND_N)
         | (row->agreed >= BED_AGREED_N) | (row->home_first >= BED_HOME_FIRST_N)
         | (row->transport >= BED_TRANSPORT_N) | (row->waiting_for >= BED_WAITING_FOR_N)
         | (row->infection >= BED_INFECTION_N) | (row->weight_band >= BED_WEIGHT_N)
         | (row->paused_for > BED_PAUSE_N) | (row->left_to > BED_OUTCOME_N)
         | (row->stay_days >= BED_EPISODE_DAYS) | (row->is_exposed > 1);
}
