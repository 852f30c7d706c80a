/* wall-placing.h: placing a person from the wall: number, Enter, PIN; then pending until the
 * event.
 *
 * A state machine without widgets, socket or clock: it is told what was pressed and what was
 * answered. The PIN passes through and is never kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-source.h"
#include "common/bed-layout.h"

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

/* Signal "changed" (): anything a view shows of this has changed. user_data is borrowed. */
WallPlacing *
wall_placing_new (BoardCall call, BoardMakeKey make_key, gpointer user_data);

WallPlacingState
wall_placing_get_state (WallPlacing *placing);
const WallChoice *
wall_placing_peek_choice (WallPlacing *placing); /* borrowed */
/* Refused, and another bed is offered instead: that one, borrowed; NULL otherwise. */
const WallChoice *
wall_placing_peek_next (WallPlacing *placing);
const char *
wall_placing_peek_words (WallPlacing *placing); /* the refusal, or "" */
const char *
wall_placing_peek_user (WallPlacing *placing); /* who placed last, or "" */

void
wall_placing_pick (WallPlacing *placing, const WallChoice *choice);
void
wall_placing_confirm (WallPlacing *placing); /* Enter */
void
wall_placing_cancel (WallPlacing *placing); /* Esc */
void
wall_placing_submit (WallPlacing *placing, const char *user, const char *pin);

/* TRUE while a placing of this person is answered but its event has not come yet (or not answered
 * yet). */
gboolean
wall_placing_is_pending (WallPlacing *placing, const char *referral);

/* The model has reached this revision. */
void
wall_placing_see (WallPlacing *placing, guint64 revision);
