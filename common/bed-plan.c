/* bed-plan.c: the best plan for everybody: first come, first served, then the exact assignment.
 *
 * First come, first served is both what the plan is compared with and the promise that nobody it
 * places is left without a bed. So these people are assigned first (bed-assign.h), and after them
 * everybody else, in order of need.
 * A couple keeps the two beds that first come, first served finds: two beds of one unit are no
 * assignment of single people. An empty bay of either sex is what the assignment cannot know: the plan is made as if it could be
 * mixed, and where it is, a sex is settled and the plan made again. Where first come, first served
 * uses the bay, that is its sex, so its promise can always be kept.
 * Owns the plan it makes. Reads rows that the caller has copied, so nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-assign.h"
#include "bed-plan-core.h"

#include <string.h>

#define COST_OF_METRE (G_GINT64_CONSTANT (1) << 16) /* more than all spare features of one plan */

static_assert (BED_PLAN_PEOPLE * BED_NEED_N < 1 << 16, "spare features never weigh as much as a metre");

/* The assignment, with the bays' sexes as they are settled so far. */

/* Couples have their beds, or none. */
static void
list_costs (const PlanMaking *making, guint32 person, GArray *costs)
{
  if (making->couple[person] != PLAN_ALONE)
    return;
  for (guint32 i = making->first[person]; i < making->first[person + 1]; i++)
    {
      const PlanChoice *choice = &g_array_index (making->choices, PlanChoice, i);
      const PlanBed *bed = &g_array_index (making->beds, PlanBed, choice->plan_bed);
      const BedChoice cost = { .bed = choice->plan_bed,
                               .cost = choice->metres * COST_OF_METRE + choice->spare_features };

      if (!bed->is_fixed && plan_bay_takes (making, making->bay_sex, bed, person))
        g_array_append_val (costs, cost);
    }
}

/* Fills bed_of: by person, an index of making->beds or BED_NONE. */
static void
assign (const PlanMaking *making, guint32 *bed_of)
{
  const guint32 n = making->plan->n_people;
  g_autoptr (GArray) costs = g_array_sized_new (FALSE, FALSE, sizeof (BedChoice), making->choices->len);
  g_autofree guint32 *first = g_new (guint32, n + 1);
  g_autofree guint32 *unit_of = g_new (guint32, making->beds->len);
  g_autofree guint32 *bed_of_place = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    {
      first[i] = costs->len;
      list_costs (making, making->order[i], costs);
    }
  first[n] = costs->len;
  for (guint32 i = 0; i < making->beds->len; i++)
    unit_of[i] = g_array_index (making->beds, PlanBed, i).unit;
  const BedAssignment assignment = { .people = n,
                                     .beds = making->beds->len,
                                     .units = making->units->len,
                                     .first = first,
                                     .choices = (const BedChoice *) costs->data,
                                     .unit_of = unit_of,
                                     .room = (const guint32 *) making->room->data };
  bed_assign (&assignment, bed_of_place);
  for (guint32 i = 0; i < n; i++)
    bed_of[making->order[i]] = bed_of_place[i];
}

static const PlanChoice *
peek_choice (const PlanMaking *making, guint32 person, guint32 plan_bed)
{
  for (guint32 i = making->first[person]; i < making->first[person + 1]; i++)
    if (g_array_index (making->choices, PlanChoice, i).plan_bed == plan_bed)
      return &g_array_index (making->choices, PlanChoice, i);
  return NULL;
}

/* Bays. */

/* How many people of each sex a plan puts into each empty bay. */
typedef struct
{
  guint n[BED_SEX_N];
} BayCount;

static BayCount *
count_bays (const PlanMaking *making, const guint32 *bed_of)
{
  BayCount *counts = g_new0 (BayCount, making->n_bays);

  for (guint32 person = 0; person < making->plan->n_people; person++)
    if (bed_of[person] != BED_NONE)
      {
        const guint32 bay = g_array_index (making->beds, PlanBed, bed_of[person]).bay;

        if (bay != BED_NONE)
          counts[bay].n[plan_sex_of (making, person)]++;
      }
  return counts;
}

static gboolean
is_mixed (const BayCount *count)
{
  return count->n[BED_SEX_FEMALE] != 0 && count->n[BED_SEX_MALE] != 0;
}

/* Settles a sex for every bay that is mixed, or, if all, for every bay. Returns how many. */
static guint
settle_bays (PlanMaking *making, const guint32 *bed_of, gboolean all)
{
  g_autofree BayCount *counts = count_bays (making, bed_of);
  guint n = 0;

  for (guint bay = 0; bay < making->n_bays; bay++)
    if (making->bay_sex[bay] == BED_PLAN_EITHER && (all || is_mixed (&counts[bay])))
      {
        const guint *used = counts[bay].n;

        making->bay_sex[bay] = making->first_sex[bay];
        if (making->bay_sex[bay] == BED_PLAN_EITHER)
          making->bay_sex[bay] = used[BED_SEX_MALE] > used[BED_SEX_FEMALE] ? BED_SEX_MALE : BED_SEX_FEMALE;
        making->plan->n_settled += is_mixed (&counts[bay]);
        n++;
      }
  return n;
}

