/* find-world.h: a register without a map, small enough to see through, for the tests of find.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-find.h"

#include <stdlib.h>
#include <string.h>

#define UNITS_MAX 60
#define BEDS_MAX 1200
#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

/* A register without a map. */
typedef struct
{
  BedTable table;
  BedDistrict districts[12];
  BedCrossing crossings[12];
  BedUnit units[UNITS_MAX];
  BedBed beds[BEDS_MAX];
  BedBedRow rows[BEDS_MAX];
  gboolean is_readable[BEDS_MAX];
  gboolean is_unit_readable[UNITS_MAX];
  guint32 caps[UNITS_MAX];
  guint32 counted[UNITS_MAX];
  gboolean is_lying; /* unit rows say that every bed is offerable, and nothing is stale */
  guint n_reads;     /* of beds */
  BedPlaces *places; /* owned */
  BedView view;
} World;

static inline gboolean
read_bed (gconstpointer source, guint32 bed, BedBedRow *row)
{
  World *world = (World *) source;

  world->n_reads++;
  *row = world->rows[bed];
  return world->is_readable[bed];
}

/* Of the rows of its beds as they are now, as the broker would derive it. */
static inline gboolean
read_unit (gconstpointer source, guint32 unit, BedUnitRow *row)
{
  const World *world = source;
  const guint32 first = world->units[unit].first_bed;

  *row = (BedUnitRow) { .offerable = world->is_lying ? G_MAXUINT64 : 0, .staffed_cap = world->caps[unit],
                         .counted = world->counted[unit] };
  for (guint i = 0; i < world->units[unit].n_beds && !world->is_lying; i++)
    {
      const BedBedRow *bed = &world->rows[first + i];

      if ((bed->flags & BED_FLAG_IN_EFFECT) == 0)
        continue;
      row->flags |= bed->flags & (BED_FLAG_IN_EFFECT | BED_FLAG_STALE);
      if (i < 64 && bed_forbids (bed) == BED_RULED_OUT_NOTHING)
        row->offerable |= BIT (i);
    }
  return world->is_unit_readable[unit];
}

static inline World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->table = (BedTable) {
    .districts = world->districts,
    .crossings = world->crossings,
    .units = world->units,
    .beds = world->beds,
  };
  return world;
}

static inline void
world_free (World *world)
{
  g_clear_pointer (&world->places, bed_places_free);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static inline void
add_district (World *world, const char *id, guint32 easting, guint32 northing)
{
  BedDistrict *district = &world->districts[world->table.sizes.districts++];

  g_strlcpy (district->id, id, sizeof district->id);
  district->easting = easting;
  district->northing = northing;
}

/* A unit of n free rehab rooms at a place. */
static inline void
add_unit (World *world, guint16 district, guint32 easting, guint32 northing, guint n)
{
  const guint32 index = world->table.sizes.units++;
  BedUnit *unit = &world->units[index];

  g_snprintf (unit->id, sizeof unit->id, "unit-%u", index);
  unit->district = district;
  unit->easting = easting;
  unit->northing = northing;
  unit->first_bed = world->table.sizes.beds;
  unit->n_beds = n;
  world->is_unit_readable[index] = TRUE;
  world->caps[index] = n;
  for (guint i = 0; i < n; i++)
    {
      const guint32 bed = world->table.sizes.beds++;

      g_snprintf (world->beds[bed].id, sizeof world->beds[bed].id, "unit-%u-%02u", index, i + 1);
      g_snprintf (world->beds[bed].label, sizeof world->beds[bed].label, "Room %u", i + 1);
      world->beds[bed].unit = index;
      world->beds[bed].type = BED_TYPE_REHAB;
      world->beds[bed].bay_sex = BED_BAY_SEX_SINGLE;
      world->is_readable[bed] = TRUE;
      world->rows[bed] = (BedBedRow) {
        .referral = BED_NONE,
        .confirmed_at_us = 1000000,
        .occupancy = BED_OCCUPANCY_VACANT,
        .bay_sex = BED_BAY_SEX_SINGLE,
        .flags = BED_FLAG_IN_EFFECT,
      };
    }
}

/* Again after a record was changed: places takes them as fixed. */
static inline void
open_world (World *world)
{
  g_clear_pointer (&world->places, bed_places_free);
  world->places = bed_places_new (&world->table);
  world->view = (BedView) {
    .table = &world->table,
    .places = world->places,
    .read_unit = read_unit,
    .read_bed = read_bed,
    .source = world,
  };
}

/* Three units to the east of Romsey: 1, 2 and 3 km. */
static inline World *
small_world (void)
{
  World *world = world_new ();

  add_district (world, "SO51", 435500, 121000);
  add_unit (world, 0, 438500, 121000, 2);
  add_unit (world, 0, 436500, 121000, 2);
  add_unit (world, 0, 437500, 121000, 2);
  open_world (world);
  return world;
}

static inline BedNeedsProfile
needs_at_romsey (void)
{
  return (BedNeedsProfile) {
    .easting = 435500, .northing = 121000, .district = 0, .type = BED_TYPE_REHAB, .sex = BED_SEX_FEMALE,
    .minute = BED_ANY_MINUTE,
  };
}
