/* board-sparkline.h: occupied beds over the last 24 hours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-scene.h"
#include "board-time.h"

/* From x, in the headline band. */
void
board_sparkline_draw (const BoardScene *scene, GtkSnapshot *snapshot, double x, double width);