static gboolean
has_mixed_bay (const PlanMaking *making, const guint32 *bed_of)
{
  g_autofree BayCount *counts = count_bays (making, bed_of);

  for (guint bay = 0; bay < making->n_bays; bay++)
    if (is_mixed (&counts[bay]))
      return TRUE;
  return FALSE;
}

static gint64
cost_of (const PlanMaking *making, const guint32 *bed_of)
{
  gint64 cost = 0;

  for (guint32 person = 0; person < making->plan->n_people; person++)
    if (bed_of[person] != BED_NONE)
      {
        const PlanChoice *choice = peek_choice (making, person, bed_of[person]);

        cost += choice->metres * COST_OF_METRE + choice->spare_features;
      }
  return cost;
}

/* Who is placed decides first, then the cost. */
static gboolean
is_better (const PlanMaking *making, const guint32 *bed_of, const guint32 *than)
{
  for (guint32 i = 0; i < making->plan->n_people; i++)
    {
      const guint32 person = making->order[i];

      if ((bed_of[person] != BED_NONE) != (than[person] != BED_NONE))
        return bed_of[person] != BED_NONE;
    }
  return cost_of (making, bed_of) < cost_of (making, than);
}

/* Tries the other sex of settled bays, one after the other. */
static void
try_other_sexes (PlanMaking *making, guint32 *bed_of)
{
  const gsize size = making->plan->n_people * sizeof *bed_of;
  g_autofree guint32 *other = g_new (guint32, making->plan->n_people);
  guint tries = 0;

  for (guint bay = 0; bay < making->n_bays && tries < BED_PLAN_TRIES; bay++)
    {
      const guint8 sex = making->bay_sex[bay];

      if (sex == BED_PLAN_EITHER || making->is_bay_fixed[bay])
        continue;
      tries++;
      making->bay_sex[bay] = sex == BED_SEX_FEMALE ? BED_SEX_MALE : BED_SEX_FEMALE;
      assign (making, other);
      if (!has_mixed_bay (making, other) && is_better (making, other, bed_of))
        memcpy (bed_of, other, size);
      else
        making->bay_sex[bay] = sex;
    }
}

static void
plan_beds (PlanMaking *making)
{
  g_autofree guint32 *bed_of = g_new (guint32, making->plan->n_people);
  guint rounds = 0;

  for (guint bay = 0; bay < making->n_bays; bay++)
    making->bay_sex[bay] = making->is_bay_fixed[bay] ? making->first_sex[bay] : BED_PLAN_EITHER;
  assign (making, bed_of);
  while (settle_bays (making, bed_of, rounds == BED_PLAN_TRIES) > 0)
    {
      assign (making, bed_of);
      rounds++;
    }
  if (making->plan->n_settled > 0)
    try_other_sexes (making, bed_of);
  for (guint32 person = 0; person < making->plan->n_people; person++)
    {
      BedPlanned *planned = &making->plan->people[person];

      if (making->is_fixed[person])
        {
          planned->bed = planned->first_bed;
          planned->metres = planned->first_metres;
        }
      else if (bed_of[person] != BED_NONE)
        {
          planned->bed = g_array_index (making->beds, PlanBed, bed_of[person]).bed;
          planned->metres = peek_choice (making, person, bed_of[person])->metres;
        }
      else if (making->couple[person] != PLAN_ALONE)
        planned->reason = BED_PLAN_COUPLE;
      else
        planned->reason = making->first[person] == making->first[person + 1] ? BED_PLAN_NONE_SUITS
                                                                             : BED_PLAN_NEEDED_BY_OTHERS;
    }
}

BedPlan *
bed_plan_new (const BedPlanRows *rows)
{
  BedPlan *plan = g_new0 (BedPlan, 1);
  g_autoptr (GArray) beds = g_array_new (FALSE, FALSE, sizeof (PlanBed));
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) room = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (PlanChoice));

  plan->table = rows->table;
  plan->referrals = rows->referrals;
  plan->revision = rows->revision;
  plan_list_people (rows, plan);
  g_autofree guint32 *first = g_new (guint32, plan->n_people + 1);
  g_autofree guint32 *order = g_new (guint32, plan->n_people);
  g_autofree guint8 *couple = g_new0 (guint8, plan->n_people);
  g_autofree guint32 *partner = g_new (guint32, plan->n_people);
  g_autofree gboolean *is_fixed = g_new0 (gboolean, plan->n_people);
  PlanMaking making = { .rows = rows, .plan = plan, .beds = beds, .units = units, .room = room,
                        .choices = choices, .first = first, .order = order, .couple = couple,
                        .partner = partner, .is_fixed = is_fixed };
  plan_list_choices (&making);
  g_autofree guint8 *bay_sex = g_new (guint8, making.n_bays);
  g_autofree guint8 *first_sex = g_new (guint8, making.n_bays);
  g_autofree gboolean *is_bay_fixed = g_new0 (gboolean, making.n_bays);
  making.bay_sex = bay_sex;
  making.first_sex = first_sex;
  making.is_bay_fixed = is_bay_fixed;
  plan_serve_first_come (&making);
  plan_beds (&making);
  plan_find_swaps (rows, plan);
  return plan;
}

void
bed_plan_free (BedPlan *plan)
{
  g_free (plan->people);
  g_free (plan);
}
