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

BedRuledOut
bed_forbids (const BedBedRow *row)
{
  if (row->service != BED_SERVICE_OPEN && row->service != BED_SERVICE_SURGE_OPEN)
    return BED_RULED_OUT_SERVICE;
  if (row->occupancy != BED_OCCUPANCY_VACANT)
    return BED_RULED_OUT_OCCUPANCY;
  if (row->commitment != BED_COMMITMENT_NONE)
    return BED_RULED_OUT_COMMITMENT;
  if (row->readiness != BED_READINESS_READY)
    return BED_RULED_OUT_READINESS;
  /* Infection groups come later; until then nobody is known to belong to one. */
  if (row->isolation != BED_ISOLATION_NONE)
    return BED_RULED_OUT_ISOLATION;
  if (row->flags & BED_FLAG_CAP_REACHED)
    return BED_RULED_OUT_STAFFED_CAP;
  if (row->flags & BED_FLAG_STALE)
    return BED_RULED_OUT_FRESHNESS;
  return BED_RULED_OUT_NOTHING;
}

static gboolean
offers_type (const BedBed *bed, guint8 type)
{
  return type < BED_TYPE_N && (bed->type == type || (bed->flex >> type & 1) != 0);
}

static gboolean
bay_suits (const BedBedRow *row, guint8 sex)
{
  if (row->flags & BED_FLAG_BAY_UNSURE)
    return FALSE;
  return row->bay_sex < BED_BAY_SEX_N && sex < BED_SEX_N && bay_takes[row->bay_sex][sex];
}

static BedRuledOut
name_need (BedRuledOut reason, guint64 needs, guint8 *need)
{
  if (need != NULL)
    *need = (guint8) __builtin_ctzll (needs);
  return reason;
}

/* Admission rules (weekends, hours, nights) are not in the records yet, so no bed is ruled out by
 * BED_RULED_OUT_ADMISSION and unit is not read. */
BedRuledOut
bed_unsuits (const BedUnit *unit, const BedBed *bed, const BedBedRow *row,
             const BedNeedsProfile *needs, guint8 *need)
{
  /* A feature out of order does not serve who needs it, and still puts off who must not have it. */
  const guint64 missing = needs->must & ~(bed->features & ~row->features_out);
  const guint64 unwanted = needs->must_not & bed->features;

  if (!offers_type (bed, needs->type))
    return BED_RULED_OUT_TYPE;
  if (!bay_suits (row, needs->sex))
    return BED_RULED_OUT_BAY_SEX;
  if (missing != 0)
    return name_need (BED_RULED_OUT_MUST, missing, need);
  if (unwanted != 0)
    return name_need (BED_RULED_OUT_MUST_NOT, unwanted, need);
  return BED_RULED_OUT_NOTHING;
}

BedRuledOut
bed_rules_out (const BedUnit *unit, const BedBed *bed, const BedBedRow *row,
               const BedNeedsProfile *needs, guint8 *need)
{
  const BedRuledOut forbids = bed_forbids (row);
  BedRuledOut unsuits;

  if (forbids != BED_RULED_OUT_NOTHING && forbids != BED_RULED_OUT_FRESHNESS)
    return forbids;
  unsuits = bed_unsuits (unit, bed, row, needs, need);
  return unsuits != BED_RULED_OUT_NOTHING ? unsuits : forbids;
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
    .must = row->must,
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
  };
}

void
bed_needs_at (BedNeedsProfile *needs, gint64 at_us)
{
  needs->minute = (guint16) bed_time_get_local_minute (at_us);
  needs->is_weekend = bed_time_is_weekend (at_us);
  needs->is_night = bed_time_is_night (at_us);
}
