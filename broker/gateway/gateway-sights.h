/* gateway-sights.h: what a session may see of an epoch, and what has been shown to such eyes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-link.h"
#include "common/bed-rows.h"

#define GATEWAY_SIGHTS_MAX 1024 /* kept at once; unused ones make room */

/* One way of looking at the rows, shared by every subscriber that has it. It remembers which
 * referrals it has been shown, because only those may be called gone: naming any other one would
 * give away a code that these eyes were never to see. */
typedef struct
{
  BedSight sight;
  guint64 born;  /* revision from which on it remembers: an older cursor needs a snapshot */
  guint users;   /* subscribers */
  GArray *codes; /* owned: the code last shown, by referral index, packed; 0: none */
} GatewaySight;

typedef struct _GatewaySights GatewaySights;

/* One table a map. */
GatewaySights *gateway_sights_new (void);
void gateway_sights_free (GatewaySights *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewaySights, gateway_sights_free)

/* The sight equal to this one, counted as used until it is let go. NULL if there is no room. */
GatewaySight *gateway_sights_take (GatewaySights *self, const BedSight *sight, guint64 revision);
void gateway_sight_let_go (GatewaySight *sight);

void gateway_sight_note (GatewaySight *sight, guint32 referral, const BedReferralRow *row);
gboolean gateway_sight_was_shown (const GatewaySight *sight, guint32 referral, const BedReferralRow *row);

/* What actor sees, narrowed to a LAP or unit (NULL: not). Errors: BED_ERROR_FORBIDDEN (outside its
 * scope), BED_ERROR_BAD_VALUE naming the member. */
gboolean gateway_sights_find (const BedActor *actor, const char *lap, const char *unit,
                              const BedMap *map, BedSight *sight, GError **error);
