/* bed-plan-first.c: first come, first served: what the plan is compared with, and its promise.
 *
 * Each person in order of need takes the nearest suitable bed still free, within the staffed cap and
 * with one sex a bay; a couple takes two beds of one unit, nearest for whoever comes first. Couples'
 * beds are then fixed: they and their room are no longer there for the assignment.
 * Owns nothing beyond a call. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-plan-core.h"

typedef struct
{
  PlanMaking *making; /* borrowed */
  guint32 *room;      /* owned: of units, as beds are given */
  gboolean *is_given; /* owned: beds */
} First;

guint8
plan_sex_of (const PlanMaking *making, guint32 person)
{
  return making->rows->referrals[making->plan->people[person].referral].sex;
}

gboolean
plan_bay_takes (const PlanMaking *making, const guint8 *bay_sex, const PlanBed *bed, guint32 person)
{
  return bed->bay == BED_NONE || bay_sex[bed->bay] == BED_PLAN_EITHER
         || bay_sex[bed->bay] == plan_sex_of (making, person);
}

static const PlanChoice *
peek_choice (const First *first, guint32 i)
{
  return &g_array_index (first->making->choices, PlanChoice, i);
}

static PlanBed *
peek_bed (const First *first, guint32 plan_bed)
{
  return &g_array_index (first->making->beds, PlanBed, plan_bed);
}

static gboolean
may_have (const First *first, guint32 person, guint32 plan_bed)
{
  const PlanBed *bed = peek_bed (first, plan_bed);

  return !first->is_given[plan_bed] && first->room[bed->unit] > 0
         && plan_bay_takes (first->making, first->making->first_sex, bed, person);
}

static void
give (First *first, guint32 person, const PlanChoice *choice)
{
  const PlanBed *bed = peek_bed (first, choice->plan_bed);
  BedPlanned *planned = &first->making->plan->people[person];

  first->is_given[choice->plan_bed] = TRUE;
  first->room[bed->unit]--;
  if (bed->bay != BED_NONE)
    first->making->first_sex[bed->bay] = plan_sex_of (first->making, person);
  planned->first_bed = bed->bed;
  planned->first_metres = choice->metres;
}

/* bay_sex: what the bay was before; unused if the bed is in none. */
static void
take_back (First *first, guint32 person, const PlanChoice *choice, guint8 bay_sex)
{
  const PlanBed *bed = peek_bed (first, choice->plan_bed);

  first->is_given[choice->plan_bed] = FALSE;
  first->room[bed->unit]++;
  if (bed->bay != BED_NONE)
    first->making->first_sex[bed->bay] = bay_sex;
  first->making->plan->people[person].first_bed = BED_NONE;
}

/* The nearest bed still free; in that unit, or with BED_NONE in any. NULL if there is none. */
static const PlanChoice *
serve (First *first, guint32 person, guint32 unit)
{
  const PlanMaking *making = first->making;

  for (guint32 i = making->first[person]; i < making->first[person + 1]; i++)
    {
      const PlanChoice *choice = peek_choice (first, i);

      if ((unit != BED_NONE && peek_bed (first, choice->plan_bed)->unit != unit)
          || !may_have (first, person, choice->plan_bed))
        continue;
      give (first, person, choice);
      return choice;
    }
  return NULL;
}

static void
fix (First *first, guint32 person, const PlanChoice *choice)
{
  PlanMaking *making = first->making;
  PlanBed *bed = peek_bed (first, choice->plan_bed);

  bed->is_fixed = TRUE;
  making->is_fixed[person] = TRUE;
  g_array_index (making->room, guint32, bed->unit)--;
  if (bed->bay != BED_NONE)
    making->is_bay_fixed[bed->bay] = TRUE;
}

static void
serve_couple (First *first, guint32 person, guint32 partner)
{
  const PlanMaking *making = first->making;

  for (guint32 i = making->first[person]; i < making->first[person + 1]; i++)
    {
      const PlanChoice *choice = peek_choice (first, i);
      const PlanBed *bed = peek_bed (first, choice->plan_bed);
      const guint8 bay_sex = bed->bay != BED_NONE ? making->first_sex[bed->bay] : BED_PLAN_EITHER;

      if (!may_have (first, person, choice->plan_bed))
        continue;
      give (first, person, choice);
      const PlanChoice *beside = serve (first, partner, bed->unit);
      if (beside != NULL)
        {
          fix (first, person, choice);
          fix (first, partner, beside);
          return;
        }
      take_back (first, person, choice, bay_sex);
    }
}

static void
serve_everybody (First *first)
{
  const PlanMaking *making = first->making;

  for (guint32 person = 0; person < making->plan->n_people; person++)
    {
      if (making->couple[person] == PLAN_ALONE)
        serve (first, person, BED_NONE);
      else if (making->couple[person] == PLAN_TOGETHER && person < making->partner[person])
        serve_couple (first, person, making->partner[person]);
    }
}

void
plan_serve_first_come (PlanMaking *making)
{
  g_autofree guint32 *room = g_memdup2 (making->room->data, making->room->len * sizeof *room);
  g_autofree gboolean *is_given = g_new0 (gboolean, making->beds->len);
  First first = { making, room, is_given };
  guint n = 0;

  for (guint bay = 0; bay < making->n_bays; bay++)
    making->first_sex[bay] = BED_PLAN_EITHER;
  serve_everybody (&first);
  for (guint32 person = 0; person < making->plan->n_people; person++)
    if (making->plan->people[person].first_bed != BED_NONE)
      making->order[n++] = person;
  for (guint32 person = 0; person < making->plan->n_people; person++)
    if (making->plan->people[person].first_bed == BED_NONE)
      making->order[n++] = person;
}
