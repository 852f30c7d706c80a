/* model-county.c: a small county of its own: five units in two areas, one of each kind of trouble.
 *
 * `ward` has shared bays, a side room, a surge bed and answers for itself; `lodge` lets its LAP say
 * yes; `home` is kept by phone; `manor` lets a trusted assessor say yes and is choosy about hours;
 * `hub` has places instead of beds. The same table makes the CSV that the register imports and the
 * rows that the model begins with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#include "common/bed-json.h"

#include <string.h>

#define TYPE(name) (1u << BED_TYPE_##name)
#define NEED(name) (G_GUINT64_CONSTANT (1) << BED_NEED_##name)

const char *const county_laps[2] = { "east", "west" };
const char *const county_sources[3] = { "qa", "rhch", "surgery" };

const CountyDistrict county_districts[COUNTY_DISTRICTS] = {
  { "PO1", 0, 464500, 100000 },
  { "PO12", 0, 460800, 100000 },
  { "PO16", 0, 459000, 106500 },
  { "SO51", 1, 435500, 121000 },
};

enum
{
  HOME,
  HUB,
  LODGE,
  MANOR,
  WARD
};

const CountyUnit county_units[MODEL_UNITS] = {
  [HOME] = { "home", "PO1", "acme", "independent", "east", "rehab", BED_ACCEPTS_UNIT, 0,
             .is_proxy = TRUE, .fresh_day_min = 720, .fresh_night_min = 1440, .weekends = TRUE,
             .nights = FALSE, .flex_min = 60, .lives_days = 20, .first_bed = 0, .n_beds = 2 },
  [HUB] = { "hub", "PO16", "trust", "nhs", "east", "virtual_ward|home_reablement", BED_ACCEPTS_LAP,
            2, .is_of_places = TRUE, .fresh_day_min = 1440, .fresh_night_min = 1440,
            .weekends = TRUE, .nights = TRUE, .flex_min = 60, .first_bed = 2, .n_beds = 3 },
  [LODGE] = { "lodge", "PO12", "county", "county", "east", "d2a|rehab", BED_ACCEPTS_LAP, 0,
              .fresh_day_min = 240, .fresh_night_min = 720, .weekends = TRUE, .nights = TRUE,
              .flex_min = 45, .first_bed = 5, .n_beds = 3 },
  [MANOR]
  = { "manor", "SO51", "acme", "independent", "west", "rehab|respite", BED_ACCEPTS_ASSESSOR, 3,
      .fresh_day_min = 480, .fresh_night_min = 720, .weekends = FALSE, .nights = TRUE,
      .latest_min = 17 * 60, .gp_laps = 1u << 1, .flex_min = 60, .first_bed = 8, .n_beds = 3 },
  [WARD] = { "ward", "SO51", "trust", "nhs", "west", "rehab|step_down", BED_ACCEPTS_UNIT, 5,
             .fresh_day_min = 240, .fresh_night_min = 720, .weekends = TRUE, .nights = TRUE,
             .own_assessment = TRUE, .flex_min = 60, .first_bed = 11, .n_beds = 6 },
};

const CountyBed county_beds[MODEL_BEDS] = {
  { "home-01", HOME, 0, BED_TYPE_REHAB, 0, NEED (ENSUITE) | NEED (SINGLE_ROOM), BED_BAY_SEX_SINGLE,
    180 },
  { "home-02", HOME, 0, BED_TYPE_REHAB, TYPE (D2A), NEED (ENSUITE) | NEED (SINGLE_ROOM),
    BED_BAY_SEX_SINGLE, 0, .starts_days = 3 },
  { "hub-01", HUB, 0, BED_TYPE_VIRTUAL_WARD, 0, NEED (SINGLE_ROOM), BED_BAY_SEX_SINGLE, 0 },
  { "hub-02", HUB, 0, BED_TYPE_VIRTUAL_WARD, 0, NEED (SINGLE_ROOM), BED_BAY_SEX_SINGLE, 0 },
  { "hub-03", HUB, 0, BED_TYPE_HOME_REABLEMENT, 0, NEED (TWO_CARERS) | NEED (SINGLE_ROOM),
    BED_BAY_SEX_SINGLE, 0 },
  { "lodge-01", LODGE, 0, BED_TYPE_D2A, TYPE (REHAB), NEED (ENSUITE) | NEED (SINGLE_ROOM),
    BED_BAY_SEX_SINGLE, 180 },
  { "lodge-02", LODGE, 0, BED_TYPE_D2A, TYPE (REHAB),
    NEED (ENSUITE) | NEED (HOIST) | NEED (SINGLE_ROOM), BED_BAY_SEX_SINGLE, 250 },
  { "lodge-03", LODGE, 0, BED_TYPE_REHAB, 0,
    NEED (ISOLATION_ROOM) | NEED (OXYGEN) | NEED (SINGLE_ROOM), BED_BAY_SEX_SINGLE, 180 },
  { "manor-01", MANOR, 1, BED_TYPE_REHAB, TYPE (RESPITE), NEED (HOIST), BED_BAY_SEX_ANY, 180 },
  { "manor-02", MANOR, 1, BED_TYPE_REHAB, TYPE (RESPITE), 0, BED_BAY_SEX_ANY, 180 },
  { "manor-03", MANOR, 1, BED_TYPE_RESPITE, TYPE (REHAB), NEED (SMOKER), BED_BAY_SEX_ANY, 130 },
  { "ward-01", WARD, 1, BED_TYPE_REHAB, TYPE (STEP_DOWN), NEED (PROFILING_BED) | NEED (HOIST),
    BED_BAY_SEX_ANY, 180 },
  { "ward-02", WARD, 1, BED_TYPE_REHAB, TYPE (STEP_DOWN), NEED (PROFILING_BED), BED_BAY_SEX_ANY,
    180 },
  { "ward-03", WARD, 2, BED_TYPE_REHAB, 0, NEED (PROFILING_BED) | NEED (OXYGEN), BED_BAY_SEX_FEMALE,
    180 },
  { "ward-04", WARD, 0, BED_TYPE_REHAB, 0,
    NEED (ISOLATION_ROOM) | NEED (ENSUITE) | NEED (BARIATRIC) | NEED (SINGLE_ROOM),
    BED_BAY_SEX_SINGLE, 300 },
  { "ward-05", WARD, 3, BED_TYPE_STEP_DOWN, TYPE (REHAB), NEED (PROFILING_BED), BED_BAY_SEX_MALE,
    180 },
  { "ward-06", WARD, 1, BED_TYPE_REHAB, 0, NEED (PROFILING_BED), BED_BAY_SEX_ANY, 180,
    .is_surge = TRUE },
};

static void
print_bits (GString *text, guint64 bits, const BedWords *words)
{
  const char *bar = "";
  for (guint i = 0; i < words->n; i++)
    if (bits >> i & 1)
      {
        g_string_append_printf (text, "%s%s", bar, bed_words_print (words, i));
        bar = "|";
      }
}

/* A date so many days after the start, or nothing. */
static void
print_date (GString *text, gint64 start_us, int days)
{
  g_autoptr (GDateTime) date
      = g_date_time_new_from_unix_utc ((start_us + days * DAY_US) / SECOND_US);
  g_autofree char *written = g_date_time_format (date, "%Y-%m-%dT12:00:00Z");
  g_string_append (text, days != 0 ? written : "");
}

