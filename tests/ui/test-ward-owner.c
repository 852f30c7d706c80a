/* test-ward-owner.c: the menu of the whole unit in its window, and what is taken back before it was
 * sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/board-i18n.h"
#include "board/ward/ward-card.h"

static StageCall *
find_call (BoardStage *stage, const char *method)
{
  StageCall *call = board_stage_find_call (stage, method);

  g_test_message ("%s", method);
  g_assert_nonnull (call);
  return call;
}

static void
assert_param (const StageCall *call, const char *name, const char *value)
{
  g_autofree char *got = board_stage_get_param (call, name);

  g_assert_cmpstr (got, ==, value);
}

/* Large: it has bays. */
static BoardStage *
open_house (void)
{
  return ward_stage_open (1280, 800, WARD_SCENE_LARGE);
}

static GtkWidget *
find_menu (BoardStage *stage, GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_MENU_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_menu (stage, child);
  return found;
}

static GtkWidget *
find_header (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (g_str_equal (gtk_widget_get_css_name (widget), "wardheader"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_header (child);
  return found;
}

static void
choose (BoardStage *stage, const char *act)
{
  g_assert_true (gtk_widget_activate_action (stage->view, "ward.do", "(ss)", "", act));
  board_stage_draw (stage);
}

/* By keys alone: Ctrl+U, an entry, a reason, a time. */
static void
test_close_by_keys (void)
{
  g_autoptr (BoardStage) stage = open_house ();
  GtkWidget *menu = find_menu (stage, find_header (stage->view));
  g_autoptr (GdkTexture) texture = NULL;

  g_assert_true (gtk_widget_get_visible (menu));
  ward_stage_type (stage, GDK_KEY_u, GDK_CONTROL_MASK);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)))));
  texture = board_stage_take (stage, "ward-owner-menu");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
  choose (stage, "close-unit");
  ward_stage_type (stage, GDK_KEY_2, 0);
  g_assert_cmpuint (stage->calls->len, ==, 0);
  ward_stage_type (stage, GDK_KEY_1, 0);
  assert_param (find_call (stage, "unit.close"), "unit", "clarence");
  assert_param (find_call (stage, "unit.close"), "reason", "outbreak");
  assert_param (find_call (stage, "unit.close"), "until", "");
  /* under way: nothing else about the unit */
  g_assert_false (gtk_widget_is_sensitive (menu));
  board_stage_answer (stage, find_call (stage, "unit.close"), "{\"revision\":101}");
}

static void
test_close_a_bay (void)
{
  g_autoptr (BoardStage) stage = open_house ();

  choose (stage, "close-bay");
  ward_stage_press (stage, NULL, "Bay 2");
  ward_stage_type (stage, GDK_KEY_1, 0);
  ward_stage_press (stage, NULL, "Not known yet");
  assert_param (find_call (stage, "bay.close"), "bay", "2");
  assert_param (find_call (stage, "bay.close"), "unit", "clarence");
}

static void
test_staff (void)
{
  g_autoptr (BoardStage) stage = open_house ();
  g_autoptr (GdkTexture) texture = NULL;

  choose (stage, "staff");
  texture = board_stage_take (stage, "ward-owner-staff");
  ward_stage_press (stage, NULL, "12");
  ward_stage_press (stage, NULL, "Not known yet");
  assert_param (find_call (stage, "unit.staff"), "staffed_cap", "12");
}

/* Taken back within the minute: by the toast, or by the menu. */
static void
test_undo (void)
{
  g_autoptr (BoardStage) stage = open_house ();
  g_autofree char *key = NULL;

  choose (stage, "staff");
  ward_stage_press (stage, NULL, "12");
  ward_stage_press (stage, NULL, "Not known yet");
  key = board_stage_get_param (find_call (stage, "unit.staff"), "key");
  board_stage_answer (stage, find_call (stage, "unit.staff"), "{\"revision\":100}");
  g_assert_true (gtk_widget_activate_action (stage->view, "ward.undo", "s", "clarence"));
  board_stage_draw (stage);
  assert_param (find_call (stage, "undo"), "undoes", key);
}

/* Staff of the unit have nothing of it, by touch, key or action. */
static void
test_not_for_staff (void)
{
  g_autoptr (BoardStage) stage = open_house ();
  GtkWidget *menu = find_menu (stage, find_header (stage->view));

  stage->moment.session.role = BED_ROLE_UNIT;
  board_stage_beat (stage);
  g_assert_false (gtk_widget_get_visible (menu));
  ward_stage_type (stage, GDK_KEY_u, GDK_CONTROL_MASK);
  choose (stage, "close-unit");
  g_assert_null (board_stage_find (stage, "Clarence Unit: Close the whole unit. Why?"));
  g_assert_cmpuint (stage->calls->len, ==, 0);
}

/* --- before it was sent --- */

static BoardStage *
open_offline (void)
{
  BoardStage *stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  stage->moment.line = BOARD_LINE_OFFLINE;
  board_stage_beat (stage);
  return stage;
}

static void
come_back (BoardStage *stage)
{
  stage->moment.line = BOARD_LINE_LIVE;
  board_stage_beat (stage);
}

static void
test_take_back_on_the_card (void)
{
  g_autoptr (BoardStage) stage = open_offline ();
  GtkWidget *card = ward_stage_find_card (stage, 12);

  ward_stage_press (stage, card, "Ready");
  g_assert_nonnull (board_stage_find (stage, "Waiting for the line"));
  ward_stage_press (stage, card, "Take back");
  g_assert_null (board_stage_find (stage, "Waiting for the line"));
  g_assert_false (gtk_widget_has_css_class (card, "is-pending"));
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 0);
  /* and may be pressed anew */
  ward_stage_press (stage, card, "Ready");
  g_assert_cmpuint (stage->calls->len, ==, 1);
}

