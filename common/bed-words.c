/* bed-words.c: the run-time side of the vocabulary: value to word and back.
 *
 * Owns nothing but constant tables. The lists are short (at most 34 words), so parsing is a scan.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-words.h"

#include <stdint.h>
#include <string.h>

#define WORD_(name, word) word,
#define DEFINE_TABLE(variable, LIST, label)                                                        \
  static const char *const variable##_table[] = { LIST (WORD_, ) };                                  \
  const BedWords variable = { label, variable##_table, sizeof (variable##_table) / sizeof (variable##_table[0]) };

DEFINE_TABLE (bed_occupancy_words, BED_OCCUPANCIES, "occupancy")
DEFINE_TABLE (bed_readiness_words, BED_READINESSES, "readiness")
DEFINE_TABLE (bed_service_words, BED_SERVICES, "service")
DEFINE_TABLE (bed_commitment_words, BED_COMMITMENTS, "commitment")
DEFINE_TABLE (bed_isolation_words, BED_ISOLATIONS, "isolation")
DEFINE_TABLE (bed_source_words, BED_SOURCES, "source")
DEFINE_TABLE (bed_display_words, BED_DISPLAYS, "display")
DEFINE_TABLE (bed_closure_words, BED_CLOSURES, "reason")
DEFINE_TABLE (bed_type_words, BED_TYPES, "type")
DEFINE_TABLE (bed_need_words, BED_NEEDS, "needs")
DEFINE_TABLE (bed_sex_words, BED_SEXES, "sex")
DEFINE_TABLE (bed_bay_sex_words, BED_BAY_SEXES, "bay_sex")
DEFINE_TABLE (bed_age_band_words, BED_AGE_BANDS, "age_band")
DEFINE_TABLE (bed_lane_words, BED_LANES, "lane")
DEFINE_TABLE (bed_pathway_words, BED_PATHWAYS, "pathway")
DEFINE_TABLE (bed_agreed_words, BED_AGREEMENTS, "agreed")
DEFINE_TABLE (bed_accepts_words, BED_ACCEPTERS, "accepts")
DEFINE_TABLE (bed_owner_kind_words, BED_OWNER_KINDS, "owner_kind")
DEFINE_TABLE (bed_state_words, BED_REFERRAL_STATES, "state")
DEFINE_TABLE (bed_outcome_words, BED_OUTCOMES, "outcome")
DEFINE_TABLE (bed_override_words, BED_OVERRIDES, "override")
DEFINE_TABLE (bed_home_first_words, BED_HOME_FIRSTS, "home_first")
DEFINE_TABLE (bed_transport_words, BED_TRANSPORTS, "transport")
DEFINE_TABLE (bed_decline_words, BED_DECLINES, "reason")
DEFINE_TABLE (bed_withdrawal_words, BED_WITHDRAWALS, "reason")
DEFINE_TABLE (bed_canceller_words, BED_CANCELLERS, "by")
DEFINE_TABLE (bed_cancellation_words, BED_CANCELLATIONS, "reason")
DEFINE_TABLE (bed_pause_words, BED_PAUSES, "reason")
DEFINE_TABLE (bed_redirect_words, BED_REDIRECTS, "to")
DEFINE_TABLE (bed_hold_reason_words, BED_HOLD_REASONS, "reason")
DEFINE_TABLE (bed_waiting_for_words, BED_WAITING_FORS, "waiting_for")
DEFINE_TABLE (bed_away_words, BED_AWAYS, "kind")
DEFINE_TABLE (bed_assessment_words, BED_ASSESSMENTS, "kind")
DEFINE_TABLE (bed_result_words, BED_RESULTS, "result")
DEFINE_TABLE (bed_fill_words, BED_FILLS, "why")
DEFINE_TABLE (bed_correction_words, BED_CORRECTIONS, "reason")
DEFINE_TABLE (bed_infection_words, BED_INFECTIONS, "infection")
DEFINE_TABLE (bed_weight_band_words, BED_WEIGHT_BANDS, "weight_band")
DEFINE_TABLE (bed_role_words, BED_ROLES, "role")
DEFINE_TABLE (bed_clock_words, BED_CLOCKS, "clock")
DEFINE_TABLE (bed_ruled_out_words, BED_RULED_OUTS, "ruled_out")
DEFINE_TABLE (bed_distance_words, BED_DISTANCES, "distance_from")
DEFINE_TABLE (bed_serving_words, BED_SERVINGS, "state")

const char *
bed_words_print (const BedWords *words, unsigned value)
{
  return value < words->n ? words->words[value] : NULL;
}

int
bed_words_parse (const BedWords *words, const char *word)
{
  for (unsigned i = 0; i < words->n; i++)
    if (strcmp (words->words[i], word) == 0)
      return (int) i;
  return -1;
}

int
bed_decline_is_starred (unsigned decline)
{
  static const unsigned char starred[BED_DECLINE_N] = {
    [BED_DECLINE_BED_TAKEN] = 1, [BED_DECLINE_NOT_READY] = 1, [BED_DECLINE_NO_STAFF] = 1,
    [BED_DECLINE_ADMISSION_HOURS] = 1, [BED_DECLINE_OUTBREAK] = 1, [BED_DECLINE_BAY_SEX] = 1,
    [BED_DECLINE_BARIATRIC] = 1, [BED_DECLINE_STAIRS] = 1, [BED_DECLINE_NO_ENSUITE] = 1,
  };
  return decline < BED_DECLINE_N && starred[decline];
}

unsigned
bed_weight_of_band (unsigned band)
{
  static const unsigned most[BED_WEIGHT_N] = {
    [BED_WEIGHT_TO_130] = 130, [BED_WEIGHT_TO_180] = 180, [BED_WEIGHT_TO_230] = 230,
    [BED_WEIGHT_TO_300] = 300, [BED_WEIGHT_OVER_300] = UINT32_MAX,
  };
  return band < BED_WEIGHT_N ? most[band] : UINT32_MAX;
}
