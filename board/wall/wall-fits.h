/* wall-fits.h: whether a person without a proposal has no suitable bed at all, or only no turn
 * yet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-source.h"

typedef enum
{
  WALL_FIT_UNKNOWN, /* not answered yet */
  WALL_FIT_NONE,    /* no bed suits now */
  WALL_FIT_CALL,    /* only beds that were not confirmed lately: call first */
  WALL_FIT_SOME     /* some suit, and are proposed to others */
} WallFit;

#define WALL_FITS_ASKING_MAX 4 /* calls under way: leaves room for placing */
#define WALL_FITS_AGAIN_US (10 * G_GINT64_CONSTANT (1000000))
#define WALL_FITS_MAX 256

typedef struct _WallFits WallFits;

/* on_answer is called after each answer. */
WallFits *
wall_fits_new (const BoardSource *source, void (*on_answer) (gpointer user_data),
                gpointer user_data);
void
wall_fits_free (WallFits *fits); /* answers under way are dropped when they come */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WallFits, wall_fits_free)

/* What is known; asks (bed.find) if that is nothing, or older than ten seconds. */
WallFit
wall_fits_ask (WallFits *fits, const char *referral, gint64 monotonic_us);

/* What is known, without asking. */
WallFit
wall_fits_peek (const WallFits *fits, const char *referral);
