/* test-bed-clock.c: the clocks of a referral, and the one of a bed: in which states each runs, from when, until when, and
 * over the days on which a day is no day. The expectations are domain.md's table written again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1795341600000000) /* 2026-11-22T10:00Z */
#define HOURS(n) ((n) * BED_HOUR_US)
#define DAYS(n) ((n) * BED_DAY_US)

/* Every instant has a time of its own, so that a clock that starts at the wrong one is seen. */
enum
{
  SUBMITTED_AT = 1,
  TRIAGED_AT,
  READY_AT,
  UNTIL,
  EXPECTED_AT,
  ARRIVED_AT,
  SINCE,
  CHC_FROM
};

static gint64
at (gint64 n)
{
  return START + n * BED_SECOND_US;
}

static BedReferralRow
new_row (BedReferralState state)
{
  return (BedReferralRow) { .submitted_at_us = at (SUBMITTED_AT),
                            .triaged_at_us = at (TRIAGED_AT),
                            .ready_at_us = at (READY_AT),
                            .until_us = at (UNTIL),
                            .expected_at_us = at (EXPECTED_AT),
                            .arrived_at_us = at (ARRIVED_AT),
                            .since_us = at (SINCE),
                            .chc_from_us = at (CHC_FROM),
                            .state = (guint8) state,
                            .lane = BED_LANE_URGENT,
                            .pathway = BED_PATHWAY_SUPPORTED,
                            .type = BED_TYPE_REHAB };
}

typedef struct
{
  const char *clock;
  const char *states; /* in which it runs */
  int from;
  gint64 limit_us;
  gint64 amber_us;
  gboolean is_breached; /* or else it lapses, or only prompts */
} Expected;

static const Expected expected[] = {
  { "ucr_response", "triaged waiting held accepted in_transit paused arrived therapy_started ready_to_leave", TRIAGED_AT,
    HOURS (2), 90 * BED_MINUTE_US, TRUE },
  { "triage", "submitted", SUBMITTED_AT, 30 * BED_MINUTE_US, 20 * BED_MINUTE_US, TRUE },
  { "hold", "held", UNTIL, 0, -15 * BED_MINUTE_US, FALSE },
  { "ready_to_service", "submitted triaged waiting held accepted in_transit", READY_AT, HOURS (24), HOURS (18), TRUE },
  { "bed_start", "submitted triaged waiting held accepted in_transit", SUBMITTED_AT, DAYS (2), HOURS (36), TRUE },
  { "arrival", "accepted in_transit", EXPECTED_AT, HOURS (2), HOURS (2), FALSE },
  { "therapy", "arrived", SINCE, DAYS (3), DAYS (2), TRUE },
  { "chc_assessment", "arrived therapy_started ready_to_leave", CHC_FROM, DAYS (5), DAYS (4), TRUE },
  { "episode", "arrived therapy_started ready_to_leave", ARRIVED_AT, DAYS (42), DAYS (28), TRUE },
};

static BedClock
get_clock (const Expected *self)
{
  int clock = bed_words_parse (&bed_clock_words, self->clock);
  g_assert_cmpint (clock, >=, 0);
  return (BedClock) clock;
}

static gboolean
is_running (BedClock clock, const BedReferralRow *row)
{
  gint64 due_us = 0, amber_us = 0;
  gboolean has_due = bed_clock_get_due (clock, row, &due_us);
  g_assert_cmpint (bed_clock_get_amber (clock, row, &amber_us), ==, has_due);
  g_assert_cmpint (due_us != 0, ==, has_due);
  return has_due;
}

static gboolean
names (const char *states, const char *state)
{
  g_auto (GStrv) words = g_strsplit (states, " ", -1);
  return g_strv_contains ((const char *const *) words, state);
}

static void
test_runs (gconstpointer data)
{
  const Expected *self = data;
  for (guint state = 0; state < BED_STATE_N; state++)
    {
      BedReferralRow row = new_row (state);
      gboolean runs = names (self->states, bed_words_print (&bed_state_words, state));
      g_assert_cmpint (is_running (get_clock (self), &row), ==, runs);
      row.flags = BED_REFERRAL_CLOSED;
      g_assert_false (is_running (get_clock (self), &row));
    }
}

