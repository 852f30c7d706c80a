/* test-table.c: opening a map whose bytes may be anything: each check of descriptor, header and
 * reference records has a case that trips it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/table-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | 0x0010 /* F_SEAL_FUTURE_WRITE */ | F_SEAL_SEAL)

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
  return g_test_run ();
}
