/* test-board-parts.c: the pill, the reasons and the toast that desk and ward share, in a window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-stage.h"

#include "board/board-pill.h"
#include "board/board-reasons.h"
#include "board/board-toast.h"

#define SECOND_US G_GINT64_CONSTANT (1000000)

static BoardToast *toast; /* of the stage that is open */
static BoardCommand *wanted;
static guint chosen;

static void
on_next_wanted (BoardToast *sender, BoardCommand *command)
{
  wanted = command;
}

/* A header with the pill, an empty page, and the toast over its lower edge. */
static GtkWidget *
make_view (BoardContext *context)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pill = board_pill_new (context);

  toast = BOARD_TOAST (board_toast_new (context));
  wanted = NULL;
  g_signal_connect (toast, "next-wanted", G_CALLBACK (on_next_wanted), NULL);
  gtk_widget_set_halign (pill, GTK_ALIGN_END);
  gtk_widget_set_margin_top (pill, 20);
  gtk_widget_set_margin_end (pill, 20);
  gtk_box_append (GTK_BOX (box), pill);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Close bed"));
  gtk_widget_set_valign (GTK_WIDGET (toast), GTK_ALIGN_END);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (toast));
  return overlay;
}

static const char snapshot[]
    = "{\"epoch\":1,\"revision\":10,\"page\":0,\"pages\":1,"
      "\"laps\":[{\"lap\":\"winchester\",\"name\":\"Winchester\",\"area\":\"Mid Hampshire\",\"easting\":448000,\"northing\":129000}],"
      "\"units\":[{\"unit\":\"clarence\",\"name\":\"Clarence Unit\",\"site\":\"Woodcot Lodge\",\"owner_kind\":\"county\","
      "\"lap\":\"winchester\",\"easting\":448100,\"northing\":129100}],"
      "\"beds\":[{\"bed\":\"clarence-4\",\"unit\":\"clarence\",\"label\":\"Room 4\",\"display\":\"free\",\"offerable\":true},"
      "{\"bed\":\"clarence-7\",\"unit\":\"clarence\",\"label\":\"Room 7\",\"display\":\"cleaning\"}]}";

static BoardStage *
open_stage (gboolean queues)
{
  return board_stage_open (1000, 300, make_view, "ward.css", queues, snapshot);
}

static void
pass (BoardStage *stage, gint64 duration_us)
{
  stage->moment.monotonic_us += duration_us;
  stage->moment.now_us += duration_us;
  board_stage_beat (stage);
}

static gboolean
is_said (BoardStage *stage, const char *words)
{
  GtkWidget *label = board_stage_find (stage, words);

  return label != NULL && gtk_widget_get_mapped (label);
}

static BoardCommand *
send (BoardStage *stage, const char *bed)
{
  BoardCommand *command = board_command_new ("bed.report", bed, "Room 7 is now free");

  board_command_set (command, "bed", bed);
  board_command_set (command, "readiness", "ready");
  board_commands_send (stage->commands, command);
  return command;
}

static void
save (BoardStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = board_stage_take (stage, name);

  g_assert_nonnull (texture);
}

/* --- the pill --- */

static void
test_pill_says_how_the_line_is (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *pill = board_stage_find (stage, "is-live");

  g_assert_true (is_said (stage, "Live") && is_said (stage, "confirmed 8 s ago"));
  gtk_test_accessible_assert_property (pill, GTK_ACCESSIBLE_PROPERTY_LABEL, "Live");
  save (stage, "board-pill-live");
  stage->moment.line = BOARD_LINE_RECONNECTING;
  board_stage_beat (stage);
  g_assert_true (is_said (stage, "Reconnecting") && gtk_widget_has_css_class (pill, "is-unsure"));
  save (stage, "board-pill-reconnecting");
  stage->moment.line = BOARD_LINE_OFFLINE;
  board_stage_beat (stage);
  g_assert_true (is_said (stage, "Offline") && gtk_widget_has_css_class (pill, "is-lost"));
  g_assert_false (gtk_widget_has_css_class (pill, "is-unsure"));
  gtk_test_accessible_assert_property (pill, GTK_ACCESSIBLE_PROPERTY_LABEL, "Offline");
  save (stage, "board-pill-offline");
}

/* --- the toast --- */

