/* ward-mirror.c: asks the gateway once for each opening and shows four numbers and the top reason in a popover.
 *
 * Owns the last answer only as labels. A refusal is said in the panel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-mirror.h"

#include "../board-commands.h"
#include "../board-i18n.h"
#include "../board-rows.h"
#include "common/bed-time.h"
#include "ward-say.h"

#define ROWS 4

struct _WardMirror
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;
  char *unit;

  /* widgets */
  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *since;
  GtkWidget *grid;
  GtkWidget *reason;
  GtkWidget *fault;
  GtkWidget *numbers[ROWS];
};

G_DEFINE_FINAL_TYPE (WardMirror, ward_mirror, GTK_TYPE_WIDGET)

static const struct
{
  const char *member;
  const char *words;
} rows[ROWS] = {
  { "shown", N_ ("times a bed of ours was shown") },
  { "first", N_ ("times it came first") },
  { "passed_over", N_ ("times it was passed over") },
  { "placed", N_ ("people placed here") },
};

static void
show_reason (WardMirror *mirror, JsonObject *result)
{
  JsonArray *reasons = board_rows_get_array (result, "reasons");
  JsonObject *top = reasons != NULL && json_array_get_length (reasons) > 0 ? board_rows_get_element (reasons, 0) : NULL;
  g_autofree char *said = NULL;
  g_autofree char *line = NULL;
  guint count;

  gtk_widget_set_visible (mirror->reason, top != NULL);
  if (top == NULL)
    return;
  said = ward_say_mirror_reason (board_rows_get_string (top, "reason"));
  count = (guint)CLAMP (board_rows_get_int (top, "count"), 0, G_MAXINT);
  line = g_strdup_printf (ngettext ("Top reason, %u time: %s", "Top reason, %u times: %s", count), count, said);
  gtk_label_set_label (GTK_LABEL (mirror->reason), line);
}

static void
show_result (WardMirror *mirror, JsonObject *result)
{
  gint64 since_us = board_rows_get_time (result, "since");
  char clock[6] = "00:00";
  g_autofree char *since = NULL;

  if (since_us != 0)
    bed_time_print_local (since_us, clock);
  since = g_strdup_printf (_ ("Since %s"), clock);
  gtk_label_set_label (GTK_LABEL (mirror->since), since);
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (board_rows_get_int (result, rows[i].member), 0));

      gtk_label_set_label (GTK_LABEL (mirror->numbers[i]), number);
    }
  show_reason (mirror, result);
}

static void
on_answer (JsonObject *result, const GError *error, gpointer owner)
{
  WardMirror *mirror = WARD_MIRROR (owner);

  gtk_widget_set_visible (mirror->grid, result != NULL);
  gtk_widget_set_visible (mirror->since, result != NULL);
  gtk_widget_set_visible (mirror->fault, result == NULL);
  if (result != NULL)
    {
      show_result (mirror, result);
      return;
    }
  gtk_widget_set_visible (mirror->reason, FALSE);
  gtk_label_set_label (GTK_LABEL (mirror->fault), error != NULL && error->domain == BED_ERROR
                                                      ? board_refusal_words ((BedError)error->code)
                                                      : _ ("No answer: try again"));
}

static void
on_toggled (WardMirror *mirror)
{
  gboolean is_open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (mirror->button));
  g_autoptr (JsonObject) params = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), params);
  g_autofree char *text = NULL;

  gtk_accessible_update_state (GTK_ACCESSIBLE (mirror->button), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
  if (!is_open)
    {
      gtk_popover_popdown (GTK_POPOVER (mirror->popover));
      return;
    }
  json_object_set_string_member (params, "unit", mirror->unit);
  text = json_to_string (node, FALSE);
  gtk_widget_set_visible (mirror->grid, FALSE);
  gtk_widget_set_visible (mirror->reason, FALSE);
  gtk_widget_set_visible (mirror->fault, TRUE);
  gtk_label_set_label (GTK_LABEL (mirror->fault), _ ("Asking…"));
  gtk_popover_popup (GTK_POPOVER (mirror->popover));
  board_context_read (mirror->context, "unit.mirror", text, on_answer, G_OBJECT (mirror));
}

static void
on_closed (WardMirror *mirror)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (mirror->button), FALSE);
}

void
ward_mirror_set_unit (WardMirror *mirror, const char *unit)
{
  if (g_strcmp0 (mirror->unit, unit) == 0)
    return;
  g_free (mirror->unit);
  mirror->unit = g_strdup (unit);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (mirror->button), FALSE);
}

static GtkWidget *
make_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
fill_grid (WardMirror *mirror)
{
  for (int i = 0; i < ROWS; i++)
    {
      GtkWidget *words = gtk_label_new (_ (rows[i].words));

      mirror->numbers[i] = gtk_label_new ("");
      gtk_widget_add_css_class (mirror->numbers[i], "figure");
      gtk_label_set_xalign (GTK_LABEL (mirror->numbers[i]), 1);
      gtk_label_set_xalign (GTK_LABEL (words), 0);
      gtk_label_set_wrap (GTK_LABEL (words), TRUE);
      gtk_grid_attach (GTK_GRID (mirror->grid), mirror->numbers[i], 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (mirror->grid), words, 1, i, 1, 1);
    }
}

GtkWidget *
ward_mirror_new (BoardContext *context)
{
  WardMirror *mirror = g_object_new (WARD_TYPE_MIRROR, NULL);

  mirror->context = g_object_ref (context);
  return GTK_WIDGET (mirror);
}

static void
ward_mirror_dispose (GObject *object)
{
  WardMirror *mirror = WARD_MIRROR (object);
  g_clear_pointer (&mirror->popover, gtk_widget_unparent);
  g_clear_pointer (&mirror->button, gtk_widget_unparent);
  g_clear_object (&mirror->context);
  g_clear_pointer (&mirror->unit, g_free);
  G_OBJECT_CLASS (ward_mirror_parent_class)->dispose (object);
}

static void
ward_mirror_class_init (WardMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ward_mirror_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "mirror");
}

static void
ward_mirror_init (WardMirror *mirror)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = make_label (panel, "title");

  gtk_label_set_label (GTK_LABEL (title), _ ("How our beds were seen today"));
  mirror->since = make_label (panel, "quiet");
  mirror->grid = gtk_grid_new ();
  gtk_box_append (GTK_BOX (panel), mirror->grid);
  mirror->reason = make_label (panel, "reason");
  mirror->fault = make_label (panel, "quiet");
  fill_grid (mirror);
  mirror->button = gtk_toggle_button_new_with_label (_ ("How our beds were seen today"));
  gtk_widget_add_css_class (mirror->button, "link");
  gtk_widget_set_halign (mirror->button, GTK_ALIGN_START);
  gtk_widget_set_parent (mirror->button, GTK_WIDGET (mirror));
  mirror->popover = gtk_popover_new ();
  gtk_widget_add_css_class (mirror->popover, "reasons");
  gtk_widget_add_css_class (mirror->popover, "mirror");
  gtk_popover_set_child (GTK_POPOVER (mirror->popover), panel);
  gtk_popover_set_position (GTK_POPOVER (mirror->popover), GTK_POS_TOP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mirror->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How our beds were seen today"), -1);
  gtk_widget_set_parent (mirror->popover, mirror->button);
  g_signal_connect_object (mirror->button, "toggled", G_CALLBACK (on_toggled), mirror, G_CONNECT_SWAPPED);
  g_signal_connect_object (mirror->popover, "closed", G_CALLBACK (on_closed), mirror, G_CONNECT_SWAPPED);
}
