/* ward-fixture.c: writes rows as the gateway does, from tables. Nothing here is random.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-fixture.h"

#include "board-stage.h"
#include "common/bed-time.h"

#define CONFIRMED_US (STAGE_NOW_US - 22 * BED_MINUTE_US) /* 11:20 */
#define CODES 64

typedef struct
{
  const char *display;
  const char *occupancy;  /* NULL: as the display says */
  const char *readiness;
  const char *features;
  const char *extra; /* further members, with a comma before */
  int day;           /* of the stay; 0: the register does not know who */
  int minutes;       /* from now: until, expected */
} Room;

#define STAY(n) { "occupied", NULL, NULL, "", "", n, 0 }

/* look/ward.png, room 1 to 24 */
static const Room picture[] = {
  STAY (12), STAY (5),
  { "accepted", NULL, NULL, "\"hoist\",\"dementia\"", "", 0, 48 },
  STAY (21), { "leaving", NULL, NULL, "", "", 20, 78 }, STAY (9),
  { "free", NULL, NULL, "\"hoist\",\"dementia\",\"ensuite\"", "", 0, 0 },
  STAY (26), STAY (3), STAY (38), STAY (17),
  { "cleaning", NULL, "cleaning", "\"ensuite\"", "", 0, 88 },
  STAY (26), STAY (7),
  { "free", NULL, NULL, "\"dementia\",\"ensuite\"", "", 0, 0 },
  STAY (14), STAY (25), { "leaving", NULL, NULL, "", "", 33, 228 },
  { "held", NULL, NULL, "\"hoist\"", "", 0, 17 },
  STAY (19), STAY (11),
  { "in_transit", NULL, NULL, "\"ensuite\"", "", 0, 198 },
  STAY (2),
  { "closed", NULL, NULL, "\"hoist\"", ",\"service\":\"closed\",\"reason\":\"repair\",\"closed\":true", 0, 0 },
};

static const Room odd[] = {
  { "free", NULL, NULL, "\"hoist\"", ",\"stale\":true", 0, 0 },
  { "held", NULL, NULL, "", "", 0, 2 },
  { "accepted", NULL, NULL, "", "", 0, -150 },
  { "in_transit", NULL, NULL, "", ",\"closed\":true,\"service\":\"closed\",\"reason\":\"outbreak\"", 0, 20 },
  { "occupied", NULL, NULL, "", "", 0, 0 },
  { "occupied", NULL, NULL, "", "", 44, 0 },
  { "occupied", NULL, NULL, "", ",\"closed\":true,\"service\":\"closed\",\"reason\":\"outbreak\"", 8, 0 },
  { "leaving", NULL, NULL, "", "", 0, -90 },
  { "ready_to_leave", NULL, NULL, "", "", 31, 0 },
  { "on_leave", "on_leave", NULL, "", "", 15, 0 },
  { "cleaning", NULL, "dirty", "", ",\"clocks\":[{\"clock\":\"turnaround\",\"due_at\":\"2026-11-22T11:10:00.000Z\",\"breached\":true}]", 0, 0 },
  { "cleaning", NULL, "cleaning", "", ",\"clocks\":[{\"clock\":\"turnaround\",\"due_at\":\"2026-11-22T13:10:00.000Z\"}]", 0, 0 },
  { "contaminated", NULL, "contaminated", "", "", 0, 0 },
  { "isolated", NULL, NULL, "", ",\"isolation\":\"barrier\",\"infection\":\"norovirus\"", 0, 0 },
  { "closed", NULL, NULL, "", ",\"service\":\"closed\",\"reason\":\"staffing\",\"closed\":true", 0, 0 },
  { "surge_shut", NULL, NULL, "", ",\"service\":\"surge_shut\"", 0, 0 },
  { "unknown", "unknown", NULL, "", "", 0, 0 },
  { "on_leave", "on_leave", NULL, "", "", 0, 0 },
};

static const Room places[] = {
  { "free", NULL, NULL, "", "", 0, 0 },     { "occupied", NULL, NULL, "", "", 3, 0 },
  { "occupied", NULL, NULL, "", "", 5, 0 }, { "held", NULL, NULL, "", "", 0, 40 },
  { "free", NULL, NULL, "", "", 0, 0 },     { "leaving", NULL, NULL, "", "", 6, 200 },
};

/* Like the register's codes, and all different. */
static const char *
get_code (guint room)
{
  static const char letters[] = "CDFHJKMNPQRTVWX";
  static char made[CODES][16];
  char *code = made[room % CODES];

  g_snprintf (code, sizeof made[0], "%c%u%c-%c%u%c", letters[room % 15], room * 7 % 10, letters[room / 4 % 15],
              letters[(room * 3 + 7) % 15], room * 3 % 10, letters[(room + 5) % 15]);
  return code;
}

static const char *
print_time (gint64 time_us)
{
  static char texts[16][BED_TIME_SIZE];
  static guint next;
  char *text = texts[next++ % 16];

  bed_time_print (time_us, text);
  return text;
}

