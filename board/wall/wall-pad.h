/* wall-pad.h: ten digits to touch, for a wall without a keyboard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

/* A grid of buttons that write into entry; each calls on_touch (user_data). Floating. */
GtkWidget *
wall_pad_new (GtkEditable *entry, GCallback on_touch, gpointer user_data);
