/* desk-map-layout.h: where things stand on the map, in pixels: no widget, no colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* What the map shows at least, in National Grid metres: the county, the island, and a margin. */
#define DESK_MAP_WEST 401500.
#define DESK_MAP_EAST 491000.
#define DESK_MAP_SOUTH 74000.
#define DESK_MAP_NORTH 165500.

/* Rings tell the distance that the list tells, by road: straight line × 1.3 (domain.md, closeness). */
#define DESK_MAP_ROAD_FACTOR 1.3
#define DESK_MAP_RINGS 4
#define DESK_MAP_RING_KM 10

/* National Grid to pixels. */
typedef struct
{
  double west; /* easting of the left edge */
  double north;
  double scale; /* pixels a metre */
} DeskMapFrame;

void
desk_map_frame_fit (DeskMapFrame *frame, double width, double height);
void
desk_map_frame_put (const DeskMapFrame *frame, double easting, double northing, double *x, double *y);
/* Radius in pixels of what is so many kilometres by road away. */
double
desk_map_frame_get_ring (const DeskMapFrame *frame, double km);

typedef struct
{
  double x;
  double y;
  double radius; /* of what stands there */
} DeskMapSpot;

/* Moves spots that would cover each other apart until there is `gap` between them, or nearly, and also
 * to `fixed`, which stays where it is (NULL: there is none). Always in the same way. */
void
desk_map_spread (DeskMapSpot *spots, guint n, double gap, const DeskMapSpot *fixed);

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} DeskMapBox;

gboolean
desk_map_boxes_meet (const DeskMapBox *one, const DeskMapBox *other);

/* A name beside its spot. */
typedef struct
{
  DeskMapSpot spot;
  double width;
  double height;
  DeskMapBox box; /* where it is written, if is_placed */
  gboolean is_placed;
} DeskMapName;

/* Greedy: the first name has the first choice among eight places around its spot. One that finds none
 * within bounds that is free of obstacles and of other names stays unplaced. */
void
desk_map_place_names (const DeskMapBox *bounds, const GArray *obstacles, DeskMapName *names, guint n);

/* The spot that an arrow key leads to, from spot `from`: the nearest in that direction; `from` if there is
 * none. step_x, step_y: -1, 0, 1. */
guint
desk_map_step (const DeskMapSpot *spots, guint n, guint from, int step_x, int step_y);
/* The spot within reach of a pointer, or -1. */
int
desk_map_find_spot (const DeskMapSpot *spots, guint n, double x, double y, double reach);
