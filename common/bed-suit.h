/* bed-suit.h: the one rule of who fits where: may this bed be offered, and does it suit this person.
 *
 * Pure. The broker's check, the gateways' find and the boards' explanations all ask here, so they
 * cannot disagree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"
#include "bed-words.h"

#include <glib.h>

/* What a person needs of a bed. */
typedef struct _BedNeedsProfile
{
  guint64 must; /* bits of BedNeed */
  guint64 must_not;
  guint64 prefer;
  guint32 easting; /* to be near; 0, 0: nowhere in particular */
  guint32 northing;
  guint16 district; /* of that place, for crossings; or BED_NONE_16 */
  guint8 type;      /* BedType */
  guint8 sex;       /* BedSex */
  guint8 infection; /* BedInfection */
  guint8 weight_band; /* BedWeightBand */
  guint8 lap;         /* of the person, for GP limits; or BED_NONE_8 */
  gboolean ignores_ring_fence; /* an override: flex types at once */
  /* When the person would come, for admission rules: bed_needs_at. */
  guint16 minute; /* local, after midnight; BED_ANY_MINUTE: not asked */
  gboolean is_weekend;
  gboolean is_night;
  gint64 arrived_at_us; /* in the bed where the episode began, unless there is a reason to let it last; or 0 */
  gint64 stayed_us;     /* since then */
  /* The other of a couple, found together or not at all; borrowed; NULL: nobody. Only a search looks
   * at it: whether a bed suits is asked for one person. */
  const struct _BedNeedsProfile *partner;
} BedNeedsProfile;

#define BED_ANY_MINUTE G_MAXUINT16

/* The first axis that forbids offering the bed to just anybody, in the order of BedRuledOut;
 * BED_RULED_OUT_NOTHING if it is offerable. FRESHNESS comes last: a bed whose only fault is its age.
 * Not for beds out of effect. */
BedRuledOut bed_forbids (const BedBedRow *row);

/* The same for this person. People of one infection group may share an isolated bed's bay, so that
 * the bed may be theirs; and who brings an infection goes into a room of their own or to those who
 * have it, so that it may be nobody else's. */
BedRuledOut bed_forbids_to (const BedBed *bed, const BedBedRow *row, const BedNeedsProfile *needs);

/* The first reason, TYPE … ADMISSION, why the bed does not suit; need (may be NULL) gets the
 * BedNeed for MUST and MUST_NOT. ISOLATION before all of them, for those who ask nothing else. */
BedRuledOut bed_unsuits (const BedUnit *unit, const BedBed *bed, const BedBedRow *row,
                         const BedNeedsProfile *needs, guint8 *need);

/* Both, in the order in which a bed is counted under one reason: service … staffed cap, then type …
 * admission, then freshness. */
BedRuledOut bed_rules_out (const BedUnit *unit, const BedBed *bed, const BedBedRow *row,
                           const BedNeedsProfile *needs, guint8 *need);

/* Whether a couple may take these two beds of one unit, each of which suits its own: they are two,
 * and not two sexes in one bay. */
gboolean bed_pairs (const BedBed *bed, const BedNeedsProfile *needs, const BedBed *other,
                    const BedNeedsProfile *partner);

/* What is known of the person in a bed, besides that they are there. */
typedef enum
{
  BED_STAY_GOES_ON,
  BED_STAY_ENDS_TODAY,
  BED_STAY_READY_TO_LEAVE
} BedStay;

/* Display state by the precedence of domain.md, from the axes and the stay. */
BedDisplay bed_display (const BedBedRow *row, BedStay stay);

/* The profile of a referral's row, at no particular time, alone. Who needs oxygen must have a bed
 * with it. */
void bed_needs_of_referral (const BedReferralRow *row, BedNeedsProfile *needs);

/* As of somebody who comes at that instant. */
void bed_needs_at (BedNeedsProfile *needs, gint64 at_us);
