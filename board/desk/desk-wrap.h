/* desk-wrap.h: children beside each other, and on the next line when there is no room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskWrap, desk_wrap, DESK, WRAP, GtkLayoutManager)
#define DESK_TYPE_WRAP (desk_wrap_get_type ())

/* A widget whose children wrap, gap pixels apart. most: as wide as it likes to be, in em; 0: as wide
 * as all of them beside each other. */
GtkWidget *
desk_wrap_new (int gap, int most);
