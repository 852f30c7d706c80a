/* test-desk-pictures.c: the desk in each important state, drawn, measured and kept.
 *
 * A picture is right if what must be there lies inside the window; with HOMEWARD_PICTURES=DIR each
 * stays there to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-fixture.h"

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

static void
test_as_drawn (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  take (stage, "desk-1920");
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
  take (stage, "desk-coordinator-triage");
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

  take (stage, "desk-1280");
  assert_inside (stage, "banner");
  assert_inside (stage, "round"); /* the last thing in the header */
  g_assert_true (gtk_widget_has_css_class (stage->view, "two-columns"));
}

static void
test_large (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (3840, 2160, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  take (stage, "desk-3840");
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

    take (stage, "desk-200-percent");
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
  take (stage, "desk-high-contrast");
}

static void
test_offline (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  stage->moment.line = BOARD_LINE_OFFLINE;
  stage->moment.heard_us = STAGE_NOW_US - 3 * G_GINT64_CONSTANT (60000000);
  board_stage_beat (stage);
  take (stage, "desk-offline");
  g_assert_false (gtk_widget_is_sensitive (board_stage_find (stage, "reserve")));
}

static void
test_read_only (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  stage->moment.line = BOARD_LINE_READ_ONLY;
  board_stage_beat (stage);
  take (stage, "desk-read-only");
}

static void
test_nobody (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, 0);

  take (stage, "desk-nobody");
  g_assert_nonnull (board_stage_find (stage, "Nobody is waiting."));
}

static void
test_many (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, 120);

  desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_WAITING));
  desk_fixture_answer (stage);
  take (stage, "desk-many");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-pictures/as-drawn", test_as_drawn);
  g_test_add_func ("/desk-pictures/coordinator", test_coordinator);
  g_test_add_func ("/desk-pictures/form", test_form);
  g_test_add_func ("/desk-pictures/waiting", test_waiting);
  g_test_add_func ("/desk-pictures/1280", test_small);
  g_test_add_func ("/desk-pictures/3840", test_large);
  g_test_add_func ("/desk-pictures/200-percent", test_large_text);
  g_test_add_func ("/desk-pictures/high-contrast", test_strong);
  g_test_add_func ("/desk-pictures/offline", test_offline);
  g_test_add_func ("/desk-pictures/read-only", test_read_only);
  g_test_add_func ("/desk-pictures/nobody", test_nobody);
  g_test_add_func ("/desk-pictures/many", test_many);
  return g_test_run ();
}
