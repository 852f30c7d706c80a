/* test-rules-doors.c: the doors before a method's own rule: what is named is there, and whose it is; and
 * what is found for whoever came too late.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-time.h"

/* Before the first import there is nothing to name. */
static void
test_nothing_is_there_yet (void)
{
  g_autoptr (Scene) scene = scene_new ();
  broker_register_free (scene->reg);
  scene->reg = broker_register_new (64);
  scene_expect (scene, BED_ERROR_UNKNOWN_UNIT, "unit", "local", "unit.confirm", "'unit':'ward'");
  scene_expect (scene, BED_ERROR_UNKNOWN_BED, "bed", "local", "bed.open", "'bed':'ward-01'");
}

/* A lodge whose trusted assessor answers for it. */
static Scene *
scene_new_assessed (void)
{
  g_autofree char *files = scene_files ();
  g_auto (GStrv) parts = g_strsplit (files, "d2a|rehab,3,0,lap,", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  Scene *scene = scene_new_of (g_strjoinv ("d2a|rehab,3,0,assessor,", parts));
  scene_ready_all (scene);
  return scene;
}

static void
hold_in_lodge (Scene *scene)
{
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'d2a','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch'");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'lodge-01'", scene->last_code);
}

static void
test_assessor_answers (void)
{
  g_autoptr (Scene) scene = scene_new_assessed ();
  hold_in_lodge (scene);
  scene_do (scene, "assessor", "placement.accept", "'referral':'%s'", scene->last_code);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_ACCEPTED);
}

/* And then neither the house nor its LAP does. */
static void
test_nobody_else_answers (void)
{
  g_autoptr (Scene) scene = scene_new_assessed ();
  hold_in_lodge (scene);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "owner:county", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "coordinator", "placement.accept", "'referral':'%s'", scene->last_code);
}

/* Not of what has no unit yet. */
static void
test_assessor_needs_a_unit (void)
{
  g_autoptr (Scene) scene = scene_new_assessed ();
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "assessor", "placement.accept", "'referral':'%s'", scene->last_code);
}

static void
test_referrer_of_no_organisation (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "referrer", "hold.take", "'referral':'%s','bed':'ward-03'",
                scene->last_code);
}

static void
test_no_such_role (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  BedCommand command = { .method = BED_METHOD_QUARTER_PASS, .actor = { .user = "nobody", .role = BED_ROLE_N } };
  g_assert_false (scene_decide (scene, &command));
  g_assert_cmpint (scene->refusal.error, ==, BED_ERROR_FORBIDDEN);
}

static void
test_import_without_units (void)
{
  g_autoptr (Scene) scene = scene_new ();
  guint64 revision = broker_register_get_revision (scene->reg);
  g_auto (BedCommand) import = { .method = BED_METHOD_IMPORT, .actor = { .user = "local", .role = BED_ROLE_LOCAL } };
  import.facts.files = g_strdup ("{\"laps.csv\":\"lap,name\\n\"}");
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_false (scene_decide (scene, &import));
  g_assert_cmpint (scene->refusal.error, ==, BED_ERROR_IMPORT);
  g_assert_cmpstr (scene->refusal.member, ==, "files");
  g_assert_cmpuint (broker_register_get_revision (scene->reg), ==, revision);
}

/* Whoever comes too late is told of the next bed, but not of one that nobody has vouched for. */
static void
test_next_bed_is_not_stale (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  BedOffer next;
  scene_pass (scene, 2 * BED_DAY_US);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_BED_TAKEN, "", "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'",
                scene->last_code);
  g_assert_false (broker_rules_find_next (scene->reg, scene->refusal.referral, scene->now_us, &next));
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-03','occupancy':'vacant'");
  g_assert_true (broker_rules_find_next (scene->reg, scene->refusal.referral, scene->now_us, &next));
  g_assert_cmpstr (broker_register_peek_table (scene->reg)->beds[next.bed].id, ==, "ward-03");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-doors/" path, function)
  ADD ("nothing-is-there-yet", test_nothing_is_there_yet);
  ADD ("assessor-answers", test_assessor_answers);
  ADD ("nobody-else-answers", test_nobody_else_answers);
  ADD ("assessor-needs-a-unit", test_assessor_needs_a_unit);
  ADD ("referrer-of-no-organisation", test_referrer_of_no_organisation);
  ADD ("no-such-role", test_no_such_role);
  ADD ("import-without-units", test_import_without_units);
  ADD ("next-bed-is-not-stale", test_next_bed_is_not_stale);
  return g_test_run ();
}
