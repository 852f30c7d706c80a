/* desk-beds.c: keeps one row an offer, in place, and the list of what is ruled out.
 *
 * Owns its widgets and a reference to the desk's state. A row is filled anew, never moved, so that
 * the keyboard stays where it is; while the pointer is over the list its order waits, so that a click
 * cannot meet another bed than the one it was aimed at. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-beds.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-reasons.h"
#include "desk-acts.h"
#include "desk-asks.h"
#include "desk-offer-row.h"
#include "desk-parts.h"
#include "desk-reasons.h"

struct _DeskBeds
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  GtkSizeGroup *place;
  GtkSizeGroup *meets;
  GtkWidget *why; /* popover: why somebody else's proposal is passed over */
  BoardCommand *asked; /* the reservation asked for last, or NULL */

  /* widgets */
  GtkWidget *whole;
  GtkWidget *title;
  GtkWidget *order;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *more;
  GtkWidget *ruled_out; /* NULL until the desk's state is known */
  GtkEventController *motion;

  char shown[BED_CODE_SIZE]; /* whose offers the rows are */
  char wanted[BED_ID_SIZE];  /* for which why is asked */
  char asked_bed[BED_ID_SIZE];
};

G_DEFINE_FINAL_TYPE (DeskBeds, desk_beds, GTK_TYPE_WIDGET)

static DeskOfferRow *
get_row (DeskBeds *beds, guint i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (beds->list), (int)i);

  return row != NULL ? DESK_OFFER_ROW (row) : NULL;
}

/* --- reserving --- */

/* A question is open: what it was asked about stays until it is answered. */
static gboolean
is_asking (DeskBeds *beds)
{
  for (guint i = 0; get_row (beds, i) != NULL; i++)
    if (desk_offer_row_is_asking (get_row (beds, i)))
      return TRUE;
  return beds->why != NULL && gtk_widget_get_visible (beds->why);
}

/* ... and goes with the person it was asked about. */
static void
stop_asking (DeskBeds *beds)
{
  for (guint i = 0; get_row (beds, i) != NULL; i++)
    desk_offer_row_stop_asking (get_row (beds, i));
  if (beds->why != NULL)
    gtk_popover_popdown (GTK_POPOVER (beds->why));
}

/* No answer came to this very wish: it is asked for again with its key, not as another one. */
static gboolean
ask_again (DeskBeds *beds, const char *bed)
{
  if (beds->asked == NULL || board_command_get_state (beds->asked) != BOARD_COMMAND_REFUSED
      || board_command_get_reason (beds->asked) != BED_ERROR_UNCERTAIN || !g_str_equal (beds->asked_bed, bed)
      || !g_str_equal (board_command_peek_subject (beds->asked), desk_state_peek_chosen (beds->state)))
    return FALSE;
  board_commands_send (board_context_get_commands (desk_state_get_context (beds->state)), beds->asked);
  return TRUE;
}

static void
reserve (DeskBeds *beds, const char *bed, int override)
{
  g_clear_object (&beds->asked);
  g_strlcpy (beds->asked_bed, bed, sizeof beds->asked_bed);
  beds->asked = desk_ask_reserve (beds->state, bed, override);
}

static void
on_why (BoardReasons *reasons, guint reason, gpointer user_data)
{
  reserve (user_data, DESK_BEDS (user_data)->wanted, (int)reason);
}

