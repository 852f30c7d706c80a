/* test-rules-closing.c: closing and opening of beds, bays and units with people inside and on the way;
 * staffed caps, capacities, and a unit's rules.
 *
 * Every test that changes something ends with a replay of its events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-scene.h"

/* Someone new, held for that bed, and perhaps further. Their code is scene->last_code. */
static void
hold (Scene *scene, const char *bed)
{
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", scene->last_code, bed);
}

static void
accept (Scene *scene, const char *bed)
{
  hold (scene, bed);
  scene_do (scene, "local", "placement.accept", "'referral':'%s'", scene->last_code);
}

static gboolean
awaits_decision (Scene *scene, const char *code)
{
  return (scene_referral (scene, code)->flags & BED_REFERRAL_DECIDE) != 0;
}

static void
test_close_and_open (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair'");
  const BedBedRow *row = scene_bed (scene, "ward-01");
  g_assert_cmpint (row->display, ==, BED_DISPLAY_CLOSED);
  g_assert_cmpint (row->closed_reason, ==, BED_CLOSURE_REPAIR);
  g_assert_cmpint (row->until_us, ==, 0);
  g_assert_cmpint (scene_unit (scene, "ward")->closed_reason, ==, BED_CLOSURE_NONE);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "bed.close", "'bed':'ward-01','reason':'staffing'");
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-01'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpint (scene_bed (scene, "ward-01")->closed_reason, ==, BED_CLOSURE_NONE);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "bed.open", "'bed':'ward-01'");
  bed_scene_end (scene);
}

static void
test_closure_ends_by_the_clock (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "bed.close",
                "'bed':'ward-01','reason':'repair','until':'2026-11-22T10:00:00Z'");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair','until':'2026-11-22T11:30:00Z'");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-02','reason':'repair'");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair','until':'2026-11-22T13:00:00Z'");
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':3,'until':'2026-11-22T13:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->until_us, ==, instant ("2026-11-22T11:30:00Z"));
  pass_until (scene, "2026-11-22T11:29:59.999Z");
  g_assert_cmpint (scene_bed (scene, "ward-01")->service, ==, BED_SERVICE_CLOSED);
  pass_until (scene, "2026-11-22T11:30:00Z");
  g_assert_cmpint (scene_bed (scene, "ward-01")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "ward-01")->until_us, ==, 0);
  g_assert_cmpint (scene_bed (scene, "ward-02")->service, ==, BED_SERVICE_CLOSED);
  g_assert_cmpint (scene_bed (scene, "ward-03")->service, ==, BED_SERVICE_CLOSED);
  g_assert_cmpuint (scene_unit (scene, "ward")->staffed_cap, ==, 3);
  bed_scene_end (scene);
}

static void
test_opening_early_forgets_the_end (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-04','reason':'repair','until':'2026-11-22T11:30:00Z'");
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-04'");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-04','reason':'deep_clean'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->until_us, ==, 0);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpint (scene_bed (scene, "ward-04")->service, ==, BED_SERVICE_CLOSED);
  bed_scene_end (scene);
}

/* One bed of each: held, accepted, in transit (a woman's in the women's bay), occupied. */
static void
test_closing_with_people (void)
{
  Scene *scene = bed_scene_new ();
  hold (scene, "ward-01");
  g_autofree char *held = g_strdup (scene->last_code);
  accept (scene, "ward-02");
  g_autofree char *accepted = g_strdup (scene->last_code);
  accept (scene, "ward-03");
  g_autofree char *coming = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "placement.depart", "'referral':'%s'", coming);
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-04','why':'system_down'");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");

  g_assert_cmpint (state_of (scene, held), ==, BED_STATE_WAITING);
  g_assert_cmpint (scene_bed (scene, "ward-01")->display, ==, BED_DISPLAY_CLOSED);
  g_assert_cmpint (state_of (scene, accepted), ==, BED_STATE_ACCEPTED);
  g_assert_true (awaits_decision (scene, accepted));
  g_assert_cmpint (scene_bed (scene, "ward-02")->display, ==, BED_DISPLAY_ACCEPTED);
  g_assert_cmpint (state_of (scene, coming), ==, BED_STATE_IN_TRANSIT);
  g_assert_false (awaits_decision (scene, coming));
  g_assert_cmpint (scene_bed (scene, "ward-03")->display, ==, BED_DISPLAY_IN_TRANSIT);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_OCCUPIED);
  g_assert_true (scene_bed (scene, "ward-04")->flags & BED_FLAG_CLOSED);
  const BedUnitRow *unit = scene_unit (scene, "ward");
  g_assert_cmpuint (unit->counted, ==, 3);
  g_assert_true (unit->flags & BED_FLAG_CLOSED);
  g_assert_cmpint (unit->closed_reason, ==, BED_CLOSURE_OUTBREAK);
  bed_scene_end (scene);
}

