/* test-places.c: distances, ids, and a walk that shows every unit once and never too late.
 *
 * Random counties print their seed; the walk is held against the measure of every unit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-places.h"

#include <stdio.h>
#include <string.h>

#define N_MAX 400

/* Records without a map: places needs no more. */
typedef struct
{
  BedTable table;
  BedLap laps[4];
  BedDistrict districts[16];
  BedCrossing crossings[24];
  BedUnit units[N_MAX];
  BedBed beds[8];
} County;

static void
county_init (County *county)
{
  memset (county, 0, sizeof *county);
  county->table = (BedTable) {
    .laps = county->laps,
    .districts = county->districts,
    .crossings = county->crossings,
    .units = county->units,
    .beds = county->beds,
  };
}

static void
add_district (County *county, const char *id, guint32 easting, guint32 northing)
{
  BedDistrict *district = &county->districts[county->table.sizes.districts++];

  g_strlcpy (district->id, id, sizeof district->id);
  district->easting = easting;
  district->northing = northing;
}

static void
add_unit (County *county, guint16 district, guint32 easting, guint32 northing)
{
  const guint32 n = county->table.sizes.units++;
  BedUnit *unit = &county->units[n];

  g_snprintf (unit->id, sizeof unit->id, "unit-%u", n);
  unit->district = district;
  unit->easting = easting;
  unit->northing = northing;
}

static void
add_crossing (County *county, guint16 from, guint16 to, guint32 road_metres)
{
  county->crossings[county->table.sizes.crossings++] = (BedCrossing) { from, to, road_metres, FALSE };
}

static void
add_travel (County *county, guint16 from, guint16 to, guint32 road_metres)
{
  county->crossings[county->table.sizes.crossings++] = (BedCrossing) { from, to, road_metres, TRUE };
}

/* Gosport and Portsmouth, with a unit in each. */
static void
county_of_harbour (County *county)
{
  county_init (county);
  add_district (county, "PO12", 460800, 100000);
  add_district (county, "PO1", 464500, 100000);
  add_district (county, "SO51", 435500, 121000);
  add_unit (county, 0, 460800, 100000);
  add_unit (county, 1, 464500, 100000);
  add_crossing (county, 0, 1, 24000);
}

static void
test_straight (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_measure (places, 460800, 103000, BED_NONE_16, 0, &how), ==, 3900);
  g_assert_cmpint (how, ==, BED_DISTANCE_STRAIGHT);
}

static void
test_straight_is_rounded (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_measure (places, 460801, 100000, BED_NONE_16, 0, &how), ==, 1); /* 1.3 */
  g_assert_cmpuint (bed_places_measure (places, 460802, 100000, BED_NONE_16, 0, &how), ==, 3); /* 2.6 */
}

static void
test_crossing (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_measure (places, 460800, 100000, 0, 1, &how), ==, 24000);
  g_assert_cmpint (how, ==, BED_DISTANCE_CROSSING);
}

static void
test_crossing_holds_both_ways (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_measure (places, 464500, 100000, 1, 0, &how), ==, 24000);
  g_assert_cmpint (how, ==, BED_DISTANCE_CROSSING);
}

static guint32
measure (const County *county, guint16 from, guint32 unit, BedDistanceFrom *how)
{
  const BedDistrict *district = &county->districts[from];
  g_autoptr (BedPlaces) places = bed_places_new (&county->table);

  return bed_places_measure (places, district->easting, district->northing, from, unit, how);
}

static void
test_table_before_crossing (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  add_travel (&county, 0, 1, 23456);
  g_assert_cmpuint (measure (&county, 0, 1, &how), ==, 23456);
  g_assert_cmpint (how, ==, BED_DISTANCE_TABLE);
}

static void
test_table_before_straight (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  add_travel (&county, 2, 1, 33333);
  g_assert_cmpuint (measure (&county, 2, 1, &how), ==, 33333);
  g_assert_cmpint (how, ==, BED_DISTANCE_TABLE);
}

static void
test_table_holds_both_ways (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  add_travel (&county, 0, 1, 23456);
  g_assert_cmpuint (measure (&county, 1, 0, &how), ==, 23456);
  g_assert_cmpint (how, ==, BED_DISTANCE_TABLE);
}

/* One-way streets, ferries: each way has its own line. */
static void
test_table_each_way (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  add_travel (&county, 0, 1, 23000);
  add_travel (&county, 1, 0, 22000);
  g_assert_cmpuint (measure (&county, 0, 1, &how), ==, 23000);
  g_assert_cmpuint (measure (&county, 1, 0, &how), ==, 22000);
}

/* A road longer than the way to others must not come too early, nor hide its unit from the rings'
 * end: it comes last, as it is. */
