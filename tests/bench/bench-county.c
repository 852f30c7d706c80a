/* bench-county.c: writes rows as the gateway does, from a seeded series: always the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-county.h"

#include "common/bed-code.h"
#include "common/bed-json.h"
#include "common/bed-time.h"
#include "common/bed-words.h"

#define START_REVISION 1000

static guint64
mix (guint64 seed)
{
  seed = (seed ^ seed >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  seed = (seed ^ seed >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return seed ^ seed >> 31;
}

static guint
draw_number (guint64 seed, guint below)
{
  return (guint) (mix (seed * 7919 + 17) % below);
}

static void
print_unit (BedJson *json, guint unit)
{
  char id[16], name[32];
  g_snprintf (id, sizeof id, "unit-%u", unit);
  g_snprintf (name, sizeof name, "Linden House %u", unit);
  bed_json_begin_object (json);
  bed_json_add_string (json, "unit", id);
  bed_json_add_string (json, "name", name);
  bed_json_add_string (json, "site", name);
  bed_json_add_string (json, "owner", "somebody");
  bed_json_add_string (json, "owner_kind", bed_words_print (&bed_owner_kind_words, unit % BED_OWNER_N));
  bed_json_add_string (json, "lap", "winchester");
  bed_json_add_int (json, "easting", 448000 + draw_number (unit, 60000));
  bed_json_add_int (json, "northing", 129000 + draw_number (unit + 1000, 60000));
  bed_json_add_int (json, "staffed_cap", BENCH_COUNTY_BEDS_A_UNIT);
  bed_json_add_time (json, "confirmed_at", g_get_real_time () - draw_number (unit, 58) * BED_MINUTE_US);
  bed_json_end_object (json);
}

static void
print_bed (BedJson *json, guint bed, BedDisplay display)
{
  char id[24], unit[16], label[16];
  g_snprintf (unit, sizeof unit, "unit-%u", bed / BENCH_COUNTY_BEDS_A_UNIT);
  g_snprintf (id, sizeof id, "%s-%02u", unit, bed % BENCH_COUNTY_BEDS_A_UNIT + 1);
  g_snprintf (label, sizeof label, "Room %u", bed % BENCH_COUNTY_BEDS_A_UNIT + 1);
  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", id);
  bed_json_add_string (json, "unit", unit);
  bed_json_add_string (json, "label", label);
  bed_json_add_string (json, "type", bed_words_print (&bed_type_words, bed % BED_TYPE_SITTING));
  bed_json_add_string (json, "bay_sex", bed_words_print (&bed_bay_sex_words, bed % BED_BAY_SEX_N));
  bed_json_add_string (json, "display", bed_words_print (&bed_display_words, display));
  bed_json_add_bool (json, "offerable", display == BED_DISPLAY_FREE);
  bed_json_add_time (json, "confirmed_at", g_get_real_time ());
  if (display == BED_DISPLAY_HELD)
    {
      bed_json_add_time (json, "until", g_get_real_time () + BED_HOUR_US);
      bed_json_add_int (json, "hold_min", 60);
    }
  bed_json_name (json, "features");
  bed_json_begin_array (json);
  for (guint need = 0; need < BED_NEED_N; need++)
    if (draw_number (bed * 64 + need, 4) == 0)
      bed_json_string (json, bed_words_print (&bed_need_words, need));
  bed_json_end_array (json);
  bed_json_end_object (json);
}

static void
print_referral (BedJson *json, guint person, gboolean is_held)
{
  char code[BED_CODE_SIZE];
  gboolean is_urgent = person % 5 == 0;
  bed_code_print (mix (person + 4242), code);
  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", code);
  bed_json_add_string (json, "state", is_held ? "held" : "waiting");
  bed_json_add_string (json, "lane", is_urgent ? "urgent" : "flow");
  bed_json_name (json, "home");
  bed_json_begin_object (json);
  bed_json_add_string (json, "district", "SO51");
  bed_json_end_object (json);
  bed_json_name (json, "clocks");
  bed_json_begin_array (json);
  bed_json_begin_object (json);
  bed_json_add_string (json, "clock", is_urgent ? "ucr_response" : "ready_to_service");
  bed_json_add_time (json, "due_at", g_get_real_time () + draw_number (person, 1400) * BED_MINUTE_US);
  bed_json_end_object (json);
  bed_json_end_array (json);
  bed_json_end_object (json);
}

static BedDisplay
choose_display (guint64 seed)
{
  static const BedDisplay displays[] = { BED_DISPLAY_FREE, BED_DISPLAY_HELD, BED_DISPLAY_ACCEPTED, BED_DISPLAY_OCCUPIED,
                                         BED_DISPLAY_OCCUPIED, BED_DISPLAY_OCCUPIED, BED_DISPLAY_LEAVING,
                                         BED_DISPLAY_CLEANING };
  return displays[draw_number (seed, G_N_ELEMENTS (displays))];
}

static void
print_lap (BedJson *json)
{
  bed_json_begin_object (json);
  bed_json_add_string (json, "lap", "winchester");
  bed_json_add_string (json, "name", "Winchester LAP");
  bed_json_add_string (json, "area", "North & Mid Hampshire");
  bed_json_add_int (json, "easting", 448000);
  bed_json_add_int (json, "northing", 129000);
  bed_json_end_object (json);
}

JsonObject *
bench_county_snapshot (void)
{
  g_auto (BedJson) json = { 0 };
  g_autoptr (GError) error = NULL;
  bed_json_init (&json, 4096);
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "epoch", 1);
  bed_json_add_int (&json, "revision", START_REVISION);
  bed_json_add_int (&json, "page", 0);
  bed_json_add_int (&json, "pages", 1);
  bed_json_name (&json, "laps");
  bed_json_begin_array (&json);
  print_lap (&json);
  bed_json_end_array (&json);
  bed_json_name (&json, "units");
  bed_json_begin_array (&json);
  for (guint i = 0; i < BENCH_COUNTY_UNITS; i++)
    print_unit (&json, i);
  bed_json_end_array (&json);
  bed_json_name (&json, "beds");
  bed_json_begin_array (&json);
  for (guint i = 0; i < BENCH_COUNTY_BEDS; i++)
    print_bed (&json, i, choose_display (i));
  bed_json_end_array (&json);
  bed_json_name (&json, "referrals");
  bed_json_begin_array (&json);
  for (guint i = 0; i < BENCH_COUNTY_PEOPLE; i++)
    print_referral (&json, i, FALSE);
  bed_json_end_array (&json);
  bed_json_end_object (&json);
  g_autofree char *text = bed_json_steal (&json, NULL);
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
print_recent (BedJson *json, guint64 n, guint bed, BedDisplay display)
{
  char id[24], unit[16];
  g_snprintf (unit, sizeof unit, "unit-%u", bed / BENCH_COUNTY_BEDS_A_UNIT);
  g_snprintf (id, sizeof id, "%s-%02u", unit, bed % BENCH_COUNTY_BEDS_A_UNIT + 1);
  bed_json_begin_object (json);
  bed_json_add_int (json, "revision", (gint64) (START_REVISION + n));
  bed_json_add_time (json, "at", g_get_real_time ());
  bed_json_add_string (json, "event", "bed.reported");
  bed_json_add_string (json, "unit", unit);
  bed_json_add_string (json, "bed", id);
  bed_json_add_string (json, "display", bed_words_print (&bed_display_words, display));
  bed_json_end_object (json);
}

char *
bench_county_change (guint64 n)
{
  g_auto (BedJson) json = { 0 };
  guint bed = draw_number (n, BENCH_COUNTY_BEDS);
  BedDisplay display = choose_display (n + 99991);
  bed_json_init (&json, 1024);
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "from", (gint64) (START_REVISION + n - 1));
  bed_json_add_int (&json, "revision", (gint64) (START_REVISION + n));
  bed_json_add_time (&json, "at", g_get_real_time ());
  bed_json_name (&json, "beds");
  bed_json_begin_array (&json);
  print_bed (&json, bed, display);
  bed_json_end_array (&json);
  bed_json_name (&json, "referrals");
  bed_json_begin_array (&json);
  if (n % 10 == 0)
    print_referral (&json, draw_number (n, BENCH_COUNTY_PEOPLE), n / 10 % 2 == 0);
  bed_json_end_array (&json);
  bed_json_name (&json, "recent");
  bed_json_begin_array (&json);
  print_recent (&json, n, bed, display);
  bed_json_end_array (&json);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}
