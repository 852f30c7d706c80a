/* board-command.c: one command: its words, its members, its state.
 *
 * Owns its params and its answer. Nothing can fail; a PIN passes through print and is not kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-command-core.h"

#include "board-i18n.h"
#include "board-rows.h"
#include "common/bed-time.h"

G_DEFINE_FINAL_TYPE (BoardCommand, board_command, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const char *
board_refusal_words (BedError reason)
{
  static const struct
  {
    BedError reason;
    const char *words;
  } told[] = {
    { BED_ERROR_BED_TAKEN, N_ ("Taken: somebody else was first") },
    { BED_ERROR_NOT_OFFERABLE, N_ ("This bed cannot be offered now") },
    { BED_ERROR_NOT_SUITABLE, N_ ("This bed does not meet the needs") },
    { BED_ERROR_ALREADY_HELD, N_ ("Already has a bed") },
    { BED_ERROR_WRONG_BED, N_ ("Another bed was accepted: check the code and the bed") },
    { BED_ERROR_BAY_SEX, N_ ("The bay is for the other sex") },
    { BED_ERROR_NOT_AGREED, N_ ("The person has not agreed yet: record it, then accept") },
    { BED_ERROR_EXPIRED, N_ ("The hold has run out: reserve again") },
    { BED_ERROR_WRONG_STATE, N_ ("Not possible any more: look again") },
    { BED_ERROR_FORBIDDEN, N_ ("You may not do this: ask your coordinator") },
    { BED_ERROR_UNKNOWN_REFERRAL, N_ ("No longer in the queue") },
    { BED_ERROR_UNKNOWN_BED, N_ ("This bed is not in use any more") },
    { BED_ERROR_UNKNOWN_UNIT, N_ ("This unit is not in use any more") },
    { BED_ERROR_BAD_VALUE, N_ ("Something filled in is not allowed: check it") },
    { BED_ERROR_UNAVAILABLE, N_ ("Not possible now: nothing was done. Try again soon") },
    { BED_ERROR_UNCERTAIN, N_ ("No answer: ask again, it cannot be done twice") },
    { BED_ERROR_BAD_PIN, N_ ("User or PIN is wrong") },
    { BED_ERROR_LOCKED_OUT, N_ ("Too many wrong PINs: wait 15 minutes") },
    { BED_ERROR_TOO_MANY, N_ ("Too much at once: try again") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (told[i].reason == reason)
      return _ (told[i].words);
  return bed_error_words (reason);
}

void
board_command_set (BoardCommand *command, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (command->params, name, value);
}

void
board_command_set_int (BoardCommand *command, const char *name, gint64 value)
{
  json_object_set_int_member (command->params, name, value);
}

void
board_command_set_time (BoardCommand *command, const char *name, gint64 time_us)
{
  char text[BED_TIME_SIZE];

  bed_time_print (time_us, text);
  json_object_set_string_member (command->params, name, text);
}

void
board_command_set_object (BoardCommand *command, const char *name, JsonObject *value)
{
  json_object_set_object_member (command->params, name, value);
}

/* The members of params that name what a command is about, besides its subject. */
static const char *const named[] = { "bed", "unit", "referral" };

gboolean
board_command_concerns (const BoardCommand *command, const char *id)
{
  if (*id == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_equal (board_rows_get_string (command->params, named[i]), id))
      return TRUE;
  return g_str_equal (command->subject, id);
}

gboolean
board_command_overlaps (const BoardCommand *command, const BoardCommand *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (board_command_concerns (command, board_rows_get_string (other->params, named[i])))
      return TRUE;
  return board_command_concerns (command, other->subject);
}

void
board_command_set_state (BoardCommand *command, BoardCommandState state)
{
  if (command->state == state)
    return;
  command->state = state;
  g_signal_emit (command, signals[CHANGED], 0);
}

