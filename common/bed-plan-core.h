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
  gboolean is_fixed; /* of a couple */
} PlanBed;

/* Two linked people are found and held together, or not at all. */
typedef enum
{
  PLAN_ALONE,    /* nobody is linked, or the other has gone on alone */
  PLAN_TOGETHER, /* both wait and are in the plan */
  PLAN_APART     /* the other does not wait yet, or is not in the plan */
} PlanCouple;

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
  guint8 *couple;          /* PlanCouple, of each person */
  guint32 *partner;        /* index of plan->people, where together */
  gboolean *is_fixed;      /* keeps the bed that first come, first served finds */
  guint n_bays;
  guint8 *bay_sex;   /* of each empty bay: BedSex or BED_PLAN_EITHER */
  guint8 *first_sex; /* as first come, first served has it */
  gboolean *is_bay_fixed; /* a couple's bed is in it */
} PlanMaking;

/* A unit that has said no to the person is not asked again. */
gboolean plan_may_use (const BedReferralRow *row, guint32 unit);

gboolean plan_is_linked (const BedReferralRow *row);

/* The person's needs as of now. */
void plan_read_needs (const BedPlanRows *rows, const BedReferralRow *row, BedNeedsProfile *needs);

/* How many more people a unit may take. */
guint32 plan_room_of (const BedPlanRows *rows, guint32 unit);

BedView plan_view (const BedPlanRows *rows); /* rows is borrowed */

/* Fills plan->people. */
void plan_list_people (const BedPlanRows *rows, BedPlan *plan);

/* Fills couple, partner, beds, units, room, choices, first and n_bays. */
void plan_list_choices (PlanMaking *making);

guint8 plan_sex_of (const PlanMaking *making, guint32 person);
gboolean plan_bay_takes (const PlanMaking *making, const guint8 *bay_sex, const PlanBed *bed, guint32 person);

/* Gives beds first come, first served: fills first_bed of plan->people, order, first_sex, and what is
 * fixed; takes the room of what is fixed. */
void plan_serve_first_come (PlanMaking *making);

/* Lists swaps with what the plan leaves over. */
void plan_find_swaps (const BedPlanRows *rows, BedPlan *plan);
