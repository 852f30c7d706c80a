/* test-rules.c: what may be done and what may not: one fact a case, each refusal produced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-time.h"

static void
test_first_observation (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_UNKNOWN);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant','readiness':'ready'");
  const BedBedRow *row = scene_bed (scene, "ward-01");
  g_assert_cmpint (row->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpint (row->source, ==, BED_SOURCE_STAFF);
  /* The ward's other beds are unknown, so they count towards the cap of 4: 3 < 4. */
  g_assert_true (row->flags & BED_FLAG_OFFERABLE);
}

static void
test_occupied_only_by_arrival (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "bed.report",
                "'bed':'ward-01','occupancy':'occupied'");
}

static void
test_never_ready_without_a_clean (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "readiness", "unit:ward", "bed.report",
                "'bed':'ward-01','readiness':'ready'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'cleaning'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_CLEANING);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'ready'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_FREE);
}

static void
test_departure_of_a_stranger_leaves_a_dirty_bed (void)
{
  g_autoptr (Scene) scene = scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'occupied'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "readiness", "unit:ward", "bed.report",
                "'bed':'ward-01','occupancy':'vacant','readiness':'ready'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->readiness, ==, BED_READINESS_DIRTY);
}

static void
test_expected_free_only_while_occupied (void)
{
  g_autoptr (Scene) scene = scene_new ();
  scene_do (scene, "unit:ward", "bed.report",
            "'bed':'ward-01','occupancy':'occupied','expected_free_at':'2026-11-22T13:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_LEAVING);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','occupancy':'vacant'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "expected_free_at", "unit:ward", "bed.report",
                "'bed':'ward-02','expected_free_at':'2026-11-22T13:00:00Z'");
}

static void
test_coordinator_knows_by_phone (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_do (scene, "coordinator", "bed.report", "'bed':'home-01','readiness':'cleaning'");
  g_assert_cmpint (scene_bed (scene, "home-01")->source, ==, BED_SOURCE_PHONE);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "source", "coordinator", "bed.report",
                "'bed':'home-01','readiness':'ready','source':'staff'");
}

static void
test_scope (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "unit:lodge", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "owner:acme", "bed.close", "'bed':'ward-01','reason':'repair'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "bed.close", "'bed':'ward-01','reason':'repair'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "wallboard", "unit.confirm", "'unit':'ward'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "analyst", "unit.confirm", "'unit':'ward'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "referrer:qa", "referral.submit",
                "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'male','age_band':'75_84',"
                "'home':'SO51','agreed':'yes','source':'rhch'");
}

static void
test_unknown (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_expect (scene, BED_ERROR_UNKNOWN_BED, "bed", "local", "bed.open", "'bed':'nowhere-01'");
  scene_expect (scene, BED_ERROR_UNKNOWN_UNIT, "unit", "local", "unit.confirm", "'unit':'nowhere'");
  char code[BED_CODE_SIZE];
  bed_code_print (99, code);
  scene_expect (scene, BED_ERROR_UNKNOWN_REFERRAL, "referral", "local", "hold.release", "'referral':'%s'", code);
}

static void
test_submit_refusals (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  const char *format = "'lane':'flow','pathway':'supported','type':'rehab','needs':%s,'sex':'male',"
                       "'age_band':'75_84','home':'%s','agreed':'yes','source':'rhch'%s";
  g_autofree char *far = g_strdup_printf (format, "{}", "ZZ9", "");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "home", "coordinator", "referral.submit", "%s", far);
  g_autofree char *near = g_strdup_printf (format, "{}", "SO51", ",'near':'ZZ9'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "near", "coordinator", "referral.submit", "%s", near);
  g_autofree char *late = g_strdup_printf (format, "{}", "SO51", ",'ready_at':'2027-11-22T10:00:00Z'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "ready_at", "coordinator", "referral.submit", "%s", late);
}

static void
test_register_full (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  for (guint i = 0; i < 64; i++)
    scene_refer (scene);
  scene_expect (scene, BED_ERROR_TOO_MANY, "", "coordinator", "referral.submit",
                "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
                "'home':'SO51','agreed':'yes','source':'rhch'");
}

static void
test_one_bed_one_person (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_HELD);
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_BED_TAKEN, "", "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'",
                scene->last_code);
  BedOffer next;
  g_assert_true (broker_rules_find_next (scene->reg, scene->refusal.referral, scene->now_us, &next));
  g_assert_cmpstr (broker_register_peek_table (scene->reg)->beds[next.bed].id, !=, "ward-03");
}

