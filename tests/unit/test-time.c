/* test-time.c: instants as text, both DST Sundays, the leap day, and how long things stay fresh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-time.h"

#define DAY_S (4 * 3600)
#define NIGHT_S (12 * 3600)

static gint64
at (const char *text)
{
  gint64 time_us = -1;
  if (!bed_time_parse (text, &time_us))
    g_error ("%s is no time", text);
  return time_us;
}

static void
assert_time (gint64 time_us, const char *expected)
{
  char text[BED_TIME_SIZE];
  bed_time_print (time_us, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_print (void)
{
  assert_time (0, "1970-01-01T00:00:00.000Z");
  assert_time (G_GINT64_CONSTANT (1795347720123999), "2026-11-22T11:42:00.123Z");
  assert_time (G_GINT64_CONSTANT (1709208000000000), "2024-02-29T12:00:00.000Z");
}

static void
test_print_clamps (void)
{
  assert_time (-1, "1970-01-01T00:00:00.000Z");
  assert_time (G_MININT64, "1970-01-01T00:00:00.000Z");
  assert_time (G_MAXINT64, "9999-12-31T23:59:59.999Z");
}

/* Against GLib's calendar, over 8,000 years. */
static void
test_print_like_glib (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (int i = 0; i < 20000; i++)
    {
      gint64 second = (gint64) g_rand_double_range (rand, 0, 253402300799.0);
      g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_utc (second);
      g_autofree char *expected = g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%S.000Z");
      assert_time (second * BED_SECOND_US, expected);
      g_assert_cmpint (at (expected), ==, second * BED_SECOND_US);
    }
}

static void
test_parse (void)
{
  gint64 noon = G_GINT64_CONSTANT (1795347720000000);
  g_assert_cmpint (at ("2026-11-22T11:42:00Z"), ==, noon);
  g_assert_cmpint (at ("2026-11-22t11:42:00z"), ==, noon);
  g_assert_cmpint (at ("2026-11-22 11:42:00.000Z"), ==, noon);
  g_assert_cmpint (at ("2026-11-22T12:42:00+01:00"), ==, noon);
  g_assert_cmpint (at ("2026-11-22T06:12:00-05:30"), ==, noon);
  g_assert_cmpint (at ("2026-11-23T00:00:00+12:18"), ==, noon);
  g_assert_cmpint (at ("2026-11-22T11:41:60Z"), ==, noon);
  g_assert_cmpint (at ("9999-12-31T23:59:59.999Z"), >, noon);
}

static void
test_parse_fractions (void)
{
  gint64 noon = G_GINT64_CONSTANT (1795347720000000);
  g_assert_cmpint (at ("2026-11-22T11:42:00.5Z"), ==, noon + 500000);
  g_assert_cmpint (at ("2026-11-22T11:42:00.123456Z"), ==, noon + 123456);
  g_assert_cmpint (at ("2026-11-22T11:42:00.1234567899999999Z"), ==, noon + 123456);
}

static void
test_parse_refuses (void)
{
  static const char *const wrong[] = {
    "", "now", "2026-11-22", "2026-11-22T11:42Z", "2026-11-22T11:42:00", "2026-11-22T24:00:00Z",
    "2026-11-22T11:60:00Z", "2026-11-22T11:42:61Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
    "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z",
    "1969-12-31T23:59:59Z", "1970-01-01T00:30:00+01:00", "9999-12-31T23:59:59-01:00", "2026-11-22T11:42:00.Z",
    "2026-11-22T11:42:00+1:00", "2026-11-22T11:42:00+24:00", "2026-11-22T11:42:00Z ", " 2026-11-22T11:42:00Z",
    "2026-11-22X11:42:00Z", "26-11-22T11:42:00Z", "2026-11-22T11:42:00+01:00x", "+2026-11-22T11:42:00Z",
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 time_us = 7;
      if (bed_time_parse (wrong[i], &time_us))
        g_error ("accepted: %s", wrong[i]);
      g_assert_cmpint (time_us, ==, 7);
    }
}

