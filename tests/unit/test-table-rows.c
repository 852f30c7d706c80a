/* test-table-rows.c: rows, pictures, rings and counters whose bytes may be anything: each check has
 * a case that trips it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/table-copy.h"

/* Rows. */

static const Fault unit_faults[] = {
  FAULT (UNIT, BedUnitRow, confirmed_at_us, G_MAXUINT64),
  FAULT (UNIT, BedUnitRow, cap_until_us, G_GUINT64_CONSTANT (1) << BED_TIME_BITS),
  FAULT (UNIT, BedUnitRow, counted, BEDS + 1),
  FAULT (UNIT, BedUnitRow, free, BEDS + 1),
  FAULT (UNIT, BedUnitRow, in_effect, BEDS + 1),
  FAULT (UNIT, BedUnitRow, flags, 128),
  FAULT (UNIT, BedUnitRow, closed_reason, BED_CLOSURE_N),
  FAULT (UNIT, BedUnitRow, n_answers, BED_ANSWERS + 1),
};

/* The byte that source and infection share. */
#define ORIGIN (offsetof (BedBedRow, display) - 1)

/* Each bit of flags means something. */
static const Fault bed_faults[] = {
  FAULT (BED, BedBedRow, confirmed_at_us, G_MAXUINT64),
  FAULT (BED, BedBedRow, until_us, G_MAXINT64),
  FAULT (BED, BedBedRow, expected_free_us, G_GUINT64_CONSTANT (1) << BED_TIME_BITS),
  FAULT (BED, BedBedRow, features_out, G_GUINT64_CONSTANT (1) << BED_NEED_N),
  FAULT (BED, BedBedRow, referral, REFERRALS),
  FAULT (BED, BedBedRow, referral, BED_NONE - 1),
  FAULT (BED, BedBedRow, occupancy, BED_OCCUPANCY_N),
  FAULT (BED, BedBedRow, readiness, BED_READINESS_N),
  FAULT (BED, BedBedRow, service, BED_SERVICE_N),
  FAULT (BED, BedBedRow, closed_reason, BED_CLOSURE_N),
  FAULT (BED, BedBedRow, isolation, BED_ISOLATION_N),
  FAULT (BED, BedBedRow, commitment, BED_COMMITMENT_N),
  { BED, "source", ORIGIN, 1, BED_SOURCE_N << 4 },
  { BED, "infection", ORIGIN, 1, BED_INFECTION_N },
  FAULT (BED, BedBedRow, display, BED_DISPLAY_N),
  FAULT (BED, BedBedRow, bay_sex, BED_BAY_SEX_N),
  FAULT (BED, BedBedRow, occupancy, 0xff),
  FAULT (BED, BedBedRow, service, 0x80),
};

static const Fault referral_faults[] = {
  FAULT (LAP, BedReferralRow, code[0], 0),
  FAULT (LAP, BedReferralRow, code[2], '"'),
  FAULT (LAP, BedReferralRow, code[6], 0xff),
  FAULT (LAP, BedReferralRow, code[7], 'x'),
  FAULT (LAP, BedReferralRow, must, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, must_not, G_GUINT64_CONSTANT (1) << BED_NEED_N),
  FAULT (LAP, BedReferralRow, prefer, G_GUINT64_CONSTANT (1) << 63),
  FAULT (LAP, BedReferralRow, submitted_at_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, ready_at_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, until_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, expected_at_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, since_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, easting, BED_MAX_METRES + 1),
  FAULT (LAP, BedReferralRow, northing, BED_MAX_METRES + 1),
  FAULT (LAP, BedReferralRow, bed, BEDS),
  FAULT (LAP, BedReferralRow, offer_bed, BEDS),
  FAULT (LAP, BedReferralRow, home, 3),
  FAULT (LAP, BedReferralRow, source, BED_MAX_SOURCES),
  FAULT (LAP, BedReferralRow, breached, 1 << BED_CLOCK_N),
  FAULT (LAP, BedReferralRow, lap, 2),
  FAULT (LAP, BedReferralRow, state, BED_STATE_N),
  FAULT (LAP, BedReferralRow, lane, BED_LANE_N),
  FAULT (LAP, BedReferralRow, pathway, BED_PATHWAY_N),
  FAULT (LAP, BedReferralRow, type, BED_TYPE_N),
  FAULT (LAP, BedReferralRow, sex, BED_SEX_N),
  FAULT (LAP, BedReferralRow, age_band, BED_AGE_BAND_N),
  FAULT (LAP, BedReferralRow, agreed, BED_AGREED_N),
  FAULT (LAP, BedReferralRow, triaged_at_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, arrived_at_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, chc_from_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, offered_at_us, G_MAXUINT64),
  FAULT (LAP, BedReferralRow, home_first, BED_HOME_FIRST_N),
  FAULT (LAP, BedReferralRow, transport, BED_TRANSPORT_N),
  FAULT (LAP, BedReferralRow, waiting_for, BED_WAITING_FOR_N),
  FAULT (LAP, BedReferralRow, linked, REFERRALS),
  FAULT (LAP, BedReferralRow, lapsed_bed, BEDS),
  FAULT (LAP, BedReferralRow, declined_by[0], UNITS),
  FAULT (LAP, BedReferralRow, declined_by[BED_DECLINED_UNITS - 1], BED_NONE - 1),
  FAULT (LAP, BedReferralRow, infection, BED_INFECTION_N),
  FAULT (LAP, BedReferralRow, weight_band, BED_WEIGHT_N),
  FAULT (LAP, BedReferralRow, paused_for, BED_PAUSE_N + 1),
  FAULT (LAP, BedReferralRow, left_to, BED_OUTCOME_N + 1),
  FAULT (LAP, BedReferralRow, stay_days, BED_EPISODE_DAYS),
  FAULT (LAP, BedReferralRow, is_exposed, 2),
};

