/* test-find-print.c: bed.find as the language has it: results printed, params parsed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-world.h"

/* The language. */

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static void
test_print_offer (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_auto (BedJson) json;
  BedOffer offer;

  needs.must = BIT (BED_NEED_HOIST);
  needs.prefer = BIT (BED_NEED_ENSUITE) | BIT (BED_NEED_OXYGEN);
  world->beds[2].features = BIT (BED_NEED_HOIST) | BIT (BED_NEED_OXYGEN);
  open_world (world);
  g_assert_cmpuint (bed_find_nearest (&world->view, &needs, 1, NULL, NULL, &offer), ==, 1);
  bed_json_init (&json, 0);
  bed_find_print_offer (&world->view, &needs, &offer, &json);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"bed\":\"unit-1-01\",\"unit\":\"unit-1\",\"metres\":1300,\"distance_from\":\"straight\","
                   "\"meets\":[\"oxygen\",\"hoist\"],\"misses_preferred\":[\"ensuite\"],"
                   "\"confirmed_at\":\"1970-01-01T00:00:01.000Z\",\"call_first\":false}");
}

static void
test_print_never_confirmed (void)
{
  g_autoptr (World) world = small_world ();
  const BedNeedsProfile needs = needs_at_romsey ();
  const BedOffer offer = { .bed = 2, .call_first = TRUE };
  g_auto (BedJson) json;

  bed_json_init (&json, 0);
  bed_find_print_offer (&world->view, &needs, &offer, &json);
  g_assert_nonnull (strstr (json.text->str, "\"confirmed_at\":null,\"call_first\":true"));
}

static void
test_print_found (void)
{
  g_autoptr (World) world = small_world ();
  BedNeedsProfile needs = needs_at_romsey ();
  g_autoptr (JsonObject) object = NULL;
  g_auto (BedJson) json;
  JsonArray *ruled_out;
  BedFound found;

  needs.must = BIT (BED_NEED_HOIST);
  world->beds[0].features = world->beds[1].features = BIT (BED_NEED_HOIST);
  world->rows[2].occupancy = BED_OCCUPANCY_OCCUPIED;
  bed_find (&world->view, &needs, 1, &found);
  bed_json_init (&json, 0);
  bed_find_print (&world->view, &needs, &found, NULL, 42, &json);
  object = parse_object (json.text->str);
  g_assert_cmpint (json_object_get_int_member (object, "revision"), ==, 42);
  g_assert_cmpint (json_object_get_int_member (object, "total"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (object, "cut_off"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "offers")), ==, 1);
  ruled_out = json_object_get_array_member (object, "ruled_out");
  g_assert_cmpuint (json_array_get_length (ruled_out), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (ruled_out, 0), "reason"), ==, "occupancy");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (ruled_out, 1), "reason"), ==, "must:hoist");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (ruled_out, 1), "count"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (ruled_out, 1), "nearest_metres"), ==, 1300);
}

static void
test_parse (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params
      = parse_object ("{\"home\":\"SO51\",\"needs\":{\"must\":[\"hoist\"],\"must_not\":[\"secure\"],\"prefer\":[\"ensuite\"]},"
                      "\"sex\":\"male\",\"type\":\"d2a\",\"limit\":200}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (limit, ==, 200);
  g_assert_cmpuint (needs.must, ==, BIT (BED_NEED_HOIST));
  g_assert_cmpuint (needs.must_not, ==, BIT (BED_NEED_SECURE));
  g_assert_cmpuint (needs.prefer, ==, BIT (BED_NEED_ENSUITE));
  g_assert_cmpuint (needs.sex, ==, BED_SEX_MALE);
  g_assert_cmpuint (needs.type, ==, BED_TYPE_D2A);
  g_assert_cmpuint (needs.district, ==, 0);
  g_assert_cmpuint (needs.easting, ==, 435500);
}

static void
test_parse_no_fixed_abode (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params = parse_object ("{\"home\":\"nfa\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_cmpuint (needs.district, ==, BED_NONE_16);
  g_assert_cmpuint (needs.easting, ==, 0);
  g_assert_cmpuint (limit, ==, BED_FIND_LIMIT);
}

static void
test_parse_near (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params
      = parse_object ("{\"home\":\"nfa\",\"near\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_cmpuint (needs.district, ==, 0);
  g_assert_cmpuint (needs.northing, ==, 121000);
}

/* What else a person brings; asked at no particular time, by the nearest LAP. */
static void
test_parse_more_needs (void)
{
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params
      = parse_object ("{\"home\":\"SO51\",\"needs\":{\"infection\":\"mrsa\",\"weight_band\":\"to_180\",\"oxygen_lpm\":2},"
                      "\"sex\":\"male\",\"type\":\"d2a\"}");
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_true (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_cmpuint (needs.infection, ==, BED_INFECTION_MRSA);
  g_assert_cmpuint (needs.weight_band, ==, BED_WEIGHT_TO_180);
  g_assert_cmpuint (needs.must, ==, BIT (BED_NEED_OXYGEN));
  g_assert_cmpuint (needs.minute, ==, BED_ANY_MINUTE);
  g_assert_cmpuint (needs.lap, ==, BED_NONE_8); /* the world has none */
  g_assert_null (needs.partner);
}

typedef struct
{
  const char *path;
  const char *params;
  const char *member;
} WrongParams;

static const WrongParams wrong_params[] = {
  { "/find/parse/home-missing", "{\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}", "home" },
  { "/find/parse/home-unknown", "{\"home\":\"ZE1\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}", "home" },
  { "/find/parse/near-unknown", "{\"home\":\"SO51\",\"near\":\"ZE1\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\"}", "near" },
  { "/find/parse/needs-missing", "{\"home\":\"SO51\",\"sex\":\"male\",\"type\":\"d2a\"}", "needs" },
  { "/find/parse/needs-unknown", "{\"home\":\"SO51\",\"needs\":{\"must\":[\"gold\"]},\"sex\":\"male\",\"type\":\"d2a\"}", "needs" },
  { "/find/parse/sex", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"other\",\"type\":\"d2a\"}", "sex" },
  { "/find/parse/type", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"hotel\"}", "type" },
  { "/find/parse/limit-zero", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":0}", "limit" },
  { "/find/parse/limit-over", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":201}", "limit" },
  { "/find/parse/limit-word", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":\"9\"}", "limit" },
  { "/find/parse/limit-fraction", "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"male\",\"type\":\"d2a\",\"limit\":1.5}", "limit" },
};

static void
test_parse_wrong (gconstpointer user_data)
{
  const WrongParams *wrong = user_data;
  g_autoptr (World) world = small_world ();
  g_autoptr (JsonObject) params = parse_object (wrong->params);
  g_autoptr (GError) error = NULL;
  BedNeedsProfile needs;
  guint limit;

  g_assert_false (bed_find_parse (&world->view, params, &needs, &limit, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, wrong->member);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/print-offer", test_print_offer);
  g_test_add_func ("/find/print-never-confirmed", test_print_never_confirmed);
  g_test_add_func ("/find/print-found", test_print_found);
  g_test_add_func ("/find/parse/right", test_parse);
  g_test_add_func ("/find/parse/no-fixed-abode", test_parse_no_fixed_abode);
  g_test_add_func ("/find/parse/near", test_parse_near);
  g_test_add_func ("/find/parse/more-needs", test_parse_more_needs);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_params); i++)
    g_test_add_data_func (wrong_params[i].path, &wrong_params[i], test_parse_wrong);
  return g_test_run ();
}