static void
test_walk_long_road_last (void)
{
  County county;
  BedPlacesWalk walk;
  guint32 beyond;
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (BedNear));

  county_init (&county);
  add_district (&county, "PO12", 460800, 100000);
  add_district (&county, "PO1", 464500, 100000);
  add_unit (&county, 1, 460801, 100000);
  for (guint32 i = 0; i < 40; i++)
    add_unit (&county, 0, 460800 + i * 300, 100000 + i * 100);
  add_travel (&county, 0, 1, 90000);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  bed_places_walk (places, 460800, 100000, 0, &walk);
  while (bed_places_walk_next (&walk, near, &beyond))
    ;
  g_assert_cmpuint (near->len, ==, 41);
  g_assert_cmpuint (bed_places_peek_spots (places)[g_array_index (near, BedNear, 40).spot].unit, ==, 0);
}

static void
test_no_crossing_within_district (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_measure (places, 460800, 100000, 0, 0, &how), ==, 0);
  g_assert_cmpint (how, ==, BED_DISTANCE_STRAIGHT);
}

static void
test_unknown_district_is_straight (void)
{
  County county;
  BedDistanceFrom how;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_measure (places, 460800, 100000, 9999, 1, &how), ==, 4810);
  g_assert_cmpint (how, ==, BED_DISTANCE_STRAIGHT);
}

static void
test_ids (void)
{
  County county;

  county_of_harbour (&county);
  strcpy (county.laps[0].id, "east");
  county.table.sizes.laps = 1;
  strcpy (county.beds[0].id, "ark-01");
  strcpy (county.beds[1].id, "ark-02");
  county.table.sizes.beds = 2;
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_find_district (places, "SO51"), ==, 2);
  g_assert_cmpuint (bed_places_find_lap (places, "east"), ==, 0);
  g_assert_cmpuint (bed_places_find_unit (places, "unit-1"), ==, 1);
  g_assert_cmpuint (bed_places_find_bed (places, "ark-02"), ==, 1);
}

static void
test_unknown_ids (void)
{
  County county;

  county_of_harbour (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_find_district (places, "SO52"), ==, BED_NONE);
  g_assert_cmpuint (bed_places_find_lap (places, ""), ==, BED_NONE);
  g_assert_cmpuint (bed_places_find_unit (places, "unit-2"), ==, BED_NONE);
  g_assert_cmpuint (bed_places_find_bed (places, "unit-0"), ==, BED_NONE);
}

static void
test_nearest_lap (void)
{
  County county;

  county_init (&county);
  county.table.sizes.laps = 3;
  county.laps[0] = (BedLap) { .easting = 463700, .northing = 151500 };
  county.laps[1] = (BedLap) { .easting = 459000, .northing = 106500 };
  county.laps[2] = (BedLap) { .easting = 436000, .northing = 113000 };
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_find_nearest_lap (places, 460800, 100000), ==, 1);
  g_assert_cmpuint (bed_places_find_nearest_lap (places, 430000, 108000), ==, 2);
}

static void
test_no_laps (void)
{
  County county;

  county_init (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  g_assert_cmpuint (bed_places_find_nearest_lap (places, 460800, 100000), ==, BED_NONE_8);
}

static void
test_walk_nothing (void)
{
  County county;
  BedPlacesWalk walk;
  guint32 beyond;
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (BedNear));

  county_init (&county);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  bed_places_walk (places, 460800, 100000, BED_NONE_16, &walk);
  while (bed_places_walk_next (&walk, near, &beyond))
    g_assert_cmpuint (near->len, ==, 0);
}

/* Hayling Island to Emsworth: the road is shorter than the straight line × 1.3, and the unit there
 * must not come after a ring that is farther away than the road. */
static void
test_walk_short_crossing_in_time (void)
{
  County county;
  BedPlacesWalk walk;
  guint32 beyond = 0;
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (BedNear));

  county_init (&county);
  add_district (&county, "PO11", 471800, 99500);
  add_district (&county, "PO10", 474900, 106200);
  for (guint32 i = 0; i < 40; i++)
    add_unit (&county, 0, 471800 + i * 300, 99500 + i * 100);
  add_unit (&county, 1, 474900, 126200); /* 34 km by the straight line */
  add_crossing (&county, 1, 0, 9500);
  g_autoptr (BedPlaces) places = bed_places_new (&county.table);
  bed_places_walk (places, 471800, 99500, 0, &walk);
  while (beyond <= 9500)
    g_assert_true (bed_places_walk_next (&walk, near, &beyond));
  const BedNear *last = &g_array_index (near, BedNear, near->len - 1);
  g_assert_cmpuint (bed_places_peek_spots (places)[last->spot].unit, ==, 40);
  g_assert_cmpuint (last->metres, ==, 9500);
  g_assert_cmpuint (near->len, <, 41);
}

