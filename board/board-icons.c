/* board-icons.c: our own icons: 24 units, strokes of 2 with round ends, one colour each.
 *
 * Owns one render node for each icon and colour that has been asked for. They are path code and
 * not SVG, so that a wall needs no loader and recolouring is exact. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-icons.h"

#include <math.h>

struct _BoardIcons
{
  BoardTheme theme;
  GskRenderNode *nodes[BOARD_N_ICONS][BOARD_N_COLOURS]; /* owned, NULL until asked for */
};

BoardIcons *
board_icons_new (BoardTheme theme)
{
  BoardIcons *icons = g_new0 (BoardIcons, 1);

  icons->theme = theme;
  return icons;
}

void
board_icons_free (BoardIcons *icons)
{
  for (guint i = 0; i < BOARD_N_ICONS; i++)
    for (guint j = 0; j < BOARD_N_COLOURS; j++)
      g_clear_pointer (&icons->nodes[i][j], gsk_render_node_unref);
  g_free (icons);
}

int
board_icon_of_need (BedNeed need)
{
  static const struct
  {
    BedNeed need;
    BoardIcon icon;
  } pairs[] = {
    { BED_NEED_HOIST, BOARD_ICON_HOIST },
    { BED_NEED_CEILING_HOIST, BOARD_ICON_HOIST },
    { BED_NEED_BARIATRIC, BOARD_ICON_BARIATRIC },
    { BED_NEED_DEMENTIA, BOARD_ICON_DEMENTIA },
    { BED_NEED_ENSUITE, BOARD_ICON_ENSUITE },
    { BED_NEED_ISOLATION_ROOM, BOARD_ICON_ISOLATION },
    { BED_NEED_GROUND_FLOOR, BOARD_ICON_GROUND_FLOOR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].need == need)
      return (int)pairs[i].icon;
  return -1;
}

/* A polyline of n points. */
static void
trace (cairo_t *cr, guint n, const double (*points)[2])
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
}

#define TRACE(cr, ...)                                                                             \
  do                                                                                               \
    {                                                                                              \
      static const double points[][2] = { __VA_ARGS__ };                                           \
      trace (cr, G_N_ELEMENTS (points), points);                                                   \
    }                                                                                              \
  while (0)

static void
trace_circle (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
}

