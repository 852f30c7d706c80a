/* wall-pad.h: digits and letters to touch, for a wall without a keyboard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

/* What each touch of a button calls besides. */
typedef struct
{
  GCallback callback; /* (gpointer user_data) */
  gpointer user_data;
} WallPadTouch;

/* A grid of buttons that write digits into entry. Floating. */
GtkWidget *
wall_pad_new (GtkEditable *entry, const WallPadTouch *touch);

/* Likewise letters, digits and what stands in a user's id; its ↵ is entry's Enter. */
GtkWidget *
wall_pad_new_letters (GtkEditable *entry, const WallPadTouch *touch);
