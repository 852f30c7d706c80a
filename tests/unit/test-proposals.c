/* test-proposals.c: who is shown which bed, for how long, and what takes it from them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "placing-scene.h"

static void
assert_offered (Placing *scene, Person person, const char *bed)
{
  guint32 offered = scene_referral (scene, person.code)->offer_bed;
  const BedTable *table = broker_register_peek_table (scene->reg);
  g_assert_cmpstr (offered != BED_NONE ? table->beds[offered].id : "nothing", ==, bed);
}

/* Of the ward only that bed is left, and the home takes nobody. */
static void
leave_only (Placing *scene, const char *bed)
{
  const char *const others[] = { "ward-01", "ward-02", "ward-03", "ward-04", "home-01" };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i], bed) != 0)
      scene_do (scene, "local", "bed.close", "'bed':'%s','reason':'staffing'", others[i]);
}

static void
test_nearest (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  g_assert_cmpuint (placing_propose (scene), ==, 1);
  assert_offered (scene, person, "ward-02"); /* fewest features that nobody asked for, then the label */
  g_assert_cmpint (scene_referral (scene, person.code)->offered_at_us, ==, scene->now_us);
  g_assert_cmpuint (placing_propose (scene), ==, 0);
}

static void
test_nothing_before_an_import (void)
{
  g_autoptr (BrokerRegister) reg = broker_register_new (64);
  g_autoptr (BrokerProposals) proposals = broker_proposals_new ();
  g_autofree BedCommand *commands = g_new0 (BedCommand, BROKER_PROPOSALS_MAX);
  g_assert_cmpuint (broker_proposals_draw (proposals, reg, SCENE_START_US, commands), ==, 0);
}

static void
test_urgent_then_turned_back_then_overdue (void)
{
  g_autoptr (Placing) scene = placing_new ();
  leave_only (scene, "ward-03");
  Person first = placing_refer (scene);
  scene->now_us += BED_MINUTE_US;
  Person second = placing_refer (scene);
  placing_propose (scene);
  assert_offered (scene, first, "ward-03");

  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-03','override':'person_choice'",
            second.code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", second.code);
  scene_do (scene, "unit:ward", "placement.turned_back", "'referral':'%s','reason':'not_stable'", second.code);
  placing_propose (scene);
  assert_offered (scene, second, "nothing"); /* not where they have come from */
  assert_offered (scene, first, "ward-03");
  scene_do (scene, "local", "bed.open", "'bed':'home-01'");
  placing_propose (scene);
  assert_offered (scene, second, "home-01");

  Person urgent = placing_refer_as (scene, "urgent", "female", "rehab", "{}");
  placing_propose (scene);
  assert_offered (scene, urgent, "ward-03");
  assert_offered (scene, second, "home-01");
  assert_offered (scene, first, "nothing");
}

static void
test_most_overdue_by_readiness (void)
{
  g_autoptr (Placing) scene = placing_new ();
  leave_only (scene, "ward-03");
  Person asked_first = placing_refer (scene);
  scene->now_us += BED_MINUTE_US;
  Person ready_first = placing_refer (scene);
  scene_do (scene, "coordinator", "referral.amend", "'referral':'%s','ready_at':'2026-11-21T10:00:00Z'", ready_first.code);
  placing_propose (scene);
  assert_offered (scene, ready_first, "ward-03");
  assert_offered (scene, asked_first, "nothing");
}

static void
test_each_bed_to_one (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person first = placing_refer (scene), second = placing_refer (scene);
  g_assert_true (placing_offer (scene, first, "ward-03"));
  g_assert_cmpuint (broker_register_peek_proposed (scene->reg, placing_bed (scene, "ward-03")), ==,
                    broker_register_find_referral (scene->reg, first.code));
  g_assert_true (placing_offer (scene, second, "ward-03"));
  assert_offered (scene, first, "nothing");
  assert_offered (scene, second, "ward-03");
}