static void
assert_zero (gconstpointer bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    g_assert_cmpuint (((const guint8 *) bytes)[i], ==, 0);
}

/* The current slot of row 0 of a kind. */
static void *
current_slot (const Copy *copy, BedKind kind)
{
  const gsize n_words = kind == BED_KIND_REFERRAL ? BED_REFERRAL_ROW_WORDS : BED_ROW_WORDS;
  guint64 *row = at (copy, copy->header->row_offset[kind]);

  return row + 1 + (row[0] & 1) * n_words;
}

/* Pictures are checked by other code than single rows: row 0 of a kind is zeroed there, too, and
 * the others are there. */
static void
assert_picture_lacks (const BedTable *table, BedKind kind)
{
  BedUnitRow units[UNITS];
  BedBedRow beds[BEDS];
  BedReferralRow referrals[REFERRALS];
  guint32 n_referrals;

  g_assert_true (bed_table_read_all (table, units, beds, referrals, &n_referrals, NULL));
  g_assert_cmpuint (units[0].revision, ==, kind == BED_KIND_UNIT ? 0 : 18);
  g_assert_cmpuint (beds[0].revision, ==, kind == BED_KIND_BED ? 0 : 11);
  g_assert_cmpuint (referrals[0].revision, ==, kind == BED_KIND_REFERRAL ? 0 : 20);
  g_assert_cmpuint (units[1].revision, ==, 19);
  g_assert_cmpuint (beds[1].revision, ==, 12);
  g_assert_cmpuint (referrals[1].revision, ==, 16);
}

static void
test_row (gconstpointer user_data, BedKind kind)
{
  const Fault *fault = user_data;
  g_auto (Copy) copy = copy_new ();
  BedUnitRow unit;
  BedBedRow bed;
  BedReferralRow referral;
  BedTable table;
  gboolean is_read = FALSE;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  for (int round = 0; round < 2; round++)
    {
      is_read = kind == BED_KIND_UNIT  ? bed_table_read_unit (&table, 0, &unit)
                : kind == BED_KIND_BED ? bed_table_read_bed (&table, 0, &bed)
                                       : bed_table_read_referral (&table, 0, &referral);
      g_assert_cmpint (is_read, ==, round == 0);
      memcpy ((char *) current_slot (&copy, kind) + fault->offset, &fault->value, fault->size);
    }
  if (kind == BED_KIND_UNIT)
    assert_zero (&unit, sizeof unit);
  else if (kind == BED_KIND_BED)
    assert_zero (&bed, sizeof bed);
  else
    assert_zero (&referral, sizeof referral);
  assert_picture_lacks (&table, kind);
}

static void
test_unit_row (gconstpointer fault)
{
  test_row (fault, BED_KIND_UNIT);
}

static void
test_bed_row (gconstpointer fault)
{
  test_row (fault, BED_KIND_BED);
}

static void
test_referral_row (gconstpointer fault)
{
  test_row (fault, BED_KIND_REFERRAL);
}

/* Every byte value in every checked byte of a bed: the sum without branches says what plain
 * comparisons say. */
static void
test_bed_bytes (void)
{
  const guint limits[]
      = { BED_OCCUPANCY_N,  BED_READINESS_N, BED_SERVICE_N, BED_CLOSURE_N, BED_ISOLATION_N,
          BED_COMMITMENT_N, BED_SOURCE_N << 4, BED_DISPLAY_N, BED_BAY_SEX_N, 256 };
  const BedTable table = { .sizes = { .referrals = 1, .beds = 1 } };

  for (guint member = 0; member < G_N_ELEMENTS (limits); member++)
    for (guint value = 0; value < 256; value++)
      {
        BedBedRow row = records_bed_row (1);

        (&row.occupancy)[member] = (guint8) value;
        gboolean is_infection = &row.occupancy + member != &row.display - 1 || (value & 0xf) < BED_INFECTION_N;
        g_assert_cmpint (bed_table_check_bed (&table, &row), ==, value < limits[member] && is_infection);
      }
}

