/* broker-rules-stay.c: the rules of a stay: from the first therapy to the day of leaving.
 *
 * Pure. Only leaving makes a bed vacant, and then it is dirty; moving is leaving and arriving in one
 * act; away keeps the bed and never vacates it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "broker-fit.h"

#include "common/bed-time.h"

static const gint64 away_max_us[BED_AWAY_N] = {
  [BED_AWAY_HOSPITAL] = 48 * BED_HOUR_US,
  [BED_AWAY_HOME_LEAVE] = 7 * BED_DAY_US,
};

/* A LAP knows a unit by phone. */
void
broker_ask_decide_source (const BrokerAsk *ask, BedFacts *decided)
{
  decided->source = ask->command->actor.role == BED_ROLE_COORDINATOR ? BED_SOURCE_PHONE : BED_SOURCE_STAFF;
  bed_facts_set (decided, BED_FACT_SOURCE);
}

gboolean
broker_rule_therapy (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

static gboolean
is_house (guint8 role)
{
  return role == BED_ROLE_UNIT || role == BED_ROLE_OWNER;
}

/* The bed named is the new one. Inside one unit the person is counted and admitted already. */
gboolean
broker_rule_move (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint32 from = ask->referral_row->bed;
  guint32 unit = broker_register_peek_table (ask->reg)->beds[from].unit;
  const BedBedRow *from_row = broker_register_peek_bed (ask->reg, from);
  BedBedRow row = *ask->bed_row;
  BedNeedsProfile needs;
  if (is_house (ask->command->actor.role) && !broker_ask_is_own_unit (ask, unit))
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "");
  if (from_row->occupancy != BED_OCCUPANCY_OCCUPIED) /* who is away cannot move */
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  bed_needs_of_referral (ask->referral_row, &needs);
  if (unit != ask->unit)
    bed_needs_at (&needs, ask->now_us);
  else
    row.flags = (guint8) (row.flags & ~BED_FLAG_CAP_REACHED);
  if (broker_fit_is_outbreak (ask->reg, from))
    needs.must |= BROKER_AFTER_OUTBREAK;
  if (!broker_ask_check_bed (ask, &row, &needs, refusal))
    return FALSE;
  broker_ask_decide_source (ask, decided);
  return TRUE;
}

gboolean
broker_rule_away (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  gint64 kept_us = ask->facts->keep_until_us - ask->now_us;
  if (ask->bed_row->occupancy != BED_OCCUPANCY_OCCUPIED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  if (kept_us <= 0 || kept_us > away_max_us[ask->facts->away])
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "keep_until");
  broker_ask_decide_source (ask, decided);
  return TRUE;
}

gboolean
broker_rule_back (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->bed_row->occupancy != BED_OCCUPANCY_ON_LEAVE)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "occupancy");
  broker_ask_decide_source (ask, decided);
  return TRUE;
}

gboolean
broker_rule_stay_extend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

gboolean
broker_rule_ready_to_leave (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

/* Somebody who died before arriving has no bed to leave. */
gboolean
broker_rule_leave (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->referral_row->flags & BED_REFERRAL_CLOSED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
  if (ask->referral_row->state == BED_STATE_DIED && ask->facts->outcome != BED_OUTCOME_DIED)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "outcome");
  broker_ask_decide_source (ask, decided);
  return TRUE;
}
