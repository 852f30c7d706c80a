/* board-draw.h: the few shapes the board is made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-palette.h"

#include <gtk/gtk.h>

void
board_draw_box (GtkSnapshot *snapshot, double x, double y, double width, double height,
                double radius, const GdkRGBA *colour);
/* A line inside the edge. */
void
board_draw_border (GtkSnapshot *snapshot, double x, double y, double width, double height,
                   double radius, double stroke, const GdkRGBA *colour);
void
board_draw_dashes (GtkSnapshot *snapshot, double x, double y, double width, double height,
                   double radius, double stroke, const GdkRGBA *colour);
void
board_draw_disc (GtkSnapshot *snapshot, double x, double y, double radius, const GdkRGBA *colour);
void
board_draw_circle (GtkSnapshot *snapshot, double x, double y, double radius, double stroke,
                   const GdkRGBA *colour);
/* An arc with round ends, from 12 o'clock clockwise; part 0 … 1. */
void
board_draw_arc (GtkSnapshot *snapshot, double x, double y, double radius, double stroke,
                double part, const GdkRGBA *colour);
