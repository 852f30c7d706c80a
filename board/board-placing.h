/* board-placing.h: placing a person from the wall: number, Enter, PIN; then pending until the
 * event.
 *
 * A state machine without widgets, socket or clock: it is told what was pressed and what was
 * answered. The PIN passes through and is never kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-source.h"
#include "common/bed-layout.h"

typedef enum
{
  BOARD_PLACING_IDLE,
  BOARD_PLACING_PICKED, /* a number was pressed: Enter goes on, Esc goes back */
  BOARD_PLACING_ASKING, /* user and PIN are asked for */
  BOARD_PLACING_SENT,   /* no answer yet */
  BOARD_PLACING_REFUSED /* in words; Enter takes the next offer if there is one */
} BoardPlacingState;

/* Where one person would go. */
typedef struct
{
  char referral[BED_CODE_SIZE];
  char bed[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  guint metres;
} BoardChoice;

G_DECLARE_FINAL_TYPE (BoardPlacing, board_placing, BOARD, PLACING, GObject)
#define BOARD_TYPE_PLACING (board_placing_get_type ())

/* Signal "changed" (): anything a view shows of this has changed. user_data is borrowed. */
BoardPlacing *
board_placing_new (BoardCall call, BoardMakeKey make_key, gpointer user_data);

BoardPlacingState
board_placing_get_state (BoardPlacing *placing);
const BoardChoice *
board_placing_peek_choice (BoardPlacing *placing); /* borrowed */
/* Refused, and another bed is offered instead: that one, borrowed; NULL otherwise. */
const BoardChoice *
board_placing_peek_next (BoardPlacing *placing);
const char *
board_placing_peek_words (BoardPlacing *placing); /* the refusal, or "" */
const char *
board_placing_peek_user (BoardPlacing *placing); /* who placed last, or "" */

void
board_placing_pick (BoardPlacing *placing, const BoardChoice *choice);
void
board_placing_confirm (BoardPlacing *placing); /* Enter */
void
board_placing_cancel (BoardPlacing *placing); /* Esc */
void
board_placing_submit (BoardPlacing *placing, const char *user, const char *pin);

/* TRUE while a placing of this person is answered but its event has not come yet (or not answered
 * yet). */
gboolean
board_placing_is_pending (BoardPlacing *placing, const char *referral);

/* The model has reached this revision. */
void
board_placing_see (BoardPlacing *placing, guint64 revision);
