/* test-gateway-calls.c: sessions with a gateway, calls it answers itself or sends on to the broker,
 * and what it does while the broker is away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

static const BedMessage *
wait_call (GatewayHouse *f, guint n)
{
  SMALL_WAIT (f->broker.calls->len >= n);
  return f->broker.calls->pdata[n - 1];
}

/* Sessions */

static void
test_no_session (GatewayHouse *f, gconstpointer unused)
{
  static const char *const methods[] = { "feed.subscribe", "bed.find", "queue.plan", "hold.take", "referral.history", "status" };
  const char *reason;

  house_open_as (f, &f->client, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      live_client_ask (&f->client, methods[i], "{}", &reason);
      g_assert_cmpstr (reason, ==, "forbidden");
    }
  g_assert_cmpuint (f->broker.calls->len, ==, 0);
}

static void
test_session_open (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_open_as (f, &f->client, NULL);
  JsonObject *result = live_client_ask (&f->client, "session.open", "{\"token\":\"coordinator\"}", &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpstr (json_object_get_string_member (result, "role"), ==, "coordinator");
  g_assert_false (json_object_has_member (result, "session"));
}

static void
test_session_by_header (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_open_as (f, &f->client, "unit");
  JsonObject *result = live_client_ask (&f->client, "session.open", "{}", &reason);
  g_assert_cmpstr (json_object_get_string_member (result, "unit"), ==, "unit-0");
  g_assert_cmpuint (f->broker.sessions, ==, 1);
}

static void
test_bad_token_in_header (GatewayHouse *f, gconstpointer unused)
{
  live_client_open (&f->client, f->url, "nobody", NULL);
  g_assert_true (f->client.is_refused);
  g_assert_cmpuint (f->client.status, ==, 401);
}

static void
test_bad_tokens_close (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_open_as (f, &f->client, NULL);
  for (guint i = 0; i < GATEWAY_SESSION_TRIES; i++)
    {
      live_client_ask (&f->client, "session.open", "{\"token\":\"nobody\"}", &reason);
      g_assert_cmpstr (reason, ==, "forbidden");
    }
  SMALL_WAIT (f->client.is_closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (f->client.socket), ==, 1008);
}

static void
test_session_twice (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_open_as (f, &f->client, "unit");
  live_client_ask (&f->client, "session.open", "{\"token\":\"coordinator\"}", &reason);
  g_assert_cmpstr (reason, ==, "wrong_state");
}

/* The broker goes and comes */

static void
test_broker_lost_and_back (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_follow (f, &f->client, "coordinator"); /* told "live" before the snapshot */
  small_broker_die (&f->broker);
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "broker_lost");
  g_assert_false (house_is_ready (f));
  live_client_ask (&f->client, "hold.take", "{}", &reason);
  g_assert_cmpstr (reason, ==, "unavailable");

  /* Reads go on: somebody else still gets the last picture. */
  small_broker_make_table (&f->broker);
  small_broker_change_bed (&f->broker, 5, BED_DISPLAY_CLEANING);
  small_broker_live (&f->broker);
  JsonObject *page = live_client_wait_next (&f->client, "feed.snapshot");
  g_assert_cmpint (json_object_get_int_member (page, "epoch"), ==, 2);
  SMALL_WAIT (f->broker.sessions == 2); /* opened again, with the token the client gave once */
}

static void
test_command_lost_is_uncertain (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "coordinator");
  guint id = live_client_call (&f->client, "hold.take", "{\"key\":\"k\"}");
  wait_call (f, 1);
  small_broker_die (&f->broker);
  JsonObject *error = json_object_get_object_member (live_client_wait_reply (&f->client, id), "error");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (error, "data"), "reason"), ==,
                   "uncertain");
}

static void
test_reads_without_broker (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  char code[BED_CODE_SIZE];
  bed_code_print (42, code);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\"}", code);

  small_broker_write_referral (&f->broker, 0, house_waiting_referral (code, 0));
  house_open_as (f, &f->client, "coordinator");
  small_broker_die (&f->broker);
  house_subscribe (&f->client, "{}");
  JsonObject *page = live_client_wait_next (&f->client, "feed.snapshot");
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, HOUSE_BEDS);
  live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
}

