/* test-rules-assessments.c: assessments during a stay, and a day count that goes on from another bed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "person-scene.h"

#include "common/bed-time.h"

#include <string.h>

/* Assessments */

static void
test_chc_assessment (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene, "ward-01");
  refuse (scene, BED_ERROR_WRONG_STATE, "kind", "unit:ward", "assessment.done", ",'kind':'chc','result':'eligible'");
  act (scene, "unit:ward", "assessment.start", ",'kind':'chc'");
  g_assert_cmpint (last (scene)->chc_from_us, ==, scene->now_us);
  refuse (scene, BED_ERROR_WRONG_STATE, "kind", "clinician", "assessment.start", ",'kind':'chc'");
  scene->now_us += BED_DAY_US;
  act (scene, "clinician", "assessment.done", ",'kind':'chc','result':'not_eligible'");
  g_assert_cmpint (last (scene)->chc_from_us, ==, 0);
  scene_assert_replay (scene);
}

static void
test_other_assessments_are_recorded (void)
{
  static const char *const kinds[] = { "social_care", "therapy", "mental_capacity" };
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene, "ward-01");
  act (scene, "unit:ward", "assessment.start", ",'kind':'chc'");
  BedReferralRow before = *last (scene);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *start = g_strdup_printf (",'kind':'%s'", kinds[i]);
      g_autofree char *done = g_strdup_printf (",'kind':'%s','result':'completed'", kinds[i]);
      act (scene, "clinician", "assessment.start", start);
      act (scene, "clinician", "assessment.start", start);
      act (scene, "clinician", "assessment.done", done);
    }
  before.revision = last (scene)->revision;
  g_assert_cmpmem (&before, sizeof before, last (scene), sizeof before);
  scene_assert_replay (scene);
}

static void
test_assessment_outside_a_stay (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "clinician", "assessment.start", ",'kind':'chc'");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "clinician", "assessment.done", ",'kind':'chc','result':'eligible'");
}

/* The day count goes on */

static const char going_on[] = "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female',"
                               "'age_band':'75_84','home':'SO51','agreed':'yes','source':'rhch','continues':'%s'";

static void
leave (Scene *scene, const char *outcome)
{
  g_autofree char *more = g_strdup_printf (",'outcome':'%s'", outcome);
  arrive (scene, "ward-01");
  scene->now_us += 10 * BED_MINUTE_US;
  act (scene, "unit:ward", "placement.leave", more);
}

static void
test_continues (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  leave (scene, "other_iic_bed");
  scene_do (scene, "coordinator", "referral.submit", going_on, scene->last_code);
  g_assert_cmpint (last (scene)->submitted_at_us, ==, SCENE_START_US + 10 * BED_MINUTE_US);
  g_assert_cmpint (last (scene)->arrived_at_us, ==, SCENE_START_US);
  g_assert_cmpint (last (scene)->state, ==, BED_STATE_WAITING);
  scene_assert_replay (scene);
}

static void
test_continues_from_nothing_else (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  leave (scene, "home");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "continues", "coordinator", "referral.submit", going_on, scene->last_code);
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "continues", "coordinator", "referral.submit", going_on, scene->last_code);
}

static void
test_continues_from_nobody (void)
{
  char nobody[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  bed_code_print (7, nobody);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "continues", "coordinator", "referral.submit", going_on, nobody);
}

/* An event that names people who are not there comes from a damaged journal. */
static void
assert_no_such_people (Scene *scene, BedEventKind kind, const char *code, const BedFact *facts, guint n)
{
  g_autoptr (GError) error = NULL;
  BedEvent event = { .revision = broker_register_get_revision (scene->reg) + 1, .at_us = scene->now_us, .kind = kind };
  memcpy (event.facts.referral, code, BED_CODE_SIZE);
  for (guint i = 0; i < n; i++)
    bed_facts_set (&event.facts, facts[i]);
  g_assert_false (broker_register_apply (scene->reg, &event, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

static void
test_events_name_people (void)
{
  static const BedFact with[] = { BED_FACT_REFERRAL, BED_FACT_WITH };
  static const BedFact continues[] = { BED_FACT_REFERRAL, BED_FACT_ORGANISATION, BED_FACT_HOME, BED_FACT_CONTINUES };
  char nobody[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  bed_code_print (7, nobody);
  assert_no_such_people (scene, BED_EVENT_LINKED, scene->last_code, with, G_N_ELEMENTS (with));
  assert_no_such_people (scene, BED_EVENT_REFERRAL_SUBMITTED, nobody, continues, G_N_ELEMENTS (continues));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-assessments/" path, function)
  ADD ("assessment/chc", test_chc_assessment);
  ADD ("assessment/others", test_other_assessments_are_recorded);
  ADD ("assessment/outside-a-stay", test_assessment_outside_a_stay);
  ADD ("continues/goes-on", test_continues);
  ADD ("continues/nothing-else", test_continues_from_nothing_else);
  ADD ("continues/nobody", test_continues_from_nobody);
  ADD ("events-name-people", test_events_name_people);
  return g_test_run ();
}
