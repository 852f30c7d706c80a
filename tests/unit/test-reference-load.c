/* test-reference-load.c: folders that cannot be read, records that are damaged, and the
 * demonstration's data as committed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference-folder.h"

#include <unistd.h>

/* Folders. */

static void
test_load (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder->path, &error);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = NULL;

  g_assert_no_error (error);
  reference = broker_reference_parse (files, NULL, faults);
  g_assert_nonnull (reference);
  g_assert_cmpuint (reference->sizes.beds, ==, 4);
}

/* Names sorted: the journal hashes this text. */
static void
test_load_is_canonical (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder->path, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (files, "{\"beds.csv\":\"bed,unit"));
  g_assert_true (strstr (files, "\"laps.csv\":\"") > strstr (files, "\"districts.csv\":\""));
  g_assert_true (strstr (files, "\"units.csv\":\"") > strstr (files, "\"laps.csv\":\""));
}

static void
test_load_missing (Folder *folder, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (folder->path, "laps.csv", NULL);

  g_remove (path);
  assert_load_fails (folder, G_FILE_ERROR_NOENT, "laps.csv: No such file");
}

static void
test_load_folder (Folder *folder, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (folder->path, "laps.csv", NULL);

  g_remove (path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "laps.csv: not a regular file");
}

static void
test_load_symlink_loop (Folder *folder, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (folder->path, "laps.csv", NULL);

  g_remove (path);
  g_assert_cmpint (symlink (path, path), ==, 0);
  assert_load_fails (folder, G_FILE_ERROR_LOOP, "laps.csv: Too many levels");
}

static void
test_load_not_utf8 (Folder *folder, gconstpointer user_data)
{
  write_file (folder->path, "laps.csv", "lap\nwest\n\xff\n", -1);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "laps.csv:3: not UTF-8");
}

static void
test_load_zero_byte (Folder *folder, gconstpointer user_data)
{
  write_file (folder->path, "laps.csv", "lap\nwe\0st\n", 10);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "laps.csv:2: not UTF-8");
}

static void
test_load_too_large (Folder *folder, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (folder->path, "laps.csv", NULL);

  g_assert_cmpint (truncate (path, BROKER_REFERENCE_FILE_MAX + 1L), ==, 0); /* sparse */
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "laps.csv: larger than 64 MiB");
}

static void
test_load_travel_times (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = NULL;

  write_file (folder->path, "travel_times.csv", "from,to,metres\n", -1);
  files = broker_reference_load (folder->path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (files, "\"travel_times.csv\":\"from,to,metres\\n\""));
}

static void
test_load_travel_times_folder (Folder *folder, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (folder->path, "travel_times.csv", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "travel_times.csv: not a regular file");
}

/* Records from a disk. */

static void
test_records_whole (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  g_assert_true (broker_reference_check (reference));
}

#define BREAK(case_name, statement)                                                                \
  static void test_records_##case_name (void)                                                      \
  {                                                                                                \
    g_autoptr (BrokerReference) reference = parse_right ();                                        \
    statement;                                                                                     \
    g_assert_false (broker_reference_check (reference));                                           \
  }

BREAK (unit_string, memset (reference->units[0].name, 'x', BED_NAME_SIZE))
BREAK (unit_lap, reference->units[0].lap = 2)
BREAK (unit_district, reference->units[0].district = 4)
BREAK (unit_beds, reference->units[0].n_beds = UINT32_MAX)
BREAK (unit_gap, reference->units[1].first_bed = 2)
BREAK (unit_word, reference->units[1].accepts = BED_ACCEPTS_N)
BREAK (bed_unit, reference->beds[0].unit = 1)
BREAK (bed_type, reference->beds[0].type = BED_TYPE_N)
BREAK (bed_features, reference->beds[0].features = UINT64_MAX)
BREAK (bed_surge, reference->beds[0].is_surge = 2)
BREAK (unit_hour, reference->units[0].latest_arrival_min = 1441)
BREAK (unit_admission, reference->units[0].admission = 8)
BREAK (bed_id, reference->beds[3].id[0] = '\0')
BREAK (lap_district, reference->laps[1].district = 4)
BREAK (crossing_district, reference->crossings[0].to = 4)
BREAK (district_string, memset (reference->districts[0].id, 'x', 8))
BREAK (sizes, reference->sizes.beds = BED_MAX_BEDS + 1)
BREAK (beds_over, reference->units[1].n_beds = 0)

/* The demonstration's data: all of it, as committed. */

static BrokerReference *
load_demo (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "demo", "hampshire", NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder, &error);
  g_autoptr (BrokerReference) reference = NULL;

  g_assert_no_error (error);
  reference = broker_reference_parse (files, NULL, faults);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_nonnull (reference);
  return g_steal_pointer (&reference);
}

static void
test_demo_is_right (void)
{
  g_autoptr (BrokerReference) reference = load_demo ();
  guint32 n_proxies = 0;

  g_assert_cmpuint (reference->sizes.units, ==, 29);
  for (guint32 i = 0; i < reference->sizes.units; i++)
    n_proxies += reference->units[i].is_proxy;
  g_assert_cmpuint (n_proxies, ==, 2);
}

