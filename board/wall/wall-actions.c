/* wall-actions.c: which key does what. Two keys place somebody, so that a leaning elbow does not.
 *
 * Owns nothing, nothing can fail. Keys that will come later do nothing yet and are not told of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-actions.h"

#include <gdk/gdkkeysyms.h>

static void
toggle_fullscreen (WallBoard *wallboard)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (wallboard));

  if (!GTK_IS_WINDOW (root))
    return;
  if (gtk_window_is_fullscreen (GTK_WINDOW (root)))
    gtk_window_unfullscreen (GTK_WINDOW (root));
  else
    gtk_window_fullscreen (GTK_WINDOW (root));
}

static guint
get_number (guint key)
{
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return key - GDK_KEY_0;
  if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    return key - GDK_KEY_KP_0;
  return 0;
}

static gboolean
move (WallBoard *wallboard, guint key)
{
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      wall_board_scroll (wallboard, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      wall_board_scroll (wallboard, 1);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      wall_board_scroll (wallboard, -G_MAXINT);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      wall_board_scroll (wallboard, G_MAXINT);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
act (WallBoard *wallboard, guint key)
{
  if (get_number (key) > 0)
    {
      wall_board_pick (wallboard, get_number (key));
      return TRUE;
    }
  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      wall_board_confirm (wallboard);
      return TRUE;
    case GDK_KEY_w:
    case GDK_KEY_W:
      wall_board_explain (wallboard);
      return TRUE;
    case GDK_KEY_l:
    case GDK_KEY_L:
      wall_board_toggle_letters (wallboard);
      return TRUE;
    case GDK_KEY_question:
      wall_board_show_keys (wallboard);
      return TRUE;
    default:
      return move (wallboard, key);
    }
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        gpointer user_data)
{
  WallBoard *wallboard = user_data;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_F11)
    {
      toggle_fullscreen (wallboard);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_Escape)
    return wall_board_back (wallboard) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  /* a sheet is closed before anything else is done */
  if (wall_board_has_sheet (wallboard))
    return GDK_EVENT_PROPAGATE;
  return act (wallboard, key) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
wall_actions_add (WallBoard *wallboard)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), wallboard);
  gtk_widget_add_controller (GTK_WIDGET (wallboard), keys);
}
