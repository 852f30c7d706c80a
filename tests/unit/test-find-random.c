/* test-find-random.c: find held against a naive search.
 *
 * The naive search knows nothing of heaps or grids: it judges every bed, sorts all offers by the
 * contract's order, and cuts. Random registers print their seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-world.h"

/* Random registers against the naive search. */

typedef struct
{
  BedOffer offers[BEDS_MAX];
  guint n;
  guint n_ruled_out;
  guint n_partner; /* of those */
  guint total;
} Naive;

static int
compare_naively (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const World *world = user_data;
  const BedOffer *first = a;
  const BedOffer *second = b;
  const gint64 order[] = {
    (gint64) first->call_first - second->call_first,
    (gint64) first->metres - second->metres,
    (gint64) first->spare_features - second->spare_features,
    strverscmp (world->beds[first->bed].label, world->beds[second->bed].label),
    (gint64) first->bed - second->bed,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] != 0)
      return order[i] < 0 ? -1 : 1;
  return 0;
}

static BedRuledOut
judge_alone (const World *world, guint32 bed, const BedNeedsProfile *needs)
{
  const BedBed *record = &world->beds[bed];

  return bed_rules_out (&world->units[record->unit], record, &world->rows[bed], needs, NULL);
}

static gboolean
is_offer (BedRuledOut reason)
{
  return reason == BED_RULED_OUT_NOTHING || reason == BED_RULED_OUT_FRESHNESS;
}

/* Every pair of the register: both offers, one unit that has staff for two, two beds, and not two
 * sexes in one bay; a pair is as fresh as the staler of the two. */
static BedRuledOut
judge_together (const World *world, guint32 bed, const BedNeedsProfile *needs)
{
  const BedRuledOut own = judge_alone (world, bed, needs);
  const BedBed *record = &world->beds[bed];
  BedRuledOut best = BED_RULED_OUT_PARTNER;

  if (!is_offer (own) || needs->partner == NULL)
    return own;
  if (!world->is_unit_readable[record->unit] || world->counted[record->unit] + 2 > world->caps[record->unit])
    return BED_RULED_OUT_PARTNER;
  for (guint32 other = 0; other < world->table.sizes.beds; other++)
    {
      const BedBed *theirs = &world->beds[other];
      const gboolean is_mixed = theirs->bay == record->bay && needs->sex != needs->partner->sex;
      const BedRuledOut reason = judge_alone (world, other, needs->partner);

      if (other == bed || theirs->unit != record->unit || (is_mixed && theirs->bay != 0)
          || !world->is_readable[other] || (world->rows[other].flags & BED_FLAG_IN_EFFECT) == 0
          || !is_offer (reason))
        continue;
      if (reason == BED_RULED_OUT_NOTHING && own == BED_RULED_OUT_NOTHING)
        return BED_RULED_OUT_NOTHING;
      best = BED_RULED_OUT_FRESHNESS;
    }
  return best;
}

static void
find_naively (World *world, const BedNeedsProfile *needs, Naive *naive)
{
  const gboolean has_place = needs->easting != 0 || needs->northing != 0;

  memset (naive, 0, sizeof *naive);
  for (guint32 bed = 0; bed < world->table.sizes.beds; bed++)
    {
      const BedBedRow *row = &world->rows[bed];
      const BedBed *record = &world->beds[bed];
      BedDistanceFrom how = BED_DISTANCE_STRAIGHT;
      BedRuledOut reason;

      if (!world->is_readable[bed] || (row->flags & BED_FLAG_IN_EFFECT) == 0)
        continue;
      naive->total++;
      reason = judge_together (world, bed, needs);
      if (!is_offer (reason))
        {
          naive->n_ruled_out++;
          naive->n_partner += reason == BED_RULED_OUT_PARTNER;
          continue;
        }
      naive->offers[naive->n++] = (BedOffer) {
        .bed = bed,
        .metres = has_place ? bed_places_measure (world->places, needs->easting, needs->northing,
                                                  needs->district, record->unit, &how) : 0,
        .call_first = reason == BED_RULED_OUT_FRESHNESS,
        .spare_features = (guint8) __builtin_popcountll (record->features & ~(needs->must | needs->prefer)),
      };
      naive->offers[naive->n - 1].distance_from = (guint8) how;
    }
  g_qsort_with_data (naive->offers, (gint) naive->n, sizeof *naive->offers, compare_naively, world);
}

