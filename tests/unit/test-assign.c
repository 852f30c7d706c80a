/* test-assign.c: the exact assignment, held against trying everything.
 *
 * The naive search enumerates every way to place people within rooms, and keeps the best by the
 * header's words: who is placed, in order, then the cost. Random cases print their seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-assign.h"

#define PEOPLE_MAX 6
#define BEDS_MAX 6
#define UNITS_MAX 3
#define CHOICES_MAX (PEOPLE_MAX * BEDS_MAX)

typedef struct
{
  BedAssignment assignment;
  guint32 first[PEOPLE_MAX + 2];
  BedChoice choices[CHOICES_MAX];
  guint32 unit_of[BEDS_MAX];
  guint32 room[UNITS_MAX];
  guint32 bed_of[PEOPLE_MAX];
} Case;

static void
point (Case *c)
{
  c->assignment.first = c->first;
  c->assignment.choices = c->choices;
  c->assignment.unit_of = c->unit_of;
  c->assignment.room = c->room;
}

static void
add_choice (Case *c, guint32 bed, gint64 cost)
{
  c->choices[c->first[c->assignment.people + 1]++] = (BedChoice) { cost, bed };
}

static void
end_person (Case *c)
{
  c->assignment.people++;
  c->first[c->assignment.people + 1] = c->first[c->assignment.people];
}

/* The naive search. */

typedef struct
{
  const Case *c;
  gboolean is_taken[BEDS_MAX];
  guint32 taken[UNITS_MAX];
  guint placed; /* bit 31 - person: is placed; greater is better */
  gint64 cost;
  guint best_placed;
  gint64 best_cost;
} Naive;

static void
try_person (Naive *naive, guint32 person)
{
  const Case *c = naive->c;

  if (person == c->assignment.people)
    {
      if (naive->placed > naive->best_placed
          || (naive->placed == naive->best_placed && naive->cost < naive->best_cost))
        {
          naive->best_placed = naive->placed;
          naive->best_cost = naive->cost;
        }
      return;
    }
  try_person (naive, person + 1);
  for (guint32 i = c->first[person]; i < c->first[person + 1]; i++)
    {
      const BedChoice *choice = &c->choices[i];
      const guint32 unit = c->unit_of[choice->bed];

      if (naive->is_taken[choice->bed] || naive->taken[unit] == c->room[unit])
        continue;
      naive->is_taken[choice->bed] = TRUE;
      naive->taken[unit]++;
      naive->placed |= 1u << (31 - person);
      naive->cost += choice->cost;
      try_person (naive, person + 1);
      naive->is_taken[choice->bed] = FALSE;
      naive->taken[unit]--;
      naive->placed &= ~(1u << (31 - person));
      naive->cost -= choice->cost;
    }
}

/* Ours, checked: every bed is a choice, no bed twice, no unit over its room. */
static void
check_result (const Case *c, guint *placed, gint64 *cost)
{
  gboolean is_taken[BEDS_MAX] = { FALSE };
  guint32 taken[UNITS_MAX] = { 0 };

  *placed = 0;
  *cost = 0;
  for (guint32 person = 0; person < c->assignment.people; person++)
    {
      const guint32 bed = c->bed_of[person];
      gint64 least = G_MAXINT64;

      if (bed == BED_NONE)
        continue;
      g_assert_cmpuint (bed, <, c->assignment.beds);
      g_assert_false (is_taken[bed]);
      is_taken[bed] = TRUE;
      g_assert_cmpuint (taken[c->unit_of[bed]]++, <, c->room[c->unit_of[bed]]);
      for (guint32 i = c->first[person]; i < c->first[person + 1]; i++)
        if (c->choices[i].bed == bed)
          least = MIN (least, c->choices[i].cost);
      g_assert_cmpint (least, !=, G_MAXINT64);
      *placed |= 1u << (31 - person);
      *cost += least;
    }
}

