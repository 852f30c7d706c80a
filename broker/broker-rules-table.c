/* broker-rules-table.c: who may ask for what, in which state of the person: one row a method.
 *
 * What a row cannot say is the method's own rule. Constant; the test that walks every state, method
 * and role reads it from the other side.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#define ROLE(name) (1u << BED_ROLE_##name)
#define STATE(name) (1u << BED_STATE_##name)

#define LOCAL ROLE (LOCAL)
#define TRIAGE (ROLE (COORDINATOR) | ROLE (CLINICIAN))
#define HOUSE (ROLE (UNIT) | ROLE (OWNER))
#define ANY_STATE G_MAXUINT32
#define BEFORE_BED (STATE (SUBMITTED) | STATE (TRIAGED) | STATE (WAITING))
#define ON_THE_WAY (STATE (ACCEPTED) | STATE (IN_TRANSIT))
#define STAYING (STATE (ARRIVED) | STATE (THERAPY_STARTED) | STATE (READY_TO_LEAVE))
#define LIVE (BEFORE_BED | STATE (PAUSED) | STATE (HELD) | ON_THE_WAY | STAYING)

/* States of `hold` and `place` are told apart by their own rule: already_held or wrong_state. */
const BrokerMethodRules broker_method_rules[BED_N_METHODS] = {
  [BED_METHOD_BED_REPORT] = { broker_rule_report, LOCAL | HOUSE | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_BED_CLOSE] = { broker_rule_close, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_BED_OPEN] = { broker_rule_open, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_BAY_CLOSE] = { broker_rule_bay_close, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_BAY_OPEN] = { broker_rule_bay_open, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_UNIT_CLOSE] = { broker_rule_unit_close, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_UNIT_OPEN] = { broker_rule_unit_open, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_UNIT_CONFIRM] = { broker_rule_confirm, LOCAL | HOUSE | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_UNIT_STAFF] = { broker_rule_staff, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_UNIT_RULES] = { broker_rule_unit_rules, LOCAL | ROLE (OWNER), ANY_STATE },
  [BED_METHOD_UNIT_CAPACITY] = { broker_rule_capacity, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_SURGE_ASK] = { broker_rule_surge_ask, LOCAL | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_SURGE_OPEN] = { broker_rule_surge_open, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_SURGE_SHUT] = { broker_rule_surge_shut, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_BED_FILL] = { broker_rule_fill, LOCAL | HOUSE | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_BED_CORRECT] = { broker_rule_correct, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE },
  [BED_METHOD_BED_FEATURE] = { broker_rule_feature, LOCAL | ROLE (OWNER) | ROLE (COORDINATOR), ANY_STATE, .coordinates = BROKER_PROXIES },
  [BED_METHOD_REFERRAL_SUBMIT] = { broker_rule_submit, LOCAL | TRIAGE | ROLE (REFERRER), ANY_STATE },
  [BED_METHOD_REFERRAL_TRIAGE] = { broker_rule_triage, LOCAL | TRIAGE, STATE (SUBMITTED) | STATE (TRIAGED) | STATE (WAITING) },
  [BED_METHOD_REFERRAL_AMEND] = { broker_rule_amend, LOCAL | TRIAGE | ROLE (REFERRER), BEFORE_BED | STATE (PAUSED) | STATE (HELD) },
  [BED_METHOD_REFERRAL_LINK] = { broker_rule_link, LOCAL | TRIAGE | ROLE (REFERRER), BEFORE_BED },
  [BED_METHOD_REFERRAL_RESPONDED] = { broker_rule_responded, LOCAL | TRIAGE, LIVE },
  [BED_METHOD_REFERRAL_REDIRECT] = { broker_rule_redirect, LOCAL | TRIAGE, BEFORE_BED },
  [BED_METHOD_REFERRAL_PAUSE] = { broker_rule_pause, LOCAL | TRIAGE | ROLE (REFERRER), BEFORE_BED | STATE (HELD) },
  [BED_METHOD_REFERRAL_RESUME] = { broker_rule_resume, LOCAL | TRIAGE | ROLE (REFERRER), STATE (PAUSED) },
  [BED_METHOD_REFERRAL_WITHDRAW] = { broker_rule_withdraw, LOCAL | TRIAGE | ROLE (REFERRER), BEFORE_BED | STATE (PAUSED) | STATE (HELD) | STATE (ACCEPTED) },
  [BED_METHOD_REFERRAL_DIED] = { broker_rule_died, LOCAL | TRIAGE | HOUSE | ROLE (REFERRER), LIVE },
  [BED_METHOD_ASSESSMENT_START] = { broker_rule_assessment_start, LOCAL | TRIAGE | HOUSE | ROLE (ASSESSOR), STAYING },
  [BED_METHOD_ASSESSMENT_DONE] = { broker_rule_assessment_done, LOCAL | TRIAGE | HOUSE | ROLE (ASSESSOR), STAYING },
  [BED_METHOD_PLACEMENT_PLACE] = { broker_rule_place, LOCAL | TRIAGE, ANY_STATE },
  [BED_METHOD_HOLD_TAKE] = { broker_rule_hold, LOCAL | TRIAGE | ROLE (REFERRER), ANY_STATE },
  [BED_METHOD_HOLD_EXTEND] = { broker_rule_hold_extend, LOCAL | TRIAGE | ROLE (REFERRER), STATE (HELD) },
  [BED_METHOD_HOLD_RELEASE] = { broker_rule_release, LOCAL | TRIAGE | ROLE (REFERRER), STATE (HELD) },
  [BED_METHOD_PLACEMENT_ASSESSING] = { broker_rule_assessing, LOCAL | HOUSE | ROLE (COORDINATOR), STATE (HELD), .coordinates = BROKER_PROXIES, .is_answer = TRUE },
  [BED_METHOD_PLACEMENT_ACCEPT] = { broker_rule_accept, LOCAL | HOUSE | ROLE (COORDINATOR) | ROLE (ASSESSOR), STATE (HELD), .coordinates = BROKER_PROXIES_AND_OWN_YES, .is_answer = TRUE },
  [BED_METHOD_PLACEMENT_DECLINE] = { broker_rule_decline, LOCAL | HOUSE | ROLE (COORDINATOR) | ROLE (ASSESSOR), STATE (HELD), .coordinates = BROKER_PROXIES_AND_OWN_YES, .is_answer = TRUE },
  [BED_METHOD_PLACEMENT_EXPECT] = { broker_rule_expect, LOCAL | TRIAGE | HOUSE | ROLE (REFERRER), ON_THE_WAY },
  [BED_METHOD_PLACEMENT_CANCEL] = { broker_rule_cancel, LOCAL | TRIAGE | HOUSE | ROLE (REFERRER), ON_THE_WAY },
  [BED_METHOD_PLACEMENT_DEPART] = { broker_rule_depart, LOCAL | TRIAGE | HOUSE | ROLE (REFERRER), STATE (ACCEPTED) },
  [BED_METHOD_PLACEMENT_TURNED_BACK] = { broker_rule_turned_back, LOCAL | TRIAGE | HOUSE | ROLE (REFERRER), ON_THE_WAY },
  [BED_METHOD_PLACEMENT_ARRIVE] = { broker_rule_arrive, LOCAL | HOUSE | ROLE (COORDINATOR), ON_THE_WAY, .coordinates = BROKER_PROXIES },
  [BED_METHOD_PLACEMENT_THERAPY] = { broker_rule_therapy, LOCAL | HOUSE | ROLE (COORDINATOR) | ROLE (CLINICIAN), STATE (ARRIVED), .coordinates = BROKER_PROXIES },
  [BED_METHOD_PLACEMENT_MOVE] = { broker_rule_move, LOCAL | HOUSE | ROLE (COORDINATOR), STAYING },
  [BED_METHOD_PLACEMENT_AWAY] = { broker_rule_away, LOCAL | HOUSE | ROLE (COORDINATOR), STAYING, .coordinates = BROKER_PROXIES },
  [BED_METHOD_PLACEMENT_BACK] = { broker_rule_back, LOCAL | HOUSE | ROLE (COORDINATOR), STAYING, .coordinates = BROKER_PROXIES },
  [BED_METHOD_PLACEMENT_EXTEND] = { broker_rule_stay_extend, LOCAL | TRIAGE | HOUSE, STAYING },
  [BED_METHOD_PLACEMENT_READY_TO_LEAVE] = { broker_rule_ready_to_leave, LOCAL | HOUSE | ROLE (COORDINATOR) | ROLE (CLINICIAN), STAYING, .coordinates = BROKER_PROXIES },
  [BED_METHOD_PLACEMENT_LEAVE] = { broker_rule_leave, LOCAL | HOUSE | ROLE (COORDINATOR), STAYING | STATE (DIED), .coordinates = BROKER_PROXIES },
  [BED_METHOD_UNDO] = { broker_rule_undo, LOCAL | TRIAGE | HOUSE | ROLE (REFERRER) | ROLE (ASSESSOR), ANY_STATE },
  [BED_METHOD_IMPORT] = { broker_rule_import, LOCAL, ANY_STATE },
  [BED_METHOD_HOLD_EXPIRE] = { broker_rule_expire, ROLE (CLOCK), STATE (HELD) | STATE (ACCEPTED) },
  [BED_METHOD_UNIT_STALE] = { broker_rule_stale, ROLE (CLOCK), ANY_STATE },
  [BED_METHOD_CLOCK_BREACH] = { broker_rule_breach, ROLE (CLOCK), LIVE },
  [BED_METHOD_OFFER_MAKE] = { broker_rule_offer, ROLE (CLOCK), STATE (WAITING) },
  [BED_METHOD_UNIT_EFFECT] = { broker_rule_effect, ROLE (CLOCK), ANY_STATE },
  [BED_METHOD_QUARTER_PASS] = { broker_rule_quarter, ROLE (CLOCK), ANY_STATE },
  [BED_METHOD_PROFILE_ERASE] = { broker_rule_erase, ROLE (CLOCK), ANY_STATE },
};

G_STATIC_ASSERT ((int) BED_N_METHODS == (int) BED_N_EVENTS); /* a method and its event share a number */
