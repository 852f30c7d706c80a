/* test-rules-beds-time.c: what the clock makes of beds: leaving today, staleness, effective dates, the
 * flex hour, totals; and that only events make it so.
 *
 * Every test that changes something ends with a replay of its events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-scene.h"

/* Leaving today: from the local midnight of the day on which the bed is expected to be free. */

static void
check_leaving (const char *said_at, const char *expected, const char *before, const char *from)
{
  Scene *scene = bed_scene_new ();
  pass_until (scene, said_at);
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','expected_free_at':'%s'", expected);
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_OCCUPIED);
  pass_until (scene, before);
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_OCCUPIED);
  pass_until (scene, from);
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_LEAVING);
  bed_scene_end (scene);
}

static void
test_leaving_today (void)
{
  check_leaving ("2026-11-22T12:00:00Z", "2026-11-24T09:00:00Z", "2026-11-23T23:59:59.999Z", "2026-11-24T00:00:00Z");
}

static void
test_leaving_today_at_once (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','expected_free_at':'2026-11-22T23:59:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_LEAVING);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','expected_free_at':'2026-11-23T00:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_OCCUPIED);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'on_leave','expected_free_at':'2026-11-20T12:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_LEAVING);
  bed_scene_end (scene);
}

/* 28 March 2027: 00:00 GMT to 23:00 GMT. */
static void
test_leaving_on_the_day_of_23_hours (void)
{
  check_leaving ("2027-03-27T20:00:00Z", "2027-03-28T22:59:00Z", "2027-03-27T23:59:59.999Z", "2027-03-28T00:00:00Z");
}

static void
test_leaving_after_the_day_of_23_hours (void)
{
  check_leaving ("2027-03-28T12:00:00Z", "2027-03-28T23:00:00Z", "2027-03-28T22:59:59.999Z", "2027-03-28T23:00:00Z");
}

/* 31 October 2027: 23:00 GMT the day before to 24:00 GMT. */
static void
test_leaving_on_the_day_of_25_hours (void)
{
  check_leaving ("2027-10-30T20:00:00Z", "2027-10-31T23:59:00Z", "2027-10-30T22:59:59.999Z", "2027-10-30T23:00:00Z");
}

static void
test_leaving_after_the_day_of_25_hours (void)
{
  check_leaving ("2027-10-31T12:00:00Z", "2027-11-01T00:00:00Z", "2027-10-31T23:59:59.999Z", "2027-11-01T00:00:00Z");
}

/* The person's own state shows in their bed, less than leaving today and more than being away. */
static void
test_ready_to_leave (void)
{
  Scene *scene = bed_scene_new ();
  scene_refer (scene);
  const char *code = scene->last_code;
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", code);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-04'", code);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_OCCUPIED);
  scene_do (scene, "unit:ward", "placement.ready_to_leave", "'referral':'%s','waiting_for':'package'", code);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_READY_TO_LEAVE);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','expected_free_at':'2026-11-23T12:00:00Z'");
  scene_do (scene, "owner:trust", "bed.feature", "'bed':'ward-04','feature':'ensuite','out_until':'2026-11-22T22:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_READY_TO_LEAVE);
  pass_until (scene, "2026-11-23T00:00:00Z");
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_LEAVING);
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'home'", code);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_CLEANING);
  bed_scene_end (scene);
}

static void
test_leaving_while_on_leave (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-04','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','occupancy':'on_leave','expected_free_at':'2026-11-23T12:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_ON_LEAVE);
  pass_until (scene, "2026-11-23T00:00:00Z");
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_LEAVING);
  bed_scene_end (scene);
}

/* Freshness and effect by the clock */

