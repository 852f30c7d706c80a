/* desk-actions.h: what the desk's menus and keys do: the action group "desk".
 *
 * new · person · plan · tonight · handover · everybody (on or off) · keys · find · next · previous ·
 * reserve · history · undo · take-next (the bed offered after a lost race) · act (a word of
 * desk-acts.h, done to the chosen person).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-board.h"

/* Puts the group and the keys on the board. */
void
desk_actions_install (DeskBoard *board);
