/* test-suit.c: domain.md's sentences about offering, suiting and showing a bed, one a case.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "suit-records.h"

#include "common/bed-time.h"

/* Offerable in domain.md's own words, without the order. */
static gboolean
is_offerable (const BedBedRow *row)
{
  return row->occupancy == BED_OCCUPANCY_VACANT && row->readiness == BED_READINESS_READY
         && (row->service == BED_SERVICE_OPEN || row->service == BED_SERVICE_SURGE_OPEN)
         && row->commitment == BED_COMMITMENT_NONE && row->isolation == BED_ISOLATION_NONE
         && (row->flags & BED_FLAG_STALE) == 0 && (row->flags & BED_FLAG_CAP_REACHED) == 0;
}

typedef void (*RowCheck) (const BedBedRow *row);

/* Every combination of the axes: 4 × 4 × 4 × 4 × 4 × 2 × 2 × 2. */
static void
for_each_row (RowCheck check)
{
  for (guint n = 0; n < 1u << 13; n++)
    {
      BedBedRow row = free_row ();

      row.occupancy = n & 3;
      row.readiness = n >> 2 & 3;
      row.service = n >> 4 & 3;
      row.commitment = n >> 6 & 3;
      row.isolation = n >> 8 & 3;
      row.flags |= (n >> 10 & 1) != 0 ? BED_FLAG_STALE : 0;
      row.flags |= (n >> 11 & 1) != 0 ? BED_FLAG_CAP_REACHED : 0;
      row.expected_free_us = (n >> 12 & 1) != 0 ? 1 : 0;
      check (&row);
    }
}

static void
check_forbids (const BedBedRow *row)
{
  g_assert_cmpint (bed_forbids (row) == BED_RULED_OUT_NOTHING, ==, is_offerable (row));
}

static void
test_forbids_every_combination (void)
{
  for_each_row (check_forbids);
}

/* Mending the axis that is named, and only that one, must lead to a later axis. */
static void
check_forbids_order (const BedBedRow *row)
{
  BedBedRow mended = *row;
  const BedRuledOut first = bed_forbids (row);

  switch (first)
    {
    case BED_RULED_OUT_SERVICE:
      mended.service = BED_SERVICE_OPEN;
      break;
    case BED_RULED_OUT_OCCUPANCY:
      mended.occupancy = BED_OCCUPANCY_VACANT;
      break;
    case BED_RULED_OUT_COMMITMENT:
      mended.commitment = BED_COMMITMENT_NONE;
      break;
    case BED_RULED_OUT_READINESS:
      mended.readiness = BED_READINESS_READY;
      break;
    case BED_RULED_OUT_ISOLATION:
      mended.isolation = BED_ISOLATION_NONE;
      break;
    case BED_RULED_OUT_STAFFED_CAP:
      mended.flags &= (guint8) ~BED_FLAG_CAP_REACHED;
      break;
    case BED_RULED_OUT_FRESHNESS:
      mended.flags &= (guint8) ~BED_FLAG_STALE;
      break;
    case BED_RULED_OUT_NOTHING:
      return;
    case BED_RULED_OUT_TYPE:
    case BED_RULED_OUT_BAY_SEX:
    case BED_RULED_OUT_MUST:
    case BED_RULED_OUT_MUST_NOT:
    case BED_RULED_OUT_ADMISSION:
    case BED_RULED_OUT_PARTNER:
    case BED_RULED_OUT_N:
      g_assert_not_reached ();
    }
  g_assert_true (bed_forbids (&mended) == BED_RULED_OUT_NOTHING || bed_forbids (&mended) > first);
}

static void
test_forbids_order (void)
{
  for_each_row (check_forbids_order);
}

static void
test_forbids_out_of_range (void)
{
  BedBedRow row = free_row ();

  row.occupancy = 200;
  g_assert_cmpint (bed_forbids (&row), ==, BED_RULED_OUT_OCCUPANCY);
}

static void
test_forbids_surge_open (void)
{
  BedBedRow row = free_row ();

  row.service = BED_SERVICE_SURGE_OPEN;
  g_assert_cmpint (bed_forbids (&row), ==, BED_RULED_OUT_NOTHING);
}

/* The rows of domain.md's precedence, each with everything below it set as well. */
static void
test_display_precedence (void)
{
  BedBedRow row = free_row ();

  row.isolation = BED_ISOLATION_BARRIER;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_ISOLATED);
  row.readiness = BED_READINESS_DIRTY;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_CLEANING);
  row.readiness = BED_READINESS_CLEANING;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_CLEANING);
  row.readiness = BED_READINESS_CONTAMINATED;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_CONTAMINATED);
  row.occupancy = BED_OCCUPANCY_UNKNOWN;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_UNKNOWN);
  row.service = BED_SERVICE_SURGE_SHUT;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_SURGE_SHUT);
  row.service = BED_SERVICE_CLOSED;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_CLOSED);
  row.occupancy = BED_OCCUPANCY_OCCUPIED;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_OCCUPIED);
  row.occupancy = BED_OCCUPANCY_ON_LEAVE;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_ON_LEAVE);
  g_assert_cmpint (bed_display (&row, BED_STAY_READY_TO_LEAVE), ==, BED_DISPLAY_READY_TO_LEAVE);
  g_assert_cmpint (bed_display (&row, BED_STAY_ENDS_TODAY), ==, BED_DISPLAY_LEAVING);
  row.commitment = BED_COMMITMENT_HELD;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_HELD);
  row.commitment = BED_COMMITMENT_ACCEPTED;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_ACCEPTED);
  row.commitment = BED_COMMITMENT_IN_TRANSIT;
  g_assert_cmpint (bed_display (&row, BED_STAY_GOES_ON), ==, BED_DISPLAY_IN_TRANSIT);
}

