/* board-mark.c: draws one silhouette or icon, scaled with the text around it.
 *
 * Owns its render nodes, made when they are drawn first and again when theme or colour change.
 * Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-mark.h"

typedef enum
{
  SHOWS_NOTHING,
  SHOWS_GLYPH,
  SHOWS_ICON
} Shows;

struct _BoardMark
{
  GtkWidget parent_instance;

  BoardGlyphs *glyphs; /* owned, NULL until a glyph is drawn */
  GskRenderNode *node; /* owned: the icon's */

  GdkRGBA colour; /* of node */
  BoardTheme theme;
  Shows shows;
  BoardGlyph glyph;
  BoardIcon icon;
  double left;
  int size;
};

G_DEFINE_FINAL_TYPE (BoardMark, board_mark, GTK_TYPE_WIDGET)

enum
{
  PROPERTY_SIZE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

BoardTheme
board_mark_get_theme (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && gtk_widget_has_css_class (GTK_WIDGET (root), "strong") ? BOARD_THEME_STRONG
                                                                                 : BOARD_THEME_LIGHT;
}

static void
draw_glyph (BoardMark *mark, GtkSnapshot *snapshot, double size)
{
  BoardTheme theme = board_mark_get_theme (GTK_WIDGET (mark));

  if (mark->glyphs == NULL || mark->theme != theme)
    {
      g_clear_pointer (&mark->glyphs, board_glyphs_free);
      mark->glyphs = board_glyphs_new (theme);
      mark->theme = theme;
    }
  board_glyphs_draw (mark->glyphs, snapshot, mark->glyph, mark->left, 0, 0, size);
}

static void
draw_icon (BoardMark *mark, GtkSnapshot *snapshot, double size)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (mark)), &colour);
  if (mark->node == NULL || !gdk_rgba_equal (&colour, &mark->colour))
    {
      g_clear_pointer (&mark->node, gsk_render_node_unref);
      mark->node = board_icon_make_node (mark->icon, &colour);
      mark->colour = colour;
    }
  gtk_snapshot_scale (snapshot, (float)(size / BOARD_ICON_GRID), (float)(size / BOARD_ICON_GRID));
  gtk_snapshot_append_node (snapshot, mark->node);
}

static void
board_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BoardMark *mark = BOARD_MARK (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double size = MIN (width, height);

  if (mark->shows == SHOWS_NOTHING || size <= 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)((width - size) / 2), (float)((height - size) / 2)));
  if (mark->shows == SHOWS_GLYPH)
    draw_glyph (mark, snapshot, size);
  else
    draw_icon (mark, snapshot, size);
  gtk_snapshot_restore (snapshot);
}

/* On a screen so large that its view's text grows by itself. */
static gboolean
is_on_large_screen (GtkWidget *widget)
{
  while (widget != NULL && !gtk_widget_has_css_class (widget, "large-screen"))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL;
}

/* Grows with the text: 96 dots an inch are 100 %. */
static void
board_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  int dpi = 0;
  int size = BOARD_MARK (widget)->size;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  if (dpi > 96 * 1024)
    size = size * dpi / (96 * 1024);
  if (is_on_large_screen (widget))
    size = (int)(size * BOARD_LARGE_FACTOR);
  *minimum = *natural = size;
}

void
board_mark_show_glyph (BoardMark *mark, BoardGlyph glyph, double left)
{
  if (mark->shows == SHOWS_GLYPH && mark->glyph == glyph && mark->left == left)
    return;
  mark->shows = SHOWS_GLYPH;
  mark->glyph = glyph;
  mark->left = left;
  gtk_widget_queue_draw (GTK_WIDGET (mark));
}

void
board_mark_show_icon (BoardMark *mark, BoardIcon icon)
{
  if (mark->shows == SHOWS_ICON && mark->icon == icon)
    return;
  mark->shows = SHOWS_ICON;
  mark->icon = icon;
  g_clear_pointer (&mark->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (mark));
}

void
board_mark_clear (BoardMark *mark)
{
  mark->shows = SHOWS_NOTHING;
  gtk_widget_queue_draw (GTK_WIDGET (mark));
}

GtkWidget *
board_mark_new (int size)
{
  return g_object_new (BOARD_TYPE_MARK, "size", size, NULL);
}

static void
board_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROPERTY_SIZE)
    BOARD_MARK (object)->size = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
board_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROPERTY_SIZE)
    g_value_set_int (value, BOARD_MARK (object)->size);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
board_mark_finalize (GObject *object)
{
  g_clear_pointer (&BOARD_MARK (object)->glyphs, board_glyphs_free);
  g_clear_pointer (&BOARD_MARK (object)->node, gsk_render_node_unref);
  G_OBJECT_CLASS (board_mark_parent_class)->finalize (object);
}

static void
board_mark_class_init (BoardMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = board_mark_set_property;
  object_class->get_property = board_mark_get_property;
  object_class->finalize = board_mark_finalize;
  widget_class->snapshot = board_mark_snapshot;
  widget_class->measure = board_mark_measure;
  properties[PROPERTY_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, 512, 24,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_css_name (widget_class, "mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
board_mark_init (BoardMark *mark)
{
  gtk_widget_set_halign (GTK_WIDGET (mark), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (mark), GTK_ALIGN_CENTER);
}
