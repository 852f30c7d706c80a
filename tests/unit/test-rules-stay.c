/* test-rules-stay.c: from the first therapy to the day of leaving: one fact a case, each refusal
 * produced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "placing-scene.h"

/* Staying in that bed of the ward. */
static Person
staying (Placing *scene, const char *bed)
{
  Person person = placing_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", person.code, bed);
  scene_do (scene, "local", "placement.accept", "'referral':'%s'", person.code);
  scene_do (scene, "local", "placement.arrive", "'referral':'%s','bed':'%s'", person.code, bed);
  return person;
}

static void
move (Placing *scene, const char *who, Person person, const char *bed)
{
  scene_do (scene, who, "placement.move", "'referral':'%s','bed':'%s'", person.code, bed);
}

static void
refuse_move (Placing *scene, BedError error, const char *member, const char *who, Person person, const char *bed)
{
  scene_expect (scene, error, member, who, "placement.move", "'referral':'%s','bed':'%s'", person.code, bed);
}

static void
test_therapy (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "clinician", "placement.therapy", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_THERAPY_STARTED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "unit:ward", "placement.therapy", "'referral':'%s'",
                person.code);
}

static void
test_move (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-03','expected_free_at':'2026-11-24T13:00:00Z'");
  gint64 arrived_at_us = scene_referral (scene, person.code)->arrived_at_us;
  scene->now_us += BED_HOUR_US;
  move (scene, "unit:ward", person, "ward-04");
  const BedReferralRow *row = scene_referral (scene, person.code);
  g_assert_cmpint (row->state, ==, BED_STATE_ARRIVED);
  g_assert_cmpint (row->arrived_at_us, ==, arrived_at_us);
  g_assert_cmpuint (row->bed, ==, placing_bed (scene, "ward-04"));
  g_assert_cmpint (scene_bed (scene, "ward-03")->occupancy, ==, BED_OCCUPANCY_VACANT);
  g_assert_cmpint (scene_bed (scene, "ward-03")->readiness, ==, BED_READINESS_DIRTY);
  g_assert_cmpuint (scene_bed (scene, "ward-03")->referral, ==, BED_NONE);
  g_assert_cmpint (scene_bed (scene, "ward-04")->occupancy, ==, BED_OCCUPANCY_OCCUPIED);
  placing_assert_time (scene_bed (scene, "ward-04")->expected_free_us, "2026-11-24T13:00:00.000Z");
  g_assert_cmpint (scene_bed (scene, "ward-03")->left_us, ==, scene->now_us);
}

static void
test_move_between_units (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  move (scene, "coordinator", person, "home-01");
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_CLEANING);
  g_assert_cmpint (scene_bed (scene, "home-01")->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_cmpint (scene_bed (scene, "home-01")->source, ==, BED_SOURCE_PHONE);
}

static void
test_house_moves_inside_its_own (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  refuse_move (scene, BED_ERROR_FORBIDDEN, "", "unit:ward", person, "home-01"); /* to somebody else's */
  refuse_move (scene, BED_ERROR_FORBIDDEN, "", "owner:acme", person, "home-01"); /* from somebody else's */
  move (scene, "owner:trust", person, "ward-04");
}

static void
test_move_needs_a_bed_that_fits (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  staying (scene, "ward-04");
  refuse_move (scene, BED_ERROR_NOT_OFFERABLE, "occupancy", "unit:ward", person, "ward-04");
  refuse_move (scene, BED_ERROR_NOT_OFFERABLE, "occupancy", "unit:ward", person, "ward-03"); /* their own */
  refuse_move (scene, BED_ERROR_NOT_SUITABLE, "type", "coordinator", person, "lodge-01");
}

static void
test_cap_is_not_counted_twice (void)
{
  g_autoptr (Placing) scene = placing_new (); /* the lodge: four beds, staffed for three */
  Person person = placing_arrived (scene, "lodge-01");
  placing_arrived (scene, "lodge-02");
  placing_arrived (scene, "lodge-03");
  g_assert_true (scene_bed (scene, "lodge-04")->flags & BED_FLAG_CAP_REACHED);
  move (scene, "unit:lodge", person, "lodge-04");
}

static void
test_cap_of_another_unit (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "coordinator", "unit.staff", "'unit':'home','staffed_cap':0");
  refuse_move (scene, BED_ERROR_NOT_OFFERABLE, "staffed_cap", "coordinator", person, "home-01");
}

