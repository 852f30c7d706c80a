/* desk-map-outline.h: the county, the island and the shore, as lines of National Grid metres.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define DESK_OUTLINE_POINTS_MAX 4096

typedef struct
{
  double easting;
  double northing;
} DeskMapPoint;

/* Each a GArray of DeskMapPoint. */
typedef struct
{
  GArray *county; /* a ring: its coast, then its borders */
  GArray *island; /* a ring: the Isle of Wight */
  GArray *shore;  /* from far in the west to far in the east: north of it is land */
} DeskOutline;

/* csv: "line,point,easting,northing" under a header line; # begins a comment. A line that is none of
 * that is left out. */
DeskOutline *
desk_outline_new (const char *csv);
void
desk_outline_free (DeskOutline *outline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskOutline, desk_outline_free)
