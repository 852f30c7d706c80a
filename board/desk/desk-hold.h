/* desk-hold.h: the banner of a hold: how long it lasts, where, and what can be done about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskHold, desk_hold, DESK, HOLD, GtkWidget)
#define DESK_TYPE_HOLD (desk_hold_get_type ())

/* Visible only while the chosen person has a bed held, or is accepted for one. */
GtkWidget *
desk_hold_new (DeskState *state);
