/* bed-row.c: the two-slot row: the writer's side, and the longer reads.
 *
 * Owns no memory. Why the order of these loads and stores is enough stands in bed-row.h. A failure
 * is only ever "the writer was faster", after BED_ROW_READ_TRIES.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-row.h"

/* A test that includes this file may define it, to stop the writer before any of its stores. */
#ifndef BED_ROW_STEP
#define BED_ROW_STEP() ((void) 0)
#endif

/* Inlined for each size of row, so that the copy has no loop. */
static inline __attribute__ ((always_inline)) bool
read_row (const uint64_t *version, uint32_t n_words, BedRowWord *payload)
{
  for (uint32_t tries = 0; tries < BED_ROW_READ_TRIES; tries++)
    if (__builtin_expect (bed_row_try (version, n_words, payload), 1))
      return true;
  return false;
}

bool
bed_row_read (const uint64_t *version, uint32_t n_words, void *payload)
{
  if (n_words == BED_ROW_WORDS)
    return read_row (version, BED_ROW_WORDS, payload);
  return read_row (version, BED_REFERRAL_ROW_WORDS, payload);
}

void
bed_row_read_before (const uint64_t *version, uint32_t n_words, void *payload)
{
  const uint64_t current = bed_row_load_word (version);

  bed_row_load_words (version + 1 + ((current + 1) & 1) * n_words, n_words, payload);
}

void
bed_row_store_word (uint64_t *word, uint64_t value)
{
  BED_ROW_STEP ();
  atomic_store_explicit ((_Atomic uint64_t *) word, value, memory_order_release);
}

void
bed_row_store_words (uint64_t *words, uint32_t n, const void *from)
{
  const BedRowWord *values = from;

  for (uint32_t i = 0; i < n; i++)
    bed_row_store_word (words + i, values[i]);
}

void
bed_row_write (uint64_t *version, uint32_t n_words, const void *payload)
{
  const uint64_t current = bed_row_load_word (version); /* ours alone to change */

  /* Each word carries the version stored before it to whoever loads the word (acquire). */
  bed_row_store_words (version + 1 + ((current + 1) & 1) * n_words, n_words, payload);
  /* Pairs with the first load of bed_row_read: from here on the new payload is the row. */
  bed_row_store_word (version, current + 1);
}
