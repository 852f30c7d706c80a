/* test-sight.c: who sees which rows: each role, its scope, and what narrowing may do.
 *
 * Two LAPs, four units of two owners, eight beds; referrals of two organisations.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-rows.h"
#include "tests/table-records.h"

#include <string.h>

typedef struct
{
  Records made;
  BrokerTable *writer;
  const BedTable *table;
  BedPlaces *places;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  records_make (&fixture->made, 4, 8, 8, 64); /* unit n: LAP n % 2, beds 2n and 2n + 1 */
  for (guint unit = 0; unit < 4; unit++)
    g_strlcpy (fixture->made.units[unit].owner, unit < 2 ? "nhs" : "hcc", BED_ID_SIZE);
  fixture->made.units[1].accepts = fixture->made.units[2].accepts = BED_ACCEPTS_ASSESSOR;
  fixture->writer = broker_table_new (&fixture->made.records, 7);
  g_assert_nonnull (fixture->writer);
  g_assert_true (broker_table_add_source (fixture->writer, "uhs"));
  g_assert_true (broker_table_add_source (fixture->writer, "phu"));
  fixture->table = broker_table_peek (fixture->writer);
  fixture->places = bed_places_new (fixture->table);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  bed_places_free (fixture->places);
  broker_table_free (fixture->writer);
  records_clear (&fixture->made);
}

static BedActor
new_actor (BedRole role, const char *unit, const char *owner)
{
  BedActor actor = { .user = "somebody", .role = (guint8)role };
  g_strlcpy (actor.unit, unit, sizeof actor.unit);
  g_strlcpy (actor.owner, owner, sizeof actor.owner);
  return actor;
}

static BedSight
new_sight (Fixture *fixture, BedRole role, const char *unit, const char *owner)
{
  BedActor actor = new_actor (role, unit, owner);
  BedSight sight;
  g_assert_true (bed_sight_of_actor (&actor, fixture->places, &sight));
  return sight;
}

static BedReferralRow
new_referral (guint16 source, BedReferralState state, guint32 bed)
{
  return (BedReferralRow){ .code = "K7Q-M4X",
                           .bed = bed,
                           .offer_bed = BED_NONE,
                           .home = BED_NONE_16,
                           .source = source,
                           .lap = 0,
                           .state = (guint8)state };
}

/* The units that are seen, as bits. */
static guint
units_of (Fixture *fixture, const BedSight *sight)
{
  guint units = 0;
  for (guint32 unit = 0; unit < 4; unit++)
    {
      gboolean is_shown = bed_sight_shows_unit (sight, fixture->table, unit);
      units |= (guint)is_shown << unit;
      g_assert_cmpint (bed_sight_shows_bed (sight, fixture->table, 2 * unit), ==, is_shown);
      g_assert_cmpint (bed_sight_shows_bed (sight, fixture->table, 2 * unit + 1), ==, is_shown);
    }
  return units;
}

static void
test_classes (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    BedRole role;
    BedSightClass class;
    guint units;
  } cases[] = {
    { BED_ROLE_WALLBOARD, BED_SIGHT_WALL, 15 },    { BED_ROLE_COORDINATOR, BED_SIGHT_FULL, 15 },
    { BED_ROLE_CLINICIAN, BED_SIGHT_FULL, 15 },    { BED_ROLE_LOCAL, BED_SIGHT_FULL, 15 },
    { BED_ROLE_REFERRER, BED_SIGHT_REFERRER, 15 }, { BED_ROLE_UNIT, BED_SIGHT_UNIT, 4 },
    { BED_ROLE_OWNER, BED_SIGHT_UNIT, 12 },        { BED_ROLE_ASSESSOR, BED_SIGHT_ASSESSOR, 4 },
    { BED_ROLE_ANALYST, BED_SIGHT_COUNTS, 15 },    { BED_ROLE_ADMIN, BED_SIGHT_COUNTS, 15 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BedSight sight = new_sight (fixture, cases[i].role, "unit-2", "hcc");
      g_assert_cmpint (sight.class, ==, cases[i].class);
      g_assert_cmpuint (units_of (fixture, &sight), ==, cases[i].units);
    }
}

