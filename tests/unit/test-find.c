/* test-find.c: the nearest beds that suit, held against a naive search; and exact accounting.
 *
 * The naive search knows nothing of heaps or grids: it judges every bed, sorts all offers by the
 * contract's order, and cuts. Random registers print their seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-find.h"

#include <stdlib.h>
#include <string.h>

#define UNITS_MAX 60
#define BEDS_MAX 600
#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

/* A register without a map. */
typedef struct
{
  BedTable table;
  BedDistrict districts[12];
  BedCrossing crossings[12];
  BedUnit units[UNITS_MAX];
  BedBed beds[BEDS_MAX];
  BedBedRow rows[BEDS_MAX];
  gboolean is_readable[BEDS_MAX];
  guint n_reads;
  BedPlaces *places; /* owned */
  BedView view;
} World;

static gboolean
read_bed (gconstpointer source, guint32 bed, BedBedRow *row)
{
  World *world = (World *) source;

  world->n_reads++;
  *row = world->rows[bed];
  return world->is_readable[bed];
}

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->table = (BedTable) {
    .districts = world->districts,
    .crossings = world->crossings,
    .units = world->units,
    .beds = world->beds,
  };
  return world;
}

static void
world_free (World *world)
{
  g_clear_pointer (&world->places, bed_places_free);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
add_district (World *world, const char *id, guint32 easting, guint32 northing)
{
  BedDistrict *district = &world->districts[world->table.sizes.districts++];

  g_strlcpy (district->id, id, sizeof district->id);
  district->easting = easting;
  district->northing = northing;
}

/* A unit of n free rehab rooms at a place. */
static void
add_unit (World *world, guint16 district, guint32 easting, guint32 northing, guint n)
{
  const guint32 index = world->table.sizes.units++;
  BedUnit *unit = &world->units[index];

  g_snprintf (unit->id, sizeof unit->id, "unit-%u", index);
  unit->district = district;
  unit->easting = easting;
  unit->northing = northing;
  unit->first_bed = world->table.sizes.beds;
  unit->n_beds = n;
  for (guint i = 0; i < n; i++)
    {
      const guint32 bed = world->table.sizes.beds++;

      g_snprintf (world->beds[bed].id, sizeof world->beds[bed].id, "unit-%u-%02u", index, i + 1);
      g_snprintf (world->beds[bed].label, sizeof world->beds[bed].label, "Room %u", i + 1);
      world->beds[bed].unit = index;
      world->beds[bed].type = BED_TYPE_REHAB;
      world->beds[bed].bay_sex = BED_BAY_SEX_SINGLE;
      world->is_readable[bed] = TRUE;
      world->rows[bed] = (BedBedRow) {
        .referral = BED_NONE,
        .confirmed_at_us = 1000000,
        .occupancy = BED_OCCUPANCY_VACANT,
        .bay_sex = BED_BAY_SEX_SINGLE,
        .flags = BED_FLAG_IN_EFFECT,
      };
    }
}

static void
open_world (World *world)
{
  world->places = bed_places_new (&world->table);
  world->view = (BedView) { &world->table, world->places, read_bed, world };
}

/* Three units to the east of Romsey: 1, 2 and 3 km. */
static World *
small_world (void)
{
  World *world = world_new ();

  add_district (world, "SO51", 435500, 121000);
  add_unit (world, 0, 438500, 121000, 2);
  add_unit (world, 0, 436500, 121000, 2);
  add_unit (world, 0, 437500, 121000, 2);
  open_world (world);
  return world;
}

static BedNeedsProfile
needs_at_romsey (void)
{
  return (BedNeedsProfile) {
    .easting = 435500, .northing = 121000, .district = 0, .type = BED_TYPE_REHAB, .sex = BED_SEX_FEMALE,
  };
}

static void
assert_beds (const BedOffer *offers, guint n, const guint32 *expected, guint n_expected)
{
  g_assert_cmpuint (n, ==, n_expected);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (offers[i].bed, ==, expected[i]);
}

/* Order. */

static void
test_nearest_first (void)
{
  static const guint32 expected[] = { 2, 3, 4, 5, 0, 1 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  bed_find (&world->view, &needs, 20, &found);
  assert_beds (found.offers, found.n_offers, expected, G_N_ELEMENTS (expected));
  g_assert_cmpuint (found.offers[0].metres, ==, 1300);
}

static void
test_fewer_spare_features_first (void)
{
  static const guint32 expected[] = { 3, 2 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  world->beds[2].features = BIT (BED_NEED_BARIATRIC);
  bed_find (&world->view, &needs, 2, &found);
  assert_beds (found.offers, found.n_offers, expected, G_N_ELEMENTS (expected));
}

static void
test_needed_features_are_not_spare (void)
{
  static const guint32 expected[] = { 2, 3 };
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  needs.prefer = BIT (BED_NEED_BARIATRIC);
  world->beds[2].features = BIT (BED_NEED_BARIATRIC);
  world->beds[3].features = BIT (BED_NEED_HOIST);
  bed_find (&world->view, &needs, 2, &found);
  assert_beds (found.offers, found.n_offers, expected, G_N_ELEMENTS (expected));
}

static void
test_labels_as_people_count (void)
{
  static const guint32 expected[] = { 3, 2 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  strcpy (world->beds[2].label, "Room 10");
  strcpy (world->beds[3].label, "Room 9");
  bed_find (&world->view, &needs, 2, &found);
  assert_beds (found.offers, found.n_offers, expected, G_N_ELEMENTS (expected));
}

static void
test_call_first_comes_last (void)
{
  static const guint32 expected[] = { 3, 4, 5, 0, 1, 2 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  world->rows[2].flags |= BED_FLAG_STALE;
  bed_find (&world->view, &needs, 20, &found);
  assert_beds (found.offers, found.n_offers, expected, G_N_ELEMENTS (expected));
  g_assert_true (found.offers[5].call_first);
  g_assert_false (found.offers[4].call_first);
}

/* A fresh bed far away goes before a near one of which nobody knows. */
static void
test_nearest_skips_call_first (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offer;

  for (guint bed = 2; bed < 6; bed++)
    world->rows[bed].flags |= BED_FLAG_STALE;
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), ==, 1);
  g_assert_cmpuint (offer.bed, ==, 0);
}

static void
test_no_place (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[6];
  BedFound found;
  guint n;

  needs.easting = needs.northing = 0;
  bed_find (&world->view, &needs, 20, &found);
  g_assert_cmpuint (found.n_offers, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (found.offers[i].metres, ==, 0);
      g_assert_cmpstr (world->beds[found.offers[i].bed].label, ==, i < 3 ? "Room 1" : "Room 2");
    }
  n = bed_find_nearest (&world->view, &needs, 6, NULL, NULL, offers);
  g_assert_cmpmem (offers, n * sizeof *offers, found.offers, 6 * sizeof *offers);
}

/* Near the carer: the referral's home is elsewhere, but the crossing counts from the carer's. */
static void
test_crossing_of_the_place (void)
{
  g_autoptr (World) world = world_new ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offer;

  add_district (world, "SO51", 435500, 121000);
  add_district (world, "PO12", 460800, 100000);
  add_district (world, "PO1", 464500, 100000);
  world->crossings[0] = (BedCrossing) { 1, 2, 24000 };
  world->table.sizes.crossings = 1;
  add_unit (world, 2, 464500, 100000, 1);
  open_world (world);
  needs.easting = 460800;
  needs.northing = 100000;
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), ==, 1);
  g_assert_cmpuint (offer.metres, ==, 24000);
  g_assert_cmpuint (offer.distance_from, ==, BED_DISTANCE_CROSSING);
}

static void
test_stops_early (void)
{
  g_autoptr (World) world = world_new ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[2];

  add_district (world, "SO51", 435500, 121000);
  for (guint i = 0; i < UNITS_MAX; i++)
    add_unit (world, 0, 435500 + 2000 * i, 121000, 10);
  open_world (world);
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 2, NULL, NULL, offers), ==, 2);
  g_assert_cmpuint (world->n_reads, <=, 60);
}

