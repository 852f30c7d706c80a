/* test-board-notices.c: what the desktop is told of people, and that it is told when it is over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-notices.h"

#define CODE "K7Q-M4X"

typedef struct
{
  BoardModel *model;
  BoardNotices *notices;
  guint n_sent;
  guint n_withdrawn;
} Fixture;

static void
on_send (const char *title, const char *body, const char *code, gpointer user_data)
{
  g_assert_cmpstr (code, ==, CODE);
  ((Fixture *)user_data)->n_sent++;
}

static void
on_withdraw (const char *code, gpointer user_data)
{
  g_assert_cmpstr (code, ==, CODE);
  ((Fixture *)user_data)->n_withdrawn++;
}

static void
tell (Fixture *fixture, const char *method, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  board_model_apply (fixture->model, method, json_node_get_object (node), 1);
  board_notices_follow (fixture->notices, fixture->model);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  BoardDesktop desktop = { on_send, on_withdraw, fixture };

  fixture->model = board_model_new ("");
  fixture->notices = board_notices_new (&desktop);
  tell (fixture, "feed.snapshot",
        "{\"revision\":1,\"referrals\":[{\"referral\":\"" CODE "\",\"state\":\"waiting\",\"offer\":{\"bed\":\"cedar-01\"}}]}");
  board_notices_send (fixture->notices, "A bed for " CODE, "Cedar, Room 1", CODE);
  board_notices_follow (fixture->notices, fixture->model);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_pointer (&fixture->notices, board_notices_free);
  g_clear_object (&fixture->model);
}

static void
test_stays_while_it_is_so (Fixture *fixture, gconstpointer user_data)
{
  tell (fixture, "feed.changes",
        "{\"from\":1,\"revision\":2,\"referrals\":[{\"referral\":\"" CODE "\",\"state\":\"accepted\",\"bed\":\"cedar-01\"}]}");
  board_notices_send (fixture->notices, CODE " is accepted", "Cedar, Room 1", CODE);
  g_assert_cmpuint (fixture->n_sent, ==, 2);
  g_assert_cmpuint (fixture->n_withdrawn, ==, 0);
}

/* Members of the row after which it is over; gone with nothing. */
static void
test_goes (Fixture *fixture, gconstpointer user_data)
{
  const char *members = user_data;
  g_autofree char *text
      = members != NULL ? g_strdup_printf ("{\"from\":1,\"revision\":2,\"referrals\":[{\"referral\":\"" CODE "\",%s}]}", members)
                        : g_strdup ("{\"from\":1,\"revision\":2,\"gone\":{\"referrals\":[\"" CODE "\"]}}");

  tell (fixture, "feed.changes", text);
  g_assert_cmpuint (fixture->n_withdrawn, ==, 1);
  tell (fixture, "feed.changes", text);
  g_assert_cmpuint (fixture->n_withdrawn, ==, 1);
}

static void
test_goes_with_the_program (Fixture *fixture, gconstpointer user_data)
{
  g_clear_pointer (&fixture->notices, board_notices_free);
  g_assert_cmpuint (fixture->n_withdrawn, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/board-notices/stays", NULL, test_stays_while_it_is_so);
  ADD ("/board-notices/goes/no-offer", "\"state\":\"waiting\"", test_goes);
  ADD ("/board-notices/goes/on-the-way", "\"state\":\"in_transit\",\"bed\":\"cedar-01\"", test_goes);
  ADD ("/board-notices/goes/withdrawn", "\"state\":\"withdrawn\"", test_goes);
  ADD ("/board-notices/goes/gone", NULL, test_goes);
  ADD ("/board-notices/goes/program", NULL, test_goes_with_the_program);
  return g_test_run ();
}
