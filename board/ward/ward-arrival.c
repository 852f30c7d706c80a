/* ward-arrival.c: one card of the side column: time, code, where from, needs, and at most two answers.
 *
 * Holds its bed's id and no truth. Names no ward and no relative: neither is known. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-arrival.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-mark.h"
#include "../board-time.h"
#include "common/bed-time.h"
#include "ward-parts.h"
#include "ward-say.h"

#define NEEDS_MAX 4

struct _WardArrival
{
  GtkWidget parent_instance;

  char *bed;      /* owned */
  WardFlow *flow; /* borrowed */

  /* widgets */
  GtkWidget *mark;
  GtkWidget *time;
  GtkWidget *note;
  GtkWidget *needs;
  GtkWidget *who;
  GtkWidget *from;
  GtkWidget *first;
  GtkWidget *second;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (WardArrival, ward_arrival, GTK_TYPE_WIDGET)

const char *
ward_arrival_peek_bed (WardArrival *arrival)
{
  return arrival->bed;
}

/* A countdown, as whole minutes: "17 min". */
static void
show_hold (WardArrival *arrival, const WardCase *cause)
{
  gint64 left_us = cause->bed->until_us - cause->now_us;
  char left[BOARD_DURATION_SIZE];

  board_time_print_duration (MAX (left_us, 0) + BED_MINUTE_US - 1, left);
  gtk_label_set_label (GTK_LABEL (arrival->time), left_us > 0 ? left : _ ("Time is up"));
  gtk_label_set_label (GTK_LABEL (arrival->note), left_us <= 0                  ? ""
                                                  : cause->person->is_assessing ? _ ("left to assess")
                                                                                : _ ("left to answer"));
  board_mark_show_glyph (BOARD_MARK (arrival->mark), BOARD_GLYPH_HELD, ward_parts_get_left (cause));
}

static void
show_expected (WardArrival *arrival, const WardCase *cause)
{
  gint64 at_us = cause->person->expected_us;
  g_autofree char *due = at_us != 0 ? ward_say_due (cause->now_us, at_us) : NULL;
  char clock[6] = "";

  if (at_us != 0)
    bed_time_print_local (at_us, clock);
  gtk_label_set_label (GTK_LABEL (arrival->time), at_us != 0 ? clock : _ ("No time yet"));
  if (cause->person->transport == BED_TRANSPORT_CANCELLED)
    gtk_label_set_label (GTK_LABEL (arrival->note), _ ("transport cancelled"));
  else
    gtk_label_set_label (GTK_LABEL (arrival->note), due != NULL ? due : _ ("transport not booked"));
  board_mark_show_glyph (BOARD_MARK (arrival->mark), BOARD_GLYPH_ARRIVING, 0);
}

/* The register knows organisations by their ids: "queen-alexandra" reads as "Queen Alexandra". */
static char *
say_source (const char *id)
{
  char *words = g_strdup (id);
  gboolean begins = TRUE;

  for (char *at = words; *at != 0; at++)
    {
      if (*at == '-' || *at == '_')
        *at = ' ';
      else if (begins)
        *at = g_ascii_toupper (*at);
      begins = *at == ' ';
    }
  return words;
}

static void
show_who (WardArrival *arrival, const WardCase *cause)
{
  const BoardReferral *person = cause->person;
  g_autofree char *who = g_markup_printf_escaped (_ ("<b>%s</b> · <span allow_breaks=\"false\">%s</span>"), cause->bed->label, person->code);
  g_autofree char *name = say_source (person->source);
  g_autofree char *source = *name != 0 ? g_strdup_printf (_ ("From %s"), name) : NULL;
  /* translators: a sex and an age band */
  g_autofree char *band = g_strdup_printf (_ ("%s, %s"), board_code_say (&bed_sex_words, person->sex),
                                           board_code_say (&bed_age_band_words, person->age_band));
  /* translators: "From Queen Alexandra · Woman, 75 to 84" */
  g_autofree char *from = source != NULL ? g_strdup_printf (_ ("%s · %s"), source, band) : g_strdup (band);

  gtk_label_set_markup (GTK_LABEL (arrival->who), who);
  gtk_label_set_label (GTK_LABEL (arrival->from), from);
  gtk_widget_set_tooltip_text (arrival->from, from);
  ward_parts_show_needs (arrival->needs, person->must | person->prefer, NEEDS_MAX);
}

static void
show_button (GtkWidget *button, const WardCase *cause, WardAct act)
{
  gboolean is_allowed = ward_steps_allow (cause, act);

  gtk_widget_set_visible (button, is_allowed);
  if (is_allowed)
    ward_parts_show_step (button, cause, act);
}

