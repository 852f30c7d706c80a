/* test-rules-beds.c: what may be said of one bed, and what becomes of it.
 *
 * Every test that changes something ends with a replay of its events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-scene.h"

/* Reports */

static void
test_infection_needs_isolation (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "infection", "unit:ward", "bed.report",
                "'bed':'ward-04','readiness':'ready','infection':'mrsa'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "infection", "unit:ward", "bed.report",
                "'bed':'ward-04','isolation':'none','infection':'mrsa'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','isolation':'single_room','infection':'mrsa'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->infection, ==, BED_INFECTION_MRSA);
  g_assert_cmpint (scene_bed (scene, "ward-04")->isolation, ==, BED_ISOLATION_SINGLE_ROOM);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_ISOLATED);
  bed_scene_end (scene);
}

static void
test_infection_of_an_isolated_bed (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','isolation':'barrier'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'ready','infection':'norovirus'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->infection, ==, BED_INFECTION_NOROVIRUS);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'ready'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->infection, ==, BED_INFECTION_NOROVIRUS);
  bed_scene_end (scene);
}

static void
test_end_of_isolation_clears_the_infection (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','isolation':'barrier','infection':'cpe'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','isolation':'none'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->infection, ==, BED_INFECTION_NONE);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_FREE);
  bed_scene_end (scene);
}

static void
test_occupancy_only_of_strangers (void)
{
  Scene *scene = bed_scene_new ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "bed.report",
                "'bed':'ward-01','occupancy':'unknown'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "bed.report",
                "'bed':'ward-01','occupancy':'vacant'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "readiness", "unit:ward", "bed.report",
                "'bed':'ward-01','readiness':'dirty'");
  bed_scene_end (scene);
}

static void
test_vacant_may_become_unknown (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "bed.report",
                "'bed':'ward-01','occupancy':'on_leave'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'unknown'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_UNKNOWN);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "expected_free_at", "unit:ward", "bed.report",
                "'bed':'ward-01','expected_free_at':'2026-11-23T10:00:00Z'");
  bed_scene_end (scene);
}

static void
test_contaminated_needs_a_clean (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'contaminated'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_CONTAMINATED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "readiness", "unit:ward", "bed.report",
                "'bed':'ward-01','readiness':'ready'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'cleaning'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'ready'");
  bed_scene_end (scene);
}

static void
test_a_place_needs_no_clean (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:sits", "bed.fill", "'bed':'sits-01','why':'system_down'");
  scene_do (scene, "unit:sits", "bed.report", "'bed':'sits-01','occupancy':'vacant'");
  g_assert_cmpint (scene_bed (scene, "sits-01")->readiness, ==, BED_READINESS_READY);
  scene_do (scene, "unit:sits", "bed.fill", "'bed':'sits-01','why':'system_down'");
  scene_do (scene, "unit:sits", "bed.report", "'bed':'sits-01','occupancy':'vacant','readiness':'ready'");
  g_assert_cmpint (scene_bed (scene, "sits-01")->readiness, ==, BED_READINESS_READY);
  bed_scene_end (scene);
}

/* From unknown anything may be observed. */
static void
test_first_sight (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'unknown'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant','readiness':'ready'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_FREE);
  bed_scene_end (scene);
}

/* Nobody knows any more who was there: they used the bed all the same. */
static void
test_forgotten_use_needs_a_clean (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'arrived_unannounced'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'unknown'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_CLEANING);
  bed_scene_end (scene);
}

/* Of a stranger's bed: on leave, and the sources that are refused. */
static void
test_stranger_on_leave (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'arrived_unannounced'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'on_leave','readiness':'ready'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_ON_LEAVE);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "readiness", "unit:ward", "bed.report",
                "'bed':'ward-01','occupancy':'vacant','readiness':'ready'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->readiness, ==, BED_READINESS_DIRTY);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "source", "unit:ward", "bed.report", "'bed':'ward-02','source':'adt'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "source", "coordinator", "bed.report", "'bed':'ward-02','source':'staff'");
  scene_do (scene, "local", "bed.report", "'bed':'ward-02','source':'adt'");
  g_assert_cmpint (scene_bed (scene, "ward-02")->source, ==, BED_SOURCE_ADT);
  bed_scene_end (scene);
}

/* Filling */

static void
test_fill (void)
{
  Scene *scene = bed_scene_new ();
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'arrived_unannounced','since':'2026-11-22T10:30:00Z'");
  const BedBedRow *row = scene_bed (scene, "ward-01");
  g_assert_cmpint (row->occupancy, ==, BED_OCCUPANCY_OCCUPIED);
  g_assert_cmpint (row->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_cmpint (row->confirmed_at_us, ==, scene->now_us);
  g_assert_cmpint (row->source, ==, BED_SOURCE_STAFF);
  g_assert_cmpuint (row->referral, ==, BED_NONE);
  g_assert_cmpuint (scene_unit (scene, "ward")->counted, ==, 1);
  bed_scene_end (scene);
}

static void
test_fill_of_an_unknown_bed (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'unknown'");
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_OCCUPIED);
  bed_scene_end (scene);
}

