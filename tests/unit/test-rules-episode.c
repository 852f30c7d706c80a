/* test-rules-episode.c: an episode across beds and units: how long each lets it last, and what somebody
 * takes along who goes on from an outbreak.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "placing-scene.h"

#include "common/bed-rows.h"

static void
arrive (Placing *scene, Person person, const char *bed)
{
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", person.code, bed);
  scene_do (scene, "local", "placement.accept", "'referral':'%s'", person.code);
  scene_do (scene, "local", "placement.arrive", "'referral':'%s','bed':'%s'", person.code, bed);
}

/* Staying in that bed, today being their first day. */
static Person
staying (Placing *scene, const char *bed)
{
  Person person = placing_refer (scene);
  arrive (scene, person, bed);
  return person;
}

static void
set_longest (Placing *scene, const char *unit, guint days)
{
  scene_do (scene, "local", "unit.rules", "'unit':'%s','rules':{'longest_stay_days':%u}", unit, days);
}

/* So many days after the start of the scene, which is a Sunday; everybody has just confirmed. */
static void
pass_days (Placing *scene, gint64 days)
{
  scene_pass (scene, SCENE_START_US + days * BED_DAY_US - scene->now_us);
  scene_do (scene, "local", "unit.confirm", "'unit':'ward'");
  scene_do (scene, "local", "unit.confirm", "'unit':'home'");
}

static gboolean
is_breached (Placing *scene, Person person)
{
  return scene_referral (scene, person.code)->breached >> BED_CLOCK_EPISODE & 1;
}

static void
assert_days (Placing *scene, Person person, gint64 days)
{
  gint64 due_us;
  g_assert_true (bed_clock_get_due (BED_CLOCK_EPISODE, scene_referral (scene, person.code), &due_us));
  g_assert_cmpint (due_us, ==, SCENE_START_US + days * BED_DAY_US);
}

static void
test_of_the_unit (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "ward", 28);
  Person person = staying (scene, "ward-03");
  assert_days (scene, person, 28);
  scene_pass (scene, 28 * BED_DAY_US - 1);
  g_assert_false (is_breached (scene, person));
  scene_pass (scene, 1);
  g_assert_true (is_breached (scene, person));
}

/* Six weeks are six weeks wherever they are. */
static void
test_never_longer (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "ward", 43);
  Person person = staying (scene, "ward-03");
  assert_days (scene, person, 42);
}

/* Of whoever is there when the rule changes. */
static void
test_new_rule (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  assert_days (scene, person, 42);
  pass_days (scene, 30);
  set_longest (scene, "ward", 28);
  assert_days (scene, person, 28);
  g_assert_false (is_breached (scene, person));
  g_assert_cmpuint (scene_pass (scene, 0), >, 0);
  g_assert_true (is_breached (scene, person));
  set_longest (scene, "ward", 35);
  assert_days (scene, person, 35);
  g_assert_false (is_breached (scene, person)); /* and so it may be again */
}

static void
test_move_to_where_they_may_stay (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "ward", 28);
  Person person = staying (scene, "ward-03");
  pass_days (scene, 29);
  g_assert_true (is_breached (scene, person));
  scene_do (scene, "unit:ward", "placement.move", "'referral':'%s','bed':'ward-04'", person.code);
  g_assert_true (is_breached (scene, person));
  scene_do (scene, "coordinator", "placement.move", "'referral':'%s','bed':'home-01'", person.code);
  assert_days (scene, person, 42);
  g_assert_false (is_breached (scene, person));
}

/* Back in the ward, with what the clock noticed in between. */
static void
test_move_taken_back (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "home", 28);
  Person person = staying (scene, "ward-03");
  scene_pass (scene, 28 * BED_DAY_US - BED_SECOND_US);
  scene_do (scene, "local", "unit.confirm", "'unit':'ward'");
  scene_do (scene, "local", "unit.confirm", "'unit':'home'");
  scene_do (scene, "coordinator", "placement.move", "'referral':'%s','bed':'home-01'", person.code);
  const BedEvent *moved = scene->events->pdata[scene->events->len - 1];
  g_autofree char *key = g_strdup (moved->key);
  scene_pass (scene, 2 * BED_SECOND_US);
  g_assert_true (is_breached (scene, person));
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  assert_days (scene, person, 42);
  g_assert_false (is_breached (scene, person));
}

static void
test_gone (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "ward", 28);
  Person person = staying (scene, "ward-03");
  g_assert_cmpint (scene_referral (scene, person.code)->stay_days, ==, 28);
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'home'", person.code);
  g_assert_cmpint (scene_referral (scene, person.code)->stay_days, ==, 0);
}

/* Going on in another bed. */

static Person
go_on (Placing *scene, Person person, const char *needs)
{
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'other_iic_bed'", person.code);
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':%s,'sex':'female','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','home_first':'needs_nursing','source':'rhch','continues':'%s'", needs, person.code);
  return placing_last (scene);
}

/* A unit does not begin with somebody whose days there are over. */
static void
test_days_are_over (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "home", 28);
  Person person = staying (scene, "ward-03");
  pass_days (scene, 28);
  scene_expect (scene, BED_ERROR_NOT_SUITABLE, "admission_rules", "coordinator", "placement.move",
                "'referral':'%s','bed':'home-01'", person.code);
  Person again = go_on (scene, person, "{}");
  scene_expect (scene, BED_ERROR_NOT_SUITABLE, "admission_rules", "coordinator", "hold.take",
                "'referral':'%s','bed':'home-01'", again.code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", again.code);
}

