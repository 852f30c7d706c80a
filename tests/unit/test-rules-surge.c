/* test-rules-surge.c: surge beds: asked for by a coordinator, opened by the owner, ended by the clock.
 *
 * Every test that changes something ends with a replay of its events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-scene.h"

#define UNTIL_NOON "'until':'2026-11-22T12:00:00Z'"

static void
test_shut_at_first (void)
{
  Scene *scene = bed_scene_new ();
  g_assert_cmpint (scene_bed (scene, "annex-02")->display, ==, BED_DISPLAY_SURGE_SHUT);
  g_assert_false (scene_bed (scene, "annex-02")->flags & BED_FLAG_OFFERABLE);
  g_assert_cmpuint (scene_unit (scene, "annex")->free, ==, 1);
  scene_free (scene);
}

static void
test_ask (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "coordinator", "surge.ask", "'unit':'ward','beds':1," UNTIL_NOON);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "beds", "coordinator", "surge.ask", "'unit':'annex','beds':4," UNTIL_NOON);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "coordinator", "surge.ask",
                "'unit':'annex','beds':3,'until':'2026-11-22T10:00:00Z'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "owner:trust", "surge.ask", "'unit':'annex','beds':1," UNTIL_NOON);
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':3," UNTIL_NOON);
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 3);
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':1," UNTIL_NOON);
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 1);
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_SURGE_SHUT);
  bed_scene_end (scene);
}

/* Nobody has answered by then: it is asked for no more. */
static void
test_ask_lapses (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':3,'until':'2026-11-22T18:00:00Z'");
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':2," UNTIL_NOON);
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02','until':'2026-11-22T20:00:00Z'");
  pass_until (scene, "2026-11-22T11:59:59.999Z");
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 1);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 0);
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_SURGE_OPEN);
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':2,'until':'2026-11-22T18:00:00Z'");
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 2);
  bed_scene_end (scene);
}

/* Taken back, it is the number asked for before, for as long as before. */
static void
test_ask_taken_back (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':3," UNTIL_NOON);
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':1,'until':'2026-11-22T18:00:00Z'");
  const BedEvent *asked = scene->events->pdata[scene->events->len - 1];
  g_autofree char *key = g_strdup (asked->key);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 3);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 0);
  bed_scene_end (scene);
}

/* An asking outlives other reference data. */
static void
test_ask_is_carried (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':3," UNTIL_NOON);
  g_autofree char *files = bed_scene_files ();
  g_auto (GStrv) parts = g_strsplit (files, "Test Annex", -1);
  bed_scene_import (scene, g_strjoinv ("Test Annexe", parts));
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 3);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 0);
  bed_scene_end (scene);
}

/* Nobody staffs a surge bed that is shut: never seen, it takes no staff from the others. A bed closed for
 * anything else may have somebody inside. */
static void
test_unseen_surge_is_not_counted (void)
{
  Scene *scene = scene_new_of (bed_scene_files ());
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 1);
  scene_do (scene, "unit:annex", "bed.report", "'bed':'annex-01','occupancy':'vacant','readiness':'ready'");
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 0);
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'annex','staffed_cap':1");
  g_assert_true (scene_bed (scene, "annex-01")->flags & BED_FLAG_OFFERABLE);
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 1);
  g_assert_false (scene_bed (scene, "annex-01")->flags & BED_FLAG_OFFERABLE);
  scene_do (scene, "owner:trust", "bed.close", "'bed':'annex-02','reason':'repair'");
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 1);
  scene_do (scene, "owner:trust", "bed.open", "'bed':'annex-02'");
  scene_do (scene, "owner:trust", "surge.shut", "'bed':'annex-02'");
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 0);
  scene_do (scene, "unit:annex", "bed.fill", "'bed':'annex-02','why':'system_down'");
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 1);
  bed_scene_end (scene);
}

