/* desk-map-canvas.h: the map itself: one widget that draws everything in one snapshot.
 *
 * Arrow keys go from site to site, Enter (or a click) picks the first bed there that suits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskMapCanvas, desk_map_canvas, DESK, MAP_CANVAS, GtkWidget)
#define DESK_TYPE_MAP_CANVAS (desk_map_canvas_get_type ())

GtkWidget *
desk_map_canvas_new (DeskState *state);
/* Only what suits the chosen person, or all sites. */
void
desk_map_canvas_show_suitable (DeskMapCanvas *canvas, gboolean is_suitable_only);

/* The site where the keyboard is; "" none. */
const char *
desk_map_canvas_peek_current (DeskMapCanvas *canvas);
/* What a screen reader says of the whole map. */
const char *
desk_map_canvas_peek_sentence (DeskMapCanvas *canvas);
/* Where a site stands, in the canvas. FALSE: it is not shown. */
gboolean
desk_map_canvas_find (DeskMapCanvas *canvas, const char *unit, double *x, double *y);