static BedReferralRow
new_running_row (const Expected *self)
{
  g_auto (GStrv) words = g_strsplit (self->states, " ", -1);
  return new_row ((BedReferralState) bed_words_parse (&bed_state_words, words[0]));
}

static void
test_instants (gconstpointer data)
{
  const Expected *self = data;
  BedReferralRow row = new_running_row (self);
  gint64 due_us, amber_us;
  g_assert_true (bed_clock_get_due (get_clock (self), &row, &due_us));
  g_assert_true (bed_clock_get_amber (get_clock (self), &row, &amber_us));
  g_assert_cmpint (due_us, ==, at (self->from) + self->limit_us);
  g_assert_cmpint (amber_us, ==, at (self->from) + self->amber_us);
  g_assert_cmpint (bed_clock_get_limit (get_clock (self)), ==, self->limit_us);
  g_assert_cmpint (bed_clock_lapses (get_clock (self)), ==, !self->is_breached);
}

/* Without the instant at which it starts it does not run. */
static void
test_not_started (gconstpointer data)
{
  const Expected *self = data;
  BedReferralRow row = new_running_row (self);
  gint64 *const starts[] = { [SUBMITTED_AT] = &row.submitted_at_us, [TRIAGED_AT] = &row.triaged_at_us,
                             [READY_AT] = &row.ready_at_us,         [UNTIL] = &row.until_us,
                             [EXPECTED_AT] = &row.expected_at_us,   [ARRIVED_AT] = &row.arrived_at_us,
                             [SINCE] = &row.since_us,               [CHC_FROM] = &row.chc_from_us };
  *starts[self->from] = 0;
  g_assert_false (is_running (get_clock (self), &row));
}

static void
test_all_are_expected (void)
{
  guint32 seen = 1u << BED_CLOCK_TURNAROUND; /* a bed's: below */
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    seen |= 1u << get_clock (&expected[i]);
  g_assert_cmpuint (seen, ==, (1u << BED_CLOCK_N) - 1);
}

static void
test_no_clock (void)
{
  BedReferralRow row = new_row (BED_STATE_WAITING);
  g_assert_false (is_running (BED_CLOCK_N, &row));
  g_assert_false (bed_clock_lapses (BED_CLOCK_N));
  g_assert_cmpint (bed_clock_get_limit (BED_CLOCK_N), ==, 0);
}

static void
test_damaged_row (void)
{
  BedReferralRow row = new_row (BED_STATE_N);
  for (guint clock = 0; clock < BED_CLOCK_N; clock++)
    g_assert_false (is_running (clock, &row));
  row = new_row (BED_STATE_WAITING);
  row.type = BED_TYPE_N;
  g_assert_false (is_running (BED_CLOCK_BED_START, &row));
}

static void
test_flow_lane_has_no_response (void)
{
  BedReferralRow row = new_row (BED_STATE_WAITING);
  row.lane = BED_LANE_FLOW;
  for (guint clock = 0; clock < BED_CLOCK_N; clock++)
    g_assert_cmpint (is_running (clock, &row), ==,
                     clock == BED_CLOCK_READY_TO_SERVICE || clock == BED_CLOCK_BED_START);
}

static void
test_first_contact_stops_the_response (void)
{
  BedReferralRow row = new_row (BED_STATE_ARRIVED);
  g_assert_true (is_running (BED_CLOCK_UCR_RESPONSE, &row)); /* a bed never does */
  row.flags = BED_REFERRAL_RESPONDED;
  g_assert_false (is_running (BED_CLOCK_UCR_RESPONSE, &row));
  g_assert_true (is_running (BED_CLOCK_THERAPY, &row));
}

static void
test_extension_stops_the_episode (void)
{
  BedReferralRow row = new_row (BED_STATE_THERAPY_STARTED);
  row.flags = BED_REFERRAL_STAY_EXTENDED;
  g_assert_false (is_running (BED_CLOCK_EPISODE, &row));
}

