/* ward-leaver.c: one line of the side column.
 *
 * Holds its bed's id and no truth. Where somebody goes is asked when they have left. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-leaver.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-mark.h"
#include "common/bed-time.h"
#include "ward-parts.h"
#include "ward-say.h"

#define MARK_SIZE 22

struct _WardLeaver
{
  GtkWidget parent_instance;

  char *bed;      /* owned */
  WardFlow *flow; /* borrowed */

  /* widgets */
  GtkWidget *time;
  GtkWidget *who;
  GtkWidget *step;
};

G_DEFINE_FINAL_TYPE (WardLeaver, ward_leaver, GTK_TYPE_WIDGET)

const char *
ward_leaver_peek_bed (WardLeaver *leaver)
{
  return leaver->bed;
}

/* "Room 5 · K7Q-M4X", and what is still waited for */
static char *
print_who (const WardCase *cause)
{
  const BoardReferral *person = cause->person;

  if (person == NULL)
    return g_markup_printf_escaped ("<b>%s</b>", cause->bed->label);
  if (person->waiting_for != BED_WAITING_FOR_NONE)
    return g_markup_printf_escaped (_ ("<b>%s</b> · %s"), cause->bed->label,
                                    board_code_say (&bed_waiting_for_words, person->waiting_for));
  return g_markup_printf_escaped (_ ("<b>%s</b> · <span allow_breaks=\"false\">%s</span>"), cause->bed->label, person->code);
}

void
ward_leaver_refresh (WardLeaver *leaver)
{
  const char *pending = ward_parts_say_pending (ward_flow_find_open (leaver->flow, leaver->bed));
  g_autofree char *who = NULL;
  g_autofree char *name = NULL;
  char clock[6];
  WardAct act;
  WardCase cause;

  if (!ward_flow_get_case (leaver->flow, leaver->bed, &cause))
    return;
  bed_time_print_local (cause.bed->expected_free_us, clock);
  who = print_who (&cause);
  gtk_label_set_label (GTK_LABEL (leaver->time), clock);
  gtk_label_set_markup (GTK_LABEL (leaver->who), who);
  act = cause.bed->referral[0] != 0 ? WARD_ACT_HAS_LEFT : WARD_ACT_VACATED;
  gtk_widget_set_visible (leaver->step, ward_steps_allow (&cause, act) || pending != NULL);
  ward_parts_set_meaning (leaver->step, leaver->flow, leaver->bed, act);
  if (ward_flow_is_waiting (leaver->flow, leaver->bed))
    {
      ward_parts_show_take_back (leaver->step, &cause);
      return;
    }
  if (pending != NULL)
    {
      ward_parts_show_pending (leaver->step, &cause, pending);
      return;
    }
  ward_parts_show_words (leaver->step, ward_plan_say_button (&cause, act));
  name = g_strdup_printf (_ ("%s, expected to leave %s: has left"), cause.bed->label, clock);
  gtk_accessible_update_property (GTK_ACCESSIBLE (leaver->step), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_step (WardLeaver *leaver)
{
  ward_parts_press (leaver->step, leaver->flow, leaver->bed);
}

GtkWidget *
ward_leaver_new (WardFlow *flow, const char *bed)
{
  WardLeaver *leaver = g_object_new (WARD_TYPE_LEAVER, NULL);

  leaver->flow = flow;
  leaver->bed = g_strdup (bed);
  ward_leaver_refresh (leaver);
  return GTK_WIDGET (leaver);
}

static void
ward_leaver_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ward_leaver_parent_class)->dispose (object);
}

static void
ward_leaver_finalize (GObject *object)
{
  g_free (WARD_LEAVER (object)->bed);
  G_OBJECT_CLASS (ward_leaver_parent_class)->finalize (object);
}

static void
ward_leaver_class_init (WardLeaverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ward_leaver_dispose;
  G_OBJECT_CLASS (klass)->finalize = ward_leaver_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "leaver");
}

static void
ward_leaver_init (WardLeaver *leaver)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *mark = board_mark_new (MARK_SIZE);

  board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_LEAVING, 0);
  leaver->time = gtk_label_new ("");
  leaver->who = gtk_label_new ("");
  leaver->step = gtk_button_new ();
  gtk_widget_add_css_class (mark, "state-mark");
  gtk_widget_add_css_class (leaver->time, "time");
  gtk_widget_add_css_class (leaver->who, "code");
  gtk_widget_add_css_class (leaver->step, "big");
  gtk_label_set_xalign (GTK_LABEL (leaver->who), 0);
  gtk_label_set_wrap (GTK_LABEL (leaver->who), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (leaver->who), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (leaver->who), 2);
  gtk_label_set_ellipsize (GTK_LABEL (leaver->who), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (leaver->who, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), leaver->time);
  gtk_box_append (GTK_BOX (box), leaver->who);
  gtk_box_append (GTK_BOX (box), leaver->step);
  gtk_widget_set_parent (box, GTK_WIDGET (leaver));
  g_signal_connect_object (leaver->step, "clicked", G_CALLBACK (on_step), leaver, G_CONNECT_SWAPPED);
}
