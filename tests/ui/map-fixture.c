/* map-fixture.c: units at the centres of their districts, as the demonstration has them.
 *
 * Nothing here is random. Beds that suit are those of the table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-fixture.h"

#include "board/desk/desk-board.h"
#include "common/bed-code.h"
#include "common/bed-time.h"

static const struct
{
  const char *id;
  const char *name;
  const char *site;
  const char *kind;
  guint easting;
  guint northing;
  guint n_free;
  guint n_suiting;
  guint metres; /* from SO51 */
  gboolean is_stale;
} units[] = {
  { "anstey", "Anstey Ward", "Alton Community Hospital", "nhs", 471800, 139300, 0, 0, 52900, FALSE },
  { "inwood", "Inwood Ward", "Alton Community Hospital", "nhs", 471800, 139300, 1, 0, 52900, FALSE },
  { "cedar", "Cedar Ward", "Petersfield Community Hospital", "nhs", 472500, 123500, 2, 2, 48200, FALSE },
  { "ark-royal", "Ark Royal Ward", "Gosport War Memorial Hospital", "nhs", 460800, 100000, 1, 0, 42700, FALSE },
  { "deerleap", "Deerleap Ward", "Lymington New Forest Hospital", "nhs", 432500, 95500, 2, 2, 33400, FALSE },
  { "nightingale", "Nightingale Ward", "Romsey Hospital", "nhs", 435500, 121000, 2, 0, 1000, FALSE },
  { "kingfisher", "Kingfisher Ward", "Andover War Memorial Hospital", "nhs", 436500, 145500, 1, 0, 31900, FALSE },
  { "ford", "Ford Ward", "Fordingbridge Hospital", "nhs", 414700, 114000, 0, 0, 28500, FALSE },
  { "clarence", "Clarence Unit", "Woodcot Lodge", "county", 457500, 101300, 2, 2, 38300, FALSE },
  { "willow-court", "Willow Court", "Willow Court", "county", 436500, 145500, 2, 2, 31900, FALSE },
  { "forest-court", "Forest Court", "Forest Court, Calmore", "county", 436000, 116000, 0, 0, 6500, FALSE },
  { "malmesbury-lawn", "Malmesbury Lawn", "Malmesbury Lawn, Leigh Park", "county", 471700, 106800, 1, 0, 50600, FALSE },
  { "westholme", "Westholme", "Westholme, Harestock", "county", 446500, 129500, 1, 0, 18100, FALSE },
  { "calthorpe", "Calthorpe Ward", "Fleet Community Hospital", "nhs", 480500, 154500, 1, 0, 73000, FALSE },
  { "spinnaker", "Spinnaker Ward", "St Mary's Community Campus", "nhs", 466800, 103000, 0, 0, 47000, FALSE },
  { "keats", "Keats Ward", "Western Community Hospital", "nhs", 440500, 116000, 3, 0, 9200, FALSE },
  { "conan-doyle", "Conan Doyle Ward", "Western Community Hospital", "nhs", 440500, 116000, 0, 0, 9200, FALSE },
  { "harrow-lodge", "Harrow Lodge", "Harrow Lodge", "independent", 461000, 149800, 1, 1, 50000, TRUE },
  { "chalk-hill", "Chalk Hill House", "Chalk Hill House", "independent", 446500, 148000, 1, 0, 37900, TRUE },
  { "meon-view", "Meon View", "Meon View", "independent", 455500, 117500, 0, 0, 26400, FALSE },
  { "avon-water", "Avon Water", "Avon Water", "independent", 425500, 95000, 0, 0, 36200, FALSE },
  { "itchen-court", "Itchen Court", "Itchen Court", "independent", 448200, 129500, 1, 0, 19900, FALSE },
};

#define BEDS 6 /* of each unit; the first are free */

