/* test-reference.c: what right data becomes, where faults are said to stand, and what an import may
 * not change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference-files.h"

/* Right data. */

static void
test_right_records (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();
  const BedUnit *night = &reference->units[0];
  const BedUnit *home = &reference->units[1];

  g_assert_cmpuint (reference->sizes.districts, ==, 4);
  g_assert_cmpuint (reference->sizes.laps, ==, 2);
  g_assert_cmpuint (reference->sizes.crossings, ==, 1);
  g_assert_cmpuint (reference->sizes.units, ==, 2);
  g_assert_cmpuint (reference->sizes.beds, ==, 4);
  g_assert_cmpstr (night->name, ==, "Night Ward");
  g_assert_cmpuint (night->staffed_cap, ==, 2);
  g_assert_cmpuint (night->easting, ==, 435600);
  g_assert_cmpuint (night->fresh_day_s, ==, 240 * 60);
  g_assert_cmpuint (night->fresh_night_s, ==, 720 * 60);
  g_assert_cmpuint (night->accepts, ==, BED_ACCEPTS_UNIT);
  g_assert_cmpuint (night->is_proxy, ==, 0);
  g_assert_cmpuint (home->is_proxy, ==, 1);
  g_assert_cmpuint (home->lap, ==, 1);
  g_assert_cmpuint (home->owner_kind, ==, BED_OWNER_COUNTY);
  g_assert_cmpint (home->effective_to_us, >, home->effective_from_us);
}

static void
test_right_hours (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  g_assert_cmpuint (reference->laps[1].urgent_opens_min, ==, 8 * 60 + 30);
  g_assert_cmpuint (reference->laps[1].urgent_closes_min, ==, 24 * 60);
}

static void
test_beds_grouped_by_unit (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();
  static const char *const ids[] = { "night-01", "night-02", "night-03", "home-01" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (reference->beds[i].id, ==, ids[i]);
  g_assert_cmpuint (reference->units[0].first_bed, ==, 0);
  g_assert_cmpuint (reference->units[0].n_beds, ==, 3);
  g_assert_cmpuint (reference->units[1].first_bed, ==, 3);
  g_assert_cmpuint (reference->units[1].n_beds, ==, 1);
  g_assert_cmpuint (reference->beds[3].unit, ==, 1);
}

static void
test_features_and_flex (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  g_assert_cmpuint (reference->beds[0].features, ==,
                    G_GUINT64_CONSTANT (1) << BED_NEED_HOIST | G_GUINT64_CONSTANT (1) << BED_NEED_OXYGEN);
  g_assert_cmpuint (reference->beds[0].flex, ==, 1u << BED_TYPE_STEP_DOWN | 1u << BED_TYPE_GP);
  g_assert_cmpuint (reference->beds[0].safe_load_kg, ==, 220);
}

static void
test_own_room_is_single_room (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  g_assert_true (reference->beds[2].features >> BED_NEED_SINGLE_ROOM & 1);
  g_assert_false (reference->beds[1].features >> BED_NEED_SINGLE_ROOM & 1);
}

static void
test_unit_without_place (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  g_assert_cmpuint (reference->units[1].easting, ==, 460800);
  g_assert_cmpuint (reference->units[1].northing, ==, 100000);
}

static void
test_unit_without_cap (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  g_assert_cmpuint (reference->units[1].staffed_cap, ==, 1);
}

static void
test_header_order_is_free (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference
      = parse_with (CROSSINGS, "why,road_metres,to,from\nwater,24000,PO12,PO1\n", NULL, faults);

  g_assert_nonnull (reference);
  g_assert_cmpuint (reference->crossings[0].road_metres, ==, 24000);
  g_assert_cmpuint (reference->crossings[0].from, ==, 2);
  g_assert_cmpuint (reference->crossings[0].to, ==, 1);
}

static void
test_comments_and_excel (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference
      = parse_with (DISTRICTS,
                    "\xef\xbb\xbf# a \"comment\"\r\n\r\ndistrict,easting,northing\r\nSO51,435500,121000\r\n"
                    "# more\r\nPO12,\"460800\",100000\r\n\r\nPO1,464500,100000",
                    NULL, faults);

  g_assert_nonnull (reference);
  g_assert_cmpuint (reference->sizes.districts, ==, 3);
  g_assert_cmpuint (reference->districts[2].northing, ==, 100000);
}

static void
test_empty_crossings (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (CROSSINGS, "from,to,road_metres,why\n", NULL, faults);

  g_assert_nonnull (reference);
  g_assert_cmpuint (reference->sizes.crossings, ==, 0);
}

/* Lines. */

static void
test_line_after_quoted_newline (void)
{
  g_autofree char *text = replace_in (UNITS, "no,2025,\n", "no,2025,\"first\nsecond\nthird\"\n");
  g_autofree char *wrong = NULL;
  g_auto (GStrv) parts = g_strsplit (text, "county,east", 2);

  wrong = g_strjoin ("council,east", parts[0], parts[1], NULL);
  assert_text_fault (UNITS, wrong, NULL, "units.csv:5:owner_kind: 'council'");
}

static void
test_line_within_quoted_newline (void)
{
  assert_text_fault (CROSSINGS, "from,why,to,road_metres\nPO12,\"a\nb\",PO1,many\n", NULL,
                     "crossings.csv:3:road_metres: 'many' is no whole number");
}

static void
test_line_after_comments (void)
{
  assert_text_fault (CROSSINGS, "# one\n# two\n\nfrom,to,road_metres,why\n# five\nPO12,PO1,many,water\n", NULL,
                     "crossings.csv:6:road_metres: 'many' is no whole number");
}

static void
test_quote_not_closed_hides_nothing (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference
      = parse_with (CROSSINGS, "from,to,road_metres,why\nPO12,PO1,24000,\"water\nSO51,PO1,many,water\n", NULL, faults);

  g_assert_null (reference);
  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_cmpstr (faults->pdata[0], ==, "crossings.csv:2:why: a quote is not closed");
  g_assert_true (g_str_has_prefix (faults->pdata[1], "crossings.csv:3:road_metres:"));
}

static void
test_row_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("from,to,road_metres,why\nPO12,PO1,24000,\"");

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "0123456789\n");
  g_string_append (text, "\"\n");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (CROSSINGS, text->str, NULL, faults);

  g_assert_null (reference);
  g_assert_cmpstr (faults->pdata[0], ==, "crossings.csv:2:why: a quote is not closed");
}

