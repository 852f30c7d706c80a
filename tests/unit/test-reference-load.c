/* test-reference-load.c: folders that cannot be read, records that are damaged, and the
 * demonstration's data as committed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference-files.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <unistd.h>

/* Folders. */

typedef struct
{
  char *path; /* owned */
} Folder;

static void
write_file (const char *folder, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
set_up_folder (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  folder->path = g_dir_make_tmp ("reference-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_FILES; i++)
    if (right[i] != NULL)
      write_file (folder->path, names[i], right[i], -1);
}

static void
tear_down_folder (Folder *folder, gconstpointer user_data)
{
  static const char *const more[] = { "onspd.csv", "codepoint/so.csv", "codepoint/po.csv", "codepoint/readme.txt", "codepoint" };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *path = g_build_filename (folder->path, more[i], NULL);

      g_remove (path);
    }
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_build_filename (folder->path, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder->path);
  g_free (folder->path);
}

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
assert_load_fails (const Folder *folder, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder->path, &error);

  g_assert_null (files);
  g_assert_error (error, G_FILE_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
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

/* Postcodes. */

static void
write_code_point (const Folder *folder, const char *name, const char *text)
{
  g_autofree char *codepoint = g_build_filename (folder->path, "codepoint", NULL);

  g_assert_cmpint (g_mkdir_with_parents (codepoint, 0700), ==, 0);
  write_file (codepoint, name, text, -1);
}

/* The districts that the folder gives, as they stand in the file. */
static void
assert_districts (const Folder *folder, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder->path, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = json_from_string (files, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "districts.csv"), ==, expected);
}

static void
remove_file (const Folder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

/* Centres of what its postcodes say, the files in order of name, other files left alone. */
static void
test_postcodes_code_point (Folder *folder, gconstpointer user_data)
{
  remove_file (folder, "districts.csv");
  write_code_point (folder, "so.csv",
                    "\"SO51 0AA\",10,435000,121000,\"E92000001\"\n\"SO510AB\",10,436001,121003,\"E92000001\"\n");
  write_code_point (folder, "po.csv", "\"PO1  3AX\",90,0,0\n\"PO1  3AY\",20,464500,100000\n");
  write_code_point (folder, "readme.txt", "no postcodes\n");
  assert_districts (folder, "district,easting,northing\nPO1,464500,100000\nSO51,435501,121002\n");
}

/* What districts.csv says itself is kept, in whatever order its columns stand. */
static void
test_postcodes_beside_districts (Folder *folder, gconstpointer user_data)
{
  write_file (folder->path, "districts.csv", "northing,district,easting\n1,SO51,2", -1);
  write_code_point (folder, "so.csv", "SO51 0AA,10,435000,121000\nSO52 9AA,10,439500,120200\n");
  assert_districts (folder, "northing,district,easting\n1,SO51,2\n120200,SO52,439500\n");
}

static void
test_postcodes_ons (Folder *folder, gconstpointer user_data)
{
  remove_file (folder, "districts.csv");
  write_file (folder->path, "onspd.csv",
              "pcd,pcds,doterm,oseast1m,osnrth1m,osgrdind\n"
              "SO510AA,SO51 0AA,,435000,121000,1\n"
              "SO510AB,SO51 0AB,202001,1,1,1\n" /* ended */
              "SO510AC,SO51 0AC,,,,9\n"
              "BT1 1AA,BT1 1AA,,333000,374000,1\n" /* the Irish grid */
              "GY1 1AA,GY1 1AA,,,,9\n",
              -1);
  assert_districts (folder, "district,easting,northing\nSO51,435000,121000\n");
}

static void
test_postcodes_ons_new_names (Folder *folder, gconstpointer user_data)
{
  remove_file (folder, "districts.csv");
  write_file (folder->path, "onspd.csv", "PCD7,north1m,east1m\nSO510AA,121000,435000\n", -1);
  assert_districts (folder, "district,easting,northing\nSO51,435000,121000\n");
}

/* Every fault, with its place. */
static void
test_postcodes_faults (Folder *folder, gconstpointer user_data)
{
  write_code_point (folder, "so.csv", "SO51 0AA,10,east,121000\nROMSEY,10,1,1\nSO51 0AB,10,435000\nA1A,10,1,1\n"
                                      "SO51 0A1,10,1,1\nSO51 0AC,10,435000,9999999\n");
  assert_load_fails (folder, G_FILE_ERROR_INVAL,
                     "codepoint/so.csv:1:eastings: 'east' is no whole number\n"
                     "codepoint/so.csv:2:postcode: 'ROMSEY' is no postcode such as SO51 0AA\n"
                     "codepoint/so.csv:3:northings: must not be empty\n"
                     "codepoint/so.csv:4:postcode: 'A1A' is no postcode such as SO51 0AA\n"
                     "codepoint/so.csv:5:postcode: 'SO51 0A1' is no postcode such as SO51 0AA\n"
                     "codepoint/so.csv:6:northings: '9999999' is not within 0 to 1300000");
}

static void
test_postcodes_fault_quote (Folder *folder, gconstpointer user_data)
{
  write_code_point (folder, "so.csv", "\"SO51 0AA,10,435000,121000\nSO51 0AB,10,435000,121000\n");
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "codepoint/so.csv:1:postcode: a quote is not closed");
}

static void
test_postcodes_fault_encoding (Folder *folder, gconstpointer user_data)
{
  write_code_point (folder, "so.csv", "SO51 0AB,10,435000,121000\n\xff\n");
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "codepoint/so.csv:2:postcode: not UTF-8");
}

