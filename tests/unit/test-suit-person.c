/* test-suit-person.c: domain.md's sentences about whom a bed suits, one a case.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "suit-records.h"

#include "common/bed-time.h"

static BedRuledOut
unsuits (const BedBed *bed, const BedBedRow *row, const BedNeedsProfile *needs, guint8 *need)
{
  const BedUnit unit = { .id = "anstey" };

  return bed_unsuits (&unit, bed, row, needs, need);
}

/* Which of all types, and of three that are none, the bed is offered for. */
static void
assert_types (const BedBedRow *row, gboolean ignores_ring_fence, guint32 expected)
{
  const BedBed bed = rehab_bed ();
  BedNeedsProfile needs = rehab_needs ();

  needs.ignores_ring_fence = ignores_ring_fence;
  for (guint type = 0; type < BED_TYPE_N + 3; type++)
    {
      needs.type = (guint8) type;
      g_assert_cmpint (unsuits (&bed, row, &needs, NULL), ==,
                       (expected >> type & 1) != 0 ? BED_RULED_OUT_NOTHING : BED_RULED_OUT_TYPE);
    }
}

static void
test_type_is_ring_fenced (void)
{
  const BedBedRow row = free_row ();

  assert_types (&row, FALSE, 1u << BED_TYPE_REHAB);
}

static void
test_type_flexes_after_its_hour (void)
{
  BedBedRow row = free_row ();

  row.flags |= BED_FLAG_FLEX;
  assert_types (&row, FALSE, 1u << BED_TYPE_REHAB | 1u << BED_TYPE_STEP_UP);
}

static void
test_type_override_ignores_ring_fence (void)
{
  const BedBedRow row = free_row ();

  assert_types (&row, TRUE, 1u << BED_TYPE_REHAB | 1u << BED_TYPE_STEP_UP);
}

static void
test_bay_sex (void)
{
  static const gboolean fits[BED_BAY_SEX_N][BED_SEX_N] = {
    /* female bay */ { TRUE, FALSE },
    /* male bay */ { FALSE, TRUE },
    /* any */ { TRUE, TRUE },
    /* single */ { TRUE, TRUE },
  };
  const BedBed bed = rehab_bed ();
  BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  for (guint bay = 0; bay < BED_BAY_SEX_N; bay++)
    for (guint sex = 0; sex < BED_SEX_N; sex++)
      {
        row.bay_sex = (guint8) bay;
        needs.sex = (guint8) sex;
        g_assert_cmpint (unsuits (&bed, &row, &needs, NULL), ==,
                         fits[bay][sex] ? BED_RULED_OUT_NOTHING : BED_RULED_OUT_BAY_SEX);
      }
}

/* The bay's policy is `any`, but a man is in it: what counts is the row, not the record. */
static void
test_bay_sex_in_force (void)
{
  BedBed bed = rehab_bed ();
  BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  bed.bay_sex = BED_BAY_SEX_ANY;
  row.bay_sex = BED_BAY_SEX_MALE;
  needs.sex = BED_SEX_FEMALE;
  g_assert_cmpint (unsuits (&bed, &row, &needs, NULL), ==, BED_RULED_OUT_BAY_SEX);
}

static void
test_bay_unsure (void)
{
  const BedBed bed = rehab_bed ();
  const BedNeedsProfile needs = rehab_needs ();
  BedBedRow row = free_row ();

  row.bay_sex = BED_BAY_SEX_ANY;
  row.flags |= BED_FLAG_BAY_UNSURE;
  g_assert_cmpint (unsuits (&bed, &row, &needs, NULL), ==, BED_RULED_OUT_BAY_SEX);
}

static void
test_bay_sex_out_of_range (void)
{
  const BedBed bed = rehab_bed ();
  const BedNeedsProfile needs = rehab_needs ();
  BedBedRow row = free_row ();

  row.bay_sex = 99;
  g_assert_cmpint (unsuits (&bed, &row, &needs, NULL), ==, BED_RULED_OUT_BAY_SEX);
}

static void
test_sex_out_of_range (void)
{
  const BedBed bed = rehab_bed ();
  const BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  needs.sex = BED_SEX_N;
  g_assert_cmpint (unsuits (&bed, &row, &needs, NULL), ==, BED_RULED_OUT_BAY_SEX);
}

static void
test_must_missing (void)
{
  const BedBed bed = rehab_bed ();
  const BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();
  guint8 need = 0;

  needs.must = BIT (BED_NEED_HOIST) | BIT (BED_NEED_DEMENTIA);
  g_assert_cmpint (unsuits (&bed, &row, &needs, &need), ==, BED_RULED_OUT_MUST);
  g_assert_cmpuint (need, ==, BED_NEED_DEMENTIA);
}