static void
test_toast_tells_what_is_done_and_takes_it_back (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) command = send (stage, "clarence-7");
  StageCall *undo;
  g_autofree char *undoes = NULL;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (toast)));
  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":11}");
  g_assert_true (is_said (stage, "Room 7 is now free") && is_said (stage, "11:42") && is_said (stage, "Undo"));
  save (stage, "board-toast-done");
  board_stage_click (stage, "Undo");
  undo = board_stage_find_call (stage, "undo");
  g_assert_nonnull (undo);
  undoes = board_stage_get_param (undo, "undoes");
  g_assert_cmpstr (undoes, ==, "018f0000-0000-7000-8000-000000000001");
  g_assert_false (is_said (stage, "Undo"));
  board_stage_answer (stage, undo, "{\"revision\":12}");
  g_assert_true (is_said (stage, "Taken back"));
  g_assert_false (is_said (stage, "Undo"));
}

static void
test_toast_goes_after_ten_seconds (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) command = send (stage, "clarence-7");

  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":11}");
  pass (stage, BOARD_TOAST_US - SECOND_US);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (toast)));
  save (stage, "board-toast-drained");
  pass (stage, SECOND_US);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (toast)));
  g_assert_true (board_toast_undo (toast)); /* Ctrl+Z still may */
  g_assert_nonnull (board_stage_find_call (stage, "undo"));
  g_assert_false (board_toast_undo (toast));
}

static void
test_toast_waits_while_it_has_the_focus (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) command = send (stage, "clarence-7");
  GtkWidget *button;

  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":11}");
  button = gtk_widget_get_ancestor (board_stage_find (stage, "Undo"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (button));
  pass (stage, 3 * BOARD_TOAST_US);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (toast)));
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_ancestor (board_stage_find (stage, "Close bed"), GTK_TYPE_BUTTON)));
  pass (stage, BOARD_TOAST_US - SECOND_US);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (toast)));
  pass (stage, SECOND_US);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (toast)));
}

static void
test_toast_offers_the_next_bed (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) command = send (stage, "clarence-7");

  board_stage_refuse (stage, board_stage_find_call (stage, "bed.report"), BED_ERROR_BED_TAKEN,
                      "{\"reason\":\"bed_taken\",\"next\":{\"bed\":\"clarence-4\",\"unit\":\"clarence\",\"metres\":140}}");
  g_assert_true (is_said (stage, "Taken: somebody else was first") && is_said (stage, "Next: Room 4, Clarence Unit"));
  save (stage, "board-toast-next");
  g_assert_true (board_toast_take_next (toast));
  g_assert_true (wanted == command);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (toast)));
  g_assert_false (board_toast_take_next (toast));
}

static void
test_a_refusal_is_not_displaced_at_once (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) first = send (stage, "clarence-7");
  g_autoptr (BoardCommand) second = send (stage, "clarence-4");

  board_stage_answer (stage, g_ptr_array_index (stage->calls, 1), "{\"revision\":11}");
  board_stage_refuse (stage, g_ptr_array_index (stage->calls, 0), BED_ERROR_WRONG_STATE, NULL);
  g_assert_true (is_said (stage, "Not possible any more: look again"));
  save (stage, "board-toast-refused");
  {
    g_autoptr (BoardCommand) third = send (stage, "clarence-7");

    board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":12}");
  }
  g_assert_true (is_said (stage, "Not possible any more: look again"));
  pass (stage, BOARD_TOAST_REFUSED_US);
  g_assert_true (is_said (stage, "Room 7 is now free"));
}

/* However much was done meanwhile, each refusal is told. */
static void
test_no_refusal_is_left_out (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_refused = 0;

  for (guint i = 0; i < 3 + BOARD_TOAST_WAITING_MAX; i++)
    {
      g_autofree char *bed = g_strdup_printf ("clarence-%u", i + 20);

      g_ptr_array_add (commands, send (stage, bed));
      if (i < 3)
        board_stage_refuse (stage, board_stage_find_call (stage, "bed.report"), BED_ERROR_WRONG_STATE, NULL);
      else
        board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":11}");
    }
  for (; is_said (stage, "Not possible any more: look again"); n_refused++)
    pass (stage, BOARD_TOAST_REFUSED_US);
  g_assert_cmpuint (n_refused, ==, 3);
}

static void
test_toast_asks_again_with_the_same_key (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) command = send (stage, "clarence-7");
  g_autofree char *first = board_stage_get_param (board_stage_find_call (stage, "bed.report"), "key");
  g_autofree char *second = NULL;

  for (guint i = 0; i < BOARD_COMMAND_TRIES_MAX; i++)
    {
      board_stage_refuse (stage, board_stage_find_call (stage, "bed.report"), BED_ERROR_UNCERTAIN, NULL);
      pass (stage, BOARD_COMMAND_RETRY_US);
    }
  board_stage_click (stage, "Try again");
  second = board_stage_get_param (board_stage_find_call (stage, "bed.report"), "key");
  g_assert_cmpstr (first, ==, second);
}

