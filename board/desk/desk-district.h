/* desk-district.h: an outward postcode: completed from those that the register knows, and whose it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

#include <gtk/gtk.h>

/* The codes to choose from; of one form. Transfer full. */
GtkListStore *
desk_districts_new (void);
/* Fills it with the register's, or, from a gateway that does not tell them, with those of the people
 * known here. */
void
desk_districts_fill (GtkListStore *districts, BoardModel *model);

/* An entry that completes from them, ignoring case; the list says whose people each code is. */
GtkWidget *
desk_district_entry_new (GtkListStore *districts);

/* What is known of a code as it is written: "Winchester LAP", or that the register does not know it; ""
 * while it is none yet. Owned by the caller. */
char *
desk_district_say (BoardModel *model, const char *written);
