/* wall-actions.c: which key does what; a finger presses the same keys. Two keys place somebody, so that a leaning elbow does not.
 *
 * Owns nothing, nothing can fail. What a key does not do on this wall the list of keys leaves out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-actions.h"

#include "wall-board-private.h"

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

/* TRUE: the key moves something. */
static gboolean
move (WallBoard *wallboard, guint key, gboolean is_shifted)
{
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      wall_board_move (wallboard, 0, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      wall_board_move (wallboard, 0, 1);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      wall_board_move (wallboard, -1, 0);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      wall_board_move (wallboard, 1, 0);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      wall_board_turn (wallboard, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      wall_board_turn (wallboard, 1);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      wall_board_move_zone (wallboard, is_shifted || key == GDK_KEY_ISO_Left_Tab ? -1 : 1);
      return TRUE;
    default:
      return FALSE;
    }
}

/* What a letter or a sign does. */
static const struct
{
  guint key;
  void (*act) (WallBoard *wallboard);
} letters[] = {
  { GDK_KEY_u, wall_board_take_back },    { GDK_KEY_w, wall_board_explain },
  { GDK_KEY_r, wall_board_show_stale },   { GDK_KEY_l, wall_board_toggle_letters },
  { GDK_KEY_f, wall_board_toggle_free },  { GDK_KEY_o, wall_board_toggle_order },
  { GDK_KEY_b, wall_board_toggle_big },   { GDK_KEY_slash, wall_board_open_finder },
  { GDK_KEY_KP_Divide, wall_board_open_finder },
  { GDK_KEY_question, wall_board_show_keys },
  { GDK_KEY_Return, wall_board_confirm }, { GDK_KEY_KP_Enter, wall_board_confirm },
};

static gboolean
act (WallBoard *wallboard, guint key, gboolean is_shifted)
{
  guint lower = gdk_keyval_to_lower (key);

  if (get_number (key) > 0)
    {
      wall_board_pick (wallboard, get_number (key));
      return TRUE;
    }
  if (lower == GDK_KEY_n)
    {
      wall_board_choose_need (wallboard, !is_shifted);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].key == lower)
      {
        letters[i].act (wallboard);
        return TRUE;
      }
  return move (wallboard, key, is_shifted);
}

gboolean
wall_actions_press (WallBoard *wallboard, guint key, gboolean is_shifted)
{
  wall_board_touch (wallboard);
  if (key == GDK_KEY_F11)
    {
      toggle_fullscreen (wallboard);
      return TRUE;
    }
  if (key == GDK_KEY_Escape)
    return wall_board_back (wallboard);
  /* a sheet is closed before anything else is done */
  return !wall_board_has_sheet (wallboard) && act (wallboard, key, is_shifted);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        gpointer user_data)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  WALL_BOARD (user_data)->is_touched = FALSE;
  return wall_actions_press (user_data, key, (modifiers & GDK_SHIFT_MASK) != 0) ? GDK_EVENT_STOP
                                                                                : GDK_EVENT_PROPAGATE;
}

void
wall_actions_add (WallBoard *wallboard)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), wallboard);
  gtk_widget_add_controller (GTK_WIDGET (wallboard), keys);
  wall_board_add_gestures (wallboard);
}
