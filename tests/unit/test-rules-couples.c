/* test-rules-couples.c: two people who are found and held together, or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "placing-scene.h"

typedef struct
{
  Person one;
  Person other;
} Couple;

static Couple
couple_as (Placing *scene, const char *type, const char *sex, const char *other_sex, const char *needs)
{
  Couple couple;
  couple.one = placing_refer_as (scene, "flow", sex, type, "{}");
  couple.other = placing_refer_as (scene, "flow", other_sex, type, needs);
  scene_do (scene, "coordinator", "referral.link", "'referral':'%s','with':'%s'", couple.one.code, couple.other.code);
  return couple;
}

static Couple
couple_new (Placing *scene)
{
  return couple_as (scene, "rehab", "female", "female", "{}");
}

static void
hold (Placing *scene, Person person, const char *bed)
{
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", person.code, bed);
}

static void
refuse_hold (Placing *scene, Person person, const char *bed)
{
  scene_expect (scene, BED_ERROR_NOT_SUITABLE, "partner", "coordinator", "hold.take", "'referral':'%s','bed':'%s'",
                person.code, bed);
}

static void
assert_states (Placing *scene, Couple couple, BedReferralState one, BedReferralState other)
{
  g_assert_cmpstr (bed_words_print (&bed_state_words, scene_referral (scene, couple.one.code)->state), ==,
                   bed_words_print (&bed_state_words, one));
  g_assert_cmpstr (bed_words_print (&bed_state_words, scene_referral (scene, couple.other.code)->state), ==,
                   bed_words_print (&bed_state_words, other));
}

static void
assert_beds (Placing *scene, Couple couple, const char *one, const char *other)
{
  g_assert_cmpuint (scene_referral (scene, couple.one.code)->bed, ==, placing_bed (scene, one));
  g_assert_cmpuint (scene_referral (scene, couple.other.code)->bed, ==, placing_bed (scene, other));
}

static void
test_held_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  assert_states (scene, couple, BED_STATE_HELD, BED_STATE_HELD);
  assert_beds (scene, couple, "ward-03", "ward-01"); /* the first by its label */
  g_assert_cmpint (scene_referral (scene, couple.one.code)->until_us, ==,
                   scene_referral (scene, couple.other.code)->until_us);
  g_assert_cmpint (scene_bed (scene, "ward-01")->commitment, ==, BED_COMMITMENT_HELD);
}

static void
test_label_order (void)
{
  g_autoptr (Placing) scene = placing_new ();
  const BrokerReference *reference = broker_register_peek_reference (scene->reg);
  Couple couple = couple_new (scene);
  g_strlcpy (reference->beds[placing_bed (scene, "ward-01")].label, "Bed 10", sizeof reference->beds->label);
  hold (scene, couple.one, "ward-03");
  assert_beds (scene, couple, "ward-03", "ward-02");
  scene_free (g_steal_pointer (&scene)); /* the reference was bent: nothing to replay */
}

static void
test_the_other_may_ask (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.other, "ward-04");
  assert_beds (scene, couple, "ward-01", "ward-04");
}

static void
test_two_sexes_not_in_one_bay (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_as (scene, "rehab", "female", "male", "{}");
  hold (scene, couple.one, "ward-01");
  assert_beds (scene, couple, "ward-01", "ward-04"); /* ward-02 shares the bay, ward-03 is for women */
}

static void
test_partner_has_needs (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_as (scene, "rehab", "female", "female", "{'must':['ensuite']}");
  hold (scene, couple.one, "ward-01");
  assert_beds (scene, couple, "ward-01", "ward-04");
}

static void
test_no_bed_for_partner (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_as (scene, "rehab", "female", "female", "{'must':['oxygen']}");
  refuse_hold (scene, couple.one, "ward-01");
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_WAITING);
}

static void
test_override_is_for_both (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_as (scene, "step_down", "female", "female", "{}");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01','override':'system_pressure'",
            couple.one.code);
  assert_beds (scene, couple, "ward-01", "ward-02"); /* the only two with that flex type */
}

static void
test_staffing_for_two (void)
{
  g_autoptr (Placing) scene = placing_new (); /* the lodge is staffed for three */
  Couple couple = couple_as (scene, "d2a", "female", "male", "{}");
  placing_accepted (scene, "lodge-01");
  placing_accepted (scene, "lodge-02");
  refuse_hold (scene, couple.one, "lodge-03");
}

static void
test_partner_is_not_ready (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  scene_do (scene, "coordinator", "referral.pause", "'referral':'%s','reason':'became_unwell'", couple.other.code);
  refuse_hold (scene, couple.one, "ward-03");
}

static void
test_partner_needs_no_bed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  scene_do (scene, "coordinator", "referral.triage", "'referral':'%s','pathway':'simple','lane':'flow'",
            couple.other.code);
  hold (scene, couple.one, "ward-03");
  assert_states (scene, couple, BED_STATE_HELD, BED_STATE_TRIAGED);
}

