/* test-export.c: the whole state as files and back, and where such files may not go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export-scene.h"

static void
assert_trip (const Scene *scene)
{
  g_autofree char *difference = export_trip_find_difference (scene->reg, peek_imported (scene), scene->now_us);

  g_assert_cmpstr (difference, ==, NULL);
}

/* Which states are in it, so that the trips below mean something. */
static void
test_is_rich (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  g_autofree char *people = get_file (files, "referrals.csv");
  g_autofree char *beds = get_file (files, "bed_states.csv");
  g_autofree char *units = get_file (files, "unit_states.csv");
  g_auto (GStrv) lines = g_strsplit (people, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, N_PEOPLE - 1 + 2); /* who has ended is not carried; header and end */
  g_assert_null (strstr (people, rich->codes[ENDED]));
  g_assert_nonnull (strstr (people, ",ensuite|hoist,smoker,low_bed,none,to_180,2,"));
  g_assert_nonnull (strstr (people, ",lodge,")); /* has declined */
  g_assert_nonnull (strstr (people, ",closed|held_once\n"));
  g_assert_nonnull (strstr (beds, "lodge-01,vacant,ready,closed,repair,2026-11-24T10:00:00.000Z,"));
  g_assert_nonnull (strstr (beds, ",ensuite@2026-11-23T10:00:00.000Z,"));
  g_assert_nonnull (strstr (beds, ",surge_open,none,,2026-11-29T10:00:00.000Z,"));
  g_assert_nonnull (strstr (beds, ",norovirus,"));
  g_assert_nonnull (strstr (units, "lodge,3,,none,0,,wrong\n"));
  g_assert_nonnull (strstr (units, "ward,3,2026-11-23T10:00:00.000Z,none,0,,right|right\n"));
  g_assert_nonnull (strstr (units, "annex,4,,none,1,2026-11-29T10:00:00.000Z,\n"));
  g_assert_nonnull (strstr (beds, ",0,,2026-11-22T11:01:00.000Z,no,")); /* home-01, which somebody has left */
  rich_free (rich);
}

static void
test_round_trip (void)
{
  Rich *rich = rich_new ();

  assert_trip (rich->scene);
  rich_free (rich);
}

/* Left, and since then overdue; what is expected of a stay does not become a turnaround, nor it a stay. */
static void
test_turnaround (void)
{
  Rich *rich = rich_new ();
  scene_do (rich->scene, "local", "bed.report", "'bed':'ward-03','expected_free_at':'2026-11-25T09:00:00Z'");
  scene_pass (rich->scene, 3 * BED_HOUR_US);
  g_autofree char *files = rich_export (rich);
  g_autofree char *beds = get_file (files, "bed_states.csv");

  g_assert_true (scene_bed (rich->scene, "home-01")->flags & BED_FLAG_OVERDUE);
  g_assert_nonnull (strstr (beds, ",0,,2026-11-22T11:01:00.000Z,yes,"));
  g_assert_nonnull (strstr (beds, ",0,2026-11-25T09:00:00.000Z,,no,"));
  assert_trip (rich->scene);
  rich_free (rich);
}

static void
test_nothing_observed (void)
{
  g_autoptr (Scene) scene = scene_new ();

  assert_trip (scene);
}

static void
test_microseconds (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene->now_us += 123457;
  scene_do (scene, "local", "bed.report", "'bed':'ward-01','occupancy':'vacant','source':'phone'");
  assert_trip (scene);
}

/* What the files say goes on being lived: the same due things happen to both. */
static void
test_life_goes_on (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (g_steal_pointer (&files));
  g_autofree char *first = NULL, *second = NULL;

  other->now_us = rich->scene->now_us;
  g_assert_cmpuint (scene_pass (rich->scene, 3 * BED_DAY_US), ==, scene_pass (other, 3 * BED_DAY_US));
  first = broker_states_print (rich->scene->reg, peek_imported (rich->scene));
  second = broker_states_print (other->reg, peek_imported (other));
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (state_of (other, rich->codes[HELD]), ==, BED_STATE_WAITING);
  scene_do (other, "local", "placement.leave", "'referral':'%s','outcome':'home'", rich->codes[THERE]);
  bed_scene_end (other);
  rich_free (rich);
}

static void
test_continues (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (g_steal_pointer (&files));

  other->now_us = rich->scene->now_us;
  scene_do (other, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch','continues':'%s'", rich->codes[GONE]);
  g_assert_cmpint (scene_referral (other, other->last_code)->arrived_at_us, ==,
                   scene_referral (rich->scene, rich->codes[GONE])->arrived_at_us);
  scene_free (other);
  rich_free (rich);
}

/* So does what somebody takes along from an outbreak, and how long their unit lets people stay. */
static void
test_episodes (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  char codes[2][BED_CODE_SIZE];

  scene_do (scene, "local", "unit.rules", "'unit':'ward','rules':{'longest_stay_days':28}");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      scene_refer (scene);
      memcpy (codes[i], scene->last_code, BED_CODE_SIZE);
      scene_do (scene, "local", "hold.take", "'referral':'%s','bed':'ward-0%u'", codes[i], i + 2);
      scene_do (scene, "local", "placement.accept", "'referral':'%s'", codes[i]);
      scene_do (scene, "local", "placement.arrive", "'referral':'%s','bed':'ward-0%u'", codes[i], i + 2);
    }
  scene_do (scene, "local", "unit.close", "'unit':'ward','reason':'outbreak'");
  scene_do (scene, "local", "placement.leave", "'referral':'%s','outcome':'other_iic_bed'", codes[0]);

  Scene *other = scene_new_of (broker_states_print (scene->reg, peek_imported (scene)));
  g_assert_true (scene_referral (other, codes[0])->is_exposed);
  g_assert_cmpint (scene_referral (other, codes[1])->stay_days, ==, 28);
  g_assert_false (scene_referral (other, codes[1])->is_exposed);
  scene_free (other);
}

