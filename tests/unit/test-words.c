/* test-words.c: each word class both ways, and the numbers that stand in memory and journals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-words.h"

#include <glib.h>
#include <string.h>

static const BedWords *const classes[] = {
  &bed_occupancy_words, &bed_readiness_words, &bed_service_words,   &bed_commitment_words,
  &bed_isolation_words, &bed_source_words,    &bed_display_words,   &bed_closure_words,
  &bed_type_words,      &bed_need_words,      &bed_sex_words,       &bed_bay_sex_words,
  &bed_age_band_words,  &bed_lane_words,      &bed_pathway_words,   &bed_agreed_words,
  &bed_accepts_words,   &bed_owner_kind_words, &bed_state_words,    &bed_outcome_words,
  &bed_override_words,  &bed_role_words,      &bed_clock_words,     &bed_ruled_out_words,
  &bed_distance_words,  &bed_serving_words,   &bed_home_first_words, &bed_transport_words,
  &bed_decline_words,   &bed_withdrawal_words, &bed_canceller_words, &bed_cancellation_words,
  &bed_pause_words,     &bed_redirect_words,  &bed_hold_reason_words, &bed_waiting_for_words,
  &bed_away_words,      &bed_assessment_words, &bed_result_words,   &bed_fill_words,
  &bed_correction_words, &bed_infection_words, &bed_weight_band_words,
};

static void
test_both_ways (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint value = 0; value < classes[i]->n; value++)
      g_assert_cmpint (bed_words_parse (classes[i], bed_words_print (classes[i], value)), ==, (int) value);
}

static void
test_out_of_range (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_assert_null (bed_words_print (classes[i], classes[i]->n));
      g_assert_null (bed_words_print (classes[i], G_MAXUINT));
    }
}

static void
test_unknown_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_assert_cmpint (bed_words_parse (classes[i], "no such word"), ==, -1);
      g_autofree char *upper = g_ascii_strup (classes[i]->words[1], -1);
      if (strcmp (upper, classes[i]->words[1]) != 0)
        g_assert_cmpint (bed_words_parse (classes[i], upper), ==, -1);
    }
}

static void
test_snake_case (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint value = 0; value < classes[i]->n; value++)
      for (const char *c = classes[i]->words[value]; *c != '\0'; c++)
        g_assert_true (g_ascii_islower (*c) || g_ascii_isdigit (*c) || *c == '_');
}

/* Numbers are stored: these may never move. */
static void
test_numbers (void)
{
  g_assert_cmpint (BED_OCCUPANCY_VACANT, ==, 1);
  g_assert_cmpint (BED_COMMITMENT_IN_TRANSIT, ==, 3);
  g_assert_cmpint (BED_DISPLAY_UNKNOWN, ==, 13);
  g_assert_cmpint (BED_NEED_DOLS, ==, 33);
  g_assert_cmpint (BED_TYPE_VIRTUAL_WARD, ==, 12);
  g_assert_cmpint (BED_STATE_DIED, ==, 13);
  g_assert_cmpint (BED_ROLE_CLOCK, ==, 10);
  g_assert_cmpint (bed_words_parse (&bed_age_band_words, "95_plus"), ==, BED_AGE_BAND_95_PLUS);
  g_assert_cmpint (bed_words_parse (&bed_agreed_words, "not_yet"), ==, BED_AGREED_NOT_YET);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/both-ways", test_both_ways);
  g_test_add_func ("/words/out-of-range", test_out_of_range);
  g_test_add_func ("/words/unknown-words", test_unknown_words);
  g_test_add_func ("/words/snake-case", test_snake_case);
  g_test_add_func ("/words/numbers", test_numbers);
  return g_test_run ();
}
