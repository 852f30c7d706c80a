/* test-ctl-columns.c: what the queue says of a person: order, what is due, why there is no bed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-columns.h"

#include "common/bed-time.h"

#define NOON G_GINT64_CONSTANT (1795348800000000)

static BedReferralRow
submitted (void)
{
  return (BedReferralRow) { .submitted_at_us = NOON, .state = BED_STATE_SUBMITTED, .lane = BED_LANE_FLOW, .bed = BED_NONE };
}

static void
assert_due (const BedReferralRow *row, gint64 now_us, const char *expected, CtlTint expected_tint)
{
  CtlTint tint = CTL_TINT_PLAIN;
  g_autofree char *text = ctl_columns_print_due (row, now_us, &tint);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (tint, ==, expected_tint);
}

static void
test_due (void)
{
  BedReferralRow row = submitted ();
  assert_due (&row, NOON + 19 * BED_MINUTE_US, "triage 11 min left", CTL_TINT_QUIET);
  assert_due (&row, NOON + 20 * BED_MINUTE_US, "triage 10 min left", CTL_TINT_HELD);
  assert_due (&row, NOON + 35 * BED_MINUTE_US, "triage 5 min over", CTL_TINT_CLOSED);
}

/* A clock that has stopped is not late any more, whatever it was. */
static void
test_due_after_triage (void)
{
  BedReferralRow row = submitted ();
  row.state = BED_STATE_WAITING;
  row.pathway = BED_PATHWAY_SUPPORTED;
  row.breached = 1 << BED_CLOCK_TRIAGE;
  assert_due (&row, NOON + BED_DAY_US, "bed_start 1 d 0 h left", CTL_TINT_QUIET);
}

static void
test_nothing_due (void)
{
  BedReferralRow row = submitted ();
  row.state = BED_STATE_PAUSED;
  assert_due (&row, NOON, "", CTL_TINT_QUIET);
}

static void
test_without_bed (void)
{
  BedReferralRow row = submitted ();
  g_assert_cmpstr (ctl_columns_peek_without_bed (&row), ==, "awaits triage");
  row.state = BED_STATE_TRIAGED;
  g_assert_cmpstr (ctl_columns_peek_without_bed (&row), ==, "needs no bed");
  row.state = BED_STATE_WAITING;
  g_assert_cmpstr (ctl_columns_peek_without_bed (&row), ==, "no bed fits now");
  row.state = BED_STATE_PAUSED;
  row.paused_for = BED_PAUSE_BECAME_UNWELL + 1;
  g_assert_cmpstr (ctl_columns_peek_without_bed (&row), ==, "became_unwell");
}

/* Asked for at night, at an office that is open by day. */
static void
test_state_out_of_hours (void)
{
  BedLap lap = { .urgent_opens_min = 7 * 60, .urgent_closes_min = 20 * 60 };
  const BedTable table = { .laps = &lap, .sizes = { .laps = 1 } };
  BedReferralRow row = submitted ();
  gint64 midnight_us = row.submitted_at_us - row.submitted_at_us % BED_DAY_US;
  row.lane = BED_LANE_URGENT;
  row.state = BED_STATE_SUBMITTED;
  row.lap = 0;
  row.submitted_at_us = midnight_us + 3 * BED_HOUR_US;
  g_autofree char *by_night = ctl_columns_print_state (&table, &row);
  g_assert_cmpstr (by_night, ==, "submitted, out of hours");
  row.submitted_at_us = midnight_us + 12 * BED_HOUR_US;
  g_autofree char *by_day = ctl_columns_print_state (&table, &row);
  g_assert_cmpstr (by_day, ==, "submitted");
  row.submitted_at_us = midnight_us + 3 * BED_HOUR_US;
  row.lap = BED_NONE_8; /* nobody's hours */
  g_autofree char *of_no_lap = ctl_columns_print_state (&table, &row);
  g_assert_cmpstr (of_no_lap, ==, "submitted");
}

static void
test_order (void)
{
  BedReferralRow longest = submitted (), turned_back = submitted (), urgent = submitted ();
  turned_back.submitted_at_us += BED_HOUR_US;
  turned_back.flags = BED_REFERRAL_FIRST;
  urgent.submitted_at_us += 2 * BED_HOUR_US;
  urgent.lane = BED_LANE_URGENT;
  g_assert_cmpint (ctl_columns_compare_waiting (&turned_back, &longest), <, 0);
  g_assert_cmpint (ctl_columns_compare_waiting (&longest, &turned_back), >, 0);
  g_assert_cmpint (ctl_columns_compare_waiting (&urgent, &turned_back), <, 0);
  turned_back.flags = 0;
  g_assert_cmpint (ctl_columns_compare_waiting (&longest, &turned_back), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl-columns/due", test_due);
  g_test_add_func ("/ctl-columns/due-after-triage", test_due_after_triage);
  g_test_add_func ("/ctl-columns/nothing-due", test_nothing_due);
  g_test_add_func ("/ctl-columns/without-bed", test_without_bed);
  g_test_add_func ("/ctl-columns/order", test_order);
  g_test_add_func ("/ctl-columns/out-of-hours", test_state_out_of_hours);
  return g_test_run ();
}
