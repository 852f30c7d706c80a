/* bench.c: see bench.h. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BLOCK 256 /* bytes: about one journal row */

gint64
bench_now_ns (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

double
bench_median (double *values, guint n)
{
  g_return_val_if_fail (n > 0, 0);
  qsort (values, n, sizeof *values, compare);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void
print_heading (void)
{
  static gsize is_printed = 0;
  if (g_once_init_enter (&is_printed))
    {
      printf ("%-52s %16s %16s  %-26s %9s %8s\n", "what", "ours", "peer", "peer is", "ratio", "goal");
      g_once_init_leave (&is_printed, 1);
    }
}

void
bench_report (const BenchRow *row)
{
  g_autofree double *ratios = g_new (double, row->n);
  g_autofree char *peer = g_strdup ("-"), *ratio = g_strdup ("-"), *goal = g_strdup ("");
  double value;
  print_heading ();
  for (guint i = 0; i < row->n; i++)
    {
      double other = row->peers != NULL ? row->peers[i] : 1;
      gboolean is_factor = row->at_least > 0 && row->peers != NULL && !row->more_is_better;
      ratios[i] = is_factor ? other / row->ours[i] : row->ours[i] / other;
    }
  value = bench_median (ratios, row->n);
  gboolean is_met = (row->at_most <= 0 || value <= row->at_most) && (row->at_least <= 0 || value >= row->at_least);
  if (row->peers != NULL)
    {
      g_free (peer);
      g_free (ratio);
      peer = g_strdup_printf ("%.4g %s", bench_median (row->peers, row->n), row->unit);
      ratio = g_strdup_printf ("%.2f", value);
    }
  if (row->at_most > 0 || row->at_least > 0)
    {
      g_free (goal);
      goal = row->at_most > 0 ? g_strdup_printf ("≤ %g", row->at_most) : g_strdup_printf ("≥ %g", row->at_least);
    }
  g_autofree char *ours = g_strdup_printf ("%.4g %s", bench_median (row->ours, row->n), row->unit);
  printf ("%-52s %16s %16s  %-26s %9s %8s  %s\n", row->what, ours, peer, row->peer_name != NULL ? row->peer_name : "",
          ratio, goal, goal[0] == '\0' ? "" : is_met ? "met" : "MISSED");
  fflush (stdout);
}

double
bench_write_and_sync_us (const char *folder, guint n)
{
  g_autofree char *file = g_build_filename (folder, "raw", NULL);
  char block[BLOCK];
  memset (block, 'x', sizeof block);
  int fd = open (file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gint64 start = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    if (write (fd, block, sizeof block) != (gssize) sizeof block || fdatasync (fd) != 0)
      g_error ("raw write: %s", g_strerror (errno));
  double us = (double) (bench_now_ns () - start) / 1e3 / n;
  close (fd);
  return us;
}