static gboolean
is_odd (guint32 bed, gpointer user_data)
{
  return bed % 2 == *(guint *) user_data;
}

static void
test_skip (void)
{
  static const guint32 expected[] = { 2, 4, 0 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[6];
  guint odd = 1;

  assert_beds (offers, bed_find_nearest (&world->view, &needs, 6, is_odd, &odd, offers), expected, G_N_ELEMENTS (expected));
}

static void
test_limit_zero (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();

  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 0, NULL, NULL, NULL), ==, 0);
}

/* Accounting. */

static void
test_ruled_out_by_need (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  needs.must = BIT (BED_NEED_HOIST);
  needs.must_not = BIT (BED_NEED_SECURE);
  for (guint bed = 0; bed < 4; bed++)
    world->beds[bed].features = BIT (BED_NEED_HOIST);
  world->beds[0].features |= BIT (BED_NEED_SECURE);
  world->rows[3].service = BED_SERVICE_CLOSED;
  bed_find (&world->view, &needs, 20, &found);
  g_assert_cmpuint (found.total, ==, 6);
  g_assert_cmpuint (found.n_offers, ==, 2);
  g_assert_cmpuint (found.must[BED_NEED_HOIST].count, ==, 2);
  g_assert_cmpuint (found.must[BED_NEED_HOIST].nearest_metres, ==, 2600);
  g_assert_cmpuint (found.must_not[BED_NEED_SECURE].count, ==, 1);
  g_assert_cmpuint (found.ruled_out[BED_RULED_OUT_SERVICE].count, ==, 1);
  g_assert_cmpuint (found.ruled_out[BED_RULED_OUT_SERVICE].nearest_metres, ==, 1300);
}

