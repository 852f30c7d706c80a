/* desk-map-key.h: one sign of the map's legend, drawn as the map draws it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-map-marks.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskMapKey, desk_map_key, DESK, MAP_KEY, GtkWidget)
#define DESK_TYPE_MAP_KEY (desk_map_key_get_type ())

GtkWidget *
desk_map_key_new (DeskMarkKind kind, gboolean is_held, gboolean is_stale);
