/* wall-layout.c: pure geometry of the wallboard, from 1280 × 720 to 3840 × 2160 and 1 to any
 * number of units.
 *
 * Owns nothing, nothing can fail. The board is always laid out as if it were 1080 pixels high; the
 * grid of tiles is chosen by trying every number of columns, with the legend either in free slots
 * of the last row or in a strip under the tiles, and taking what leaves the largest tiles. What does not
 * fit at the smallest tile comes on pages of equal size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-layout.h"

#include <math.h>
#include <string.h>

#define BASE_WIDTH 1920.0
#define BASE_HEIGHT 1080.0
#define HEADER_Y 18.0
#define HEADER_HEIGHT 60.0
#define BAND_Y 92.0
#define BAND_HEIGHT 158.0
#define MAIN_Y 264.0
#define BOTTOM 14.0
#define TICKER_HEIGHT 42.0
#define PANEL_GAP 18.0
#define QUEUE_WIDTH 488.0
#define NOTE_HEIGHT 38.0
#define NOTE_GAP 8.0
#define BOTTOM_BARE 10.0 /* without a ticker */

#define NEWS_WIDTH 520.0
#define NEWS_HINTS_WIDTH 250.0

#define TILE_WIDTH 332.0
#define TILE_HEIGHT 177.0
#define FULL_SCALE_MIN 0.88
#define FULL_SCALE_MAX 1.4
#define DENSE_HEIGHT_MIN 112.0
#define DENSE_WIDTH_MIN 204.0
#define COMPACT_WIDTH 240.0
#define COMPACT_HEIGHT 66.0
#define COLUMNS_MAX 9
#define FULL_SCORE 20.0
#define DENSE_SCORE 10.0

#define FEWER_ROWS_PART 0.92 /* cells may become so much smaller to save a row */

#define LEGEND_WIDE_WIDTH 660.0
#define LEGEND_WIDE_HEIGHT 124.0
#define LEGEND_TALL_WIDTH 330.0
#define LEGEND_TALL_HEIGHT 290.0
#define LEGEND_STRIP_HEIGHT 60.0

typedef struct
{
  guint columns;
  guint rows;
  double width;
  double height;
  double gap;
  double score;
  WallTileDensity density;
  WallLegendShape legend_shape;
} Grid;

static double
choose_gap (guint n_units)
{
  return n_units <= 16 ? 12 : n_units <= 36 ? 10 : 8;
}

static void
size_grid (Grid *grid, const BoardRect *room, double legend_height)
{
  double height = room->height - legend_height;

  grid->width = (room->width - (grid->columns - 1) * grid->gap) / grid->columns;
  grid->height = (height - (grid->rows - 1) * grid->gap) / grid->rows;
}

/* How large the tiles come out, compared with what each density wants; 0: unusable. */
static void
score_grid (Grid *grid)
{
  double across = grid->width / TILE_WIDTH;
  double down = grid->height / TILE_HEIGHT;
  double skew = fabs (log (grid->width / grid->height * TILE_HEIGHT / TILE_WIDTH));

  if (across >= FULL_SCALE_MIN && down >= FULL_SCALE_MIN)
    {
      grid->density = WALL_TILE_FULL;
      grid->score = FULL_SCORE + MIN (MIN (across, down), FULL_SCALE_MAX) - skew / 100;
    }
  else if (grid->width >= DENSE_WIDTH_MIN && grid->height >= DENSE_HEIGHT_MIN)
    {
      grid->density = WALL_TILE_DENSE;
      grid->score = DENSE_SCORE + MIN (across, down);
    }
  else if (grid->width >= BOARD_COMPACT_WIDTH_MIN && grid->height >= BOARD_COMPACT_HEIGHT_MIN)
    {
      grid->density = WALL_TILE_COMPACT;
      grid->score = MIN (grid->width / COMPACT_WIDTH, grid->height / COMPACT_HEIGHT);
    }
  else
    grid->score = 0;
}

