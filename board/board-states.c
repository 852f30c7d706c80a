/* board-states.c: from the fourteen display states of the register to the eight of a board.
 *
 * Constant tables; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-states.h"

BoardGlyph
board_glyph_of_display (BedDisplay display)
{
  switch (display)
    {
    case BED_DISPLAY_FREE:
      return BOARD_GLYPH_FREE;
    case BED_DISPLAY_HELD:
      return BOARD_GLYPH_HELD;
    case BED_DISPLAY_ACCEPTED:
    case BED_DISPLAY_IN_TRANSIT:
      return BOARD_GLYPH_ARRIVING;
    case BED_DISPLAY_OCCUPIED:
    case BED_DISPLAY_ON_LEAVE:
      return BOARD_GLYPH_OCCUPIED;
    case BED_DISPLAY_LEAVING:
    case BED_DISPLAY_READY_TO_LEAVE:
      return BOARD_GLYPH_LEAVING;
    case BED_DISPLAY_CLEANING:
    case BED_DISPLAY_CONTAMINATED:
      return BOARD_GLYPH_CLEANING;
    case BED_DISPLAY_ISOLATED:
    case BED_DISPLAY_CLOSED:
    case BED_DISPLAY_SURGE_SHUT:
      return BOARD_GLYPH_CLOSED;
    case BED_DISPLAY_UNKNOWN:
    case BED_DISPLAY_N:
      return BOARD_GLYPH_UNKNOWN;
    }
  return BOARD_GLYPH_UNKNOWN;
}

const char *
board_glyph_letter (BoardGlyph glyph)
{
  static const char letters[BOARD_N_GLYPHS][2] = { "F", "H", "A", "C", "L", "O", "?", "X" };

  return letters[glyph];
}
