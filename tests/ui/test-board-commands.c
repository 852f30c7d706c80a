/* test-board-commands.c: a command's key, order, retries, queue and refusal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands-scene.h"

#include <string.h>

/* --- from the click to its event --- */

static void
test_done_is_pending_until_seen (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_SENT);
  g_assert_true (board_commands_find (fixture->commands, "bed-1") == command);
  g_assert_cmpuint (fixture->told->len, ==, 0);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_PENDING);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  board_commands_see (fixture->commands, 10);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_PENDING);
  board_commands_see (fixture->commands, 11);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_SHOWN);
  g_assert_null (board_commands_find (fixture->commands, "bed-1"));
  g_assert_cmpuint (fixture->told->len, ==, 1);
}

static void
test_the_feed_may_be_first (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  board_commands_see (fixture->commands, 12);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11,\"bed\":\"bed-1\"}");
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_SHOWN);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (board_command_peek_result (command), "bed"), ==, "bed-1");
}

/* A register that was brought back from a copy will not reach that revision: nothing waits for it. */
static void
test_the_register_goes_back (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = NULL;

  board_commands_see (fixture->commands, 10);
  command = send (fixture, "bed-1");
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_true (board_commands_find (fixture->commands, "bed-1") == command);
  board_commands_see (fixture->commands, 7);
  g_assert_null (board_commands_find (fixture->commands, "bed-1"));
}

static void
test_members_of_every_kind (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = board_command_new ("placement.expect", "K7Q-M4X", NULL);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "district", "SO51");
  board_command_set (command, "referral", "K7Q-M4X");
  board_command_set (command, "override", NULL);
  board_command_set_int (command, "minutes", 60);
  board_command_set_time (command, "at", GATEWAY_NOW_US);
  board_command_set_object (command, "home", object);
  board_commands_send (fixture->commands, command);
  g_assert_cmpstr (gateway_get_call (fixture->gateway, 0)->method, ==, "placement.expect");
  check_param (fixture, 0, "referral", "K7Q-M4X");
  check_param (fixture, 0, "override", "");
  check_param (fixture, 0, "minutes", "60");
  check_param (fixture, 0, "at", "2026-11-22T11:42:00.000Z");
  check_param (fixture, 0, "home", "{\"district\":\"SO51\"}");
  check_param (fixture, 0, "key", "key 1");
}

static void
test_what_it_is_about (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = board_command_new ("placement.place", "K7Q-M4X", "Placed");

  board_command_set (command, "referral", "K7Q-M4X");
  board_command_set (command, "bed", "bed-1");
  board_commands_send (fixture->commands, command);
  g_assert_true (board_commands_find (fixture->commands, "K7Q-M4X") == command);
  g_assert_true (board_commands_find (fixture->commands, "bed-1") == command);
  g_assert_null (board_commands_find (fixture->commands, "bed-2"));
  g_assert_null (board_commands_find (fixture->commands, ""));
}

/* --- refusals --- */

static void
test_refusal_in_words (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  gateway_refuse (fixture->gateway, 0, BED_ERROR_BED_TAKEN,
                  "{\"reason\":\"bed_taken\",\"next\":{\"bed\":\"bed-2\",\"unit\":\"keats\",\"metres\":300}}");
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_REFUSED);
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_BED_TAKEN);
  g_assert_cmpstr (board_command_peek_words (command), ==, board_refusal_words (BED_ERROR_BED_TAKEN));
  g_assert_cmpstr (json_object_get_string_member (board_command_peek_next (command), "bed"), ==, "bed-2");
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_null (board_commands_find (fixture->commands, "bed-1"));
}

static void
test_every_refusal_has_words (Fixture *fixture, gconstpointer queues)
{
  for (guint reason = 0; reason < BED_N_ERRORS; reason++)
    g_assert_cmpuint (strlen (board_refusal_words ((BedError)reason)), >, 8);
}

static void
test_a_refused_one_gets_another_key (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  gateway_refuse (fixture->gateway, 0, BED_ERROR_WRONG_STATE, NULL);
  board_commands_send (fixture->commands, command);
  check_param (fixture, 1, "key", "key 2");
  gateway_answer (fixture->gateway, 1, "{\"revision\":11}");
  g_assert_cmpstr (board_command_peek_words (command), ==, "");
  g_assert_cmpuint (fixture->told->len, ==, 2);
}

