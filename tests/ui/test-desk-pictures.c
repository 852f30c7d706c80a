/* test-desk-pictures.c: the desk in each important state, drawn, measured and compared.
 *
 * A picture is right if what must be there lies inside the window, and if it is a state of the matrix
 * (README.md) as it is kept; with HOMEWARD_PICTURES=DIR each stays there to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-fixture.h"
#include "feed-turns.h"
#include "picture-compare.h"

#include "board/desk/desk-board.h"

/* Every named part lies inside the window as far as its width goes. */
static void
assert_inside (BoardStage *stage, const char *words)
{
  GtkWidget *widget = board_stage_find (stage, words);
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, stage->view, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, -0.5);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (stage->view) + 0.5);
}

static void
take (BoardStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = NULL;

  board_stage_draw (stage);
  board_stage_draw (stage);
  texture = board_stage_take (stage, name);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, gtk_widget_get_width (stage->view));
}

/* A state of the matrix. */
static void
check (BoardStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = NULL;

  board_stage_draw (stage);
  board_stage_draw (stage);
  texture = board_stage_take (stage, name);
  picture_check (texture, name);
}

/* Another feed than the stage was opened with. */
static void
turn (BoardStage *stage, guint n_people, void (*turn_feed) (JsonObject *snapshot))
{
  g_autofree char *text = desk_fixture_snapshot (n_people);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autofree char *turned = NULL;

  turn_feed (json_node_get_object (node));
  turned = json_to_string (node, FALSE);
  board_stage_replace (stage, turned);
  for (guint i = 0; i < 4; i++)
    {
      desk_fixture_answer (stage);
      board_stage_beat (stage);
    }
}

static void
test_as_drawn (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  take (stage, "desk-plain");
  assert_inside (stage, "Beds that suit");
  assert_inside (stage, "banner");
  assert_inside (stage, "round"); /* the last thing in the header */
  g_assert_true (gtk_widget_has_css_class (stage->view, "three-columns"));
}

static void
test_coordinator (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_NEW));
  desk_fixture_answer (stage);
  take (stage, "desk-triage");
}

static void
test_form (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  gtk_widget_activate_action (stage->view, "desk.new", NULL);
  board_stage_draw (stage);
  take (stage, "desk-form");
  assert_inside (stage, "form");
}

static void
test_waiting (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_WAITING));
  desk_fixture_answer (stage);
  take (stage, "desk-waiting");
  g_assert_true (gtk_widget_is_sensitive (board_stage_find (stage, "reserve")));
}

static void
test_small (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1280, 720, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  take (stage, "desk-size-1280");
  assert_inside (stage, "banner");
  assert_inside (stage, "round"); /* the last thing in the header */
  g_assert_true (gtk_widget_has_css_class (stage->view, "two-columns"));
}

static void
test_large (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (3840, 2160, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  take (stage, "desk-size-3840");
  assert_inside (stage, "banner");
  assert_inside (stage, "round"); /* the last thing in the header */
  g_assert_true (gtk_widget_has_css_class (stage->view, "three-columns"));
}

static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  {
    g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

    check (stage, "desk-200");
    g_assert_true (gtk_widget_has_css_class (stage->view, "one-column"));
    assert_inside (stage, "banner");
    assert_inside (stage, "round"); /* the last thing in the header */
  }
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_strong (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  gtk_widget_add_css_class (stage->window, "strong");
  check (stage, "desk-contrast");
}

static void
test_offline (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  stage->moment.line = BOARD_LINE_OFFLINE;
  stage->moment.heard_us = STAGE_NOW_US - 3 * G_GINT64_CONSTANT (60000000);
  board_stage_beat (stage);
  check (stage, "desk-offline");
  g_assert_false (gtk_widget_is_sensitive (board_stage_find (stage, "reserve")));
}

static void
test_read_only (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  stage->moment.line = BOARD_LINE_READ_ONLY;
  board_stage_beat (stage);
  check (stage, "desk-read-only");
}

static void
test_nobody (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, 0);

  check (stage, "desk-nobody");
  g_assert_nonnull (board_stage_find (stage, "Nobody is waiting."));
}

/* A morning with 120 people; in Welsh if the language is. */
static void
test_busy (gconstpointer name)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, 120);

  desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_WAITING));
  desk_fixture_answer (stage);
  check (stage, name);
  g_assert_true (gtk_widget_is_sensitive (board_stage_find (stage, "reserve")));
}

static void
test_stale (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  turn (stage, DESK_N_PEOPLE, feed_turn_stale);
  check (stage, "desk-stale");
}

/* Before the first import. */
static void
test_empty (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, 0);

  turn (stage, 0, feed_turn_empty);
  check (stage, "desk-empty");
  g_assert_nonnull (board_stage_find (stage, "Nobody is waiting."));
}

static void
add_units (JsonObject *snapshot)
{
  feed_turn_many (snapshot, 60);
}

static void
test_sixty (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  turn (stage, DESK_N_PEOPLE, add_units);
  g_assert_cmpuint (board_model_peek_units (stage->model)->len, ==, 60);
  check (stage, "desk-60");
}

/* What is said of a bed below its reason is Welsh to the end, its date as well. */
static void
test_welsh_date (void)
{
  static const DeskRuledOut occupied = { .reason = BED_RULED_OUT_OCCUPANCY };
  static const BoardBed bed = { .expected_free_us = G_GINT64_CONSTANT (1795347720000000) };
  g_autoptr (BoardStage) stage = desk_fixture_open (1280, 720, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);
  g_autofree char *said = desk_ruled_out_say_bed (&occupied, &bed);

  g_assert_nonnull (stage);
  g_assert_cmpstr (said, ==, "Yn gadael Sul 22 Tach");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-pictures/plain", test_as_drawn);
  g_test_add_func ("/desk-pictures/coordinator", test_coordinator);
  g_test_add_func ("/desk-pictures/form", test_form);
  g_test_add_func ("/desk-pictures/waiting", test_waiting);
  g_test_add_func ("/desk-pictures/size-1280", test_small);
  g_test_add_func ("/desk-pictures/size-3840", test_large);
  g_test_add_func ("/desk-pictures/200", test_large_text);
  g_test_add_func ("/desk-pictures/contrast", test_strong);
  g_test_add_func ("/desk-pictures/offline", test_offline);
  g_test_add_func ("/desk-pictures/read-only", test_read_only);
  g_test_add_func ("/desk-pictures/nobody", test_nobody);
  g_test_add_func ("/desk-pictures/stale", test_stale);
  g_test_add_func ("/desk-pictures/empty", test_empty);
  g_test_add_func ("/desk-pictures/60", test_sixty);
  g_test_add_data_func ("/desk-pictures/busy", "desk-busy", test_busy);
  if (g_strcmp0 (g_getenv ("LANGUAGE"), "cy") == 0)
    {
      g_test_add_data_func ("/desk-pictures/welsh", "desk-welsh", test_busy);
      g_test_add_func ("/desk-pictures/welsh/date", test_welsh_date);
    }
  return g_test_run ();
}
