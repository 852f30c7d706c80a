/* desk-words.h: what the desk says about a person, without a widget.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

/* Transport is booked until four in the afternoon; whoever is accepted without it an hour before is
 * the desk's business tonight. Local time. */
#define DESK_TRANSPORT_CLOSES_HOUR 16
#define DESK_TONIGHT_HOUR 15

#define DESK_DAYS 42 /* of an episode */

typedef enum
{
  DESK_TONE_PLAIN,
  DESK_TONE_FREE,
  DESK_TONE_HELD,
  DESK_TONE_ARRIVING,
  DESK_TONE_CLOSED
} DeskTone;

/* The style class of a tone: "is-held"; "" plain. Static. */
const char *
desk_tone_get_class (DeskTone tone);

/* A person's state in the list. */
typedef struct
{
  char *words; /* owned */
  DeskTone tone;
} DeskChip;

/* n_suiting -1: not known yet; n_sure of them need no call first. unit: of the bed held, promised or
 * proposed, or NULL. */
DeskChip
desk_words_chip (const BoardReferral *referral, const BoardUnit *unit, int n_suiting, guint n_sure, gint64 now_us);

/* "SO51", or "NFA" and, in full, "No fixed abode". Static, or the referral's. */
const char *
desk_words_home (const BoardReferral *referral, gboolean in_full);
/* "Supported": a pathway in one word. Static. */
const char *
desk_words_pathway (BedPathway pathway);
/* "Supported · Hoist, Ground floor": at most n_needs of them, then how many more. Owned by the caller. */
char *
desk_words_needs (const BoardReferral *referral, guint n_needs);

/* The clock that is nearest its limit: "Triage due in 12 min", "Response 8 min late". NULL if none is
 * amber or breached yet. */
typedef enum
{
  DESK_CLOCK_FINE,
  DESK_CLOCK_AMBER,
  DESK_CLOCK_BREACHED
} DeskClock;

DeskClock
desk_words_clock (const BoardReferral *referral, gint64 now_us, char **words);

/* "Willow Court, Andover": the unit's name, and its site where that says more. Owned by the caller. */
char *
desk_words_unit (const BoardUnit *unit);
/* "Room 15": a label that is only a number is a bed's. Owned by the caller. */
char *
desk_words_bed (const BoardBed *bed);
/* "single room, ensuite": what a bed is, beside its label. "" if there is nothing to say. Owned by the caller. */
char *
desk_words_bed_facts (const BoardBed *bed);

/* "12 min", "2 h 32", "22 h", "4 days": never like a time of day. */
#define DESK_DURATION_SIZE 24
void
desk_words_duration (gint64 duration_us, char words[static DESK_DURATION_SIZE]);
/* How long before transport booking closes today; negative: since it has. */
gint64
desk_words_transport_left_us (gint64 now_us);
