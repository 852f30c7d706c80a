/* broker-rules.c: may this be done, and what has then happened.
 *
 * A command passes four doors in order: what it names exists; its role may, in its scope; the
 * person is in a state that allows it; and the method's own rule agrees. The first three are one
 * row of a table for each method. Pure: nothing is changed, time is an argument.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "broker-fit.h"
#include "broker-states.h"

#include <string.h>

#define ROLE(name) (1u << BED_ROLE_##name)
#define EVERYWHERE (ROLE (LOCAL) | ROLE (CLOCK) | ROLE (CLINICIAN)) /* what they may do at all */

gboolean
(broker_refuse) (BrokerRefusal *refusal, BedError error, const char *member)
{
  *refusal = (BrokerRefusal) { .error = error, .referral = BED_NONE };
  g_strlcpy (refusal->member, member, sizeof refusal->member);
  return FALSE;
}

gboolean
broker_ask_is_own_unit (const BrokerAsk *ask, guint32 unit)
{
  const BedActor *actor = &ask->command->actor;
  if (unit == BED_NONE)
    return FALSE;
  const BedUnit *record = &broker_register_peek_table (ask->reg)->units[unit];
  return actor->role == BED_ROLE_UNIT ? strcmp (actor->unit, record->id) == 0 : strcmp (actor->owner, record->owner) == 0;
}

/* The first door: what the command names. */

static gboolean
look_up (BrokerAsk *ask, BrokerRefusal *refusal)
{
  const BedPlaces *places = broker_register_peek_places (ask->reg);
  const BedFacts *facts = ask->facts;
  const BedTable *table = broker_register_peek_table (ask->reg);
  ask->unit = ask->bed = ask->referral = BED_NONE;
  if (bed_facts_has (facts, BED_FACT_REFERRAL) && ask->command->method != BED_METHOD_PROFILE_ERASE)
    {
      ask->referral = broker_register_find_referral (ask->reg, facts->referral);
      if (ask->referral == BED_NONE)
        return broker_refuse (refusal, BED_ERROR_UNKNOWN_REFERRAL, "referral");
      ask->referral_row = broker_register_peek_referral (ask->reg, ask->referral);
      ask->bed = ask->referral_row->bed;
    }
  if (bed_facts_has (facts, BED_FACT_BED))
    {
      ask->bed = places != NULL ? bed_places_find_bed (places, facts->bed) : BED_NONE;
      if (ask->bed == BED_NONE)
        return broker_refuse (refusal, BED_ERROR_UNKNOWN_BED, "bed");
    }
  if (bed_facts_has (facts, BED_FACT_UNIT))
    {
      ask->unit = places != NULL ? bed_places_find_unit (places, facts->unit) : BED_NONE;
      if (ask->unit == BED_NONE)
        return broker_refuse (refusal, BED_ERROR_UNKNOWN_UNIT, "unit");
    }
  if (ask->bed != BED_NONE)
    {
      ask->bed_record = &table->beds[ask->bed];
      ask->bed_row = broker_register_peek_bed (ask->reg, ask->bed);
      ask->unit = ask->bed_record->unit;
    }
  if (ask->unit != BED_NONE)
    {
      ask->unit_record = &table->units[ask->unit];
      ask->unit_row = broker_register_peek_unit (ask->reg, ask->unit);
    }
  return TRUE;
}

/* The second door: the role, and its scope. */

/* A unit keeps its own beds, unless the LAP keeps it by phone; and it may let its LAP say yes. */
static gboolean
may_coordinate (const BrokerAsk *ask, const BrokerMethodRules *rules)
{
  if (rules->coordinates == BROKER_EVERYTHING)
    return TRUE;
  if (ask->unit_record == NULL)
    return FALSE;
  return ask->unit_record->is_proxy
         || (rules->coordinates == BROKER_PROXIES_AND_OWN_YES && ask->unit_record->accepts == BED_ACCEPTS_LAP);
}

/* Unit staff and owners: their own units; answering only where the unit's rule leaves it to them. */
static gboolean
may_keep_house (const BrokerAsk *ask, const BrokerMethodRules *rules)
{
  return broker_ask_is_own_unit (ask, ask->unit) && (!rules->is_answer || ask->unit_record->accepts == BED_ACCEPTS_UNIT);
}

