/* board-region.h: one region of the wallboard: a widget that draws itself in one snapshot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-scene.h"

/* What makes a region this or that one. index: which tile; 0 elsewhere. */
typedef struct
{
  const char *css_name;
  GtkAccessibleRole role;
  gboolean is_focusable;
  /* Draws into width × height board pixels. */
  void (*draw) (const BoardScene *scene, GtkSnapshot *snapshot, guint index, double width,
                double height);
  /* What it says to somebody who does not see it: owned by the caller, or NULL. */
  char *(*say) (const BoardScene *scene, guint index);
} BoardRegionKind;

extern const BoardRegionKind board_header_kind;
extern const BoardRegionKind board_band_kind;
extern const BoardRegionKind board_tile_kind;
extern const BoardRegionKind board_queue_kind;
extern const BoardRegionKind board_ticker_kind;
extern const BoardRegionKind board_legend_kind;
extern const BoardRegionKind board_why_kind;
extern const BoardRegionKind board_keys_kind;

G_DECLARE_FINAL_TYPE (BoardRegion, board_region, BOARD, REGION, GtkWidget)
#define BOARD_TYPE_REGION (board_region_get_type ())

GtkWidget *
board_region_new (const BoardRegionKind *kind, const BoardScene *scene, guint index);

#define BOARD_CROSS_FADE_US 200000

/* What is shown now fades into what is drawn next: for a new order of rows. */
void
board_region_cross_fade (BoardRegion *region);

/* Draws again, and says again what has changed. */
void
board_region_refresh (BoardRegion *region);
