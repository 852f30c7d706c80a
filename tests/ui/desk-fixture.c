/* desk-fixture.c: a county of seven sites and the people of one desk, as the gateway would tell them.
 *
 * Nothing here is random. Distances are those of the picture, not of a map.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-fixture.h"

#include "board/desk/desk-board.h"
#include "common/bed-code.h"
#include "common/bed-json.h"
#include "common/bed-time.h"

#include <string.h>

#define REVISION 4100

static const struct
{
  const char *id;
  const char *name;
  const char *site;
  const char *kind;
  const char *accepts;
  guint n_beds;
  guint n_free;
  guint age_min;
  guint metres;
  const char *room;
} units[] = {
  { "willow-court", "Willow Court", "Andover", "county", "unit", 24, 2, 9, 19400, "Room 1" },
  { "lymington", "Deerleap Ward", "Lymington New Forest", "nhs", "lap", 20, 2, 15, 30200, "Bed 1" },
  { "clarence", "Clarence Unit", "Gosport", "county", "unit", 24, 1, 1, 36600, "Room " },
  { "parklands", "Parklands", "Basingstoke", "independent", "unit", 8, 1, 185, 39000, "Room " },
  { "petersfield", "Petersfield Hospital", "Petersfield Hospital", "nhs", "unit", 20, 1, 9, 41900, "Bed " },
  { "romsey", "Romsey Hospital", "Romsey Hospital", "nhs", "unit", 19, 3, 22, 6200, "Bed 1" },
  { "westholme", "Westholme", "Winchester", "county", "unit", 20, 2, 31, 14500, "Room " },
};

static const struct
{
  const char *state;
  const char *lane;
  const char *home;
  const char *must; /* JSON words */
  const char *clock;
  const char *rest; /* further members */
  int ready_min;    /* ago */
} people[DESK_N_PEOPLE] = {
  [DESK_PERSON_NEW] = { "submitted", "urgent", "SO50", "\"falls_sensor\"", "triage", "", 18 },
  [DESK_PERSON_LATE] = { "waiting", "flow", "GU34", "\"bariatric\"", "ready_to_service", "", 27 * 60 },
  [DESK_PERSON_DEMENTIA] = { "waiting", "flow", "SP10", "\"dementia\",\"ensuite\"", "ready_to_service", "", 22 * 60 },
  [DESK_PERSON_PLAIN] = { "waiting", "flow", "SO51", "", "ready_to_service", "", 365 },
  [DESK_PERSON_HELD] = { "held", "flow", "SO51", "\"hoist\",\"ground_floor\",\"dementia\"", "ready_to_service",
                         "\"bed\":\"willow-court-01\",\"hold_min\":30,\"until\":12", 152 },
  [DESK_PERSON_WAITING] = { "waiting", "flow", "SO53", "\"hoist\",\"ground_floor\",\"dementia\"", "ready_to_service", "", 70 },
  [DESK_PERSON_COMING] = { "accepted", "flow", "SO22", "\"hoist\"", "ready_to_service",
                           "\"bed\":\"romsey-05\",\"transport\":\"booked\",\"expected_at\":93", 300 },
  [DESK_PERSON_ARRIVED] = { "arrived", "flow", "SP11", "", "episode", "\"bed\":\"westholme-06\",\"arrived_at\":-112", 600 },
};

const char *
desk_fixture_code (guint person)
{
  static char codes[512][BED_CODE_SIZE];

  bed_code_print ((person + 7) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), codes[person % 512]);
  return codes[person % 512];
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
                          "\"lap\":\"winchester\",\"easting\":%u,\"northing\":%u,\"staffed_cap\":%u,"
                          "\"phone\":\"023 8081 6900\",\"rules\":{\"accepts\":\"%s\"},\"stale\":%s,",
                          units[i].id, units[i].name, units[i].site, units[i].kind, 448000 + i * 1500, 129000 - i * 900,
                          units[i].n_beds, units[i].accepts, units[i].age_min > 180 ? "true" : "false");
  print_time (json, "confirmed_at", -(int)units[i].age_min);
  g_string_append (json, "}");
}