/* What shows as free is offerable but for age and staff, and nothing else shows as free. */
static void
check_display_free (const BedBedRow *row)
{
  BedBedRow staffed = *row;

  staffed.flags = BED_FLAG_IN_EFFECT;
  g_assert_cmpint (bed_display (row, BED_STAY_GOES_ON) == BED_DISPLAY_FREE, ==, is_offerable (&staffed));
}

static void
test_display_free (void)
{
  for_each_row (check_display_free);
}

/* It comes from nowhere that checks it. */
static void
test_display_stay_out_of_range (void)
{
  BedBedRow row = free_row ();

  row.occupancy = BED_OCCUPANCY_OCCUPIED;
  g_assert_cmpint (bed_display (&row, (BedStay) 3), ==, BED_DISPLAY_OCCUPIED);
}

static void
test_needs_of_referral (void)
{
  const BedReferralRow row = {
    .must = 1, .must_not = 2, .prefer = 4, .easting = 440000, .northing = 110000, .home = 7, .lap = 3,
    .type = BED_TYPE_D2A, .sex = BED_SEX_MALE, .infection = BED_INFECTION_MRSA, .weight_band = BED_WEIGHT_TO_230,
  };
  BedNeedsProfile needs;

  bed_needs_of_referral (&row, &needs);
  g_assert_cmpuint (needs.must, ==, 1);
  g_assert_cmpuint (needs.must_not, ==, 2);
  g_assert_cmpuint (needs.prefer, ==, 4);
  g_assert_cmpuint (needs.easting, ==, 440000);
  g_assert_cmpuint (needs.northing, ==, 110000);
  g_assert_cmpuint (needs.district, ==, 7);
  g_assert_cmpuint (needs.lap, ==, 3);
  g_assert_cmpuint (needs.type, ==, BED_TYPE_D2A);
  g_assert_cmpuint (needs.sex, ==, BED_SEX_MALE);
  g_assert_cmpuint (needs.infection, ==, BED_INFECTION_MRSA);
  g_assert_cmpuint (needs.weight_band, ==, BED_WEIGHT_TO_230);
  g_assert_cmpuint (needs.minute, ==, BED_ANY_MINUTE);
  g_assert_false (needs.ignores_ring_fence);
  g_assert_null (needs.partner);
}

static void
test_needs_oxygen (void)
{
  const BedReferralRow row = { .must = 1, .oxygen_lpm = 2 };
  BedNeedsProfile needs;

  bed_needs_of_referral (&row, &needs);
  g_assert_cmpuint (needs.must, ==, 1 | BIT (BED_NEED_OXYGEN));
}

static void
assert_needs_at (const char *when, guint minute, gboolean is_weekend, gboolean is_night)
{
  BedNeedsProfile needs = rehab_needs ();
  gint64 at_us = 0;

  g_assert_true (bed_time_parse (when, &at_us));
  bed_needs_at (&needs, at_us);
  g_assert_cmpuint (needs.minute, ==, minute);
  g_assert_cmpint (needs.is_weekend, ==, is_weekend);
  g_assert_cmpint (needs.is_night, ==, is_night);
}

static void
test_needs_at (void)
{
  assert_needs_at ("2026-11-20T12:30:00Z", 750, FALSE, FALSE); /* Friday */
  assert_needs_at ("2026-11-20T20:00:00Z", 1200, FALSE, TRUE);
  assert_needs_at ("2026-11-21T08:00:00Z", 480, TRUE, FALSE);
  assert_needs_at ("2026-07-03T23:30:00Z", 30, TRUE, TRUE); /* already Saturday in London */
}

/* The day count of somebody who goes on from another bed, unless there is a reason to let it last. */
static void
test_needs_count_days (void)
{
  BedReferralRow row = { .type = BED_TYPE_REHAB, .bed = BED_NONE };
  BedNeedsProfile needs;
  const gint64 now_us = 100 * BED_DAY_US;

  bed_needs_of_referral (&row, &needs);
  bed_needs_at (&needs, now_us);
  g_assert_cmpint (needs.stayed_us, ==, 0);
  row.arrived_at_us = 70 * BED_DAY_US;
  bed_needs_of_referral (&row, &needs);
  bed_needs_at (&needs, now_us);
  g_assert_cmpint (needs.stayed_us, ==, 30 * BED_DAY_US);
  row.flags = BED_REFERRAL_STAY_EXTENDED;
  bed_needs_of_referral (&row, &needs);
  bed_needs_at (&needs, now_us);
  g_assert_cmpint (needs.stayed_us, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suit/forbids-every-combination", test_forbids_every_combination);
  g_test_add_func ("/suit/forbids-order", test_forbids_order);
  g_test_add_func ("/suit/forbids-out-of-range", test_forbids_out_of_range);
  g_test_add_func ("/suit/forbids-surge-open", test_forbids_surge_open);
  g_test_add_func ("/suit/display-precedence", test_display_precedence);
  g_test_add_func ("/suit/display-free", test_display_free);
  g_test_add_func ("/suit/needs-of-referral", test_needs_of_referral);
  g_test_add_func ("/suit/needs-oxygen", test_needs_oxygen);
  g_test_add_func ("/suit/needs-at", test_needs_at);
  g_test_add_func ("/suit/display-stay-out-of-range", test_display_stay_out_of_range);
  g_test_add_func ("/suit/needs-count-days", test_needs_count_days);
  return g_test_run ();
}
