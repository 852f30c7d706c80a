/* board-states.h: the states a board tells apart: seven of a bed, and "we do not know".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-words.h"

#include <glib.h>

/* In strip order. UNKNOWN is no state of a bed but of our knowledge. */
typedef enum
{
  BOARD_GLYPH_FREE,
  BOARD_GLYPH_HELD,
  BOARD_GLYPH_ARRIVING,
  BOARD_GLYPH_CLEANING,
  BOARD_GLYPH_LEAVING, /* counted within occupied */
  BOARD_GLYPH_OCCUPIED,
  BOARD_GLYPH_UNKNOWN,
  BOARD_GLYPH_CLOSED,
  BOARD_N_GLYPHS
} BoardGlyph;

BoardGlyph
board_glyph_of_display (BedDisplay display);

/* For text exports, accessible names and letters mode. */
const char *
board_glyph_letter (BoardGlyph glyph);
