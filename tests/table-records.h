/* table-records.h: made-up reference records of any size, for tests and benchmarks of the table.
 *
 * Plain C11. Units of equal size on a grid, ids that count. Owns its arrays until records_clear.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-table.h"

#include "common/bed-words.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  BrokerReferenceRecords records;
  BedLap *laps;
  BedDistrict *districts;
  BedCrossing *crossings;
  BedUnit *units;
  BedBed *beds;
} Records;

static inline void
records_clear (Records *made)
{
  free (made->laps);
  free (made->districts);
  free (made->crossings);
  free (made->units);
  free (made->beds);
}

static inline void
records_fill_places (Records *made, const BedSizes *sizes)
{
  for (uint32_t i = 0; i < sizes->laps; i++)
    {
      BedLap *lap = &made->laps[i];

      snprintf (lap->id, sizeof lap->id, "lap-%u", i);
      snprintf (lap->name, sizeof lap->name, "Access Point %u", i);
      lap->district = BED_NONE_16;
      lap->urgent_opens_min = 7 * 60;
      lap->urgent_closes_min = 20 * 60;
    }
  for (uint32_t i = 0; i < sizes->districts; i++)
    {
      snprintf (made->districts[i].id, sizeof made->districts[i].id, "SO%u", i % 100000);
      made->districts[i].easting = 430000 + i * 1000;
      made->districts[i].northing = 110000;
    }
  for (uint32_t i = 0; i < sizes->crossings; i++)
    made->crossings[i]
        = (BedCrossing){ .from = 0, .to = (uint16_t) (i % sizes->districts), .road_metres = 24000 };
}

static inline void
records_fill_beds (Records *made, const BedSizes *sizes)
{
  const uint32_t each = sizes->beds / sizes->units;

  for (uint32_t i = 0; i < sizes->units; i++)
    {
      BedUnit *unit = &made->units[i];

      snprintf (unit->id, sizeof unit->id, "unit-%u", i);
      snprintf (unit->name, sizeof unit->name, "Unit %u", i);
      unit->easting = 430000 + i % 256 * 100;
      unit->northing = 110000 + i / 256 * 100;
      unit->first_bed = i * each;
      unit->n_beds = i + 1 < sizes->units ? each : sizes->beds - i * each;
      unit->staffed_cap = unit->n_beds;
      unit->district = 0;
      unit->lap = (uint8_t) (i % sizes->laps);
      unit->admission = BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS;
      for (uint32_t k = 0; k < unit->n_beds; k++)
        {
          BedBed *bed = &made->beds[unit->first_bed + k];

          snprintf (bed->id, sizeof bed->id, "unit-%u-%02u", i, k + 1);
          snprintf (bed->label, sizeof bed->label, "Room %u", k + 1);
          bed->unit = i;
          bed->bay_sex = BED_BAY_SEX_SINGLE;
        }
    }
}

/* beds are shared among units; at least one unit, LAP and district. */
static inline void
records_make (Records *made, uint32_t units, uint32_t beds, uint32_t referrals, uint32_t changes)
{
  const BedSizes sizes = { .laps = 2,
                           .districts = 3,
                           .crossings = 1,
                           .units = units,
                           .beds = beds,
                           .referrals = referrals,
                           .changes = changes };

  *made = (Records){ .laps = calloc (sizes.laps, sizeof (BedLap)),
                     .districts = calloc (sizes.districts, sizeof (BedDistrict)),
                     .crossings = calloc (sizes.crossings, sizeof (BedCrossing)),
                     .units = calloc (units, sizeof (BedUnit)),
                     .beds = calloc (beds, sizeof (BedBed)) };
  if (!made->laps || !made->districts || !made->crossings || !made->units || !made->beds)
    abort ();
  records_fill_places (made, &sizes);
  records_fill_beds (made, &sizes);
  made->records = (BrokerReferenceRecords){ .sizes = sizes,
                                            .laps = made->laps,
                                            .districts = made->districts,
                                            .crossings = made->crossings,
                                            .units = made->units,
                                            .beds = made->beds };
}

/* Rows that pass every check and whose other members follow from revision, so that a mixture of
 * two differs from both. */

static inline BedBedRow
records_bed_row (uint64_t revision)
{
  return (BedBedRow){ .revision = revision,
                      .confirmed_at_us = (int64_t) revision * 3,
                      .until_us = (int64_t) revision * 5,
                      .expected_free_us = (int64_t) revision * 7,
                      .features_out = revision & ((UINT64_C (1) << BED_NEED_N) - 1),
                      .referral = BED_NONE,
                      .hold_min = (uint16_t) revision,
                      .occupancy = BED_OCCUPANCY_VACANT,
                      .display = (uint8_t) (revision % BED_DISPLAY_N),
                      .bay_sex = BED_BAY_SEX_SINGLE,
                      .flags = BED_FLAG_IN_EFFECT };
}

static inline BedUnitRow
records_unit_row (uint64_t revision)
{
  return (BedUnitRow){ .revision = revision,
                       .confirmed_at_us = (int64_t) revision * 3,
                       .cap_until_us = (int64_t) revision * 5,
                       .staffed_cap = (uint32_t) revision,
                       .flags = BED_FLAG_IN_EFFECT,
                       .offerable = revision * 11 };
}

static inline BedReferralRow
records_referral_row (uint64_t revision)
{
  return (BedReferralRow){ .revision = revision,
                           .code = "K7Q-M4X",
                           .must = revision & ((UINT64_C (1) << BED_NEED_N) - 1),
                           .submitted_at_us = (int64_t) revision * 3,
                           .ready_at_us = (int64_t) revision * 5,
                           .until_us = (int64_t) revision * 7,
                           .since_us = (int64_t) revision * 11,
                           .offered_at_us = (int64_t) revision * 13,
                           .bed = BED_NONE,
                           .offer_bed = BED_NONE,
                           .linked = BED_NONE,
                           .lapsed_bed = BED_NONE,
                           .declined_by = { BED_NONE, BED_NONE, BED_NONE, BED_NONE },
                           .oxygen_lpm = (uint8_t) revision,
                           .home = BED_NONE_16,
                           .lap = BED_NONE_8,
                           .hold_min = (uint16_t) revision,
                           .state = BED_STATE_WAITING };
}
