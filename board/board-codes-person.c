/* board-codes-person.c: the words of people in plain British English, one table a word class.
 *
 * Said so that the person could read them. Constant tables; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-codes-core.h"

#include "board-i18n.h"

static const char *const sexes[BED_SEX_N] = {
  [BED_SEX_FEMALE] = N_ ("Woman"),
  [BED_SEX_MALE] = N_ ("Man"),
};

static const char *const age_bands[BED_AGE_BAND_N] = {
  [BED_AGE_BAND_18_64] = N_ ("18 to 64"), [BED_AGE_BAND_65_74] = N_ ("65 to 74"),
  [BED_AGE_BAND_75_84] = N_ ("75 to 84"), [BED_AGE_BAND_85_94] = N_ ("85 to 94"),
  [BED_AGE_BAND_95_PLUS] = N_ ("95 or over"),
};

static const char *const lanes[BED_LANE_N] = {
  [BED_LANE_URGENT] = N_ ("Urgent"),
  [BED_LANE_FLOW] = N_ ("Flow"),
};

static const char *const pathways[BED_PATHWAY_N] = {
  [BED_PATHWAY_SIMPLE] = N_ ("Simple: home with the old package"),
  [BED_PATHWAY_SUPPORTED] = N_ ("Supported: intermediate care"),
  [BED_PATHWAY_ENHANCED] = N_ ("Enhanced: assessment"),
};

static const char *const agreements[BED_AGREED_N] = {
  [BED_AGREED_YES] = N_ ("Person agrees"),
  [BED_AGREED_BEST_INTERESTS] = N_ ("Decided in the person's best interests"),
  [BED_AGREED_NOT_YET] = N_ ("Not agreed yet"),
};

static const char *const states[BED_STATE_N] = {
  [BED_STATE_SUBMITTED] = N_ ("Referred, to be triaged"),
  [BED_STATE_TRIAGED] = N_ ("Triaged"),
  [BED_STATE_WAITING] = N_ ("Waiting for a bed"),
  [BED_STATE_HELD] = N_ ("Bed held"),
  [BED_STATE_ACCEPTED] = N_ ("Accepted"),
  [BED_STATE_IN_TRANSIT] = N_ ("On the way"),
  [BED_STATE_ARRIVED] = N_ ("Arrived"),
  [BED_STATE_THERAPY_STARTED] = N_ ("Therapy has started"),
  [BED_STATE_READY_TO_LEAVE] = N_ ("Ready to leave"),
  [BED_STATE_LEFT] = N_ ("Has left"),
  [BED_STATE_REDIRECTED] = N_ ("Redirected"),
  [BED_STATE_PAUSED] = N_ ("Paused"),
  [BED_STATE_WITHDRAWN] = N_ ("Withdrawn"),
  [BED_STATE_DIED] = N_ ("Died"),
};

static const char *const outcomes[BED_OUTCOME_N] = {
  [BED_OUTCOME_HOME] = N_ ("Home"),
  [BED_OUTCOME_HOME_WITH_PACKAGE] = N_ ("Home with a care package"),
  [BED_OUTCOME_HOME_REABLEMENT] = N_ ("Home with reablement"),
  [BED_OUTCOME_RESIDENTIAL] = N_ ("Residential home"),
  [BED_OUTCOME_NURSING] = N_ ("Nursing home"),
  [BED_OUTCOME_ACUTE] = N_ ("Acute hospital"),
  [BED_OUTCOME_OTHER_IIC_BED] = N_ ("Another intermediate care bed"),
  [BED_OUTCOME_HOSPICE] = N_ ("Hospice"),
  [BED_OUTCOME_DIED] = N_ ("Died"),
  [BED_OUTCOME_SELF_DISCHARGE] = N_ ("Left on their own decision"),
};

static const char *const overrides[BED_OVERRIDE_N] = {
  [BED_OVERRIDE_CLINICAL_PRIORITY] = N_ ("Clinical priority"),
  [BED_OVERRIDE_SYSTEM_PRESSURE] = N_ ("Pressure on the whole system"),
  [BED_OVERRIDE_PERSON_CHOICE] = N_ ("The person's choice"),
  [BED_OVERRIDE_SAFEGUARDING] = N_ ("Safeguarding"),
};

static const char *const home_firsts[BED_HOME_FIRST_N] = {
  [BED_HOME_FIRST_NONE] = N_ ("Not answered yet"),
  [BED_HOME_FIRST_NEEDS_NIGHT_CARE] = N_ ("Needs care at night"),
  [BED_HOME_FIRST_UNSAFE_HOME] = N_ ("The home is not safe"),
  [BED_HOME_FIRST_NEEDS_NURSING] = N_ ("Needs nursing"),
  [BED_HOME_FIRST_NO_HOME_CAPACITY] = N_ ("No service at home has room"),
  [BED_HOME_FIRST_CARER_UNABLE] = N_ ("The carer cannot manage"),
  [BED_HOME_FIRST_REHAB_INTENSITY] = N_ ("Needs more therapy than home allows"),
  [BED_HOME_FIRST_BEST_INTERESTS] = N_ ("Decided in the person's best interests"),
};

static const char *const transports[BED_TRANSPORT_N] = {
  [BED_TRANSPORT_NONE] = N_ ("No transport booked"),
  [BED_TRANSPORT_BOOKED] = N_ ("Transport booked"),
  [BED_TRANSPORT_LATE] = N_ ("Transport is late"),
  [BED_TRANSPORT_CANCELLED] = N_ ("Transport cancelled"),
};

static const char *const declines[BED_DECLINE_N] = {
  [BED_DECLINE_BED_TAKEN] = N_ ("The bed was already taken"),
  [BED_DECLINE_NOT_READY] = N_ ("The bed was not ready"),
  [BED_DECLINE_NO_STAFF] = N_ ("No staff to care for this person"),
  [BED_DECLINE_ADMISSION_HOURS] = N_ ("Outside our admission hours"),
  [BED_DECLINE_OUTBREAK] = N_ ("Infection outbreak here"),
  [BED_DECLINE_INFECTION_NEEDS_SINGLE] = N_ ("Infection: needs a single room"),
  [BED_DECLINE_BAY_SEX] = N_ ("The bay is for the other sex"),
  [BED_DECLINE_BARIATRIC] = N_ ("No bariatric equipment"),
  [BED_DECLINE_TWO_CARERS] = N_ ("Needs two carers"),
  [BED_DECLINE_SECURE_DEMENTIA] = N_ ("Needs a secure dementia unit"),
  [BED_DECLINE_BEHAVIOUR] = N_ ("Cannot support this behaviour"),
  [BED_DECLINE_NOT_NURSING] = N_ ("Needs nursing, which we do not give"),
  [BED_DECLINE_CLINICAL_DEVICE] = N_ ("Cannot care for a clinical device"),
  [BED_DECLINE_STAIRS] = N_ ("Stairs in the way"),
  [BED_DECLINE_NO_ENSUITE] = N_ ("The room has no ensuite"),
  [BED_DECLINE_NOT_STABLE] = N_ ("Not stable enough"),
  [BED_DECLINE_WRONG_PATHWAY] = N_ ("On the wrong pathway"),
  [BED_DECLINE_NEEDS_ACUTE] = N_ ("Needs an acute hospital"),
  [BED_DECLINE_INFORMATION_MISSING] = N_ ("Information is missing"),
  [BED_DECLINE_OWN_ASSESSMENT] = N_ ("Our own assessment says no"),
  [BED_DECLINE_NO_ANSWER] = N_ ("The referrer did not answer"),
  [BED_DECLINE_TRANSPORT] = N_ ("No transport"),
  [BED_DECLINE_PERSON_DECLINED] = N_ ("The person said no"),
  [BED_DECLINE_TOO_FAR] = N_ ("Too far from home"),
  [BED_DECLINE_WANTS_NAMED_HOME] = N_ ("Wants another home by name"),
  [BED_DECLINE_FUNDING] = N_ ("Funding is not agreed"),
  [BED_DECLINE_TOP_UP] = N_ ("Top-up fee is not agreed"),
  [BED_DECLINE_OUT_OF_AREA] = N_ ("From outside our area"),
  [BED_DECLINE_SAFEGUARDING] = N_ ("Safeguarding"),
  [BED_DECLINE_ENOUGH_TODAY] = N_ ("Enough arrivals for today"),
};

static const char *const withdrawals[BED_WITHDRAWAL_N] = {
  [BED_WITHDRAWAL_HOME_INSTEAD] = N_ ("Goes home instead"),
  [BED_WITHDRAWAL_ACUTE_AGAIN] = N_ ("Back in acute hospital"),
  [BED_WITHDRAWAL_OTHER_SERVICE] = N_ ("Goes to another service"),
  [BED_WITHDRAWAL_PERSON_DECLINED] = N_ ("The person said no"),
  [BED_WITHDRAWAL_DIED] = N_ ("Died"),
  [BED_WITHDRAWAL_ENTERED_IN_ERROR] = N_ ("Entered by mistake"),
  [BED_WITHDRAWAL_DUPLICATE] = N_ ("Entered twice"),
};

static const char *const cancellers[BED_CANCELLER_N] = {
  [BED_CANCELLER_UNIT] = N_ ("The unit"),
  [BED_CANCELLER_REFERRER] = N_ ("The referrer"),
  [BED_CANCELLER_PERSON] = N_ ("The person"),
};

static const char *const cancellations[BED_CANCELLATION_N] = {
  [BED_CANCELLATION_TRANSPORT] = N_ ("No transport"),
  [BED_CANCELLATION_BECAME_UNWELL] = N_ ("Became unwell"),
  [BED_CANCELLATION_BED_LOST] = N_ ("The bed is no longer there"),
  [BED_CANCELLATION_PERSON_DECLINED] = N_ ("The person said no"),
  [BED_CANCELLATION_FAMILY] = N_ ("The family"),
  [BED_CANCELLATION_MEDICINES] = N_ ("Medicines were not ready"),
};

static const char *const pauses[BED_PAUSE_N] = {
  [BED_PAUSE_BECAME_UNWELL] = N_ ("Became unwell"),
  [BED_PAUSE_NOT_STABLE] = N_ ("Not stable enough"),
  [BED_PAUSE_PERSON_ASKED] = N_ ("The person asked for time"),
  [BED_PAUSE_INFORMATION_MISSING] = N_ ("Information is missing"),
};

static const char *const redirects[BED_REDIRECT_N] = {
  [BED_REDIRECT_111] = N_ ("NHS 111"),
  [BED_REDIRECT_OUT_OF_HOURS_GP] = N_ ("Out-of-hours GP"),
  [BED_REDIRECT_999] = N_ ("999"),
};

static const char *const hold_reasons[BED_HOLD_REASON_N] = {
  [BED_HOLD_REASON_UNIT_ANSWER] = N_ ("Waiting for the unit's answer"),
  [BED_HOLD_REASON_PERSON_ANSWER] = N_ ("Waiting for the person's answer"),
  [BED_HOLD_REASON_FAMILY] = N_ ("Waiting for the family"),
  [BED_HOLD_REASON_INFORMATION] = N_ ("Waiting for information"),
  [BED_HOLD_REASON_TRANSPORT] = N_ ("Waiting for transport"),
  [BED_HOLD_REASON_ASSESSMENT] = N_ ("Waiting for an assessment"),
};

static const char *const waiting_fors[BED_WAITING_FOR_N] = {
  [BED_WAITING_FOR_NONE] = N_ ("Nothing"),
  [BED_WAITING_FOR_PACKAGE] = N_ ("Care package"),
  [BED_WAITING_FOR_EQUIPMENT] = N_ ("Equipment at home"),
  [BED_WAITING_FOR_PLACEMENT] = N_ ("Place in a care home"),
  [BED_WAITING_FOR_HOUSING] = N_ ("Housing"),
  [BED_WAITING_FOR_FAMILY] = N_ ("Family"),
  [BED_WAITING_FOR_ASSESSMENT] = N_ ("Assessment"),
  [BED_WAITING_FOR_CHC_DECISION] = N_ ("Continuing healthcare decision"),
  [BED_WAITING_FOR_TRANSPORT_MEDICINES] = N_ ("Transport or medicines"),
  [BED_WAITING_FOR_SAFEGUARDING] = N_ ("Safeguarding"),
  [BED_WAITING_FOR_FUNDING] = N_ ("Funding"),
};

static const char *const aways[BED_AWAY_N] = {
  [BED_AWAY_HOSPITAL] = N_ ("In hospital"),
  [BED_AWAY_HOME_LEAVE] = N_ ("On leave at home"),
};

static const char *const assessments[BED_ASSESSMENT_N] = {
  [BED_ASSESSMENT_CHC] = N_ ("Continuing healthcare"),
  [BED_ASSESSMENT_SOCIAL_CARE] = N_ ("Social care"),
  [BED_ASSESSMENT_THERAPY] = N_ ("Therapy"),
  [BED_ASSESSMENT_MENTAL_CAPACITY] = N_ ("Mental capacity"),
};

static const char *const results[BED_RESULT_N] = {
  [BED_RESULT_ELIGIBLE] = N_ ("Eligible"),
  [BED_RESULT_NOT_ELIGIBLE] = N_ ("Not eligible"),
  [BED_RESULT_COMPLETED] = N_ ("Completed"),
  [BED_RESULT_NOT_COMPLETED] = N_ ("Not completed"),
};

static const char *const infections[BED_INFECTION_N] = {
  [BED_INFECTION_NONE] = N_ ("No infection"),
  [BED_INFECTION_NOROVIRUS] = N_ ("Norovirus"),
  [BED_INFECTION_INFLUENZA] = N_ ("Influenza"),
  [BED_INFECTION_COVID_19] = N_ ("COVID-19"),
  [BED_INFECTION_C_DIFFICILE] = N_ ("C. difficile"),
  [BED_INFECTION_MRSA] = N_ ("MRSA"),
  [BED_INFECTION_CPE] = N_ ("CPE"),
  [BED_INFECTION_VRE] = N_ ("VRE"),
  [BED_INFECTION_SCABIES] = N_ ("Scabies"),
  [BED_INFECTION_OTHER] = N_ ("Another infection"),
};

static const char *const weight_bands[BED_WEIGHT_N] = {
  [BED_WEIGHT_NOT_STATED] = N_ ("Weight not stated"),
  [BED_WEIGHT_TO_130] = N_ ("Up to 130 kg"),
  [BED_WEIGHT_TO_180] = N_ ("Up to 180 kg"),
  [BED_WEIGHT_TO_230] = N_ ("Up to 230 kg"),
  [BED_WEIGHT_TO_300] = N_ ("Up to 300 kg"),
  [BED_WEIGHT_OVER_300] = N_ ("Over 300 kg"),
};

static const char *const roles[BED_ROLE_N] = {
  [BED_ROLE_WALLBOARD] = N_ ("Wallboard"),
  [BED_ROLE_COORDINATOR] = N_ ("Coordinator"),
  [BED_ROLE_CLINICIAN] = N_ ("Clinician"),
  [BED_ROLE_REFERRER] = N_ ("Referrer"),
  [BED_ROLE_UNIT] = N_ ("Unit"),
  [BED_ROLE_OWNER] = N_ ("Unit manager"),
  [BED_ROLE_ASSESSOR] = N_ ("Trusted assessor"),
  [BED_ROLE_ANALYST] = N_ ("Analyst"),
  [BED_ROLE_ADMIN] = N_ ("Administrator"),
  [BED_ROLE_LOCAL] = N_ ("The register's own machine"),
  [BED_ROLE_CLOCK] = N_ ("The register"),
};

static const char *const clocks[BED_CLOCK_N] = {
  [BED_CLOCK_UCR_RESPONSE] = N_ ("First contact"),
  [BED_CLOCK_READY_TO_SERVICE] = N_ ("Ready to service"),
  [BED_CLOCK_TRIAGE] = N_ ("Triage"),
  [BED_CLOCK_HOLD] = N_ ("Hold"),
  [BED_CLOCK_BED_START] = N_ ("Start in a bed"),
  [BED_CLOCK_ARRIVAL] = N_ ("Arrival"),
  [BED_CLOCK_THERAPY] = N_ ("First therapy"),
  [BED_CLOCK_CHC_ASSESSMENT] = N_ ("Continuing healthcare decision"),
  [BED_CLOCK_EPISODE] = N_ ("Length of stay"),
  [BED_CLOCK_TURNAROUND] = N_ ("Turnaround of the bed"),
};

const BoardCodes board_person_codes[] = {
  BOARD_CODES (sex, sexes),
  BOARD_CODES (age_band, age_bands),
  BOARD_CODES (lane, lanes),
  BOARD_CODES (pathway, pathways),
  BOARD_CODES (agreed, agreements),
  BOARD_CODES (state, states),
  BOARD_CODES (outcome, outcomes),
  BOARD_CODES (override, overrides),
  BOARD_CODES (home_first, home_firsts),
  BOARD_CODES (transport, transports),
  BOARD_CODES (decline, declines),
  BOARD_CODES (withdrawal, withdrawals),
  BOARD_CODES (canceller, cancellers),
  BOARD_CODES (cancellation, cancellations),
  BOARD_CODES (pause, pauses),
  BOARD_CODES (redirect, redirects),
  BOARD_CODES (hold_reason, hold_reasons),
  BOARD_CODES (waiting_for, waiting_fors),
  BOARD_CODES (away, aways),
  BOARD_CODES (assessment, assessments),
  BOARD_CODES (result, results),
  BOARD_CODES (infection, infections),
  BOARD_CODES (weight_band, weight_bands),
  BOARD_CODES (role, roles),
  BOARD_CODES (clock, clocks),
};

const guint board_n_person_codes = G_N_ELEMENTS (board_person_codes);
