/* test-ward.c: each flow of the ward sends exactly the right command, once, and says what became of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/board-codes.h"
#include "common/bed-time.h"

#define SCENE WARD_SCENE_PICTURE

static BoardStage *
open_picture (void)
{
  return ward_stage_open (1920, 1080, SCENE);
}

/* The code on a room's bed. */
static const char *
get_code (BoardStage *stage, guint room)
{
  g_autofree char *bed = g_strdup_printf ("clarence-%02u", room);

  return board_model_find_bed (stage->model, bed)->referral;
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

/* params has these members, and key. */
static void
assert_n_params (const StageCall *made, guint n)
{
  g_autoptr (JsonNode) node = json_from_string (made->params, NULL);

  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, n + 1);
}

static void
press_yes (BoardStage *stage, guint room)
{
  g_autofree char *yes = g_strdup_printf ("Yes, %s", get_code (stage, room));

  ward_stage_press (stage, NULL, yes);
}

/* --- flows --- */

static void
test_arrive (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 3), "Arrived");
  g_assert_null (board_stage_find_call (stage, "placement.arrive")); /* read back first */
  g_assert_nonnull (board_stage_find (stage, "Lives in PO12"));
  g_assert_nonnull (board_stage_find (stage, "For Room 3"));
  press_yes (stage, 3);
  made = find_call (stage, "placement.arrive");
  assert_param (made, "referral", get_code (stage, 3));
  assert_param (made, "bed", "clarence-03");
  assert_n_params (made, 2);
}

static void
test_arrive_no (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  ward_stage_press (stage, ward_stage_find_card (stage, 3), "Arrived");
  ward_stage_press (stage, NULL, "No");
  g_assert_cmpuint (stage->calls->len, ==, 0);
}

/* Somebody else is expected by the time the answer comes: yes was not said to them. */
static void
test_read_back_of_another (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  g_autofree char *yes = g_strdup_printf ("Yes, %s", get_code (stage, 19));
  g_autofree char *change = ward_fixture_change (
      SCENE, 19, "\"referral\":\"V3X-T7K\"",
      "{\"referral\":\"V3X-T7K\",\"state\":\"held\",\"lane\":\"flow\",\"bed\":\"clarence-19\",\"agreed\":\"yes\"}");

  ward_stage_press (stage, ward_stage_find_card (stage, 19), "Accept");
  board_stage_tell (stage, "feed.changes", change);
  ward_stage_press (stage, NULL, yes);
  g_assert_null (board_stage_find_call (stage, "placement.accept"));
}

static void
test_accept (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 19), "Accept");
  press_yes (stage, 19);
  made = find_call (stage, "placement.accept");
  assert_param (made, "referral", get_code (stage, 19));
  assert_n_params (made, 1);
}

static void
test_decline (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, NULL, "Decline");
  g_assert_null (board_stage_find_call (stage, "placement.decline"));
  ward_stage_press (stage, NULL, board_code_say (&bed_decline_words, BED_DECLINE_NO_STAFF));
  made = find_call (stage, "placement.decline");
  assert_param (made, "referral", get_code (stage, 19));
  assert_param (made, "reason", "no_staff");
}

static void
test_leave (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 5), "Has left");
  ward_stage_press (stage, NULL, board_code_say (&bed_outcome_words, BED_OUTCOME_HOME_WITH_PACKAGE));
  made = find_call (stage, "placement.leave");
  assert_param (made, "referral", get_code (stage, 5));
  assert_param (made, "outcome", "home_with_package");
  assert_n_params (made, 2);
}

static void
test_leaving (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 1), "Leaving");
  ward_stage_press (stage, NULL, "14:00");
  made = find_call (stage, "bed.report");
  assert_param (made, "bed", "clarence-01");
  assert_param (made, "expected_free_at", "2026-11-22T14:00:00.000Z");
  assert_n_params (made, 2);
}

static void
test_fill (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 7), "Fill");
  ward_stage_press (stage, NULL, board_code_say (&bed_fill_words, BED_FILL_ARRIVED_UNANNOUNCED));
  made = find_call (stage, "bed.fill");
  assert_param (made, "bed", "clarence-07");
  assert_param (made, "why", "arrived_unannounced");
}

