/* ward-flow.c: asks one question after the other in popovers, then makes and sends the command.
 *
 * Owns the answers so far and the popover that is open. The case is looked up anew for each step:
 * what has become impossible meanwhile is not sent. Nothing can fail here; refusals are the
 * register's, and the toast tells them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-flow.h"

#include "../board-i18n.h"
#include "../board-reasons.h"
#include "ward-choices.h"

struct _WardFlow
{
  GObject parent_instance;

  /* owned */
  BoardContext *context;
  char *bed;  /* "": about the unit */
  char *unit;
  char *code; /* who was read back, or "": the answer is about nobody else */
  char *answers[WARD_QUESTIONS_MAX];

  /* borrowed */
  GtkWidget *home;
  GtkWidget *anchor;  /* weak */
  GtkWidget *popover; /* home's child, or NULL */

  WardAct act;
  guint question;
};

G_DEFINE_FINAL_TYPE (WardFlow, ward_flow, G_TYPE_OBJECT)

BoardModel *
ward_flow_peek_model (WardFlow *flow)
{
  return board_context_get_model (flow->context);
}

gboolean
ward_flow_get_unit_case (WardFlow *flow, const char *unit, WardCase *cause)
{
  BoardMoment moment;

  *cause = (WardCase){ 0 };
  cause->unit = board_model_find_unit (board_context_get_model (flow->context), unit);
  board_context_get_moment (flow->context, &moment);
  cause->now_us = moment.now_us;
  cause->role = moment.session.role;
  return cause->unit != NULL;
}

gboolean
ward_flow_get_case (WardFlow *flow, const char *bed, WardCase *cause)
{
  BoardModel *model = board_context_get_model (flow->context);
  const BoardBed *found = board_model_find_bed (model, bed);

  if (found == NULL || !ward_flow_get_unit_case (flow, found->unit, cause))
    return FALSE;
  cause->bed = found;
  cause->person = found->referral[0] != 0 ? board_model_find_referral (model, found->referral) : NULL;
  return TRUE;
}

gint64
ward_flow_get_monotonic_us (WardFlow *flow)
{
  BoardMoment moment;

  board_context_get_moment (flow->context, &moment);
  return moment.monotonic_us;
}

BoardCommand *
ward_flow_find_open (WardFlow *flow, const char *subject)
{
  return board_commands_find (board_context_get_commands (flow->context), subject);
}

gboolean
ward_flow_can_undo (WardFlow *flow, const char *bed)
{
  return board_commands_find_undoable (board_context_get_commands (flow->context), bed) != NULL;
}

void
ward_flow_undo (WardFlow *flow, const char *bed)
{
  BoardCommands *commands = board_context_get_commands (flow->context);
  BoardCommand *command = board_commands_find_undoable (commands, bed);
  g_autoptr (BoardCommand) undo = command != NULL ? board_commands_undo (commands, command) : NULL;
}

gboolean
ward_flow_is_waiting (WardFlow *flow, const char *subject)
{
  BoardCommand *command = ward_flow_find_open (flow, subject);

  return command != NULL && board_command_get_state (command) == BOARD_COMMAND_QUEUED
         && board_commands_find_undoable (board_context_get_commands (flow->context), subject) == command;
}

gboolean
ward_flow_take_out (WardFlow *flow, const char *subject)
{
  gboolean is_waiting = ward_flow_is_waiting (flow, subject);

  if (is_waiting)
    ward_flow_undo (flow, subject);
  return is_waiting;
}

/* --- the questions --- */

static void
forget_answers (WardFlow *flow)
{
  for (guint i = 0; i < WARD_QUESTIONS_MAX; i++)
    g_clear_pointer (&flow->answers[i], g_free);
}

static gboolean
on_unparent (gpointer user_data)
{
  gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

/* The popover tells this before its answer: it goes when that has been heard. */
static void
on_closed (GtkWidget *popover, WardFlow *flow)
{
  if (flow->popover != popover)
    return;
  flow->popover = NULL;
  /* back to where it was asked: a card has one stop inside */
  if (flow->anchor != NULL && !gtk_widget_grab_focus (flow->anchor))
    gtk_widget_child_focus (flow->anchor, GTK_DIR_TAB_FORWARD);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_unparent, g_object_ref (popover), g_object_unref);
}

static void
point_at_anchor (WardFlow *flow, GtkWidget *popover)
{
  graphene_rect_t bounds;

  if (flow->anchor == NULL || !gtk_widget_compute_bounds (flow->anchor, flow->home, &bounds))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                                                (int)bounds.size.height });
}

static void
open_popover (WardFlow *flow, GtkWidget *popover)
{
  flow->popover = popover;
  gtk_widget_set_parent (popover, flow->home);
  point_at_anchor (flow, popover);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), flow, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
go_on (WardFlow *flow);

static void
take_answer (WardFlow *flow, const char *value)
{
  g_free (flow->answers[flow->question]);
  flow->answers[flow->question++] = g_strdup (value);
  go_on (flow);
}

static void
on_reason (BoardReasons *reasons, guint value, WardFlow *flow)
{
  const WardQuestion *question = ward_plan_get_question (flow->act, flow->question);

  if (question != NULL && question->words != NULL)
    take_answer (flow, bed_words_print (question->words, value));
}

static void
on_picked (WardChoices *choices, const char *value, WardFlow *flow)
{
  take_answer (flow, value);
}

