/* test-rules-beds-random.c: random lives of beds, with people coming and going and time passing: what
 * must always be true of a bed and its unit is, nothing stays due, and the events make it all again.
 *
 * Prints its seed; --seed repeats a run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-scene.h"

#define LIVES 60
#define STEPS 150
#define PEOPLE 6

typedef struct
{
  Scene *scene; /* owned */
  char codes[PEOPLE][BED_CODE_SIZE];
  guint n_refused;
  guint n_undone;
} Life;

static const char *const beds[] = { "ward-01", "ward-02", "ward-03", "ward-04", "lodge-01", "lodge-02", "home-01", "home-02",
                                    "annex-01", "annex-02", "annex-03", "annex-04", "sits-01", "sits-03" };
static const char *const units[] = { "ward", "lodge", "home", "annex", "sits" };

#define ONE_OF(list) ((list)[g_test_rand_int_range (0, G_N_ELEMENTS (list))])
#define ONE_WORD(class) ((class).words[g_test_rand_int_range (0, (gint32) (class).n)])

static const char *
some_bed (void)
{
  return ONE_OF (beds);
}

static const char *
some_unit (void)
{
  return ONE_OF (units);
}

/* A time from half an hour ago to two days ahead, as the language has it. */
static const char *
some_time (Life *life, char text[static BED_TIME_SIZE])
{
  bed_time_print (life->scene->now_us + g_test_rand_int_range (-30, 2 * 24 * 60) * BED_MINUTE_US, text);
  return text;
}

static void
say_of_a_bed (Life *life, char time[static BED_TIME_SIZE])
{
  Scene *scene = life->scene;
  const char *bed = some_bed ();
  gboolean is_done = FALSE;
  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
      is_done = scene_ask (scene, "local", "bed.report", "'bed':'%s','occupancy':'%s'", bed, ONE_WORD (bed_occupancy_words));
      break;
    case 1:
    case 2:
      is_done = scene_ask (scene, "local", "bed.report", "'bed':'%s','readiness':'%s'", bed, ONE_WORD (bed_readiness_words));
      break;
    case 3:
      is_done = scene_ask (scene, "local", "bed.report", "'bed':'%s','isolation':'%s','infection':'%s'", bed,
                           ONE_WORD (bed_isolation_words), ONE_WORD (bed_infection_words));
      break;
    case 4:
      is_done = scene_ask (scene, "local", "bed.report", "'bed':'%s','expected_free_at':'%s'", bed, some_time (life, time));
      break;
    case 5:
      is_done = scene_ask (scene, "local", "bed.fill", "'bed':'%s','why':'system_down'", bed);
      break;
    case 6:
    case 7:
      is_done = scene_ask (scene, "local", "bed.correct", "'bed':'%s','occupancy':'%s','reason':'%s'", bed,
                           ONE_WORD (bed_occupancy_words), ONE_WORD (bed_correction_words));
      break;
    case 8:
      is_done = scene_ask (scene, "local", "bed.feature", "'bed':'%s','feature':'%s','out_until':'%s'", bed,
                           g_test_rand_bit () ? "ensuite" : "profiling_bed", some_time (life, time));
      break;
    }
  life->n_refused += !is_done;
}

static void
say_of_service (Life *life, char time[static BED_TIME_SIZE])
{
  Scene *scene = life->scene;
  gboolean is_done = FALSE;
  switch (g_test_rand_int_range (0, 13))
    {
    case 0:
      is_done = scene_ask (scene, "local", "bed.close", "'bed':'%s','reason':'%s'", some_bed (), g_test_rand_bit () ? "repair" : "outbreak");
      break;
    case 1:
      is_done = scene_ask (scene, "local", "bed.close", "'bed':'%s','reason':'repair','until':'%s'", some_bed (), some_time (life, time));
      break;
    case 2:
      is_done = scene_ask (scene, "local", "bed.open", "'bed':'%s'", some_bed ());
      break;
    case 3:
      is_done = scene_ask (scene, "local", "bay.close", "'unit':'ward','bay':1,'reason':'deep_clean'");
      break;
    case 4:
      is_done = scene_ask (scene, "local", "bay.open", "'unit':'ward','bay':1");
      break;
    case 5:
      is_done = scene_ask (scene, "local", "unit.close", "'unit':'%s','reason':'outbreak','until':'%s'", some_unit (), some_time (life, time));
      break;
    case 6:
    case 7:
      is_done = scene_ask (scene, "local", "unit.open", "'unit':'%s'", some_unit ());
      break;
    case 8:
      is_done = scene_ask (scene, "local", "unit.staff", "'unit':'%s','staffed_cap':%d,'until':'%s'", some_unit (),
                           g_test_rand_int_range (0, 6), some_time (life, time));
      break;
    case 9:
      is_done = scene_ask (scene, "local", "surge.ask", "'unit':'annex','beds':%d,'until':'%s'", g_test_rand_int_range (1, 5),
                           some_time (life, time));
      break;
    case 10:
    case 11:
      is_done = scene_ask (scene, "local", "surge.open", "'bed':'annex-0%d','until':'%s'", g_test_rand_int_range (1, 5),
                           some_time (life, time));
      break;
    case 12:
      is_done = scene_ask (scene, "local", "surge.shut", "'bed':'annex-0%d'", g_test_rand_int_range (1, 5));
      break;
    }
  life->n_refused += !is_done;
}

