/* test-reference-values.c: each thing that can be wrong with one value, told once: file, line, column.
 *
 * Every case starts from one small right set of files and changes one thing, so the fault that is
 * told is that one and nothing besides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference-files.h"

/* One wrong value, one fault. */
typedef struct
{
  const char *path;
  guint file;
  const char *was;
  const char *now;
  const char *fault; /* how it begins */
} WrongValue;

static const WrongValue wrong_values[] = {
  /* headers */
  { "column-missing", DISTRICTS, "district,easting,northing", "district,easting", "districts.csv:1:northing: column is missing" },
  { "column-unknown", LAPS, ",urgent_closes", ",urgent_closes,colour", "laps.csv:1:'colour': unknown column" },
  { "column-twice", CROSSINGS, ",why", ",why,why", "crossings.csv:1:why: column stands twice" },
  { "too-few-values", DISTRICTS, "SO51,435500,121000", "SO51,435500", "districts.csv:2:northing: 2 values under a header of 3" },
  { "too-many-values", DISTRICTS, "121000", "121000,7", "districts.csv:2:district: 4 values under a header of 3" },
  /* ids */
  { "id-empty", BEDS, "night-03,", ",", "beds.csv:5:bed: must not be empty" },
  { "id-charset", BEDS, "night-03", "Night!", "beds.csv:5:bed: 'Night!' is no id" },
  { "id-begins", BEDS, "night-03", "-03", "beds.csv:5:bed: '-03' is no id" },
  { "id-length", BEDS, "night-03", "a2345678901234567890123456789012", "beds.csv:5:bed: 'a2345678901234567890123456789012' is longer than 31" },
  { "id-twice", BEDS, "night-03", "night-02", "beds.csv:5:bed: 'night-02' stands in line 4 already" },
  { "district-form", DISTRICTS, "SO52,", "so52,", "districts.csv:5:district: 'so52' is no outward postcode" },
  { "district-whole-postcode", DISTRICTS, "SO52,", "SO52 2AB,", "districts.csv:5:district: 'SO52 2AB' is no outward" },
  { "district-twice", DISTRICTS, "SO52,", "SO51,", "districts.csv:5:district: 'SO51' stands in line 2 already" },
  /* numbers */
  { "number-word", DISTRICTS, "435500", "far", "districts.csv:2:easting: 'far' is no whole number" },
  { "number-sign", DISTRICTS, "435500", "-435500", "districts.csv:2:easting: '-435500' is no whole number" },
  { "number-fraction", BEDS, "220", "220.5", "beds.csv:2:safe_load_kg: '220.5' is no whole number" },
  { "number-huge", DISTRICTS, "435500", "99999999999999999999", "districts.csv:2:easting: '99999999999999999999' is not within 0 to 700000" },
  { "easting-off-grid", DISTRICTS, "435500", "700001", "districts.csv:2:easting: '700001' is not within" },
  { "northing-off-grid", UNITS, "121100", "1300001", "units.csv:2:northing: '1300001' is not within 0 to 1300000" },
  { "place-zero", DISTRICTS, "SO51,435500,121000", "SO51,0,0", "districts.csv:2:easting: 0, 0 means no place" },
  { "unit-place-zero", UNITS, "435600,121100", "0,0", "units.csv:2:easting: 0, 0 means no place" },
  { "unit-place-half", UNITS, "435600,121100", "435600,", "units.csv:2:northing: easting and northing stand together" },
  { "load-too-small", BEDS, "220", "20", "beds.csv:2:safe_load_kg: '20' is not within 50 to 1000" },
  { "bay-zero", BEDS, "Bed 1,1,", "Bed 1,0,", "beds.csv:2:bay: '0' is not within 1 to 65535" },
  { "fresh-zero", UNITS, "unit,240,", "unit,0,", "units.csv:2:fresh_day_min: '0' is not within 1" },
  { "stay-too-long", UNITS, "720,42,", "720,4200,", "units.csv:2:longest_stay_days: '4200' is not within" },
  /* words and texts */
  { "word-unknown", UNITS, ",unit,240", ",nobody,240", "units.csv:2:accepts: 'nobody' is none of: unit assessor lap" },
  { "owner-kind", UNITS, "county,east", "council,east", "units.csv:3:owner_kind: 'council' is none of: nhs county independent" },
  { "word-in-list", BEDS, "hoist|oxygen", "hoist|oxigen", "beds.csv:2:features: 'oxigen' is none of:" },
  { "list-twice", BEDS, "hoist|oxygen", "hoist|hoist", "beds.csv:2:features: 'hoist' stands twice" },
  { "list-empty-word", BEDS, "hoist|oxygen", "hoist|", "beds.csv:2:features: '' is none of:" },
  { "types-empty", UNITS, "rehab|step_down", "", "units.csv:2:types: must not be empty" },
  { "yes-or-no", UNITS, "published,no", "published,maybe", "units.csv:2:illustrative: 'maybe' is none of: 0 1 no yes" },
  { "label-length", BEDS, "Bed 1,", "The big bed by the window,", "beds.csv:2:label: 'The big bed by the window' is longer than 15" },
  { "name-line-break", LAPS, "West LAP", "\"West\nLAP\"", "laps.csv:2:name: 'West?LAP' holds a control character" },
  { "phone-letters", UNITS, "01632 960001", "ring Pat", "units.csv:2:phone: 'ring Pat' is no telephone number" },
  { "source-empty", UNITS, ",published,", ",,", "units.csv:2:source: must not be empty" },
  /* times */
  { "hour-form", LAPS, "07:00", "7:00", "laps.csv:2:urgent_opens: '7:00' is no time of day" },
  { "hour-range", LAPS, "20:00", "24:01", "laps.csv:2:urgent_closes: '24:01' is no time of day" },
  { "hour-minutes", LAPS, "20:00", "20:60", "laps.csv:2:urgent_closes: '20:60' is no time of day" },
  { "hours-order", LAPS, "20:00", "06:00", "laps.csv:2:urgent_closes: must be after urgent_opens" },
  { "date-form", UNITS, "2020-04-01,,published", "1 April 2020,,published", "units.csv:2:effective_from: '1 April 2020' is no date" },
  { "date-impossible", BEDS, "2020-04-01,,made up", "2021-02-29,,made up", "beds.csv:2:effective_from: '2021-02-29' is no date" },
  { "unit-ends-before-it-begins", UNITS, "2030-07-01", "2020-04-01", "units.csv:3:effective_to: must be after effective_from" },
  { "bed-ends-before-it-begins", BEDS, "2030-07-01", "2019-01-01", "beds.csv:3:effective_to: must be after effective_from" },
  { "as-of", UNITS, "no,2025,", "no,lately,", "units.csv:2:as_of: 'lately' is no year, month or date" },
  { "as-of-month", UNITS, "no,2025,", "no,2025-13,", "units.csv:2:as_of: '2025-13' is no year, month or date" },
  /* references */
  { "lap-district", LAPS, "SO51", "SO99", "laps.csv:2:district: 'SO99' is not in districts.csv" },
  { "crossing-from", CROSSINGS, "PO12,PO1", "PO99,PO1", "crossings.csv:2:from: 'PO99' is not in districts.csv" },
  { "crossing-to", CROSSINGS, "PO12,PO1", "PO12,PO99", "crossings.csv:2:to: 'PO99' is not in districts.csv" },
  { "unit-district", UNITS, "SO51,435600", "SO99,435600", "units.csv:2:district: 'SO99' is not in districts.csv" },
  { "unit-lap", UNITS, "nhs,west", "nhs,north", "units.csv:2:lap: 'north' is not in laps.csv" },
  { "bed-unit", BEDS, "night-03,night", "night-03,nacht", "beds.csv:5:unit: 'nacht' is not in units.csv" },
  /* crossings */
  { "crossing-to-itself", CROSSINGS, "PO12,PO1", "PO12,PO12", "crossings.csv:2:to: must not be the district it comes from" },
  { "crossing-shorter-than-straight", CROSSINGS, "24000", "3600", "crossings.csv:2:road_metres: the road cannot be shorter" },
  { "crossing-twice", CROSSINGS, "Portsmouth Harbour\n", "Harbour\nPO1,PO12,24000,back\n", "crossings.csv:3:to: this pair stands in an earlier line" },
  /* what must agree */
  { "staffed-cap", UNITS, "rehab|step_down,2,", "rehab|step_down,4,", "units.csv:2:staffed_cap: 4, but the unit has 3 beds" },
  { "owner-name", UNITS, "county,The County,county", "trust,The County,nhs", "units.csv:3:owner_name: 'trust' has another name in line 2" },
  { "owner-other-kind", UNITS, "county,The County,county", "trust,The Trust,county", "units.csv:3:owner_kind: 'trust' is of another kind in line 2" },
  { "label-twice", BEDS, "Bed 3,", "Bed 2,", "beds.csv:5:label: 'Bed 2' is the label of 'night-02' in line 4" },
  { "bay-two-sexes", BEDS, ",,,any", ",,,male", "beds.csv:4:bay_sex: the bay is any in line 2" },
  { "bay-single", BEDS, ",,,any", ",,,single", "beds.csv:4:bay_sex: single stands only where bay is empty" },
  { "room-not-single", BEDS, "ensuite,single", "ensuite,female", "beds.csv:5:bay_sex: must be single" },
  { "shared-single-room", BEDS, "hoist|oxygen", "hoist|single_room", "beds.csv:2:features: single_room, but bay says" },
  { "type-not-of-unit", BEDS, ",,d2a,", ",,chc,", "beds.csv:3:type: chc is none of the types of 'home'" },
  { "flex-own-type", BEDS, "step_down|gp", "rehab", "beds.csv:2:flex: rehab is the bed's own type" },
  /* CSV itself */
  { "quote-inside", CROSSINGS, "Portsmouth Harbour", "the \"Harbour\"", "crossings.csv:2:why: a quote stands inside" },
  { "text-after-quote", CROSSINGS, "Portsmouth Harbour", "\"Portsmouth\" Harbour", "crossings.csv:2:why: a quote stands inside" },
};

static void
test_wrong_value (gconstpointer user_data)
{
  const WrongValue *value = user_data;
  g_autofree char *text = replace_in (value->file, value->was, value->now);

  assert_text_fault (value->file, text, NULL, value->fault);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_values); i++)
    {
      g_autofree char *path = g_strconcat ("/reference/wrong/", wrong_values[i].path, NULL);

      g_test_add_data_func (path, &wrong_values[i], test_wrong_value);
    }
  return g_test_run ();
}
