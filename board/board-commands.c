/* board-commands.c: sends commands in their order, keeps their keys, and waits for their events.
 *
 * Owns every command that is not shown yet, and those that can still be taken back. Two commands
 * about one thing are never under way together: the second may rest on the first; nor more than a few
 * at all, so that a long queue does not fill the line. What got no answer
 * is asked again with its key, once a beat and BOARD_COMMAND_TRIES_MAX times at most; as long as it
 * may have been done it never gets another key, and is never said not to have been done. Answers that
 * come when the queue is gone are dropped. What waited for the line is looked at again before it is sent
 * (board-commands-late.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-commands-core.h"

#include "board-rows.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (BoardCommands, board_commands, G_TYPE_OBJECT)

enum
{
  CHANGED,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One call under way. */
typedef struct
{
  GWeakRef commands;
  BoardCommand *command; /* owned */
  gboolean is_for_another; /* `as`: its PIN is gone, it cannot be sent again from here */
} Attempt;

static gboolean
is_open (const BoardCommand *command)
{
  return command->state == BOARD_COMMAND_QUEUED || command->state == BOARD_COMMAND_SENT;
}

void
board_commands_tell (BoardCommands *commands, BoardCommand *command)
{
  if (!command->is_told)
    {
      command->is_told = TRUE;
      g_signal_emit (commands, signals[TOLD], 0, command);
    }
  g_signal_emit (commands, signals[CHANGED], 0);
}

void
board_commands_drop (BoardCommands *commands, BoardCommand *command)
{
  g_ptr_array_remove (commands->commands, command);
}

/* The register has not decided about it: what an earlier try has done, it has done. */
static gboolean
says_nothing (BedError reason)
{
  return reason == BED_ERROR_UNCERTAIN || reason == BED_ERROR_UNAVAILABLE || reason == BED_ERROR_TOO_MANY;
}

/* Said of whoever asked, not of what was asked: with the right PIN it may still go. */
static gboolean
is_about_the_asker (BedError reason)
{
  return reason == BED_ERROR_BAD_PIN || reason == BED_ERROR_LOCKED_OUT || reason == BED_ERROR_FORBIDDEN;
}

static void
refuse (BoardCommands *commands, BoardCommand *command, BedError reason, JsonObject *data)
{
  g_autoptr (BoardCommand) kept = g_object_ref (command);
  gint64 retry_ms = data != NULL ? board_rows_get_int (data, "retry_ms") : 0;

  command->retry_at_us = retry_ms > 0 ? board_commands_get_monotonic_us (commands) + MIN (retry_ms, G_MAXINT) * 1000 : 0;
  command->is_uncertain = reason == BED_ERROR_UNCERTAIN
                          || (command->is_uncertain && (says_nothing (reason) || is_about_the_asker (reason)));
  if (command->undoes != NULL && !says_nothing (reason) && !is_about_the_asker (reason))
    command->undoes->is_final = TRUE;
  board_command_refuse (command, command->is_uncertain && says_nothing (reason) ? BED_ERROR_UNCERTAIN : reason, data);
  board_commands_drop (commands, command);
  board_commands_tell (commands, command);
}

static gboolean
is_line_there (BoardCommands *commands)
{
  BoardMoment moment;

  commands->source.get_moment (commands->source.user_data, &moment);
  return moment.line == BOARD_LINE_LIVE;
}

/* What was queued also waits for all that has happened meanwhile: it may say that it is too late. */
static gboolean
is_ready_for_queued (BoardCommands *commands)
{
  BoardMoment moment;

  commands->source.get_moment (commands->source.user_data, &moment);
  return moment.line == BOARD_LINE_LIVE && !(commands->queues && moment.is_behind);
}

gint64
board_commands_get_monotonic_us (BoardCommands *commands)
{
  BoardMoment moment;

  commands->source.get_moment (commands->source.user_data, &moment);
  return moment.monotonic_us;
}

static void
take_result (BoardCommands *commands, BoardCommand *command, JsonNode *result)
{
  JsonObject *object = result != NULL && JSON_NODE_HOLDS_OBJECT (result) ? json_node_get_object (result) : NULL;

  command->is_uncertain = FALSE;
  if (object != NULL)
    {
      g_clear_pointer (&command->result, json_object_unref);
      command->result = json_object_ref (object);
      command->revision = (guint64)board_rows_get_int (object, "revision");
    }
  board_command_set_state (command, command->revision > commands->revision ? BOARD_COMMAND_PENDING
                                                                           : BOARD_COMMAND_SHOWN);
  board_commands_tell (commands, command);
}