/* A unit that keeps people for a month, or two weeks: amber at two thirds. */
static void
test_longest_stay (void)
{
  static const struct
  {
    guint8 days;
    gint64 limit_us, amber_us;
  } stays[] = { { 0, DAYS (42), DAYS (28) }, { 28, DAYS (28), HOURS (28 * 16) }, { 21, DAYS (21), DAYS (14) }, { 1, DAYS (1), HOURS (16) } };
  for (guint i = 0; i < G_N_ELEMENTS (stays); i++)
    {
      BedReferralRow row = new_row (BED_STATE_ARRIVED);
      gint64 due_us = 0, amber_us = 0;
      row.stay_days = stays[i].days;
      g_assert_true (bed_clock_get_due (BED_CLOCK_EPISODE, &row, &due_us));
      g_assert_true (bed_clock_get_amber (BED_CLOCK_EPISODE, &row, &amber_us));
      g_assert_cmpint (due_us, ==, at (ARRIVED_AT) + stays[i].limit_us);
      g_assert_cmpint (amber_us, ==, at (ARRIVED_AT) + stays[i].amber_us);
      g_assert_true (bed_clock_get_due (BED_CLOCK_THERAPY, &row, &due_us));
      g_assert_cmpint (due_us, ==, at (SINCE) + DAYS (3)); /* the others as ever */
    }
}

/* A place at home, and the simple pathway, take no bed. */
static void
test_clocks_of_a_bed (void)
{
  static const BedType places[] = { BED_TYPE_SITTING, BED_TYPE_HOME_REABLEMENT, BED_TYPE_VIRTUAL_WARD };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      BedReferralRow row = new_row (BED_STATE_WAITING);
      row.type = (guint8) places[i];
      g_assert_false (is_running (BED_CLOCK_BED_START, &row));
      row.state = BED_STATE_ARRIVED;
      g_assert_false (is_running (BED_CLOCK_THERAPY, &row));
      g_assert_true (is_running (BED_CLOCK_EPISODE, &row));
    }
  BedReferralRow row = new_row (BED_STATE_TRIAGED);
  row.pathway = BED_PATHWAY_SIMPLE;
  g_assert_false (is_running (BED_CLOCK_BED_START, &row));
  g_assert_true (is_running (BED_CLOCK_READY_TO_SERVICE, &row));
}

/* From one instant to another, both as people write them. */
typedef struct
{
  const char *path;
  const char *starts;
  BedClock clock;
  const char *due;
  const char *due_local;
} Day;

static const Day days[] = {
  /* The clocks go back on 25 October 2026 and forward on 28 March 2027: a day is still 24 hours. */
  { "autumn", "2026-10-24T12:00:00Z", BED_CLOCK_READY_TO_SERVICE, "2026-10-25T12:00:00Z", "12:00" },
  { "spring", "2027-03-27T12:00:00Z", BED_CLOCK_READY_TO_SERVICE, "2027-03-28T12:00:00Z", "13:00" },
  /* Two hours of response over the hour that comes twice, and over the one that is left out. */
  { "autumn-response", "2026-10-25T00:30:00Z", BED_CLOCK_UCR_RESPONSE, "2026-10-25T02:30:00Z", "02:30" },
  { "spring-response", "2027-03-28T00:30:00Z", BED_CLOCK_UCR_RESPONSE, "2027-03-28T02:30:00Z", "03:30" },
  { "leap-day", "2028-02-28T09:00:00Z", BED_CLOCK_BED_START, "2028-03-01T09:00:00Z", "09:00" },
  { "no-leap-day", "2027-02-28T09:00:00Z", BED_CLOCK_BED_START, "2027-03-02T09:00:00Z", "09:00" },
  { "leap-year-episode", "2028-01-31T09:00:00Z", BED_CLOCK_EPISODE, "2028-03-13T09:00:00Z", "09:00" },
  { "new-year", "2026-12-31T23:00:00Z", BED_CLOCK_UCR_RESPONSE, "2027-01-01T01:00:00Z", "01:00" },
};

