/* desk-asking.h: an act on the chosen person, from its word to its command; what needs a reason, a
 * time or another code asks for it first, in a popover at anchor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-acts.h"
#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskAsking, desk_asking, DESK, ASKING, GObject)
#define DESK_TYPE_ASKING (desk_asking_get_type ())

/* anchor is borrowed until this is dropped. */
DeskAsking *
desk_asking_new (DeskState *state, GtkWidget *anchor);
/* Does nothing if the act is not open for this person and role. TRIAGE, EDIT and RESERVE are the
 * board's own. */
void
desk_asking_begin (DeskAsking *asking, DeskAct act);

/* The anchor goes: nothing is asked any more. */
void
desk_asking_drop (DeskAsking *asking);
