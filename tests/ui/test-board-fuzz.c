/* test-board-fuzz.c: what a hostile or a newer gateway may send: well-formed JSON of wrong shapes, types
 * and sizes, as notifications of the feed and as answers. Nothing crashes, nothing grows without end,
 * and what the model then holds is of one piece. Prints its seed: run again with --seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-model.h"
#include "board/board-words.h"
#include "board/desk/desk-handover.h"
#include "board/desk/desk-offers.h"
#include "board/desk/desk-plan.h"
#include "board/desk/desk-story.h"
#include "board/wall/wall-why.h"
#include "board/ward/ward-say.h"
#include "wall-fixture.h"

#include "common/bed-time.h"

#include <string.h>

#define MESSAGES 3000
#define ANSWERS 3000
#define DEPTH 4
#define SIZE ((WallSize){ 5, 2, 4 })

static guint
draw (guint n)
{
  return (guint)g_test_rand_int_range (0, (gint32)n);
}

/* --- JSON of any shape --- */

static char *
make_text (void)
{
  static const char *const texts[]
      = { "", "waiting", "free", "held", "occupied", "urgent", "hoist", "must:hoist", "must_not:", ":", "staff_room", "cedar",
          "cedar-01", "2026-11-22T11:42:00.000Z", "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2026-02-30T00:00:00Z",
          "live", "<b>&amp;</b>", "%s%n%d", "\xe2\x80\xae\xc5\xb5", "K7Q-M4X", "bed.reported", "moving_house", "\x01\n" };

  if (draw (12) == 0)
    return g_strnfill (draw (4000), 'x');
  if (draw (40) == 0)
    return g_strconcat ("\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5",
                        "\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5\xc5\xb5", NULL);
  return g_strdup (texts[draw (G_N_ELEMENTS (texts))]);
}

static JsonNode *
make_number (void)
{
  static const gint64 whole[] = { 0, 1, -1, 7, 64, 4100, 4101, 65536, G_MAXINT32, G_MAXUINT32, G_MAXINT64, G_MININT64 };
  static const double real[] = { 0.5, -1e300, 1e308, 9e18, 1e19 };
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (draw (3) == 0)
    json_node_set_double (node, real[draw (G_N_ELEMENTS (real))]);
  else
    json_node_set_int (node, whole[draw (G_N_ELEMENTS (whole))]);
  return node;
}

static JsonNode *
make_node (guint depth);

static JsonObject *
make_object (guint depth)
{
  static const char *const names[]
      = { "unit", "bed", "referral", "revision", "page", "pages", "state", "since", "at", "epoch", "laps", "units", "beds",
          "referrals", "recent", "history", "gone", "offers", "ruled_out", "reason", "count", "metres", "events", "event",
          "assigned", "unassigned", "swaps", "must", "needs", "clocks", "home", "offer", "total", "cut_off" };
  JsonObject *object = json_object_new ();

  for (guint i = draw (8); i > 0; i--)
    json_object_set_member (object, names[draw (G_N_ELEMENTS (names))], make_node (depth + 1));
  return object;
}

static JsonNode *
make_node (guint depth)
{
  JsonNode *node;
  JsonArray *array;
  g_autofree char *text = NULL;

  switch (depth < DEPTH ? draw (6) : draw (4))
    {
    case 0:
      return json_node_new (JSON_NODE_NULL);
    case 1:
      return make_number ();
    case 2:
      return json_node_init_boolean (json_node_alloc (), (gboolean)draw (2));
    case 3:
      text = make_text ();
      return json_node_init_string (json_node_alloc (), text);
    case 4:
      array = json_array_new ();
      for (guint i = draw (6); i > 0; i--)
        json_array_add_element (array, make_node (depth + 1));
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
      return node;
    default:
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, make_object (depth));
      return node;
    }
}

/* --- and of almost the right one --- */

static void
spoil (JsonNode *node, guint depth);

static void
spoil_object (JsonObject *object, guint depth)
{
  g_autoptr (GList) names = json_object_get_members (object);
  guint n = g_list_length (names);

  if (n == 0)
    return;
  for (GList *link = names; link != NULL; link = link->next)
    {
      g_autofree char *name = g_strdup (link->data);

      if (draw (n * 2) == 0)
        json_object_set_member (object, name, make_node (DEPTH - 1));
      else if (draw (n * 4) == 0)
        json_object_remove_member (object, name);
      else
        spoil (json_object_get_member (object, name), depth + 1);
    }
}

