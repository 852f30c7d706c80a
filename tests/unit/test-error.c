/* test-error.c: each error has a wire word, words for people and a JSON-RPC code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-error.h"

static void
test_both_ways (void)
{
  for (BedError error = 0; error < BED_N_ERRORS; error++)
    g_assert_cmpint (bed_error_parse (bed_error_reason (error)), ==, (int) error);
}

static void
test_words_for_people (void)
{
  for (BedError error = 0; error < BED_N_ERRORS; error++)
    {
      g_assert_cmpstr (bed_error_words (error), !=, "");
      g_assert_cmpstr (bed_error_words (error), !=, bed_error_words (BED_N_ERRORS));
    }
}

static void
test_codes (void)
{
  g_assert_cmpint (bed_error_code (BED_ERROR_PARSE), ==, -32700);
  g_assert_cmpint (bed_error_code (BED_ERROR_REQUEST), ==, -32600);
  g_assert_cmpint (bed_error_code (BED_ERROR_METHOD), ==, -32601);
  g_assert_cmpint (bed_error_code (BED_ERROR_PARAMS), ==, -32602);
  for (BedError error = BED_ERROR_BED_TAKEN; error < BED_N_ERRORS; error++)
    g_assert_cmpint (bed_error_code (error), ==, -32000);
}

/* The reasons that contract.md promises. */
static void
test_promised_reasons (void)
{
  static const char *const reasons[] = {
    "bed_taken", "not_offerable", "not_suitable", "already_held", "wrong_bed", "bay_sex", "not_agreed",
    "expired", "wrong_state", "forbidden", "unknown_bed", "unknown_unit", "unknown_referral", "bad_value",
    "too_many", "unavailable", "uncertain",
  };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    g_assert_cmpint (bed_error_code ((BedError) bed_error_parse (reasons[i])), ==, -32000);
}

static void
test_unknown_reason (void)
{
  g_assert_cmpint (bed_error_parse ("no_such_reason"), ==, -1);
  g_assert_cmpint (bed_error_parse (""), ==, -1);
}

static void
test_out_of_range (void)
{
  g_assert_cmpstr (bed_error_reason (BED_N_ERRORS), ==, "unavailable");
  g_assert_cmpint (bed_error_code (BED_N_ERRORS), ==, -32000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/both-ways", test_both_ways);
  g_test_add_func ("/error/words-for-people", test_words_for_people);
  g_test_add_func ("/error/codes", test_codes);
  g_test_add_func ("/error/promised-reasons", test_promised_reasons);
  g_test_add_func ("/error/unknown-reason", test_unknown_reason);
  g_test_add_func ("/error/out-of-range", test_out_of_range);
  return g_test_run ();
}
