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

/* What need not be there. */

static BrokerReference *
parse_more (guint file, const char *text)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (file, text, NULL, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_nonnull (reference);
  return g_steal_pointer (&reference);
}

static void
assert_admission_defaults (const BedUnit *unit)
{
  g_assert_cmpuint (unit->admission, ==, BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS);
  g_assert_cmpuint (unit->latest_arrival_min, ==, 0);
  g_assert_cmpuint (unit->gp_laps, ==, 0);
  g_assert_cmpuint (unit->flex_after_min, ==, 60);
}

static void
test_columns_absent (void)
{
  g_autoptr (BrokerReference) reference = parse_right ();

  assert_admission_defaults (&reference->units[0]);
  g_assert_cmpuint (reference->beds[0].is_surge, ==, 0);
}

static void
test_columns_given_and_empty (void)
{
  g_autofree char *text = add_columns (UNITS, "weekends,nights,latest_arrival,own_assessment,gp_laps,flex_after_min",
                                       "no,no,18:30,yes,east|west,0", ",,,,,");
  g_autoptr (BrokerReference) reference = parse_more (UNITS, text);
  const BedUnit *night = &reference->units[0];

  g_assert_cmpuint (night->admission, ==, BED_ADMITS_AFTER_OWN_ASSESSMENT);
  g_assert_cmpuint (night->latest_arrival_min, ==, 18 * 60 + 30);
  g_assert_cmpuint (night->gp_laps, ==, 3);
  g_assert_cmpuint (night->flex_after_min, ==, 0);
  assert_admission_defaults (&reference->units[1]);
}

static void
test_admission_one_each (void)
{
  g_autofree char *text = add_columns (UNITS, "gp_laps,nights", "east,yes", ",no");
  g_autoptr (BrokerReference) reference = parse_more (UNITS, text);

  g_assert_cmpuint (reference->units[0].gp_laps, ==, 2);
  g_assert_cmpuint (reference->units[1].admission, ==, BED_ADMITS_WEEKENDS);
}

static void
test_surge_beds (void)
{
  g_autofree char *text = add_columns (BEDS, "surge", "yes", "no");
  g_autoptr (BrokerReference) reference = parse_more (BEDS, text);

  g_assert_cmpuint (reference->beds[0].is_surge, ==, 1);
  g_assert_cmpuint (reference->beds[1].is_surge, ==, 0);
}

/* After the crossings, sorted by pair, each way as it stands. */
static void
test_travel_times (void)
{
  g_autoptr (BrokerReference) reference
      = parse_more (TRAVELS, "from,to,metres\nPO1,SO51,45000\nSO51,PO12,41000\nPO12,SO51,40000\n");
  static const BedCrossing expected[] = { { 1, 2, 24000, 0 }, { 0, 1, 41000, 1 }, { 1, 0, 40000, 1 }, { 2, 0, 45000, 1 } };

  g_assert_cmpuint (reference->sizes.crossings, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const BedCrossing *road = &reference->crossings[i];

      g_assert_cmpuint (road->road_metres, ==, expected[i].road_metres);
      g_assert_cmpuint (road->is_table, ==, expected[i].is_table);
      if (i > 0)
        g_assert_true (road->from == expected[i].from && road->to == expected[i].to);
    }
}

static void
test_travel_time_shorter_than_straight (void)
{
  g_autoptr (BrokerReference) reference = parse_more (TRAVELS, "from,to,metres\nPO1,SO51,1\n");

  g_assert_cmpuint (reference->crossings[1].road_metres, ==, 1);
}

static void
assert_travel_fault (const char *text, const char *fault)
{
  assert_text_fault (TRAVELS, text, NULL, fault);
}

