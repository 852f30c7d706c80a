/* test-rules-placing.c: holding, placing, and what ends a hold: one fact a case, each refusal produced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "placing-scene.h"

#define BIT(need) (G_GUINT64_CONSTANT (1) << BED_NEED_##need)

static Person
hold (Placing *scene, const char *bed)
{
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", person.code, bed);
  return person;
}

static void
refuse_hold (Placing *scene, BedError error, const char *member, Person person, const char *bed)
{
  scene_expect (scene, error, member, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", person.code, bed);
}

static void
test_hold (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  const BedReferralRow *row = scene_referral (scene, person.code);
  const BedBedRow *bed = scene_bed (scene, "ward-03");
  g_assert_cmpint (row->state, ==, BED_STATE_HELD);
  g_assert_cmpuint (row->bed, ==, placing_bed (scene, "ward-03"));
  g_assert_cmpint (row->until_us, ==, scene->now_us + 4 * BED_HOUR_US);
  g_assert_cmpuint (row->hold_min, ==, 240);
  g_assert_cmpint (bed->commitment, ==, BED_COMMITMENT_HELD);
  g_assert_cmpint (bed->until_us, ==, row->until_us);
  g_assert_cmpuint (bed->hold_min, ==, 240);
}

static void
test_urgent_hold_is_an_hour (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer_as (scene, "urgent", "female", "rehab", "{}");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "minutes", "clinician", "hold.take",
                "'referral':'%s','bed':'ward-03','minutes':61", person.code);
  scene_do (scene, "clinician", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
  g_assert_cmpuint (scene_referral (scene, person.code)->hold_min, ==, 60);
}

static void
test_hold_override (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "override", "clinician", "hold.take",
                "'referral':'%s','bed':'ward-03','override':'safeguarding'", person.code);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "minutes", "local", "hold.take",
                "'referral':'%s','bed':'ward-03','minutes':1441,'override':'safeguarding'", person.code);
  scene_do (scene, "local", "hold.take", "'referral':'%s','bed':'ward-03','minutes':1440,'override':'safeguarding'",
            person.code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->until_us, ==, scene->now_us + BED_DAY_US);
}

static void
test_override_reaches_the_ring_fence (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer_as (scene, "flow", "female", "step_down", "{}");
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "type", person, "ward-01");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01','override':'system_pressure'",
            person.code);
}

static void
test_override_reaches_no_further (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer_as (scene, "flow", "male", "rehab", "{}");
  scene_expect (scene, BED_ERROR_BAY_SEX, "", "coordinator", "hold.take",
                "'referral':'%s','bed':'ward-03','override':'system_pressure'", person.code);
}

static void
test_taken (void)
{
  g_autoptr (Placing) scene = placing_new ();
  hold (scene, "ward-03");
  Person late = placing_refer (scene);
  refuse_hold (scene, BED_ERROR_BED_TAKEN, "", late, "ward-03");
  g_assert_cmpuint (scene->refusal.referral, ==, broker_register_find_referral (scene->reg, late.code));
}

static void
test_person_has_one (void)
{
  g_autoptr (Placing) scene = placing_new ();
  refuse_hold (scene, BED_ERROR_ALREADY_HELD, "", hold (scene, "ward-03"), "ward-04");
}

static void
test_only_who_waits (void)
{
  g_autoptr (Placing) scene = placing_new ();
  scene_do (scene, "referrer:rhch", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch'");
  refuse_hold (scene, BED_ERROR_WRONG_STATE, "referral", placing_last (scene), "ward-03");
}

static void
test_simple_never_takes_a_bed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'simple','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch'");
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "pathway", placing_last (scene), "ward-03");
}

static void
test_axes (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "local", "bed.close", "'bed':'ward-01','reason':'repair'");
  scene_do (scene, "local", "bed.report", "'bed':'ward-02','readiness':'dirty'");
  scene_do (scene, "local", "bed.report", "'bed':'ward-04','isolation':'barrier'");
  refuse_hold (scene, BED_ERROR_NOT_OFFERABLE, "service", person, "ward-01");
  refuse_hold (scene, BED_ERROR_NOT_OFFERABLE, "readiness", person, "ward-02");
  refuse_hold (scene, BED_ERROR_NOT_OFFERABLE, "isolation", person, "ward-04");
  refuse_hold (scene, BED_ERROR_NOT_OFFERABLE, "service", person, "home-02"); /* not in effect */
  scene->now_us += 4 * BED_HOUR_US + 1;
  refuse_hold (scene, BED_ERROR_NOT_OFFERABLE, "freshness", person, "ward-03");
  scene_pass (scene, 0); /* and after the clock has said so */
  refuse_hold (scene, BED_ERROR_NOT_OFFERABLE, "freshness", person, "ward-03");
}

