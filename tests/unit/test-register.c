/* test-register.c: applying, staging, taking back, replaying, saving and loading.
 *
 * The random walk compares the register after a batch that was taken back, after a replay of all
 * events and after a save and load, byte by byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-time.h"

#include <string.h>

static void
assert_same_state (const BrokerRegister *a, const BrokerRegister *b)
{
  g_autoptr (GBytes) first = broker_register_save (a);
  g_autoptr (GBytes) second = broker_register_save (b);
  g_assert_true (g_bytes_equal (first, second));
}

static void
apply_all (BrokerRegister *reg, GPtrArray *events)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < events->len; i++)
    {
      const BedEvent *event = g_ptr_array_index (events, i);
      gboolean is_epoch = broker_begins_epoch (event->kind);
      if (is_epoch)
        broker_register_keep (reg);
      g_assert_true (broker_register_apply (reg, event, &error));
      g_assert_no_error (error);
      if (is_epoch || i % 7 == 0) /* batches of another length than the first time */
        broker_register_keep (reg);
    }
  broker_register_keep (reg);
}

/* One thing that somebody might do; refusals are part of life. */
static void
do_anything (Scene *scene, GRand *random)
{
  const BedTable *table = broker_register_peek_table (scene->reg);
  const char *bed = table->beds[g_rand_int_range (random, 0, (gint32) table->sizes.beds)].id;
  guint32 n = broker_register_get_n_referrals (scene->reg);
  const char *code = n == 0 ? "" : broker_register_peek_referral (scene->reg, g_rand_int_range (random, 0, (gint32) n))->code;
  int what = g_rand_int_range (random, n == 0 ? 6 : 0, 13);
  const BedEvent *last = scene->events->pdata[scene->events->len - 1 - (guint) g_rand_int_range (random, 0, 3)];
  if (what == 0)
    scene_ask (scene, "local", "placement.place", "'referral':'%s','bed':'%s','override':'system_pressure'", code, bed);
  else if (what == 1)
    scene_ask (scene, "local", "hold.take", "'referral':'%s','bed':'%s','minutes':%d", code, bed,
               g_rand_int_range (random, 1, 60));
  else if (what == 2)
    scene_ask (scene, "local", "hold.release", "'referral':'%s'", code);
  else if (what == 3)
    scene_ask (scene, "local", "placement.accept", "'referral':'%s'", code);
  else if (what == 4)
    scene_ask (scene, "local", "placement.arrive", "'referral':'%s','bed':'%s'", code, bed);
  else if (what == 5)
    scene_ask (scene, "local", "placement.leave", "'referral':'%s','outcome':'home'", code);
  else if (what == 6)
    scene_ask (scene, "coordinator", "referral.submit",
               "'lane':'%s','pathway':'supported','type':'rehab','needs':{},'sex':'%s','age_band':'75_84',"
               "'home':'SO51','agreed':'yes','source':'org-%d'",
               g_rand_boolean (random) ? "urgent" : "flow", g_rand_boolean (random) ? "female" : "male",
               g_rand_int_range (random, 0, 5));
  else if (what == 7)
    scene_ask (scene, "local", "bed.report", "'bed':'%s','readiness':'%s'", bed,
               bed_words_print (&bed_readiness_words, (guint) g_rand_int_range (random, 0, 4)));
  else if (what == 8)
    scene_ask (scene, "local", "bed.report", "'bed':'%s','occupancy':'%s'", bed,
               bed_words_print (&bed_occupancy_words, (guint) g_rand_int_range (random, 0, 4)));
  else if (what == 9)
    scene_ask (scene, "local", g_rand_boolean (random) ? "bed.open" : "bed.close", "'bed':'%s','reason':'repair'", bed);
  else if (what < 12 && last->key[0] != '\0')
    scene_ask (scene, last->actor, "undo", "'undoes':'%s'", last->key);
  else
    scene_pass (scene, g_rand_int_range (random, 1, 1800) * BED_SECOND_US);
}