static void
spoil (JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    spoil_object (json_node_get_object (node), depth);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      spoil (json_array_get_element (json_node_get_array (node), i), depth + 1);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* A message of the feed, spoilt or not, or anything. Owned by the caller. */
static JsonObject *
make_message (void)
{
  static const char *const displays[] = { "free", "held", "occupied", "closed", "unknown" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *code = wall_fixture_code (draw (6));

  switch (draw (4))
    {
    case 0:
      return make_object (0);
    case 1:
      json_node_take_object (node, wall_fixture_snapshot (SIZE));
      break;
    case 2:
      json_node_take_object (node, wall_fixture_bed_change (4100, 4100 + draw (3), wall_fixture_unit (draw (6)), draw (20),
                                                            displays[draw (G_N_ELEMENTS (displays))]));
      break;
    default:
      json_node_take_object (node, wall_fixture_hold_change (4100, 4101, code, "cedar-01", wall_fixture_unit (draw (5))));
      break;
    }
  if (draw (8) > 0)
    spoil (node, 0);
  return json_object_ref (json_node_get_object (node));
}

/* --- what has to hold whatever was said --- */

static void
check_unit (BoardModel *model, const BoardUnit *unit)
{
  g_autofree char *said = board_words_unit (unit, WALL_NOW_US);
  guint n = 0;

  g_assert_true (board_model_find_unit (model, unit->id) == unit);
  g_assert_true (g_utf8_validate (said, -1, NULL));
  for (guint i = 0; i < unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (unit->beds, i);

      g_assert_true (board_model_find_bed (model, bed->id) == bed);
      g_assert_cmpstr (bed->unit, ==, unit->id);
      g_assert_cmpint (bed->display, <, BED_DISPLAY_N);
      g_assert_true (bed->is_in_effect);
    }
  for (guint glyph = 0; glyph < BOARD_N_GLYPHS; glyph++)
    n += unit->counts[glyph];
  g_assert_cmpuint (n, ==, unit->beds->len);
}

static void
check_model (BoardModel *model)
{
  const GPtrArray *units = board_model_peek_units (model);
  const GPtrArray *people = board_model_peek_people (model);
  const GPtrArray *queue = board_model_peek_queue (model);
  const GPtrArray *recent = board_model_peek_recent (model);

  g_assert_true (g_utf8_validate (board_model_peek_lap_name (model), -1, NULL));
  g_assert_cmpuint (recent->len, <=, BOARD_RECENT_MAX);
  g_assert_cmpuint (queue->len, <=, people->len);
  for (guint i = 0; i < units->len; i++)
    check_unit (model, g_ptr_array_index (units, i));
  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);

      g_assert_true (board_model_find_referral (model, referral->code) == referral);
      g_assert_cmpint (referral->state, <, BED_STATE_N);
      g_assert_true (g_utf8_validate (referral->home, -1, NULL));
    }
  for (guint i = 0; i < recent->len; i++)
    {
      g_autofree char *words = board_words_recent (g_ptr_array_index (recent, i), "Room 7");

      g_assert_true (words == NULL || g_utf8_validate (words, -1, NULL));
    }
}

static void
test_feed (void)
{
  static const char *const methods[] = { "feed.snapshot", "feed.changes", "feed.changes", "feed.state", "feed.dance" };
  g_autoptr (BoardModel) model = board_model_new ("winchester");
  JsonObject *snapshot = wall_fixture_snapshot (SIZE);
  g_autoptr (BoardModel) whole = board_model_new ("winchester");

  for (guint i = 0; i < MESSAGES; i++)
    {
      JsonObject *message = make_message ();

      board_model_apply (model, methods[draw (G_N_ELEMENTS (methods))], message, (gint64)draw (G_MAXINT32));
      json_object_unref (message);
      check_model (model);
    }
  /* the next whole picture is as if nothing had been */
  board_model_apply (model, "feed.snapshot", snapshot, 1);
  board_model_apply (whole, "feed.snapshot", snapshot, 1);
  json_object_unref (snapshot);
  g_assert_cmpmem (board_model_peek_totals (model), sizeof (BoardTotals), board_model_peek_totals (whole), sizeof (BoardTotals));
  g_assert_cmpuint (board_model_peek_queue (model)->len, ==, board_model_peek_queue (whole)->len);
}

/* --- answers --- */

static BoardModel *
make_model (void)
{
  BoardModel *model = board_model_new ("winchester");
  JsonObject *snapshot = wall_fixture_snapshot (SIZE);

  board_model_apply (model, "feed.snapshot", snapshot, 1);
  json_object_unref (snapshot);
  return model;
}

/* Spoilt, or anything. */
static JsonObject *
make_answer (const char *right)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (draw (3) == 0)
    return make_object (0);
  json_node_take_object (node, parse (right));
  spoil (node, 0);
  return json_object_ref (json_node_get_object (node));
}

