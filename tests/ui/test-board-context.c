/* test-board-context.c: beats, reads, and the model's revision on its way to the commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-gateway.h"
#include "board/board-context.h"

typedef struct
{
  Gateway *gateway;
  BoardModel *model;
  BoardCommands *commands;
  BoardContext *context;
  guint n_beats;
  guint n_calls_at_beat;
} Fixture;

static guint n_answers;
static gboolean has_result;
static int code;

static void
on_beat (BoardContext *context, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_beats++;
  fixture->n_calls_at_beat = fixture->gateway->calls->len;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  BoardSource source;

  fixture->gateway = gateway_new ();
  source = gateway_get_source (fixture->gateway);
  fixture->model = board_model_new ("");
  fixture->commands = board_commands_new (&source, gateway_make_key, fixture->gateway, TRUE);
  fixture->context = board_context_new (fixture->model, fixture->commands, &source);
  g_signal_connect (fixture->context, "beat", G_CALLBACK (on_beat), fixture);
  n_answers = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->context);
  g_object_unref (fixture->commands);
  g_object_unref (fixture->model);
  gateway_free (fixture->gateway);
}

static void
on_read (JsonObject *result, const GError *error, gpointer owner)
{
  n_answers++;
  has_result = result != NULL;
  code = error != NULL ? error->code : -1;
}

static void
test_a_beat_sends_what_was_queued_first (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = board_command_new ("bed.report", "bed-1", "Done");

  fixture->gateway->moment.line = BOARD_LINE_OFFLINE;
  board_commands_send (fixture->commands, command);
  fixture->gateway->moment.line = BOARD_LINE_LIVE;
  board_context_beat (fixture->context);
  g_assert_cmpuint (fixture->n_beats, ==, 1);
  g_assert_cmpuint (fixture->n_calls_at_beat, ==, 1);
}

/* --- what waited for the line --- */

#define MINUTE_US G_GINT64_CONSTANT (60000000)

static void
apply (Fixture *fixture, const char *method, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  board_model_apply (fixture->model, method, json_node_get_object (node), 1);
}

/* Room 5, confirmed at this minute of the hour in which the gateway's clock begins, 11:42. */
static void
show_bed (Fixture *fixture, guint minute)
{
  g_autofree char *text = g_strdup_printf ("{\"revision\":%u,\"page\":1,\"pages\":1,\"laps\":[],\"units\":[],"
                                           "\"referrals\":[],\"beds\":[{\"bed\":\"bed-5\",\"unit\":\"keats\","
                                           "\"label\":\"Room 5\",\"confirmed_at\":\"2026-11-22T11:%02u:00.000Z\"}]}",
                                           minute, minute);

  apply (fixture, "feed.snapshot", text);
}

static BoardCommand *
press (Fixture *fixture, const char *method, const char *name, const char *id)
{
  BoardCommand *command = board_command_new (method, id, "Done");

  board_command_set (command, name, id);
  board_commands_send (fixture->commands, command);
  return command;
}

static void
set_line (Fixture *fixture, BoardLine line, gboolean is_behind)
{
  fixture->gateway->moment.line = line;
  fixture->gateway->moment.is_behind = is_behind;
  board_context_beat (fixture->context);
}

/* The line is gone while this is pressed, and back after so many minutes. */
static BoardCommand *
press_and_wait (Fixture *fixture, const char *method, const char *name, const char *id, gint64 minutes)
{
  BoardCommand *command;

  set_line (fixture, BOARD_LINE_OFFLINE, TRUE);
  command = press (fixture, method, name, id);
  board_context_beat (fixture->context);
  gateway_pass (fixture->gateway, minutes * MINUTE_US);
  return command;
}

static void
test_all_unchanged_is_believed_for_a_while (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press_and_wait (fixture, "unit.confirm", "unit", "keats", 15);

  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
  board_context_beat (fixture->context);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
}

static void
test_all_unchanged_is_not_believed_for_long (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press_and_wait (fixture, "unit.confirm", "unit", "keats", 40);

  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 0);
  g_assert_cmpint (board_command_get_state (command), ==, BOARD_COMMAND_REFUSED);
  g_assert_cmpstr (board_command_peek_words (command), ==, "Pressed 40 min ago: look again");
  g_assert_cmpuint (board_commands_count_queued (fixture->commands), ==, 0);
  g_assert_null (board_commands_find (fixture->commands, "keats"));
}