static void
test_fill_breaks_a_hold (void)
{
  Scene *scene = bed_scene_new ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'moved_within_unit'");
  g_assert_cmpint (state_of (scene, scene->last_code), ==, BED_STATE_WAITING);
  g_assert_cmpuint (scene_referral (scene, scene->last_code)->bed, ==, BED_NONE);
  g_assert_cmpint (scene_bed (scene, "ward-01")->commitment, ==, BED_COMMITMENT_NONE);
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_cmpint (scene_bed (scene, "ward-01")->until_us, ==, 0);
  bed_scene_end (scene);
}

static void
test_fill_refusals (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "since", "unit:ward", "bed.fill",
                "'bed':'ward-02','why':'system_down','since':'2026-11-22T10:00:01Z'");
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "commitment", "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-02','why':'system_down'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "bed.fill", "'bed':'ward-02','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','occupancy':'on_leave'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "bed.fill", "'bed':'ward-02','why':'system_down'");
  scene_do (scene, "coordinator", "placement.depart", "'referral':'%s'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "commitment", "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "bed.fill", "'bed':'ward-03','why':'system_down'");
  scene_do (scene, "coordinator", "bed.fill", "'bed':'home-01','why':'system_down'");
  g_assert_cmpint (scene_bed (scene, "home-01")->source, ==, BED_SOURCE_PHONE);
  bed_scene_end (scene);
}

/* Corrections */

static void
test_correct_to_vacant (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','expected_free_at':'2026-11-29T10:00:00Z'");
  scene_do (scene, "owner:trust", "bed.correct", "'bed':'ward-01','occupancy':'vacant','reason':'entered_in_error'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpint (scene_bed (scene, "ward-01")->expected_free_us, ==, 0);
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "coordinator", "bed.correct", "'bed':'ward-01','occupancy':'vacant','reason':'found_on_round'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_CLEANING);
  g_assert_cmpint (scene_bed (scene, "ward-01")->source, ==, BED_SOURCE_PHONE);
  bed_scene_end (scene);
}

static void
test_correct_of_a_place (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:sits", "bed.fill", "'bed':'sits-01','why':'system_down'");
  scene_do (scene, "owner:county", "bed.correct", "'bed':'sits-01','occupancy':'vacant','reason':'wrong_bed'");
  g_assert_cmpint (scene_bed (scene, "sits-01")->display, ==, BED_DISPLAY_FREE);
  bed_scene_end (scene);
}

static void
test_correct_to_occupied (void)
{
  Scene *scene = bed_scene_new ();
  scene->now_us += BED_MINUTE_US;
  scene_do (scene, "owner:trust", "bed.correct", "'bed':'ward-01','occupancy':'occupied','reason':'wrong_bed'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_cmpint (scene_bed (scene, "ward-01")->confirmed_at_us, ==, scene->now_us);
  bed_scene_end (scene);
}

static void
test_correct_refusals (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "owner:trust", "bed.correct",
                "'bed':'ward-01','occupancy':'vacant','reason':'wrong_bed'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "unit:ward", "bed.correct",
                "'bed':'ward-01','occupancy':'occupied','reason':'wrong_bed'");
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "commitment", "owner:trust", "bed.correct",
                "'bed':'ward-01','occupancy':'occupied','reason':'wrong_bed'");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "owner:trust", "bed.correct",
                "'bed':'ward-01','occupancy':'vacant','reason':'wrong_bed'");
  bed_scene_end (scene);
}

/* Features out of order */

#define BIT(need) (G_GUINT64_CONSTANT (1) << BED_NEED_##need)

static void
test_feature_out_of_order (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "bed.feature", "'bed':'ward-01','feature':'hoist','out_until':'2026-11-22T12:00:00Z'");
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, BIT (HOIST));
  scene_do (scene, "owner:trust", "bed.feature",
            "'bed':'ward-01','feature':'profiling_bed','out_until':'2026-11-22T13:00:00Z'");
  pass_until (scene, "2026-11-22T11:59:59Z");
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, BIT (HOIST) | BIT (PROFILING_BED));
  g_assert_cmpuint (scene_pass (scene, BED_SECOND_US), ==, 1);
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, BIT (PROFILING_BED));
  g_assert_cmpuint (pass_until (scene, "2026-11-22T13:00:00Z"), ==, 1);
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, 0);
  bed_scene_end (scene);
}

