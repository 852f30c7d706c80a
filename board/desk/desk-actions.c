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
on_find (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_board_find (user_data);
}

static const GActionEntry entries[] = {
  { .name = "person", .activate = on_page }, { .name = "plan", .activate = on_page },
  { .name = "tonight", .activate = on_page }, { .name = "handover", .activate = on_page },
  { .name = "find", .activate = on_find },
};

void
desk_actions_install (DeskBoard *board)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), board);
  gtk_widget_insert_action_group (GTK_WIDGET (board), "desk", G_ACTION_GROUP (group));
}