static void
test_must_out_of_order (void)
{
  const BedBed bed = rehab_bed ();
  BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();
  guint8 need = 0;

  needs.must = BIT (BED_NEED_HOIST);
  row.features_out = BIT (BED_NEED_HOIST);
  g_assert_cmpint (unsuits (&bed, &row, &needs, &need), ==, BED_RULED_OUT_MUST);
  g_assert_cmpuint (need, ==, BED_NEED_HOIST);
}

static void
test_must_not_present (void)
{
  const BedBed bed = rehab_bed ();
  const BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();
  guint8 need = 0;

  needs.must_not = BIT (BED_NEED_SMOKER) | BIT (BED_NEED_SECURE);
  g_assert_cmpint (unsuits (&bed, &row, &needs, &need), ==, BED_RULED_OUT_MUST_NOT);
  g_assert_cmpuint (need, ==, BED_NEED_SECURE);
}

static void
test_prefer_never_rules_out (void)
{
  const BedBed bed = rehab_bed ();
  const BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  needs.prefer = BIT (BED_NEED_DEMENTIA);
  g_assert_cmpint (unsuits (&bed, &row, &needs, NULL), ==, BED_RULED_OUT_NOTHING);
}

/* Weight. */

static BedRuledOut
unsuits_weight (guint8 band, guint16 safe_load_kg, guint8 *need)
{
  BedBed bed = rehab_bed ();
  const BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  bed.safe_load_kg = safe_load_kg;
  bed.features |= BIT (BED_NEED_BARIATRIC);
  needs.weight_band = band;
  return unsuits (&bed, &row, &needs, need);
}

static void
test_weight_within_load (void)
{
  static const guint16 loads[] = { 50, 130, 180, 230, 300 }; /* of each band, the last that does */

  for (guint8 band = BED_WEIGHT_NOT_STATED; band <= BED_WEIGHT_TO_300; band++)
    g_assert_cmpint (unsuits_weight (band, loads[band], NULL), ==, BED_RULED_OUT_NOTHING);
}

static void
test_weight_over_load (void)
{
  static const guint16 loads[BED_WEIGHT_N] = {
    [BED_WEIGHT_TO_130] = 129, [BED_WEIGHT_TO_180] = 179, [BED_WEIGHT_TO_230] = 229,
    [BED_WEIGHT_TO_300] = 299, [BED_WEIGHT_OVER_300] = 1000,
  };

  for (guint8 band = BED_WEIGHT_TO_130; band < BED_WEIGHT_N; band++)
    {
      guint8 need = 0;

      g_assert_cmpint (unsuits_weight (band, loads[band], &need), ==, BED_RULED_OUT_MUST);
      g_assert_cmpuint (need, ==, BED_NEED_BARIATRIC);
    }
}

static void
test_weight_load_not_stated (void)
{
  g_assert_cmpint (unsuits_weight (BED_WEIGHT_TO_130, 0, NULL), ==, BED_RULED_OUT_NOTHING);
  g_assert_cmpint (unsuits_weight (BED_WEIGHT_TO_180, 0, NULL), ==, BED_RULED_OUT_MUST);
}

static void
test_weight_out_of_range (void)
{
  g_assert_cmpint (unsuits_weight (200, 1000, NULL), ==, BED_RULED_OUT_MUST);
}

/* Isolation: the bed's, and what the person brings. */

typedef struct
{
  guint8 isolation;
  guint8 isolated_for;
  guint8 brings;
  guint16 bay;
  guint8 bay_sex;
  gboolean fits;
} Apart;

static void
test_isolation (void)
{
  enum { NONE = BED_INFECTION_NONE, FLU = BED_INFECTION_INFLUENZA, NORO = BED_INFECTION_NOROVIRUS };
  static const Apart cases[] = {
    { BED_ISOLATION_NONE, NONE, NONE, 1, BED_BAY_SEX_ANY, TRUE },
    { BED_ISOLATION_NONE, NONE, FLU, 1, BED_BAY_SEX_ANY, FALSE }, /* would infect the bay */
    { BED_ISOLATION_NONE, NONE, FLU, 1, BED_BAY_SEX_SINGLE, TRUE },
    { BED_ISOLATION_NONE, NONE, FLU, 0, BED_BAY_SEX_ANY, TRUE },
    { BED_ISOLATION_BARRIER, NONE, NONE, 0, BED_BAY_SEX_SINGLE, FALSE },
    { BED_ISOLATION_BARRIER, NONE, FLU, 0, BED_BAY_SEX_SINGLE, FALSE }, /* nobody knows for what */
    { BED_ISOLATION_BAY_RESTRICTED, FLU, FLU, 1, BED_BAY_SEX_ANY, TRUE },
    { BED_ISOLATION_BAY_RESTRICTED, FLU, NORO, 1, BED_BAY_SEX_ANY, FALSE },
    { BED_ISOLATION_BAY_RESTRICTED, FLU, NONE, 1, BED_BAY_SEX_ANY, FALSE },
    { BED_ISOLATION_SINGLE_ROOM, NORO, NORO, 0, BED_BAY_SEX_SINGLE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BedUnit unit = { .id = "anstey" };
      const Apart *one = &cases[i];
      const BedRuledOut expected = one->fits ? BED_RULED_OUT_NOTHING : BED_RULED_OUT_ISOLATION;
      BedBed bed = rehab_bed ();
      BedBedRow row = free_row ();
      BedNeedsProfile needs = rehab_needs ();

      bed.bay = one->bay;
      row.bay_sex = one->bay_sex;
      row.isolation = one->isolation;
      row.infection = one->isolated_for & 0xf;
      needs.infection = one->brings;
      g_assert_cmpint (bed_forbids_to (&bed, &row, &needs), ==, expected);
      g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, expected);
      g_assert_cmpint (bed_rules_out (&unit, &bed, &row, &needs, NULL), ==, expected);
    }
}

