/* bench-plan.c: the best plan for 500 waiting people and 500 offerable beds.
 *
 * A made-up county: units of 10 beds, people anywhere in it. Three mixtures: everybody fits
 * everywhere, which makes the most choices; types, needs, caps and bays as they are; and twice as
 * many people as beds fit. No peer is timed in the same run: GLPK 5.0 took 2.6 s for the
 * assignment alone (glp_asnprob_okalg), 32 s by its simplex.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "common/bed-plan.h"

#include <stdio.h>

#define PEOPLE 500
#define BEDS 500
#define BEDS_A_UNIT 10
#define UNITS (BEDS / BEDS_A_UNIT)
#define AREA_METRES 60000
#define GOAL_MS 1000
#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

typedef struct
{
  BedTable table;
  BedDistrict district;
  BedUnit units[UNITS];
  BedBed beds[BEDS];
  BedUnitRow unit_rows[UNITS];
  BedBedRow bed_rows[BEDS];
  BedReferralRow referrals[PEOPLE];
} County;

typedef enum
{
  EVERYTHING_FITS,
  AS_IT_IS,
  TOO_FEW_BEDS,
  N_MIXTURES
} Mixture;

static guint32
somewhere (GRand *rand)
{
  return 400000 + (guint32) g_rand_int_range (rand, 0, AREA_METRES);
}

static void
make_unit (County *county, guint32 index, Mixture mixture, GRand *rand)
{
  BedUnit *unit = &county->units[index];

  g_snprintf (unit->id, sizeof unit->id, "unit-%u", index);
  unit->easting = somewhere (rand);
  unit->northing = somewhere (rand);
  unit->first_bed = index * BEDS_A_UNIT;
  unit->n_beds = BEDS_A_UNIT;
  unit->admission = BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS;
  county->unit_rows[index] = (BedUnitRow) { .staffed_cap = mixture == EVERYTHING_FITS ? BEDS_A_UNIT : 8,
                                            .offerable = (1u << BEDS_A_UNIT) - 1,
                                            .flags = BED_FLAG_IN_EFFECT };
}

/* Every other unit has two empty bays of five beds. */
static void
make_bed (County *county, guint32 index, Mixture mixture, GRand *rand)
{
  BedBed *bed = &county->beds[index];
  const gboolean is_shared = mixture != EVERYTHING_FITS && index / BEDS_A_UNIT % 2 == 0;

  g_snprintf (bed->id, sizeof bed->id, "bed-%u", index);
  g_snprintf (bed->label, sizeof bed->label, "Bed %u", index % BEDS_A_UNIT + 1);
  bed->unit = index / BEDS_A_UNIT;
  bed->type = mixture == EVERYTHING_FITS ? 0 : (guint8) (g_rand_int (rand) % 3);
  bed->features = mixture == EVERYTHING_FITS ? 0 : g_rand_int (rand) | g_rand_int (rand);
  bed->bay = is_shared ? (guint16) (index % BEDS_A_UNIT / 5 + 1) : 0;
  bed->bay_sex = is_shared ? BED_BAY_SEX_ANY : BED_BAY_SEX_SINGLE;
  county->bed_rows[index] = (BedBedRow) { .confirmed_at_us = 1,
                                          .referral = BED_NONE,
                                          .occupancy = BED_OCCUPANCY_VACANT,
                                          .bay_sex = bed->bay_sex,
                                          .flags = BED_FLAG_IN_EFFECT | BED_FLAG_OFFERABLE };
}

