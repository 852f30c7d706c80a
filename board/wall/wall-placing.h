/* wall-placing.h: placing a person from the wall: number, Enter, PIN; then pending until the
 * event. And taking the last placing back: U, PIN.
 *
 * A state machine without widgets: it is told what was pressed, and sends a command of
 * BoardCommands, which has the key, the answer and the wait for the event. The PIN passes through
 * and is never kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"

typedef enum
{
  WALL_PLACING_IDLE,
  WALL_PLACING_PICKED, /* a number was pressed: Enter goes on, Esc goes back */
  WALL_PLACING_ASKING, /* user and PIN are asked for */
  WALL_PLACING_SENT,   /* no answer yet */
  WALL_PLACING_REFUSED /* in words; Enter takes the next offer if there is one */
} WallPlacingState;

/* Where one person would go. */
typedef struct
{
  char referral[BED_CODE_SIZE];
  char bed[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  guint metres;
} WallChoice;

G_DECLARE_FINAL_TYPE (WallPlacing, wall_placing, WALL, PLACING, GObject)
#define WALL_TYPE_PLACING (wall_placing_get_type ())

/* Signal "changed" (): anything a view shows of this has changed. Keeps context alive. */
WallPlacing *
wall_placing_new (BoardContext *context);

WallPlacingState
wall_placing_get_state (WallPlacing *placing);
gboolean
wall_placing_is_undo (WallPlacing *placing); /* what is asked for or was refused is a taking back */
const WallChoice *
wall_placing_peek_choice (WallPlacing *placing); /* borrowed */
/* Refused, and another bed is offered instead: that one, borrowed; NULL otherwise. */
const WallChoice *
wall_placing_peek_next (WallPlacing *placing);
const char *
wall_placing_peek_words (WallPlacing *placing); /* the refusal as it is now, or ""; until the next call */
/* Refused, and Enter leads on: to another bed, to asking again. */
gboolean
wall_placing_leads_on (WallPlacing *placing);
const char *
wall_placing_peek_user (WallPlacing *placing); /* who placed last, or "" */

void
wall_placing_pick (WallPlacing *placing, const WallChoice *choice);
/* U: asks for the PIN of whoever placed last from here. FALSE: nothing can be taken back. */
gboolean
wall_placing_take_back (WallPlacing *placing);
void
wall_placing_confirm (WallPlacing *placing); /* Enter */
void
wall_placing_cancel (WallPlacing *placing); /* Esc */
void
wall_placing_submit (WallPlacing *placing, const char *user, const char *pin);

/* TRUE while a placing of this person, or its taking back, is under way or its event has not come
 * yet. */
gboolean
wall_placing_is_pending (WallPlacing *placing, const char *referral);

/* Seconds in which the last placing can still be taken back; 0: it cannot. */
guint
wall_placing_get_undo_left_s (WallPlacing *placing);
