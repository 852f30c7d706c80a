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
  return g_test_run ();
}
