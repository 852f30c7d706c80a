/* board-queue-row.h: one person's row in the queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-queue-page.h"
#include "board-scene.h"

void
board_queue_row_draw (const BoardScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row,
                      double width);