/* A couple is held together or not at all, also when only one of their beds closes. */
static void
test_closing_on_a_couple (void)
{
  Scene *scene = bed_scene_new ();
  scene_refer (scene);
  g_autofree char *one = g_strdup (scene->last_code);
  scene_refer (scene);
  g_autofree char *other = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "referral.link", "'referral':'%s','with':'%s'", one, other);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", one);
  g_assert_cmpint (state_of (scene, other), ==, BED_STATE_HELD);
  guint32 bed = scene_referral (scene, other)->bed;
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair'");
  g_assert_cmpint (state_of (scene, one), ==, BED_STATE_WAITING);
  g_assert_cmpint (state_of (scene, other), ==, BED_STATE_WAITING);
  g_assert_cmpint (broker_register_peek_bed (scene->reg, bed)->commitment, ==, BED_COMMITMENT_NONE);

  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-01'");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", one);
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  g_assert_cmpint (state_of (scene, other), ==, BED_STATE_WAITING);
  g_assert_cmpuint (scene_unit (scene, "ward")->counted, ==, 0);
  bed_scene_end (scene);
}

static void
test_opening_settles_the_decision (void)
{
  Scene *scene = bed_scene_new ();
  accept (scene, "ward-04");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-04','reason':'repair'");
  g_assert_true (awaits_decision (scene, scene->last_code));
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-04'");
  g_assert_false (awaits_decision (scene, scene->last_code));
  g_assert_cmpint (state_of (scene, scene->last_code), ==, BED_STATE_ACCEPTED);
  bed_scene_end (scene);
}

static void
test_held_bed_shows_the_hold (void)
{
  Scene *scene = bed_scene_new ();
  hold (scene, "ward-04");
  g_assert_cmpint (scene_bed (scene, "ward-04")->until_us, ==, scene_referral (scene, scene->last_code)->until_us);
  g_assert_cmpint (scene_bed (scene, "ward-04")->until_us, >, scene->now_us);
  bed_scene_end (scene);
}

/* Bays */

static void
test_bay (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "bay", "owner:trust", "bay.close", "'unit':'ward','bay':3,'reason':'outbreak'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "bay", "owner:trust", "bay.open", "'unit':'ward','bay':3");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "bay.open", "'unit':'ward','bay':1");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "bay.close",
                "'unit':'ward','bay':1,'reason':'outbreak','until':'2026-11-22T09:00:00Z'");
  hold (scene, "ward-02");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair'");
  scene_do (scene, "owner:trust", "bay.close", "'unit':'ward','bay':1,'reason':'outbreak','until':'2026-11-22T12:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->closed_reason, ==, BED_CLOSURE_REPAIR);
  g_assert_cmpint (scene_bed (scene, "ward-02")->closed_reason, ==, BED_CLOSURE_OUTBREAK);
  g_assert_cmpint (scene_bed (scene, "ward-03")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "ward-04")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (state_of (scene, scene->last_code), ==, BED_STATE_WAITING);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "bay.close", "'unit':'ward','bay':1,'reason':'repair'");
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair'");
  scene_do (scene, "owner:trust", "bay.open", "'unit':'ward','bay':1");
  g_assert_cmpint (scene_bed (scene, "ward-01")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "ward-02")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "ward-03")->service, ==, BED_SERVICE_CLOSED);
  bed_scene_end (scene);
}

/* Units */

static void
test_unit_opens_one_by_one (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  for (guint bed = 1; bed <= 3; bed++)
    scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-0%u'", bed);
  g_assert_cmpint (scene_unit (scene, "ward")->closed_reason, ==, BED_CLOSURE_OUTBREAK);
  g_assert_false (scene_unit (scene, "ward")->flags & BED_FLAG_CLOSED);
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-04'");
  g_assert_cmpint (scene_unit (scene, "ward")->closed_reason, ==, BED_CLOSURE_NONE);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "unit.open", "'unit':'ward'");
  bed_scene_end (scene);
}

