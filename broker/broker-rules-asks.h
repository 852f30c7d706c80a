/* broker-rules-asks.h: one command with everything it names looked up: what the rules pass around.
 *
 * Shared by broker-rules.c (the doors), broker-rules-table.c (who may what, when) and the rules'
 * own rooms. Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-rules.h"

typedef struct
{
  const BrokerRegister *reg;
  const BedCommand *command;
  const BedFacts *facts;
  gint64 now_us;
  guint32 unit; /* named, or of the bed */
  guint32 bed;  /* named, or the referral's */
  guint32 referral;
  const BedUnit *unit_record; /* borrowed; NULL if there is none, as below */
  const BedBed *bed_record;
  const BedUnitRow *unit_row;
  const BedBedRow *bed_row;
  const BedReferralRow *referral_row;
} BrokerAsk;

/* Fills in a refusal and is FALSE, so that a rule can return it. */
gboolean broker_refuse (BrokerRefusal *refusal, BedError error, const char *member);

/* So that the compiler knows it too: `is_right || broker_refuse (…)` has no branch that nothing takes.
 * Where the value is not wanted, cast it to void. */
#define broker_refuse(refusal, error, member) ((void) (broker_refuse) (refusal, error, member), FALSE)

/* A rule: FALSE with a refusal, or TRUE with what it decided added to the event's facts. */
typedef gboolean (*BrokerRule) (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* For which units a coordinator may do it. */
typedef enum
{
  BROKER_EVERYTHING,
  BROKER_PROXIES,            /* kept by phone */
  BROKER_PROXIES_AND_OWN_YES /* and those whose rule lets the LAP say yes */
} BrokerScope;

typedef struct
{
  BrokerRule rule;
  guint32 roles;
  guint32 states; /* of the referral, if the command names one */
  BrokerScope coordinates;
  gboolean is_answer; /* only by whom the unit's rule names */
} BrokerMethodRules;

extern const BrokerMethodRules broker_method_rules[BED_N_METHODS];

/* Is that unit the actor's own, by unit or by owner? */
gboolean broker_ask_is_own_unit (const BrokerAsk *ask, guint32 unit);

/* May the bed named, with that row (its own, or one as it would be), be committed to somebody with these
 * needs now? In broker-rules-placing.c. */
gboolean broker_ask_check_bed (const BrokerAsk *ask, const BedBedRow *row, const BedNeedsProfile *needs,
                               BrokerRefusal *refusal);

/* Seen by staff, or heard by phone. In broker-rules-stay.c. */
void broker_ask_decide_source (const BrokerAsk *ask, BedFacts *decided);

/* broker-rules-beds.c */
gboolean broker_rule_report (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_confirm (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_fill (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_correct (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_feature (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-service.c */
gboolean broker_rule_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_bay_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_bay_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_unit_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_unit_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_staff (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_unit_rules (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_capacity (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_surge_ask (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_surge_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_surge_shut (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-referral.c */
gboolean broker_rule_submit (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_triage (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_amend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_link (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_responded (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_redirect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_pause (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_resume (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_withdraw (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_died (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_assessment_start (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_assessment_done (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-placing.c */
gboolean broker_rule_place (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_hold (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_hold_extend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_release (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_assessing (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_accept (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_decline (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_offer (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-journey.c */
gboolean broker_rule_expect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_cancel (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_depart (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_turned_back (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_arrive (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-stay.c */
gboolean broker_rule_therapy (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_move (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_away (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_back (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_stay_extend (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_ready_to_leave (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_leave (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-clock.c */
gboolean broker_rule_expire (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_stale (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_breach (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_effect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_quarter (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_erase (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);

/* broker-rules-undo.c, broker-rules.c */
gboolean broker_rule_undo (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
gboolean broker_rule_import (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal);