static void
test_header_missing (void)
{
  assert_text_fault (CROSSINGS, "# nothing\n", NULL, "crossings.csv:1:from: the header line is missing");
}

static void
test_header_wrong_makes_no_noise (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (UNITS, "unit\nnight\nhome\n", NULL, faults);

  g_assert_null (reference);
  g_assert_cmpuint (faults->len, ==, 23);
  for (guint i = 0; i < faults->len; i++)
    g_assert_true (g_str_has_suffix (faults->pdata[i], ": column is missing"));
}

/* All of them, in one go. */

static void
test_all_faults_in_order (void)
{
  const char *texts[N_FILES] = { right[DISTRICTS], right[LAPS], right[CROSSINGS], right[UNITS], right[BEDS] };
  g_autofree char *beds = replace_in (BEDS, "Bed 1,1,rehab", "Bed 1,x,chalk");
  g_autofree char *laps = replace_in (LAPS, "SO51", "SO99");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *files = NULL;

  texts[BEDS] = beds;
  texts[LAPS] = laps;
  files = join_files (texts);
  g_assert_null (broker_reference_parse (files, NULL, faults));
  g_assert_cmpuint (faults->len, ==, 3);
  g_assert_true (g_str_has_prefix (faults->pdata[0], "laps.csv:2:district:"));
  g_assert_true (g_str_has_prefix (faults->pdata[1], "beds.csv:2:bay:"));
  g_assert_true (g_str_has_prefix (faults->pdata[2], "beds.csv:2:type:"));
}

static void
test_too_many_faults (void)
{
  g_autoptr (GString) text = g_string_new ("from,to,road_metres,why\n");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < BROKER_REFERENCE_FAULTS_MAX + 7; i++)
    g_string_append (text, "PO12,PO99,1,water\n");
  g_autoptr (BrokerReference) reference = parse_with (CROSSINGS, text->str, NULL, faults);

  g_assert_null (reference);
  g_assert_cmpuint (faults->len, ==, BROKER_REFERENCE_FAULTS_MAX + 1);
  g_assert_cmpstr (faults->pdata[BROKER_REFERENCE_FAULTS_MAX], ==, "and 7 more");
}

static void
test_too_many_laps (void)
{
  g_autoptr (GString) text = g_string_new (right[LAPS]);

  for (guint i = 0; i < BED_MAX_LAPS - 1; i++)
    g_string_append_printf (text, "lap-%u,Lap,Area,SO51,07:00,20:00\n", i);
  assert_text_fault (LAPS, text->str, NULL, "laps.csv:66:lap: more than 64 lines");
}

static void
test_value_is_quoted_safely (void)
{
  g_autofree char *text = replace_in (LAPS, "west,West", "\"\x1b[2J\nwest with a very long name that goes on and on\",West");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (LAPS, text, NULL, faults);

  g_assert_null (reference);
  g_assert_null (strpbrk (faults->pdata[0], "\x1b\n"));
  g_assert_nonnull (strstr (faults->pdata[0], "...'"));
}

