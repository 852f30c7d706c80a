/* wall-sites.h: which units stand on the wall, in which order, and on which page.
 *
 * Holds ids only: what a unit is, the model says when it is drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "wall-view.h"

#define WALL_PAGE_US (15 * G_GINT64_CONSTANT (1000000)) /* a page stays so long */

typedef struct _WallSites WallSites;

WallSites *
wall_sites_new (void);
void
wall_sites_free (WallSites *sites);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WallSites, wall_sites_free)

/* Takes the model's units that the view shows, in its order. */
void
wall_sites_follow (WallSites *sites, BoardModel *model, const WallView *view);
guint
wall_sites_get_length (const WallSites *sites);

/* per_page ≥ 1 fit at once. */
void
wall_sites_fit (WallSites *sites, guint per_page);
guint
wall_sites_get_page (const WallSites *sites);
guint
wall_sites_get_n_pages (const WallSites *sites); /* at least 1 */

/* On the page shown. The id of slot i, or NULL: no unit stands there. */
const char *
wall_sites_peek (const WallSites *sites, guint slot);
/* Its slot on the page shown; the page is turned to where it is. -1: it is not on the wall. */
int
wall_sites_find (WallSites *sites, const char *id);

/* Round and round. TRUE: another page is shown now. */
gboolean
wall_sites_turn (WallSites *sites, int by);
/* Each second: turns every WALL_PAGE_US, and not while is_paused. */
gboolean
wall_sites_beat (WallSites *sites, gint64 monotonic_us, gboolean is_paused);

/* The need after this one that some free bed meets, or WALL_NEED_ANY after the last. */
int
wall_sites_find_need (BoardModel *model, int need);