static void
test_travel_faults (void)
{
  assert_travel_fault ("from,to\n", "travel_times.csv:1:metres: column is missing");
  assert_travel_fault ("", "travel_times.csv:1:from: the header line is missing");
  assert_travel_fault ("from,to,metres\nPO99,PO1,5\n", "travel_times.csv:2:from: 'PO99' is not in districts.csv");
  assert_travel_fault ("from,to,metres\nPO1,PO99,5\n", "travel_times.csv:2:to: 'PO99' is not in districts.csv");
  assert_travel_fault ("from,to,metres\nPO1,PO1,5\n", "travel_times.csv:2:to: must not be the district it comes from");
  assert_travel_fault ("from,to,metres\nPO1,PO12,0\n", "travel_times.csv:2:metres: '0' is not within 1 to 1000000");
  assert_travel_fault ("from,to,metres\nPO1,PO12,9\nPO12,PO1,9\nPO1,PO12,9\n",
                       "travel_times.csv:4:to: this pair stands in an earlier line");
}

static void
test_too_many_travel_times (void)
{
  g_autoptr (GString) text = g_string_new ("from,to,metres\n");
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = NULL;
  g_autofree char *expected = g_strdup_printf ("travel_times.csv:%u:from: more than %u lines", BED_MAX_TRAVELS + 2,
                                               BED_MAX_TRAVELS);

  for (guint i = 0; i < BED_MAX_TRAVELS + 1; i++) /* the same over and over: told up to a limit */
    g_string_append (text, "PO1,PO12,9\n");
  reference = parse_with (TRAVELS, text->str, NULL, faults);
  g_assert_null (reference);
  g_assert_cmpuint (faults->len, ==, BROKER_REFERENCE_FAULTS_MAX + 1);
  g_assert_cmpstr (faults->pdata[BROKER_REFERENCE_FAULTS_MAX - 1], ==, expected); /* listed by line */
}

static void
test_column_faults (void)
{
  static const char *const cases[][3] = {
    { "weekends", "perhaps", "units.csv:2:weekends: 'perhaps' is none of: 0 1 no yes" },
    { "nights", "2", "units.csv:2:nights: '2' is none of: 0 1 no yes" },
    { "own_assessment", "x", "units.csv:2:own_assessment: 'x' is none of: 0 1 no yes" },
    { "latest_arrival", "6pm", "units.csv:2:latest_arrival: '6pm' is no time of day" },
    { "latest_arrival", "00:00", "units.csv:2:latest_arrival: 00:00 would take nobody" },
    { "gp_laps", "north", "units.csv:2:gp_laps: 'north' is not in laps.csv" },
    { "gp_laps", "west|west", "units.csv:2:gp_laps: 'west' stands twice" },
    { "gp_laps", "West", "units.csv:2:gp_laps: 'West' is no id" },
    { "flex_after_min", "1441", "units.csv:2:flex_after_min: '1441' is not within 0 to 1440" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = add_columns (UNITS, cases[i][0], cases[i][1], "");

      assert_text_fault (UNITS, text, NULL, cases[i][2]);
    }
  g_autofree char *beds = add_columns (BEDS, "surge", "often", "");
  assert_text_fault (BEDS, beds, NULL, "beds.csv:2:surge: 'often' is none of: 0 1 no yes");
}

static void
test_places_apart_from_beds (void)
{
  g_autofree char *unit = replace_in (UNITS, "rehab|step_down", "rehab|step_down|sitting");
  g_autofree char *flex = replace_in (BEDS, "step_down|gp", "step_down|virtual_ward");

  assert_text_fault (UNITS, unit, NULL, "units.csv:2:types: a unit has either beds or places without them");
  assert_text_fault (BEDS, flex, NULL, "beds.csv:2:flex: a bed is no place without a bed");
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
  g_test_add_func ("/reference/columns-absent", test_columns_absent);
  g_test_add_func ("/reference/columns-given-and-empty", test_columns_given_and_empty);
  g_test_add_func ("/reference/admission-one-each", test_admission_one_each);
  g_test_add_func ("/reference/surge-beds", test_surge_beds);
  g_test_add_func ("/reference/travel-times", test_travel_times);
  g_test_add_func ("/reference/travel-time-shorter-than-straight", test_travel_time_shorter_than_straight);
  g_test_add_func ("/reference/travel-faults", test_travel_faults);
  g_test_add_func ("/reference/too-many-travel-times", test_too_many_travel_times);
  g_test_add_func ("/reference/column-faults", test_column_faults);
  g_test_add_func ("/reference/places-apart-from-beds", test_places_apart_from_beds);
  return g_test_run ();
}
