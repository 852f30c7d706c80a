/* ward-side.h: the side column: who is expected, who leaves today, how the unit was seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-flow.h"

G_DECLARE_FINAL_TYPE (WardSide, ward_side, WARD, SIDE, GtkWidget)
#define WARD_TYPE_SIDE (ward_side_get_type ())

GtkWidget *
ward_side_new (BoardContext *context, WardFlow *flow);
void
ward_side_follow (WardSide *side, const BoardUnit *unit);
/* How the unit was seen: stands where the board puts it. */
GtkWidget *
ward_side_peek_mirror (WardSide *side);
