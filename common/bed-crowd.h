/* bed-crowd.h: how many people have the needs that a wall shows, so that nobody is known by them.
 *
 * domain.md, "What each screen may show": of a rare combination (fewer than five such residents) a
 * wallboard shows the LAP's area instead of the district. The combination is the need icons that the
 * wall shows of a person; such residents are the people whom the register knows now, not closed and
 * wherever they are, who have all of those needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"

#include <glib.h>

#define BED_CROWD_MIN 5     /* such people: fewer are rare */
#define BED_WALL_ICONS_MAX 3 /* need icons a person on a wall */

/* Of the musts, those that a wall shows, in its order. Returns how many; *icons (may be NULL) gets
 * them as bits. */
guint bed_crowd_find_icons (guint64 must, guint8 shown[static BED_WALL_ICONS_MAX], guint64 *icons);

typedef struct _BedCrowd BedCrowd;

BedCrowd *bed_crowd_new (guint32 referrals); /* rows of the table */
void bed_crowd_free (BedCrowd *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedCrowd, bed_crowd_free)

/* What a referral's row says as of that revision; NULL: nobody. Revisions never fall. */
void bed_crowd_set (BedCrowd *self, guint32 index, const BedReferralRow *row, guint64 revision);

/* Whether these musts' icons are a rare combination; no icons are none. */
gboolean bed_crowd_is_rare (BedCrowd *self, guint64 must);

/* Whether the combination of the person in that row has become rare or common after a revision since
 * somebody first asked about it; and the last revision at which any has, 0 for none. */
gboolean bed_crowd_has_turned (const BedCrowd *self, guint32 index, guint64 after);
guint64 bed_crowd_get_last_turn (const BedCrowd *self);
