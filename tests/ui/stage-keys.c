/* stage-keys.c: presses, keys and letters for any view on a stage.
 *
 * A press is "clicked" at once, as activating a button by code waits a quarter of a second. Keys go
 * to the controllers and shortcuts that GDK would ask, innermost first; letters to the text that has
 * the focus, which a key's own event would reach through the input method. Nothing is owned here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stage-keys.h"

#include "board/board-i18n.h"

/* --- presses --- */

static gboolean
says (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words);
}

static gboolean
is_pressable (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget);
}

static GtkWidget *
find_pressable (GtkWidget *widget, GtkWidget *pressable, const char *words)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (is_pressable (widget))
    pressable = widget;
  if (pressable != NULL && says (widget, words))
    return pressable;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_pressable (child, pressable, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
stage_press (BoardStage *stage, GtkWidget *widget, const char *words)
{
  GtkWidget *within = widget != NULL ? widget : stage->window;
  GtkWidget *found = find_pressable (within, NULL, words);

  if (found == NULL)
    found = find_pressable (within, NULL, _ (words));
  if (found == NULL)
    g_test_message ("nothing to press says \"%s\"", words);
  g_assert_nonnull (found);
  g_assert_true (gtk_widget_is_sensitive (found));
  if (GTK_IS_TOGGLE_BUTTON (found))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (found), !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (found)));
  else if (GTK_IS_BUTTON (found))
    g_signal_emit_by_name (found, "clicked");
  else
    g_signal_emit_by_name (gtk_widget_get_parent (found), "row-activated", found);
  board_stage_draw (stage);
}

/* --- keys --- */

static gboolean
give_to_shortcuts (GtkWidget *widget, GtkShortcutController *controller, guint keyval, GdkModifierType state)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (controller));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), i);
      g_autofree char *want = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
      g_auto (GStrv) names = g_strsplit (want, "|", -1);

      for (guint k = 0; names[k] != NULL; k++)
        {
          g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (names[k]);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
              && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == state
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                               gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
give (GtkWidget *widget, GtkPropagationPhase phase, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint n = g_list_model_get_n_items (controllers);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < n && !is_taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == phase)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &is_taken);
      else if (GTK_IS_SHORTCUT_CONTROLLER (controller) && phase == GTK_PHASE_BUBBLE)
        is_taken = give_to_shortcuts (widget, GTK_SHORTCUT_CONTROLLER (controller), keyval, state);
    }
  return is_taken;
}

static gboolean
capture (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  if (widget == NULL)
    return FALSE;
  return capture (gtk_widget_get_parent (widget), keyval, state) || give (widget, GTK_PHASE_CAPTURE, keyval, state);
}

/* Enter on a button is its click. */
static gboolean
press_focus (GtkWidget *focus, guint keyval, GdkModifierType state)
{
  if (keyval != GDK_KEY_Return || state != 0 || !is_pressable (focus))
    return FALSE;
  if (GTK_IS_BUTTON (focus))
    g_signal_emit_by_name (focus, "clicked");
  else
    g_signal_emit_by_name (gtk_widget_get_parent (focus), "row-activated", focus);
  return TRUE;
}

/* To those who listen wherever the focus is. */
static gboolean
give_everywhere (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint n = g_list_model_get_n_items (controllers);

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller)
          && gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller)) != GTK_SHORTCUT_SCOPE_LOCAL
          && give_to_shortcuts (widget, GTK_SHORTCUT_CONTROLLER (controller), keyval, state))
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (give_everywhere (child, keyval, state))
      return TRUE;
  return FALSE;
}

void
stage_type (BoardStage *stage, guint keyval, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));
  gboolean is_taken;

  if (keyval == GDK_KEY_Tab)
    {
      gtk_widget_child_focus (stage->window, state == GDK_SHIFT_MASK ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
      board_stage_draw (stage);
      return;
    }
  is_taken = capture (focus, keyval, state) || (focus != NULL && press_focus (focus, keyval, state));
  /* the window only passes on what everybody listens to, and would say that it is about itself */
  for (GtkWidget *widget = focus; widget != NULL && widget != stage->window && !is_taken; widget = gtk_widget_get_parent (widget))
    is_taken = give (widget, GTK_PHASE_BUBBLE, keyval, state);
  is_taken = is_taken || give (stage->view, GTK_PHASE_BUBBLE, keyval, state);
  if (!is_taken)
    give_everywhere (stage->view, keyval, state);
  board_stage_draw (stage);
}

void
stage_write (BoardStage *stage, const char *letters)
{
  for (const char *letter = letters; *letter != 0; letter = g_utf8_next_char (letter))
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));
      int position;

      g_assert_true (GTK_IS_EDITABLE (focus));
      position = gtk_editable_get_position (GTK_EDITABLE (focus));
      gtk_editable_insert_text (GTK_EDITABLE (focus), letter, (int)(g_utf8_next_char (letter) - letter), &position);
      gtk_editable_set_position (GTK_EDITABLE (focus), position);
    }
  board_stage_draw (stage);
}
