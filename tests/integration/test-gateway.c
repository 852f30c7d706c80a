/* test-gateway.c: the real gateway between a real broker and clients that watch, lag, lie and leave.
 *
 * The finer cases stand in tests/unit/test-gateway-*.c; here is what only whole programs can show.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/live-client.h"

#include "town.h"

#include <signal.h>

#define BEDS 16
#define WINDOW 32

typedef struct
{
  Town *town;
  LiveClient client;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->town = town_new (BEDS);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  live_client_clear (&f->client);
  if (f->town->broker != 0)
    kill (f->town->broker, SIGCONT);
  town_free (f->town);
}

static JsonObject *
ask (LiveClient *client, const char *method, const char *params)
{
  const char *reason;
  JsonObject *result = live_client_ask (client, method, params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  return result;
}

/* A session, by its first message; it may take a moment until the gateway has found the broker. */
static void
join (Fixture *f, LiveClient *client, const char *token)
{
  g_autofree char *params = g_strdup_printf ("{\"token\":\"%s\"}", token);
  const char *reason = "unavailable";

  live_client_open (client, f->town->url, NULL, NULL);
  g_assert_nonnull (client->socket);
  for (guint i = 0; g_strcmp0 (reason, "unavailable") == 0; i++)
    {
      g_assert_cmpuint (i, <, 1000);
      live_client_ask (client, "session.open", params, &reason);
      town_pause (5);
    }
  g_assert_cmpstr (reason, ==, NULL);
}

static JsonObject *
follow (Fixture *f, LiveClient *client, const char *token)
{
  JsonObject *page;

  join (f, client, token);
  client->acknowledges = TRUE;
  ask (client, "feed.subscribe", "{}");
  do
    page = live_client_wait_next (client, "feed.snapshot");
  while (json_object_get_int_member (page, "page") < json_object_get_int_member (page, "pages"));
  return page;
}

static gint64
report (LiveClient *client, guint bed, const char *occupancy)
{
  g_autofree char *id = town_bed (bed);
  g_autofree char *params = town_params ("'bed':'%s','occupancy':'%s'", id, occupancy);
  return json_object_get_int_member (ask (client, "bed.report", params), "revision");
}

static char *
submit (LiveClient *client)
{
  g_autofree char *params
      = town_params ("'lane':'flow','pathway':'supported','type':'rehab','needs':{'must':['hoist']},'sex':'female',"
                     "'age_band':'75_84','home':'SO51','agreed':'yes','source':'rhch'");
  return g_strdup (json_object_get_string_member (ask (client, "referral.submit", params), "referral"));
}

static gint64
peek_newest (LiveClient *client)
{
  gint64 newest = 0;
  for (guint i = 0; i < client->messages->len; i++)
    if (live_client_is_feed (client->messages->pdata[i]))
      newest = MAX (newest, json_object_get_int_member (live_client_params (client->messages->pdata[i]), "revision"));
  return newest;
}

static void
test_command_comes_back_as_change (Fixture *f, gconstpointer unused)
{
  JsonObject *page = follow (f, &f->client, TOWN_COORDINATOR);
  gint64 cursor = json_object_get_int_member (page, "revision");

  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, BEDS);
  for (guint i = 0; i < 4; i++)
    {
      gint64 revision = report (&f->client, i, "vacant");
      while (cursor < revision)
        {
          JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
          g_assert_cmpint (json_object_get_int_member (change, "from"), ==, cursor);
          cursor = json_object_get_int_member (change, "revision");
        }
    }
  g_autofree char *bed = town_bed (3);
  JsonObject *row = NULL;
  for (guint i = 0; i < f->client.messages->len; i++)
    if (g_str_equal (live_client_method (f->client.messages->pdata[i]), "feed.changes"))
      {
        JsonObject *found = live_client_find_row (live_client_params (f->client.messages->pdata[i]), "beds", "bed", bed);
        row = found != NULL ? found : row;
      }
  g_assert_nonnull (row);
  g_assert_cmpstr (json_object_get_string_member (row, "display"), ==, "free");
}

static void
test_stalled_reader (Fixture *f, gconstpointer unused)
{
  LiveClient worker;
  guint before;

  follow (f, &f->client, TOWN_COORDINATOR);
  f->client.acknowledges = FALSE;
  join (f, &worker, TOWN_COORDINATOR);
  for (guint i = 0; i < 100; i++)
    {
      report (&worker, 5, "vacant");
      town_pause (2);
    }
  before = live_client_count (&f->client, "feed.changes");
  g_assert_cmpuint (before, <=, WINDOW);
  g_assert_cmpuint (before, >=, WINDOW - 2); /* or nearly: what was decided at once came at once */
  gint64 last = report (&worker, 6, "vacant");

  live_client_acknowledge (&f->client, f->client.messages->pdata[f->client.messages->len - 1]);
  SMALL_WAIT (peek_newest (&f->client) >= last);
  g_assert_cmpuint (live_client_count (&f->client, "feed.changes"), <=, before + 2);
  live_client_clear (&worker);
}

