/* board-glyphs.c: seven bed states as seven silhouettes on a 20-unit grid.
 *
 * Owns one render node for each glyph (a held bed: for each sixtieth of its pie), drawn with cairo
 * on the grid and scaled when it is shown, so that it is sharp at any size and a renderer can keep
 * its texture. Discs and squares are rounded clips with a colour, as most cells are. GTK 4.8 has no
 * path nodes. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-glyphs.h"

#include <math.h>

#define GRID 20

struct _BoardGlyphs
{
  BoardTheme theme;
  GskRenderNode *nodes[BOARD_N_GLYPHS];     /* owned, NULL until drawn once */
  GskRenderNode *pies[BOARD_PIE_STEPS + 1]; /* owned */
};

static const BoardColour colours[BOARD_N_GLYPHS] = {
  [BOARD_GLYPH_FREE] = BOARD_COLOUR_FREE,         [BOARD_GLYPH_HELD] = BOARD_COLOUR_HELD,
  [BOARD_GLYPH_ARRIVING] = BOARD_COLOUR_ARRIVING, [BOARD_GLYPH_CLEANING] = BOARD_COLOUR_CLEANING,
  [BOARD_GLYPH_LEAVING] = BOARD_COLOUR_LEAVING,   [BOARD_GLYPH_OCCUPIED] = BOARD_COLOUR_OCCUPIED,
  [BOARD_GLYPH_UNKNOWN] = BOARD_COLOUR_HELD,      [BOARD_GLYPH_CLOSED] = BOARD_COLOUR_CLOSED,
};

BoardGlyphs *
board_glyphs_new (BoardTheme theme)
{
  BoardGlyphs *glyphs = g_new0 (BoardGlyphs, 1);

  glyphs->theme = theme;
  return glyphs;
}

void
board_glyphs_free (BoardGlyphs *glyphs)
{
  for (guint i = 0; i < BOARD_N_GLYPHS; i++)
    g_clear_pointer (&glyphs->nodes[i], gsk_render_node_unref);
  for (guint i = 0; i <= BOARD_PIE_STEPS; i++)
    g_clear_pointer (&glyphs->pies[i], gsk_render_node_unref);
  g_free (glyphs);
}

BoardColour
board_glyph_colour (BoardGlyph glyph)
{
  return colours[glyph];
}

static void
set_source (cairo_t *cr, BoardTheme theme, BoardColour colour)
{
  gdk_cairo_set_source_rgba (cr, &board_palettes[theme][colour]);
}

