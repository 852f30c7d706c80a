/* test-rules-submit.c: asking for a bed: who only asks and who triages in the same act, what is kept of
 * a person, and when there is no room for one more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

#define BIT(value) (G_GUINT64_CONSTANT (1) << (value))

static const char refer[] = "'lane':'%s','pathway':'%s','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
                            "'home':'SO51','agreed':'yes','source':'rhch'%s";

static const BedReferralRow *
submit (Scene *scene, const char *who, const char *lane, const char *pathway, const char *more)
{
  scene_do (scene, who, "referral.submit", refer, lane, pathway, more);
  return scene_referral (scene, scene->last_code);
}

static const BedReferralRow *
last (Scene *scene)
{
  return scene_referral (scene, scene->last_code);
}

static void
test_referrer_only_asks (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  const BedReferralRow *row = submit (scene, "referrer:rhch", "flow", "supported", "");
  g_assert_cmpint (row->state, ==, BED_STATE_SUBMITTED);
  g_assert_cmpint (row->triaged_at_us, ==, 0);
  g_assert_cmpint (row->submitted_at_us, ==, scene->now_us);
  scene_assert_replay (scene);
}

static void
test_lap_triages_in_the_act (void)
{
  static const char *const who[] = { "coordinator", "clinician", "local" };
  g_autoptr (Scene) scene = scene_new_ready ();
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      const BedReferralRow *row = submit (scene, who[i], "flow", "enhanced", ",'home_first':'unsafe_home'");
      g_assert_cmpint (row->state, ==, BED_STATE_WAITING);
      g_assert_cmpint (row->triaged_at_us, ==, scene->now_us);
      g_assert_cmpint (row->home_first, ==, BED_HOME_FIRST_UNSAFE_HOME);
    }
  scene_assert_replay (scene);
}

static void
test_simple_never_waits (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  const BedReferralRow *row = submit (scene, "coordinator", "flow", "simple", "");
  g_assert_cmpint (row->state, ==, BED_STATE_TRIAGED);
  g_assert_false (scene_ask (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code));
  scene_assert_replay (scene);
}

static void
test_measured_needs (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{'must':['hoist'],'must_not':['smoker'],"
            "'prefer':['ensuite'],'weight_band':'to_180','oxygen_lpm':4,'infection':'mrsa'},'sex':'male',"
            "'age_band':'65_74','home':'SO51','agreed':'not_yet','source':'rhch','ready_at':'2026-11-22T09:00:00Z'");
  const BedReferralRow *row = last (scene);
  g_assert_cmpuint (row->must, ==, BIT (BED_NEED_HOIST));
  g_assert_cmpuint (row->must_not, ==, BIT (BED_NEED_SMOKER));
  g_assert_cmpuint (row->prefer, ==, BIT (BED_NEED_ENSUITE));
  g_assert_cmpint (row->weight_band, ==, BED_WEIGHT_TO_180);
  g_assert_cmpint (row->oxygen_lpm, ==, 4);
  g_assert_cmpint (row->infection, ==, BED_INFECTION_MRSA);
  g_assert_cmpint (row->ready_at_us, ==, scene->now_us - BED_HOUR_US);
  scene_assert_replay (scene);
}

static void
test_no_fixed_abode (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'male','age_band':'65_74','home':'nfa',"
            "'agreed':'yes','source':'rhch'");
  const BedReferralRow *row = last (scene);
  g_assert_cmpint (row->home, ==, BED_NONE_16);
  g_assert_cmpint (row->lap, ==, BED_NONE_8);
  g_assert_cmpuint (row->easting, ==, 0);
  scene_assert_replay (scene);
}

static void
test_near_a_carer (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  const BedReferralRow *row = submit (scene, "coordinator", "flow", "supported", ",'near':'PO1'");
  g_assert_cmpuint (row->easting, ==, 464500);
  g_assert_cmpint (row->lap, ==, 1);
  g_assert_cmpint (row->home, ==, 0);
  scene_assert_replay (scene);
}

static void
test_ready_at_within_sixty_days (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "ready_at", "coordinator", "referral.submit", refer, "flow", "supported",
                ",'ready_at':'2026-09-22T10:00:00Z'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "ready_at", "coordinator", "referral.submit", refer, "flow", "supported",
                ",'ready_at':'2027-01-22T10:00:00Z'");
}

static void
test_unknown_places (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_expect (scene, BED_ERROR_BAD_VALUE, "near", "coordinator", "referral.submit", refer, "flow", "supported", ",'near':'ZZ9'");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "home", "coordinator", "referral.submit",
                "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'male','age_band':'65_74','home':'ZZ9',"
                "'agreed':'yes','source':'rhch'");
}

static void
test_before_the_first_import (void)
{
  g_autoptr (Scene) scene = scene_new ();
  broker_register_free (scene->reg);
  scene->reg = broker_register_new (64);
  scene_expect (scene, BED_ERROR_UNAVAILABLE, "", "coordinator", "referral.submit", refer, "flow", "supported", "");
}

static void
set_up_code_taker (BedCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *members = g_strdup_printf (refer, "flow", "supported", "");
  g_autofree char *params = g_strdup_printf ("{'key':'01930000-0000-7000-8000-000000000000',%s}", members);
  g_strdelimit (params, "'", '"');
  g_autoptr (JsonNode) node = json_from_string (params, &error);
  g_assert_no_error (error);
  g_assert_true (bed_command_parse (BED_METHOD_REFERRAL_SUBMIT, json_node_get_object (node), command, &error));
  command->actor = (BedActor) { .user = "local", .role = BED_ROLE_LOCAL };
  command->random = 42;
}

static BrokerRegister *
new_register (guint32 referrals_max)
{
  BrokerRegister *reg = broker_register_new (referrals_max);
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) import = { .revision = 1, .at_us = SCENE_START_US, .kind = BED_EVENT_IMPORTED };
  import.facts.files = scene_files ();
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_true (broker_register_apply (reg, &import, &error));
  g_assert_no_error (error);
  broker_register_keep (reg);
  return reg;
}

static gboolean
submit_to (BrokerRegister *reg, const BedCommand *command, BrokerRefusal *refusal)
{
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) event = { 0 };
  if (!broker_rules_check (reg, command, SCENE_START_US, &event, refusal))
    return FALSE;
  g_assert_true (broker_register_apply (reg, &event, &error));
  g_assert_no_error (error);
  broker_register_keep (reg);
  return TRUE;
}

/* All the codes that one random number leads to may be taken: then another has to be drawn. */
static void
test_no_free_code (void)
{
  enum { TRIES = 64 };
  g_autoptr (BrokerRegister) reg = new_register (2 * TRIES);
  g_auto (BedCommand) command = { 0 };
  BrokerRefusal refusal;
  set_up_code_taker (&command);
  for (guint i = 0; i < TRIES; i++)
    g_assert_true (submit_to (reg, &command, &refusal));
  g_assert_false (submit_to (reg, &command, &refusal));
  g_assert_cmpint (refusal.error, ==, BED_ERROR_TOO_MANY);
  command.random = 43;
  g_assert_true (submit_to (reg, &command, &refusal));
}

