/* test-table.c: opening and reading a map whose bytes may be anything.
 *
 * Each check that a reader makes has a case that trips it; then random damage, before and after
 * opening: nothing may crash, and whatever a read returns passes the checks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-table.h"

#include "broker/broker-table.h"
#include "tests/table-records.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | 0x0010 /* F_SEAL_FUTURE_WRITE */ | F_SEAL_SEAL)

enum
{
  UNITS = 3,
  BEDS = 11,
  REFERRALS = 5,
  CHANGES = 16,
  FUZZ_ROUNDS = 3000
};

/* A table's bytes, taken from a real writer, in memory of exactly that size. */
typedef struct
{
  guint64 *memory;
  gsize size;
  BedHeader *header;
} Copy;

static Copy
copy_new (void)
{
  Records made;
  BrokerTable *table;
  Copy copy;

  records_make (&made, UNITS, BEDS, REFERRALS, CHANGES);
  table = broker_table_new (&made.records, 99);
  g_assert_nonnull (table);
  for (guint64 revision = 1; revision <= 20; revision++)
    {
      const BedBedRow bed = records_bed_row (revision);
      const BedUnitRow unit = records_unit_row (revision);
      const BedReferralRow referral = records_referral_row (revision);
      const BedRecent recent = { .revision = revision, .unit = 0, .bed = BED_NONE };
      const BedHistory history = { .revision = revision, .lap = revision % 2 };

      broker_table_begin (table, revision, 3);
      broker_table_write_bed (table, revision % BEDS, &bed);
      broker_table_write_unit (table, revision % UNITS, &unit);
      broker_table_write_referral (table, revision % REFERRALS, &referral);
      broker_table_write_recent (table, &recent);
      broker_table_write_history (table, &history);
      broker_table_end (table);
    }
  broker_table_add_source (table, "qa-hospital");

  copy.header = (BedHeader *) broker_table_peek (table)->header;
  copy.size = copy.header->map_size;
  copy.memory = g_memdup2 (copy.header, copy.size);
  copy.header = (BedHeader *) copy.memory;
  broker_table_free (table);
  records_clear (&made);
  return copy;
}

static void
copy_clear (Copy *copy)
{
  g_free (copy->memory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static void *
at (const Copy *copy, guint64 offset)
{
  return (char *) copy->memory + offset;
}

static void
assert_status (const Copy *copy, BedTableStatus status)
{
  const BedTable zero = { 0 };
  BedTable table;

  g_assert_cmpint (bed_table_borrow (copy->memory, copy->size, &table), ==, status);
  if (status != BED_TABLE_OK)
    g_assert_cmpmem (&table, sizeof table, &zero, sizeof zero);
}

/* Descriptors. */

static int
make_memfd (gconstpointer bytes, gsize size, int seals)
{
  const int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, size), ==, (gssize) size);
  g_assert_cmpint (fcntl (fd, F_ADD_SEALS, seals), ==, 0);
  return fd;
}

static BedTableStatus
open_and_close (int fd)
{
  BedTable table;
  const BedTableStatus status = bed_table_open (fd, &table);

  if (status == BED_TABLE_OK)
    bed_table_close (&table);
  g_assert_null (table.header);
  close (fd);
  return status;
}

static void
test_open (void)
{
  g_auto (Copy) copy = copy_new ();

  g_assert_cmpint (open_and_close (make_memfd (copy.memory, copy.size, SEALS)), ==, BED_TABLE_OK);
}

static void
test_open_not_a_memfd (void)
{
  int pipe_fds[2];

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  close (pipe_fds[1]);
  g_assert_cmpint (open_and_close (pipe_fds[0]), ==, BED_TABLE_NOT_MAPPED);
}

static void
test_open_bad_descriptor (void)
{
  BedTable table;

  g_assert_cmpint (bed_table_open (-1, &table), ==, BED_TABLE_NOT_MAPPED);
  g_assert_cmpint (errno, ==, EBADF);
}

static void
test_open_missing_seal (void)
{
  static const int each[] = { F_SEAL_SHRINK, F_SEAL_GROW, 0x0010, F_SEAL_SEAL };
  g_auto (Copy) copy = copy_new ();

  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    g_assert_cmpint (open_and_close (make_memfd (copy.memory, copy.size, SEALS & ~each[i])), ==,
                     BED_TABLE_NOT_SEALED);
}

