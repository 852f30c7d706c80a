/* bed-places-walk.c: units outwards from a place, ring by ring of the grid and road by road.
 *
 * Exact: a unit in a district with a known road comes when that road's length is due and in no ring;
 * every other unit is measured by the straight line, of which a ring's border is a lower bound.
 * Whichever of the two promises less comes next. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-places-core.h"

#define RINGS_AT_ONCE 3 /* at first: some 25 units, whose memory is then fetched together */

#define UNITS_ALONG 64  /* and of roads, as many districts as give so many units */

/* What comes instead of a ring's number. */
#define RING_FIRST (-1) /* the first rings */
#define RING_LAST (-2)  /* nothing */

void
bed_places_walk (const BedPlaces *places, guint32 easting, guint32 northing, guint16 from_district,
                 BedPlacesWalk *walk)
{
  *walk = (BedPlacesWalk) {
    .places = places,
    .easting = easting,
    .northing = northing,
    .column = bed_places_column_of (places, easting),
    .row = bed_places_row_of (places, northing),
    .ring = RING_FIRST,
    .from_district = BED_NONE_16,
  };
  if (!bed_places_has_roads (places, from_district))
    return;
  walk->from_district = from_district;
  walk->road = places->road_starts[from_district];
  walk->road_end = places->road_starts[from_district + 1];
}

/* The next districts along roads, up to the border of the rings so far. */
static void
take_roads (BedPlacesWalk *walk, GArray *near)
{
  const BedGroups *homes = &walk->places->spots_of_district;
  const guint enough = near->len + UNITS_ALONG;

  for (; walk->road < walk->road_end && near->len < enough; walk->road++)
    {
      const BedRoad *road = &walk->places->nearest_roads[walk->road];

      if (walk->ring != RING_LAST && road->metres > walk->border_metres)
        return;
      for (guint32 home = homes->starts[road->to]; home < homes->starts[road->to + 1]; home++)
        {
          const BedNear one = { homes->items[home], road->metres, road->how };

          g_array_append_val (near, one);
        }
    }
}

/* Cells first_column … last_column of one row, as far as they are in the grid. */
static void
take_cells (const BedPlacesWalk *walk, gint64 row, gint64 first_column, gint64 last_column, GArray *near)
{
  const BedPlaces *places = walk->places;
  const guint32 *starts = places->units_of_cell.starts;
  guint n = near->len;

  first_column = MAX (first_column, 0);
  last_column = MIN (last_column, places->n_columns - 1);
  if (row < 0 || row >= places->n_rows || first_column > last_column)
    return;
  const guint32 first = starts[row * places->n_columns + first_column];
  const guint32 end = starts[row * places->n_columns + last_column + 1];
  g_array_set_size (near, n + end - first);
  for (guint32 i = first; i < end; i++)
    {
      const BedSpot *spot = &places->spots[i];
      const double metres = bed_places_measure_straight (walk->easting, walk->northing, spot->easting, spot->northing);

      if (walk->from_district == BED_NONE_16 || bed_places_find_road (places, walk->from_district, spot->district) == NULL)
        g_array_index (near, BedNear, n++) = (BedNear) { i, bed_places_estimate_road (metres), BED_DISTANCE_STRAIGHT };
    }
  g_array_set_size (near, n);
}

/* All cells up to a distance of `ring` cells from the place's own. */
static void
take_box (const BedPlacesWalk *walk, GArray *near)
{
  const gint64 first = MAX (walk->row - walk->ring, 0);
  const gint64 last = MIN (walk->row + walk->ring, walk->places->n_rows - 1);
  const gint64 column = CLAMP (walk->column, 0, walk->places->n_columns - 1);

  for (gint64 row = first; row <= last; row++)
    __builtin_prefetch (&walk->places->units_of_cell.starts[row * walk->places->n_columns + column]);
  for (gint64 row = first; row <= last; row++)
    take_cells (walk, row, walk->column - walk->ring, walk->column + walk->ring, near);
}

/* The cells at just that distance: its top and bottom rows whole, and the two ends of each row
 * between. */
static void
take_ring (const BedPlacesWalk *walk, GArray *near)
{
  const gint64 column = walk->column;
  const gint64 row = walk->row;
  const gint64 ring = walk->ring;
  const gint64 last_between = MIN (row + ring - 1, walk->places->n_rows - 1);

  take_cells (walk, row - ring, column - ring, column + ring, near);
  for (gint64 between = MAX (row - ring + 1, 0); between <= last_between; between++)
    {
      take_cells (walk, between, column - ring, column - ring, near);
      take_cells (walk, between, column + ring, column + ring, near);
    }
  take_cells (walk, row + ring, column - ring, column + ring, near);
}

/* How far outside 0 … n - 1 a cell number is: nothing of the grid is in an earlier ring. */
static gint64
cells_outside (gint64 number, gint64 n)
{
  return MAX (MAX (-number, number - (n - 1)), 0);
}

/* Whole metres to the nearest border of the rings so far beyond which the grid goes on; -1 if it
 * goes on nowhere. */
static gint64
measure_border (const BedPlacesWalk *walk)
{
  const BedPlaces *places = walk->places;
  const gint64 column = walk->column;
  const gint64 row = walk->row;
  const gint64 ring = walk->ring;
  gint64 metres = G_MAXINT64;

  if (column - ring > 0)
    metres = MIN (metres, walk->easting - (places->west + (column - ring) * places->cell));
  if (column + ring < places->n_columns - 1)
    metres = MIN (metres, places->west + (column + ring + 1) * places->cell - walk->easting);
  if (row - ring > 0)
    metres = MIN (metres, walk->northing - (places->south + (row - ring) * places->cell));
  if (row + ring < places->n_rows - 1)
    metres = MIN (metres, places->south + (row + ring + 1) * places->cell - walk->northing);
  return metres != G_MAXINT64 ? metres : -1;
}

static void
take_rings (BedPlacesWalk *walk, GArray *near)
{
  const BedPlaces *places = walk->places;
  gint64 border;

  if (walk->ring == RING_FIRST)
    {
      walk->ring = RINGS_AT_ONCE - 1
                   + MAX (cells_outside (walk->column, places->n_columns), cells_outside (walk->row, places->n_rows));
      take_box (walk, near);
    }
  else
    take_ring (walk, near);
  border = measure_border (walk);
  walk->ring = border < 0 ? RING_LAST : walk->ring + 1;
  walk->border_metres = border < 0 ? G_MAXUINT32 : (guint32) ((double) border * BED_ROAD_FACTOR);
}

static guint32
measure_next_road (const BedPlacesWalk *walk)
{
  return walk->road < walk->road_end ? walk->places->nearest_roads[walk->road].metres : G_MAXUINT32;
}

gboolean
bed_places_walk_next (BedPlacesWalk *walk, GArray *near, guint32 *beyond_metres)
{
  if (walk->road < walk->road_end && (walk->ring == RING_LAST || measure_next_road (walk) <= walk->border_metres))
    take_roads (walk, near);
  else if (walk->ring != RING_LAST)
    take_rings (walk, near);
  else
    return FALSE;
  *beyond_metres = MIN (walk->border_metres, measure_next_road (walk));
  return TRUE;
}