static void
ask (WardFlow *flow, const WardCase *cause, const WardQuestion *question)
{
  GtkWidget *popover = NULL;
  /* translators: a bed and what is asked or done about it: "Room 7: Close. Why?" */
  g_autofree char *title = g_strdup_printf (_ ("%s: %s"), cause->bed != NULL ? cause->bed->label : cause->unit->name,
                                            _ (question->title));
  g_autofree char *yes = NULL;

  switch (question->kind)
    {
    case WARD_ASKS_NOTHING:
      return;
    case WARD_ASKS_CODE:
      popover = board_reasons_new (title, question->words, question->first);
      g_signal_connect_object (popover, "chosen", G_CALLBACK (on_reason), flow, 0);
      break;
    case WARD_ASKS_CHOICE:
      popover = ward_choices_new (title, ward_plan_list_choices (cause, question));
      g_signal_connect_object (popover, "picked", G_CALLBACK (on_picked), flow, 0);
      break;
    case WARD_ASKS_READBACK:
      yes = g_strdup_printf (_ ("Yes, %s"), cause->person != NULL ? cause->person->code : "");
      popover = ward_choices_new_read_back (title, ward_plan_read_back (cause), yes);
      g_signal_connect_object (popover, "picked", G_CALLBACK (on_picked), flow, 0);
      break;
    }
  open_popover (flow, popover);
}

/* What it is about, as it is now; FALSE: gone, or about somebody else by now. */
static gboolean
find_case (WardFlow *flow, WardCase *cause)
{
  if (*flow->bed == 0)
    return ward_flow_get_unit_case (flow, flow->unit, cause);
  return ward_flow_get_case (flow, flow->bed, cause) && g_str_equal (cause->bed->referral, flow->code);
}

static void
go_on (WardFlow *flow)
{
  const WardQuestion *question = ward_plan_get_question (flow->act, flow->question);
  g_autoptr (BoardCommand) command = NULL;
  WardCase cause;

  if (!find_case (flow, &cause) || !ward_steps_allow (&cause, flow->act)
      || ward_flow_find_open (flow, *flow->bed != 0 ? flow->bed : flow->unit) != NULL)
    return;
  if (question != NULL)
    {
      ask (flow, &cause, question);
      return;
    }
  command = ward_plan_make_command (&cause, flow->act, (const char *const *)flow->answers);
  board_commands_send (board_context_get_commands (flow->context), command);
}

void
ward_flow_stop (WardFlow *flow)
{
  if (flow->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (flow->popover));
}

void
ward_flow_drop (WardFlow *flow)
{
  GtkWidget *popover = g_steal_pointer (&flow->popover);

  g_clear_weak_pointer (&flow->anchor);
  if (popover != NULL)
    gtk_widget_unparent (popover);
}

static void
begin (WardFlow *flow, WardAct act, const WardCase *cause, GtkWidget *anchor)
{
  const BoardBed *bed = cause->bed;

  g_free (flow->bed);
  flow->bed = g_strdup (bed != NULL ? bed->id : "");
  g_free (flow->unit);
  flow->unit = g_strdup (cause->unit->id);
  g_free (flow->code);
  flow->code = g_strdup (bed != NULL ? bed->referral : "");
  flow->act = act;
  flow->question = 0;
  g_set_weak_pointer (&flow->anchor, anchor);
  go_on (flow);
}

void
ward_flow_begin (WardFlow *flow, WardAct act, const char *bed, GtkWidget *anchor)
{
  WardCase cause;

  ward_flow_stop (flow);
  forget_answers (flow);
  if (ward_flow_get_case (flow, bed, &cause) && !ward_act_is_of_unit (act))
    begin (flow, act, &cause, anchor);
}

void
ward_flow_begin_unit (WardFlow *flow, WardAct act, const char *unit, GtkWidget *anchor)
{
  WardCase cause;

  ward_flow_stop (flow);
  forget_answers (flow);
  if (ward_flow_get_unit_case (flow, unit, &cause) && ward_act_is_of_unit (act))
    begin (flow, act, &cause, anchor);
}

void
ward_flow_confirm_all (WardFlow *flow, const char *unit)
{
  g_autoptr (BoardCommand) command = NULL;
  WardCase cause;

  if (!ward_flow_get_unit_case (flow, unit, &cause) || !ward_steps_allow (&cause, WARD_ACT_CONFIRM_ALL)
      || ward_flow_find_open (flow, unit) != NULL)
    return;
  command = ward_plan_make_command (&cause, WARD_ACT_CONFIRM_ALL, NULL);
  board_commands_send (board_context_get_commands (flow->context), command);
}

WardFlow *
ward_flow_new (GtkWidget *home, BoardContext *context)
{
  WardFlow *flow = g_object_new (WARD_TYPE_FLOW, NULL);

  flow->home = home;
  flow->context = g_object_ref (context);
  return flow;
}

static void
ward_flow_dispose (GObject *object)
{
  WardFlow *flow = WARD_FLOW (object);

  ward_flow_drop (flow);
  g_clear_object (&flow->context);
  g_clear_pointer (&flow->bed, g_free);
  g_clear_pointer (&flow->unit, g_free);
  g_clear_pointer (&flow->code, g_free);
  forget_answers (flow);
  G_OBJECT_CLASS (ward_flow_parent_class)->dispose (object);
}

static void
ward_flow_class_init (WardFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ward_flow_dispose;
}

static void
ward_flow_init (WardFlow *flow)
{
}
