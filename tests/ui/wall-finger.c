/* wall-finger.c: gives touches to the wallboard's own gesture, at places that the layout says.
 *
 * Owns nothing. What is not there fails the test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-finger.h"

#include "board/wall/wall-queue-page.h"

static GtkGesture *
find_gesture (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        return GTK_GESTURE (controller);
    }
  g_assert_not_reached ();
}

void
wall_finger_come_down (WallStage *stage, double x, double y)
{
  g_signal_emit_by_name (find_gesture (GTK_WIDGET (stage->wallboard)), "pressed", 1, x, y);
}

void
wall_finger_go_up (WallStage *stage, double x, double y)
{
  g_signal_emit_by_name (find_gesture (GTK_WIDGET (stage->wallboard)), "released", 1, x, y);
}

void
wall_finger_touch (WallStage *stage, double x, double y)
{
  wall_finger_come_down (stage, x, y);
  wall_finger_go_up (stage, x, y);
}

WallLayout
wall_finger_get_layout (WallStage *stage)
{
  WallLayout layout;
  const WallView *view = wall_board_peek_view (stage->wallboard);
  WallLayoutWish wish = { .n_units = board_model_peek_units (stage->model)->len,
                          .is_big = view->is_big,
                          .is_public = view->privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR };

  wall_layout_fit (&layout, gtk_widget_get_width (GTK_WIDGET (stage->wallboard)),
                   gtk_widget_get_height (GTK_WIDGET (stage->wallboard)), &wish);
  return layout;
}

/* The middle of the row's text, in window pixels; as many rows down as the panel has. */
void
wall_finger_find_row (WallStage *stage, guint row, double *x, double *y)
{
  WallLayout layout = wall_finger_get_layout (stage);
  g_autoptr (WallOrder) order = wall_order_new ();
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  wall_order_follow (order, stage->model, 1, FALSE);
  wall_queue_page_fill (page, order, stage->model, stage->placing, &layout);
  g_assert_cmpuint (row, <, page->n_rows);
  *x = (layout.queue.x + layout.queue.width / 2) * layout.scale;
  *y = (layout.queue.y + (page->rows[row].y + page->rows[row].height / 2) * layout.zoom) * layout.scale;
}

void
wall_finger_touch_row (WallStage *stage, guint row)
{
  double x;
  double y;

  wall_finger_find_row (stage, row, &x, &y);
  wall_finger_touch (stage, x, y);
}

void
wall_finger_touch_tile (WallStage *stage, guint slot)
{
  WallLayout layout = wall_finger_get_layout (stage);
  BoardRect tile = wall_layout_get_tile (&layout, slot);

  wall_finger_touch (stage, (tile.x + tile.width / 2) * layout.scale, (tile.y + tile.height / 2) * layout.scale);
}
