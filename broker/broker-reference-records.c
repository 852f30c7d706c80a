/* broker-reference-records.c: are reference records whole, wherever they come from?
 *
 * A state snapshot brings them from a disk, and everybody after that indexes with what stands in
 * them. Pure; nothing owned; the answer is yes or no, because a damaged snapshot is not mended but
 * replaced by a replay.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference.h"

#include "common/bed-words.h"

#include <string.h>

#define DAY_MINUTES 1440
#define IS_ENDED(string) (memchr ((string), 0, sizeof (string)) != NULL)
#define IS_ID(string) (IS_ENDED (string) && (string)[0] != '\0')

static gboolean
check_sizes (const BedSizes *sizes)
{
  return sizes->laps <= BED_MAX_LAPS && sizes->districts <= BED_MAX_DISTRICTS
         && sizes->crossings <= BED_MAX_CROSSINGS && sizes->units <= BED_MAX_UNITS
         && sizes->beds <= BED_MAX_BEDS;
}

static gboolean
check_lap (const BedSizes *sizes, const BedLap *lap)
{
  return IS_ID (lap->id) && IS_ENDED (lap->name) && IS_ENDED (lap->area)
         && lap->district < sizes->districts;
}

static gboolean
check_unit (const BedSizes *sizes, const BedUnit *unit)
{
  return IS_ID (unit->id) && IS_ENDED (unit->name) && IS_ENDED (unit->site) && IS_ENDED (unit->owner)
         && IS_ENDED (unit->owner_name) && IS_ENDED (unit->phone) && unit->district < sizes->districts
         && unit->lap < sizes->laps && unit->owner_kind < BED_OWNER_N && unit->accepts < BED_ACCEPTS_N
         && unit->latest_arrival_min <= DAY_MINUTES && unit->admission < BED_ADMITS_AFTER_OWN_ASSESSMENT << 1
         && unit->first_bed <= sizes->beds && unit->n_beds <= sizes->beds - unit->first_bed;
}

static gboolean
check_bed (const BedBed *bed)
{
  return IS_ID (bed->id) && IS_ENDED (bed->label) && bed->type < BED_TYPE_N
         && bed->bay_sex < BED_BAY_SEX_N && bed->flex >> BED_TYPE_N == 0
         && bed->features >> BED_NEED_N == 0 && bed->is_surge <= 1;
}

/* Every bed stands in its unit's range, and the ranges follow each other. */
static gboolean
check_beds (const BrokerReference *reference)
{
  guint32 next = 0;

  for (guint32 i = 0; i < reference->sizes.units; i++)
    {
      const BedUnit *unit = &reference->units[i];

      if (!check_unit (&reference->sizes, unit) || unit->first_bed != next)
        return FALSE;
      for (guint32 bed = next; bed < next + unit->n_beds; bed++)
        if (!check_bed (&reference->beds[bed]) || reference->beds[bed].unit != i)
          return FALSE;
      next += unit->n_beds;
    }
  return next == reference->sizes.beds;
}

gboolean
broker_reference_check (const BrokerReference *reference)
{
  const BedSizes *sizes = &reference->sizes;

  if (!check_sizes (sizes))
    return FALSE;
  for (guint32 i = 0; i < sizes->districts; i++)
    if (!IS_ID (reference->districts[i].id))
      return FALSE;
  for (guint32 i = 0; i < sizes->laps; i++)
    if (!check_lap (sizes, &reference->laps[i]))
      return FALSE;
  for (guint32 i = 0; i < sizes->crossings; i++)
    if (reference->crossings[i].from >= sizes->districts || reference->crossings[i].to >= sizes->districts)
      return FALSE;
  return check_beds (reference);
}
