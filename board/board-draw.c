/* board-draw.c: boxes, borders, discs and arcs as render nodes. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-draw.h"

#include <math.h>

static void
init_outline (GskRoundedRect *outline, double x, double y, double width, double height,
              double radius)
{
  gsk_rounded_rect_init_from_rect (
      outline, &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height),
      (float)radius);
}

void
board_draw_box (GtkSnapshot *snapshot, double x, double y, double width, double height,
                double radius, const GdkRGBA *colour)
{
  GskRoundedRect outline;

  if (width <= 0 || height <= 0)
    return;
  init_outline (&outline, x, y, width, height, radius);
  if (radius > 0)
    gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &outline.bounds);
  if (radius > 0)
    gtk_snapshot_pop (snapshot);
}

void
board_draw_border (GtkSnapshot *snapshot, double x, double y, double width, double height,
                   double radius, double stroke, const GdkRGBA *colour)
{
  GskRoundedRect outline;
  const float widths[4] = { (float)stroke, (float)stroke, (float)stroke, (float)stroke };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };

  init_outline (&outline, x, y, width, height, radius);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

void
board_draw_dashes (GtkSnapshot *snapshot, double x, double y, double width, double height,
                   double radius, double stroke, const GdkRGBA *colour)
{
  static const double dashes[] = { 7, 4.5 };
  double inset = stroke / 2;
  double left = x + inset;
  double top = y + inset;
  double right = x + width - inset;
  double bottom = y + height - inset;
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, stroke);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
board_draw_disc (GtkSnapshot *snapshot, double x, double y, double radius, const GdkRGBA *colour)
{
  board_draw_box (snapshot, x - radius, y - radius, 2 * radius, 2 * radius, radius, colour);
}

void
board_draw_circle (GtkSnapshot *snapshot, double x, double y, double radius, double stroke,
                   const GdkRGBA *colour)
{
  double outer = radius + stroke / 2;

  board_draw_border (snapshot, x - outer, y - outer, 2 * outer, 2 * outer, outer, stroke, colour);
}

void
board_draw_arc (GtkSnapshot *snapshot, double x, double y, double radius, double stroke,
                double part, const GdkRGBA *colour)
{
  double outer = radius + stroke;
  cairo_t *cr;

  if (part <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT ((float)(x - outer), (float)(y - outer),
                                                       (float)(2 * outer), (float)(2 * outer)));
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, stroke);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, x, y, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * MIN (part, 1));
  cairo_stroke (cr);
  cairo_destroy (cr);
}