static void
test_one_person_one_bed (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  scene_expect (scene, BED_ERROR_ALREADY_HELD, "", "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'",
                scene->last_code);
}

static void
expect_not_offerable (Scene *scene, const char *axis, const char *bed)
{
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_NOT_OFFERABLE, axis, "coordinator", "hold.take", "'referral':'%s','bed':'%s'",
                scene->last_code, bed);
}

static void
test_not_offerable_names_the_axis (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_do (scene, "local", "bed.close", "'bed':'ward-01','reason':'repair'");
  expect_not_offerable (scene, "service", "ward-01");
  scene_do (scene, "local", "bed.report", "'bed':'ward-02','occupancy':'unknown'");
  expect_not_offerable (scene, "occupancy", "ward-02");
  scene_do (scene, "local", "bed.report", "'bed':'ward-03','readiness':'dirty'");
  expect_not_offerable (scene, "readiness", "ward-03");
  scene_do (scene, "local", "bed.report", "'bed':'ward-04','isolation':'barrier'");
  expect_not_offerable (scene, "isolation", "ward-04");
  expect_not_offerable (scene, "service", "home-02"); /* not in effect before 2027 */
}

static void
test_staffed_cap (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced (); /* lodge: 4 beds, staffed for 3 */
  for (guint i = 1; i <= 3; i++)
    {
      scene_refer (scene);
      scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-0%u','override':'system_pressure'", scene->last_code, i);
    }
  g_assert_false (scene_bed (scene, "lodge-04")->flags & BED_FLAG_OFFERABLE);
  expect_not_offerable (scene, "staffed_cap", "lodge-04");
}

static void
test_stale_bed_is_not_offered (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  /* The instant itself refuses, before the clock's event says so. */
  scene->now_us += 4 * BED_HOUR_US + 1;
  scene_expect (scene, BED_ERROR_NOT_OFFERABLE, "freshness", "coordinator", "hold.take",
                "'referral':'%s','bed':'ward-03'", scene->last_code);
  scene_pass (scene, 0);
  g_assert_true (scene_bed (scene, "ward-03")->flags & BED_FLAG_STALE);
  g_assert_true (scene_unit (scene, "ward")->flags & BED_FLAG_STALE);
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_assert_false (scene_unit (scene, "ward")->flags & BED_FLAG_STALE);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
}

static void
test_suitability (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  const char *format = "'lane':'flow','pathway':'%s','type':'%s','needs':%s,'sex':'%s','age_band':'75_84',"
                       "'home':'SO51','agreed':'yes','source':'rhch'";
  const struct
  {
    const char *pathway, *type, *needs, *sex, *bed, *member;
    BedError error;
    guint64 missing;
  } cases[] = {
    { "supported", "chc", "{}", "male", "ward-01", "type", BED_ERROR_NOT_SUITABLE, 0 },
    { "supported", "rehab", "{}", "male", "ward-03", "", BED_ERROR_BAY_SEX, 0 },
    { "supported", "rehab", "{'must':['hoist','oxygen']}", "male", "ward-01", "must", BED_ERROR_NOT_SUITABLE,
      G_GUINT64_CONSTANT (1) << BED_NEED_OXYGEN },
    { "supported", "rehab", "{'must_not':['smoker']}", "male", "ward-04", "must_not", BED_ERROR_NOT_SUITABLE,
      G_GUINT64_CONSTANT (1) << BED_NEED_SMOKER },
    { "simple", "rehab", "{}", "male", "ward-01", "pathway", BED_ERROR_NOT_SUITABLE, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *params
          = g_strdup_printf (format, cases[i].pathway, cases[i].type, cases[i].needs, cases[i].sex);
      scene_do (scene, "coordinator", "referral.submit", "%s", params);
      scene_expect (scene, cases[i].error, cases[i].member, "coordinator", "hold.take",
                    "'referral':'%s','bed':'%s'", scene->last_code, cases[i].bed);
      g_assert_cmphex (scene->refusal.missing, ==, cases[i].missing);
    }
}

static void
test_any_bay_takes_the_first_persons_sex (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  const char *man = "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'male','age_band':'75_84',"
                    "'home':'SO51','agreed':'yes','source':'rhch'";
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "ward-02")->bay_sex, ==, BED_BAY_SEX_FEMALE);
  scene_do (scene, "coordinator", "referral.submit", "%s", man);
  scene_expect (scene, BED_ERROR_BAY_SEX, "", "coordinator", "hold.take", "'referral':'%s','bed':'ward-02'",
                scene->last_code);
  scene_pass (scene, 4 * BED_HOUR_US - 1); /* the hold has one microsecond left */
  g_assert_cmpint (scene_bed (scene, "ward-02")->bay_sex, ==, BED_BAY_SEX_FEMALE);
  scene_pass (scene, 1);
  g_assert_cmpint (scene_bed (scene, "ward-02")->bay_sex, ==, BED_BAY_SEX_ANY);
}