static void
try_find (BoardModel *model)
{
  JsonObject *answer = make_answer (
      "{\"revision\":4100,\"offers\":[{\"bed\":\"cedar-01\",\"unit\":\"cedar\",\"metres\":6200,\"distance_from\":\"straight\","
      "\"meets\":[\"hoist\"],\"misses_preferred\":[\"ensuite\"],\"confirmed_at\":\"2026-11-22T11:42:00.000Z\",\"call_first\":true}],"
      "\"cut_off\":3,\"ruled_out\":[{\"reason\":\"must:hoist\",\"count\":4,\"nearest_metres\":6200}],\"total\":8}");
  DeskOffers *offers = desk_offers_new ("K7Q-M4X", answer);
  g_autofree WallWhy *why = g_new0 (WallWhy, 1);

  for (guint i = 0; i < offers->offers->len; i++)
    g_assert_nonnull (desk_offers_get (offers, i));
  for (guint i = 0; i < offers->ruled_out->len; i++)
    {
      g_autofree char *said = desk_ruled_out_say (&g_array_index (offers->ruled_out, DeskRuledOut, i));

      g_assert_true (g_utf8_validate (said, -1, NULL));
    }
  g_assert_cmpuint (desk_offers_count (offers), >=, offers->n_sure);
  wall_why_ask (why, "K7Q-M4X");
  wall_why_take (why, answer);
  g_assert_cmpuint (why->n_lines, <=, WALL_WHY_LINES_MAX);
  for (guint i = 0; i < why->n_lines; i++)
    {
      g_autofree char *reason = ward_say_mirror_reason (why->lines[i].words);

      g_assert_true (g_utf8_validate (why->lines[i].words, -1, NULL));
      g_assert_nonnull (reason);
    }
  desk_offers_free (offers);
  json_object_unref (answer);
}

static void
try_plan (BoardModel *model)
{
  JsonObject *answer = make_answer (
      "{\"revision\":4100,\"assigned\":[{\"referral\":\"K7Q-M4X\",\"bed\":\"cedar-01\",\"unit\":\"cedar\",\"metres\":6200}],"
      "\"unassigned\":[{\"referral\":\"K7Q-M4Y\",\"reason\":\"type\"}],\"swaps\":[{\"referral\":\"K7Q-M4Z\",\"from\":\"cedar-02\","
      "\"to\":\"cedar-03\",\"saved_metres\":1200}],\"saved_metres\":-4000,\"placed\":1}");
  DeskPlan *plan = desk_plan_new (answer, WALL_NOW_US);
  g_autofree char *placed = desk_plan_say_placed (plan);
  g_autofree char *saving = desk_plan_say_saving (plan);
  g_autofree char *age = desk_plan_say_age (plan, WALL_NOW_US);

  g_assert_true (g_utf8_validate (placed, -1, NULL) && g_utf8_validate (saving, -1, NULL) && *age != 0);
  for (guint i = 0; i < plan->swaps->len; i++)
    {
      g_autofree char *said = desk_swap_say (model, &g_array_index (plan->swaps, DeskSwap, i));

      g_assert_true (g_utf8_validate (said, -1, NULL));
    }
  desk_plan_free (plan);
  json_object_unref (answer);
}

static void
try_history (BoardModel *model)
{
  JsonObject *answer = make_answer (
      "{\"referral\":\"K7Q-M4X\",\"events\":[{\"revision\":7,\"at\":\"2026-11-22T11:42:00.000Z\",\"event\":\"placement.declined\","
      "\"bed\":\"cedar-01\",\"reason\":\"bariatric\"},{\"at\":\"2026-11-22T11:43:00.000Z\",\"event\":\"hold.extended\",\"reason\":"
      "\"family\"},{\"at\":\"2026-11-22T11:44:00.000Z\",\"event\":\"placement.expected\",\"expected_at\":\"2026-11-22T13:00:00.000Z\"}]}");
  g_autoptr (GArray) story = desk_story_new (model, answer);
  DeskHandover *handover = desk_handover_new (model, WALL_NOW_US - BED_DAY_US, WALL_NOW_US);
  g_autofree char *code = wall_fixture_code (0);
  g_autofree char *happened = NULL;

  g_assert_cmpuint (story->len, <=, DESK_STORY_MAX);
  for (guint i = 0; i < story->len; i++)
    g_assert_true (g_utf8_validate (g_array_index (story, DeskTold, i).words, -1, NULL));
  desk_handover_add (handover, model, code, answer);
  happened = desk_handover_say_happened (handover);
  g_assert_nonnull (happened);
  desk_handover_free (handover);
  json_object_unref (answer);
}

static void
test_answers (void)
{
  static void (*const tries[]) (BoardModel *model) = { try_find, try_plan, try_history };
  g_autoptr (BoardModel) model = make_model ();

  for (guint i = 0; i < ANSWERS; i++)
    tries[i % G_N_ELEMENTS (tries)](model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-fuzz/feed", test_feed);
  g_test_add_func ("/board-fuzz/answers", test_answers);
  return g_test_run ();
}
