/* desk-offer-layout.h: an offer's line: rank, distance, place, what it meets, button, in columns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskOfferLayout, desk_offer_layout, DESK, OFFER_LAYOUT, GtkLayoutManager)
#define DESK_TYPE_OFFER_LAYOUT (desk_offer_layout_get_type ())

/* What stands in a line, in this order. */
typedef enum
{
  DESK_OFFER_RANK,
  DESK_OFFER_DISTANCE,
  DESK_OFFER_PLACE,
  DESK_OFFER_MEETS, /* a desk_wrap */
  DESK_OFFER_RESERVE,
  DESK_OFFER_N_PARTS
} DeskOfferPart;

/* A line, to be the child of a row of a list whose other rows have such lines: their columns are as
 * wide as the widest of all. A GtkBox. */
GtkWidget *
desk_offer_line_new (void);
