/* board-text.h: text on the board: Inter, with tabular numbers, laid out once and kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

typedef enum
{
  BOARD_ALIGN_START,
  BOARD_ALIGN_CENTRE,
  BOARD_ALIGN_END
} BoardAlign;

/* How a text looks. Weights as in CSS. */
typedef struct
{
  double size;      /* pixels of the 1080p board */
  int weight;       /* 400 … 700 */
  gboolean is_code; /* a reference or an outward code: unmistakable letters */
} BoardFont;

typedef struct _BoardText BoardText;

/* context: of any widget on the board. Borrowed: must outlive the text. */
BoardText *
board_text_new (PangoContext *context);
void
board_text_free (BoardText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardText, board_text_free)

/* Width in pixels; with width_max > 0 as ellipsised to it. */
double
board_text_measure (BoardText *text, BoardFont font, const char *words, double width_max);

/* Draws one line with its baseline at y and returns its width. x is its start, centre or end.
 * width_max > 0: ellipsised at the end when it is longer. */
double
board_text_draw (BoardText *text, GtkSnapshot *snapshot, BoardFont font, const GdkRGBA *colour,
                 double x, double y, BoardAlign align, double width_max, const char *words);

/* Draws at most n_lines, broken between words at width, the first baseline at y. */
void
board_text_draw_lines (BoardText *text, GtkSnapshot *snapshot, BoardFont font,
                       const GdkRGBA *colour, double x, double y, double width, int n_lines,
                       const char *words);
