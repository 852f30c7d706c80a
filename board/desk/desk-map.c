/* desk-map.c: puts the map under its title and above its legend.
 *
 * Owns its widgets. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map.h"

#include "../board-i18n.h"
#include "desk-map-key.h"
#include "desk-parts.h"
#include "desk-wrap.h"

struct _DeskMap
{
  GtkWidget parent_instance;

  /* widgets */
  GtkWidget *canvas;
  GtkWidget *suitable;
  GtkWidget *all;
};

G_DEFINE_FINAL_TYPE (DeskMap, desk_map, GTK_TYPE_WIDGET)

static void
on_toggled (GtkToggleButton *suitable, gpointer user_data)
{
  desk_map_canvas_show_suitable (DESK_MAP_CANVAS (DESK_MAP (user_data)->canvas),
                                 gtk_toggle_button_get_active (suitable));
}

static GtkWidget *
make_head (DeskMap *map)
{
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "map-head");
  GtkWidget *title = desk_label_new (_ ("Distance from home"), "section");
  GtkWidget *choice = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 0, "map-switch");

  map->suitable = gtk_toggle_button_new_with_label (_ ("Suitable"));
  map->all = gtk_toggle_button_new_with_label (_ ("All free"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (map->all), GTK_TOGGLE_BUTTON (map->suitable));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (map->all), TRUE);
  gtk_widget_set_tooltip_text (map->suitable, _ ("Only sites with a bed that suits"));
  gtk_widget_set_tooltip_text (map->all, _ ("All sites, and how many beds are free"));
  g_signal_connect (map->suitable, "toggled", G_CALLBACK (on_toggled), map);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (choice), map->suitable);
  gtk_box_append (GTK_BOX (choice), map->all);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), choice);
  return head;
}

static void
add_key (GtkWidget *legend, DeskMarkKind kind, gboolean is_held, gboolean is_stale, const char *words)
{
  GtkWidget *item = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 6, "");

  gtk_box_append (GTK_BOX (item), desk_map_key_new (kind, is_held, is_stale));
  gtk_box_append (GTK_BOX (item), desk_label_new (words, "quiet"));
  gtk_widget_set_parent (item, legend);
}

static GtkWidget *
make_legend (void)
{
  GtkWidget *legend = desk_wrap_new (18);

  add_key (legend, DESK_MARK_SUITS, FALSE, FALSE, _ ("Suits"));
  add_key (legend, DESK_MARK_FREE, FALSE, FALSE, _ ("Free, does not suit"));
  add_key (legend, DESK_MARK_FREE, FALSE, TRUE, _ ("Call first"));
  add_key (legend, DESK_MARK_FULL, FALSE, FALSE, _ ("Full"));
  add_key (legend, DESK_MARK_SUITS, TRUE, FALSE, _ ("Your hold"));
  gtk_widget_add_css_class (legend, "map-legend");
  return legend;
}

GtkWidget *
desk_map_new (DeskState *state)
{
  DeskMap *map = g_object_new (DESK_TYPE_MAP, NULL);
  GtkWidget *whole = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "");

  map->canvas = desk_map_canvas_new (state);
  gtk_widget_set_hexpand (map->canvas, TRUE);
  gtk_box_append (GTK_BOX (whole), make_head (map));
  gtk_box_append (GTK_BOX (whole), map->canvas);
  gtk_box_append (GTK_BOX (whole), make_legend ());
  gtk_widget_set_parent (whole, GTK_WIDGET (map));
  return GTK_WIDGET (map);
}

DeskMapCanvas *
desk_map_get_canvas (DeskMap *map)
{
  return DESK_MAP_CANVAS (map->canvas);
}

static void
desk_map_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  G_OBJECT_CLASS (desk_map_parent_class)->dispose (object);
}

static void
desk_map_class_init (DeskMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_map_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_map_init (DeskMap *map)
{
}
