/* desk-scene.h: a desk at work, for the tests of it: who is chosen, what is pressed, what the feed tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-fixture.h"

#include "board/desk/desk-board.h"

#define REVISION 4100

static inline DeskState *
get_state (BoardStage *stage)
{
  return desk_board_get_state (DESK_BOARD (stage->view));
}

static inline void
choose (BoardStage *stage, guint person)
{
  desk_state_choose (get_state (stage), desk_fixture_code (person));
  desk_fixture_answer (stage);
  board_stage_draw (stage);
}

static inline void
act (BoardStage *stage, const char *name, const char *target)
{
  if (target != NULL)
    gtk_widget_activate_action (stage->view, name, "s", target);
  else
    gtk_widget_activate_action (stage->view, name, NULL);
  board_stage_draw (stage);
}

static inline void
assert_param (const StageCall *call, const char *name, const char *value)
{
  g_autofree char *found = board_stage_get_param (call, name);

  g_assert_cmpstr (found, ==, value);
}

static inline void
change (BoardStage *stage, guint64 from, guint person, const char *state, const char *members)
{
  g_autofree char *params = desk_fixture_change (from, person, state, members);

  board_stage_tell (stage, "feed.changes", params);
  board_stage_beat (stage);
  desk_fixture_answer (stage);
}

static inline GtkWidget *
find_entry (GtkWidget *widget, const char *placeholder)
{
  if (GTK_IS_ENTRY (widget) && g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), placeholder) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child, placeholder);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static inline void
fill_form (BoardStage *stage)
{
  act (stage, "desk.new", NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (board_stage_find (stage, "Woman")), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (board_stage_find (stage, "75 to 84")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (stage->view, "SO51")), "so22");
  board_stage_click (stage, "wish-button"); /* the first: a single room */
}
