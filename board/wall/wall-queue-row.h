/* wall-queue-row.h: one person's row in the queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-queue-page.h"
#include "wall-scene.h"

void
wall_queue_row_draw (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row,
                      double width);