static void
test_infection_needs_a_room (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer_as (scene, "flow", "female", "rehab", "{'infection':'influenza'}");
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "isolation", person, "ward-03");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", person.code);
}

static void
test_needs (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person wants = placing_refer_as (scene, "flow", "female", "rehab", "{'must':['hoist','oxygen']}");
  Person shuns = placing_refer_as (scene, "flow", "female", "rehab", "{'must_not':['smoker']}");
  Person heavy = placing_refer_as (scene, "flow", "female", "rehab", "{'weight_band':'to_230'}");
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "must", wants, "ward-01");
  g_assert_cmphex (scene->refusal.missing, ==, BIT (OXYGEN));
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "must_not", shuns, "ward-04");
  g_assert_cmphex (scene->refusal.missing, ==, BIT (SMOKER));
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "must", heavy, "ward-03"); /* 180 kg */
  g_assert_cmphex (scene->refusal.missing, ==, BIT (BARIATRIC));
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", heavy.code); /* 250 kg */
}

static void
test_admission_is_asked_now (void)
{
  g_autoptr (Placing) scene = placing_new (); /* a Sunday */
  Person person = placing_refer (scene);
  placing_admit (scene->reg, "ward", BED_ADMITS_NIGHTS);
  refuse_hold (scene, BED_ERROR_NOT_SUITABLE, "admission_rules", person, "ward-03");
}

static void
test_placing_asks_the_unit (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "clinician", "placement.place", "'referral':'%s','bed':'ward-03'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_HELD);
  g_assert_cmpint (scene_referral (scene, person.code)->until_us, ==, scene->now_us + 4 * BED_HOUR_US);
}

static void
test_placing_is_the_laps_yes (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_accepted (scene, "lodge-01");
  g_assert_cmpint (scene_referral (scene, person.code)->until_us, ==, 0);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->commitment, ==, BED_COMMITMENT_ACCEPTED);
  g_assert_cmpuint (scene_unit (scene, "lodge")->n_answers, ==, 1);
}

static void
test_place_refused (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_expect (scene, BED_ERROR_NOT_SUITABLE, "type", "coordinator", "placement.place",
                "'referral':'%s','bed':'lodge-01'", person.code);
}

static void
test_passing_over_somebody_needs_a_reason (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person first = placing_refer (scene), second = placing_refer (scene);
  g_assert_true (placing_offer (scene, first, "ward-03"));
  scene_expect (scene, BED_ERROR_FORBIDDEN, "override", "coordinator", "placement.place",
                "'referral':'%s','bed':'ward-03'", second.code);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-03','override':'clinical_priority'",
            second.code);
  g_assert_cmpuint (scene_referral (scene, first.code)->offer_bed, ==, BED_NONE);
}

static void
test_ones_own_proposal_needs_none (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  g_assert_true (placing_offer (scene, person, "ward-03"));
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-03'", person.code);
  g_assert_cmpuint (scene_referral (scene, person.code)->offer_bed, ==, BED_NONE);
}

static void
test_a_hold_is_no_placing (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person first = placing_refer (scene), second = placing_refer (scene);
  g_assert_true (placing_offer (scene, first, "ward-03"));
  scene_do (scene, "referrer:rhch", "hold.take", "'referral':'%s','bed':'ward-03'", second.code);
}

static void
test_not_yet_agreed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'d2a','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'not_yet','home_first':'unsafe_home','source':'rhch'");
  Person person = placing_last (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-01'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_HELD);
  scene_expect (scene, BED_ERROR_NOT_AGREED, "", "coordinator", "placement.accept", "'referral':'%s'", person.code);
}

static void
test_proxy_is_asked_by_phone (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'home-01'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_HELD);
  scene_do (scene, "coordinator", "placement.accept", "'referral':'%s'", person.code);
}

/* Its LAP may say yes, but has to ask first. */
static void
test_proxy_of_its_lap (void)
{
  g_autoptr (Placing) scene = placing_new ();
  const BrokerReference *reference = broker_register_peek_reference (scene->reg);
  Person person = placing_refer (scene);
  reference->units[bed_places_find_unit (broker_register_peek_places (scene->reg), "home")].accepts = BED_ACCEPTS_LAP;
  scene_do (scene, "clinician", "placement.place", "'referral':'%s','bed':'home-01'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_HELD);
  scene_free (g_steal_pointer (&scene)); /* the reference was bent: nothing to replay */
}

/* Neither a hold nor a proposal that still runs hides a breach. */
static void
test_breach_during_a_hold (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer_as (scene, "urgent", "female", "rehab", "{}");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03','minutes':180,'override':'safeguarding'",
            person.code);
  scene_pass (scene, 2 * BED_HOUR_US);
  g_assert_true (scene_referral (scene, person.code)->breached >> BED_CLOCK_UCR_RESPONSE & 1);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_HELD);
}