static void
test_open_answers_the_ask (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "coordinator", "surge.ask", "'unit':'annex','beds':1," UNTIL_NOON);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "surge.open", "'bed':'annex-02'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "surge.open",
                "'bed':'annex-02','until':'2026-11-22T10:00:00Z'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "surge.open", "'bed':'annex-01'," UNTIL_NOON);
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 0);
  const BedBedRow *row = scene_bed (scene, "annex-02");
  g_assert_cmpint (row->service, ==, BED_SERVICE_SURGE_OPEN);
  g_assert_cmpint (row->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpint (row->until_us, ==, instant ("2026-11-22T12:00:00Z"));
  g_assert_true (row->flags & BED_FLAG_OFFERABLE);
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-03'," UNTIL_NOON);
  g_assert_cmpuint (scene_unit (scene, "annex")->surge_asked, ==, 0);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  bed_scene_end (scene);
}

static void
test_shut (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "surge.shut", "'bed':'annex-02'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "surge.shut", "'bed':'annex-01'");
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  scene_do (scene, "coordinator", "surge.shut", "'bed':'annex-02'");
  g_assert_cmpint (scene_bed (scene, "annex-02")->display, ==, BED_DISPLAY_SURGE_SHUT);
  g_assert_cmpint (scene_bed (scene, "annex-02")->until_us, ==, 0);
  g_assert_cmpuint (pass_until (scene, "2026-11-22T12:30:00Z"), ==, 2); /* the flex hours of ward and lodge */
  bed_scene_end (scene);
}

/* Held, accepted, occupied. */
static void
test_ends_by_the_clock (void)
{
  Scene *scene = bed_scene_new ();
  for (guint bed = 2; bed <= 4; bed++)
    scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-0%u'," UNTIL_NOON, bed);
  scene_do (scene, "unit:annex", "bed.fill", "'bed':'annex-03','why':'system_down'");
  scene_refer (scene);
  g_autofree char *held = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'annex-02'", held);
  scene_refer (scene);
  const char *accepted = scene->last_code;
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'annex-04'", accepted);
  scene_do (scene, "unit:annex", "placement.accept", "'referral':'%s'", accepted);
  pass_until (scene, "2026-11-22T11:59:59.999Z");
  g_assert_cmpint (state_of (scene, held), ==, BED_STATE_HELD);
  g_assert_false (scene_referral (scene, accepted)->flags & BED_REFERRAL_DECIDE);

  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpint (state_of (scene, held), ==, BED_STATE_WAITING);
  g_assert_cmpint (scene_bed (scene, "annex-02")->display, ==, BED_DISPLAY_SURGE_SHUT);
  g_assert_cmpint (state_of (scene, accepted), ==, BED_STATE_ACCEPTED);
  g_assert_true (scene_referral (scene, accepted)->flags & BED_REFERRAL_DECIDE);
  g_assert_cmpint (scene_bed (scene, "annex-04")->display, ==, BED_DISPLAY_ACCEPTED);
  g_assert_cmpint (scene_bed (scene, "annex-03")->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_cmpint (scene_bed (scene, "annex-03")->service, ==, BED_SERVICE_SURGE_SHUT);
  g_assert_cmpuint (scene_unit (scene, "annex")->counted, ==, 2);

  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-04','until':'2026-11-22T18:00:00Z'");
  g_assert_false (scene_referral (scene, accepted)->flags & BED_REFERRAL_DECIDE);
  bed_scene_end (scene);
}

static void
test_closed_surge_bed_comes_back_as_it_was (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  scene_do (scene, "owner:trust", "bed.close", "'bed':'annex-02','reason':'repair'");
  g_assert_cmpint (scene_bed (scene, "annex-02")->until_us, ==, 0);
  scene_do (scene, "owner:trust", "bed.open", "'bed':'annex-02'");
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_SURGE_OPEN);
  g_assert_cmpint (scene_bed (scene, "annex-02")->until_us, ==, instant ("2026-11-22T12:00:00Z"));
  bed_scene_end (scene);
}

