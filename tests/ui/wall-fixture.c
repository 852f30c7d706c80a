/* wall-fixture.c: writes feed messages as the gateway does, from a small table and a seeded series.
 *
 * Nothing here is random: the same size gives the same feed, so that pictures can be compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-fixture.h"
#include "wall-homes.h"

#include "common/bed-code.h"
#include "common/bed-json.h"
#include "common/bed-time.h"

static const char *const districts[]
    = { "SO22", "GU31", "GU34", "SP10", "PO9", "SO51", "SO23", "RG22" };

static guint64
mix (guint64 seed)
{
  seed = (seed ^ seed >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  seed = (seed ^ seed >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return seed ^ seed >> 31;
}

static guint
draw_number (guint a, guint b, guint below)
{
  return (guint)(mix ((guint64)a * 1000003 + b * 7919 + 17) % below);
}

const char *
wall_fixture_unit (guint i)
{
  static char made[64][32];

  if (i < G_N_ELEMENTS (homes))
    return homes[i].id;
  g_snprintf (made[i % 64], sizeof made[0], "home-%u", i);
  return made[i % 64];
}

static guint
get_n_beds (guint unit)
{
  return unit < G_N_ELEMENTS (homes) ? homes[unit].beds : 4 + draw_number (unit, 3, 28);
}

char *
wall_fixture_code (guint i)
{
  char code[BED_CODE_SIZE];

  bed_code_print (mix (i + 4242), code);
  return g_strdup (code);
}

static void
print_lap (BedJson *json)
{
  bed_json_begin_object (json);
  bed_json_add_string (json, "lap", "winchester");
  bed_json_add_string (json, "name", "Winchester LAP");
  bed_json_add_string (json, "area", "North & Mid Hampshire");
  bed_json_add_string (json, "district", "SO23");
  bed_json_add_int (json, "easting", 448000);
  bed_json_add_int (json, "northing", 129000);
  bed_json_end_object (json);
}

static gboolean
is_stale (guint unit)
{
  return unit == 8 || (unit > 12 && unit % 17 == 2);
}

static void
print_unit (BedJson *json, guint unit)
{
  char name[32];
  guint age_min = is_stale (unit) ? 305 : draw_number (unit, 1, 58);

  g_snprintf (name, sizeof name, "Linden House %u", unit);
  bed_json_begin_object (json);
  bed_json_add_string (json, "unit", wall_fixture_unit (unit));
  bed_json_add_string (json, "name", unit < G_N_ELEMENTS (homes) ? homes[unit].name : name);
  bed_json_add_string (json, "site", unit < G_N_ELEMENTS (homes) ? homes[unit].site : name);
  bed_json_add_string (json, "owner", "somebody");
  bed_json_add_string (json, "owner_kind",
                       unit < G_N_ELEMENTS (homes) ? homes[unit].kind
                       : unit % 3 == 0             ? "independent"
                       : unit % 3 == 1             ? "county"
                                                   : "nhs");
  bed_json_add_string (json, "lap", unit % 4 == 3 ? "andover" : "winchester");
  bed_json_add_int (json, "easting", 448000 + 1200 * (gint64)(unit + 1));
  bed_json_add_int (json, "northing", 129000 - 1100 * (gint64)(unit + 1));
  bed_json_add_int (json, "staffed_cap", get_n_beds (unit));
  bed_json_add_bool (json, "proxy", unit == 8);
  bed_json_add_time (json, "confirmed_at", WALL_NOW_US - age_min * BED_MINUTE_US);
  bed_json_add_bool (json, "stale", is_stale (unit));
  bed_json_end_object (json);
}

/* A plausible mixture; every fifth unit is full. */
static const char *
choose_display (guint unit, guint bed)
{
  guint n = get_n_beds (unit);
  gboolean is_full = unit % 5 == 4 && !is_stale (unit);
  guint free = is_full ? 0 : 1 + draw_number (unit, 2, 2);

  if (bed < free)
    return "free";
  if (bed == free && unit % 2 == 0 && !is_full)
    return "held";
  if (bed == free + 1 && n > 6 && unit % 3 != 1)
    return "accepted";
  if (bed == free + 2 && n > 8 && unit % 4 != 1)
    return "cleaning";
  if ((bed == free + 3 || (bed == free + 4 && n > 20)) && n > 6 && unit % 5 != 3)
    return "leaving";
  if (bed == n - 1 && n > 15)
    return "closed";
  if (unit == 12 && bed == n - 3)
    return "unknown";
  return bed == 6 && n > 30 ? "in_transit" : "occupied";
}

