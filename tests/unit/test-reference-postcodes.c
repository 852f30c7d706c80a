/* test-reference-postcodes.c: districts out of national files of postcodes, and their faults.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference-folder.h"

#include <json-glib/json-glib.h>

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
  return g_test_run ();
}