/* Not the row's child: rows come and go. */
static void
ask_why (DeskBeds *beds, GtkWidget *row)
{
  graphene_rect_t bounds;

  g_clear_pointer (&beds->why, gtk_widget_unparent);
  beds->why = board_reasons_new (_ ("Proposed to somebody else. Why to this person?"), &bed_override_words, 0);
  g_signal_connect_object (beds->why, "chosen", G_CALLBACK (on_why), beds, 0);
  gtk_widget_set_parent (beds->why, GTK_WIDGET (beds));
  if (gtk_widget_compute_bounds (row, GTK_WIDGET (beds), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (beds->why),
                                 &(GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                                                  (int)bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (beds->why));
}

static void
on_wanted (DeskOfferRow *row, gpointer user_data)
{
  DeskBeds *beds = user_data;

  if (ask_again (beds, desk_offer_row_peek_bed (row)))
    return;
  if (!desk_ask_needs_override (beds->state, desk_offer_row_peek_bed (row)))
    {
      reserve (beds, desk_offer_row_peek_bed (row), -1);
      return;
    }
  g_strlcpy (beds->wanted, desk_offer_row_peek_bed (row), sizeof beds->wanted);
  ask_why (beds, GTK_WIDGET (row));
}

void
desk_beds_reserve (DeskBeds *beds)
{
  int rank = desk_offers_find (desk_state_peek_offers (beds->state), desk_state_peek_picked (beds->state));

  if (rank >= 0 && get_row (beds, (guint)rank) != NULL && gtk_widget_get_visible (GTK_WIDGET (beds)))
    desk_offer_row_want (get_row (beds, (guint)rank));
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  desk_offer_row_want (DESK_OFFER_ROW (row));
}

static void
on_selected (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (row)))
    desk_state_pick (DESK_BEDS (user_data)->state, desk_offer_row_peek_bed (DESK_OFFER_ROW (row)));
}

/* --- showing --- */

static gboolean
can_reserve (DeskBeds *beds)
{
  BoardContext *context = desk_state_get_context (beds->state);
  const BoardReferral *referral = desk_state_find_chosen (beds->state);
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  return referral != NULL && moment.line == BOARD_LINE_LIVE
         && desk_act_is_open (DESK_ACT_RESERVE, moment.session.role, referral)
         && board_commands_find (board_context_get_commands (context), referral->code) == NULL;
}

static void
pick_row (DeskBeds *beds)
{
  int rank = desk_offers_find (desk_state_peek_offers (beds->state), desk_state_peek_picked (beds->state));
  DeskOfferRow *row = rank >= 0 ? get_row (beds, (guint)rank) : NULL;

  if (row != NULL && gtk_list_box_get_selected_row (GTK_LIST_BOX (beds->list)) != GTK_LIST_BOX_ROW (row))
    gtk_list_box_select_row (GTK_LIST_BOX (beds->list), GTK_LIST_BOX_ROW (row));
}

static void
show_offers (DeskBeds *beds, const DeskOffers *offers)
{
  gboolean is_ready = can_reserve (beds);
  guint n = offers != NULL ? offers->offers->len : 0;

  for (guint i = 0; i < n; i++)
    {
      if (get_row (beds, i) == NULL)
        {
          GtkWidget *row = desk_offer_row_new (beds->state);

          desk_offer_row_align (DESK_OFFER_ROW (row), beds->place, beds->meets);
          g_signal_connect (row, "wanted", G_CALLBACK (on_wanted), beds);
          gtk_list_box_append (GTK_LIST_BOX (beds->list), row);
        }
      desk_offer_row_show (get_row (beds, i), desk_offers_get (offers, i), i, is_ready);
    }
  for (guint i = n; get_row (beds, i) != NULL;)
    gtk_list_box_remove (GTK_LIST_BOX (beds->list), GTK_WIDGET (get_row (beds, i)));
  gtk_widget_set_visible (beds->list, n > 0);
  pick_row (beds);
}

static void
say_empty (DeskBeds *beds, const DeskOffers *offers)
{
  const char *fault = desk_state_peek_fault (beds->state);
  const char *words = _ ("Looking for beds…");

  if (fault[0] != '\0')
    words = fault;
  else if (offers != NULL)
    words = _ ("No bed fits now. Below is why; a need that could be eased opens more.");
  desk_label_say (beds->empty, words);
  gtk_widget_set_visible (beds->empty, offers == NULL || offers->offers->len == 0);
}

static void
say_more (DeskBeds *beds, const DeskOffers *offers)
{
  g_autofree char *words = NULL;
  guint n = offers != NULL ? offers->cut_off : 0;

  gtk_widget_set_visible (beds->more, n > 0);
  words = g_strdup_printf (ngettext ("%u more, farther away", "%u more, farther away", n), n);
  desk_label_say (beds->more, words);
}

/* The order waits while the pointer is over it or a question is open, unless the list is another
 * person's by now. */
static gboolean
must_wait (DeskBeds *beds)
{
  return g_str_equal (beds->shown, desk_state_peek_chosen (beds->state)) && desk_state_peek_offers (beds->state) != NULL
         && (gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (beds->motion)) || is_asking (beds));
}

