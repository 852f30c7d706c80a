/* test-desk-reasons.c: why other beds do not suit: reasons that unfold into the beds behind them, far down
 * a page that begins at its top for the next person.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-fixture.h"

#include "board/desk/desk-board.h"

#define WHY "Missing: Hoist"

static BoardStage *
open_waiting (int width, int height)
{
  BoardStage *stage = desk_fixture_open (width, height, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_WAITING));
  desk_fixture_answer (stage);
  board_stage_draw (stage);
  return stage;
}

/* The line of a reason; what the keyboard stands on. */
static GtkWidget *
find_line (BoardStage *stage, const char *why)
{
  GtkWidget *words = board_stage_find (stage, why);

  /* the headline says it as well, with its count in the same label: not these words alone */
  g_assert_nonnull (words);
  return gtk_widget_get_ancestor (words, GTK_TYPE_EXPANDER);
}

static void
press (BoardStage *stage, GtkWidget *line)
{
  g_assert_true (gtk_widget_grab_focus (line));
  g_assert_true (gtk_widget_activate (line)); /* what Enter and Space do */
  board_stage_draw (stage);
}

static guint
count_lines (GtkWidget *line)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_expander_get_child (GTK_EXPANDER (line))); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static void
ask_again (BoardStage *stage)
{
  desk_state_ask (desk_board_get_state (DESK_BOARD (stage->view)));
  desk_fixture_answer (stage);
  board_stage_draw (stage);
}

/* Another answer about the chosen person, of reasons only. */
static void
answer_reasons (BoardStage *stage, const char *reasons_and_beds)
{
  g_autofree char *result = g_strdup_printf ("{\"offers\":[],\"cut_off\":0,%s,\"total\":10}", reasons_and_beds);
  StageCall *call;

  desk_state_ask (desk_board_get_state (DESK_BOARD (stage->view)));
  call = board_stage_find_call (stage, "bed.find");
  g_assert_nonnull (call);
  board_stage_answer (stage, call, result);
  board_stage_draw (stage);
}

/* The beds are asked for by name about the chosen person only: the others' are counted. */
static void
test_asked_for (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);
  guint n_named = 0;

  for (guint i = 0; i < stage->calls->len; i++)
    {
      const StageCall *call = g_ptr_array_index (stage->calls, i);
      g_autofree char *list = board_stage_get_param (call, "list");
      g_autofree char *code = board_stage_get_param (call, "referral");

      if (!g_str_equal (call->method, "bed.find") || g_str_equal (list, "0"))
        continue;
      g_assert_cmpstr (list, ==, "8");
      n_named += g_str_equal (code, desk_fixture_code (DESK_PERSON_WAITING));
    }
  g_assert_cmpuint (n_named, >=, 1);
}

static void
test_folded (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);

  g_assert_false (gtk_expander_get_expanded (GTK_EXPANDER (find_line (stage, WHY))));
  g_assert_null (board_stage_find (stage, "Westholme"));
}

/* By the keyboard: the beds with their distances, and how many more there are. */
static void
test_unfolds (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);
  GtkWidget *line = find_line (stage, WHY);

  press (stage, line);
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (line)));
  g_assert_cmpuint (count_lines (line), ==, 4);
  g_assert_nonnull (board_stage_find (stage, "Westholme"));
  g_assert_nonnull (board_stage_find (stage, "14.5 km"));
  press (stage, find_line (stage, "Occupied"));
  g_assert_nonnull (board_stage_find (stage, "117 more, farther away"));
  press (stage, find_line (stage, "Occupied"));
  press (stage, line);
  g_assert_null (board_stage_find (stage, "14.5 km"));
}

/* A new answer leaves what is unfolded, and the keyboard, where they are. */
static void
test_stays (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);
  GtkWidget *line = find_line (stage, WHY);

  press (stage, line);
  ask_again (stage);
  g_assert_true (find_line (stage, WHY) == line);
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (line)));
  g_assert_true (gtk_widget_has_focus (line));
  g_assert_cmpuint (count_lines (line), ==, 4);
}

/* For somebody for whom the reasons stand elsewhere the keyboard goes with its reason. */
static void
test_follows (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);

  press (stage, find_line (stage, WHY));
  answer_reasons (stage, "\"ruled_out\":[{\"reason\":\"must:hoist\",\"count\":1,\"nearest_metres\":10},"
                         "{\"reason\":\"occupancy\",\"count\":9,\"nearest_metres\":20}],\"ruled_out_beds\":[{\"bed\":"
                         "\"nobody-knows-01\",\"metres\":10,\"reason\":\"must:hoist\"}]");
  g_assert_true (gtk_widget_has_focus (find_line (stage, WHY)));
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (find_line (stage, WHY))));
  g_assert_false (gtk_expander_get_expanded (GTK_EXPANDER (find_line (stage, "Occupied"))));
  g_assert_nonnull (board_stage_find (stage, "nobody-knows-01"));
}