static void
make_person (County *county, guint32 index, Mixture mixture, GRand *rand)
{
  static const guint8 wanted[] = { BED_NEED_HOIST, BED_NEED_ENSUITE, BED_NEED_WHEELCHAIR, BED_NEED_GROUND_FLOOR };
  const guint32 draw = g_rand_int (rand);

  BedReferralRow *row = &county->referrals[index];

  *row = (BedReferralRow) { .linked = BED_NONE, .lapsed_bed = BED_NONE,
                            .declined_by = { BED_NONE, BED_NONE, BED_NONE, BED_NONE } };
  g_snprintf (row->code, sizeof row->code, "P%u", index);
  row->submitted_at_us = 1 + draw % 1000;
  row->easting = somewhere (rand);
  row->northing = somewhere (rand);
  row->bed = row->offer_bed = BED_NONE;
  row->home = BED_NONE_16;
  row->lane = draw % 5 == 0 ? BED_LANE_URGENT : BED_LANE_FLOW;
  row->pathway = BED_PATHWAY_SUPPORTED;
  row->state = BED_STATE_WAITING;
  row->sex = draw / 7 % 2 != 0 ? BED_SEX_FEMALE : BED_SEX_MALE;
  if (mixture == EVERYTHING_FITS)
    return;
  row->type = (guint8) (g_rand_int (rand) % (mixture == TOO_FEW_BEDS ? 1 : 3));
  if (draw / 3 % 2 != 0)
    row->must = BIT (wanted[draw / 11 % G_N_ELEMENTS (wanted)]);
}

static County *
make_county (Mixture mixture, GRand *rand)
{
  County *county = g_new0 (County, 1);

  county->district = (BedDistrict) { "SO51", 1, 1 };
  county->table = (BedTable) { .districts = &county->district, .units = county->units, .beds = county->beds };
  county->table.sizes = (BedSizes) { .districts = 1, .units = UNITS, .beds = BEDS, .referrals = PEOPLE };
  for (guint32 i = 0; i < UNITS; i++)
    make_unit (county, i, mixture, rand);
  for (guint32 i = 0; i < BEDS; i++)
    make_bed (county, i, mixture, rand);
  for (guint32 i = 0; i < PEOPLE; i++)
    make_person (county, i, mixture, rand);
  return county;
}

static double
time_plan (const County *county, const BedPlaces *places, guint *n_settled, BedPlanTotals *totals)
{
  const BedPlanRows rows = { .table = &county->table, .places = places, .units = county->unit_rows,
                             .beds = county->bed_rows, .referrals = county->referrals, .n_referrals = PEOPLE,
                             .revision = 1, .now_us = 1 };
  const gint64 start = bench_now_ns ();
  g_autoptr (BedPlan) plan = bed_plan_new (&rows);
  const double taken = (double) (bench_now_ns () - start) / 1e6;

  bed_plan_sum (plan, BED_NONE, totals);
  *n_settled = plan->n_settled;
  return taken;
}

static void
measure (Mixture mixture, const char *what, GRand *rand)
{
  double ours[BENCH_ROUNDS];

  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      g_autofree County *county = make_county (mixture, rand);
      g_autoptr (BedPlaces) places = bed_places_new (&county->table);
      BedPlanTotals totals;
      guint n_settled;

      ours[round] = time_plan (county, places, &n_settled, &totals);
      printf ("# %s: %u placed (first come %u), saves %.1f of %.1f km, %u bays settled\n", what, totals.placed,
              totals.first_come_placed, (double) totals.saved_metres / 1000,
              (double) totals.first_come_metres / 1000, n_settled);
    }
  bench_report (&(BenchRow) { .what = what, .unit = "ms", .ours = ours, .n = BENCH_ROUNDS,
                              .at_most = GOAL_MS });
}

int
main (void)
{
  static const char *const names[N_MIXTURES] = {
    [EVERYTHING_FITS] = "plan of 500 × 500, everything fits",
    [AS_IT_IS] = "plan of 500 × 500, needs, caps and bays",
    [TOO_FEW_BEDS] = "plan of 500 × 500, a third of the beds fit",
  };
  const guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  printf ("# plan: seed %u\n", seed);
  for (guint mixture = 0; mixture < N_MIXTURES; mixture++)
    measure (mixture, names[mixture], rand);
  return 0;
}
