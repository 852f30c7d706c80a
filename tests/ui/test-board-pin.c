/* test-board-pin.c: commands of a wallboard, on behalf of whoever gives a PIN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands-scene.h"

static void
test_the_pin_goes_once (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = board_command_new ("placement.place", "K7Q-M4X", "Placed");
  g_autofree char *as = NULL;

  board_commands_send_as (fixture->commands, command, "anna", "4711");
  as = gateway_get_param (fixture->gateway, 0, "as");
  g_assert_cmpstr (as, ==, "{\"user\":\"anna\",\"pin\":\"4711\"}");
  gateway_refuse (fixture->gateway, 0, BED_ERROR_UNCERTAIN, NULL);
  pass (fixture, BOARD_COMMAND_RETRY_US);
  g_assert_cmpuint (N_CALLS, ==, 1); /* never by itself */
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_UNCERTAIN);
  board_commands_send (fixture->commands, command);
  check_param (fixture, 1, "as", "");
  check_param (fixture, 1, "key", "key 1");
}

/* A wrong PIN says nothing about what the first try has done. */
static void
test_a_wrong_pin_keeps_the_key (Fixture *fixture, gconstpointer queues)
{
  g_autoptr (BoardCommand) command = board_command_new ("placement.place", "K7Q-M4X", "Placed");

  board_commands_send_as (fixture->commands, command, "anna", "4711");
  gateway_refuse (fixture->gateway, 0, BED_ERROR_UNCERTAIN, NULL);
  board_commands_send_as (fixture->commands, command, "anna", "4712");
  gateway_refuse (fixture->gateway, 1, BED_ERROR_BAD_PIN, NULL);
  g_assert_cmpint (board_command_get_reason (command), ==, BED_ERROR_BAD_PIN);
  board_commands_send_as (fixture->commands, command, "anna", "4711");
  check_param (fixture, 2, "key", "key 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/board-pin/once", FALSE, test_the_pin_goes_once);
  ADD ("/board-pin/wrong-keeps-the-key", FALSE, test_a_wrong_pin_keeps_the_key);
  return g_test_run ();
}