static void
test_lapses_after_a_quarter_of_an_hour (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  placing_propose (scene);
  scene_pass (scene, 15 * BED_MINUTE_US - 1);
  assert_offered (scene, person, "ward-02");
  g_assert_cmpuint (scene_pass (scene, 1), ==, 1);
  assert_offered (scene, person, "nothing");
  g_assert_cmpuint (scene_referral (scene, person.code)->lapsed_bed, ==, placing_bed (scene, "ward-02"));
}

static void
test_lapsed_bed_is_not_next (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  placing_propose (scene);
  scene_pass (scene, 15 * BED_MINUTE_US);
  placing_propose (scene);
  assert_offered (scene, person, "ward-03");
  scene_pass (scene, 15 * BED_MINUTE_US);
  placing_propose (scene);
  assert_offered (scene, person, "ward-02");
}

static void
test_lapsed_bed_is_somebody_elses_turn (void)
{
  g_autoptr (Placing) scene = placing_new ();
  leave_only (scene, "ward-03");
  Person first = placing_refer (scene), second = placing_refer (scene);
  placing_propose (scene);
  assert_offered (scene, first, "ward-03");
  scene_pass (scene, 15 * BED_MINUTE_US);
  placing_propose (scene);
  assert_offered (scene, first, "nothing");
  assert_offered (scene, second, "ward-03");
  scene_pass (scene, 15 * BED_MINUTE_US);
  placing_propose (scene);
  assert_offered (scene, first, "ward-03");
}

static void
test_taken_back_is_no_lapse (void)
{
  g_autoptr (Placing) scene = placing_new ();
  leave_only (scene, "ward-03");
  Person person = placing_refer (scene);
  placing_propose (scene);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-03','readiness':'dirty'");
  placing_propose (scene);
  assert_offered (scene, person, "nothing");
  g_assert_cmpuint (scene_referral (scene, person.code)->lapsed_bed, ==, BED_NONE);
}

static void
test_taking_back_nothing (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  g_assert_false (placing_offer (scene, person, NULL));
  g_assert_cmpstr (scene->refusal.member, ==, "offer");
}

static void
test_must_be_true (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  g_assert_false (placing_offer (scene, person, "lodge-01"));
  g_assert_cmpstr (scene->refusal.member, ==, "type");
}

static void
test_not_where_they_were_declined (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", person.code);
  scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'not_stable'", person.code);
  placing_propose (scene);
  assert_offered (scene, person, "home-01");
}

