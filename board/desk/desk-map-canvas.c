/* desk-map-canvas.c: draws the map, and follows pointer and keys on it.
 *
 * Owns the outline, the marks and what was laid out for one size; borrows the truth from model and
 * state and looks again whenever they change. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-canvas-core.h"

#include "../board-draw.h"
#include "../board-i18n.h"
#include "../board-mark.h"
#include "desk-parts.h"

#define OUTLINE "/uk/nhs/homeward/board/outline.csv"
#define LEAST_WIDTH_EM 16
#define LEAST_HEIGHT_EM 26
#define MOST_HEIGHT_EM 90
#define CORNER 10
#define GROWS_FROM_EM 35 /* a larger map has larger signs */
#define GROWS_TO 1.7

G_DEFINE_FINAL_TYPE (DeskMapCanvas, desk_map_canvas, GTK_TYPE_WIDGET)

static double
get_em (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  int size = pango_font_description_get_size (font);

  return size > 0 ? (double)size / PANGO_SCALE : 16;
}

static void
forget_layout (DeskMapCanvas *canvas)
{
  canvas->is_laid_out = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (canvas));
}

/* --- what it shows --- */

static void
describe_current (DeskMapCanvas *canvas)
{
  int at = find_mark (canvas, canvas->current);
  g_autofree char *words = at >= 0 ? desk_map_mark_say (get_model (canvas), get_mark (canvas, (guint)at),
                                                        desk_state_find_chosen (canvas->state) != NULL)
                                   : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
refresh (DeskMapCanvas *canvas)
{
  const BoardReferral *referral = desk_state_find_chosen (canvas->state);
  GArray *marks = desk_map_marks_new (get_model (canvas), desk_state_peek_offers (canvas->state), referral,
                                      desk_state_peek_picked (canvas->state), canvas->is_suitable_only);

  g_array_unref (canvas->marks);
  canvas->marks = marks;
  g_free (canvas->sentence);
  canvas->sentence = desk_map_marks_say (get_model (canvas), marks, referral != NULL);
  desk_name (GTK_WIDGET (canvas), canvas->sentence);
  describe_current (canvas);
  forget_layout (canvas);
}

static void
draw_names (DeskMapCanvas *canvas, const DeskMapBrush *brush)
{
  GdkRGBA quiet = board_palettes[canvas->theme][BOARD_COLOUR_TEXT3];
  BoardFont font = desk_map_font_of_names (canvas->em, FALSE);

  board_text_draw (canvas->text, brush->snapshot, font, &quiet, canvas->island.x,
                   canvas->island.y + canvas->island.height * 0.8, BOARD_ALIGN_START, 0, _ ("Isle of Wight"));
  board_text_draw (canvas->text, brush->snapshot, font, &quiet, canvas->sea.x,
                   canvas->sea.y + canvas->sea.height * 0.8, BOARD_ALIGN_START, 0, _ ("English Channel"));
  for (guint i = 0; i < canvas->marks->len; i++)
    if (canvas->names[i].is_placed)
      desk_map_draw_words (brush, &canvas->names[i].box, desk_map_canvas_peek_name (canvas, i), get_mark (canvas, i)->is_held);
}

static void
draw_rings (DeskMapCanvas *canvas, const DeskMapBrush *brush)
{
  for (guint ring = 0; ring < DESK_MAP_RINGS; ring++)
    desk_map_draw_ring (brush, &canvas->home,
                        desk_map_frame_get_ring (&canvas->frame, (ring + 1) * DESK_MAP_RING_KM));
  for (guint ring = 0; ring < DESK_MAP_RINGS; ring++)
    {
      g_autofree char *words = desk_map_canvas_print_ring (ring);

      if (canvas->rings[ring].width > 0)
        desk_map_draw_words (brush, &canvas->rings[ring], words, FALSE);
    }
}

static void
draw_way (DeskMapCanvas *canvas, const DeskMapBrush *brush)
{
  int to = desk_map_canvas_find_way (canvas);

  if (to >= 0)
    desk_map_draw_way (brush, &canvas->home, &canvas->spots[to], get_mark (canvas, (guint)to)->is_held);
}

static void
draw_marks (DeskMapCanvas *canvas, const DeskMapBrush *brush)
{
  int current = gtk_widget_has_visible_focus (GTK_WIDGET (canvas)) ? find_mark (canvas, canvas->current) : -1;

  for (guint i = canvas->marks->len; i > 0; i--) /* what should be seen first is drawn last */
    desk_map_draw_mark (brush, get_mark (canvas, i - 1), &canvas->spots[i - 1], 1);
  if (canvas->has_home)
    desk_map_draw_pin (brush, &canvas->home);
  if (current >= 0)
    desk_map_draw_focus (brush, &canvas->spots[current]);
}

static void
desk_map_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskMapCanvas *canvas = DESK_MAP_CANVAS (widget);
  BoardTheme theme = board_mark_get_theme (widget);
  double em = get_em (widget) * CLAMP (MIN (canvas->width, canvas->height) / (GROWS_FROM_EM * get_em (widget)), 1, GROWS_TO);
  DeskMapBrush brush = { snapshot, canvas->text, theme, em };
  GskRoundedRect edge;

  if (canvas->width <= 0 || canvas->height <= 0)
    return;
  if (theme != canvas->theme || em != canvas->em)
    {
      canvas->theme = theme;
      canvas->em = em;
      canvas->is_laid_out = FALSE;
      g_clear_pointer (&canvas->ground, gsk_render_node_unref);
    }
  desk_map_canvas_lay_out (canvas);
  if (canvas->ground == NULL)
    canvas->ground = desk_map_draw_ground (canvas->outline, &canvas->frame, canvas->width, canvas->height, theme);
  gsk_rounded_rect_init_from_rect (&edge, &GRAPHENE_RECT_INIT (0, 0, (float)canvas->width, (float)canvas->height), CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &edge);
  gtk_snapshot_append_node (snapshot, canvas->ground);
  if (canvas->has_home)
    {
      draw_rings (canvas, &brush);
      draw_way (canvas, &brush);
    }
  draw_names (canvas, &brush);
  draw_marks (canvas, &brush);
  gtk_snapshot_pop (snapshot);
  if (theme == BOARD_THEME_STRONG)
    board_draw_border (snapshot, 0, 0, canvas->width, canvas->height, CORNER, 2, &board_palettes[theme][BOARD_COLOUR_LINE]);
}

