/* bed-places.c: distance estimates, ids, and a uniform grid of units.
 *
 * Built once for an epoch and read-only afterwards, so any number of searches may share it. The grid
 * is flat arrays: where each cell begins, and, in the order of cells, what a search asks of units.
 *
 * Two things make the walk exact. All of the grid is whole metres, so that no rounding moves a unit
 * across a border. And a known road may be *shorter* than straight line × 1.3 (Hayling Island to
 * Emsworth is), so units along roads come by the roads' lengths and never in a ring; every other
 * unit is measured by the straight line, of which a ring's border is a lower bound.
 *
 * Owns its indexes; borrows the table's records and ids. Nothing can fail: records have been checked
 * when the table was opened. No units, districts or crossings are fine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-places-core.h"

#include <math.h>
#include <string.h>

#define UNITS_A_CELL 1

/* Ids. */

static void
add_id (GHashTable *ids, const char *id, guint32 index)
{
  g_hash_table_insert (ids, (gpointer) id, GUINT_TO_POINTER (index + 1));
}

static guint32
find_id (GHashTable *ids, const char *id)
{
  const guint found = GPOINTER_TO_UINT (g_hash_table_lookup (ids, id));

  return found != 0 ? found - 1 : BED_NONE;
}

static void
index_ids (BedPlaces *places)
{
  const BedTable *table = places->table;

  places->districts = g_hash_table_new (g_str_hash, g_str_equal);
  places->laps = g_hash_table_new (g_str_hash, g_str_equal);
  places->units = g_hash_table_new (g_str_hash, g_str_equal);
  places->beds = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint32 i = 0; i < table->sizes.districts; i++)
    add_id (places->districts, table->districts[i].id, i);
  for (guint32 i = 0; i < table->sizes.laps; i++)
    add_id (places->laps, table->laps[i].id, i);
  for (guint32 i = 0; i < table->sizes.units; i++)
    add_id (places->units, table->units[i].id, i);
  for (guint32 i = 0; i < table->sizes.beds; i++)
    add_id (places->beds, table->beds[i].id, i);
}

/* The grid. */

static gint64
divide_down (gint64 n, gint64 by)
{
  return n >= 0 ? n / by : -((-n + by - 1) / by);
}

gint64
bed_places_column_of (const BedPlaces *places, gint64 easting)
{
  return divide_down (easting - places->west, places->cell);
}

gint64
bed_places_row_of (const BedPlaces *places, gint64 northing)
{
  return divide_down (northing - places->south, places->cell);
}

/* A cell so large that it has UNITS_A_CELL units if they are spread evenly over the area; over a
 * line, if it has no area. So there are never more than 2 n + 1 cells, even of one spot. */
static void
choose_cells (BedPlaces *places, gint64 width, gint64 height)
{
  const double n_cells = MAX (1.0, places->table->sizes.units / (double) UNITS_A_CELL);
  const double by_area = sqrt ((double) width * (double) height / n_cells);
  const double by_line = (double) MAX (width, height) / n_cells;

  places->cell = MAX (1, (gint64) ceil (MAX (by_area, by_line)));
  places->n_columns = width / places->cell + 1;
  places->n_rows = height / places->cell + 1;
}

static void
index_grid (BedPlaces *places)
{
  const BedTable *table = places->table;
  const guint32 n = table->sizes.units;
  g_autofree BedMembership *members = g_new (BedMembership, n + 1);
  gint64 east = 0;
  gint64 north = 0;

  places->west = n > 0 ? G_MAXUINT32 : 0;
  places->south = places->west;
  for (guint32 i = 0; i < n; i++)
    {
      places->west = MIN (places->west, table->units[i].easting);
      places->south = MIN (places->south, table->units[i].northing);
      east = MAX (east, table->units[i].easting);
      north = MAX (north, table->units[i].northing);
    }
  choose_cells (places, east - places->west, north - places->south);
  for (guint32 i = 0; i < n; i++)
    members[i] = (BedMembership) { (guint32) (bed_places_row_of (places, table->units[i].northing) * places->n_columns
                                           + bed_places_column_of (places, table->units[i].easting)), i };
  bed_groups_init (&places->units_of_cell, (guint32) (places->n_columns * places->n_rows), members, n);
}