/* 470 beds, 12 that open in a surge, and 50 places without a bed, of each kind. */
static void
test_demo_beds_and_places (void)
{
  g_autoptr (BrokerReference) reference = load_demo ();
  guint32 n_surge = 0;
  guint32 n_places = 0;
  guint32 kinds = 0;

  for (guint32 i = 0; i < reference->sizes.beds; i++)
    {
      const BedBed *bed = &reference->beds[i];
      const guint32 kind = 1u << bed->type & BED_PLACE_TYPES;

      n_surge += bed->is_surge;
      n_places += kind != 0;
      kinds |= kind;
    }
  g_assert_cmpuint (reference->sizes.beds, ==, 470 + 12 + 50);
  g_assert_cmpuint (n_surge, ==, 12);
  g_assert_cmpuint (n_places, ==, 50);
  g_assert_cmpuint (kinds, ==, BED_PLACE_TYPES);
}

/* Each rule of admission is there to be met. */
static void
test_demo_admission (void)
{
  g_autoptr (BrokerReference) reference = load_demo ();
  guint8 all = G_MAXUINT8;
  guint8 any = 0;
  guint n_latest = 0;
  guint n_gp = 0;

  for (guint32 i = 0; i < reference->sizes.units; i++)
    {
      const BedUnit *unit = &reference->units[i];

      all &= unit->admission;
      any |= unit->admission;
      n_latest += unit->latest_arrival_min != 0;
      n_gp += unit->gp_laps != 0;
    }
  g_assert_cmpuint (any, ==, BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS | BED_ADMITS_AFTER_OWN_ASSESSMENT);
  g_assert_cmpuint (all, ==, 0);
  g_assert_cmpuint (n_latest, >, 3);
  g_assert_cmpuint (n_gp, ==, 1);
}

/* Every kind of bed a demonstration needs is there. */
static void
test_demo_has_variety (void)
{
  g_autoptr (BrokerReference) reference = load_demo ();
  guint32 sexes[BED_BAY_SEX_N] = { 0 };
  guint64 features = 0;
  guint32 types = 0;

  for (guint32 i = 0; i < reference->sizes.beds; i++)
    {
      sexes[reference->beds[i].bay_sex]++;
      features |= reference->beds[i].features;
      types |= 1u << reference->beds[i].type;
    }
  for (guint i = 0; i < BED_BAY_SEX_N; i++)
    g_assert_cmpuint (sexes[i], >, 20);
  for (guint need = BED_NEED_SINGLE_ROOM; need <= BED_NEED_DEMENTIA; need++)
    g_assert_true (features >> need & 1);
  g_assert_cmpint (__builtin_popcount (types), >=, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_FOLDER ("/reference/load", test_load);
  ADD_FOLDER ("/reference/load-is-canonical", test_load_is_canonical);
  ADD_FOLDER ("/reference/load-missing", test_load_missing);
  ADD_FOLDER ("/reference/load-folder", test_load_folder);
  ADD_FOLDER ("/reference/load-symlink-loop", test_load_symlink_loop);
  ADD_FOLDER ("/reference/load-not-utf8", test_load_not_utf8);
  ADD_FOLDER ("/reference/load-zero-byte", test_load_zero_byte);
  ADD_FOLDER ("/reference/load-too-large", test_load_too_large);
  ADD_FOLDER ("/reference/load-travel-times", test_load_travel_times);
  ADD_FOLDER ("/reference/load-travel-times-folder", test_load_travel_times_folder);
  g_test_add_func ("/reference/records/whole", test_records_whole);
  g_test_add_func ("/reference/records/unit-string", test_records_unit_string);
  g_test_add_func ("/reference/records/unit-lap", test_records_unit_lap);
  g_test_add_func ("/reference/records/unit-district", test_records_unit_district);
  g_test_add_func ("/reference/records/unit-beds", test_records_unit_beds);
  g_test_add_func ("/reference/records/unit-gap", test_records_unit_gap);
  g_test_add_func ("/reference/records/unit-word", test_records_unit_word);
  g_test_add_func ("/reference/records/bed-unit", test_records_bed_unit);
  g_test_add_func ("/reference/records/bed-type", test_records_bed_type);
  g_test_add_func ("/reference/records/bed-features", test_records_bed_features);
  g_test_add_func ("/reference/records/bed-surge", test_records_bed_surge);
  g_test_add_func ("/reference/records/unit-hour", test_records_unit_hour);
  g_test_add_func ("/reference/records/unit-admission", test_records_unit_admission);
  g_test_add_func ("/reference/records/bed-id", test_records_bed_id);
  g_test_add_func ("/reference/records/lap-district", test_records_lap_district);
  g_test_add_func ("/reference/records/crossing-district", test_records_crossing_district);
  g_test_add_func ("/reference/records/district-string", test_records_district_string);
  g_test_add_func ("/reference/records/sizes", test_records_sizes);
  g_test_add_func ("/reference/records/beds-over", test_records_beds_over);
  g_test_add_func ("/reference/demo-is-right", test_demo_is_right);
  g_test_add_func ("/reference/demo-beds-and-places", test_demo_beds_and_places);
  g_test_add_func ("/reference/demo-admission", test_demo_admission);
  g_test_add_func ("/reference/demo-has-variety", test_demo_has_variety);
  return g_test_run ();
}