static void
test_parse_date (void)
{
  gint64 time_us;
  g_assert_true (bed_time_parse_date ("2026-11-22", &time_us));
  assert_time (time_us, "2026-11-22T00:00:00.000Z");
  g_assert_true (bed_time_parse_date ("2026-07-01", &time_us));
  assert_time (time_us, "2026-06-30T23:00:00.000Z");
  g_assert_true (bed_time_parse_date ("2026-03-29", &time_us)); /* GMT still at midnight */
  assert_time (time_us, "2026-03-29T00:00:00.000Z");
  g_assert_true (bed_time_parse_date ("2026-10-25", &time_us)); /* still summer time at midnight */
  assert_time (time_us, "2026-10-24T23:00:00.000Z");
  g_assert_true (bed_time_parse_date ("2028-02-29", &time_us));
  assert_time (time_us, "2028-02-29T00:00:00.000Z");
  g_assert_true (bed_time_parse_date ("2026-07-01T12:00:00+01:00", &time_us));
  assert_time (time_us, "2026-07-01T11:00:00.000Z");
  g_assert_false (bed_time_parse_date ("2027-02-29", &time_us));
  g_assert_false (bed_time_parse_date ("2026-07-01 ", &time_us));
}

static void
assert_local (const char *utc, const char *clock, const char *date)
{
  char text[6], day[12];
  bed_time_print_local (at (utc), text);
  bed_time_print_local_date (at (utc), day);
  g_assert_cmpstr (text, ==, clock);
  g_assert_cmpstr (day, ==, date);
}

static void
test_spring (void)
{
  assert_local ("2026-03-29T00:59:59Z", "00:59", "Sun 29 Mar");
  assert_local ("2026-03-29T01:00:00Z", "02:00", "Sun 29 Mar");
  assert_local ("2026-03-29T22:59:59Z", "23:59", "Sun 29 Mar");
  assert_local ("2026-03-29T23:00:00Z", "00:00", "Mon 30 Mar");
}

static void
test_autumn (void)
{
  assert_local ("2026-10-25T00:30:00Z", "01:30", "Sun 25 Oct");
  assert_local ("2026-10-25T01:30:00Z", "01:30", "Sun 25 Oct");
  assert_local ("2026-10-25T23:59:00Z", "23:59", "Sun 25 Oct");
}

static void
test_leap_day (void)
{
  assert_local ("2028-02-29T23:59:00Z", "23:59", "Tue 29 Feb");
  assert_local ("2028-03-01T00:00:00Z", "00:00", "Wed 1 Mar");
}

static void
test_local_minute (void)
{
  g_assert_cmpint (bed_time_get_local_minute (at ("2026-11-22T00:00:00Z")), ==, 0);
  g_assert_cmpint (bed_time_get_local_minute (at ("2026-11-22T23:59:59.999Z")), ==, 1439);
  g_assert_cmpint (bed_time_get_local_minute (at ("2026-07-01T23:00:00Z")), ==, 0);
}

static void
test_night (void)
{
  g_assert_false (bed_time_is_night (at ("2026-11-22T19:59:59.999Z")));
  g_assert_true (bed_time_is_night (at ("2026-11-22T20:00:00Z")));
  g_assert_true (bed_time_is_night (at ("2026-11-22T07:59:59.999Z")));
  g_assert_false (bed_time_is_night (at ("2026-11-22T08:00:00Z")));
  g_assert_true (bed_time_is_night (at ("2026-07-01T19:00:00Z")));
  g_assert_false (bed_time_is_night (at ("2026-07-01T07:00:00Z")));
}

static void
assert_next (const char *from, int hour, int minute, const char *expected)
{
  assert_time (bed_time_find_next_local (at (from), hour, minute), expected);
}

static void
test_next_local (void)
{
  assert_next ("2026-11-22T07:59:59.999Z", 8, 0, "2026-11-22T08:00:00.000Z");
  assert_next ("2026-11-22T08:00:00Z", 8, 0, "2026-11-23T08:00:00.000Z");
  assert_next ("2026-12-31T23:00:00Z", 0, 0, "2027-01-01T00:00:00.000Z");
  assert_next ("2026-07-01T12:00:00Z", 12, 0, "2026-07-02T11:00:00.000Z");
}