static void
test_old_heartbeat_is_lost (GatewayHouse *f, gconstpointer unused)
{
  house_follow (f, &f->client, "coordinator"); /* told "live" before the snapshot */
  broker_table_beat (f->broker.table, 1, g_get_real_time ()); /* a beat of long ago */
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "broker_lost");
  small_broker_beat (&f->broker);
  state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "live");
}

static void
test_read_only_is_told (GatewayHouse *f, gconstpointer unused)
{
  guint status;

  house_follow (f, &f->client, "coordinator"); /* told "live" before the snapshot */
  broker_table_set_serving (f->broker.table, BED_SERVING_READ_ONLY, 1700000000000000);
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "read_only");
  g_assert_cmpstr (json_object_get_string_member (state, "since"), ==, "2023-11-14T22:13:20.000Z");
  g_autofree char *text = house_get (f, "/readyz", &status);
  g_assert_cmpuint (status, ==, 503);
  g_assert_nonnull (strstr (text, "read_only"));
}

/* Calls */

static void
test_forwarded (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "wallboard");
  guint id = live_client_call (&f->client, "hold.take",
                               "{\"session\":\"forged\",\"as\":{\"user\":\"ann\",\"pin\":\"1234\"},\"bed\":\"b\"}");
  const BedMessage *call = wait_call (f, 1);
  JsonObject *params = bed_message_peek_params (call);
  g_assert_cmpstr (json_object_get_string_member (params, "session"), ==, "s1");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (params, "as"), "pin"), ==, "1234");
  small_broker_answer (&f->broker, call->id, "{\"revision\":9}");
  JsonObject *reply = live_client_wait_reply (&f->client, id);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (reply, "result"), "revision"), ==, 9);
}

static void
test_refusal_is_passed_on (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "coordinator");
  guint id = live_client_call (&f->client, "hold.take", "{}");
  small_broker_refuse (&f->broker, wait_call (f, 1)->id, BED_ERROR_BED_TAKEN, "\"next\":{\"bed\":\"b-2\"}");
  JsonObject *error = json_object_get_object_member (live_client_wait_reply (&f->client, id), "error");
  JsonObject *data = json_object_get_object_member (error, "data");
  g_assert_cmpint (json_object_get_int_member (error, "code"), ==, -32000);
  g_assert_cmpstr (json_object_get_string_member (data, "reason"), ==, "bed_taken");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (data, "next"), "bed"), ==, "b-2");
}

static void
test_session_let_go_is_opened_again (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "coordinator");
  guint id = live_client_call (&f->client, "hold.take", "{}");
  small_broker_refuse (&f->broker, wait_call (f, 1)->id, BED_ERROR_FORBIDDEN, "\"member\":\"session\"");
  const BedMessage *again = wait_call (f, 2);
  g_assert_cmpstr (json_object_get_string_member (bed_message_peek_params (again), "session"), ==, "s2");
  small_broker_answer (&f->broker, again->id, "{\"revision\":9}");
  g_assert_true (json_object_has_member (live_client_wait_reply (&f->client, id), "result"));
}

static void
test_too_many (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_open_as (f, &f->client, "coordinator");
  for (guint i = 0; i < GATEWAY_CALLS_MAX; i++)
    live_client_call (&f->client, "hold.take", "{}");
  live_client_ask (&f->client, "hold.take", "{}", &reason);
  g_assert_cmpstr (reason, ==, "too_many");
  g_assert_cmpuint (f->broker.calls->len, ==, GATEWAY_CALLS_MAX);
}

