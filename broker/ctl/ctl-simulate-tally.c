/* ctl-simulate-tally.c: what a run counts as it goes, and what can be read off it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-tally.h"

void
ctl_tally_init (CtlTally *tally)
{
  *tally = (CtlTally) { 0 };
  tally->breaches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray **arrays[] = { &tally->waits, &tally->placings, &tally->metres, &tally->excesses, &tally->stays };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_array_new (FALSE, FALSE, sizeof (double));
}

void
ctl_tally_clear (CtlTally *tally)
{
  g_clear_pointer (&tally->breaches, g_hash_table_unref);
  GArray **arrays[] = { &tally->waits, &tally->placings, &tally->metres, &tally->excesses, &tally->stays };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_array_unref);
}

void
ctl_tally_breach (CtlTally *tally, const char *clock, const char *cause)
{
  g_autofree char *key = g_strdup_printf ("%s %s", clock, cause);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (tally->breaches, key));
  g_hash_table_replace (tally->breaches, g_steal_pointer (&key), GUINT_TO_POINTER (count + 1));
}

void
ctl_tally_add (GArray *values, double value)
{
  g_array_append_val (values, value);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;
  return (one > other) - (one < other);
}

double
ctl_tally_find_quantile (const GArray *values, double part)
{
  if (values->len == 0)
    return 0;
  g_autofree double *sorted = g_memdup2 (values->data, values->len * sizeof (double));
  qsort (sorted, values->len, sizeof (double), compare_doubles);
  return sorted[MIN ((guint) (part * values->len), values->len - 1)];
}

double
ctl_tally_find_mean (const GArray *values)
{
  double sum = 0;
  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, double, i);
  return values->len > 0 ? sum / values->len : 0;
}