/* Which legend fits into the free slots at the end of the last row; FALSE: none does. */
static gboolean
place_legend (Grid *grid, guint n_units)
{
  guint n_free = grid->rows * grid->columns - n_units;
  double width = n_free * grid->width + (n_free > 0 ? n_free - 1 : 0) * grid->gap;

  if (n_units == 0 || n_free > grid->columns)
    return FALSE;
  if (width >= LEGEND_WIDE_WIDTH && grid->height >= LEGEND_WIDE_HEIGHT)
    grid->legend_shape = WALL_LEGEND_WIDE;
  else if (width >= LEGEND_TALL_WIDTH && grid->height >= LEGEND_TALL_HEIGHT)
    grid->legend_shape = WALL_LEGEND_TALL;
  else
    return FALSE;
  return TRUE;
}

static void
keep_better (Grid *best, Grid *grid)
{
  score_grid (grid);
  if (grid->score > best->score)
    *best = *grid;
}

/* least: of the score; 0 takes any. */
static gboolean
choose_grid (const BoardRect *room, guint n_units, gboolean has_legend, double least, Grid *best)
{
  memset (best, 0, sizeof *best);
  for (guint columns = 1; columns <= COLUMNS_MAX; columns++)
    {
      guint rows = MAX ((n_units + columns - 1) / columns, 1);
      Grid grid = { .columns = columns, .rows = rows, .gap = choose_gap (n_units) };

      for (guint spare = 0; has_legend && spare < 2; spare++)
        {
          grid.rows = rows + spare;
          size_grid (&grid, room, 0);
          if (!place_legend (&grid, n_units))
            continue;
          keep_better (best, &grid);
          break;
        }
      grid.rows = rows;
      grid.legend_shape = has_legend ? WALL_LEGEND_STRIP : WALL_LEGEND_NONE;
      size_grid (&grid, room, has_legend ? LEGEND_STRIP_HEIGHT : 0);
      keep_better (best, &grid);
    }
  return best->score > least;
}

static void
place_legend_rect (WallLayout *layout)
{
  const BoardRect *room = &layout->tiles;
  BoardRect last;

  switch (layout->legend_shape)
    {
    case WALL_LEGEND_WIDE:
    case WALL_LEGEND_TALL:
      last = wall_layout_get_tile (layout, layout->n_tiles);
      layout->legend
          = (BoardRect){ last.x, last.y, room->x + room->width - last.x, last.height };
      break;
    case WALL_LEGEND_STRIP:
      layout->legend = (BoardRect){ room->x, room->y + room->height - LEGEND_STRIP_HEIGHT + 10,
                                    room->width, LEGEND_STRIP_HEIGHT - 10 };
      break;
    case WALL_LEGEND_NONE:
      break;
    }
}

static void
place_tiles (WallLayout *layout, const WallLayoutWish *wish)
{
  BoardRect room = { 0, 0, layout->tiles.width / layout->zoom, layout->tiles.height / layout->zoom };
  gboolean has_legend = !wish->is_big && !wish->is_public;
  double least = wish->is_big || wish->is_public ? DENSE_SCORE : 0;
  Grid grid;
  guint shown = wish->n_units;

  while (!choose_grid (&room, shown, has_legend, least, &grid) && shown > 1)
    shown--;
  layout->n_pages = shown > 0 ? (wish->n_units + shown - 1) / shown : 1;
  /* pages alike: a last one with two tiles would look like a fault */
  if (layout->n_pages > 1)
    {
      shown = (wish->n_units + layout->n_pages - 1) / layout->n_pages;
      choose_grid (&room, shown, has_legend, least, &grid);
    }
  layout->n_tiles = shown;
  layout->columns = MAX (grid.columns, 1);
  layout->rows = MAX (grid.rows, 1);
  layout->gap = grid.gap;
  layout->tile_width = grid.width;
  layout->tile_height = grid.height;
  layout->density = grid.density;
  layout->legend_shape = grid.legend_shape;
  place_legend_rect (layout);
}

