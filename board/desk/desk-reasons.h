/* desk-reasons.h: why the other beds do not suit: reason by reason, and the beds behind each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-offers.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskReasons, desk_reasons, DESK, REASONS, GtkWidget)
#define DESK_TYPE_REASONS (desk_reasons_get_type ())

GtkWidget *
desk_reasons_new (BoardModel *model);

/* offers: the newest answer, borrowed during the call; NULL: there is none. Hides itself if nothing is
 * ruled out. What is unfolded stays so, also for another person. */
void
desk_reasons_show (DeskReasons *reasons, const DeskOffers *offers);