static gboolean
may_assess (const BrokerAsk *ask)
{
  return ask->unit_record != NULL && ask->unit_record->accepts == BED_ACCEPTS_ASSESSOR;
}

static gboolean
may_refer (const BrokerAsk *ask)
{
  const char *source = ask->referral_row == NULL
                           ? ask->facts->organisation
                           : broker_register_peek_source (ask->reg, ask->referral_row->source);
  return ask->command->actor.owner[0] != '\0' && g_strcmp0 (source, ask->command->actor.owner) == 0;
}

static gboolean
is_permitted (const BrokerAsk *ask, const BrokerMethodRules *rules)
{
  BedRole role = ask->command->actor.role;
  if (role >= BED_ROLE_N || !(rules->roles >> role & 1))
    return FALSE;
  if (ask->command->method == BED_METHOD_UNDO) /* of one's own commands: the rule looks */
    return TRUE;
  if (role == BED_ROLE_COORDINATOR)
    return may_coordinate (ask, rules);
  if (role == BED_ROLE_UNIT || role == BED_ROLE_OWNER)
    return may_keep_house (ask, rules);
  if (role == BED_ROLE_REFERRER)
    return may_refer (ask);
  if (role == BED_ROLE_ASSESSOR)
    return may_assess (ask);
  return EVERYWHERE >> role & 1;
}

gboolean
broker_rule_import (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerStates) states = NULL;
  g_autoptr (BrokerReference) reference = broker_states_parse (ask->facts->files, ask->reg, &states, faults);
  return reference != NULL || broker_refuse (refusal, BED_ERROR_IMPORT, "files");
}

static void
write_event (const BrokerAsk *ask, const BedFacts *decided, BedEvent *event)
{
  const BedCommand *command = ask->command;
  *event = (BedEvent) { .revision = broker_register_get_revision (ask->reg) + 1,
                        .at_us = ask->now_us,
                        .kind = (BedEventKind) command->method,
                        .role = command->actor.role,
                        .facts = *decided };
  g_strlcpy (event->actor, command->actor.user, sizeof event->actor);
  g_strlcpy (event->key, command->key, sizeof event->key);
  memcpy (event->digest, command->digest, sizeof event->digest);
}

gboolean
broker_rules_check (const BrokerRegister *reg, const BedCommand *command, gint64 now_us, BedEvent *event,
                    BrokerRefusal *refusal)
{
  BrokerAsk ask = { .reg = reg, .command = command, .facts = &command->facts, .now_us = now_us };
  g_return_val_if_fail (command->method < BED_N_METHODS, FALSE);
  const BrokerMethodRules *rules = &broker_method_rules[command->method];
  g_auto (BedFacts) decided = { 0 };

  if (!look_up (&ask, refusal))
    return FALSE;
  if (!is_permitted (&ask, rules))
    return broker_refuse (refusal, BED_ERROR_FORBIDDEN, "");
  if (ask.referral_row != NULL && !(rules->states >> ask.referral_row->state & 1))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
  bed_facts_copy (ask.facts, &decided);
  if (!rules->rule (&ask, &decided, refusal))
    return FALSE;
  write_event (&ask, &decided, event);
  decided = (BedFacts) { 0 }; /* the event owns it now */
  return TRUE;
}

gboolean
broker_rules_find_next (const BrokerRegister *reg, guint32 referral, gint64 now_us, BedOffer *offer)
{
  const BedReferralRow *row = broker_register_peek_referral (reg, referral);
  BrokerCouple couple = broker_fit_look_at_couple (reg, row);
  BedView view = broker_register_view (reg);
  BedNeedsProfile needs, partner;
  broker_fit_get_needs (row, now_us, &needs);
  if (couple == BROKER_APART)
    return FALSE;
  if (couple == BROKER_TOGETHER)
    {
      broker_fit_get_needs (broker_register_peek_referral (reg, row->linked), now_us, &partner);
      needs.partner = &partner;
    }
  return bed_find_nearest (&view, &needs, 1, NULL, NULL, offer) == 1 && !offer->call_first;
}
