/* wall-layout.h: where everything stands: a window's size and a number of units → rectangles.
 *
 * Pure geometry in pixels of a 1920 × 1080 board; the view multiplies by scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} BoardRect;

/* How much a tile can say. */
typedef enum
{
  WALL_TILE_FULL,   /* as drawn for 14 sites */
  WALL_TILE_DENSE,  /* the same, smaller, for 17 to about 36 */
  WALL_TILE_COMPACT /* two lines: counts instead of a strip */
} WallTileDensity;

typedef enum
{
  WALL_LEGEND_WIDE, /* four columns, in free slots of the last row */
  WALL_LEGEND_TALL, /* two columns, in one large slot */
  WALL_LEGEND_STRIP /* two lines under the tiles */
} WallLegendShape;

typedef struct
{
  double scale; /* window pixels to a board pixel */
  double width; /* of the window in board pixels: at least 1920 × 1080 in one direction */
  double height;
  BoardRect header;
  BoardRect band;
  BoardRect queue;
  BoardRect ticker;
  BoardRect legend;
  BoardRect tiles;
  WallTileDensity density;
  WallLegendShape legend_shape;
  guint n_news; /* events the ticker has room for */
  guint columns;
  guint rows;
  guint n_tiles;     /* units shown; fewer than asked for only beyond the smallest tile */
  gboolean has_more; /* the last slot tells how many units are not shown */
  double tile_width;
  double tile_height;
  double gap;
} WallLayout;

#define BOARD_MARGIN 24
#define BOARD_COMPACT_WIDTH_MIN 185
#define BOARD_COMPACT_HEIGHT_MIN 56

/* width_px × height_px of the window, at least 1 × 1. */
void
wall_layout_fit (WallLayout *layout, double width_px, double height_px, guint n_units);

/* The rectangle of tile i < n_tiles (or == n_tiles if has_more). */
BoardRect
wall_layout_get_tile (const WallLayout *layout, guint i);

/* Sizes within a tile. No text is smaller than 18. */
typedef struct
{
  double pad;
  double name_size;
  double name_y; /* baselines and tops from the tile's top */
  double number_size;
  double number_y;
  double body_size;
  double chip_size;
  double chip_y; /* top */
  double chip_height;
  BoardRect strip; /* within the tile; empty in a compact one */
  double cell_max;
  double icon_size;
  double foot_y; /* baseline */
} WallTileSizes;

void
wall_layout_get_tile_sizes (const WallLayout *layout, WallTileSizes *sizes);

/* Cells of one strip: the largest cells, at most cell_max, that all fit; or slightly smaller ones
 * in a row fewer. */
typedef struct
{
  double cell;
  double pitch;
  guint columns;
} BoardStrip;

void
wall_layout_fit_strip (double width, double height, guint n_cells, double cell_max,
                        BoardStrip *strip);