/* The first are free; some others held or promised to the people of the feed. */
static const char *
choose_display (guint unit, guint bed)
{
  if (bed < units[unit].n_free + (unit == 0 ? 1 : 0))
    return unit == 0 && bed == 0 ? "held" : "free";
  if (bed == 4 && g_str_equal (units[unit].id, "romsey"))
    return "accepted";
  return bed + 1 == units[unit].n_beds ? "closed" : "occupied";
}

static void
print_bed (GString *json, guint unit, guint bed)
{
  const char *display = choose_display (unit, bed);
  gboolean is_stale = units[unit].age_min > 180;

  g_string_append_printf (json,
                          "{\"bed\":\"%s-%02u\",\"unit\":\"%s\",\"label\":\"%s%u\",\"type\":\"rehab\","
                          "\"features\":[\"hoist\",\"ground_floor\",\"dementia\"%s],\"bay_sex\":\"%s\","
                          "\"display\":\"%s\",\"offerable\":%s,\"stale\":%s}",
                          units[unit].id, bed + 1, units[unit].id, units[unit].room, bed + 2,
                          units[unit].room[0] == 'R' ? ",\"ensuite\"" : "", units[unit].room[0] == 'R' ? "single" : "female",
                          display, g_str_equal (display, "free") && !is_stale ? "true" : "false", is_stale ? "true" : "false");
}

/* until and expected_at are given in minutes from now, arrived_at in hours. */
static void
print_rest (GString *json, const char *rest)
{
  g_auto (GStrv) members = g_strsplit (rest, ",", -1);

  for (guint i = 0; members[i] != NULL && members[i][0] != '\0'; i++)
    {
      const char *colon = strchr (members[i], ':');
      g_autofree char *name = g_strndup (members[i] + 1, (gsize)(colon - members[i]) - 2);
      int value = (int)g_ascii_strtoll (colon + 1, NULL, 10);

      g_string_append (json, ",");
      if (g_str_equal (name, "until") || g_str_equal (name, "expected_at"))
        print_time (json, name, value);
      else if (g_str_equal (name, "arrived_at"))
        print_time (json, name, value * 60);
      else
        g_string_append (json, members[i]);
    }
}

static void
print_person (GString *json, guint i, const char *state, const char *rest)
{
  guint like = i < DESK_N_PEOPLE ? i : DESK_PERSON_WAITING;
  int ready_min = people[like].ready_min - (i < DESK_N_PEOPLE ? 0 : (int)(i % 60));

  g_string_append_printf (json,
                          "{\"referral\":\"%s\",\"state\":\"%s\",\"lane\":\"%s\",\"pathway\":\"supported\",\"type\":\"rehab\","
                          "\"needs\":{\"must\":[%s]},\"sex\":\"female\",\"age_band\":\"75_84\",\"home\":{\"district\":\"%s\"},"
                          "\"lap\":\"winchester\",\"source\":\"hampshire-hospitals\",\"agreed\":\"yes\",",
                          desk_fixture_code (i), state, people[like].lane, people[like].must, people[like].home);
  print_time (json, "submitted_at", -ready_min);
  if (like != DESK_PERSON_NEW)
    {
      g_string_append (json, ",");
      print_time (json, "ready_at", -ready_min);
    }
  g_string_append_printf (json, ",\"clocks\":[{\"clock\":\"%s\",", people[like].clock);
  print_time (json, "due_at", (like == DESK_PERSON_NEW ? 30 : 24 * 60) - ready_min);
  g_string_append (json, ",");
  print_time (json, "amber_at", (like == DESK_PERSON_NEW ? 15 : 20 * 60) - ready_min);
  g_string_append_printf (json, ",\"breached\":%s}]", ready_min > 24 * 60 ? "true" : "false");
  print_rest (json, rest);
  g_string_append (json, "}");
}