static char *
print_units (gint64 start_us)
{
  GString *text = g_string_new (
      "unit,name,site,district,easting,northing,owner,owner_name,owner_kind,lap,types,staffed_cap,"
      "proxy,"
      "accepts,fresh_day_min,fresh_night_min,longest_stay_days,phone,effective_from,effective_to,"
      "source,illustrative,as_of,note,weekends,nights,latest_arrival,own_assessment,gp_laps,"
      "flex_after_min\n");
  for (int i = 0; i < MODEL_UNITS; i++)
    {
      const CountyUnit *unit = &county_units[i];
      char cap[8] = "", latest[8] = "";
      if (unit->cap != 0)
        g_snprintf (cap, sizeof cap, "%d", unit->cap);
      if (unit->latest_min != 0)
        g_snprintf (latest, sizeof latest, "%02d:%02d", unit->latest_min / 60,
                    unit->latest_min % 60);
      g_string_append_printf (
          text, "%s,%s,%s,%s,,,%s,%s,%s,%s,%s,%s,%d,%s,%d,%d,42,01632 960001,2020-01-01,", unit->id,
          unit->id, unit->id, unit->district, unit->owner, unit->owner, unit->owner_kind, unit->lap,
          unit->types, cap, unit->is_proxy,
          bed_words_print (&bed_accepts_words, (guint)unit->accepts), unit->fresh_day_min,
          unit->fresh_night_min);
      print_date (text, start_us, unit->lives_days);
      g_string_append_printf (text, ",test,1,2026-11-01,,%s,%s,%s,%s,%s,%d\n",
                              unit->weekends ? "yes" : "no", unit->nights ? "yes" : "no", latest,
                              unit->own_assessment ? "yes" : "no", unit->gp_laps == 2 ? "west" : "",
                              unit->flex_min);
    }
  return g_string_free (text, FALSE);
}

