/* test-board-undo.c: which command can be taken back, and how.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands-scene.h"

static BoardCommand *
send_done (Fixture *fixture, const char *bed)
{
  BoardCommand *command = send (fixture, bed);

  gateway_answer (fixture->gateway, N_CALLS - 1, "{\"revision\":11}");
  return command;
}

static void
test_taken_back (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send_done (fixture, "bed-1");
  g_autoptr (BoardCommand) undo = NULL;

  g_assert_true (board_commands_find_undoable (fixture->commands, "bed-1") == command);
  g_assert_true (board_commands_find_undoable (fixture->commands, NULL) == command);
  g_assert_null (board_commands_find_undoable (fixture->commands, "bed-2"));
  undo = board_commands_undo (fixture->commands, command);
  g_assert_cmpstr (gateway_get_call (fixture->gateway, 1)->method, ==, "undo");
  check_param (fixture, 1, "undoes", "key 1");
  check_param (fixture, 1, "key", "key 2");
  g_assert_true (board_commands_find (fixture->commands, "bed-1") == undo);
  g_assert_null (board_commands_find_undoable (fixture->commands, NULL));
  gateway_answer (fixture->gateway, 1, "{\"revision\":12}");
  g_assert_null (board_commands_find_undoable (fixture->commands, NULL));
}

static void
test_taken_back_within_a_minute (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send_done (fixture, "bed-1");

  board_commands_see (fixture->commands, 11);
  pass (fixture, BOARD_UNDO_US - SECOND_US);
  g_assert_true (board_commands_find_undoable (fixture->commands, NULL) == command);
  pass (fixture, SECOND_US);
  g_assert_null (board_commands_find_undoable (fixture->commands, NULL));
}

static void
test_the_minute_begins_when_it_is_sent (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = NULL;

  set_line (fixture, BOARD_LINE_OFFLINE);
  command = send (fixture, "bed-1");
  gateway_pass (fixture->gateway, 10 * BOARD_UNDO_US);
  set_line (fixture, BOARD_LINE_LIVE);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_true (board_commands_find_undoable (fixture->commands, "bed-1") == command);
}

static void
test_the_one_before_is_next (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = send_done (fixture, "bed-1");
  g_autoptr (BoardCommand) second = send_done (fixture, "bed-2");
  g_autoptr (BoardCommand) undo = NULL;

  g_assert_true (board_commands_find_undoable (fixture->commands, NULL) == second);
  undo = board_commands_undo (fixture->commands, second);
  g_assert_true (board_commands_find_undoable (fixture->commands, NULL) == first);
}

static void
test_what_is_built_on_stays (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = send_done (fixture, "bed-1");
  g_autoptr (BoardCommand) second = send_done (fixture, "bed-1");
  g_autoptr (BoardCommand) undo = board_commands_undo (fixture->commands, second);

  gateway_answer (fixture->gateway, 2, "{\"revision\":12}");
  g_assert_null (board_commands_find_undoable (fixture->commands, NULL));
}

static void
test_refused_to_take_back (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send_done (fixture, "bed-1");
  g_autoptr (BoardCommand) undo = board_commands_undo (fixture->commands, command);

  gateway_refuse (fixture->gateway, 1, BED_ERROR_WRONG_STATE, NULL);
  g_assert_null (board_commands_find_undoable (fixture->commands, NULL));
}

static void
test_could_not_be_asked_to_take_back (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send_done (fixture, "bed-1");
  g_autoptr (BoardCommand) undo = board_commands_undo (fixture->commands, command);

  gateway_refuse (fixture->gateway, 1, BED_ERROR_UNAVAILABLE, NULL);
  g_assert_true (board_commands_find_undoable (fixture->commands, NULL) == command);
}

static void
test_never_sent_is_taken_out (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = NULL;
  g_autoptr (BoardCommand) undo = NULL;

  set_line (fixture, BOARD_LINE_OFFLINE);
  command = send (fixture, "bed-1");
  g_assert_true (board_commands_find_undoable (fixture->commands, "bed-1") == command);
  undo = board_commands_undo (fixture->commands, command);
  g_assert_cmpint (STATE (undo), ==, BOARD_COMMAND_SHOWN);
  g_assert_true (g_ptr_array_index (fixture->told, 0) == undo);
  g_assert_null (board_commands_find (fixture->commands, "bed-1"));
  set_line (fixture, BOARD_LINE_LIVE);
  g_assert_cmpuint (N_CALLS, ==, 0);
}

/* Asked for again while the line is down, it waits like one that never was sent; and it may have been done. */
static void
test_may_have_been_done_is_not_taken_out (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");
  guint n;

  while (STATE (command) == BOARD_COMMAND_SENT)
    {
      gateway_refuse (fixture->gateway, N_CALLS - 1, BED_ERROR_UNCERTAIN, NULL);
      pass (fixture, BOARD_COMMAND_RETRY_US);
    }
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_REFUSED);
  n = N_CALLS;
  set_line (fixture, BOARD_LINE_OFFLINE);
  board_commands_send (fixture->commands, command);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_QUEUED);
  g_assert_null (board_commands_find_undoable (fixture->commands, NULL));
  g_object_unref (board_commands_undo (fixture->commands, command));
  set_line (fixture, BOARD_LINE_LIVE);
  g_assert_cmpuint (N_CALLS, ==, n + 1);
  check_param (fixture, n, "key", "key 1"); /* first what became of it, then its undoing */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/board-undo/taken-back", FALSE, test_taken_back);
  ADD ("/board-undo/taken-back-within-a-minute", FALSE, test_taken_back_within_a_minute);
  ADD ("/board-undo/minute-begins-when-sent", TRUE, test_the_minute_begins_when_it_is_sent);
  ADD ("/board-undo/one-before-is-next", FALSE, test_the_one_before_is_next);
  ADD ("/board-undo/built-on-stays", FALSE, test_what_is_built_on_stays);
  ADD ("/board-undo/refused-to-take-back", FALSE, test_refused_to_take_back);
  ADD ("/board-undo/could-not-be-asked", FALSE, test_could_not_be_asked_to_take_back);
  ADD ("/board-undo/never-sent-is-taken-out", TRUE, test_never_sent_is_taken_out);
  ADD ("/board-undo/may-have-been-done", TRUE, test_may_have_been_done_is_not_taken_out);
  return g_test_run ();
}