static void
test_out_of_effect_counts_nowhere (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  world->rows[0].flags = 0;
  world->is_readable[1] = FALSE;
  bed_find (&world->view, &needs, 20, &found);
  g_assert_cmpuint (found.total, ==, 4);
  g_assert_cmpuint (found.n_offers, ==, 4);
}

static void
test_cut_off (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  bed_find (&world->view, &needs, 4, &found);
  g_assert_cmpuint (found.n_offers, ==, 4);
  g_assert_cmpuint (found.cut_off, ==, 2);
}

/* Random registers against the naive search. */

typedef struct
{
  BedOffer offers[BEDS_MAX];
  guint n;
  guint n_ruled_out;
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
      reason = bed_rules_out (&world->units[record->unit], record, row, needs, NULL);
      if (reason != BED_RULED_OUT_NOTHING && reason != BED_RULED_OUT_FRESHNESS)
        {
          naive->n_ruled_out++;
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
                         | (g_rand_int (rand) % 20 == 0 ? BED_FLAG_BAY_UNSURE : 0));
  row->occupancy = dice < 10 ? BED_OCCUPANCY_VACANT : BED_OCCUPANCY_OCCUPIED;
  row->readiness = dice == 1 ? BED_READINESS_DIRTY : BED_READINESS_READY;
  row->service = dice == 2 ? BED_SERVICE_CLOSED : BED_SERVICE_OPEN;
  row->commitment = dice == 3 ? BED_COMMITMENT_HELD : BED_COMMITMENT_NONE;
  row->isolation = dice == 4 ? BED_ISOLATION_BARRIER : BED_ISOLATION_NONE;
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
                                          (guint32) g_rand_int_range (rand, 1, 40000) };
  world->table.sizes.crossings = g_rand_int (rand) % (n_districts + 1);
  for (guint i = 0; i < n_units; i++)
    {
      const guint16 district = (guint16) (g_rand_int (rand) % n_districts);
      const guint away = is_tight ? 0 : (guint) g_rand_int_range (rand, 0, 3000);

      add_unit (world, district, world->districts[district].easting + away,
                world->districts[district].northing + away / 2, (guint) g_rand_int_range (rand, 0, 10));
    }
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
          const BedNeedsProfile needs = random_needs (world, rand);

          check_round (world, &needs, (guint) g_rand_int_range (rand, 1, 40), &had_cut_off);
        }
    }
  g_assert_true (had_cut_off); /* or the rounds proved nothing about limits */
}