/* It may have been done, or was never sent: asked again if that can help. */
static gboolean
goes_back (BoardCommands *commands, const Attempt *attempt, BedError reason)
{
  const BoardCommand *command = attempt->command;

  if (attempt->is_for_another || command->n_tries >= BOARD_COMMAND_TRIES_MAX)
    return FALSE;
  /* `unavailable` from a line that is there is the register's own answer */
  return reason == BED_ERROR_UNCERTAIN || reason == BED_ERROR_TOO_MANY
         || (reason == BED_ERROR_UNAVAILABLE && commands->queues && !is_line_there (commands));
}

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (BoardCommands) commands = g_weak_ref_get (&attempt->commands);
  BoardCommand *command = attempt->command;

  if (commands != NULL && command->state == BOARD_COMMAND_SENT)
    {
      if (error == NULL)
        take_result (commands, command, result);
      else if (goes_back (commands, attempt, (BedError)error->code))
        {
          command->is_uncertain |= error->code == BED_ERROR_UNCERTAIN;
          if (error->code == BED_ERROR_UNAVAILABLE)
            command->n_tries--; /* it never went out */
          board_command_set_state (command, BOARD_COMMAND_QUEUED);
          g_signal_emit (commands, signals[CHANGED], 0);
        }
      else
        refuse (commands, command, (BedError)error->code, data);
      board_commands_beat (commands);
    }
  g_weak_ref_clear (&attempt->commands);
  g_object_unref (attempt->command);
  g_free (attempt);
}

static void
call (BoardCommands *commands, BoardCommand *command, const char *user, const char *pin)
{
  Attempt *attempt = g_new0 (Attempt, 1);
  char *params;

  g_weak_ref_init (&attempt->commands, commands);
  attempt->command = g_object_ref (command);
  attempt->is_for_another = user != NULL;
  command->n_tries++;
  command->sent_us = board_commands_get_monotonic_us (commands);
  board_command_set_state (command, BOARD_COMMAND_SENT);
  params = board_command_print (command, user, pin);
  commands->source.call (command->method, params, on_answer, attempt, commands->source.user_data);
  explicit_bzero (params, strlen (params));
  g_free (params);
}

/* TRUE if it is now among the open ones. */
static gboolean
admit (BoardCommands *commands, BoardCommand *command)
{
  guint n_open = board_commands_count_open (commands);
  BoardMoment moment;

  commands->source.get_moment (commands->source.user_data, &moment);
  if (!command->is_uncertain)
    commands->make_key (command->key, sizeof command->key, commands->key_data);
  command->made_us = moment.monotonic_us;
  command->made_at_us = moment.now_us;
  command->has_waited = FALSE;
  command->n_tries = 0;
  command->is_told = FALSE;
  g_ptr_array_add (commands->commands, g_object_ref (command));
  if (n_open < BOARD_COMMANDS_MAX)
    return TRUE;
  refuse (commands, command, BED_ERROR_TOO_MANY, NULL);
  return FALSE;
}

void
board_commands_send (BoardCommands *commands, BoardCommand *command)
{
  g_return_if_fail (BOARD_IS_COMMANDS (commands) && BOARD_IS_COMMAND (command));
  g_return_if_fail (command->state == BOARD_COMMAND_NEW || command->state == BOARD_COMMAND_REFUSED);
  if (!admit (commands, command))
    return;
  if (!commands->queues && !is_line_there (commands))
    {
      refuse (commands, command, BED_ERROR_UNAVAILABLE, NULL);
      return;
    }
  board_command_set_state (command, BOARD_COMMAND_QUEUED);
  g_signal_emit (commands, signals[CHANGED], 0);
  board_commands_beat (commands);
}

void
board_commands_send_as (BoardCommands *commands, BoardCommand *command, const char *user, const char *pin)
{
  g_return_if_fail (BOARD_IS_COMMANDS (commands) && BOARD_IS_COMMAND (command) && user != NULL && pin != NULL);
  g_return_if_fail (command->state == BOARD_COMMAND_NEW || command->state == BOARD_COMMAND_REFUSED);
  if (!admit (commands, command))
    return;
  call (commands, command, user, pin);
  g_signal_emit (commands, signals[CHANGED], 0);
}

static gboolean
has_one_before (BoardCommands *commands, guint i)
{
  const BoardCommand *command = g_ptr_array_index (commands->commands, i);

  for (guint j = 0; j < i; j++)
    {
      const BoardCommand *earlier = g_ptr_array_index (commands->commands, j);

      if (is_open (earlier) && board_command_overlaps (earlier, command))
        return TRUE;
    }
  return FALSE;
}

/* Nothing is waited for any more. */
static gboolean
is_past (const BoardCommand *command, gint64 now_us)
{
  return command->state == BOARD_COMMAND_SHOWN && now_us - command->sent_us >= BOARD_UNDO_US;
}

static gboolean
is_old (BoardCommands *commands, const BoardCommand *command, gint64 now_us)
{
  gint64 age_max_us = commands->queues ? BOARD_COMMAND_AGE_MAX_US : BOARD_COMMAND_AGE_BRIEF_US;

  return command->state == BOARD_COMMAND_QUEUED && now_us - command->made_us >= age_max_us;
}

