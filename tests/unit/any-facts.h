/* any-facts.h: facts with any value that they may have, made by a seeded generator.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-facts.h"

#include <string.h>

/* Any value of a word class from least up. */
static inline guint8
any_word (GRand *rand, guint least, guint n)
{
  return (guint8) g_rand_int_range (rand, (gint32) least, (gint32) n);
}

static inline void
any_needs (GRand *rand, BedFacts *facts)
{
  facts->must = g_rand_int (rand);
  facts->must_not = ~facts->must & g_rand_int (rand);
  facts->prefer = g_rand_int (rand);
  facts->needed_infection = any_word (rand, 0, BED_INFECTION_N);
  facts->weight_band = any_word (rand, 0, BED_WEIGHT_N);
  facts->oxygen_lpm = any_word (rand, 0, 61);
}

/* At least one of them; what is not there is 0. */
static inline void
any_rules (GRand *rand, BedUnitRules *rules)
{
  rules->has = any_word (rand, 1, 1u << BED_N_RULES);
  for (guint rule = 0; rule < BED_N_RULES; rule++)
    if (rules->has >> rule & 1)
      switch ((BedRule) rule)
        {
        case BED_RULE_ACCEPTS: rules->accepts = any_word (rand, 0, BED_ACCEPTS_N); break;
        case BED_RULE_WEEKENDS: rules->weekends = g_rand_boolean (rand); break;
        case BED_RULE_NIGHTS: rules->nights = g_rand_boolean (rand); break;
        case BED_RULE_OWN_ASSESSMENT: rules->own_assessment = g_rand_boolean (rand); break;
        case BED_RULE_LATEST_ARRIVAL: rules->latest_arrival_min = (guint16) (g_rand_int_range (rand, 0, 97) * 15); break;
        case BED_RULE_LONGEST_STAY_DAYS: rules->longest_stay_days = (guint16) g_rand_int_range (rand, 1, 366); break;
        case BED_RULE_FLEX_AFTER_MIN: rules->flex_after_min = (guint16) g_rand_int_range (rand, 0, 10081); break;
        case BED_N_RULES: break;
        }
}

