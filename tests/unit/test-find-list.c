/* test-find-list.c: the single beds that are ruled out: which, in which order, how many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-world.h"

#include "common/bed-find-list.h"

/* The list of a search, as the language has it. */
static JsonArray *
list_ruled_out (World *world, const BedNeedsProfile *needs, guint limit, gboolean hides_partner)
{
  g_autoptr (BedFindList) list = bed_find_list_new (&world->table, limit, hides_partner);
  g_autofree BedFound *found = g_new (BedFound, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (BedJson) json;

  bed_find_and_tell (&world->view, needs, 1, found, &(const BedFindTold) { NULL, list });
  bed_json_init (&json, 0);
  bed_find_print (&world->view, needs, found, list, 42, &json);
  node = json_from_string (json.text->str, &error);
  g_assert_no_error (error);
  return json_array_ref (json_object_get_array_member (json_node_get_object (node), "ruled_out_beds"));
}

static void
assert_row (JsonArray *rows, guint i, const char *bed, gint64 metres, const char *reason)
{
  JsonObject *row = json_array_get_object_element (rows, i);

  g_assert_cmpstr (json_object_get_string_member (row, "bed"), ==, bed);
  g_assert_true (g_str_has_prefix (bed, json_object_get_string_member (row, "unit")));
  g_assert_cmpint (json_object_get_int_member (row, "metres"), ==, metres);
  g_assert_cmpstr (json_object_get_string_member (row, "distance_from"), ==, "straight");
  g_assert_cmpstr (json_object_get_string_member (row, "reason"), ==, reason);
}

/* Nearest first whatever the reason, which is that of the counts. */
static void
test_nearest_first (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonArray) rows = NULL;

  needs.must = BIT (BED_NEED_HOIST);
  needs.must_not = BIT (BED_NEED_SECURE);
  for (guint i = 0; i < 6; i++)
    world->beds[i].features = BIT (BED_NEED_HOIST);
  world->rows[0].occupancy = BED_OCCUPANCY_OCCUPIED;
  world->beds[3].features = BIT (BED_NEED_HOIST) | BIT (BED_NEED_SECURE);
  world->beds[4].features = 0;
  rows = list_ruled_out (world, &needs, BED_FIND_LIST_MAX, FALSE);
  g_assert_cmpuint (json_array_get_length (rows), ==, 3);
  assert_row (rows, 0, "unit-1-02", 1300, "must_not:secure");
  assert_row (rows, 1, "unit-2-01", 2600, "must:hoist");
  assert_row (rows, 2, "unit-0-01", 3900, "occupancy");
}

/* So many of each reason, the nearest, although units come in another order. */
static void
test_so_many_of_a_reason (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonArray) rows = NULL;

  needs.must = BIT (BED_NEED_HOIST);
  world->rows[0].occupancy = BED_OCCUPANCY_OCCUPIED;
  rows = list_ruled_out (world, &needs, 2, FALSE);
  g_assert_cmpuint (json_array_get_length (rows), ==, 3);
  assert_row (rows, 0, "unit-1-01", 1300, "must:hoist");
  assert_row (rows, 1, "unit-1-02", 1300, "must:hoist");
  assert_row (rows, 2, "unit-0-01", 3900, "occupancy");
}

/* Two of one unit by their labels as people count. */
static void
test_by_label (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonArray) rows = NULL;

  needs.must = BIT (BED_NEED_HOIST);
  g_strlcpy (world->beds[2].label, "Room 10", sizeof world->beds[2].label);
  rows = list_ruled_out (world, &needs, 1, FALSE);
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  assert_row (rows, 0, "unit-1-02", 1300, "must:hoist");
}

/* A bed whose only fault is its age is an offer, and one beyond the limit of offers is cut off. */
static void
test_offers_are_not_listed (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonArray) rows = NULL;

  world->rows[1].flags |= BED_FLAG_STALE;
  rows = list_ruled_out (world, &needs, BED_FIND_LIST_MAX, FALSE);
  g_assert_cmpuint (json_array_get_length (rows), ==, 0);
}

static void
test_partner (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  BedNeedsProfile partner = needs;
  g_autoptr (JsonArray) told = NULL;
  g_autoptr (JsonArray) hidden = NULL;

  partner.must = BIT (BED_NEED_OXYGEN);
  needs.partner = &partner;
  world->rows[5].occupancy = BED_OCCUPANCY_OCCUPIED;
  told = list_ruled_out (world, &needs, BED_FIND_LIST_MAX, FALSE);
  g_assert_cmpuint (json_array_get_length (told), ==, 6);
  assert_row (told, 0, "unit-1-01", 1300, "partner");
  hidden = list_ruled_out (world, &needs, BED_FIND_LIST_MAX, TRUE);
  g_assert_cmpuint (json_array_get_length (hidden), ==, 1);
  assert_row (hidden, 0, "unit-2-02", 2600, "occupancy");
}

/* However many reasons there are, an answer stays short: the nearest of all. */
static void
test_so_many_in_all (void)
{
  g_autoptr (World) world = world_new ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonArray) rows = NULL;
  gint64 metres = 0;

  add_district (world, "SO51", 435500, 121000);
  for (guint i = 0; i < 8; i++)
    add_unit (world, 0, 436500 + 1000 * (7 - i), 121000, 100);
  for (guint i = 0; i < 800; i++)
    {
      needs.must |= BIT (i / 100);
      world->beds[i].features = BIT (8) - 1 - BIT (i / 100);
    }
  open_world (world);
  rows = list_ruled_out (world, &needs, BED_FIND_LIST_MAX, FALSE);
  g_assert_cmpuint (json_array_get_length (rows), ==, BED_FIND_LISTED_MAX);
  for (guint i = 0; i < BED_FIND_LISTED_MAX; i++)
    {
      const gint64 next = json_object_get_int_member (json_array_get_object_element (rows, i), "metres");

      g_assert_cmpint (next, >=, metres);
      metres = next;
    }
  g_assert_cmpint (metres, ==, 5 * 1300);
}

/* Nobody asked: no member. */
static void
test_unasked (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  g_autofree BedFound *found = g_new (BedFound, 1);
  g_auto (BedJson) json;

  world->rows[0].occupancy = BED_OCCUPANCY_OCCUPIED;
  bed_find (&world->view, &needs, 1, found);
  bed_json_init (&json, 0);
  bed_find_print (&world->view, &needs, found, NULL, 42, &json);
  g_assert_null (strstr (json.text->str, "ruled_out_beds"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find-list/nearest-first", test_nearest_first);
  g_test_add_func ("/find-list/of-a-reason", test_so_many_of_a_reason);
  g_test_add_func ("/find-list/by-label", test_by_label);
  g_test_add_func ("/find-list/no-offers", test_offers_are_not_listed);
  g_test_add_func ("/find-list/partner", test_partner);
  g_test_add_func ("/find-list/in-all", test_so_many_in_all);
  g_test_add_func ("/find-list/unasked", test_unasked);
  return g_test_run ();
}