static void
print_features (BedJson *json, guint unit, guint bed)
{
  static const char *const words[]
      = { "hoist", "dementia", "ensuite", "bariatric", "isolation_room", "ground_floor" };

  bed_json_name (json, "features");
  bed_json_begin_array (json);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (draw_number (unit, 100 + i, 10) < 6 - i)
      bed_json_string (json, words[i]);
  bed_json_end_array (json);
}

static void
print_bed (BedJson *json, guint unit, guint bed, const char *display)
{
  char id[48];
  char label[16];
  gboolean is_held = g_str_equal (display, "held");

  g_snprintf (id, sizeof id, "%s-%02u", wall_fixture_unit (unit), bed + 1);
  g_snprintf (label, sizeof label, "%s %u", unit % 2 == 0 ? "Room" : "Bed", bed + 1);
  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", id);
  bed_json_add_string (json, "unit", wall_fixture_unit (unit));
  bed_json_add_string (json, "label", label);
  print_features (json, unit, bed);
  bed_json_add_string (json, "bay_sex",
                       unit % 4 == 2 ? (bed % 2 == 0 ? "female" : "male") : "single");
  if (g_str_equal (display, "closed"))
    bed_json_add_string (json, "reason", unit % 2 == 0 ? "outbreak" : "repair");
  if (is_held)
    {
      bed_json_add_time (json, "until",
                         WALL_NOW_US + (4 + draw_number (unit, 9, 50)) * BED_MINUTE_US);
      bed_json_add_int (json, "hold_min", 60);
    }
  if (g_str_equal (display, "accepted") || g_str_equal (display, "in_transit"))
    bed_json_add_time (json, "expected_at", WALL_NOW_US + (63 + 15 * (gint64)(unit % 5)) * BED_MINUTE_US);
  if (g_str_equal (display, "leaving"))
    bed_json_add_time (json, "expected_free_at",
                       WALL_NOW_US + (78 + 15 * (gint64)(unit % 7)) * BED_MINUTE_US);
  bed_json_add_bool (json, "offerable", g_str_equal (display, "free") && !is_stale (unit));
  bed_json_add_string (json, "display", display);
  if (is_stale (unit))
    bed_json_add_bool (json, "stale", TRUE);
  bed_json_end_object (json);
}

static void
print_clock (BedJson *json, const char *clock, gint64 due_us)
{
  bed_json_name (json, "clocks");
  bed_json_begin_array (json);
  bed_json_begin_object (json);
  bed_json_add_string (json, "clock", clock);
  bed_json_add_time (json, "due_at", due_us);
  bed_json_add_bool (json, "breached", due_us < WALL_NOW_US);
  bed_json_end_object (json);
  bed_json_end_array (json);
}

static void
print_offer (BedJson *json, guint unit, guint bed)
{
  char id[48];

  g_snprintf (id, sizeof id, "%s-%02u", wall_fixture_unit (unit), bed + 1);
  bed_json_name (json, "offer");
  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", id);
  bed_json_add_string (json, "unit", wall_fixture_unit (unit));
  bed_json_add_int (json, "metres", 2100 + 1700 * (gint64)draw_number (unit, bed, 12));
  bed_json_end_object (json);
}

static void
print_needs (BedJson *json, guint i)
{
  static const char *const words[]
      = { "hoist", "dementia", "ensuite", "bariatric", "ground_floor", "isolation_room", "oxygen" };
  guint n = i % 4;

  bed_json_name (json, "icons");
  bed_json_begin_array (json);
  for (guint k = 0; k < n; k++)
    bed_json_string (json, words[(i * 2 + k * 3) % G_N_ELEMENTS (words)]);
  bed_json_end_array (json);
}

#define WALL_RARE 2 /* whose needs few have: with three icons, the most that there are */

