/* test-ward-steady.c: a press so soon after a button's meaning has changed sends nothing: it was meant
 * for what stood there before.
 *
 * A press here is at once, without the pause of ward_stage_press.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/ward/ward-arrival.h"
#include "board/ward/ward-leaver.h"
#include "board/ward/ward-parts.h"

#define SCENE WARD_SCENE_PICTURE
#define DIRTY 12 /* a room that is made dirty: it is being cleaned in the scene */

static BoardStage *
open_stage (BoardLine line)
{
  BoardStage *stage = ward_stage_open (1920, 1080, SCENE);

  /* its owner's session has stood for long */
  stage->moment.monotonic_us += WARD_STEADY_US;
  stage->moment.line = line;
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
change (BoardStage *stage, guint room, const char *members)
{
  g_autofree char *told = ward_fixture_change (SCENE, room, members, NULL);

  board_stage_tell (stage, "feed.changes", told);
}

/* The big button: it may say something else by the time it is pressed. */
static GtkWidget *
find_button (GtkWidget *within)
{
  GtkWidget *button = board_stage_find_type (within, GTK_TYPE_BUTTON);

  g_assert_nonnull (button);
  return button;
}

static void
press_at_once (BoardStage *stage, GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
  board_stage_draw (stage);
}

static guint
count_calls (BoardStage *stage, const char *method)
{
  guint n = 0;

  for (guint i = 0; i < stage->calls->len; i++)
    n += g_str_equal (((StageCall *)g_ptr_array_index (stage->calls, i))->method, method) ? 1 : 0;
  return n;
}

static BoardStage *
open_dirty (void)
{
  BoardStage *stage = open_stage (BOARD_LINE_LIVE);

  change (stage, DIRTY, "\"readiness\":\"dirty\",\"display\":\"cleaning\"");
  stage->moment.monotonic_us += WARD_STEADY_US;
  return stage;
}

/* Clean, done before the second click of a double click: a dirty bed is not ready. */
static void
test_double_click (void)
{
  g_autoptr (BoardStage) stage = open_dirty ();
  GtkWidget *button = find_button (ward_stage_find_card (stage, DIRTY));

  press_at_once (stage, button);
  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":101}");
  change (stage, DIRTY, "\"readiness\":\"cleaning\",\"display\":\"cleaning\"");
  g_assert_nonnull (board_stage_find (stage, "Ready"));
  press_at_once (stage, button);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

/* The limit, from both sides. */
static void
test_limit (void)
{
  g_autoptr (BoardStage) stage = open_dirty ();
  GtkWidget *button = find_button (ward_stage_find_card (stage, DIRTY));

  change (stage, DIRTY, "\"readiness\":\"cleaning\",\"display\":\"cleaning\"");
  stage->moment.monotonic_us += WARD_STEADY_US - 1;
  press_at_once (stage, button);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 0);
  stage->moment.monotonic_us += 1;
  press_at_once (stage, button);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

/* The limit runs from the change, not from the last look. */
static void
test_beats (void)
{
  g_autoptr (BoardStage) stage = open_dirty ();
  GtkWidget *button = find_button (ward_stage_find_card (stage, DIRTY));

  change (stage, DIRTY, "\"readiness\":\"cleaning\",\"display\":\"cleaning\"");
  stage->moment.monotonic_us += WARD_STEADY_US;
  board_stage_beat (stage);
  press_at_once (stage, button);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

/* Take back, and the line returns under the finger: the bed was reported ready once, and no more. */
static void
test_line_returns (void)
{
  g_autoptr (BoardStage) stage = open_stage (BOARD_LINE_OFFLINE);
  GtkWidget *button = find_button (ward_stage_find_card (stage, DIRTY));

  press_at_once (stage, button);
  g_assert_nonnull (board_stage_find (stage, "Take back"));
  stage->moment.monotonic_us += WARD_STEADY_US;
  come_back (stage);
  board_stage_refuse (stage, board_stage_find_call (stage, "bed.report"), BED_ERROR_WRONG_STATE, NULL);
  g_assert_null (board_stage_find (stage, "Take back"));
  press_at_once (stage, button);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

/* A double click offline is one press: the second does not take back the first. */
static void
test_double_click_offline (void)
{
  g_autoptr (BoardStage) stage = open_stage (BOARD_LINE_OFFLINE);
  GtkWidget *button = find_button (ward_stage_find_card (stage, DIRTY));

  press_at_once (stage, button);
  press_at_once (stage, button);
  g_assert_nonnull (board_stage_find (stage, "Take back"));
  come_back (stage);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

static void
test_enter (void)
{
  g_autoptr (BoardStage) stage = open_dirty ();
  GtkWidget *button = find_button (ward_stage_find_card (stage, DIRTY));

  gtk_widget_grab_focus (button);
  change (stage, DIRTY, "\"readiness\":\"cleaning\",\"display\":\"cleaning\"");
  stage_type (stage, GDK_KEY_Return, 0);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 0);
  stage->moment.monotonic_us += WARD_STEADY_US;
  stage_type (stage, GDK_KEY_Return, 0);
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

/* Accept becomes Arrived while the finger comes down. */
static void
test_arrival (void)
{
  g_autoptr (BoardStage) stage = open_stage (BOARD_LINE_LIVE);
  GtkWidget *row = board_stage_find_type (stage->view, WARD_TYPE_ARRIVAL);

  while (row != NULL && !g_str_equal (ward_arrival_peek_bed (WARD_ARRIVAL (row)), "clarence-19"))
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  change (stage, 19, "\"commitment\":\"accepted\",\"display\":\"accepted\"");
  stage_press (stage, row, "Arrived");
  g_assert_null (board_stage_find (stage, "For Room 19"));
  stage_press (stage, row, "Late");
  g_assert_null (board_stage_find (stage, "reasons"));
  ward_stage_press (stage, row, "Arrived");
  g_assert_nonnull (board_stage_find (stage, "For Room 19"));
}

/* A leaver whom the line's return has sent: the second press asks nothing anew. */
static void
test_leaver (void)
{
  g_autoptr (BoardStage) stage = open_stage (BOARD_LINE_OFFLINE);
  GtkWidget *row = board_stage_find_type (stage->view, WARD_TYPE_LEAVER);
  GtkWidget *button = find_button (row);

  press_at_once (stage, button);
  ward_stage_type (stage, GDK_KEY_1, 0);
  stage->moment.monotonic_us += WARD_STEADY_US;
  come_back (stage);
  board_stage_refuse (stage, board_stage_find_call (stage, "placement.leave"), BED_ERROR_WRONG_STATE, NULL);
  press_at_once (stage, button);
  g_assert_null (board_stage_find (stage, "reasons"));
  stage->moment.monotonic_us += WARD_STEADY_US;
  press_at_once (stage, button);
  g_assert_nonnull (board_stage_find (stage, "reasons"));
}

/* What a new card means has not changed. */
static void
test_first_appearance (void)
{
  g_autofree char *snapshot = ward_fixture_snapshot (SCENE);
  g_autoptr (BoardStage) stage = open_stage (BOARD_LINE_LIVE);

  board_stage_replace (stage, "{\"revision\":1,\"units\":[],\"beds\":[],\"referrals\":[]}");
  board_stage_replace (stage, snapshot);
  press_at_once (stage, find_button (ward_stage_find_card (stage, DIRTY)));
  g_assert_cmpuint (count_calls (stage, "bed.report"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-steady/double-click", test_double_click);
  g_test_add_func ("/ward-steady/limit", test_limit);
  g_test_add_func ("/ward-steady/beats", test_beats);
  g_test_add_func ("/ward-steady/line-returns", test_line_returns);
  g_test_add_func ("/ward-steady/double-click-offline", test_double_click_offline);
  g_test_add_func ("/ward-steady/enter", test_enter);
  g_test_add_func ("/ward-steady/arrival", test_arrival);
  g_test_add_func ("/ward-steady/leaver", test_leaver);
  g_test_add_func ("/ward-steady/first-appearance", test_first_appearance);
  return g_test_run ();
}