static void
test_one_too_many (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) last = NULL;

  for (guint i = 0; i < BOARD_COMMANDS_MAX; i++)
    {
      g_autofree char *bed = g_strdup_printf ("bed-%u", i);

      g_object_unref (send (fixture, bed));
    }
  last = send (fixture, "bed-last");
  g_assert_cmpint (board_command_get_reason (last), ==, BED_ERROR_TOO_MANY);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  board_commands_send (fixture->commands, last);
  g_assert_cmpint (STATE (last), ==, BOARD_COMMAND_QUEUED);
}

/* --- order --- */

static void
test_one_at_a_time_about_one_thing (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = send (fixture, "bed-1");
  g_autoptr (BoardCommand) second = send (fixture, "bed-1");
  g_autoptr (BoardCommand) other = send (fixture, "bed-2");

  g_assert_cmpuint (N_CALLS, ==, 2);
  check_param (fixture, 1, "bed", "bed-2");
  g_assert_cmpint (STATE (second), ==, BOARD_COMMAND_QUEUED);
  g_assert_true (board_commands_find (fixture->commands, "bed-1") == second);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_cmpuint (N_CALLS, ==, 3);
  check_param (fixture, 2, "key", "key 2");
}

static void
test_a_bed_by_another_name_is_the_same_thing (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) place = board_command_new ("placement.place", "K7Q-M4X", "Placed");
  g_autoptr (BoardCommand) report = NULL;

  board_command_set (place, "referral", "K7Q-M4X");
  board_command_set (place, "bed", "bed-1");
  board_commands_send (fixture->commands, place);
  report = send (fixture, "bed-1");
  g_assert_cmpint (STATE (report), ==, BOARD_COMMAND_QUEUED);
}

static void
test_what_is_about_nothing_waits_for_nothing (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = board_command_new ("referral.submit", NULL, "Referred");
  g_autoptr (BoardCommand) second = board_command_new ("referral.submit", NULL, "Referred");

  board_commands_send (fixture->commands, first);
  board_commands_send (fixture->commands, second);
  g_assert_cmpuint (N_CALLS, ==, 2);
}

static void
test_a_refusal_lets_the_next_one_go (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = send (fixture, "bed-1");
  g_autoptr (BoardCommand) second = send (fixture, "bed-1");

  gateway_refuse (fixture->gateway, 0, BED_ERROR_WRONG_STATE, NULL);
  g_assert_cmpint (STATE (second), ==, BOARD_COMMAND_SENT);
}

/* --- no answer --- */

static void
test_asked_again_with_its_key (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  gateway_refuse (fixture->gateway, 0, BED_ERROR_UNCERTAIN, NULL);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_QUEUED);
  g_assert_cmpuint (N_CALLS, ==, 1);
  pass (fixture, BOARD_COMMAND_RETRY_US);
  g_assert_cmpuint (N_CALLS, ==, 2);
  check_param (fixture, 1, "key", "key 1");
  gateway_answer (fixture->gateway, 1, "{\"revision\":11}");
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_PENDING);
  g_assert_cmpuint (fixture->told->len, ==, 1);
}

/* Sends until no further try is made. */
static void
never_answer (Fixture *fixture, guint from)
{
  for (guint i = from; i < N_CALLS; i++)
    {
      gateway_refuse (fixture->gateway, i, BED_ERROR_UNCERTAIN, NULL);
      pass (fixture, BOARD_COMMAND_RETRY_US);
    }
}

static void
test_not_asked_for_ever (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  never_answer (fixture, 0);
  g_assert_cmpuint (N_CALLS, ==, BOARD_COMMAND_TRIES_MAX);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_REFUSED);
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNCERTAIN);
  board_commands_send (fixture->commands, command);
  check_param (fixture, BOARD_COMMAND_TRIES_MAX, "key", "key 1");
}

static void
test_what_may_have_been_done_keeps_its_key (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");
  guint n;

  never_answer (fixture, 0);
  set_line (fixture, BOARD_LINE_OFFLINE);
  board_commands_send (fixture->commands, command); /* refused here: the line is not there */
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNCERTAIN);
  n = N_CALLS;
  set_line (fixture, BOARD_LINE_LIVE);
  board_commands_send (fixture->commands, command);
  check_param (fixture, n, "key", "key 1");
  gateway_refuse (fixture->gateway, n, BED_ERROR_WRONG_STATE, NULL); /* decided: another one may be asked for */
  board_commands_send (fixture->commands, command);
  check_param (fixture, n + 1, "key", "key 2");
}