static gboolean
tell_clock (Scene *scene, BedMethod method, const char *unit)
{
  g_auto (BedCommand) command = { .method = method, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  g_strlcpy (command.facts.unit, unit, sizeof command.facts.unit);
  bed_facts_set (&command.facts, BED_FACT_UNIT);
  return scene_decide (scene, &command);
}

static void
test_stale_by_the_clock (void)
{
  Scene *scene = bed_scene_new ();
  pass_until (scene, "2026-11-22T13:59:59.999Z");
  g_assert_false (scene_bed (scene, "ward-01")->flags & BED_FLAG_STALE);
  g_assert_false (tell_clock (scene, BED_METHOD_UNIT_STALE, "ward"));
  g_assert_cmpstr (bed_error_reason (scene->refusal.error), ==, "wrong_state");
  g_assert_cmpstr (scene->refusal.member, ==, "unit");
  pass_until (scene, "2026-11-22T14:00:00Z");
  g_assert_true (scene_bed (scene, "ward-01")->flags & BED_FLAG_STALE);
  g_assert_false (scene_bed (scene, "ward-01")->flags & BED_FLAG_OFFERABLE);
  g_assert_false (tell_clock (scene, BED_METHOD_UNIT_STALE, "ward"));
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_assert_true (scene_bed (scene, "ward-01")->flags & BED_FLAG_OFFERABLE);
  bed_scene_end (scene);
}

/* What a feed said holds for a quarter of an hour, by day and by night. */
static void
test_stale_feed (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "local", "bed.report", "'bed':'ward-02','readiness':'ready','source':'adt'");
  gint64 said_us = scene->now_us;
  pass_until (scene, "2026-11-22T14:00:00Z");
  g_assert_cmpint (broker_register_get_fresh_until (scene->reg, bed_places_find_bed (broker_register_peek_places (scene->reg), "ward-02")),
                   ==, said_us + 15 * BED_MINUTE_US);
  g_assert_true (scene_bed (scene, "ward-02")->flags & BED_FLAG_STALE);
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_assert_false (scene_bed (scene, "ward-02")->flags & BED_FLAG_STALE);
  bed_scene_end (scene);
}

/* What is not known is neither confirmed with its unit nor does it grow stale. */
static void
test_unknown_and_absent_beds_are_not_confirmed (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','occupancy':'unknown'");
  gint64 before_us = scene->now_us;
  pass_until (scene, "2026-11-22T14:00:00Z");
  g_assert_false (scene_bed (scene, "ward-02")->flags & BED_FLAG_STALE);
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_assert_cmpint (scene_bed (scene, "ward-02")->confirmed_at_us, ==, before_us);
  g_assert_cmpint (scene_bed (scene, "ward-01")->confirmed_at_us, ==, scene->now_us);
  scene_do (scene, "coordinator", "unit.confirm", "'unit':'home'");
  g_assert_cmpint (scene_bed (scene, "home-01")->source, ==, BED_SOURCE_PHONE);
  g_assert_cmpint (scene_bed (scene, "home-02")->confirmed_at_us, ==, before_us);
  bed_scene_end (scene);
}

