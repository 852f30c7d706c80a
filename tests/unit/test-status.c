/* test-status.c: the table of domain.md, line by line, as FHIR and HL7 v2 table 0116 say it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-status.h"

#include <glib.h>

static void
assert_status (BedDisplay display, char code, const char *commitment, gboolean is_available, gboolean is_occupied)
{
  const BedStatus *status = bed_status_of_display (display);
  g_assert_cmpint (status->code, ==, code);
  g_assert_cmpstr (status->commitment, ==, commitment);
  g_assert_cmpint (status->counts_as_available, ==, is_available);
  g_assert_cmpint (status->counts_as_occupied, ==, is_occupied);
}

static void
test_free (void)
{
  assert_status (BED_DISPLAY_FREE, 'U', NULL, TRUE, FALSE);
}

/* The table has no "reserved", and a committed bed is never exported as O. */
static void
test_committed (void)
{
  assert_status (BED_DISPLAY_HELD, 'U', "held", TRUE, FALSE);
  assert_status (BED_DISPLAY_ACCEPTED, 'U', "accepted", TRUE, FALSE);
  assert_status (BED_DISPLAY_IN_TRANSIT, 'U', "in_transit", TRUE, FALSE);
}

static void
test_occupied (void)
{
  assert_status (BED_DISPLAY_OCCUPIED, 'O', NULL, TRUE, TRUE);
  assert_status (BED_DISPLAY_LEAVING, 'O', NULL, TRUE, TRUE);
  assert_status (BED_DISPLAY_READY_TO_LEAVE, 'O', NULL, TRUE, TRUE);
  assert_status (BED_DISPLAY_ON_LEAVE, 'O', NULL, TRUE, TRUE);
}

static void
test_unfit (void)
{
  assert_status (BED_DISPLAY_CLEANING, 'H', NULL, TRUE, FALSE);
  assert_status (BED_DISPLAY_CONTAMINATED, 'K', NULL, TRUE, FALSE);
  assert_status (BED_DISPLAY_ISOLATED, 'I', NULL, TRUE, FALSE);
}

/* The fault that was shipped once: out-of-order beds told as unoccupied. */
static void
test_closed_is_not_available (void)
{
  assert_status (BED_DISPLAY_CLOSED, 'C', NULL, FALSE, FALSE);
  assert_status (BED_DISPLAY_SURGE_SHUT, 'C', NULL, FALSE, FALSE);
}

static void
test_unknown_is_a_gap (void)
{
  assert_status (BED_DISPLAY_UNKNOWN, 0, NULL, FALSE, FALSE);
  g_assert_null (bed_status_of_display (BED_DISPLAY_UNKNOWN)->display);
}

static void
test_no_display (void)
{
  g_assert_null (bed_status_of_display (BED_DISPLAY_N));
  g_assert_null (bed_status_of_display (255));
}

/* The words are the table's own, and a code has always the same. */
static void
test_words (void)
{
  static const struct
  {
    char code;
    const char *display;
  } table_0116[] = {
    { 'C', "Closed" }, { 'H', "Housekeeping" }, { 'I', "Isolated" },
    { 'K', "Contaminated" }, { 'O', "Occupied" }, { 'U', "Unoccupied" },
  };
  for (guint display = 0; display < BED_DISPLAY_N; display++)
    {
      const BedStatus *status = bed_status_of_display (display);
      gboolean is_in_table = status->code == 0;
      for (guint i = 0; i < G_N_ELEMENTS (table_0116); i++)
        is_in_table |= status->code == table_0116[i].code && g_str_equal (status->display, table_0116[i].display);
      g_assert_true (is_in_table);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status/free", test_free);
  g_test_add_func ("/status/committed", test_committed);
  g_test_add_func ("/status/occupied", test_occupied);
  g_test_add_func ("/status/unfit", test_unfit);
  g_test_add_func ("/status/closed-is-not-available", test_closed_is_not_available);
  g_test_add_func ("/status/unknown-is-a-gap", test_unknown_is_a_gap);
  g_test_add_func ("/status/no-display", test_no_display);
  g_test_add_func ("/status/words", test_words);
  return g_test_run ();
}
