/* broker-rules-referral.c: the rules of a referral before it has a bed, and of leaving by a side door.
 *
 * Pure. A referral is a code, what the person needs and where home is: never who it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "common/bed-time.h"

#include <string.h>

#define READY_AT_RANGE_US (60 * BED_DAY_US)
#define CODE_TRIES 64u

static gboolean
is_known_district (const BrokerAsk *ask, const char *district)
{
  return district[0] == '\0' || bed_places_find_district (broker_register_peek_places (ask->reg), district) != BED_NONE;
}

static gboolean
is_known_source (const BrokerAsk *ask, const char *organisation)
{
  guint n = broker_register_get_n_sources (ask->reg);
  for (guint i = 0; i < n; i++)
    if (strcmp (broker_register_peek_source (ask->reg, i), organisation) == 0)
      return TRUE;
  return n < BED_MAX_SOURCES;
}

gboolean
broker_rule_submit (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  const BedFacts *facts = ask->facts;
  if (!is_known_district (ask, facts->home))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "home");
  if (bed_facts_has (facts, BED_FACT_NEAR) && !is_known_district (ask, facts->near))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "near");
  if (bed_facts_has (facts, BED_FACT_READY_AT) && ABS (facts->ready_at_us - ask->now_us) > READY_AT_RANGE_US)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "ready_at");
  if (!broker_register_has_room (ask->reg) || !is_known_source (ask, facts->organisation))
    return broker_refuse (refusal, BED_ERROR_TOO_MANY, "");
  for (guint i = 0; i < CODE_TRIES; i++)
    {
      bed_code_print (ask->command->random + i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), decided->referral);
      if (broker_register_find_referral (ask->reg, decided->referral) == BED_NONE)
        {
          bed_facts_set (decided, BED_FACT_REFERRAL);
          return TRUE;
        }
    }
  return broker_refuse (refusal, BED_ERROR_TOO_MANY, "");
}

gboolean
broker_rule_triage (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_amend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_link (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_responded (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_redirect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_pause (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_resume (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_withdraw (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_died (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_assessment_start (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}

gboolean
broker_rule_assessment_done (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}