static void
print_referral (BedJson *json, WallSize size, guint i)
{
  static const guint urgent_left_min[] = { 38, 84, 12, 101, 64 };
  static const guint waited_h[] = { 27, 22, 19, 14, 9, 6, 4, 2, 1 };
  g_autofree char *code = wall_fixture_code (i);
  gboolean is_urgent = i < size.n_urgent;
  guint k = is_urgent ? i : i - size.n_urgent;
  gboolean is_held = !is_urgent && k == 5;

  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", code);
  bed_json_add_string (json, "state", is_held ? "held" : "waiting");
  bed_json_add_string (json, "lane", is_urgent ? "urgent" : "flow");
  bed_json_name (json, "home");
  bed_json_begin_object (json);
  if (i == WALL_RARE)
    bed_json_add_string (json, "area", "Test Valley");
  else
    bed_json_add_string (json, "district", districts[i % G_N_ELEMENTS (districts)]);
  bed_json_end_object (json);
  print_needs (json, i + 1);
  if (is_urgent)
    print_clock (json, "ucr_response",
                 WALL_NOW_US + urgent_left_min[k % G_N_ELEMENTS (urgent_left_min)] * BED_MINUTE_US);
  else
    print_clock (json, "ready_to_service",
                 WALL_NOW_US + (24 - (gint64)waited_h[k % G_N_ELEMENTS (waited_h)]) * BED_HOUR_US);
  if (is_held)
    {
      bed_json_add_time (json, "until", WALL_NOW_US + 12 * BED_MINUTE_US);
      bed_json_add_int (json, "hold_min", 60);
    }
  if (is_urgent || k != 0)
    print_offer (json, (i * 3 + 2) % size.n_units, 0);
  bed_json_end_object (json);
}

