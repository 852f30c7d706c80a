/* board-words.h: what the board says in words: the ticker's sentences, the spoken ones, and lists.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"

const char *
board_words_owner (BedOwnerKind kind); /* "NHS" */
const char *
board_words_glyph (BoardGlyph glyph); /* "Held, time left" */
const char *
board_words_closure (BedClosure reason); /* "infection" */

/* The ticker's sentence about one event, without the unit's name: "Room 7 cleaned, free". It never
 * joins a room and a person's code. NULL: not for the ticker. Owned by the caller. */
char *
board_words_recent (const BoardRecent *recent, const char *label);

/* "Romsey Hospital, NHS, 15 kilometres. 2 free, 1 held for 21 more minutes, 1 arriving, 1 cleaning,
 * 14 occupied of whom 1 leaves today. Last confirmed 12 minutes ago." Owned by the caller. */
char *
board_words_unit (const BoardUnit *unit, gint64 now_us);
