/* bed-row.h: one changing row in shared memory: two slots and a version.
 *
 * Plain C11, the only atomics beside bed-table's counters. Version v says that slot v % 2 is
 * current. The writer fills the other slot and stores v + 1; a reader copies its slot and tries
 * again only if a write was completed meanwhile. A writer killed at any instruction therefore
 * leaves every row readable: lock-free for readers in the strict sense.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"

#include <stdbool.h>

/* A reader gives up after this many completed writes during its copies. */
#define BED_ROW_READ_TRIES 1000u

/* Copies the current payload of n words (BED_ROW_WORDS or BED_REFERRAL_ROW_WORDS). `version` is the
 * row's first word, its slots follow. False only after BED_ROW_READ_TRIES: payload is then not to
 * be used. Any number of threads and processes. */
bool bed_row_read (const uint64_t *version, uint32_t n_words, void *payload);

/* The same for n_rows rows that follow each other. How many, from the first on, were read: fewer
 * than n_rows only if that next one had BED_ROW_READ_TRIES. */
uint32_t bed_row_read_run (const uint64_t *version, uint32_t n_words, uint32_t n_rows,
                           void *payloads);

/* Copies the payload before the current one. It is whole only if no further write of the row has
 * begun: the caller must know that from elsewhere (bed-table-rows.c does, from the published
 * revision loaded afterwards). */
void bed_row_read_before (const uint64_t *version, uint32_t n_words, void *payload);

/* Makes payload the current one. One writer only, and it alone may call this. */
void bed_row_write (uint64_t *version, uint32_t n_words, const void *payload);

/* Single words and runs of them, for counters and rings: loads acquire, stores release, and none
 * moves past another of its kind. */
uint64_t bed_row_load_word (const uint64_t *word);
void bed_row_load_words (const uint64_t *words, uint32_t n, void *copy);
void bed_row_store_word (uint64_t *word, uint64_t value);
void bed_row_store_words (uint64_t *words, uint32_t n, const void *from);
