/* commands-scene.h: commands over a fake gateway, and what they have told. For the tests of commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-gateway.h"

#define SECOND_US G_GINT64_CONSTANT (1000000)

typedef struct
{
  Gateway *gateway;
  BoardCommands *commands;
  GPtrArray *told; /* BoardCommand */
  guint n_changed;
} Fixture;

static inline void
on_told (BoardCommands *commands, BoardCommand *command, gpointer user_data)
{
  g_ptr_array_add (((Fixture *)user_data)->told, g_object_ref (command));
}

static inline void
on_changed (BoardCommands *commands, gpointer user_data)
{
  ((Fixture *)user_data)->n_changed++;
}

static inline void
set_up (Fixture *fixture, gconstpointer queues)
{
  BoardSource source;

  fixture->gateway = gateway_new ();
  fixture->told = g_ptr_array_new_with_free_func (g_object_unref);
  source = gateway_get_source (fixture->gateway);
  fixture->commands = board_commands_new (&source, gateway_make_key, fixture->gateway, queues != NULL);
  g_signal_connect (fixture->commands, "told", G_CALLBACK (on_told), fixture);
  g_signal_connect (fixture->commands, "changed", G_CALLBACK (on_changed), fixture);
}

/* Answers that come when the queue is gone are dropped: gateway_free gives some. */
static inline void
tear_down (Fixture *fixture, gconstpointer queues)
{
  g_signal_handlers_disconnect_by_data (fixture->commands, fixture);
  g_object_unref (fixture->commands);
  g_ptr_array_unref (fixture->told);
  gateway_free (fixture->gateway);
}

static inline BoardCommand *
send (Fixture *fixture, const char *bed)
{
  BoardCommand *command = board_command_new ("bed.report", bed, "Done");

  board_command_set (command, "bed", bed);
  board_commands_send (fixture->commands, command);
  return command;
}

static inline void
check_param (Fixture *fixture, guint i, const char *name, const char *value)
{
  g_autofree char *text = gateway_get_param (fixture->gateway, i, name);

  g_assert_cmpstr (text, ==, value);
}

static inline void
set_line (Fixture *fixture, BoardLine line)
{
  fixture->gateway->moment.line = line;
  board_commands_beat (fixture->commands);
}

static inline void
pass (Fixture *fixture, gint64 duration_us)
{
  gateway_pass (fixture->gateway, duration_us);
  board_commands_beat (fixture->commands);
}

#define STATE(command) board_command_get_state (command)
#define N_CALLS (fixture->gateway->calls->len)

#define ADD(path, queues, test)                                                                     \
  g_test_add (path, Fixture, (queues) ? "queues" : NULL, set_up, test, tear_down)
