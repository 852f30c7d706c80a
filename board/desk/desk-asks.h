/* desk-asks.h: the commands of a desk, made and sent: each returns the command. Transfer full.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

/* Reserves a bed for the chosen person: who may place places, others take a hold. override: BedOverride,
 * or -1. NULL if nobody is chosen or the bed is not known. */
BoardCommand *
desk_ask_reserve (DeskState *state, const char *bed, int override);
/* Whether the bed stands proposed to somebody else: then placing it asks why. */
gboolean
desk_ask_needs_override (DeskState *state, const char *bed);

/* One that names the chosen person only, or a word besides: "referral.pause" with reason. */
BoardCommand *
desk_ask_person (DeskState *state, const char *method, const char *title, const char *member, const char *word);
BoardCommand *
desk_ask_cancel (DeskState *state, BedCanceller by, BedCancellation reason);
BoardCommand *
desk_ask_expect (DeskState *state, gint64 at_us, BedTransport transport);
BoardCommand *
desk_ask_triage (DeskState *state, BedPathway pathway, BedLane lane, BedHomeFirst home_first);
