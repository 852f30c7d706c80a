/* feed-turns.c: changes members of a snapshot before a board is given it.
 *
 * Owns nothing; the rows of a fixture are plain objects. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "feed-turns.h"

#include "common/bed-time.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */
#define OLD_US (5 * BED_HOUR_US + 22 * BED_MINUTE_US)
#define PLACES_A_ROW 9 /* of the units that are added: over the county, 8 km apart */
#define PLACE_METRES 8000
#define WEST 416000
#define SOUTH 98000

static JsonArray *
get_rows (JsonObject *snapshot, const char *name)
{
  return json_object_get_array_member (snapshot, name);
}

/* A later snapshot than the fixture's. */
static void
renew (JsonObject *snapshot)
{
  json_object_set_int_member (snapshot, "revision", json_object_get_int_member (snapshot, "revision") + 1);
}

static void
clear (JsonObject *snapshot, const char *name)
{
  json_object_set_array_member (snapshot, name, json_array_new ());
}

void
feed_turn_stale (JsonObject *snapshot)
{
  static const char *const names[] = { "units", "beds" };
  char time[BED_TIME_SIZE];

  renew (snapshot);
  bed_time_print (NOW_US - OLD_US, time);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint row = 0; row < json_array_get_length (get_rows (snapshot, names[i])); row++)
      {
        JsonObject *members = json_array_get_object_element (get_rows (snapshot, names[i]), row);

        json_object_set_boolean_member (members, "stale", TRUE);
        json_object_set_boolean_member (members, "offerable", FALSE);
        json_object_set_string_member (members, "confirmed_at", time);
      }
}

static void
free_bed (JsonObject *bed)
{
  static const char *const promised[] = { "held", "accepted", "in_transit" };

  for (guint i = 0; i < G_N_ELEMENTS (promised); i++)
    if (g_str_equal (json_object_get_string_member (bed, "display"), promised[i]))
      {
        json_object_set_string_member (bed, "display", "free");
        json_object_set_boolean_member (bed, "offerable", TRUE);
        json_object_set_string_member (bed, "commitment", "none");
      }
  json_object_remove_member (bed, "referral");
  json_object_remove_member (bed, "until");
  json_object_remove_member (bed, "expected_at");
}

void
feed_turn_nobody (JsonObject *snapshot)
{
  JsonArray *beds = get_rows (snapshot, "beds");

  renew (snapshot);
  clear (snapshot, "referrals");
  for (guint i = 0; i < json_array_get_length (beds); i++)
    free_bed (json_array_get_object_element (beds, i));
}

void
feed_turn_empty (JsonObject *snapshot)
{
  renew (snapshot);
  clear (snapshot, "units");
  clear (snapshot, "beds");
  clear (snapshot, "referrals");
  clear (snapshot, "recent");
  clear (snapshot, "history");
}

static JsonObject *
copy (JsonObject *row)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) made = NULL;

  json_node_init_object (node, row);
  text = json_to_string (node, FALSE);
  made = json_from_string (text, NULL);
  return json_node_dup_object (made);
}

/* The beds of one unit again, as another's. */
static void
copy_beds (JsonObject *snapshot, const char *unit, const char *id)
{
  JsonArray *beds = get_rows (snapshot, "beds");
  guint n = json_array_get_length (beds);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *bed = json_array_get_object_element (beds, i);
      g_autofree char *name = NULL;

      if (!g_str_equal (json_object_get_string_member (bed, "unit"), unit))
        continue;
      bed = copy (bed);
      name = g_strconcat (id, json_object_get_string_member (bed, "bed") + strlen (unit), NULL);
      json_object_set_string_member (bed, "bed", name);
      json_object_set_string_member (bed, "unit", id);
      json_object_remove_member (bed, "referral");
      json_array_add_object_element (beds, bed);
    }
}

void
feed_turn_many (JsonObject *snapshot, guint n)
{
  JsonArray *units = get_rows (snapshot, "units");
  guint n_own = json_array_get_length (units);

  renew (snapshot);
  for (guint i = n_own; i < n && n_own > 0; i++)
    {
      JsonObject *own = json_array_get_object_element (units, i % n_own);
      JsonObject *unit = copy (own);
      g_autofree char *id = g_strdup_printf ("linden-%u", i);
      g_autofree char *name = g_strdup_printf ("Linden House %u", i);

      copy_beds (snapshot, json_object_get_string_member (own, "unit"), id);
      json_object_set_string_member (unit, "unit", id);
      json_object_set_string_member (unit, "name", name);
      json_object_set_string_member (unit, "site", name);
      json_object_set_int_member (unit, "easting", WEST + (gint64)(i % PLACES_A_ROW) * PLACE_METRES);
      json_object_set_int_member (unit, "northing", SOUTH + (gint64)(i / PLACES_A_ROW) * PLACE_METRES);
      json_array_add_object_element (units, unit);
    }
}