/* Somebody may have closed it since, for a reason. */
static void
test_a_unit_is_not_opened_late (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press_and_wait (fixture, "unit.open", "unit", "keats", 120);

  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 0);
  g_assert_cmpint (board_command_get_state (command), ==, BOARD_COMMAND_REFUSED);
}

/* Closing is safe at any time. */
static void
test_a_unit_is_closed_late (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press_and_wait (fixture, "unit.close", "unit", "keats", 120);

  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
}

static void
test_pressed_again_it_goes (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press_and_wait (fixture, "unit.confirm", "unit", "keats", 40);

  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  board_commands_send (fixture->commands, command);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
  gateway_answer (fixture->gateway, 0, "{\"revision\":0}");
  g_assert_cmpstr (board_command_peek_words (command), ==, "");
}

static void
test_a_bed_confirmed_since (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = NULL;

  show_bed (fixture, 30);
  command = press_and_wait (fixture, "bed.report", "bed", "bed-5", 5);
  set_line (fixture, BOARD_LINE_LIVE, TRUE);
  show_bed (fixture, 45);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 0);
  g_assert_cmpint (board_command_get_state (command), ==, BOARD_COMMAND_REFUSED);
  g_assert_cmpstr (board_command_peek_words (command), ==, "Somebody has updated Room 5 since: look again");
  g_assert_null (board_commands_find (fixture->commands, "bed-5"));
}

static void
test_a_bed_confirmed_before (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = NULL;

  show_bed (fixture, 30);
  command = press_and_wait (fixture, "bed.report", "bed", "bed-5", 5);
  show_bed (fixture, 41);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
}

/* The first is sent and answered, and the feed tells of it: no reason to hold the second back. */
static void
test_ones_own_press_is_not_somebody (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) first = press_and_wait (fixture, "bed.report", "bed", "bed-5", 0);
  g_autoptr (BoardCommand) second = press_and_wait (fixture, "bed.report", "bed", "bed-5", 5);

  show_bed (fixture, 30);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
  show_bed (fixture, 47);
  set_line (fixture, BOARD_LINE_OFFLINE, TRUE);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  gateway_answer (fixture->gateway, 0, "{\"revision\":47}");
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 2);
}

/* Everything unchanged, of here, confirms the bed, too; four go out at once, the fifth not yet. */
static void
test_ones_own_confirm_is_not_somebody (Fixture *fixture, gconstpointer unused)
{
  static const char *const others[] = { "bed-1", "bed-2", "bed-3" };
  g_autoptr (BoardCommand) confirm = press_and_wait (fixture, "unit.confirm", "unit", "keats", 0);
  g_autoptr (BoardCommand) report = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_unref (press_and_wait (fixture, "bed.report", "bed", others[i], 0));
  report = press_and_wait (fixture, "bed.report", "bed", "bed-5", 5);
  show_bed (fixture, 30);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, BOARD_COMMANDS_UNDER_WAY_MAX);
  show_bed (fixture, 47);
  set_line (fixture, BOARD_LINE_OFFLINE, TRUE);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  gateway_answer (fixture->gateway, 0, "{\"revision\":47}");
  g_assert_cmpint (board_command_get_state (report), ==, BOARD_COMMAND_SENT);
}

static void
test_what_may_have_been_done_is_asked_again (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press (fixture, "bed.report", "bed", "bed-5");

  set_line (fixture, BOARD_LINE_OFFLINE, TRUE);
  gateway_refuse (fixture->gateway, 0, BED_ERROR_UNCERTAIN, NULL);
  board_context_beat (fixture->context);
  gateway_pass (fixture->gateway, 5 * MINUTE_US);
  show_bed (fixture, 43);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 2);
}

static void
test_nothing_is_sent_before_the_board_is_current (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = press_and_wait (fixture, "bed.report", "bed", "bed-5", 1);

  set_line (fixture, BOARD_LINE_LIVE, TRUE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 0);
  set_line (fixture, BOARD_LINE_LIVE, FALSE);
  g_assert_cmpuint (fixture->gateway->calls->len, ==, 1);
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_it_beats_by_itself (Fixture *fixture, gconstpointer unused)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add (5000, on_late, &is_late);

  while (fixture->n_beats == 0 && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_beats, ==, 1);
  g_source_remove (source);
}

