/* board-commands-core.h: the inside of the queue of commands, for the files it is made of. Nobody else
 * includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-command-core.h"

struct _BoardCommands
{
  GObject parent_instance;

  /* owned */
  GPtrArray *commands; /* BoardCommand, oldest first */

  /* borrowed */
  BoardSource source;
  BoardMakeKey make_key;
  gpointer key_data;
  BoardWitness witness; /* or NULL */
  gpointer witness_data;

  guint64 revision; /* seen */
  gboolean queues;
};

/* Now, as the source has it. */
gint64
board_commands_get_monotonic_us (BoardCommands *commands);
/* Nothing is waited for any more. */
void
board_commands_drop (BoardCommands *commands, BoardCommand *command);
/* What has become of it: once, and that something has changed. */
void
board_commands_tell (BoardCommands *commands, BoardCommand *command);
/* The line is not there: what has not been tried waits for it. */
void
board_commands_wait (BoardCommands *commands);
/* The line is there, and the board shows the register as it is: what no longer holds is not sent. */
void
board_commands_give_up_late (BoardCommands *commands, gint64 now_us);