static void
test_breach_during_a_proposal (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer_as (scene, "urgent", "female", "rehab", "{}");
  scene_pass (scene, 2 * BED_HOUR_US - BED_MINUTE_US);
  g_assert_true (placing_offer (scene, person, "ward-03"));
  scene_pass (scene, BED_MINUTE_US);
  g_assert_true (scene_referral (scene, person.code)->breached >> BED_CLOCK_UCR_RESPONSE & 1);
  g_assert_cmpuint (scene_referral (scene, person.code)->offer_bed, ==, placing_bed (scene, "ward-03"));
}

/* One clock of two, and nothing is proposed. */
static void
test_breach_while_waiting (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "referral.amend", "'referral':'%s','ready_at':'2026-11-24T10:00:00Z'", person.code);
  scene_pass (scene, 2 * BED_DAY_US);
  g_assert_cmphex (scene_referral (scene, person.code)->breached, ==, 1u << BED_CLOCK_BED_START);
}

static void
test_extend_once (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  gint64 until_us = scene_referral (scene, person.code)->until_us;
  scene_do (scene, "referrer:rhch", "hold.extend", "'referral':'%s','reason':'family'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->until_us, ==, until_us + 4 * BED_HOUR_US);
  g_assert_cmpint (scene_bed (scene, "ward-03")->until_us, ==, until_us + 4 * BED_HOUR_US);
  g_assert_cmpuint (scene_bed (scene, "ward-03")->hold_min, ==, 480);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "hold", "coordinator", "hold.extend", "'referral':'%s','reason':'family'",
                person.code);
}

static void
test_extend_each_hold (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene_do (scene, "coordinator", "hold.extend", "'referral':'%s','reason':'family'", person.code);
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", person.code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
  scene_do (scene, "coordinator", "hold.extend", "'referral':'%s','reason':'family'", person.code);
}

static void
test_expired (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene->now_us += 4 * BED_HOUR_US; /* and the clock has not spoken yet */
  scene_expect (scene, BED_ERROR_EXPIRED, "", "unit:ward", "placement.accept", "'referral':'%s'", person.code);
  scene_expect (scene, BED_ERROR_EXPIRED, "", "coordinator", "hold.extend", "'referral':'%s','reason':'family'",
                person.code);
  scene_expect (scene, BED_ERROR_EXPIRED, "", "unit:ward", "placement.assessing",
                "'referral':'%s','until':'2026-11-22T18:00:00Z'", person.code);
}

static void
test_expires_by_the_clock (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene_pass (scene, 4 * BED_HOUR_US - 1);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_HELD);
  scene_pass (scene, 1);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_WAITING);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_NONE);
}

static void
test_assessing (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  const char *format = "'referral':'%s','until':'%s'";
  placing_admit (scene->reg, "ward", BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "own_assessment", "unit:ward", "placement.assessing",
                "'referral':'%s','until':'2026-11-23T09:00:00Z'", person.code);
  placing_admit_all (scene->reg);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "unit:ward", "placement.assessing", format, person.code,
                "2026-11-22T10:00:00Z");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "unit:ward", "placement.assessing", format, person.code,
                "2026-11-23T10:00:01Z");
  scene_do (scene, "unit:ward", "placement.assessing", format, person.code, "2026-11-23T10:00:00Z");
  g_assert_cmpint (scene_referral (scene, person.code)->until_us, ==, scene->now_us + BED_DAY_US);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "assessing", "unit:ward", "placement.assessing", format, person.code,
                "2026-11-23T09:00:00Z");
}

static void
test_accept (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ACCEPTED);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_ACCEPTED);
  g_assert_cmpint (scene_bed (scene, "ward-03")->until_us, ==, 0);
  g_assert_cmpuint (scene_unit (scene, "ward")->n_answers, ==, 1);
  g_assert_cmphex (scene_unit (scene, "ward")->faults, ==, 0);
}

static void
test_decline (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'not_stable'", person.code);
  const BedReferralRow *row = scene_referral (scene, person.code);
  g_assert_cmpint (row->state, ==, BED_STATE_WAITING);
  g_assert_cmpuint (row->bed, ==, BED_NONE);
  g_assert_cmpuint (row->declined_by[0], !=, BED_NONE);
  g_assert_cmpuint (row->declined_by[1], ==, BED_NONE);
  g_assert_true (scene_bed (scene, "ward-03")->flags & BED_FLAG_OFFERABLE);
  g_assert_cmpuint (scene_unit (scene, "ward")->n_answers, ==, 1);
}