/* Somebody takes one step along their way; whoever has left is followed by somebody new. */
static void
move_somebody (Life *life)
{
  static const char *const steps[] = { "placement.accept", "placement.depart", "hold.release", "placement.ready_to_leave" };
  Scene *scene = life->scene;
  char *code = ONE_OF (life->codes);
  const BedReferralRow *row = scene_referral (scene, code);
  const char *bed = row->bed != BED_NONE ? broker_register_peek_table (scene->reg)->beds[row->bed].id : some_bed ();
  gboolean is_done = FALSE;
  if (row->flags & BED_REFERRAL_CLOSED)
    {
      scene_refer (scene);
      memcpy (code, scene->last_code, BED_CODE_SIZE);
      return;
    }
  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
    case 1:
      is_done = scene_ask (scene, "local", "hold.take", "'referral':'%s','bed':'%s'", code, bed);
      break;
    case 2:
      is_done = scene_ask (scene, "local", ONE_OF (steps), "'referral':'%s'", code);
      break;
    case 3:
      is_done = scene_ask (scene, "local", "placement.arrive", "'referral':'%s','bed':'%s'", code, bed);
      break;
    case 4:
      is_done = scene_ask (scene, "local", "placement.leave", "'referral':'%s','outcome':'home'", code);
      break;
    }
  life->n_refused += !is_done;
}

/* The newest command, if it was a client's and nothing forbids it. */
static void
take_back (Life *life)
{
  const GPtrArray *events = life->scene->events;
  const BedEvent *last = events->pdata[events->len - 1];
  if (last->key[0] != '\0' && scene_ask (life->scene, "local", "undo", "'undoes':'%s'", last->key))
    life->n_undone++;
}

/* What must be true */

static gint64
expect_until (Scene *scene, const BedBedRow *row, const BrokerTerms *terms)
{
  if (row->commitment == BED_COMMITMENT_HELD)
    return broker_register_peek_referral (scene->reg, row->referral)->until_us;
  if (row->commitment != BED_COMMITMENT_NONE)
    return broker_register_peek_referral (scene->reg, row->referral)->expected_at_us;
  if (row->service == BED_SERVICE_CLOSED)
    return terms->closed_until_us;
  return row->service == BED_SERVICE_SURGE_OPEN ? terms->surge_until_us : 0;
}