char *
desk_fixture_snapshot (guint n_people)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"epoch\":77,\"revision\":%d,\"page\":1,\"pages\":1,\"laps\":[{\"lap\":\"winchester\","
                                "\"name\":\"Winchester LAP\",\"area\":\"Hampshire\",\"easting\":448000,\"northing\":129000},"
                                "{\"lap\":\"south-west\",\"name\":\"South West LAP\",\"area\":\"Hampshire\"}],\"districts\":["
                                "{\"district\":\"SO50\",\"lap\":\"winchester\"},{\"district\":\"SO51\",\"lap\":\"south-west\"},"
                                "{\"district\":\"SO53\",\"lap\":\"winchester\"},{\"district\":\"SP10\",\"lap\":\"winchester\"},"
                                "{\"district\":\"ZE1\",\"lap\":null}],\"units\":[", REVISION);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      print_unit (json, i);
    }
  g_string_append (json, "],\"beds\":[");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint bed = 0; bed < units[i].n_beds; bed++)
      {
        g_string_append (json, i + bed > 0 ? "," : "");
        print_bed (json, i, bed);
      }
  g_string_append (json, "],\"referrals\":[");
  for (guint i = 0; i < n_people; i++)
    {
      guint like = i < DESK_N_PEOPLE ? i : DESK_PERSON_WAITING;

      g_string_append (json, i > 0 ? "," : "");
      print_person (json, i, people[like].state, people[like].rest);
    }
  g_string_append (json, "],\"recent\":[],\"history\":[]}");
  return g_string_free (json, FALSE);
}

char *
desk_fixture_change (guint64 from, guint person, const char *state, const char *members)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"from\":%" G_GUINT64_FORMAT ",\"revision\":%" G_GUINT64_FORMAT ",", from, from + 1);
  print_time (json, "at", 0);
  g_string_append (json, ",\"units\":[],\"beds\":[],\"referrals\":[");
  print_person (json, person, state, members);
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

/* --- answers --- */

static void
print_ruled_out_bed (GString *json, const char *bed, guint metres, const char *reason)
{
  g_string_append_printf (json, "{\"bed\":\"%s\",\"unit\":\"%.*s\",\"metres\":%u,\"distance_from\":\"straight\",\"reason\":\"%s\"},",
                          bed, (int)strlen (bed) - 3, bed, metres, reason);
}

static char *
make_offers (const char *code)
{
  GString *json = g_string_new (NULL);
  gboolean has_none = g_str_equal (code, desk_fixture_code (DESK_PERSON_LATE));
  guint n = 0;

  g_string_append_printf (json, "{\"revision\":%d,\"offers\":[", REVISION);
  for (guint i = 0; i < 5 && !has_none; i++)
    {
      g_string_append_printf (json, "%s{\"bed\":\"%s-%02u\",\"unit\":\"%s\",\"metres\":%u,\"distance_from\":\"%s\","
                                    "\"meets\":[\"hoist\",\"ground_floor\",\"dementia\"],\"misses_preferred\":[],",
                              n++ > 0 ? "," : "", units[i].id, i == 0 ? 2 : 1, units[i].id, units[i].metres,
                              i == 2 ? "crossing" : "straight");
      print_time (json, "confirmed_at", -(int)units[i].age_min);
      g_string_append_printf (json, ",\"call_first\":%s}", units[i].age_min > 180 ? "true" : "false");
    }
  g_string_append (json, "],\"cut_off\":0,\"ruled_out\":[{\"reason\":\"occupancy\",\"count\":119,\"nearest_metres\":6200},"
                         "{\"reason\":\"service\",\"count\":7,\"nearest_metres\":6200},"
                         "{\"reason\":\"bay_sex\",\"count\":2,\"nearest_metres\":6200},"
                         "{\"reason\":\"must:hoist\",\"count\":4,\"nearest_metres\":6200},"
                         "{\"reason\":\"admission_rules\",\"count\":1,\"nearest_metres\":36600},"
                         "{\"reason\":\"isolation\",\"count\":11,\"nearest_metres\":7000},"
                         "{\"reason\":\"commitment\",\"count\":2,\"nearest_metres\":6200}],\"ruled_out_beds\":[");
  print_ruled_out_bed (json, "romsey-07", 6200, "occupancy");
  print_ruled_out_bed (json, "romsey-01", 6200, "must:hoist");
  print_ruled_out_bed (json, "romsey-02", 6200, "must:hoist");
  print_ruled_out_bed (json, "romsey-03", 6200, "bay_sex");
  print_ruled_out_bed (json, "romsey-19", 6200, "service");
  print_ruled_out_bed (json, "romsey-05", 6200, "commitment");
  print_ruled_out_bed (json, "westholme-01", 14500, "must:hoist");
  print_ruled_out_bed (json, "westholme-02", 14500, "must:hoist");
  print_ruled_out_bed (json, "westholme-07", 14500, "occupancy");
  print_ruled_out_bed (json, "willow-court-01", 19400, "commitment");
  json->str[--json->len] = '\0'; /* the last comma */
  g_string_append (json, "],\"total\":151}");
  return g_string_free (json, FALSE);
}

