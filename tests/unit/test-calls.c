/* test-calls.c: what may be asked at the broker's socket: sessions, the table, imports, commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-client.h"

/* Sessions and rights */

static void
test_session_open (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) result = client_call_result (client, "session.open", "{'token':'" DESK "'}");

  g_assert_cmpuint (strlen (json_object_get_string_member (result, "session")), ==, BROKER_SESSION_SIZE - 1);
  g_assert_cmpstr (json_object_get_string_member (result, "user"), ==, "mary");
  g_assert_cmpstr (json_object_get_string_member (result, "role"), ==, "coordinator");
  g_assert_cmpstr (json_object_get_string_member (result, "lap"), ==, "coast");
  g_assert_false (json_object_has_member (result, "unit"));
  g_assert_cmpint (json_object_get_int_member (result, "epoch"), ==, (gint64) broker_core_get_epoch (f->house.core));
}

static void
test_session_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);

  call_refused (client, "session.open", "{'token':'desk-token-012345678X'}", BED_ERROR_FORBIDDEN, "token");
  call_refused (client, "session.open", "{}", BED_ERROR_BAD_VALUE, "token");
  call_refused (client, "bed.open", "{'session':'0','bed':'ward_a-01'," KEY ("1") "}", BED_ERROR_FORBIDDEN, "session");
}

static void
test_session_has_its_rights (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *session = open_session (client, "ward-token-0123456789");
  g_autofree char *own = g_strdup_printf ("{'session':'%s','unit':'ward_a'," KEY ("1") "}", session);
  g_autofree char *other = g_strdup_printf ("{'session':'%s','unit':'ward_b'," KEY ("2") "}", session);
  g_autoptr (JsonObject) result = client_call_result (client, "unit.confirm", own);

  call_refused (client, "unit.confirm", other, BED_ERROR_FORBIDDEN, NULL);
}

static void
test_table_strips_local_rights (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) before = client_call_result (client, "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  g_autoptr (JsonObject) opened = client_call_result (client, "table.open", "{}");

  call_refused (client, "unit.confirm", "{'unit':'ward_a'," KEY ("2") "}", BED_ERROR_FORBIDDEN, "session");
  call_refused (client, "reference.import", "{'files':{}," KEY ("3") "}", BED_ERROR_FORBIDDEN, NULL);
}

static void
test_wallboard_needs_a_person (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *session = open_session (client, WALL);
  g_autofree char *alone = g_strdup_printf ("{'session':'%s','unit':'ward_a'," KEY ("1") "}", session);
  g_autofree char *wrong = g_strdup_printf (
      "{'session':'%s','unit':'ward_a','as':{'user':'mary','pin':'1111'}," KEY ("1") "}", session);
  g_autofree char *right = g_strdup_printf (
      "{'session':'%s','unit':'ward_a','as':{'user':'mary','pin':'2468'}," KEY ("1") "}", session);
  g_autoptr (JsonObject) result = NULL;

  call_refused (client, "unit.confirm", alone, BED_ERROR_FORBIDDEN, NULL);
  call_refused (client, "unit.confirm", wrong, BED_ERROR_BAD_PIN, NULL);
  result = client_call_result (client, "unit.confirm", right);
  for (guint i = 0; i < BROKER_PIN_TRIES; i++)
    call_refused (client, "unit.confirm", wrong, BED_ERROR_BAD_PIN, NULL);
  call_refused (client, "unit.confirm", right, BED_ERROR_LOCKED_OUT, NULL);
}

static void
test_as_is_for_wallboards (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *session = open_session (client, DESK);
  g_autofree char *params = g_strdup_printf (
      "{'session':'%s','unit':'ward_a','as':{'user':'mary','pin':'2468'}," KEY ("1") "}", session);

  call_refused (client, "unit.confirm", params, BED_ERROR_BAD_VALUE, "as");
}

/* The table */

static void
test_table_open_passes_the_map (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) result = client_call_result (client, "table.open", "{}");
  BedTable table;

  g_assert_cmpint (client->passed, >=, 0);
  g_assert_cmpint (bed_table_open (client->passed, &table), ==, BED_TABLE_OK);
  g_assert_cmpint ((gint64) table.epoch, ==, json_object_get_int_member (result, "epoch"));
  g_assert_cmpint ((gint64) bed_table_get_revision (&table), >=, json_object_get_int_member (result, "revision"));
  bed_table_close (&table);
}

static void
test_descriptor_comes_with_its_reply (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) third = NULL;

  client_ask (client, "1", "status", "{}");
  client_ask (client, "2", "table.open", "{}");
  client_ask (client, "3", "status", "{}");
  first = client_read_reply (client);
  second = client_read_reply (client);
  third = client_read_reply (client);
  g_assert_cmpint (json_object_get_int_member (second, "id"), ==, 2);
  g_assert_cmpint (client->passed, >=, 0);
}

