/* board-order.h: the order in which the queue is shown: steady, so that no row moves under a
 * finger.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"

#define BOARD_REORDER_US (5 * G_GINT64_CONSTANT (1000000))
#define BOARD_KEYS_MAX 9

typedef struct _BoardOrder BoardOrder;

BoardOrder *
board_order_new (void);
void
board_order_free (BoardOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardOrder, board_order_free)

/* Takes the model's order, at most every five seconds, and not at all while is_frozen. TRUE if the
 * order is now another one. */
gboolean
board_order_follow (BoardOrder *order, BoardModel *model, gint64 monotonic_us, gboolean is_frozen);

/* The model's order differs from what is shown: worth asking again after a while. */
gboolean
board_order_is_behind (BoardOrder *order, BoardModel *model);

guint
board_order_get_length (BoardOrder *order);
const char *
board_order_peek_code (BoardOrder *order, guint i);
gboolean
board_order_is_urgent (BoardOrder *order, guint i); /* as it was when it was put there */

/* The first row shown. */
guint
board_order_get_first (BoardOrder *order);
void
board_order_scroll (BoardOrder *order, int rows, guint n_visible);