static void
randomize_bed (World *world, guint32 bed, GRand *rand)
{
  BedBedRow *row = &world->rows[bed];
  const guint dice = g_rand_int (rand) % 16;

  world->beds[bed].features = g_rand_int (rand) & g_rand_int (rand) & 0xff;
  world->beds[bed].flex = g_rand_int (rand) & 7;
  world->beds[bed].type = (guint8) (g_rand_int (rand) % 3);
  row->bay_sex = (guint8) (g_rand_int (rand) % BED_BAY_SEX_N);
  row->features_out = g_rand_int (rand) & g_rand_int (rand) & g_rand_int (rand) & 0xff;
  row->flags = (guint8) ((g_rand_int (rand) % 20 != 0 ? BED_FLAG_IN_EFFECT : 0)
                         | (g_rand_int (rand) % 4 == 0 ? BED_FLAG_STALE : 0)
                         | (g_rand_int (rand) % 10 == 0 ? BED_FLAG_CAP_REACHED : 0)
                         | (g_rand_boolean (rand) ? BED_FLAG_FLEX : 0)
                         | (g_rand_int (rand) % 20 == 0 ? BED_FLAG_BAY_UNSURE : 0));
  row->occupancy = dice < 10 ? BED_OCCUPANCY_VACANT : BED_OCCUPANCY_OCCUPIED;
  row->readiness = dice == 1 ? BED_READINESS_DIRTY : BED_READINESS_READY;
  row->service = dice == 2 ? BED_SERVICE_CLOSED : BED_SERVICE_OPEN;
  row->commitment = dice == 3 ? BED_COMMITMENT_HELD : BED_COMMITMENT_NONE;
  row->isolation = dice == 4 ? BED_ISOLATION_BARRIER : BED_ISOLATION_NONE;
  row->infection = (dice == 4 ? g_rand_int (rand) % 3 : 0) & 0xf;
  world->beds[bed].bay = (guint16) (g_rand_int (rand) % 4);
  world->beds[bed].safe_load_kg = g_rand_boolean (rand) ? 220 : 0;
  world->is_readable[bed] = g_rand_int (rand) % 30 != 0;
}

static World *
random_world (GRand *rand)
{
  World *world = world_new ();
  const guint n_districts = (guint) g_rand_int_range (rand, 1, 12);
  const guint n_units = (guint) g_rand_int_range (rand, 1, UNITS_MAX);
  const gboolean is_tight = g_rand_boolean (rand); /* many equal distances */

  for (guint i = 0; i < n_districts; i++)
    {
      char id[8];

      g_snprintf (id, sizeof id, "SO%u", i);
      /* No two at one place, or "the district at a place" would be two. */
      add_district (world, id, 430000 + i + 100 * (guint) g_rand_int_range (rand, 0, 300),
                    100000 + 100 * (guint) g_rand_int_range (rand, 0, 300));
    }
  for (guint i = 0; i < n_districts; i++)
    world->crossings[i] = (BedCrossing) { (guint16) i, (guint16) (g_rand_int (rand) % n_districts),
                                          (guint32) g_rand_int_range (rand, 1, 40000), g_rand_boolean (rand) };
  world->table.sizes.crossings = g_rand_int (rand) % (n_districts + 1);
  for (guint i = 0; i < n_units; i++)
    {
      const guint16 district = (guint16) (g_rand_int (rand) % n_districts);
      const guint away = is_tight ? 0 : (guint) g_rand_int_range (rand, 0, 3000);

      const gboolean is_large = world->table.sizes.beds < 500 && g_rand_int (rand) % 20 == 0;
      const guint n_beds = (guint) (is_large ? g_rand_int_range (rand, 60, 140) : g_rand_int_range (rand, 0, 10));

      add_unit (world, district, world->districts[district].easting + away,
                world->districts[district].northing + away / 2, n_beds);
      world->is_unit_readable[i] = g_rand_int (rand) % 30 != 0;
      world->caps[i] = n_beds;
      world->counted[i] = g_rand_int (rand) % (n_beds + 1);
      world->units[i].admission = (guint8) (g_rand_int (rand) % 4);
      world->units[i].gp_laps = g_rand_int (rand) % 4 == 0 ? 1 : 0;
    }
  world->is_lying = g_rand_int (rand) % 8 == 0;
  for (guint32 bed = 0; bed < world->table.sizes.beds; bed++)
    randomize_bed (world, bed, rand);
  open_world (world);
  return world;
}

