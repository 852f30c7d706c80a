/* broker-rules-beds.c: the rules of beds and units: what staff and owners may say of them.
 *
 * Pure. Occupancy belongs to arriving and leaving; what is reported here fills in what the register
 * does not know, and what only the unit can see. Nothing can fail but the asking.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

static gboolean
has_known_person (const BedBedRow *row)
{
  return row->referral != BED_NONE && row->commitment == BED_COMMITMENT_NONE;
}

/* Occupancy: from unknown anything may be observed; a person whom the register does not know may
 * leave; everything else happens by arrival, leaving, fill and correction. */
static gboolean
check_occupancy (const BedBedRow *row, BedOccupancy next, BrokerRefusal *refusal)
{
  if (next == row->occupancy)
    return TRUE;
  if (row->commitment != BED_COMMITMENT_NONE || has_known_person (row))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  if (row->occupancy == BED_OCCUPANCY_VACANT && next != BED_OCCUPANCY_UNKNOWN)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  return TRUE;
}

/* Readiness: only of an empty bed, and never ready without a clean. */
static gboolean
check_readiness (const BedBedRow *row, BedOccupancy occupancy, BedReadiness next, BrokerRefusal *refusal)
{
  gboolean is_first_sight = row->occupancy == BED_OCCUPANCY_UNKNOWN;
  gboolean was_used = row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE;
  gboolean is_unclean = row->readiness == BED_READINESS_DIRTY || row->readiness == BED_READINESS_CONTAMINATED;
  if (occupancy == BED_OCCUPANCY_OCCUPIED || occupancy == BED_OCCUPANCY_ON_LEAVE)
    return next == BED_READINESS_READY || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "readiness");
  if (next == BED_READINESS_READY && !is_first_sight && (was_used || is_unclean))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "readiness");
  return TRUE;
}

static guint8
choose_source (const BrokerAsk *ask)
{
  if (bed_facts_has (ask->facts, BED_FACT_SOURCE))
    return ask->facts->source;
  return ask->command->actor.role == BED_ROLE_COORDINATOR ? BED_SOURCE_PHONE : BED_SOURCE_STAFF;
}

/* A coordinator knows a unit only by phone; `adt` comes from feeds on this machine. */
static gboolean
decide_source (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint8 source = choose_source (ask), role = ask->command->actor.role;
  gboolean is_allowed = source == BED_SOURCE_PHONE || (source == BED_SOURCE_STAFF && role != BED_ROLE_COORDINATOR)
                        || (source == BED_SOURCE_ADT && role == BED_ROLE_LOCAL);
  decided->source = source;
  bed_facts_set (decided, BED_FACT_SOURCE);
  return is_allowed || broker_refuse (refusal, BED_ERROR_BAD_VALUE, "source");
}

gboolean
broker_rule_report (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  const BedBedRow *row = ask->bed_row;
  const BedFacts *facts = ask->facts;
  BedOccupancy occupancy = bed_facts_has (facts, BED_FACT_OCCUPANCY) ? facts->occupancy : row->occupancy;
  gboolean was_used = row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE;
  if (!decide_source (ask, decided, refusal) || !check_occupancy (row, occupancy, refusal))
    return FALSE;
  if (bed_facts_has (facts, BED_FACT_READINESS))
    {
      if (!check_readiness (row, occupancy, facts->readiness, refusal))
        return FALSE;
    }
  else if (was_used && occupancy == BED_OCCUPANCY_VACANT)
    {
      decided->readiness = BED_READINESS_DIRTY;
      bed_facts_set (decided, BED_FACT_READINESS);
    }
  if (bed_facts_has (facts, BED_FACT_EXPECTED_FREE_AT)
      && (occupancy == BED_OCCUPANCY_VACANT || occupancy == BED_OCCUPANCY_UNKNOWN))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "expected_free_at");
  return TRUE;
}

gboolean
broker_rule_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->bed_row->service == BED_SERVICE_CLOSED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "service");
  if (bed_facts_has (ask->facts, BED_FACT_UNTIL) && ask->facts->until_us <= ask->now_us)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "until");
  return TRUE;
}

gboolean
broker_rule_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return ask->bed_row->service == BED_SERVICE_CLOSED || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "service");
}

gboolean
broker_rule_confirm (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return decide_source (ask, decided, refusal);
}

gboolean
broker_rule_bay_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_bay_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_unit_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_unit_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_staff (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_unit_rules (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_capacity (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_surge_ask (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_surge_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_surge_shut (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_fill (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_correct (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_feature (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}
