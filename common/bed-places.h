/* bed-places.h: how far it is, and which units are near: distance estimates and a grid of units.
 *
 * Built once for an epoch from the reference section, then read-only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-sieve.h"
#include "bed-table.h"
#include "bed-words.h"

#include <glib.h>

typedef struct _BedPlaces BedPlaces;

/* Builds the index for table, which must outlive it. */
BedPlaces *bed_places_new (const BedTable *table);
void bed_places_free (BedPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedPlaces, bed_places_free)

/* Metres by road, estimated: the travel-time table's if it has the pair of districts, else the
 * crossing table's, else the straight line × 1.3. from may be BED_NONE_16 (only the position counts). */
guint32 bed_places_measure (const BedPlaces *places, guint32 easting, guint32 northing,
                            guint16 from_district, guint32 unit, BedDistanceFrom *how);

/* Index of a district, LAP, unit or bed by id; BED_NONE if there is none. */
guint32 bed_places_find_district (const BedPlaces *places, const char *id);
guint32 bed_places_find_lap (const BedPlaces *places, const char *id);
guint32 bed_places_find_unit (const BedPlaces *places, const char *id);
guint32 bed_places_find_bed (const BedPlaces *places, const char *id);

/* The LAP whose office is nearest to a place; BED_NONE_8 if there are none. */
guint8 bed_places_find_nearest_lap (const BedPlaces *places, guint32 easting, guint32 northing);

/* What a search looks at before it reads a row, packed and in the order of the grid's cells, so that
 * what is near on the ground is near in memory. */
typedef struct
{
  guint32 unit;
  guint32 easting;
  guint32 northing;
  guint32 first_bed;
  guint32 n_beds;
  guint16 district;
  guint16 reserved;
} BedSpot;

/* One a unit. Borrowed. */
const BedSpot *bed_places_peek_spots (const BedPlaces *places);

/* Its rows are the spots. Borrowed. */
const BedSieve *bed_places_peek_sieve (const BedPlaces *places);

/* Units outwards from a place: those along known roads from from_district (which may be longer or
 * shorter than the straight line says) by length, and between them all others by the cells of a
 * uniform grid in rings, so that a search may stop as soon as no unvisited unit can be nearer. Each
 * unit comes once. */
typedef struct
{
  const BedPlaces *places; /* borrowed */
  guint32 easting;
  guint32 northing;
  gint64 column; /* the cell of the place, perhaps outside the grid */
  gint64 row;
  gint64 ring;           /* which comes next */
  guint32 border_metres; /* no unit of a ring that has not come is nearer */
  guint32 road;          /* which of the nearest_roads comes next */
  guint32 road_end;
  guint16 from_district; /* or BED_NONE_16 */
} BedPlacesWalk;

/* A unit by its spot, and how far it is: what bed_places_measure says. */
typedef struct
{
  guint32 spot;
  guint32 metres;
  guint8 from; /* BedDistanceFrom */
} BedNear;

void bed_places_walk (const BedPlaces *places, guint32 easting, guint32 northing, guint16 from_district,
                      BedPlacesWalk *walk);

/* The next units: appends them to near (BedNear), perhaps none. *beyond_metres is a lower bound of the
 * distance estimate of every unit that has not come yet. FALSE when there are none left. */
gboolean bed_places_walk_next (BedPlacesWalk *walk, GArray *near, guint32 *beyond_metres);
