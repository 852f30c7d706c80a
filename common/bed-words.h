/* bed-words.h: the vocabulary of domain.md, one list a word class.
 *
 * Each X-macro is the only place where a value stands: the enum, its wire word and its number in
 * the shared table all come from it, so they cannot drift. Values are stored in shared memory and
 * in the journal's snapshots: append, never reorder, and raise BED_LAYOUT_VERSION otherwise.
 *
 * Plain C11.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assert.h>

/* X (NAME, "word") */

#define BED_OCCUPANCIES(X, P)                                                                      \
  X (P##UNKNOWN, "unknown") X (P##VACANT, "vacant") X (P##OCCUPIED, "occupied") X (P##ON_LEAVE, "on_leave")

#define BED_READINESSES(X, P)                                                                      \
  X (P##READY, "ready") X (P##DIRTY, "dirty") X (P##CLEANING, "cleaning") X (P##CONTAMINATED, "contaminated")

#define BED_SERVICES(X, P)                                                                         \
  X (P##OPEN, "open") X (P##CLOSED, "closed") X (P##SURGE_SHUT, "surge_shut") X (P##SURGE_OPEN, "surge_open")

#define BED_COMMITMENTS(X, P)                                                                      \
  X (P##NONE, "none") X (P##HELD, "held") X (P##ACCEPTED, "accepted") X (P##IN_TRANSIT, "in_transit")

#define BED_ISOLATIONS(X, P)                                                                       \
  X (P##NONE, "none") X (P##SINGLE_ROOM, "single_room") X (P##BARRIER, "barrier") X (P##BAY_RESTRICTED, "bay_restricted")

#define BED_SOURCES(X, P) X (P##NONE, "none") X (P##STAFF, "staff") X (P##ADT, "adt") X (P##PHONE, "phone")

/* In the order of contract.md. */
#define BED_DISPLAYS(X, P)                                                                         \
  X (P##FREE, "free") X (P##HELD, "held") X (P##ACCEPTED, "accepted") X (P##IN_TRANSIT, "in_transit")  \
  X (P##OCCUPIED, "occupied") X (P##LEAVING, "leaving") X (P##READY_TO_LEAVE, "ready_to_leave")        \
  X (P##ON_LEAVE, "on_leave") X (P##CLEANING, "cleaning") X (P##CONTAMINATED, "contaminated")          \
  X (P##ISOLATED, "isolated") X (P##CLOSED, "closed") X (P##SURGE_SHUT, "surge_shut")                  \
  X (P##UNKNOWN, "unknown")

#define BED_CLOSURES(X, P)                                                                         \
  X (P##NONE, "none") X (P##STAFFING, "staffing") X (P##OUTBREAK, "outbreak") X (P##DEEP_CLEAN, "deep_clean")  \
  X (P##REPAIR, "repair") X (P##FIRE_SAFETY, "fire_safety") X (P##QUALITY_EMBARGO, "quality_embargo")      \
  X (P##DECOMMISSIONED, "decommissioned") X (P##NOT_FUNDED, "not_funded")                               \
  X (P##RING_FENCED, "ring_fenced") X (P##REFURBISHMENT, "refurbishment")

#define BED_TYPES(X, P)                                                                            \
  X (P##REHAB, "rehab") X (P##REABLEMENT, "reablement") X (P##D2A, "d2a") X (P##CHC, "chc")              \
  X (P##STEP_UP, "step_up") X (P##STEP_DOWN, "step_down") X (P##TIME_TO_THINK, "time_to_think")         \
  X (P##GP, "gp") X (P##END_OF_LIFE, "end_of_life") X (P##RESPITE, "respite") X (P##SITTING, "sitting")   \
  X (P##HOME_REABLEMENT, "home_reablement") X (P##VIRTUAL_WARD, "virtual_ward")

/* Bit n of a features, must, must-not or prefer mask is value n. */
#define BED_NEEDS(X, P)                                                                            \
  X (P##SINGLE_ROOM, "single_room") X (P##ENSUITE, "ensuite") X (P##GROUND_FLOOR, "ground_floor")       \
  X (P##WHEELCHAIR, "wheelchair") X (P##NEAR_STATION, "near_station") X (P##OXYGEN, "oxygen")           \
  X (P##ISOLATION_ROOM, "isolation_room") X (P##PROFILING_BED, "profiling_bed")                       \
  X (P##BARIATRIC, "bariatric") X (P##HOIST, "hoist") X (P##CEILING_HOIST, "ceiling_hoist")             \
  X (P##PRESSURE_MATTRESS, "pressure_mattress") X (P##LOW_BED, "low_bed")                             \
  X (P##FALLS_SENSOR, "falls_sensor") X (P##NURSING_24H, "nursing_24h") X (P##DEMENTIA, "dementia")      \
  X (P##SECURE, "secure") X (P##BEHAVIOUR, "behaviour") X (P##ONE_TO_ONE, "one_to_one")                 \
  X (P##DELIRIUM, "delirium") X (P##THERAPY_7DAY, "therapy_7day") X (P##IV, "iv") X (P##PEG, "peg")       \
  X (P##CATHETER, "catheter") X (P##TRACHEOSTOMY, "tracheostomy") X (P##INSULIN, "insulin")             \
  X (P##END_OF_LIFE, "end_of_life") X (P##NON_WEIGHT_BEARING, "non_weight_bearing")                   \
  X (P##STROKE, "stroke") X (P##TWO_CARERS, "two_carers") X (P##STAIRS_OK, "stairs_ok")                 \
  X (P##INTERPRETER, "interpreter") X (P##SMOKER, "smoker") X (P##DOLS, "dols")

#define BED_SEXES(X, P) X (P##FEMALE, "female") X (P##MALE, "male")
#define BED_BAY_SEXES(X, P) X (P##FEMALE, "female") X (P##MALE, "male") X (P##ANY, "any") X (P##SINGLE, "single")
#define BED_AGE_BANDS(X, P)                                                                        \
  X (P##18_64, "18_64") X (P##65_74, "65_74") X (P##75_84, "75_84") X (P##85_94, "85_94") X (P##95_PLUS, "95_plus")
#define BED_LANES(X, P) X (P##URGENT, "urgent") X (P##FLOW, "flow")
#define BED_PATHWAYS(X, P) X (P##SIMPLE, "simple") X (P##SUPPORTED, "supported") X (P##ENHANCED, "enhanced")
#define BED_AGREEMENTS(X, P) X (P##YES, "yes") X (P##BEST_INTERESTS, "best_interests") X (P##NOT_YET, "not_yet")
#define BED_ACCEPTERS(X, P) X (P##UNIT, "unit") X (P##ASSESSOR, "assessor") X (P##LAP, "lap")
#define BED_OWNER_KINDS(X, P) X (P##NHS, "nhs") X (P##COUNTY, "county") X (P##INDEPENDENT, "independent")

#define BED_REFERRAL_STATES(X, P)                                                                  \
  X (P##SUBMITTED, "submitted") X (P##TRIAGED, "triaged") X (P##WAITING, "waiting") X (P##HELD, "held")   \
  X (P##ACCEPTED, "accepted") X (P##IN_TRANSIT, "in_transit") X (P##ARRIVED, "arrived")                 \
  X (P##THERAPY_STARTED, "therapy_started") X (P##READY_TO_LEAVE, "ready_to_leave")                   \
  X (P##LEFT, "left") X (P##REDIRECTED, "redirected") X (P##PAUSED, "paused")                           \
  X (P##WITHDRAWN, "withdrawn") X (P##DIED, "died")

#define BED_OUTCOMES(X, P)                                                                         \
  X (P##HOME, "home") X (P##HOME_WITH_PACKAGE, "home_with_package")                                   \
  X (P##HOME_REABLEMENT, "home_reablement") X (P##RESIDENTIAL, "residential")                         \
  X (P##NURSING, "nursing") X (P##ACUTE, "acute") X (P##OTHER_IIC_BED, "other_iic_bed")                 \
  X (P##HOSPICE, "hospice") X (P##DIED, "died") X (P##SELF_DISCHARGE, "self_discharge")

#define BED_OVERRIDES(X, P)                                                                        \
  X (P##CLINICAL_PRIORITY, "clinical_priority") X (P##SYSTEM_PRESSURE, "system_pressure")             \
  X (P##PERSON_CHOICE, "person_choice") X (P##SAFEGUARDING, "safeguarding")

/* Why not home? Answered before a bed is proposed. */
#define BED_HOME_FIRSTS(X, P)                                                                      \
  X (P##NONE, "none") X (P##NEEDS_NIGHT_CARE, "needs_night_care") X (P##UNSAFE_HOME, "unsafe_home")      \
  X (P##NEEDS_NURSING, "needs_nursing") X (P##NO_HOME_CAPACITY, "no_home_capacity")                   \
  X (P##CARER_UNABLE, "carer_unable") X (P##REHAB_INTENSITY, "rehab_intensity")                       \
  X (P##BEST_INTERESTS, "best_interests")

#define BED_TRANSPORTS(X, P)                                                                       \
  X (P##NONE, "none") X (P##BOOKED, "booked") X (P##LATE, "late") X (P##CANCELLED, "cancelled")

/* Starred in domain.md, that is, the bed's data was wrong: see bed_decline_is_starred. */
#define BED_DECLINES(X, P)                                                                         \
  X (P##BED_TAKEN, "bed_taken") X (P##NOT_READY, "not_ready") X (P##NO_STAFF, "no_staff")               \
  X (P##ADMISSION_HOURS, "admission_hours") X (P##OUTBREAK, "outbreak")                               \
  X (P##INFECTION_NEEDS_SINGLE, "infection_needs_single") X (P##BAY_SEX, "bay_sex")                   \
  X (P##BARIATRIC, "bariatric") X (P##TWO_CARERS, "two_carers") X (P##SECURE_DEMENTIA, "secure_dementia") \
  X (P##BEHAVIOUR, "behaviour") X (P##NOT_NURSING, "not_nursing")                                     \
  X (P##CLINICAL_DEVICE, "clinical_device") X (P##STAIRS, "stairs") X (P##NO_ENSUITE, "no_ensuite")     \
  X (P##NOT_STABLE, "not_stable") X (P##WRONG_PATHWAY, "wrong_pathway") X (P##NEEDS_ACUTE, "needs_acute") \
  X (P##INFORMATION_MISSING, "information_missing") X (P##OWN_ASSESSMENT, "own_assessment")           \
  X (P##NO_ANSWER, "no_answer") X (P##TRANSPORT, "transport") X (P##PERSON_DECLINED, "person_declined")  \
  X (P##TOO_FAR, "too_far") X (P##WANTS_NAMED_HOME, "wants_named_home") X (P##FUNDING, "funding")        \
  X (P##TOP_UP, "top_up") X (P##OUT_OF_AREA, "out_of_area") X (P##SAFEGUARDING, "safeguarding")         \
  X (P##ENOUGH_TODAY, "enough_today")

#define BED_WITHDRAWALS(X, P)                                                                      \
  X (P##HOME_INSTEAD, "home_instead") X (P##ACUTE_AGAIN, "acute_again")                               \
  X (P##OTHER_SERVICE, "other_service") X (P##PERSON_DECLINED, "person_declined") X (P##DIED, "died")    \
  X (P##ENTERED_IN_ERROR, "entered_in_error") X (P##DUPLICATE, "duplicate")

#define BED_CANCELLERS(X, P) X (P##UNIT, "unit") X (P##REFERRER, "referrer") X (P##PERSON, "person")

#define BED_CANCELLATIONS(X, P)                                                                    \
  X (P##TRANSPORT, "transport") X (P##BECAME_UNWELL, "became_unwell") X (P##BED_LOST, "bed_lost")        \
  X (P##PERSON_DECLINED, "person_declined") X (P##FAMILY, "family") X (P##MEDICINES, "medicines")

#define BED_PAUSES(X, P)                                                                           \
  X (P##BECAME_UNWELL, "became_unwell") X (P##NOT_STABLE, "not_stable") X (P##PERSON_ASKED, "person_asked") \
  X (P##INFORMATION_MISSING, "information_missing")

#define BED_REDIRECTS(X, P)                                                                        \
  X (P##111, "111") X (P##OUT_OF_HOURS_GP, "out_of_hours_gp") X (P##999, "999")

/* Why a hold is extended, once. */
#define BED_HOLD_REASONS(X, P)                                                                     \
  X (P##UNIT_ANSWER, "unit_answer") X (P##PERSON_ANSWER, "person_answer") X (P##FAMILY, "family")        \
  X (P##INFORMATION, "information") X (P##TRANSPORT, "transport") X (P##ASSESSMENT, "assessment")

/* Also why a stay is extended past its limit. */
#define BED_WAITING_FORS(X, P)                                                                     \
  X (P##NONE, "none") X (P##PACKAGE, "package") X (P##EQUIPMENT, "equipment") X (P##PLACEMENT, "placement") \
  X (P##HOUSING, "housing") X (P##FAMILY, "family") X (P##ASSESSMENT, "assessment")                     \
  X (P##CHC_DECISION, "chc_decision") X (P##TRANSPORT_MEDICINES, "transport_medicines")               \
  X (P##SAFEGUARDING, "safeguarding") X (P##FUNDING, "funding")

#define BED_AWAYS(X, P) X (P##HOSPITAL, "hospital") X (P##HOME_LEAVE, "home_leave")

#define BED_ASSESSMENTS(X, P)                                                                      \
  X (P##CHC, "chc") X (P##SOCIAL_CARE, "social_care") X (P##THERAPY, "therapy") X (P##MENTAL_CAPACITY, "mental_capacity")

#define BED_RESULTS(X, P)                                                                          \
  X (P##ELIGIBLE, "eligible") X (P##NOT_ELIGIBLE, "not_eligible") X (P##COMPLETED, "completed")          \
  X (P##NOT_COMPLETED, "not_completed")

/* How somebody came to a bed without the register knowing. */
#define BED_FILLS(X, P)                                                                            \
  X (P##ARRIVED_UNANNOUNCED, "arrived_unannounced") X (P##MOVED_WITHIN_UNIT, "moved_within_unit")      \
  X (P##SYSTEM_DOWN, "system_down") X (P##NOT_INTERMEDIATE_CARE, "not_intermediate_care")

#define BED_CORRECTIONS(X, P)                                                                      \
  X (P##ENTERED_IN_ERROR, "entered_in_error") X (P##WRONG_BED, "wrong_bed")                           \
  X (P##FOUND_ON_ROUND, "found_on_round") X (P##SYSTEM_DOWN, "system_down")

/* People of one infection group may share a bay. */
#define BED_INFECTIONS(X, P)                                                                       \
  X (P##NONE, "none") X (P##NOROVIRUS, "norovirus") X (P##INFLUENZA, "influenza") X (P##COVID_19, "covid_19") \
  X (P##C_DIFFICILE, "c_difficile") X (P##MRSA, "mrsa") X (P##CPE, "cpe") X (P##VRE, "vre")               \
  X (P##SCABIES, "scabies") X (P##OTHER, "other")

/* By the greatest weight in kilograms: see bed_weight_of_band. */
#define BED_WEIGHT_BANDS(X, P)                                                                     \
  X (P##NOT_STATED, "not_stated") X (P##TO_130, "to_130") X (P##TO_180, "to_180") X (P##TO_230, "to_230") \
  X (P##TO_300, "to_300") X (P##OVER_300, "over_300")

/* `local` is root or the broker's own user on the broker's own socket; `clock` is the broker. */
#define BED_ROLES(X, P)                                                                            \
  X (P##WALLBOARD, "wallboard") X (P##COORDINATOR, "coordinator") X (P##CLINICIAN, "clinician")         \
  X (P##REFERRER, "referrer") X (P##UNIT, "unit") X (P##OWNER, "owner") X (P##ASSESSOR, "assessor")       \
  X (P##ANALYST, "analyst") X (P##ADMIN, "admin") X (P##LOCAL, "local") X (P##CLOCK, "clock")

/* The clocks of a person up to `episode`, then those of a bed; freshness shows as its age. */
#define BED_CLOCKS(X, P)                                                                           \
  X (P##UCR_RESPONSE, "ucr_response") X (P##READY_TO_SERVICE, "ready_to_service") X (P##TRIAGE, "triage")  \
  X (P##HOLD, "hold") X (P##BED_START, "bed_start") X (P##ARRIVAL, "arrival") X (P##THERAPY, "therapy")   \
  X (P##CHC_ASSESSMENT, "chc_assessment") X (P##EPISODE, "episode") X (P##TURNAROUND, "turnaround")

/* Why a bed is not for this person, in the order in which a bed is counted under one reason. */
#define BED_RULED_OUTS(X, P)                                                                       \
  X (P##NOTHING, "") X (P##SERVICE, "service") X (P##OCCUPANCY, "occupancy") X (P##COMMITMENT, "commitment")  \
  X (P##READINESS, "readiness") X (P##ISOLATION, "isolation") X (P##STAFFED_CAP, "staffed_cap")         \
  X (P##TYPE, "type") X (P##BAY_SEX, "bay_sex") X (P##MUST, "must") X (P##MUST_NOT, "must_not")           \
  X (P##ADMISSION, "admission_rules") X (P##PARTNER, "partner") X (P##FRESHNESS, "freshness")

#define BED_DISTANCES(X, P) X (P##STRAIGHT, "straight") X (P##CROSSING, "crossing") X (P##TABLE, "table")

#define BED_SERVINGS(X, P) X (P##LIVE, "live") X (P##READ_ONLY, "read_only")

#define BED_WORD_VALUE_(name, word) name,
#define BED_DEFINE_WORDS(Type, LIST, PREFIX)                                                       \
  typedef enum                                                                                     \
  {                                                                                                \
    LIST (BED_WORD_VALUE_, PREFIX) PREFIX##N                                                         \
  } Type;

BED_DEFINE_WORDS (BedOccupancy, BED_OCCUPANCIES, BED_OCCUPANCY_)
BED_DEFINE_WORDS (BedReadiness, BED_READINESSES, BED_READINESS_)
BED_DEFINE_WORDS (BedService, BED_SERVICES, BED_SERVICE_)
BED_DEFINE_WORDS (BedCommitment, BED_COMMITMENTS, BED_COMMITMENT_)
BED_DEFINE_WORDS (BedIsolation, BED_ISOLATIONS, BED_ISOLATION_)
BED_DEFINE_WORDS (BedSource, BED_SOURCES, BED_SOURCE_)
BED_DEFINE_WORDS (BedDisplay, BED_DISPLAYS, BED_DISPLAY_)
BED_DEFINE_WORDS (BedClosure, BED_CLOSURES, BED_CLOSURE_)
BED_DEFINE_WORDS (BedType, BED_TYPES, BED_TYPE_)
BED_DEFINE_WORDS (BedNeed, BED_NEEDS, BED_NEED_)
BED_DEFINE_WORDS (BedSex, BED_SEXES, BED_SEX_)
BED_DEFINE_WORDS (BedBaySex, BED_BAY_SEXES, BED_BAY_SEX_)
BED_DEFINE_WORDS (BedAgeBand, BED_AGE_BANDS, BED_AGE_BAND_)
BED_DEFINE_WORDS (BedLane, BED_LANES, BED_LANE_)
BED_DEFINE_WORDS (BedPathway, BED_PATHWAYS, BED_PATHWAY_)
BED_DEFINE_WORDS (BedAgreement, BED_AGREEMENTS, BED_AGREED_)
BED_DEFINE_WORDS (BedAccepts, BED_ACCEPTERS, BED_ACCEPTS_)
BED_DEFINE_WORDS (BedOwnerKind, BED_OWNER_KINDS, BED_OWNER_)
BED_DEFINE_WORDS (BedReferralState, BED_REFERRAL_STATES, BED_STATE_)
BED_DEFINE_WORDS (BedOutcome, BED_OUTCOMES, BED_OUTCOME_)
BED_DEFINE_WORDS (BedOverride, BED_OVERRIDES, BED_OVERRIDE_)
BED_DEFINE_WORDS (BedHomeFirst, BED_HOME_FIRSTS, BED_HOME_FIRST_)
BED_DEFINE_WORDS (BedTransport, BED_TRANSPORTS, BED_TRANSPORT_)
BED_DEFINE_WORDS (BedDecline, BED_DECLINES, BED_DECLINE_)
BED_DEFINE_WORDS (BedWithdrawal, BED_WITHDRAWALS, BED_WITHDRAWAL_)
BED_DEFINE_WORDS (BedCanceller, BED_CANCELLERS, BED_CANCELLER_)
BED_DEFINE_WORDS (BedCancellation, BED_CANCELLATIONS, BED_CANCELLATION_)
BED_DEFINE_WORDS (BedPause, BED_PAUSES, BED_PAUSE_)
BED_DEFINE_WORDS (BedRedirect, BED_REDIRECTS, BED_REDIRECT_)
BED_DEFINE_WORDS (BedHoldReason, BED_HOLD_REASONS, BED_HOLD_REASON_)
BED_DEFINE_WORDS (BedWaitingFor, BED_WAITING_FORS, BED_WAITING_FOR_)
BED_DEFINE_WORDS (BedAway, BED_AWAYS, BED_AWAY_)
BED_DEFINE_WORDS (BedAssessment, BED_ASSESSMENTS, BED_ASSESSMENT_)
BED_DEFINE_WORDS (BedResult, BED_RESULTS, BED_RESULT_)
BED_DEFINE_WORDS (BedFill, BED_FILLS, BED_FILL_)
BED_DEFINE_WORDS (BedCorrection, BED_CORRECTIONS, BED_CORRECTION_)
BED_DEFINE_WORDS (BedInfection, BED_INFECTIONS, BED_INFECTION_)
BED_DEFINE_WORDS (BedWeightBand, BED_WEIGHT_BANDS, BED_WEIGHT_)
BED_DEFINE_WORDS (BedRole, BED_ROLES, BED_ROLE_)
BED_DEFINE_WORDS (BedClock, BED_CLOCKS, BED_CLOCK_)
BED_DEFINE_WORDS (BedRuledOut, BED_RULED_OUTS, BED_RULED_OUT_)
BED_DEFINE_WORDS (BedDistanceFrom, BED_DISTANCES, BED_DISTANCE_)

static_assert (BED_NEED_N <= 64, "needs are bits of one word");
static_assert (BED_TYPE_N <= 32, "flex types are bits of one word");
static_assert (BED_CLOCK_N <= 16, "breaches are bits of one word");
static_assert (BED_INFECTION_N <= 16 && BED_SOURCE_N <= 16, "they share a byte of a bed's row");

/* Types booked like beds, but without one. */
#define BED_PLACE_TYPES                                                                            \
  (1u << BED_TYPE_SITTING | 1u << BED_TYPE_HOME_REABLEMENT | 1u << BED_TYPE_VIRTUAL_WARD)

/* A word class at run time: words[value] for 0 … n - 1. */
typedef struct
{
  const char *name;
  const char *const *words;
  unsigned n;
} BedWords;

extern const BedWords bed_occupancy_words;
extern const BedWords bed_readiness_words;
extern const BedWords bed_service_words;
extern const BedWords bed_commitment_words;
extern const BedWords bed_isolation_words;
extern const BedWords bed_source_words;
extern const BedWords bed_display_words;
extern const BedWords bed_closure_words;
extern const BedWords bed_type_words;
extern const BedWords bed_need_words;
extern const BedWords bed_sex_words;
extern const BedWords bed_bay_sex_words;
extern const BedWords bed_age_band_words;
extern const BedWords bed_lane_words;
extern const BedWords bed_pathway_words;
extern const BedWords bed_agreed_words;
extern const BedWords bed_accepts_words;
extern const BedWords bed_owner_kind_words;
extern const BedWords bed_state_words;
extern const BedWords bed_outcome_words;
extern const BedWords bed_override_words;
extern const BedWords bed_home_first_words;
extern const BedWords bed_transport_words;
extern const BedWords bed_decline_words;
extern const BedWords bed_withdrawal_words;
extern const BedWords bed_canceller_words;
extern const BedWords bed_cancellation_words;
extern const BedWords bed_pause_words;
extern const BedWords bed_redirect_words;
extern const BedWords bed_hold_reason_words;
extern const BedWords bed_waiting_for_words;
extern const BedWords bed_away_words;
extern const BedWords bed_assessment_words;
extern const BedWords bed_result_words;
extern const BedWords bed_fill_words;
extern const BedWords bed_correction_words;
extern const BedWords bed_infection_words;
extern const BedWords bed_weight_band_words;
extern const BedWords bed_role_words;
extern const BedWords bed_clock_words;
extern const BedWords bed_ruled_out_words;
extern const BedWords bed_distance_words;
extern const BedWords bed_serving_words;

/* The word of value, or NULL if value is out of range (it may come from shared memory). Static. */
const char *bed_words_print (const BedWords *words, unsigned value);

/* The value of a word, or -1. */
int bed_words_parse (const BedWords *words, const char *word);

/* Not 0 if the code says that the bed's data was wrong (domain.md, starred). */
int bed_decline_is_starred (unsigned decline);

/* The greatest weight of a band, kilograms; 0 if it is not stated, UINT32_MAX for the last band. */
unsigned bed_weight_of_band (unsigned band);
