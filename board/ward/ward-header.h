/* ward-header.h: unit and site, the line, the time, and "Everything unchanged, confirm"; below it the
 * counts and when all of it was last confirmed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-flow.h"

G_DECLARE_FINAL_TYPE (WardHeader, ward_header, WARD, HEADER, GtkWidget)
#define WARD_TYPE_HEADER (ward_header_get_type ())

GtkWidget *
ward_header_new (BoardContext *context);

/* unit: "" or unknown shows what there is to show without one. */
void
ward_header_follow (WardHeader *header, WardFlow *flow, const char *unit);

/* What the confirm button says: confirms, or takes back what waits about the unit. */
void
ward_header_confirm (WardHeader *header);

/* What its manager does about the unit, if this is one. */
void
ward_header_open_menu (WardHeader *header);
GtkWidget *
ward_header_peek_menu (WardHeader *header);

/* One line or two. Not wide, the counts are taken out, for whoever puts them elsewhere. */
void
ward_header_set_wide (WardHeader *header, gboolean is_wide);
GtkWidget *
ward_header_peek_counts (WardHeader *header);
/* Back into the header; they have no parent. */
void
ward_header_put_counts (WardHeader *header);
