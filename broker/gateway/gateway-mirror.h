/* gateway-mirror.h: unit.mirror: how a unit's beds have looked to those who search, today.
 *
 * Counts what this gateway has answered and seen since local midnight, or since its own start if that
 * is later. Units are known by id, so that the counts outlive an epoch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-people.h"

#include "common/bed-find.h"
#include "common/bed-link.h"
#include "common/bed-rows.h"

typedef struct _GatewayMirror GatewayMirror;

/* What tells it of proposals and placings; its owner is the mirror. */
extern const GatewayPeopleCalls gateway_mirror_calls;

GatewayMirror *gateway_mirror_new (void);
void gateway_mirror_free (GatewayMirror *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayMirror, gateway_mirror_free)

/* A new epoch, whose indexes everything below speaks of until the next; map is kept. */
void gateway_mirror_begin (GatewayMirror *self, BedMap *map, gint64 now_us);

/* The broker's time: at another local day all counts begin anew. Called before the others. */
void gateway_mirror_look (GatewayMirror *self, gint64 now_us);

/* An answer to bed.find: judged has a BedJudged for every free bed. */
void gateway_mirror_note_found (GatewayMirror *self, const BedFound *found, const GArray *judged);

/* Appends the result of unit.mirror as the actor may ask for it. Errors: BED_ERROR_FORBIDDEN,
 * UNKNOWN_UNIT, BAD_VALUE naming the member, UNAVAILABLE before the first map. */
gboolean gateway_mirror_print (GatewayMirror *self, const BedActor *actor, const char *unit, BedJson *result,
                               GError **error);
