/* wall-finger.h: a finger on a wallboard in a window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/wall/wall-layout.h"
#include "wall-stage.h"

#define WALL_FINGER_MIN 44 /* nothing to touch is smaller, in pixels */

/* In the wallboard's pixels. */
void
wall_finger_come_down (WallStage *stage, double x, double y);
void
wall_finger_go_up (WallStage *stage, double x, double y);
void
wall_finger_touch (WallStage *stage, double x, double y); /* both */

/* As the wallboard is laid out now, without a line above its tiles but that of its pages. */
WallLayout
wall_finger_get_layout (WallStage *stage);

/* The middle of the queue's row, counted from 0. */
void
wall_finger_find_row (WallStage *stage, guint row, double *x, double *y);
void
wall_finger_touch_row (WallStage *stage, guint row);
void
wall_finger_touch_tile (WallStage *stage, guint slot);
