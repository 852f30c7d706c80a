/* ctl-simulate-summary.c: what a run comes to: as tables, or as one JSON value.
 *
 * A lively day has only its commands and their answers. A simulated winter also has its people,
 * waits, distances, breaches by cause, and what was found when register and simulation were
 * compared. Owns nothing; cannot fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "ctl-reads.h"
#include "ctl-tables.h"

#include <string.h>

#define FINDINGS_SHOWN 20

/* One number of the summary. */
typedef struct
{
  const char *name;
  const char *words;
  double value;
  guint digits;
} Figure;

static double
divide (double part, double whole)
{
  return whole > 0 ? part / whole : 0;
}

static guint
count_declines (const CtlTally *tally)
{
  guint n = 0;
  for (guint i = 0; i < BED_DECLINE_N; i++)
    n += tally->declines[i];
  return n;
}

static guint
count_breaches (const CtlTally *tally)
{
  GHashTableIter iter;
  gpointer count = NULL;
  guint n = 0;
  g_hash_table_iter_init (&iter, tally->breaches);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    n += GPOINTER_TO_UINT (count);
  return n;
}

static GArray *
list_figures (const CtlWorld *world)
{
  const CtlTally *tally = &world->tally;
  double days = world->now_min / 60 / 24;
  guint n_declines = count_declines (tally);
  double answers = n_declines + (double) tally->placed;
  const Figure figures[] = {
    { "days", "days", days, 1 },
    { "referrals", "referrals", tally->referrals, 0 },
    { "urgent", "of them urgent", tally->urgent, 0 },
    { "couples", "couples", tally->couples, 0 },
    { "placed", "placed (accepted)", tally->placed, 0 },
    { "arrived", "arrived", tally->arrived, 0 },
    { "left", "left", tally->left, 0 },
    { "home", "simple pathway, at home", tally->went_home, 0 },
    { "withdrawn", "withdrawn", tally->withdrawn, 0 },
    { "redirected", "redirected", tally->redirected, 0 },
    { "died", "died", tally->died, 0 },
    { "placing_median_hours", "referral to acceptance, median h", ctl_tally_find_quantile (tally->placings, 0.5), 1 },
    { "placing_p90_hours", "referral to acceptance, p90 h", ctl_tally_find_quantile (tally->placings, 0.9), 1 },
    { "wait_median_hours", "referral to arrival, median h", ctl_tally_find_quantile (tally->waits, 0.5), 1 },
    { "wait_p90_hours", "referral to arrival, p90 h", ctl_tally_find_quantile (tally->waits, 0.9), 1 },
    { "waiting_max", "waiting at once, most", tally->waiting_max, 0 },
    { "median_km", "to the bed, median km", ctl_tally_find_quantile (tally->metres, 0.5) / 1000, 1 },
    { "excess_km", "beyond the nearest suitable bed, mean km", ctl_tally_find_mean (tally->excesses) / 1000, 1 },
    { "home_lap_percent", "in their own LAP, %", 100 * divide (tally->home_lap, tally->excesses->len), 0 },
    { "declined_percent", "asked and declined, %", 100 * divide (n_declines, answers), 0 },
    { "holds_expired", "holds expired", tally->holds_expired, 0 },
    { "turned_back", "turned back", tally->turned_back, 0 },
    { "cancelled", "cancelled", tally->cancelled, 0 },
    { "moved", "moved", tally->moved, 0 },
    { "away", "away and kept", tally->away, 0 },
    { "outbreaks", "outbreaks", tally->outbreaks, 0 },
    { "surge_opened", "surge beds opened", tally->surge_opened, 0 },
    { "occupancy_percent", "occupied, mean %", 100 * divide (tally->occupancy, tally->samples), 1 },
    { "stale_percent", "beds stale, mean %", 100 * divide (tally->stale_samples, tally->bed_samples), 1 },
    { "stay_median_days", "stays planned, median days", ctl_tally_find_quantile (tally->stays, 0.5), 1 },
    { "stay_mean_days", "stays planned, mean days", ctl_tally_find_mean (tally->stays), 1 },
    { "breaches", "breaches", count_breaches (tally), 0 },
  };
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Figure));
  g_array_append_vals (list, figures, G_N_ELEMENTS (figures));
  return list;
}

