/* bench.h: what every benchmark shares: a monotonic clock, medians, and one table as output.
 *
 * A benchmark measures its figure and its peer in turn, in the same run, at least BENCH_ROUNDS
 * times, and reports the median of each and of their ratio: the machine may be noisy, the ratio
 * holds. Nothing here fails a build: a missed goal is printed as missed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BENCH_ROUNDS 5

gint64 bench_now_ns (void); /* CLOCK_MONOTONIC */

/* Microseconds of one write and one fdatasync in a folder, over n of them: the floor of durability. */
double bench_write_and_sync_us (const char *folder, guint n);

/* The median of n values; sorts them. */
double bench_median (double *values, guint n);

/* Prints the heading once, then one line: what | ours | peer | ratio | goal | met or MISSED. ours and
 * peer are medians in unit, of which more is better if more_is_better. goal is "≤ 2.0" (ours / peer
 * at most) or "≥ 100" (ours better than peer by at least that factor). peer 0: no peer, the goal is
 * about the figure itself. */
typedef struct
{
  const char *what;
  const char *unit;
  const char *peer_name;
  double *ours;
  double *peers; /* in step with ours: pairs of one round; NULL: no peer */
  guint n;
  double at_most;  /* goal: ratio ours / peer at most; 0: not used */
  double at_least; /* goal: the peer needs this many times as long, or does so many times less; 0 */
  gboolean more_is_better;
} BenchRow;

void bench_report (const BenchRow *row);