static void
test_row_index (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  BedUnitRow unit;
  BedBedRow bed;
  BedReferralRow referral;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  g_assert_true (bed_table_read_unit (&table, UNITS - 1, &unit));
  g_assert_false (bed_table_read_unit (&table, UNITS, &unit));
  assert_zero (&unit, sizeof unit);
  g_assert_true (bed_table_read_bed (&table, BEDS - 1, &bed));
  g_assert_false (bed_table_read_bed (&table, BED_NONE, &bed));
  assert_zero (&bed, sizeof bed);
  g_assert_true (bed_table_read_referral (&table, REFERRALS - 1, &referral));
  g_assert_false (bed_table_read_referral (&table, REFERRALS, &referral));
  assert_zero (&referral, sizeof referral);
}

/* Row newer than anything published, in both slots: no batch can have left that. */
static void
test_row_from_the_future (void)
{
  g_auto (Copy) copy = copy_new ();
  BedRow *row = at (&copy, copy.header->row_offset[BED_KIND_BED]);
  BedTable table;
  BedBedRow bed;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  row->slot[0][0] = row->slot[1][0] = G_MAXUINT64;
  g_assert_false (bed_table_read_bed (&table, 0, &bed));
  assert_zero (&bed, sizeof bed);
}

/* Whole pictures. */

static void
test_read_all (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  BedUnitRow units[UNITS];
  BedBedRow beds[BEDS];
  BedReferralRow referrals[REFERRALS];
  guint32 n_referrals;
  guint64 revision;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  g_assert_true (bed_table_read_all (&table, units, beds, referrals, &n_referrals, &revision));
  g_assert_cmpuint (revision, ==, 20);
  g_assert_cmpuint (n_referrals, ==, REFERRALS);
  for (guint i = 0; i < BEDS; i++)
    g_assert_cmpuint (beds[i].revision % BEDS, ==, i);
  for (guint i = 0; i < UNITS; i++)
    g_assert_cmpuint (units[i].revision % UNITS, ==, i);
  for (guint i = 0; i < REFERRALS; i++)
    g_assert_cmpuint (referrals[i].revision % REFERRALS, ==, i);
}

static void
test_read_all_left_out (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  guint32 n_referrals;
  guint64 revision;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  g_assert_true (bed_table_read_all (&table, NULL, NULL, NULL, &n_referrals, &revision));
  g_assert_cmpuint (revision, ==, 20);
  g_assert_cmpuint (n_referrals, ==, REFERRALS);
}

static void
test_read_all_damaged_row (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  BedBedRow beds[BEDS];
  BedBedRow *current = current_slot (&copy, BED_KIND_BED);

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  current->occupancy = BED_OCCUPANCY_N;
  g_assert_true (bed_table_read_all (&table, NULL, beds, NULL, NULL, NULL));
  assert_zero (&beds[0], sizeof beds[0]);
  g_assert_cmpuint (beds[1].revision, ==, 12);
}

/* Rings. CHANGES = 16 places, 60 changes written: positions 44 … 59 are left. */

static void
test_ring_bounds (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  BedChange changes[32];
  guint64 position = 44;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  g_assert_cmpuint (bed_table_get_changes_head (&table), ==, 60);
  g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 32), ==, 16);
  g_assert_cmpuint (position, ==, 60);
  g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 32), ==, 0);
  for (guint64 bad = 0; bad < 44; bad++)
    {
      position = bad;
      g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 1), ==, -1);
      g_assert_cmpuint (position, ==, bad);
    }
  position = 61; /* never written: a cursor of another epoch */
  g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 1), ==, -1);
  position = G_MAXUINT64;
  g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 1), ==, -1);
}

static void
test_ring_none_wanted (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  guint64 position = 50;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  g_assert_cmpint (bed_table_read_changes (&table, &position, NULL, 0), ==, 0);
  g_assert_cmpint (bed_table_read_changes (&table, &position, NULL, -1), ==, 0);
  g_assert_cmpuint (position, ==, 50);
}

