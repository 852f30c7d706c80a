/* test-crowd.c: whose needs are a rare combination, and when that turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-crowd.h"

#include "common/bed-words.h"

#define PEOPLE 64
#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))
#define HOIST BIT (BED_NEED_HOIST)
#define PEG BIT (BED_NEED_PEG)

static void
set (BedCrowd *crowd, guint32 index, guint64 must, guint64 revision)
{
  const BedReferralRow row = { .must = must };
  bed_crowd_set (crowd, index, &row, revision);
}

static BedCrowd *
new_crowd (guint n, guint64 must)
{
  BedCrowd *crowd = bed_crowd_new (PEOPLE);
  for (guint i = 0; i < n; i++)
    set (crowd, i, must, 1);
  return crowd;
}

static void
test_fewer_than_five (void)
{
  for (guint n = 0; n < 8; n++)
    {
      g_autoptr (BedCrowd) crowd = new_crowd (n, HOIST | PEG);
      g_assert_cmpint (bed_crowd_is_rare (crowd, HOIST | PEG), ==, n < 5);
      g_assert_cmpint (bed_crowd_is_rare (crowd, HOIST), ==, n < 5);
    }
}

static void
test_all_of_the_needs (void)
{
  g_autoptr (BedCrowd) crowd = new_crowd (6, HOIST);
  for (guint i = 0; i < 4; i++)
    set (crowd, i, HOIST | PEG, 2);
  g_assert_false (bed_crowd_is_rare (crowd, HOIST));
  g_assert_true (bed_crowd_is_rare (crowd, HOIST | PEG));
  g_assert_true (bed_crowd_is_rare (crowd, PEG));
}

/* What is not shown makes nobody rare. */
static void
test_only_what_is_shown (void)
{
  const guint64 shown = HOIST | BIT (BED_NEED_BARIATRIC) | BIT (BED_NEED_DEMENTIA);
  g_autoptr (BedCrowd) crowd = new_crowd (5, shown);
  set (crowd, 0, shown | PEG, 2);
  g_assert_false (bed_crowd_is_rare (crowd, shown | PEG));
}

static void
test_no_needs (void)
{
  g_autoptr (BedCrowd) crowd = new_crowd (1, 0);
  g_assert_false (bed_crowd_is_rare (crowd, 0));
}

static void
test_closed_are_nobody (void)
{
  g_autoptr (BedCrowd) crowd = new_crowd (5, HOIST);
  const BedReferralRow closed = { .must = HOIST, .flags = BED_REFERRAL_CLOSED };
  g_assert_false (bed_crowd_is_rare (crowd, HOIST));
  bed_crowd_set (crowd, 4, &closed, 2);
  g_assert_true (bed_crowd_is_rare (crowd, HOIST));
  bed_crowd_set (crowd, 4, NULL, 3);
  g_assert_true (bed_crowd_is_rare (crowd, HOIST));
}

/* Everybody who has the combination has turned, at that revision; nobody else has. */
static void
test_turned (void)
{
  g_autoptr (BedCrowd) crowd = new_crowd (4, HOIST);
  set (crowd, 10, PEG, 1);
  g_assert_true (bed_crowd_is_rare (crowd, HOIST));
  g_assert_true (bed_crowd_is_rare (crowd, PEG));
  g_assert_cmpuint (bed_crowd_get_last_turn (crowd), ==, 0);
  set (crowd, 5, HOIST, 7);
  g_assert_cmpuint (bed_crowd_get_last_turn (crowd), ==, 7);
  g_assert_true (bed_crowd_has_turned (crowd, 0, 6));
  g_assert_false (bed_crowd_has_turned (crowd, 0, 7));
  g_assert_false (bed_crowd_has_turned (crowd, 10, 6));
  set (crowd, 6, HOIST, 8); /* six: as common as before */
  g_assert_cmpuint (bed_crowd_get_last_turn (crowd), ==, 7);
  set (crowd, 6, 0, 9);
  set (crowd, 5, 0, 9);
  g_assert_cmpuint (bed_crowd_get_last_turn (crowd), ==, 9);
  g_assert_true (bed_crowd_has_turned (crowd, 0, 8));
}

static void
test_beyond_the_table (void)
{
  g_autoptr (BedCrowd) crowd = new_crowd (4, HOIST);
  set (crowd, PEOPLE, HOIST, 2);
  g_assert_true (bed_crowd_is_rare (crowd, HOIST));
  g_assert_false (bed_crowd_has_turned (crowd, PEOPLE, 0));
}

/* Counting as rows change gives what counting all of them gives. */
static void
test_random (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (BedCrowd) crowd = bed_crowd_new (PEOPLE);
  guint64 musts[PEOPLE] = { 0 };

  g_test_message ("seed %u", seed);
  for (guint64 revision = 1; revision < 4000; revision++)
    {
      guint32 index = (guint32) g_rand_int_range (rand, 0, PEOPLE);
      musts[index] = g_rand_int (rand) & g_rand_int (rand) & 0xff;
      set (crowd, index, musts[index], revision);

      guint8 shown[BED_WALL_ICONS_MAX];
      guint64 icons;
      guint64 must = musts[g_rand_int_range (rand, 0, PEOPLE)];
      guint count = 0;
      guint n = bed_crowd_find_icons (must, shown, &icons);
      for (guint i = 0; i < PEOPLE; i++)
        count += (musts[i] & icons) == icons;
      g_assert_cmpint (bed_crowd_is_rare (crowd, must), ==, n > 0 && count < 5);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crowd/fewer-than-five", test_fewer_than_five);
  g_test_add_func ("/crowd/all-of-the-needs", test_all_of_the_needs);
  g_test_add_func ("/crowd/only-what-is-shown", test_only_what_is_shown);
  g_test_add_func ("/crowd/no-needs", test_no_needs);
  g_test_add_func ("/crowd/closed", test_closed_are_nobody);
  g_test_add_func ("/crowd/turned", test_turned);
  g_test_add_func ("/crowd/beyond-the-table", test_beyond_the_table);
  g_test_add_func ("/crowd/random", test_random);
  return g_test_run ();
}