static void
place_note (WallLayout *layout)
{
  layout->note
      = (BoardRect){ layout->tiles.x, layout->tiles.y, layout->tiles.width, NOTE_HEIGHT };
  layout->tiles.y += NOTE_HEIGHT + NOTE_GAP;
  layout->tiles.height -= NOTE_HEIGHT + NOTE_GAP;
}

void
wall_layout_fit (WallLayout *layout, double width_px, double height_px, const WallLayoutWish *wish)
{
  gboolean has_ticker = !wish->is_big && !wish->is_public;
  double main_height;
  double queue_width;

  memset (layout, 0, sizeof *layout);
  layout->zoom = wish->is_big ? WALL_ZOOM_BIG : 1;
  layout->scale = MAX (MIN (width_px / BASE_WIDTH, height_px / BASE_HEIGHT), 0.05);
  layout->width = MAX (width_px / layout->scale, BASE_WIDTH);
  layout->height = MAX (height_px / layout->scale, BASE_HEIGHT);
  main_height
      = layout->height - MAIN_Y - BOTTOM - (has_ticker ? TICKER_HEIGHT + BOTTOM : BOTTOM_BARE);
  queue_width = wish->is_public ? 0 : QUEUE_WIDTH * layout->zoom;

  layout->header
      = (BoardRect){ BOARD_MARGIN, HEADER_Y, layout->width - 2 * BOARD_MARGIN, HEADER_HEIGHT };
  layout->band = (BoardRect){ BOARD_MARGIN, BAND_Y, layout->width - 2 * BOARD_MARGIN, BAND_HEIGHT };
  if (!wish->is_public)
    layout->queue = (BoardRect){ layout->width - BOARD_MARGIN - queue_width, MAIN_Y, queue_width,
                                 main_height };
  if (has_ticker)
    layout->ticker = (BoardRect){ BOARD_MARGIN, layout->height - BOTTOM - TICKER_HEIGHT,
                                  layout->width - 2 * BOARD_MARGIN, TICKER_HEIGHT };
  layout->tiles
      = (BoardRect){ BOARD_MARGIN, MAIN_Y,
                     layout->width - 2 * BOARD_MARGIN - (wish->is_public ? 0 : queue_width + PANEL_GAP),
                     main_height };
  layout->n_news = (guint)CLAMP ((layout->ticker.width - NEWS_HINTS_WIDTH) / NEWS_WIDTH, 1, 8);
  if (wish->has_note)
    place_note (layout);
  place_tiles (layout, wish);
  if (layout->n_pages == 1 || wish->has_note)
    return;
  /* which page this is has to be told */
  place_note (layout);
  place_tiles (layout, wish);
}

BoardRect
wall_layout_get_tile (const WallLayout *layout, guint i)
{
  double across = (layout->tile_width + layout->gap) * layout->zoom;
  double down = (layout->tile_height + layout->gap) * layout->zoom;

  return (BoardRect){ layout->tiles.x + i % layout->columns * across,
                      layout->tiles.y + i / layout->columns * down,
                      layout->tile_width * layout->zoom, layout->tile_height * layout->zoom };
}

static void
size_full (double width, double height, WallTileSizes *sizes)
{
  double scale
      = CLAMP (MIN (width / TILE_WIDTH, height / TILE_HEIGHT), FULL_SCALE_MIN, FULL_SCALE_MAX);

  sizes->pad = 17 * scale;
  sizes->name_size = 25 * scale;
  sizes->name_y = 37 * scale;
  sizes->number_size = 72 * scale;
  sizes->number_y = 68 * scale;
  sizes->body_size = MAX (20 * scale, 18);
  sizes->chip_size = MAX (18 * scale, 18);
  sizes->chip_y = 48 * scale;
  sizes->chip_height = 24 * scale;
  sizes->icon_size = 26 * scale;
  sizes->foot_y = height - 20 * scale;
  sizes->strip.y = 82 * scale;
  sizes->strip.height = height - 131.5 * scale; /* two rows of 20, clear of the icons */
  sizes->cell_max = scale > 1.1 ? 30 * scale : 20 * scale;
}