/* What is folded has no beds as widgets, whatever has been answered; folded again it has none either. */
static void
test_folded_has_no_beds (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);
  GtkWidget *line = find_line (stage, WHY);

  g_assert_cmpuint (count_lines (line), ==, 0);
  ask_again (stage);
  g_assert_cmpuint (count_lines (line), ==, 0);
  press (stage, line);
  g_assert_cmpuint (count_lines (line), ==, 4);
  g_assert_cmpuint (count_lines (find_line (stage, "Occupied")), ==, 0);
  press (stage, line);
  g_assert_cmpuint (count_lines (line), ==, 0);
}

/* Unfolded after several answers, it shows the beds of the last. */
static void
test_unfolds_the_last (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);

  answer_reasons (stage, "\"ruled_out\":[{\"reason\":\"must:hoist\",\"count\":1,\"nearest_metres\":10}],"
                         "\"ruled_out_beds\":[{\"bed\":\"nobody-knows-01\",\"metres\":10,\"reason\":\"must:hoist\"}]");
  answer_reasons (stage, "\"ruled_out\":[{\"reason\":\"must:hoist\",\"count\":1,\"nearest_metres\":10}],"
                         "\"ruled_out_beds\":[{\"bed\":\"nobody-knows-02\",\"metres\":10,\"reason\":\"must:hoist\"}]");
  press (stage, find_line (stage, WHY));
  g_assert_cmpuint (count_lines (find_line (stage, WHY)), ==, 1);
  g_assert_nonnull (board_stage_find (stage, "nobody-knows-02"));
}

/* A reason that is only counted (a partner who is not in sight) has no beds that others could be beyond. */
static void
test_not_told (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1920, 1080);

  answer_reasons (stage, "\"ruled_out\":[{\"reason\":\"partner\",\"count\":3,\"nearest_metres\":10}],\"ruled_out_beds\":[]");
  press (stage, find_line (stage, "No bed for the partner"));
  g_assert_cmpuint (count_lines (find_line (stage, "No bed for the partner")), ==, 1);
  g_assert_nonnull (board_stage_find (stage, "Which beds is not told here"));
  g_assert_null (board_stage_find (stage, "3 more, farther away"));
}

/* Another person begins at the top, also if the last one was read to the end. */
static void
test_begins_at_top (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1280, 720, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  GtkWidget *title = board_stage_find (stage, "title");
  gboolean has_scrolled = FALSE;
  graphene_rect_t bounds;

  for (GtkWidget *up = title; up != NULL; up = gtk_widget_get_parent (up))
    if (GTK_IS_SCROLLED_WINDOW (up))
      {
        GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (up));

        gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
        has_scrolled = has_scrolled || gtk_adjustment_get_value (adjustment) > 0;
      }
  g_assert_true (has_scrolled);
  desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_WAITING));
  desk_fixture_answer (stage);
  board_stage_draw (stage);
  g_assert_true (gtk_widget_compute_bounds (board_stage_find (stage, "title"), stage->view, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y, <, 200);
}

static void
test_pictures (void)
{
  g_autoptr (BoardStage) stage = open_waiting (1280, 1500);
  g_autoptr (GdkTexture) texture = NULL;

  press (stage, find_line (stage, WHY));
  press (stage, find_line (stage, "Occupied"));
  press (stage, find_line (stage, "Closed"));
  texture = board_stage_take (stage, "desk-reasons");
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1280);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-reasons/asked-for", test_asked_for);
  g_test_add_func ("/desk-reasons/folded", test_folded);
  g_test_add_func ("/desk-reasons/unfolds", test_unfolds);
  g_test_add_func ("/desk-reasons/stays", test_stays);
  g_test_add_func ("/desk-reasons/follows", test_follows);
  g_test_add_func ("/desk-reasons/folded-has-no-beds", test_folded_has_no_beds);
  g_test_add_func ("/desk-reasons/unfolds-the-last", test_unfolds_the_last);
  g_test_add_func ("/desk-reasons/not-told", test_not_told);
  g_test_add_func ("/desk-reasons/next-begins-at-top", test_begins_at_top);
  g_test_add_func ("/desk-reasons/picture", test_pictures);
  return g_test_run ();
}
