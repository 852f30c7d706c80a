/* wall-placing.c: the state machine behind number, Enter, PIN, and behind U.
 *
 * Owns the choice and the command that is under way or was refused last: sent again for the same
 * choice it keeps its key if it may have been done, so that asking again cannot do it twice. Each
 * refusal of the contract has its words; after a lock-out only Esc leads on
 * until the time that the register gave is over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-placing.h"

#include "../board-i18n.h"
#include "../board-rows.h"

#include <string.h>

struct _WallPlacing
{
  GObject parent_instance;

  /* owned */
  BoardContext *context;
  BoardCommand *command; /* sent or refused last, or NULL */
  BoardCommand *undone;  /* what U takes back, or NULL */

  WallPlacingState state;
  WallChoice choice;
  WallChoice last; /* placed last from here: what U is about */
  WallChoice next; /* bed "": there is none */
  char user[BED_ID_SIZE];
  char words[128]; /* of a lock-out that counts down */
  gboolean is_undo;
};

G_DEFINE_FINAL_TYPE (WallPlacing, wall_placing, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_state (WallPlacing *placing, WallPlacingState state)
{
  placing->state = state;
  g_signal_emit (placing, signals[CHANGED], 0);
}

static BoardCommands *
get_commands (WallPlacing *placing)
{
  return board_context_get_commands (placing->context);
}

/* --- what became of it --- */

static void
read_next (WallPlacing *placing)
{
  JsonObject *next = board_command_peek_next (placing->command);

  memset (&placing->next, 0, sizeof placing->next);
  if (next == NULL)
    return;
  g_strlcpy (placing->next.bed, board_rows_get_string (next, "bed"), sizeof placing->next.bed);
  g_strlcpy (placing->next.unit, board_rows_get_string (next, "unit"), sizeof placing->next.unit);
  placing->next.metres = (guint)CLAMP (board_rows_get_int (next, "metres"), 0, G_MAXINT);
  memcpy (placing->next.referral, placing->choice.referral, sizeof placing->next.referral);
}

static void
on_command_changed (BoardCommand *command, gpointer user_data)
{
  WallPlacing *placing = user_data;

  if (placing->state != WALL_PLACING_SENT || command != placing->command)
    return;
  switch (board_command_get_state (command))
    {
    case BOARD_COMMAND_NEW:
    case BOARD_COMMAND_QUEUED:
    case BOARD_COMMAND_SENT:
      break;
    case BOARD_COMMAND_PENDING:
    case BOARD_COMMAND_SHOWN:
      if (!placing->is_undo)
        placing->last = placing->choice;
      set_state (placing, WALL_PLACING_IDLE);
      break;
    case BOARD_COMMAND_REFUSED:
      read_next (placing);
      set_state (placing, board_command_get_reason (command) == BED_ERROR_BAD_PIN
                              ? WALL_PLACING_ASKING
                              : WALL_PLACING_REFUSED);
      break;
    }
}

static void
on_commands_changed (BoardCommands *commands, gpointer user_data)
{
  g_signal_emit (user_data, signals[CHANGED], 0);
}

static void
forget_command (WallPlacing *placing)
{
  if (placing->command != NULL)
    g_signal_handlers_disconnect_by_data (placing->command, placing);
  g_clear_object (&placing->command);
}

static void
take_command (WallPlacing *placing, BoardCommand *command)
{
  forget_command (placing);
  placing->command = command;
  g_signal_connect (command, "changed", G_CALLBACK (on_command_changed), placing);
}

/* --- what is shown --- */

WallPlacingState
wall_placing_get_state (WallPlacing *placing)
{
  return placing->state;
}

gboolean
wall_placing_is_undo (WallPlacing *placing)
{
  return placing->is_undo && placing->state != WALL_PLACING_IDLE;
}

const WallChoice *
wall_placing_peek_choice (WallPlacing *placing)
{
  return &placing->choice;
}

const WallChoice *
wall_placing_peek_next (WallPlacing *placing)
{
  return placing->state == WALL_PLACING_REFUSED && placing->next.bed[0] != 0 ? &placing->next
                                                                             : NULL;
}

/* Seconds until the user of the last command may try again; 0: the register has not said, or now. */
static guint
get_locked_s (WallPlacing *placing)
{
  gint64 retry_at_us = placing->command != NULL ? board_command_get_retry_at_us (placing->command) : 0;
  BoardMoment moment;

  board_context_get_moment (placing->context, &moment);
  return retry_at_us > moment.monotonic_us
             ? (guint)((retry_at_us - moment.monotonic_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC)
             : 0;
}

static gboolean
is_lockout_over (WallPlacing *placing)
{
  return board_command_get_retry_at_us (placing->command) != 0 && get_locked_s (placing) == 0;
}

static const char *
print_lockout (WallPlacing *placing)
{
  guint left_s = get_locked_s (placing);
  guint minutes = (left_s + 59) / 60;

  if (left_s == 0)
    g_strlcpy (placing->words, _ ("You may try your PIN again"), sizeof placing->words);
  else if (left_s < 60)
    g_snprintf (placing->words, sizeof placing->words,
                ngettext ("Too many wrong PINs: wait %u second", "Too many wrong PINs: wait %u seconds", left_s), left_s);
  else
    g_snprintf (placing->words, sizeof placing->words,
                ngettext ("Too many wrong PINs: wait %u minute", "Too many wrong PINs: wait %u minutes", minutes), minutes);
  return placing->words;
}

gboolean
wall_placing_leads_on (WallPlacing *placing)
{
  BedError reason;

  if (placing->state != WALL_PLACING_REFUSED)
    return FALSE;
  reason = board_command_get_reason (placing->command);
  return wall_placing_peek_next (placing) != NULL || reason == BED_ERROR_UNCERTAIN
         || (reason == BED_ERROR_LOCKED_OUT && is_lockout_over (placing));
}

const char *
wall_placing_peek_words (WallPlacing *placing)
{
  gboolean tells = placing->state == WALL_PLACING_REFUSED || placing->state == WALL_PLACING_ASKING;

  if (tells && placing->command != NULL && board_command_get_retry_at_us (placing->command) != 0)
    return print_lockout (placing);
  return tells && placing->command != NULL ? board_command_peek_words (placing->command) : "";
}

const char *
wall_placing_peek_user (WallPlacing *placing)
{
  return placing->user;
}

gboolean
wall_placing_is_pending (WallPlacing *placing, const char *referral)
{
  return board_commands_find (get_commands (placing), referral) != NULL;
}

guint
wall_placing_get_undo_left_s (WallPlacing *placing)
{
  BoardCommand *command = board_commands_find_undoable (get_commands (placing), NULL);
  BoardMoment moment;
  gint64 left_us;

  if (command == NULL)
    return 0;
  board_context_get_moment (placing->context, &moment);
  left_us = board_command_get_made_us (command) + BOARD_UNDO_US - moment.monotonic_us;
  return (guint)CLAMP ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0, 60);
}

/* --- what was pressed --- */

void
wall_placing_pick (WallPlacing *placing, const WallChoice *choice)
{
  g_return_if_fail (WALL_IS_PLACING (placing) && choice != NULL);
  if (placing->state == WALL_PLACING_SENT || placing->state == WALL_PLACING_ASKING
      || wall_placing_is_pending (placing, choice->referral))
    return;
  /* another person or bed is another command */
  if (placing->is_undo || strcmp (placing->choice.referral, choice->referral) != 0
      || strcmp (placing->choice.bed, choice->bed) != 0)
    forget_command (placing);
  placing->is_undo = FALSE;
  placing->choice = *choice;
  memset (&placing->next, 0, sizeof placing->next);
  set_state (placing, WALL_PLACING_PICKED);
}

gboolean
wall_placing_take_back (WallPlacing *placing)
{
  BoardCommand *command = board_commands_find_undoable (get_commands (placing), NULL);

  if (placing->state != WALL_PLACING_IDLE || command == NULL)
    return FALSE;
  forget_command (placing);
  g_set_object (&placing->undone, command);
  placing->is_undo = TRUE;
  placing->choice = placing->last;
  memset (&placing->next, 0, sizeof placing->next);
  set_state (placing, WALL_PLACING_ASKING);
  return TRUE;
}

/* Refused: on to the next bed, once more, or back. */
static void
confirm_refused (WallPlacing *placing)
{
  BedError reason = board_command_get_reason (placing->command);

  if (reason == BED_ERROR_LOCKED_OUT && !is_lockout_over (placing))
    return;
  if (placing->next.bed[0] != 0)
    {
      placing->choice = placing->next;
      memset (&placing->next, 0, sizeof placing->next);
      forget_command (placing);
      set_state (placing, WALL_PLACING_ASKING);
    }
  else if (reason == BED_ERROR_UNCERTAIN || reason == BED_ERROR_LOCKED_OUT)
    set_state (placing, WALL_PLACING_ASKING);
  else
    wall_placing_cancel (placing);
}

void
wall_placing_confirm (WallPlacing *placing)
{
  g_return_if_fail (WALL_IS_PLACING (placing));
  switch (placing->state)
    {
    case WALL_PLACING_PICKED:
      set_state (placing, WALL_PLACING_ASKING);
      break;
    case WALL_PLACING_REFUSED:
      confirm_refused (placing);
      break;
    case WALL_PLACING_IDLE:
    case WALL_PLACING_ASKING:
    case WALL_PLACING_SENT:
      break;
    }
}

void
wall_placing_cancel (WallPlacing *placing)
{
  g_return_if_fail (WALL_IS_PLACING (placing));
  if (placing->state == WALL_PLACING_IDLE || placing->state == WALL_PLACING_SENT)
    return;
  set_state (placing, WALL_PLACING_IDLE);
}

static BoardCommand *
make_command (WallPlacing *placing)
{
  g_autofree char *title = g_strdup_printf (_ ("%s placed"), placing->choice.referral);
  BoardCommand *command = board_command_new ("placement.place", placing->choice.referral, title);

  board_command_set (command, "referral", placing->choice.referral);
  board_command_set (command, "bed", placing->choice.bed);
  return command;
}

void
wall_placing_submit (WallPlacing *placing, const char *user, const char *pin)
{
  g_return_if_fail (WALL_IS_PLACING (placing) && user != NULL && pin != NULL);
  if (placing->state != WALL_PLACING_ASKING)
    return;
  g_strlcpy (placing->user, user, sizeof placing->user);
  placing->state = WALL_PLACING_SENT;
  if (placing->command != NULL)
    board_commands_send_as (get_commands (placing), placing->command, user, pin);
  else if (placing->is_undo)
    take_command (placing,
                  board_commands_undo_as (get_commands (placing), placing->undone, user, pin));
  else
    {
      take_command (placing, make_command (placing));
      board_commands_send_as (get_commands (placing), placing->command, user, pin);
    }
  /* it may have been answered at once */
  on_command_changed (placing->command, placing);
  g_signal_emit (placing, signals[CHANGED], 0);
}

/* --- the object --- */

WallPlacing *
wall_placing_new (BoardContext *context)
{
  WallPlacing *placing = g_object_new (WALL_TYPE_PLACING, NULL);

  placing->context = g_object_ref (context);
  g_signal_connect_object (get_commands (placing), "changed", G_CALLBACK (on_commands_changed),
                           placing, 0);
  return placing;
}

static void
wall_placing_dispose (GObject *object)
{
  WallPlacing *placing = WALL_PLACING (object);

  forget_command (placing);
  g_clear_object (&placing->undone);
  g_clear_object (&placing->context);
  G_OBJECT_CLASS (wall_placing_parent_class)->dispose (object);
}

static void
wall_placing_class_init (WallPlacingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wall_placing_dispose;
  signals[CHANGED] = g_signal_new ("changed", WALL_TYPE_PLACING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
wall_placing_init (WallPlacing *placing)
{
}
