/* test-ctl-columns.c: what the queue says of a person: order, what is due, why there is no bed; and what
 * units and beds say of places without a bed, and of beds that wait to be cleaned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-columns.h"

#include "common/bed-time.h"
#include "tests/table-records.h"

#include <string.h>
#include <time.h>

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

/* A picture of two units: one of two beds and two places, the other of four places. */

typedef struct
{
  Records made;
  BrokerTable *writer;
  BedMap map;
  BedUnitRow units[2];
  BedBedRow beds[8];
  CtlPicture picture;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  records_make (&fixture->made, 2, 8, 8, 64);
  for (guint i = 2; i < 8; i++)
    fixture->made.beds[i].type = i % 2 == 0 ? BED_TYPE_SITTING : BED_TYPE_VIRTUAL_WARD;
  fixture->writer = broker_table_new (&fixture->made.records, 7);
  g_assert_nonnull (fixture->writer);
  fixture->map.table = *broker_table_peek (fixture->writer);
  for (guint i = 0; i < 8; i++)
    fixture->beds[i] = (BedBedRow) { .referral = BED_NONE,
                                     .occupancy = BED_OCCUPANCY_VACANT,
                                     .display = BED_DISPLAY_FREE,
                                     .flags = BED_FLAG_IN_EFFECT | BED_FLAG_OFFERABLE };
  fixture->units[0].flags = fixture->units[1].flags = BED_FLAG_IN_EFFECT;
  fixture->picture = (CtlPicture) { .map = &fixture->map,
                                    .units = fixture->units,
                                    .beds = fixture->beds,
                                    .sight = { .class = BED_SIGHT_FULL, .lap = BED_NONE, .unit = BED_NONE } };
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  broker_table_free (fixture->writer);
  records_clear (&fixture->made);
}

static void
make_dirty (Fixture *fixture, guint bed, gint64 left_us)
{
  fixture->beds[bed].readiness = BED_READINESS_DIRTY;
  fixture->beds[bed].left_us = left_us;
  fixture->beds[bed].display = BED_DISPLAY_CLEANING;
  fixture->beds[bed].flags = BED_FLAG_IN_EFFECT;
}

static char *
print (CtlTable *table)
{
  static const CtlTerminal plain = { 0 };
  g_autoptr (CtlTable) owned = table;
  GString *out = g_string_new (NULL);
  ctl_table_print (owned, &plain, 0, out);
  return g_string_free (out, FALSE);
}

static void
test_places_in_totals (Fixture *fixture, gconstpointer unused)
{
  static const CtlTerminal plain = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  fixture->beds[2].display = BED_DISPLAY_OCCUPIED;
  fixture->beds[2].flags = BED_FLAG_IN_EFFECT;
  ctl_columns_print_totals (&fixture->picture, &plain, out);
  g_assert_cmpstr (out->str, ==,
                   "2 to offer   F 2 free\nplaces without a bed: 5 to offer   F 5 free   O 1 occupied\n");
}

static void
test_no_places_in_totals (Fixture *fixture, gconstpointer unused)
{
  static const CtlTerminal plain = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 2; i < 8; i++)
    fixture->beds[i].flags = 0; /* not in effect */
  ctl_columns_print_totals (&fixture->picture, &plain, out);
  g_assert_cmpstr (out->str, ==, "2 to offer   F 2 free\n");
}

static void
test_places_in_units (Fixture *fixture, gconstpointer unused)
{
  static const CtlTerminal plain = { 0 };
  fixture->beds[1].display = BED_DISPLAY_OCCUPIED;
  fixture->beds[1].flags = BED_FLAG_IN_EFFECT;
  g_autofree char *text = print (ctl_columns_units (&fixture->picture, &plain));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_nonnull (strstr (lines[0], "BEDS"));
  g_assert_nonnull (strstr (lines[0], "PLACES"));
  g_assert_true (g_str_has_prefix (g_strchug (lines[1]), "1 "));
  g_assert_nonnull (strstr (lines[1], " F1 O1 "));
  g_assert_nonnull (strstr (lines[1], " F2 "));
  g_assert_true (g_str_has_prefix (g_strchug (lines[2]), "0 "));
  g_assert_nonnull (strstr (lines[2], " F4 "));
}

/* The fixture's broker beats at NOON, now. */
static void
beat (Fixture *fixture)
{
  struct timespec boottime;
  clock_gettime (CLOCK_BOOTTIME, &boottime);
  broker_table_beat (fixture->writer, boottime.tv_sec * BED_SECOND_US + boottime.tv_nsec / 1000, NOON);
}

static void
test_overdue (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GString) out = g_string_new (NULL);
  beat (fixture);
  ctl_columns_print_overdue (&fixture->picture, out);
  g_assert_cmpstr (out->str, ==, "");
  make_dirty (fixture, 0, NOON - 2 * BED_HOUR_US);
  make_dirty (fixture, 1, NOON - 119 * BED_MINUTE_US);
  ctl_columns_print_overdue (&fixture->picture, out);
  g_assert_cmpstr (out->str, ==, "1 bed waits for cleaning past 2 h: unit-0-01\n");
  g_string_truncate (out, 0);
  make_dirty (fixture, 1, NOON - 3 * BED_HOUR_US);
  ctl_columns_print_overdue (&fixture->picture, out);
  g_assert_cmpstr (out->str, ==, "2 beds wait for cleaning past 2 h: unit-0-01 unit-0-02\n");
}

static void
test_turnaround_note (Fixture *fixture, gconstpointer unused)
{
  static const CtlTerminal plain = { 0 };
  beat (fixture);
  make_dirty (fixture, 0, NOON - 150 * BED_MINUTE_US);
  make_dirty (fixture, 1, NOON - 99 * BED_MINUTE_US - 30 * BED_SECOND_US);
  make_dirty (fixture, 2, NOON - 60 * BED_MINUTE_US);
  g_autofree char *text = print (ctl_columns_beds (&fixture->picture, &plain, BED_DISPLAY_CLEANING));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_nonnull (strstr (lines[1], "turnaround 30 min over"));
  g_assert_nonnull (strstr (lines[2], "turnaround 20 min left"));
  g_assert_null (strstr (lines[3], "turnaround"));
  g_assert_null (strstr (lines[3], "free "));
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
#define ADD(path, test) g_test_add ("/ctl-columns/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("places-in-totals", test_places_in_totals);
  ADD ("no-places-in-totals", test_no_places_in_totals);
  ADD ("places-in-units", test_places_in_units);
  ADD ("overdue", test_overdue);
  ADD ("turnaround-note", test_turnaround_note);
  g_test_add_func ("/ctl-columns/out-of-hours", test_state_out_of_hours);
  return g_test_run ();
}
