/* test-rules-journey.c: from acceptance to arrival: one fact a case, each refusal produced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "placing-scene.h"

/* Accepted by the ward for ward-03. */
static Person
accepted (Placing *scene)
{
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", person.code);
  return person;
}

static Person
departed (Placing *scene)
{
  Person person = accepted (scene);
  scene_do (scene, "referrer:rhch", "placement.depart", "'referral':'%s'", person.code);
  return person;
}

static void
expect (Placing *scene, Person person, const char *at, const char *transport)
{
  scene_do (scene, "referrer:rhch", "placement.expect", "'referral':'%s','at':'%s','transport':'%s'", person.code, at,
            transport);
}

static void
test_expect (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "booked");
  const BedReferralRow *row = scene_referral (scene, person.code);
  g_assert_cmpint (row->expected_at_us, ==, scene->now_us + 5 * BED_HOUR_US);
  g_assert_cmpint (row->transport, ==, BED_TRANSPORT_BOOKED);
  g_assert_cmpint (row->until_us, ==, 0);
}

static void
test_expect_range (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  const char *format = "'referral':'%s','at':'%s','transport':'late'";
  scene_expect (scene, BED_ERROR_BAD_VALUE, "at", "coordinator", "placement.expect", format, person.code,
                "2026-11-21T09:59:59Z");
  scene_do (scene, "coordinator", "placement.expect", format, person.code, "2026-11-21T10:00:00Z");
  scene_do (scene, "coordinator", "placement.expect", format, person.code, "2027-01-21T10:00:00Z");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "at", "coordinator", "placement.expect", format, person.code,
                "2027-01-21T10:00:01Z");
}

static void
test_nothing_expires_without_cancelling (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "late");
  scene_pass (scene, 10 * BED_DAY_US);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ACCEPTED);
}

static void
test_cancelled_transport_keeps_the_bed_until_noon (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "cancelled");
  placing_assert_time (scene_referral (scene, person.code)->until_us, "2026-11-23T12:00:00.000Z");
  scene_pass (scene, 26 * BED_HOUR_US - 1);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ACCEPTED);
  scene_pass (scene, 1);
  const BedReferralRow *row = scene_referral (scene, person.code);
  g_assert_cmpint (row->state, ==, BED_STATE_WAITING);
  g_assert_cmpint (row->expected_at_us, ==, 0);
  g_assert_cmpint (row->transport, ==, BED_TRANSPORT_NONE);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_NONE);
}

static void
test_cancelling_again_keeps_it_no_longer (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "cancelled");
  scene_pass (scene, 20 * BED_HOUR_US);
  expect (scene, person, "2026-11-23T15:00:00Z", "cancelled");
  placing_assert_time (scene_referral (scene, person.code)->until_us, "2026-11-23T12:00:00.000Z");
}

static void
test_booking_again_ends_that (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "cancelled");
  expect (scene, person, "2026-11-23T15:00:00Z", "booked");
  scene_pass (scene, 3 * BED_DAY_US);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ACCEPTED);
}

static void
test_departing_ends_that (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "cancelled");
  scene_do (scene, "unit:ward", "placement.depart", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->transport, ==, BED_TRANSPORT_NONE);
  scene_pass (scene, 3 * BED_DAY_US);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_IN_TRANSIT);
}

static void
test_nothing_expires_in_transit (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = departed (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "cancelled");
  g_assert_cmpint (scene_referral (scene, person.code)->until_us, ==, 0);
  scene_pass (scene, 3 * BED_DAY_US);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_IN_TRANSIT);
}

/* Cancelled at that time, the bed is kept until then. */
static void
check_noon (const char *cancelled, const char *until)
{
  g_autoptr (Placing) scene = placing_new ();
  gint64 at_us;
  placing_go_to (scene, cancelled);
  Person person = accepted (scene);
  g_assert_true (bed_time_parse (until, &at_us));
  expect (scene, person, cancelled, "cancelled");
  placing_assert_time (scene_referral (scene, person.code)->until_us, until);
  scene_pass (scene, at_us - scene->now_us - 1);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ACCEPTED);
  scene_pass (scene, 1);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_WAITING);
}

static void
test_noon_in_spring (void)
{
  check_noon ("2027-03-27T14:00:00Z", "2027-03-28T11:00:00.000Z"); /* the next day is summer time */
  check_noon ("2027-03-28T00:30:00Z", "2027-03-29T11:00:00.000Z"); /* before the clocks change */
  check_noon ("2027-03-28T14:00:00Z", "2027-03-29T11:00:00.000Z");
}

static void
test_noon_in_autumn (void)
{
  check_noon ("2027-10-30T14:00:00Z", "2027-10-31T12:00:00.000Z"); /* the next day is winter time */
  check_noon ("2027-10-30T23:30:00Z", "2027-11-01T12:00:00.000Z"); /* it is Sunday already */
  check_noon ("2027-10-31T14:00:00Z", "2027-11-01T12:00:00.000Z");
}

