/* wall-order.c: the queue's order as shown, and how far it is scrolled.
 *
 * Owns a copy of the codes. A person who has left the queue keeps the row until the next reorder,
 * so that rows below do not jump up under a finger. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-order.h"

#include <string.h>

typedef struct
{
  char code[BED_CODE_SIZE];
  gboolean is_urgent;
  gint64 moved_us; /* since when this person stands here */
} Row;

struct _WallOrder
{
  GArray *rows; /* owned: Row */
  gint64 followed_us;
  guint first;
};

WallOrder *
wall_order_new (void)
{
  WallOrder *order = g_new0 (WallOrder, 1);

  order->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  return order;
}

void
wall_order_free (WallOrder *order)
{
  g_array_unref (order->rows);
  g_free (order);
}

gboolean
wall_order_is_behind (WallOrder *order, BoardModel *model)
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

static guint
count_urgent (const GPtrArray *queue)
{
  guint n = 0;

  for (guint i = 0; i < queue->len; i++)
    n += ((const BoardReferral *)g_ptr_array_index (queue, i))->lane == BED_LANE_URGENT ? 1 : 0;
  return n;
}

static guint
count_urgent_rows (WallOrder *order)
{
  guint n = 0;

  for (guint i = 0; i < order->rows->len; i++)
    n += wall_order_is_urgent (order, i) ? 1 : 0;
  return n;
}

gboolean
wall_order_follow (WallOrder *order, BoardModel *model, gint64 monotonic_us, gboolean is_frozen)
{
  const GPtrArray *queue = board_model_peek_queue (model);
  guint n_before = order->rows->len;
  /* their rows are taller, and the lower the more of them there are */
  gboolean is_shifted = count_urgent (queue) != count_urgent_rows (order);

  if (is_frozen || !wall_order_is_behind (order, model))
    return FALSE;
  if (order->rows->len > 0 && monotonic_us - order->followed_us < WALL_REORDER_US)
    return FALSE;
  order->followed_us = monotonic_us;
  g_array_set_size (order->rows, queue->len);
  for (guint i = 0; i < queue->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (queue, i);
      Row *row = &g_array_index (order->rows, Row, i);

      if (i >= n_before || is_shifted || strcmp (row->code, referral->code) != 0)
        row->moved_us = monotonic_us;
      memcpy (row->code, referral->code, sizeof row->code);
      row->is_urgent = referral->lane == BED_LANE_URGENT;
    }
  if (order->first >= order->rows->len)
    order->first = 0;
  return TRUE;
}

guint
wall_order_get_length (WallOrder *order)
{
  return order->rows->len;
}

const char *
wall_order_peek_code (WallOrder *order, guint i)
{
  return g_array_index (order->rows, Row, i).code;
}

gboolean
wall_order_is_urgent (WallOrder *order, guint i)
{
  return g_array_index (order->rows, Row, i).is_urgent;
}

gint64
wall_order_get_moved_us (WallOrder *order, guint i)
{
  return g_array_index (order->rows, Row, i).moved_us;
}

guint
wall_order_get_first (WallOrder *order)
{
  return order->first;
}

void
wall_order_scroll (WallOrder *order, int rows, guint n_visible)
{
  gint64 last = (gint64)order->rows->len - MAX (n_visible, 1);

  order->first = (guint)CLAMP ((gint64)order->first + rows, 0, MAX (last, 0));
}