static void
test_effective_dates_by_the_clock (void)
{
  Scene *scene = bed_scene_new ();
  g_assert_false (tell_clock (scene, BED_METHOD_UNIT_EFFECT, "home"));
  g_assert_cmpstr (bed_error_reason (scene->refusal.error), ==, "wrong_state");
  g_assert_false (scene_bed (scene, "home-02")->flags & BED_FLAG_IN_EFFECT);
  g_assert_cmpuint (scene_unit (scene, "lodge")->in_effect, ==, 4);
  pass_until (scene, "2026-11-25T00:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "lodge")->in_effect, ==, 0);
  g_assert_cmpuint (scene_unit (scene, "sits")->in_effect, ==, 3);
  pass_until (scene, "2026-12-01T00:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "sits")->in_effect, ==, 2);
  pass_until (scene, "2027-01-01T00:00:00Z");
  g_assert_true (scene_bed (scene, "home-02")->flags & BED_FLAG_IN_EFFECT);
  g_assert_cmpuint (scene_unit (scene, "home")->in_effect, ==, 2);
  bed_scene_end (scene);
}

static void
test_ending_beds_let_people_go (void)
{
  Scene *scene = bed_scene_new ();
  pass_until (scene, "2026-11-24T22:00:00Z");
  scene_do (scene, "unit:lodge", "unit.confirm", "'unit':'lodge'");
  pass_until (scene, "2026-11-24T23:30:00Z"); /* past its flex hour */
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'lodge-01'", scene->last_code);
  g_autofree char *held = g_strdup (scene->last_code);
  scene_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-02'", scene->last_code);
  pass_until (scene, "2026-11-25T00:00:00Z");
  g_assert_cmpint (state_of (scene, held), ==, BED_STATE_WAITING);
  g_assert_cmpint (state_of (scene, scene->last_code), ==, BED_STATE_ACCEPTED);
  g_assert_true (scene_referral (scene, scene->last_code)->flags & BED_REFERRAL_DECIDE);
  bed_scene_end (scene);
}

/* The flex hour */

static void
test_flex_hour (void)
{
  Scene *scene = bed_scene_new ();
  g_assert_false (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  pass_until (scene, "2026-11-22T10:59:59.999Z");
  g_assert_false (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  pass_until (scene, "2026-11-22T11:00:00Z");
  g_assert_true (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  g_assert_false (scene_bed (scene, "ward-04")->flags & BED_FLAG_FLEX); /* no flex types */
  g_assert_cmpuint (scene_pass (scene, BED_HOUR_US), ==, 0);
  scene_do (scene, "unit:lodge", "bed.report", "'bed':'lodge-01','readiness':'dirty'");
  g_assert_false (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  scene_do (scene, "unit:lodge", "bed.report", "'bed':'lodge-01','readiness':'cleaning'");
  scene_do (scene, "unit:lodge", "bed.report", "'bed':'lodge-01','readiness':'ready'");
  g_assert_false (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  g_assert_cmpuint (scene_pass (scene, BED_HOUR_US), ==, 1);
  g_assert_true (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  bed_scene_end (scene);
}

/* The totals of a LAP, each display counted once, at a quarter. */
static void
test_totals_at_the_quarter (void)
{
  Scene *scene = bed_scene_new ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-02'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-03','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','isolation':'barrier'");
  scene_do (scene, "unit:annex", "bed.report", "'bed':'annex-01','readiness':'dirty'");
  scene_do (scene, "coordinator", "bed.report", "'bed':'home-01','occupancy':'unknown'");
  BedCommand command = { .method = BED_METHOD_QUARTER_PASS, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  g_assert_true (scene_decide (scene, &command));
  const GArray *history = broker_register_peek_all_history (scene->reg);
  g_assert_cmpuint (history->len, ==, 2);
  const BedHistory *west = &g_array_index (history, BedHistory, 0);
  const BedHistory *east = &g_array_index (history, BedHistory, 1);
  g_assert_cmpuint (west->in_effect, ==, 8);
  g_assert_cmpuint (west->free, ==, 0);
  g_assert_cmpuint (west->held, ==, 1);
  g_assert_cmpuint (west->arriving, ==, 1);
  g_assert_cmpuint (west->occupied, ==, 1);
  g_assert_cmpuint (west->cleaning, ==, 1);
  g_assert_cmpuint (west->closed, ==, 3); /* surge that is shut */
  g_assert_cmpuint (east->in_effect, ==, 5); /* places without a bed are no beds */
  g_assert_cmpuint (east->free, ==, 4);
  bed_scene_end (scene);
}

/* A register that is loaded long after what was due has not been told yet shows no more than the
 * events did. */
static void
test_load_derives_nothing_by_itself (void)
{
  Scene *scene = bed_scene_new ();
  scene->now_us += 3 * BED_DAY_US;
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  g_assert_false (scene_bed (scene, "lodge-01")->flags & BED_FLAG_FLEX);
  bed_scene_assert_replays (scene);
  g_assert_cmpuint (scene_pass (scene, 0), >, 0);
  bed_scene_end (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-beds-time/leaving-today", test_leaving_today);
  g_test_add_func ("/rules-beds-time/leaving-today-at-once", test_leaving_today_at_once);
  g_test_add_func ("/rules-beds-time/leaving-day-of-23-hours", test_leaving_on_the_day_of_23_hours);
  g_test_add_func ("/rules-beds-time/leaving-after-23-hours", test_leaving_after_the_day_of_23_hours);
  g_test_add_func ("/rules-beds-time/leaving-day-of-25-hours", test_leaving_on_the_day_of_25_hours);
  g_test_add_func ("/rules-beds-time/leaving-after-25-hours", test_leaving_after_the_day_of_25_hours);
  g_test_add_func ("/rules-beds-time/ready-to-leave", test_ready_to_leave);
  g_test_add_func ("/rules-beds-time/leaving-while-on-leave", test_leaving_while_on_leave);
  g_test_add_func ("/rules-beds-time/unknown-is-not-confirmed", test_unknown_and_absent_beds_are_not_confirmed);
  g_test_add_func ("/rules-beds-time/totals", test_totals_at_the_quarter);
  g_test_add_func ("/rules-beds-time/stale-by-the-clock", test_stale_by_the_clock);
  g_test_add_func ("/rules-beds-time/stale-feed", test_stale_feed);
  g_test_add_func ("/rules-beds-time/effective-dates", test_effective_dates_by_the_clock);
  g_test_add_func ("/rules-beds-time/ending-beds-let-people-go", test_ending_beds_let_people_go);
  g_test_add_func ("/rules-beds-time/flex-hour", test_flex_hour);
  g_test_add_func ("/rules-beds-time/load-derives-nothing", test_load_derives_nothing_by_itself);
  return g_test_run ();
}
