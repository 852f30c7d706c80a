/* broker-rules-stay.c: the rules of a stay: from the first therapy to the day of leaving.
 *
 * Pure. Only leaving makes a bed vacant, and then it is dirty; moving is leaving and arriving in one
 * act; away keeps the bed and never vacates it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

gboolean
broker_rule_therapy (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_move (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_away (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_back (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_stay_extend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_ready_to_leave (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_leave (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}
