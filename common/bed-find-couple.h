/* bed-find-couple.h: the other of a couple: has the same unit a bed for them as well?
 *
 * Only for bed-find.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-find.h"

typedef struct
{
  const BedView *view;          /* borrowed */
  const BedNeedsProfile *needs; /* borrowed: whose bed is looked for; its partner is the other */
  GArray *beds;                 /* owned: beds of one unit that suit the partner; NULL until asked */
  guint32 unit;                 /* which one */
} BedCouple;

void bed_couple_init (BedCouple *couple, const BedView *view, const BedNeedsProfile *needs);
void bed_couple_clear (BedCouple *couple);

/* What becomes of a bed that suits its own (NOTHING or, if only its age is wrong, FRESHNESS) for the
 * sake of the partner: PARTNER if the unit has no other bed for them or no staff for two, FRESHNESS
 * if one of the two would have to be asked for by phone. Without a partner it stays what it was. */
BedRuledOut bed_couple_judge (BedCouple *couple, guint32 bed, BedRuledOut reason);