static void
test_unit_opens_what_was_closed_with_it (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair'");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "owner:trust", "unit.close", "'unit':'ward','reason':'staffing'");
  scene_do (scene, "owner:trust", "unit.open", "'unit':'ward'");
  g_assert_cmpint (scene_bed (scene, "ward-01")->service, ==, BED_SERVICE_CLOSED);
  g_assert_cmpint (scene_bed (scene, "ward-02")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_bed (scene, "ward-04")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_unit (scene, "ward")->closed_reason, ==, BED_CLOSURE_NONE);
  bed_scene_end (scene);
}

static void
test_unit_closure_ends_by_the_clock (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "unit.close",
                "'unit':'ward','reason':'outbreak','until':'2026-11-22T10:00:00Z'");
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak','until':'2026-11-22T12:00:00Z'");
  pass_until (scene, "2026-11-22T11:00:00Z"); /* past the lodge's flex hour */
  accept (scene, "lodge-01");
  scene_do (scene, "owner:county", "unit.close", "'unit':'lodge','reason':'staffing','until':'2026-11-22T12:00:00Z'");
  g_assert_true (awaits_decision (scene, scene->last_code));
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpint (scene_bed (scene, "ward-01")->service, ==, BED_SERVICE_OPEN);
  g_assert_cmpint (scene_unit (scene, "ward")->closed_reason, ==, BED_CLOSURE_NONE);
  g_assert_false (awaits_decision (scene, scene->last_code));
  bed_scene_end (scene);
}

/* Of a unit with a bed that is not in effect, the others. */
static void
test_beds_out_of_effect_stay_as_they_are (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "coordinator", "unit.close", "'unit':'home','reason':'staffing'");
  g_assert_cmpint (scene_bed (scene, "home-01")->service, ==, BED_SERVICE_CLOSED);
  g_assert_cmpint (scene_bed (scene, "home-02")->service, ==, BED_SERVICE_OPEN);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "service", "coordinator", "unit.close", "'unit':'home','reason':'staffing'");
  scene_do (scene, "coordinator", "unit.open", "'unit':'home'");
  g_assert_cmpint (scene_bed (scene, "home-01")->service, ==, BED_SERVICE_OPEN);
  bed_scene_end (scene);
}

static void
test_who_may_close (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "unit:ward", "unit.close", "'unit':'ward','reason':'outbreak'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "unit.close", "'unit':'ward','reason':'outbreak'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "owner:county", "bay.close", "'unit':'ward','bay':1,'reason':'outbreak'");
  scene_expect (scene, BED_ERROR_UNKNOWN_UNIT, "unit", "owner:trust", "unit.open", "'unit':'nowhere'");
  scene_free (scene);
}

/* Staff and capacity */

static void
test_staff (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "staffed_cap", "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':5");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "until", "owner:trust", "unit.staff",
                "'unit':'ward','staffed_cap':1,'until':'2026-11-22T10:00:00Z'");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "unit", "owner:county", "unit.staff", "'unit':'sits','staffed_cap':1");
  hold (scene, "ward-04");
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':1,'until':'2026-11-22T12:00:00Z'");
  g_assert_cmpuint (scene_unit (scene, "ward")->staffed_cap, ==, 1);
  g_assert_true (scene_bed (scene, "ward-01")->flags & BED_FLAG_CAP_REACHED);
  g_assert_cmpuint (scene_unit (scene, "ward")->free, ==, 0);
  pass_until (scene, "2026-11-22T11:59:59.999Z");
  g_assert_cmpuint (scene_unit (scene, "ward")->staffed_cap, ==, 1);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "ward")->staffed_cap, ==, 4);
  g_assert_cmpint (scene_unit (scene, "ward")->cap_until_us, ==, 0);
  g_assert_false (scene_bed (scene, "ward-01")->flags & BED_FLAG_CAP_REACHED);
  bed_scene_end (scene);
}

static void
test_staff_without_end (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':2,'until':'2026-11-22T11:00:00Z'");
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':0");
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "ward")->staffed_cap, ==, 0);
  g_assert_cmpuint (scene_unit (scene, "ward")->free, ==, 0);
  bed_scene_end (scene);
}

/* New reference data do not undo what the owner has said, and change what nobody has spoken of. */
static void
test_import_keeps_the_owners_cap (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':2");
  scene_do (scene, "owner:county", "unit.capacity", "'unit':'sits','capacity':1,'until':'2026-11-30T00:00:00Z'");
  bed_scene_import (scene, bed_scene_files ());
  g_assert_cmpuint (scene_unit (scene, "ward")->staffed_cap, ==, 2);
  g_assert_cmpuint (scene_unit (scene, "sits")->staffed_cap, ==, 1);
  g_assert_cmpuint (scene_unit (scene, "lodge")->staffed_cap, ==, 3);
  g_autofree char *files = bed_scene_files ();
  g_auto (GStrv) parts = g_strsplit (files, "d2a|rehab,3,0,lap", -1);
  bed_scene_import (scene, g_strjoinv ("d2a|rehab,4,0,lap", parts));
  g_assert_cmpuint (scene_unit (scene, "lodge")->staffed_cap, ==, 4);
  bed_scene_end (scene);
}

