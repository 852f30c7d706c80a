/* board-fits.h: whether a person without a proposal has no suitable bed at all, or only no turn
 * yet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-source.h"

typedef enum
{
  BOARD_FIT_UNKNOWN, /* not answered yet */
  BOARD_FIT_NONE,    /* no bed suits now */
  BOARD_FIT_CALL,    /* only beds that were not confirmed lately: call first */
  BOARD_FIT_SOME     /* some suit, and are proposed to others */
} BoardFit;

#define BOARD_FITS_ASKING_MAX 4 /* calls under way: leaves room for placing */
#define BOARD_FITS_AGAIN_US (10 * G_GINT64_CONSTANT (1000000))
#define BOARD_FITS_MAX 256

typedef struct _BoardFits BoardFits;

/* on_answer is called after each answer. */
BoardFits *
board_fits_new (const BoardSource *source, void (*on_answer) (gpointer user_data),
                gpointer user_data);
void
board_fits_free (BoardFits *fits); /* answers under way are dropped when they come */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardFits, board_fits_free)

/* What is known; asks (bed.find) if that is nothing, or older than ten seconds. */
BoardFit
board_fits_ask (BoardFits *fits, const char *referral, gint64 monotonic_us);

/* What is known, without asking. */
BoardFit
board_fits_peek (const BoardFits *fits, const char *referral);
