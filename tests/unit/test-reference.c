/* test-reference.c: each thing that can be wrong with reference data, and what right data becomes.
 *
 * Every case starts from one small right set of files and changes one thing, so the fault that is
 * told is that one: file, line, column, and nothing besides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-reference.h"

#include "common/bed-json.h"
#include "common/bed-time.h"
#include "common/bed-words.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { DISTRICTS, LAPS, CROSSINGS, UNITS, BEDS, N_FILES };

static const char *const names[N_FILES]
    = { "districts.csv", "laps.csv", "crossings.csv", "units.csv", "beds.csv" };

/* Lines are counted from the header: 1. */
static const char *const right[N_FILES] = {
  "district,easting,northing\n"
  "SO51,435500,121000\n"
  "PO12,460800,100000\n"
  "PO1,464500,100000\n"
  "SO52,439500,120200\n", /* nobody refers to it */

  "lap,name,area,district,urgent_opens,urgent_closes\n"
  "west,West LAP,Test Valley,SO51,07:00,20:00\n"
  "east,East LAP,Gosport,PO12,08:30,24:00\n",

  "from,to,road_metres,why\n"
  "PO12,PO1,24000,Portsmouth Harbour\n",

  "unit,name,site,district,easting,northing,owner,owner_name,owner_kind,lap,types,staffed_cap,proxy,accepts,"
  "fresh_day_min,fresh_night_min,longest_stay_days,phone,effective_from,effective_to,source,illustrative,as_of,note\n"
  "night,Night Ward,Romsey Hospital,SO51,435600,121100,trust,The Trust,nhs,west,rehab|step_down,2,0,unit,240,720,42,"
  "01632 960001,2020-04-01,,published,no,2025,\n"
  "home,The Home,The Home,PO12,,,county,The County,county,east,d2a,,1,lap,720,1440,,,2020-04-01,2030-07-01,made up,"
  "yes,2025-03-31,\"by phone, daily\"\n",

  "bed,unit,label,bay,type,flex,features,bay_sex,safe_load_kg,effective_from,effective_to,source,illustrative\n"
  "night-01,night,Bed 1,1,rehab,step_down|gp,hoist|oxygen,any,220,2020-04-01,,made up,1\n"
  "home-01,home,Room 1,,d2a,,,single,,2020-04-01,2030-07-01,made up,1\n"
  "night-02,night,Bed 2,1,step_down,,,any,,2020-04-01,,made up,1\n"
  "night-03,night,Bed 3,,rehab,,ensuite,single,,2020-04-01,,made up,1\n",
};

/* texts as the one object; NULL leaves a file out. */
static char *
join_files (const char *const texts[N_FILES])
{
  g_auto (BedJson) json;

  bed_json_init (&json, 1024);
  bed_json_begin_object (&json);
  for (guint i = 0; i < N_FILES; i++)
    if (texts[i] != NULL)
      bed_json_add_string (&json, names[i], texts[i]);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

static BrokerReference *
parse_with (guint file, const char *text, const BrokerReference *before, GPtrArray *faults)
{
  const char *texts[N_FILES];
  g_autofree char *files = NULL;

  memcpy (texts, right, sizeof texts);
  if (file < N_FILES)
    texts[file] = text;
  files = join_files (texts);
  return broker_reference_parse (files, before, faults);
}

/* The right file with its first `was` replaced. */
static char *
replace_in (guint file, const char *was, const char *now)
{
  const char *at = strstr (right[file], was);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - right[file]), right[file], now, at + strlen (was));
}

static BrokerReference *
parse_right (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (N_FILES, NULL, NULL, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_nonnull (reference);
  g_assert_cmpuint (faults->len, ==, 0);
  return g_steal_pointer (&reference);
}

/* Exactly one fault, and it begins so. */
static void
assert_text_fault (guint file, const char *text, const BrokerReference *before, const char *fault)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (file, text, before, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_null (reference);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (g_str_has_prefix (faults->pdata[0], fault));
}

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
  g_assert_cmpuint (faults->len, ==, N_FILES);
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
    write_file (folder->path, names[i], right[i], -1);
}

static void
tear_down_folder (Folder *folder, gconstpointer user_data)
{
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

  g_assert_cmpuint (reference->sizes.units, ==, 25);
  g_assert_cmpuint (reference->sizes.beds, ==, 470);
  for (guint32 i = 0; i < reference->sizes.units; i++)
    n_proxies += reference->units[i].is_proxy;
  g_assert_cmpuint (n_proxies, ==, 2);
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
  for (guint i = 0; i < G_N_ELEMENTS (wrong_values); i++)
    {
      g_autofree char *path = g_strconcat ("/reference/wrong/", wrong_values[i].path, NULL);

      g_test_add_data_func (path, &wrong_values[i], test_wrong_value);
    }
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
#define ADD_FOLDER(path, test) g_test_add (path, Folder, NULL, set_up_folder, test, tear_down_folder)
  ADD_FOLDER ("/reference/load", test_load);
  ADD_FOLDER ("/reference/load-is-canonical", test_load_is_canonical);
  ADD_FOLDER ("/reference/load-missing", test_load_missing);
  ADD_FOLDER ("/reference/load-folder", test_load_folder);
  ADD_FOLDER ("/reference/load-symlink-loop", test_load_symlink_loop);
  ADD_FOLDER ("/reference/load-not-utf8", test_load_not_utf8);
  ADD_FOLDER ("/reference/load-zero-byte", test_load_zero_byte);
  ADD_FOLDER ("/reference/load-too-large", test_load_too_large);
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
  g_test_add_func ("/reference/records/bed-id", test_records_bed_id);
  g_test_add_func ("/reference/records/lap-district", test_records_lap_district);
  g_test_add_func ("/reference/records/crossing-district", test_records_crossing_district);
  g_test_add_func ("/reference/records/district-string", test_records_district_string);
  g_test_add_func ("/reference/records/sizes", test_records_sizes);
  g_test_add_func ("/reference/records/beds-over", test_records_beds_over);
  g_test_add_func ("/reference/demo-is-right", test_demo_is_right);
  g_test_add_func ("/reference/demo-has-variety", test_demo_has_variety);
  return g_test_run ();
}
