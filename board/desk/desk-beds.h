/* desk-beds.h: the beds that suit the chosen person, nearest first, and why the others do not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskBeds, desk_beds, DESK, BEDS, GtkWidget)
#define DESK_TYPE_BEDS (desk_beds_get_type ())

GtkWidget *
desk_beds_new (DeskState *state);

/* R: reserves the picked bed, as its button would. */
void
desk_beds_reserve (DeskBeds *beds);
