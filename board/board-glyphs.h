/* board-glyphs.h: the silhouettes of the bed states, drawn once and kept as render nodes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-palette.h"
#include "common/bed-words.h"

#include <gtk/gtk.h>

/* In strip order. UNKNOWN is no state of a bed but of our knowledge: an empty outline. */
typedef enum
{
  BOARD_GLYPH_FREE,
  BOARD_GLYPH_HELD,
  BOARD_GLYPH_ARRIVING,
  BOARD_GLYPH_CLEANING,
  BOARD_GLYPH_LEAVING,
  BOARD_GLYPH_OCCUPIED,
  BOARD_GLYPH_UNKNOWN,
  BOARD_GLYPH_CLOSED,
  BOARD_N_GLYPHS
} BoardGlyph;

#define BOARD_PIE_STEPS 60 /* a hold's pie is drawn in sixtieths */

typedef struct _BoardGlyphs BoardGlyphs;

BoardGlyphs *board_glyphs_new (void);
void board_glyphs_free (BoardGlyphs *glyphs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardGlyphs, board_glyphs_free)

/* The silhouette, letter and colour of a state. */
BoardGlyph board_glyph_of_display (BedDisplay display);
const char *board_glyph_letter (BoardGlyph glyph);
BoardColour board_glyph_colour (BoardGlyph glyph);

/* Draws glyph in the square of the given size whose top left corner is x, y. left: what is left of
 * a hold, 0 … 1; ignored for other glyphs. */
void board_glyphs_draw (BoardGlyphs *glyphs, GtkSnapshot *snapshot, BoardGlyph glyph, double left,
                        double x, double y, double size);
