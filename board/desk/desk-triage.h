/* desk-triage.h: the card on which a submitted person is triaged: pathway, lane, why not home.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskTriage, desk_triage, DESK, TRIAGE, GtkWidget)
#define DESK_TYPE_TRIAGE (desk_triage_get_type ())

/* Visible while the chosen person is submitted and this role may triage. */
GtkWidget *
desk_triage_new (DeskState *state);
/* Shows it for whoever was triaged before. */
void
desk_triage_open (DeskTriage *triage);