static void
test_hold_ends_a_proposal (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  placing_propose (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", person.code);
  assert_offered (scene, person, "nothing");
  g_assert_cmpuint (broker_register_peek_proposed (scene->reg, placing_bed (scene, "ward-03")), ==, BED_NONE);
}

static void
test_admission_is_asked (void)
{
  g_autoptr (Placing) scene = placing_new (); /* a Sunday */
  Person person = placing_refer (scene);
  placing_admit (scene->reg, "ward", BED_ADMITS_NIGHTS);
  placing_propose (scene);
  assert_offered (scene, person, "home-01");
}

/* Needs for which there is nothing are looked for once in a round, unless somebody's own history
 * ruled the bed out. */
static void
test_hopeless_for_one_is_not_for_all (void)
{
  g_autoptr (Placing) scene = placing_new ();
  leave_only (scene, "ward-03");
  Person first = placing_refer (scene), second = placing_refer (scene), third = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", first.code);
  scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'not_stable'", first.code);
  placing_propose (scene);
  assert_offered (scene, first, "nothing");
  assert_offered (scene, second, "ward-03");
  assert_offered (scene, third, "nothing");
}

static Person
link_to (Placing *scene, Person person, const char *home)
{
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'%s','agreed':'yes','home_first':'needs_nursing','source':'rhch'", home);
  Person other = placing_last (scene);
  scene_do (scene, "coordinator", "referral.link", "'referral':'%s','with':'%s'", person.code, other.code);
  return other;
}

static void
test_couple (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person one = placing_refer (scene), other = link_to (scene, one, "PO16");
  g_assert_cmpuint (placing_propose (scene), ==, 2);
  assert_offered (scene, one, "ward-02");
  assert_offered (scene, other, "ward-01");
  g_assert_cmpuint (scene_referral (scene, other.code)->offer_metres, >, scene_referral (scene, one.code)->offer_metres);
  g_assert_cmpuint (placing_propose (scene), ==, 0);
}

static void
test_couple_of_no_fixed_abode (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person one = placing_refer (scene), other = link_to (scene, one, "nfa");
  placing_propose (scene);
  assert_offered (scene, other, "ward-01");
  g_assert_cmpuint (scene_referral (scene, other.code)->offer_metres, ==, 0);
}

static void
test_couple_only_where_both_fit (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person one = placing_refer (scene), other = link_to (scene, one, "SO51");
  leave_only (scene, "ward-03");
  placing_propose (scene);
  assert_offered (scene, one, "nothing");
  assert_offered (scene, other, "nothing");
}

static void
test_couple_beds_are_not_given_twice (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person urgent = placing_refer_as (scene, "urgent", "female", "rehab", "{'must':['hoist']}");
  Person one = placing_refer (scene), other = link_to (scene, one, "SO51"), last = placing_refer (scene);
  placing_propose (scene);
  assert_offered (scene, urgent, "ward-01");
  assert_offered (scene, one, "ward-02");
  assert_offered (scene, other, "ward-03");
  assert_offered (scene, last, "ward-04");
}

static void
test_couple_declined (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person other = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", other.code);
  scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'not_stable'", other.code);
  Person one = link_to (scene, other, "SO51");
  placing_propose (scene);
  assert_offered (scene, one, "nothing"); /* the home has one room, and the ward has said no */
}

static void
test_couple_apart (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person one = placing_refer (scene), other = link_to (scene, one, "SO51");
  placing_propose (scene);
  scene_do (scene, "coordinator", "referral.pause", "'referral':'%s','reason':'became_unwell'", other.code);
  assert_offered (scene, other, "nothing");
  placing_propose (scene);
  assert_offered (scene, one, "nothing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proposals/nearest", test_nearest);
  g_test_add_func ("/proposals/before-an-import", test_nothing_before_an_import);
  g_test_add_func ("/proposals/order", test_urgent_then_turned_back_then_overdue);
  g_test_add_func ("/proposals/overdue", test_most_overdue_by_readiness);
  g_test_add_func ("/proposals/each-bed-to-one", test_each_bed_to_one);
  g_test_add_func ("/proposals/lapses", test_lapses_after_a_quarter_of_an_hour);
  g_test_add_func ("/proposals/lapsed-not-next", test_lapsed_bed_is_not_next);
  g_test_add_func ("/proposals/somebody-elses-turn", test_lapsed_bed_is_somebody_elses_turn);
  g_test_add_func ("/proposals/taken-back", test_taken_back_is_no_lapse);
  g_test_add_func ("/proposals/taking-back-nothing", test_taking_back_nothing);
  g_test_add_func ("/proposals/must-be-true", test_must_be_true);
  g_test_add_func ("/proposals/declined", test_not_where_they_were_declined);
  g_test_add_func ("/proposals/hold-ends-it", test_hold_ends_a_proposal);
  g_test_add_func ("/proposals/admission", test_admission_is_asked);
  g_test_add_func ("/proposals/hopeless", test_hopeless_for_one_is_not_for_all);
  g_test_add_func ("/proposals/couple", test_couple);
  g_test_add_func ("/proposals/couple-no-fixed-abode", test_couple_of_no_fixed_abode);
  g_test_add_func ("/proposals/couple-both-fit", test_couple_only_where_both_fit);
  g_test_add_func ("/proposals/couple-not-twice", test_couple_beds_are_not_given_twice);
  g_test_add_func ("/proposals/couple-declined", test_couple_declined);
  g_test_add_func ("/proposals/couple-apart", test_couple_apart);
  return g_test_run ();
}