/* Counted before the cap, though it is the person's. */
static void
test_isolation_before_cap (void)
{
  const BedUnit unit = { .id = "anstey" };
  BedBed bed = rehab_bed ();
  BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  bed.bay = 1;
  row.bay_sex = BED_BAY_SEX_MALE;
  row.flags |= BED_FLAG_CAP_REACHED;
  needs.infection = BED_INFECTION_INFLUENZA;
  g_assert_cmpint (bed_rules_out (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_ISOLATION);
}

/* Admission rules. */

static BedRuledOut
unsuits_unit (const BedUnit *unit, const BedNeedsProfile *needs)
{
  const BedBed bed = rehab_bed ();
  const BedBedRow row = free_row ();

  return bed_unsuits (unit, &bed, &row, needs, NULL);
}

static const BedUnit takes_everybody = { .id = "anstey", .admission = BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS };

static void
test_admission_weekend (void)
{
  BedUnit unit = takes_everybody;
  BedNeedsProfile needs = rehab_needs ();

  needs.is_weekend = TRUE;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
  unit.admission = BED_ADMITS_NIGHTS;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_ADMISSION);
  needs.is_weekend = FALSE;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
}

static void
test_admission_night (void)
{
  BedUnit unit = takes_everybody;
  BedNeedsProfile needs = rehab_needs ();

  needs.is_night = TRUE;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
  unit.admission = BED_ADMITS_WEEKENDS;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_ADMISSION);
  needs.is_night = FALSE;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
}

static void
test_admission_latest_arrival (void)
{
  BedUnit unit = takes_everybody;
  BedNeedsProfile needs = rehab_needs ();

  unit.latest_arrival_min = 18 * 60;
  needs.minute = 18 * 60 - 1;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
  needs.minute = 18 * 60;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_ADMISSION);
  unit.latest_arrival_min = 0;
  needs.minute = 1439;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
}

static void
test_admission_gp_laps (void)
{
  BedUnit unit = takes_everybody;
  BedNeedsProfile needs = rehab_needs ();

  unit.gp_laps = BIT (2);
  needs.lap = 2;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
  needs.lap = 1;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_ADMISSION);
  needs.lap = BED_NONE_8;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_ADMISSION);
  unit.gp_laps = 0;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
}

/* Whose episode has lasted as long as the unit lets people stay is not begun with. */
static void
test_admission_longest_stay (void)
{
  BedUnit unit = takes_everybody;
  BedNeedsProfile needs = rehab_needs ();

  unit.longest_stay_days = 28;
  needs.stayed_us = 28 * BED_DAY_US - 1;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
  needs.stayed_us = 28 * BED_DAY_US;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_ADMISSION);
  unit.longest_stay_days = 0;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
}

/* At no particular time nobody is turned away by the hour. */
static void
test_admission_not_asked (void)
{
  const BedUnit unit = { .id = "anstey", .gp_laps = BIT (2), .latest_arrival_min = 1 };
  BedNeedsProfile needs = rehab_needs ();

  needs.is_weekend = needs.is_night = TRUE;
  needs.minute = BED_ANY_MINUTE;
  g_assert_cmpint (unsuits_unit (&unit, &needs), ==, BED_RULED_OUT_NOTHING);
}

