/* bed-plan.h: the best plan for everybody: all waiting people to all offerable beds at once.
 *
 * A picture of what would be best now; it commits nothing. What "best" means, exactly:
 *  1. Order of need is the broker's when it proposes: urgent lane first, in each lane whoever was
 *     turned back, then the most overdue. First come, first served gives each in that order the
 *     nearest suitable bed still free, within staffed caps and with one sex a bay.
 *  2. Whoever gets a bed first come, first served gets one in the plan: nobody breaches sooner for it.
 *  3. Of the others, in order of need, everybody for whom there is a way is placed too: as many
 *     people as can be placed together with those.
 *  4. Of all ways to place these people, the sum of metres is least; then the sum of special features
 *     that nobody needs.
 * A couple gets two beds of one unit first come, first served, and keeps them in the plan.
 * Caps are part of the assignment and exact. The sex of an empty bay is not: where the best plan
 * would mix one, a sex is settled for it (n_settled says for how many bays), everything else is exact
 * for these sexes, and the other sex is tried (BED_PLAN_TRIES). Beyond BED_PLAN_CHOICES offerable
 * suitable beds a person's nearest are looked at.
 *
 * Pure: reads rows that the caller has copied, and may run in any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-find.h"

#define BED_PLAN_PEOPLE 512   /* planned for, first in need; the others are counted */
#define BED_PLAN_CHOICES 512  /* beds looked at for each */
#define BED_PLAN_TRIES 16     /* plans made anew to try the other sex of a bay */
#define BED_PLAN_SWAPS 64     /* listed */
#define BED_PLAN_PLACED 1024  /* people with a bed, farthest first, for whom swaps are looked for */
#define BED_PLAN_FAR_METRES 15000  /* a bed farther than that is far from home */
#define BED_PLAN_WORTH_METRES 5000 /* what a swap has to save */

/* Why somebody has no bed in the plan. */
typedef enum
{
  BED_PLAN_PLACES,
  BED_PLAN_NONE_SUITS,       /* no offerable bed does */
  BED_PLAN_NEEDED_BY_OTHERS, /* those that suit go to people in greater need, or caps and bays forbid them */
  BED_PLAN_COUPLE            /* no unit has beds for both of two linked people, or one does not wait yet */
} BedPlanReason;

/* All rows of one revision, copied. Borrowed. */
typedef struct
{
  const BedTable *table; /* reference section */
  const BedPlaces *places;
  const BedUnitRow *units;
  const BedBedRow *beds;
  const BedReferralRow *referrals;
  guint32 n_referrals;
  guint64 revision;
  gint64 now_us; /* the broker's UTC */
} BedPlanRows;

typedef struct
{
  guint32 referral;
  guint32 bed;          /* in the plan, or BED_NONE */
  guint32 metres;       /* to it */
  guint32 first_bed;    /* first come, first served, or BED_NONE */
  guint32 first_metres;
  BedPlanReason reason;
} BedPlanned;

/* Somebody held or accepted, not departed, who would be nearer home in another bed: a free one that
 * the plan leaves over, or the bed of the person they change with. Every person and bed at most once. */
typedef struct
{
  guint32 referral;
  guint32 with; /* the other's referral, or BED_NONE */
  guint32 from;
  guint32 to;
  guint32 saves_metres;
} BedSwap;

typedef struct
{
  const BedTable *table; /* borrowed, as referrals */
  const BedReferralRow *referrals;
  guint64 revision;
  BedPlanned *people; /* owned; in order of need */
  guint32 n_people;
  guint32 n_left_out; /* waiting people beyond BED_PLAN_PEOPLE */
  guint32 n_cut_off;  /* people with perhaps more suitable beds than were looked at */
  guint32 n_settled;  /* bays for which a sex had to be settled */
  BedSwap swaps[BED_PLAN_SWAPS];
  guint32 n_swaps;
} BedPlan;

BedPlan *bed_plan_new (const BedPlanRows *rows);
void bed_plan_free (BedPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedPlan, bed_plan_free)

/* Sums over the people of one LAP; BED_NONE: of all. */
typedef struct
{
  guint32 placed;
  guint32 first_come_placed;
  guint64 total_metres;      /* of all who are placed */
  guint64 first_come_metres; /* of all whom first come, first served places */
  gint64 saved_metres;       /* by the latter; below 0: what it costs them that others are placed too */
} BedPlanTotals;

void bed_plan_sum (const BedPlan *plan, guint32 lap, BedPlanTotals *totals);

/* Whether the person, or either person of the swap, is of that LAP; BED_NONE: any. */
gboolean bed_plan_shows (const BedPlan *plan, guint32 referral, guint32 lap);
gboolean bed_plan_shows_swap (const BedPlan *plan, const BedSwap *swap, guint32 lap);

const char *bed_plan_reason_word (BedPlanReason reason); /* static; NULL for BED_PLAN_PLACES */

/* Appends the result of queue.plan. The plan is for everybody, so that no two LAPs plan with the same
 * bed; lap narrows what is listed and summed to that LAP's people. */
void bed_plan_print (const BedPlan *plan, guint32 lap, BedJson *json);
