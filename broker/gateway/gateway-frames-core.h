/* gateway-frames-core.h: what the two halves of gateway-frames.h share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-frames.h"

struct _GatewayFrames
{
  BedMap *map;           /* owned reference */
  GatewaySights *sights; /* owned */
  GatewayPeople *people; /* owned: up to the revision aimed at */
  GatewayRows *rows;     /* owned */
  GatewayBatch *batch;   /* owned: reused for every message */

  /* Changes. */
  guint64 revision;      /* aimed at */
  GPtrArray *changes;    /* owned: change sets for that revision */
  GPtrArray *frames;     /* owned: frames for it, oldest first */
  gsize frame_bytes;
  guint32 *seen[BED_N_KINDS]; /* owned: the number of the set in which a row was last met */
  guint32 set_number;

  /* Snapshots. */
  GHashTable *plans; /* owned: newest plan by sight */
  GQueue kept_pages; /* owned: plans whose pages are kept, oldest first */
  gsize page_bytes;

  GatewayMetrics *metrics; /* borrowed */
};

void gateway_frames_forget_plans (GatewayFrames *self);