static void
test_too_many_organisations (void)
{
  g_autoptr (BrokerRegister) reg = new_register (BED_MAX_SOURCES + 8);
  g_auto (BedCommand) command = { 0 };
  BrokerRefusal refusal;
  set_up_code_taker (&command);
  for (guint i = 0; i < BED_MAX_SOURCES; i++)
    {
      command.random = i * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d);
      g_snprintf (command.facts.organisation, sizeof command.facts.organisation, "org-%u", i);
      g_assert_true (submit_to (reg, &command, &refusal));
    }
  g_strlcpy (command.facts.organisation, "one-more", sizeof command.facts.organisation);
  g_assert_false (submit_to (reg, &command, &refusal));
  g_assert_cmpint (refusal.error, ==, BED_ERROR_TOO_MANY);
}

/* Journals from before triage have events without a state: those people wait. */
static void
test_older_journal (void)
{
  g_autoptr (BrokerRegister) reg = new_register (8);
  g_autoptr (GError) error = NULL;
  g_auto (BedCommand) command = { 0 };
  g_auto (BedEvent) event = { 0 };
  BrokerRefusal refusal;
  set_up_code_taker (&command);
  g_assert_true (broker_rules_check (reg, &command, SCENE_START_US, &event, &refusal));
  event.facts.has &= ~BIT (BED_FACT_STATE);
  event.facts.state = 0;
  g_assert_true (broker_register_apply (reg, &event, &error));
  g_assert_cmpint (broker_register_peek_referral (reg, 0)->state, ==, BED_STATE_WAITING);
  g_assert_cmpint (broker_register_peek_referral (reg, 0)->triaged_at_us, ==, SCENE_START_US);
}

static void
test_too_many_people (void)
{
  g_autoptr (Scene) scene = scene_new ();
  for (guint i = 0; i < 64; i++)
    scene_refer (scene);
  scene_expect (scene, BED_ERROR_TOO_MANY, "", "coordinator", "referral.submit", refer, "flow", "supported", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-submit/" path, function)
  ADD ("referrer-only-asks", test_referrer_only_asks);
  ADD ("lap-triages-in-the-act", test_lap_triages_in_the_act);
  ADD ("simple-never-waits", test_simple_never_waits);
  ADD ("measured-needs", test_measured_needs);
  ADD ("no-fixed-abode", test_no_fixed_abode);
  ADD ("near-a-carer", test_near_a_carer);
  ADD ("ready-at", test_ready_at_within_sixty_days);
  ADD ("unknown-places", test_unknown_places);
  ADD ("too-many-organisations", test_too_many_organisations);
  ADD ("before-the-first-import", test_before_the_first_import);
  ADD ("no-free-code", test_no_free_code);
  ADD ("older-journal", test_older_journal);
  ADD ("too-many-people", test_too_many_people);
  return g_test_run ();
}
