/* desk-tonight-page.h: who is late, who has no transport, who is expected when.
 *
 * On a person: B transport booked, L late, C cancelled; Enter opens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskTonightPage, desk_tonight_page, DESK, TONIGHT_PAGE, GtkWidget)
#define DESK_TYPE_TONIGHT_PAGE (desk_tonight_page_get_type ())

GtkWidget *
desk_tonight_page_new (DeskState *state);