static void
test_placed_and_accepted_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_as (scene, "d2a", "female", "male", "{}");
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-02'", couple.one.code);
  assert_states (scene, couple, BED_STATE_ACCEPTED, BED_STATE_ACCEPTED);
  assert_beds (scene, couple, "lodge-02", "lodge-01");
  g_assert_cmpuint (scene_unit (scene, "lodge")->n_answers, ==, 2);
}

static void
test_not_accepted_until_both_agree (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_as (scene, "d2a", "female", "male", "{}");
  scene_do (scene, "coordinator", "referral.amend", "'referral':'%s','agreed':'not_yet'", couple.other.code);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-02'", couple.one.code);
  assert_states (scene, couple, BED_STATE_HELD, BED_STATE_HELD);
  scene_expect (scene, BED_ERROR_NOT_AGREED, "partner", "coordinator", "placement.accept", "'referral':'%s'",
                couple.one.code);
  scene_expect (scene, BED_ERROR_NOT_AGREED, "", "coordinator", "placement.accept", "'referral':'%s'",
                couple.other.code);
}

static void
test_partners_bed_may_be_promised (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  Person third = placing_refer (scene);
  g_assert_true (placing_offer (scene, third, "ward-01"));
  scene_expect (scene, BED_ERROR_FORBIDDEN, "override", "coordinator", "placement.place",
                "'referral':'%s','bed':'ward-03'", couple.one.code);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-03','override':'person_choice'",
            couple.one.code);
  g_assert_cmpuint (scene_referral (scene, third.code)->offer_bed, ==, BED_NONE);
}

static void
test_promised_to_each_other (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  g_assert_true (placing_offer (scene, couple.one, "ward-01"));
  g_assert_true (placing_offer (scene, couple.other, "ward-03"));
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-03'", couple.one.code);
}

static void
test_released_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", couple.other.code);
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_WAITING);
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_FREE);
}

static void
test_expire_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_pass (scene, 4 * BED_HOUR_US);
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_WAITING);
}

static void
test_extended_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "coordinator", "hold.extend", "'referral':'%s','reason':'family'", couple.one.code);
  g_assert_cmpint (scene_referral (scene, couple.other.code)->until_us, ==, scene->now_us + 8 * BED_HOUR_US);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "hold", "coordinator", "hold.extend", "'referral':'%s','reason':'family'",
                couple.other.code);
}

static void
test_assessed_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "unit:ward", "placement.assessing", "'referral':'%s','until':'2026-11-23T09:00:00Z'", couple.one.code);
  placing_assert_time (scene_referral (scene, couple.other.code)->until_us, "2026-11-23T09:00:00.000Z");
}

static void
test_declined_together (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "unit:ward", "placement.decline", "'referral':'%s','reason':'no_staff'", couple.one.code);
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_WAITING);
  g_assert_cmpuint (scene_referral (scene, couple.other.code)->declined_by[0], !=, BED_NONE);
  g_assert_cmphex (scene_unit (scene, "ward")->faults, ==, 3);
  g_assert_true (scene_bed (scene, "ward-01")->flags & BED_FLAG_STALE);
}

static void
test_accepted_together_then_alone (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", couple.one.code);
  assert_states (scene, couple, BED_STATE_ACCEPTED, BED_STATE_ACCEPTED);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-01'", couple.other.code);
  assert_states (scene, couple, BED_STATE_ACCEPTED, BED_STATE_ARRIVED);
  scene_do (scene, "coordinator", "placement.cancel", "'referral':'%s','by':'person','reason':'family'",
            couple.one.code);
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_ARRIVED);
  hold (scene, couple.one, "ward-04"); /* alone now */
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", couple.one.code);
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_ARRIVED);
}

/* Both hold, but each by themselves and elsewhere. */
static void
test_apart (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", couple.one.code);
  scene_do (scene, "coordinator", "placement.cancel", "'referral':'%s','by':'person','reason':'family'",
            couple.one.code);
  hold (scene, couple.one, "home-01");
  scene_do (scene, "coordinator", "placement.cancel", "'referral':'%s','by':'person','reason':'family'",
            couple.other.code);
  hold (scene, couple.other, "ward-04");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", couple.other.code);
  assert_states (scene, couple, BED_STATE_HELD, BED_STATE_ACCEPTED);
}

static void
test_closing_a_bed_releases_both (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair'");
  assert_states (scene, couple, BED_STATE_WAITING, BED_STATE_WAITING);
}

static void
test_who_leaves_is_no_partner (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", couple.one.code);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-03'", couple.one.code);
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'home'", couple.one.code);
  g_assert_cmpuint (scene_referral (scene, couple.other.code)->linked, ==, BED_NONE);
}

