/* test-plan-swaps.c: proposals for people whose bed is far from home: which, and which never.
 *
 * Units stand at 0 and 40 km unless a case says otherwise; far is more than 15 km by road.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plan-world.h"

#define FAR_KM 40

/* Two units of two beds; somebody at 0 holds a bed of the far one. */
static PlanWorld *
far_world (void)
{
  PlanWorld *w = plan_world_new ();

  plan_world_add_unit (w, 0, 2, 2);
  plan_world_add_unit (w, FAR_KM * 1000, 2, 2);
  plan_world_add_held (w, 0, 2);
  return w;
}

static void
test_free_bed (void)
{
  g_autoptr (PlanWorld) w = far_world ();
  g_autoptr (BedPlan) plan = plan_world_plan (w);

  g_assert_cmpuint (plan->n_swaps, ==, 1);
  g_assert_cmpuint (plan->swaps[0].referral, ==, 0);
  g_assert_cmpuint (plan->swaps[0].with, ==, BED_NONE);
  g_assert_cmpuint (plan->swaps[0].from, ==, 2);
  g_assert_cmpuint (plan->swaps[0].to, ==, 0);
  g_assert_cmpuint (plan->swaps[0].saves_metres, ==, FAR_KM * 1300);
}

static void
test_accepted_too (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->people[0].state = BED_STATE_ACCEPTED;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 1);
}

static void
test_departed_stays (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->people[0].state = BED_STATE_IN_TRANSIT;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_near_stays (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->people[0].easting = EAST_OF (FAR_KM * 1000 - 11000); /* 14.3 km by road, and nobody nearer */
  plan_world_add_unit (w, FAR_KM * 1000 - 11000, 1, 1);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_little_is_not_worth_it (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->people[0].easting = EAST_OF (19000); /* 24.7 km home, 27.3 km there */
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

/* Nobody who waits loses a bed to somebody who has one. */
static void
test_needed_by_who_waits (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  plan_world_add_person (w, 0);
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed + plan_world_look (plan, 2)->bed, ==, 1);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_staffed_cap (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->units[0].staffed_cap = 1;
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

/* A bay in which the plan puts a man is no bay for her. */
static void
test_bay_of_the_plan (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  plan_world_share (w, 0, 2, 1);
  plan_world_add_person (w, 0)->sex = BED_SEX_MALE;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, <, 2);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_must_suit (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->people[0].must = BIT (BED_NEED_HOIST);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_each_bed_once (void)
{
  g_autoptr (PlanWorld) w = far_world ();

  w->units[0].staffed_cap = 5;
  plan_world_add_held (w, 0, 3);
  w->world->rows[1].readiness = BED_READINESS_DIRTY;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 1);
}

/* Two people, each with the bed that is near the other's home. */
static PlanWorld *
crossed_world (void)
{
  PlanWorld *w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_unit (w, FAR_KM * 1000, 1, 1);
  plan_world_add_held (w, 0, 1);
  plan_world_add_held (w, FAR_KM * 1000 - 5000, 0);
  return w;
}

static void
test_exchange (void)
{
  g_autoptr (PlanWorld) w = crossed_world ();
  g_autoptr (BedPlan) plan = plan_world_plan (w);

  g_assert_cmpuint (plan->n_swaps, ==, 2);
  g_assert_cmpuint (plan->swaps[0].referral, ==, 0);
  g_assert_cmpuint (plan->swaps[0].with, ==, 1);
  g_assert_cmpuint (plan->swaps[0].to, ==, 0);
  g_assert_cmpuint (plan->swaps[0].saves_metres, ==, FAR_KM * 1300);
  g_assert_cmpuint (plan->swaps[1].referral, ==, 1);
  g_assert_cmpuint (plan->swaps[1].to, ==, 1);
  g_assert_cmpuint (plan->swaps[1].saves_metres, ==, (FAR_KM - 5 - 5) * 1300);
}

static void
test_exchange_suits_both (void)
{
  g_autoptr (PlanWorld) w = crossed_world ();

  w->world->beds[0].features = BIT (BED_NEED_HOIST);
  w->people[1].must = BIT (BED_NEED_HOIST);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_exchange_gains_both (void)
{
  g_autoptr (PlanWorld) w = crossed_world ();

  w->people[1].easting = EAST_OF (0); /* at home where they are */
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  const guint n = BED_PLAN_SWAPS + 6;

  for (guint i = 0; i < 2; i++) /* 60 near, then 60 far; twice */
    plan_world_add_unit (w, 0, 60, 60);
  for (guint i = 0; i < 2; i++)
    plan_world_add_unit (w, FAR_KM * 1000, 60, 120);
  for (guint i = 0; i < n; i++)
    plan_world_add_held (w, 0, 120 + i);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_swaps, ==, BED_PLAN_SWAPS);
}

static void
test_print (void)
{
  g_autoptr (PlanWorld) w = crossed_world ();
  g_auto (BedJson) json;

  w->people[1].lap = 1;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  bed_json_init (&json, 1024);
  bed_plan_print (plan, 1, &json); /* both halves: either means nothing alone */
  g_assert_nonnull (strstr (json.text->str,
                            "\"swaps\":[{\"referral\":\"P00000\",\"from\":\"unit-1-01\",\"to\":\"unit-0-01\","
                            "\"saves_metres\":52000,\"with\":\"P00001\"},{\"referral\":\"P00001\","));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-swaps/free-bed", test_free_bed);
  g_test_add_func ("/plan-swaps/accepted-too", test_accepted_too);
  g_test_add_func ("/plan-swaps/departed-stays", test_departed_stays);
  g_test_add_func ("/plan-swaps/near-stays", test_near_stays);
  g_test_add_func ("/plan-swaps/little-is-not-worth-it", test_little_is_not_worth_it);
  g_test_add_func ("/plan-swaps/needed-by-who-waits", test_needed_by_who_waits);
  g_test_add_func ("/plan-swaps/staffed-cap", test_staffed_cap);
  g_test_add_func ("/plan-swaps/bay-of-the-plan", test_bay_of_the_plan);
  g_test_add_func ("/plan-swaps/must-suit", test_must_suit);
  g_test_add_func ("/plan-swaps/each-bed-once", test_each_bed_once);
  g_test_add_func ("/plan-swaps/exchange", test_exchange);
  g_test_add_func ("/plan-swaps/exchange-suits-both", test_exchange_suits_both);
  g_test_add_func ("/plan-swaps/exchange-gains-both", test_exchange_gains_both);
  g_test_add_func ("/plan-swaps/limit", test_limit);
  g_test_add_func ("/plan-swaps/print", test_print);
  return g_test_run ();
}
