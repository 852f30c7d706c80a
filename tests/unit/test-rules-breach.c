/* test-rules-breach.c: a limit that passes becomes one event, at its instant and never again; a clock
 * that lapses, or only prompts, becomes none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

static guint
count_breaches (Scene *scene, BedClock clock)
{
  guint n = 0;
  for (guint i = 0; i < scene->events->len; i++)
    {
      const BedEvent *event = scene->events->pdata[i];
      n += event->kind == BED_EVENT_CLOCK_BREACHED && event->facts.clock == clock
           && strcmp (event->facts.referral, scene->last_code) == 0;
    }
  return n;
}

static gint64
get_due (Scene *scene, BedClock clock)
{
  gint64 due_us = 0;
  g_assert_true (bed_clock_get_due (clock, scene_referral (scene, scene->last_code), &due_us));
  return due_us;
}

/* Nothing a moment before, one event at the instant, no other for a day. */
static void
assert_one_breach (Scene *scene, BedClock clock)
{
  gint64 due_us = get_due (scene, clock);
  scene_pass (scene, due_us - 1 - scene->now_us);
  g_assert_cmpuint (count_breaches (scene, clock), ==, 0);
  g_assert_false (scene_referral (scene, scene->last_code)->breached >> clock & 1);
  scene_pass (scene, 1);
  g_assert_cmpuint (count_breaches (scene, clock), ==, 1);
  g_assert_true (scene_referral (scene, scene->last_code)->breached >> clock & 1);
  scene_pass (scene, BED_DAY_US);
  g_assert_cmpuint (count_breaches (scene, clock), ==, 1);
  scene_assert_replay (scene);
}

static void
submit (Scene *scene, const char *who, const char *lane)
{
  scene_do (scene, who, "referral.submit",
            "'lane':'%s','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','source':'rhch','ready_at':'2026-11-22T09:00:00Z'",
            lane);
}

static void
arrive (Scene *scene)
{
  submit (scene, "coordinator", "flow");
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-04'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-04'", scene->last_code);
}

static void
test_response (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent");
  assert_one_breach (scene, BED_CLOCK_UCR_RESPONSE);
}

/* A bed never stops it. */
static void
test_response_in_a_bed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent");
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-04'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-04'", scene->last_code);
  assert_one_breach (scene, BED_CLOCK_UCR_RESPONSE);
}

static void
test_response_in_time (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent");
  scene_pass (scene, 2 * BED_HOUR_US - 1);
  scene_do (scene, "clinician", "referral.responded", "'referral':'%s'", scene->last_code);
  scene_pass (scene, BED_HOUR_US);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_UCR_RESPONSE), ==, 0);
}

/* Out of hours it runs all the same: 20:00 on that Sunday. */
static void
test_response_at_night (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_pass (scene, 10 * BED_HOUR_US);
  submit (scene, "coordinator", "urgent");
  g_assert_true (bed_clock_is_out_of_hours (&broker_register_peek_table (scene->reg)->laps[0],
                                            scene_referral (scene, scene->last_code)));
  assert_one_breach (scene, BED_CLOCK_UCR_RESPONSE);
}

static void
test_triage (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "referrer:rhch", "flow");
  assert_one_breach (scene, BED_CLOCK_TRIAGE);
}

static void
test_ready_to_service (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow");
  assert_one_breach (scene, BED_CLOCK_READY_TO_SERVICE);
}

static void
test_bed_start (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow");
  assert_one_breach (scene, BED_CLOCK_BED_START);
}

static void
test_therapy (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene);
  assert_one_breach (scene, BED_CLOCK_THERAPY);
}

static void
test_chc_assessment (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene);
  scene_do (scene, "unit:ward", "assessment.start", "'referral':'%s','kind':'chc'", scene->last_code);
  assert_one_breach (scene, BED_CLOCK_CHC_ASSESSMENT);
}

/* The second assessment is another limit. */
static void
test_chc_assessment_again (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene);
  scene_do (scene, "unit:ward", "assessment.start", "'referral':'%s','kind':'chc'", scene->last_code);
  scene_pass (scene, 6 * BED_DAY_US);
  scene_do (scene, "unit:ward", "assessment.done", "'referral':'%s','kind':'chc','result':'not_completed'", scene->last_code);
  scene_do (scene, "unit:ward", "assessment.start", "'referral':'%s','kind':'chc'", scene->last_code);
  scene_pass (scene, 6 * BED_DAY_US);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_CHC_ASSESSMENT), ==, 2);
}

