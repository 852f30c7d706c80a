/* broker-rules-placing.c: the rules between a person and a bed: hold, place, accept, arrive, propose.
 *
 * Pure. Offerable and suitable are decided by bed-suit.h, which the gateways' find uses too, except
 * that a hold looks at the clock itself: a bed whose confirmation has just run out is stale even if
 * the event that says so is still to come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "common/bed-time.h"

static gboolean
refuse_unsuitable (const BrokerAsk *ask, BedRuledOut why, const BedNeedsProfile *needs, BrokerRefusal *refusal)
{
  if (why == BED_RULED_OUT_BAY_SEX)
    return broker_refuse (refusal, BED_ERROR_BAY_SEX, "");
  guint64 features = ask->bed_record->features & ~ask->bed_row->features_out;
  (void) broker_refuse (refusal, BED_ERROR_NOT_SUITABLE, bed_words_print (&bed_ruled_out_words, why));
  if (why == BED_RULED_OUT_MUST)
    refusal->missing = needs->must & ~features;
  if (why == BED_RULED_OUT_MUST_NOT)
    refusal->missing = needs->must_not & features;
  return FALSE;
}

/* May this bed be committed to this person now? */
static gboolean
check_bed_for_person (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  const BedBedRow *row = ask->bed_row;
  if (!(row->flags & BED_FLAG_IN_EFFECT))
    return broker_refuse (refusal, BED_ERROR_NOT_OFFERABLE, "service");
  if (row->commitment != BED_COMMITMENT_NONE)
    {
      (void) broker_refuse (refusal, BED_ERROR_BED_TAKEN, "");
      refusal->referral = ask->referral;
      return FALSE;
    }
  BedRuledOut why = bed_forbids (row);
  if (why == BED_RULED_OUT_NOTHING && broker_register_get_fresh_until (ask->reg, ask->bed) <= ask->now_us)
    why = BED_RULED_OUT_FRESHNESS;
  if (why != BED_RULED_OUT_NOTHING)
    return broker_refuse (refusal, BED_ERROR_NOT_OFFERABLE, bed_words_print (&bed_ruled_out_words, why));

  BedNeedsProfile needs;
  bed_needs_of_referral (ask->referral_row, &needs);
  why = bed_unsuits (ask->unit_record, ask->bed_record, row, &needs, NULL);
  if (why != BED_RULED_OUT_NOTHING)
    return refuse_unsuitable (ask, why, &needs, refusal);
  return TRUE;
}

/* A person who has a bed, held or further, is told so; anybody else who is not waiting is in the
 * wrong state. The `simple` pathway never takes a bed. */
static gboolean
check_person_for_bed (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  switch ((BedReferralState) ask->referral_row->state)
    {
    case BED_STATE_WAITING:
      break;
    case BED_STATE_HELD:
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
      return broker_refuse (refusal, BED_ERROR_ALREADY_HELD, "");
    case BED_STATE_SUBMITTED:
    case BED_STATE_TRIAGED:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_PAUSED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
    }
  if (ask->referral_row->pathway == BED_PATHWAY_SIMPLE)
    return broker_refuse (refusal, BED_ERROR_NOT_SUITABLE, "pathway");
  return TRUE;
}

static guint32
get_hold_limit (const BrokerAsk *ask)
{
  return ask->referral_row->lane == BED_LANE_URGENT ? BROKER_HOLD_URGENT_MIN : BROKER_HOLD_FLOW_MIN;
}

static gboolean
may_override (const BrokerAsk *ask)
{
  return ask->command->actor.role == BED_ROLE_COORDINATOR || ask->command->actor.role == BED_ROLE_LOCAL;
}

static void
decide_hold (const BrokerAsk *ask, guint32 minutes, BedFacts *decided)
{
  decided->state = BED_STATE_HELD;
  decided->minutes = minutes;
  decided->until_us = ask->now_us + minutes * BED_MINUTE_US;
  bed_facts_set (decided, BED_FACT_STATE);
  bed_facts_set (decided, BED_FACT_MINUTES);
  bed_facts_set (decided, BED_FACT_UNTIL);
}

gboolean
broker_rule_hold (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint32 limit = get_hold_limit (ask);
  gboolean has_override = bed_facts_has (ask->facts, BED_FACT_OVERRIDE);
  if (has_override && !may_override (ask))
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "override");
  guint32 minutes = bed_facts_has (ask->facts, BED_FACT_MINUTES) ? ask->facts->minutes : limit;
  if (minutes == 0 || minutes > (has_override ? BROKER_HOLD_OVERRIDE_MIN : limit))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "minutes");
  if (!check_person_for_bed (ask, refusal) || !check_bed_for_person (ask, refusal))
    return FALSE;
  decide_hold (ask, minutes, decided);
  return TRUE;
}

/* Placing takes the hold and asks the unit; where the unit lets its LAP decide it accepts in the same
 * act, unless the person has not agreed yet. A proxy unit's yes comes by phone. */
gboolean
broker_rule_place (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (bed_facts_has (ask->facts, BED_FACT_OVERRIDE) && !may_override (ask))
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "override");
  if (!check_person_for_bed (ask, refusal) || !check_bed_for_person (ask, refusal))
    return FALSE;
  if (ask->unit_record->accepts == BED_ACCEPTS_LAP && !ask->unit_record->is_proxy
      && ask->referral_row->agreed != BED_AGREED_NOT_YET)
    {
      decided->state = BED_STATE_ACCEPTED;
      bed_facts_set (decided, BED_FACT_STATE);
    }
  else
    decide_hold (ask, get_hold_limit (ask), decided);
  return TRUE;
}

gboolean
broker_rule_accept (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->referral_row->until_us <= ask->now_us)
    return broker_refuse (refusal, BED_ERROR_EXPIRED, "");
  if (ask->referral_row->agreed == BED_AGREED_NOT_YET)
    return broker_refuse (refusal, BED_ERROR_NOT_AGREED, "");
  return TRUE;
}

/* The code is the only thing that tells two people apart, so arriving names the bed as well. */
gboolean
broker_rule_arrive (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->bed != ask->referral_row->bed)
    return broker_refuse (refusal, BED_ERROR_WRONG_BED, "bed");
  return TRUE;
}

/* A proposal reserves nothing, but it must be true when it is made. Without a bed it takes the last
 * one back. */
gboolean
broker_rule_offer (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (!bed_facts_has (ask->facts, BED_FACT_BED))
    return TRUE;
  return check_person_for_bed (ask, refusal) && check_bed_for_person (ask, refusal);
}

gboolean
broker_rule_hold_extend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_assessing (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_decline (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_expect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_cancel (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_depart (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_turned_back (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_release (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}