static void
test_open_short (void)
{
  g_auto (Copy) copy = copy_new ();

  for (gsize size = 0; size < sizeof (BedHeader); size += 8)
    g_assert_cmpint (open_and_close (make_memfd (copy.memory, size, SEALS)), ==,
                     BED_TABLE_NOT_A_TABLE);
  g_assert_cmpint (open_and_close (make_memfd (copy.memory, copy.size - 1, SEALS)), ==,
                   BED_TABLE_DAMAGED);
}

static void
test_misaligned (void)
{
  g_auto (Copy) copy = copy_new ();
  g_autofree char *moved = g_malloc (copy.size + 1);
  BedTable table;

  memcpy (moved + 1, copy.memory, copy.size);
  g_assert_cmpint (bed_table_borrow (moved + 1, copy.size, &table), ==, BED_TABLE_NOT_A_TABLE);
}

static void
test_status_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int status = 0; status < BED_N_TABLE_STATUS; status++)
    g_assert_true (g_hash_table_add (seen, (char *) bed_table_status_word (status)));
  g_assert_cmpstr (bed_table_status_word (BED_N_TABLE_STATUS), ==, "unknown");
}

/* Header: each fixed word of it damaged in turn. */

static void
test_header_words (void)
{
  g_auto (Copy) copy = copy_new ();

  for (gsize offset = 0; offset < offsetof (BedHeader, revision); offset += 4)
    {
      guint32 *word = at (&copy, offset);
      const guint32 old = *word;
      const gsize in_rings = offset - offsetof (BedHeader, changes); /* huge before them */
      const gboolean is_counter = (offset >= offsetof (BedHeader, changes)
                                   && in_rings % sizeof (BedRing) < offsetof (BedRing, length))
                                  || (offset & ~7u) == offsetof (BedHeader, n_sources);
      /* One crossing more still fits into the padding, and a crossing of zeros is one. */
      const gboolean is_free = (offset & ~7u) == offsetof (BedHeader, epoch)
                               || offset == offsetof (BedHeader, sizes.crossings)
                               || offset == offsetof (BedHeader, reserved)
                               || offset == offsetof (BedHeader, reserved_2);
      BedTable table;

      *word = old + 1;
      const BedTableStatus status = bed_table_borrow (copy.memory, copy.size, &table);
      g_assert_cmpint (status == BED_TABLE_OK, ==, is_counter || is_free);
      *word = old;
    }
  assert_status (&copy, BED_TABLE_OK);
}

static void
test_no_epoch (void)
{
  g_auto (Copy) copy = copy_new ();

  copy.header->epoch = 0;
  assert_status (&copy, BED_TABLE_DAMAGED);
}

static void
test_huge_sizes (void)
{
  const guint n_sizes = sizeof (BedSizes) / sizeof (guint32);
  g_auto (Copy) copy = copy_new ();

  for (guint i = 0; i < n_sizes; i++)
    {
      guint32 *size = (guint32 *) &copy.header->sizes + i;
      const guint32 old = *size;

      *size = G_MAXUINT32;
      assert_status (&copy, BED_TABLE_DAMAGED);
      *size = 1u << 31;
      assert_status (&copy, BED_TABLE_DAMAGED);
      *size = old;
    }
}

/* Reference records: section, member, and a value that it must not have. */

typedef enum
{
  LAP,
  DISTRICT,
  CROSSING,
  UNIT,
  BED,
  N_SECTIONS
} Section;

typedef struct
{
  Section section;
  const char *member;
  gsize offset;
  gsize size;
  guint64 value;
} Fault;

#define FAULT(SECTION, Type, member, value)                                                        \
  {                                                                                                \
    SECTION, #member, offsetof (Type, member), sizeof (((Type *) 0)->member), value                \
  }