static void
test_episode (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene);
  assert_one_breach (scene, BED_CLOCK_EPISODE);
}

static void
test_hold_lapses (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", scene->last_code);
  scene_pass (scene, 5 * BED_HOUR_US);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_HOLD), ==, 0);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_WAITING);
}

/* Nothing happens by itself while somebody may be in an ambulance. */
static void
test_arrival_prompts (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow");
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'ward-04'", scene->last_code);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  BedReferralRow *row = (BedReferralRow *) scene_referral (scene, scene->last_code);
  row->expected_at_us = scene->now_us + BED_HOUR_US;
  scene_pass (scene, 10 * BED_HOUR_US);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_ARRIVAL), ==, 0);
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_ACCEPTED);
}

/* Told late, of several limits at once: each has its event. */
static void
test_many_at_once (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent");
  scene_pass (scene, 3 * BED_DAY_US);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_UCR_RESPONSE), ==, 1);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_READY_TO_SERVICE), ==, 1);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_BED_START), ==, 1);
  scene_assert_replay (scene);
}

/* Over the Sunday of 31 October 2027, when a day has 25 hours by the wall. */
static void
test_autumn_sunday (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_assert_true (bed_time_parse ("2027-10-30T12:00:00Z", &scene->now_us));
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','source':'rhch','ready_at':'2027-10-30T12:00:00Z'");
  scene_pass (scene, BED_DAY_US - 1);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_READY_TO_SERVICE), ==, 0);
  scene_pass (scene, 1);
  g_assert_cmpuint (count_breaches (scene, BED_CLOCK_READY_TO_SERVICE), ==, 1);
}

/* The clock itself may be told twice, early, or of what does not run. */

static gboolean
ask_breach (Scene *scene, BedClock clock, gint64 now_us)
{
  g_auto (BedEvent) event = { 0 };
  BedCommand command = { .method = BED_METHOD_CLOCK_BREACH, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  memcpy (command.facts.referral, scene->last_code, BED_CODE_SIZE);
  command.facts.clock = (guint8) clock;
  bed_facts_set (&command.facts, BED_FACT_REFERRAL);
  bed_facts_set (&command.facts, BED_FACT_CLOCK);
  gboolean is_so = broker_rules_check (scene->reg, &command, now_us, &event, &scene->refusal);
  if (!is_so)
    {
      g_assert_cmpint (scene->refusal.error, ==, BED_ERROR_WRONG_STATE);
      g_assert_cmpstr (scene->refusal.member, ==, "clock");
    }
  return is_so;
}

static void
test_only_when_due (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent");
  gint64 due_us = get_due (scene, BED_CLOCK_UCR_RESPONSE);
  g_assert_false (ask_breach (scene, BED_CLOCK_UCR_RESPONSE, due_us - 1));
  g_assert_true (ask_breach (scene, BED_CLOCK_UCR_RESPONSE, due_us));
  g_assert_false (ask_breach (scene, BED_CLOCK_THERAPY, due_us));
  scene_pass (scene, due_us - scene->now_us);
  g_assert_false (ask_breach (scene, BED_CLOCK_UCR_RESPONSE, due_us));
}

/* Ending a hold, or asking where somebody stays, is not the breach of anything. */
static void
test_what_lapses_is_no_breach (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-04'", scene->last_code);
  g_assert_false (ask_breach (scene, BED_CLOCK_HOLD, get_due (scene, BED_CLOCK_HOLD)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-breach/" path, function)
  ADD ("response", test_response);
  ADD ("response-in-a-bed", test_response_in_a_bed);
  ADD ("response-in-time", test_response_in_time);
  ADD ("response-at-night", test_response_at_night);
  ADD ("triage", test_triage);
  ADD ("ready-to-service", test_ready_to_service);
  ADD ("bed-start", test_bed_start);
  ADD ("therapy", test_therapy);
  ADD ("chc-assessment", test_chc_assessment);
  ADD ("chc-assessment-again", test_chc_assessment_again);
  ADD ("episode", test_episode);
  ADD ("hold-lapses", test_hold_lapses);
  ADD ("arrival-prompts", test_arrival_prompts);
  ADD ("many-at-once", test_many_at_once);
  ADD ("autumn-sunday", test_autumn_sunday);
  ADD ("only-when-due", test_only_when_due);
  ADD ("what-lapses-is-no-breach", test_what_lapses_is_no_breach);
  return g_test_run ();
}