static void
test_move_on (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 10), "Move on");
  ward_stage_press (stage, NULL, board_code_say (&bed_waiting_for_words, BED_WAITING_FOR_HOUSING));
  made = find_call (stage, "placement.ready_to_leave");
  assert_param (made, "waiting_for", "housing");
}

static void
test_late (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_press (stage, NULL, "Late"); /* the first of them: room 3, expected 12:30 */
  ward_stage_press (stage, NULL, "13:30");
  made = find_call (stage, "placement.expect");
  assert_param (made, "referral", get_code (stage, 3));
  assert_param (made, "transport", "late");
  assert_param (made, "at", "2026-11-22T13:30:00.000Z");
}

/* Two questions, one command. */
static void
test_close (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_choose (stage, 7, "close");
  ward_stage_press (stage, NULL, board_code_say (&bed_closure_words, BED_CLOSURE_REPAIR));
  g_assert_null (board_stage_find_call (stage, "bed.close"));
  ward_stage_press (stage, NULL, "Not known yet");
  made = find_call (stage, "bed.close");
  assert_param (made, "bed", "clarence-07");
  assert_param (made, "reason", "repair");
  assert_n_params (made, 2);
}

static void
test_confirm_all (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  StageCall *made;

  ward_stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  made = find_call (stage, "unit.confirm");
  assert_param (made, "unit", "clarence");
  assert_n_params (made, 1);
  /* once is enough */
  ward_stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (stage->calls->len, ==, 1);
  board_stage_answer (stage, made, "{\"revision\":101}");
  g_assert_nonnull (board_stage_find (stage, "Clarence Unit is confirmed"));
}

static void
test_mirror_refused (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  ward_stage_press (stage, NULL, "How our beds were seen today");
  board_stage_refuse (stage, find_call (stage, "unit.mirror"), BED_ERROR_UNAVAILABLE, NULL);
  g_assert_nonnull (board_stage_find (stage, board_refusal_words (BED_ERROR_UNAVAILABLE)));
}

/* --- pending, refused, undone --- */

/* A second press of a step under way is not possible, and its card says so. */
static void
test_pending (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  g_autofree char *change = ward_fixture_change (SCENE, 12, "\"readiness\":\"ready\",\"display\":\"free\"", NULL);
  GtkWidget *card = ward_stage_find_card (stage, 12);

  ward_stage_press (stage, card, "Ready");
  g_assert_true (gtk_widget_has_css_class (card, "is-pending"));
  board_stage_answer (stage, find_call (stage, "bed.report"), "{\"revision\":101}");
  g_assert_true (gtk_widget_has_css_class (card, "is-pending")); /* done, but not shown yet */
  g_assert_true (gtk_widget_has_css_class (card, "is-cleaning"));
  board_stage_tell (stage, "feed.changes", change);
  g_assert_false (gtk_widget_has_css_class (card, "is-pending"));
  g_assert_true (gtk_widget_has_css_class (card, "is-free"));
}