/* The unit's row says of each bed what the bed's own says, and whether any is to call first. */
static void
assert_offerable (Scene *scene, guint32 unit)
{
  const BedUnit *record = &broker_register_peek_table (scene->reg)->units[unit];
  const BedUnitRow *row = broker_register_peek_unit (scene->reg, unit);
  guint32 free = 0;
  for (guint32 i = 0; i < record->n_beds; i++)
    {
      const BedBedRow *bed = broker_register_peek_bed (scene->reg, record->first_bed + i);
      g_assert_cmpint (row->offerable >> i & 1, ==, (bed->flags & BED_FLAG_OFFERABLE) != 0);
      free += (bed->flags & BED_FLAG_OFFERABLE) != 0;
      if ((bed->flags & BED_FLAG_IN_EFFECT) && bed_forbids (bed) == BED_RULED_OUT_FRESHNESS)
        g_assert_true (row->flags & BED_FLAG_STALE);
    }
  g_assert_cmpuint (row->free, ==, free);
  g_assert_cmpuint (row->offerable >> record->n_beds, ==, 0);
}

static void
assert_counts (Scene *scene)
{
  const BedTable *table = broker_register_peek_table (scene->reg);
  for (guint32 unit = 0; unit < table->sizes.units; unit++)
    assert_offerable (scene, unit);
  for (guint32 bed = 0; bed < table->sizes.beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (scene->reg, bed);
      g_assert_true (bed_table_check_bed (table, row));
      if (row->referral != BED_NONE)
        g_assert_cmpuint (broker_register_peek_referral (scene->reg, row->referral)->bed, ==, bed);
      else
        g_assert_cmpint (row->commitment, ==, BED_COMMITMENT_NONE);
    }
  for (guint32 i = 0; i < broker_register_get_n_referrals (scene->reg); i++)
    {
      const BedReferralRow *row = broker_register_peek_referral (scene->reg, i);
      g_assert_true (bed_table_check_referral (table, row));
      if (row->bed != BED_NONE && !(row->flags & BED_REFERRAL_CLOSED))
        g_assert_cmpuint (broker_register_peek_bed (scene->reg, row->bed)->referral, ==, i);
    }
}

static void
test_random_life (void)
{
  for (guint round = 0; round < 20; round++)
    {
      guint32 seed = g_test_rand_int ();
      g_test_message ("seed %u", seed);
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (Scene) scene = scene_new_unfenced ();
      for (guint i = 0; i < 500; i++)
        {
          do_anything (scene, random);
          assert_counts (scene);
        }
      g_autoptr (BrokerRegister) replayed = broker_register_new (64);
      apply_all (replayed, scene->events);
      assert_same_state (scene->reg, replayed);

      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) state = broker_register_save (scene->reg);
      g_autoptr (BrokerRegister) loaded = broker_register_load (state, 64, &error);
      g_assert_no_error (error);
      assert_same_state (scene->reg, loaded);
    }
}

/* Half of the events of a life, staged as one batch and taken back, leave no trace. */
static void
test_take_back (void)
{
  guint32 seed = g_test_rand_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (Scene) scene = scene_new_unfenced ();
  for (guint i = 0; i < 400; i++)
    do_anything (scene, random);

  for (guint cut = 1; cut < scene->events->len; cut += 17)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BrokerRegister) reg = broker_register_new (64);
      g_autoptr (BrokerRegister) plain = broker_register_new (64);
      for (guint i = 0; i < cut; i++)
        {
          broker_register_apply (reg, g_ptr_array_index (scene->events, i), &error);
          broker_register_apply (plain, g_ptr_array_index (scene->events, i), &error);
          g_assert_no_error (error);
          broker_register_keep (reg);
          broker_register_keep (plain);
        }
      for (guint i = cut; i < MIN (cut + 40, scene->events->len); i++)
        g_assert_true (broker_register_apply (reg, g_ptr_array_index (scene->events, i), &error));
      broker_register_take_back (reg);
      assert_same_state (reg, plain);

      /* And it goes on as if nothing had been. */
      for (guint i = cut; i < scene->events->len; i++)
        {
          g_assert_true (broker_register_apply (reg, g_ptr_array_index (scene->events, i), &error));
          broker_register_keep (reg);
        }
      assert_same_state (reg, scene->reg);
    }
}

