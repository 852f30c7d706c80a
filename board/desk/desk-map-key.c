/* desk-map-key.c: a small mark without its number. Decoration: the word stands beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-key.h"

#include "../board-mark.h"
#include "desk-map-draw.h"

#define SIZE 0.62 /* of a mark on the map */
#define HELD_SIZE 0.55

struct _DeskMapKey
{
  GtkWidget parent_instance;

  DeskMapMark mark;
};

G_DEFINE_FINAL_TYPE (DeskMapKey, desk_map_key, GTK_TYPE_WIDGET)

static double
get_em (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  return MAX ((double)pango_font_description_get_size (font) / PANGO_SCALE, 1);
}

static void
desk_map_key_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskMapKey *key = DESK_MAP_KEY (widget);
  DeskMapBrush brush = { snapshot, NULL, board_mark_get_theme (widget), get_em (widget) };
  DeskMapSpot spot = { gtk_widget_get_width (widget) / 2., gtk_widget_get_height (widget) / 2. };

  desk_map_draw_mark (&brush, &key->mark, &spot, key->mark.is_held ? HELD_SIZE : SIZE);
}

static void
desk_map_key_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = (int)(2 * DESK_MAP_HOLD_EM * HELD_SIZE * get_em (widget)) + 2;
}

GtkWidget *
desk_map_key_new (DeskMarkKind kind, gboolean is_held, gboolean is_stale)
{
  DeskMapKey *key = g_object_new (DESK_TYPE_MAP_KEY, NULL);

  key->mark.kind = kind;
  key->mark.is_held = is_held;
  key->mark.is_stale = is_stale;
  return GTK_WIDGET (key);
}

static void
desk_map_key_class_init (DeskMapKeyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = desk_map_key_snapshot;
  widget_class->measure = desk_map_key_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
desk_map_key_init (DeskMapKey *key)
{
  gtk_widget_set_valign (GTK_WIDGET (key), GTK_ALIGN_CENTER);
}
