/* desk-history.h: the box "What happened" of the chosen person.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskHistory, desk_history, DESK, HISTORY, GtkWidget)
#define DESK_TYPE_HISTORY (desk_history_get_type ())

GtkWidget *
desk_history_new (DeskState *state);