static BedNeedsProfile
random_needs (const World *world, GRand *rand)
{
  const guint16 home = (guint16) (g_rand_int (rand) % world->table.sizes.districts);
  BedNeedsProfile needs = {
    .must = g_rand_int (rand) & g_rand_int (rand) & g_rand_int (rand) & 0xff,
    .must_not = g_rand_int (rand) & g_rand_int (rand) & g_rand_int (rand) & g_rand_int (rand) & 0xff,
    .prefer = g_rand_int (rand) & 0xff,
    .type = (guint8) (g_rand_int (rand) % 3),
    .sex = (guint8) (g_rand_int (rand) % BED_SEX_N),
    .district = home,
    .easting = world->districts[home].easting,
    .northing = world->districts[home].northing,
    .infection = (guint8) (g_rand_int (rand) % 5 == 0 ? g_rand_int (rand) % 3 : 0),
    .weight_band = (guint8) (g_rand_int (rand) % 6 == 0 ? BED_WEIGHT_TO_180 : 0),
    .lap = (guint8) (g_rand_int (rand) % 2),
    .minute = g_rand_int (rand) % 3 == 0 ? 600 : BED_ANY_MINUTE,
    .is_weekend = g_rand_int (rand) % 8 == 0,
  };

  if (g_rand_int (rand) % 8 == 0) /* no fixed abode */
    {
      needs.district = BED_NONE_16;
      needs.easting = needs.northing = 0;
    }
  else if (g_rand_int (rand) % 4 == 0) /* somewhere else */
    {
      needs.district = BED_NONE_16;
      needs.easting += 50;
    }
  return needs;
}

static guint
count_ruled_out (const BedFound *found)
{
  guint n = 0;

  for (guint i = 0; i < BED_RULED_OUT_N; i++)
    n += found->ruled_out[i].count;
  for (guint i = 0; i < BED_NEED_N; i++)
    n += found->must[i].count + found->must_not[i].count;
  return n;
}

static void
assert_same_offer (const BedOffer *offer, const BedOffer *expected)
{
  g_assert_cmpuint (offer->bed, ==, expected->bed);
  g_assert_cmpuint (offer->metres, ==, expected->metres);
  g_assert_cmpuint (offer->call_first, ==, expected->call_first);
  g_assert_cmpuint (offer->distance_from, ==, expected->distance_from);
}

static void
check_round (World *world, const BedNeedsProfile *needs, guint limit, gboolean *had_cut_off)
{
  g_autofree Naive *naive = g_new (Naive, 1);
  g_autofree BedFound *found = g_new (BedFound, 1);
  BedOffer nearest[BED_FIND_LIMIT_MAX];
  guint n;

  find_naively (world, needs, naive);
  bed_find (&world->view, needs, limit, found);
  g_assert_cmpuint (found->total, ==, naive->total);
  g_assert_cmpuint (found->n_offers, ==, MIN (limit, naive->n));
  g_assert_cmpuint (count_ruled_out (found), ==, naive->n_ruled_out);
  g_assert_cmpuint (found->ruled_out[BED_RULED_OUT_PARTNER].count, ==, naive->n_partner);
  g_assert_cmpuint (found->n_offers + found->cut_off + count_ruled_out (found), ==, found->total);
  for (guint i = 0; i < found->n_offers; i++)
    assert_same_offer (&found->offers[i], &naive->offers[i]);
  n = bed_find_nearest (&world->view, needs, limit, NULL, NULL, nearest);
  g_assert_cmpuint (n, ==, found->n_offers);
  for (guint i = 0; i < n; i++)
    assert_same_offer (&nearest[i], &naive->offers[i]);
  *had_cut_off |= found->cut_off > 0;
}

static void
test_random (void)
{
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gboolean had_cut_off = FALSE;

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (World) world = random_world (rand);

      for (guint i = 0; i < 10; i++)
        {
          const BedNeedsProfile partner = random_needs (world, rand);
          BedNeedsProfile needs = random_needs (world, rand);

          if (g_rand_int (rand) % 3 == 0)
            needs.partner = &partner;
          check_round (world, &needs, (guint) g_rand_int_range (rand, 1, 40), &had_cut_off);
        }
    }
  g_assert_true (had_cut_off); /* or the rounds proved nothing about limits */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/random", test_random);
  return g_test_run ();
}
