/* desk-offer-row.c: draws one offer from the answer and the model, and asks for the call.
 *
 * Owns its widgets, its offer and a reference to the desk's state. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-offer-row.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "common/bed-time.h"
#include "desk-offer-layout.h"
#include "desk-parts.h"
#include "desk-wrap.h"

#define MEETS_SHOWN 3

struct _DeskOfferRow
{
  GtkListBoxRow parent_instance;

  /* owned */
  DeskState *state;
  DeskOffer offer;

  /* widgets */
  GtkWidget *rank;
  GtkWidget *km;
  GtkWidget *place;
  GtkWidget *unit;
  GtkWidget *owner;
  GtkWidget *bed;
  GtkWidget *age_mark;
  GtkWidget *age;
  GtkWidget *meets;
  GtkWidget *reserve;
  GtkWidget *reserve_icon;
  GtkWidget *reserve_words;
  GtkWidget *call; /* popover */
  GtkWidget *call_words;

  guint64 shown_meets;
  guint64 shown_misses;
};

G_DEFINE_FINAL_TYPE (DeskOfferRow, desk_offer_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const char *
desk_offer_row_peek_bed (DeskOfferRow *row)
{
  return row->offer.bed;
}

static void
say_age (DeskOfferRow *row, gint64 now_us)
{
  g_autofree char *words = NULL;
  char age[DESK_DURATION_SIZE];

  desk_words_duration (now_us - row->offer.confirmed_us, age);
  if (row->offer.confirmed_us == 0)
    words = g_strdup (_ ("never confirmed"));
  else
    words = g_strdup_printf (_ ("%s ago"), age);
  desk_label_say (row->age, words);
  board_mark_show_icon (BOARD_MARK (row->age_mark), row->offer.call_first ? BOARD_ICON_WARNING : BOARD_ICON_TICK);
  desk_toggle_class (row->age, "is-stale", row->offer.call_first);
  desk_toggle_class (row->age_mark, "is-stale", row->offer.call_first);
}

static void
add_met (DeskOfferRow *row, guint64 needs, gboolean is_met, guint *n)
{
  for (guint need = 0; need < BED_NEED_N; need++)
    {
      GtkWidget *line;
      GtkWidget *mark;

      if ((needs >> need & 1) == 0 || (*n)++ >= MEETS_SHOWN)
        continue;
      line = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 5, is_met ? "met" : "missed");
      mark = board_mark_new (15);
      board_mark_show_icon (BOARD_MARK (mark), is_met ? BOARD_ICON_TICK : BOARD_ICON_CROSS);
      gtk_box_append (GTK_BOX (line), mark);
      gtk_box_append (GTK_BOX (line), desk_label_new (board_code_say (&bed_need_words, need), "quiet"));
      gtk_box_append (GTK_BOX (row->meets), line);
    }
}

static void
say_meets (DeskOfferRow *row)
{
  guint n = 0;

  if (row->shown_meets == row->offer.meets && row->shown_misses == row->offer.misses)
    return;
  row->shown_meets = row->offer.meets;
  row->shown_misses = row->offer.misses;
  desk_clear (row->meets);
  add_met (row, row->offer.misses, FALSE, &n);
  add_met (row, row->offer.meets, TRUE, &n);
  if (n > MEETS_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MEETS_SHOWN), n - MEETS_SHOWN);

      gtk_box_append (GTK_BOX (row->meets), desk_label_new (more, "quiet"));
    }
}

static void
say_call (DeskOfferRow *row, const BoardUnit *unit)
{
  g_autofree char *words = NULL;

  if (unit->phone[0] != '\0')
    words = g_strdup_printf (_ ("Ring the desk of %s: %s"), unit->name, unit->phone);
  else
    words = g_strdup_printf (_ ("Ring the desk of %s. Its number is not in the register."), unit->name);
  desk_label_say (row->call_words, words);
}

/* Who places where the unit lets its LAP decide has the bed at once. */
static const char *
get_verb (const BoardUnit *unit, BedRole role)
{
  gboolean places = role == BED_ROLE_COORDINATOR || role == BED_ROLE_CLINICIAN;

  return places && unit->accepts == BED_ACCEPTS_LAP ? _ ("Place") : _ ("Reserve");
}

