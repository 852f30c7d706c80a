/* wall-actions.h: the wallboard's keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-board.h"

/* As if the key had been pressed. FALSE: it does nothing now. */
gboolean
wall_actions_press (WallBoard *wallboard, guint key, gboolean is_shifted);

/* Adds keys and touch to wallboard: what is typed into an entry never gets here. */
void
wall_actions_add (WallBoard *wallboard);
