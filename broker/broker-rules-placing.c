/* broker-rules-placing.c: the rules of taking a bed: hold, place, propose, and what ends a hold.
 *
 * Pure. Offerable and suitable are decided by bed-suit.h, which the gateways' find uses too, as of
 * now. A couple takes two beds of one unit in one act, or none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "broker-fit.h"

#include "common/bed-time.h"

#include <string.h>

#define STATE(name) (1u << BED_STATE_##name)
#define HAS_A_BED                                                                                  \
  (STATE (HELD) | STATE (ACCEPTED) | STATE (IN_TRANSIT) | STATE (ARRIVED) | STATE (THERAPY_STARTED) \
   | STATE (READY_TO_LEAVE))
#define ASSESSING_MAX_US BED_DAY_US

/* Reasons that are the bed's, whoever asks: all before the type, and its age. */
static gboolean
is_of_bed (BedRuledOut why, const BedBedRow *row)
{
  if (why == BED_RULED_OUT_ISOLATION)
    return row->isolation != BED_ISOLATION_NONE; /* else it is the person who needs a room */
  return why < BED_RULED_OUT_TYPE || why == BED_RULED_OUT_FRESHNESS;
}

static gboolean
refuse_bed (const BrokerAsk *ask, BedRuledOut why, guint8 need, const BedNeedsProfile *needs, BrokerRefusal *refusal)
{
  const char *word = bed_words_print (&bed_ruled_out_words, why);
  if (why == BED_RULED_OUT_COMMITMENT)
    {
      (void) broker_refuse (refusal, BED_ERROR_BED_TAKEN, "");
      refusal->referral = ask->referral;
      refusal->at_us = ask->now_us;
      return FALSE;
    }
  if (is_of_bed (why, ask->bed_row))
    return broker_refuse (refusal, BED_ERROR_NOT_OFFERABLE, word);
  if (why == BED_RULED_OUT_BAY_SEX)
    return broker_refuse (refusal, BED_ERROR_BAY_SEX, "");
  (void) broker_refuse (refusal, BED_ERROR_NOT_SUITABLE, word);
  if (why == BED_RULED_OUT_MUST)
    refusal->missing = (needs->must & ~(ask->bed_record->features & ~ask->bed_row->features_out))
                       | G_GUINT64_CONSTANT (1) << need;
  if (why == BED_RULED_OUT_MUST_NOT)
    refusal->missing = needs->must_not & ask->bed_record->features;
  return FALSE;
}

gboolean
broker_ask_check_bed (const BrokerAsk *ask, const BedBedRow *row, const BedNeedsProfile *needs, BrokerRefusal *refusal)
{
  guint8 need = 0;
  BedRuledOut why = broker_fit_judge (ask->reg, ask->bed, row, needs, ask->now_us, &need);
  if (why == BED_RULED_OUT_NOTHING)
    return TRUE;
  return refuse_bed (ask, why, need, needs, refusal);
}

/* A person who has a bed, held or further, is told so; anybody else who is not waiting is in the
 * wrong state. The `simple` pathway never takes a bed. */
static gboolean
check_person (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  guint8 state = ask->referral_row->state;
  if (HAS_A_BED >> state & 1)
    return broker_refuse (refusal, BED_ERROR_ALREADY_HELD, "");
  if (ask->referral_row->pathway == BED_PATHWAY_SIMPLE)
    return broker_refuse (refusal, BED_ERROR_NOT_SUITABLE, "pathway");
  return state == BED_STATE_WAITING || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
}

/* The other of a couple and the bed for them; BED_NONE for somebody alone. */
typedef struct
{
  guint32 partner;
  guint32 bed;
} Other;

static void
get_needs (const BrokerAsk *ask, const BedReferralRow *person, BedNeedsProfile *needs)
{
  broker_fit_get_needs (person, ask->now_us, needs);
  needs->ignores_ring_fence = bed_facts_has (ask->facts, BED_FACT_OVERRIDE);
}

