/* ward-cards.h: the cards of a unit in the order of their rooms, in as many columns as there is room for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-card.h"

G_DECLARE_FINAL_TYPE (WardCards, ward_cards, WARD, CARDS, GtkWidget)
#define WARD_TYPE_CARDS (ward_cards_get_type ())

GtkWidget *
ward_cards_new (void);

/* Makes and drops cards so that they are the unit's, and refreshes each. */
void
ward_cards_follow (WardCards *cards, WardFlow *flow, const BoardUnit *unit);

/* The card that has the focus in it, or NULL. */
WardCard *
ward_cards_find_focus (WardCards *cards);
WardCard *
ward_cards_find (WardCards *cards, const char *bed); /* or NULL */
