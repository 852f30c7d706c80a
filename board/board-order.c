/* board-order.c: the queue's order as shown, and how far it is scrolled.
 *
 * Owns a copy of the codes. A person who has left the queue keeps the row until the next reorder,
 * so that rows below do not jump up under a finger. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-order.h"

#include <string.h>

typedef struct
{
  char code[BED_CODE_SIZE];
  gboolean is_urgent;
} Row;

struct _BoardOrder
{
  GArray *rows; /* owned: Row */
  gint64 followed_us;
  guint first;
};

BoardOrder *
board_order_new (void)
{
  BoardOrder *order = g_new0 (BoardOrder, 1);

  order->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  return order;
}

void
board_order_free (BoardOrder *order)
{
  g_array_unref (order->rows);
  g_free (order);
}

gboolean
board_order_is_behind (BoardOrder *order, BoardModel *model)
{
  const GPtrArray *queue = board_model_peek_queue (model);

  if (queue->len != order->rows->len)
    return TRUE;
  for (guint i = 0; i < queue->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (queue, i);

      if (strcmp (referral->code, g_array_index (order->rows, Row, i).code) != 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
board_order_follow (BoardOrder *order, BoardModel *model, gint64 monotonic_us, gboolean is_frozen)
{
  const GPtrArray *queue = board_model_peek_queue (model);

  if (is_frozen || !board_order_is_behind (order, model))
    return FALSE;
  if (order->rows->len > 0 && monotonic_us - order->followed_us < BOARD_REORDER_US)
    return FALSE;
  order->followed_us = monotonic_us;
  g_array_set_size (order->rows, queue->len);
  for (guint i = 0; i < queue->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (queue, i);
      Row *row = &g_array_index (order->rows, Row, i);

      memcpy (row->code, referral->code, sizeof row->code);
      row->is_urgent = referral->lane == BED_LANE_URGENT;
    }
  if (order->first >= order->rows->len)
    order->first = 0;
  return TRUE;
}

guint
board_order_get_length (BoardOrder *order)
{
  return order->rows->len;
}

const char *
board_order_peek_code (BoardOrder *order, guint i)
{
  return g_array_index (order->rows, Row, i).code;
}

gboolean
board_order_is_urgent (BoardOrder *order, guint i)
{
  return g_array_index (order->rows, Row, i).is_urgent;
}

guint
board_order_get_first (BoardOrder *order)
{
  return order->first;
}

void
board_order_scroll (BoardOrder *order, int rows, guint n_visible)
{
  gint64 last = (gint64)order->rows->len - MAX (n_visible, 1);

  order->first = (guint)CLAMP ((gint64)order->first + rows, 0, MAX (last, 0));
}