static void
test_postcodes_fault_line (Folder *folder, gconstpointer user_data)
{
  g_autofree char *line = g_strnfill (20000, 'x');

  write_code_point (folder, "so.csv", line);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "codepoint/so.csv:1:postcode: the line is longer than 16384 bytes");
}

static void
test_postcodes_ons_column_missing (Folder *folder, gconstpointer user_data)
{
  write_file (folder->path, "onspd.csv", "pcds,oseast1m\nSO51 0AA,435000\n", -1);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "onspd.csv:1:osnrth1m: column is missing");
}

static void
test_postcodes_faults_are_limited (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < BROKER_REFERENCE_FAULTS_MAX + 7; i++)
    g_string_append (text, "ROMSEY,10,1,1\n");
  write_code_point (folder, "so.csv", text->str);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "\nand 7 more");
}

static void
test_postcodes_empty_folder (Folder *folder, gconstpointer user_data)
{
  write_code_point (folder, "readme.txt", "");
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "codepoint: 0 CSV files, not 1 to 1000");
}

static void
test_postcodes_not_a_file (Folder *folder, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (folder->path, "onspd.csv", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_load_fails (folder, G_FILE_ERROR_INVAL, "onspd.csv: Invalid argument");
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
#define ADD_FOLDER(path, test) g_test_add (path, Folder, NULL, set_up_folder, test, tear_down_folder)
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
  ADD_FOLDER ("/reference/postcodes/code-point", test_postcodes_code_point);
  ADD_FOLDER ("/reference/postcodes/beside-districts", test_postcodes_beside_districts);
  ADD_FOLDER ("/reference/postcodes/ons", test_postcodes_ons);
  ADD_FOLDER ("/reference/postcodes/ons-new-names", test_postcodes_ons_new_names);
  ADD_FOLDER ("/reference/postcodes/faults", test_postcodes_faults);
  ADD_FOLDER ("/reference/postcodes/fault-quote", test_postcodes_fault_quote);
  ADD_FOLDER ("/reference/postcodes/fault-encoding", test_postcodes_fault_encoding);
  ADD_FOLDER ("/reference/postcodes/fault-line", test_postcodes_fault_line);
  ADD_FOLDER ("/reference/postcodes/ons-column-missing", test_postcodes_ons_column_missing);
  ADD_FOLDER ("/reference/postcodes/faults-are-limited", test_postcodes_faults_are_limited);
  ADD_FOLDER ("/reference/postcodes/empty-folder", test_postcodes_empty_folder);
  ADD_FOLDER ("/reference/postcodes/not-a-file", test_postcodes_not_a_file);
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
