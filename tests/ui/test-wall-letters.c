/* test-wall-letters.c: placing and finding on a wall without a keyboard: letters and digits to touch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-finger.h"
#include "wall-picture.h"

#include <gdk/gdkkeysyms.h>

#define SIZE ((WallSize){ 22, 2, 9 })

static void
open_some (WallStage **stage, WallSize size)
{
  *stage = wall_stage_open (1280, 720, size);
  /* the rows have stood there for a while */
  wall_stage_pass (*stage, 6);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_child_visible (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0
      && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
type (GtkWidget *panel, const char *keys)
{
  for (; *keys != 0; keys++)
    {
      GtkWidget *button = find_button (panel, (char[]){ *keys, 0 });

      g_assert_nonnull (button);
      g_signal_emit_by_name (button, "clicked");
    }
}

static void
check_sizes (GtkWidget *widget)
{
  if ((GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_PASSWORD_ENTRY (widget))
      && gtk_widget_get_mapped (widget))
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
      g_test_message ("%s %s: %.0f x %.0f", G_OBJECT_TYPE_NAME (widget),
                      GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : "",
                      (double)bounds.size.width, (double)bounds.size.height);
      g_assert_cmpfloat (bounds.size.width, >=, WALL_FINGER_MIN);
      g_assert_cmpfloat (bounds.size.height, >=, WALL_FINGER_MIN);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_sizes (child);
}

/* A finger on a letter leaves the focus in the entry: where it would go else, keys and letters are lost. */
static void
check_focus (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && !gtk_widget_get_focusable (widget))
    g_assert_false (gtk_widget_get_focus_on_click (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_focus (child);
}

/* From a touch of the row to the command without a keyboard, on the smallest board. */
static void
test_places_without_a_keyboard (void)
{
  WallStage *stage;
  GtkWidget *panel;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *as;
  WallPicture picture;

  open_some (&stage, SIZE);
  panel = wall_board_peek_pin (stage->wallboard);
  wall_finger_touch_row (stage, 0);
  wall_stage_draw (stage);
  picture = wall_picture_take (stage, "wallboard-touch-user", 1280, 720);
  g_free (picture.pixels);
  check_sizes (panel);
  check_focus (panel);
  g_assert_cmpint (gtk_widget_get_height (panel), <=, 720);
  type (panel, "ann");
  g_signal_emit_by_name (find_button (panel, "↵"), "clicked");
  wall_stage_draw (stage);
  g_assert_null (find_button (panel, "q"));
  picture = wall_picture_take (stage, "wallboard-touch-pin", 1280, 720);
  g_free (picture.pixels);
  check_sizes (panel);
  type (panel, "4711");
  g_signal_emit_by_name (find_button (panel, "Place"), "clicked");
  as = json_object_get_object_member (wall_stage_peek_params (stage, &node), "as");
  g_assert_cmpstr (json_object_get_string_member (as, "user"), ==, "ann");
  g_assert_cmpstr (json_object_get_string_member (as, "pin"), ==, "4711");
  wall_stage_refuse (stage, BED_ERROR_BAD_PIN, NULL);
  g_assert_true (gtk_widget_get_visible (panel));
  /* beside the panel is not an answer */
  wall_finger_touch (stage, 20, 400);
  g_assert_true (gtk_widget_get_visible (panel));
  g_signal_emit_by_name (find_button (panel, "Go back"), "clicked");
  g_assert_false (gtk_widget_get_visible (panel));
  wall_stage_close (stage);
}

/* Whoever has a keyboard keeps the small panel. */
static void
test_keys_bring_no_letters (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  wall_stage_draw (stage);
  g_assert_null (find_button (wall_board_peek_pin (stage->wallboard), "q"));
  g_assert_nonnull (find_button (wall_board_peek_pin (stage->wallboard), "7"));
  wall_stage_close (stage);
}

static void
test_finds_without_a_keyboard (void)
{
  WallStage *stage;
  GtkWidget *finder;
  WallPicture picture;

  open_some (&stage, SIZE);
  finder = wall_board_peek_finder (stage->wallboard);
  wall_finger_touch (stage, 1280 - 16 - 100, 700);
  wall_stage_draw (stage);
  type (finder, "king");
  g_assert_cmpstr (wall_board_peek_view (stage->wallboard)->found_unit, ==, "kingfisher");
  picture = wall_picture_take (stage, "wallboard-touch-find", 1280, 720);
  g_free (picture.pixels);
  check_sizes (finder);
  g_signal_emit_by_name (find_button (finder, "↵"), "clicked");
  g_assert_false (gtk_widget_get_visible (finder));
  g_assert_cmpstr (wall_board_peek_view (stage->wallboard)->found_unit, ==, "kingfisher");
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/wall-letters/places-without-a-keyboard", test_places_without_a_keyboard);
  g_test_add_func ("/wall-letters/keys-bring-no-letters", test_keys_bring_no_letters);
  g_test_add_func ("/wall-letters/finds-without-a-keyboard", test_finds_without_a_keyboard);
  return g_test_run ();
}