static const Room *
get_room (WardScene scene, guint room)
{
  switch (scene)
    {
    case WARD_SCENE_PICTURE:
      return &picture[room % G_N_ELEMENTS (picture)];
    case WARD_SCENE_LARGE:
      return &picture[(room * 7 + room / 24) % G_N_ELEMENTS (picture)];
    case WARD_SCENE_PLACES:
      return &places[room % G_N_ELEMENTS (places)];
    case WARD_SCENE_ODD:
      return &odd[room % G_N_ELEMENTS (odd)];
    case WARD_SCENE_EMPTY:
      break;
    }
  return &picture[0];
}

static guint
count_rooms (WardScene scene)
{
  switch (scene)
    {
    case WARD_SCENE_PICTURE:
      return G_N_ELEMENTS (picture);
    case WARD_SCENE_LARGE:
      return 60;
    case WARD_SCENE_PLACES:
      return G_N_ELEMENTS (places);
    case WARD_SCENE_ODD:
      return G_N_ELEMENTS (odd);
    case WARD_SCENE_EMPTY:
      return 0;
    }
  return 0;
}

static const char *
get_commitment (const Room *room)
{
  if (g_str_equal (room->display, "held") || g_str_equal (room->display, "accepted")
      || g_str_equal (room->display, "in_transit"))
    return room->display;
  return "none";
}

static gboolean
is_inside (const Room *room)
{
  return g_str_equal (room->display, "occupied") || g_str_equal (room->display, "leaving")
         || g_str_equal (room->display, "ready_to_leave") || g_str_equal (room->display, "on_leave");
}

static const char *
get_occupancy (const Room *room)
{
  return room->occupancy != NULL ? room->occupancy : is_inside (room) ? "occupied" : "vacant";
}

static gboolean
has_person (const Room *room)
{
  return room->day > 0 || !g_str_equal (get_commitment (room), "none");
}

static void
print_bed (GString *json, WardScene scene, guint i, const char *changed)
{
  const Room *room = get_room (scene, i);
  gboolean is_held = g_str_equal (room->display, "held");
  gboolean is_leaving = g_str_equal (room->display, "leaving");

  g_string_append_printf (json, "{\"bed\":\"clarence-%02u\",\"unit\":\"clarence\",\"label\":\"%s %u\"", i + 1,
                          scene == WARD_SCENE_PLACES ? "Place" : scene == WARD_SCENE_LARGE ? "Bed" : "Room", i + 1);
  if (scene == WARD_SCENE_LARGE && i % 5 != 0)
    g_string_append_printf (json, ",\"bay\":\"%u\"", 1 + i / 6);
  g_string_append_printf (json, ",\"type\":\"%s\",\"features\":[%s],\"bay_sex\":\"single\"",
                          scene == WARD_SCENE_PLACES ? "sitting" : "d2a", room->features);
  g_string_append_printf (json, ",\"occupancy\":\"%s\",\"readiness\":\"%s\",\"isolation\":\"none\",\"commitment\":\"%s\"",
                          get_occupancy (room), room->readiness != NULL ? room->readiness : "ready", get_commitment (room));
  if (has_person (room))
    g_string_append_printf (json, ",\"referral\":\"%s\"", get_code (i));
  if (is_held)
    g_string_append_printf (json, ",\"until\":\"%s\",\"hold_min\":60", print_time (STAGE_NOW_US + room->minutes * BED_MINUTE_US));
  if (is_leaving)
    g_string_append_printf (json, ",\"expected_free_at\":\"%s\"", print_time (STAGE_NOW_US + room->minutes * BED_MINUTE_US));
  if (g_str_equal (room->display, "cleaning") && room->minutes > 0)
    g_string_append_printf (json, ",\"clocks\":[{\"clock\":\"turnaround\",\"due_at\":\"%s\",\"breached\":false}]",
                            print_time (STAGE_NOW_US + room->minutes * BED_MINUTE_US));
  g_string_append_printf (json, ",\"confirmed_at\":\"%s\",\"source\":\"staff\",\"offerable\":false,\"display\":\"%s\"%s",
                          print_time (strstr (room->extra, "stale") != NULL ? CONFIRMED_US - 5 * BED_HOUR_US : CONFIRMED_US),
                          room->display, room->extra);
  /* the last of two members counts */
  g_string_append_printf (json, "%s%s}", changed != NULL ? "," : "", changed != NULL ? changed : "");
}

static const char *
get_state (const Room *room)
{
  if (g_str_equal (room->display, "in_transit") || g_str_equal (room->display, "held")
      || g_str_equal (room->display, "accepted") || g_str_equal (room->display, "ready_to_leave"))
    return room->display;
  return "therapy_started";
}

