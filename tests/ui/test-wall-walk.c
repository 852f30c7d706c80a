/* test-wall-walk.c: keys that walk about the wall: zones, tiles, pages, sheets, filters, find, and what
 * a corridor does not let them do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-stage.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

#define SIZE ((WallSize){ 22, 2, 9 })
#define MANY ((WallSize){ 120, 2, 9 })

/* The css name of what has the focus. */
static const char *
peek_focus (WallStage *stage)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));

  return focus != NULL ? gtk_widget_get_css_name (focus) : "";
}

static void
find (WallStage *stage, const char *words)
{
  GtkWidget *entry;

  wall_stage_press (stage, GDK_KEY_slash);
  entry = gtk_widget_get_first_child (
      gtk_widget_get_first_child (wall_board_peek_finder (stage->wallboard)));
  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_zones (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_Tab);
  g_assert_cmpstr (peek_focus (stage), ==, "wall-tile");
  wall_stage_press (stage, GDK_KEY_Tab);
  g_assert_cmpstr (peek_focus (stage), ==, "wall-ticker");
  wall_stage_press (stage, GDK_KEY_Tab);
  g_assert_cmpstr (peek_focus (stage), ==, "wall-queue");
  wall_stage_press_shifted (stage, GDK_KEY_ISO_Left_Tab);
  g_assert_cmpstr (peek_focus (stage), ==, "wall-ticker");
  wall_stage_close (stage);
}

/* Enter in the units opens one; Esc closes it; no code stands in it. */
static void
test_enter_opens_a_unit (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_Tab);
  wall_stage_press (stage, GDK_KEY_Right);
  wall_stage_press (stage, GDK_KEY_Down);
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  g_assert_cmpuint (stage->n_calls, ==, 0);
  wall_stage_press (stage, GDK_KEY_Escape);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

/* A person is picked: Enter is about them, not about the unit that has the focus. */
static void
test_enter_places_first (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_Tab);
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  wall_stage_close (stage);
}

static void
test_sheet_is_left_alone (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_r);
  wall_stage_pass (stage, 29);
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  wall_stage_pass (stage, 2);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

static void
test_pages_turn (void)
{
  WallStage *stage = wall_stage_open (1280, 720, MANY);
  g_autofree char *first = g_strdup (wall_board_peek_unit (stage->wallboard, 0));

  wall_stage_pass (stage, 16);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), !=, first);
  wall_stage_pass (stage, 15);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), ==, first);
  wall_stage_close (stage);
}

static void
test_pages_stay_while_keys_are_used (void)
{
  WallStage *stage = wall_stage_open (1280, 720, MANY);
  g_autofree char *first = g_strdup (wall_board_peek_unit (stage->wallboard, 0));

  for (guint i = 0; i < 4; i++)
    {
      wall_stage_press (stage, GDK_KEY_Down);
      wall_stage_pass (stage, 20);
      g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), ==, first);
    }
  wall_stage_close (stage);
}

static void
test_page_down_in_units (void)
{
  WallStage *stage = wall_stage_open (1280, 720, MANY);
  g_autofree char *first = g_strdup (wall_board_peek_unit (stage->wallboard, 0));

  wall_stage_press (stage, GDK_KEY_Tab);
  wall_stage_press (stage, GDK_KEY_Page_Down);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), !=, first);
  g_assert_cmpstr (peek_focus (stage), ==, "wall-tile");
  wall_stage_press (stage, GDK_KEY_Page_Up);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), ==, first);
  /* past the first one lies the last page */
  wall_stage_press (stage, GDK_KEY_Left);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), !=, first);
  wall_stage_close (stage);
}

static void
test_free_only (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  g_assert_nonnull (wall_board_peek_unit (stage->wallboard, 21));
  wall_stage_press (stage, GDK_KEY_f);
  g_assert_null (wall_board_peek_unit (stage->wallboard, 21));
  wall_stage_press (stage, GDK_KEY_f);
  g_assert_nonnull (wall_board_peek_unit (stage->wallboard, 21));
  wall_stage_close (stage);
}

static void
test_needs (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);
  int first;

  wall_stage_press (stage, GDK_KEY_n);
  first = wall_board_peek_view (stage->wallboard)->need;
  wall_stage_press (stage, GDK_KEY_n);
  g_assert_cmpint (wall_board_peek_view (stage->wallboard)->need, >, first);
  wall_stage_press_shifted (stage, GDK_KEY_N);
  g_assert_cmpint (wall_board_peek_view (stage->wallboard)->need, ==, WALL_NEED_ANY);
  wall_stage_close (stage);
}

