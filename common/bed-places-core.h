/* bed-places-core.h: the inside of places, shared by bed-places.c (building and asking) and
 * bed-places-walk.c (units outwards from a place). Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-groups.h"
#include "bed-places.h"

#define BED_ROAD_FACTOR 1.3 /* domain.md, closeness */

struct _BedPlaces
{
  const BedTable *table; /* borrowed */

  GHashTable *districts; /* id → index + 1; keys borrowed from the table */
  GHashTable *laps;
  GHashTable *units;
  GHashTable *beds;

  BedSpot *spots;  /* owned, one a unit, in the order of units_of_cell */
  BedSieve sieve;  /* in the same order */

  GHashTable *roads;           /* pair_key → index of a crossing + 1 */
  BedGroups spots_of_district;
  BedGroups crossings_of_district; /* both ways */

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

/* Whether the district has any road across water in the crossing table. */
gboolean bed_places_has_crossings (const BedPlaces *places, guint16 district);

/* The crossing between two districts, either way, or NULL. */
const BedCrossing *bed_places_find_crossing (const BedPlaces *places, guint16 from, guint16 to);

/* Metres by road, estimated from the straight line. */
guint32 bed_places_estimate_road (double straight);
double bed_places_measure_straight (guint32 easting, guint32 northing, guint32 to_easting, guint32 to_northing);
