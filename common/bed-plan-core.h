/* bed-plan-core.h: what the parts of bed-plan.h share: the state of a plan in the making.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-plan.h"

#define BED_PLAN_EITHER 2 /* sexes: 0 and 1 are BedSex */

/* A bed that somebody waiting may have. */
typedef struct
{
  guint32 bed;
  guint32 unit; /* index in PlanMaking.units */
  guint32 bay;  /* index of an empty bay of either sex, or BED_NONE */
} PlanBed;

typedef struct
{
  guint32 plan_bed; /* index in PlanMaking.beds */
  guint32 metres;
  guint8 spare_features;
} PlanChoice;

typedef struct
{
  const BedPlanRows *rows; /* borrowed */
  BedPlan *plan;           /* borrowed */
  BedView view;            /* of rows; while choices are listed */
  GArray *beds;            /* PlanBed */
  GArray *units;           /* guint32: index in the table */
  GArray *room;            /* guint32, in step: how many more may come */
  GArray *choices;         /* PlanChoice, nearest first within a person */
  guint32 *first;          /* people + 1: where a person's choices begin */
  guint32 *order;          /* people placed first come, first served, then the others: indexes of plan->people */
  guint32 listing;         /* the person whose choices are being listed */
  guint n_bays;
  guint8 *bay_sex;   /* of each empty bay: BedSex or BED_PLAN_EITHER */
  guint8 *first_sex; /* as first come, first served has it */
} PlanMaking;

/* A unit that has said no to the person is not asked again. */
gboolean plan_may_use (const BedReferralRow *row, guint32 unit);

/* Two linked people are found and held together, never apart. */
gboolean plan_is_of_couple (const BedReferralRow *row);

/* The person's needs as of now. */
void plan_read_needs (const BedPlanRows *rows, const BedReferralRow *row, BedNeedsProfile *needs);

/* How many more people a unit may take. */
guint32 plan_room_of (const BedPlanRows *rows, guint32 unit);

BedView plan_view (const BedPlanRows *rows); /* rows is borrowed */

/* Fills plan->people. */
void plan_list_people (const BedPlanRows *rows, BedPlan *plan);

/* Fills beds, units, room, choices, first and n_bays. */
void plan_list_choices (PlanMaking *making);

/* Lists swaps with what the plan leaves over. */
void plan_find_swaps (const BedPlanRows *rows, BedPlan *plan);