static void
trace_square (cairo_t *cr, double inset, double radius)
{
  double from = inset + radius;
  double to = GRID - inset - radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, to, from, radius, -G_PI_2, 0);
  cairo_arc (cr, to, to, radius, 0, G_PI_2);
  cairo_arc (cr, from, to, radius, G_PI_2, G_PI);
  cairo_arc (cr, from, from, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
draw_held (cairo_t *cr, BoardTheme theme, double left)
{
  set_source (cr, theme, BOARD_COLOUR_HELD);
  cairo_set_line_width (cr, 2.2);
  cairo_arc (cr, 10, 10, 8.4, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (left <= 0)
    return;
  cairo_move_to (cr, 10, 10);
  cairo_arc (cr, 10, 10, 5.4, -G_PI_2, -G_PI_2 + 2 * G_PI * left);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_arriving (cairo_t *cr, BoardTheme theme)
{
  static const double points[][2]
      = { { 0.8, 2.6 }, { 12, 2.6 }, { 19.4, 10 }, { 12, 17.4 }, { 0.8, 17.4 }, { 5.6, 10 } };

  set_source (cr, theme, BOARD_COLOUR_ARRIVING);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_cleaning (cairo_t *cr, BoardTheme theme)
{
  set_source (cr, theme, BOARD_COLOUR_CLEANING);
  cairo_save (cr);
  trace_square (cr, 1, 4);
  cairo_clip (cr);
  cairo_set_line_width (cr, 2.5);
  for (double x = -8; x <= 12; x += 6.5)
    {
      cairo_move_to (cr, x - 2, 22);
      cairo_line_to (cr, x + 22, -2);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
  cairo_set_line_width (cr, 1.8);
  trace_square (cr, 1.9, 3.4);
  cairo_stroke (cr);
}

static void
draw_leaving (cairo_t *cr, BoardTheme theme)
{
  set_source (cr, theme, BOARD_COLOUR_OCCUPIED_FILL);
  trace_square (cr, 1, 4);
  cairo_fill (cr);
  set_source (cr, theme, BOARD_COLOUR_LEAVING);
  cairo_set_line_width (cr, 2.3);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, 6, 14);
  cairo_line_to (cr, 13.8, 6.2);
  cairo_move_to (cr, 7.8, 6.2);
  cairo_line_to (cr, 13.8, 6.2);
  cairo_line_to (cr, 13.8, 12.2);
  cairo_stroke (cr);
}

static void
draw_unknown (cairo_t *cr, BoardTheme theme)
{
  static const double dashes[] = { 3.4, 2.4 };

  set_source (cr, theme, BOARD_COLOUR_OCCUPIED);
  cairo_set_line_width (cr, 1.8);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  trace_square (cr, 1.9, 3.4);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  set_source (cr, theme, BOARD_COLOUR_HELD);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, 10, 7.6, 2.5, -G_PI, 0.45 * G_PI);
  cairo_line_to (cr, 10, 11.6);
  cairo_stroke (cr);
  cairo_arc (cr, 10, 14.6, 1.2, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_closed (cairo_t *cr, BoardTheme theme)
{
  set_source (cr, theme, BOARD_COLOUR_CLOSED);
  cairo_set_line_width (cr, 3.6);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, 3.4, 3.4);
  cairo_line_to (cr, 16.6, 16.6);
  cairo_move_to (cr, 16.6, 3.4);
  cairo_line_to (cr, 3.4, 16.6);
  cairo_stroke (cr);
}

/* Discs and squares: a colour in a rounded clip, which renderers draw without a texture. */
static GskRenderNode *
make_rounded (BoardTheme theme, BoardColour colour, double inset, double radius)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (
      (float)inset, (float)inset, (float)(GRID - 2 * inset), (float)(GRID - 2 * inset));
  GskRoundedRect outline;
  GskRenderNode *fill = gsk_color_node_new (&board_palettes[theme][colour], &bounds);
  GskRenderNode *clip;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float)radius);
  clip = gsk_rounded_clip_node_new (fill, &outline);
  gsk_render_node_unref (fill);
  return clip;
}

static GskRenderNode *
make_node (BoardTheme theme, BoardGlyph glyph, double left)
{
  GskRenderNode *node;
  cairo_t *cr;

  if (glyph == BOARD_GLYPH_FREE)
    return make_rounded (theme, BOARD_COLOUR_FREE, 0.5, 9.5);
  if (glyph == BOARD_GLYPH_OCCUPIED)
    return make_rounded (theme, BOARD_COLOUR_OCCUPIED_FILL, 1, 4);
  node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, GRID, GRID));
  cr = gsk_cairo_node_get_draw_context (node);
  switch (glyph)
    {
    case BOARD_GLYPH_HELD:
      draw_held (cr, theme, left);
      break;
    case BOARD_GLYPH_ARRIVING:
      draw_arriving (cr, theme);
      break;
    case BOARD_GLYPH_CLEANING:
      draw_cleaning (cr, theme);
      break;
    case BOARD_GLYPH_LEAVING:
      draw_leaving (cr, theme);
      break;
    case BOARD_GLYPH_UNKNOWN:
      draw_unknown (cr, theme);
      break;
    case BOARD_GLYPH_CLOSED:
      draw_closed (cr, theme);
      break;
    case BOARD_GLYPH_FREE:
    case BOARD_GLYPH_OCCUPIED:
    case BOARD_N_GLYPHS:
      break;
    }
  cairo_destroy (cr);
  return node;
}

void
board_glyphs_draw (BoardGlyphs *glyphs, GtkSnapshot *snapshot, BoardGlyph glyph, double left,
                   double x, double y, double size)
{
  guint step = (guint)ceil (CLAMP (left, 0, 1) * BOARD_PIE_STEPS);
  GskRenderNode **node = glyph == BOARD_GLYPH_HELD ? &glyphs->pies[step] : &glyphs->nodes[glyph];

  if (*node == NULL)
    *node = make_node (glyphs->theme, glyph, (double)step / BOARD_PIE_STEPS);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_scale (snapshot, (float)(size / GRID), (float)(size / GRID));
  gtk_snapshot_append_node (snapshot, *node);
  gtk_snapshot_restore (snapshot);
}