static void
test_take_back_in_the_side (void)
{
  g_autoptr (BoardStage) stage = open_offline ();
  GtkWidget *card = ward_stage_find_card (stage, 5);

  ward_stage_press (stage, card, "Has left");
  ward_stage_type (stage, GDK_KEY_1, 0);
  g_assert_true (gtk_widget_has_css_class (card, "is-pending"));
  ward_stage_press (stage, NULL, "Take back");
  g_assert_false (gtk_widget_has_css_class (card, "is-pending"));
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 0);
}

/* The toast takes back the newest, as Ctrl+Z does. */
static void
test_take_back_by_key (void)
{
  g_autoptr (BoardStage) stage = open_offline ();

  ward_stage_press (stage, ward_stage_find_card (stage, 12), "Ready");
  ward_stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  ward_stage_type (stage, GDK_KEY_z, GDK_CONTROL_MASK);
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 1);
  find_call (stage, "bed.report");
}

/* Sent, and not answered yet: nobody knows, so nothing says that it can be taken back. */
static void
test_sent_is_not_taken_back (void)
{
  g_autoptr (BoardStage) stage = open_offline ();
  GtkWidget *card = ward_stage_find_card (stage, 12);

  ward_stage_press (stage, card, "Ready");
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 1);
  stage->moment.line = BOARD_LINE_OFFLINE;
  board_stage_refuse (stage, find_call (stage, "bed.report"), BED_ERROR_UNCERTAIN, NULL);
  board_stage_beat (stage);
  g_assert_nonnull (board_stage_find (stage, "Waiting for the line"));
  g_assert_null (board_stage_find (stage, "Take back"));
}

static void
close_unit_offline (BoardStage *stage)
{
  choose (stage, "close-unit");
  ward_stage_type (stage, GDK_KEY_2, 0);
  ward_stage_type (stage, GDK_KEY_1, 0);
}

/* About the whole unit: the button that confirms takes it back, long after its toast. */
static void
test_unit_is_taken_back (void)
{
  g_autoptr (BoardStage) stage = open_offline ();
  GtkWidget *header = find_header (stage->view);

  close_unit_offline (stage);
  stage->moment.monotonic_us += 5 * 60 * G_USEC_PER_SEC;
  board_stage_beat (stage);
  ward_stage_press (stage, header, "Take back");
  g_assert_null (board_stage_find (stage, "Take back"));
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 0);
  ward_stage_press (stage, header, "Everything unchanged, confirm");
  find_call (stage, "unit.confirm");
}

static void
test_unit_is_taken_back_by_key (void)
{
  g_autoptr (BoardStage) stage = open_offline ();

  close_unit_offline (stage);
  ward_stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 0);
}

/* The menu opens while it waits, and has nothing but that. */
static void
test_unit_is_taken_back_in_the_menu (void)
{
  g_autoptr (BoardStage) stage = open_offline ();
  GtkWidget *menu = find_menu (stage, find_header (stage->view));
  GMenuModel *model;

  close_unit_offline (stage);
  g_assert_true (gtk_widget_is_sensitive (menu));
  ward_stage_type (stage, GDK_KEY_u, GDK_CONTROL_MASK);
  model = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (menu));
  g_assert_cmpint (g_menu_model_get_n_items (model), ==, 1);
  g_assert_true (gtk_widget_activate_action (stage->view, "ward.undo", "s", "clarence"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
  come_back (stage);
  g_assert_cmpuint (stage->calls->len, ==, 0);
}

/* The line returns under the finger: what was to be taken back is not followed by a confirmation. */
static void
test_unit_is_not_confirmed_instead (void)
{
  g_autoptr (BoardStage) stage = open_offline ();

  close_unit_offline (stage);
  stage->moment.monotonic_us += G_USEC_PER_SEC;
  come_back (stage);
  board_stage_answer (stage, find_call (stage, "unit.close"), "{\"revision\":100}");
  g_assert_nonnull (board_stage_find (stage, "Everything unchanged, confirm"));
  stage_press (stage, find_header (stage->view), "Everything unchanged, confirm");
  stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (stage->calls->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-owner/close-by-keys", test_close_by_keys);
  g_test_add_func ("/ward-owner/close-a-bay", test_close_a_bay);
  g_test_add_func ("/ward-owner/staff", test_staff);
  g_test_add_func ("/ward-owner/undo", test_undo);
  g_test_add_func ("/ward-owner/not-for-staff", test_not_for_staff);
  g_test_add_func ("/ward-owner/take-back-on-the-card", test_take_back_on_the_card);
  g_test_add_func ("/ward-owner/take-back-in-the-side", test_take_back_in_the_side);
  g_test_add_func ("/ward-owner/take-back-by-key", test_take_back_by_key);
  g_test_add_func ("/ward-owner/sent-is-not-taken-back", test_sent_is_not_taken_back);
  g_test_add_func ("/ward-owner/unit-is-taken-back", test_unit_is_taken_back);
  g_test_add_func ("/ward-owner/unit-is-taken-back-by-key", test_unit_is_taken_back_by_key);
  g_test_add_func ("/ward-owner/unit-is-taken-back-in-the-menu", test_unit_is_taken_back_in_the_menu);
  g_test_add_func ("/ward-owner/unit-is-not-confirmed-instead", test_unit_is_not_confirmed_instead);
  return g_test_run ();
}