static void
test_day (gconstpointer data)
{
  const Day *day = data;
  gint64 starts_us, expected_us, due_us;
  char local[6];
  g_assert_true (bed_time_parse (day->starts, &starts_us));
  g_assert_true (bed_time_parse (day->due, &expected_us));
  BedReferralRow row = new_row (day->clock == BED_CLOCK_EPISODE ? BED_STATE_ARRIVED : BED_STATE_WAITING);
  row.submitted_at_us = row.triaged_at_us = row.ready_at_us = row.arrived_at_us = starts_us;
  g_assert_true (bed_clock_get_due (day->clock, &row, &due_us));
  g_assert_cmpint (due_us, ==, expected_us);
  bed_time_print_local (due_us, local);
  g_assert_cmpstr (local, ==, day->due_local);
}

/* Hours of the LAP, local: 07:00 to 20:00. */
typedef struct
{
  const char *path;
  const char *accepted;
  gboolean is_out;
} Hour;

static const Hour hours[] = {
  { "winter-before", "2026-11-22T06:59:59Z", TRUE },  { "winter-opens", "2026-11-22T07:00:00Z", FALSE },
  { "winter-last", "2026-11-22T19:59:59Z", FALSE },   { "winter-closes", "2026-11-22T20:00:00Z", TRUE },
  { "summer-before", "2026-07-01T05:59:59Z", TRUE },  { "summer-opens", "2026-07-01T06:00:00Z", FALSE },
  { "summer-closes", "2026-07-01T19:00:00Z", TRUE },  { "autumn-sunday", "2026-10-25T06:30:00Z", TRUE },
  { "autumn-saturday", "2026-10-24T06:30:00Z", FALSE }, { "spring-sunday", "2027-03-28T06:00:00Z", FALSE },
  { "spring-saturday", "2027-03-27T06:30:00Z", TRUE }, { "night", "2026-11-22T00:00:00Z", TRUE },
};

static const BedLap lap = { .urgent_opens_min = 7 * 60, .urgent_closes_min = 20 * 60 };

static void
test_hours (gconstpointer data)
{
  const Hour *hour = data;
  BedReferralRow row = new_row (BED_STATE_WAITING);
  g_assert_true (bed_time_parse (hour->accepted, &row.triaged_at_us));
  g_assert_cmpint (bed_clock_is_out_of_hours (&lap, &row), ==, hour->is_out);
}

static BedReferralRow
new_night_row (BedReferralState state)
{
  BedReferralRow row = new_row (state);
  g_assert_true (bed_time_parse ("2026-11-22T22:00:00Z", &row.triaged_at_us));
  return row;
}

static void
test_answered_at_night (void)
{
  BedReferralRow row = new_night_row (BED_STATE_WAITING);
  row.flags = BED_REFERRAL_RESPONDED;
  g_assert_false (bed_clock_is_out_of_hours (&lap, &row));
  row = new_night_row (BED_STATE_WAITING);
  row.lane = BED_LANE_FLOW;
  g_assert_false (bed_clock_is_out_of_hours (&lap, &row));
  row = new_night_row (BED_STATE_REDIRECTED);
  g_assert_false (bed_clock_is_out_of_hours (&lap, &row));
}

/* Before triage it is the asking that was at night. */
static void
test_asked_at_night (void)
{
  BedReferralRow row = new_night_row (BED_STATE_SUBMITTED);
  row.submitted_at_us = row.triaged_at_us;
  row.triaged_at_us = 0;
  g_assert_true (bed_clock_is_out_of_hours (&lap, &row));
  row.flags = BED_REFERRAL_RESPONDED;
  g_assert_false (bed_clock_is_out_of_hours (&lap, &row));
  row.flags = BED_REFERRAL_CLOSED;
  g_assert_false (bed_clock_is_out_of_hours (&lap, &row));
  row.flags = 0;
  row.lane = BED_LANE_FLOW;
  g_assert_false (bed_clock_is_out_of_hours (&lap, &row));
}

/* A bed left at START that is not ready. */
static BedBedRow
new_left_row (void)
{
  return (BedBedRow) { .referral = BED_NONE,
                       .left_us = START,
                       .occupancy = BED_OCCUPANCY_VACANT,
                       .readiness = BED_READINESS_DIRTY,
                       .service = BED_SERVICE_OPEN,
                       .flags = BED_FLAG_IN_EFFECT };
}