static void
draw_hoist (cairo_t *cr)
{
  TRACE (cr, { 2.5, 21 }, { 10, 21 });
  TRACE (cr, { 5, 21 }, { 5, 3 }, { 14.5, 3 }, { 14.5, 7 });
  TRACE (cr, { 10, 13.5 }, { 14.5, 7.5 }, { 19, 13.5 });
  cairo_new_sub_path (cr);
  cairo_arc (cr, 14.5, 13.5, 5.5, 0, G_PI);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_bariatric (cairo_t *cr)
{
  trace_circle (cr, 12, 6, 3);
  TRACE (cr, { 7, 9.6 }, { 17, 9.6 }, { 20.5, 20.5 }, { 3.5, 20.5 });
  cairo_close_path (cr);
  cairo_stroke (cr);
}

/* A forget-me-not: five petals and an eye that is left open. */
static void
draw_dementia (cairo_t *cr)
{
  cairo_push_group (cr);
  for (int i = 0; i < 5; i++)
    {
      double angle = -G_PI_2 + i * 2 * G_PI / 5;

      trace_circle (cr, 12 + 5.9 * cos (angle), 12.4 + 5.9 * sin (angle), 4);
    }
  trace_circle (cr, 12, 12.4, 4);
  cairo_fill (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  trace_circle (cr, 12, 12.4, 2.5);
  cairo_fill (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
}

static void
draw_ensuite (cairo_t *cr)
{
  cairo_move_to (cr, 4, 21.5);
  cairo_line_to (cr, 4, 7);
  cairo_arc (cr, 8.5, 7, 4.5, -G_PI, -G_PI_2);
  cairo_arc (cr, 9.5, 6.5, 4, -G_PI_2, 0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 13.5, 12.8, 6, -G_PI, 0);
  cairo_close_path (cr);
  TRACE (cr, { 9.5, 16.5 }, { 9.5, 21 });
  TRACE (cr, { 13.5, 16.5 }, { 13.5, 21 });
  TRACE (cr, { 17.5, 16.5 }, { 17.5, 21 });
  cairo_stroke (cr);
}

static void
draw_female (cairo_t *cr)
{
  trace_circle (cr, 12, 8, 5.2);
  TRACE (cr, { 12, 13.2 }, { 12, 22 });
  TRACE (cr, { 8, 18 }, { 16, 18 });
  cairo_stroke (cr);
}

static void
draw_male (cairo_t *cr)
{
  trace_circle (cr, 9.5, 14.5, 5.6);
  TRACE (cr, { 13.6, 10.4 }, { 20.5, 3.5 });
  TRACE (cr, { 14.5, 3.5 }, { 20.5, 3.5 }, { 20.5, 9.5 });
  cairo_stroke (cr);
}

static void
draw_isolation (cairo_t *cr)
{
  cairo_move_to (cr, 12, 2.4);
  cairo_line_to (cr, 20, 5.4);
  cairo_line_to (cr, 20, 11.5);
  cairo_curve_to (cr, 20, 16.5, 16.5, 20, 12, 21.8);
  cairo_curve_to (cr, 7.5, 20, 4, 16.5, 4, 11.5);
  cairo_line_to (cr, 4, 5.4);
  cairo_close_path (cr);
  TRACE (cr, { 12, 8.2 }, { 12, 15.4 });
  TRACE (cr, { 8.4, 11.8 }, { 15.6, 11.8 });
  cairo_stroke (cr);
}

static void
draw_ground_floor (cairo_t *cr)
{
  TRACE (cr, { 4, 3 }, { 20, 3 }, { 20, 21 }, { 4, 21 });
  cairo_close_path (cr);
  TRACE (cr, { 4, 9 }, { 20, 9 });
  cairo_stroke (cr);
  cairo_rectangle (cr, 4, 14.5, 16, 6.5);
  cairo_fill (cr);
}

static void
draw_tick (cairo_t *cr)
{
  TRACE (cr, { 5, 13 }, { 9.8, 17.6 }, { 19, 7.4 });
  cairo_stroke (cr);
}

static void
draw_warning (cairo_t *cr)
{
  TRACE (cr, { 12, 3.6 }, { 21.8, 20.4 }, { 2.2, 20.4 });
  cairo_close_path (cr);
  TRACE (cr, { 12, 9.8 }, { 12, 14 });
  cairo_stroke (cr);
  trace_circle (cr, 12, 17.2, 1.3);
  cairo_fill (cr);
}

static void
draw_arrow (cairo_t *cr)
{
  TRACE (cr, { 3, 12 }, { 20.4, 12 });
  TRACE (cr, { 14, 5.6 }, { 20.4, 12 }, { 14, 18.4 });
  cairo_stroke (cr);
}

static void
draw_cross (cairo_t *cr)
{
  TRACE (cr, { 5.5, 5.5 }, { 18.5, 18.5 });
  TRACE (cr, { 18.5, 5.5 }, { 5.5, 18.5 });
  cairo_stroke (cr);
}

static void
draw_down (cairo_t *cr)
{
  TRACE (cr, { 12, 4 }, { 12, 19.6 });
  TRACE (cr, { 5.8, 13.4 }, { 12, 19.6 }, { 18.2, 13.4 });
  cairo_stroke (cr);
}

static void
draw_up (cairo_t *cr)
{
  TRACE (cr, { 12, 20 }, { 12, 4.4 });
  TRACE (cr, { 5.8, 10.6 }, { 12, 4.4 }, { 18.2, 10.6 });
  cairo_stroke (cr);
}

static void
draw_phone (cairo_t *cr)
{
  cairo_move_to (cr, 5.2, 3.4);
  cairo_line_to (cr, 9, 3.4);
  cairo_line_to (cr, 10.8, 8.4);
  cairo_line_to (cr, 8.4, 10.4);
  cairo_curve_to (cr, 9.6, 12.8, 11.2, 14.4, 13.6, 15.6);
  cairo_line_to (cr, 15.6, 13.2);
  cairo_line_to (cr, 20.6, 15);
  cairo_line_to (cr, 20.6, 18.8);
  cairo_curve_to (cr, 20.6, 20, 19.6, 20.8, 18.4, 20.6);
  cairo_curve_to (cr, 10.6, 19.8, 4.2, 13.4, 3.4, 5.6);
  cairo_curve_to (cr, 3.2, 4.4, 4, 3.4, 5.2, 3.4);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

/* The house with a bed in it: the bed is left open, so that the ground shows through. */
static void
draw_logo (cairo_t *cr)
{
  cairo_push_group (cr);
  cairo_set_line_width (cr, 4);
  TRACE (cr, { 12, 2.4 }, { 22, 9.6 }, { 22, 22 }, { 2, 22 }, { 2, 9.6 });
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  cairo_set_line_width (cr, 2);
  TRACE (cr, { 5, 10.6 }, { 5, 18.8 });
  TRACE (cr, { 5, 16.6 }, { 19, 16.6 }, { 19, 18.8 });
  TRACE (cr, { 19, 16.6 }, { 19, 14 });
  cairo_stroke (cr);
  cairo_move_to (cr, 8.4, 12.6);
  cairo_line_to (cr, 16.4, 12.6);
  cairo_arc (cr, 16.6, 15.2, 2.4, -G_PI_2, 0);
  cairo_line_to (cr, 19, 16.6);
  cairo_line_to (cr, 8.4, 16.6);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
}

static void (*const drawings[BOARD_N_ICONS]) (cairo_t *cr) = {
  [BOARD_ICON_HOIST] = draw_hoist,         [BOARD_ICON_BARIATRIC] = draw_bariatric,
  [BOARD_ICON_DEMENTIA] = draw_dementia,   [BOARD_ICON_ENSUITE] = draw_ensuite,
  [BOARD_ICON_FEMALE] = draw_female,       [BOARD_ICON_MALE] = draw_male,
  [BOARD_ICON_ISOLATION] = draw_isolation, [BOARD_ICON_GROUND_FLOOR] = draw_ground_floor,
  [BOARD_ICON_TICK] = draw_tick,           [BOARD_ICON_WARNING] = draw_warning,
  [BOARD_ICON_ARROW] = draw_arrow,         [BOARD_ICON_CROSS] = draw_cross,
  [BOARD_ICON_DOWN] = draw_down,           [BOARD_ICON_UP] = draw_up,
  [BOARD_ICON_PHONE] = draw_phone,         [BOARD_ICON_LOGO] = draw_logo,
};

GskRenderNode *
board_icon_make_node (BoardIcon icon, const GdkRGBA *colour)
{
  GskRenderNode *node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, BOARD_ICON_GRID, BOARD_ICON_GRID));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  drawings[icon](cr);
  cairo_destroy (cr);
  return node;
}

void
board_icons_draw (BoardIcons *icons, GtkSnapshot *snapshot, BoardIcon icon, BoardColour colour,
                  double x, double y, double size)
{
  GskRenderNode **node = &icons->nodes[icon][colour];

  if (*node == NULL)
    *node = board_icon_make_node (icon, &board_palettes[icons->theme][colour]);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_scale (snapshot, (float)(size / BOARD_ICON_GRID), (float)(size / BOARD_ICON_GRID));
  gtk_snapshot_append_node (snapshot, *node);
  gtk_snapshot_restore (snapshot);
}