static gboolean
find_other (const BrokerAsk *ask, BedNeedsProfile *needs, Other *other, BrokerRefusal *refusal)
{
  const BedReferralRow *person = ask->referral_row;
  BrokerCouple couple = broker_fit_look_at_couple (ask->reg, person);
  BedNeedsProfile partner;
  *other = (Other) { BED_NONE, BED_NONE };
  if (couple == BROKER_ALONE)
    return TRUE;
  if (couple == BROKER_APART)
    return broker_refuse (refusal, BED_ERROR_NOT_SUITABLE, "partner");
  get_needs (ask, broker_register_peek_referral (ask->reg, person->linked), &partner);
  needs->partner = &partner;
  other->partner = person->linked;
  other->bed = broker_fit_find_other_bed (ask->reg, ask->bed, needs, ask->now_us, NULL, NULL);
  needs->partner = NULL;
  return other->bed != BED_NONE || broker_refuse (refusal, BED_ERROR_NOT_SUITABLE, "partner");
}

/* May this person, and whoever belongs to them, have this bed now? */
static gboolean
check_fit (const BrokerAsk *ask, Other *other, BrokerRefusal *refusal)
{
  BedNeedsProfile needs;
  get_needs (ask, ask->referral_row, &needs);
  return check_person (ask, refusal) && broker_ask_check_bed (ask, ask->bed_row, &needs, refusal)
         && find_other (ask, &needs, other, refusal);
}

static void
decide_other (const BrokerAsk *ask, const Other *other, BedFacts *decided)
{
  if (other->partner == BED_NONE)
    return;
  memcpy (decided->with, broker_register_peek_referral (ask->reg, other->partner)->code, sizeof decided->with);
  memcpy (decided->other_bed, broker_register_peek_table (ask->reg)->beds[other->bed].id, sizeof decided->other_bed);
  bed_facts_set (decided, BED_FACT_WITH);
  bed_facts_set (decided, BED_FACT_OTHER_BED);
}

static guint32
get_hold_limit (const BrokerAsk *ask)
{
  return ask->referral_row->lane == BED_LANE_URGENT ? BROKER_HOLD_URGENT_MIN : BROKER_HOLD_FLOW_MIN;
}

static void
decide_until (guint32 minutes, gint64 until_us, BedFacts *decided)
{
  decided->minutes = minutes;
  decided->until_us = until_us;
  bed_facts_set (decided, BED_FACT_MINUTES);
  bed_facts_set (decided, BED_FACT_UNTIL);
}

static void
decide_state (BedReferralState state, BedFacts *decided)
{
  decided->state = (guint8) state;
  bed_facts_set (decided, BED_FACT_STATE);
}

/* Only who answers for a LAP's beds may go past the queue's order, a ring-fence or a hold's length. */
static gboolean
check_override (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  BedRole role = ask->command->actor.role;
  return !bed_facts_has (ask->facts, BED_FACT_OVERRIDE) || role == BED_ROLE_COORDINATOR || role == BED_ROLE_LOCAL
         || broker_refuse (refusal, BED_ERROR_FORBIDDEN, "override");
}

gboolean
broker_rule_hold (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint32 limit = get_hold_limit (ask);
  gboolean has_override = bed_facts_has (ask->facts, BED_FACT_OVERRIDE);
  Other other;
  if (!check_override (ask, refusal))
    return FALSE;
  guint32 minutes = bed_facts_has (ask->facts, BED_FACT_MINUTES) ? ask->facts->minutes : limit;
  if (minutes > (has_override ? BROKER_HOLD_OVERRIDE_MIN : limit))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "minutes");
  if (!check_fit (ask, &other, refusal))
    return FALSE;
  decide_state (BED_STATE_HELD, decided);
  decide_until (minutes, ask->now_us + minutes * BED_MINUTE_US, decided);
  decide_other (ask, &other, decided);
  return TRUE;
}

/* Does the bed stand proposed to somebody else? */
static gboolean
is_promised (const BrokerAsk *ask, guint32 bed, const Other *other)
{
  guint32 proposed = broker_register_peek_proposed (ask->reg, bed);
  return proposed != BED_NONE && proposed != ask->referral && proposed != other->partner;
}