static void
assert_no_sight (Fixture *fixture, const BedActor *actor)
{
  BedSight sight;
  g_assert_false (bed_sight_of_actor (actor, fixture->places, &sight));
}

static void
test_scope_that_does_not_exist (Fixture *fixture, gconstpointer unused)
{
  BedActor actor = new_actor (BED_ROLE_UNIT, "unit-9", "");
  assert_no_sight (fixture, &actor);
  actor = new_actor (BED_ROLE_UNIT, "", "hcc");
  assert_no_sight (fixture, &actor);
  actor = new_actor (BED_ROLE_OWNER, "unit-2", "");
  assert_no_sight (fixture, &actor);
  actor = new_actor (BED_ROLE_REFERRER, "", "");
  assert_no_sight (fixture, &actor);
  actor = new_actor (BED_ROLE_COORDINATOR, "", "");
  g_strlcpy (actor.lap, "lap-9", sizeof actor.lap);
  assert_no_sight (fixture, &actor);
}

static void
test_no_role (Fixture *fixture, gconstpointer unused)
{
  BedActor actor = new_actor (BED_ROLE_CLOCK, "unit-2", "hcc");
  assert_no_sight (fixture, &actor);
  actor.role = 200;
  assert_no_sight (fixture, &actor);
}

static void
test_owner_without_units (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_OWNER, "", "nobody");
  g_assert_cmpuint (units_of (fixture, &sight), ==, 0);
}

static void
test_out_of_range (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_COORDINATOR, "", "");
  g_assert_false (bed_sight_shows_unit (&sight, fixture->table, 4));
  g_assert_false (bed_sight_shows_unit (&sight, fixture->table, BED_NONE));
  g_assert_false (bed_sight_shows_bed (&sight, fixture->table, 8));
  g_assert_false (bed_sight_shows_bed (&sight, fixture->table, BED_NONE));
}

static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_COORDINATOR, "", "");
  g_assert_true (bed_sight_narrow (&sight, fixture->table, 1, BED_NONE));
  g_assert_cmpuint (units_of (fixture, &sight), ==, 10);
  g_assert_true (bed_sight_narrow (&sight, fixture->table, BED_NONE, 3));
  g_assert_cmpuint (units_of (fixture, &sight), ==, 8);

  sight = new_sight (fixture, BED_ROLE_OWNER, "", "hcc");
  g_assert_true (bed_sight_narrow (&sight, fixture->table, BED_NONE, 2));
  g_assert_cmpuint (units_of (fixture, &sight), ==, 4);
}

static void
test_narrow_never_widens (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_UNIT, "unit-2", "");
  BedSight before = sight;
  g_assert_false (bed_sight_narrow (&sight, fixture->table, BED_NONE, 3));
  g_assert_false (bed_sight_narrow (&sight, fixture->table, BED_NONE, 4));
  g_assert_false (bed_sight_narrow (&sight, fixture->table, 2, BED_NONE));
  g_assert_true (bed_sight_equal (&sight, &before));
  sight = new_sight (fixture, BED_ROLE_OWNER, "", "hcc");
  g_assert_false (bed_sight_narrow (&sight, fixture->table, BED_NONE, 0));
}

static gboolean
shows (Fixture *fixture, const BedSight *sight, const BedReferralRow *row)
{
  return bed_sight_shows_referral (sight, fixture->table, row);
}

static void
test_wall_sees_the_queue (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_WALLBOARD, "", "");
  for (guint state = 0; state < BED_STATE_N; state++)
    {
      BedReferralRow row = new_referral (0, state, BED_NONE);
      g_assert_cmpint (shows (fixture, &sight, &row), ==,
                       state <= BED_STATE_IN_TRANSIT || state == BED_STATE_PAUSED);
    }
}

static void
test_full_sees_all_that_live (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_COORDINATOR, "", "");
  for (guint state = 0; state < BED_STATE_N; state++)
    {
      BedReferralRow row = new_referral (0, state, BED_NONE);
      g_assert_true (shows (fixture, &sight, &row));
      row.flags = BED_REFERRAL_CLOSED;
      g_assert_false (shows (fixture, &sight, &row));
    }
}

