/* test-desk-plan.c: queue.plan's answer as rows and words. No display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/desk/desk-plan.h"

#include "common/bed-time.h"

#define NOON_US G_GINT64_CONSTANT (1795348800000000) /* Sunday 22 November 2026, 12:00 */

static DeskPlan *
make (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return desk_plan_new (json_node_get_object (node), NOON_US);
}

static void
test_rows (void)
{
  g_autoptr (DeskPlan) plan
      = make ("{\"revision\":7,\"assigned\":[{\"referral\":\"K7Q-M4X\",\"bed\":\"a-1\",\"unit\":\"a\",\"metres\":1200}],"
              "\"unassigned\":[{\"referral\":\"B2C-D3F\",\"reason\":\"couple\"}],\"left_out\":{\"people\":4},"
              "\"swaps\":[{\"referral\":\"G4H-J5K\",\"from\":\"b-1\",\"to\":\"a-2\",\"saves_metres\":900,\"with\":\"L6M-N7P\"}]}");

  g_assert_cmpuint (plan->revision, ==, 7);
  g_assert_cmpuint (plan->planned->len, ==, 1);
  g_assert_cmpstr (g_array_index (plan->planned, DeskPlanned, 0).bed, ==, "a-1");
  g_assert_cmpuint (g_array_index (plan->planned, DeskPlanned, 0).metres, ==, 1200);
  g_assert_cmpint (g_array_index (plan->unplanned, DeskUnplanned, 0).reason, ==, DESK_UNPLANNED_COUPLE);
  g_assert_cmpstr (g_array_index (plan->swaps, DeskSwap, 0).with, ==, "L6M-N7P");
  g_assert_cmpuint (plan->n_left_out, ==, 4);
}

/* Rows without a member, of a wrong type or with a word that is not known are left out. */
static void
test_malformed (void)
{
  g_autoptr (DeskPlan) plan
      = make ("{\"assigned\":[7,{\"referral\":\"K7Q-M4X\"},{\"referral\":9,\"bed\":\"a\",\"unit\":\"b\"},"
              "{\"referral\":\"K7Q-M4X-TOO-LONG\",\"bed\":\"a\",\"unit\":\"b\"}],"
              "\"unassigned\":[{\"referral\":\"B2C-D3F\",\"reason\":\"whim\"}],\"swaps\":{},\"placed\":-3}");

  g_assert_cmpuint (plan->planned->len, ==, 0);
  g_assert_cmpuint (plan->unplanned->len, ==, 0);
  g_assert_cmpuint (plan->swaps->len, ==, 0);
  g_assert_cmpuint (plan->placed, ==, 0);
}

static void
assert_saving (const char *json, const char *expected)
{
  g_autoptr (DeskPlan) plan = make (json);
  g_autofree char *words = desk_plan_say_saving (plan);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_saving (void)
{
  assert_saving ("{\"saved_metres\":23800}", "23.8 km nearer home in all than first come, first served.");
  assert_saving ("{\"saved_metres\":-4100}", "4.1 km farther from home in all, so that more people get a bed.");
  assert_saving ("{\"saved_metres\":0}", "As near home as first come, first served.");
}

static void
test_placed (void)
{
  g_autoptr (DeskPlan) more = make ("{\"placed\":5,\"first_come_placed\":3}");
  g_autoptr (DeskPlan) same = make ("{\"placed\":3,\"first_come_placed\":3}");
  g_autoptr (DeskPlan) none = make ("{}");
  g_autofree char *said_more = desk_plan_say_placed (more);
  g_autofree char *said_same = desk_plan_say_placed (same);
  g_autofree char *said_none = desk_plan_say_placed (none);

  g_assert_cmpstr (said_more, ==, "2 more than first come, first served.");
  g_assert_cmpstr (said_same, ==, "As many as first come, first served.");
  g_assert_cmpstr (said_none, ==, "Nobody can be given a bed now.");
}

static void
test_age (void)
{
  g_autoptr (DeskPlan) plan = make ("{}");
  g_autofree char *now = desk_plan_say_age (plan, NOON_US + 5 * BED_SECOND_US);
  g_autofree char *later = desk_plan_say_age (plan, NOON_US + 7 * BED_MINUTE_US);

  g_assert_cmpstr (now, ==, "Made at 12:00, just now");
  g_assert_cmpstr (later, ==, "Made at 12:00, 7 min ago");
}

static void
test_swap (void)
{
  g_autoptr (BoardModel) model = board_model_new ("w");
  DeskSwap swap = { .code = "K7Q-M4X", .from = "b-1", .to = "a-2", .saves_metres = 900 };
  g_autofree char *alone = desk_swap_say (model, &swap);
  g_autofree char *exchange = NULL;

  g_strlcpy (swap.with, "B2C-D3F", sizeof swap.with);
  exchange = desk_swap_say (model, &swap);
  g_assert_cmpstr (alone, ==, "From b-1 to a-2: 0.9 km nearer home");
  g_assert_cmpstr (exchange, ==, "From b-1 to a-2, in exchange with B2C-D3F: 0.9 km nearer home");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-plan/rows", test_rows);
  g_test_add_func ("/desk-plan/malformed", test_malformed);
  g_test_add_func ("/desk-plan/saving", test_saving);
  g_test_add_func ("/desk-plan/placed", test_placed);
  g_test_add_func ("/desk-plan/age", test_age);
  g_test_add_func ("/desk-plan/swap", test_swap);
  return g_test_run ();
}