static void
test_noon_at_midnight (void)
{
  check_noon ("2026-11-24T00:00:00Z", "2026-11-25T12:00:00.000Z");
  check_noon ("2026-11-23T23:59:59Z", "2026-11-24T12:00:00.000Z");
}

static void
test_depart (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = departed (scene);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_IN_TRANSIT);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_IN_TRANSIT);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "referrer:rhch", "placement.depart", "'referral':'%s'",
                person.code);
}

static void
test_departing_is_a_decision (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair'");
  g_assert_true (scene_referral (scene, person.code)->flags & BED_REFERRAL_DECIDE);
  scene_do (scene, "coordinator", "placement.depart", "'referral':'%s'", person.code);
  g_assert_false (scene_referral (scene, person.code)->flags & BED_REFERRAL_DECIDE);
}

static void
test_cancel_by_outside (void)
{
  const char *const who[] = { "coordinator", "clinician", "referrer:rhch", "local" };
  g_autoptr (Placing) scene = placing_new ();
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      Person person = accepted (scene);
      scene_do (scene, who[i], "placement.cancel", "'referral':'%s','by':'%s','reason':'family'", person.code,
                i % 2 == 0 ? "person" : "referrer");
      g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_WAITING);
      g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_FREE);
    }
}

static void
test_cancel_by_unit (void)
{
  g_autoptr (Placing) scene = placing_new ();
  const char *const who[] = { "unit:ward", "owner:trust", "local" };
  const char *format = "'referral':'%s','by':'unit','reason':'bed_lost'";
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      Person person = i == 0 ? accepted (scene) : departed (scene);
      scene_expect (scene, BED_ERROR_FORBIDDEN, "by", "coordinator", "placement.cancel", format, person.code);
      scene_expect (scene, BED_ERROR_FORBIDDEN, "by", "referrer:rhch", "placement.cancel", format, person.code);
      scene_do (scene, who[i], "placement.cancel", format, person.code);
    }
}

static void
test_cancel_in_a_units_name_by_phone (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'home-01'", person.code);
  scene_do (scene, "coordinator", "placement.accept", "'referral':'%s'", person.code);
  scene_do (scene, "coordinator", "placement.cancel", "'referral':'%s','by':'unit','reason':'bed_lost'", person.code);
}

static void
test_cancel_refused (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = departed (scene);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "by", "unit:ward", "placement.cancel",
                "'referral':'%s','by':'person','reason':'family'", person.code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "placement.cancel",
                "'referral':'%s','by':'referrer','reason':'transport'", person.code);
}

static void
test_turned_back (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = departed (scene);
  scene_do (scene, "coordinator", "placement.turned_back", "'referral':'%s','reason':'not_ready'", person.code);
  const BedReferralRow *row = scene_referral (scene, person.code);
  g_assert_cmpint (row->state, ==, BED_STATE_WAITING);
  g_assert_true (row->flags & BED_REFERRAL_FIRST);
  g_assert_cmphex (scene_unit (scene, "ward")->faults, ==, 1);
  g_assert_true (scene_bed (scene, "ward-03")->flags & BED_FLAG_STALE);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_NONE);
}

static void
test_turned_back_for_other_reasons (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  scene_do (scene, "unit:ward", "placement.turned_back", "'referral':'%s','reason':'needs_acute'", person.code);
  g_assert_cmphex (scene_unit (scene, "ward")->faults, ==, 0);
  g_assert_false (scene_bed (scene, "ward-03")->flags & BED_FLAG_STALE);
}

static void
test_arrive (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = departed (scene);
  expect (scene, person, "2026-11-22T15:00:00Z", "booked");
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-03'", person.code);
  const BedReferralRow *row = scene_referral (scene, person.code);
  const BedBedRow *bed = scene_bed (scene, "ward-03");
  g_assert_cmpint (row->state, ==, BED_STATE_ARRIVED);
  g_assert_cmpint (row->arrived_at_us, ==, scene->now_us);
  g_assert_cmpint (bed->occupancy, ==, BED_OCCUPANCY_OCCUPIED);
  g_assert_cmpint (bed->commitment, ==, BED_COMMITMENT_NONE);
  g_assert_cmpint (bed->source, ==, BED_SOURCE_STAFF);
  g_assert_cmpint (bed->confirmed_at_us, ==, scene->now_us);
}

static void
test_arrive_without_departing (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-03'", person.code);
}

static void
test_arrive_by_phone (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'home-01'", person.code);
  scene_do (scene, "coordinator", "placement.accept", "'referral':'%s'", person.code);
  scene_do (scene, "coordinator", "placement.arrive", "'referral':'%s','bed':'home-01'", person.code);
  g_assert_cmpint (scene_bed (scene, "home-01")->source, ==, BED_SOURCE_PHONE);
}

static void
test_wrong_bed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  scene_expect (scene, BED_ERROR_WRONG_BED, "bed", "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-04'",
                person.code);
}