static char *
make_history (const char *code)
{
  static const struct
  {
    const char *members;
    int min;
  } events[] = {
    { "\"event\":\"referral.submitted\"", -152 },
    { "\"event\":\"referral.triaged\",\"lane\":\"flow\"", -136 },
    { "\"event\":\"placement.declined\",\"bed\":\"lymington-06\",\"reason\":\"bariatric\"", -100 },
    { "\"event\":\"offer.made\",\"bed\":\"willow-court-01\"", -20 },
    { "\"event\":\"hold.taken\",\"bed\":\"willow-court-01\"", -18 },
  };
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"referral\":\"%s\",\"events\":[", code);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_string_append_printf (json, "%s{%s,", i > 0 ? "," : "", events[i].members);
      print_time (json, "at", events[i].min);
      g_string_append (json, "}");
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

void
desk_fixture_answer (BoardStage *stage)
{
  StageCall *call;

  while ((call = board_stage_find_call (stage, "bed.find")) != NULL
         || (call = board_stage_find_call (stage, "referral.history")) != NULL)
    {
      g_autofree char *code = board_stage_get_param (call, "referral");
      g_autofree char *result = g_str_equal (call->method, "bed.find") ? make_offers (code) : make_history (code);

      board_stage_answer (stage, call, result);
    }
}

static void
note_changed (BoardModel *model, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

/* The model says that it has a picture a moment after the snapshot; without people nothing else shows it. */
static void
wait_for_picture (BoardStage *stage)
{
  gboolean is_changed = FALSE;
  gulong handler = g_signal_connect (stage->model, "changed", G_CALLBACK (note_changed), &is_changed);
  gint64 end_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (!is_changed && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (stage->model, handler);
  g_assert_true (is_changed);
  board_stage_draw (stage);
}

BoardStage *
desk_fixture_open (int width, int height, BedRole role, guint n_people)
{
  g_autofree char *snapshot = desk_fixture_snapshot (n_people);
  BoardStage *stage = board_stage_open (width, height, desk_board_new, "desk.css", FALSE, NULL);
  g_autoptr (JsonNode) node = json_from_string (snapshot, NULL);

  g_strlcpy (stage->moment.session.user, "desk-winchester", sizeof stage->moment.session.user);
  g_strlcpy (stage->moment.session.lap, "winchester", sizeof stage->moment.session.lap);
  if (role == BED_ROLE_REFERRER)
    g_strlcpy (stage->moment.session.owner, "hampshire-hospitals", sizeof stage->moment.session.owner);
  stage->moment.session.role = role;
  g_assert_nonnull (node);
  board_stage_tell (stage, "feed.snapshot", snapshot);
  board_stage_beat (stage);
  if (n_people == 0)
    wait_for_picture (stage);
  for (guint i = 0; i < 4; i++) /* counts are asked two at a time */
    {
      desk_fixture_answer (stage);
      board_stage_beat (stage);
    }
  if (n_people > DESK_PERSON_HELD)
    desk_state_choose (desk_board_get_state (DESK_BOARD (stage->view)), desk_fixture_code (DESK_PERSON_HELD));
  desk_fixture_answer (stage);
  board_stage_draw (stage);
  return stage;
}
