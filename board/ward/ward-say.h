/* ward-say.h: what a ward's screen says: words of a card, of its header and of the mirror.
 *
 * Pure. Strings are owned by the caller unless said otherwise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-steps.h"

/* How a second line is drawn. */
typedef enum
{
  WARD_TONE_PLAIN,
  WARD_TONE_STATE,  /* in the state's colour */
  WARD_TONE_WARNING /* amber, with a triangle */
} WardTone;

/* "7" of "Room 7" where all the unit's labels begin alike. Borrowed from label. */
const char *
ward_say_number (const char *label);

const char *
ward_say_state (const WardCase *cause); /* static: "Free", "Leaving today" */
/* "Day 12 of 42", "17 min left · K7Q-M4X", "Expected 12:30"; "" */
char *
ward_say_line (const WardCase *cause, WardTone *tone);
/* "Room 7, free, hoist, en-suite. Confirmed 2 minutes ago." */
char *
ward_say_card (const WardCase *cause);
/* The state's style class: "is-free" … Static. */
const char *
ward_say_class (const WardCase *cause);

/* "All 24 last confirmed 11:20, next due 12:20". is_due: it is past that. */
char *
ward_say_confirmed (const WardCase *cause, gboolean *is_due);

/* "hoist, dementia-friendly": needs in words, those in mask; "" for none. */
char *
ward_say_needs (guint64 needs);

/* Why this unit was passed over, from a word of unit.mirror: "must:hoist" … */
char *
ward_say_mirror_reason (const char *reason);

/* "in 48 min", "35 min late" */
char *
ward_say_due (gint64 now_us, gint64 at_us);

/* Beds of a unit in the order of their rooms: numbers by value. Owned by the caller (array only). */
GPtrArray *
ward_say_list_rooms (const BoardUnit *unit);