static void
test_unknown_methods (GatewayHouse *f, gconstpointer unused)
{
  static const char *const methods[] = { "bed.fly", "table.open", "offer.make", "reference.import", "" };

  house_open_as (f, &f->client, "coordinator");
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      JsonObject *reply = live_client_wait_reply (&f->client, live_client_call (&f->client, methods[i], "{}"));
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (reply, "error"), "code"), ==, -32601);
    }
  g_assert_cmpuint (f->broker.calls->len, ==, 0);
}

static void
test_malformed (GatewayHouse *f, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    gint64 code;
  } bad[] = { { "{", -32700 }, { "[]", -32600 }, { "{\"jsonrpc\":\"2.0\",\"id\":1}", -32600 },
              { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hold.take\",\"params\":[1]}", -32602 },
              { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hold.take\"}", -32602 } };

  house_open_as (f, &f->client, "coordinator");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      live_client_send (&f->client, bad[i].text);
      SMALL_WAIT (f->client.messages->len == i + 1);
      JsonObject *reply = json_node_get_object (f->client.messages->pdata[i]);
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (reply, "error"), "code"), ==,
                       bad[i].code);
    }
  g_assert_false (f->client.is_closed);
}

static void
test_find_rights (GatewayHouse *f, gconstpointer unused)
{
  static const struct
  {
    const char *role;
    const char *params;
    const char *reason;
  } asked[] = { { "unit", "{\"referral\":\"K7Q-M4X\"}", "forbidden" },
                { "analyst", "{\"referral\":\"K7Q-M4X\"}", "forbidden" },
                { "wallboard", "{\"type\":\"rehab\"}", "forbidden" },
                { "coordinator", "{\"referral\":\"nobody\"}", "unknown_referral" },
                { "coordinator", "{\"referral\":7}", "bad_value" },
                { "coordinator", "{\"home\":\"SO1\",\"needs\":{},\"sex\":\"male\",\"type\":\"rehab\",\"list\":101}", "bad_value" },
                { "coordinator", "{\"home\":\"SO1\",\"needs\":{},\"sex\":\"male\",\"type\":\"rehab\",\"list\":-1}", "bad_value" },
                { "coordinator", "{\"home\":\"SO1\",\"needs\":{},\"sex\":\"male\",\"type\":\"rehab\",\"list\":\"9\"}", "bad_value" } };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      const char *reason;
      LiveClient client;
      house_open_as (f, &client, asked[i].role);
      live_client_ask (&client, "bed.find", asked[i].params, &reason);
      g_assert_cmpstr (reason, ==, asked[i].reason);
      live_client_clear (&client);
    }
}

static void
test_find_for_a_referral (GatewayHouse *f, gconstpointer unused)
{
  char code[BED_CODE_SIZE];
  const char *reason;

  bed_code_print (42, code);
  small_broker_write_referral (&f->broker, 0, house_waiting_referral (code, 0));
  house_open_as (f, &f->client, "wallboard");
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":3}", code);
  JsonObject *result = live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpint (json_object_get_int_member (result, "total"), ==, HOUSE_BEDS);

  g_autofree char *over = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":201}", code);
  live_client_ask (&f->client, "bed.find", over, &reason);
  g_assert_cmpstr (reason, ==, "bad_value");
}

/* All beds are free but the eighth. */
static void
fill_beds (GatewayHouse *f)
{
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, HOUSE_BEDS);
  for (guint i = 0; i < HOUSE_BEDS; i++)
    {
      const BedBedRow row = { .revision = f->broker.revision, .referral = BED_NONE, .bay_sex = BED_BAY_SEX_SINGLE,
                              .occupancy = i == 7 ? BED_OCCUPANCY_OCCUPIED : BED_OCCUPANCY_VACANT,
                              .flags = BED_FLAG_IN_EFFECT };
      broker_table_write_bed (f->broker.table, i, &row);
    }
  broker_table_end (f->broker.table);
}