static inline void
any_fact (GRand *rand, guint fact, BedFacts *facts)
{
  gint64 time_us = 1 + (gint64) g_rand_double_range (rand, 0, 2.5e17);
  switch ((BedFact) fact)
    {
    case BED_FACT_BED: g_snprintf (facts->bed, sizeof facts->bed, "bed-%02d", g_rand_int_range (rand, 0, 99)); break;
    case BED_FACT_UNIT: g_strlcpy (facts->unit, "u_1", sizeof facts->unit); break;
    case BED_FACT_REFERRAL: bed_code_print (g_rand_int (rand), facts->referral); break;
    case BED_FACT_OCCUPANCY: facts->occupancy = any_word (rand, 0, BED_OCCUPANCY_N); break;
    case BED_FACT_READINESS: facts->readiness = any_word (rand, 0, BED_READINESS_N); break;
    case BED_FACT_ISOLATION: facts->isolation = any_word (rand, 0, BED_ISOLATION_N); break;
    case BED_FACT_EXPECTED_FREE_AT: facts->expected_free_us = time_us; break;
    case BED_FACT_SOURCE: facts->source = any_word (rand, 1, BED_SOURCE_N); break;
    case BED_FACT_ORGANISATION: g_strlcpy (facts->organisation, "trust", sizeof facts->organisation); break;
    case BED_FACT_CLOSURE: facts->closure = any_word (rand, 1, BED_CLOSURE_N); break;
    case BED_FACT_UNTIL: facts->until_us = time_us; break;
    case BED_FACT_MINUTES: facts->minutes = (guint32) g_rand_int_range (rand, 1, 100001); break;
    case BED_FACT_OVERRIDE: facts->override = any_word (rand, 0, BED_OVERRIDE_N); break;
    case BED_FACT_LANE: facts->lane = any_word (rand, 0, BED_LANE_N); break;
    case BED_FACT_PATHWAY: facts->pathway = any_word (rand, 0, BED_PATHWAY_N); break;
    case BED_FACT_TYPE: facts->type = any_word (rand, 0, BED_TYPE_N); break;
    case BED_FACT_NEEDS: any_needs (rand, facts); break;
    case BED_FACT_SEX: facts->sex = any_word (rand, 0, BED_SEX_N); break;
    case BED_FACT_AGE_BAND: facts->age_band = any_word (rand, 0, BED_AGE_BAND_N); break;
    case BED_FACT_HOME: g_strlcpy (facts->home, g_rand_boolean (rand) ? "PO12" : "", sizeof facts->home); break;
    case BED_FACT_NEAR: g_strlcpy (facts->near, "SO51", sizeof facts->near); break;
    case BED_FACT_AGREED: facts->agreed = any_word (rand, 0, BED_AGREED_N); break;
    case BED_FACT_READY_AT: facts->ready_at_us = time_us; break;
    case BED_FACT_OUTCOME: facts->outcome = any_word (rand, 0, BED_OUTCOME_N); break;
    case BED_FACT_STATE: facts->state = any_word (rand, 0, BED_STATE_N); break;
    case BED_FACT_METRES: facts->metres = (guint32) g_rand_int_range (rand, 0, 10000000); break;
    case BED_FACT_CLOCK: facts->clock = any_word (rand, 0, BED_CLOCK_N); break;
    case BED_FACT_FILES:
      g_free (facts->files);
      facts->files = g_strdup ("{\"beds.csv\":\"a,b\\n\"}");
      break;
    case BED_FACT_INFECTION: facts->infection = any_word (rand, 0, BED_INFECTION_N); break;
    case BED_FACT_BAY: facts->bay = (guint32) g_rand_int_range (rand, 1, 65536); break;
    case BED_FACT_STAFFED_CAP: facts->staffed_cap = (guint32) g_rand_int_range (rand, 0, 65537); break;
    case BED_FACT_CAPACITY: facts->capacity = (guint32) g_rand_int_range (rand, 0, 65537); break;
    case BED_FACT_BEDS: facts->beds = (guint32) g_rand_int_range (rand, 1, 256); break;
    case BED_FACT_RULES: any_rules (rand, &facts->rules); break;
    case BED_FACT_WHY: facts->why = any_word (rand, 0, BED_FILL_N); break;
    case BED_FACT_SINCE: facts->since_us = time_us; break;
    case BED_FACT_CORRECTION: facts->correction = any_word (rand, 0, BED_CORRECTION_N); break;
    case BED_FACT_FEATURE: facts->feature = any_word (rand, 0, BED_NEED_N); break;
    case BED_FACT_OUT_UNTIL: facts->out_until_us = time_us; break;
    case BED_FACT_HOME_FIRST: facts->home_first = any_word (rand, 1, BED_HOME_FIRST_N); break;
    case BED_FACT_WITH: bed_code_print (g_rand_int (rand), facts->with); break;
    case BED_FACT_CONTINUES: bed_code_print (g_rand_int (rand), facts->continues); break;
    case BED_FACT_REDIRECT: facts->redirect = any_word (rand, 0, BED_REDIRECT_N); break;
    case BED_FACT_PAUSE: facts->pause = any_word (rand, 0, BED_PAUSE_N); break;
    case BED_FACT_WITHDRAWAL: facts->withdrawal = any_word (rand, 0, BED_WITHDRAWAL_N); break;
    case BED_FACT_ASSESSMENT: facts->assessment = any_word (rand, 0, BED_ASSESSMENT_N); break;
    case BED_FACT_RESULT: facts->result = any_word (rand, 0, BED_RESULT_N); break;
    case BED_FACT_HOLD_REASON: facts->hold_reason = any_word (rand, 0, BED_HOLD_REASON_N); break;
    case BED_FACT_DECLINE: facts->decline = any_word (rand, 0, BED_DECLINE_N); break;
    case BED_FACT_AT: facts->at_us = time_us; break;
    case BED_FACT_TRANSPORT: facts->transport = any_word (rand, 1, BED_TRANSPORT_N); break;
    case BED_FACT_BY: facts->by = any_word (rand, 0, BED_CANCELLER_N); break;
    case BED_FACT_CANCELLATION: facts->cancellation = any_word (rand, 0, BED_CANCELLATION_N); break;
    case BED_FACT_AWAY: facts->away = any_word (rand, 0, BED_AWAY_N); break;
    case BED_FACT_KEEP_UNTIL: facts->keep_until_us = time_us; break;
    case BED_FACT_STAY_REASON: facts->stay_reason = any_word (rand, 1, BED_WAITING_FOR_N); break;
    case BED_FACT_WAITING_FOR: facts->waiting_for = any_word (rand, 1, BED_WAITING_FOR_N); break;
    case BED_FACT_UNDOES: bed_key_print (time_us, g_rand_int (rand), g_rand_int (rand), facts->undoes); break;
    case BED_FACT_OTHER_BED: g_strlcpy (facts->other_bed, "bed-x", sizeof facts->other_bed); break;
    case BED_N_FACTS: break;
    }
  bed_facts_set (facts, fact);
}

/* Those of wanted whose names on the wire are not taken by one of chosen. */
static inline guint64
facts_beside (guint64 chosen, guint64 wanted)
{
  for (guint fact = 0; fact < BED_N_FACTS; fact++)
    for (guint other = 0; other < BED_N_FACTS; other++)
      if (fact != other && (chosen >> other & 1) && strcmp (bed_fact_word (fact), bed_fact_word (other)) == 0)
        wanted &= ~(G_GUINT64_CONSTANT (1) << fact);
  return wanted;
}
