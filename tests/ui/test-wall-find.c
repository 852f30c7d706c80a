/* test-wall-find.c: what / finds: units by the beginning of a word, people by code and outward code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-find.h"
#include "wall-fixture.h"

static BoardModel *
open_model (void)
{
  BoardModel *model = board_model_new ("winchester");
  g_autoptr (JsonObject) snapshot = wall_fixture_snapshot ((WallSize){ 22, 2, 9 });

  board_model_apply (model, "feed.snapshot", snapshot, 1);
  while (!board_model_has_picture (model))
    g_main_context_iteration (NULL, TRUE);
  return model;
}

static WallFound
find (const char *words, BoardPrivacy privacy)
{
  g_autoptr (BoardModel) model = open_model ();
  WallFound found;

  wall_find (model, words, privacy, &found);
  return found;
}

static void
check_unit (const char *words, const char *unit)
{
  WallFound found = find (words, BOARD_PRIVACY_STAFF_ROOM);

  g_assert_cmpint (found.kind, ==, WALL_FOUND_UNIT);
  g_assert_cmpstr (found.unit, ==, unit);
}

static void
test_unit_by_name (void)
{
  check_unit ("Clarence", "clarence");
  check_unit ("clarence u", "clarence");
  check_unit ("  ARK-royal ", "ark-royal");
}

static void
test_unit_by_later_word (void)
{
  check_unit ("court", "itchen-court");
}

static void
test_unit_by_site (void)
{
  check_unit ("gosport", "ark-royal");
}

static void
test_not_in_the_middle_of_a_word (void)
{
  WallFound found = find ("larence", BOARD_PRIVACY_STAFF_ROOM);

  g_assert_cmpint (found.kind, ==, WALL_FOUND_NOTHING);
}

static void
test_others_are_counted (void)
{
  WallFound found = find ("western", BOARD_PRIVACY_STAFF_ROOM);

  g_assert_cmpstr (found.unit, ==, "keats");
  g_assert_cmpuint (found.n_others, ==, 1);
}

static void
test_person_by_code (void)
{
  g_autofree char *code = wall_fixture_code (4);
  g_autofree char *lower = g_ascii_strdown (code, 5); /* "9r6-4": a part, with its hyphen */
  WallFound found = find (lower, BOARD_PRIVACY_STAFF_ROOM);

  g_assert_cmpint (found.kind, ==, WALL_FOUND_PERSON);
  g_assert_cmpstr (found.code, ==, code);
}

static void
test_person_by_outward_code (void)
{
  WallFound found = find ("so22", BOARD_PRIVACY_STAFF_ROOM);
  g_autofree char *code = wall_fixture_code (0);

  g_assert_cmpint (found.kind, ==, WALL_FOUND_PERSON);
  g_assert_cmpstr (found.code, ==, code);
}

static void
test_nobody_in_a_corridor (void)
{
  g_assert_cmpint (find ("so22", BOARD_PRIVACY_PUBLIC_CORRIDOR).kind, ==, WALL_FOUND_NOTHING);
  g_assert_cmpint (find ("clarence", BOARD_PRIVACY_PUBLIC_CORRIDOR).kind, ==, WALL_FOUND_UNIT);
}

static void
test_nothing (void)
{
  g_assert_cmpint (find ("", BOARD_PRIVACY_STAFF_ROOM).kind, ==, WALL_FOUND_NOTHING);
  g_assert_cmpint (find (" - ", BOARD_PRIVACY_STAFF_ROOM).kind, ==, WALL_FOUND_NOTHING);
  g_assert_cmpint (find ("\xff\xfe", BOARD_PRIVACY_STAFF_ROOM).kind, ==, WALL_FOUND_NOTHING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/unit-by-name", test_unit_by_name);
  g_test_add_func ("/find/unit-by-later-word", test_unit_by_later_word);
  g_test_add_func ("/find/unit-by-site", test_unit_by_site);
  g_test_add_func ("/find/not-in-the-middle-of-a-word", test_not_in_the_middle_of_a_word);
  g_test_add_func ("/find/others-are-counted", test_others_are_counted);
  g_test_add_func ("/find/person-by-code", test_person_by_code);
  g_test_add_func ("/find/person-by-outward-code", test_person_by_outward_code);
  g_test_add_func ("/find/nobody-in-a-corridor", test_nobody_in_a_corridor);
  g_test_add_func ("/find/nothing", test_nothing);
  return g_test_run ();
}