static void
test_file_missing (void)
{
  assert_text_fault (BEDS, NULL, NULL, "beds.csv:1:bed: the file is missing");
}

static void
test_not_an_object (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  g_assert_null (broker_reference_parse ("[1, 2", NULL, faults));
  g_assert_cmpuint (faults->len, ==, N_FILES - 1); /* without travel times there is no fault */
}

/* Against the reference in force. */

static void
test_bed_may_not_disappear (void)
{
  g_autoptr (BrokerReference) before = parse_right ();
  g_autofree char *text = replace_in (BEDS, "night-03", "night-04");

  assert_text_fault (BEDS, text, before, "beds.csv:1:bed: 'night-03' is in the register and missing here");
}

static void
test_unit_may_not_be_renamed (void)
{
  g_autoptr (BrokerReference) before = parse_right ();
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  const char *texts[N_FILES] = { right[DISTRICTS], right[LAPS], right[CROSSINGS], right[UNITS], right[BEDS] };
  g_autofree char *units = replace_in (UNITS, "home,The Home", "house,The Home");
  g_autofree char *beds = replace_in (BEDS, "home-01,home", "home-01,house");
  g_autofree char *files = NULL;

  texts[UNITS] = units;
  texts[BEDS] = beds;
  files = join_files (texts);
  g_assert_null (broker_reference_parse (files, before, faults));
  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_true (g_str_has_prefix (faults->pdata[0], "units.csv:1:unit: 'home' is in the register"));
  g_assert_true (g_str_has_prefix (faults->pdata[1], "beds.csv:3:unit: 'home-01' is a bed of 'home'"));
}

static void
test_lap_may_not_disappear (void)
{
  g_autoptr (BrokerReference) before = parse_right ();
  g_autofree char *text = replace_in (LAPS, "east,East", "easter,East");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (LAPS, text, before, faults);

  g_assert_null (reference);
  g_assert_true (g_str_has_prefix (faults->pdata[0], "laps.csv:1:lap: 'east' is in the register"));
}

static void
test_amended_is_taken (void)
{
  g_autoptr (BrokerReference) before = parse_right ();
  g_autofree char *text = replace_in (BEDS, "made up,1\nnight-02", "made up,1\nhome-02,home,Room 2,,d2a,,,single,,2026-01-01,,made up,1\nnight-02");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (BEDS, text, before, faults);

  g_assert_nonnull (reference);
  g_assert_cmpuint (reference->sizes.beds, ==, 5);
  g_assert_cmpuint (reference->units[1].n_beds, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/right-records", test_right_records);
  g_test_add_func ("/reference/right-hours", test_right_hours);
  g_test_add_func ("/reference/beds-grouped-by-unit", test_beds_grouped_by_unit);
  g_test_add_func ("/reference/features-and-flex", test_features_and_flex);
  g_test_add_func ("/reference/own-room-is-single-room", test_own_room_is_single_room);
  g_test_add_func ("/reference/unit-without-place", test_unit_without_place);
  g_test_add_func ("/reference/unit-without-cap", test_unit_without_cap);
  g_test_add_func ("/reference/header-order-is-free", test_header_order_is_free);
  g_test_add_func ("/reference/comments-and-excel", test_comments_and_excel);
  g_test_add_func ("/reference/empty-crossings", test_empty_crossings);
  g_test_add_func ("/reference/line-after-quoted-newline", test_line_after_quoted_newline);
  g_test_add_func ("/reference/line-within-quoted-newline", test_line_within_quoted_newline);
  g_test_add_func ("/reference/line-after-comments", test_line_after_comments);
  g_test_add_func ("/reference/quote-not-closed-hides-nothing", test_quote_not_closed_hides_nothing);
  g_test_add_func ("/reference/row-too-long", test_row_too_long);
  g_test_add_func ("/reference/header-missing", test_header_missing);
  g_test_add_func ("/reference/header-wrong-makes-no-noise", test_header_wrong_makes_no_noise);
  g_test_add_func ("/reference/all-faults-in-order", test_all_faults_in_order);
  g_test_add_func ("/reference/too-many-faults", test_too_many_faults);
  g_test_add_func ("/reference/too-many-laps", test_too_many_laps);
  g_test_add_func ("/reference/value-is-quoted-safely", test_value_is_quoted_safely);
  g_test_add_func ("/reference/file-missing", test_file_missing);
  g_test_add_func ("/reference/not-an-object", test_not_an_object);
  g_test_add_func ("/reference/bed-may-not-disappear", test_bed_may_not_disappear);
  g_test_add_func ("/reference/unit-may-not-be-renamed", test_unit_may_not_be_renamed);
  g_test_add_func ("/reference/lap-may-not-disappear", test_lap_may_not_disappear);
  g_test_add_func ("/reference/amended-is-taken", test_amended_is_taken);
  return g_test_run ();
}
