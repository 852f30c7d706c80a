/* broker-rules.c: may this be done, and what has then happened.
 *
 * A command passes four doors in order: what it names exists; its role may, in its scope; the
 * person is in a state that allows it; and the method's own rule agrees. The first three are one
 * row of a table for each method. Pure: nothing is changed, time is an argument.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

#define READY_AT_RANGE_US (60 * BED_DAY_US)
#define CODE_TRIES 64u

/* Rules of the simple methods */

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

static gboolean
rule_report (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
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

static gboolean
rule_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (ask->bed_row->service == BED_SERVICE_CLOSED)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "service");
  if (bed_facts_has (ask->facts, BED_FACT_UNTIL) && ask->facts->until_us <= ask->now_us)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "until");
  return TRUE;
}

static gboolean
rule_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return ask->bed_row->service == BED_SERVICE_CLOSED || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "service");
}

static gboolean
rule_confirm (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return decide_source (ask, decided, refusal);
}

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

static gboolean
rule_submit (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
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

static gboolean
rule_expire (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return ask->referral_row->until_us <= ask->now_us || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "until");
}

static gboolean
rule_breach (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  gint64 due_us;
  return (bed_clock_get_due (ask->facts->clock, ask->referral_row, &due_us) && due_us <= ask->now_us
          && !(ask->referral_row->breached >> ask->facts->clock & 1))
         || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "clock");
}

static gboolean
rule_import (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference
      = broker_reference_parse (ask->facts->files, broker_register_peek_reference (ask->reg), faults);
  return reference != NULL || broker_refuse (refusal, BED_ERROR_IMPORT, "files");
}