static void
test_moved_after_a_change (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) reader = client_open (f);
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) opened = client_call_result (reader, "table.open", "{}");
  g_autoptr (JsonObject) result = client_call_result (client, "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  gint64 revision = json_object_get_int_member (result, "revision");
  gint64 told = 0;

  while (told < revision)
    {
      g_autoptr (JsonObject) moved = client_read (reader);

      g_assert_cmpstr (json_object_get_string_member (moved, "method"), ==, "table.moved");
      told = json_object_get_int_member (json_object_get_object_member (moved, "params"), "revision");
    }
  g_assert_cmpint (told, ==, (gint64) broker_core_get_revision (f->house.core));
}

/* A reader whose socket is full gets one wake-up for everything it missed. */
static void
test_one_wake_up_unsent (Fixture *f, gconstpointer data)
{
  static const char line[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}\n";
  g_autoptr (Client) reader = client_open (f);
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) opened = client_call_result (reader, "table.open", "{}");
  guint n_asked = 2000, n_moved = 0;
  gint64 told = 0;

  for (guint i = 0; i < n_asked; i++)
    client_send (reader, line, sizeof line - 1);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *params = g_strdup_printf ("{'unit':'ward_a','key':'01890000-0000-7000-8000-0000000001%02u'}", i);
      g_autoptr (JsonObject) result = client_call_result (client, "unit.confirm", params);
    }
  for (guint n_replies = 0; n_replies < n_asked || told < (gint64) broker_core_get_revision (f->house.core);)
    {
      g_autoptr (JsonObject) message = client_read (reader);

      if (json_object_has_member (message, "id"))
        {
          n_replies++;
          continue;
        }
      n_moved++;
      told = json_object_get_int_member (json_object_get_object_member (message, "params"), "revision");
    }
  g_assert_cmpuint (n_moved, <, 10);
}

static void
test_replaced_by_an_import (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) reader = client_open (f);
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) opened = client_call_result (reader, "table.open", "{}");
  g_autofree char *files = house_files (5);
  g_autofree char *line = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reference.import\",\"params\":"
                                           "{\"key\":\"01890000-0000-7000-8000-000000000001\",\"files\":%s}}\n",
                                           files);
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (JsonObject) again = NULL;
  gboolean is_replaced = FALSE;

  client_send (client, line, strlen (line));
  reply = client_read (client);
  g_assert_true (json_object_has_member (reply, "result"));
  while (!is_replaced)
    {
      g_autoptr (JsonObject) told = client_read (reader);

      is_replaced = g_str_equal (json_object_get_string_member (told, "method"), "table.replaced");
    }
  close (reader->passed);
  reader->passed = -1;
  again = client_call_result (reader, "table.open", "{}");
  g_assert_cmpint (json_object_get_int_member (again, "epoch"), !=, json_object_get_int_member (opened, "epoch"));
  g_assert_cmpint (reader->passed, >=, 0);
}

static void
test_import_faults (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) reply = client_call (client, "reference.import", "{'files':{}," KEY ("1") "}");
  JsonObject *more = json_object_get_object_member (json_object_get_object_member (reply, "error"), "data");

  assert_refused (reply, BED_ERROR_IMPORT, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (more, "faults")), >, 0);
}

/* Commands */

static void
test_twenty_clients_one_bed (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_close);
  g_auto (GStrv) codes = g_new0 (char *, 21);
  guint n_won = 0;

  for (guint i = 0; i < 20; i++)
    codes[i] = house_submit (&f->house, "urgent");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *params = g_strdup_printf (
          "{'referral':'%s','bed':'ward_a-01','key':'01890000-0000-7000-8000-0000000000%02u'}", codes[i], i);
      Client *client = client_open (f);

      g_ptr_array_add (clients, client);
      client_ask (client, "1", "hold.take", params);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (JsonObject) reply = client_read (g_ptr_array_index (clients, i));

      if (json_object_has_member (reply, "result"))
        n_won++;
      else
        {
          JsonObject *more = json_object_get_object_member (json_object_get_object_member (reply, "error"), "data");

          assert_refused (reply, BED_ERROR_BED_TAKEN, NULL);
          g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (more, "next"), "bed"), !=,
                           "ward_a-01");
        }
    }
  g_assert_cmpuint (n_won, ==, 1);
}

static void
test_history (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *params = g_strdup_printf ("{'referral':'%s'}", code);
  g_autoptr (JsonObject) result = client_call_result (client, "referral.history", params);
  JsonArray *events = json_object_get_array_member (result, "events");

  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (events, 0), "event"), ==,
                   "referral.submitted");
}

static void
test_history_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *wall = open_session (client, WALL);
  g_autofree char *ward = open_session (client, "ward-token-0123456789");
  g_autofree char *by_wall = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, wall);
  g_autofree char *by_ward = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, ward);
  char unknown[BED_CODE_SIZE];
  g_autofree char *by_nobody = NULL;

  bed_code_print (1, unknown);
  by_nobody = g_strdup_printf ("{'referral':'%s'}", unknown);
  call_refused (client, "referral.history", by_wall, BED_ERROR_FORBIDDEN, NULL);
  call_refused (client, "referral.history", by_nobody, BED_ERROR_UNKNOWN_REFERRAL, NULL);
  call_refused (client, "referral.history", "{'referral':'nonsense'}", BED_ERROR_BAD_VALUE, "referral");
  g_assert_cmpuint (house_peek_referral (&f->house, code)->offer_bed, ==, BED_NONE);
  call_refused (client, "referral.history", by_ward, BED_ERROR_UNKNOWN_REFERRAL, NULL);
}

