/* test-model.c: the register against a naive model of it, by random commands.
 *
 *   HOMEWARD_MODEL_SEED=N     only that seed, every command told
 *   HOMEWARD_MODEL_FIRST=N    the first seed (0)
 *   HOMEWARD_MODEL_SEEDS=N    how many: 500, or 10,000 with HOMEWARD_LONG=1
 *   argument K of N           only every N-th seed, from the K-th: one process for each core
 *
 * A failure prints its seed. A method that was never accepted in a whole run is a failure too: a
 * generator that never gets there proves nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run.h"

#include <stdlib.h>

#define SEEDS 500
#define SEEDS_LONG 10000
#define SEEDS_ENOUGH 10 /* fewer need not reach every method */

static guint64 part, parts = 1;

static guint64
read_number (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);
  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
print_counts (const RunCounts *counts)
{
  for (guint method = 0; method < BED_N_METHODS; method++)
    if (method != BED_METHOD_IMPORT)
      g_test_message ("%-26s %9" G_GUINT64_FORMAT " accepted %9" G_GUINT64_FORMAT " refused", bed_method_word ((BedMethod) method),
                      counts->accepted[method], counts->refused[method]);
  g_test_message ("%" G_GUINT64_FORMAT " couples, %" G_GUINT64_FORMAT " batches taken back, %" G_GUINT64_FORMAT
                  " loads, %" G_GUINT64_FORMAT " replays, %" G_GUINT64_FORMAT " exports",
                  counts->couples, counts->taken_back, counts->crashes, counts->replays, counts->exports);
}

static void
test_seeds (void)
{
  RunCounts counts = { 0 };
  guint64 n = read_number ("HOMEWARD_MODEL_SEEDS", g_getenv ("HOMEWARD_LONG") != NULL ? SEEDS_LONG : SEEDS);
  guint64 first = read_number ("HOMEWARD_MODEL_FIRST", 0);
  gint64 started_us = g_get_monotonic_time ();
  for (guint64 i = 0; i < n; i++)
    {
      g_autofree char *fault = run_seed (first + i * parts + part, FALSE, &counts);
      if (fault != NULL)
        {
          g_test_message ("\n%s", fault);
          g_test_fail ();
          return;
        }
    }
  print_counts (&counts);
  g_test_message ("%" G_GUINT64_FORMAT " seeds of %d commands in %.1f s", n, RUN_COMMANDS,
                  (double) (g_get_monotonic_time () - started_us) / 1e6);
  g_assert_true (n < SEEDS_ENOUGH || (counts.couples > 0 && counts.crashes > 0 && counts.replays > 0 && counts.exports > 0 && counts.taken_back > 0));
  for (guint method = 0; n >= SEEDS_ENOUGH && method < BED_N_METHODS; method++)
    if (counts.accepted[method] == 0 && method != BED_METHOD_IMPORT)
      {
        g_test_message ("%s was never accepted", bed_method_word ((BedMethod) method));
        g_test_fail ();
      }
}

static void
test_one_seed (void)
{
  RunCounts counts = { 0 };
  g_autofree char *fault = run_seed (read_number ("HOMEWARD_MODEL_SEED", 0), TRUE, &counts);
  if (fault != NULL)
    {
      g_test_message ("\n%s", fault);
      g_test_fail ();
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3)
    {
      part = g_ascii_strtoull (argv[1], NULL, 10);
      parts = MAX (1, g_ascii_strtoull (argv[2], NULL, 10));
    }
  if (g_getenv ("HOMEWARD_MODEL_SEED") != NULL)
    g_test_add_func ("/model/seed", test_one_seed);
  else
    g_test_add_func ("/model/seeds", test_seeds);
  return g_test_run ();
}