static gboolean
rule_agree (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

/* The table of methods */

#define ROLE(name) (1u << BED_ROLE_##name)
#define STATE(name) (1u << BED_STATE_##name)

#define LOCAL ROLE (LOCAL)
#define TRIAGE (ROLE (COORDINATOR) | ROLE (CLINICIAN))
#define HOUSE (ROLE (UNIT) | ROLE (OWNER))
#define ANY_STATE G_MAXUINT32

typedef struct
{
  BrokerRule rule;
  guint32 roles;
  guint32 states; /* of the referral, if the command names one */
} MethodRules;

/* States of `hold` and `place` are told apart by their own rule: already_held or wrong_state. */
static const MethodRules methods[BED_N_METHODS] = {
  [BED_METHOD_BED_REPORT] = { rule_report, LOCAL | HOUSE | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_BED_CLOSE] = { rule_close, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_BED_OPEN] = { rule_open, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_UNIT_CONFIRM] = { rule_confirm, LOCAL | HOUSE | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_REFERRAL_SUBMIT] = { rule_submit, LOCAL | TRIAGE | ROLE (REFERRER), ANY_STATE },
  [BED_METHOD_PLACEMENT_PLACE] = { broker_rule_place, LOCAL | TRIAGE, ANY_STATE },
  [BED_METHOD_HOLD_TAKE] = { broker_rule_hold, LOCAL | TRIAGE | ROLE (REFERRER), ANY_STATE },
  [BED_METHOD_HOLD_RELEASE] = { rule_agree, LOCAL | TRIAGE | ROLE (REFERRER), STATE (HELD) },
  [BED_METHOD_PLACEMENT_ACCEPT]
  = { broker_rule_accept, LOCAL | HOUSE | ROLE (ASSESSOR) | ROLE (COORDINATOR), STATE (HELD) },
  [BED_METHOD_PLACEMENT_ARRIVE]
  = { broker_rule_arrive, LOCAL | HOUSE | ROLE (COORDINATOR), STATE (ACCEPTED) | STATE (IN_TRANSIT) },
  [BED_METHOD_PLACEMENT_LEAVE] = { rule_agree, LOCAL | HOUSE | ROLE (COORDINATOR),
                                   STATE (ARRIVED) | STATE (THERAPY_STARTED) | STATE (READY_TO_LEAVE) },
  [BED_METHOD_IMPORT] = { rule_import, LOCAL, ANY_STATE },
  [BED_METHOD_HOLD_EXPIRE] = { rule_expire, ROLE (CLOCK), STATE (HELD) },
  [BED_METHOD_UNIT_STALE] = { rule_agree, ROLE (CLOCK), ANY_STATE },
  [BED_METHOD_CLOCK_BREACH] = { rule_breach, ROLE (CLOCK), ANY_STATE },
  [BED_METHOD_OFFER_MAKE] = { broker_rule_offer, ROLE (CLOCK), STATE (WAITING) },
  [BED_METHOD_UNIT_EFFECT] = { rule_agree, ROLE (CLOCK), ANY_STATE },
  [BED_METHOD_QUARTER_PASS] = { rule_agree, ROLE (CLOCK), ANY_STATE },
};

G_STATIC_ASSERT ((int) BED_N_METHODS == (int) BED_N_EVENTS); /* a method and its event share a number */

/* The first door: what the command names. */

static gboolean
look_up (BrokerAsk *ask, BrokerRefusal *refusal)
{
  const BedPlaces *places = broker_register_peek_places (ask->reg);
  const BedFacts *facts = ask->facts;
  const BedTable *table = broker_register_peek_table (ask->reg);
  ask->unit = ask->bed = ask->referral = BED_NONE;
  if (bed_facts_has (facts, BED_FACT_REFERRAL))
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

static gboolean
may_coordinate (const BrokerAsk *ask)
{
  switch (ask->command->method)
    {
    case BED_METHOD_BED_CLOSE:
    case BED_METHOD_BED_OPEN:
    case BED_METHOD_PLACEMENT_ARRIVE:
    case BED_METHOD_PLACEMENT_LEAVE: /* a unit keeps its own beds, unless the LAP keeps it by phone */
      return ask->unit_record != NULL && ask->unit_record->is_proxy;
    case BED_METHOD_PLACEMENT_ACCEPT:
      return ask->unit_record != NULL
             && (ask->unit_record->is_proxy || ask->unit_record->accepts == BED_ACCEPTS_LAP);
    case BED_METHOD_BED_REPORT:
    case BED_METHOD_UNIT_CONFIRM:
    case BED_METHOD_REFERRAL_SUBMIT:
    case BED_METHOD_PLACEMENT_PLACE:
    case BED_METHOD_HOLD_TAKE:
    case BED_METHOD_HOLD_RELEASE:
      return TRUE;
    case BED_METHOD_IMPORT:
    case BED_METHOD_HOLD_EXPIRE:
    case BED_METHOD_UNIT_STALE:
    case BED_METHOD_CLOCK_BREACH:
    case BED_METHOD_OFFER_MAKE:
    case BED_METHOD_UNIT_EFFECT:
    case BED_METHOD_QUARTER_PASS:
    case BED_N_METHODS:
      return FALSE;
    }
  return FALSE;
}

/* Unit staff and owners: their own units; accepting only where the unit's rule leaves it to them. */
static gboolean
may_keep_house (const BrokerAsk *ask)
{
  const BedActor *actor = &ask->command->actor;
  if (ask->unit_record == NULL)
    return FALSE;
  gboolean is_own = actor->role == BED_ROLE_UNIT
                        ? strcmp (actor->unit, ask->unit_record->id) == 0
                        : strcmp (actor->owner, ask->unit_record->owner) == 0;
  return is_own
         && (ask->command->method != BED_METHOD_PLACEMENT_ACCEPT || ask->unit_record->accepts == BED_ACCEPTS_UNIT);
}

static gboolean
may_refer (const BrokerAsk *ask)
{
  const char *source = ask->command->method == BED_METHOD_REFERRAL_SUBMIT
                           ? ask->facts->organisation
                           : broker_register_peek_source (ask->reg, ask->referral_row->source);
  return ask->command->actor.owner[0] != '\0' && g_strcmp0 (source, ask->command->actor.owner) == 0;
}

static gboolean
is_permitted (const BrokerAsk *ask)
{
  BedRole role = ask->command->actor.role;
  if (role >= BED_ROLE_N || !(methods[ask->command->method].roles >> role & 1))
    return FALSE;
  switch (role)
    {
    case BED_ROLE_LOCAL:
    case BED_ROLE_CLOCK:
    case BED_ROLE_CLINICIAN:
      return TRUE;
    case BED_ROLE_COORDINATOR:
      return may_coordinate (ask);
    case BED_ROLE_UNIT:
    case BED_ROLE_OWNER:
      return may_keep_house (ask);
    case BED_ROLE_REFERRER:
      return may_refer (ask);
    case BED_ROLE_ASSESSOR:
      return ask->unit_record != NULL && ask->unit_record->accepts == BED_ACCEPTS_ASSESSOR;
    case BED_ROLE_WALLBOARD:
    case BED_ROLE_ANALYST:
    case BED_ROLE_ADMIN:
    case BED_ROLE_N:
      return FALSE;
    }
  return FALSE;
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
  const MethodRules *rules = &methods[command->method];
  g_auto (BedFacts) decided = { 0 };

  if (!look_up (&ask, refusal))
    return FALSE;
  if (!is_permitted (&ask))
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

/* The clock */

static void
set_unit_command (const BrokerRegister *reg, guint32 unit, gint64 now_us, BedCommand *command)
{
  const BedTable *table = broker_register_peek_table (reg);
  const BedUnit *record = &table->units[unit];
  command->method = BED_METHOD_UNIT_STALE;
  for (guint32 bed = record->first_bed; bed < record->first_bed + record->n_beds; bed++)
    if (broker_register_is_in_effect (reg, bed, now_us)
        != ((broker_register_peek_bed (reg, bed)->flags & BED_FLAG_IN_EFFECT) != 0))
      command->method = BED_METHOD_UNIT_EFFECT;
  g_strlcpy (command->facts.unit, record->id, sizeof command->facts.unit);
  bed_facts_set (&command->facts, BED_FACT_UNIT);
}

static void
set_referral_command (const BedReferralRow *row, gint64 now_us, BedCommand *command)
{
  gint64 due_us;
  command->method = BED_METHOD_HOLD_EXPIRE;
  if (row->state != BED_STATE_HELD || row->until_us > now_us)
    for (guint clock = 0; clock < BED_CLOCK_N; clock++)
      if (!(row->breached >> clock & 1) && bed_clock_get_due (clock, row, &due_us) && due_us <= now_us)
        {
          command->method = BED_METHOD_CLOCK_BREACH;
          command->facts.clock = (guint8) clock;
          bed_facts_set (&command->facts, BED_FACT_CLOCK);
          break;
        }
  memcpy (command->facts.referral, row->code, sizeof row->code);
  bed_facts_set (&command->facts, BED_FACT_REFERRAL);
}

gboolean
broker_rules_next_due (const BrokerRegister *reg, gint64 now_us, BedCommand *command)
{
  gint64 at_us;
  BedKind kind;
  guint32 index;
  if (!broker_register_peek_due (reg, &at_us, &kind, &index) || at_us > now_us)
    return FALSE;
  *command = (BedCommand) { .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  if (kind == BED_KIND_UNIT)
    set_unit_command (reg, index, now_us, command);
  else
    set_referral_command (broker_register_peek_referral (reg, index), now_us, command);
  bed_command_sign (command);
  return TRUE;
}

gboolean
broker_rules_find_next (const BrokerRegister *reg, guint32 referral, BedOffer *offer)
{
  BedView view = broker_register_view (reg);
  BedNeedsProfile needs;
  bed_needs_of_referral (broker_register_peek_referral (reg, referral), &needs);
  return bed_find_nearest (&view, &needs, 1, NULL, NULL, offer) == 1 && !offer->call_first;
}
