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
bool bed_row_read (const uint64_t *version, uint32_t n_words, uint64_t *payload);

/* Makes payload the current one. One writer only, and it alone may call this. */
void bed_row_write (uint64_t *version, uint32_t n_words, const uint64_t *payload);
