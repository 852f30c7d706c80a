/* bed-row.h: one changing row in shared memory: two slots and a version.
 *
 * Plain C11. The atomics: all of the project's are here and in bed-row.c. Version v
 * says that slot v % 2 is current. The writer fills the other slot and stores v + 1; a reader copies
 * its slot and tries again only if a write was completed meanwhile. A writer killed at any
 * instruction therefore leaves every row readable: lock-free for readers in the strict sense.
 *
 * Every shared word is stored with release and loaded with acquire: no fence and no memcpy, so that
 * the order is in the language and ThreadSanitizer can check it. On x86 both are plain moves. Why
 * it holds, R a reader and W the writer:
 *  - R loads version v with acquire; it pairs with W's release of v: R sees the whole slot of v.
 *  - If R loads a word of the *next* fill of that slot (made for v + 2), its acquire pairs with the
 *    release of that word; W had stored v + 1 before, so R's second load of the version cannot
 *    still be v. A release on the version alone would not give this.
 *
 * One attempt is inline: it costs less than the calls would.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"

#include <stdatomic.h>
#include <stdbool.h>

/* A reader gives up after this many completed writes during its copies. */
#define BED_ROW_READ_TRIES 1000u

/* Words from one row's version to the next one's: version, two slots, reserved. */
#define BED_ROW_STRIDE(n_words) (2u + 2u * (n_words))

/* Payloads are structs to their owners and words here. */
typedef uint64_t BedRowWord __attribute__ ((may_alias));

/* One word, with acquire: nothing that follows is loaded before it. */
static inline uint64_t
bed_row_load_word (const uint64_t *word)
{
  return atomic_load_explicit ((const _Atomic uint64_t *) word, memory_order_acquire);
}

/* A run of words, in order. A constant n gives a copy without a loop. */
static inline __attribute__ ((always_inline)) void
bed_row_load_words (const uint64_t *words, uint32_t n, void *copy)
{
  BedRowWord *to = copy;

#pragma GCC unroll 16
  for (uint32_t i = 0; i < n; i++)
    to[i] = bed_row_load_word (words + i); /* pairs with bed_row_store_words */
}

/* One attempt at the current payload: true if no write was completed meanwhile. Both slots begin
 * at once to come into the cache (12 ns less for a row that is far away), and the slot is chosen by
 * arithmetic: nobody can predict a version. */
static inline __attribute__ ((always_inline)) bool
bed_row_try (const uint64_t *version, uint32_t n_words, void *payload)
{
  __builtin_prefetch (version + 1 + n_words);

  const uint64_t before = bed_row_load_word (version); /* pairs with bed_row_write's last store */
  bed_row_load_words (version + 1 + (-(before & 1) & n_words), n_words, payload);
  return bed_row_load_word (version) == before;
}

/* Copies the current payload of n words (BED_ROW_WORDS or BED_REFERRAL_ROW_WORDS). `version` is the
 * row's first word, its slots follow. False only after BED_ROW_READ_TRIES: payload is then not to
 * be used. Any number of threads and processes. */
bool bed_row_read (const uint64_t *version, uint32_t n_words, void *payload);

/* Copies the payload before the current one. It is whole only if no further write of the row has
 * begun: the caller must know that from elsewhere (bed-table-rows.c does, from the published
 * revision loaded afterwards). */
void bed_row_read_before (const uint64_t *version, uint32_t n_words, void *payload);

/* Makes payload the current one. One writer only, and it alone may call this. */
void bed_row_write (uint64_t *version, uint32_t n_words, const void *payload);

/* Single words and runs of them, for counters and rings, with release: everything stored before is
 * seen by whoever loads them. The writer only. */
void bed_row_store_word (uint64_t *word, uint64_t value);
void bed_row_store_words (uint64_t *words, uint32_t n, const void *from);
