/* test-desk-offers.c: bed.find's answer as rows, and a person's history as sentences.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/desk/desk-offers.h"
#include "board/desk/desk-story.h"

static const char answer[]
    = "{\"revision\":7,\"offers\":["
      "{\"bed\":\"willow-1\",\"unit\":\"willow\",\"metres\":19449,\"distance_from\":\"straight\",\"meets\":[\"hoist\",\"dementia\"],"
      "\"misses_preferred\":[\"ensuite\"],\"confirmed_at\":\"2026-11-22T11:33:00.000Z\",\"call_first\":false},"
      "{\"bed\":\"clarence-7\",\"unit\":\"clarence\",\"metres\":36600,\"distance_from\":\"crossing\",\"meets\":[],"
      "\"misses_preferred\":[],\"confirmed_at\":null,\"call_first\":true},{\"unit\":\"nameless\"},5],\"cut_off\":3,"
      "\"ruled_out\":[{\"reason\":\"occupancy\",\"count\":119,\"nearest_metres\":9000},"
      "{\"reason\":\"must:hoist\",\"count\":4,\"nearest_metres\":6200},{\"reason\":\"must_not:smoker\",\"count\":1,\"nearest_metres\":7000},"
      "{\"reason\":\"\",\"count\":4,\"nearest_metres\":1},{\"reason\":\"weather\",\"count\":4,\"nearest_metres\":1}],"
      "\"ruled_out_beds\":[{\"bed\":\"romsey-1\",\"unit\":\"romsey\",\"metres\":6200,\"distance_from\":\"table\",\"reason\":\"must:hoist\"},"
      "{\"bed\":\"romsey-2\",\"unit\":\"romsey\",\"metres\":6200,\"distance_from\":\"straight\",\"reason\":\"must:hoist\"},"
      "{\"bed\":\"a-1\",\"metres\":7000,\"reason\":\"must_not:smoker\"},{\"bed\":\"a-2\",\"metres\":8000,\"reason\":\"must_not:smoker\"},"
      "{\"bed\":\"a-3\",\"metres\":8000,\"reason\":\"readiness\"},{\"bed\":\"\",\"reason\":\"occupancy\"},7],\"total\":130}";

static DeskOffers *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return desk_offers_new ("K7Q-M4X", json_node_get_object (node));
}

static void
test_offers (void)
{
  g_autoptr (DeskOffers) offers = parse (answer);
  const DeskOffer *first = desk_offers_get (offers, 0);

  g_assert_cmpuint (offers->offers->len, ==, 2);
  g_assert_cmpuint (offers->n_sure, ==, 1);
  g_assert_cmpuint (desk_offers_count (offers), ==, 5);
  g_assert_cmpuint (offers->total, ==, 130);
  g_assert_cmpstr (first->bed, ==, "willow-1");
  g_assert_cmpuint (first->meets, ==, G_GUINT64_CONSTANT (1) << BED_NEED_HOIST | G_GUINT64_CONSTANT (1) << BED_NEED_DEMENTIA);
  g_assert_cmpuint (first->misses, ==, G_GUINT64_CONSTANT (1) << BED_NEED_ENSUITE);
  g_assert_cmpint (first->from, ==, BED_DISTANCE_STRAIGHT);
  g_assert_cmpint (desk_offers_get (offers, 1)->from, ==, BED_DISTANCE_CROSSING);
  g_assert_cmpint (desk_offers_get (offers, 1)->confirmed_us, ==, 0);
  g_assert_true (desk_offers_get (offers, 1)->call_first);
  g_assert_null (desk_offers_get (offers, 2));
}

static void
test_find (void)
{
  g_autoptr (DeskOffers) offers = parse (answer);

  g_assert_cmpint (desk_offers_find (offers, "clarence-7"), ==, 1);
  g_assert_cmpint (desk_offers_find (offers, "elsewhere"), ==, -1);
  g_assert_cmpint (desk_offers_find (NULL, "clarence-7"), ==, -1);
  g_assert_cmpuint (desk_offers_count (NULL), ==, 0);
}

/* Nearest first; what this build has no word for is left out. */
static void
test_ruled_out (void)
{
  g_autoptr (DeskOffers) offers = parse (answer);
  static const char *const said[] = { "Missing: Hoist", "Must not have: Place to smoke", "Occupied" };

  g_assert_cmpuint (offers->ruled_out->len, ==, 3);
  g_assert_cmpuint (offers->n_ruled_out, ==, 124);
  for (guint i = 0; i < 3; i++)
    {
      const DeskRuledOut *ruled_out = &g_array_index (offers->ruled_out, DeskRuledOut, i);
      g_autofree char *words = desk_ruled_out_say (ruled_out);

      g_assert_cmpstr (words, ==, said[i]);
      g_assert_cmpint (desk_ruled_out_is_near_miss (ruled_out), ==, i < 2);
    }
}

/* Under the reason they are counted for, as many as it counts; of reasons that are not counted none. */
static void
test_ruled_out_beds (void)
{
  g_autoptr (DeskOffers) offers = parse (answer);
  static const guint n_beds[] = { 2, 1, 0 };

  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (offers->ruled_out, DeskRuledOut, i).beds->len, ==, n_beds[i]);
  const DeskRuledOutBed *first
      = &g_array_index (g_array_index (offers->ruled_out, DeskRuledOut, 0).beds, DeskRuledOutBed, 0);
  g_assert_cmpstr (first->bed, ==, "romsey-1");
  g_assert_cmpuint (first->metres, ==, 6200);
  g_assert_cmpint (first->from, ==, BED_DISTANCE_TABLE);
}

