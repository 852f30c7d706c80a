/* board-pill.c: the connection pill of desk and ward.
 *
 * Owns its children and a reference to the context. Three states by shape: a disc, a hollow ring, a
 * cross. Only the word is its accessible name: the seconds beside it would be read without end.
 * Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-pill.h"

#include "board-line.h"
#include "board-mark.h"

#define CROSS_SIZE 18

struct _BoardPill
{
  GtkWidget parent_instance;

  BoardContext *context; /* owned */

  /* widgets */
  GtkWidget *sign; /* disc or ring, by style */
  GtkWidget *cross;
  GtkWidget *word;
  GtkWidget *rest;
};

G_DEFINE_FINAL_TYPE (BoardPill, board_pill, GTK_TYPE_WIDGET)

static const char *
get_style (BoardLine line)
{
  switch (line)
    {
    case BOARD_LINE_LIVE:
      return "is-live";
    case BOARD_LINE_RECONNECTING:
    case BOARD_LINE_READ_ONLY:
      return "is-unsure";
    case BOARD_LINE_OFFLINE:
    case BOARD_LINE_REFUSED:
      return "is-lost";
    }
  return "is-lost";
}

static void
show_style (BoardPill *pill, const char *style)
{
  static const char *const styles[] = { "is-live", "is-unsure", "is-lost" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], style))
      gtk_widget_add_css_class (GTK_WIDGET (pill), styles[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (pill), styles[i]);
  gtk_widget_set_visible (pill->sign, !g_str_equal (style, "is-lost"));
  gtk_widget_set_visible (pill->cross, g_str_equal (style, "is-lost"));
}

static void
refresh (BoardPill *pill)
{
  char rest[BOARD_LINE_REST_SIZE];
  BoardMoment moment;
  const char *word;

  board_context_get_moment (pill->context, &moment);
  word = board_line_say (&moment, board_context_get_model (pill->context), rest);
  show_style (pill, get_style (moment.line));
  gtk_label_set_label (GTK_LABEL (pill->rest), rest);
  gtk_widget_set_visible (pill->rest, *rest != 0);
  if (g_str_equal (gtk_label_get_label (GTK_LABEL (pill->word)), word))
    return;
  gtk_label_set_label (GTK_LABEL (pill->word), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pill), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
}

GtkWidget *
board_pill_new (BoardContext *context)
{
  BoardPill *pill = g_object_new (BOARD_TYPE_PILL, NULL);

  pill->context = g_object_ref (context);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), pill, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), pill, G_CONNECT_SWAPPED);
  refresh (pill);
  return GTK_WIDGET (pill);
}

static void
board_pill_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&BOARD_PILL (object)->context);
  G_OBJECT_CLASS (board_pill_parent_class)->dispose (object);
}

static void
board_pill_class_init (BoardPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = board_pill_dispose;
  gtk_widget_class_set_css_name (widget_class, "pill");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
board_pill_init (BoardPill *pill)
{
  GtkWidget *widget = GTK_WIDGET (pill);

  pill->sign = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  pill->cross = board_mark_new (CROSS_SIZE);
  pill->word = gtk_label_new ("");
  pill->rest = gtk_label_new ("");
  gtk_widget_add_css_class (pill->sign, "sign");
  gtk_widget_set_valign (pill->sign, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (pill->word, "word");
  gtk_widget_add_css_class (pill->rest, "quiet");
  gtk_label_set_ellipsize (GTK_LABEL (pill->rest), PANGO_ELLIPSIZE_END);
  board_mark_show_icon (BOARD_MARK (pill->cross), BOARD_ICON_CROSS);
  gtk_widget_set_parent (pill->sign, widget);
  gtk_widget_set_parent (pill->cross, widget);
  gtk_widget_set_parent (pill->word, widget);
  gtk_widget_set_parent (pill->rest, widget);
}