static const Fault reference_faults[] = {
  FAULT (LAP, BedLap, id[0], 0),
  FAULT (LAP, BedLap, id[0], 0xff),
  FAULT (LAP, BedLap, easting, BED_MAX_METRES + 1),
  FAULT (LAP, BedLap, northing, BED_MAX_METRES + 1),
  FAULT (LAP, BedLap, district, 3),
  FAULT (LAP, BedLap, urgent_opens_min, 1441),
  FAULT (LAP, BedLap, urgent_closes_min, 1441),
  FAULT (DISTRICT, BedDistrict, id[0], 0),
  FAULT (DISTRICT, BedDistrict, easting, BED_MAX_METRES + 1),
  FAULT (DISTRICT, BedDistrict, northing, BED_MAX_METRES + 1),
  FAULT (CROSSING, BedCrossing, from, 3),
  FAULT (CROSSING, BedCrossing, to, BED_NONE_16),
  FAULT (UNIT, BedUnit, id[0], 0),
  FAULT (UNIT, BedUnit, easting, BED_MAX_METRES + 1),
  FAULT (UNIT, BedUnit, northing, G_MAXUINT32),
  FAULT (UNIT, BedUnit, first_bed, 1),
  FAULT (UNIT, BedUnit, first_bed, G_MAXUINT32),
  FAULT (UNIT, BedUnit, n_beds, 2),
  FAULT (UNIT, BedUnit, n_beds, 4),
  FAULT (UNIT, BedUnit, n_beds, G_MAXUINT32),
  FAULT (UNIT, BedUnit, district, 3),
  FAULT (UNIT, BedUnit, lap, 2),
  FAULT (UNIT, BedUnit, owner_kind, BED_OWNER_N),
  FAULT (UNIT, BedUnit, accepts, BED_ACCEPTS_N),
  FAULT (UNIT, BedUnit, is_proxy, 2),
  FAULT (UNIT, BedUnit, effective_from_us, G_MAXUINT64),
  FAULT (UNIT, BedUnit, effective_to_us, G_MAXINT64),
  FAULT (BED, BedBed, id[0], 0),
  FAULT (BED, BedBed, features, G_GUINT64_CONSTANT (1) << BED_NEED_N),
  FAULT (BED, BedBed, effective_from_us, G_MAXUINT64),
  FAULT (BED, BedBed, effective_to_us, G_MAXUINT64),
  FAULT (BED, BedBed, unit, 1),
  FAULT (BED, BedBed, unit, UNITS),
  FAULT (BED, BedBed, unit, BED_NONE),
  FAULT (BED, BedBed, flex, 1u << BED_TYPE_N),
  FAULT (BED, BedBed, type, BED_TYPE_N),
  FAULT (BED, BedBed, bay_sex, BED_BAY_SEX_N),
};

static guint64
section_offset (const Copy *copy, Section section)
{
  const guint64 offsets[N_SECTIONS]
      = { copy->header->lap_offset, copy->header->district_offset, copy->header->crossing_offset,
          copy->header->unit_offset, copy->header->bed_offset };

  return offsets[section];
}

static void
test_reference (gconstpointer user_data)
{
  const Fault *fault = user_data;
  g_auto (Copy) copy = copy_new ();

  assert_status (&copy, BED_TABLE_OK);
  memcpy (at (&copy, section_offset (&copy, fault->section) + fault->offset), &fault->value,
          fault->size);
  assert_status (&copy, BED_TABLE_DAMAGED);
}

/* Strings: not ended, and not UTF-8. */

static const Fault strings[] = {
  FAULT (LAP, BedLap, id, 0),           FAULT (LAP, BedLap, name, 0),
  FAULT (LAP, BedLap, area, 0),         FAULT (DISTRICT, BedDistrict, id, 0),
  FAULT (UNIT, BedUnit, id, 0),         FAULT (UNIT, BedUnit, name, 0),
  FAULT (UNIT, BedUnit, site, 0),       FAULT (UNIT, BedUnit, owner, 0),
  FAULT (UNIT, BedUnit, owner_name, 0), FAULT (UNIT, BedUnit, phone, 0),
  FAULT (BED, BedBed, id, 0),           FAULT (BED, BedBed, label, 0),
};

static void
test_strings_ended (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_auto (Copy) copy = copy_new ();
      char *string = at (&copy, section_offset (&copy, strings[i].section) + strings[i].offset);

      memset (string, 'x', strings[i].size);
      assert_status (&copy, BED_TABLE_DAMAGED);
      string[strings[i].size - 1] = '\0';
      assert_status (&copy, BED_TABLE_OK);
    }
}

