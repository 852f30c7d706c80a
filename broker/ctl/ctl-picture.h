/* ctl-picture.h: the register as the map shows it at one revision, for printing.
 *
 * Reads never ask the broker: the picture comes from the shared table over a connection of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

#include "common/bed-link.h"
#include "common/bed-rows.h"

typedef struct
{
  BedLink *link; /* owned */
  BedMap *map;   /* owned: the epoch of the rows below */
  /* Rows of one revision, owned, as many as the map has. */
  BedUnitRow *units;
  BedBedRow *beds;
  BedReferralRow *referrals;
  guint32 n_referrals;
  guint64 revision;
  BedSight sight; /* a coordinator's, perhaps of one LAP or unit */
} CtlPicture;

/* Connects and reads. lap and unit narrow what is seen; NULL: everything. On failure NULL, with the
 * reason said on stderr and *exit set. */
CtlPicture *
ctl_picture_open (const CtlOptions *options, const char *lap, const char *unit, CtlExit *exit);
void
ctl_picture_free (CtlPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlPicture, ctl_picture_free)

/* Reads again, also after a new epoch. Errors: BED_ERROR_UNAVAILABLE (the writer was faster each
 * time), BED_ERROR_BAD_VALUE (LAP or unit is not in the register). */
gboolean
ctl_picture_read (CtlPicture *picture, const char *lap, const char *unit, GError **error);

/* The broker's time: its UTC at the last beat, and how old that beat is. */
gint64
ctl_picture_get_now (const CtlPicture *picture, gint64 *age_us);

gboolean
ctl_picture_shows_bed (const CtlPicture *picture, guint32 bed);
gboolean
ctl_picture_shows_unit (const CtlPicture *picture, guint32 unit);
gboolean
ctl_picture_shows_referral (const CtlPicture *picture, guint32 referral);
