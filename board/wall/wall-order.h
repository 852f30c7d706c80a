/* wall-order.h: the order in which the queue is shown: steady, so that no row moves under a
 * finger.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

#define WALL_REORDER_US (5 * G_GINT64_CONSTANT (1000000))
#define WALL_KEYS_MAX 9

typedef struct _WallOrder WallOrder;

WallOrder *
wall_order_new (void);
void
wall_order_free (WallOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WallOrder, wall_order_free)

/* Takes the model's order, at most every five seconds, and not at all while is_frozen. TRUE if the
 * order is now another one. */
gboolean
wall_order_follow (WallOrder *order, BoardModel *model, gint64 monotonic_us, gboolean is_frozen);

/* The model's order differs from what is shown: worth asking again after a while. */
gboolean
wall_order_is_behind (WallOrder *order, BoardModel *model);

guint
wall_order_get_length (WallOrder *order);
const char *
wall_order_peek_code (WallOrder *order, guint i);
gboolean
wall_order_is_urgent (WallOrder *order, guint i); /* as it was when it was put there */

/* Monotonic: since when row i has been this person's. A finger may have aimed at whoever was there. */
gint64
wall_order_get_moved_us (WallOrder *order, guint i);

/* The first row shown. */
guint
wall_order_get_first (WallOrder *order);
void
wall_order_scroll (WallOrder *order, int rows, guint n_visible);
