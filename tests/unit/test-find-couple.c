/* test-find-couple.c: beds for two, and beds isolated for one infection.
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

/* Couples: a man found a bed together with his wife. */

static BedNeedsProfile
needs_of_couple (BedNeedsProfile *wife)
{
  BedNeedsProfile needs = needs_at_romsey ();

  *wife = needs;
  needs.sex = BED_SEX_MALE;
  needs.partner = wife;
  return needs;
}

static void
assert_couple (World *world, const BedNeedsProfile *needs, const guint32 *expected, guint n_expected, guint n_partner)
{
  BedOffer offers[6];
  BedFound found;

  bed_find (&world->view, needs, 6, &found);
  assert_beds (found.offers, found.n_offers, expected, n_expected);
  g_assert_cmpuint (found.ruled_out[BED_RULED_OUT_PARTNER].count, ==, n_partner);
  g_assert_cmpuint (found.total, ==, 6);
  assert_beds (offers, bed_find_nearest (&world->view, needs, 6, NULL, NULL, offers), expected, n_expected);
}

static void
test_couple (void)
{
  static const guint32 expected[] = { 4, 5, 0, 1 }; /* in the nearest unit only one is free */
  g_autoptr (World) world = small_world ();
  BedNeedsProfile wife;
  const BedNeedsProfile needs = needs_of_couple (&wife);

  world->rows[2].occupancy = BED_OCCUPANCY_OCCUPIED;
  assert_couple (world, &needs, expected, G_N_ELEMENTS (expected), 1);
}

static void
test_couple_needs_suit_each (void)
{
  static const guint32 expected[] = { 3 }; /* the other one is hers */
  g_autoptr (World) world = small_world ();
  BedNeedsProfile wife;
  const BedNeedsProfile needs = needs_of_couple (&wife);

  wife.must = BIT (BED_NEED_HOIST);
  world->beds[2].features = BIT (BED_NEED_HOIST);
  open_world (world);
  assert_couple (world, &needs, expected, G_N_ELEMENTS (expected), 5);
}

static void
test_couple_two_sexes_in_one_bay (void)
{
  static const guint32 expected[] = { 4, 5, 0, 1 };
  g_autoptr (World) world = small_world ();
  BedNeedsProfile wife;
  const BedNeedsProfile needs = needs_of_couple (&wife);

  for (guint bed = 2; bed < 4; bed++)
    {
      world->beds[bed].bay = 1;
      world->rows[bed].bay_sex = BED_BAY_SEX_ANY;
    }
  assert_couple (world, &needs, expected, G_N_ELEMENTS (expected), 2);
}

static void
test_couple_staff_for_two (void)
{
  static const guint32 expected[] = { 4, 5, 0, 1 };
  g_autoptr (World) world = small_world ();
  BedNeedsProfile wife;
  const BedNeedsProfile needs = needs_of_couple (&wife);

  world->caps[1] = 1;
  assert_couple (world, &needs, expected, G_N_ELEMENTS (expected), 2);
}

static void
test_couple_unit_not_readable (void)
{
  static const guint32 expected[] = { 4, 5, 0, 1 };
  g_autoptr (World) world = small_world ();
  BedNeedsProfile wife;
  const BedNeedsProfile needs = needs_of_couple (&wife);

  world->is_unit_readable[1] = FALSE;
  assert_couple (world, &needs, expected, G_N_ELEMENTS (expected), 2);
}

/* If one of the two would have to be asked for by phone, so would both. */
static void
test_couple_call_first (void)
{
  static const guint32 expected[] = { 4, 5, 0, 1, 2, 3 };
  g_autoptr (World) world = small_world ();
  BedNeedsProfile wife;
  const BedNeedsProfile needs = needs_of_couple (&wife);
  BedFound found;

  world->rows[2].flags |= BED_FLAG_STALE;
  assert_couple (world, &needs, expected, G_N_ELEMENTS (expected), 0);
  bed_find (&world->view, &needs, 6, &found);
  g_assert_true (found.offers[4].call_first && found.offers[5].call_first);
}

/* Infection groups. */

static void
test_nearest_isolated_for_the_same (void)
{
  static const guint32 expected[] = { 2, 3 };
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedOffer offers[2];
  BedFound found;

  needs.infection = BED_INFECTION_INFLUENZA;
  world->rows[2].isolation = BED_ISOLATION_BARRIER;
  world->rows[2].infection = BED_INFECTION_INFLUENZA;
  bed_find (&world->view, &needs, 2, &found);
  assert_beds (found.offers, found.n_offers, expected, G_N_ELEMENTS (expected));
  assert_beds (offers, bed_find_nearest (&world->view, &needs, 2, NULL, NULL, offers), expected, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/couple", test_couple);
  g_test_add_func ("/find/couple-needs-suit-each", test_couple_needs_suit_each);
  g_test_add_func ("/find/couple-two-sexes-in-one-bay", test_couple_two_sexes_in_one_bay);
  g_test_add_func ("/find/couple-staff-for-two", test_couple_staff_for_two);
  g_test_add_func ("/find/couple-unit-not-readable", test_couple_unit_not_readable);
  g_test_add_func ("/find/couple-call-first", test_couple_call_first);
  g_test_add_func ("/find/nearest-isolated-for-the-same", test_nearest_isolated_for_the_same);
  return g_test_run ();
}