static void
test_resume (Fixture *f, gconstpointer unused)
{
  LiveClient again;
  JsonObject *page = follow (f, &f->client, TOWN_COORDINATOR);
  g_autofree char *params = g_strdup_printf (
      "{\"since\":{\"epoch\":%" G_GINT64_FORMAT ",\"revision\":%" G_GINT64_FORMAT "}}",
      json_object_get_int_member (page, "epoch"), json_object_get_int_member (page, "revision"));

  report (&f->client, 0, "vacant");
  join (f, &again, TOWN_COORDINATOR);
  g_assert_true (json_object_get_boolean_member (ask (&again, "feed.subscribe", params), "resumed"));
  JsonObject *change = live_client_wait_next (&again, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (change, "from"), ==, json_object_get_int_member (page, "revision"));
  live_client_clear (&again);
}

static void
wait_state (LiveClient *client, const char *state)
{
  for (;;)
    if (g_str_equal (json_object_get_string_member (live_client_wait_next (client, "feed.state"), "state"), state))
      return;
}

static void
test_broker_killed (Fixture *f, gconstpointer unused)
{
  const char *reason;
  gint64 epoch = json_object_get_int_member (follow (f, &f->client, TOWN_COORDINATOR), "epoch");
  g_autofree char *code = submit (&f->client);
  g_autofree char *find = g_strdup_printf ("{\"referral\":\"%s\"}", code);

  SMALL_WAIT (live_client_peek_next (&f->client, "feed.changes") != NULL);
  town_kill (&f->town->broker, SIGKILL);
  wait_state (&f->client, "broker_lost");
  JsonObject *found = ask (&f->client, "bed.find", find);
  g_assert_cmpint (json_object_get_int_member (found, "total"), ==, BEDS);
  live_client_ask (&f->client, "unit.confirm", "{\"key\":\"00000000-0000-7000-8000-000000000001\",\"unit\":\"u0\"}", &reason);
  g_assert_cmpstr (reason, ==, "unavailable");

  town_start_broker (f->town);
  JsonObject *page = live_client_wait_next (&f->client, "feed.snapshot");
  g_assert_cmpint (json_object_get_int_member (page, "epoch"), !=, epoch);
  g_assert_nonnull (live_client_find_row (page, "referrals", "referral", code));
  SMALL_WAIT ((live_client_ask (&f->client, "unit.confirm",
                                "{\"key\":\"00000000-0000-7000-8000-000000000001\",\"unit\":\"u0\"}", &reason),
               reason == NULL)); /* the session is open again, without a word from the client */
}

static void
test_broker_hangs (Fixture *f, gconstpointer unused)
{
  const char *reason;

  follow (f, &f->client, TOWN_COORDINATOR);
  g_assert_cmpint (kill (f->town->broker, SIGSTOP), ==, 0);
  for (guint i = 0; i < 8; i++)
    live_client_call (&f->client, "unit.confirm", "{\"key\":\"00000000-0000-7000-8000-000000000002\",\"unit\":\"u0\"}");
  live_client_ask (&f->client, "unit.confirm", "{}", &reason);
  g_assert_cmpstr (reason, ==, "too_many");
  wait_state (&f->client, "broker_lost"); /* its heart has stopped, though its socket is open */
  g_assert_cmpint (kill (f->town->broker, SIGCONT), ==, 0);
  wait_state (&f->client, "live");
}

static void
test_no_session (Fixture *f, gconstpointer unused)
{
  const char *reason;

  live_client_open (&f->client, f->town->url, NULL, NULL);
  live_client_ask (&f->client, "feed.subscribe", "{}", &reason);
  g_assert_cmpstr (reason, ==, "forbidden");
  live_client_ask (&f->client, "bed.report", "{}", &reason);
  g_assert_cmpstr (reason, ==, "forbidden");
}

static void
test_bearer (Fixture *f, gconstpointer unused)
{
  LiveClient stranger;

  join (f, &f->client, TOWN_COORDINATOR); /* the gateway has found the broker */
  live_client_open (&stranger, f->town->url, "coordinator-no-such-token", NULL);
  g_assert_cmpuint (stranger.status, ==, 401);
  live_client_clear (&stranger);
  live_client_open (&stranger, f->town->url, TOWN_UNIT, NULL);
  g_assert_cmpstr (json_object_get_string_member (ask (&stranger, "session.open", "{}"), "unit"), ==, "u0");
  live_client_clear (&stranger);
}

