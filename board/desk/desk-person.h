/* desk-person.h: who the chosen person is, as far as anybody may know: needs, figures, ⋮ menu.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskPerson, desk_person, DESK, PERSON, GtkWidget)
#define DESK_TYPE_PERSON (desk_person_get_type ())

GtkWidget *
desk_person_new (DeskState *state);
/* What asks something is asked at the ⋮ button. Borrowed. */
GtkWidget *
desk_person_get_anchor (DeskPerson *person);
