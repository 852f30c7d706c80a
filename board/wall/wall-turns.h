/* wall-turns.h: which areas of a busy wall are drawn in this frame.
 *
 * A frame costs what the box around all that changed in it costs: header, queue and ticker together
 * are the whole screen. So while changes come faster than a wall that is drawn whole could follow,
 * its areas take turns, the one that has waited longest first; a calm wall is drawn at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef enum
{
  WALL_AREA_TOP, /* header, counts, note */
  WALL_AREA_TILES,
  WALL_AREA_QUEUE,
  WALL_AREA_TICKER,
  WALL_N_AREAS
} WallArea;

#define WALL_AREAS_ALL ((1u << WALL_N_AREAS) - 1)
#define WALL_CALM_US G_GINT64_CONSTANT (250000) /* after so long without a frame all areas fit into one */

typedef struct
{
  gint64 asked_us[WALL_N_AREAS]; /* since when it waits; 0: it does not */
  gint64 drawn_us;               /* the last frame; 0: none yet */
} WallTurns;

/* areas: a bit for each that has something new; now_us: monotonic, of at least 1. */
void
wall_turns_ask (WallTurns *turns, guint areas, gint64 now_us);

/* The areas that this frame is to draw, which wait no longer; 0: none waits. */
guint
wall_turns_take (WallTurns *turns, gint64 now_us);

/* Since when the longest waiting area has something new to show; G_MAXINT64: all is shown. */
gint64
wall_turns_get_oldest_us (const WallTurns *turns);
