/* board-actions.h: the wallboard's keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-wallboard.h"

/* Adds the keys to wallboard: what is typed into an entry never gets here. */
void
board_actions_add (BoardWallboard *wallboard);
