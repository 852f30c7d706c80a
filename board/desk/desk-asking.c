/* desk-asking.c: one popover at a time, and the command that its answer makes.
 *
 * Owns the popover, which has the anchor as its parent until the next one or the end. The question is
 * about who is chosen when it is asked; if somebody else is chosen by the answer, nothing is sent.
 * Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-asking.h"

#include "../board-i18n.h"
#include "../board-reasons.h"
#include "common/bed-code.h"
#include "common/bed-time.h"
#include "desk-asks.h"
#include "desk-parts.h"

struct _DeskAsking
{
  GObject parent_instance;

  /* owned */
  DeskState *state;
  GtkWidget *popover;

  /* borrowed */
  GtkWidget *anchor; /* NULL: it is gone */
  GtkWidget *entry;  /* the popover's */
  GtkWidget *choice; /* the popover's */
  GtkWidget *fault;  /* the popover's */

  char code[BED_CODE_SIZE]; /* whom it is about */
  DeskAct act;
  guint by; /* BedCanceller, once it is known */
};

G_DEFINE_FINAL_TYPE (DeskAsking, desk_asking, G_TYPE_OBJECT)

/* Acts that need nothing or one reason. */
static const struct
{
  const char *method;
  const char *title;    /* once it is done */
  const char *question; /* NULL: none */
  const char *member;
  const BedWords *words;
  guint least;
} simple[DESK_N_ACTS] = {
  [DESK_ACT_RESPONDED] = { "referral.responded", N_ ("first contact recorded"), NULL, NULL, NULL, 0 },
  [DESK_ACT_AGREED] = { "referral.amend", N_ ("has agreed"), NULL, "agreed", NULL, 0 },
  [DESK_ACT_RELEASE] = { "hold.release", N_ ("hold released"), NULL, NULL, NULL, 0 },
  [DESK_ACT_DEPART] = { "placement.depart", N_ ("has departed"), NULL, NULL, NULL, 0 },
  [DESK_ACT_EXTEND] = { "hold.extend", N_ ("hold extended"), N_ ("Why is more time needed?"), "reason", &bed_hold_reason_words, 0 },
  [DESK_ACT_REDIRECT] = { "referral.redirect", N_ ("redirected"), N_ ("Redirect to"), "to", &bed_redirect_words, 0 },
  [DESK_ACT_PAUSE] = { "referral.pause", N_ ("paused"), N_ ("Why does it pause?"), "reason", &bed_pause_words, 0 },
  [DESK_ACT_WITHDRAW] = { "referral.withdraw", N_ ("withdrawn"), N_ ("Why is it withdrawn?"), "reason", &bed_withdrawal_words, 0 },
};

static void
close_popover (DeskAsking *asking)
{
  asking->entry = asking->choice = asking->fault = NULL;
  g_clear_pointer (&asking->popover, gtk_widget_unparent);
}

static gboolean
is_still_chosen (DeskAsking *asking)
{
  return g_str_equal (asking->code, desk_state_peek_chosen (asking->state));
}

