/* test-reference-more.c: columns and files that need not be there: admission, surge, travel times.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference-files.h"

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
    { "flex_after_min", "10081", "units.csv:2:flex_after_min: '10081' is not within 0 to 10080" },
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
