/* test-desk-handover.c: since when, what happened, and what is said of it. No display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/desk/desk-handover.h"
#include "board/desk/desk-story.h"

#include "common/bed-time.h"

#define NOON_US G_GINT64_CONSTANT (1795348800000000) /* Sunday 22 November 2026, 12:00 */

#define HISTORY                                                                                                          \
  "{\"events\":[{\"event\":\"referral.submitted\",\"at\":\"2026-11-21T09:00:00Z\"},"                                    \
  "{\"event\":\"placement.declined\",\"at\":\"2026-11-22T09:00:00Z\",\"reason\":\"bariatric\"},"                         \
  "{\"event\":\"hold.taken\",\"at\":\"2026-11-22T10:00:00Z\"},"                                                         \
  "{\"event\":\"placement.accepted\",\"at\":\"2026-11-22T11:00:00Z\"}]}"

static void
assert_since (DeskSince since, guint16 minute, const char *now, const char *expected)
{
  gint64 now_us;
  gint64 expected_us;

  g_assert_true (bed_time_parse (now, &now_us));
  g_assert_true (bed_time_parse (expected, &expected_us));
  g_assert_cmpint (desk_since_find (since, minute, now_us), ==, expected_us);
}

static void
test_since (void)
{
  assert_since (DESK_SINCE_LAST_12_H, 0, "2026-11-22T11:42:00Z", "2026-11-21T23:42:00Z");
  assert_since (DESK_SINCE_07, 0, "2026-11-22T11:42:00Z", "2026-11-22T07:00:00Z");
  assert_since (DESK_SINCE_15, 0, "2026-11-22T11:42:00Z", "2026-11-21T15:00:00Z"); /* yesterday's */
  assert_since (DESK_SINCE_20, 0, "2026-11-22T20:00:00Z", "2026-11-22T20:00:00Z");
  assert_since (DESK_SINCE_TIME, 0, "2026-11-22T11:42:00Z", "2026-11-22T00:00:00Z");
  assert_since (DESK_SINCE_TIME, 9 * 60 + 30, "2026-11-22T11:42:00Z", "2026-11-22T09:30:00Z");
}

/* Local hours: also on the days on which the clock is changed. */
static void
test_since_dst (void)
{
  assert_since (DESK_SINCE_07, 0, "2026-07-12T11:00:00Z", "2026-07-12T06:00:00Z");
  assert_since (DESK_SINCE_07, 0, "2026-03-29T11:00:00Z", "2026-03-29T06:00:00Z");
  assert_since (DESK_SINCE_20, 0, "2026-03-29T11:00:00Z", "2026-03-28T20:00:00Z");
  assert_since (DESK_SINCE_20, 0, "2026-10-25T11:00:00Z", "2026-10-24T19:00:00Z");
}

static DeskHandover *
make (BoardModel *model, gint64 since_us)
{
  DeskHandover *handover = desk_handover_new (model, since_us, NOON_US);
  g_autoptr (JsonNode) node = json_from_string (HISTORY, NULL);

  g_assert_nonnull (node);
  desk_handover_add (handover, model, "K7Q-M4X", json_node_get_object (node));
  return handover;
}

static void
test_only_since (void)
{
  g_autoptr (BoardModel) model = board_model_new ("w");
  g_autoptr (DeskHandover) handover = make (model, NOON_US - 150 * BED_MINUTE_US);
  const DeskHandoverPerson *person = g_ptr_array_index (handover->people, 0);
  g_autofree char *happened = desk_handover_say_happened (handover);

  g_assert_cmpuint (person->told->len, ==, 2);
  g_assert_cmpstr (g_array_index (person->told, DeskTold, 0).words, ==, "The site accepted.");
  g_assert_cmpstr (happened, ==, "1 held, 1 accepted");
}

static void
test_quiet (void)
{
  g_autoptr (BoardModel) model = board_model_new ("w");
  g_autoptr (DeskHandover) handover = make (model, NOON_US - BED_MINUTE_US);
  g_autofree char *happened = desk_handover_say_happened (handover);
  g_autofree char *rest = NULL;

  desk_handover_add (handover, model, "B2C-D3F", NULL);
  rest = desk_handover_say_rest (handover);
  g_assert_cmpuint (handover->people->len, ==, 0);
  g_assert_cmpstr (happened, ==, "Nothing happened");
  g_assert_cmpstr (rest, ==, "1 person without news. 1 person could not be read.");
}

