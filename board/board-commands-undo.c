/* board-commands-undo.c: which command can be taken back, and how.
 *
 * From the newest back, within a minute, and never behind a later one of here about the same thing. What
 * was never sent is only taken out of the queue. Owns nothing; nothing can fail but the command that
 * takes back, which is told like any other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-commands-core.h"

#include "board-i18n.h"

/* It was never sent: an earlier try that may have done it keeps its mark. */
static gboolean
is_unsent (const BoardCommand *command)
{
  return command->state == BOARD_COMMAND_QUEUED && command->n_tries == 0 && !command->is_uncertain;
}

static gboolean
can_be_undone (BoardCommands *commands, guint i, gint64 now_us)
{
  const BoardCommand *command = g_ptr_array_index (commands->commands, i);

  if (command->undoes != NULL || command->is_final)
    return FALSE;
  /* also by its own taking back, that is under way or done */
  for (guint j = i + 1; j < commands->commands->len; j++)
    if (board_command_overlaps (g_ptr_array_index (commands->commands, j), command))
      return FALSE;
  switch (command->state)
    {
    case BOARD_COMMAND_QUEUED:
      return is_unsent (command);
    case BOARD_COMMAND_PENDING:
    case BOARD_COMMAND_SHOWN:
      return now_us - command->sent_us < BOARD_UNDO_US;
    case BOARD_COMMAND_NEW:
    case BOARD_COMMAND_SENT:
    case BOARD_COMMAND_REFUSED:
      return FALSE;
    }
  return FALSE;
}

BoardCommand *
board_commands_find_undoable (BoardCommands *commands, const char *subject)
{
  gint64 now_us = board_commands_get_monotonic_us (commands);

  for (guint i = commands->commands->len; i > 0; i--)
    {
      BoardCommand *command = g_ptr_array_index (commands->commands, i - 1);

      if ((subject == NULL || board_command_concerns (command, subject)) && can_be_undone (commands, i - 1, now_us))
        return command;
    }
  return NULL;
}

/* It was never sent: nothing has to be taken back. */
static void
take_out (BoardCommands *commands, BoardCommand *command, BoardCommand *undo)
{
  board_commands_drop (commands, command);
  board_command_set_state (command, BOARD_COMMAND_NEW);
  board_command_set_state (undo, BOARD_COMMAND_SHOWN);
  board_commands_tell (commands, undo);
}

static BoardCommand *
make_undo (BoardCommand *command)
{
  BoardCommand *undo = board_command_new ("undo", command->subject, _ ("Taken back"));

  undo->undoes = g_object_ref (command);
  board_command_set (undo, "undoes", command->key);
  return undo;
}

BoardCommand *
board_commands_undo (BoardCommands *commands, BoardCommand *command)
{
  BoardCommand *undo = make_undo (command);

  if (is_unsent (command))
    take_out (commands, command, undo);
  else
    board_commands_send (commands, undo);
  return undo;
}

BoardCommand *
board_commands_undo_as (BoardCommands *commands, BoardCommand *command, const char *user, const char *pin)
{
  BoardCommand *undo = make_undo (command);

  board_commands_send_as (commands, undo, user, pin);
  return undo;
}
