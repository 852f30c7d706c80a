/* desk-offer-row.h: one bed that suits, ranked, with what it meets and the button that reserves it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

/* Signal "wanted" (): reserve it. A bed to call about first asks for the call before. */
G_DECLARE_FINAL_TYPE (DeskOfferRow, desk_offer_row, DESK, OFFER_ROW, GtkListBoxRow)
#define DESK_TYPE_OFFER_ROW (desk_offer_row_get_type ())

GtkWidget *
desk_offer_row_new (DeskState *state);
/* place and meets: size groups of the columns, so that what changes in one row is known to all. */
void
desk_offer_row_align (DeskOfferRow *row, GtkSizeGroup *place, GtkSizeGroup *meets);
/* can_reserve: nothing is under way, and the line is there. */
void
desk_offer_row_show (DeskOfferRow *row, const DeskOffer *offer, guint rank, gboolean can_reserve);
const char *
desk_offer_row_peek_bed (DeskOfferRow *row);
/* As its button does. */
void
desk_offer_row_want (DeskOfferRow *row);
/* It asks to be rung first; its offer is to stay until that is answered. */
gboolean
desk_offer_row_is_asking (DeskOfferRow *row);
void
desk_offer_row_stop_asking (DeskOfferRow *row);
