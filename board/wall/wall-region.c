/* wall-region.c: a widget that is nothing but a drawing, a sentence and perhaps the focus.
 *
 * Borrows the scene. Scales the board's pixels to the window's; draws its own focus ring, 3 px with
 * a 2 px gap. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-region.h"

#include "../board-draw.h"

struct _WallRegion
{
  GtkWidget parent_instance;

  /* owned */
  char *said;
  GskRenderNode *shown;  /* what was drawn last */
  GskRenderNode *before; /* what it fades from, or NULL */

  const WallRegionKind *kind;
  const WallScene *scene; /* borrowed */
  gint64 fade_began_us;
  guint index;
};

G_DEFINE_FINAL_TYPE (WallRegion, wall_region, GTK_TYPE_WIDGET)

static GskRenderNode *
draw (WallRegion *region, double width, double height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  region->kind->draw (region->scene, snapshot, region->index, width, height);
  if (gtk_widget_is_focus (GTK_WIDGET (region)) && wall_scene_is_used (region->scene))
    board_draw_border (snapshot, -5, -5, width + 10, height + 10, BOARD_RADIUS_PANEL, 3,
                       &board_palette[BOARD_COLOUR_ACCENT]);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
wall_region_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WallRegion *region = WALL_REGION (widget);
  const WallLayout *layout = &region->scene->layout;
  double scale = layout->scale * (region->kind->is_zoomed ? layout->zoom : 1);
  double width = gtk_widget_get_width (widget) / scale;
  double height = gtk_widget_get_height (widget) / scale;
  double part = (double)(g_get_monotonic_time () - region->fade_began_us) / WALL_CROSS_FADE_US;

  if (width < 1 || height < 1)
    return;
  g_clear_pointer (&region->shown, gsk_render_node_unref);
  region->shown = draw (region, width, height);
  if (part >= 1)
    g_clear_pointer (&region->before, gsk_render_node_unref);
  if (region->shown == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, (float)scale, (float)scale);
  if (region->before != NULL)
    {
      gtk_snapshot_push_cross_fade (snapshot, part);
      gtk_snapshot_append_node (snapshot, region->before);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_append_node (snapshot, region->shown);
      gtk_snapshot_pop (snapshot);
    }
  else
    gtk_snapshot_append_node (snapshot, region->shown);
  gtk_snapshot_restore (snapshot);
}

void
wall_region_cross_fade (WallRegion *region)
{
  if (region->shown == NULL || !region->scene->animates)
    return;
  g_clear_pointer (&region->before, gsk_render_node_unref);
  region->before = gsk_render_node_ref (region->shown);
  region->fade_began_us = g_get_monotonic_time ();
}

gboolean
wall_region_is_fading (WallRegion *region)
{
  /* what is not on the screen is never drawn to its end */
  return region->before != NULL && gtk_widget_get_mapped (GTK_WIDGET (region));
}

static gboolean
wall_region_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (!gtk_widget_get_focusable (widget) || gtk_widget_is_focus (widget))
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

void
wall_region_refresh (WallRegion *region)
{
  g_autofree char *said = NULL;

  gtk_widget_queue_draw (GTK_WIDGET (region));
  if (region->kind->say == NULL)
    return;
  said = region->kind->say (region->scene, region->index);
  if (said == NULL || g_strcmp0 (said, region->said) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (region), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_free (region->said);
  region->said = g_steal_pointer (&said);
}

static void
on_focus (GtkWidget *widget, GParamSpec *spec, gpointer user_data)
{
  gtk_widget_queue_draw (widget);
}

GtkWidget *
wall_region_new (const WallRegionKind *kind, const WallScene *scene, guint index)
{
  WallRegion *region = g_object_new (WALL_TYPE_REGION, "accessible-role", kind->role, "css-name",
                                      kind->css_name, "focusable", kind->is_focusable, NULL);

  region->kind = kind;
  region->scene = scene;
  region->index = index;
  g_signal_connect (region, "notify::has-focus", G_CALLBACK (on_focus), NULL);
  return GTK_WIDGET (region);
}

static void
wall_region_finalize (GObject *object)
{
  WallRegion *region = WALL_REGION (object);

  g_free (region->said);
  g_clear_pointer (&region->shown, gsk_render_node_unref);
  g_clear_pointer (&region->before, gsk_render_node_unref);
  G_OBJECT_CLASS (wall_region_parent_class)->finalize (object);
}

static void
wall_region_class_init (WallRegionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wall_region_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = wall_region_snapshot;
  GTK_WIDGET_CLASS (klass)->focus = wall_region_focus;
}

static void
wall_region_init (WallRegion *region)
{
}