static const struct
{
  const char *state;
  const char *home;
  guint easting;
  guint northing;
  const char *bed;
  const char *transport;
  int expected_min; /* from now; 0: no time is known */
  int ready_min;    /* ago */
} people[MAP_N_PEOPLE] = {
  [MAP_PERSON_HELD] = { "held", "SO51", 435500, 121000, "willow-court-6", NULL, 0, 152 },
  [MAP_PERSON_WAITING] = { "waiting", "SO22", 446500, 129500, NULL, NULL, 0, 1320 },
  [MAP_PERSON_FAR] = { "waiting", "PO7", 468200, 109500, NULL, NULL, 0, 365 },
  [MAP_PERSON_NO_TRANSPORT] = { "accepted", "SO23", 448200, 129500, "westholme-5", NULL, 0, 300 },
  [MAP_PERSON_CANCELLED] = { "accepted", "RG21", 463700, 151500, "inwood-5", "cancelled", 200, 420 },
  [MAP_PERSON_TONIGHT] = { "accepted", "SO22", 446500, 129500, "nightingale-5", "booked", 93, 240 },
  [MAP_PERSON_LATE] = { "in_transit", "SP11", 437000, 148500, "kingfisher-5", "booked", -180, 600 },
  [MAP_PERSON_ARRIVED] = { "arrived", "SO41", 432500, 95500, "deerleap-5", NULL, 0, 1500 },
};

const char *
map_fixture_code (guint person)
{
  static char codes[MAP_N_PEOPLE][BED_CODE_SIZE];

  bed_code_print ((person + 31) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), codes[person]);
  return codes[person];
}

static void
print_time (GString *json, const char *name, int minutes)
{
  char time[BED_TIME_SIZE];

  bed_time_print (STAGE_NOW_US + minutes * BED_MINUTE_US, time);
  g_string_append_printf (json, "\"%s\":\"%s\"", name, time);
}

static void
print_unit (GString *json, guint i)
{
  g_string_append_printf (json,
                          "{\"unit\":\"%s\",\"name\":\"%s\",\"site\":\"%s\",\"owner\":\"hcc\",\"owner_kind\":\"%s\","
                          "\"lap\":\"winchester\",\"easting\":%u,\"northing\":%u,\"staffed_cap\":%d,"
                          "\"rules\":{\"accepts\":\"unit\"},\"stale\":%s,",
                          units[i].id, units[i].name, units[i].site, units[i].kind, units[i].easting, units[i].northing,
                          BEDS, units[i].is_stale ? "true" : "false");
  print_time (json, "confirmed_at", units[i].is_stale ? -500 : -9);
  g_string_append (json, "}");
}

static const char *
find_display (const char *bed)
{
  for (guint i = 0; i < MAP_N_PEOPLE; i++)
    if (people[i].bed != NULL && g_str_equal (people[i].bed, bed))
      return g_str_equal (people[i].state, "arrived") ? "occupied" : people[i].state;
  return "occupied";
}

static void
print_bed (GString *json, guint unit, guint bed)
{
  g_autofree char *id = g_strdup_printf ("%s-%u", units[unit].id, bed + 1);
  gboolean is_free = bed < units[unit].n_free;

  g_string_append_printf (json,
                          "{\"bed\":\"%s\",\"unit\":\"%s\",\"label\":\"Room %u\",\"type\":\"rehab\",\"bay_sex\":\"single\","
                          "\"display\":\"%s\",\"offerable\":%s,\"stale\":%s}",
                          id, units[unit].id, bed + 1, is_free ? "free" : find_display (id),
                          is_free && !units[unit].is_stale ? "true" : "false", units[unit].is_stale ? "true" : "false");
}

