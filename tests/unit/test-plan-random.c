/* test-plan-random.c: the plan held against trying everything, in small registers at random.
 *
 * The naive search judges every pair of person and bed by bed_rules_out, serves first come, first
 * served by its own loop, then enumerates every way to place people within caps and with one sex a
 * bay. Where no bay had to be settled the plan must be the best there is; where one had, it must be
 * sound, leave nobody out, and be the best nearly always. Seeds are printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plan-world.h"

#define PEOPLE_MAX 6
#define RANDOM_BEDS_MAX 7
#define ROUNDS 4000
#define SETTLED_BEST_PERCENT 90
#define NOW_US 2000

static void
make_random (PlanWorld *w, GRand *rand)
{
  const guint n_units = (guint) g_rand_int_range (rand, 1, 4);
  guint beds = 0;

  for (guint i = 0; i < n_units && beds < RANDOM_BEDS_MAX; i++)
    {
      const guint n = (guint) g_rand_int_range (rand, 1, (gint32) MIN (4, RANDOM_BEDS_MAX - beds) + 1);
      const guint32 first = plan_world_add_unit (w, (guint32) g_rand_int_range (rand, 0, 40) * 1000, n,
                                                 (guint32) g_rand_int_range (rand, 0, 5));

      beds += n;
      if (n > 1 && g_rand_int_range (rand, 0, 3) > 0)
        plan_world_share (w, first, 2, 1);
      for (guint32 bed = first; bed < first + n; bed++)
        {
          w->world->beds[bed].features = g_rand_int (rand) & 3;
          w->world->rows[bed].readiness = g_rand_int_range (rand, 0, 8) == 0 ? BED_READINESS_DIRTY : 0;
        }
    }
  const guint n_people = (guint) g_rand_int_range (rand, 1, PEOPLE_MAX + 1);
  for (guint i = 0; i < n_people; i++)
    {
      BedReferralRow *row = plan_world_add_person (w, (guint32) g_rand_int_range (rand, 0, 40) * 1000);

      row->sex = (guint8) g_rand_int_range (rand, 0, BED_SEX_N);
      row->lane = (guint8) g_rand_int_range (rand, 0, BED_LANE_N);
      row->must = g_rand_int_range (rand, 0, 3) == 0 ? 1u << g_rand_int_range (rand, 0, 2) : 0;
      row->submitted_at_us = g_rand_int_range (rand, 1, 4);
    }
}

/* Everything that there is to know about a case. */
typedef struct
{
  const PlanWorld *w;
  const BedPlan *plan; /* only for its order of people */
  gboolean suits[PEOPLE_MAX][RANDOM_BEDS_MAX];
  gint64 cost[PEOPLE_MAX][RANDOM_BEDS_MAX];
  guint32 order[PEOPLE_MAX]; /* those whom first come places, then the others */
  gboolean is_first[PEOPLE_MAX];
  /* While it tries. */
  guint32 person_in[RANDOM_BEDS_MAX];
  guint placed;
  gint64 sum;
  guint best_placed;
  gint64 best_sum;
} Naive;

static const BedReferralRow *
row_of (const Naive *naive, guint32 person)
{
  return &naive->w->people[naive->plan->people[person].referral];
}

static gboolean
may_take (const Naive *naive, guint32 person, guint32 bed)
{
  const World *world = naive->w->world;
  const BedBed *record = &world->beds[bed];
  guint in_unit = 0;

  if (!naive->suits[person][bed] || naive->person_in[bed] != BED_NONE)
    return FALSE;
  for (guint32 i = 0; i < world->table.sizes.beds; i++)
    if (naive->person_in[i] != BED_NONE && world->beds[i].unit == record->unit)
      {
        in_unit++;
        if (record->bay != 0 && world->beds[i].bay == record->bay
            && row_of (naive, naive->person_in[i])->sex != row_of (naive, person)->sex)
          return FALSE;
      }
  return in_unit < naive->w->units[record->unit].staffed_cap;
}

static void
look (Naive *naive)
{
  const World *world = naive->w->world;

  for (guint32 person = 0; person < naive->plan->n_people; person++)
    for (guint32 bed = 0; bed < world->table.sizes.beds; bed++)
      {
        const BedBed *record = &world->beds[bed];
        const BedUnit *unit = &world->units[record->unit];
        BedDistanceFrom how;
        BedNeedsProfile needs;

        bed_needs_of_referral (row_of (naive, person), &needs);
        bed_needs_at (&needs, NOW_US);
        naive->suits[person][bed] = bed_rules_out (unit, record, &world->rows[bed], &needs, NULL) == BED_RULED_OUT_NOTHING;
        naive->cost[person][bed]
            = (gint64) bed_places_measure (world->places, needs.easting, needs.northing, needs.district, record->unit, &how)
                  * 1000
              + __builtin_popcountll (record->features & ~needs.must);
      }
}