static CtlTable *
make_figures (const CtlWorld *world)
{
  static const CtlColumn columns[] = { { "A SIMULATED WINTER", FALSE, 0 }, { "", TRUE, 0 } };
  g_autoptr (GArray) figures = list_figures (world);
  CtlTable *table = ctl_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < figures->len; i++)
    {
      const Figure *figure = &g_array_index (figures, Figure, i);
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (figure->words));
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup_printf ("%.*f", (int) figure->digits, figure->value));
    }
  return table;
}

static GList *
list_breaches (const CtlTally *tally)
{
  return g_list_sort (g_hash_table_get_keys (tally->breaches), (GCompareFunc) strcmp);
}

static CtlTable *
make_breaches (const CtlTally *tally)
{
  static const CtlColumn columns[] = { { "BREACH", FALSE, 0 }, { "CAUSE", FALSE, 0 }, { "TIMES", TRUE, 0 } };
  CtlTable *table = ctl_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (GList) keys = list_breaches (tally);
  for (GList *link = keys; link != NULL; link = link->next)
    {
      g_auto (GStrv) parts = g_strsplit (link->data, " ", 2);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (tally->breaches, link->data));
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (parts[0]));
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (parts[1]));
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup_printf ("%u", count));
    }
  return table;
}

static CtlTable *
make_declines (const CtlTally *tally)
{
  static const CtlColumn columns[] = { { "DECLINED", FALSE, 0 }, { "DATA WRONG", FALSE, 0 }, { "TIMES", TRUE, 0 } };
  CtlTable *table = ctl_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < BED_DECLINE_N; i++)
    if (tally->declines[i] > 0)
      {
        ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (bed_words_print (&bed_decline_words, i)));
        ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (bed_decline_is_starred (i) ? "yes" : ""));
        ctl_table_add (table, CTL_TINT_PLAIN, g_strdup_printf ("%u", tally->declines[i]));
      }
  return table;
}

static CtlTable *
make_answers (const CtlWorld *world)
{
  static const CtlColumn columns[]
      = { { "COMMAND", FALSE, 0 }, { "ANSWER", FALSE, 0 }, { "TIMES", TRUE, 0 } };
  g_autoptr (GArray) answers = ctl_crew_list_answers (world->crew);
  CtlTable *table = ctl_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < answers->len; i++)
    {
      const CtlAnswerCount *answer = &g_array_index (answers, CtlAnswerCount, i);
      const char *word = answer->reason != NULL ? answer->reason : "accepted";
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (answer->method));
      ctl_table_add (table, answer->reason != NULL ? CTL_TINT_HELD : CTL_TINT_FREE, g_strdup (word));
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup_printf ("%u", answer->count));
    }
  return table;
}

static void
print_findings (const CtlFindings *findings, GString *out)
{
  g_string_append_printf (out, "\nChecked %u people and %u beds: %u stuck, %u strange, %u lost, %u phantom\n",
                          findings->n_people, findings->n_beds, findings->stuck, findings->strange,
                          findings->lost, findings->phantoms);
  for (guint i = 0; i < findings->lines->len && i < FINDINGS_SHOWN; i++)
    g_string_append_printf (out, "  %s\n", (char *) g_ptr_array_index (findings->lines, i));
}

