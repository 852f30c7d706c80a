/* gateway-people.h: what a gateway remembers of everybody, kept up with the change ring.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-crowd.h"
#include "common/bed-table.h"
#include "common/bed-words.h"

/* What is told of people as it happens: a bed has been proposed to somebody, or is theirs now. */
typedef struct
{
  void (*proposed) (gpointer owner, guint32 bed);
  void (*placed) (gpointer owner, guint32 bed);
} GatewayPeopleCalls;

typedef struct _GatewayPeople GatewayPeople;

/* Of one epoch: those who are there at first are not news. calls may be NULL; both are borrowed, as is
 * the table. */
GatewayPeople *gateway_people_new (const BedTable *table, const GatewayPeopleCalls *calls, gpointer owner);
void gateway_people_free (GatewayPeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayPeople, gateway_people_free)

/* Looks at everybody who has changed up to a published revision. Between two looks a bed that was
 * proposed and taken back, or held and let go, has not been seen. */
void gateway_people_follow (GatewayPeople *self, guint64 revision);
BedCrowd *gateway_people_peek_crowd (GatewayPeople *self);
