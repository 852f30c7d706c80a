/* test-ward-keys.c: the ward with one hand on a keyboard, and for those who listen to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/ward/ward-card.h"

#define SCENE WARD_SCENE_PICTURE

static BoardStage *
open_picture (void)
{
  return ward_stage_open (1920, 1080, SCENE);
}

static StageCall *
find_call (BoardStage *stage, const char *method)
{
  StageCall *made = board_stage_find_call (stage, method);

  g_assert_nonnull (made);
  return made;
}

static void
assert_param (const StageCall *made, const char *name, const char *value)
{
  g_autofree char *got = board_stage_get_param (made, name);

  g_assert_cmpstr (got, ==, value);
}

/* --- by keys --- */

static guint
get_focus_room (BoardStage *stage)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));
  GtkWidget *card = focus != NULL ? gtk_widget_get_ancestor (focus, WARD_TYPE_CARD) : NULL;

  return card != NULL ? (guint)g_ascii_strtoull (ward_card_peek_bed (WARD_CARD (card)) + 9, NULL, 10) : 0;
}

static void
test_arrows (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  g_assert_cmpuint (get_focus_room (stage), ==, 1);
  ward_stage_type (stage, GDK_KEY_Right, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 2);
  ward_stage_type (stage, GDK_KEY_Down, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 8);
  ward_stage_type (stage, GDK_KEY_End, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 24);
  ward_stage_type (stage, GDK_KEY_Up, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 18);
  ward_stage_type (stage, GDK_KEY_Left, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 17);
  ward_stage_type (stage, GDK_KEY_Home, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 1);
}

/* One stop a card, in the order of the rooms. */
static void
test_tab (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  for (guint room = 2; room <= 24; room++)
    {
      ward_stage_type (stage, GDK_KEY_Tab, 0);
      g_assert_cmpuint (get_focus_room (stage), ==, room);
    }
  ward_stage_type (stage, GDK_KEY_Tab, GDK_SHIFT_MASK);
  g_assert_cmpuint (get_focus_room (stage), ==, 23);
}

static void
test_enter (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  ward_stage_type (stage, GDK_KEY_Down, 0);
  for (guint i = 0; i < 5; i++)
    ward_stage_type (stage, GDK_KEY_Right, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 12);
  ward_stage_type (stage, GDK_KEY_Return, 0);
  assert_param (find_call (stage, "bed.report"), "readiness", "ready");
  /* the focus stays, but Enter again does nothing until it is shown */
  ward_stage_type (stage, GDK_KEY_Return, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 12);
  g_assert_cmpuint (stage->calls->len, ==, 1);
}

/* A reason by its number, and the focus comes back to the card. */
static void
test_reason_by_key (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  GtkWidget *focus;

  for (guint i = 0; i < 4; i++)
    ward_stage_type (stage, GDK_KEY_Right, 0);
  g_assert_cmpuint (get_focus_room (stage), ==, 5);
  ward_stage_type (stage, GDK_KEY_Return, 0);
  focus = gtk_root_get_focus (GTK_ROOT (stage->window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER));
  ward_stage_type (stage, GDK_KEY_1, 0);
  assert_param (find_call (stage, "placement.leave"), "outcome", "home");
  g_assert_cmpuint (get_focus_room (stage), ==, 5);
}

static void
test_menu_key (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  ward_stage_type (stage, GDK_KEY_Menu, 0);
  g_assert_nonnull (board_stage_find (stage, "Away on home leave…"));
}

static void
test_keys_sheet (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  g_assert_null (board_stage_find (stage, "Take back the last change, within a minute"));
  ward_stage_type (stage, GDK_KEY_question, 0);
  g_assert_nonnull (board_stage_find (stage, "Take back the last change, within a minute"));
}

/* --- for those who listen --- */

static gboolean
has_name (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Every widget that the focus can reach; returns how many. */
static guint
assert_names (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (gtk_widget_get_focusable (widget) && !GTK_IS_LABEL (widget))
    {
      if (!has_name (widget))
        g_test_message ("a %s in a %s has no name", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      g_assert_true (has_name (widget));
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += assert_names (child);
  return n;
}

static void
test_names (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  g_assert_cmpuint (assert_names (stage->view), >=, 24 + 3 * 3 + 2 + 3);
}

static void
test_names_of_question (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  ward_stage_press (stage, ward_stage_find_card (stage, 5), "Has left");
  g_assert_cmpuint (assert_names (stage->view), >=, 24 + BED_OUTCOME_N);
}

static void
test_sentence (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  g_autofree char *fault = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (ward_stage_find_card (stage, 7)), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Room 7, free, ensuite, hoist, dementia care. Confirmed 22 minutes ago.");

  g_assert_cmpstr (fault, ==, NULL);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (ward_stage_find_card (stage, 7)), GTK_ACCESSIBLE_ROLE_GROUP);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-keys/arrows", test_arrows);
  g_test_add_func ("/ward-keys/tab", test_tab);
  g_test_add_func ("/ward-keys/enter", test_enter);
  g_test_add_func ("/ward-keys/reason-by-key", test_reason_by_key);
  g_test_add_func ("/ward-keys/menu-key", test_menu_key);
  g_test_add_func ("/ward-keys/keys-sheet", test_keys_sheet);
  g_test_add_func ("/ward-keys/names", test_names);
  g_test_add_func ("/ward-keys/names-of-question", test_names_of_question);
  g_test_add_func ("/ward-keys/sentence", test_sentence);
  return g_test_run ();
}
