/* test-rules-undo-chain.c: what has been built on something is taken back first; then that can be, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include <string.h>

static const BedEvent *
peek_last (const Scene *scene)
{
  return scene->events->pdata[scene->events->len - 1];
}

static void
copy_key (const Scene *scene, char key[static BED_KEY_SIZE])
{
  memcpy (key, peek_last (scene)->key, BED_KEY_SIZE);
}

/* The undo applied to a register that was saved and loaded before it. */
static void
assert_survives_a_snapshot (GBytes *saved, const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerRegister) loaded = broker_register_load (saved, 64, &error);
  g_assert_no_error (error);
  g_assert_true (broker_register_apply (loaded, peek_last (scene), &error));
  broker_register_keep (loaded);
  g_autoptr (GBytes) left = broker_register_save (loaded);
  g_autoptr (GBytes) right = broker_register_save (scene->reg);
  g_assert_true (g_bytes_equal (left, right));
}

/* One after the other, last first, and each only once. */
static void
test_one_by_one (void)
{
  static const char *const who[] = { "coordinator", "coordinator", "unit:ward", "coordinator" };
  char keys[G_N_ELEMENTS (who)][BED_KEY_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  copy_key (scene, keys[0]);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  copy_key (scene, keys[1]);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  copy_key (scene, keys[2]);
  scene_do (scene, "coordinator", "placement.depart", "'referral':'%s'", scene->last_code);
  copy_key (scene, keys[3]);
  for (guint i = G_N_ELEMENTS (who); i > 0; i--)
    {
      for (guint k = 0; k + 1 < i; k++)
        scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", who[k], "undo", "'undoes':'%s'", keys[k]);
      g_autoptr (GBytes) saved = broker_register_save (scene->reg);
      scene_do (scene, who[i - 1], "undo", "'undoes':'%s'", keys[i - 1]);
      assert_survives_a_snapshot (saved, scene);
      scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", who[i - 1], "undo", "'undoes':'%s'", keys[i - 1]);
    }
  g_assert_cmpint (scene_referral (scene, scene->last_code)->state, ==, BED_STATE_WITHDRAWN);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_NONE);
  scene_assert_replay (scene);
}

/* Two have built on it: one of them taken back leaves the other. */
static void
test_built_upon_twice (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  char confirm[BED_KEY_SIZE];
  copy_key (scene, confirm);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  char first[BED_KEY_SIZE];
  copy_key (scene, first);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','readiness':'dirty'");
  char second[BED_KEY_SIZE];
  copy_key (scene, second);
  scene_do (scene, "unit:ward", "undo", "'undoes':'%s'", first);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "unit:ward", "undo", "'undoes':'%s'", confirm);
  scene_do (scene, "unit:ward", "undo", "'undoes':'%s'", second);
  scene_do (scene, "unit:ward", "undo", "'undoes':'%s'", confirm);
  scene_assert_replay (scene);
}

/* A batch that is not to be takes its undo along. */
static void
test_undo_taken_back (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  char key[BED_KEY_SIZE];
  copy_key (scene, key);
  g_auto (BedEvent) event = { .kind = BED_EVENT_UNDONE, .at_us = scene->now_us, .actor = "unit:ward",
                              .revision = broker_register_get_revision (scene->reg) + 1 };
  g_strlcpy (event.facts.undoes, key, sizeof event.facts.undoes);
  bed_facts_set (&event.facts, BED_FACT_UNDOES);
  for (guint i = 0; i < 2; i++)
    {
      broker_register_keep (scene->reg);
      g_assert_true (broker_register_apply (scene->reg, &event, NULL));
      g_assert_cmpint (scene_bed (scene, "ward-01")->readiness, ==, BED_READINESS_READY);
      broker_register_take_back (scene->reg);
      g_assert_cmpint (scene_bed (scene, "ward-01")->readiness, ==, BED_READINESS_DIRTY);
    }
}

/* The clock has built on the later of two: neither of them can be taken back then. */
static void
test_clock_has_built (void)
{
  char report[BED_KEY_SIZE], closing[BED_KEY_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "local", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  copy_key (scene, report);
  scene_do (scene, "local", "bed.close", "'bed':'ward-01','reason':'repair','until':'2026-11-22T10:00:30Z'");
  copy_key (scene, closing);
  g_assert_cmpuint (scene_pass (scene, 30 * G_USEC_PER_SEC), ==, 1);
  g_autoptr (GBytes) saved = broker_register_save (scene->reg);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "local", "undo", "'undoes':'%s'", closing);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "local", "undo", "'undoes':'%s'", report);
  g_autoptr (BrokerRegister) loaded = broker_register_load (saved, 64, NULL);
  const BrokerAct *act = broker_register_find_act (loaded, "local", report, scene->now_us);
  g_assert_nonnull (act);
  g_assert_false (broker_register_act_stands (loaded, act));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-undo-chain/one-by-one", test_one_by_one);
  g_test_add_func ("/rules-undo-chain/built-upon-twice", test_built_upon_twice);
  g_test_add_func ("/rules-undo-chain/taken-back", test_undo_taken_back);
  g_test_add_func ("/rules-undo-chain/clock-has-built", test_clock_has_built);
  return g_test_run ();
}