void
board_command_refuse (BoardCommand *command, BedError reason, JsonObject *data)
{
  JsonObject *next = data != NULL ? board_rows_get_object (data, "next") : NULL;

  command->reason = reason;
  command->words = board_refusal_words (reason);
  g_clear_pointer (&command->next, json_object_unref);
  if (next != NULL)
    command->next = json_object_ref (next);
  g_free (command->member);
  command->member = g_strdup (data != NULL ? board_rows_get_string (data, "member") : "");
  board_command_set_state (command, BOARD_COMMAND_REFUSED);
}

void
board_command_give_up (BoardCommand *command, BedError reason, char *words)
{
  g_autofree char *before = g_steal_pointer (&command->said);

  command->said = words;
  command->words = words;
  command->reason = reason;
  g_clear_pointer (&command->next, json_object_unref);
  g_clear_pointer (&command->member, g_free);
  board_command_set_state (command, BOARD_COMMAND_REFUSED);
}

char *
board_command_print (BoardCommand *command, const char *user, const char *pin)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *text;

  json_object_set_string_member (command->params, "key", command->key);
  if (user != NULL)
    {
      JsonObject *as = json_object_new ();

      json_object_set_string_member (as, "user", user);
      json_object_set_string_member (as, "pin", pin);
      json_object_set_object_member (command->params, "as", as);
    }
  json_node_set_object (node, command->params);
  text = json_to_string (node, FALSE);
  json_object_remove_member (command->params, "as");
  return text;
}

BoardCommandState
board_command_get_state (BoardCommand *command)
{
  return command->state;
}

const char *
board_command_peek_method (BoardCommand *command)
{
  return command->method;
}

const char *
board_command_peek_subject (BoardCommand *command)
{
  return command->subject;
}

const char *
board_command_peek_title (BoardCommand *command)
{
  return command->title;
}

gint64
board_command_get_made_us (BoardCommand *command)
{
  return command->made_us;
}

const char *
board_command_peek_words (BoardCommand *command)
{
  return command->state == BOARD_COMMAND_REFUSED ? command->words : "";
}

BedError
board_command_get_reason (BoardCommand *command)
{
  return command->reason;
}

gint64
board_command_get_retry_at_us (BoardCommand *command)
{
  return command->state == BOARD_COMMAND_REFUSED ? command->retry_at_us : 0;
}

const char *
board_command_peek_member (BoardCommand *command)
{
  return command->state == BOARD_COMMAND_REFUSED && command->member != NULL ? command->member : "";
}

JsonObject *
board_command_peek_next (BoardCommand *command)
{
  return command->state == BOARD_COMMAND_REFUSED ? command->next : NULL;
}

JsonObject *
board_command_peek_result (BoardCommand *command)
{
  return command->result;
}

BoardCommand *
board_command_new (const char *method, const char *subject, const char *title)
{
  BoardCommand *command = g_object_new (BOARD_TYPE_COMMAND, NULL);

  command->method = g_strdup (method);
  command->subject = g_strdup (subject != NULL ? subject : "");
  command->title = g_strdup (title != NULL ? title : "");
  return command;
}

static void
board_command_finalize (GObject *object)
{
  BoardCommand *command = BOARD_COMMAND (object);

  g_free (command->method);
  g_free (command->subject);
  g_free (command->title);
  g_clear_pointer (&command->params, json_object_unref);
  g_clear_pointer (&command->next, json_object_unref);
  g_free (command->member);
  g_free (command->said);
  g_clear_pointer (&command->result, json_object_unref);
  g_clear_object (&command->undoes);
  G_OBJECT_CLASS (board_command_parent_class)->finalize (object);
}

static void
board_command_class_init (BoardCommandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = board_command_finalize;
  signals[CHANGED] = g_signal_new ("changed", BOARD_TYPE_COMMAND, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
board_command_init (BoardCommand *command)
{
  command->params = json_object_new ();
  command->words = "";
}