static void
test_capacity (void)
{
  Scene *scene = bed_scene_new ();
  g_assert_cmpuint (scene_unit (scene, "sits")->staffed_cap, ==, 2);
  g_assert_cmpuint (scene_unit (scene, "sits")->free, ==, 3);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "capacity", "owner:county", "unit.capacity", "'unit':'sits','capacity':4");
  scene_expect (scene, BED_ERROR_WRONG_STATE, "unit", "owner:trust", "unit.capacity", "'unit':'ward','capacity':1");
  scene_do (scene, "owner:county", "unit.capacity", "'unit':'sits','capacity':0,'until':'2026-11-22T12:00:00Z'");
  g_assert_cmpuint (scene_unit (scene, "sits")->free, ==, 0);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_unit (scene, "sits")->staffed_cap, ==, 2);
  bed_scene_end (scene);
}

/* The rules of a unit: who may set them, and that there is one. What they change is the register's. */
static void
test_unit_rules (void)
{
  Scene *scene = bed_scene_new ();
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "unit:ward", "unit.rules", "'unit':'ward','rules':{'nights':false}");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "unit.rules", "'unit':'home','rules':{'nights':false}");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "owner:county", "unit.rules", "'unit':'ward','rules':{'nights':false}");

  BedCommand command = { .method = BED_METHOD_UNIT_RULES, .actor = { .user = "owner", .role = BED_ROLE_OWNER, .owner = "trust" } };
  g_auto (BedEvent) event = { 0 };
  BrokerRefusal refusal;
  strcpy (command.facts.unit, "ward");
  bed_facts_set (&command.facts, BED_FACT_UNIT);
  bed_facts_set (&command.facts, BED_FACT_RULES);
  g_assert_false (broker_rules_check (scene->reg, &command, scene->now_us, &event, &refusal));
  g_assert_cmpstr (bed_error_reason (refusal.error), ==, "bad_value");
  g_assert_cmpstr (refusal.member, ==, "rules");
  command.facts.rules = (BedUnitRules) { .has = 1 << BED_RULE_NIGHTS, .nights = FALSE };
  g_assert_true (broker_rules_check (scene->reg, &command, scene->now_us, &event, &refusal));
  g_assert_cmpint (event.kind, ==, BED_EVENT_UNIT_RULED);
  g_assert_cmpuint (event.facts.rules.has, ==, 1 << BED_RULE_NIGHTS);
  scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-closing/close-and-open", test_close_and_open);
  g_test_add_func ("/rules-closing/closure-ends", test_closure_ends_by_the_clock);
  g_test_add_func ("/rules-closing/opening-early", test_opening_early_forgets_the_end);
  g_test_add_func ("/rules-closing/with-people", test_closing_with_people);
  g_test_add_func ("/rules-closing/couple", test_closing_on_a_couple);
  g_test_add_func ("/rules-closing/opening-settles", test_opening_settles_the_decision);
  g_test_add_func ("/rules-closing/held-bed-shows-the-hold", test_held_bed_shows_the_hold);
  g_test_add_func ("/rules-closing/bay", test_bay);
  g_test_add_func ("/rules-closing/unit-one-by-one", test_unit_opens_one_by_one);
  g_test_add_func ("/rules-closing/unit-opens-its-own", test_unit_opens_what_was_closed_with_it);
  g_test_add_func ("/rules-closing/unit-closure-ends", test_unit_closure_ends_by_the_clock);
  g_test_add_func ("/rules-closing/out-of-effect", test_beds_out_of_effect_stay_as_they_are);
  g_test_add_func ("/rules-closing/who", test_who_may_close);
  g_test_add_func ("/rules-closing/staff", test_staff);
  g_test_add_func ("/rules-closing/staff-without-end", test_staff_without_end);
  g_test_add_func ("/rules-closing/import-keeps-the-cap", test_import_keeps_the_owners_cap);
  g_test_add_func ("/rules-closing/capacity", test_capacity);
  g_test_add_func ("/rules-closing/rules", test_unit_rules);
  return g_test_run ();
}
