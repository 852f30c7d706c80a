/* desk-asks.c: what the desk asks of the register, as commands with titles in words.
 *
 * Owns nothing; the queue of commands keeps what is sent. Nothing can fail here: the register
 * answers, and the toast says it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-asks.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "desk-words.h"

static BoardCommand *
send (DeskState *state, BoardCommand *command)
{
  board_commands_send (board_context_get_commands (desk_state_get_context (state)), command);
  return command;
}

static BoardCommand *
make (DeskState *state, const char *method, const char *title)
{
  const char *code = desk_state_peek_chosen (state);
  BoardCommand *command = board_command_new (method, code, title);

  board_command_set (command, "referral", code);
  return command;
}

static BedRole
get_role (DeskState *state)
{
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (state), &moment);
  return moment.session.role;
}

gboolean
desk_ask_needs_override (DeskState *state, const char *bed)
{
  const GPtrArray *queue = board_model_peek_queue (board_context_get_model (desk_state_get_context (state)));
  BedRole role = get_role (state);

  if (role != BED_ROLE_COORDINATOR && role != BED_ROLE_CLINICIAN)
    return FALSE;
  for (guint i = 0; i < queue->len; i++)
    {
      const BoardReferral *other = g_ptr_array_index (queue, i);

      if (other->state == BED_STATE_WAITING && g_str_equal (other->offer_bed, bed)
          && !g_str_equal (other->code, desk_state_peek_chosen (state)))
        return TRUE;
    }
  return FALSE;
}

BoardCommand *
desk_ask_reserve (DeskState *state, const char *bed_id, int override)
{
  BoardModel *model = board_context_get_model (desk_state_get_context (state));
  const BoardBed *bed = board_model_find_bed (model, bed_id);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  BedRole role = get_role (state);
  gboolean places = role == BED_ROLE_COORDINATOR || role == BED_ROLE_CLINICIAN;
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;
  BoardCommand *command;

  if (desk_state_find_chosen (state) == NULL || unit == NULL)
    return NULL;
  label = desk_words_bed (bed);
  /* TRANSLATORS: unit, bed, code */
  title = g_strdup_printf (_ ("%s, %s is reserved for %s"), unit->name, label, desk_state_peek_chosen (state));
  command = make (state, places ? "placement.place" : "hold.take", title);
  board_command_set (command, "bed", bed_id);
  if (override >= 0)
    board_command_set (command, "override", bed_words_print (&bed_override_words, (guint)override));
  return send (state, command);
}

BoardCommand *
desk_ask_person (DeskState *state, const char *method, const char *title, const char *member, const char *word)
{
  /* TRANSLATORS: code, and what has happened */
  g_autofree char *words = g_strdup_printf (_ ("%s: %s"), desk_state_peek_chosen (state), title);
  BoardCommand *command = make (state, method, words);

  if (member != NULL)
    board_command_set (command, member, word);
  return send (state, command);
}

BoardCommand *
desk_ask_cancel (DeskState *state, BedCanceller by, BedCancellation reason)
{
  g_autofree char *title = g_strdup_printf (_ ("%s: placement cancelled"), desk_state_peek_chosen (state));
  BoardCommand *command = make (state, "placement.cancel", title);

  board_command_set (command, "by", bed_words_print (&bed_canceller_words, by));
  board_command_set (command, "reason", bed_words_print (&bed_cancellation_words, reason));
  return send (state, command);
}

BoardCommand *
desk_ask_expect (DeskState *state, gint64 at_us, BedTransport transport)
{
  g_autofree char *title = g_strdup_printf (_ ("%s: expected time is set"), desk_state_peek_chosen (state));
  BoardCommand *command = make (state, "placement.expect", title);

  board_command_set_time (command, "at", at_us);
  board_command_set (command, "transport", bed_words_print (&bed_transport_words, transport));
  return send (state, command);
}

BoardCommand *
desk_ask_triage (DeskState *state, BedPathway pathway, BedLane lane, BedHomeFirst home_first)
{
  g_autofree char *title = g_strdup_printf (_ ("%s is triaged"), desk_state_peek_chosen (state));
  BoardCommand *command = make (state, "referral.triage", title);

  board_command_set (command, "pathway", bed_words_print (&bed_pathway_words, pathway));
  board_command_set (command, "lane", bed_words_print (&bed_lane_words, lane));
  if (home_first != BED_HOME_FIRST_NONE)
    board_command_set (command, "home_first", bed_words_print (&bed_home_first_words, home_first));
  return send (state, command);
}
