/* wall-sparkline.h: occupied beds over the last 24 hours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-scene.h"
#include "../board-time.h"

/* From x, in the headline band. */
void
wall_sparkline_draw (const WallScene *scene, GtkSnapshot *snapshot, double x, double width);
