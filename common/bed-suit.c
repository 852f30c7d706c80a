/* bed-suit.c: the one rule of who fits where.
 *
 * Pure functions over one bed's record and row and one person's needs: no clock, no table, nothing
 * owned, nothing that can fail. Values out of range (rows come from shared memory) never make a bed
 * offerable or suitable.
 *
 * Two parts, asked separately because they are told apart to people: what forbids a bed to everyone
 * (the axes) and what makes it wrong for this person (the bed's nature).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-suit.h"

#include "bed-time.h"

/* Who may lie in a bay of each kind: the bay's sex in force, then the person's. */
static const gboolean bay_takes[BED_BAY_SEX_N][BED_SEX_N] = {
  [BED_BAY_SEX_FEMALE] = { [BED_SEX_FEMALE] = TRUE, [BED_SEX_MALE] = FALSE },
  [BED_BAY_SEX_MALE] = { [BED_SEX_FEMALE] = FALSE, [BED_SEX_MALE] = TRUE },
  [BED_BAY_SEX_ANY] = { [BED_SEX_FEMALE] = TRUE, [BED_SEX_MALE] = TRUE },
  [BED_BAY_SEX_SINGLE] = { [BED_SEX_FEMALE] = TRUE, [BED_SEX_MALE] = TRUE },
};

/* A safe load that is not stated is that of an ordinary bed. */
#define ORDINARY_LOAD_KG 130u

#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

/* The axes in order; what isolation means is the caller's to say. */
static inline BedRuledOut
judge_axes (const BedBedRow *row, gboolean is_isolated)
{
  if (row->service != BED_SERVICE_OPEN && row->service != BED_SERVICE_SURGE_OPEN)
    return BED_RULED_OUT_SERVICE;
  if (row->occupancy != BED_OCCUPANCY_VACANT)
    return BED_RULED_OUT_OCCUPANCY;
  if (row->commitment != BED_COMMITMENT_NONE)
    return BED_RULED_OUT_COMMITMENT;
  if (row->readiness != BED_READINESS_READY)
    return BED_RULED_OUT_READINESS;
  if (is_isolated)
    return BED_RULED_OUT_ISOLATION;
  if (row->flags & BED_FLAG_CAP_REACHED)
    return BED_RULED_OUT_STAFFED_CAP;
  if (row->flags & BED_FLAG_STALE)
    return BED_RULED_OUT_FRESHNESS;
  return BED_RULED_OUT_NOTHING;
}

/* Without an infection: any bed that is not isolated. With one: a bed isolated for just that, or a
 * room of one's own that is isolated for nothing. */
static inline gboolean
keeps_apart (const BedBed *bed, const BedBedRow *row, guint8 infection)
{
  if (row->isolation != BED_ISOLATION_NONE)
    return infection == BED_INFECTION_NONE || row->infection != infection;
  return infection != BED_INFECTION_NONE && bed->bay != 0 && row->bay_sex != BED_BAY_SEX_SINGLE;
}

BedRuledOut
bed_forbids (const BedBedRow *row)
{
  return judge_axes (row, row->isolation != BED_ISOLATION_NONE);
}

BedRuledOut
bed_forbids_to (const BedBed *bed, const BedBedRow *row, const BedNeedsProfile *needs)
{
  return judge_axes (row, keeps_apart (bed, row, needs->infection));
}

/* A free bed is its commissioned type's alone for as long as its unit says. */
static gboolean
offers_type (const BedBed *bed, const BedBedRow *row, const BedNeedsProfile *needs)
{
  if (needs->type >= BED_TYPE_N)
    return FALSE;
  if (bed->type == needs->type)
    return TRUE;
  return (bed->flex >> needs->type & 1) != 0
         && ((row->flags & BED_FLAG_FLEX) != 0 || needs->ignores_ring_fence);
}

static gboolean
bay_suits (const BedBedRow *row, guint8 sex)
{
  if (row->flags & BED_FLAG_BAY_UNSURE)
    return FALSE;
  return row->bay_sex < BED_BAY_SEX_N && sex < BED_SEX_N && bay_takes[row->bay_sex][sex];
}

/* A feature out of order does not serve who needs it. Who is too heavy for the bed lacks a bariatric
 * one, whatever this one calls itself. */
static guint64
find_missing (const BedBed *bed, const BedBedRow *row, const BedNeedsProfile *needs)
{
  const guint load_kg = bed->safe_load_kg != 0 ? bed->safe_load_kg : ORDINARY_LOAD_KG;
  const guint64 missing = needs->must & ~(bed->features & ~row->features_out);

  return bed_weight_of_band (needs->weight_band) > load_kg ? missing | BIT (BED_NEED_BARIATRIC) : missing;
}

/* The unit's own rules about when and whom it takes. */
static gboolean
admits (const BedUnit *unit, const BedNeedsProfile *needs)
{
  if (needs->minute == BED_ANY_MINUTE)
    return TRUE;
  if (needs->is_weekend && (unit->admission & BED_ADMITS_WEEKENDS) == 0)
    return FALSE;
  if (needs->is_night && (unit->admission & BED_ADMITS_NIGHTS) == 0)
    return FALSE;
  if (unit->longest_stay_days != 0 && needs->stayed_us >= unit->longest_stay_days * BED_DAY_US)
    return FALSE;
  if (unit->latest_arrival_min != 0 && needs->minute >= unit->latest_arrival_min)
    return FALSE;
  return unit->gp_laps == 0 || (needs->lap < BED_MAX_LAPS && (unit->gp_laps >> needs->lap & 1) != 0);
}