static void
test_starred_decline (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'not_ready'", person.code);
  g_assert_true (scene_bed (scene, "ward-03")->flags & BED_FLAG_STALE);
  g_assert_false (scene_bed (scene, "ward-03")->flags & BED_FLAG_OFFERABLE);
  g_assert_cmphex (scene_unit (scene, "ward")->faults, ==, 1);
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_assert_true (scene_bed (scene, "ward-03")->flags & BED_FLAG_OFFERABLE);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", person.code);
  g_assert_cmphex (scene_unit (scene, "ward")->faults, ==, 2); /* older by one */
}

static void
test_declined_by_newest_first (void)
{
  g_autoptr (Placing) scene = placing_new ();
  const char *const beds[] = { "ward-03", "home-01", "ward-03" };
  Person person = placing_refer (scene);
  for (guint i = 0; i < G_N_ELEMENTS (beds); i++)
    {
      scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", person.code, beds[i]);
      scene_do (scene, "local", "placement.decline", "'referral':'%s','reason':'too_far'", person.code);
    }
  const BedReferralRow *row = scene_referral (scene, person.code);
  const BedPlaces *places = broker_register_peek_places (scene->reg);
  g_assert_cmpuint (row->declined_by[0], ==, bed_places_find_unit (places, "ward"));
  g_assert_cmpuint (row->declined_by[1], ==, bed_places_find_unit (places, "home"));
  g_assert_cmpuint (row->declined_by[2], ==, BED_NONE);
}

static void
test_answers_are_the_last_thirty_two (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  for (guint i = 0; i < BED_ANSWERS + 1; i++)
    {
      scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
      scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'too_far'", person.code);
    }
  g_assert_cmpuint (scene_unit (scene, "ward")->n_answers, ==, BED_ANSWERS);
}

static void
test_closing_breaks_a_hold (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = hold (scene, "ward-03");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair'");
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_WAITING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-placing/hold", test_hold);
  g_test_add_func ("/rules-placing/urgent-hold", test_urgent_hold_is_an_hour);
  g_test_add_func ("/rules-placing/hold-override", test_hold_override);
  g_test_add_func ("/rules-placing/override-ring-fence", test_override_reaches_the_ring_fence);
  g_test_add_func ("/rules-placing/override-no-further", test_override_reaches_no_further);
  g_test_add_func ("/rules-placing/taken", test_taken);
  g_test_add_func ("/rules-placing/person-has-one", test_person_has_one);
  g_test_add_func ("/rules-placing/only-who-waits", test_only_who_waits);
  g_test_add_func ("/rules-placing/simple", test_simple_never_takes_a_bed);
  g_test_add_func ("/rules-placing/axes", test_axes);
  g_test_add_func ("/rules-placing/infection", test_infection_needs_a_room);
  g_test_add_func ("/rules-placing/needs", test_needs);
  g_test_add_func ("/rules-placing/admission", test_admission_is_asked_now);
  g_test_add_func ("/rules-placing/asks-the-unit", test_placing_asks_the_unit);
  g_test_add_func ("/rules-placing/laps-yes", test_placing_is_the_laps_yes);
  g_test_add_func ("/rules-placing/place-refused", test_place_refused);
  g_test_add_func ("/rules-placing/passing-over", test_passing_over_somebody_needs_a_reason);
  g_test_add_func ("/rules-placing/own-proposal", test_ones_own_proposal_needs_none);
  g_test_add_func ("/rules-placing/hold-is-no-placing", test_a_hold_is_no_placing);
  g_test_add_func ("/rules-placing/not-yet-agreed", test_not_yet_agreed);
  g_test_add_func ("/rules-placing/proxy", test_proxy_is_asked_by_phone);
  g_test_add_func ("/rules-placing/proxy-of-its-lap", test_proxy_of_its_lap);
  g_test_add_func ("/rules-placing/breach-during-a-hold", test_breach_during_a_hold);
  g_test_add_func ("/rules-placing/breach-during-a-proposal", test_breach_during_a_proposal);
  g_test_add_func ("/rules-placing/breach-while-waiting", test_breach_while_waiting);
  g_test_add_func ("/rules-placing/extend-once", test_extend_once);
  g_test_add_func ("/rules-placing/extend-each-hold", test_extend_each_hold);
  g_test_add_func ("/rules-placing/expired", test_expired);
  g_test_add_func ("/rules-placing/expires", test_expires_by_the_clock);
  g_test_add_func ("/rules-placing/assessing", test_assessing);
  g_test_add_func ("/rules-placing/accept", test_accept);
  g_test_add_func ("/rules-placing/decline", test_decline);
  g_test_add_func ("/rules-placing/starred-decline", test_starred_decline);
  g_test_add_func ("/rules-placing/declined-by", test_declined_by_newest_first);
  g_test_add_func ("/rules-placing/thirty-two-answers", test_answers_are_the_last_thirty_two);
  g_test_add_func ("/rules-placing/closing-breaks-a-hold", test_closing_breaks_a_hold);
  return g_test_run ();
}