static void
test_uncertain_without_a_line_is_told_within_a_minute (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  fixture->gateway->moment.line = BOARD_LINE_RECONNECTING;
  gateway_refuse (fixture->gateway, 0, BED_ERROR_UNCERTAIN, NULL);
  pass (fixture, BOARD_COMMAND_AGE_BRIEF_US - SECOND_US);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_QUEUED);
  pass (fixture, SECOND_US);
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNCERTAIN);
  set_line (fixture, BOARD_LINE_LIVE);
  g_assert_cmpuint (N_CALLS, ==, 1);
}

/* --- the line --- */

static void
test_without_a_line_it_is_refused (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = NULL;

  set_line (fixture, BOARD_LINE_RECONNECTING);
  command = send (fixture, "bed-1");
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNAVAILABLE);
  g_assert_cmpuint (N_CALLS, ==, 0);
}

static void
test_a_register_that_cannot_is_believed (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  gateway_refuse (fixture->gateway, 0, BED_ERROR_UNAVAILABLE, NULL);
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNAVAILABLE);
}

static void
test_queued_are_sent_once_in_order (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = NULL;
  g_autoptr (BoardCommand) second = NULL;
  g_autoptr (BoardCommand) third = NULL;

  set_line (fixture, BOARD_LINE_OFFLINE);
  first = send (fixture, "bed-1");
  second = send (fixture, "bed-1");
  third = send (fixture, "bed-2");
  g_assert_cmpuint (board_commands_count_queued (fixture->commands), ==, 3);
  g_assert_cmpuint (N_CALLS, ==, 0);
  set_line (fixture, BOARD_LINE_LIVE);
  g_assert_cmpuint (N_CALLS, ==, 2);
  check_param (fixture, 0, "key", "key 1");
  check_param (fixture, 1, "key", "key 3");
  board_commands_beat (fixture->commands);
  g_assert_cmpuint (N_CALLS, ==, 2);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  gateway_answer (fixture->gateway, 1, "{\"revision\":12}");
  check_param (fixture, 2, "key", "key 2");
  gateway_answer (fixture->gateway, 2, "{\"revision\":13}");
  g_assert_cmpuint (N_CALLS, ==, 3);
  g_assert_cmpuint (board_commands_count_queued (fixture->commands), ==, 0);
}

/* More than a line takes at once: none of them is given up for that. */
static void
test_a_long_queue_goes_a_few_at_a_time (Fixture *fixture, gconstpointer queues)
{
  set_line (fixture, BOARD_LINE_OFFLINE);
  for (guint i = 0; i < BOARD_COMMANDS_MAX; i++)
    {
      g_autofree char *bed = g_strdup_printf ("bed-%u", i);

      g_object_unref (send (fixture, bed));
    }
  set_line (fixture, BOARD_LINE_LIVE);
  g_assert_cmpuint (N_CALLS, ==, BOARD_COMMANDS_UNDER_WAY_MAX);
  for (guint i = 0; i < N_CALLS; i++)
    {
      g_assert_cmpuint (N_CALLS, <=, i + BOARD_COMMANDS_UNDER_WAY_MAX);
      gateway_answer (fixture->gateway, i, "{\"revision\":11}");
    }
  g_assert_cmpuint (N_CALLS, ==, BOARD_COMMANDS_MAX);
}

static void
test_lost_before_it_went_out (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  for (guint i = 0; i < 2 * BOARD_COMMAND_TRIES_MAX; i++)
    {
      fixture->gateway->moment.line = BOARD_LINE_RECONNECTING;
      gateway_refuse (fixture->gateway, i, BED_ERROR_UNAVAILABLE, NULL);
      g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_QUEUED);
      gateway_pass (fixture->gateway, BOARD_COMMAND_RETRY_US);
      set_line (fixture, BOARD_LINE_LIVE);
      check_param (fixture, i + 1, "key", "key 1");
    }
}

static void
test_too_much_at_once_is_sent_again (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");

  gateway_refuse (fixture->gateway, 0, BED_ERROR_TOO_MANY, NULL);
  pass (fixture, BOARD_COMMAND_RETRY_US);
  g_assert_cmpuint (N_CALLS, ==, 2);
  for (guint i = 1; i < N_CALLS; i++)
    {
      gateway_refuse (fixture->gateway, i, BED_ERROR_TOO_MANY, NULL);
      pass (fixture, BOARD_COMMAND_RETRY_US);
    }
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_TOO_MANY);
}

