/* wall-queue-clock.h: the clock at the head of a person's row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-queue-page.h"
#include "wall-scene.h"

/* The urgent lane: what is left of the clock that is shown, as a ring with its time. */
void
wall_queue_clock_draw_ring (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row);

/* The flow lane: how long the person has been ready to leave. */
void
wall_queue_clock_draw_wait (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row);