/* A wall follows a person from the queue into a hold, and learns nothing but what a wall may show. */
static void
test_wall (Fixture *f, gconstpointer unused)
{
  static const char *const forbidden[] = { "\"needs\"", "\"sex\"", "\"age_band\"", "\"source\":\"rhch\"",
                                           "\"agreed\"", "\"pathway\"", "\"session\"", "\"phone\":" };
  LiveClient worker;

  join (f, &worker, TOWN_COORDINATOR);
  g_autofree char *before = submit (&worker); /* in the snapshot */
  follow (f, &f->client, TOWN_WALLBOARD);
  for (guint i = 0; i < BEDS; i++)
    report (&worker, i, "vacant");
  g_autofree char *params
      = town_params ("'lane':'urgent','pathway':'supported','type':'rehab','needs':{},'sex':'male',"
                     "'age_band':'75_84','home':'SO51','agreed':'yes','source':'rhch'");
  g_autofree char *code = g_strdup (json_object_get_string_member (ask (&worker, "referral.submit", params), "referral"));
  g_autofree char *hold = town_params ("'referral':'%s','bed':'u0-02'", code);
  gint64 revision = json_object_get_int_member (ask (&worker, "hold.take", hold), "revision");
  SMALL_WAIT (peek_newest (&f->client) >= revision);

  gboolean is_seen = FALSE;
  for (guint i = 0; i < f->client.messages->len; i++)
    {
      g_autofree char *text = json_to_string (f->client.messages->pdata[i], FALSE);
      is_seen |= strstr (text, code) != NULL && strstr (text, before) == NULL;
      if (live_client_is_feed (f->client.messages->pdata[i]))
        for (guint k = 0; k < G_N_ELEMENTS (forbidden); k++)
          if (strstr (text, forbidden[k]) != NULL)
            g_error ("a wall is shown %s", forbidden[k]);
    }
  g_assert_true (is_seen);
  live_client_clear (&worker);
}

/* A unit never learns the code of somebody who is not offered to it. */
static void
test_unit_sees_its_own (Fixture *f, gconstpointer unused)
{
  LiveClient worker;
  JsonObject *page = follow (f, &f->client, TOWN_UNIT);

  g_assert_cmpuint (live_client_count_rows (page, "units"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, 8);
  join (f, &worker, TOWN_COORDINATOR);
  g_autofree char *code = submit (&worker); /* needs a hoist: no bed here has one */
  gint64 revision = report (&worker, 0, "vacant");
  SMALL_WAIT (peek_newest (&f->client) >= revision);
  for (guint i = 0; i < f->client.messages->len; i++)
    {
      g_autofree char *text = json_to_string (f->client.messages->pdata[i], FALSE);
      g_assert_null (strstr (text, code));
    }
  live_client_clear (&worker);
}

static void
test_illegal_frames (Fixture *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX + 1, ' ');

  live_client_open (&f->client, f->town->url, NULL, NULL);
  live_client_send (&f->client, text);
  SMALL_WAIT (f->client.is_closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (f->client.socket), ==, 1009);
  live_client_clear (&f->client);

  live_client_open (&f->client, f->town->url, NULL, NULL);
  soup_websocket_connection_send_binary (f->client.socket, "x", 1);
  SMALL_WAIT (f->client.is_closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (f->client.socket), ==, 1003);
}

static void
test_origin (Fixture *f, gconstpointer unused)
{
  live_client_open (&f->client, f->town->url, NULL, "https://evil.example");
  g_assert_true (f->client.is_refused);
  g_assert_cmpuint (f->client.status, ==, 403);
}

/* Raw bytes to the gateway; everything it answers until it closes. */
static char *
send_raw (Fixture *f, const char *bytes)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) stream
      = g_socket_client_connect_to_host (client, "127.0.0.1", f->town->port, NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  g_assert_nonnull (stream);
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_socket_set_timeout (socket, SMALL_TIMEOUT_MS / 1000);
  g_assert_cmpint (g_socket_send (socket, bytes, strlen (bytes), NULL, NULL), ==, (gssize) strlen (bytes));
  for (gssize n; (n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL)) > 0;)
    g_string_append_len (text, buffer, n);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_two_requests_in_one (Fixture *f, gconstpointer unused)
{
  static const char *const requests[] = {
    "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 34\r\n\r\n"
    "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = send_raw (f, requests[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
      g_assert_null (strstr (answer + 8, "HTTP/1.1"));
    }
}

static void
test_ready (Fixture *f, gconstpointer unused)
{
  static const char request[] = "GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  join (f, &f->client, TOWN_COORDINATOR);
  g_autofree char *live = send_raw (f, request);
  g_assert_true (g_str_has_prefix (live, "HTTP/1.1 200"));
  town_kill (&f->town->broker, SIGKILL);
  for (gboolean is_told = FALSE; !is_told;)
    {
      g_autofree char *lost = send_raw (f, request);
      is_told = g_str_has_prefix (lost, "HTTP/1.1 503") && strstr (lost, "broker_lost since 2") != NULL;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) g_test_add ("/gateway/" path, Fixture, NULL, set_up, function, tear_down)
  CASE ("command-comes-back-as-change", test_command_comes_back_as_change);
  CASE ("stalled-reader", test_stalled_reader);
  CASE ("resume", test_resume);
  CASE ("broker-killed", test_broker_killed);
  CASE ("broker-hangs", test_broker_hangs);
  CASE ("no-session", test_no_session);
  CASE ("bearer", test_bearer);
  CASE ("wall", test_wall);
  CASE ("unit", test_unit_sees_its_own);
  CASE ("illegal-frames", test_illegal_frames);
  CASE ("origin", test_origin);
  CASE ("two-requests-in-one", test_two_requests_in_one);
  CASE ("ready", test_ready);
#undef CASE
  return g_test_run ();
}