/* Type, bay sex, must, must not, admission: mending the one that is named leads to the next. */
static void
test_unsuits_order (void)
{
  const BedBedRow unsure = { .bay_sex = BED_BAY_SEX_FEMALE };
  BedUnit unit = takes_everybody;
  const BedBed bed = rehab_bed ();
  BedBedRow row = unsure;
  BedNeedsProfile needs = rehab_needs ();

  unit.admission = 0;
  needs.is_weekend = TRUE;
  needs.type = BED_TYPE_CHC;
  needs.must = BIT (BED_NEED_DEMENTIA);
  needs.must_not = BIT (BED_NEED_SECURE);
  g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_TYPE);
  needs.type = BED_TYPE_REHAB;
  g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_BAY_SEX);
  row.bay_sex = BED_BAY_SEX_MALE;
  g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_MUST);
  needs.must = 0;
  g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_MUST_NOT);
  needs.must_not = 0;
  g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_ADMISSION);
  needs.is_weekend = FALSE;
  g_assert_cmpint (bed_unsuits (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_NOTHING);
}

/* Couples. */

static void
test_pairs (void)
{
  const BedNeedsProfile man = { .sex = BED_SEX_MALE };
  const BedNeedsProfile woman = { .sex = BED_SEX_FEMALE };
  BedBed beds[2] = { { .bay = 1 }, { .bay = 1 } };

  g_assert_false (bed_pairs (&beds[0], &man, &beds[0], &woman)); /* one bed is not two */
  g_assert_false (bed_pairs (&beds[0], &man, &beds[1], &woman));
  g_assert_true (bed_pairs (&beds[0], &woman, &beds[1], &woman));
  beds[1].bay = 2;
  g_assert_true (bed_pairs (&beds[0], &man, &beds[1], &woman));
  beds[0].bay = beds[1].bay = 0; /* rooms of their own */
  g_assert_true (bed_pairs (&beds[0], &man, &beds[1], &woman));
}

/* A bed is counted under one reason: cap before type, type before age. */
static void
test_one_reason (void)
{
  const BedUnit unit = { .id = "anstey" };
  const BedBed bed = rehab_bed ();
  BedBedRow row = free_row ();
  BedNeedsProfile needs = rehab_needs ();

  row.flags |= BED_FLAG_STALE | BED_FLAG_CAP_REACHED;
  needs.type = BED_TYPE_CHC;
  g_assert_cmpint (bed_rules_out (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_STAFFED_CAP);
  row.flags &= (guint8) ~BED_FLAG_CAP_REACHED;
  g_assert_cmpint (bed_rules_out (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_TYPE);
  needs.type = BED_TYPE_REHAB;
  g_assert_cmpint (bed_rules_out (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_FRESHNESS);
  row.flags &= (guint8) ~BED_FLAG_STALE;
  g_assert_cmpint (bed_rules_out (&unit, &bed, &row, &needs, NULL), ==, BED_RULED_OUT_NOTHING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suit/type-is-ring-fenced", test_type_is_ring_fenced);
  g_test_add_func ("/suit/type-flexes-after-its-hour", test_type_flexes_after_its_hour);
  g_test_add_func ("/suit/type-override-ignores-ring-fence", test_type_override_ignores_ring_fence);
  g_test_add_func ("/suit/bay-sex", test_bay_sex);
  g_test_add_func ("/suit/bay-sex-in-force", test_bay_sex_in_force);
  g_test_add_func ("/suit/bay-unsure", test_bay_unsure);
  g_test_add_func ("/suit/bay-sex-out-of-range", test_bay_sex_out_of_range);
  g_test_add_func ("/suit/sex-out-of-range", test_sex_out_of_range);
  g_test_add_func ("/suit/must-missing", test_must_missing);
  g_test_add_func ("/suit/must-out-of-order", test_must_out_of_order);
  g_test_add_func ("/suit/must-not-present", test_must_not_present);
  g_test_add_func ("/suit/prefer-never-rules-out", test_prefer_never_rules_out);
  g_test_add_func ("/suit/weight-within-load", test_weight_within_load);
  g_test_add_func ("/suit/weight-over-load", test_weight_over_load);
  g_test_add_func ("/suit/weight-load-not-stated", test_weight_load_not_stated);
  g_test_add_func ("/suit/weight-out-of-range", test_weight_out_of_range);
  g_test_add_func ("/suit/isolation", test_isolation);
  g_test_add_func ("/suit/isolation-before-cap", test_isolation_before_cap);
  g_test_add_func ("/suit/admission-weekend", test_admission_weekend);
  g_test_add_func ("/suit/admission-night", test_admission_night);
  g_test_add_func ("/suit/admission-latest-arrival", test_admission_latest_arrival);
  g_test_add_func ("/suit/admission-gp-laps", test_admission_gp_laps);
  g_test_add_func ("/suit/admission-longest-stay", test_admission_longest_stay);
  g_test_add_func ("/suit/admission-not-asked", test_admission_not_asked);
  g_test_add_func ("/suit/unsuits-order", test_unsuits_order);
  g_test_add_func ("/suit/pairs", test_pairs);
  g_test_add_func ("/suit/one-reason", test_one_reason);
  return g_test_run ();
}