static void
print_recent (BedJson *json)
{
  static const struct
  {
    guint unit;
    guint bed;
    const char *event;
    const char *display;
    guint age_min;
  } events[] = {
    { 0, 0, "bed.reported", "free", 1 },       { 2, 3, "placement.accepted", "accepted", 4 },
    { 3, 4, "placement.left", "cleaning", 9 }, { 4, 5, "placement.arrived", "occupied", 15 },
    { 1, 2, "hold.taken", "held", 21 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      char bed[48];

      g_snprintf (bed, sizeof bed, "%s-%02u", wall_fixture_unit (events[i].unit),
                  events[i].bed + 1);
      bed_json_begin_object (json);
      bed_json_add_int (json, "revision", WALL_REVISION - (gint64)i * 10);
      bed_json_add_time (json, "at", WALL_NOW_US - events[i].age_min * BED_MINUTE_US);
      bed_json_add_string (json, "event", events[i].event);
      bed_json_add_string (json, "unit", wall_fixture_unit (events[i].unit));
      bed_json_add_string (json, "bed", bed);
      bed_json_add_string (json, "display", events[i].display);
      bed_json_end_object (json);
    }
}

static void
print_history (BedJson *json, WallSize size)
{
  static const int shape[]
      = { 3, 2, 1, 0, -2, -1, 1, 2, 3, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 3, 1, 0, 0, 0 };
  guint occupied = 0;

  for (guint unit = 0; unit < size.n_units; unit++)
    for (guint bed = 0; bed < get_n_beds (unit); bed++)
      occupied += g_str_equal (choose_display (unit, bed), "occupied")
                          || g_str_equal (choose_display (unit, bed), "leaving")
                      ? 1
                      : 0;
  for (guint i = 0; i < 97; i++)
    {
      bed_json_begin_object (json);
      bed_json_add_int (json, "revision", 1000 + (gint64)i);
      bed_json_add_time (json, "at",
                         WALL_NOW_US - 12 * BED_MINUTE_US - (gint64)(96 - i) * 15 * BED_MINUTE_US);
      bed_json_add_string (json, "lap", "winchester");
      bed_json_add_int (json, "occupied", MAX ((gint64)occupied + shape[i / 4], 0));
      bed_json_end_object (json);
    }
}

/* rows of one kind that belong to a page: i of all rows in order */
typedef struct
{
  WallSize size;
  guint from;
  guint to;
  guint i;
} Window;

static gboolean
falls_in (Window *window)
{
  guint i = window->i++;

  return i >= window->from && i < window->to;
}

static guint
count_rows (WallSize size)
{
  guint n = size.n_units + size.n_urgent + size.n_flow;

  for (guint unit = 0; unit < size.n_units; unit++)
    n += get_n_beds (unit);
  return n;
}

static void
print_rows (BedJson *json, Window *window)
{
  bed_json_name (json, "units");
  bed_json_begin_array (json);
  for (guint unit = 0; unit < window->size.n_units; unit++)
    if (falls_in (window))
      print_unit (json, unit);
  bed_json_end_array (json);
  bed_json_name (json, "beds");
  bed_json_begin_array (json);
  for (guint unit = 0; unit < window->size.n_units; unit++)
    for (guint bed = 0; bed < get_n_beds (unit); bed++)
      if (falls_in (window))
        print_bed (json, unit, bed, choose_display (unit, bed));
  bed_json_end_array (json);
  bed_json_name (json, "referrals");
  bed_json_begin_array (json);
  for (guint i = 0; i < window->size.n_urgent + window->size.n_flow; i++)
    if (falls_in (window))
      print_referral (json, window->size, i);
  bed_json_end_array (json);
}

static JsonObject *
parse (BedJson *json)
{
  g_autofree char *text = bed_json_steal (json, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static JsonObject *
make_page (WallSize size, guint page, guint pages, guint rows)
{
  g_auto (BedJson) json = { 0 };
  Window window = { size, page * rows, (page + 1) * rows, 0 };

  bed_json_init (&json, 4096);
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "epoch", WALL_EPOCH);
  bed_json_add_int (&json, "revision", WALL_REVISION);
  bed_json_add_int (&json, "page", page);
  bed_json_add_int (&json, "pages", pages);
  bed_json_name (&json, "laps");
  bed_json_begin_array (&json);
  if (page == 0)
    print_lap (&json);
  bed_json_end_array (&json);
  print_rows (&json, &window);
  bed_json_name (&json, "recent");
  bed_json_begin_array (&json);
  if (page == 0)
    print_recent (&json);
  bed_json_end_array (&json);
  bed_json_name (&json, "history");
  bed_json_begin_array (&json);
  if (page == 0)
    print_history (&json, size);
  bed_json_end_array (&json);
  bed_json_end_object (&json);
  return parse (&json);
}

JsonObject *
wall_fixture_snapshot (WallSize size)
{
  return make_page (size, 0, 1, count_rows (size));
}

GPtrArray *
wall_fixture_pages (WallSize size, guint rows)
{
  guint pages = (count_rows (size) + rows - 1) / rows;
  GPtrArray *made = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);

  for (guint page = 0; page < pages; page++)
    g_ptr_array_add (made, make_page (size, page, pages, rows));
  return made;
}

static void
begin_change (BedJson *json, guint64 from, guint64 revision)
{
  bed_json_init (json, 1024);
  bed_json_begin_object (json);
  bed_json_add_int (json, "from", (gint64)from);
  bed_json_add_int (json, "revision", (gint64)revision);
  bed_json_add_time (json, "at", WALL_NOW_US);
}

JsonObject *
wall_fixture_bed_change (guint64 from, guint64 revision, const char *unit, guint bed,
                         const char *display)
{
  g_auto (BedJson) json = { 0 };

  begin_change (&json, from, revision);
  bed_json_name (&json, "beds");
  bed_json_begin_array (&json);
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_equal (homes[i].id, unit))
      print_bed (&json, i, bed, display);
  bed_json_end_array (&json);
  bed_json_end_object (&json);
  return parse (&json);
}

JsonObject *
wall_fixture_hold_change (guint64 from, guint64 revision, const char *referral, const char *bed,
                          const char *unit)
{
  g_auto (BedJson) json = { 0 };

  begin_change (&json, from, revision);
  bed_json_name (&json, "referrals");
  bed_json_begin_array (&json);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "referral", referral);
  bed_json_add_string (&json, "state", "held");
  bed_json_add_string (&json, "lane", "flow");
  bed_json_add_time (&json, "until", WALL_NOW_US + BED_HOUR_US);
  bed_json_add_int (&json, "hold_min", 60);
  bed_json_name (&json, "offer");
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "bed", bed);
  bed_json_add_string (&json, "unit", unit);
  bed_json_end_object (&json);
  bed_json_end_object (&json);
  bed_json_end_array (&json);
  bed_json_end_object (&json);
  return parse (&json);
}
