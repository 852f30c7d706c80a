/* wall-region.h: one region of the wallboard: a widget that draws itself in one snapshot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-scene.h"

/* What makes a region this or that one. index: which tile; 0 elsewhere. */
typedef struct
{
  const char *css_name;
  GtkAccessibleRole role;
  gboolean is_focusable;
  gboolean is_zoomed; /* larger on a big board */
  /* Draws into width × height board pixels. */
  void (*draw) (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width,
                double height);
  /* What it says to somebody who does not see it: owned by the caller, or NULL. */
  char *(*say) (const WallScene *scene, guint index);
} WallRegionKind;

extern const WallRegionKind wall_header_kind;
extern const WallRegionKind wall_band_kind;
extern const WallRegionKind wall_note_kind;
extern const WallRegionKind wall_tile_kind;
extern const WallRegionKind wall_queue_kind;
extern const WallRegionKind wall_ticker_kind;
extern const WallRegionKind wall_legend_kind;

/* The sheets that lie over the board, one at a time. */
typedef enum
{
  WALL_SHEET_WHY,
  WALL_SHEET_KEYS,
  WALL_SHEET_UNIT,
  WALL_SHEET_STALE,
  WALL_N_SHEETS
} WallSheet;

extern const WallRegionKind wall_why_kind;
extern const WallRegionKind wall_keys_kind;
extern const WallRegionKind wall_unit_kind;
extern const WallRegionKind wall_stale_kind;

G_DECLARE_FINAL_TYPE (WallRegion, wall_region, WALL, REGION, GtkWidget)
#define WALL_TYPE_REGION (wall_region_get_type ())

GtkWidget *
wall_region_new (const WallRegionKind *kind, const WallScene *scene, guint index);

#define WALL_CROSS_FADE_US 200000

/* What is shown now fades into what is drawn next: for a new order of rows. As long as it does it is to
 * be refreshed. */
void
wall_region_cross_fade (WallRegion *region);
gboolean
wall_region_is_fading (WallRegion *region);

/* Draws again, and says again what has changed. */
void
wall_region_refresh (WallRegion *region);

/* The key whose hint stands so many board pixels left of the ticker's right end; 0: none. */
guint
wall_ticker_find_key (const WallScene *scene, double left);