static void
test_admission_is_for_those_outside (void)
{
  g_autoptr (Placing) scene = placing_new (); /* a Sunday */
  Person person = staying (scene, "ward-03");
  placing_admit (scene->reg, "ward", BED_ADMITS_NIGHTS);
  placing_admit (scene->reg, "home", BED_ADMITS_NIGHTS);
  refuse_move (scene, BED_ERROR_NOT_SUITABLE, "admission_rules", "coordinator", person, "home-01");
  move (scene, "unit:ward", person, "ward-04");
}

static void
test_from_an_outbreak (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  refuse_move (scene, BED_ERROR_NOT_SUITABLE, "must", "coordinator", person, "home-01");
  g_assert_cmphex (scene->refusal.missing, ==, G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM);
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-04'");
  move (scene, "unit:ward", person, "ward-04"); /* it is one */
}

static void
test_from_a_bed_closed_for_outbreak (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'outbreak'");
  refuse_move (scene, BED_ERROR_NOT_SUITABLE, "must", "unit:ward", person, "ward-01");
}

static void
test_away_and_back (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.away", "'referral':'%s','kind':'hospital','keep_until':'2026-11-24T10:00:00Z'",
            person.code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_ON_LEAVE);
  placing_assert_time (scene_referral (scene, person.code)->until_us, "2026-11-24T10:00:00.000Z");
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ARRIVED);
  scene_do (scene, "unit:ward", "placement.back", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_cmpint (scene_referral (scene, person.code)->until_us, ==, 0);
}

static void
test_away_never_vacates (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.away", "'referral':'%s','kind':'home_leave','keep_until':'2026-11-29T10:00:00Z'",
            person.code);
  scene_pass (scene, 20 * BED_DAY_US);
  g_assert_cmpint (scene_bed (scene, "ward-03")->occupancy, ==, BED_OCCUPANCY_ON_LEAVE);
}

static void
test_away_limits (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  const char *format = "'referral':'%s','kind':'%s','keep_until':'%s'";
  scene_expect (scene, BED_ERROR_BAD_VALUE, "keep_until", "unit:ward", "placement.away", format, person.code, "hospital",
                "2026-11-22T10:00:00Z");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "keep_until", "unit:ward", "placement.away", format, person.code, "hospital",
                "2026-11-24T10:00:01Z");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "keep_until", "unit:ward", "placement.away", format, person.code,
                "home_leave", "2026-11-29T10:00:01Z");
}

static void
test_away_once (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  const char *format = "'referral':'%s','kind':'hospital','keep_until':'2026-11-23T10:00:00Z'";
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "placement.back", "'referral':'%s'", person.code);
  scene_do (scene, "unit:ward", "placement.away", format, person.code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", "placement.away", format, person.code);
  refuse_move (scene, BED_ERROR_WRONG_STATE, "occupancy", "unit:ward", person, "ward-04");
}

static void
test_extend (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.extend", "'referral':'%s','reason':'housing'", person.code);
  g_assert_true (scene_referral (scene, person.code)->flags & BED_REFERRAL_STAY_EXTENDED);
  scene_pass (scene, 43 * BED_DAY_US);
  g_assert_false (scene_referral (scene, person.code)->breached >> BED_CLOCK_EPISODE & 1);
}

static void
test_six_weeks (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_pass (scene, 43 * BED_DAY_US);
  g_assert_true (scene_referral (scene, person.code)->breached >> BED_CLOCK_EPISODE & 1);
}

static void
test_ready_to_leave (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "clinician", "placement.ready_to_leave", "'referral':'%s','waiting_for':'package'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_READY_TO_LEAVE);
  g_assert_cmpint (scene_referral (scene, person.code)->waiting_for, ==, BED_WAITING_FOR_PACKAGE);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_READY_TO_LEAVE);
}

static void
test_ready_to_leave_again (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.ready_to_leave", "'referral':'%s','waiting_for':'package'", person.code);
  gint64 since_us = scene_referral (scene, person.code)->since_us;
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "unit:ward", "placement.ready_to_leave", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->waiting_for, ==, BED_WAITING_FOR_NONE);
  g_assert_cmpint (scene_referral (scene, person.code)->since_us, ==, since_us);
}

