/* board-glyphs.h: the silhouettes of the bed states, drawn once and kept as render nodes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-palette.h"
#include "board-states.h"

#include <gtk/gtk.h>

#define BOARD_PIE_STEPS 60 /* a hold's pie is drawn in sixtieths */

typedef struct _BoardGlyphs BoardGlyphs;

BoardGlyphs *
board_glyphs_new (BoardTheme theme);
void
board_glyphs_free (BoardGlyphs *glyphs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardGlyphs, board_glyphs_free)

/* The colour of a state's word or letter. */
BoardColour
board_glyph_colour (BoardGlyph glyph);

/* Draws glyph in the square of the given size whose top left corner is x, y. left: what is left of
 * a hold, 0 … 1; ignored for other glyphs. */
void
board_glyphs_draw (BoardGlyphs *glyphs, GtkSnapshot *snapshot, BoardGlyph glyph, double left,
                   double x, double y, double size);