static void
say_names (DeskOfferRow *row, const char *unit, const char *bed, const char *km)
{
  g_autofree char *name
      = g_strdup_printf (_ ("%s, %s, %s kilometres. %s"), unit, bed, km, gtk_label_get_label (GTK_LABEL (row->age)));
  g_autofree char *button
      = g_strdup_printf ("%s: %s, %s", gtk_label_get_label (GTK_LABEL (row->reserve_words)), unit, bed);

  desk_name (GTK_WIDGET (row), name);
  desk_name (row->reserve, button);
}

void
desk_offer_row_show (DeskOfferRow *row, const DeskOffer *offer, guint rank, gboolean can_reserve)
{
  BoardContext *context = desk_state_get_context (row->state);
  BoardModel *model = board_context_get_model (context);
  const BoardBed *bed = board_model_find_bed (model, offer->bed);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  g_autofree char *number = g_strdup_printf ("%u", rank + 1);
  g_autofree char *km = desk_offer_print_km (offer->metres);
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *line = NULL;
  BoardMoment moment;

  row->offer = *offer;
  gtk_widget_set_visible (GTK_WIDGET (row), unit != NULL);
  if (unit == NULL)
    return;
  board_context_get_moment (context, &moment);
  name = desk_words_unit (unit);
  label = desk_words_bed (bed);
  facts = desk_words_bed_facts (bed);
  desk_label_say (row->rank, number);
  desk_label_say (row->km, km);
  desk_label_say (row->unit, name);
  gtk_widget_set_tooltip_text (row->unit, name);
  desk_owner_say (row->owner, unit->owner_kind);
  line = facts[0] != '\0' ? g_strdup_printf (_ ("%s, %s"), label, facts) : g_strdup (label);
  desk_label_say (row->bed, line);
  gtk_widget_set_tooltip_text (gtk_widget_get_parent (row->km), desk_offer_say_from (offer->from));
  say_age (row, moment.now_us);
  say_meets (row);
  say_call (row, unit);
  desk_label_say (row->reserve_words, offer->call_first ? _ ("Call first") : get_verb (unit, moment.session.role));
  gtk_widget_set_visible (row->reserve_icon, offer->call_first);
  gtk_widget_set_sensitive (row->reserve, can_reserve);
  say_names (row, name, label, km);
}

void
desk_offer_row_want (DeskOfferRow *row)
{
  if (!gtk_widget_get_sensitive (row->reserve))
    return;
  if (row->offer.call_first)
    gtk_popover_popup (GTK_POPOVER (row->call));
  else
    g_signal_emit (row, signals[WANTED], 0);
}

gboolean
desk_offer_row_is_asking (DeskOfferRow *row)
{
  return gtk_widget_get_visible (row->call);
}

void
desk_offer_row_stop_asking (DeskOfferRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (row->call));
}

static void
on_called (DeskOfferRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (row->call));
  g_signal_emit (row, signals[WANTED], 0);
}

void
desk_offer_row_align (DeskOfferRow *row, GtkSizeGroup *place, GtkSizeGroup *meets)
{
  gtk_size_group_add_widget (place, row->place);
  gtk_size_group_add_widget (meets, row->meets);
}

GtkWidget *
desk_offer_row_new (DeskState *state)
{
  DeskOfferRow *row = g_object_new (DESK_TYPE_OFFER_ROW, NULL);

  row->state = g_object_ref (state);
  return GTK_WIDGET (row);
}

static void
desk_offer_row_dispose (GObject *object)
{
  DeskOfferRow *row = DESK_OFFER_ROW (object);

  g_clear_pointer (&row->call, gtk_widget_unparent);
  g_clear_object (&row->state);
  G_OBJECT_CLASS (desk_offer_row_parent_class)->dispose (object);
}

