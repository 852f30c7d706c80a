/* test-plan.c: the best plan for everybody, case by case: who gets a bed, which, and what is said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plan-world.h"

/* Who is placed where. */

/* The first would take the bed between them, and leave the second a far one. */
static void
test_least_in_all (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  const guint32 middle = plan_world_add_unit (w, 10000, 1, 1);
  const guint32 west = plan_world_add_unit (w, 0, 1, 1);

  plan_world_add_person (w, 6000); /* 4 km to the middle, 6 km west */
  plan_world_add_person (w, 10000);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, west);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, middle);
}

static void
test_what_it_saves (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  BedPlanTotals totals;

  plan_world_add_unit (w, 10000, 1, 1);
  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_person (w, 6000);
  plan_world_add_person (w, 10000);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  bed_plan_sum (plan, BED_NONE, &totals);
  g_assert_cmpuint (totals.placed, ==, 2);
  g_assert_cmpuint (totals.first_come_placed, ==, 2);
  g_assert_cmpuint (totals.first_come_metres, ==, (4000 + 10000) * 13 / 10);
  g_assert_cmpuint (totals.total_metres, ==, 6000 * 13 / 10);
  g_assert_cmpint (totals.saved_metres, ==, 8000 * 13 / 10);
}

/* A may have either bed, B only the first, C only the second. First come: A and C. */
static void
make_chain (PlanWorld *w, gboolean with_c)
{
  const guint32 first = plan_world_add_unit (w, 0, 1, 1);
  const guint32 second = plan_world_add_unit (w, 20000, 1, 1);

  w->world->beds[first].features = BIT (BED_NEED_HOIST);
  w->world->beds[second].features = BIT (BED_NEED_STROKE);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 0)->must = BIT (BED_NEED_HOIST);
  if (with_c)
    plan_world_add_person (w, 0)->must = BIT (BED_NEED_STROKE);
}

static void
test_nobody_is_left_out (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  make_chain (w, TRUE);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 0);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, BED_NONE);
  g_assert_cmpint (plan_world_look (plan, 1)->reason, ==, BED_PLAN_NEEDED_BY_OTHERS);
  g_assert_cmpuint (plan_world_look (plan, 2)->bed, ==, 1);
}

static void
test_more_are_placed (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  BedPlanTotals totals;

  make_chain (w, FALSE);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 1);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, 0);
  bed_plan_sum (plan, BED_NONE, &totals);
  g_assert_cmpuint (totals.placed, ==, 2);
  g_assert_cmpuint (totals.first_come_placed, ==, 1);
  g_assert_cmpint (totals.saved_metres, ==, -26000);
}

/* A special feature is not spent on somebody who needs none, at equal distance. */
static void
test_spares_features (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 2, 2);
  w->world->beds[0].features = BIT (BED_NEED_BARIATRIC);
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 1);
}

/* Lanes. */

static void
test_urgent_first (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 5000)->lane = BED_LANE_URGENT;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->people[0].referral, ==, 1);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, 0);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, BED_NONE);
}

static void
test_most_overdue_first (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 5000)->ready_at_us = 1; /* ready before the first was submitted */
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, 0);
}

/* Who is in it. */

static void
test_simple_is_not_in_it (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 3, 3);
  plan_world_add_person (w, 0)->pathway = BED_PATHWAY_SIMPLE;
  plan_world_add_person (w, 0)->flags = BED_REFERRAL_CLOSED;
  plan_world_add_person (w, 0)->state = BED_STATE_TRIAGED;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_people, ==, 0);
}

static void
test_too_many (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  for (guint i = 0; i < BED_PLAN_PEOPLE + 3; i++)
    plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_people, ==, BED_PLAN_PEOPLE);
  g_assert_cmpuint (plan->n_left_out, ==, 3);
}

static void
test_beds_cut_off (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  for (guint i = 0; i < 9; i++)
    plan_world_add_unit (w, i * 1000, 60, 60);
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan->n_cut_off, ==, 1);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 0);
}

static void
test_nobody (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  g_autoptr (BedPlan) plan = plan_world_plan (w);

  g_assert_cmpuint (plan->n_people, ==, 0);
  g_assert_cmpuint (plan->n_swaps, ==, 0);
}

static void
test_call_first_is_no_offer (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  w->world->rows[0].flags |= BED_FLAG_STALE;
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpint (plan_world_look (plan, 0)->reason, ==, BED_PLAN_NONE_SUITS);
}

/* Caps and bays. */

