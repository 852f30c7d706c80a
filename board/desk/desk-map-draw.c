/* desk-map-draw.c: render nodes of the map.
 *
 * Owns nothing. Outlines, dashes and the pin are cairo nodes (GTK 4.8 has no paths), discs are rounded
 * clips. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-draw.h"

#include "../board-draw.h"

#include <math.h>

#define FAR 10000000. /* metres: beyond any map's edge */

typedef enum
{
  GROUND_SEA,
  GROUND_LAND, /* not the county's */
  GROUND_COUNTY,
  GROUND_EDGE,
  GROUND_HOLD, /* the one pure hue in use: see tokens.md */
  N_GROUNDS
} Ground;

static const GdkRGBA grounds[BOARD_N_THEMES][N_GROUNDS] = {
  [BOARD_THEME_DARK] = { BOARD_RGB (0x0E1318), BOARD_RGB (0x182028), BOARD_RGB (0x222C36), BOARD_RGB (0x33404C),
                         BOARD_RGB (0xE69F00) },
  [BOARD_THEME_LIGHT] = { BOARD_RGB (0xD8E6EF), BOARD_RGB (0xECEDEC), BOARD_RGB (0xFCFCFA), BOARD_RGB (0x9AA5AF),
                          BOARD_RGB (0xE69F00) },
  [BOARD_THEME_STRONG] = { BOARD_RGB (0xE3EEF5), BOARD_RGB (0xF2F2F2), BOARD_RGB (0xFFFFFF), BOARD_RGB (0x1B2026),
                           BOARD_RGB (0xE69F00) },
};

static const GdkRGBA *
get_colour (const DeskMapBrush *brush, BoardColour colour)
{
  return &board_palettes[brush->theme][colour];
}