static void
desk_offer_row_class_init (DeskOfferRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_offer_row_dispose;
  signals[WANTED]
      = g_signal_new ("wanted", DESK_TYPE_OFFER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* --- its widgets --- */

static GtkWidget *
make_distance (DeskOfferRow *row)
{
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 4, "distance");
  GtkWidget *unit = desk_label_new (_ ("km"), "quiet small");

  row->km = desk_label_new ("", "figure-small");
  gtk_label_set_xalign (GTK_LABEL (row->km), 1);
  gtk_widget_set_hexpand (row->km, TRUE);
  gtk_widget_set_hexpand (box, FALSE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (unit, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (row->km, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (box), row->km);
  gtk_box_append (GTK_BOX (box), unit);
  return box;
}

static GtkWidget *
make_place (DeskOfferRow *row)
{
  GtkWidget *place = desk_box_new (GTK_ORIENTATION_VERTICAL, 3, "");
  GtkWidget *first = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "");
  GtkWidget *second = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 6, "");
  GtkWidget *disc = board_mark_new (14);

  board_mark_show_glyph (BOARD_MARK (disc), BOARD_GLYPH_FREE, 0);
  row->unit = desk_label_new ("", "item");
  gtk_label_set_ellipsize (GTK_LABEL (row->unit), PANGO_ELLIPSIZE_END);
  row->owner = desk_label_new ("", "owner");
  gtk_widget_set_valign (row->owner, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (first), row->unit);
  gtk_box_append (GTK_BOX (first), row->owner);
  row->bed = desk_label_new ("", "quiet");
  gtk_label_set_ellipsize (GTK_LABEL (row->bed), PANGO_ELLIPSIZE_END);
  row->age_mark = board_mark_new (14);
  gtk_widget_add_css_class (row->age_mark, "quiet");
  row->age = desk_label_new ("", "quiet");
  gtk_box_append (GTK_BOX (second), disc);
  gtk_box_append (GTK_BOX (second), row->bed);
  gtk_box_append (GTK_BOX (second), desk_label_new ("·", "quiet"));
  gtk_box_append (GTK_BOX (second), row->age_mark);
  gtk_box_append (GTK_BOX (second), row->age);
  gtk_box_append (GTK_BOX (place), first);
  gtk_box_append (GTK_BOX (place), second);
  gtk_widget_set_valign (place, GTK_ALIGN_CENTER);
  return place;
}

static void
make_call (DeskOfferRow *row)
{
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_VERTICAL, 10, "call");
  GtkWidget *note = desk_label_new (_ ("Nobody has confirmed this bed lately. Ask whether it is free and ready."), "quiet");
  GtkWidget *yes = desk_button_new_plain (_ ("_They have it: reserve"));

  row->call_words = desk_label_new ("", "item");
  gtk_label_set_selectable (GTK_LABEL (row->call_words), TRUE);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 44);
  gtk_widget_add_css_class (yes, "primary");
  g_signal_connect_swapped (yes, "clicked", G_CALLBACK (on_called), row);
  gtk_box_append (GTK_BOX (box), row->call_words);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), yes);
  row->call = gtk_popover_new ();
  gtk_widget_add_css_class (row->call, "reasons");
  gtk_popover_set_child (GTK_POPOVER (row->call), box);
  gtk_popover_set_default_widget (GTK_POPOVER (row->call), yes);
  gtk_widget_set_parent (row->call, row->reserve);
}

static void
make_reserve (DeskOfferRow *row)
{
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 7, "");

  row->reserve = gtk_button_new ();
  row->reserve_icon = board_mark_new (16);
  row->reserve_words = desk_label_new ("", "");
  board_mark_show_icon (BOARD_MARK (row->reserve_icon), BOARD_ICON_PHONE);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), row->reserve_icon);
  gtk_box_append (GTK_BOX (box), row->reserve_words);
  gtk_button_set_child (GTK_BUTTON (row->reserve), box);
  gtk_widget_add_css_class (row->reserve, "reserve");
  gtk_widget_set_valign (row->reserve, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (row->reserve, "clicked", G_CALLBACK (desk_offer_row_want), row);
  make_call (row);
}

static void
desk_offer_row_init (DeskOfferRow *row)
{
  GtkWidget *line = desk_offer_line_new ();

  row->rank = desk_label_new ("", "rank quiet");
  row->meets = desk_wrap_new (10);
  desk_wrap_set_line_gap (row->meets, 3);
  gtk_widget_set_valign (row->meets, GTK_ALIGN_CENTER);
  row->place = make_place (row);
  make_reserve (row);
  gtk_box_append (GTK_BOX (line), row->rank);
  gtk_box_append (GTK_BOX (line), make_distance (row));
  gtk_box_append (GTK_BOX (line), row->place);
  gtk_box_append (GTK_BOX (line), row->meets);
  gtk_box_append (GTK_BOX (line), row->reserve);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
}