static void
test_the_moment_is_the_sources (Fixture *fixture, gconstpointer unused)
{
  BoardMoment moment;

  fixture->gateway->moment.line = BOARD_LINE_READ_ONLY;
  board_context_get_moment (fixture->context, &moment);
  g_assert_cmpint (moment.line, ==, BOARD_LINE_READ_ONLY);
  g_assert_cmpint (moment.now_us, ==, GATEWAY_NOW_US);
}

static void
test_the_revision_reaches_the_commands (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (BoardCommand) command = board_command_new ("bed.report", "bed-1", "Done");
  g_autoptr (JsonNode) changes = json_from_string ("{\"from\":0,\"revision\":11,\"at\":\"2026-11-22T11:42:00.000Z\"}", NULL);

  board_commands_send (fixture->commands, command);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_cmpint (board_command_get_state (command), ==, BOARD_COMMAND_PENDING);
  board_model_apply (fixture->model, "feed.changes", json_node_get_object (changes), 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (board_command_get_state (command), ==, BOARD_COMMAND_SHOWN);
}

static void
test_a_read_is_answered (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  board_context_read (fixture->context, "bed.find", "{\"referral\":\"K7Q-M4X\"}", on_read, owner);
  g_assert_cmpstr (gateway_get_call (fixture->gateway, 0)->method, ==, "bed.find");
  g_assert_cmpuint (n_answers, ==, 0);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_cmpuint (n_answers, ==, 1);
  g_assert_true (has_result && code == -1);
}

static void
test_a_read_is_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  board_context_read (fixture->context, "bed.find", "{}", on_read, owner);
  gateway_refuse (fixture->gateway, 0, BED_ERROR_FORBIDDEN, NULL);
  g_assert_cmpuint (n_answers, ==, 1);
  g_assert_true (!has_result && code == BED_ERROR_FORBIDDEN);
}

static void
test_an_odd_answer_is_an_error (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  board_context_read (fixture->context, "bed.find", "{}", on_read, owner);
  gateway_answer (fixture->gateway, 0, "[1]");
  g_assert_cmpuint (n_answers, ==, 1);
  g_assert_true (!has_result && code == BED_ERROR_REQUEST);
}

static void
test_nobody_left_to_answer (Fixture *fixture, gconstpointer unused)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);

  board_context_read (fixture->context, "bed.find", "{}", on_read, owner);
  g_object_unref (owner);
  gateway_answer (fixture->gateway, 0, "{}");
  g_assert_cmpuint (n_answers, ==, 0);
}

static void
test_answers_outlive_the_context (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  board_context_read (fixture->context, "bed.find", "{}", on_read, owner);
  g_clear_object (&fixture->context);
  gateway_answer (fixture->gateway, 0, "{}");
  g_assert_cmpuint (n_answers, ==, 1);
}

#define ADD(path, test) g_test_add ("/board-context/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("queued-first", test_a_beat_sends_what_was_queued_first);
  ADD ("beats-by-itself", test_it_beats_by_itself);
  ADD ("moment", test_the_moment_is_the_sources);
  ADD ("revision", test_the_revision_reaches_the_commands);
  ADD ("read", test_a_read_is_answered);
  ADD ("read-refused", test_a_read_is_refused);
  ADD ("odd-answer", test_an_odd_answer_is_an_error);
  ADD ("owner-gone", test_nobody_left_to_answer);
  ADD ("context-gone", test_answers_outlive_the_context);
  ADD ("confirm-believed", test_all_unchanged_is_believed_for_a_while);
  ADD ("confirm-late", test_all_unchanged_is_not_believed_for_long);
  ADD ("open-late", test_a_unit_is_not_opened_late);
  ADD ("close-late", test_a_unit_is_closed_late);
  ADD ("confirm-again", test_pressed_again_it_goes);
  ADD ("bed-confirmed-since", test_a_bed_confirmed_since);
  ADD ("bed-confirmed-before", test_a_bed_confirmed_before);
  ADD ("own-press", test_ones_own_press_is_not_somebody);
  ADD ("own-confirm", test_ones_own_confirm_is_not_somebody);
  ADD ("asked-again", test_what_may_have_been_done_is_asked_again);
  ADD ("current-first", test_nothing_is_sent_before_the_board_is_current);
  return g_test_run ();
}
