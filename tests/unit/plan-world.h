/* plan-world.h: a small register with people in it, for the tests of the plan.
 *
 * The world of find, and rows for its units and for people. A case changes what it is about, then
 * makes the plan.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "find-world.h"

#include "common/bed-plan.h"

#define PLAN_PEOPLE_MAX (BED_PLAN_PEOPLE + 8)
#define EAST_OF(metres) (400000 + (metres)) /* of the first district */
#define NORTH 100000

typedef struct
{
  World *world; /* owned */
  BedUnitRow units[UNITS_MAX];
  BedReferralRow people[PLAN_PEOPLE_MAX];
  guint32 n_people;
} PlanWorld;

static inline PlanWorld *
plan_world_new (void)
{
  PlanWorld *self = g_new0 (PlanWorld, 1);

  self->world = world_new ();
  add_district (self->world, "SO51", EAST_OF (0), NORTH);
  return self;
}

static inline void
plan_world_free (PlanWorld *self)
{
  world_free (self->world);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanWorld, plan_world_free)

/* A unit of n free rooms, so many metres east of everything: the first bed's index. */
static inline guint32
plan_world_add_unit (PlanWorld *self, guint32 metres, guint n, guint32 room)
{
  const guint32 unit = self->world->table.sizes.units;

  add_unit (self->world, 0, EAST_OF (metres), NORTH, n);
  self->units[unit].staffed_cap = room;
  self->world->units[unit].admission = BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS;
  return self->world->units[unit].first_bed;
}

/* n beds from first share an empty bay of either sex. */
static inline void
plan_world_share (PlanWorld *self, guint32 first, guint n, guint16 bay)
{
  for (guint32 bed = first; bed < first + n; bed++)
    {
      self->world->beds[bed].bay = bay;
      self->world->beds[bed].bay_sex = BED_BAY_SEX_ANY;
      self->world->rows[bed].bay_sex = BED_BAY_SEX_ANY;
    }
}

/* A woman in the flow lane who has waited less than those before her. */
static inline BedReferralRow *
plan_world_add_person (PlanWorld *self, guint32 metres)
{
  BedReferralRow *row = &self->people[self->n_people];

  row->linked = row->lapsed_bed = BED_NONE;
  for (guint i = 0; i < BED_DECLINED_UNITS; i++)
    row->declined_by[i] = BED_NONE;
  g_snprintf (row->code, sizeof row->code, "P%05u", self->n_people);
  row->submitted_at_us = 1000 + self->n_people;
  row->easting = EAST_OF (metres);
  row->northing = NORTH;
  row->bed = row->offer_bed = BED_NONE;
  row->home = BED_NONE_16;
  row->state = BED_STATE_WAITING;
  row->lane = BED_LANE_FLOW;
  row->pathway = BED_PATHWAY_SUPPORTED;
  row->type = BED_TYPE_REHAB;
  row->sex = BED_SEX_FEMALE;
  self->n_people++;
  return row;
}

/* Somebody for whom this bed is held. */
static inline BedReferralRow *
plan_world_add_held (PlanWorld *self, guint32 metres, guint32 bed)
{
  BedReferralRow *row = plan_world_add_person (self, metres);

  row->state = BED_STATE_HELD;
  row->bed = bed;
  self->world->rows[bed].commitment = BED_COMMITMENT_HELD;
  self->world->rows[bed].referral = self->n_people - 1;
  self->units[self->world->beds[bed].unit].counted++;
  return row;
}

static inline BedPlan *
plan_world_plan (PlanWorld *self)
{
  BedPlanRows rows = { .table = &self->world->table, .units = self->units, .beds = self->world->rows,
                       .referrals = self->people, .n_referrals = self->n_people, .revision = 7, .now_us = 2000 };

  open_world (self->world);
  rows.places = self->world->places;
  for (guint32 unit = 0; unit < self->world->table.sizes.units; unit++)
    {
      BedUnitRow derived;

      read_unit (self->world, unit, &derived);
      self->units[unit].flags = derived.flags;
      self->units[unit].offerable = derived.offerable;
    }
  return bed_plan_new (&rows);
}

/* Of a referral, by its index. */
static inline const BedPlanned *
plan_world_look (const BedPlan *plan, guint32 referral)
{
  for (guint32 i = 0; i < plan->n_people; i++)
    if (plan->people[i].referral == referral)
      return &plan->people[i];
  g_assert_not_reached ();
}