static void
test_arriving_ends_being_first (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = departed (scene);
  scene_do (scene, "coordinator", "placement.turned_back", "'referral':'%s','reason':'needs_acute'", person.code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", person.code);
  g_assert_true (scene_referral (scene, person.code)->flags & BED_REFERRAL_FIRST);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-03'", person.code);
  g_assert_false (scene_referral (scene, person.code)->flags & BED_REFERRAL_FIRST);
}

static void
test_day_count_goes_on (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person before = accepted (scene);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-03'", before.code);
  gint64 arrived_at_us = scene_referral (scene, before.code)->arrived_at_us;
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'other_iic_bed'", before.code);
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'d2a','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','home_first':'unsafe_home','source':'rhch','continues':'%s'", before.code);
  Person person = placing_last (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-01'", person.code);
  scene_do (scene, "unit:lodge", "placement.arrive", "'referral':'%s','bed':'lodge-01'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->arrived_at_us, ==, arrived_at_us);
}

/* The clock that is told too early, or twice, changes nothing. */
static void
test_expire_refused (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = accepted (scene);
  BedCommand command = { .method = BED_METHOD_HOLD_EXPIRE, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  memcpy (command.facts.referral, person.code, sizeof command.facts.referral);
  bed_facts_set (&command.facts, BED_FACT_REFERRAL);
  g_assert_false (scene_decide (scene, &command)); /* nothing ends it */
  g_assert_cmpstr (scene->refusal.member, ==, "until");
  expect (scene, person, "2026-11-22T15:00:00Z", "cancelled");
  g_assert_false (scene_decide (scene, &command)); /* not yet */
  g_assert_cmpstr (scene->refusal.member, ==, "until");
}

/* The bed says when somebody is expected in it, until they are there; a take-back takes that back. */
static void
test_bed_says_when (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_accepted (scene, "lodge-01");
  g_assert_cmpint (scene_bed (scene, "lodge-01")->until_us, ==, 0);
  expect (scene, person, "2026-11-22T15:00:00Z", "booked");
  g_assert_cmpint (scene_bed (scene, "lodge-01")->until_us, ==, scene->now_us + 5 * BED_HOUR_US);
  expect (scene, person, "2026-11-22T16:00:00Z", "late");
  g_assert_cmpint (scene_bed (scene, "lodge-01")->until_us, ==, scene->now_us + 6 * BED_HOUR_US);
  const BedEvent *last = scene->events->pdata[scene->events->len - 1];
  scene_do (scene, "referrer:rhch", "undo", "'undoes':'%s'", last->key);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->until_us, ==, scene->now_us + 5 * BED_HOUR_US);
  scene_do (scene, "coordinator", "placement.depart", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->until_us, ==, scene->now_us + 5 * BED_HOUR_US);
  scene_do (scene, "owner:county", "placement.arrive", "'referral':'%s','bed':'lodge-01'", person.code);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->until_us, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-journey/bed-says-when", test_bed_says_when);
  g_test_add_func ("/rules-journey/expect", test_expect);
  g_test_add_func ("/rules-journey/expect-range", test_expect_range);
  g_test_add_func ("/rules-journey/nothing-expires", test_nothing_expires_without_cancelling);
  g_test_add_func ("/rules-journey/cancelled-transport", test_cancelled_transport_keeps_the_bed_until_noon);
  g_test_add_func ("/rules-journey/cancelled-again", test_cancelling_again_keeps_it_no_longer);
  g_test_add_func ("/rules-journey/booked-again", test_booking_again_ends_that);
  g_test_add_func ("/rules-journey/departing-ends-that", test_departing_ends_that);
  g_test_add_func ("/rules-journey/in-transit", test_nothing_expires_in_transit);
  g_test_add_func ("/rules-journey/noon-in-spring", test_noon_in_spring);
  g_test_add_func ("/rules-journey/noon-in-autumn", test_noon_in_autumn);
  g_test_add_func ("/rules-journey/noon-at-midnight", test_noon_at_midnight);
  g_test_add_func ("/rules-journey/depart", test_depart);
  g_test_add_func ("/rules-journey/departing-is-a-decision", test_departing_is_a_decision);
  g_test_add_func ("/rules-journey/cancel-outside", test_cancel_by_outside);
  g_test_add_func ("/rules-journey/cancel-unit", test_cancel_by_unit);
  g_test_add_func ("/rules-journey/cancel-by-phone", test_cancel_in_a_units_name_by_phone);
  g_test_add_func ("/rules-journey/cancel-refused", test_cancel_refused);
  g_test_add_func ("/rules-journey/turned-back", test_turned_back);
  g_test_add_func ("/rules-journey/turned-back-otherwise", test_turned_back_for_other_reasons);
  g_test_add_func ("/rules-journey/arrive", test_arrive);
  g_test_add_func ("/rules-journey/arrive-without-departing", test_arrive_without_departing);
  g_test_add_func ("/rules-journey/arrive-by-phone", test_arrive_by_phone);
  g_test_add_func ("/rules-journey/wrong-bed", test_wrong_bed);
  g_test_add_func ("/rules-journey/arriving-ends-being-first", test_arriving_ends_being_first);
  g_test_add_func ("/rules-journey/day-count", test_day_count_goes_on);
  g_test_add_func ("/rules-journey/expire-refused", test_expire_refused);
  return g_test_run ();
}
