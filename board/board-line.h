/* board-line.h: how the line to the register is, in words: "Live" "confirmed 8 s ago".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"
#include "board-source.h"

#define BOARD_LINE_REST_SIZE 160

/* Returns the word that stands out (static), and puts what follows it quietly into rest ("" if there
 * is nothing to add). model says since when the register serves as it does. */
const char *
board_line_say (const BoardMoment *moment, BoardModel *model, char rest[static BOARD_LINE_REST_SIZE]);
