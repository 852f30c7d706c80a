/* bench-commands.c: durable commands through the broker's socket.
 *
 * One command at a time against one write + fdatasync; 1, 16 and 256 clients that each wait for
 * their answer against PostgreSQL's claim (one prepared UPDATE … WHERE holder IS NULL and an INSERT
 * into a journal, in one statement and so one commit) with as many connections. Broker and server
 * run as processes of their own, both with their files in the same folder's filesystem.
 *
 * Usage: bench-commands BROKER [SECONDS [CLIENTS]]. Without PostgreSQL on the machine its rows are left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "bench-claims.h"
#include "bench-town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
measure_one (BenchTown *town)
{
  double ours[BENCH_ROUNDS], peers[BENCH_ROUNDS];
  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      ours[round] = 1e6 / bench_town_claim (town, 1, 1.0);
      peers[round] = bench_write_and_sync_us (town->folder, 3000);
    }
  bench_report (&(BenchRow) { .what = "one durable command through the socket", .unit = "us", .ours = ours,
                              .peers = peers, .peer_name = "write + fdatasync", .n = BENCH_ROUNDS, .at_most = 2 });
}

static void
measure_many (BenchTown *town, guint clients, double seconds, double goal)
{
  double ours[BENCH_ROUNDS], peers[BENCH_ROUNDS];
  g_autofree char *what = g_strdup_printf ("commands a second, %u waiting", clients);
  g_autoptr (BenchClaims) claims = bench_claims_new (town->folder, clients);
  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      ours[round] = bench_town_claim (town, clients, seconds);
      if (claims != NULL)
        peers[round] = bench_claims_run (claims, seconds);
    }
  if (clients == 256)
    bench_report (&(BenchRow) { .what = what, .unit = "/s", .ours = ours, .n = BENCH_ROUNDS, .at_least = 20000,
                                .more_is_better = TRUE });
  if (claims != NULL)
    bench_report (&(BenchRow) { .what = what, .unit = "/s", .ours = ours, .peers = peers,
                                .peer_name = "PostgreSQL claim", .n = BENCH_ROUNDS, .at_least = goal,
                                .more_is_better = TRUE });
  else
    printf ("%s: no PostgreSQL here, peer left out\n", what);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "usage: bench-commands BROKER [SECONDS [CLIENTS]]\n");
      return 2;
    }
  double seconds = argc > 2 ? g_ascii_strtod (argv[2], NULL) : 2.0;
  g_autoptr (BenchTown) town = bench_town_new (argv[1], 512);
  if (argc > 3) /* only ours: for a profiler */
    {
      printf ("%.0f commands a second\n", bench_town_claim (town, (guint) atoi (argv[3]), seconds));
      return 0;
    }
  measure_one (town);
  measure_many (town, 1, seconds, 0);
  measure_many (town, 16, seconds, 4);
  measure_many (town, 256, seconds, 8);
  return 0;
}
