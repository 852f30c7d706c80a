/* wall-sparkline.c: a step line from the history's quarters, ending in a dot at now.
 *
 * Draws only; owns nothing. Without history it says so instead of drawing a flat line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-sparkline.h"

#include "../board-i18n.h"
#include "../board-draw.h"
#include "common/bed-time.h"

#define TOP 58.0
#define BOTTOM 115.0
#define RANGE_MIN 6

typedef struct
{
  double x;
  double width;
  gint64 from_us;
  double low;  /* beds at the bottom */
  double high; /* beds at the top */
} Frame;

static double
place_time (const Frame *frame, gint64 at_us)
{
  return frame->x + frame->width * CLAMP ((double)(at_us - frame->from_us) / BED_DAY_US, 0, 1);
}

static double
place_beds (const Frame *frame, guint beds)
{
  return BOTTOM - (BOTTOM - TOP) * (beds - frame->low) / (frame->high - frame->low);
}

/* The first quarter that matters: the last one before the frame begins. */
static guint
find_first (const GArray *quarters, gint64 from_us)
{
  guint first = 0;

  for (guint i = 0; i < quarters->len && g_array_index (quarters, BoardQuarter, i).at_us <= from_us;
       i++)
    first = i;
  return first;
}

static void
trace (cairo_t *cr, const Frame *frame, const GArray *quarters, guint first, guint now_occupied)
{
  double y = place_beds (frame, g_array_index (quarters, BoardQuarter, first).occupied);

  cairo_move_to (cr, place_time (frame, g_array_index (quarters, BoardQuarter, first).at_us), y);
  for (guint i = first + 1; i < quarters->len; i++)
    {
      const BoardQuarter *quarter = &g_array_index (quarters, BoardQuarter, i);
      double x = place_time (frame, quarter->at_us);

      cairo_line_to (cr, x, y);
      y = place_beds (frame, quarter->occupied);
      cairo_line_to (cr, x, y);
    }
  cairo_line_to (cr, frame->x + frame->width, y);
  cairo_line_to (cr, frame->x + frame->width, place_beds (frame, now_occupied));
}

static void
draw_line (GtkSnapshot *snapshot, const Frame *frame, const GArray *quarters, guint first,
           guint now_occupied)
{
  GdkRGBA fill = board_palette_fade (BOARD_COLOUR_OCCUPIED, 0.20);
  double left = place_time (frame, g_array_index (quarters, BoardQuarter, first).at_us);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float)frame->x - 10, (float)TOP - 10,
                                     (float)frame->width + 20, (float)(BOTTOM - TOP) + 20));

  trace (cr, frame, quarters, first, now_occupied);
  cairo_line_to (cr, frame->x + frame->width, BOTTOM);
  cairo_line_to (cr, left, BOTTOM);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_fill (cr);
  trace (cr, frame, quarters, first, now_occupied);
  gdk_cairo_set_source_rgba (cr, &board_palette[BOARD_COLOUR_TEXT2]);
  cairo_set_line_width (cr, 2.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_axis (const WallScene *scene, GtkSnapshot *snapshot, const Frame *frame)
{
  BoardFont font = { 20, 500, FALSE };
  gint64 midnight_us = bed_time_find_next_local (frame->from_us, 0, 0);
  double midnight = place_time (frame, midnight_us);
  double start_width;
  char clock[6];

  bed_time_print_local (frame->from_us, clock);
  start_width = board_text_draw (scene->text, snapshot, font, &board_palette[BOARD_COLOUR_TEXT3],
                                 frame->x, 137, BOARD_ALIGN_START, 0, clock);
  board_text_draw (scene->text, snapshot, font, &board_palette[BOARD_COLOUR_TEXT3],
                   frame->x + frame->width + 6, 137, BOARD_ALIGN_END, 0, _ ("now"));
  if (midnight - 30 > frame->x + start_width + 8 && midnight + 30 < frame->x + frame->width - 46)
    board_text_draw (scene->text, snapshot, font, &board_palette[BOARD_COLOUR_TEXT3], midnight, 137,
                     BOARD_ALIGN_CENTRE, 0, "00:00");
  board_draw_box (snapshot, midnight, TOP - 8, 1.5, BOTTOM - TOP + 8, 0,
                  &board_palette[BOARD_COLOUR_LINE]);
  board_draw_box (snapshot, frame->x, BOTTOM, frame->width, 1.5, 0,
                  &board_palette[BOARD_COLOUR_LINE]);
}

void
wall_sparkline_draw (const WallScene *scene, GtkSnapshot *snapshot, double x, double width)
{
  const GArray *quarters = board_model_peek_quarters (scene->model);
  guint occupied = board_model_peek_totals (scene->model)->occupied;
  Frame frame = { x, width, scene->now_us - BED_DAY_US, occupied, occupied };
  guint first;
  int change;
  char words[24];

  board_text_draw (scene->text, snapshot, (BoardFont){ 23, 500, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT2], x, 38, BOARD_ALIGN_START, 0,
                   _ ("Occupied, last 24 h"));
  if (quarters->len == 0)
    {
      board_text_draw (scene->text, snapshot, (BoardFont){ 20, 500, FALSE },
                       &board_palette[BOARD_COLOUR_TEXT3], x, 92, BOARD_ALIGN_START, width,
                       _ ("no history yet"));
      return;
    }
  first = find_first (quarters, frame.from_us);
  if (scene->now_us - g_array_index (quarters, BoardQuarter, first).at_us < BED_HOUR_US)
    {
      char clock[6];

      /* too little to be a line */
      bed_time_print_local (g_array_index (quarters, BoardQuarter, first).at_us, clock);
      g_snprintf (words, sizeof words, _ ("known since %s"), clock);
      board_text_draw (scene->text, snapshot, (BoardFont){ 20, 500, FALSE },
                       &board_palette[BOARD_COLOUR_TEXT3], x, 92, BOARD_ALIGN_START, width, words);
      return;
    }
  for (guint i = first; i < quarters->len; i++)
    {
      guint beds = g_array_index (quarters, BoardQuarter, i).occupied;

      frame.low = MIN (frame.low, beds);
      frame.high = MAX (frame.high, beds);
    }
  /* never so stretched that one bed looks like a crisis */
  frame.low = MAX (MIN (frame.low, frame.high - RANGE_MIN) - (frame.high - frame.low) * 0.3 - 1, 0);
  frame.high = MAX (frame.high, frame.low + 1);

  change = (int)occupied - (int)g_array_index (quarters, BoardQuarter, first).occupied;
  g_snprintf (words, sizeof words, change < 0 ? "−%d" : change > 0 ? "+%d" : "±%d", ABS (change));
  board_text_draw (scene->text, snapshot, (BoardFont){ 24, 700, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT], x + width + 4, 38, BOARD_ALIGN_END, 0, words);
  draw_axis (scene, snapshot, &frame);
  draw_line (snapshot, &frame, quarters, first, occupied);
  board_draw_disc (snapshot, x + width, place_beds (&frame, occupied), 6.5,
                   &board_palette[BOARD_COLOUR_TEXT]);
}
