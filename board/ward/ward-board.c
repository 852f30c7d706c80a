/* ward-board.c: puts a unit's header, cards, side column and toast together.
 *
 * Owns its widgets and a reference to the context; the model holds the truth. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-board.h"

struct _WardBoard
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;
  char *unit;

  /* widgets */
  GtkWidget *name;
};

G_DEFINE_FINAL_TYPE (WardBoard, ward_board, GTK_TYPE_WIDGET)

/* The unit whose screen this is, or NULL as long as nothing is known. */
static const BoardUnit *
find_unit (WardBoard *board)
{
  BoardModel *model = board_context_get_model (board->context);
  const GPtrArray *units = board_model_peek_units (model);
  BoardMoment moment;

  if (*board->unit != 0)
    return board_model_find_unit (model, board->unit);
  board_context_get_moment (board->context, &moment);
  if (moment.session.unit[0] != 0)
    return board_model_find_unit (model, moment.session.unit);
  return units->len > 0 ? g_ptr_array_index (units, 0) : NULL;
}

static void
refresh (WardBoard *board)
{
  const BoardUnit *unit = find_unit (board);

  gtk_label_set_label (GTK_LABEL (board->name), unit != NULL ? unit->name : "");
}

GtkWidget *
ward_board_new (BoardContext *context, const char *unit)
{
  WardBoard *board = g_object_new (WARD_TYPE_BOARD, NULL);

  board->context = g_object_ref (context);
  board->unit = g_strdup (unit != NULL ? unit : "");
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  refresh (board);
  return GTK_WIDGET (board);
}

static void
ward_board_dispose (GObject *object)
{
  WardBoard *board = WARD_BOARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (board))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&board->context);
  g_clear_pointer (&board->unit, g_free);
  G_OBJECT_CLASS (ward_board_parent_class)->dispose (object);
}

static void
ward_board_class_init (WardBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_board_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ward");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/ward-board.ui");
  gtk_widget_class_bind_template_child (widget_class, WardBoard, name);
}

static void
ward_board_init (WardBoard *board)
{
  gtk_widget_init_template (GTK_WIDGET (board));
}
