/* desk-finder.h: what the search entry of the header has found, below it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskFinder, desk_finder, DESK, FINDER, GObject)
#define DESK_TYPE_FINDER (desk_finder_get_type ())

/* entry: a GtkSearchEntry, borrowed; must outlive this. Signal "found-person" (): one was chosen. */
DeskFinder *
desk_finder_new (DeskState *state, GtkWidget *entry);