static void
test_strings_utf8 (void)
{
  static const char *const good[]
      = { "", "Andover \xe2\x80\x93 War Memorial", "\xc2\x80", "\xf4\x8f\xbf\xbf" };
  static const char *const bad[] = { "\x80",         "\xc1\xbf",         "\xe0\x9f\xbf",
                                     "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                                     "\xf5",         "\xe2\x80",         "\xff" };
  g_auto (Copy) copy = copy_new ();
  BedUnit *unit = at (&copy, copy.header->unit_offset);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_strlcpy (unit->name, good[i], sizeof unit->name);
      assert_status (&copy, BED_TABLE_OK);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_strlcpy (unit->name, bad[i], sizeof unit->name);
      assert_status (&copy, BED_TABLE_DAMAGED);
    }
}

/* Rows. */

static const Fault unit_faults[] = {
  FAULT (UNIT, BedUnitRow, confirmed_at_us, G_MAXUINT64),
  FAULT (UNIT, BedUnitRow, cap_until_us, G_GUINT64_CONSTANT (1) << BED_TIME_BITS),
  FAULT (UNIT, BedUnitRow, counted, BEDS + 1),
  FAULT (UNIT, BedUnitRow, free, BEDS + 1),
  FAULT (UNIT, BedUnitRow, in_effect, BEDS + 1),
  FAULT (UNIT, BedUnitRow, flags, 64),
  FAULT (UNIT, BedUnitRow, closed_reason, BED_CLOSURE_N),
};

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
  FAULT (BED, BedBedRow, source, BED_SOURCE_N),
  FAULT (BED, BedBedRow, display, BED_DISPLAY_N),
  FAULT (BED, BedBedRow, bay_sex, BED_BAY_SEX_N),
  FAULT (BED, BedBedRow, flags, 64),
  FAULT (BED, BedBedRow, occupancy, 0xff),
  FAULT (BED, BedBedRow, service, 0x80),
  FAULT (BED, BedBedRow, flags, 0xff),
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
  FAULT (LAP, BedReferralRow, flags, 4),
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
          BED_COMMITMENT_N, BED_SOURCE_N,    BED_DISPLAY_N, BED_BAY_SEX_N, 64 };
  const BedTable table = { .sizes = { .referrals = 1, .beds = 1 } };

  for (guint member = 0; member < G_N_ELEMENTS (limits); member++)
    for (guint value = 0; value < 256; value++)
      {
        BedBedRow row = records_bed_row (1);

        (&row.occupancy)[member] = (guint8) value;
        g_assert_cmpint (bed_table_check_bed (&table, &row), ==, value < limits[member]);
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

/* Random damage. */

static void
read_everything (const BedTable *table)
{
  g_autofree BedUnitRow *units = g_new (BedUnitRow, table->sizes.units + 1);
  g_autofree BedBedRow *beds = g_new (BedBedRow, table->sizes.beds + 1);
  g_autofree BedReferralRow *referrals = g_new (BedReferralRow, table->sizes.referrals + 1);
  BedChange changes[CHANGES];
  BedRecent recent[BED_RECENT_LENGTH];
  BedHistory history[8];
  guint32 n_referrals;
  guint64 revision;
  guint64 position;

  if (bed_table_read_all (table, units, beds, referrals, &n_referrals, &revision))
    g_assert_cmpuint (n_referrals, <=, table->sizes.referrals);
  for (guint32 i = 0; i <= table->sizes.beds; i++)
    if (bed_table_read_bed (table, i, &beds[0]))
      g_assert_true (bed_table_check_bed (table, &beds[0]));
  for (guint32 i = 0; i <= table->sizes.units; i++)
    if (bed_table_read_unit (table, i, &units[0]))
      g_assert_true (bed_table_check_unit (table, &units[0]));
  for (guint32 i = 0; i <= table->sizes.referrals; i++)
    if (bed_table_read_referral (table, i, &referrals[0]))
      g_assert_true (bed_table_check_referral (table, &referrals[0]));
  for (guint i = 0; i < 4; i++)
    {
      position = i == 0 ? 0 : bed_table_get_changes_head (table) - i * 7;
      bed_table_read_changes (table, &position, changes, CHANGES);
      position = i == 0 ? 0 : bed_table_get_recent_head (table) - i * 7;
      bed_table_read_recent (table, &position, recent, BED_RECENT_LENGTH);
      position = i == 0 ? 0 : bed_table_get_history_head (table) - i * 7;
      bed_table_read_history (table, &position, history, 8);
    }
  bed_table_find_change (table, (guint64) g_test_rand_int ());
  bed_table_get_serving (table, NULL);
  for (guint32 i = 0; i < 3; i++)
    {
      const char *source = bed_table_peek_source (table, i);

      if (source)
        g_assert_cmpuint (strlen (source), <, BED_ID_SIZE);
    }
  for (guint32 i = 0; i < table->sizes.beds; i++)
    g_assert_cmpuint (table->beds[i].unit, <, table->sizes.units);
}

/* Header bytes are few and matter most: half of the damage goes there. */
static void
damage (const Copy *copy, guint n)
{
  guint8 *bytes = (guint8 *) copy->memory;

  for (guint i = 0; i < n; i++)
    {
      const gsize span = g_test_rand_bit () ? sizeof (BedHeader) : copy->size;
      const gsize where = (gsize) g_test_rand_int_range (0, (gint32) span);

      if (g_test_rand_bit ())
        bytes[where] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
      else
        bytes[where] = (guint8) g_test_rand_int ();
    }
}

/* g_test prints its seed, and takes one with --seed. */
static void
test_fuzz_before (void)
{
  g_auto (Copy) copy = copy_new ();
  g_autofree guint64 *clean = g_memdup2 (copy.memory, copy.size);
  guint n_opened = 0;

  for (guint round = 0; round < FUZZ_ROUNDS; round++)
    {
      BedTable table;

      memcpy (copy.memory, clean, copy.size);
      damage (&copy, (guint) g_test_rand_int_range (1, 4));
      if (bed_table_borrow (copy.memory, copy.size, &table) == BED_TABLE_OK)
        {
          n_opened++;
          read_everything (&table);
        }
    }
  g_test_message ("%u of %u opened", n_opened, FUZZ_ROUNDS);
  g_assert_cmpuint (n_opened, >, 0);
  g_assert_cmpuint (n_opened, <, FUZZ_ROUNDS);
}

/* Reference records are fixed once opened; all the rest may turn bad at any time. */
static void
test_fuzz_after (void)
{
  g_auto (Copy) copy = copy_new ();
  g_autofree guint64 *clean = g_memdup2 (copy.memory, copy.size);
  const gsize fixed_from = copy.header->lap_offset;
  const gsize fixed_to = copy.header->source_offset;

  for (guint round = 0; round < FUZZ_ROUNDS; round++)
    {
      BedTable table;

      memcpy (copy.memory, clean, copy.size);
      g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
      damage (&copy, (guint) g_test_rand_int_range (1, 64));
      memcpy (at (&copy, fixed_from), (char *) clean + fixed_from, fixed_to - fixed_from);
      read_everything (&table);
    }
}

static void
add_faults (const char *where, const Fault *faults, guint n, GTestDataFunc function)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/table/%s/%u-%s", where, i, faults[i].member);

      g_test_add_data_func (path, &faults[i], function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/open", test_open);
  g_test_add_func ("/table/open/not-a-memfd", test_open_not_a_memfd);
  g_test_add_func ("/table/open/bad-descriptor", test_open_bad_descriptor);
  g_test_add_func ("/table/open/missing-seal", test_open_missing_seal);
  g_test_add_func ("/table/open/short", test_open_short);
  g_test_add_func ("/table/open/misaligned", test_misaligned);
  g_test_add_func ("/table/status-words", test_status_words);
  g_test_add_func ("/table/header/words", test_header_words);
  g_test_add_func ("/table/header/no-epoch", test_no_epoch);
  g_test_add_func ("/table/header/huge-sizes", test_huge_sizes);
  add_faults ("reference", reference_faults, G_N_ELEMENTS (reference_faults), test_reference);
  g_test_add_func ("/table/strings/ended", test_strings_ended);
  g_test_add_func ("/table/strings/utf8", test_strings_utf8);
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
  g_test_add_func ("/table/fuzz/before", test_fuzz_before);
  g_test_add_func ("/table/fuzz/after", test_fuzz_after);
  return g_test_run ();
}