static void
test_feature_again_moves_its_end (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "bed.feature", "'bed':'ward-01','feature':'hoist','out_until':'2026-11-22T10:30:00Z'");
  scene_do (scene, "owner:trust", "bed.feature", "'bed':'ward-01','feature':'hoist','out_until':'2026-11-22T10:50:00Z'");
  g_assert_cmpuint (pass_until (scene, "2026-11-22T10:40:00Z"), ==, 0);
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, BIT (HOIST));
  g_assert_cmpuint (pass_until (scene, "2026-11-22T10:50:00Z"), ==, 1);
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, 0);
  bed_scene_end (scene);
}

/* The place of an ended outage is used again: the first ends while the second lasts. */
static void
test_outage_places_are_reused (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "bed.feature", "'bed':'ward-01','feature':'hoist','out_until':'2026-11-22T10:30:00Z'");
  scene_do (scene, "owner:trust", "bed.feature",
            "'bed':'ward-01','feature':'profiling_bed','out_until':'2026-11-22T12:00:00Z'");
  g_assert_cmpuint (pass_until (scene, "2026-11-22T10:30:00Z"), ==, 1);
  scene_do (scene, "owner:trust", "bed.feature",
            "'bed':'ward-01','feature':'profiling_bed','out_until':'2026-11-22T10:50:00Z'");
  g_assert_cmpuint (pass_until (scene, "2026-11-22T10:50:00Z"), ==, 1);
  g_assert_cmpuint (scene_bed (scene, "ward-01")->features_out, ==, 0);
  bed_scene_end (scene);
}

static void
test_feature_refusals (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "feature", "owner:trust", "bed.feature",
                "'bed':'ward-02','feature':'hoist','out_until':'2026-11-22T12:00:00Z'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "out_until", "owner:trust", "bed.feature",
                "'bed':'ward-01','feature':'hoist','out_until':'2026-11-22T10:00:00Z'");
  static const char *const features[] = { "hoist", "ensuite", "oxygen", "low_bed" };
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    scene_do (scene, "owner:trust", "bed.feature", "'bed':'annex-04','feature':'%s','out_until':'2026-11-22T12:00:00Z'", features[i]);
  scene_expect (scene, BED_ERROR_TOO_MANY, "feature", "owner:trust", "bed.feature",
                "'bed':'annex-04','feature':'secure','out_until':'2026-11-22T12:00:00Z'");
  scene_do (scene, "owner:trust", "bed.feature", "'bed':'annex-04','feature':'low_bed','out_until':'2026-11-22T13:00:00Z'");
  g_assert_cmpuint (scene_bed (scene, "annex-04")->features_out, ==, BIT (HOIST) | BIT (ENSUITE) | BIT (OXYGEN) | BIT (LOW_BED));
  bed_scene_end (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-beds/infection-needs-isolation", test_infection_needs_isolation);
  g_test_add_func ("/rules-beds/infection-of-an-isolated-bed", test_infection_of_an_isolated_bed);
  g_test_add_func ("/rules-beds/end-of-isolation", test_end_of_isolation_clears_the_infection);
  g_test_add_func ("/rules-beds/occupancy-only-of-strangers", test_occupancy_only_of_strangers);
  g_test_add_func ("/rules-beds/vacant-may-become-unknown", test_vacant_may_become_unknown);
  g_test_add_func ("/rules-beds/contaminated-needs-a-clean", test_contaminated_needs_a_clean);
  g_test_add_func ("/rules-beds/place-needs-no-clean", test_a_place_needs_no_clean);
  g_test_add_func ("/rules-beds/first-sight", test_first_sight);
  g_test_add_func ("/rules-beds/forgotten-use-needs-a-clean", test_forgotten_use_needs_a_clean);
  g_test_add_func ("/rules-beds/stranger-on-leave", test_stranger_on_leave);
  g_test_add_func ("/rules-beds/fill", test_fill);
  g_test_add_func ("/rules-beds/fill-unknown", test_fill_of_an_unknown_bed);
  g_test_add_func ("/rules-beds/fill-breaks-a-hold", test_fill_breaks_a_hold);
  g_test_add_func ("/rules-beds/fill-refusals", test_fill_refusals);
  g_test_add_func ("/rules-beds/correct-to-vacant", test_correct_to_vacant);
  g_test_add_func ("/rules-beds/correct-of-a-place", test_correct_of_a_place);
  g_test_add_func ("/rules-beds/correct-to-occupied", test_correct_to_occupied);
  g_test_add_func ("/rules-beds/correct-refusals", test_correct_refusals);
  g_test_add_func ("/rules-beds/feature-out-of-order", test_feature_out_of_order);
  g_test_add_func ("/rules-beds/feature-again", test_feature_again_moves_its_end);
  g_test_add_func ("/rules-beds/outage-places-are-reused", test_outage_places_are_reused);
  g_test_add_func ("/rules-beds/feature-refusals", test_feature_refusals);
  return g_test_run ();
}
