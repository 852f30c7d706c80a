/* bed-plan-print.c: a plan's sums, and queue.plan's result as the language has it.
 *
 * Owns nothing. Nothing can fail. Lists are bounded by the plan's own limits, so that a result is far
 * smaller than a page (256 KiB).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-plan.h"

#define ROW_BYTES 192 /* no listed row is longer: a code or two, two ids, a number, names of members */

static_assert ((BED_PLAN_PEOPLE + BED_PLAN_SWAPS) * ROW_BYTES < 192 * 1024, "a plan fits one page");

const char *
bed_plan_reason_word (BedPlanReason reason)
{
  switch (reason)
    {
    case BED_PLAN_PLACES:
      return NULL;
    case BED_PLAN_NONE_SUITS:
      return "none_suits";
    case BED_PLAN_NEEDED_BY_OTHERS:
      return "needed_by_others";
    case BED_PLAN_COUPLE:
      return "couple";
    }
  return NULL;
}

gboolean
bed_plan_shows (const BedPlan *plan, guint32 referral, guint32 lap)
{
  return lap == BED_NONE || plan->referrals[referral].lap == lap;
}

gboolean
bed_plan_shows_swap (const BedPlan *plan, const BedSwap *swap, guint32 lap)
{
  return bed_plan_shows (plan, swap->referral, lap)
         || (swap->with != BED_NONE && bed_plan_shows (plan, swap->with, lap));
}

void
bed_plan_sum (const BedPlan *plan, guint32 lap, BedPlanTotals *totals)
{
  *totals = (BedPlanTotals) { 0 };
  for (guint32 i = 0; i < plan->n_people; i++)
    {
      const BedPlanned *person = &plan->people[i];

      if (!bed_plan_shows (plan, person->referral, lap))
        continue;
      if (person->bed != BED_NONE)
        {
          totals->placed++;
          totals->total_metres += person->metres;
        }
      if (person->first_bed != BED_NONE)
        {
          totals->first_come_placed++;
          totals->first_come_metres += person->first_metres;
          totals->saved_metres += (gint64) person->first_metres - person->metres; /* it has a bed: rule 2 */
        }
    }
}

static void
print_assigned (const BedPlan *plan, const BedPlanned *person, BedJson *json)
{
  const BedBed *bed = &plan->table->beds[person->bed];

  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", plan->referrals[person->referral].code);
  bed_json_add_string (json, "bed", bed->id);
  bed_json_add_string (json, "unit", plan->table->units[bed->unit].id);
  bed_json_add_int (json, "metres", person->metres);
  bed_json_end_object (json);
}

static void
print_people (const BedPlan *plan, guint32 lap, BedJson *json)
{
  bed_json_name (json, "assigned");
  bed_json_begin_array (json);
  for (guint32 i = 0; i < plan->n_people; i++)
    if (plan->people[i].bed != BED_NONE && bed_plan_shows (plan, plan->people[i].referral, lap))
      print_assigned (plan, &plan->people[i], json);
  bed_json_end_array (json);
  bed_json_name (json, "unassigned");
  bed_json_begin_array (json);
  for (guint32 i = 0; i < plan->n_people; i++)
    if (plan->people[i].bed == BED_NONE && bed_plan_shows (plan, plan->people[i].referral, lap))
      {
        bed_json_begin_object (json);
        bed_json_add_string (json, "referral", plan->referrals[plan->people[i].referral].code);
        bed_json_add_string (json, "reason", bed_plan_reason_word (plan->people[i].reason));
        bed_json_end_object (json);
      }
  bed_json_end_array (json);
}

static void
print_swaps (const BedPlan *plan, guint32 lap, BedJson *json)
{
  bed_json_name (json, "swaps");
  bed_json_begin_array (json);
  for (guint32 i = 0; i < plan->n_swaps; i++)
    {
      const BedSwap *swap = &plan->swaps[i];

      if (!bed_plan_shows_swap (plan, swap, lap))
        continue;
      bed_json_begin_object (json);
      bed_json_add_string (json, "referral", plan->referrals[swap->referral].code);
      bed_json_add_string (json, "from", plan->table->beds[swap->from].id);
      bed_json_add_string (json, "to", plan->table->beds[swap->to].id);
      bed_json_add_int (json, "saves_metres", swap->saves_metres);
      if (swap->with != BED_NONE)
        bed_json_add_string (json, "with", plan->referrals[swap->with].code);
      bed_json_end_object (json);
    }
  bed_json_end_array (json);
}

void
bed_plan_print (const BedPlan *plan, guint32 lap, BedJson *json)
{
  BedPlanTotals totals;

  bed_plan_sum (plan, lap, &totals);
  bed_json_begin_object (json);
  bed_json_add_int (json, "revision", (gint64) plan->revision);
  print_people (plan, lap, json);
  bed_json_add_int (json, "total_metres", (gint64) totals.total_metres);
  bed_json_add_int (json, "first_come_metres", (gint64) totals.first_come_metres);
  bed_json_add_int (json, "saved_metres", totals.saved_metres);
  bed_json_add_int (json, "placed", totals.placed);
  bed_json_add_int (json, "first_come_placed", totals.first_come_placed);
  bed_json_name (json, "left_out");
  bed_json_begin_object (json);
  bed_json_add_int (json, "people", plan->n_left_out);
  bed_json_add_int (json, "people_with_farther_beds", plan->n_cut_off);
  bed_json_end_object (json);
  bed_json_add_int (json, "bays_settled", plan->n_settled);
  print_swaps (plan, lap, json);
  bed_json_end_object (json);
}
