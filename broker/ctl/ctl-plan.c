/* ctl-plan.c: homewardctl plan: the best beds for all who wait, at once, and swaps.
 *
 * The same plan as a gateway's queue.plan, over the same map; it commits nothing. Owns nothing beyond
 * the call. Fails without a broker (3) and for a LAP that does not exist.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-reads.h"

#include "ctl-picture.h"
#include "ctl-tables.h"

#include "common/bed-plan.h"
#include "common/bed-words.h"

#include <stdlib.h>

static void
add_kilometres (CtlTable *out, CtlTint tint, guint64 metres)
{
  ctl_table_add (out, tint, g_strdup_printf ("%.1f km", (double) metres / 1000));
}

static const char *
peek_unit_name (const BedPlan *plan, guint32 bed)
{
  return plan->table->units[plan->table->beds[bed].unit].name;
}

/* A person's line: bed, unit and metres, or why there is none; then what first come would give. */
static void
add_person (CtlTable *out, const BedPlan *plan, const BedPlanned *person)
{
  const BedReferralRow *row = &plan->referrals[person->referral];

  ctl_table_add (out, CTL_TINT_STRONG, g_strdup (row->code));
  ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (bed_words_print (&bed_lane_words, row->lane)));
  if (person->bed != BED_NONE)
    {
      ctl_table_add (out, CTL_TINT_FREE, g_strdup (plan->table->beds[person->bed].id));
      ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (peek_unit_name (plan, person->bed)));
      add_kilometres (out, CTL_TINT_STRONG, person->metres);
    }
  else
    {
      ctl_table_add (out, CTL_TINT_HELD, g_strdup ("none"));
      ctl_table_add (out, CTL_TINT_QUIET, g_strdelimit (g_strdup (bed_plan_reason_word (person->reason)), "_", ' '));
      ctl_table_add (out, CTL_TINT_PLAIN, NULL);
    }
  if (person->first_bed == BED_NONE)
    {
      ctl_table_add (out, CTL_TINT_QUIET, g_strdup ("none"));
      ctl_table_add (out, CTL_TINT_QUIET, NULL);
      return;
    }
  ctl_table_add (out, CTL_TINT_QUIET, g_strdup (plan->table->beds[person->first_bed].id));
  add_kilometres (out, CTL_TINT_QUIET, person->first_metres);
}

static void
print_people (const BedPlan *plan, guint32 lap, const CtlTerminal *terminal, GString *out)
{
  static const CtlColumn columns[] = {
    { "REFERRAL", FALSE, 0 }, { "LANE", FALSE, 0 },       { "BED", FALSE, 8 },  { "UNIT", FALSE, 8 },
    { "DISTANCE", TRUE, 0 },  { "FIRST COME", FALSE, 8 }, { "DISTANCE", TRUE, 0 },
  };
  g_autoptr (CtlTable) people = ctl_table_new (columns, G_N_ELEMENTS (columns));

  for (guint32 i = 0; i < plan->n_people; i++)
    if (bed_plan_shows (plan, plan->people[i].referral, lap))
      add_person (people, plan, &plan->people[i]);
  if (ctl_table_get_n_rows (people) > 0)
    ctl_table_print (people, terminal, 0, out);
  else
    g_string_append (out, "Nobody is waiting.\n");
}

static void
print_totals (const BedPlan *plan, guint32 lap, GString *out)
{
  BedPlanTotals totals;

  bed_plan_sum (plan, lap, &totals);
  g_string_append_printf (out, "\n%u placed, %.1f km in all; first come, first served: %u, %.1f km\n", totals.placed,
                          (double) totals.total_metres / 1000, totals.first_come_placed,
                          (double) totals.first_come_metres / 1000);
  if (totals.saved_metres >= 0)
    g_string_append_printf (out, "The plan saves those %u %.1f km.\n", totals.first_come_placed,
                            (double) totals.saved_metres / 1000);
  else
    g_string_append_printf (out, "It costs those %u %.1f km that more are placed.\n", totals.first_come_placed,
                            (double) -totals.saved_metres / 1000);
  if (plan->n_left_out > 0)
    g_string_append_printf (out, "%u more people wait: a plan is for the %d in greatest need.\n", plan->n_left_out,
                            BED_PLAN_PEOPLE);
}

static void
print_swaps (const BedPlan *plan, guint32 lap, const CtlTerminal *terminal, GString *out)
{
  static const CtlColumn columns[] = {
    { "SWAP", FALSE, 0 }, { "FROM", FALSE, 8 }, { "TO", FALSE, 8 }, { "SAVES", TRUE, 0 }, { "WITH", FALSE, 0 },
  };
  g_autoptr (CtlTable) swaps = ctl_table_new (columns, G_N_ELEMENTS (columns));

  for (guint32 i = 0; i < plan->n_swaps; i++)
    {
      const BedSwap *swap = &plan->swaps[i];

      if (!bed_plan_shows_swap (plan, swap, lap))
        continue;
      ctl_table_add (swaps, CTL_TINT_STRONG, g_strdup (plan->referrals[swap->referral].code));
      ctl_table_add (swaps, CTL_TINT_QUIET, g_strdup (plan->table->beds[swap->from].id));
      ctl_table_add (swaps, CTL_TINT_FREE, g_strdup (plan->table->beds[swap->to].id));
      add_kilometres (swaps, CTL_TINT_STRONG, swap->saves_metres);
      ctl_table_add (swaps, CTL_TINT_PLAIN, swap->with != BED_NONE ? g_strdup (plan->referrals[swap->with].code) : NULL);
    }
  if (ctl_table_get_n_rows (swaps) == 0)
    return;
  g_string_append_c (out, '\n');
  ctl_table_print (swaps, terminal, 0, out);
}

static void
print_plan (const BedPlan *plan, guint32 lap)
{
  const CtlTerminal terminal = ctl_terminal_look ();
  g_autoptr (GString) out = g_string_new (NULL);

  print_people (plan, lap, &terminal, out);
  print_totals (plan, lap, out);
  print_swaps (plan, lap, &terminal, out);
  ctl_print (out->str);
}

CtlExit
ctl_plan (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *lap = NULL;
  const GOptionEntry entries[] = {
    { "lap", 0, 0, G_OPTION_ARG_STRING, &lap, "Only this LAP's people; the plan is still for all", "ID" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  CtlExit exit = CTL_USAGE;

  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return exit;
  g_autoptr (CtlPicture) picture = ctl_picture_open (options, lap, NULL, &exit);
  if (picture == NULL)
    return exit;
  const BedPlanRows rows = { .table = &picture->map->table,
                             .places = picture->map->places,
                             .units = picture->units,
                             .beds = picture->beds,
                             .referrals = picture->referrals,
                             .n_referrals = picture->n_referrals,
                             .revision = picture->revision,
                             .now_us = ctl_picture_get_now (picture, NULL) };
  g_autoptr (BedPlan) plan = bed_plan_new (&rows);
  if (!options->is_json)
    {
      print_plan (plan, picture->sight.lap);
      return CTL_DONE;
    }
  g_auto (BedJson) json;
  bed_json_init (&json, 16 * 1024);
  bed_plan_print (plan, picture->sight.lap, &json);
  g_string_append_c (json.text, '\n');
  ctl_print (json.text->str);
  return CTL_DONE;
}
