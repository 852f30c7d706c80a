/* board-palette.h: the colours of the boards and the shapes of the wallboard, as constants.
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

/* X (NAME, dark, light, strong): the wallboard; desk and ward; desk and ward in high contrast. */
#define BOARD_COLOURS(X)                                                                           \
  X (BG, 0x0E1318, 0xF6F7F8, 0xFFFFFF)                                                             \
  X (TILE, 0x182028, 0xFFFFFF, 0xFFFFFF)                                                           \
  X (RAISED, 0x222C36, 0xEEF0F2, 0xFFFFFF)                                                         \
  X (LINE, 0x33404C, 0xD9DDE2, 0x1B2026) /* decorative only, but in high contrast */               \
  X (TILE_ZERO, 0x131A21, 0xF6F7F8, 0xFFFFFF)                                                      \
  X (ROW_CHANGED, 0x14332B, 0xDFF3EC, 0xDFF3EC)                                                    \
  X (TEXT, 0xF3F6F8, 0x1B2026, 0x000000)                                                           \
  X (TEXT2, 0xB9C4CE, 0x47515B, 0x1B2026)                                                          \
  X (TEXT3, 0x94A2AF, 0x5B6670, 0x1B2026)                                                          \
  X (ZERO, 0x8593A0, 0x5B6670, 0x1B2026) /* the 0 of a full site */                                \
  X (ACCENT, 0x6EC3F7, 0x00619A, 0x003E66)                                                         \
  X (FREE, 0x2FD6A3, 0x00855F, 0x00694B)                                                           \
  X (HELD, 0xF2B632, 0xA96B00, 0x7A4F00)                                                           \
  X (ARRIVING, 0x6EC3F7, 0x0072B2, 0x00598C)                                                       \
  X (LEAVING, 0xEFE36B, 0xFFFFFF, 0xFFFFFF) /* light: the arrow in the square */                   \
  X (OCCUPIED, 0x9AA8B5, 0x7C8894, 0x47515B)                                                       \
  X (OCCUPIED_FILL, 0x5C6C7B, 0x7C8894, 0x47515B) /* meant to recede */                            \
  X (CLEANING, 0xE7A3CA, 0xAE5487, 0x8F3A6B)                                                       \
  X (CLOSED, 0xFF8F57, 0xCB5400, 0x9C3F00)                                                         \
  X (KEY_SHADE, 0x8593A0, 0x5B6670, 0x1B2026) /* lower edge of a key that does something now */    \
  X (CHIP, 0x2C3A47, 0xE1E5E9, 0xE1E5E9)      /* ground of the NHS chip */

typedef enum
{
#define X(name, dark, light, strong) BOARD_COLOUR_##name,
  BOARD_COLOURS (X)
#undef X
  BOARD_N_COLOURS
} BoardColour;

typedef enum
{
  BOARD_THEME_DARK,
  BOARD_THEME_LIGHT,
  BOARD_THEME_STRONG,
  BOARD_N_THEMES
} BoardTheme;

static const GdkRGBA board_palettes[BOARD_N_THEMES][BOARD_N_COLOURS] = {
#define X(name, dark, light, strong) [BOARD_THEME_DARK][BOARD_COLOUR_##name] = BOARD_RGB (dark),
  BOARD_COLOURS (X)
#undef X
#define X(name, dark, light, strong) [BOARD_THEME_LIGHT][BOARD_COLOUR_##name] = BOARD_RGB (light),
  BOARD_COLOURS (X)
#undef X
#define X(name, dark, light, strong) [BOARD_THEME_STRONG][BOARD_COLOUR_##name] = BOARD_RGB (strong),
  BOARD_COLOURS (X)
#undef X
};

/* The wallboard's. */
#define board_palette (board_palettes[BOARD_THEME_DARK])

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