static void
test_ring_bad_entries (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;
  BedChange *change = at (&copy, copy.header->changes.offset);
  BedRecent *recent = at (&copy, copy.header->recent.offset);
  BedHistory *history = at (&copy, copy.header->history.offset);
  BedChange changes[16];
  BedRecent recents[64];
  BedHistory histories[64];
  guint64 position = 44;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  change[3].index = BED_NONE;
  g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 16), ==, -1);
  change[3].index = 0;
  change[3].kind = BED_N_KINDS;
  g_assert_cmpint (bed_table_read_changes (&table, &position, changes, 16), ==, -1);

  position = 0;
  recent[2].display = BED_DISPLAY_N;
  g_assert_cmpint (bed_table_read_recent (&table, &position, recents, 64), ==, -1);
  recent[2].display = 0;
  recent[2].bed = BEDS;
  g_assert_cmpint (bed_table_read_recent (&table, &position, recents, 64), ==, -1);
  recent[2].bed = BED_NONE;
  recent[2].unit = UNITS;
  g_assert_cmpint (bed_table_read_recent (&table, &position, recents, 64), ==, -1);
  recent[2].unit = 0;
  recent[2].at_us = -1;
  g_assert_cmpint (bed_table_read_recent (&table, &position, recents, 64), ==, -1);

  history[0].lap = 2;
  g_assert_cmpint (bed_table_read_history (&table, &position, histories, 64), ==, -1);
  history[0].lap = 0;
  g_assert_cmpint (bed_table_read_history (&table, &position, histories, 64), ==, 20);
}

static void
test_find_change (void)
{
  g_auto (Copy) copy = copy_new ();
  BedTable table;

  /* Position p is of revision p / 3 + 1; 44 is the last of revision 15, which began at 42. */
  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  for (guint64 revision = 0; revision < 15; revision++)
    g_assert_cmpint (bed_table_find_change (&table, revision), ==, -1);
  for (guint64 revision = 15; revision <= 20; revision++)
    g_assert_cmpint (bed_table_find_change (&table, revision), ==, (gint64) revision * 3);
  g_assert_cmpint (bed_table_find_change (&table, G_MAXUINT64), ==, 60);
}

static void
test_find_change_hostile (void)
{
  static const guint64 values[]
      = { 0, 1, 15, 16, 17, 59, 61, G_MAXINT64, G_MAXUINT64 - 1, G_MAXUINT64 };
  g_auto (Copy) copy = copy_new ();
  BedTable table;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      {
        gint64 found;

        copy.header->changes.head = values[i];
        copy.header->changes.reserved_to = values[k];
        found = bed_table_find_change (&table, 17);
        g_assert_cmpint (found, >=, -1);
        if (found >= 0)
          g_assert_cmpuint ((guint64) found, <=, values[i]);
      }
}

/* Counters. */

static void
test_counters (void)
{
  g_auto (Copy) copy = copy_new ();
  BedRow *pulse = &copy.header->pulse;
  BedTable table;

  g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
  copy.header->n_referrals = G_MAXUINT64;
  g_assert_cmpuint (bed_table_get_n_referrals (&table), ==, REFERRALS);
  copy.header->n_sources = G_MAXUINT64;
  g_assert_null (bed_table_peek_source (&table, BED_MAX_SOURCES));
  memset (at (&copy, copy.header->source_offset), 'x', BED_ID_SIZE);
  g_assert_null (bed_table_peek_source (&table, 0));
  pulse->slot[0][3] = BED_N_SERVING;
  g_assert_cmpint (bed_table_get_serving (&table, NULL), ==, BED_SERVING_READ_ONLY);
  pulse->slot[0][3] = BED_SERVING_LIVE;
  pulse->slot[0][0] = G_MAXUINT64;
  g_assert_cmpint (bed_table_get_heartbeat (&table, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_faults ("unit-row", unit_faults, G_N_ELEMENTS (unit_faults), test_unit_row);
  add_faults ("bed-row", bed_faults, G_N_ELEMENTS (bed_faults), test_bed_row);
  add_faults ("referral-row", referral_faults, G_N_ELEMENTS (referral_faults), test_referral_row);
  g_test_add_func ("/table/bed-row/bytes", test_bed_bytes);
  g_test_add_func ("/table/row/index", test_row_index);
  g_test_add_func ("/table/row/from-the-future", test_row_from_the_future);
  g_test_add_func ("/table/read-all", test_read_all);
  g_test_add_func ("/table/read-all/left-out", test_read_all_left_out);
  g_test_add_func ("/table/read-all/damaged-row", test_read_all_damaged_row);
  g_test_add_func ("/table/ring/bounds", test_ring_bounds);
  g_test_add_func ("/table/ring/none-wanted", test_ring_none_wanted);
  g_test_add_func ("/table/ring/bad-entries", test_ring_bad_entries);
  g_test_add_func ("/table/find-change", test_find_change);
  g_test_add_func ("/table/find-change/hostile", test_find_change_hostile);
  g_test_add_func ("/table/counters", test_counters);
  return g_test_run ();
}