/* --- pointer and keys --- */

static void
go (DeskMapCanvas *canvas, guint i)
{
  if (i >= canvas->marks->len)
    return;
  g_strlcpy (canvas->current, get_mark (canvas, i)->unit, sizeof canvas->current);
  describe_current (canvas);
  gtk_widget_queue_draw (GTK_WIDGET (canvas));
}

/* The first bed of the current site that suits. */
static gboolean
pick (DeskMapCanvas *canvas)
{
  const DeskOffers *offers = desk_state_peek_offers (canvas->state);

  for (guint i = 0; offers != NULL && i < offers->offers->len; i++)
    if (g_str_equal (desk_offers_get (offers, i)->unit, canvas->current))
      {
        g_autofree char *bed = g_strdup (desk_offers_get (offers, i)->bed); /* picking may ask anew */

        desk_state_pick (canvas->state, bed);
        return TRUE;
      }
  return FALSE;
}

static int
find_at (DeskMapCanvas *canvas, double x, double y)
{
  desk_map_canvas_lay_out (canvas);
  return desk_map_find_spot (canvas->spots, canvas->marks->len, x, y, DESK_MAP_HOLD_EM * canvas->em);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  DeskMapCanvas *canvas = user_data;
  int at = find_at (canvas, x, y);

  gtk_widget_grab_focus (user_data);
  if (at < 0)
    return;
  go (canvas, (guint)at);
  pick (canvas);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer user_data)
{
  static const struct
  {
    guint key;
    int x;
    int y;
  } arrows[] = { { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 } };
  DeskMapCanvas *canvas = user_data;
  int at = find_mark (canvas, canvas->current);

  if (canvas->marks->len == 0 || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  desk_map_canvas_lay_out (canvas);
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    return pick (canvas);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (key == arrows[i].key)
      {
        go (canvas, at < 0 ? 0 : desk_map_step (canvas->spots, canvas->marks->len, (guint)at, arrows[i].x, arrows[i].y));
        return TRUE;
      }
  return FALSE;
}

static void
on_focus (GtkEventControllerFocus *controller, gpointer user_data)
{
  DeskMapCanvas *canvas = user_data;

  if (find_mark (canvas, canvas->current) < 0)
    go (canvas, 0);
  gtk_widget_queue_draw (user_data);
}

static gboolean
on_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  DeskMapCanvas *canvas = DESK_MAP_CANVAS (widget);
  int at = is_keyboard ? find_mark (canvas, canvas->current) : find_at (canvas, x, y);
  g_autofree char *words = NULL;

  if (at < 0)
    return FALSE;
  words = desk_map_mark_say (get_model (canvas), get_mark (canvas, (guint)at),
                             desk_state_find_chosen (canvas->state) != NULL);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

/* --- for others --- */

void
desk_map_canvas_show_suitable (DeskMapCanvas *canvas, gboolean is_suitable_only)
{
  canvas->is_suitable_only = is_suitable_only;
  refresh (canvas);
}

const char *
desk_map_canvas_peek_current (DeskMapCanvas *canvas)
{
  return canvas->current;
}

const char *
desk_map_canvas_peek_sentence (DeskMapCanvas *canvas)
{
  return canvas->sentence;
}

gboolean
desk_map_canvas_find (DeskMapCanvas *canvas, const char *unit, double *x, double *y)
{
  int at = find_mark (canvas, unit);

  if (at < 0 || canvas->width <= 0)
    return FALSE;
  desk_map_canvas_lay_out (canvas);
  *x = canvas->spots[at].x;
  *y = canvas->spots[at].y;
  return TRUE;
}

/* --- widget --- */

static void
desk_map_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  double em = get_em (widget);
  double aspect = (DESK_MAP_NORTH - DESK_MAP_SOUTH) / (DESK_MAP_EAST - DESK_MAP_WEST);
  double least = (orientation == GTK_ORIENTATION_VERTICAL ? LEAST_HEIGHT_EM : LEAST_WIDTH_EM) * em;

  *minimum = *natural = (int)least;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    *natural = (int)CLAMP (for_size * aspect, least, MOST_HEIGHT_EM * em);
}