static void
test_unsure_bay_is_not_offered (void)
{
  g_autoptr (Scene) scene = scene_new ();
  scene_do (scene, "local", "bed.report", "'bed':'ward-01','occupancy':'occupied'");
  scene_do (scene, "local", "bed.report", "'bed':'ward-02','occupancy':'vacant'");
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_BAY_SEX, "", "coordinator", "hold.take", "'referral':'%s','bed':'ward-02'",
                scene->last_code);
}

static void
test_hold_lengths (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "minutes", "coordinator", "hold.take",
                "'referral':'%s','bed':'ward-03','minutes':241", scene->last_code);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "override", "clinician", "hold.take",
                "'referral':'%s','bed':'ward-03','minutes':241,'override':'clinical_priority'", scene->last_code);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "override", "clinician", "placement.place",
                "'referral':'%s','bed':'ward-03','override':'clinical_priority'", scene->last_code);
  scene_do (scene, "coordinator", "hold.take",
            "'referral':'%s','bed':'ward-03','minutes':241,'override':'clinical_priority'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->until_us, ==, scene->now_us + 241 * BED_MINUTE_US);
}

static void
test_hold_expires_by_the_clock (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03','minutes':10", scene->last_code);
  g_assert_cmpuint (scene_pass (scene, 10 * BED_MINUTE_US - 1), ==, 0);
  g_assert_cmpuint (scene_pass (scene, 1), ==, 1);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_WAITING);
}

static void
test_accepting_an_expired_hold (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03','minutes':10", scene->last_code);
  scene->now_us += 10 * BED_MINUTE_US;
  scene_expect (scene, BED_ERROR_EXPIRED, "", "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
}

static void
test_who_may_accept (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-03'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_HELD); /* the ward itself accepts */
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "assessor", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_ACCEPTED);
}

static void
test_placing_accepts_where_the_lap_decides (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-01','override':'system_pressure'", scene->last_code);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_ACCEPTED);
}

static void
test_proxy_accepts_by_phone (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'home-01'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "home-01")->display, ==, BED_DISPLAY_HELD);
  scene_do (scene, "coordinator", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "coordinator", "placement.arrive", "'referral':'%s','bed':'home-01'", scene->last_code);
}

static void
test_not_agreed (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'urgent','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'95_plus',"
            "'home':'nfa','agreed':'not_yet','source':'rhch'");
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-01','override':'system_pressure'", scene->last_code);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_HELD);
  scene_expect (scene, BED_ERROR_NOT_AGREED, "", "coordinator", "placement.accept", "'referral':'%s'",
                scene->last_code);
}

static void
test_stay (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-01','override':'system_pressure'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_BED, "bed", "owner:county", "placement.arrive",
                "'referral':'%s','bed':'lodge-02'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "owner:county", "placement.leave",
                "'referral':'%s','outcome':'home'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:lodge", "bed.report",
                "'bed':'lodge-01','occupancy':'occupied'");
  scene_do (scene, "unit:lodge", "placement.arrive", "'referral':'%s','bed':'lodge-01'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->display, ==, BED_DISPLAY_OCCUPIED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:lodge", "bed.report",
                "'bed':'lodge-01','occupancy':'vacant'");
  scene_do (scene, "unit:lodge", "placement.leave", "'referral':'%s','outcome':'home'", scene->last_code);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->display, ==, BED_DISPLAY_CLEANING);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "hold.take",
                "'referral':'%s','bed':'lodge-02'", scene->last_code);
}