static BedRuledOut
name_need (BedRuledOut reason, guint64 needs, guint8 *need)
{
  if (need != NULL)
    *need = (guint8) __builtin_ctzll (needs);
  return reason;
}

/* All but isolation. */
static inline BedRuledOut
judge_nature (const BedUnit *unit, const BedBed *bed, const BedBedRow *row, const BedNeedsProfile *needs,
              guint8 *need)
{
  const guint64 missing = find_missing (bed, row, needs);
  const guint64 unwanted = needs->must_not & bed->features; /* out of order, it still puts off */

  if (!offers_type (bed, row, needs))
    return BED_RULED_OUT_TYPE;
  if (!bay_suits (row, needs->sex))
    return BED_RULED_OUT_BAY_SEX;
  if (missing != 0)
    return name_need (BED_RULED_OUT_MUST, missing, need);
  if (unwanted != 0)
    return name_need (BED_RULED_OUT_MUST_NOT, unwanted, need);
  return admits (unit, needs) ? BED_RULED_OUT_NOTHING : BED_RULED_OUT_ADMISSION;
}

BedRuledOut
bed_unsuits (const BedUnit *unit, const BedBed *bed, const BedBedRow *row,
             const BedNeedsProfile *needs, guint8 *need)
{
  if (keeps_apart (bed, row, needs->infection))
    return BED_RULED_OUT_ISOLATION;
  return judge_nature (unit, bed, row, needs, need);
}

BedRuledOut
bed_rules_out (const BedUnit *unit, const BedBed *bed, const BedBedRow *row,
               const BedNeedsProfile *needs, guint8 *need)
{
  const BedRuledOut forbids = bed_forbids_to (bed, row, needs);
  BedRuledOut unsuits;

  if (forbids != BED_RULED_OUT_NOTHING && forbids != BED_RULED_OUT_FRESHNESS)
    return forbids;
  unsuits = judge_nature (unit, bed, row, needs, need);
  return unsuits != BED_RULED_OUT_NOTHING ? unsuits : forbids;
}

gboolean
bed_pairs (const BedBed *bed, const BedNeedsProfile *needs, const BedBed *other,
           const BedNeedsProfile *partner)
{
  if (bed == other)
    return FALSE;
  return needs->sex == partner->sex || bed->bay == 0 || bed->bay != other->bay;
}

static BedDisplay
display_occupied (const BedBedRow *row, BedStay stay)
{
  switch (stay)
    {
    case BED_STAY_ENDS_TODAY:
      return BED_DISPLAY_LEAVING;
    case BED_STAY_READY_TO_LEAVE:
      return BED_DISPLAY_READY_TO_LEAVE;
    case BED_STAY_GOES_ON:
      break;
    }
  return row->occupancy == BED_OCCUPANCY_ON_LEAVE ? BED_DISPLAY_ON_LEAVE : BED_DISPLAY_OCCUPIED;
}

/* What is left to say of a bed with nobody in it or coming to it. */
static BedDisplay
display_empty (const BedBedRow *row)
{
  if (row->service == BED_SERVICE_CLOSED)
    return BED_DISPLAY_CLOSED;
  if (row->service == BED_SERVICE_SURGE_SHUT)
    return BED_DISPLAY_SURGE_SHUT;
  if (row->occupancy != BED_OCCUPANCY_VACANT)
    return BED_DISPLAY_UNKNOWN;
  if (row->readiness == BED_READINESS_CONTAMINATED)
    return BED_DISPLAY_CONTAMINATED;
  if (row->readiness != BED_READINESS_READY)
    return BED_DISPLAY_CLEANING;
  return row->isolation != BED_ISOLATION_NONE ? BED_DISPLAY_ISOLATED : BED_DISPLAY_FREE;
}

BedDisplay
bed_display (const BedBedRow *row, BedStay stay)
{
  if (row->commitment == BED_COMMITMENT_IN_TRANSIT)
    return BED_DISPLAY_IN_TRANSIT;
  if (row->commitment == BED_COMMITMENT_ACCEPTED)
    return BED_DISPLAY_ACCEPTED;
  if (row->commitment == BED_COMMITMENT_HELD)
    return BED_DISPLAY_HELD;
  if (row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE)
    return display_occupied (row, stay);
  return display_empty (row);
}

void
bed_needs_of_referral (const BedReferralRow *row, BedNeedsProfile *needs)
{
  *needs = (BedNeedsProfile) {
    .must = row->must | (row->oxygen_lpm > 0 ? BIT (BED_NEED_OXYGEN) : 0),
    .must_not = row->must_not,
    .prefer = row->prefer,
    .easting = row->easting,
    .northing = row->northing,
    .district = row->home,
    .type = row->type,
    .sex = row->sex,
    .infection = row->infection,
    .weight_band = row->weight_band,
    .lap = row->lap,
    .minute = BED_ANY_MINUTE,
    .arrived_at_us = row->flags & BED_REFERRAL_STAY_EXTENDED ? 0 : row->arrived_at_us,
  };
}

void
bed_needs_at (BedNeedsProfile *needs, gint64 at_us)
{
  needs->minute = (guint16) bed_time_get_local_minute (at_us);
  needs->is_weekend = bed_time_is_weekend (at_us);
  needs->is_night = bed_time_is_night (at_us);
  needs->stayed_us = needs->arrived_at_us != 0 ? at_us - needs->arrived_at_us : 0;
}