#define LEFT                                                                                                              \
  "{\"left\":[{\"referral\":\"B2C-D3F\",\"state\":\"left\",\"at\":\"2026-11-22T11:30:00Z\",\"outcome\":\"home_with_package\"}," \
  "{\"referral\":\"B2C-D3F\",\"state\":\"died\",\"at\":\"2026-11-22T11:00:00Z\"},{\"referral\":\"\",\"state\":\"left\"}," \
  "{\"referral\":\"B2C-D4G\",\"state\":\"withdrawn\",\"at\":\"2026-11-22T11:10:00Z\"},{\"referral\":\"X\",\"state\":\"flown\"},7]," \
  "\"more\":2}"

/* Whoever has left the register is told of by their history, or by their end alone. */
static void
test_left (void)
{
  g_autoptr (BoardModel) model = board_model_new ("w");
  g_autoptr (DeskHandover) handover = desk_handover_new (model, NOON_US - 12 * BED_HOUR_US, NOON_US);
  g_autoptr (JsonNode) left = json_from_string (LEFT, NULL);
  g_autoptr (JsonNode) history = json_from_string (HISTORY, NULL);
  const DeskHandoverPerson *person;

  g_assert_nonnull (left);
  desk_handover_take_left (handover, json_node_get_object (left));
  g_assert_cmpuint (handover->left->len, ==, 2);
  g_assert_cmpuint (handover->n_unread, ==, 2);
  desk_handover_add (handover, model, g_ptr_array_index (handover->left, 0), NULL);
  desk_handover_add (handover, model, g_ptr_array_index (handover->left, 1), json_node_get_object (history));
  g_assert_cmpuint (handover->people->len, ==, 2);
  person = g_ptr_array_index (handover->people, 0);
  g_assert_cmpstr (person->code, ==, "B2C-D3F");
  g_assert_cmpstr (person->stands, ==, "Left: Home with a care package.");
  g_assert_cmpuint (person->told->len, ==, 1);
  person = g_ptr_array_index (handover->people, 1);
  g_assert_cmpstr (person->stands, ==, "Withdrawn");
  g_assert_cmpuint (person->told->len, ==, 3);
  g_assert_cmpuint (handover->happened[DESK_HAPPENED_LEFT], ==, 1);
}

static void
test_words (void)
{
  g_autoptr (BoardModel) model = board_model_new ("w");
  g_autoptr (DeskHandover) handover = make (model, NOON_US - 12 * BED_HOUR_US);
  g_autofree char *span = desk_handover_say_span (handover);
  g_autofree char *beds = NULL;
  g_autofree char *unknown = desk_handover_say_beds (handover);
  g_autofree char *today = desk_handover_say_when (handover, NOON_US - BED_HOUR_US);
  g_autofree char *yesterday = desk_handover_say_when (handover, NOON_US - 13 * BED_HOUR_US);

  handover->occupied_then = 106;
  handover->occupied_now = 101;
  handover->free_now = 21;
  beds = desk_handover_say_beds (handover);
  g_assert_cmpstr (span, ==, "From Sun 22 Nov 00:00 to Sun 22 Nov 12:00");
  g_assert_cmpstr (unknown, ==, "0 beds are occupied now; 0 are free");
  g_assert_cmpstr (beds, ==, "106 beds were occupied then, 101 are now; 21 are free");
  g_assert_cmpstr (today, ==, "11:00");
  g_assert_cmpstr (yesterday, ==, "Sat 21 Nov 23:00");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-handover/since", test_since);
  g_test_add_func ("/desk-handover/since-dst", test_since_dst);
  g_test_add_func ("/desk-handover/only-since", test_only_since);
  g_test_add_func ("/desk-handover/quiet", test_quiet);
  g_test_add_func ("/desk-handover/left", test_left);
  g_test_add_func ("/desk-handover/words", test_words);
  return g_test_run ();
}