static void
open_popover (DeskAsking *asking, GtkWidget *popover)
{
  close_popover (asking);
  asking->popover = popover;
  gtk_widget_set_parent (popover, asking->anchor);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
send_simple (DeskAsking *asking, const char *word)
{
  g_autoptr (BoardCommand) command
      = desk_ask_person (asking->state, simple[asking->act].method, _ (simple[asking->act].title),
                         word != NULL ? simple[asking->act].member : NULL, word);
}

static void
on_reason (BoardReasons *reasons, guint value, gpointer user_data)
{
  DeskAsking *asking = user_data;

  if (is_still_chosen (asking))
    send_simple (asking, bed_words_print (simple[asking->act].words, value));
}

static void
ask_reason (DeskAsking *asking)
{
  GtkWidget *reasons = board_reasons_new (_ (simple[asking->act].question), simple[asking->act].words,
                                          simple[asking->act].least);

  if (asking->act == DESK_ACT_WITHDRAW)
    board_reasons_leave_out (BOARD_REASONS (reasons), BED_WITHDRAWAL_DIED); /* an act of its own */
  g_signal_connect_object (reasons, "chosen", G_CALLBACK (on_reason), asking, 0);
  open_popover (asking, reasons);
}

/* --- cancelling: by whom, then why --- */

static void
on_cancel_reason (BoardReasons *reasons, guint value, gpointer user_data)
{
  DeskAsking *asking = user_data;
  g_autoptr (BoardCommand) command = NULL;

  if (is_still_chosen (asking))
    command = desk_ask_cancel (asking->state, (BedCanceller)asking->by, (BedCancellation)value);
}

static gboolean
ask_cancel_reason (gpointer user_data)
{
  DeskAsking *asking = user_data;
  GtkWidget *reasons;

  if (asking->anchor == NULL)
    return G_SOURCE_REMOVE;
  reasons = board_reasons_new (_ ("Why is it cancelled?"), &bed_cancellation_words, 0);
  g_signal_connect_object (reasons, "chosen", G_CALLBACK (on_cancel_reason), asking, 0);
  open_popover (asking, reasons);
  return G_SOURCE_REMOVE;
}

static void
on_canceller (BoardReasons *reasons, guint value, gpointer user_data)
{
  DeskAsking *asking = user_data;

  asking->by = value;
  /* the first popover is in the middle of its signal */
  g_idle_add_full (G_PRIORITY_DEFAULT, ask_cancel_reason, g_object_ref (asking), g_object_unref);
}

static void
ask_canceller (DeskAsking *asking)
{
  GtkWidget *reasons = board_reasons_new (_ ("Who cancels?"), &bed_canceller_words, 0);

  board_reasons_leave_out (BOARD_REASONS (reasons), BED_CANCELLER_UNIT);
  g_signal_connect_object (reasons, "chosen", G_CALLBACK (on_canceller), asking, 0);
  open_popover (asking, reasons);
}

/* --- a panel with an entry --- */

static GtkWidget *
open_panel (DeskAsking *asking, const char *title, const char *button, GCallback answer)
{
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_VERTICAL, 10, "asking");
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *yes = desk_button_new_plain (button);
  GtkWidget *fault = desk_label_new ("", "is-closed-text");
  GtkWidget *heading = desk_label_new (title, "item");

  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (heading), 40);
  gtk_widget_add_css_class (popover, "reasons");
  gtk_widget_add_css_class (yes, "primary");
  g_signal_connect_object (yes, "clicked", answer, asking, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), fault);
  gtk_box_append (GTK_BOX (box), yes);
  gtk_widget_set_visible (fault, FALSE);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_default_widget (GTK_POPOVER (popover), yes);
  open_popover (asking, popover);
  asking->fault = fault;
  return heading;
}

static void
add_to_panel (DeskAsking *asking, GtkWidget *widget, const char *name)
{
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (asking->fault)), widget,
                              gtk_widget_get_prev_sibling (asking->fault));
  desk_name (widget, name);
}

static void
say_fault (DeskAsking *asking, const char *words)
{
  desk_label_say (asking->fault, words);
  gtk_widget_set_visible (asking->fault, TRUE);
}

static void
on_died (DeskAsking *asking)
{
  g_autoptr (BoardCommand) command = NULL;

  if (is_still_chosen (asking))
    command = desk_ask_person (asking->state, "referral.died", _ ("death recorded"), NULL, NULL);
  close_popover (asking);
}

static void
ask_died (DeskAsking *asking)
{
  g_autofree char *title = g_strdup_printf (_ ("Record that %s has died? A hold is released without a word to anybody."), asking->code);

  open_panel (asking, title, _ ("_Record the death"), G_CALLBACK (on_died));
}

static void
on_link (DeskAsking *asking)
{
  g_autoptr (BoardCommand) command = NULL;
  char with[BED_CODE_SIZE];

  if (!bed_code_parse (gtk_editable_get_text (GTK_EDITABLE (asking->entry)), with))
    {
      say_fault (asking, _ ("That is no referral code: one sign is wrong or missing."));
      return;
    }
  if (is_still_chosen (asking))
    command = desk_ask_person (asking->state, "referral.link", _ ("linked as a couple"), "with", with);
  close_popover (asking);
}

static void
ask_link (DeskAsking *asking)
{
  open_panel (asking, _ ("Found and held together, or not at all. The other one's code:"), _ ("_Link"), G_CALLBACK (on_link));
  asking->entry = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (asking->entry), TRUE);
  gtk_widget_add_css_class (asking->entry, "code");
  add_to_panel (asking, asking->entry, _ ("The other one's code"));
  gtk_widget_grab_focus (asking->entry);
}