static void
test_import_taken_back (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  g_autoptr (GBytes) before = broker_register_save (scene->reg);
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) import = { .revision = broker_register_get_revision (scene->reg) + 1,
                               .at_us = scene->now_us,
                               .kind = BED_EVENT_IMPORTED };
  import.facts.files = scene_files ();
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_true (broker_register_apply (scene->reg, &import, &error));
  broker_register_take_back (scene->reg);
  g_autoptr (GBytes) after = broker_register_save (scene->reg);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_import_keeps_what_was_true (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'lodge-01','override':'system_pressure'", scene->last_code);
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) import = { .revision = broker_register_get_revision (scene->reg) + 1,
                               .at_us = scene->now_us,
                               .kind = BED_EVENT_IMPORTED };
  g_autofree char *files = scene_files ();
  g_auto (GStrv) parts = g_strsplit (files, "ward-01,ward", 2); /* one bed more, before all others */
  import.facts.files
      = g_strconcat (parts[0], "ward-00,ward,Bed 0,,rehab,,,single,,2020-01-01,,test,1\\nward-01,ward", parts[1], NULL);
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_true (broker_register_apply (scene->reg, &import, &error));
  g_assert_no_error (error);
  broker_register_keep (scene->reg);
  g_assert_cmpuint (broker_register_peek_table (scene->reg)->sizes.beds, ==, 11);
  g_assert_cmpint (scene_bed (scene, "lodge-01")->display, ==, BED_DISPLAY_ACCEPTED);
  g_assert_cmpint (scene_bed (scene, "ward-00")->display, ==, BED_DISPLAY_UNKNOWN);
  assert_counts (scene);
}

/* New rules for one unit: nothing else changes but that unit's record, and all of it goes back. */
static void
test_unit_ruled (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  g_autoptr (GBytes) before = broker_register_save (scene->reg);
  scene_do (scene, "owner:trust", "unit.rules",
            "'unit':'ward','rules':{'accepts':'lap','weekends':false,'latest_arrival':'16:30','longest_stay_days':28,"
            "'flex_after_min':15}");
  const BedUnit *units = broker_register_peek_table (scene->reg)->units;
  const BedUnit *ward = &units[bed_places_find_unit (broker_register_peek_places (scene->reg), "ward")];
  const BedUnit *lodge = &units[bed_places_find_unit (broker_register_peek_places (scene->reg), "lodge")];
  g_assert_cmpint (ward->accepts, ==, BED_ACCEPTS_LAP);
  g_assert_cmpint (ward->admission, ==, lodge->admission & ~BED_ADMITS_WEEKENDS);
  g_assert_cmpuint (ward->latest_arrival_min, ==, 16 * 60 + 30);
  g_assert_cmpuint (ward->longest_stay_days, ==, 28);
  g_assert_cmpuint (ward->flex_after_min, ==, 15);
  g_assert_cmpuint (lodge->latest_arrival_min, ==, 0);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_HELD);
  scene_do (scene, "coordinator", "placement.accept", "'referral':'%s'", scene->last_code); /* now hers to say */
  scene_assert_replay (scene);

  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerRegister) loaded = broker_register_load (before, 64, &error);
  g_assert_no_error (error);
  g_assert_true (broker_register_apply (loaded, scene->events->pdata[scene->events->len - 2], &error));
  broker_register_take_back (loaded);
  g_autoptr (GBytes) after = broker_register_save (loaded);
  g_assert_true (g_bytes_equal (before, after));
}