static void
size_dense (double width, double height, WallTileSizes *sizes)
{
  /* what is left above the least height goes to the strip and a little to the letters */
  double ease = CLAMP ((height - DENSE_HEIGHT_MIN) / 40, 0, 1);

  sizes->pad = 12 + 2 * ease;
  sizes->name_size = width >= 250 ? 21 + ease : 19.5;
  sizes->name_y = 27 + 3 * ease;
  sizes->number_size = 50 + 6 * ease;
  sizes->number_y = 47 + 6 * ease;
  sizes->body_size = 18;
  sizes->chip_size = 18;
  sizes->chip_y = 33 + 5 * ease;
  sizes->chip_height = 22;
  sizes->icon_size = 21;
  sizes->foot_y = height - 11 - 3 * ease;
  sizes->strip.y = 60 + 7 * ease;
  sizes->strip.height = height - sizes->strip.y - 33 - 6 * ease;
  /* two rows, so that the cells of most tiles are alike */
  sizes->cell_max = MIN (sizes->strip.height / 2.25, 18);
}

static void
size_compact (double width, double height, WallTileSizes *sizes)
{
  double slack = height - BOARD_COMPACT_HEIGHT_MIN;

  sizes->pad = 11;
  sizes->name_size = 18.5;
  sizes->name_y = 24 + slack * 0.3;
  sizes->number_size = 32;
  sizes->number_y = 29 + slack * 0.3;
  sizes->body_size = 18;
  sizes->chip_size = 18;
  sizes->icon_size = 15;
  sizes->foot_y = height - 8 - slack * 0.3;
}

void
wall_layout_get_tile_sizes (const WallLayout *layout, WallTileSizes *sizes)
{
  memset (sizes, 0, sizeof *sizes);
  switch (layout->density)
    {
    case WALL_TILE_FULL:
      size_full (layout->tile_width, layout->tile_height, sizes);
      break;
    case WALL_TILE_DENSE:
      size_dense (layout->tile_width, layout->tile_height, sizes);
      break;
    case WALL_TILE_COMPACT:
      size_compact (layout->tile_width, layout->tile_height, sizes);
      break;
    }
  sizes->strip.x = sizes->pad;
  sizes->strip.width = layout->tile_width - 2 * sizes->pad;
}

/* A last row with one cell or two looks like a mistake: where a slightly smaller cell needs a row
 * fewer, takes that. */
static void
save_row (double width, guint n_cells, BoardStrip *strip)
{
  guint rows = (n_cells + strip->columns - 1) / strip->columns;
  guint columns = rows > 1 ? (n_cells + rows - 2) / (rows - 1) : strip->columns;
  double cell = width / (columns * 1.25 - 0.25);

  if (rows <= 1 || cell < strip->cell * FEWER_ROWS_PART)
    return;
  strip->cell = cell;
  strip->pitch = cell * 1.25;
  strip->columns = columns;
}

void
wall_layout_fit_strip (double width, double height, guint n_cells, double cell_max,
                        BoardStrip *strip)
{
  double cell = cell_max;

  /* a gap of a quarter of the cell; by quarters of a pixel until all fit */
  for (; cell > 2; cell -= 0.25)
    {
      double pitch = cell * 1.25;
      guint columns = (guint)((width + cell * 0.25) / pitch);
      guint rows = (guint)((height + cell * 0.25) / pitch);

      if (columns * rows >= n_cells)
        break;
    }
  strip->cell = cell;
  strip->pitch = cell * 1.25;
  strip->columns = MAX ((guint)((width + cell * 0.25) / strip->pitch), 1);
  save_row (width, n_cells, strip);
}