/* What is said of a bed besides its reason. */
static void
test_say_bed (void)
{
  static const struct
  {
    DeskRuledOut reason;
    BoardBed bed;
    const char *said;
  } cases[] = {
    { { .reason = BED_RULED_OUT_SERVICE }, { .reason = BED_CLOSURE_STAFFING, .display = BED_DISPLAY_CLOSED }, "Not enough staff" },
    { { .reason = BED_RULED_OUT_SERVICE }, { .display = BED_DISPLAY_SURGE_SHUT }, "Surge bed, shut" },
    { { .reason = BED_RULED_OUT_OCCUPANCY }, { .display = BED_DISPLAY_OCCUPIED }, "" },
    { { .reason = BED_RULED_OUT_OCCUPANCY }, { .expected_free_us = G_GINT64_CONSTANT (1795347720000000) }, "Leaves Sun 22 Nov" },
    { { .reason = BED_RULED_OUT_COMMITMENT },
      { .commitment = BED_COMMITMENT_HELD, .until_us = G_GINT64_CONSTANT (1795347720000000) },
      "Held until 11:42" },
    { { .reason = BED_RULED_OUT_COMMITMENT }, { .commitment = BED_COMMITMENT_ACCEPTED, .display = BED_DISPLAY_ACCEPTED }, "Arriving" },
    { { .reason = BED_RULED_OUT_MUST, .need = BED_NEED_HOIST }, { .display = BED_DISPLAY_FREE }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = desk_ruled_out_say_bed (&cases[i].reason, &cases[i].bed);

      g_assert_cmpstr (said, ==, cases[i].said);
    }
}

static void
test_malformed (void)
{
  static const char *const texts[] = { "{}", "{\"offers\":{},\"ruled_out\":7,\"cut_off\":-4}", "{\"offers\":[[],null,{\"bed\":\"\"}]}",
                                       "{\"offers\":[{\"bed\":\"a-name-that-is-far-too-long-to-be-the-id-of-any-bed-in-this-register\"}]}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DeskOffers) offers = parse (texts[i]);

      g_assert_cmpuint (desk_offers_count (offers), ==, 0);
      g_assert_cmpuint (offers->n_ruled_out, ==, 0);
    }
}

static void
test_kilometres (void)
{
  g_autofree char *near = desk_offer_print_km (950);
  g_autofree char *far = desk_offer_print_km (19449);

  g_assert_cmpstr (near, ==, "1.0");
  g_assert_cmpstr (far, ==, "19.4");
}

/* --- what happened --- */

static void
test_story (void)
{
  g_autoptr (BoardModel) model = board_model_new ("north");
  g_autoptr (JsonNode) node = json_from_string (
      "{\"events\":[{\"event\":\"referral.submitted\",\"at\":\"2026-11-22T09:10:00.000Z\"},"
      "{\"event\":\"placement.declined\",\"reason\":\"not_stable\",\"bed\":\"gone\",\"at\":\"2026-11-22T10:02:00.000Z\"},"
      "{\"event\":\"quarter.passed\"},{\"event\":\"something.else\"},4,"
      "{\"event\":\"placement.expected\",\"expected_at\":\"2026-11-22T13:15:00.000Z\",\"at\":\"2026-11-22T11:00:00.000Z\"}]}",
      NULL);
  g_autoptr (GArray) story = desk_story_new (model, json_node_get_object (node));

  g_assert_cmpuint (story->len, ==, 3);
  g_assert_cmpstr (g_array_index (story, DeskTold, 0).words, ==, "Expected at 13:15.");
  g_assert_true (g_str_has_prefix (g_array_index (story, DeskTold, 1).words, "The site declined: "));
  g_assert_cmpint (g_array_index (story, DeskTold, 1).tone, ==, DESK_TONE_CLOSED);
  g_assert_cmpstr (g_array_index (story, DeskTold, 2).words, ==, "Referred.");
}

/* Every kind that has a sentence can be said without its facts. */
static void
test_every_event (void)
{
  g_autoptr (BoardModel) model = board_model_new ("north");
  guint n = 0;

  for (guint kind = 0; kind < BED_N_EVENTS; kind++)
    {
      g_autofree char *text = g_strdup_printf ("{\"events\":[{\"event\":\"%s\"}]}", bed_event_word ((BedEventKind)kind));
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GArray) story = desk_story_new (model, json_node_get_object (node));

      n += story->len;
      if (story->len > 0)
        g_assert_cmpstr (g_array_index (story, DeskTold, 0).words, !=, "");
    }
  g_assert_cmpuint (n, ==, 35);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-offers/offers", test_offers);
  g_test_add_func ("/desk-offers/find", test_find);
  g_test_add_func ("/desk-offers/ruled-out", test_ruled_out);
  g_test_add_func ("/desk-offers/ruled-out-beds", test_ruled_out_beds);
  g_test_add_func ("/desk-offers/say-bed", test_say_bed);
  g_test_add_func ("/desk-offers/malformed", test_malformed);
  g_test_add_func ("/desk-offers/kilometres", test_kilometres);
  g_test_add_func ("/desk-story/sentences", test_story);
  g_test_add_func ("/desk-story/every-event", test_every_event);
  return g_test_run ();
}
