/* board-derive.h: what a board computes from rows: strips, counts, order. Private to the model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"

/* Fills the derived members of unit from unit->beds, and puts the beds in strip order. */
void
board_derive_unit (BoardUnit *unit);

/* Sums over units (BoardUnit). */
void
board_derive_totals (const GPtrArray *units, BoardTotals *totals);

/* Straight line in metres. */
guint
board_derive_metres (gint64 from_easting, gint64 from_northing, gint64 easting, gint64 northing);

gboolean
board_derive_is_queued (const BoardReferral *referral);

/* GPtrArray compare functions over BoardUnit* and BoardReferral*. */
gint
board_derive_compare_units (gconstpointer a, gconstpointer b);
gint
board_derive_compare_referrals (gconstpointer a, gconstpointer b);
gint
board_derive_compare_codes (gconstpointer a, gconstpointer b);