/* What waits is said on the first button, which keeps the focus. */
static void
show_buttons (WardArrival *arrival, const WardCase *cause, const char *pending, WardAct first, WardAct second)
{
  if (pending == NULL)
    {
      show_button (arrival->first, cause, first);
      show_button (arrival->second, cause, second);
      return;
    }
  gtk_widget_set_visible (arrival->first, TRUE);
  if (ward_flow_is_waiting (arrival->flow, arrival->bed))
    {
      ward_parts_show_take_back (arrival->first, cause);
      gtk_label_set_label (GTK_LABEL (arrival->note), pending);
    }
  else
    ward_parts_show_pending (arrival->first, cause, pending);
  if (gtk_widget_has_focus (arrival->second))
    gtk_widget_grab_focus (arrival->first);
  gtk_widget_set_visible (arrival->second, FALSE);
}

static void
name_it (WardArrival *arrival, const WardCase *cause)
{
  g_autofree char *needs = ward_say_needs (cause->person->must);
  g_autofree char *menu = g_strdup_printf (_ ("%s, %s: more"), cause->bed->label, cause->person->code);
  g_autofree char *name = g_strdup_printf (_ ("%s, code %s, %s %s. Needs: %s"), cause->bed->label, cause->person->code,
                                           gtk_label_get_label (GTK_LABEL (arrival->time)),
                                           gtk_label_get_label (GTK_LABEL (arrival->note)), *needs != 0 ? needs : _ ("none"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (arrival), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (arrival->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (arrival->menu)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
}

void
ward_arrival_refresh (WardArrival *arrival)
{
  static const char *const states[] = { "is-held", "is-arriving" };
  const char *pending = ward_parts_say_pending (ward_flow_find_open (arrival->flow, arrival->bed));
  gboolean is_held;
  WardAct first, second;
  WardCase cause;

  if (!ward_flow_get_case (arrival->flow, arrival->bed, &cause) || cause.person == NULL)
    return;
  is_held = cause.bed->commitment == BED_COMMITMENT_HELD;
  ward_parts_set_class (GTK_WIDGET (arrival), states, 2, is_held ? "is-held" : "is-arriving");
  gtk_widget_set_visible (arrival->mark, is_held);
  if (is_held)
    show_hold (arrival, &cause);
  else
    show_expected (arrival, &cause);
  show_who (arrival, &cause);
  first = is_held ? WARD_ACT_ACCEPT : WARD_ACT_ARRIVED;
  second = is_held ? WARD_ACT_DECLINE : WARD_ACT_LATE;
  ward_parts_set_meaning (arrival->first, arrival->flow, arrival->bed, first);
  ward_parts_set_meaning (arrival->second, arrival->flow, arrival->bed, second);
  show_buttons (arrival, &cause, pending, first, second);
  gtk_widget_set_hexpand (arrival->second, is_held);
  gtk_widget_set_visible (arrival->menu, pending == NULL);
  name_it (arrival, &cause);
}

static void
on_first (GtkButton *button, WardArrival *arrival)
{
  ward_parts_press (arrival->first, arrival->flow, arrival->bed);
}

static void
on_second (GtkButton *button, WardArrival *arrival)
{
  ward_parts_press (arrival->second, arrival->flow, arrival->bed);
}

GtkWidget *
ward_arrival_new (WardFlow *flow, const char *bed)
{
  WardArrival *arrival = g_object_new (WARD_TYPE_ARRIVAL, NULL);

  arrival->flow = flow;
  arrival->bed = g_strdup (bed);
  ward_parts_set_menu (GTK_MENU_BUTTON (arrival->menu), flow, bed);
  ward_arrival_refresh (arrival);
  return GTK_WIDGET (arrival);
}

static void
ward_arrival_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ward_arrival_parent_class)->dispose (object);
}

static void
ward_arrival_finalize (GObject *object)
{
  g_free (WARD_ARRIVAL (object)->bed);
  G_OBJECT_CLASS (ward_arrival_parent_class)->finalize (object);
}

static void
ward_arrival_class_init (WardArrivalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_arrival_dispose;
  G_OBJECT_CLASS (klass)->finalize = ward_arrival_finalize;
  g_type_ensure (BOARD_TYPE_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "arrival");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/ward-arrival.ui");
  gtk_widget_class_bind_template_child (widget_class, WardArrival, mark);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, time);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, note);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, needs);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, who);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, from);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, first);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, second);
  gtk_widget_class_bind_template_child (widget_class, WardArrival, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_first);
  gtk_widget_class_bind_template_callback (widget_class, on_second);
}

static void
ward_arrival_init (WardArrival *arrival)
{
  gtk_widget_init_template (GTK_WIDGET (arrival));
}