static void
test_rules_in_units (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  g_autofree char *before = broker_states_print (scene->reg, peek_imported (scene));
  g_autofree char *was = get_file (before, "units.csv");
  g_autofree char *given = get_file (peek_imported (scene), "units.csv");
  g_autofree char *after = NULL, *is = NULL;

  g_assert_cmpstr (was, ==, given); /* nothing has changed: as it was written */
  scene_do (scene, "local", "unit.rules",
            "'unit':'ward','rules':{'accepts':'lap','weekends':false,'own_assessment':true,'latest_arrival':'17:30',"
            "'longest_stay_days':30,'flex_after_min':10080}");
  after = broker_states_print (scene->reg, peek_imported (scene));
  is = get_file (after, "units.csv");
  g_assert_nonnull (strstr (is, ",latest_arrival,weekends,nights,own_assessment\n"));
  g_assert_nonnull (strstr (is, ",0,lap,240,720,30,01632 960001,2020-01-01,,test,1,2026-11-01,,10080,17:30,no,yes,yes\n"));
  assert_trip (scene);
}

static void
test_quoted (void)
{
  g_autofree char *files = scene_files ();
  g_autofree char *units = get_file (files, "units.csv");
  g_auto (GStrv) parts = g_strsplit (units, "Test Ward,", 2);
  g_autofree char *named = g_strjoinv ("\" Test \"\"Ward\"\", #1\",", parts);
  g_autoptr (Scene) scene = scene_new_of (with_file (files, "units.csv", named));

  scene_do (scene, "local", "unit.rules", "'unit':'ward','rules':{'accepts':'lap'}");
  assert_trip (scene);
  g_assert_cmpstr (broker_register_peek_table (scene->reg)->units[0].name, ==, " Test \"Ward\", #1");
}

static void
test_other_import (void)
{
  g_autoptr (Scene) scene = scene_new ();

  g_assert_null (broker_states_print (scene->reg, "{}"));
}

/* A state begins a register. */

static void
test_into_reference (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());

  bed_scene_import (other, g_strdup (files));
  g_assert_cmpuint (broker_register_get_n_referrals (other->reg), ==, N_PEOPLE - 1);
  bed_scene_end (other);
  rich_free (rich);
}

static void
test_into_observations (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());
  g_auto (BedCommand) import = { .method = BED_METHOD_IMPORT, .actor = { .user = "local", .role = BED_ROLE_LOCAL } };

  scene_do (other, "local", "bed.report", "'bed':'ward-01','occupancy':'vacant','source':'staff'");
  assert_fault (files, other->reg, "bed_states.csv:1:bed: the register holds observations already");
  import.facts.files = g_strdup (files);
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_false (scene_decide (other, &import));
  g_assert_cmpint (other->refusal.error, ==, BED_ERROR_IMPORT);
  scene_free (other);
  rich_free (rich);
}

static void
test_into_cap (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());

  scene_do (other, "local", "unit.staff", "'unit':'ward','staffed_cap':2");
  assert_fault (files, other->reg, "bed_states.csv:1:bed: the register holds observations already");
  scene_free (other);
  rich_free (rich);
}

static void
test_into_people (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());

  scene_refer (other);
  assert_fault (files, other->reg, "referrals.csv:1:referral: the register knows 1 people already");
  scene_free (other);
  rich_free (rich);
}

/* Staged and taken back: as if it had never been. */
static void
test_taken_back (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());
  g_autoptr (GBytes) before = broker_register_save (other->reg);
  BedEvent event = { .revision = broker_register_get_revision (other->reg) + 1, .at_us = rich->scene->now_us, .kind = BED_EVENT_IMPORTED };
  g_autoptr (GError) error = NULL;

  event.facts.files = files;
  bed_facts_set (&event.facts, BED_FACT_FILES);
  g_assert_true (broker_register_apply (other->reg, &event, &error));
  g_assert_no_error (error);
  broker_register_take_back (other->reg);
  g_autoptr (GBytes) after = broker_register_save (other->reg);
  g_assert_true (g_bytes_equal (before, after));
  scene_free (other);
  rich_free (rich);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/is-rich", test_is_rich);
  g_test_add_func ("/export/round-trip", test_round_trip);
  g_test_add_func ("/export/nothing-observed", test_nothing_observed);
  g_test_add_func ("/export/turnaround", test_turnaround);
  g_test_add_func ("/export/microseconds", test_microseconds);
  g_test_add_func ("/export/life-goes-on", test_life_goes_on);
  g_test_add_func ("/export/continues", test_continues);
  g_test_add_func ("/export/episodes", test_episodes);
  g_test_add_func ("/export/rules-in-units", test_rules_in_units);
  g_test_add_func ("/export/quoted", test_quoted);
  g_test_add_func ("/export/other-import", test_other_import);
  g_test_add_func ("/export/into/reference", test_into_reference);
  g_test_add_func ("/export/into/observations", test_into_observations);
  g_test_add_func ("/export/into/cap", test_into_cap);
  g_test_add_func ("/export/into/people", test_into_people);
  g_test_add_func ("/export/into/taken-back", test_taken_back);
  return g_test_run ();
}
