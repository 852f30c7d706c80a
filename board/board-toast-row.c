/* board-toast-row.c: what stands in a toast.
 *
 * Owns its children. A role cannot change once a widget is made, so there are two labels for the words
 * and one of them is visible: what is refused is an alert, the rest a status. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-toast-row.h"

#include "board-mark.h"
#include "common/bed-time.h"

#define MARK_SIZE 22

struct _BoardToastRow
{
  GtkWidget parent_instance;

  /* widgets */
  GtkWidget *mark;
  GtkWidget *status;
  GtkWidget *alert;
  GtkWidget *clock;
  GtkWidget *button;
  GtkWidget *undo_icon;
  GtkWidget *button_label;
  GtkWidget *key;
};

G_DEFINE_FINAL_TYPE (BoardToastRow, board_toast_row, GTK_TYPE_WIDGET)

enum
{
  CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
board_toast_row_show (BoardToastRow *row, BoardToastShows shows, const char *words, gint64 now_us)
{
  static const BoardIcon icons[]
      = { BOARD_ICON_TICK, BOARD_ICON_TICK, BOARD_ICON_WARNING, BOARD_ICON_UP };
  gboolean is_alert = shows == BOARD_TOAST_SHOWS_REFUSED;
  char clock[6];

  bed_time_print_local (now_us, clock);
  gtk_label_set_label (GTK_LABEL (row->clock), clock);
  board_mark_show_icon (BOARD_MARK (row->mark), icons[shows]);
  gtk_label_set_label (GTK_LABEL (is_alert ? row->alert : row->status), words);
  gtk_widget_set_visible (row->alert, is_alert);
  gtk_widget_set_visible (row->status, !is_alert);
}

void
board_toast_row_offer (BoardToastRow *row, BoardToastOffers offers, const char *words)
{
  gtk_widget_set_visible (row->button, words != NULL);
  gtk_widget_set_visible (row->undo_icon, offers == BOARD_TOAST_OFFERS_UNDO);
  gtk_widget_set_visible (row->key, offers == BOARD_TOAST_OFFERS_NEXT);
  if (words == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (row->button_label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
on_clicked (BoardToastRow *row)
{
  g_signal_emit (row, signals[CLICKED], 0);
}

static GtkWidget *
make_words (GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "xalign", 0.f, "wrap", TRUE,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, "hexpand", TRUE, "visible", FALSE, NULL);

  gtk_widget_add_css_class (label, "words");
  return label;
}

static GtkWidget *
make_button (BoardToastRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new ();

  row->undo_icon = gtk_image_new_from_icon_name ("edit-undo-symbolic");
  row->button_label = gtk_label_new ("");
  row->key = gtk_label_new ("N");
  gtk_widget_add_css_class (row->key, "key");
  gtk_widget_set_valign (row->key, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (row->button_label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), row->undo_icon);
  gtk_box_append (GTK_BOX (box), row->button_label);
  gtk_box_append (GTK_BOX (box), row->key);
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), row, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
board_toast_row_new (void)
{
  return g_object_new (BOARD_TYPE_TOAST_ROW, NULL);
}

static void
board_toast_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (board_toast_row_parent_class)->dispose (object);
}

static void
board_toast_row_class_init (BoardToastRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = board_toast_row_dispose;
  signals[CLICKED] = g_signal_new ("clicked", BOARD_TYPE_TOAST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
board_toast_row_init (BoardToastRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);

  row->mark = board_mark_new (MARK_SIZE);
  row->status = make_words (GTK_ACCESSIBLE_ROLE_STATUS);
  row->alert = make_words (GTK_ACCESSIBLE_ROLE_ALERT);
  row->clock = gtk_label_new ("");
  gtk_widget_add_css_class (row->clock, "clock");
  row->button = make_button (row);
  gtk_widget_set_parent (row->mark, widget);
  gtk_widget_set_parent (row->status, widget);
  gtk_widget_set_parent (row->alert, widget);
  gtk_widget_set_parent (row->clock, widget);
  gtk_widget_set_parent (row->button, widget);
}
