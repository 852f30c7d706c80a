/* bed-places-core.h: the inside of places, shared by bed-places.c (building and asking),
 * bed-places-roads.c (roads between districts) and bed-places-walk.c (units outwards from a place).
 * Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-groups.h"
#include "bed-places.h"

#define BED_ROAD_FACTOR 1.3 /* domain.md, closeness */

/* A known road from one district to another, one way. */
typedef struct
{
  guint32 metres;
  guint16 to;
  guint8 how;  /* BedDistanceFrom */
  guint8 rank; /* of several for one pair the lowest counts */
} BedRoad;

struct _BedPlaces
{
  const BedTable *table; /* borrowed */

  GHashTable *districts; /* id → index + 1; keys borrowed from the table */
  GHashTable *laps;
  GHashTable *units;
  GHashTable *beds;

  BedSpot *spots;  /* owned, one a unit, in the order of units_of_cell */
  BedSieve sieve;  /* in the same order */

  /* Roads from district d: road_starts[d] … road_starts[d + 1] - 1 of both arrays. */
  guint32 *road_starts;
  BedRoad *roads;         /* by the district they lead to, each once */
  BedRoad *nearest_roads; /* the same by metres */
  BedGroups spots_of_district;

  /* The grid: cell (column, row) covers [west + column * cell, west + (column + 1) * cell) … */
  gint64 west;
  gint64 south;
  gint64 cell; /* metres, at least 1 */
  gint64 n_columns;
  gint64 n_rows;
  BedGroups units_of_cell;
};

/* The grid's column and row of a position, which may lie outside it. */
gint64 bed_places_column_of (const BedPlaces *places, gint64 easting);
gint64 bed_places_row_of (const BedPlaces *places, gint64 northing);

/* Fills the roads of places from its table's crossings; or frees them. */
void bed_places_index_roads (BedPlaces *places);
void bed_places_clear_roads (BedPlaces *places);

/* Whether any road is known from the district. */
gboolean bed_places_has_roads (const BedPlaces *places, guint16 district);

/* The known road from one district to another, or NULL. */
const BedRoad *bed_places_find_road (const BedPlaces *places, guint16 from, guint16 to);

/* Metres by road, estimated from the straight line. */
guint32 bed_places_estimate_road (double straight);
double bed_places_measure_straight (guint32 easting, guint32 northing, guint32 to_easting, guint32 to_northing);
