/* desk-list.h: the desk's left column: everybody who is this desk's business.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskList, desk_list, DESK, LIST, GtkWidget)
#define DESK_TYPE_LIST (desk_list_get_type ())

GtkWidget *
desk_list_new (DeskState *state);

/* J and K: chooses the next (1) or previous (-1) person. */
void
desk_list_step (DeskList *list, int step);