static void
test_days_are_not_over (void)
{
  g_autoptr (Placing) scene = placing_new ();
  set_longest (scene, "home", 28);
  Person person = staying (scene, "ward-03");
  scene_pass (scene, 28 * BED_DAY_US - 1);
  scene_do (scene, "local", "unit.confirm", "'unit':'home'");
  Person again = go_on (scene, person, "{}");
  arrive (scene, again, "home-01");
  assert_days (scene, again, 28);
}

/* The reason for more than six weeks goes along. */
static void
test_extended (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.extend", "'referral':'%s','reason':'housing'", person.code);
  pass_days (scene, 50);
  Person again = go_on (scene, person, "{}");
  arrive (scene, again, "home-01");
  scene_pass (scene, BED_DAY_US);
  g_assert_true (scene_referral (scene, again.code)->flags & BED_REFERRAL_STAY_EXTENDED);
  g_assert_false (is_breached (scene, again));
}

/* Nothing for one is nothing for those with the same needs, but for whom it was a matter of days. */
static void
test_days_are_ones_own (void)
{
  g_autoptr (Placing) scene = placing_new ();
  const char *const beds[] = { "ward-01", "ward-02", "ward-03", "ward-04" };
  set_longest (scene, "home", 28);
  Person person = staying (scene, "ward-03");
  pass_days (scene, 28);
  Person again = go_on (scene, person, "{}"), other = placing_refer (scene);
  for (guint i = 0; i < G_N_ELEMENTS (beds); i++)
    scene_do (scene, "local", "bed.close", "'bed':'%s','reason':'staffing'", beds[i]);
  placing_propose (scene);
  g_assert_cmpuint (scene_referral (scene, again.code)->offer_bed, ==, BED_NONE);
  g_assert_cmpuint (scene_referral (scene, other.code)->offer_bed, ==, placing_bed (scene, "home-01"));
}

/* From an outbreak. */

#define ISOLATION_ROOM (G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM)

static void
test_from_an_outbreak (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  Person again = go_on (scene, person, "{}");
  g_assert_cmphex (scene_referral (scene, again.code)->must, ==, ISOLATION_ROOM);
  scene_expect (scene, BED_ERROR_NOT_SUITABLE, "must", "coordinator", "hold.take", "'referral':'%s','bed':'home-01'", again.code);
  g_assert_cmphex (scene->refusal.missing, ==, ISOLATION_ROOM);
}

/* The unit is open again before somebody refers them: they were there all the same. */
static void
test_outbreak_is_over_since (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'outbreak'");
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'other_iic_bed'", person.code);
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-03'");
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{'must':['ensuite'],'must_not':['isolation_room']},"
            "'sex':'female','age_band':'75_84','home':'SO51','agreed':'yes','source':'rhch','continues':'%s'", person.code);
  const BedReferralRow *row = scene_referral (scene, scene->last_code);
  g_assert_cmphex (row->must, ==, ISOLATION_ROOM | G_GUINT64_CONSTANT (1) << BED_NEED_ENSUITE);
  g_assert_cmphex (row->must_not, ==, 0);
}

static void
test_exposure_has_passed (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  Person again = go_on (scene, person, "{}");
  scene_do (scene, "clinician", "referral.amend", "'referral':'%s','needs':{}", again.code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'home-01'", again.code);
}

static void
test_closed_for_something_else (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'staffing'");
  Person again = go_on (scene, person, "{}");
  g_assert_cmphex (scene_referral (scene, again.code)->must, ==, 0);
}

/* Leaving was a mistake: they have not been anywhere else. */
static void
test_leaving_taken_back (void)
{
  g_autoptr (Placing) scene = placing_new ();
  Person person = staying (scene, "ward-03");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'other_iic_bed'", person.code);
  g_assert_true (scene_referral (scene, person.code)->is_exposed);
  const BedEvent *left = scene->events->pdata[scene->events->len - 1];
  g_autofree char *key = g_strdup (left->key);
  scene_do (scene, "unit:ward", "undo", "'undoes':'%s'", key);
  g_assert_false (scene_referral (scene, person.code)->is_exposed);
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'home'", person.code);
  g_assert_false (scene_referral (scene, person.code)->is_exposed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-episode/" path, function)
  ADD ("longest/of-the-unit", test_of_the_unit);
  ADD ("longest/never-longer", test_never_longer);
  ADD ("longest/new-rule", test_new_rule);
  ADD ("longest/move", test_move_to_where_they_may_stay);
  ADD ("longest/move-taken-back", test_move_taken_back);
  ADD ("longest/gone", test_gone);
  ADD ("longest/days-are-over", test_days_are_over);
  ADD ("longest/days-are-not-over", test_days_are_not_over);
  ADD ("longest/extended", test_extended);
  ADD ("longest/ones-own", test_days_are_ones_own);
  ADD ("outbreak/left", test_from_an_outbreak);
  ADD ("outbreak/over-since", test_outbreak_is_over_since);
  ADD ("outbreak/exposure-has-passed", test_exposure_has_passed);
  ADD ("outbreak/something-else", test_closed_for_something_else);
  ADD ("outbreak/leaving-taken-back", test_leaving_taken_back);
  return g_test_run ();
}
