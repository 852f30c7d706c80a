/* gateway-frames.h: feed messages: changes since a cursor, and snapshots, made once for all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-batch.h"
#include "gateway-people.h"

#define GATEWAY_CHANGE_PAGES_MAX 2       /* of one change; more is a snapshot's work */
#define GATEWAY_CHANGED_ROWS_MAX 16384   /* rows of one change before sights are applied; likewise */
#define GATEWAY_STEADY_TRIES 16          /* pictures tried before it is put off */
#define GATEWAY_FRAMES_KEPT_BYTES (4 * 1024 * 1024)
#define GATEWAY_PAGES_KEPT_BYTES (8 * 1024 * 1024)
#define GATEWAY_PLAN_REVISIONS_MAX 4096  /* a plan this far behind is not begun any more */

/* One feed.changes message, or its pages: for every cursor at `from` with equal sight. */
typedef struct
{
  guint64 from;
  guint64 revision;
  guint rows;
  guint n_pages;
  GBytes *pages[GATEWAY_CHANGE_PAGES_MAX];
} GatewayFrame;

typedef enum
{
  GATEWAY_FRAMES_MADE,
  GATEWAY_FRAMES_SNAPSHOT, /* off the ring, or too much: start again from a snapshot */
  GATEWAY_FRAMES_LATER     /* the writer was faster than every try: ask again soon */
} GatewayFramesStatus;

typedef struct _GatewayFrames GatewayFrames;
typedef struct _GatewayPlan GatewayPlan;

/* Frames of one epoch. map is kept; the others are borrowed; calls (may be NULL) hear of people. */
GatewayFrames *gateway_frames_new (BedMap *map, const GatewayPeopleCalls *calls, gpointer owner,
                                   GatewayMetrics *metrics);
void gateway_frames_free (GatewayFrames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayFrames, gateway_frames_free)

BedMap *gateway_frames_peek_map (GatewayFrames *self);

/* The shared sight equal to this one: let it go with gateway_sight_let_go. NULL: too many are in
 * use. */
GatewaySight *gateway_frames_take_sight (GatewayFrames *self, const BedSight *sight);
gint64 gateway_frames_get_now (GatewayFrames *self); /* the broker's UTC, by its heartbeat */

/* What the next frames lead up to: the published revision, loaded now. Frames made for an earlier
 * one are forgotten. */
guint64 gateway_frames_aim (GatewayFrames *self);

/* The change from `from` to the revision aimed at, or a newer one. *frame is borrowed until the
 * next call of any function here. */
GatewayFramesStatus gateway_frames_get_change (GatewayFrames *self, GatewaySight *sight, guint64 from,
                                               const GatewayFrame **frame);

/* A snapshot: which rows are on which page, fixed when it is begun; each page is encoded only when
 * somebody is sent it, so that a slow reader holds no memory but this list. */
GatewayPlan *gateway_frames_begin_snapshot (GatewayFrames *self, GatewaySight *sight);
void gateway_plan_unref (GatewayPlan *plan);
guint64 gateway_plan_get_revision (const GatewayPlan *plan);
guint gateway_plan_get_n_pages (const GatewayPlan *plan);

/* Page 1 … n. Transfer full. */
GBytes *gateway_frames_get_page (GatewayFrames *self, GatewayPlan *plan, guint page);
