/* desk-actions.c: the action group "desk", and its keys.
 *
 * The group is the board's; its actions borrow the board and go with it. Single letters are keys of
 * the page: where somebody types they are letters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-actions.h"

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_show_page (user_data, g_action_get_name (G_ACTION (action)));
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_begin_referral (user_data);
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_find (user_data);
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_step (user_data, g_str_equal (g_action_get_name (G_ACTION (action)), "next") ? 1 : -1);
}

static void
on_act (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  int act = desk_act_parse (g_variant_get_string (parameter, NULL));

  if (act >= 0)
    desk_board_act (user_data, (DeskAct)act);
}

static void
on_reserve (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_act (user_data, DESK_ACT_RESERVE);
}

static void
on_history (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_show_history (user_data);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_undo (user_data);
}

static void
on_take_next (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_take_next (user_data);
}

static void
on_keys (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_show_keys (user_data);
}

static void
on_everybody (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  g_simple_action_set_state (action, state);
  desk_state_set_filter (desk_board_get_state (user_data), g_variant_get_boolean (state) ? DESK_FILTER_ALL : DESK_FILTER_LAP);
}

static const GActionEntry entries[] = {
  { .name = "person", .activate = on_page },
  { .name = "plan", .activate = on_page },
  { .name = "tonight", .activate = on_page },
  { .name = "handover", .activate = on_page },
  { .name = "new", .activate = on_new },
  { .name = "find", .activate = on_find },
  { .name = "next", .activate = on_step },
  { .name = "previous", .activate = on_step },
  { .name = "act", .activate = on_act, .parameter_type = "s" },
  { .name = "reserve", .activate = on_reserve },
  { .name = "history", .activate = on_history },
  { .name = "undo", .activate = on_undo },
  { .name = "take-next", .activate = on_take_next },
  { .name = "keys", .activate = on_keys },
  { .name = "everybody", .state = "false", .change_state = on_everybody },
};

/* With Ctrl, or a letter alone: those only where nobody types. */
static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} keys[] = {
  { GDK_KEY_f, GDK_CONTROL_MASK, "desk.find" }, { GDK_KEY_n, GDK_CONTROL_MASK, "desk.new" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "desk.undo" }, { GDK_KEY_slash, 0, "desk.find" },
  { GDK_KEY_j, 0, "desk.next" },                { GDK_KEY_k, 0, "desk.previous" },
  { GDK_KEY_r, 0, "desk.reserve" },             { GDK_KEY_question, 0, "desk.keys" },
  { GDK_KEY_Escape, 0, "desk.person" },
};

static gboolean
is_typing (GtkWidget *board)
{
  GtkRoot *root = gtk_widget_get_root (board);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && GTK_IS_EDITABLE (focus);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer user_data)
{
  GdkModifierType held = modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (key) == keys[i].key && held == keys[i].modifiers
        && (held != 0 || key == GDK_KEY_Escape || !is_typing (user_data)))
      return gtk_widget_activate_action (user_data, keys[i].action, NULL);
  return FALSE;
}

void
desk_actions_install (DeskBoard *board)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), board);
  gtk_widget_insert_action_group (GTK_WIDGET (board), "desk", G_ACTION_GROUP (group));
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key), board);
  gtk_widget_add_controller (GTK_WIDGET (board), controller);
}
