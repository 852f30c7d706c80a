/* ward-fixture.h: a unit's feed, always the same: Clarence Unit of the picture, and what it may become.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef enum
{
  WARD_SCENE_PICTURE, /* look/ward.png: 24 rooms at 11:42 */
  WARD_SCENE_EMPTY,   /* no beds in use */
  WARD_SCENE_LARGE,   /* 60 beds in bays */
  WARD_SCENE_PLACES,  /* a sitting service: places without beds */
  WARD_SCENE_ODD      /* every display there is, stale, overdue, late */
} WardScene;

/* Params of feed.snapshot at revision 100, as JSON text. Owned by the caller. */
char *
ward_fixture_snapshot (WardScene scene);

/* Params of feed.changes from 100 to 101: one bed's row with these members changed, e.g.
 * "\"display\":\"free\"". Owned by the caller. */
char *
ward_fixture_change (WardScene scene, guint room, const char *members, const char *referrals);