static void
check_bed (Scene *scene, guint32 bed)
{
  const BedBed *reference = &broker_register_peek_table (scene->reg)->beds[bed];
  const BedBedRow *row = broker_register_peek_bed (scene->reg, bed);
  const BrokerTerms *terms = broker_register_peek_terms (scene->reg, bed);
  guint64 out = 0;
  for (guint i = 0; i < BROKER_OUTAGES_MAX; i++)
    {
      out |= terms->outages[i].until_us != 0 ? G_GUINT64_CONSTANT (1) << terms->outages[i].feature : 0;
      g_assert_true (terms->outages[i].until_us == 0 || terms->outages[i].until_us > scene->now_us);
    }
  g_assert_cmpuint (row->features_out, ==, out);
  g_assert_cmpint (row->closed_reason != BED_CLOSURE_NONE, ==, row->service == BED_SERVICE_CLOSED);
  g_assert_true (terms->closed_until_us == 0 || row->service == BED_SERVICE_CLOSED);
  g_assert_true (row->service != BED_SERVICE_SURGE_OPEN || terms->surge_until_us > scene->now_us);
  g_assert_true (reference->is_surge || (row->service != BED_SERVICE_SURGE_OPEN && row->service != BED_SERVICE_SURGE_SHUT));
  g_assert_true (!reference->is_surge || row->service != BED_SERVICE_OPEN);
  g_assert_cmpint (row->until_us, ==, expect_until (scene, row, terms));
  g_assert_true (row->infection == BED_INFECTION_NONE || row->isolation != BED_ISOLATION_NONE);
  g_assert_true (row->commitment == BED_COMMITMENT_NONE || row->occupancy == BED_OCCUPANCY_VACANT);
  g_assert_true (row->commitment != BED_COMMITMENT_HELD || row->service == BED_SERVICE_OPEN || row->service == BED_SERVICE_SURGE_OPEN);
  g_assert_cmpint (terms->free_since_us != 0, ==, (row->flags & BED_FLAG_OFFERABLE) != 0);
  gboolean is_flex = terms->free_since_us != 0 && reference->flex != 0
                     && terms->free_since_us + BED_SCENE_FLEX_MIN * BED_MINUTE_US <= scene->now_us;
  g_assert_cmpint ((row->flags & BED_FLAG_FLEX) != 0, ==, is_flex);
  g_assert_cmpint ((row->flags & BED_FLAG_IN_EFFECT) != 0, ==, broker_register_is_in_effect (scene->reg, bed, scene->now_us));
  if (row->referral != BED_NONE)
    {
      const BedReferralRow *person = broker_register_peek_referral (scene->reg, row->referral);
      gboolean is_unusable = row->service == BED_SERVICE_CLOSED || row->service == BED_SERVICE_SURGE_SHUT;
      g_assert_cmpuint (person->bed, ==, bed);
      g_assert_true (row->commitment != BED_COMMITMENT_ACCEPTED || !is_unusable || (person->flags & BED_REFERRAL_DECIDE));
    }
}

static void
check_unit (Scene *scene, guint32 unit)
{
  const BedUnit *record = &broker_register_peek_table (scene->reg)->units[unit];
  const BedUnitRow *row = broker_register_peek_unit (scene->reg, unit);
  guint32 in_effect = 0, free = 0, closed_with_unit = 0;
  for (guint32 bed = record->first_bed; bed < record->first_bed + record->n_beds; bed++)
    {
      const BedBedRow *bed_row = broker_register_peek_bed (scene->reg, bed);
      check_bed (scene, bed);
      in_effect += (bed_row->flags & BED_FLAG_IN_EFFECT) != 0;
      free += (bed_row->flags & BED_FLAG_OFFERABLE) != 0;
      closed_with_unit += (bed_row->flags & BED_FLAG_IN_EFFECT) && bed_row->closed_reason == row->closed_reason;
    }
  g_assert_cmpuint (row->in_effect, ==, in_effect);
  g_assert_cmpuint (row->free, ==, free);
  g_assert_true (row->closed_reason == BED_CLOSURE_NONE || closed_with_unit > 0);
  g_assert_true (row->cap_until_us == 0 || row->cap_until_us > scene->now_us);
}

static void
check_all (Scene *scene)
{
  const BedTable *table = broker_register_peek_table (scene->reg);
  gint64 due_us;
  BedKind kind;
  guint32 index;
  for (guint32 unit = 0; unit < table->sizes.units; unit++)
    check_unit (scene, unit);
  g_assert_true (!broker_register_peek_due (scene->reg, &due_us, &kind, &index) || due_us > scene->now_us);
}

static void
live (Life *life)
{
  char time[BED_TIME_SIZE];
  for (guint step = 0; step < STEPS; step++)
    {
      switch (g_test_rand_int_range (0, 7))
        {
        case 6:
          take_back (life);
          break;
        case 0:
        case 1:
          say_of_a_bed (life, time);
          break;
        case 2:
          say_of_service (life, time);
          break;
        case 3:
        case 4:
          move_somebody (life);
          break;
        case 5:
          scene_pass (life->scene, g_test_rand_int_range (0, 6 * 3600) * BED_SECOND_US);
          scene_do (life->scene, "local", "unit.confirm", "'unit':'%s'", some_unit ());
          break;
        }
      scene_pass (life->scene, 0);
      check_all (life->scene);
    }
}

static void
test_random_lives (void)
{
  guint n_refused = 0, n_undone = 0;
  for (guint i = 0; i < LIVES; i++)
    {
      Life life = { .scene = bed_scene_new () };
      for (guint k = 0; k < PEOPLE; k++)
        {
          scene_refer (life.scene);
          memcpy (life.codes[k], life.scene->last_code, BED_CODE_SIZE);
        }
      live (&life);
      n_refused += life.n_refused;
      n_undone += life.n_undone;
      bed_scene_end (life.scene);
    }
  g_test_message ("%u lives of %u steps, %u refusals, %u taken back", LIVES, STEPS, n_refused, n_undone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-beds-random/lives", test_random_lives);
  return g_test_run ();
}
