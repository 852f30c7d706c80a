/* broker-rules-beds.c: the rules of one bed: what those who see it may say of it.
 *
 * Pure. Occupancy belongs to arriving and leaving; what is said here fills in what the register does
 * not know, and what only the unit can see. Whether a bed is in service at all has its own room,
 * broker-rules-service.c. Nothing can fail but the asking.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

/* Occupancy: from unknown anything may be observed; a person whom the register does not know may
 * leave; everything else happens by arrival, leaving, fill and correction. */
static gboolean
check_occupancy (const BedBedRow *row, BedOccupancy next, BrokerRefusal *refusal)
{
  if (next == row->occupancy)
    return TRUE;
  if (row->referral != BED_NONE) /* in it or coming */
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  if (row->occupancy == BED_OCCUPANCY_VACANT && next != BED_OCCUPANCY_UNKNOWN)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  return TRUE;
}

/* What is booked like a bed without being one needs no cleaning. */
static gboolean
is_place (const BedBed *record)
{
  return (BED_PLACE_TYPES >> record->type & 1) != 0;
}

static gboolean
is_in_use (guint8 occupancy)
{
  return occupancy == BED_OCCUPANCY_OCCUPIED || occupancy == BED_OCCUPANCY_ON_LEAVE;
}

/* Readiness: only of an empty bed, and never ready without a clean. */
static gboolean
check_readiness (const BrokerAsk *ask, BedOccupancy occupancy, BrokerRefusal *refusal)
{
  const BedBedRow *row = ask->bed_row;
  BedReadiness next = ask->facts->readiness;
  gboolean is_unclean = row->readiness == BED_READINESS_DIRTY || row->readiness == BED_READINESS_CONTAMINATED;
  gboolean needs_clean = is_in_use (row->occupancy) || (is_unclean && row->occupancy == BED_OCCUPANCY_VACANT);
  if (is_in_use (occupancy))
    return next == BED_READINESS_READY || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "readiness");
  if (next == BED_READINESS_READY && needs_clean && !is_place (ask->bed_record))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "readiness");
  return TRUE;
}

/* A bed is isolated for an infection, or for none; without isolation there is none to name. */
static gboolean
check_infection (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  const BedFacts *facts = ask->facts;
  BedIsolation isolation = bed_facts_has (facts, BED_FACT_ISOLATION) ? facts->isolation : ask->bed_row->isolation;
  return facts->infection == BED_INFECTION_NONE || isolation != BED_ISOLATION_NONE
         || broker_refuse (refusal, BED_ERROR_BAD_VALUE, "infection");
}

/* Whoever leaves, leaves the bed to be cleaned. */
static void
decide_readiness (const BrokerAsk *ask, BedFacts *decided)
{
  decided->readiness = is_place (ask->bed_record) ? BED_READINESS_READY : BED_READINESS_DIRTY;
  bed_facts_set (decided, BED_FACT_READINESS);
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
  if (!decide_source (ask, decided, refusal) || !check_occupancy (row, occupancy, refusal)
      || !check_infection (ask, refusal))
    return FALSE;
  if (bed_facts_has (facts, BED_FACT_READINESS))
    {
      if (!check_readiness (ask, occupancy, refusal))
        return FALSE;
    }
  else if (is_in_use (row->occupancy) && !is_in_use (occupancy)) /* gone, or nobody knows any more */
    decide_readiness (ask, decided);
  if (bed_facts_has (facts, BED_FACT_EXPECTED_FREE_AT) && !is_in_use (occupancy))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "expected_free_at");
  return TRUE;
}

gboolean
broker_rule_confirm (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return decide_source (ask, decided, refusal);
}

/* Somebody came whom the register had not heard of: they are there, so it breaks a hold, but not a
 * promise that somebody may already be on the way for. */
gboolean
broker_rule_fill (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  const BedBedRow *row = ask->bed_row;
  if (is_in_use (row->occupancy))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  if (row->commitment == BED_COMMITMENT_ACCEPTED || row->commitment == BED_COMMITMENT_IN_TRANSIT)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "commitment");
  if (bed_facts_has (ask->facts, BED_FACT_SINCE) && ask->facts->since_us > ask->now_us)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "since");
  return decide_source (ask, decided, refusal);
}

/* A wrong entry: only where the register knows of nobody, neither inside nor coming. What was never
 * used needs no cleaning. */
gboolean
broker_rule_correct (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  const BedBedRow *row = ask->bed_row;
  const BedFacts *facts = ask->facts;
  if (row->commitment != BED_COMMITMENT_NONE)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "commitment");
  if (row->referral != BED_NONE || facts->occupancy == row->occupancy)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  if (facts->occupancy == BED_OCCUPANCY_VACANT && facts->correction != BED_CORRECTION_ENTERED_IN_ERROR)
    decide_readiness (ask, decided);
  return decide_source (ask, decided, refusal);
}

static guint
count_other_outages (const BrokerAsk *ask)
{
  const BrokerTerms *terms = broker_register_peek_terms (ask->reg, ask->bed);
  guint n = 0;
  for (guint i = 0; i < BROKER_OUTAGES_MAX; i++)
    n += terms->outages[i].until_us != 0 && terms->outages[i].feature != ask->facts->feature;
  return n;
}

/* Out of order until a time; said again, it moves the time. */
gboolean
broker_rule_feature (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (!(ask->bed_record->features >> ask->facts->feature & 1))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "feature");
  if (ask->facts->out_until_us <= ask->now_us)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "out_until");
  return count_other_outages (ask) < BROKER_OUTAGES_MAX || broker_refuse (refusal, BED_ERROR_TOO_MANY, "feature");
}
