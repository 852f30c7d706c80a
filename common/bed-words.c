/* bed-words.c: the run-time side of the vocabulary: value to word and back.
 *
 * Owns nothing but constant tables. The lists are short (at most 34 words), so parsing is a scan.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-words.h"

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