static gboolean
is_ready (BoardCommands *commands, guint i, gint64 now_us)
{
  const BoardCommand *command = g_ptr_array_index (commands->commands, i);

  if (command->state != BOARD_COMMAND_QUEUED
      || (command->n_tries > 0 && now_us - command->sent_us < BOARD_COMMAND_RETRY_US))
    return FALSE;
  return !has_one_before (commands, i);
}

static guint
count_under_way (BoardCommands *commands)
{
  guint n = 0;

  for (guint i = 0; i < commands->commands->len; i++)
    n += ((BoardCommand *)g_ptr_array_index (commands->commands, i))->state == BOARD_COMMAND_SENT ? 1 : 0;
  return n;
}

/* One at a time, oldest first: sending and refusing tell others, who may change the list. */
static BoardCommand *
find_ready (BoardCommands *commands, gint64 now_us)
{
  if (count_under_way (commands) >= BOARD_COMMANDS_UNDER_WAY_MAX)
    return NULL;
  for (guint i = 0; i < commands->commands->len; i++)
    if (is_ready (commands, i, now_us))
      return g_ptr_array_index (commands->commands, i);
  return NULL;
}

static BoardCommand *
find_old (BoardCommands *commands, gint64 now_us)
{
  for (guint i = 0; i < commands->commands->len; i++)
    if (is_old (commands, g_ptr_array_index (commands->commands, i), now_us))
      return g_ptr_array_index (commands->commands, i);
  return NULL;
}

void
board_commands_beat (BoardCommands *commands)
{
  g_autoptr (BoardCommands) kept = g_object_ref (commands);
  gint64 now_us = board_commands_get_monotonic_us (commands);
  gboolean has_sent = FALSE;
  BoardCommand *command;

  for (guint i = commands->commands->len; i > 0; i--)
    if (is_past (g_ptr_array_index (commands->commands, i - 1), now_us))
      g_ptr_array_remove_index (commands->commands, i - 1);
  while ((command = find_old (commands, now_us)) != NULL)
    refuse (commands, command, BED_ERROR_UNAVAILABLE, NULL);
  if (is_ready_for_queued (commands))
    board_commands_give_up_late (commands, now_us);
  else
    board_commands_wait (commands);
  while (is_ready_for_queued (commands) && (command = find_ready (commands, now_us)) != NULL)
    {
      call (commands, command, NULL, NULL);
      has_sent = TRUE;
    }
  if (has_sent)
    g_signal_emit (commands, signals[CHANGED], 0);
}

void
board_commands_see (BoardCommands *commands, guint64 revision)
{
  gboolean is_older = revision < commands->revision;
  gboolean has_changed = FALSE;

  commands->revision = revision;
  for (guint i = 0; i < commands->commands->len; i++)
    {
      BoardCommand *command = g_ptr_array_index (commands->commands, i);

      if (command->state != BOARD_COMMAND_PENDING || (command->revision > revision && !is_older))
        continue;
      board_command_set_state (command, BOARD_COMMAND_SHOWN);
      has_changed = TRUE;
    }
  if (has_changed)
    g_signal_emit (commands, signals[CHANGED], 0);
}

BoardCommand *
board_commands_find (BoardCommands *commands, const char *subject)
{
  for (guint i = commands->commands->len; i > 0; i--)
    {
      BoardCommand *command = g_ptr_array_index (commands->commands, i - 1);

      if (command->state != BOARD_COMMAND_SHOWN && board_command_concerns (command, subject))
        return command;
    }
  return NULL;
}

guint
board_commands_count_queued (BoardCommands *commands)
{
  guint n = 0;

  for (guint i = 0; i < commands->commands->len; i++)
    n += ((BoardCommand *)g_ptr_array_index (commands->commands, i))->state == BOARD_COMMAND_QUEUED ? 1 : 0;
  return n;
}

guint
board_commands_count_open (BoardCommands *commands)
{
  guint n = 0;

  for (guint i = 0; i < commands->commands->len; i++)
    n += is_open (g_ptr_array_index (commands->commands, i)) ? 1 : 0;
  return n;
}

BoardCommands *
board_commands_new (const BoardSource *source, BoardMakeKey make_key, gpointer key_data, gboolean queues)
{
  BoardCommands *commands = g_object_new (BOARD_TYPE_COMMANDS, NULL);

  commands->source = *source;
  commands->make_key = make_key;
  commands->key_data = key_data;
  commands->queues = queues;
  return commands;
}

static void
board_commands_finalize (GObject *object)
{
  g_ptr_array_unref (BOARD_COMMANDS (object)->commands);
  G_OBJECT_CLASS (board_commands_parent_class)->finalize (object);
}

static void
board_commands_class_init (BoardCommandsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = board_commands_finalize;
  signals[CHANGED] = g_signal_new ("changed", BOARD_TYPE_COMMANDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[TOLD] = g_signal_new ("told", BOARD_TYPE_COMMANDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, BOARD_TYPE_COMMAND);
}

static void
board_commands_init (BoardCommands *commands)
{
  commands->commands = g_ptr_array_new_with_free_func (g_object_unref);
}