static GtkSizeRequestMode
desk_map_canvas_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desk_map_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DeskMapCanvas *canvas = DESK_MAP_CANVAS (widget);

  if (width == canvas->width && height == canvas->height)
    return;
  canvas->width = width;
  canvas->height = height;
  canvas->is_laid_out = FALSE;
  g_clear_pointer (&canvas->ground, gsk_render_node_unref);
}

GtkWidget *
desk_map_canvas_new (DeskState *state)
{
  DeskMapCanvas *canvas = g_object_new (DESK_TYPE_MAP_CANVAS, NULL);

  canvas->state = g_object_ref (state);
  g_signal_connect_object (state, "chosen", G_CALLBACK (refresh), canvas, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "offers", G_CALLBACK (refresh), canvas, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "picked", G_CALLBACK (refresh), canvas, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_model (canvas), "changed", G_CALLBACK (refresh), canvas, G_CONNECT_SWAPPED);
  refresh (canvas);
  return GTK_WIDGET (canvas);
}

static void
desk_map_canvas_dispose (GObject *object)
{
  g_clear_object (&DESK_MAP_CANVAS (object)->state);
  G_OBJECT_CLASS (desk_map_canvas_parent_class)->dispose (object);
}

static void
desk_map_canvas_finalize (GObject *object)
{
  DeskMapCanvas *canvas = DESK_MAP_CANVAS (object);

  g_clear_pointer (&canvas->ground, gsk_render_node_unref);
  desk_outline_free (canvas->outline);
  board_text_free (canvas->text);
  g_array_unref (canvas->marks);
  g_free (canvas->spots);
  g_free (canvas->names);
  g_free (canvas->sentence);
  G_OBJECT_CLASS (desk_map_canvas_parent_class)->finalize (object);
}

static void
desk_map_canvas_class_init (DeskMapCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = desk_map_canvas_dispose;
  object_class->finalize = desk_map_canvas_finalize;
  widget_class->measure = desk_map_canvas_measure;
  widget_class->get_request_mode = desk_map_canvas_get_request_mode;
  widget_class->size_allocate = desk_map_canvas_size_allocate;
  widget_class->snapshot = desk_map_canvas_snapshot;
  gtk_widget_class_set_css_name (widget_class, "deskmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_map_canvas_init (DeskMapCanvas *canvas)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autoptr (GBytes) csv = g_resources_lookup_data (OUTLINE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  canvas->outline = desk_outline_new (csv != NULL ? g_bytes_get_data (csv, NULL) : "");
  canvas->text = board_text_new (gtk_widget_get_pango_context (GTK_WIDGET (canvas)));
  canvas->marks = g_array_new (FALSE, TRUE, sizeof (DeskMapMark));
  canvas->theme = BOARD_N_THEMES;
  gtk_widget_set_focusable (GTK_WIDGET (canvas), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (canvas), TRUE);
  g_signal_connect (canvas, "query-tooltip", G_CALLBACK (on_tooltip), NULL);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), canvas);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), canvas);
  g_signal_connect (focus, "enter", G_CALLBACK (on_focus), canvas);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), canvas);
  gtk_widget_add_controller (GTK_WIDGET (canvas), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (canvas), keys);
  gtk_widget_add_controller (GTK_WIDGET (canvas), focus);
}