/* Of a damaged journal: whom or what it names is not there. */
static void
test_event_names_nobody (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  BedEvent *last = g_ptr_array_index (scene->events, scene->events->len - 1);
  BedEvent event = *last;
  g_autoptr (GError) error = NULL;
  event.revision++;
  g_strlcpy (event.facts.other_bed, "nowhere-01", sizeof event.facts.other_bed);
  g_assert_false (broker_register_apply (scene->reg, &event, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  event.facts = last->facts;
  bed_code_print (99, event.facts.with);
  g_assert_false (broker_register_apply (scene->reg, &event, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

/* Likewise: somebody without a bed for them; they stay where they are. */
static void
test_event_names_no_other_bed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  hold (scene, couple.one, "ward-03");
  BedEvent event = *(BedEvent *) g_ptr_array_index (scene->events, scene->events->len - 1);
  g_autoptr (GError) error = NULL;
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", couple.one.code);
  event.revision += 2;
  event.facts.has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_OTHER_BED);
  g_assert_true (broker_register_apply (scene->reg, &event, &error));
  g_assert_no_error (error);
  assert_states (scene, couple, BED_STATE_HELD, BED_STATE_WAITING);
  broker_register_take_back (scene->reg);
}

/* Their bed is taken: what is found next is one of two, or none. */

static gboolean
find_next_to_ward_01 (Placing *scene, Person person, BedOffer *next)
{
  scene_expect (scene, BED_ERROR_BED_TAKEN, "", "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", person.code);
  return broker_rules_find_next (scene->reg, scene->refusal.referral, scene->refusal.at_us, next);
}

static void
test_next_for_both (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  BedOffer next;
  hold (scene, placing_refer (scene), "ward-01");
  scene_do (scene, "local", "bed.close", "'bed':'ward-02','reason':'repair'");
  g_assert_true (find_next_to_ward_01 (scene, couple.one, &next));
  g_assert_cmpuint (broker_register_peek_table (scene->reg)->beds[next.bed].unit, ==,
                    broker_register_peek_table (scene->reg)->beds[placing_bed (scene, "ward-03")].unit);
  scene_do (scene, "local", "bed.close", "'bed':'ward-03','reason':'repair'");
  g_assert_false (find_next_to_ward_01 (scene, couple.one, &next));
  g_assert_true (find_next_to_ward_01 (scene, placing_refer (scene), &next)); /* for one there is */
}

static void
test_no_next_for_one_of_two (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Couple couple = couple_new (scene);
  BedOffer next;
  hold (scene, placing_refer (scene), "ward-01");
  scene_do (scene, "coordinator", "referral.pause", "'referral':'%s','reason':'became_unwell'", couple.other.code);
  g_assert_false (find_next_to_ward_01 (scene, couple.one, &next));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-couples/held-together", test_held_together);
  g_test_add_func ("/rules-couples/label-order", test_label_order);
  g_test_add_func ("/rules-couples/the-other-may-ask", test_the_other_may_ask);
  g_test_add_func ("/rules-couples/one-bay-one-sex", test_two_sexes_not_in_one_bay);
  g_test_add_func ("/rules-couples/partner-has-needs", test_partner_has_needs);
  g_test_add_func ("/rules-couples/no-bed-for-partner", test_no_bed_for_partner);
  g_test_add_func ("/rules-couples/override", test_override_is_for_both);
  g_test_add_func ("/rules-couples/staffing-for-two", test_staffing_for_two);
  g_test_add_func ("/rules-couples/partner-not-ready", test_partner_is_not_ready);
  g_test_add_func ("/rules-couples/partner-needs-no-bed", test_partner_needs_no_bed);
  g_test_add_func ("/rules-couples/placed-together", test_placed_and_accepted_together);
  g_test_add_func ("/rules-couples/both-agree", test_not_accepted_until_both_agree);
  g_test_add_func ("/rules-couples/promised", test_partners_bed_may_be_promised);
  g_test_add_func ("/rules-couples/promised-to-each-other", test_promised_to_each_other);
  g_test_add_func ("/rules-couples/released-together", test_released_together);
  g_test_add_func ("/rules-couples/expire-together", test_expire_together);
  g_test_add_func ("/rules-couples/extended-together", test_extended_together);
  g_test_add_func ("/rules-couples/assessed-together", test_assessed_together);
  g_test_add_func ("/rules-couples/declined-together", test_declined_together);
  g_test_add_func ("/rules-couples/then-alone", test_accepted_together_then_alone);
  g_test_add_func ("/rules-couples/apart", test_apart);
  g_test_add_func ("/rules-couples/closing-a-bed", test_closing_a_bed_releases_both);
  g_test_add_func ("/rules-couples/who-leaves", test_who_leaves_is_no_partner);
  g_test_add_func ("/rules-couples/event-names-nobody", test_event_names_nobody);
  g_test_add_func ("/rules-couples/event-names-no-other-bed", test_event_names_no_other_bed);
  g_test_add_func ("/rules-couples/next-for-both", test_next_for_both);
  g_test_add_func ("/rules-couples/no-next-for-one-of-two", test_no_next_for_one_of_two);
  return g_test_run ();
}
