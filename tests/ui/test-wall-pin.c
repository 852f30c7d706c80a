/* test-wall-pin.c: the panel that asks for a PIN: its pad, its end, lock-out, and taking back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-stage.h"

#include <gdk/gdkkeysyms.h>

#define SIZE ((WallSize){ 22, 2, 9 })

static void
send_first (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  wall_stage_give_pin (stage, "ann", "1234");
}

static void
ask_pin (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
}

/* A button of the pad by its label. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
touch (WallStage *stage, const char *label)
{
  g_signal_emit_by_name (find_button (wall_board_peek_pin (stage->wallboard), label), "clicked");
}

static void
test_pad (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);
  GtkWidget *entry;

  ask_pin (stage);
  entry = wall_stage_find (wall_board_peek_pin (stage->wallboard), GTK_TYPE_PASSWORD_ENTRY);
  touch (stage, "1");
  touch (stage, "2");
  touch (stage, "0");
  touch (stage, "⌫");
  touch (stage, "9");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "129");
  touch (stage, "C");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  wall_stage_close (stage);
}

static void
test_pad_places (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *as;

  ask_pin (stage);
  gtk_editable_set_text (
      GTK_EDITABLE (wall_stage_find (wall_board_peek_pin (stage->wallboard), GTK_TYPE_ENTRY)), "ann");
  touch (stage, "7");
  touch (stage, "7");
  touch (stage, "Place");
  as = json_object_get_object_member (wall_stage_peek_params (stage, &node), "as");
  g_assert_cmpstr (json_object_get_string_member (as, "pin"), ==, "77");
  wall_stage_refuse (stage, BED_ERROR_UNAVAILABLE, NULL);
  wall_stage_close (stage);
}

/* Half a PIN and a user were typed, and then nobody came back. */
static void
test_pin_times_out (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);
  GtkWidget *panel = wall_board_peek_pin (stage->wallboard);

  ask_pin (stage);
  gtk_editable_set_text (GTK_EDITABLE (wall_stage_find (panel, GTK_TYPE_ENTRY)), "ann");
  touch (stage, "1");
  wall_stage_pass (stage, 29);
  g_assert_true (gtk_widget_get_visible (panel));
  touch (stage, "2");
  wall_stage_pass (stage, 29);
  g_assert_true (gtk_widget_get_visible (panel));
  wall_stage_pass (stage, 3);
  g_assert_false (gtk_widget_get_visible (panel));
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (wall_stage_find (panel, GTK_TYPE_ENTRY))), ==, "");
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (wall_stage_find (panel, GTK_TYPE_PASSWORD_ENTRY))), ==, "");
  g_assert_cmpuint (stage->n_calls, ==, 0);
  wall_stage_close (stage);
}

/* The elbow that leaned on a number is long gone. */
static void
test_picked_is_left_alone (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_pass (stage, 31);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

static void
test_locked_out_enter_does_nothing (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  send_first (stage);
  wall_stage_refuse (stage, BED_ERROR_LOCKED_OUT, NULL);
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_false (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_REFUSED);
  wall_stage_press (stage, GDK_KEY_Escape);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  g_assert_cmpuint (stage->n_calls, ==, 1);
  wall_stage_close (stage);
}

/* What the register says is counted down; when it is over Enter asks again. */
static void
test_locked_out_counts_down (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  send_first (stage);
  wall_stage_refuse (stage, BED_ERROR_LOCKED_OUT, "{\"reason\":\"locked_out\",\"retry_ms\":125000}");
  g_assert_nonnull (strstr (wall_placing_peek_words (stage->placing), "3 minutes"));
  for (guint i = 0; i < 5; i++)
    {
      wall_board_touch (stage->wallboard);
      wall_stage_pass (stage, 20);
    }
  g_assert_nonnull (strstr (wall_placing_peek_words (stage->placing), "25 seconds"));
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_REFUSED);
  g_assert_false (wall_placing_leads_on (stage->placing));
  wall_stage_pass (stage, 25);
  g_assert_true (wall_placing_leads_on (stage->placing));
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  wall_stage_close (stage);
}

/* --- U --- */

static void
place_first (WallStage *stage)
{
  send_first (stage);
  wall_stage_answer (stage, "{\"bed\":\"nightingale-01\",\"state\":\"held\",\"revision\":4100}");
}

static void
test_undo (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *params;

  place_first (stage);
  wall_stage_press (stage, GDK_KEY_u);
  g_assert_true (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  wall_stage_give_pin (stage, NULL, "1234");
  g_assert_cmpstr (stage->method, ==, "undo");
  params = wall_stage_peek_params (stage, &node);
  g_assert_cmpstr (json_object_get_string_member (params, "undoes"), ==,
                   "018f0000-0000-7000-8000-000000000001");
  g_assert_cmpstr (json_object_get_string_member (params, "key"), ==,
                   "018f0000-0000-7000-8000-000000000002");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (params, "as"), "user"),
                   ==, "ann");
  wall_stage_answer (stage, "{\"revision\":4100}");
  wall_stage_press (stage, GDK_KEY_u);
  g_assert_false (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  g_assert_cmpuint (stage->n_calls, ==, 2);
  wall_stage_close (stage);
}

static void
test_undo_wrong_pin_asks_again (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  place_first (stage);
  wall_stage_press (stage, GDK_KEY_u);
  wall_stage_give_pin (stage, NULL, "9999");
  wall_stage_refuse (stage, BED_ERROR_BAD_PIN, NULL);
  g_assert_true (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  wall_stage_give_pin (stage, NULL, "1234");
  g_assert_cmpstr (stage->method, ==, "undo");
  g_assert_cmpuint (stage->n_calls, ==, 3);
  wall_stage_refuse (stage, BED_ERROR_WRONG_STATE, NULL);
  g_assert_false (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

static void
test_undo_after_a_minute (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  place_first (stage);
  wall_stage_pass (stage, 60);
  wall_stage_press (stage, GDK_KEY_u);
  g_assert_false (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/wall-pin/pad", test_pad);
  g_test_add_func ("/wall-pin/pad-places", test_pad_places);
  g_test_add_func ("/wall-pin/pin-times-out", test_pin_times_out);
  g_test_add_func ("/wall-pin/picked-is-left-alone", test_picked_is_left_alone);
  g_test_add_func ("/wall-pin/locked-out-enter-does-nothing", test_locked_out_enter_does_nothing);
  g_test_add_func ("/wall-pin/locked-out-counts-down", test_locked_out_counts_down);
  g_test_add_func ("/wall-pin/undo", test_undo);
  g_test_add_func ("/wall-pin/undo-wrong-pin-asks-again", test_undo_wrong_pin_asks_again);
  g_test_add_func ("/wall-pin/undo-after-a-minute", test_undo_after_a_minute);
  return g_test_run ();
}