static void
print_person (GString *json, WardScene scene, guint i)
{
  const Room *room = get_room (scene, i);
  gint64 arrived_us = STAGE_NOW_US - (room->day - 1) * BED_DAY_US - BED_HOUR_US;

  g_string_append_printf (json, "{\"referral\":\"%s\",\"state\":\"%s\",\"lane\":\"flow\",\"pathway\":\"enhanced\",\"type\":\"d2a\"", get_code (i),
                          get_state (room));
  g_string_append_printf (json, ",\"needs\":{\"must\":[%s],\"must_not\":[],\"prefer\":[]},\"sex\":\"%s\",\"age_band\":\"75_84\"",
                          room->features, i % 2 == 0 ? "female" : "male");
  g_string_append_printf (json, ",\"home\":{\"district\":\"PO12\"},\"lap\":\"fareham\",\"source\":\"queen-alexandra\",\"agreed\":\"yes\",\"bed\":\"clarence-%02u\"", i + 1);
  if (g_str_equal (room->display, "accepted") || g_str_equal (room->display, "in_transit"))
    g_string_append_printf (json, ",\"expected_at\":\"%s\",\"transport\":\"booked\"", print_time (STAGE_NOW_US + room->minutes * BED_MINUTE_US));
  if (g_str_equal (room->display, "ready_to_leave"))
    g_string_append (json, ",\"waiting_for\":\"package\"");
  if (room->day > 0)
    g_string_append_printf (json, ",\"arrived_at\":\"%s\",\"clocks\":[{\"clock\":\"episode\",\"due_at\":\"%s\",\"amber_at\":\"%s\",\"breached\":%s}]",
                            print_time (arrived_us), print_time (arrived_us + 42 * BED_DAY_US), print_time (arrived_us + 28 * BED_DAY_US),
                            room->day > 42 ? "true" : "false");
  else
    g_string_append (json, ",\"clocks\":[]");
  g_string_append (json, "}");
}

static void
print_unit (GString *json, WardScene scene)
{
  g_string_append_printf (json,
                          "{\"unit\":\"clarence\",\"site\":\"Woodcot Lodge, Gosport\",\"name\":\"%s\",\"owner\":\"hcc\",\"owner_kind\":\"county\","
                          "\"lap\":\"fareham\",\"easting\":459000,\"northing\":100000,\"staffed_cap\":24,\"proxy\":false,\"confirmed_at\":\"%s\","
                          "\"stale\":false,\"rules\":{\"accepts\":\"unit\",\"weekends\":true,\"nights\":true,\"own_assessment\":true,"
                          "\"longest_stay_days\":42,\"fresh_day_min\":60,\"fresh_night_min\":720}}",
                          scene == WARD_SCENE_PLACES ? "Gosport Sitting Service" : "Clarence Unit", print_time (CONFIRMED_US));
}

char *
ward_fixture_snapshot (WardScene scene)
{
  GString *json = g_string_new ("{\"epoch\":7,\"revision\":100,\"page\":1,\"pages\":1,\"laps\":[{\"lap\":\"fareham\",\"name\":\"Fareham LAP\","
                                "\"area\":\"Fareham & Gosport\",\"easting\":458000,\"northing\":106000}],\"units\":[");
  guint n = count_rooms (scene);
  gboolean is_first = TRUE;

  print_unit (json, scene);
  g_string_append (json, "],\"beds\":[");
  if (n == 0)
    g_string_append (json, "{\"bed\":\"clarence-01\",\"unit\":\"clarence\",\"label\":\"Room 1\",\"display\":\"closed\",\"in_effect\":false}");
  for (guint i = 0; i < n; i++)
    {
      /* not in the order of the rooms */
      guint room = (i * 7 + 5) % n;

      if (n % 7 == 0)
        room = n - 1 - i;
      g_string_append (json, i > 0 ? "," : "");
      print_bed (json, scene, room, NULL);
    }
  g_string_append (json, "],\"referrals\":[");
  for (guint i = 0; i < n; i++)
    if (has_person (get_room (scene, i)))
      {
        g_string_append (json, is_first ? "" : ",");
        is_first = FALSE;
        print_person (json, scene, i);
      }
  g_string_append_printf (json, "],\"recent\":[{\"revision\":99,\"at\":\"%s\",\"event\":\"bed.reported\",\"unit\":\"clarence\","
                                "\"bed\":\"clarence-07\",\"display\":\"free\"}],\"history\":[]}",
                          print_time (STAGE_NOW_US - BED_MINUTE_US));
  return g_string_free (json, FALSE);
}

char *
ward_fixture_change (WardScene scene, guint room, const char *members, const char *referrals)
{
  GString *json = g_string_new ("{\"from\":100,\"revision\":101,\"at\":\"2026-11-22T11:42:01.000Z\",\"units\":[],\"beds\":[");

  print_bed (json, scene, room - 1, members);
  g_string_append_printf (json, "],\"referrals\":[%s]}", referrals != NULL ? referrals : "");
  return g_string_free (json, FALSE);
}