static cairo_t *
begin (GtkSnapshot *snapshot, double x, double y, double width, double height)
{
  return gtk_snapshot_append_cairo (snapshot,
                                    &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

BoardFont
desk_map_font_of_names (double em, gboolean is_strong)
{
  return (BoardFont){ 0.9 * em, is_strong ? 600 : 450, FALSE };
}

/* --- ground --- */

static void
trace (cairo_t *cr, const GArray *points, const DeskMapFrame *frame)
{
  for (guint i = 0; i < points->len; i++)
    {
      const DeskMapPoint *point = &g_array_index (points, DeskMapPoint, i);
      double x;
      double y;

      desk_map_frame_put (frame, point->easting, point->northing, &x, &y);
      cairo_line_to (cr, x, y);
    }
}

/* All land north of the shore. */
static void
trace_land (cairo_t *cr, const GArray *shore, const DeskMapFrame *frame)
{
  trace (cr, shore, frame);
  cairo_line_to (cr, FAR * frame->scale, -FAR * frame->scale);
  cairo_line_to (cr, -FAR * frame->scale, -FAR * frame->scale);
  cairo_close_path (cr);
}

static void
fill (cairo_t *cr, const GdkRGBA *colour, const GdkRGBA *edge, double stroke)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, edge);
  cairo_set_line_width (cr, stroke);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

GskRenderNode *
desk_map_draw_ground (const DeskOutline *outline, const DeskMapFrame *frame, double width, double height,
                      BoardTheme theme)
{
  const GdkRGBA *colours = grounds[theme];
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double stroke = theme == BOARD_THEME_STRONG ? 2 : 1.3;
  cairo_t *cr = begin (snapshot, 0, 0, width, height);

  gdk_cairo_set_source_rgba (cr, &colours[GROUND_SEA]);
  cairo_paint (cr);
  trace_land (cr, outline->shore, frame);
  fill (cr, &colours[GROUND_LAND], &colours[GROUND_LAND], stroke);
  trace (cr, outline->island, frame);
  cairo_close_path (cr);
  fill (cr, &colours[GROUND_LAND], &colours[GROUND_EDGE], stroke / 2);
  trace (cr, outline->county, frame);
  cairo_close_path (cr);
  fill (cr, &colours[GROUND_COUNTY], &colours[GROUND_EDGE], stroke);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

/* --- what is on it --- */

static void
draw_dashed_circle (const DeskMapBrush *brush, const DeskMapSpot *spot, double radius, double stroke, double dash,
                    const GdkRGBA *colour)
{
  double outer = radius + stroke;
  double dashes[] = { dash, dash };
  cairo_t *cr = begin (brush->snapshot, spot->x - outer, spot->y - outer, 2 * outer, 2 * outer);

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, stroke);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_arc (cr, spot->x, spot->y, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
desk_map_draw_ring (const DeskMapBrush *brush, const DeskMapSpot *home, double radius)
{
  GdkRGBA colour = *get_colour (brush, BOARD_COLOUR_OCCUPIED);

  colour.alpha = brush->theme == BOARD_THEME_STRONG ? 1 : 0.75f;
  draw_dashed_circle (brush, home, radius, 1.2, 3.2, &colour);
}

void
desk_map_draw_words (const DeskMapBrush *brush, const DeskMapBox *box, const char *words, gboolean is_strong)
{
  BoardFont font = desk_map_font_of_names (brush->em, is_strong);
  GdkRGBA ground = grounds[brush->theme][GROUND_COUNTY];

  ground.alpha = 0.72f;
  board_draw_box (brush->snapshot, box->x, box->y, box->width, box->height, 0.25 * brush->em, &ground);
  board_text_draw (brush->text, brush->snapshot, font,
                   get_colour (brush, is_strong ? BOARD_COLOUR_TEXT : BOARD_COLOUR_TEXT2), box->x + box->width / 2,
                   box->y + box->height / 2 + 0.36 * font.size, BOARD_ALIGN_CENTRE, box->width, words);
}

void
desk_map_draw_way (const DeskMapBrush *brush, const DeskMapSpot *home, const DeskMapSpot *to, gboolean is_held)
{
  static const double dashes[] = { 6, 5 };
  double left = MIN (home->x, to->x) - 3;
  double top = MIN (home->y, to->y) - 3;
  GdkRGBA held = BOARD_RGB (0x7A4F00);
  cairo_t *cr = begin (brush->snapshot, left, top, fabs (home->x - to->x) + 6, fabs (home->y - to->y) + 6);

  gdk_cairo_set_source_rgba (cr, is_held ? &held : get_colour (brush, BOARD_COLOUR_ACCENT));
  cairo_set_line_width (cr, 2);
  if (!is_held)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, home->x, home->y);
  cairo_line_to (cr, to->x, to->y);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
trace_house (cairo_t *cr, double x, double y, double size)
{
  cairo_move_to (cr, x - size, y);
  cairo_line_to (cr, x, y - size * 0.95);
  cairo_line_to (cr, x + size, y);
  cairo_move_to (cr, x - size * 0.68, y - size * 0.2);
  cairo_line_to (cr, x - size * 0.68, y + size * 0.85);
  cairo_line_to (cr, x + size * 0.68, y + size * 0.85);
  cairo_line_to (cr, x + size * 0.68, y - size * 0.2);
}

void
desk_map_draw_pin (const DeskMapBrush *brush, const DeskMapSpot *tip)
{
  double height = DESK_MAP_PIN_EM * brush->em;
  double radius = height * 0.38;
  double x = tip->x;
  double y = tip->y - height + radius;
  cairo_t *cr = begin (brush->snapshot, x - radius - 2, tip->y - height - 2, 2 * radius + 4, height + 4);

  cairo_arc (cr, x, y, radius, G_PI - 0.35, 0.35);
  cairo_curve_to (cr, x + radius * 0.72, y + radius * 0.85, x + radius * 0.2, y + radius * 1.2, x, tip->y);
  cairo_curve_to (cr, x - radius * 0.2, y + radius * 1.2, x - radius * 0.72, y + radius * 0.85,
                  x - radius * cos (0.35), y + radius * sin (0.35));
  cairo_close_path (cr);
  fill (cr, get_colour (brush, BOARD_COLOUR_ACCENT), get_colour (brush, BOARD_COLOUR_TILE), 1.5);
  trace_house (cr, x, y, radius * 0.52);
  cairo_set_line_width (cr, radius * 0.15);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cr, get_colour (brush, BOARD_COLOUR_TILE));
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static BoardColour
choose_colour (const DeskMapMark *mark)
{
  if (mark->kind == DESK_MARK_FULL && !desk_map_mark_is_unsure (mark))
    return BOARD_COLOUR_OCCUPIED;
  return desk_map_mark_is_unsure (mark) ? BOARD_COLOUR_HELD : BOARD_COLOUR_FREE;
}

static void
draw_number (const DeskMapBrush *brush, const DeskMapMark *mark, const DeskMapSpot *spot, double size)
{
  g_autofree char *number = desk_map_mark_print (mark);
  gboolean is_filled = mark->kind == DESK_MARK_SUITS && !mark->is_stale;
  gboolean is_long = number[0] != '\0' && number[1] != '\0';
  BoardFont font = { (is_long ? 0.82 : 1.0) * brush->em * size, mark->kind == DESK_MARK_FULL ? 500 : 700, FALSE };
  BoardColour colour = is_filled ? BOARD_COLOUR_TILE : choose_colour (mark);

  if (mark->kind == DESK_MARK_FULL)
    colour = BOARD_COLOUR_ZERO;
  else if (mark->is_stale)
    colour = BOARD_COLOUR_TEXT2;
  board_text_draw (brush->text, brush->snapshot, font, get_colour (brush, colour), spot->x, spot->y + 0.36 * font.size,
                   BOARD_ALIGN_CENTRE, 0, number);
}

void
desk_map_draw_mark (const DeskMapBrush *brush, const DeskMapMark *mark, const DeskMapSpot *spot, double size)
{
  double radius = DESK_MAP_DISC_EM * brush->em * size;
  double hold = DESK_MAP_HOLD_EM * brush->em * size;
  double stroke = mark->kind == DESK_MARK_FULL ? 1.8 : 2.6;
  const GdkRGBA *colour = get_colour (brush, choose_colour (mark));
  const GdkRGBA *ground = get_colour (brush, BOARD_COLOUR_TILE);

  if (mark->kind == DESK_MARK_FULL && !mark->is_held)
    radius *= 0.85;
  board_draw_disc (brush->snapshot, spot->x, spot->y, mark->is_held ? hold : radius + 1.5, ground);
  if (mark->is_held)
    board_draw_circle (brush->snapshot, spot->x, spot->y, hold - 2, 4, &grounds[brush->theme][GROUND_HOLD]);
  if (desk_map_mark_is_unsure (mark))
    draw_dashed_circle (brush, spot, radius - stroke / 2, stroke, 4, colour);
  else if (mark->kind == DESK_MARK_SUITS)
    board_draw_disc (brush->snapshot, spot->x, spot->y, radius, colour);
  else
    board_draw_circle (brush->snapshot, spot->x, spot->y, radius - stroke / 2, stroke, colour);
  if (size >= 1)
    draw_number (brush, mark, spot, size);
}

void
desk_map_draw_focus (const DeskMapBrush *brush, const DeskMapSpot *spot)
{
  board_draw_circle (brush->snapshot, spot->x, spot->y, spot->radius + 3, 2, get_colour (brush, BOARD_COLOUR_ACCENT));
}
