/* bench-county.h: a feed of 10,000 beds for a wallboard, and changes of it without end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#define BENCH_COUNTY_UNITS 417
#define BENCH_COUNTY_BEDS_A_UNIT 24
#define BENCH_COUNTY_BEDS (BENCH_COUNTY_UNITS * BENCH_COUNTY_BEDS_A_UNIT)
#define BENCH_COUNTY_PEOPLE 200

/* params of feed.snapshot, in one page. Owned by the caller. */
JsonObject *bench_county_snapshot (void);

/* JSON text of the params of the n-th feed.changes, as the gateway sends it: a bed has another state, the
 * ticker tells of it, and after each tenth somebody in the queue has a bed held, or no longer. Owned by
 * the caller. */
char *bench_county_change (guint64 n);
