/* desk-triage.c: three questions and a button. Home first is asked before a bed is.
 *
 * Owns its widgets and a reference to the desk's state. What was chosen stays until another person is
 * chosen. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-triage.h"

#include "../board-i18n.h"
#include "desk-acts.h"
#include "desk-asks.h"
#include "desk-form-parts.h"
#include "desk-parts.h"

struct _DeskTriage
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;

  /* widgets */
  GtkWidget *card;
  GtkWidget *send;
  DeskField pathway;
  DeskField lane;
  DeskField home_first;

  char shown[BED_CODE_SIZE];
  char opened[BED_CODE_SIZE]; /* who is triaged again */
};

G_DEFINE_FINAL_TYPE (DeskTriage, desk_triage, GTK_TYPE_WIDGET)

static void
refresh (DeskTriage *triage)
{
  BoardContext *context = desk_state_get_context (triage->state);
  const BoardReferral *referral = desk_state_find_chosen (triage->state);
  gboolean is_shown;
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  is_shown = referral != NULL && desk_act_is_open (DESK_ACT_TRIAGE, moment.session.role, referral)
             && (referral->state == BED_STATE_SUBMITTED || g_str_equal (triage->opened, referral->code));
  gtk_widget_set_visible (GTK_WIDGET (triage), is_shown);
  if (!is_shown)
    return;
  gtk_widget_set_sensitive (triage->send, moment.line == BOARD_LINE_LIVE
                                              && board_commands_find (board_context_get_commands (context), referral->code) == NULL);
  if (g_str_equal (triage->shown, referral->code))
    return;
  g_strlcpy (triage->shown, referral->code, sizeof triage->shown);
  desk_toggles_set (triage->pathway.choice, referral->pathway);
  desk_toggles_set (triage->lane.choice, referral->lane);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (triage->home_first.choice), referral->home_first);
  desk_field_blame (&triage->home_first, "");
}

void
desk_triage_open (DeskTriage *triage)
{
  g_strlcpy (triage->opened, desk_state_peek_chosen (triage->state), sizeof triage->opened);
  refresh (triage);
  gtk_widget_child_focus (triage->pathway.choice, GTK_DIR_TAB_FORWARD);
}

static void
on_send (DeskTriage *triage)
{
  BedPathway pathway = (BedPathway)MAX (desk_toggles_get (triage->pathway.choice), 0);
  BedLane lane = (BedLane)MAX (desk_toggles_get (triage->lane.choice), 0);
  BedHomeFirst why = (BedHomeFirst)gtk_drop_down_get_selected (GTK_DROP_DOWN (triage->home_first.choice));
  g_autoptr (BoardCommand) command = NULL;

  if (why == BED_HOME_FIRST_NONE && pathway != BED_PATHWAY_SIMPLE)
    {
      desk_field_blame (&triage->home_first, _ ("Answer this first: home comes before a bed"));
      gtk_widget_grab_focus (triage->home_first.choice);
      return;
    }
  desk_field_blame (&triage->home_first, "");
  triage->opened[0] = '\0';
  command = desk_ask_triage (triage->state, pathway, lane, pathway == BED_PATHWAY_SIMPLE ? BED_HOME_FIRST_NONE : why);
}

GtkWidget *
desk_triage_new (DeskState *state)
{
  DeskTriage *triage = g_object_new (DESK_TYPE_TRIAGE, NULL);
  BoardContext *context = desk_state_get_context (state);

  triage->state = g_object_ref (state);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), triage, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), triage, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), triage, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "chosen", G_CALLBACK (refresh), triage, G_CONNECT_SWAPPED);
  refresh (triage);
  return GTK_WIDGET (triage);
}

static void
desk_triage_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_TRIAGE (object)->state);
  G_OBJECT_CLASS (desk_triage_parent_class)->dispose (object);
}

static void
desk_triage_class_init (DeskTriageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_triage_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "desktriage");
}

static void
desk_triage_init (DeskTriage *triage)
{
  triage->card = desk_box_new (GTK_ORIENTATION_VERTICAL, 12, "card triage");
  desk_field_init (&triage->pathway, "pathway", _ ("Pathway"), desk_toggles_new (&bed_pathway_words, BED_PATHWAY_N));
  desk_field_init (&triage->lane, "lane", _ ("Lane"), desk_toggles_new (&bed_lane_words, BED_LANE_N));
  desk_field_init (&triage->home_first, "home_first", _ ("Why not home?"), desk_choice_new (&bed_home_first_words));
  triage->send = desk_button_new_plain (_ ("_Triage"));
  gtk_widget_add_css_class (triage->send, "primary");
  gtk_widget_set_halign (triage->send, GTK_ALIGN_START);
  g_signal_connect_swapped (triage->send, "clicked", G_CALLBACK (on_send), triage);
  gtk_widget_set_halign (triage->home_first.choice, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (triage->card), desk_label_new (_ ("Triage"), "section"));
  gtk_box_append (GTK_BOX (triage->card), triage->pathway.box);
  gtk_box_append (GTK_BOX (triage->card), triage->lane.box);
  gtk_box_append (GTK_BOX (triage->card), triage->home_first.box);
  gtk_box_append (GTK_BOX (triage->card), triage->send);
  gtk_widget_set_parent (triage->card, GTK_WIDGET (triage));
}
