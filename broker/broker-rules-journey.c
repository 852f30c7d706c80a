/* broker-rules-journey.c: the rules from acceptance to arrival: expected, late, cancelled, on the way,
 * turned back, there.
 *
 * Pure. Nothing ends by itself while somebody may be in an ambulance; cancelled transport before
 * that keeps the bed until noon of the next day.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "common/bed-time.h"

#define EXPECTED_PAST_US BED_DAY_US
#define EXPECTED_AHEAD_US (60 * BED_DAY_US)
#define KEPT_UNTIL_HOUR 12 /* local, next day */

#define ROLE(name) (1u << BED_ROLE_##name)
#define HOUSE (ROLE (LOCAL) | ROLE (UNIT) | ROLE (OWNER))
#define OUTSIDE (ROLE (LOCAL) | ROLE (COORDINATOR) | ROLE (CLINICIAN) | ROLE (REFERRER))

static gint64
find_noon_of_next_day (gint64 now_us)
{
  return bed_time_find_next_local (bed_time_find_next_local (now_us, 0, 0), KEPT_UNTIL_HOUR, 0);
}

/* Cancelled once more keeps the bed no longer. */
static void
decide_kept (const BrokerAsk *ask, BedFacts *decided)
{
  gint64 until_us = ask->referral_row->until_us;
  decided->until_us = until_us != 0 ? until_us : find_noon_of_next_day (ask->now_us);
  bed_facts_set (decided, BED_FACT_UNTIL);
}

gboolean
broker_rule_expect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  gint64 away_us = ask->facts->at_us - ask->now_us;
  if (away_us < -EXPECTED_PAST_US || away_us > EXPECTED_AHEAD_US)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "at");
  if (ask->facts->transport == BED_TRANSPORT_CANCELLED && ask->referral_row->state == BED_STATE_ACCEPTED)
    decide_kept (ask, decided);
  return TRUE;
}

/* Who may say so in whose name: the unit's house, or a coordinator for a unit kept by phone. */
static gboolean
may_cancel (const BrokerAsk *ask)
{
  guint8 role = ask->command->actor.role;
  if (ask->facts->by != BED_CANCELLER_UNIT)
    return OUTSIDE >> role & 1;
  return (HOUSE >> role & 1) || (role == BED_ROLE_COORDINATOR && ask->unit_record->is_proxy);
}

/* Only the unit can say that somebody on the way has not come. */
gboolean
broker_rule_cancel (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (!may_cancel (ask))
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "by");
  if (ask->facts->by != BED_CANCELLER_UNIT && ask->referral_row->state != BED_STATE_ACCEPTED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
  return TRUE;
}

gboolean
broker_rule_depart (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

gboolean
broker_rule_turned_back (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

/* The code is the only thing that tells two people apart, so arriving names the bed as well. */
gboolean
broker_rule_arrive (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->bed != ask->referral_row->bed)
    return broker_refuse (refusal, BED_ERROR_WRONG_BED, "bed");
  broker_ask_decide_source (ask, decided);
  return TRUE;
}
