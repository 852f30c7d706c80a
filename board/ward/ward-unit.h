/* ward-unit.h: what can be done about a unit as a whole, and what there is to pick from.
 *
 * Pure: no widget, no clock. cause->bed is not looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-steps.h"

gboolean
ward_unit_can_close (const WardCase *cause);
gboolean
ward_unit_can_open (const WardCase *cause); /* what was closed with the unit */
gboolean
ward_unit_can_close_bay (const WardCase *cause);
gboolean
ward_unit_can_open_bay (const WardCase *cause);
gboolean
ward_unit_has_beds (const WardCase *cause);
gboolean
ward_unit_has_places (const WardCase *cause);
gboolean
ward_unit_has_surge (const WardCase *cause);

/* Bays with something to close (or open), each once, in the order of the rooms. Strings are the
 * beds', the array is the caller's. */
GPtrArray *
ward_unit_list_bays (const BoardUnit *unit, gboolean to_close);

/* Beds in effect, or places. */
guint
ward_unit_count (const BoardUnit *unit, gboolean of_places);

/* What everybody there should know of the unit as a whole: that it is closed, that surge beds are
 * asked for, and where it is. Owned by the caller. */
char *
ward_unit_say_standing (const BoardUnit *unit);