static void
test_undo (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  g_autofree char *change = ward_fixture_change (SCENE, 12, "\"readiness\":\"ready\",\"display\":\"free\"", NULL);
  g_autofree char *key = NULL;
  StageCall *made;

  ward_stage_press (stage, ward_stage_find_card (stage, 12), "Ready");
  made = find_call (stage, "bed.report");
  key = board_stage_get_param (made, "key");
  board_stage_answer (stage, made, "{\"revision\":101}");
  board_stage_tell (stage, "feed.changes", change);
  ward_stage_type (stage, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_param (find_call (stage, "undo"), "undoes", key);
}

static void
test_refused (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  GtkWidget *card = ward_stage_find_card (stage, 12);

  ward_stage_press (stage, card, "Ready");
  board_stage_refuse (stage, find_call (stage, "bed.report"), BED_ERROR_WRONG_STATE, NULL);
  g_assert_nonnull (board_stage_find (stage, board_refusal_words (BED_ERROR_WRONG_STATE)));
  g_assert_false (gtk_widget_has_css_class (card, "is-pending"));
}

static void
test_queue (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  g_autofree char *key = NULL;
  StageCall *made;

  stage->moment.line = BOARD_LINE_OFFLINE;
  board_stage_beat (stage);
  ward_stage_press (stage, ward_stage_find_card (stage, 12), "Ready");
  ward_stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (stage->calls->len, ==, 0);
  g_assert_nonnull (board_stage_find (stage, "2 updates wait"));
  g_assert_nonnull (board_stage_find (stage, "Waiting for the line"));
  stage->moment.line = BOARD_LINE_LIVE;
  board_stage_beat (stage);
  g_assert_cmpuint (stage->calls->len, ==, 2);
  g_assert_null (board_stage_find (stage, "2 updates wait"));
  board_stage_answer (stage, find_call (stage, "unit.confirm"), "{\"revision\":101}");
  /* its answer was lost: asked again with the same key, and no second time after that */
  made = find_call (stage, "bed.report");
  key = board_stage_get_param (made, "key");
  board_stage_refuse (stage, made, BED_ERROR_UNCERTAIN, NULL);
  stage->moment.monotonic_us += 2 * BOARD_COMMAND_RETRY_US;
  board_stage_beat (stage);
  made = find_call (stage, "bed.report");
  assert_param (made, "key", key);
  board_stage_answer (stage, made, "{\"revision\":101}");
  board_stage_beat (stage);
  g_assert_null (board_stage_find_call (stage, "bed.report"));
}

/* The register no longer says who is in it, so nothing says that they stay for long. */
static void
test_late_and_gone (void)
{
  g_autoptr (BoardStage) stage = open_picture ();
  GtkWidget *card = ward_stage_find_card (stage, 10);
  g_autofree char *change = ward_fixture_change (WARD_SCENE_PICTURE, 10, "\"referral\":\"\",\"display\":\"occupied\"", NULL);

  g_assert_true (gtk_widget_has_css_class (card, "is-long"));
  board_stage_tell (stage, "feed.changes", change);
  g_assert_false (gtk_widget_has_css_class (card, "is-long"));
}

/* --- roles --- */

static void
test_unit_role (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  stage->moment.session.role = BED_ROLE_UNIT;
  board_stage_beat (stage);
  g_assert_nonnull (board_stage_find (stage, "The manager reopens it"));
  ward_stage_choose (stage, 7, "close");
  g_assert_cmpuint (stage->calls->len, ==, 0);
  g_assert_null (board_stage_find (stage, "Room 7: Close. Why?"));
}

static void
test_nobody (void)
{
  g_autoptr (BoardStage) stage = open_picture ();

  stage->moment.session.role = BED_ROLE_ANALYST;
  board_stage_beat (stage);
  ward_stage_type (stage, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (stage->calls->len, ==, 0);
  g_assert_null (board_stage_find (stage, "Accept"));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward/arrive", test_arrive);
  g_test_add_func ("/ward/arrive-no", test_arrive_no);
  g_test_add_func ("/ward/read-back-of-another", test_read_back_of_another);
  g_test_add_func ("/ward/accept", test_accept);
  g_test_add_func ("/ward/decline", test_decline);
  g_test_add_func ("/ward/leave", test_leave);
  g_test_add_func ("/ward/leaving", test_leaving);
  g_test_add_func ("/ward/fill", test_fill);
  g_test_add_func ("/ward/move-on", test_move_on);
  g_test_add_func ("/ward/late", test_late);
  g_test_add_func ("/ward/close", test_close);
  g_test_add_func ("/ward/confirm-all", test_confirm_all);
  g_test_add_func ("/ward/mirror-refused", test_mirror_refused);
  g_test_add_func ("/ward/pending", test_pending);
  g_test_add_func ("/ward/undo", test_undo);
  g_test_add_func ("/ward/refused", test_refused);
  g_test_add_func ("/ward/queue", test_queue);
  g_test_add_func ("/ward/late-and-gone", test_late_and_gone);
  g_test_add_func ("/ward/unit-role", test_unit_role);
  g_test_add_func ("/ward/nobody", test_nobody);
  return g_test_run ();
}