static void
test_staffed_cap (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 3, 1);
  plan_world_add_unit (w, 9000, 3, 3);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (w->world->beds[plan_world_look (plan, 0)->bed].unit
                        + w->world->beds[plan_world_look (plan, 1)->bed].unit, ==, 1);
}

static void
test_one_bay_one_sex (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  const guint32 bay = plan_world_add_unit (w, 0, 2, 2);

  plan_world_share (w, bay, 2, 1);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 0)->sex = BED_SEX_MALE;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 0);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, BED_NONE);
  g_assert_cmpuint (plan->n_settled, ==, 1);
}

/* First come, a woman takes the bay and two men lose it; she may as well go next door. */
static void
test_other_sex_is_tried (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  const guint32 bay = plan_world_add_unit (w, 0, 2, 2);

  plan_world_share (w, bay, 2, 1);
  plan_world_add_unit (w, 1000, 1, 1);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 0)->sex = BED_SEX_MALE;
  plan_world_add_person (w, 0)->sex = BED_SEX_MALE;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 2);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, <, 2);
  g_assert_cmpuint (plan_world_look (plan, 2)->bed, <, 2);
}

static void
add_couple (PlanWorld *w)
{
  const guint32 first = w->n_people;

  plan_world_add_person (w, 0)->linked = first + 1;
  plan_world_add_person (w, 0)->linked = first;
}

/* Not the room next door and one far away. */
static void
test_couple_together (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_unit (w, 9000, 2, 2);
  add_couple (w);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 1);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, 2);
}

static void
test_couple_or_not_at_all (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_unit (w, 9000, 2, 1);
  add_couple (w);
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpint (plan_world_look (plan, 0)->reason, ==, BED_PLAN_COUPLE);
  g_assert_cmpint (plan_world_look (plan, 1)->reason, ==, BED_PLAN_COUPLE);
  g_assert_cmpuint (plan_world_look (plan, 2)->bed, ==, 0);
}

/* Of different sexes: never in one bay, whose sex is then that of the one who is in it. */
static void
test_couple_and_bay (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_share (w, plan_world_add_unit (w, 0, 3, 3), 2, 1);
  add_couple (w);
  w->people[1].sex = BED_SEX_MALE;
  plan_world_add_person (w, 0)->sex = BED_SEX_MALE;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 0);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, 2);
  g_assert_cmpuint (plan_world_look (plan, 2)->bed, ==, BED_NONE);
}

/* Nobody takes one of their two beds, or the last place of their unit. */
static void
test_couple_keeps_beds (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 3, 2);
  plan_world_add_unit (w, 9000, 1, 1);
  add_couple (w);
  plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed + plan_world_look (plan, 1)->bed, ==, 1);
  g_assert_cmpuint (plan_world_look (plan, 2)->bed, ==, 3);
}

static void
test_couple_apart (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 2, 2);
  add_couple (w);
  w->people[1].state = BED_STATE_TRIAGED;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpint (plan_world_look (plan, 0)->reason, ==, BED_PLAN_COUPLE);
}

/* The other has a bed already: each goes on alone. */
static void
test_couple_gone_on (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  add_couple (w);
  w->people[1].state = BED_STATE_ARRIVED;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 0)->bed, ==, 0);
}

static void
test_declined (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 2, 2);
  plan_world_add_person (w, 0)->declined_by[1] = 0;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpint (plan_world_look (plan, 0)->reason, ==, BED_PLAN_NONE_SUITS);
}

static void
test_turned_back_first (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();

  plan_world_add_unit (w, 0, 1, 1);
  plan_world_add_person (w, 0);
  plan_world_add_person (w, 5000)->flags = BED_REFERRAL_FIRST;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  g_assert_cmpuint (plan_world_look (plan, 1)->bed, ==, 0);
}

/* What is said. */

static JsonObject *
print (const BedPlan *plan, guint32 lap, JsonNode **node)
{
  g_auto (BedJson) json;
  g_autoptr (GError) error = NULL;

  bed_json_init (&json, 1024);
  bed_plan_print (plan, lap, &json);
  *node = json_from_string (json.text->str, &error);
  g_assert_no_error (error);
  return json_node_get_object (*node);
}

