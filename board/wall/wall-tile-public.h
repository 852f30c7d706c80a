/* wall-tile-public.h: a tile for a corridor: how many beds are free, and nothing about one of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-scene.h"

void
wall_tile_public_draw (const WallScene *scene, GtkSnapshot *snapshot, const BoardUnit *unit,
                       double width, double height);
