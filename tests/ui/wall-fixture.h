/* wall-fixture.h: a feed for a wall, made up but always the same: any number of units.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#define WALL_NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */
#define WALL_EPOCH 77
#define WALL_REVISION 4100

typedef struct
{
  guint n_units;
  guint n_urgent;
  guint n_flow;
} WallSize;

/* params of feed.snapshot in one page. */
JsonObject *
wall_fixture_snapshot (WallSize size);

/* params of feed.snapshot in pages of at most rows rows each; pages counted from 0. */
GPtrArray *
wall_fixture_pages (WallSize size, guint rows);

/* params of feed.changes after which the bed's display is another one. */
JsonObject *
wall_fixture_bed_change (guint64 from, guint64 revision, const char *unit, guint bed,
                         const char *display);
/* ... and the person is held there. */
JsonObject *
wall_fixture_hold_change (guint64 from, guint64 revision, const char *referral, const char *bed,
                          const char *unit);

const char *
wall_fixture_unit (guint i); /* id of unit i; static */
char *
wall_fixture_code (guint i); /* code of the i-th referral; owned by the caller */