static void
test_closing (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "bed.open", "'bed':'ward-03'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "bed.close",
                "'bed':'ward-03','reason':'repair','until':'2026-11-22T09:00:00Z'");
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair'");
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_WAITING);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_CLOSED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "bed.close",
                "'bed':'ward-03','reason':'repair'");
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-03'");
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_FREE);
}

static void
test_release (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "referrer:rhch", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "referrer:qa", "hold.release", "'referral':'%s'", scene->last_code);
  scene_do (scene, "referrer:rhch", "hold.release", "'referral':'%s'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "referrer:rhch", "hold.release", "'referral':'%s'",
                scene->last_code);
}

static void
test_clock_breaches_once (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch','ready_at':'2026-11-22T10:00:00Z'");
  scene_pass (scene, BED_DAY_US - 1);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->breached, ==, 0);
  scene_pass (scene, 1);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->breached, ==, 1 << BED_CLOCK_READY_TO_SERVICE);
}

static void
test_unit_ends_by_the_clock (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  guint in_effect = scene_unit (scene, "lodge")->in_effect;
  g_assert_cmpuint (in_effect, ==, 4);
  scene_pass (scene, 3 * BED_DAY_US);
  g_assert_cmpuint (scene_unit (scene, "lodge")->in_effect, ==, 0);
  g_assert_false (scene_bed (scene, "lodge-01")->flags & BED_FLAG_IN_EFFECT);
  g_assert_cmpuint (scene_unit (scene, "home")->in_effect, ==, 1);
  scene_pass (scene, 40 * BED_DAY_US);
  g_assert_cmpuint (scene_unit (scene, "home")->in_effect, ==, 2);
  scene_do (scene, "local", "bed.close", "'bed':'lodge-01','reason':'decommissioned'"); /* derives it again */
  g_assert_cmpuint (scene_pass (scene, 1), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/first-observation", test_first_observation);
  g_test_add_func ("/rules/occupied-only-by-arrival", test_occupied_only_by_arrival);
  g_test_add_func ("/rules/never-ready-without-a-clean", test_never_ready_without_a_clean);
  g_test_add_func ("/rules/departure-of-a-stranger", test_departure_of_a_stranger_leaves_a_dirty_bed);
  g_test_add_func ("/rules/expected-free-only-while-occupied", test_expected_free_only_while_occupied);
  g_test_add_func ("/rules/coordinator-knows-by-phone", test_coordinator_knows_by_phone);
  g_test_add_func ("/rules/scope", test_scope);
  g_test_add_func ("/rules/unknown", test_unknown);
  g_test_add_func ("/rules/submit-refusals", test_submit_refusals);
  g_test_add_func ("/rules/register-full", test_register_full);
  g_test_add_func ("/rules/one-bed-one-person", test_one_bed_one_person);
  g_test_add_func ("/rules/one-person-one-bed", test_one_person_one_bed);
  g_test_add_func ("/rules/not-offerable-names-the-axis", test_not_offerable_names_the_axis);
  g_test_add_func ("/rules/staffed-cap", test_staffed_cap);
  g_test_add_func ("/rules/stale-bed", test_stale_bed_is_not_offered);
  g_test_add_func ("/rules/suitability", test_suitability);
  g_test_add_func ("/rules/any-bay", test_any_bay_takes_the_first_persons_sex);
  g_test_add_func ("/rules/unsure-bay", test_unsure_bay_is_not_offered);
  g_test_add_func ("/rules/hold-lengths", test_hold_lengths);
  g_test_add_func ("/rules/hold-expires", test_hold_expires_by_the_clock);
  g_test_add_func ("/rules/accept-expired", test_accepting_an_expired_hold);
  g_test_add_func ("/rules/who-may-accept", test_who_may_accept);
  g_test_add_func ("/rules/placing-accepts", test_placing_accepts_where_the_lap_decides);
  g_test_add_func ("/rules/proxy-accepts-by-phone", test_proxy_accepts_by_phone);
  g_test_add_func ("/rules/not-agreed", test_not_agreed);
  g_test_add_func ("/rules/stay", test_stay);
  g_test_add_func ("/rules/closing", test_closing);
  g_test_add_func ("/rules/release", test_release);
  g_test_add_func ("/rules/clock-breaches-once", test_clock_breaches_once);
  g_test_add_func ("/rules/unit-ends-by-the-clock", test_unit_ends_by_the_clock);
  return g_test_run ();
}
