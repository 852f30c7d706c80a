/* ward-leaver.h: one line of who leaves today: when, which room, and "Has left".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-flow.h"

G_DECLARE_FINAL_TYPE (WardLeaver, ward_leaver, WARD, LEAVER, GtkWidget)
#define WARD_TYPE_LEAVER (ward_leaver_get_type ())

/* flow: borrowed, must outlive it. */
GtkWidget *
ward_leaver_new (WardFlow *flow, const char *bed);

const char *
ward_leaver_peek_bed (WardLeaver *leaver);
void
ward_leaver_refresh (WardLeaver *leaver);
