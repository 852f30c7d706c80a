/* test-find.c: the order of offers, and exact accounting, one fact a case.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-world.h"

static void
assert_beds (const BedOffer *offers, guint n, const guint32 *expected, guint n_expected)
{
  g_assert_cmpuint (n, ==, n_expected);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (offers[i].bed, ==, expected[i]);
}

/* What became of the free beds: offered, cut off or ruled out; of the others nothing is said. */
static void
test_tells_of_free_beds (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (GArray) judged = g_array_new (FALSE, FALSE, sizeof (BedJudged));
  BedFound found;
  guint n_free = 0, n_by_type = 0;

  for (guint i = 0; i < 6; i++)
    world->rows[i].display = i == 1 ? BED_DISPLAY_HELD : BED_DISPLAY_FREE;
  world->beds[2].type = BED_TYPE_CHC;
  world->beds[2].flex = 0;
  bed_find_and_tell (&world->view, &needs, 1, &found, &(const BedFindTold) { judged, NULL });
  for (guint i = 0; i < judged->len; i++)
    {
      const BedJudged *one = &g_array_index (judged, BedJudged, i);
      n_free += one->reason == BED_RULED_OUT_NOTHING;
      n_by_type += one->reason == BED_RULED_OUT_TYPE && one->unit == world->beds[2].unit;
      g_assert_cmpuint (one->unit, >=, i > 0 ? g_array_index (judged, BedJudged, i - 1).unit : 0);
    }
  g_assert_cmpuint (judged->len, ==, 5);
  g_assert_cmpuint (n_free, ==, 4);
  g_assert_cmpuint (n_by_type, ==, 1);
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

/* Rows of beds that their unit says are not offerable stay where they are. */
static void
test_reads_what_is_offerable (void)
{
  static const guint32 expected[] = { 3, 5, 1 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[6];

  for (guint bed = 0; bed < 6; bed += 2)
    world->rows[bed].occupancy = BED_OCCUPANCY_OCCUPIED;
  assert_beds (offers, bed_find_nearest (&world->view, &needs, 6, NULL, NULL, offers), expected, G_N_ELEMENTS (expected));
  g_assert_cmpuint (world->n_reads, ==, 3);
}

/* Beds to call first are not looked into while there are others enough. */
static void
test_leaves_call_first_unread (void)
{
  static const guint32 expected[] = { 3 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offer;

  world->rows[2].flags |= BED_FLAG_STALE;
  assert_beds (&offer, bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), expected, G_N_ELEMENTS (expected));
  g_assert_cmpuint (world->n_reads, ==, 1);
}

/* A unit's row that says too much lets nobody in. */
static void
test_lying_unit (void)
{
  static const guint32 expected[] = { 3, 5, 0, 1 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[6];

  world->is_lying = TRUE;
  world->rows[2].commitment = BED_COMMITMENT_HELD;
  world->rows[4].flags = 0;
  assert_beds (offers, bed_find_nearest (&world->view, &needs, 6, NULL, NULL, offers), expected, G_N_ELEMENTS (expected));
}

/* Of a unit whose row cannot be read nothing is known: all its beds are asked, those to call too. */
static void
test_unreadable_unit (void)
{
  static const guint32 expected[] = { 3, 4, 5, 0, 1, 2 };
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[6];

  world->is_unit_readable[1] = FALSE;
  world->rows[2].flags |= BED_FLAG_STALE;
  assert_beds (offers, bed_find_nearest (&world->view, &needs, 6, NULL, NULL, offers), expected, G_N_ELEMENTS (expected));
}

/* A unit's row tells of 64 beds: the others are asked themselves. */
static void
test_beyond_the_64th (void)
{
  static const guint32 expected[] = { 63, 64, 69 };
  g_autoptr (World) world = world_new ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[6];

  add_district (world, "SO51", 435500, 121000);
  add_unit (world, 0, 435500, 121000, 70);
  open_world (world);
  for (guint bed = 0; bed < 70; bed++)
    world->rows[bed].occupancy = BED_OCCUPANCY_OCCUPIED;
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    world->rows[expected[i]].occupancy = BED_OCCUPANCY_VACANT;
  assert_beds (offers, bed_find_nearest (&world->view, &needs, 6, NULL, NULL, offers), expected, G_N_ELEMENTS (expected));
}

/* Needs come from rows, too: one that no bed can have finds none. */
static void
test_unknown_need (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offer;

  needs.must_not = BIT (63);
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), ==, 1);
  needs.must = BIT (63);
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), ==, 0);
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

/* A table of travel times before a crossing, a crossing before the straight line. */
static void
test_distance_from_table (void)
{
  g_autoptr (World) world = world_new ();
  const BedNeedsProfile needs = needs_at_romsey ();
  BedFound found;

  add_district (world, "SO51", 435500, 121000);
  add_district (world, "SO52", 439500, 120200);
  add_unit (world, 0, 437500, 121000, 1);
  add_unit (world, 1, 436500, 121000, 1);
  world->crossings[0] = (BedCrossing) { 0, 1, 9000, FALSE };
  world->crossings[1] = (BedCrossing) { 0, 1, 2000, TRUE };
  world->table.sizes.crossings = 2;
  open_world (world);
  bed_find (&world->view, &needs, 6, &found);
  g_assert_cmpuint (found.n_offers, ==, 2);
  g_assert_cmpuint (found.offers[0].bed, ==, 1);
  g_assert_cmpuint (found.offers[0].metres, ==, 2000);
  g_assert_cmpint (found.offers[0].distance_from, ==, BED_DISTANCE_TABLE);
  g_assert_cmpint (found.offers[1].distance_from, ==, BED_DISTANCE_STRAIGHT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/tells-of-free-beds", test_tells_of_free_beds);
  g_test_add_func ("/find/nearest-first", test_nearest_first);
  g_test_add_func ("/find/fewer-spare-features-first", test_fewer_spare_features_first);
  g_test_add_func ("/find/needed-features-are-not-spare", test_needed_features_are_not_spare);
  g_test_add_func ("/find/labels-as-people-count", test_labels_as_people_count);
  g_test_add_func ("/find/call-first-comes-last", test_call_first_comes_last);
  g_test_add_func ("/find/nearest-skips-call-first", test_nearest_skips_call_first);
  g_test_add_func ("/find/no-place", test_no_place);
  g_test_add_func ("/find/crossing-of-the-place", test_crossing_of_the_place);
  g_test_add_func ("/find/stops-early", test_stops_early);
  g_test_add_func ("/find/reads-what-is-offerable", test_reads_what_is_offerable);
  g_test_add_func ("/find/leaves-call-first-unread", test_leaves_call_first_unread);
  g_test_add_func ("/find/lying-unit", test_lying_unit);
  g_test_add_func ("/find/unreadable-unit", test_unreadable_unit);
  g_test_add_func ("/find/beyond-the-64th", test_beyond_the_64th);
  g_test_add_func ("/find/unknown-need", test_unknown_need);
  g_test_add_func ("/find/skip", test_skip);
  g_test_add_func ("/find/limit-zero", test_limit_zero);
  g_test_add_func ("/find/ruled-out-by-need", test_ruled_out_by_need);
  g_test_add_func ("/find/out-of-effect-counts-nowhere", test_out_of_effect_counts_nowhere);
  g_test_add_func ("/find/cut-off", test_cut_off);
  g_test_add_func ("/find/distance-from-table", test_distance_from_table);
  return g_test_run ();
}