static char *
print_beds (gint64 start_us)
{
  GString *text = g_string_new ("bed,unit,label,bay,type,flex,features,bay_sex,safe_load_kg,"
                                "effective_from,effective_to,source,"
                                "illustrative,surge\n");
  for (int i = 0; i < MODEL_BEDS; i++)
    {
      const CountyBed *bed = &county_beds[i];
      char bay[8] = "", load[8] = "";
      if (bed->bay != 0)
        g_snprintf (bay, sizeof bay, "%d", bed->bay);
      if (bed->load_kg != 0)
        g_snprintf (load, sizeof load, "%d", bed->load_kg);
      g_string_append_printf (text, "%s,%s,Bed %d,%s,%s,", bed->id, county_units[bed->unit].id, i,
                              bay, bed_words_print (&bed_type_words, (guint)bed->type));
      print_bits (text, bed->flex, &bed_type_words);
      g_string_append_c (text, ',');
      print_bits (text, bed->features, &bed_need_words);
      g_string_append_printf (text, ",%s,%s,",
                              bed_words_print (&bed_bay_sex_words, (guint)bed->bay_sex), load);
      if (bed->starts_days != 0)
        print_date (text, start_us, bed->starts_days);
      else
        g_string_append (text, "2020-01-01");
      g_string_append_printf (text, ",,test,1,%s\n", bed->is_surge ? "yes" : "no");
    }
  return g_string_free (text, FALSE);
}

char *
county_files (gint64 start_us)
{
  g_autofree char *units = print_units (start_us), *beds = print_beds (start_us);
  g_autoptr (GString) districts = g_string_new ("district,easting,northing\n");
  for (int i = 0; i < COUNTY_DISTRICTS; i++)
    g_string_append_printf (districts, "%s,%d,%d\n", county_districts[i].id,
                            county_districts[i].easting, county_districts[i].northing);
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 8192);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "beds.csv", beds);
  bed_json_add_string (&json, "crossings.csv",
                       "from,to,road_metres,why\nPO12,PO1,24000,Portsmouth Harbour\n");
  bed_json_add_string (&json, "districts.csv", districts->str);
  bed_json_add_string (&json, "laps.csv",
                       "lap,name,area,district,urgent_opens,urgent_closes\n"
                       "east,East LAP,East,PO16,07:00,20:00\n"
                       "west,West LAP,West,SO51,07:00,20:00\n");
  bed_json_add_string (&json, "units.csv", units);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}
