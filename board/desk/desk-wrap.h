/* desk-wrap.h: children beside each other, and on the next line when there is no room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskWrap, desk_wrap, DESK, WRAP, GtkLayoutManager)
#define DESK_TYPE_WRAP (desk_wrap_get_type ())

/* A widget whose children wrap, gap pixels apart. */
GtkWidget *
desk_wrap_new (int gap);
/* Pixels between the lines, if they are to be others than between children. */
void
desk_wrap_set_line_gap (GtkWidget *box, int gap);
/* The least width in which they take at most so many lines (or, wider, one line). */
int
desk_wrap_find_width (GtkWidget *box, guint lines);
/* One that wants no more than most em, however many there are. */
GtkWidget *
desk_wrap_new_within (int gap, int most);
