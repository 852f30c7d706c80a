/* broker-rules-referral.c: the rules of a referral before it has a bed, and of leaving by a side door.
 *
 * Pure. A referral is a code, what the person needs and where home is: never who it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "broker-fit.h"

#include "common/bed-time.h"

#include <string.h>

#define READY_AT_RANGE_US (60 * BED_DAY_US)
#define CODE_TRIES 64u

static gboolean
check_ready_at (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  if (bed_facts_has (ask->facts, BED_FACT_READY_AT) && ABS (ask->facts->ready_at_us - ask->now_us) > READY_AT_RANGE_US)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "ready_at");
  return TRUE;
}

static gboolean
is_known_district (const BrokerAsk *ask, const char *district)
{
  return district[0] == '\0' || bed_places_find_district (broker_register_peek_places (ask->reg), district) != BED_NONE;
}

static gboolean
check_places (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  if (bed_facts_has (ask->facts, BED_FACT_HOME) && !is_known_district (ask, ask->facts->home))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "home");
  if (bed_facts_has (ask->facts, BED_FACT_NEAR) && !is_known_district (ask, ask->facts->near))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "near");
  return TRUE;
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

/* Who may triage does so in the act of submitting. */
static gboolean
may_triage (const BrokerAsk *ask)
{
  return ask->command->actor.role != BED_ROLE_REFERRER;
}

static void
decide_state (BedReferralState state, BedFacts *decided)
{
  decided->state = (guint8) state;
  bed_facts_set (decided, BED_FACT_STATE);
}

/* Triaged, somebody on the simple pathway is at the end of it: that never takes a bed. */
static BedReferralState
get_triaged_state (BedPathway pathway)
{
  return pathway == BED_PATHWAY_SIMPLE ? BED_STATE_TRIAGED : BED_STATE_WAITING;
}

/* The day count goes on from one intermediate care bed to another, and from nowhere else. So does the
 * need of a room of one's own after an outbreak; an amendment says when the exposure has passed. */
static gboolean
decide_continues (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (!bed_facts_has (ask->facts, BED_FACT_CONTINUES))
    return TRUE;
  guint32 before = broker_register_find_referral (ask->reg, ask->facts->continues);
  if (before == BED_NONE || broker_register_peek_referral (ask->reg, before)->left_to != BED_OUTCOME_OTHER_IIC_BED + 1)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "continues");
  if (broker_register_peek_referral (ask->reg, before)->is_exposed)
    {
      decided->must |= BROKER_AFTER_OUTBREAK;
      decided->must_not &= ~BROKER_AFTER_OUTBREAK;
      decided->prefer &= ~BROKER_AFTER_OUTBREAK;
    }
  return TRUE;
}

static gboolean
find_free_code (const BrokerAsk *ask, char code[static BED_CODE_SIZE])
{
  for (guint i = 0; i < CODE_TRIES; i++)
    {
      bed_code_print (ask->command->random + i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), code);
      if (broker_register_find_referral (ask->reg, code) == BED_NONE
          && broker_register_find_erasure (ask->reg, code) == G_MAXINT64)
        return TRUE;
    }
  return FALSE;
}

gboolean
broker_rule_submit (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (broker_register_peek_places (ask->reg) == NULL) /* before the first import */
    return broker_refuse (refusal, BED_ERROR_UNAVAILABLE, "");
  if (!check_places (ask, refusal) || !check_ready_at (ask, refusal) || !decide_continues (ask, decided, refusal))
    return FALSE;
  if (!broker_register_has_room (ask->reg) || !is_known_source (ask, ask->facts->organisation)
      || !find_free_code (ask, decided->referral))
    return broker_refuse (refusal, BED_ERROR_TOO_MANY, "");
  bed_facts_set (decided, BED_FACT_REFERRAL);
  decide_state (may_triage (ask) ? get_triaged_state (ask->facts->pathway) : BED_STATE_SUBMITTED, decided);
  return TRUE;
}

/* Why not home? Answered before a bed is proposed. */
gboolean
broker_rule_triage (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->facts->pathway != BED_PATHWAY_SIMPLE && !bed_facts_has (ask->facts, BED_FACT_HOME_FIRST))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "home_first");
  decide_state (get_triaged_state (ask->facts->pathway), decided);
  return TRUE;
}

/* What a bed was held for stays as it is while it is held; that the person has agreed, and when they
 * are ready, may come in the meantime. */
gboolean
broker_rule_amend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  static const BedFact fitted[] = { BED_FACT_TYPE, BED_FACT_NEEDS, BED_FACT_SEX, BED_FACT_AGE_BAND, BED_FACT_HOME, BED_FACT_NEAR };
  for (guint i = 0; ask->referral_row->state == BED_STATE_HELD && i < G_N_ELEMENTS (fitted); i++)
    if (bed_facts_has (ask->facts, fitted[i]))
      return broker_refuse (refusal, BED_ERROR_WRONG_STATE, bed_fact_word (fitted[i]));
  return check_places (ask, refusal) && check_ready_at (ask, refusal);
}

static gboolean
is_before_bed (const BedReferralRow *row)
{
  return row->state == BED_STATE_SUBMITTED || row->state == BED_STATE_TRIAGED || row->state == BED_STATE_WAITING;
}

/* A couple is found and held together or not at all, so it is made before either has a bed. */
gboolean
broker_rule_link (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint32 other = broker_register_find_referral (ask->reg, ask->facts->with);
  if (other == BED_NONE)
    return broker_refuse (refusal, BED_ERROR_UNKNOWN_REFERRAL, "with");
  const BedReferralRow *with = broker_register_peek_referral (ask->reg, other);
  if (!may_triage (ask) && with->source != ask->referral_row->source)
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "with");
  if (other == ask->referral)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "with");
  if (ask->referral_row->linked != BED_NONE)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
  if (with->linked != BED_NONE || !is_before_bed (with))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "with");
  return TRUE;
}

/* The first contact is what stops the urgent lane's clock, once. */
gboolean
broker_rule_responded (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->referral_row->lane != BED_LANE_URGENT)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "lane");
  if (ask->referral_row->flags & BED_REFERRAL_RESPONDED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
  return TRUE;
}

gboolean
broker_rule_redirect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

gboolean
broker_rule_pause (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

/* Back to where the pause began, or to waiting if a bed was held then. */
gboolean
broker_rule_resume (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  const BedReferralRow *row = ask->referral_row;
  if (!check_ready_at (ask, refusal))
    return FALSE;
  decide_state (row->triaged_at_us != 0 ? get_triaged_state (row->pathway) : BED_STATE_SUBMITTED, decided);
  return TRUE;
}

gboolean
broker_rule_withdraw (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

gboolean
broker_rule_died (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

/* Only the CHC assessment has a clock, and one runs at a time. The others are recorded. */
gboolean
broker_rule_assessment_start (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->facts->assessment == BED_ASSESSMENT_CHC && ask->referral_row->chc_from_us != 0)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "kind");
  return TRUE;
}

gboolean
broker_rule_assessment_done (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->facts->assessment == BED_ASSESSMENT_CHC && ask->referral_row->chc_from_us == 0)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "kind");
  return TRUE;
}
