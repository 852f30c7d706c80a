/* desk-board.c: puts the list of referrals, the chosen one and the map together.
 *
 * Owns its widgets and a reference to the context; the model holds the truth. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-board.h"

struct _DeskBoard
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;

  /* widgets */
  GtkWidget *name;
};

G_DEFINE_FINAL_TYPE (DeskBoard, desk_board, GTK_TYPE_WIDGET)

static void
refresh (DeskBoard *board)
{
  BoardMoment moment;

  board_context_get_moment (board->context, &moment);
  gtk_label_set_label (GTK_LABEL (board->name), moment.session.user);
}

GtkWidget *
desk_board_new (BoardContext *context)
{
  DeskBoard *board = g_object_new (DESK_TYPE_BOARD, NULL);

  board->context = g_object_ref (context);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  refresh (board);
  return GTK_WIDGET (board);
}

static void
desk_board_dispose (GObject *object)
{
  DeskBoard *board = DESK_BOARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (board))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&board->context);
  G_OBJECT_CLASS (desk_board_parent_class)->dispose (object);
}

static void
desk_board_class_init (DeskBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_board_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "desk");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homedesk/board/desk-board.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, name);
}

static void
desk_board_init (DeskBoard *board)
{
  gtk_widget_init_template (GTK_WIDGET (board));
}
