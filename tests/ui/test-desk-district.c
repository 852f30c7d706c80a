/* test-desk-district.c: the form's outward postcodes: completed from the register's, and whose they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-fixture.h"

#include "board/desk/desk-board.h"
#include "board/desk/desk-district.h"

static void
assert_said (BoardModel *model, const char *written, const char *expected)
{
  g_autofree char *said = desk_district_say (model, written);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_say (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1280, 720, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  assert_said (stage->model, "so51", "South West LAP");
  assert_said (stage->model, " SP10 ", "Winchester LAP");
  assert_said (stage->model, "ZE1", "");
  assert_said (stage->model, "so99", "SO99 is not in the register: is it right?");
  assert_said (stage->model, "nfa", "No fixed abode: in every LAP's queue");
  assert_said (stage->model, "SO", "");
  assert_said (stage->model, "SP1", ""); /* SP10 begins so */
  assert_said (stage->model, "", "");
}

/* A gateway that tells of no districts: nothing is said, and what has been seen completes. */
static void
test_older_gateway (void)
{
  g_autoptr (BoardModel) model = board_model_new ("winchester");
  g_autoptr (GtkListStore) districts = desk_districts_new ();
  g_autoptr (JsonNode) node = json_from_string ("{\"epoch\":1,\"revision\":1,\"page\":1,\"pages\":1,\"laps\":[],\"units\":[],\"beds\":[],"
                                                "\"referrals\":[{\"referral\":\"K7Q-M4X\",\"state\":\"waiting\",\"home\":{\"district\":\"SO51\"}}]}",
                                                NULL);

  g_assert_nonnull (node);
  board_model_apply (model, "feed.snapshot", json_node_get_object (node), 1);
  assert_said (model, "SO99", "");
  desk_districts_fill (districts, model);
  g_assert_cmpint (gtk_tree_model_iter_n_children (GTK_TREE_MODEL (districts), NULL), ==, 1);
}

static GtkWidget *
find_entry (GtkWidget *widget)
{
  if (GTK_IS_ENTRY (widget) && g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), "SO51") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The form says whose somebody would be, and completes from all that the register knows. */
static void
test_form (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1280, 720, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  GtkTreeModel *codes;
  GtkWidget *entry;

  gtk_widget_activate_action (stage->view, "desk.new", NULL);
  board_stage_draw (stage);
  entry = find_entry (stage->view);
  g_assert_nonnull (entry);
  codes = gtk_entry_completion_get_model (gtk_entry_get_completion (GTK_ENTRY (entry)));
  g_assert_cmpint (gtk_tree_model_iter_n_children (codes, NULL), ==, 5);
  gtk_editable_set_text (GTK_EDITABLE (entry), "so51");
  board_stage_draw (stage);
  g_assert_nonnull (board_stage_find (stage, "South West LAP"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "so99");
  board_stage_draw (stage);
  g_assert_nonnull (board_stage_find (stage, "SO99 is not in the register: is it right?"));
}

/* The keyboard goes as people read, also when a note below one field makes it higher than the others. */
static void
test_order (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1280, 720, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  GtkWidget *home;
  GtkWidget *near;

  gtk_widget_activate_action (stage->view, "desk.new", NULL);
  board_stage_draw (stage);
  home = find_entry (stage->view);
  gtk_editable_set_text (GTK_EDITABLE (home), "so51");
  board_stage_draw (stage);
  g_assert_true (gtk_widget_grab_focus (home));
  gtk_widget_child_focus (stage->window, GTK_DIR_TAB_FORWARD);
  near = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (stage->window)), GTK_TYPE_ENTRY);
  g_assert_true (near != NULL && near != home);
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (near)), ==, "SO51");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-district/say", test_say);
  g_test_add_func ("/desk-district/older-gateway", test_older_gateway);
  g_test_add_func ("/desk-district/form", test_form);
  g_test_add_func ("/desk-district/order", test_order);
  return g_test_run ();
}