static void
test_surge_over_while_closed (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'annex-02'", scene->last_code);
  scene_do (scene, "unit:annex", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "owner:trust", "bed.close", "'bed':'annex-02','reason':'repair','until':'2026-11-22T13:00:00Z'");
  pass_until (scene, "2026-11-22T12:30:00Z");
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_CLOSED);
  pass_until (scene, "2026-11-22T13:00:00Z");
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_SURGE_SHUT);
  g_assert_cmpint (broker_register_peek_terms (scene->reg, bed_places_find_bed (broker_register_peek_places (scene->reg), "annex-02"))
                       ->surge_until_us, ==, 0);
  g_assert_true (scene_referral (scene, scene->last_code)->flags & BED_REFERRAL_DECIDE);
  bed_scene_end (scene);
}

static void
test_unit_closes_over_surge (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "unit.close", "'unit':'annex','reason':'outbreak'");
  g_assert_cmpint (scene_bed (scene, "annex-02")->display, ==, BED_DISPLAY_CLOSED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "coordinator", "surge.ask", "'unit':'annex','beds':1," UNTIL_NOON);
  scene_do (scene, "owner:trust", "unit.open", "'unit':'annex'");
  g_assert_cmpint (scene_bed (scene, "annex-01")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_SURGE_SHUT);
  bed_scene_end (scene);
}

/* The flex hour of a surge bed begins when it is opened. */
static void
test_flex_hour_of_surge (void)
{
  Scene *scene = bed_scene_new ();
  pass_until (scene, "2026-11-22T11:00:00Z");
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-03','until':'2026-11-22T18:00:00Z'");
  pass_until (scene, "2026-11-22T11:59:59.999Z");
  g_assert_false (scene_bed (scene, "annex-03")->flags & BED_FLAG_FLEX);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_true (scene_bed (scene, "annex-03")->flags & BED_FLAG_FLEX);
  bed_scene_end (scene);
}

/* Reference data that say something else of surge. */
static void
test_commissioned_for_good (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02'," UNTIL_NOON);
  g_autofree char *files = bed_scene_files ();
  g_auto (GStrv) parts = g_strsplit (files, ",yes\\n", -1);
  bed_scene_import (scene, g_strjoinv (",no\\n", parts));
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "annex-02")->until_us, ==, 0);
  g_assert_cmpint (scene_bed (scene, "annex-03")->service, ==, BED_SERVICE_OPEN);
  bed_scene_import (scene, g_steal_pointer (&files));
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_OPEN);
  scene_do (scene, "owner:trust", "bed.close", "'bed':'annex-02','reason':'staffing'");
  scene_do (scene, "owner:trust", "bed.open", "'bed':'annex-02'");
  g_assert_cmpint (scene_bed (scene, "annex-02")->service, ==, BED_SERVICE_SURGE_SHUT);
  bed_scene_end (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-surge/shut-at-first", test_shut_at_first);
  g_test_add_func ("/rules-surge/ask", test_ask);
  g_test_add_func ("/rules-surge/ask-lapses", test_ask_lapses);
  g_test_add_func ("/rules-surge/ask-taken-back", test_ask_taken_back);
  g_test_add_func ("/rules-surge/ask-is-carried", test_ask_is_carried);
  g_test_add_func ("/rules-surge/unseen-is-not-counted", test_unseen_surge_is_not_counted);
  g_test_add_func ("/rules-surge/open-answers-the-ask", test_open_answers_the_ask);
  g_test_add_func ("/rules-surge/shut", test_shut);
  g_test_add_func ("/rules-surge/ends-by-the-clock", test_ends_by_the_clock);
  g_test_add_func ("/rules-surge/closed-and-back", test_closed_surge_bed_comes_back_as_it_was);
  g_test_add_func ("/rules-surge/over-while-closed", test_surge_over_while_closed);
  g_test_add_func ("/rules-surge/unit-closes", test_unit_closes_over_surge);
  g_test_add_func ("/rules-surge/flex-hour", test_flex_hour_of_surge);
  g_test_add_func ("/rules-surge/commissioned-for-good", test_commissioned_for_good);
  return g_test_run ();
}
