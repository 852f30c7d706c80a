/* ward-card.h: one bed: its number, its state, its next step as one big button, and the rest behind ⋮.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-flow.h"

G_DECLARE_FINAL_TYPE (WardCard, ward_card, WARD, CARD, GtkWidget)
#define WARD_TYPE_CARD (ward_card_get_type ())

/* flow: borrowed, must outlive the card. */
GtkWidget *
ward_card_new (WardFlow *flow, const char *bed);

const char *
ward_card_peek_bed (WardCard *card);

/* Shows the bed as it is now; FALSE if there is none any more. */
gboolean
ward_card_refresh (WardCard *card);

void
ward_card_open_menu (WardCard *card);

/* To its one stop. Not the widget's own grab_focus, which GTK tries on the way back as well. */
gboolean
ward_card_take_focus (WardCard *card);
