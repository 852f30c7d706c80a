/* board-layout.h: where everything stands: a window's size and a number of units → rectangles.
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
  BOARD_TILE_FULL,   /* as drawn for 14 sites */
  BOARD_TILE_DENSE,  /* the same, smaller, for 17 to about 36 */
  BOARD_TILE_COMPACT /* two lines: counts instead of a strip */
} BoardTileDensity;

typedef enum
{
  BOARD_LEGEND_WIDE, /* four columns, in free slots of the last row */
  BOARD_LEGEND_TALL, /* two columns, in one large slot */
  BOARD_LEGEND_STRIP /* two lines under the tiles */
} BoardLegendShape;

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
  BoardTileDensity density;
  BoardLegendShape legend_shape;
  guint n_news; /* events the ticker has room for */
  guint columns;
  guint rows;
  guint n_tiles;     /* units shown; fewer than asked for only beyond the smallest tile */
  gboolean has_more; /* the last slot tells how many units are not shown */
  double tile_width;
  double tile_height;
  double gap;
} BoardLayout;

#define BOARD_MARGIN 24
#define BOARD_COMPACT_WIDTH_MIN 185
#define BOARD_COMPACT_HEIGHT_MIN 56

/* width_px × height_px of the window, at least 1 × 1. */
void
board_layout_fit (BoardLayout *layout, double width_px, double height_px, guint n_units);

/* The rectangle of tile i < n_tiles (or == n_tiles if has_more). */
BoardRect
board_layout_get_tile (const BoardLayout *layout, guint i);

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
} BoardTileSizes;

void
board_layout_get_tile_sizes (const BoardLayout *layout, BoardTileSizes *sizes);

/* Cells of one strip: the largest cells, at most cell_max, that all fit; or slightly smaller ones
 * in a row fewer. */
typedef struct
{
  double cell;
  double pitch;
  guint columns;
} BoardStrip;

void
board_layout_fit_strip (double width, double height, guint n_cells, double cell_max,
                        BoardStrip *strip);