static void
print_person (GString *json, guint i)
{
  g_string_append_printf (json,
                          "{\"referral\":\"%s\",\"state\":\"%s\",\"lane\":\"flow\",\"pathway\":\"supported\",\"type\":\"rehab\","
                          "\"needs\":{\"must\":[\"hoist\"]},\"sex\":\"female\",\"age_band\":\"75_84\","
                          "\"home\":{\"district\":\"%s\",\"easting\":%u,\"northing\":%u},\"lap\":\"winchester\","
                          "\"source\":\"hampshire-hospitals\",\"agreed\":\"yes\",\"clocks\":[],",
                          map_fixture_code (i), people[i].state, people[i].home, people[i].easting, people[i].northing);
  print_time (json, "submitted_at", -people[i].ready_min);
  g_string_append (json, ",");
  print_time (json, "ready_at", -people[i].ready_min);
  if (people[i].bed != NULL)
    g_string_append_printf (json, ",\"bed\":\"%s\"", people[i].bed);
  if (people[i].transport != NULL)
    g_string_append_printf (json, ",\"transport\":\"%s\"", people[i].transport);
  if (people[i].expected_min != 0)
    {
      g_string_append (json, ",");
      print_time (json, "expected_at", people[i].expected_min);
    }
  if (i == MAP_PERSON_HELD)
    {
      g_string_append (json, ",\"hold_min\":30,");
      print_time (json, "until", 12);
    }
  g_string_append (json, "}");
}

char *
map_fixture_snapshot (gboolean has_people)
{
  GString *json = g_string_new ("{\"epoch\":77,\"revision\":4100,\"page\":1,\"pages\":1,\"laps\":[{\"lap\":\"winchester\","
                                "\"name\":\"Winchester LAP\",\"area\":\"Hampshire\",\"easting\":448000,\"northing\":129000}],"
                                "\"units\":[");

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      print_unit (json, i);
    }
  g_string_append (json, "],\"beds\":[");
  for (guint i = 0; i < G_N_ELEMENTS (units) * BEDS; i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      print_bed (json, i / BEDS, i % BEDS);
    }
  g_string_append (json, "],\"referrals\":[");
  for (guint i = 0; i < (has_people ? MAP_N_PEOPLE : 0); i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      print_person (json, i);
    }
  g_string_append (json, "],\"recent\":[],\"history\":[");
  for (int quarter = 0; quarter < 96; quarter++)
    {
      g_string_append_printf (json, "%s{\"lap\":\"winchester\",\"occupied\":%d,", quarter > 0 ? "," : "", 108 - quarter / 12);
      print_time (json, "at", (quarter - 95) * 15 - 12);
      g_string_append (json, "}");
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

/* --- answers --- */

/* Nearest first, as the register ranks them. */
char *
map_fixture_offers (void)
{
  static const guint order[] = { 9, 4, 8, 2, 17 };
  GString *json = g_string_new ("{\"revision\":4100,\"offers\":[");
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint bed = 0; bed < units[order[i]].n_suiting; bed++)
      {
        g_string_append_printf (json, "%s{\"bed\":\"%s-%u\",\"unit\":\"%s\",\"metres\":%u,\"distance_from\":\"straight\","
                                      "\"meets\":[\"hoist\"],\"misses_preferred\":[],\"call_first\":%s,",
                                n++ > 0 ? "," : "", units[order[i]].id, bed + 1, units[order[i]].id, units[order[i]].metres,
                                units[order[i]].is_stale ? "true" : "false");
        print_time (json, "confirmed_at", -9);
        g_string_append (json, "}");
      }
  g_string_append (json, "],\"cut_off\":0,\"ruled_out\":[{\"reason\":\"occupancy\",\"count\":90,\"nearest_metres\":1000},"
                         "{\"reason\":\"must:hoist\",\"count\":11,\"nearest_metres\":1000}],\"total\":110}");
  return g_string_free (json, FALSE);
}