static gboolean
is_turning (const BedBedRow *row)
{
  gint64 due_us = 1, amber_us = 2;
  gboolean is_running = bed_clock_get_turnaround (row, &due_us, &amber_us);
  g_assert_cmpint (due_us, ==, is_running ? START + HOURS (2) : 1);
  g_assert_cmpint (amber_us, ==, is_running ? START + 90 * BED_MINUTE_US : 2);
  return is_running;
}

static void
test_turnaround (void)
{
  BedBedRow row = new_left_row ();
  g_assert_true (is_turning (&row));
  row.service = BED_SERVICE_SURGE_OPEN;
  g_assert_true (is_turning (&row));
  g_assert_cmpint (bed_clock_get_limit (BED_CLOCK_TURNAROUND), ==, HOURS (2));
  g_assert_false (bed_clock_lapses (BED_CLOCK_TURNAROUND));
}

static void
test_turnaround_stands (void)
{
  static const BedService services[] = { BED_SERVICE_CLOSED, BED_SERVICE_SURGE_SHUT, BED_SERVICE_N };
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      BedBedRow row = new_left_row ();
      row.service = (guint8) services[i];
      g_assert_false (is_turning (&row));
    }
  BedBedRow row = new_left_row ();
  row.flags = 0;
  g_assert_false (is_turning (&row));
  row = new_left_row ();
  row.left_us = 0;
  g_assert_false (is_turning (&row));
}

/* Then the same place holds when it is expected to be left. */
static void
test_no_turnaround_of_a_stay (void)
{
  for (guint occupancy = 0; occupancy < BED_OCCUPANCY_N; occupancy++)
    {
      BedBedRow row = new_left_row ();
      row.occupancy = (guint8) occupancy;
      g_assert_cmpint (is_turning (&row), ==, occupancy == BED_OCCUPANCY_VACANT);
    }
}

/* And a person has none, in any state. */
static void
test_turnaround_is_no_persons (void)
{
  for (guint state = 0; state < BED_STATE_N; state++)
    {
      BedReferralRow row = new_row ((BedReferralState) state);
      row.revision = START;
      g_assert_false (is_running (BED_CLOCK_TURNAROUND, &row));
    }
}

static void
add (const char *group, const char *name, gconstpointer data, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/bed-clock/%s/%s", group, name);
  g_test_add_data_func (path, data, function);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      add ("runs", expected[i].clock, &expected[i], test_runs);
      add ("instants", expected[i].clock, &expected[i], test_instants);
      add ("not-started", expected[i].clock, &expected[i], test_not_started);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    add ("day", days[i].path, &days[i], test_day);
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    add ("hours", hours[i].path, &hours[i], test_hours);
  g_test_add_func ("/bed-clock/all-are-expected", test_all_are_expected);
  g_test_add_func ("/bed-clock/no-clock", test_no_clock);
  g_test_add_func ("/bed-clock/damaged-row", test_damaged_row);
  g_test_add_func ("/bed-clock/flow-lane", test_flow_lane_has_no_response);
  g_test_add_func ("/bed-clock/first-contact", test_first_contact_stops_the_response);
  g_test_add_func ("/bed-clock/extension", test_extension_stops_the_episode);
  g_test_add_func ("/bed-clock/longest-stay", test_longest_stay);
  g_test_add_func ("/bed-clock/of-a-bed", test_clocks_of_a_bed);
  g_test_add_func ("/bed-clock/answered-at-night", test_answered_at_night);
  g_test_add_func ("/bed-clock/asked-at-night", test_asked_at_night);
  g_test_add_func ("/bed-clock/turnaround", test_turnaround);
  g_test_add_func ("/bed-clock/turnaround-stands", test_turnaround_stands);
  g_test_add_func ("/bed-clock/no-turnaround-of-a-stay", test_no_turnaround_of_a_stay);
  g_test_add_func ("/bed-clock/turnaround-is-no-persons", test_turnaround_is_no_persons);
  return g_test_run ();
}
