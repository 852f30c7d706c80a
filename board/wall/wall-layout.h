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
  WALL_LEGEND_STRIP, /* two lines under the tiles */
  WALL_LEGEND_NONE   /* big and public boards draw nothing that needs one */
} WallLegendShape;

/* What has to find room. */
typedef struct
{
  guint n_units;
  gboolean has_note;  /* a line above the tiles */
  gboolean is_big;    /* tiles and queue at WALL_ZOOM_BIG times the size, no ticker, no legend */
  gboolean is_public; /* no queue, no ticker, no legend */
} WallLayoutWish;

#define WALL_ZOOM_BIG 1.4

typedef struct
{
  double scale; /* window pixels to a board pixel */
  double zoom;  /* of tiles and queue: what is drawn in them is so much larger */
  double width; /* of the window in board pixels: at least 1920 × 1080 in one direction */
  double height;
  BoardRect header;
  BoardRect band;
  BoardRect queue;  /* empty: there is none; so the others */
  BoardRect ticker;
  BoardRect legend;
  BoardRect note;
  BoardRect tiles;
  WallTileDensity density;
  WallLegendShape legend_shape;
  guint n_news; /* events the ticker has room for */
  guint columns;
  guint rows;
  guint n_tiles; /* units to a page; fewer than asked for only beyond the smallest tile */
  guint n_pages; /* 1: all are shown at once */
  double tile_width; /* before zoom, as what is drawn in it */
  double tile_height;
  double gap;
} WallLayout;

#define BOARD_MARGIN 24
#define BOARD_COMPACT_WIDTH_MIN 185
#define BOARD_COMPACT_HEIGHT_MIN 56

/* width_px × height_px of the window, at least 1 × 1. */
void
wall_layout_fit (WallLayout *layout, double width_px, double height_px,
                 const WallLayoutWish *wish);

/* The rectangle of tile i < n_tiles. */
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