/* Whoever has no fixed abode is in every LAP's queue, not in none. */
static void
test_no_laps_person_is_every_laps (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_COORDINATOR, "", "");
  BedReferralRow row = new_referral (0, BED_STATE_WAITING, BED_NONE);
  for (guint32 lap = 0; lap < 2; lap++)
    {
      sight.lap = lap;
      row.lap = BED_NONE_8;
      g_assert_true (shows (fixture, &sight, &row));
      row.lap = (guint8) (1 - lap);
      g_assert_false (shows (fixture, &sight, &row));
    }
}

static void
test_referrer_sees_its_own (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_REFERRER, "", "phu");
  BedReferralRow own = new_referral (1, BED_STATE_WAITING, BED_NONE);
  BedReferralRow other = new_referral (0, BED_STATE_WAITING, BED_NONE);
  BedReferralRow nobody = new_referral (2, BED_STATE_WAITING, BED_NONE);
  g_assert_true (shows (fixture, &sight, &own));
  g_assert_false (shows (fixture, &sight, &other));
  g_assert_false (shows (fixture, &sight, &nobody));
}

static void
test_unit_sees_its_people (Fixture *fixture, gconstpointer unused)
{
  BedSight unit = new_sight (fixture, BED_ROLE_UNIT, "unit-2", "");
  BedSight owner = new_sight (fixture, BED_ROLE_OWNER, "", "hcc");
  for (guint32 bed = 0; bed < 8; bed++)
    {
      BedReferralRow row = new_referral (0, BED_STATE_HELD, bed);
      g_assert_cmpint (shows (fixture, &unit, &row), ==, bed / 2 == 2);
      g_assert_cmpint (shows (fixture, &owner, &row), ==, bed / 2 >= 2);
    }
}

/* A proposal commits nothing, so it shows nobody's profile. */
static void
test_unit_does_not_see_proposals (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_UNIT, "unit-2", "");
  BedReferralRow row = new_referral (0, BED_STATE_WAITING, BED_NONE);
  row.offer_bed = 4;
  g_assert_false (shows (fixture, &sight, &row));
}

static void
test_counts_see_nobody (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_ANALYST, "", "");
  BedReferralRow row = new_referral (0, BED_STATE_WAITING, 4);
  g_assert_false (shows (fixture, &sight, &row));
}

/* Which beds' people are seen, as bits. */
static guint
people_of (Fixture *fixture, const BedSight *sight, BedReferralState state)
{
  guint beds = 0;
  for (guint32 bed = 0; bed < 8; bed++)
    {
      BedReferralRow row = new_referral (0, state, bed);
      g_assert_cmpint (bed_sight_shows_person_in (sight, fixture->table, bed), ==, shows (fixture, sight, &row));
      beds |= (guint)shows (fixture, sight, &row) << bed;
    }
  return beds;
}

/* Held for, accepted into or staying in the units whose yes is an assessor's: here units 1 and 2. */
static void
test_assessor_sees_its_people (Fixture *fixture, gconstpointer unused)
{
  static const BedReferralState states[] = { BED_STATE_HELD, BED_STATE_ACCEPTED, BED_STATE_READY_TO_LEAVE };
  static const struct
  {
    const char *lap;
    const char *unit;
    const char *owner;
    guint beds;
  } scopes[] = { { "", "", "", 0x3c }, { "lap-1", "", "", 0x0c }, { "", "unit-2", "", 0x30 }, { "", "", "nhs", 0x0c },
                 { "lap-1", "", "hcc", 0 }, { "", "unit-3", "", 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      BedActor actor = new_actor (BED_ROLE_ASSESSOR, scopes[i].unit, scopes[i].owner);
      BedSight sight;
      g_strlcpy (actor.lap, scopes[i].lap, sizeof actor.lap);
      g_assert_true (bed_sight_of_actor (&actor, fixture->places, &sight));
      for (guint k = 0; k < G_N_ELEMENTS (states); k++)
        g_assert_cmphex (people_of (fixture, &sight, states[k]), ==, scopes[i].beds);
    }
}

static void
test_assessor_sees_nobody_else (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_ASSESSOR, "", "");
  BedReferralRow row = new_referral (0, BED_STATE_WAITING, BED_NONE);
  row.offer_bed = 4;
  g_assert_false (shows (fixture, &sight, &row));
  row.bed = 8;
  g_assert_false (shows (fixture, &sight, &row));
  row = new_referral (0, BED_STATE_LEFT, 4);
  row.flags = BED_REFERRAL_CLOSED;
  g_assert_false (shows (fixture, &sight, &row));
}

