/* desk-state.h: what is chosen on this desk, and what the register has answered about it.
 *
 * Signals: "chosen" (): another person, or none; "offers" (): bed.find has answered about the
 * person, or there is nobody; "picked" (): another offer, or none; "counts" (): how many beds suit
 * somebody in the list is known anew; "filter" (): other people are to be listed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"
#include "desk-offers.h"

/* Whom the list shows. */
typedef enum
{
  DESK_FILTER_LAP, /* of a referrer: of its own organisation */
  DESK_FILTER_ALL,
  DESK_FILTER_N
} DeskFilter;

#define DESK_ASK_AGAIN_US (3 * G_GINT64_CONSTANT (1000000))    /* about the chosen person */
#define DESK_COUNT_AGAIN_US (20 * G_GINT64_CONSTANT (1000000)) /* about another one in the list */
#define DESK_COUNTING_MAX 2                                    /* calls under way about those */

G_DECLARE_FINAL_TYPE (DeskState, desk_state, DESK, STATE, GObject)
#define DESK_TYPE_STATE (desk_state_get_type ())

DeskState *
desk_state_new (BoardContext *context);

BoardContext *
desk_state_get_context (DeskState *state); /* borrowed */

/* code "": nobody. Asks bed.find about the person. */
void
desk_state_choose (DeskState *state, const char *code);
const char *
desk_state_peek_chosen (DeskState *state); /* "" nobody */
/* The chosen person's row; NULL if there is none, or it is gone. Borrowed, as the model's. */
const BoardReferral *
desk_state_find_chosen (DeskState *state);
/* Nobody is chosen, or whoever was is gone; not somebody just submitted, whom the feed has not told of
 * yet. */
gboolean
desk_state_has_nobody (DeskState *state);

/* The newest answer about the chosen person; NULL until there is one. Borrowed until "offers". */
const DeskOffers *
desk_state_peek_offers (DeskState *state);
/* Why there is none, in words; "" if there is one or it is under way. */
const char *
desk_state_peek_fault (DeskState *state);
/* Asks again now: something was done here. */
void
desk_state_ask (DeskState *state);

/* The bed that R and Enter reserve: the first offer unless another one was picked; "" none. */
void
desk_state_pick (DeskState *state, const char *bed);
const char *
desk_state_peek_picked (DeskState *state);

/* How many beds suit somebody in the list, as of the last answer; -1: not known yet. sure: those
 * that need no call first. */
int
desk_state_count_suiting (DeskState *state, const char *code, guint *sure);
/* These people are listed (codes; borrowed during the call): ask about them, a few at a time. */
void
desk_state_follow (DeskState *state, const GPtrArray *codes);

DeskFilter
desk_state_get_filter (DeskState *state);
void
desk_state_set_filter (DeskState *state, DeskFilter filter);