static void
test_print (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  g_autoptr (JsonNode) node = NULL;

  make_chain (w, TRUE);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  JsonObject *result = print (plan, BED_NONE, &node);
  JsonArray *assigned = json_object_get_array_member (result, "assigned");
  JsonArray *unassigned = json_object_get_array_member (result, "unassigned");
  g_assert_cmpint (json_object_get_int_member (result, "revision"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (result, "placed"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (result, "first_come_placed"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (result, "total_metres"), ==, 26000);
  g_assert_cmpint (json_object_get_int_member (result, "first_come_metres"), ==, 26000);
  g_assert_cmpint (json_object_get_int_member (result, "saved_metres"), ==, 0);
  g_assert_cmpuint (json_array_get_length (assigned), ==, 2);
  JsonObject *last = json_array_get_object_element (assigned, 1);
  g_assert_cmpstr (json_object_get_string_member (last, "referral"), ==, "P00002");
  g_assert_cmpstr (json_object_get_string_member (last, "bed"), ==, "unit-1-01");
  g_assert_cmpstr (json_object_get_string_member (last, "unit"), ==, "unit-1");
  g_assert_cmpint (json_object_get_int_member (last, "metres"), ==, 26000);
  JsonObject *left = json_array_get_object_element (unassigned, 0);
  g_assert_cmpstr (json_object_get_string_member (left, "referral"), ==, "P00001");
  g_assert_cmpstr (json_object_get_string_member (left, "reason"), ==, "needed_by_others");
}

/* The plan is for everybody; one LAP is shown its own part of it. */
static void
test_one_lap (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  g_autoptr (JsonNode) node = NULL;

  make_chain (w, TRUE);
  w->people[2].lap = 1;
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  JsonObject *result = print (plan, 1, &node);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "assigned")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "unassigned")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (result, "placed"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (result, "total_metres"), ==, 26000);
}

/* Everybody listed, with ids as long as they may be: far below a page. */
static void
test_fits_a_page (void)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  g_auto (BedJson) json;

  for (guint unit = 0; unit < 9; unit++)
    plan_world_add_unit (w, 100000 + unit, 60, 60);
  for (guint32 i = 0; i < w->world->table.sizes.beds; i++)
    g_snprintf (w->world->beds[i].id, BED_ID_SIZE, "a-bed-with-a-very-long-id-%05u", i);
  for (guint32 i = 0; i < w->world->table.sizes.units; i++)
    g_snprintf (w->world->units[i].id, BED_ID_SIZE, "a-unit-with-a-very-long-id-%04u", i);
  for (guint i = 0; i < BED_PLAN_PEOPLE; i++)
    plan_world_add_person (w, 0);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  bed_json_init (&json, 1024);
  bed_plan_print (plan, BED_NONE, &json);
  g_assert_cmpuint (plan->n_people, ==, BED_PLAN_PEOPLE);
  g_assert_cmpuint (json.text->len, <, 128 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/least-in-all", test_least_in_all);
  g_test_add_func ("/plan/what-it-saves", test_what_it_saves);
  g_test_add_func ("/plan/nobody-is-left-out", test_nobody_is_left_out);
  g_test_add_func ("/plan/more-are-placed", test_more_are_placed);
  g_test_add_func ("/plan/spares-features", test_spares_features);
  g_test_add_func ("/plan/urgent-first", test_urgent_first);
  g_test_add_func ("/plan/most-overdue-first", test_most_overdue_first);
  g_test_add_func ("/plan/simple-is-not-in-it", test_simple_is_not_in_it);
  g_test_add_func ("/plan/too-many", test_too_many);
  g_test_add_func ("/plan/beds-cut-off", test_beds_cut_off);
  g_test_add_func ("/plan/nobody", test_nobody);
  g_test_add_func ("/plan/call-first-is-no-offer", test_call_first_is_no_offer);
  g_test_add_func ("/plan/staffed-cap", test_staffed_cap);
  g_test_add_func ("/plan/one-bay-one-sex", test_one_bay_one_sex);
  g_test_add_func ("/plan/other-sex-is-tried", test_other_sex_is_tried);
  g_test_add_func ("/plan/couple-together", test_couple_together);
  g_test_add_func ("/plan/couple-or-not-at-all", test_couple_or_not_at_all);
  g_test_add_func ("/plan/couple-and-bay", test_couple_and_bay);
  g_test_add_func ("/plan/couple-keeps-beds", test_couple_keeps_beds);
  g_test_add_func ("/plan/couple-apart", test_couple_apart);
  g_test_add_func ("/plan/couple-gone-on", test_couple_gone_on);
  g_test_add_func ("/plan/declined", test_declined);
  g_test_add_func ("/plan/turned-back-first", test_turned_back_first);
  g_test_add_func ("/plan/print", test_print);
  g_test_add_func ("/plan/one-lap", test_one_lap);
  g_test_add_func ("/plan/fits-a-page", test_fits_a_page);
  return g_test_run ();
}
