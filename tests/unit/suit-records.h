/* suit-records.h: a free bed, and somebody whom it suits, to change one thing about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-suit.h"

#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

static inline BedBedRow
free_row (void)
{
  return (BedBedRow) {
    .referral = BED_NONE,
    .occupancy = BED_OCCUPANCY_VACANT,
    .readiness = BED_READINESS_READY,
    .service = BED_SERVICE_OPEN,
    .bay_sex = BED_BAY_SEX_SINGLE,
    .flags = BED_FLAG_IN_EFFECT,
  };
}

static inline BedBed
rehab_bed (void)
{
  return (BedBed) {
    .id = "anstey-01",
    .type = BED_TYPE_REHAB,
    .flex = 1u << BED_TYPE_STEP_UP,
    .features = BIT (BED_NEED_HOIST) | BIT (BED_NEED_SECURE) | BIT (BED_NEED_ENSUITE),
    .bay_sex = BED_BAY_SEX_SINGLE,
  };
}

static inline BedNeedsProfile
rehab_needs (void)
{
  return (BedNeedsProfile) { .district = BED_NONE_16, .type = BED_TYPE_REHAB, .sex = BED_SEX_MALE };
}