/* The one that had the focus is not shown any more. */
static void
test_focus_after_a_filter (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_Tab);
  for (guint i = 0; i < 21; i++)
    wall_stage_press (stage, GDK_KEY_Right);
  wall_stage_press (stage, GDK_KEY_f);
  wall_stage_draw (stage);
  wall_stage_press (stage, GDK_KEY_Tab);
  wall_stage_press (stage, GDK_KEY_Tab);
  wall_stage_press (stage, GDK_KEY_Tab);
  g_assert_cmpstr (peek_focus (stage), !=, "");
  wall_stage_close (stage);
}

static void
test_find_unit (void)
{
  WallStage *stage = wall_stage_open (1280, 720, MANY);

  find (stage, "linden house 100");
  g_assert_cmpstr (wall_board_peek_view (stage->wallboard)->found_unit, ==, "home-100");
  g_assert_cmpstr (peek_focus (stage), ==, "wall-tile");
  g_assert_false (gtk_widget_get_visible (wall_board_peek_finder (stage->wallboard)));
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

/* Hidden by a filter, but looked for. */
static void
test_find_clears_a_filter (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_f);
  find (stage, "kingfisher");
  g_assert_false (wall_board_peek_view (stage->wallboard)->is_free_only);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 4), ==, "kingfisher");
  wall_stage_close (stage);
}

/* The last of the queue: its row comes onto the panel. */
static void
test_find_person (void)
{
  WallStage *stage = wall_stage_open (1280, 720, (WallSize){ 22, 2, 30 });
  g_autofree char *code = wall_fixture_code (20);

  find (stage, code);
  g_assert_cmpstr (wall_board_peek_view (stage->wallboard)->found_code, ==, code);
  wall_stage_press (stage, GDK_KEY_Escape);
  g_assert_cmpstr (wall_board_peek_view (stage->wallboard)->found_code, ==, "");
  wall_stage_close (stage);
}

static void
test_corridor_places_nothing (void)
{
  static const guint keys[] = { GDK_KEY_1, GDK_KEY_Return, GDK_KEY_w, GDK_KEY_u, GDK_KEY_r,
                                GDK_KEY_b, GDK_KEY_n,      GDK_KEY_Tab, GDK_KEY_Return };
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_board_set_privacy (stage->wallboard, BOARD_PRIVACY_PUBLIC_CORRIDOR);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      wall_stage_press (stage, keys[i]);
      g_assert_false (wall_board_has_sheet (stage->wallboard));
    }
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  g_assert_false (wall_board_peek_view (stage->wallboard)->is_big);
  g_assert_cmpuint (stage->n_calls, ==, 0);
  wall_stage_close (stage);
}

/* What was open when the profile changed is gone. */
static void
test_corridor_closes_what_is_open (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  wall_board_set_privacy (stage->wallboard, BOARD_PRIVACY_PUBLIC_CORRIDOR);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

/* Ten minutes without network: the picture stays, its age is said, nothing can be placed. */
static void
test_without_network (void)
{
  WallStage *stage = wall_stage_open (1280, 720, SIZE);

  stage->moment.line = BOARD_LINE_OFFLINE;
  wall_stage_pass (stage, 600);
  g_assert_nonnull (wall_board_peek_unit (stage->wallboard, 21));
  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  stage->moment.line = BOARD_LINE_LIVE;
  stage->moment.heard_us = stage->moment.now_us;
  wall_stage_pass (stage, 1);
  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_PICKED);
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/wall-walk/zones", test_zones);
  g_test_add_func ("/wall-walk/enter-opens-a-unit", test_enter_opens_a_unit);
  g_test_add_func ("/wall-walk/enter-places-first", test_enter_places_first);
  g_test_add_func ("/wall-walk/sheet-is-left-alone", test_sheet_is_left_alone);
  g_test_add_func ("/wall-walk/pages-turn", test_pages_turn);
  g_test_add_func ("/wall-walk/pages-stay-while-keys-are-used", test_pages_stay_while_keys_are_used);
  g_test_add_func ("/wall-walk/page-down-in-units", test_page_down_in_units);
  g_test_add_func ("/wall-walk/free-only", test_free_only);
  g_test_add_func ("/wall-walk/needs", test_needs);
  g_test_add_func ("/wall-walk/focus-after-a-filter", test_focus_after_a_filter);
  g_test_add_func ("/wall-walk/find-unit", test_find_unit);
  g_test_add_func ("/wall-walk/find-clears-a-filter", test_find_clears_a_filter);
  g_test_add_func ("/wall-walk/find-person", test_find_person);
  g_test_add_func ("/wall-walk/corridor-places-nothing", test_corridor_places_nothing);
  g_test_add_func ("/wall-walk/corridor-closes-what-is-open", test_corridor_closes_what_is_open);
  g_test_add_func ("/wall-walk/without-network", test_without_network);
  return g_test_run ();
}