static gboolean
passes_over_somebody (const BrokerAsk *ask, const Other *other)
{
  return is_promised (ask, ask->bed, other) || (other->bed != BED_NONE && is_promised (ask, other->bed, other));
}

static gboolean
has_agreed (const BrokerAsk *ask, guint32 referral)
{
  return referral == BED_NONE || broker_register_peek_referral (ask->reg, referral)->agreed != BED_AGREED_NOT_YET;
}

/* Where the unit lets its LAP decide. A proxy unit's yes comes by phone. */
static gboolean
is_accepted_at_once (const BrokerAsk *ask, const Other *other)
{
  return ask->unit_record->accepts == BED_ACCEPTS_LAP && !ask->unit_record->is_proxy
         && has_agreed (ask, ask->referral) && has_agreed (ask, other->partner);
}

/* Placing takes the hold and asks the unit, or accepts in the same act. Passing over somebody to whom
 * the bed stands proposed needs a reason. */
gboolean
broker_rule_place (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint32 limit = get_hold_limit (ask);
  Other other;
  if (!check_override (ask, refusal) || !check_fit (ask, &other, refusal))
    return FALSE;
  if (!bed_facts_has (ask->facts, BED_FACT_OVERRIDE) && passes_over_somebody (ask, &other))
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "override");
  if (is_accepted_at_once (ask, &other))
    decide_state (BED_STATE_ACCEPTED, decided);
  else
    {
      decide_state (BED_STATE_HELD, decided);
      decide_until (limit, ask->now_us + limit * BED_MINUTE_US, decided);
    }
  decide_other (ask, &other, decided);
  return TRUE;
}

/* A proposal reserves nothing, but it must be true when it is made. Without a bed it takes the last
 * one back. */
gboolean
broker_rule_offer (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  Other other;
  if (!bed_facts_has (ask->facts, BED_FACT_BED))
    return ask->referral_row->offer_bed != BED_NONE || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "offer");
  return check_fit (ask, &other, refusal);
}

static gboolean
check_hold_runs (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  return ask->referral_row->until_us > ask->now_us || broker_refuse (refusal, BED_ERROR_EXPIRED, "");
}

/* Once for each hold, by what its lane allows. */
gboolean
broker_rule_hold_extend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  guint32 limit = get_hold_limit (ask);
  if (!check_hold_runs (ask, refusal))
    return FALSE;
  if (ask->referral_row->flags & BED_REFERRAL_HOLD_EXTENDED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "hold");
  decide_until (ask->referral_row->hold_min + limit, ask->referral_row->until_us + limit * BED_MINUTE_US, decided);
  return TRUE;
}

/* "We assess them ourselves, and answer by then": once, and the hold lasts so long. */
gboolean
broker_rule_assessing (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  gint64 until_us = ask->facts->until_us;
  if (!(ask->unit_record->admission & BED_ADMITS_AFTER_OWN_ASSESSMENT))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "own_assessment");
  if (!check_hold_runs (ask, refusal))
    return FALSE;
  if (ask->referral_row->flags & BED_REFERRAL_ASSESSING)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "assessing");
  if (until_us <= ask->now_us || until_us > ask->now_us + ASSESSING_MAX_US)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "until");
  decide_until ((guint32) ((until_us - ask->referral_row->since_us) / BED_MINUTE_US + 1), until_us, decided);
  return TRUE;
}

/* A couple is accepted together. */
gboolean
broker_rule_accept (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (!check_hold_runs (ask, refusal))
    return FALSE;
  if (!has_agreed (ask, ask->referral))
    return broker_refuse (refusal, BED_ERROR_NOT_AGREED, "");
  if (!has_agreed (ask, broker_fit_find_held_partner (ask->reg, ask->referral)))
    return broker_refuse (refusal, BED_ERROR_NOT_AGREED, "partner");
  return TRUE;
}

gboolean
broker_rule_decline (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

gboolean
broker_rule_release (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}
