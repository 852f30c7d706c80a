/* wall-actions.h: the wallboard's keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-board.h"

/* Adds the keys to wallboard: what is typed into an entry never gets here. */
void
wall_actions_add (WallBoard *wallboard);