static void
test_next_local_in_spring (void)
{
  assert_next ("2026-03-28T20:00:00Z", 8, 0, "2026-03-29T07:00:00.000Z");
  assert_next ("2026-03-28T12:00:00Z", 1, 30, "2026-03-29T01:30:00.000Z"); /* skipped: an hour later */
  assert_next ("2026-03-29T01:30:00Z", 1, 30, "2026-03-30T00:30:00.000Z");
}

static void
test_next_local_in_autumn (void)
{
  assert_next ("2026-10-24T20:00:00Z", 8, 0, "2026-10-25T08:00:00.000Z");
  assert_next ("2026-10-24T12:00:00Z", 1, 30, "2026-10-25T00:30:00.000Z");
  assert_next ("2026-10-25T00:30:00Z", 1, 30, "2026-10-25T01:30:00.000Z"); /* it comes twice */
  assert_next ("2026-10-25T01:30:00Z", 1, 30, "2026-10-26T01:30:00.000Z");
}

static void
assert_midnight (const char *time, const char *expected)
{
  assert_time (bed_time_find_midnight (at (time)), expected);
}

static void
test_midnight (void)
{
  assert_midnight ("2026-11-22T10:00:00Z", "2026-11-22T00:00:00.000Z");
  assert_midnight ("2026-11-22T00:00:00Z", "2026-11-22T00:00:00.000Z");
  assert_midnight ("2026-11-21T23:59:59.999Z", "2026-11-21T00:00:00.000Z");
  assert_midnight ("2026-07-01T22:59:59Z", "2026-06-30T23:00:00.000Z");
  assert_midnight ("2026-07-01T23:00:00Z", "2026-07-01T23:00:00.000Z");
  assert_midnight ("2028-02-29T23:30:00Z", "2028-02-29T00:00:00.000Z");
}

/* The days of 23 and 25 hours. */
static void
test_midnight_of_clock_changes (void)
{
  assert_midnight ("2026-03-29T22:59:59Z", "2026-03-29T00:00:00.000Z");
  assert_midnight ("2026-03-29T23:00:00Z", "2026-03-29T23:00:00.000Z");
  assert_midnight ("2026-10-25T23:59:59Z", "2026-10-24T23:00:00.000Z");
  assert_midnight ("2026-10-26T00:00:00Z", "2026-10-26T00:00:00.000Z");
}

static void
assert_fresh (const char *confirmed, guint day_s, guint night_s, const char *expected)
{
  assert_time (bed_time_fresh_until (at (confirmed), day_s, night_s), expected);
}

static void
test_fresh_within_one_limit (void)
{
  assert_fresh ("2026-11-22T09:00:00Z", DAY_S, NIGHT_S, "2026-11-22T13:00:00.000Z");
  assert_fresh ("2026-11-22T21:00:00Z", 24 * 3600, 2 * 3600, "2026-11-22T23:00:00.000Z");
  assert_fresh ("2026-11-22T09:00:00Z", 900, 900, "2026-11-22T09:15:00.000Z");
}

static void
test_fresh_into_the_night (void)
{
  assert_fresh ("2026-11-22T15:59:59.999Z", DAY_S, NIGHT_S, "2026-11-22T19:59:59.999Z");
  assert_fresh ("2026-11-22T16:00:00Z", DAY_S, NIGHT_S, "2026-11-23T04:00:00.000Z");
  assert_fresh ("2026-11-22T19:00:00Z", DAY_S, NIGHT_S, "2026-11-23T07:00:00.000Z");
}

static void
test_fresh_into_the_day (void)
{
  assert_fresh ("2026-11-22T20:00:00Z", DAY_S, NIGHT_S, "2026-11-23T08:00:00.000Z");
  assert_fresh ("2026-11-23T03:00:00Z", DAY_S, NIGHT_S, "2026-11-23T08:00:00.000Z");
  assert_fresh ("2026-11-23T04:00:00Z", DAY_S, NIGHT_S, "2026-11-23T08:00:00.000Z");
  assert_fresh ("2026-11-23T04:00:00.001Z", DAY_S, NIGHT_S, "2026-11-23T08:00:00.001Z");
  assert_fresh ("2026-11-23T05:00:00Z", DAY_S, NIGHT_S, "2026-11-23T09:00:00.000Z");
}