static void
test_queued_for_too_long (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = NULL;

  set_line (fixture, BOARD_LINE_OFFLINE);
  command = send (fixture, "bed-1");
  pass (fixture, BOARD_COMMAND_AGE_MAX_US - SECOND_US);
  g_assert_cmpint (STATE (command), ==, BOARD_COMMAND_QUEUED);
  pass (fixture, SECOND_US);
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNAVAILABLE);
  set_line (fixture, BOARD_LINE_LIVE);
  g_assert_cmpuint (N_CALLS, ==, 0);
}

/* --- signals --- */

static void
send_another (BoardCommands *commands, BoardCommand *command, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (board_commands_find (commands, "bed-9") == NULL)
    g_object_unref (send (fixture, "bed-9"));
}

static void
test_whoever_is_told_may_send (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) first = NULL;
  g_autoptr (BoardCommand) second = NULL;

  set_line (fixture, BOARD_LINE_OFFLINE);
  first = send (fixture, "bed-1");
  second = send (fixture, "bed-2");
  g_signal_connect (fixture->commands, "told", G_CALLBACK (send_another), fixture);
  pass (fixture, BOARD_COMMAND_AGE_MAX_US);
  g_assert_cmpuint (fixture->told->len, ==, 2);
  g_assert_nonnull (board_commands_find (fixture->commands, "bed-9"));
}

static void
test_each_change_is_told (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = send (fixture, "bed-1");
  guint n = fixture->n_changed;

  g_assert_cmpuint (n, >, 0);
  gateway_answer (fixture->gateway, 0, "{\"revision\":11}");
  g_assert_cmpuint (fixture->n_changed, >, n);
  n = fixture->n_changed;
  board_commands_see (fixture->commands, 11);
  g_assert_cmpuint (fixture->n_changed, ==, n + 1);
  board_commands_see (fixture->commands, 12);
  g_assert_cmpuint (fixture->n_changed, ==, n + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/board-commands/register-goes-back", FALSE, test_the_register_goes_back);
  ADD ("/board-commands/pending-until-seen", FALSE, test_done_is_pending_until_seen);
  ADD ("/board-commands/feed-first", FALSE, test_the_feed_may_be_first);
  ADD ("/board-commands/members", FALSE, test_members_of_every_kind);
  ADD ("/board-commands/about", FALSE, test_what_it_is_about);
  ADD ("/board-commands/refusal-in-words", FALSE, test_refusal_in_words);
  ADD ("/board-commands/every-refusal-has-words", FALSE, test_every_refusal_has_words);
  ADD ("/board-commands/refused-gets-another-key", FALSE, test_a_refused_one_gets_another_key);
  ADD ("/board-commands/one-too-many", FALSE, test_one_too_many);
  ADD ("/board-commands/one-at-a-time", FALSE, test_one_at_a_time_about_one_thing);
  ADD ("/board-commands/same-thing-by-another-name", FALSE, test_a_bed_by_another_name_is_the_same_thing);
  ADD ("/board-commands/about-nothing", FALSE, test_what_is_about_nothing_waits_for_nothing);
  ADD ("/board-commands/refusal-lets-next-go", FALSE, test_a_refusal_lets_the_next_one_go);
  ADD ("/board-commands/asked-again", FALSE, test_asked_again_with_its_key);
  ADD ("/board-commands/not-for-ever", FALSE, test_not_asked_for_ever);
  ADD ("/board-commands/keeps-its-key", FALSE, test_what_may_have_been_done_keeps_its_key);
  ADD ("/board-commands/uncertain-without-line", FALSE, test_uncertain_without_a_line_is_told_within_a_minute);
  ADD ("/board-commands/without-line", FALSE, test_without_a_line_it_is_refused);
  ADD ("/board-commands/register-cannot", FALSE, test_a_register_that_cannot_is_believed);
  ADD ("/board-commands/queued-once-in-order", TRUE, test_queued_are_sent_once_in_order);
  ADD ("/board-commands/long-queue", TRUE, test_a_long_queue_goes_a_few_at_a_time);
  ADD ("/board-commands/lost-before-it-went-out", TRUE, test_lost_before_it_went_out);
  ADD ("/board-commands/too-much-at-once", TRUE, test_too_much_at_once_is_sent_again);
  ADD ("/board-commands/queued-too-long", TRUE, test_queued_for_too_long);
  ADD ("/board-commands/told-may-send", TRUE, test_whoever_is_told_may_send);
  ADD ("/board-commands/each-change-is-told", FALSE, test_each_change_is_told);
  return g_test_run ();
}