/* Spots. */

static void
index_spots (BedPlaces *places)
{
  const BedTable *table = places->table;
  const guint32 n = table->sizes.units;

  places->spots = g_new (BedSpot, MAX (n, 1));
  for (guint32 i = 0; i < n; i++)
    {
      const guint32 index = places->units_of_cell.items[i];
      const BedUnit *unit = &table->units[index];

      places->spots[i] = (BedSpot) { index, unit->easting, unit->northing, unit->first_bed, unit->n_beds,
                                     unit->district, 0 };
    }
  bed_sieve_init (&places->sieve, table, places->units_of_cell.items);
}

const BedSpot *
bed_places_peek_spots (const BedPlaces *places)
{
  return places->spots;
}

const BedSieve *
bed_places_peek_sieve (const BedPlaces *places)
{
  return &places->sieve;
}

static void
index_districts (BedPlaces *places)
{
  const BedSizes *sizes = &places->table->sizes;
  g_autofree BedMembership *homes = g_new (BedMembership, sizes->units + 1);
  guint32 n_homes = 0;

  for (guint32 i = 0; i < sizes->units; i++)
    if (places->spots[i].district < sizes->districts)
      homes[n_homes++] = (BedMembership) { places->spots[i].district, i };
  bed_groups_init (&places->spots_of_district, sizes->districts, homes, n_homes);
}

BedPlaces *
bed_places_new (const BedTable *table)
{
  BedPlaces *places = g_new0 (BedPlaces, 1);

  places->table = table;
  index_ids (places);
  index_grid (places);
  index_spots (places);
  index_districts (places);
  bed_places_index_roads (places);
  return places;
}

void
bed_places_free (BedPlaces *places)
{
  g_hash_table_unref (places->districts);
  g_hash_table_unref (places->laps);
  g_hash_table_unref (places->units);
  g_hash_table_unref (places->beds);
  g_free (places->spots);
  bed_sieve_clear (&places->sieve);
  bed_places_clear_roads (places);
  bed_groups_clear (&places->spots_of_district);
  bed_groups_clear (&places->units_of_cell);
  g_free (places);
}

/* Asking. */

double
bed_places_measure_straight (guint32 easting, guint32 northing, guint32 to_easting, guint32 to_northing)
{
  const double east = (double) easting - to_easting;
  const double north = (double) northing - to_northing;

  return sqrt (east * east + north * north);
}

guint32
bed_places_estimate_road (double straight)
{
  return (guint32) (straight * BED_ROAD_FACTOR + 0.5);
}

guint32
bed_places_measure (const BedPlaces *places, guint32 easting, guint32 northing,
                    guint16 from_district, guint32 unit, BedDistanceFrom *how)
{
  const BedUnit *to = &places->table->units[unit];
  const BedRoad *road = bed_places_find_road (places, from_district, to->district);

  *how = road != NULL ? (BedDistanceFrom) road->how : BED_DISTANCE_STRAIGHT;
  if (road != NULL)
    return road->metres;
  return bed_places_estimate_road (bed_places_measure_straight (easting, northing, to->easting, to->northing));
}

guint32
bed_places_find_district (const BedPlaces *places, const char *id)
{
  return find_id (places->districts, id);
}

guint32
bed_places_find_lap (const BedPlaces *places, const char *id)
{
  return find_id (places->laps, id);
}

guint32
bed_places_find_unit (const BedPlaces *places, const char *id)
{
  return find_id (places->units, id);
}

guint32
bed_places_find_bed (const BedPlaces *places, const char *id)
{
  return find_id (places->beds, id);
}

guint8
bed_places_find_nearest_lap (const BedPlaces *places, guint32 easting, guint32 northing)
{
  const BedTable *table = places->table;
  double nearest = INFINITY;
  guint8 found = BED_NONE_8;

  for (guint32 i = 0; i < table->sizes.laps; i++)
    {
      const double metres
          = bed_places_measure_straight (easting, northing, table->laps[i].easting, table->laps[i].northing);

      if (metres < nearest)
        {
          nearest = metres;
          found = (guint8) i;
        }
    }
  return found;
}
