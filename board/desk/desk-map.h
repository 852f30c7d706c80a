/* desk-map.h: the right column's map: title, switch, the map itself and its legend.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-map-canvas.h"

G_DECLARE_FINAL_TYPE (DeskMap, desk_map, DESK, MAP, GtkWidget)
#define DESK_TYPE_MAP (desk_map_get_type ())

GtkWidget *
desk_map_new (DeskState *state);
/* Borrowed. */
DeskMapCanvas *
desk_map_get_canvas (DeskMap *map);