static void
test_fresh_with_a_short_night (void)
{
  assert_fresh ("2026-11-22T19:00:00Z", DAY_S, 1800, "2026-11-22T20:00:00.000Z");
  assert_fresh ("2026-11-22T19:45:00Z", DAY_S, 1800, "2026-11-22T20:15:00.000Z");
}

static void
test_fresh_over_dst (void)
{
  assert_fresh ("2026-03-28T20:30:00Z", DAY_S, NIGHT_S, "2026-03-29T07:00:00.000Z");
  assert_fresh ("2026-10-24T19:30:00Z", DAY_S, NIGHT_S, "2026-10-25T07:30:00.000Z");
}

static void
test_fresh_without_limit (void)
{
  assert_fresh ("2026-11-22T09:00:00Z", 0, NIGHT_S, "2026-11-22T09:00:00.000Z");
  assert_fresh ("2026-11-22T09:00:00Z", 7 * 86400, 6 * 86400, "2026-11-28T20:00:00.000Z");
}

/* The definition itself, minute by minute: fresh before the answer, and not at it. */
static void
test_fresh_by_definition (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (int round = 0; round < 100; round++)
    {
      gint64 confirmed = at ("2026-03-20T00:00:00Z")
                         + g_rand_int_range (rand, 0, 300 * 24 * 60) * BED_MINUTE_US;
      guint day_min = (guint) g_rand_int_range (rand, 1, 1500);
      guint night_min = (guint) g_rand_int_range (rand, 1, 1500);
      gint64 until = bed_time_fresh_until (confirmed, day_min * 60, night_min * 60);
      gint64 now = confirmed;
      while (now - confirmed < (bed_time_is_night (now) ? night_min : day_min) * BED_MINUTE_US)
        now += BED_MINUTE_US;
      g_assert_cmpint (until, ==, now);
    }
}

/* CLOCK_MONOTONIC, which stands still while the machine sleeps, is never ahead of it. */
static void
test_uptime (void)
{
  gint64 monotonic_us = g_get_monotonic_time ();
  gint64 uptime_us = bed_time_get_uptime ();

  g_assert_cmpint (uptime_us, >=, monotonic_us);
  g_assert_cmpint (bed_time_get_uptime (), >=, uptime_us);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/print", test_print);
  g_test_add_func ("/time/print-clamps", test_print_clamps);
  g_test_add_func ("/time/print-like-glib", test_print_like_glib);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-fractions", test_parse_fractions);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/parse-date", test_parse_date);
  g_test_add_func ("/time/spring", test_spring);
  g_test_add_func ("/time/autumn", test_autumn);
  g_test_add_func ("/time/leap-day", test_leap_day);
  g_test_add_func ("/time/local-minute", test_local_minute);
  g_test_add_func ("/time/night", test_night);
  g_test_add_func ("/time/midnight", test_midnight);
  g_test_add_func ("/time/midnight-of-clock-changes", test_midnight_of_clock_changes);
  g_test_add_func ("/time/next-local", test_next_local);
  g_test_add_func ("/time/next-local-in-spring", test_next_local_in_spring);
  g_test_add_func ("/time/next-local-in-autumn", test_next_local_in_autumn);
  g_test_add_func ("/time/fresh-within-one-limit", test_fresh_within_one_limit);
  g_test_add_func ("/time/fresh-into-the-night", test_fresh_into_the_night);
  g_test_add_func ("/time/fresh-into-the-day", test_fresh_into_the_day);
  g_test_add_func ("/time/fresh-with-a-short-night", test_fresh_with_a_short_night);
  g_test_add_func ("/time/fresh-over-dst", test_fresh_over_dst);
  g_test_add_func ("/time/fresh-without-limit", test_fresh_without_limit);
  g_test_add_func ("/time/fresh-by-definition", test_fresh_by_definition);
  g_test_add_func ("/time/uptime", test_uptime);
  return g_test_run ();
}