static void
test_assessor_of_no_unit (Fixture *fixture, gconstpointer unused)
{
  BedActor actor = new_actor (BED_ROLE_ASSESSOR, "unit-9", "");
  assert_no_sight (fixture, &actor);
}

static void
test_referrals_of_a_lap (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_WALLBOARD, "", "");
  g_assert_true (bed_sight_narrow (&sight, fixture->table, 1, BED_NONE));
  BedReferralRow elsewhere = new_referral (0, BED_STATE_WAITING, BED_NONE);
  g_assert_false (shows (fixture, &sight, &elsewhere));
  BedReferralRow of_lap = elsewhere;
  of_lap.lap = 1;
  g_assert_true (shows (fixture, &sight, &of_lap));
  BedReferralRow coming = new_referral (0, BED_STATE_ACCEPTED, 2);
  g_assert_true (shows (fixture, &sight, &coming));
}

static void
test_referrals_of_a_unit (Fixture *fixture, gconstpointer unused)
{
  BedSight sight = new_sight (fixture, BED_ROLE_COORDINATOR, "", "");
  g_assert_true (bed_sight_narrow (&sight, fixture->table, BED_NONE, 1));
  BedReferralRow row = new_referral (0, BED_STATE_WAITING, BED_NONE);
  g_assert_false (shows (fixture, &sight, &row));
  row.offer_bed = 3;
  g_assert_true (shows (fixture, &sight, &row));
}

static void
test_equal_sights_share (Fixture *fixture, gconstpointer unused)
{
  BedSight one = new_sight (fixture, BED_ROLE_COORDINATOR, "", "");
  BedSight other = new_sight (fixture, BED_ROLE_CLINICIAN, "unit-2", "hcc");
  g_assert_true (bed_sight_equal (&one, &other));
  g_assert_cmpuint (bed_sight_hash (&one), ==, bed_sight_hash (&other));

  BedSight wall = new_sight (fixture, BED_ROLE_WALLBOARD, "", "");
  BedSight uhs = new_sight (fixture, BED_ROLE_REFERRER, "", "uhs");
  BedSight phu = new_sight (fixture, BED_ROLE_REFERRER, "", "phu");
  BedSight lap = one;
  g_assert_true (bed_sight_narrow (&lap, fixture->table, 0, BED_NONE));
  g_assert_false (bed_sight_equal (&one, &wall));
  g_assert_false (bed_sight_equal (&uhs, &phu));
  g_assert_false (bed_sight_equal (&one, &lap));
}

#define ADD(path, function) g_test_add ("/sight/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("classes", test_classes);
  ADD ("assessor/its-people", test_assessor_sees_its_people);
  ADD ("assessor/nobody-else", test_assessor_sees_nobody_else);
  ADD ("assessor/of-no-unit", test_assessor_of_no_unit);
  ADD ("scope-that-does-not-exist", test_scope_that_does_not_exist);
  ADD ("no-role", test_no_role);
  ADD ("owner-without-units", test_owner_without_units);
  ADD ("out-of-range", test_out_of_range);
  ADD ("narrow", test_narrow);
  ADD ("narrow-never-widens", test_narrow_never_widens);
  ADD ("wall-sees-the-queue", test_wall_sees_the_queue);
  ADD ("full-sees-all-that-live", test_full_sees_all_that_live);
  ADD ("no-laps-person", test_no_laps_person_is_every_laps);
  ADD ("referrer-sees-its-own", test_referrer_sees_its_own);
  ADD ("unit-sees-its-people", test_unit_sees_its_people);
  ADD ("unit-does-not-see-proposals", test_unit_does_not_see_proposals);
  ADD ("counts-see-nobody", test_counts_see_nobody);
  ADD ("referrals-of-a-lap", test_referrals_of_a_lap);
  ADD ("referrals-of-a-unit", test_referrals_of_a_unit);
  ADD ("equal-sights-share", test_equal_sights_share);
  return g_test_run ();
}
