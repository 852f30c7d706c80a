/* bed-row.c: the two-slot row, and the only atomics of the shared memory.
 *
 * Owns no memory. Every shared word is stored with release and loaded with acquire: no fence and no
 * memcpy, so that the order is in the language and ThreadSanitizer can check it. On x86 both are
 * plain moves. Why it holds, R a reader and W the writer:
 *  - R loads version v with acquire; it pairs with W's release of v: R sees the whole slot of v.
 *  - If R loads a word of the *next* fill of that slot (made for v + 2), its acquire pairs with the
 *    release of that word; W had stored v + 1 before, so R's second load of the version cannot
 *    still be v. A release on the version alone would not give this.
 * A failure is only ever "the writer was faster", after BED_ROW_READ_TRIES.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-row.h"

#include <stdatomic.h>

/* A test that includes this file may define it, to stop the writer before any of its stores. */
#ifndef BED_ROW_STEP
#define BED_ROW_STEP() ((void) 0)
#endif

#define ROW_WORDS(n_words) (2 + 2 * (n_words)) /* version, two slots, reserved */

/* Payloads are structs to their owners and words here. */
typedef uint64_t Word __attribute__ ((may_alias));

static inline uint64_t
load (const uint64_t *word)
{
  return atomic_load_explicit ((const _Atomic uint64_t *) word, memory_order_acquire);
}

static inline void
store (uint64_t *word, uint64_t value)
{
  BED_ROW_STEP ();
  atomic_store_explicit ((_Atomic uint64_t *) word, value, memory_order_release);
}

static inline __attribute__ ((always_inline)) void
load_slot (const uint64_t *slot, uint32_t n_words, Word *payload)
{
#pragma GCC unroll 16
  for (uint32_t i = 0; i < n_words; i++)
    payload[i] = load (slot + i); /* pairs with store () in bed_row_write */
}

/* Inlined for each size of row, so that the copy has no loop. */
static inline __attribute__ ((always_inline)) bool
read_current (const uint64_t *version, uint32_t n_words, Word *payload)
{
  uint64_t before = load (version); /* pairs with the last store of bed_row_write */

  for (uint32_t tries = 0; tries < BED_ROW_READ_TRIES; tries++)
    {
      load_slot (version + 1 + (before & 1) * n_words, n_words, payload);

      uint64_t after = load (version);
      if (__builtin_expect (after == before, 1))
        return true;
      before = after;
    }
  return false;
}

static inline __attribute__ ((always_inline)) uint32_t
read_run (const uint64_t *version, uint32_t n_words, uint32_t n_rows, Word *payloads)
{
  for (uint32_t i = 0; i < n_rows; i++)
    if (!read_current (version + (size_t) i * ROW_WORDS (n_words), n_words,
                       payloads + (size_t) i * n_words))
      return i;
  return n_rows;
}

bool
bed_row_read (const uint64_t *version, uint32_t n_words, void *payload)
{
  if (n_words == BED_ROW_WORDS)
    return read_current (version, BED_ROW_WORDS, payload);
  if (n_words == BED_REFERRAL_ROW_WORDS)
    return read_current (version, BED_REFERRAL_ROW_WORDS, payload);
  return read_current (version, n_words, payload);
}

uint32_t
bed_row_read_run (const uint64_t *version, uint32_t n_words, uint32_t n_rows, void *payloads)
{
  if (n_words == BED_ROW_WORDS)
    return read_run (version, BED_ROW_WORDS, n_rows, payloads);
  if (n_words == BED_REFERRAL_ROW_WORDS)
    return read_run (version, BED_REFERRAL_ROW_WORDS, n_rows, payloads);
  return read_run (version, n_words, n_rows, payloads);
}

void
bed_row_read_before (const uint64_t *version, uint32_t n_words, void *payload)
{
  const uint64_t current = load (version);

  load_slot (version + 1 + ((current + 1) & 1) * n_words, n_words, payload);
}

void
bed_row_write (uint64_t *version, uint32_t n_words, const void *payload)
{
  const Word *words = payload;
  const uint64_t current = load (version); /* ours alone to change */
  uint64_t *slot = version + 1 + ((current + 1) & 1) * n_words;

  for (uint32_t i = 0; i < n_words; i++)
    store (slot + i, words[i]); /* each carries the version stored before it: see the top */
  store (version, current + 1); /* from here on the new payload is the row */
}

uint64_t
bed_row_load_word (const uint64_t *word)
{
  return load (word);
}

void
bed_row_load_words (const uint64_t *words, uint32_t n, void *copy)
{
  Word *to = copy;

  for (uint32_t i = 0; i < n; i++)
    to[i] = load (words + i);
}

void
bed_row_store_word (uint64_t *word, uint64_t value)
{
  store (word, value);
}

void
bed_row_store_words (uint64_t *words, uint32_t n, const void *from)
{
  const Word *values = from;

  for (uint32_t i = 0; i < n; i++)
    store (words + i, values[i]);
}