/* The language. */

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static void
test_print_offer (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_auto (BedJson) json;
  BedOffer offer;

  needs.must = BIT (BED_NEED_HOIST);
  needs.prefer = BIT (BED_NEED_ENSUITE) | BIT (BED_NEED_OXYGEN);
  world->beds[2].features = BIT (BED_NEED_HOIST) | BIT (BED_NEED_OXYGEN);
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), ==, 1);
  bed_json_init (&json, 0);
  bed_find_print_offer (&world->view, &needs, &offer, &json);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"bed\":\"unit-1-01\",\"unit\":\"unit-1\",\"metres\":1300,\"distance_from\":\"straight\","
                   "\"meets\":[\"oxygen\",\"hoist\"],\"misses_preferred\":[\"ensuite\"],"
                   "\"confirmed_at\":\"1970-01-01T00:00:01.000Z\",\"call_first\":false}");
}

static void
test_print_never_confirmed (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  const BedOffer offer = { .bed = 2, .call_first = TRUE };
  g_auto (BedJson) json;

  bed_json_init (&json, 0);
  bed_find_print_offer (&world->view, &needs, &offer, &json);
  g_assert_nonnull (strstr (json.text->str, "\"confirmed_at\":null,\"call_first\":true"));
}

static void
test_print_found (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonObject) object = NULL;
  g_auto (BedJson) json;
  JsonArray *ruled_out;
  BedFound found;

  needs.must = BIT (BED_NEED_HOIST);
  world->beds[0].features = world->beds[1].features = BIT (BED_NEED_HOIST);
  world->rows[2].occupancy = BED_OCCUPANCY_OCCUPIED;
  bed_find (&world->view, &needs, 1, &found);
  bed_json_init (&json, 0);
  bed_find_print (&world->view, &needs, &found, 42, &json);
  object = parse_object (json.text->str);
  g_assert_cmpint (json_object_get_int_member (object, "revision"), ==, 42);
  g_assert_cmpint (json_object_get_int_member (object, "total"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (object, "cut_off"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "offers")), ==, 1);
  ruled_out = json_object_get_array_member (object, "ruled_out");
  g_assert_cmpuint (json_array_get_length (ruled_out), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (ruled_out, 0), "reason"), ==, "occupancy");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (ruled_out, 1), "reason"), ==, "must:hoist");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (ruled_out, 1), "count"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (ruled_out, 1), "nearest_metres"), ==, 1300);
}