char *
map_fixture_plan (void)
{
  return g_strdup_printf ("{\"revision\":4100,\"assigned\":["
                          "{\"referral\":\"%s\",\"bed\":\"westholme-1\",\"unit\":\"westholme\",\"metres\":1900},"
                          "{\"referral\":\"%s\",\"bed\":\"malmesbury-lawn-1\",\"unit\":\"malmesbury-lawn\",\"metres\":5700}],"
                          "\"unassigned\":[{\"referral\":\"%s\",\"reason\":\"needed_by_others\"}],"
                          "\"total_metres\":7600,\"first_come_metres\":31400,\"saved_metres\":23800,\"placed\":2,"
                          "\"first_come_placed\":1,\"left_out\":{\"people\":0,\"people_with_farther_beds\":3},"
                          "\"bays_settled\":0,\"swaps\":[{\"referral\":\"%s\",\"from\":\"deerleap-5\",\"to\":\"nightingale-1\","
                          "\"saves_metres\":21300}]}",
                          map_fixture_code (MAP_PERSON_WAITING), map_fixture_code (MAP_PERSON_FAR),
                          map_fixture_code (MAP_PERSON_HELD), map_fixture_code (MAP_PERSON_ARRIVED));
}

char *
map_fixture_history (guint person)
{
  static const struct
  {
    const char *members;
    int min;
    guint from; /* whose: this person and later ones */
  } events[] = {
    { "\"event\":\"referral.submitted\"", -1600, 0 },
    { "\"event\":\"referral.triaged\",\"lane\":\"flow\"", -152, 0 },
    { "\"event\":\"placement.declined\",\"bed\":\"deerleap-2\",\"reason\":\"bariatric\"", -100, 0 },
    { "\"event\":\"hold.taken\",\"bed\":\"willow-court-6\"", -18, 0 },
    { "\"event\":\"placement.accepted\"", -15, 3 },
    { "\"event\":\"placement.arrived\",\"bed\":\"deerleap-5\"", -10, 7 },
  };
  GString *json = g_string_new (NULL);
  guint n = 0;

  g_string_append_printf (json, "{\"referral\":\"%s\",\"events\":[", map_fixture_code (person));
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (events[i].from > person)
        continue;
      g_string_append_printf (json, "%s{%s,", n++ > 0 ? "," : "", events[i].members);
      print_time (json, "at", events[i].min);
      g_string_append (json, "}");
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static guint
find_person (const char *code)
{
  for (guint i = 0; i < MAP_N_PEOPLE; i++)
    if (g_str_equal (map_fixture_code (i), code))
      return i;
  g_assert_not_reached ();
}

void
map_fixture_answer (BoardStage *stage)
{
  StageCall *call;

  while ((call = board_stage_find_call (stage, "bed.find")) != NULL
         || (call = board_stage_find_call (stage, "referral.history")) != NULL
         || (call = board_stage_find_call (stage, "queue.left")) != NULL)
    {
      g_autofree char *code = board_stage_get_param (call, "referral");
      g_autofree char *result = NULL;

      if (g_str_equal (call->method, "bed.find"))
        result = map_fixture_offers ();
      else if (g_str_equal (call->method, "queue.left"))
        result = g_strdup ("{\"revision\":1,\"left\":[],\"more\":0}");
      else
        result = map_fixture_history (find_person (code));

      board_stage_answer (stage, call, result);
    }
}

BoardStage *
map_fixture_open (int width, int height, BedRole role, guint person)
{
  g_autofree char *snapshot = map_fixture_snapshot (TRUE);
  BoardStage *stage = board_stage_open (width, height, desk_board_new, "desk.css", FALSE, NULL);

  g_strlcpy (stage->moment.session.user, "desk-winchester", sizeof stage->moment.session.user);
  g_strlcpy (stage->moment.session.lap, "winchester", sizeof stage->moment.session.lap);
  stage->moment.session.role = role;
  board_stage_tell (stage, "feed.snapshot", snapshot);
  for (guint i = 0; i < 4; i++) /* counts are asked two at a time */
    {
      board_stage_beat (stage);
      map_fixture_answer (stage);
    }
  if (person < MAP_N_PEOPLE)
    desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), map_fixture_code (person));
  map_fixture_answer (stage);
  board_stage_draw (stage);
  return stage;
}