/* Every unit comes exactly once, and none that comes later is nearer than was promised. */
static void
check_walk (const County *county, const BedPlaces *places, guint32 easting, guint32 northing, guint16 district)
{
  gboolean seen[N_MAX] = { FALSE };
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (BedNear));
  guint32 promised = 0;
  guint32 beyond = 0;
  guint n_seen = 0;
  BedPlacesWalk walk;

  bed_places_walk (places, easting, northing, district, &walk);
  while (bed_places_walk_next (&walk, near, &beyond))
    {
      for (guint i = 0; i < near->len; i++)
        {
          const BedNear *one = &g_array_index (near, BedNear, i);
          const guint32 unit = bed_places_peek_spots (places)[one->spot].unit;
          BedDistanceFrom how;

          g_assert_cmpuint (unit, <, county->table.sizes.units);
          g_assert_false (seen[unit]);
          seen[unit] = TRUE;
          n_seen++;
          g_assert_cmpuint (one->metres, ==, bed_places_measure (places, easting, northing, district, unit, &how));
          g_assert_cmpuint (one->from, ==, how);
          g_assert_cmpuint (one->metres, >=, promised);
        }
      g_assert_cmpuint (beyond, >=, promised);
      promised = beyond;
      g_array_set_size (near, 0);
    }
  g_assert_cmpuint (n_seen, ==, county->table.sizes.units);
}

/* Scattered, along a line, in villages, or all at one spot. */
static void
place_unit (County *county, GRand *rand, guint shape)
{
  const guint16 district = (guint16) g_rand_int_range (rand, 0, (gint32) county->table.sizes.districts);
  const BedDistrict *village = &county->districts[district];
  const guint32 along = (guint32) g_rand_int_range (rand, 0, 80000);

  if (shape == 0)
    add_unit (county, district, 400000 + along, (guint32) g_rand_int_range (rand, 90000, 160000));
  else if (shape == 1)
    add_unit (county, district, 400000 + along, 100000);
  else if (shape == 2)
    add_unit (county, district, village->easting + along % 7, village->northing + along % 5);
  else
    add_unit (county, district, 450000, 120000);
}

static void
random_county (County *county, GRand *rand)
{
  const guint n_districts = (guint) g_rand_int_range (rand, 1, 16);
  const guint n_units = (guint) g_rand_int_range (rand, 1, N_MAX);
  const guint shape = (guint) g_rand_int_range (rand, 0, 4);

  county_init (county);
  for (guint i = 0; i < n_districts; i++)
    {
      char id[8];

      g_snprintf (id, sizeof id, "SO%u", i);
      add_district (county, id, (guint32) g_rand_int_range (rand, 400000, 480000),
                    (guint32) g_rand_int_range (rand, 90000, 160000));
    }
  for (guint i = g_rand_int (rand) % 24; i > 0; i--)
    (g_rand_boolean (rand) ? add_crossing : add_travel) (
        county, (guint16) g_rand_int_range (rand, 0, (gint32) n_districts),
        (guint16) g_rand_int_range (rand, 0, (gint32) n_districts), (guint32) g_rand_int_range (rand, 1, 60000));
  for (guint i = 0; i < n_units; i++)
    place_unit (county, rand, shape);
}

static void
test_walk_random (void)
{
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 300; round++)
    {
      County county;

      random_county (&county, rand);
      g_autoptr (BedPlaces) places = bed_places_new (&county.table);
      for (guint i = 0; i < 8; i++) /* inside, at its edge and far outside */
        check_walk (&county, places, (guint32) g_rand_int_range (rand, 380000, 500000),
                    (guint32) g_rand_int_range (rand, 60000, 180000),
                    (guint16) g_rand_int_range (rand, 0, (gint32) county.table.sizes.districts));
      check_walk (&county, places, county.units[0].easting, county.units[0].northing, BED_NONE_16);
      check_walk (&county, places, 700000, 1300000, 0);
      check_walk (&county, places, 0, 1, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/straight", test_straight);
  g_test_add_func ("/places/straight-is-rounded", test_straight_is_rounded);
  g_test_add_func ("/places/crossing", test_crossing);
  g_test_add_func ("/places/crossing-holds-both-ways", test_crossing_holds_both_ways);
  g_test_add_func ("/places/no-crossing-within-district", test_no_crossing_within_district);
  g_test_add_func ("/places/unknown-district-is-straight", test_unknown_district_is_straight);
  g_test_add_func ("/places/ids", test_ids);
  g_test_add_func ("/places/unknown-ids", test_unknown_ids);
  g_test_add_func ("/places/nearest-lap", test_nearest_lap);
  g_test_add_func ("/places/no-laps", test_no_laps);
  g_test_add_func ("/places/walk-nothing", test_walk_nothing);
  g_test_add_func ("/places/walk-short-crossing-in-time", test_walk_short_crossing_in_time);
  g_test_add_func ("/places/table-before-crossing", test_table_before_crossing);
  g_test_add_func ("/places/table-before-straight", test_table_before_straight);
  g_test_add_func ("/places/table-holds-both-ways", test_table_holds_both_ways);
  g_test_add_func ("/places/table-each-way", test_table_each_way);
  g_test_add_func ("/places/walk-long-road-last", test_walk_long_road_last);
  g_test_add_func ("/places/walk-random", test_walk_random);
  return g_test_run ();
}
