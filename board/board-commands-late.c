/* board-commands-late.c: what waited for the line, and may not be true any more now that it is there.
 *
 * Asked once for each, when the line is back and the board shows the register as it is, before anything
 * is sent. That everything is unchanged, or that a unit or bay may be open, is believed for a quarter of
 * an hour, whether it was tried before or not; what was seen of a bed, as long as nobody has confirmed the
 * bed after it, and if an earlier try may have done it, it is asked again all the same: its key lets
 * nothing happen twice. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-commands-core.h"

#include "board-i18n.h"
#include "board-rows.h"
#include "board-time.h"

/* What is true of a whole unit or bay for a short time only, and opens beds or makes them fresh. */
static const char *const soon_untrue[]
    = { "unit.confirm", "unit.open", "bay.open", "surge.open", "unit.staff", "unit.capacity", NULL };

/* What is said about one bed. */
static const char *const about_a_bed[] = { "bed.report", "bed.open", NULL };

void
board_commands_set_witness (BoardCommands *commands, BoardWitness witness, gpointer user_data)
{
  commands->witness = witness;
  commands->witness_data = user_data;
}

static gboolean
is_untried (const BoardCommand *command)
{
  return command->state == BOARD_COMMAND_QUEUED && command->n_tries == 0 && !command->is_uncertain;
}

void
board_commands_wait (BoardCommands *commands)
{
  for (guint i = 0; commands->queues && i < commands->commands->len; i++)
    {
      BoardCommand *command = g_ptr_array_index (commands->commands, i);

      command->has_waited |= is_untried (command);
    }
}

/* One of here about the same bed has gone out since: what is new may be its doing. */
static gboolean
has_gone_out_since (BoardCommands *commands, const BoardCommand *command)
{
  for (guint i = 0; i < commands->commands->len; i++)
    {
      const BoardCommand *other = g_ptr_array_index (commands->commands, i);

      if (other != command && other->n_tries > 0 && other->sent_us >= command->made_us
          && (g_str_equal (other->method, "unit.confirm") || board_command_overlaps (other, command)))
        return TRUE;
    }
  return FALSE;
}

/* Why it is not to be sent any more; NULL: it may be. */
static char *
say_why_late (BoardCommands *commands, const BoardCommand *command, gint64 now_us)
{
  gint64 age_us = now_us - command->made_us;
  gint64 confirmed_us;
  const char *label = NULL;

  if (command->state != BOARD_COMMAND_QUEUED || !commands->queues)
    return NULL;
  if (g_strv_contains (soon_untrue, command->method) && age_us > BOARD_CONFIRM_AGE_MAX_US)
    {
      char age[BOARD_DURATION_SIZE];

      board_time_print_duration (age_us, age);
      /* TRANSLATORS: of "everything unchanged", or of opening a unit, pressed while the line was down */
      return g_strdup_printf (_ ("Pressed %s ago: look again"), age);
    }
  if (!command->has_waited || commands->witness == NULL || !is_untried (command) || !g_strv_contains (about_a_bed, command->method)
      || has_gone_out_since (commands, command))
    return NULL;
  confirmed_us = commands->witness (board_rows_get_string (command->params, "bed"), &label, commands->witness_data);
  if (confirmed_us <= command->made_at_us)
    return NULL;
  return g_strdup_printf (_ ("Somebody has updated %s since: look again"), label);
}

static BoardCommand *
find_late (BoardCommands *commands, gint64 now_us, char **words)
{
  for (guint i = 0; i < commands->commands->len; i++)
    {
      BoardCommand *command = g_ptr_array_index (commands->commands, i);

      *words = say_why_late (commands, command, now_us);
      if (*words != NULL)
        return command;
    }
  return NULL;
}

void
board_commands_give_up_late (BoardCommands *commands, gint64 now_us)
{
  BoardCommand *late;
  char *words = NULL;

  /* one at a time: telling it tells others, who may change the list */
  while ((late = find_late (commands, now_us, &words)) != NULL)
    {
      g_autoptr (BoardCommand) kept = g_object_ref (late);

      kept->is_uncertain = FALSE; /* what is said leaves open whether it was done */
      board_command_give_up (kept, BED_ERROR_WRONG_STATE, words);
      board_commands_drop (commands, kept);
      board_commands_tell (commands, kept);
    }
  for (guint i = 0; i < commands->commands->len; i++)
    ((BoardCommand *)g_ptr_array_index (commands->commands, i))->has_waited = FALSE;
}