static void
test_leave_with_each_outcome (void)
{
  g_autoptr (Placing) scene = placing_new ();
  for (guint outcome = 0; outcome < BED_OUTCOME_N; outcome++)
    {
      Person person = staying (scene, "ward-03");
      scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'%s'", person.code,
                bed_words_print (&bed_outcome_words, outcome));
      const BedReferralRow *row = scene_referral (scene, person.code);
      g_assert_cmpint (row->state, ==, BED_STATE_LEFT);
      g_assert_cmpuint (row->left_to, ==, outcome + 1);
      g_assert_true (row->flags & BED_REFERRAL_CLOSED);
      g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_CLEANING);
      g_assert_cmpuint (scene_bed (scene, "ward-03")->referral, ==, BED_NONE);
      scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-03','readiness':'cleaning'");
      scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-03','readiness':'ready'");
    }
}

static void
test_leave_while_away (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.away", "'referral':'%s','kind':'hospital','keep_until':'2026-11-24T10:00:00Z'",
            person.code);
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'acute'", person.code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_CLEANING);
}

static void
test_died_in_a_bed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "referral.died", "'referral':'%s'", person.code);
  g_assert_cmpint (scene_bed (scene, "ward-03")->occupancy, ==, BED_OCCUPANCY_OCCUPIED);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "outcome", "unit:ward", "placement.leave", "'referral':'%s','outcome':'home'",
                person.code);
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'died'", person.code);
  g_assert_true (scene_referral (scene, person.code)->flags & BED_REFERRAL_CLOSED);
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_CLEANING);
}

static void
test_died_before_arriving (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = placing_refer (scene);
  scene_do (scene, "clinician", "referral.died", "'referral':'%s'", person.code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "local", "placement.leave", "'referral':'%s','outcome':'died'",
                person.code);
}

/* A place without a bed is nothing that has to be cleaned. */
static void
test_leaving_a_place (void)
{
  g_autoptr (Placing) scene = placing_new ();
  const BrokerReference *reference = broker_register_peek_reference (scene->reg);
  Person person = placing_arrived (scene, "lodge-01");
  reference->beds[placing_bed (scene, "lodge-01")].type = BED_TYPE_SITTING;
  scene_do (scene, "unit:lodge", "placement.leave", "'referral':'%s','outcome':'home'", person.code);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->display, ==, BED_DISPLAY_FREE);
  scene_free (g_steal_pointer (&scene)); /* the reference was bent: nothing to replay */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-stay/therapy", test_therapy);
  g_test_add_func ("/rules-stay/move", test_move);
  g_test_add_func ("/rules-stay/move-between-units", test_move_between_units);
  g_test_add_func ("/rules-stay/house-moves-its-own", test_house_moves_inside_its_own);
  g_test_add_func ("/rules-stay/move-fits", test_move_needs_a_bed_that_fits);
  g_test_add_func ("/rules-stay/cap-not-twice", test_cap_is_not_counted_twice);
  g_test_add_func ("/rules-stay/cap-of-another-unit", test_cap_of_another_unit);
  g_test_add_func ("/rules-stay/admission", test_admission_is_for_those_outside);
  g_test_add_func ("/rules-stay/from-an-outbreak", test_from_an_outbreak);
  g_test_add_func ("/rules-stay/from-a-closed-bed", test_from_a_bed_closed_for_outbreak);
  g_test_add_func ("/rules-stay/away-and-back", test_away_and_back);
  g_test_add_func ("/rules-stay/away-never-vacates", test_away_never_vacates);
  g_test_add_func ("/rules-stay/away-limits", test_away_limits);
  g_test_add_func ("/rules-stay/away-once", test_away_once);
  g_test_add_func ("/rules-stay/extend", test_extend);
  g_test_add_func ("/rules-stay/six-weeks", test_six_weeks);
  g_test_add_func ("/rules-stay/ready-to-leave", test_ready_to_leave);
  g_test_add_func ("/rules-stay/ready-to-leave-again", test_ready_to_leave_again);
  g_test_add_func ("/rules-stay/leave", test_leave_with_each_outcome);
  g_test_add_func ("/rules-stay/leave-while-away", test_leave_while_away);
  g_test_add_func ("/rules-stay/died-in-a-bed", test_died_in_a_bed);
  g_test_add_func ("/rules-stay/died-before-arriving", test_died_before_arriving);
  g_test_add_func ("/rules-stay/leaving-a-place", test_leaving_a_place);
  return g_test_run ();
}
