/* broker-history.h: what may be told of a referral's life, and to whom.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"

#include "common/bed-event.h"
#include "common/bed-rows.h"

typedef struct
{
  BedJson *json; /* borrowed: an array that has been begun */
  const BrokerRegister *reg;
  BedSight sight;
  char code[BED_CODE_SIZE];
  gboolean has_actors; /* who did it is for coordinators; everybody sees in which role */
  gboolean is_by_bed;    /* told only of what happened in their beds */
  gboolean is_with_unit; /* at this point of the story the person is offered to it, or stays there */
  guint n; /* events there were, told or not */
} BrokerTelling;

/* FALSE: actor may not read about this referral, nor learn whether it ever was. */
gboolean broker_telling_begin (BrokerTelling *self, const BrokerRegister *reg, const BedActor *actor, const char *code,
                               BedJson *json);

/* Events in their order, for broker_journal_follow_referral; user_data is the BrokerTelling. */
gboolean broker_telling_take (const BedEvent *event, gpointer user_data);