static void
test_parse (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params
      = parse_object ("{\"home\":\"SO51\",\"needs\":{\"must\":[\"hoist\"],\"must_not\":[\"secure\"],\"prefer\":[\"ensuite\"]},"
                      "\"sex\":\"male\",\"type\":\"d2a\",\"limit\":200}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (limit, ==, 200);
  g_assert_cmpuint (needs.must, ==, BIT (BED_NEED_HOIST));
  g_assert_cmpuint (needs.must_not, ==, BIT (BED_NEED_SECURE));
  g_assert_cmpuint (needs.prefer, ==, BIT (BED_NEED_ENSUITE));
  g_assert_cmpuint (needs.sex, ==, BED_SEX_MALE);
  g_assert_cmpuint (needs.type, ==, BED_TYPE_D2A);
  g_assert_cmpuint (needs.district, ==, 0);
  g_assert_cmpuint (needs.easting, ==, 435500);
}

static void
test_parse_no_fixed_abode (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params = parse_object ("{\"home\":\"nfa\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_cmpuint (needs.district, ==, BED_NONE_16);
  g_assert_cmpuint (needs.easting, ==, 0);
  g_assert_cmpuint (limit, ==, BED_FIND_LIMIT);
}

static void
test_parse_near (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params
      = parse_object ("{\"home\":\"nfa\",\"near\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_cmpuint (needs.district, ==, 0);
  g_assert_cmpuint (needs.northing, ==, 121000);
}

typedef struct
{
  const char *path;
  const char *params;
  const char *member;
} WrongParams;

static const WrongParams wrong_params[] = {
  { "/find/parse/home-missing", "{\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}", "home" },
  { "/find/parse/home-unknown", "{\"home\":\"ZE1\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}", "home" },
  { "/find/parse/near-unknown", "{\"home\":\"SO51\",\"near\":\"ZE1\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}", "near" },
  { "/find/parse/needs-missing", "{\"home\":\"SO51\",\"sex\":\"male\",\"type\":\"d2a\"}", "needs" },
  { "/find/parse/needs-unknown", "{\"home\":\"SO51\",\"needs\":{\"must\":[\"gold\"]},\"sex\":\"male\",\"type\":\"d2a\"}", "needs" },
  { "/find/parse/sex", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"other\",\"type\":\"d2a\"}", "sex" },
  { "/find/parse/type", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"hotel\"}", "type" },
  { "/find/parse/limit-zero", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":0}", "limit" },
  { "/find/parse/limit-over", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":201}", "limit" },
  { "/find/parse/limit-word", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":\"9\"}", "limit" },
  { "/find/parse/limit-fraction", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":1.5}", "limit" },
};

static void
test_parse_wrong (gconstpointer user_data)
{
  const WrongParams *wrong = user_data;
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params = parse_object (wrong->params);
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_false (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, wrong->member);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/nearest-first", test_nearest_first);
  g_test_add_func ("/find/fewer-spare-features-first", test_fewer_spare_features_first);
  g_test_add_func ("/find/needed-features-are-not-spare", test_needed_features_are_not_spare);
  g_test_add_func ("/find/labels-as-people-count", test_labels_as_people_count);
  g_test_add_func ("/find/call-first-comes-last", test_call_first_comes_last);
  g_test_add_func ("/find/nearest-skips-call-first", test_nearest_skips_call_first);
  g_test_add_func ("/find/no-place", test_no_place);
  g_test_add_func ("/find/crossing-of-the-place", test_crossing_of_the_place);
  g_test_add_func ("/find/stops-early", test_stops_early);
  g_test_add_func ("/find/skip", test_skip);
  g_test_add_func ("/find/limit-zero", test_limit_zero);
  g_test_add_func ("/find/ruled-out-by-need", test_ruled_out_by_need);
  g_test_add_func ("/find/out-of-effect-counts-nowhere", test_out_of_effect_counts_nowhere);
  g_test_add_func ("/find/cut-off", test_cut_off);
  g_test_add_func ("/find/random", test_random);
  g_test_add_func ("/find/print-offer", test_print_offer);
  g_test_add_func ("/find/print-never-confirmed", test_print_never_confirmed);
  g_test_add_func ("/find/print-found", test_print_found);
  g_test_add_func ("/find/parse/right", test_parse);
  g_test_add_func ("/find/parse/no-fixed-abode", test_parse_no_fixed_abode);
  g_test_add_func ("/find/parse/near", test_parse_near);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_params); i++)
    g_test_add_data_func (wrong_params[i].path, &wrong_params[i], test_parse_wrong);
  return g_test_run ();
}