static void
print_tables (const CtlWorld *world, const CtlFindings *findings)
{
  CtlTerminal terminal = ctl_terminal_look ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (CtlTable) answers = make_answers (world);
  if (findings != NULL)
    {
      g_autoptr (CtlTable) figures = make_figures (world);
      g_autoptr (CtlTable) breaches = make_breaches (&world->tally);
      g_autoptr (CtlTable) declines = make_declines (&world->tally);
      CtlTable *tables[] = { figures, breaches, declines };
      for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
        {
          ctl_table_print (tables[i], &terminal, 0, out);
          g_string_append_c (out, '\n');
        }
    }
  ctl_table_print (answers, &terminal, 0, out);
  if (findings != NULL)
    print_findings (findings, out);
  ctl_print (out->str);
}

/* JSON */

static void
add_answers (const CtlWorld *world, BedJson *json)
{
  g_autoptr (GArray) answers = ctl_crew_list_answers (world->crew);
  bed_json_begin_array (json);
  for (guint i = 0; i < answers->len; i++)
    {
      const CtlAnswerCount *answer = &g_array_index (answers, CtlAnswerCount, i);
      bed_json_begin_object (json);
      bed_json_add_string (json, "command", answer->method);
      bed_json_add_string (json, "answer", answer->reason != NULL ? answer->reason : "accepted");
      bed_json_add_int (json, "times", answer->count);
      bed_json_end_object (json);
    }
  bed_json_end_array (json);
}

static void
add_counts (const CtlTally *tally, BedJson *json)
{
  g_autoptr (GList) keys = list_breaches (tally);
  bed_json_name (json, "breaches_by_cause");
  bed_json_begin_array (json);
  for (GList *link = keys; link != NULL; link = link->next)
    {
      g_auto (GStrv) parts = g_strsplit (link->data, " ", 2);
      bed_json_begin_object (json);
      bed_json_add_string (json, "clock", parts[0]);
      bed_json_add_string (json, "cause", parts[1]);
      bed_json_add_int (json, "times", GPOINTER_TO_UINT (g_hash_table_lookup (tally->breaches, link->data)));
      bed_json_end_object (json);
    }
  bed_json_end_array (json);
  bed_json_name (json, "declines");
  bed_json_begin_object (json);
  for (guint i = 0; i < BED_DECLINE_N; i++)
    if (tally->declines[i] > 0)
      bed_json_add_int (json, bed_words_print (&bed_decline_words, i), tally->declines[i]);
  bed_json_end_object (json);
}

static void
add_findings (const CtlFindings *findings, BedJson *json)
{
  bed_json_name (json, "checked");
  bed_json_begin_object (json);
  bed_json_add_int (json, "people", findings->n_people);
  bed_json_add_int (json, "beds", findings->n_beds);
  bed_json_add_int (json, "stuck", findings->stuck);
  bed_json_add_int (json, "strange", findings->strange);
  bed_json_add_int (json, "lost", findings->lost);
  bed_json_add_int (json, "phantoms", findings->phantoms);
  bed_json_name (json, "findings");
  bed_json_begin_array (json);
  for (guint i = 0; i < findings->lines->len && i < FINDINGS_SHOWN; i++)
    bed_json_string (json, g_ptr_array_index (findings->lines, i));
  bed_json_end_array (json);
  bed_json_end_object (json);
}

static void
print_json (const CtlWorld *world, const CtlFindings *findings)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 4096);
  if (findings == NULL)
    add_answers (world, &json);
  else
    {
      g_autoptr (GArray) figures = list_figures (world);
      bed_json_begin_object (&json);
      for (guint i = 0; i < figures->len; i++)
        {
          const Figure *figure = &g_array_index (figures, Figure, i);
          bed_json_name (&json, figure->name);
          bed_json_double (&json, figure->value);
        }
      add_counts (&world->tally, &json);
      bed_json_name (&json, "answers");
      add_answers (world, &json);
      add_findings (findings, &json);
      bed_json_end_object (&json);
    }
  g_autofree char *text = g_strconcat (json.text->str, "\n", NULL);
  ctl_print (text);
}

void
ctl_summary_print (const CtlWorld *world, const CtlFindings *findings, gboolean is_json)
{
  if (is_json)
    print_json (world, findings);
  else
    print_tables (world, findings);
}
