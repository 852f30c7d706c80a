/* board-picture.c: paintable → render node → texture → PNG, written beside and moved into place.
 *
 * Owns nothing. Fails if the widget has not been drawn yet or the file cannot be written; a reader
 * of the file never sees half a picture.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-picture.h"

#include <glib/gstdio.h>

static GdkTexture *
render (GtkWidget *widget, int width, int height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);

  if (native == NULL)
    return NULL;
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  return node != NULL ? gsk_renderer_render_texture (gtk_native_get_renderer (native), node, &whole)
                      : NULL;
}

gboolean
board_picture_save (GtkWidget *widget, int width, int height, const char *path, GError **error)
{
  g_autoptr (GdkTexture) texture = render (widget, width, height);
  g_autofree char *beside = g_strconcat (path, ".part", NULL);

  if (texture == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                           "nothing has been drawn yet");
      return FALSE;
    }
  if (!gdk_texture_save_to_png (texture, beside) || g_rename (beside, path) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot write %s", path);
      g_unlink (beside);
      return FALSE;
    }
  return TRUE;
}