/* A time of day is the next one: what lies behind is tomorrow's. */
static gboolean
parse_time (DeskAsking *asking, gint64 *at_us)
{
  BoardMoment moment;
  guint16 minute;

  board_context_get_moment (desk_state_get_context (asking->state), &moment);
  if (!bed_time_parse_minute (gtk_editable_get_text (GTK_EDITABLE (asking->entry)), &minute) || minute >= 24 * 60)
    return FALSE;
  *at_us = bed_time_find_next_local (moment.now_us, minute / 60, minute % 60);
  return TRUE;
}

static void
on_expect (DeskAsking *asking)
{
  guint transport = BED_TRANSPORT_BOOKED + gtk_drop_down_get_selected (GTK_DROP_DOWN (asking->choice));
  g_autoptr (BoardCommand) command = NULL;
  gint64 at_us;

  if (!parse_time (asking, &at_us))
    {
      say_fault (asking, _ ("Write the time as 14:30."));
      return;
    }
  if (is_still_chosen (asking))
    command = desk_ask_expect (asking->state, at_us, (BedTransport)transport);
  close_popover (asking);
}

static void
ask_expect (DeskAsking *asking)
{
  const char *const choices[] = { _ ("Transport is booked"), _ ("Transport is late"), _ ("Transport is cancelled"), NULL };

  open_panel (asking, _ ("When will the person arrive?"), _ ("_Set"), G_CALLBACK (on_expect));
  asking->choice = gtk_drop_down_new_from_strings (choices);
  add_to_panel (asking, asking->choice, _ ("Transport"));
  asking->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (asking->entry), "14:30");
  gtk_entry_set_activates_default (GTK_ENTRY (asking->entry), TRUE);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (asking->fault)), asking->entry,
                              gtk_widget_get_first_child (gtk_widget_get_parent (asking->fault)));
  desk_name (asking->entry, _ ("Time of arrival"));
  gtk_widget_grab_focus (asking->entry);
}

/* --- */

static gboolean
is_open (DeskAsking *asking, DeskAct act)
{
  const BoardReferral *referral = desk_state_find_chosen (asking->state);
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (asking->state), &moment);
  return referral != NULL && desk_act_is_open (act, moment.session.role, referral);
}

static void
resume (DeskAsking *asking)
{
  g_autoptr (BoardCommand) command = desk_ask_person (asking->state, "referral.resume", _ ("resumed"), NULL, NULL);
}

void
desk_asking_begin (DeskAsking *asking, DeskAct act)
{
  if (!is_open (asking, act))
    return;
  asking->act = act;
  g_strlcpy (asking->code, desk_state_peek_chosen (asking->state), sizeof asking->code);
  switch (act)
    {
    case DESK_ACT_RESPONDED:
    case DESK_ACT_RELEASE:
    case DESK_ACT_DEPART:
      send_simple (asking, NULL);
      break;
    case DESK_ACT_AGREED:
      send_simple (asking, bed_words_print (&bed_agreed_words, BED_AGREED_YES));
      break;
    case DESK_ACT_EXTEND:
    case DESK_ACT_REDIRECT:
    case DESK_ACT_PAUSE:
    case DESK_ACT_WITHDRAW:
      ask_reason (asking);
      break;
    case DESK_ACT_RESUME:
      resume (asking);
      break;
    case DESK_ACT_CANCEL:
      ask_canceller (asking);
      break;
    case DESK_ACT_LINK:
      ask_link (asking);
      break;
    case DESK_ACT_EXPECT:
      ask_expect (asking);
      break;
    case DESK_ACT_DIED:
      ask_died (asking);
      break;
    case DESK_ACT_TRIAGE:
    case DESK_ACT_EDIT:
    case DESK_ACT_RESERVE:
    case DESK_N_ACTS:
      break;
    }
}

void
desk_asking_drop (DeskAsking *asking)
{
  close_popover (asking);
  asking->anchor = NULL;
}

DeskAsking *
desk_asking_new (DeskState *state, GtkWidget *anchor)
{
  DeskAsking *asking = g_object_new (DESK_TYPE_ASKING, NULL);

  asking->state = g_object_ref (state);
  asking->anchor = anchor;
  return asking;
}

static void
desk_asking_dispose (GObject *object)
{
  close_popover (DESK_ASKING (object));
  g_clear_object (&DESK_ASKING (object)->state);
  G_OBJECT_CLASS (desk_asking_parent_class)->dispose (object);
}

static void
desk_asking_class_init (DeskAskingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_asking_dispose;
}

static void
desk_asking_init (DeskAsking *asking)
{
}
