/* board-commands.h: what the person at this board has asked for, from the click to its event.
 *
 * A command keeps its key for its whole life, so that asking again can never do it twice. The model
 * is not touched: a bed shows its command as pending until the feed has told of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-source.h"

#define BOARD_COMMANDS_MAX 64      /* without an answer; one more is refused */
#define BOARD_COMMANDS_UNDER_WAY_MAX 4 /* the others wait: half of the line's calls are left to reads */
#define BOARD_COMMAND_TRIES_MAX 5  /* that got no answer */
#define BOARD_COMMAND_RETRY_US G_GINT64_CONSTANT (1000000) /* not sooner after the last try */
#define BOARD_COMMAND_AGE_MAX_US (4 * G_GINT64_CONSTANT (3600000000)) /* queued for longer: refused */
#define BOARD_COMMAND_AGE_BRIEF_US (60 * G_GINT64_CONSTANT (1000000)) /* … by a board that queues none */
#define BOARD_CONFIRM_AGE_MAX_US (15 * G_GINT64_CONSTANT (60000000)) /* said of a whole unit and queued for longer: given up */
#define BOARD_UNDO_US (60 * G_GINT64_CONSTANT (1000000)) /* contract: undo within 60 s */

typedef enum
{
  BOARD_COMMAND_NEW,
  BOARD_COMMAND_QUEUED,  /* the line is down, or an earlier one about the same thing is under way */
  BOARD_COMMAND_SENT,    /* no answer yet */
  BOARD_COMMAND_PENDING, /* done; the board does not show it yet */
  BOARD_COMMAND_SHOWN,
  BOARD_COMMAND_REFUSED
} BoardCommandState;

G_DECLARE_FINAL_TYPE (BoardCommand, board_command, BOARD, COMMAND, GObject)
#define BOARD_TYPE_COMMAND (board_command_get_type ())

/* subject: the id of the bed or unit, or the code, where it is shown as pending (NULL: nowhere), as it
 * is at those that its params name as bed, unit and referral. title: what has happened once it is
 * done: "Room 7 is now free". Signal "changed" (). */
BoardCommand *
board_command_new (const char *method, const char *subject, const char *title);

/* Members of params. A NULL value sets nothing. */
void
board_command_set (BoardCommand *command, const char *name, const char *value);
void
board_command_set_int (BoardCommand *command, const char *name, gint64 value);
void
board_command_set_time (BoardCommand *command, const char *name, gint64 time_us);
void
board_command_set_object (BoardCommand *command, const char *name, JsonObject *value); /* takes it */

BoardCommandState
board_command_get_state (BoardCommand *command);
const char *
board_command_peek_method (BoardCommand *command);
const char *
board_command_peek_subject (BoardCommand *command);
const char *
board_command_peek_title (BoardCommand *command);
gint64
board_command_get_made_us (BoardCommand *command); /* monotonic, when it was given to be sent */
/* Refused: why, in words that say what to do next; else "". */
const char *
board_command_peek_words (BoardCommand *command);
BedError
board_command_get_reason (BoardCommand *command); /* of a refused one */
/* Refused: the member of params that is to blame, as the register names it; "" none. */
const char *
board_command_peek_member (BoardCommand *command);
/* Refused, and the register has said when asking again can help: then, monotonic; else 0. */
gint64
board_command_get_retry_at_us (BoardCommand *command);
/* Refused, and another bed is offered instead: {bed, unit, metres, …}; else NULL. Borrowed. */
JsonObject *
board_command_peek_next (BoardCommand *command);
/* Done: the answer's result; else NULL. Borrowed. */
JsonObject *
board_command_peek_result (BoardCommand *command);

/* A refusal in words that say what to do next. Static. */
const char *
board_refusal_words (BedError reason);

G_DECLARE_FINAL_TYPE (BoardCommands, board_commands, BOARD, COMMANDS, GObject)
#define BOARD_TYPE_COMMANDS (board_commands_get_type ())

/* source is copied; what it borrows must outlive this. queues: commands made while the line is down
 * wait for it, else they are refused; only what may have been done waits for it a minute there, too. Signals: "changed" (): a command has another state; "told"
 * (BoardCommand *): one is done (PENDING or SHOWN for the first time) or REFUSED. */
BoardCommands *
board_commands_new (const BoardSource *source, BoardMakeKey make_key, gpointer key_data, gboolean queues);

/* When this bed was confirmed last, as the board shows it, in server time, and how it is called; 0: not
 * known. What waited for the line is measured by it. */
typedef gint64 (*BoardWitness) (const char *bed, const char **label, gpointer user_data);
void
board_commands_set_witness (BoardCommands *commands, BoardWitness witness, gpointer user_data); /* NULL: none */

/* Sends it, or queues it. A reference is kept until it is shown and can no longer be undone, or is
 * refused. A refused one may be sent again: with its key if it may have been done. */
void
board_commands_send (BoardCommands *commands, BoardCommand *command);
/* On a wallboard: on behalf of a person. The PIN goes into one message and is forgotten, so such a
 * command is never queued. */
void
board_commands_send_as (BoardCommands *commands, BoardCommand *command, const char *user, const char *pin);

/* Sends what is queued if the line is there, and forgets what is old. Once a second, and whenever
 * the line changes. */
void
board_commands_beat (BoardCommands *commands);
/* The model has reached this revision; if it is an older one, the register was brought back, and nothing
 * is waited for any more. */
void
board_commands_see (BoardCommands *commands, guint64 revision);

/* The newest one about this bed, unit or person that is not shown yet, or NULL. Borrowed. */
BoardCommand *
board_commands_find (BoardCommands *commands, const char *subject);
guint
board_commands_count_queued (BoardCommands *commands);
/* Those and what is on its way: nothing has been answered yet. */
guint
board_commands_count_open (BoardCommands *commands);

/* The newest one that can be taken back now, about subject (NULL: about anything), or NULL: what a
 * later one of here is about, too, is built on. Borrowed. */
BoardCommand *
board_commands_find_undoable (BoardCommands *commands, const char *subject);
/* Takes it back; one that was never sent is only taken out of the queue. Returns the command that
 * does: transfer full. */
BoardCommand *
board_commands_undo (BoardCommands *commands, BoardCommand *command);
/* On a wallboard: on behalf of the person whose command it was. */
BoardCommand *
board_commands_undo_as (BoardCommands *commands, BoardCommand *command, const char *user, const char *pin);