/* Beds by name that are ruled out, to whoever asks; not to a wall, where they would say a person's sex. */
static void
test_find_lists (GatewayHouse *f, gconstpointer unused)
{
  g_autofree char *params = NULL;
  g_autofree char *none = NULL;
  char code[BED_CODE_SIZE];
  const char *reason;
  LiveClient wall;

  bed_code_print (42, code);
  params = g_strdup_printf ("{\"referral\":\"%s\",\"list\":3}", code);
  none = g_strdup_printf ("{\"referral\":\"%s\",\"list\":0}", code);
  small_broker_write_referral (&f->broker, 0, house_waiting_referral (code, 0));
  fill_beds (f);
  house_open_as (f, &f->client, "coordinator");
  JsonObject *result = live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  JsonObject *row = live_client_find_row (result, "ruled_out_beds", "bed", "unit-0-08");
  g_assert_nonnull (row);
  g_assert_cmpstr (json_object_get_string_member (row, "reason"), ==, "occupancy");
  result = live_client_ask (&f->client, "bed.find", none, &reason);
  g_assert_false (json_object_has_member (result, "ruled_out_beds"));

  house_open_as (f, &wall, "wallboard");
  live_client_ask (&wall, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, "forbidden");
  result = live_client_ask (&wall, "bed.find", none, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  live_client_clear (&wall);
}

/* Which beds only the other of a couple rules out is for those who may see the other. */
static void
test_find_lists_no_stranger (GatewayHouse *f, gconstpointer unused)
{
  BedReferralRow rows[2];
  g_autofree char *params = NULL;
  const char *reason;
  LiveClient referrer;

  fill_beds (f);
  g_assert_true (broker_table_add_source (f->broker.table, "trust"));
  g_assert_true (broker_table_add_source (f->broker.table, "another"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char code[BED_CODE_SIZE];

      bed_code_print (42 + i, code);
      rows[i] = house_waiting_referral (code, 0);
      rows[i].must = rows[i].oxygen_lpm = 0;
      rows[i].source = (guint16) i;
      rows[i].linked = 1 - i; /* no unit has staff for two */
    }
  small_broker_write_referral (&f->broker, 0, rows[0]);
  small_broker_write_referral (&f->broker, 1, rows[1]);
  params = g_strdup_printf ("{\"referral\":\"%s\",\"list\":100}", rows[0].code);
  house_open_as (f, &f->client, "coordinator");
  JsonObject *result = live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpuint (live_client_count_rows (result, "ruled_out_beds"), ==, HOUSE_BEDS);

  house_open_as (f, &referrer, "referrer");
  result = live_client_ask (&referrer, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_nonnull (live_client_find_row (result, "ruled_out", "reason", "partner"));
  g_assert_cmpuint (live_client_count_rows (result, "ruled_out_beds"), ==, 1); /* the occupied one */
  live_client_clear (&referrer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) \
  g_test_add ("/gateway/" path, GatewayHouse, NULL, house_set_up, function, house_tear_down)
  CASE ("session/none", test_no_session);
  CASE ("session/open", test_session_open);
  CASE ("session/header", test_session_by_header);
  CASE ("session/bad-header", test_bad_token_in_header);
  CASE ("session/bad-tokens", test_bad_tokens_close);
  CASE ("session/twice", test_session_twice);
  CASE ("broker/lost-and-back", test_broker_lost_and_back);
  CASE ("broker/uncertain", test_command_lost_is_uncertain);
  CASE ("broker/reads-go-on", test_reads_without_broker);
  CASE ("broker/old-heartbeat", test_old_heartbeat_is_lost);
  CASE ("broker/read-only", test_read_only_is_told);
  CASE ("call/forwarded", test_forwarded);
  CASE ("call/refused", test_refusal_is_passed_on);
  CASE ("call/session-again", test_session_let_go_is_opened_again);
  CASE ("call/too-many", test_too_many);
  CASE ("call/unknown", test_unknown_methods);
  CASE ("call/malformed", test_malformed);
  CASE ("find/rights", test_find_rights);
  CASE ("find/referral", test_find_for_a_referral);
  CASE ("find/list", test_find_lists);
  CASE ("find/list-couple", test_find_lists_no_stranger);
#undef CASE
  return g_test_run ();
}