static void
call_for (Client *client, const char *method, const char *code, const char *more)
{
  g_autofree char *params = g_strdup_printf ("{'referral':'%s',%s}", code, more);
  g_autoptr (JsonObject) result = client_call_result (client, method, params);
}

/* Not who else had the person before, nor what the clock proposed elsewhere. */
static void
test_history_of_a_unit (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *ward = open_session (client, "ward-token-0123456789");
  g_autofree char *params = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, ward);
  call_for (client, "hold.take", code, "'bed':'ward_b-01'," KEY ("1"));
  call_for (client, "hold.release", code, KEY ("2"));
  call_for (client, "hold.take", code, "'bed':'ward_a-01'," KEY ("3"));
  g_autoptr (JsonObject) result = client_call_result (client, "referral.history", params);
  JsonArray *events = json_object_get_array_member (result, "events");

  g_assert_cmpuint (json_array_get_length (events), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (events, 0), "bed"), ==, "ward_a-01");
}

/* Of the units whose yes is an assessor's, what happened there and no more: of the others nothing. */
static void
test_history_of_an_assessor (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autoptr (JsonObject) ruled
      = client_call_result (client, "unit.rules", "{'unit':'ward_a','rules':{'accepts':'assessor'}," KEY ("4") "}");
  g_autofree char *hall = open_session (client, "hall-token-0123456789");
  g_autofree char *params = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, hall);
  call_for (client, "hold.take", code, "'bed':'ward_b-01'," KEY ("1"));
  call_refused (client, "referral.history", params, BED_ERROR_UNKNOWN_REFERRAL, NULL);
  call_for (client, "hold.release", code, KEY ("2"));
  call_for (client, "hold.take", code, "'bed':'ward_a-01'," KEY ("3"));
  g_autoptr (JsonObject) result = client_call_result (client, "referral.history", params);
  JsonArray *events = json_object_get_array_member (result, "events");

  g_assert_cmpuint (json_array_get_length (events), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (events, 0), "bed"), ==, "ward_a-01");
}

/* An organisation reads that of its own people, and of nobody else's. */
static void
test_history_of_a_referrer (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *team = open_session (client, "team-token-0123456789");
  g_autofree char *other = open_session (client, "else-token-0123456789");
  g_autofree char *by_team = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, team);
  g_autofree char *by_other = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, other);
  g_autoptr (JsonObject) result = client_call_result (client, "referral.history", by_team);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "events")), ==, 1);
  call_refused (client, "referral.history", by_other, BED_ERROR_UNKNOWN_REFERRAL, NULL);
}

/* When somebody is expected is not when that was said. */
static void
test_history_of_expecting (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *params = g_strdup_printf ("{'referral':'%s'}", code);
  char at[BED_TIME_SIZE];
  bed_time_print (f->house.now_us + BED_HOUR_US, at);
  g_autofree char *expected = g_strdup_printf ("'at':'%s','transport':'booked'," KEY ("3"), at);
  call_for (client, "hold.take", code, "'bed':'ward_a-01'," KEY ("1"));
  call_for (client, "placement.accept", code, KEY ("2"));
  call_for (client, "placement.expect", code, expected);
  g_autoptr (JsonObject) result = client_call_result (client, "referral.history", params);
  JsonArray *events = json_object_get_array_member (result, "events");
  JsonObject *last = json_array_get_object_element (events, json_array_get_length (events) - 1);

  g_assert_cmpstr (json_object_get_string_member (last, "expected_at"), ==, at);
  g_assert_cmpstr (json_object_get_string_member (last, "at"), <, at);
}

#define ADD(path, test) g_test_add ("/calls/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("session/open", test_session_open);
  ADD ("session/refused", test_session_refused);
  ADD ("session/rights", test_session_has_its_rights);
  ADD ("session/table-strips-local", test_table_strips_local_rights);
  ADD ("session/wallboard", test_wallboard_needs_a_person);
  ADD ("session/as-is-for-wallboards", test_as_is_for_wallboards);
  ADD ("table/open", test_table_open_passes_the_map);
  ADD ("table/descriptor-with-reply", test_descriptor_comes_with_its_reply);
  ADD ("table/moved", test_moved_after_a_change);
  ADD ("table/one-wake-up-unsent", test_one_wake_up_unsent);
  ADD ("table/replaced", test_replaced_by_an_import);
  ADD ("import/faults", test_import_faults);
  ADD ("command/twenty-clients", test_twenty_clients_one_bed);
  ADD ("history/assessor", test_history_of_an_assessor);
  ADD ("history/referrer", test_history_of_a_referrer);
  ADD ("history/printed", test_history);
  ADD ("history/refused", test_history_refused);
  ADD ("history/unit", test_history_of_a_unit);
  ADD ("history/expected", test_history_of_expecting);
  return g_test_run ();
}