/* A later import's files say otherwise again. */
static void
test_import_after_rules (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "owner:trust", "unit.rules", "'unit':'ward','rules':{'accepts':'lap'}");
  g_auto (BedEvent) import = { .revision = broker_register_get_revision (scene->reg) + 1,
                               .at_us = scene->now_us,
                               .kind = BED_EVENT_IMPORTED };
  import.facts.files = scene_files ();
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_true (broker_register_apply (scene->reg, &import, NULL));
  broker_register_keep (scene->reg);
  guint32 ward = bed_places_find_unit (broker_register_peek_places (scene->reg), "ward");
  g_assert_cmpint (broker_register_peek_table (scene->reg)->units[ward].accepts, ==, BED_ACCEPTS_UNIT);
}

static void
test_events_that_do_not_fit (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  guint64 next = broker_register_get_revision (scene->reg) + 1;
  g_auto (BedEvent) gap = { .revision = next + 1, .kind = BED_EVENT_QUARTER_PASSED };
  g_auto (BedEvent) nameless = { .revision = next, .kind = BED_EVENT_BED_OPENED };
  g_auto (BedEvent) unknown = { .revision = next, .kind = BED_EVENT_BED_OPENED };
  g_strlcpy (unknown.facts.bed, "nowhere-01", sizeof unknown.facts.bed);
  bed_facts_set (&unknown.facts, BED_FACT_BED);
  const BedEvent *events[] = { &gap, &nameless, &unknown };
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (broker_register_apply (scene->reg, events[i], &error));
      g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
    }
}

/* Any single byte of a state may be damaged: it is refused or it is a state, never a crash. */
static void
test_load_damaged (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  g_autoptr (GBytes) state = broker_register_save (scene->reg);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (state, &length);
  for (gsize cut = 0; cut < length; cut += 97)
    {
      g_autoptr (GBytes) shorter = g_bytes_new (bytes, cut);
      g_autoptr (GError) error = NULL;
      g_assert_null (broker_register_load (shorter, 64, &error));
      g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
    }
  g_autofree guint8 *copy = g_memdup2 (bytes, length);
  for (gsize i = 0; i < length; i += 3)
    {
      copy[i] ^= 0xff;
      g_autoptr (GBytes) damaged = g_bytes_new (copy, length);
      g_autoptr (BrokerRegister) loaded = broker_register_load (damaged, 64, NULL);
      copy[i] ^= 0xff;
    }
}

/* The index of a closed referral is used again only after its rest. */
static void
test_referral_rests (void)
{
  g_autoptr (Scene) scene = scene_new_unfenced ();
  scene_refer (scene);
  g_autofree char *first = g_strdup (scene->last_code);
  scene_do (scene, "local", "placement.place", "'referral':'%s','bed':'lodge-01','override':'system_pressure'", first);
  scene_do (scene, "local", "placement.arrive", "'referral':'%s','bed':'lodge-01'", first);
  scene_do (scene, "local", "placement.leave", "'referral':'%s','outcome':'home'", first);
  scene_refer (scene);
  g_assert_cmpuint (broker_register_find_referral (scene->reg, scene->last_code), ==, 1);
  for (guint i = 0; i < 65536; i++)
    scene_do (scene, "local", "unit.confirm", "'unit':'home'");
  scene_refer (scene);
  g_assert_cmpuint (broker_register_find_referral (scene->reg, scene->last_code), ==, 0);
  g_assert_cmpuint (broker_register_find_referral (scene->reg, first), ==, BED_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/register/random-life", test_random_life);
  g_test_add_func ("/register/take-back", test_take_back);
  g_test_add_func ("/register/import-taken-back", test_import_taken_back);
  g_test_add_func ("/register/import-keeps-what-was-true", test_import_keeps_what_was_true);
  g_test_add_func ("/register/unit-ruled", test_unit_ruled);
  g_test_add_func ("/register/import-after-rules", test_import_after_rules);
  g_test_add_func ("/register/events-that-do-not-fit", test_events_that_do_not_fit);
  g_test_add_func ("/register/load-damaged", test_load_damaged);
  g_test_add_func ("/register/referral-rests", test_referral_rests);
  return g_test_run ();
}