static void
test_toast_says_that_it_waits_for_the_line (void)
{
  g_autoptr (BoardStage) stage = open_stage (TRUE);
  g_autoptr (BoardCommand) first = NULL;
  g_autoptr (BoardCommand) second = NULL;

  stage->moment.line = BOARD_LINE_OFFLINE;
  first = send (stage, "clarence-7");
  board_stage_draw (stage);
  g_assert_true (is_said (stage, "Waiting for the line: 1 change will be sent"));
  second = send (stage, "clarence-4");
  board_stage_draw (stage);
  g_assert_true (is_said (stage, "Waiting for the line: 2 changes will be sent"));
  save (stage, "board-toast-waiting");
  stage->moment.line = BOARD_LINE_LIVE;
  board_stage_beat (stage);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (toast)));
}

static void
test_roles_of_the_toast (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  g_autoptr (BoardCommand) first = send (stage, "clarence-7");
  g_autoptr (BoardCommand) second = NULL;

  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":11}");
  gtk_test_accessible_assert_role (board_stage_find (stage, "Room 7 is now free"), GTK_ACCESSIBLE_ROLE_STATUS);
  second = send (stage, "clarence-4");
  board_stage_refuse (stage, board_stage_find_call (stage, "bed.report"), BED_ERROR_FORBIDDEN, NULL);
  gtk_test_accessible_assert_role (board_stage_find (stage, "You may not do this: ask your coordinator"),
                                   GTK_ACCESSIBLE_ROLE_ALERT);
}

/* --- reasons --- */

static void
on_chosen (BoardReasons *reasons, guint value)
{
  chosen = value;
}

static GtkWidget *
open_reasons (BoardStage *stage, const char *title, const BedWords *words, guint first_value)
{
  GtkWidget *parent = gtk_widget_get_ancestor (board_stage_find (stage, "Close bed"), GTK_TYPE_BUTTON);
  GtkWidget *reasons = board_reasons_new (title, words, first_value);

  chosen = G_MAXUINT;
  g_signal_connect (reasons, "chosen", G_CALLBACK (on_chosen), NULL);
  gtk_widget_set_parent (reasons, parent);
  gtk_popover_popup (GTK_POPOVER (reasons));
  board_stage_draw (stage);
  return reasons;
}

/* As if it had been typed: what the popover's own controller is told. */
static gboolean
press (GtkWidget *reasons, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (reasons);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_taken = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller)
          || gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &is_taken);
      if (is_taken)
        return TRUE;
    }
  return FALSE;
}

static void
check_key (guint keyval, guint value)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *reasons = open_reasons (stage, "Why can they not come?", &bed_decline_words, 0);

  g_assert_true (press (reasons, keyval));
  g_assert_cmpuint (chosen, ==, value);
  g_assert_false (gtk_widget_get_visible (reasons));
  gtk_widget_unparent (reasons);
}

static void
test_keys_choose (void)
{
  check_key (GDK_KEY_2, BED_DECLINE_NOT_READY);
  check_key (GDK_KEY_KP_9, BED_DECLINE_TWO_CARERS);
  check_key (GDK_KEY_a, BED_DECLINE_SECURE_DEMENTIA);
  check_key (GDK_KEY_U, BED_DECLINE_ENOUGH_TODAY);
}

static void
test_keys_without_a_reason_do_nothing (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *reasons = open_reasons (stage, "Why is it closed?", &bed_closure_words, 1);

  g_assert_false (press (reasons, GDK_KEY_z));
  g_assert_false (press (reasons, GDK_KEY_0));
  g_assert_false (press (reasons, GDK_KEY_Tab));
  g_assert_cmpuint (chosen, ==, G_MAXUINT);
  gtk_widget_unparent (reasons);
}

static void
test_reasons_begin_at_the_first_value (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *reasons = open_reasons (stage, "Why is it closed?", &bed_closure_words, 1);

  g_assert_null (board_stage_find (stage, "No reason given"));
  g_assert_true (press (reasons, GDK_KEY_1));
  g_assert_cmpuint (chosen, ==, BED_CLOSURE_STAFFING);
  gtk_widget_unparent (reasons);
}

