/* board-codes-core.h: the inside of the vocabulary's tables. Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-codes.h"

/* What the values of one class are called. */
typedef struct
{
  const BedWords *words;
  const char *const *said; /* to be translated when they are said */
  guint n;
} BoardCodes;

#define BOARD_CODES(words, said) { &bed_##words##_words, said, G_N_ELEMENTS (said) }

extern const BoardCodes board_person_codes[];
extern const guint board_n_person_codes;