/* Nearest, then fewest spare features, then label, then number. */
static gboolean
is_nearer (const Naive *naive, guint32 person, guint32 bed, guint32 than)
{
  const gint64 *cost = naive->cost[person];

  return cost[bed] != cost[than]
             ? cost[bed] < cost[than]
             : strverscmp (naive->w->world->beds[bed].label, naive->w->world->beds[than].label) < 0;
}

static void
serve_first_come (Naive *naive)
{
  const guint32 n_beds = naive->w->world->table.sizes.beds;
  guint n = 0;

  for (guint32 bed = 0; bed < n_beds; bed++)
    naive->person_in[bed] = BED_NONE;
  for (guint32 person = 0; person < naive->plan->n_people; person++)
    {
      guint32 nearest = BED_NONE;

      for (guint32 bed = 0; bed < n_beds; bed++)
        if (may_take (naive, person, bed)
            && (nearest == BED_NONE || is_nearer (naive, person, bed, nearest)))
          nearest = bed;
      if (nearest == BED_NONE)
        continue;
      naive->person_in[nearest] = person;
      naive->is_first[person] = TRUE;
      naive->order[n++] = person;
    }
  for (guint32 person = 0; person < naive->plan->n_people; person++)
    if (!naive->is_first[person])
      naive->order[n++] = person;
  for (guint32 bed = 0; bed < n_beds; bed++)
    naive->person_in[bed] = BED_NONE;
}

static void
try_place (Naive *naive, guint32 at)
{
  if (at == naive->plan->n_people)
    {
      if (naive->placed > naive->best_placed
          || (naive->placed == naive->best_placed && naive->sum < naive->best_sum))
        {
          naive->best_placed = naive->placed;
          naive->best_sum = naive->sum;
        }
      return;
    }
  const guint32 person = naive->order[at];
  try_place (naive, at + 1);
  for (guint32 bed = 0; bed < naive->w->world->table.sizes.beds; bed++)
    {
      if (!may_take (naive, person, bed))
        continue;
      naive->person_in[bed] = person;
      naive->placed |= 1u << (31 - at);
      naive->sum += naive->cost[person][bed];
      try_place (naive, at + 1);
      naive->person_in[bed] = BED_NONE;
      naive->placed &= ~(1u << (31 - at));
      naive->sum -= naive->cost[person][bed];
    }
}

/* Ours, put in person by person: each bed may be taken beside those before. */
static void
check_plan (Naive *naive, guint *placed, gint64 *sum)
{
  *placed = 0;
  *sum = 0;
  for (guint32 at = 0; at < naive->plan->n_people; at++)
    {
      const BedPlanned *planned = &naive->plan->people[naive->order[at]];

      g_assert_cmpint (planned->first_bed != BED_NONE, ==, naive->is_first[naive->order[at]]);
      g_assert_cmpint (planned->bed == BED_NONE, ==, planned->reason != BED_PLAN_PLACES);
      if (planned->bed == BED_NONE)
        {
          g_assert_false (naive->is_first[naive->order[at]]);
          continue;
        }
      g_assert_true (may_take (naive, naive->order[at], planned->bed));
      naive->person_in[planned->bed] = naive->order[at];
      *placed |= 1u << (31 - at);
      *sum += naive->cost[naive->order[at]][planned->bed];
    }
}

/* TRUE if the plan is the best there is. */
static gboolean
play (GRand *rand, guint32 seed, guint round, gboolean *is_settled)
{
  g_autoptr (PlanWorld) w = plan_world_new ();
  guint placed;
  gint64 sum;

  make_random (w, rand);
  g_autoptr (BedPlan) plan = plan_world_plan (w);
  Naive naive = { .w = w, .plan = plan, .best_sum = G_MAXINT64 };
  look (&naive);
  serve_first_come (&naive);
  try_place (&naive, 0);
  check_plan (&naive, &placed, &sum);
  *is_settled = plan->n_settled > 0;
  if (placed == naive.best_placed && sum == naive.best_sum)
    return TRUE;
  if (!*is_settled)
    g_error ("seed %u, round %u: placed %x for %" G_GINT64_FORMAT ", best is %x for %" G_GINT64_FORMAT, seed, round,
             placed, sum, naive.best_placed, naive.best_sum);
  return FALSE;
}

static void
test_random (void)
{
  const guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_settled = 0, n_settled_best = 0;

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < ROUNDS; round++)
    {
      gboolean is_settled;
      const gboolean is_best = play (rand, seed, round, &is_settled);

      n_settled += is_settled;
      n_settled_best += is_settled && is_best;
    }
  g_test_message ("%u of %u plans had to settle a bay's sex, and %u of these are the best there is", n_settled,
                  ROUNDS, n_settled_best);
  g_assert_cmpuint (n_settled, >, ROUNDS / 50);
  g_assert_cmpuint (n_settled_best * 100, >=, n_settled * SETTLED_BEST_PERCENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/random", test_random);
  return g_test_run ();
}