static void
test_what_is_left_out_has_no_key (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *reasons = open_reasons (stage, "Why is it closed?", &bed_closure_words, 1);

  board_reasons_leave_out (BOARD_REASONS (reasons), BED_CLOSURE_STAFFING);
  g_assert_null (board_stage_find (stage, "Not enough staff"));
  g_assert_true (press (reasons, GDK_KEY_1));
  g_assert_cmpuint (chosen, ==, BED_CLOSURE_OUTBREAK);
  gtk_widget_unparent (reasons);
}

static void
test_a_row_is_activated (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *reasons = open_reasons (stage, "Why is it closed?", &bed_closure_words, 1);
  GtkWidget *row = gtk_widget_get_ancestor (board_stage_find (stage, "Deep clean"), GTK_TYPE_LIST_BOX_ROW);

  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Deep clean");
  g_assert_cmpint (gtk_widget_get_height (row), >=, 44);
  g_assert_true (gtk_widget_activate (row));
  g_assert_cmpuint (chosen, ==, BED_CLOSURE_DEEP_CLEAN);
  gtk_widget_unparent (reasons);
}

static void
save_reasons (BoardStage *stage, GtkWidget *reasons, const char *name)
{
  GtkWidget *view = stage->view;
  g_autoptr (GdkTexture) texture = NULL;

  stage->view = reasons;
  texture = board_stage_take (stage, name);
  stage->view = view;
  g_assert_nonnull (texture);
}

static void
test_pictures_of_reasons (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *reasons = open_reasons (stage, "Why is it closed?", &bed_closure_words, 1);

  save_reasons (stage, reasons, "board-reasons-closure");
  gtk_widget_unparent (reasons);
  reasons = open_reasons (stage, "Why can they not come?", &bed_decline_words, 0);
  save_reasons (stage, reasons, "board-reasons-decline");
  gtk_widget_unparent (reasons);
}

/* Text at 200 %: the desktop's setting, which GTK knows as dots an inch. */
static void
test_all_of_it_grows_with_the_text (void)
{
  g_autoptr (BoardStage) stage = open_stage (FALSE);
  GtkWidget *pill = board_stage_find (stage, "is-live");
  int before = gtk_widget_get_height (pill);
  GtkWidget *reasons;
  GtkWidget *row;
  int row_before;

  reasons = open_reasons (stage, "Why is it closed?", &bed_closure_words, 1);
  row = gtk_widget_get_ancestor (board_stage_find (stage, "Deep clean"), GTK_TYPE_LIST_BOX_ROW);
  row_before = gtk_widget_get_height (row);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  board_stage_draw (stage);
  board_stage_draw (stage);
  g_assert_cmpint (gtk_widget_get_height (pill), >=, 2 * before - 4);
  g_assert_cmpint (gtk_widget_get_height (row), ==, 2 * row_before);
  save_reasons (stage, reasons, "board-reasons-200");
  gtk_widget_unparent (reasons);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-parts/pill", test_pill_says_how_the_line_is);
  g_test_add_func ("/board-parts/toast-done-and-undone", test_toast_tells_what_is_done_and_takes_it_back);
  g_test_add_func ("/board-parts/toast-goes", test_toast_goes_after_ten_seconds);
  g_test_add_func ("/board-parts/toast-paused", test_toast_waits_while_it_has_the_focus);
  g_test_add_func ("/board-parts/toast-next", test_toast_offers_the_next_bed);
  g_test_add_func ("/board-parts/toast-refusal-stays", test_a_refusal_is_not_displaced_at_once);
  g_test_add_func ("/board-parts/toast-no-refusal-left-out", test_no_refusal_is_left_out);
  g_test_add_func ("/board-parts/toast-again", test_toast_asks_again_with_the_same_key);
  g_test_add_func ("/board-parts/toast-waiting", test_toast_says_that_it_waits_for_the_line);
  g_test_add_func ("/board-parts/toast-roles", test_roles_of_the_toast);
  g_test_add_func ("/board-parts/reasons-keys", test_keys_choose);
  g_test_add_func ("/board-parts/reasons-other-keys", test_keys_without_a_reason_do_nothing);
  g_test_add_func ("/board-parts/reasons-first-value", test_reasons_begin_at_the_first_value);
  g_test_add_func ("/board-parts/reasons-left-out", test_what_is_left_out_has_no_key);
  g_test_add_func ("/board-parts/reasons-row", test_a_row_is_activated);
  g_test_add_func ("/board-parts/reasons-pictures", test_pictures_of_reasons);
  g_test_add_func ("/board-parts/text-grows", test_all_of_it_grows_with_the_text);
  return g_test_run ();
}
