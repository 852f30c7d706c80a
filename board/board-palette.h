/* board-palette.h: the colours and shapes of the dark wallboard, as constants.
 *
 * Every contrast has been computed: text pairs at least 4.5 to 1, state glyphs at least 3 to 1.
 * Colour never carries a meaning alone: each state has a silhouette and a word as well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

#define BOARD_RGB(hex)                                                                             \
  {                                                                                                \
    (float) ((hex) >> 16 & 0xff) / 255.f, (float) ((hex) >> 8 & 0xff) / 255.f,                       \
        (float) ((hex) & 0xff) / 255.f, 1.f                                                        \
  }

/* X (NAME, hex) */
#define BOARD_COLOURS(X)                                                                           \
  X (BG, 0x0E1318)                                                                                 \
  X (TILE, 0x182028)                                                                               \
  X (RAISED, 0x222C36)                                                                             \
  X (LINE, 0x33404C) /* decorative only */                                                         \
  X (TILE_ZERO, 0x131A21)                                                                          \
  X (ROW_CHANGED, 0x14332B)                                                                        \
  X (TEXT, 0xF3F6F8)                                                                               \
  X (TEXT2, 0xB9C4CE)                                                                              \
  X (TEXT3, 0x94A2AF)                                                                              \
  X (ZERO, 0x8593A0) /* the 0 of a full site */                                                    \
  X (FREE, 0x2FD6A3)                                                                               \
  X (HELD, 0xF2B632)                                                                               \
  X (ARRIVING, 0x6EC3F7)                                                                           \
  X (LEAVING, 0xEFE36B)                                                                            \
  X (OCCUPIED, 0x9AA8B5)                                                                           \
  X (OCCUPIED_FILL, 0x5C6C7B) /* meant to recede */                                                \
  X (CLEANING, 0xE7A3CA)                                                                           \
  X (CLOSED, 0xFF8F57)                                                                             \
  X (KEY_SHADE, 0x8593A0)     /* lower edge of a key that does something now */                    \
  X (CHIP, 0x2C3A47)          /* ground of the NHS chip */

typedef enum
{
#define X(name, hex) BOARD_COLOUR_##name,
  BOARD_COLOURS (X)
#undef X
  BOARD_N_COLOURS
} BoardColour;

static const GdkRGBA board_palette[BOARD_N_COLOURS] = {
#define X(name, hex) BOARD_RGB (hex),
  BOARD_COLOURS (X)
#undef X
};

static inline GdkRGBA
board_palette_fade (BoardColour colour, double opacity)
{
  GdkRGBA faded = board_palette[colour];

  faded.alpha = (float) opacity;
  return faded;
}

/* Shapes, in pixels of a 1920 × 1080 board. */
#define BOARD_RADIUS_PANEL 18
#define BOARD_RADIUS_TILE 14
#define BOARD_RADIUS_CHIP 6
#define BOARD_TEXT_MIN 18 /* smallest text at 1080p */
