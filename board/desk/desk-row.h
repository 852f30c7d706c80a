/* desk-row.h: one person in the desk's list, or the heading of a section.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskRow, desk_row, DESK, ROW, GtkWidget)
#define DESK_TYPE_ROW (desk_row_get_type ())

GtkWidget *
desk_row_new (DeskState *state);
/* id: a code, or "#" and the number of a section; "" nothing. */
void
desk_row_show (DeskRow *row, const char *id);
/* One sentence for whoever listens. Owned by the caller. */
char *
desk_row_speak (DeskRow *row);
