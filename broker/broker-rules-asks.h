/* broker-rules-asks.h: one command with everything it names looked up: what the rules pass around.
 *
 * Shared by broker-rules.c (who may, in which state, the simple ones) and broker-rules-placing.c
 * (a bed for a person). Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-rules.h"

typedef struct
{
  const BrokerRegister *reg;
  const BedCommand *command;
  const BedFacts *facts;
  gint64 now_us;
  guint32 unit; /* named, or of the bed */
  guint32 bed;  /* named, or the referral's */
  guint32 referral;
  const BedUnit *unit_record; /* borrowed; NULL if there is none, as below */
  const BedBed *bed_record;
  const BedUnitRow *unit_row;
  const BedBedRow *bed_row;
  const BedReferralRow *referral_row;
} BrokerAsk;

/* Fills in a refusal and is FALSE, so that a rule can return it. */
gboolean broker_refuse (BrokerRefusal *refusal, BedError error, const char *member);

/* A rule: FALSE with a refusal, or TRUE with what it decided added to the event's facts. */
typedef gboolean (*BrokerRule) (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

gboolean broker_rule_hold (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_place (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_accept (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_arrive (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_offer (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
