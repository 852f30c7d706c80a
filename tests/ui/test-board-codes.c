/* test-board-codes.c: every word of the vocabulary has words for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-codes.h"

#include <string.h>

static const BedWords *const classes[] = {
  &bed_occupancy_words, &bed_readiness_words, &bed_service_words, &bed_commitment_words,
  &bed_isolation_words, &bed_source_words, &bed_display_words, &bed_closure_words, &bed_type_words,
  &bed_need_words, &bed_sex_words, &bed_bay_sex_words, &bed_age_band_words, &bed_lane_words,
  &bed_pathway_words, &bed_agreed_words, &bed_accepts_words, &bed_owner_kind_words, &bed_state_words,
  &bed_outcome_words, &bed_override_words, &bed_home_first_words, &bed_transport_words,
  &bed_decline_words, &bed_withdrawal_words, &bed_canceller_words, &bed_cancellation_words,
  &bed_pause_words, &bed_redirect_words, &bed_hold_reason_words, &bed_waiting_for_words,
  &bed_away_words, &bed_assessment_words, &bed_result_words, &bed_fill_words, &bed_correction_words,
  &bed_infection_words, &bed_weight_band_words, &bed_role_words, &bed_clock_words,
  &bed_ruled_out_words, &bed_distance_words, &bed_serving_words,
};

static void
test_every_word_is_said (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint value = 0; value < classes[i]->n; value++)
      if (*board_code_say (classes[i], value) == 0)
        g_error ("%s: no words for %s", classes[i]->name, classes[i]->words[value]);
}

static void
test_words_are_for_people (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint value = 0; value < classes[i]->n; value++)
      {
        const char *said = board_code_say (classes[i], value);

        g_assert_true (g_ascii_isupper (*said) || g_ascii_isdigit (*said));
        g_assert_false (g_str_has_suffix (said, "."));
        g_assert_null (strchr (said, '_'));
        g_assert_cmpuint (strlen (said), <=, 52);
      }
}

static void
test_no_two_words_of_a_class_are_said_alike (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint value = 0; value < classes[i]->n; value++)
      for (guint other = 0; other < value; other++)
        g_assert_cmpstr (board_code_say (classes[i], value), !=, board_code_say (classes[i], other));
}

static void
test_what_is_out_of_range_is_nothing (void)
{
  static const BedWords strange = { "strange", NULL, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    g_assert_cmpstr (board_code_say (classes[i], classes[i]->n), ==, "");
  g_assert_cmpstr (board_code_say (&bed_need_words, G_MAXUINT), ==, "");
  g_assert_cmpstr (board_code_say (&strange, 0), ==, "");
}

static void
test_words_stand_for_their_own_code (void)
{
  g_assert_cmpstr (board_code_say (&bed_decline_words, BED_DECLINE_NOT_READY), ==, "The bed was not ready");
  g_assert_cmpstr (board_code_say (&bed_need_words, BED_NEED_TWO_CARERS), ==, "Two carers");
  g_assert_cmpstr (board_code_say (&bed_age_band_words, BED_AGE_BAND_75_84), ==, "75 to 84");
  g_assert_cmpstr (board_code_say (&bed_weight_band_words, BED_WEIGHT_OVER_300), ==, "Over 300 kg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-codes/every-word-is-said", test_every_word_is_said);
  g_test_add_func ("/board-codes/words-are-for-people", test_words_are_for_people);
  g_test_add_func ("/board-codes/no-two-are-said-alike", test_no_two_words_of_a_class_are_said_alike);
  g_test_add_func ("/board-codes/out-of-range", test_what_is_out_of_range_is_nothing);
  g_test_add_func ("/board-codes/their-own-code", test_words_stand_for_their_own_code);
  return g_test_run ();
}