static gboolean
is_same_order (DeskBeds *beds, const DeskOffers *offers)
{
  for (guint i = 0; i < offers->offers->len; i++)
    if (get_row (beds, i) == NULL || !g_str_equal (desk_offer_row_peek_bed (get_row (beds, i)), desk_offers_get (offers, i)->bed))
      return FALSE;
  return get_row (beds, offers->offers->len) == NULL;
}

static void
refresh (DeskBeds *beds)
{
  const BoardReferral *referral = desk_state_find_chosen (beds->state);
  const DeskOffers *offers = desk_state_peek_offers (beds->state);
  gboolean is_shown = referral != NULL && referral->pathway != BED_PATHWAY_SIMPLE && referral->state <= BED_STATE_HELD;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (beds), is_shown);
  if (!g_str_equal (beds->shown, desk_state_peek_chosen (beds->state)))
    stop_asking (beds);
  if (!is_shown)
    return;
  title = g_strdup_printf (_ ("Beds that suit %s"), referral->code);
  desk_label_say (beds->title, title);
  say_empty (beds, offers);
  say_more (beds, offers);
  gtk_widget_set_visible (beds->order, offers != NULL && offers->offers->len > 1);
  if (offers != NULL && must_wait (beds) && !is_same_order (beds, offers))
    return;
  show_offers (beds, offers);
  g_strlcpy (beds->shown, referral->code, sizeof beds->shown);
}

static void
on_offers (DeskBeds *beds)
{
  refresh (beds);
  desk_reasons_show (DESK_REASONS (beds->ruled_out), desk_state_peek_offers (beds->state));
}

GtkWidget *
desk_beds_new (DeskState *state)
{
  DeskBeds *beds = g_object_new (DESK_TYPE_BEDS, NULL);
  BoardContext *context = desk_state_get_context (state);

  beds->state = g_object_ref (state);
  beds->ruled_out = desk_reasons_new (board_context_get_model (context));
  gtk_box_append (GTK_BOX (beds->whole), beds->ruled_out);
  g_signal_connect_object (state, "chosen", G_CALLBACK (on_offers), beds, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "offers", G_CALLBACK (on_offers), beds, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "picked", G_CALLBACK (pick_row), beds, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), beds, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), beds, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), beds, G_CONNECT_SWAPPED);
  on_offers (beds);
  return GTK_WIDGET (beds);
}

static void
desk_beds_dispose (GObject *object)
{
  DeskBeds *beds = DESK_BEDS (object);

  g_clear_pointer (&beds->why, gtk_widget_unparent);
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&beds->asked);
  g_clear_object (&beds->place);
  g_clear_object (&beds->meets);
  g_clear_object (&beds->state);
  G_OBJECT_CLASS (desk_beds_parent_class)->dispose (object);
}

static void
desk_beds_class_init (DeskBedsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_beds_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskbeds");
}

static void
desk_beds_init (DeskBeds *beds)
{
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "beds-top");

  beds->place = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  beds->meets = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  beds->title = desk_label_new ("", "section");
  beds->order = desk_label_new (_ ("Nearest to home first"), "quiet");
  gtk_widget_set_hexpand (beds->title, TRUE);
  gtk_box_append (GTK_BOX (head), beds->title);
  gtk_box_append (GTK_BOX (head), beds->order);
  beds->list = gtk_list_box_new ();
  gtk_widget_add_css_class (beds->list, "card");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (beds->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (beds->list), FALSE);
  desk_name (beds->list, _ ("Beds that suit"));
  g_signal_connect (beds->list, "row-activated", G_CALLBACK (on_activated), beds);
  g_signal_connect (beds->list, "row-selected", G_CALLBACK (on_selected), beds);
  beds->motion = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (beds->list, beds->motion);
  beds->empty = desk_label_new ("", "quiet empty");
  gtk_label_set_wrap (GTK_LABEL (beds->empty), TRUE);
  beds->more = desk_label_new ("", "quiet more");
  beds->whole = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "");
  gtk_box_append (GTK_BOX (beds->whole), head);
  gtk_box_append (GTK_BOX (beds->whole), beds->empty);
  gtk_box_append (GTK_BOX (beds->whole), beds->list);
  gtk_box_append (GTK_BOX (beds->whole), beds->more);
  gtk_widget_set_parent (beds->whole, GTK_WIDGET (beds));
}
