/* test-desk-tonight.c: who is late, without transport, expected. No display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/desk/desk-tonight.h"

#define NOON_US G_GINT64_CONSTANT (1795348800000000) /* Sunday 22 November 2026, 12:00 */

static BoardReferral
make (BedReferralState state, BedTransport transport, int expected_min)
{
  BoardReferral referral = { .code = "K7Q-M4X", .state = state, .transport = transport };

  if (expected_min != 0)
    referral.expected_us = NOON_US + expected_min * BED_MINUTE_US;
  return referral;
}

static void
assert_section (BedReferralState state, BedTransport transport, int expected_min, int section)
{
  BoardReferral referral = make (state, transport, expected_min);

  g_assert_cmpint (desk_tonight_get_section (&referral, NOON_US), ==, section);
}

static void
test_sections (void)
{
  assert_section (BED_STATE_WAITING, BED_TRANSPORT_NONE, 0, -1);
  assert_section (BED_STATE_ARRIVED, BED_TRANSPORT_BOOKED, -300, -1);
  assert_section (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 60, DESK_TONIGHT_NO_TRANSPORT);
  assert_section (BED_STATE_ACCEPTED, BED_TRANSPORT_CANCELLED, 60, DESK_TONIGHT_NO_TRANSPORT);
  assert_section (BED_STATE_ACCEPTED, BED_TRANSPORT_BOOKED, 60, DESK_TONIGHT_EXPECTED);
  assert_section (BED_STATE_ACCEPTED, BED_TRANSPORT_LATE, 60, DESK_TONIGHT_EXPECTED);
  assert_section (BED_STATE_IN_TRANSIT, BED_TRANSPORT_NONE, 0, DESK_TONIGHT_EXPECTED);
}

/* Two hours past the time, to the minute. */
static void
test_late (void)
{
  assert_section (BED_STATE_IN_TRANSIT, BED_TRANSPORT_BOOKED, -119, DESK_TONIGHT_EXPECTED);
  assert_section (BED_STATE_IN_TRANSIT, BED_TRANSPORT_BOOKED, -120, DESK_TONIGHT_LATE);
  assert_section (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, -120, DESK_TONIGHT_LATE);
}

static void
test_order (void)
{
  BoardReferral people[] = { make (BED_STATE_ACCEPTED, BED_TRANSPORT_BOOKED, 90),
                             make (BED_STATE_ACCEPTED, BED_TRANSPORT_BOOKED, 30),
                             make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 0),
                             make (BED_STATE_WAITING, BED_TRANSPORT_NONE, 0),
                             make (BED_STATE_IN_TRANSIT, BED_TRANSPORT_BOOKED, -200) };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) listed = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_ptr_array_add (all, &people[i]);
  listed = desk_tonight_list (all, NOON_US);
  g_assert_cmpuint (listed->len, ==, 4);
  g_assert_true (g_ptr_array_index (listed, 0) == &people[4]);
  g_assert_true (g_ptr_array_index (listed, 1) == &people[2]);
  g_assert_true (g_ptr_array_index (listed, 2) == &people[1]);
  g_assert_true (g_ptr_array_index (listed, 3) == &people[0]);
}

/* 15:00 local, also in summer. */
static void
test_due (void)
{
  gint64 july_us;

  g_assert_true (bed_time_parse ("2026-07-12T14:00:00Z", &july_us));
  g_assert_true (desk_tonight_is_due (july_us));
  g_assert_false (desk_tonight_is_due (july_us - BED_MINUTE_US));
  g_assert_false (desk_tonight_is_due (NOON_US));
  g_assert_true (desk_tonight_is_due (NOON_US + 3 * BED_HOUR_US));
}

static void
test_times (void)
{
  BoardReferral none = make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 0);
  BoardReferral ahead = make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 40);
  BoardReferral past = make (BED_STATE_IN_TRANSIT, BED_TRANSPORT_BOOKED, -200);
  gint64 odd_us = NOON_US + 7 * BED_MINUTE_US;

  g_assert_cmpint (desk_tonight_choose_time (&none, BED_TRANSPORT_BOOKED, odd_us), ==, NOON_US + 105 * BED_MINUTE_US);
  g_assert_cmpint (desk_tonight_choose_time (&ahead, BED_TRANSPORT_BOOKED, odd_us), ==, ahead.expected_us);
  g_assert_cmpint (desk_tonight_choose_time (&ahead, BED_TRANSPORT_LATE, odd_us), ==, NOON_US + 105 * BED_MINUTE_US);
  g_assert_cmpint (desk_tonight_choose_time (&past, BED_TRANSPORT_LATE, NOON_US), ==, NOON_US + 60 * BED_MINUTE_US);
}

static void
assert_said (BoardReferral referral, const char *expected)
{
  g_autofree char *words = desk_tonight_say (&referral, NOON_US);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  assert_said (make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 0), "No time yet · No transport");
  assert_said (make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 75), "Expected at 13:15 · No transport");
  assert_said (make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, 24 * 60), "Expected Mon 23 Nov at 12:00 · No transport");
  assert_said (make (BED_STATE_ACCEPTED, BED_TRANSPORT_NONE, -130), "2 h 10 late, expected at 09:50 · No transport");
}

static void
test_headings (void)
{
  g_autofree char *before = desk_tonight_say_section (DESK_TONIGHT_NO_TRANSPORT, 2, NOON_US);
  g_autofree char *after = desk_tonight_say_section (DESK_TONIGHT_NO_TRANSPORT, 1, NOON_US + 4 * BED_HOUR_US);

  g_assert_cmpstr (before, ==, "2 have no transport yet, to be booked by 15:00");
  g_assert_cmpstr (after, ==, "1 has no transport: book it now");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-tonight/sections", test_sections);
  g_test_add_func ("/desk-tonight/late", test_late);
  g_test_add_func ("/desk-tonight/order", test_order);
  g_test_add_func ("/desk-tonight/due", test_due);
  g_test_add_func ("/desk-tonight/times", test_times);
  g_test_add_func ("/desk-tonight/words", test_words);
  g_test_add_func ("/desk-tonight/headings", test_headings);
  return g_test_run ();
}