static void
make_random (Case *c, GRand *rand)
{
  const guint32 people = (guint32) g_rand_int_range (rand, 1, PEOPLE_MAX + 1);
  const gint32 spread = g_rand_boolean (rand) ? 4 : 100000; /* many equal costs, or none */
  const gint32 density = g_rand_int_range (rand, 1, 5);

  *c = (Case) { .assignment = { .beds = (guint32) g_rand_int_range (rand, 1, BEDS_MAX + 1),
                                .units = (guint32) g_rand_int_range (rand, 1, UNITS_MAX + 1) } };
  for (guint32 bed = 0; bed < c->assignment.beds; bed++)
    c->unit_of[bed] = (guint32) g_rand_int_range (rand, 0, (gint32) c->assignment.units);
  for (guint32 unit = 0; unit < c->assignment.units; unit++)
    c->room[unit] = (guint32) g_rand_int_range (rand, 0, 5);
  for (guint32 person = 0; person < people; person++)
    {
      for (guint32 bed = 0; bed < c->assignment.beds; bed++)
        if (g_rand_int_range (rand, 0, 4) < density)
          add_choice (c, bed, g_rand_int_range (rand, 0, spread));
      end_person (c);
    }
  point (c);
}

static void
test_random (void)
{
  const guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 20000; round++)
    {
      Case c;
      Naive naive = { .c = &c, .best_cost = G_MAXINT64 };
      guint placed;
      gint64 cost;

      make_random (&c, rand);
      try_person (&naive, 0);
      bed_assign (&c.assignment, c.bed_of);
      check_result (&c, &placed, &cost);
      if (placed != naive.best_placed || cost != naive.best_cost)
        g_error ("seed %u, round %u: placed %x for %" G_GINT64_FORMAT ", best is %x for %" G_GINT64_FORMAT, seed,
                 round, placed, cost, naive.best_placed, naive.best_cost);
    }
}

/* What the naive search cannot tell apart by chance. */

static void
test_nobody (void)
{
  Case c = { .assignment = { .beds = 1, .units = 1 }, .room = { 1 }, .bed_of = { 7 } };

  point (&c);
  bed_assign (&c.assignment, c.bed_of);
  g_assert_cmpuint (c.bed_of[0], ==, 7);
}

static void
test_no_beds (void)
{
  Case c = { 0 };

  end_person (&c);
  point (&c);
  bed_assign (&c.assignment, c.bed_of);
  g_assert_cmpuint (c.bed_of[0], ==, BED_NONE);
}

/* The second may have only the bed that is nearest for the first, who makes way. */
static void
test_makes_way (void)
{
  Case c = { .assignment = { .beds = 2, .units = 1 }, .room = { 2 } };

  add_choice (&c, 0, 1);
  add_choice (&c, 1, 50);
  end_person (&c);
  add_choice (&c, 0, 9);
  end_person (&c);
  point (&c);
  bed_assign (&c.assignment, c.bed_of);
  g_assert_cmpuint (c.bed_of[0], ==, 1);
  g_assert_cmpuint (c.bed_of[1], ==, 0);
}

/* One place in a unit of two beds: who may also go elsewhere does, and another bed of it is filled. */
static void
test_cap_makes_way (void)
{
  Case c = { .assignment = { .beds = 3, .units = 2 }, .unit_of = { 0, 0, 1 }, .room = { 1, 1 } };

  add_choice (&c, 0, 1);
  add_choice (&c, 2, 30);
  end_person (&c);
  add_choice (&c, 1, 1);
  end_person (&c);
  point (&c);
  bed_assign (&c.assignment, c.bed_of);
  g_assert_cmpuint (c.bed_of[0], ==, 2);
  g_assert_cmpuint (c.bed_of[1], ==, 1);
}

/* Never the first for the sake of two others. */
static void
test_first_stays (void)
{
  Case c = { .assignment = { .beds = 1, .units = 1 }, .room = { 1 } };

  add_choice (&c, 0, BED_ASSIGN_COST_MAX);
  end_person (&c);
  add_choice (&c, 0, 0);
  end_person (&c);
  point (&c);
  bed_assign (&c.assignment, c.bed_of);
  g_assert_cmpuint (c.bed_of[0], ==, 0);
  g_assert_cmpuint (c.bed_of[1], ==, BED_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assign/nobody", test_nobody);
  g_test_add_func ("/assign/no-beds", test_no_beds);
  g_test_add_func ("/assign/makes-way", test_makes_way);
  g_test_add_func ("/assign/cap-makes-way", test_cap_makes_way);
  g_test_add_func ("/assign/first-stays", test_first_stays);
  g_test_add_func ("/assign/random", test_random);
  return g_test_run ();
}
