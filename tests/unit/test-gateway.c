/* test-gateway.c: a gateway in the test's own main loop, between a small broker and real WebSockets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/gateway/gateway-connection.h"
#include "broker/gateway/gateway-listen.h"
#include "broker/gateway/gateway-server.h"

#include "tests/live-client.h"

#define BEDS 40
#define CHANGES 64

typedef struct
{
  SmallBroker broker;
  GatewayOptions options;
  GSocket *listener;
  GatewayServer *server;
  char *url;  /* ws://… */
  char *http; /* http://HOST:PORT */
  LiveClient client;
} Fixture;

static char *
get (Fixture *f, const char *path, guint *status)
{
  g_autofree char *url = g_strconcat (f->http, path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, small_take_result, &result);
  SMALL_WAIT (result != NULL);
  body = soup_session_send_and_read_finish (session, result, NULL);
  *status = soup_message_get_status (message);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static gboolean
is_ready (Fixture *f)
{
  guint status;
  g_autofree char *text = get (f, "/readyz", &status);
  return status == 200;
}

static void
set_up_sized (Fixture *f, guint beds, guint changes)
{
  static char *origins[] = { (char *) "https://wall.example", NULL };
  g_autoptr (GError) error = NULL;

  small_broker_init (&f->broker, 4, beds, 64, changes);
  f->options = (GatewayOptions){ .socket = f->broker.path, .allow_origins = origins, .connections_max = 50 };
  f->listener = gateway_listen ("127.0.0.1:0", &error);
  g_assert_no_error (error);
  f->server = gateway_server_new (&f->options, f->listener);
  f->url = gateway_listen_print (f->listener);
  f->http = g_strdup_printf ("http%.*s", (int) (strstr (f->url, "/v1") - f->url - 2), f->url + 2);
  while (!is_ready (f))
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  set_up_sized (f, BEDS, CHANGES);
}

static void
set_up_large (Fixture *f, gconstpointer unused)
{
  set_up_sized (f, 4000, 8192);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  live_client_clear (&f->client);
  g_clear_pointer (&f->server, gateway_server_free);
  g_clear_object (&f->listener);
  small_broker_clear (&f->broker);
  g_free (f->url);
  g_free (f->http);
}

static void
open_as (Fixture *f, LiveClient *client, const char *role)
{
  live_client_open (client, f->url, role, NULL);
  g_assert_nonnull (client->socket);
}

static JsonObject *
subscribe (LiveClient *client, const char *params)
{
  const char *reason;
  JsonObject *result = live_client_ask (client, "feed.subscribe", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  return result;
}

/* A subscriber that has taken its snapshot. Returns its last page. */
static JsonObject *
follow (Fixture *f, LiveClient *client, const char *role)
{
  JsonObject *page;

  open_as (f, client, role);
  client->acknowledges = TRUE;
  subscribe (client, "{}");
  do
    page = live_client_wait_next (client, "feed.snapshot");
  while (json_object_get_int_member (page, "page") < json_object_get_int_member (page, "pages"));
  return page;
}

static const BedMessage *
wait_call (Fixture *f, guint n)
{
  SMALL_WAIT (f->broker.calls->len >= n);
  return f->broker.calls->pdata[n - 1];
}

/* Sessions */

static void
test_no_session (Fixture *f, gconstpointer unused)
{
  static const char *const methods[] = { "feed.subscribe", "bed.find", "hold.take", "referral.history", "status" };
  const char *reason;

  open_as (f, &f->client, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      live_client_ask (&f->client, methods[i], "{}", &reason);
      g_assert_cmpstr (reason, ==, "forbidden");
    }
  g_assert_cmpuint (f->broker.calls->len, ==, 0);
}

static void
test_session_open (Fixture *f, gconstpointer unused)
{
  const char *reason;

  open_as (f, &f->client, NULL);
  JsonObject *result = live_client_ask (&f->client, "session.open", "{\"token\":\"coordinator\"}", &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpstr (json_object_get_string_member (result, "role"), ==, "coordinator");
  g_assert_false (json_object_has_member (result, "session"));
}

static void
test_session_by_header (Fixture *f, gconstpointer unused)
{
  const char *reason;

  open_as (f, &f->client, "unit");
  JsonObject *result = live_client_ask (&f->client, "session.open", "{}", &reason);
  g_assert_cmpstr (json_object_get_string_member (result, "unit"), ==, "unit-0");
  g_assert_cmpuint (f->broker.sessions, ==, 1);
}

static void
test_bad_token_in_header (Fixture *f, gconstpointer unused)
{
  live_client_open (&f->client, f->url, "nobody", NULL);
  g_assert_true (f->client.is_refused);
  g_assert_cmpuint (f->client.status, ==, 401);
}

static void
test_bad_tokens_close (Fixture *f, gconstpointer unused)
{
  const char *reason;

  open_as (f, &f->client, NULL);
  for (guint i = 0; i < GATEWAY_SESSION_TRIES; i++)
    {
      live_client_ask (&f->client, "session.open", "{\"token\":\"nobody\"}", &reason);
      g_assert_cmpstr (reason, ==, "forbidden");
    }
  SMALL_WAIT (f->client.is_closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (f->client.socket), ==, 1008);
}

static void
test_session_twice (Fixture *f, gconstpointer unused)
{
  const char *reason;

  open_as (f, &f->client, "unit");
  live_client_ask (&f->client, "session.open", "{\"token\":\"coordinator\"}", &reason);
  g_assert_cmpstr (reason, ==, "wrong_state");
}

/* The feed */

static void
test_snapshot (Fixture *f, gconstpointer unused)
{
  JsonObject *page = follow (f, &f->client, "coordinator");

  g_assert_cmpint (json_object_get_int_member (page, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpuint (live_client_count_rows (page, "laps"), ==, 2);
  g_assert_cmpuint (live_client_count_rows (page, "units"), ==, 4);
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, BEDS);
}

static void
test_state_is_told (Fixture *f, gconstpointer unused)
{
  follow (f, &f->client, "coordinator");
  f->client.taken = 0;
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "live");
}

static void
test_changes_without_gap (Fixture *f, gconstpointer unused)
{
  gint64 cursor = json_object_get_int_member (follow (f, &f->client, "coordinator"), "revision");

  for (guint i = 0; i < 10; i++)
    {
      small_broker_change_bed (&f->broker, i, BED_DISPLAY_HELD);
      JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
      g_assert_cmpint (json_object_get_int_member (change, "from"), ==, cursor);
      cursor = json_object_get_int_member (change, "revision");
      g_assert_cmpint (cursor, ==, (gint64) f->broker.revision);
      g_assert_cmpuint (live_client_count_rows (change, "beds"), ==, 1);
    }
}

static void
test_newest_value_once (Fixture *f, gconstpointer unused)
{
  follow (f, &f->client, "coordinator");
  for (guint i = 0; i < 20; i++)
    small_broker_change_bed (&f->broker, 7, i % 2 ? BED_DISPLAY_HELD : BED_DISPLAY_CLEANING);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (change, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpuint (live_client_count_rows (change, "beds"), ==, 1);
  JsonObject *row = live_client_find_row (change, "beds", "bed", "unit-0-08");
  g_assert_cmpstr (json_object_get_string_member (row, "display"), ==, "held");
}

static guint
count_changes (Fixture *f)
{
  return live_client_count (&f->client, "feed.changes");
}

/* Publishes changes one at a time, each with time for the gateway to send it. */
static void
change_slowly (Fixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 until_us = g_get_monotonic_time () + 2000;
      small_broker_change_bed (&f->broker, i % BEDS, BED_DISPLAY_HELD);
      while (g_get_monotonic_time () < until_us)
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_window (Fixture *f, gconstpointer unused)
{
  follow (f, &f->client, "coordinator");
  SMALL_WAIT (live_client_count (&f->client, "feed.state") == 1);
  f->client.acknowledges = FALSE;
  change_slowly (f, GATEWAY_WINDOW + 20);
  g_assert_cmpuint (count_changes (f), ==, GATEWAY_WINDOW);

  /* The acknowledgement of the last one frees the whole window: one merged change follows. */
  JsonNode *last = f->client.messages->pdata[f->client.messages->len - 1];
  live_client_acknowledge (&f->client, last);
  SMALL_WAIT (count_changes (f) > GATEWAY_WINDOW);
  g_assert_cmpuint (count_changes (f), ==, GATEWAY_WINDOW + 1);
  JsonObject *merged = live_client_params (f->client.messages->pdata[f->client.messages->len - 1]);
  g_assert_cmpint (json_object_get_int_member (merged, "from"), ==,
                   json_object_get_int_member (live_client_params (last), "revision"));
  g_assert_cmpint (json_object_get_int_member (merged, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpuint (live_client_count_rows (merged, "beds"), ==, 20);
}

static void
test_off_the_ring (Fixture *f, gconstpointer unused)
{
  follow (f, &f->client, "coordinator");
  f->client.acknowledges = FALSE;
  change_slowly (f, GATEWAY_WINDOW + 1);
  guint before = live_client_count (&f->client, "feed.snapshot");
  for (guint i = 0; i < 2 * CHANGES; i++)
    small_broker_change_bed (&f->broker, i % BEDS, BED_DISPLAY_CLEANING);
  live_client_acknowledge (&f->client, f->client.messages->pdata[f->client.messages->len - 1]);
  SMALL_WAIT (live_client_count (&f->client, "feed.snapshot") == before + 1);
  JsonObject *page = live_client_params (f->client.messages->pdata[f->client.messages->len - 1]);
  g_assert_cmpint (json_object_get_int_member (page, "revision"), ==, (gint64) f->broker.revision);
}

static char *
print_since (Fixture *f, guint64 epoch, gint64 revision)
{
  return g_strdup_printf ("{\"since\":{\"epoch\":%" G_GUINT64_FORMAT ",\"revision\":%" G_GINT64_FORMAT "}}", epoch,
                          revision);
}

static void
test_resume (Fixture *f, gconstpointer unused)
{
  LiveClient again;
  gint64 cursor = json_object_get_int_member (follow (f, &f->client, "coordinator"), "revision");
  g_autofree char *since = print_since (f, f->broker.epoch, cursor);

  small_broker_change_bed (&f->broker, 1, BED_DISPLAY_HELD);
  open_as (f, &again, "coordinator");
  g_assert_true (json_object_get_boolean_member (subscribe (&again, since), "resumed"));
  JsonObject *change = live_client_wait_next (&again, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (change, "from"), ==, cursor);
  g_assert_cmpuint (live_client_count (&again, "feed.snapshot"), ==, 0);
  live_client_clear (&again);
}

static void
test_resume_of_another_epoch (Fixture *f, gconstpointer unused)
{
  LiveClient again;
  gint64 cursor = json_object_get_int_member (follow (f, &f->client, "coordinator"), "revision");
  g_autofree char *since = print_since (f, f->broker.epoch + 1, cursor);

  open_as (f, &again, "coordinator");
  g_assert_false (json_object_get_boolean_member (subscribe (&again, since), "resumed"));
  live_client_wait_next (&again, "feed.snapshot");
  live_client_clear (&again);
}

static void
test_resume_of_other_eyes (Fixture *f, gconstpointer unused)
{
  /* Nobody has looked like this before: what it was shown is not known, so it is shown all. */
  gint64 cursor = (gint64) f->broker.revision;
  small_broker_change_bed (&f->broker, 1, BED_DISPLAY_HELD);
  g_autofree char *since = print_since (f, f->broker.epoch, cursor);

  open_as (f, &f->client, "coordinator");
  g_assert_false (json_object_get_boolean_member (subscribe (&f->client, since), "resumed"));
}

static void
test_scope (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "coordinator");
  subscribe (&f->client, "{\"unit\":\"unit-2\"}");
  JsonObject *page = live_client_wait_next (&f->client, "feed.snapshot");
  g_assert_cmpuint (live_client_count_rows (page, "units"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, BEDS / 4);
}

static void
test_bad_scopes (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *params;
    const char *reason;
  } bad[] = { { "{\"unit\":\"unit-1\"}", "forbidden" }, /* not this unit's */
              { "{\"unit\":\"nowhere\"}", "unknown_unit" },
              { "{\"lap\":\"nowhere\"}", "bad_value" },
              { "{\"lap\":7}", "bad_value" },
              { "{\"since\":7}", "bad_value" },
              { "{\"since\":{\"epoch\":\"x\"}}", "bad_value" } };
  const char *reason;

  open_as (f, &f->client, "unit");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      live_client_ask (&f->client, "feed.subscribe", bad[i].params, &reason);
      g_assert_cmpstr (reason, ==, bad[i].reason);
    }
}

static void
test_large_snapshot (Fixture *f, gconstpointer unused)
{
  guint beds = 0;
  gint64 pages = 0;

  open_as (f, &f->client, "coordinator");
  subscribe (&f->client, "{}");
  /* Unacknowledged, it stops at the window; each acknowledgement brings the next page. */
  for (gint64 page = 1; pages == 0 || page <= pages; page++)
    {
      JsonObject *params = live_client_wait_next (&f->client, "feed.snapshot");
      g_assert_cmpint (json_object_get_int_member (params, "page"), ==, page);
      pages = json_object_get_int_member (params, "pages");
      beds += live_client_count_rows (params, "beds");
      live_client_acknowledge (&f->client, f->client.messages->pdata[f->client.taken - 1]);
    }
  g_assert_cmpint (pages, >, 4);
  g_assert_cmpuint (beds, ==, 4000);
}

static void
test_snapshot_stops_at_the_window (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "coordinator");
  subscribe (&f->client, "{}");
  live_client_wait_next (&f->client, "feed.snapshot");
  gint64 until_us = g_get_monotonic_time () + 300000;
  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  guint n = live_client_count (&f->client, "feed.snapshot");
  JsonObject *page = live_client_params (f->client.messages->pdata[f->client.messages->len - 1]);
  g_assert_cmpuint (n, <, json_object_get_int_member (page, "pages"));
  g_assert_cmpuint (n, <=, 4);
}

static void
test_paged_change (Fixture *f, gconstpointer unused)
{
  guint beds = 0;

  follow (f, &f->client, "coordinator");
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, 700);
  for (guint i = 0; i < 700; i++)
    {
      const BedBedRow row = { .revision = f->broker.revision, .referral = BED_NONE, .flags = BED_FLAG_IN_EFFECT,
                              .features_out = (G_GUINT64_CONSTANT (1) << BED_NEED_N) - 1 };
      broker_table_write_bed (f->broker.table, i, &row);
    }
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  for (gint64 page = 1; page <= 2; page++)
    {
      JsonObject *params = live_client_wait_next (&f->client, "feed.changes");
      g_assert_cmpint (json_object_get_int_member (params, "page"), ==, page);
      g_assert_cmpint (json_object_get_int_member (params, "pages"), ==, 2);
      beds += live_client_count_rows (params, "beds");
    }
  g_assert_cmpuint (beds, ==, 700);
  /* Both pages are acknowledged, and the next change goes on from there. */
  small_broker_change_bed (&f->broker, 0, BED_DISPLAY_HELD);
  JsonObject *next = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (next, "from"), ==, (gint64) f->broker.revision - 1);
  g_assert_false (json_object_has_member (next, "page"));
}

static void
test_change_too_large_is_a_snapshot (Fixture *f, gconstpointer unused)
{
  follow (f, &f->client, "coordinator");
  guint before = live_client_count (&f->client, "feed.snapshot");
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, 4000);
  for (guint i = 0; i < 4000; i++)
    {
      const BedBedRow row = { .revision = f->broker.revision, .referral = BED_NONE, .flags = BED_FLAG_IN_EFFECT };
      broker_table_write_bed (f->broker.table, i, &row);
    }
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  SMALL_WAIT (live_client_count (&f->client, "feed.snapshot") > before);
  g_assert_cmpuint (count_changes (f), ==, 0);
}

/* Referrals */

static BedReferralRow
waiting_referral (const char *code, guint8 lap)
{
  BedReferralRow row = records_referral_row (1);

  g_strlcpy (row.code, code, sizeof row.code);
  row.lap = lap;
  row.bed = row.offer_bed = BED_NONE;
  return row;
}

static void
test_referral_comes_and_goes (Fixture *f, gconstpointer unused)
{
  BedReferralRow row = waiting_referral ("K7Q-M4X", 0);

  follow (f, &f->client, "coordinator");
  small_broker_write_referral (&f->broker, 0, row);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_nonnull (live_client_find_row (change, "referrals", "referral", "K7Q-M4X"));

  row.flags |= BED_REFERRAL_CLOSED;
  small_broker_write_referral (&f->broker, 0, row);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpuint (live_client_count_rows (change, "referrals"), ==, 0);
  g_assert_true (live_client_is_gone (change, "referrals", "K7Q-M4X"));
}

static void
test_code_never_shown_is_never_gone (Fixture *f, gconstpointer unused)
{
  BedReferralRow row = waiting_referral ("K7Q-M4X", 0);

  /* unit-0 is offered nobody: it must not learn of the code, not even by its end. */
  follow (f, &f->client, "unit");
  small_broker_write_referral (&f->broker, 0, row);
  row.flags |= BED_REFERRAL_CLOSED;
  small_broker_write_referral (&f->broker, 0, row);
  SMALL_WAIT (f->client.messages->len > 0
              && json_object_get_int_member_with_default (
                     live_client_params (f->client.messages->pdata[f->client.messages->len - 1]), "revision", 0)
                     == (gint64) f->broker.revision);
  for (guint i = 0; i < f->client.messages->len; i++)
    {
      g_autofree char *text = json_to_string (f->client.messages->pdata[i], FALSE);
      g_assert_null (strstr (text, "K7Q-M4X"));
    }
}

static void
test_out_of_sight_is_gone (Fixture *f, gconstpointer unused)
{
  BedReferralRow row = waiting_referral ("K7Q-M4X", 0);

  row.state = BED_STATE_HELD;
  row.bed = 3; /* of unit-0 */
  follow (f, &f->client, "unit");
  small_broker_write_referral (&f->broker, 0, row);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_nonnull (live_client_find_row (change, "referrals", "referral", "K7Q-M4X"));
  row.state = BED_STATE_WAITING;
  row.bed = BED_NONE;
  small_broker_write_referral (&f->broker, 0, row);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_true (live_client_is_gone (change, "referrals", "K7Q-M4X"));
}

static void
assert_members (JsonObject *row, const char *const *allowed)
{
  g_autoptr (GList) names = json_object_get_members (row);
  for (GList *name = names; name != NULL; name = name->next)
    if (!g_strv_contains (allowed, name->data))
      g_error ("a wall is shown %s", (char *) name->data);
}

static void
test_wall_is_shown_no_more (Fixture *f, gconstpointer unused)
{
  static const char *const allowed[]
      = { "referral", "state", "lane", "home", "icons", "clocks", "offer", "until", "hold_min", NULL };
  BedReferralRow row = waiting_referral ("K7Q-M4X", 0);
  BedBedRow bed = { .referral = 0, .commitment = BED_COMMITMENT_HELD, .until_us = 1, .flags = BED_FLAG_IN_EFFECT };

  row.state = BED_STATE_HELD;
  row.bed = 3;
  follow (f, &f->client, "wallboard");
  small_broker_write_referral (&f->broker, 0, row);
  JsonObject *shown = live_client_find_row (live_client_wait_next (&f->client, "feed.changes"), "referrals",
                                            "referral", "K7Q-M4X");
  g_assert_nonnull (shown);
  assert_members (shown, allowed);

  bed.revision = ++f->broker.revision;
  broker_table_begin (f->broker.table, bed.revision, 1);
  broker_table_write_bed (f->broker.table, 3, &bed);
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  shown = live_client_find_row (live_client_wait_next (&f->client, "feed.changes"), "beds", "bed", "unit-0-04");
  g_assert_nonnull (shown);
  g_assert_false (json_object_has_member (shown, "referral"));
}

static void
test_recent_and_history (Fixture *f, gconstpointer unused)
{
  const BedRecent recent = { .revision = 2, .at_us = 1, .unit = 1, .bed = 12, .display = BED_DISPLAY_HELD };
  const BedHistory history = { .revision = 2, .at_us = 1, .lap = 1, .in_effect = 9 };

  follow (f, &f->client, "coordinator");
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, 0);
  broker_table_write_recent (f->broker.table, &recent);
  broker_table_write_history (f->broker.table, &history);
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpuint (live_client_count_rows (change, "recent"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (change, "history"), ==, 1);

  /* New ones only, the next time; all of them for whoever comes new. */
  small_broker_change_bed (&f->broker, 0, BED_DISPLAY_HELD);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_false (json_object_has_member (change, "recent"));
  LiveClient late;
  JsonObject *page = follow (f, &late, "wallboard");
  g_assert_cmpuint (live_client_count_rows (page, "recent"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (page, "history"), ==, 1);
  live_client_clear (&late);
}

/* The broker goes and comes */

static void
test_broker_lost_and_back (Fixture *f, gconstpointer unused)
{
  const char *reason;

  follow (f, &f->client, "coordinator"); /* told "live" before the snapshot */
  small_broker_die (&f->broker);
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "broker_lost");
  g_assert_false (is_ready (f));
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
test_command_lost_is_uncertain (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "coordinator");
  guint id = live_client_call (&f->client, "hold.take", "{\"key\":\"k\"}");
  wait_call (f, 1);
  small_broker_die (&f->broker);
  JsonObject *error = json_object_get_object_member (live_client_wait_reply (&f->client, id), "error");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (error, "data"), "reason"), ==,
                   "uncertain");
}

static void
test_reads_without_broker (Fixture *f, gconstpointer unused)
{
  const char *reason;

  char code[BED_CODE_SIZE];
  bed_code_print (42, code);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\"}", code);

  small_broker_write_referral (&f->broker, 0, waiting_referral (code, 0));
  open_as (f, &f->client, "coordinator");
  small_broker_die (&f->broker);
  subscribe (&f->client, "{}");
  JsonObject *page = live_client_wait_next (&f->client, "feed.snapshot");
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, BEDS);
  live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
}

static void
test_old_heartbeat_is_lost (Fixture *f, gconstpointer unused)
{
  follow (f, &f->client, "coordinator"); /* told "live" before the snapshot */
  broker_table_beat (f->broker.table, 1, g_get_real_time ()); /* a beat of long ago */
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "broker_lost");
  small_broker_beat (&f->broker);
  state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "live");
}

static void
test_read_only_is_told (Fixture *f, gconstpointer unused)
{
  guint status;

  follow (f, &f->client, "coordinator"); /* told "live" before the snapshot */
  broker_table_set_serving (f->broker.table, BED_SERVING_READ_ONLY, 1700000000000000);
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "read_only");
  g_assert_cmpstr (json_object_get_string_member (state, "since"), ==, "2023-11-14T22:13:20.000Z");
  g_autofree char *text = get (f, "/readyz", &status);
  g_assert_cmpuint (status, ==, 503);
  g_assert_nonnull (strstr (text, "read_only"));
}

/* Calls */

static void
test_forwarded (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "wallboard");
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
test_refusal_is_passed_on (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "coordinator");
  guint id = live_client_call (&f->client, "hold.take", "{}");
  small_broker_refuse (&f->broker, wait_call (f, 1)->id, BED_ERROR_BED_TAKEN, "\"next\":{\"bed\":\"b-2\"}");
  JsonObject *error = json_object_get_object_member (live_client_wait_reply (&f->client, id), "error");
  JsonObject *data = json_object_get_object_member (error, "data");
  g_assert_cmpint (json_object_get_int_member (error, "code"), ==, -32000);
  g_assert_cmpstr (json_object_get_string_member (data, "reason"), ==, "bed_taken");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (data, "next"), "bed"), ==, "b-2");
}

static void
test_session_let_go_is_opened_again (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "coordinator");
  guint id = live_client_call (&f->client, "hold.take", "{}");
  small_broker_refuse (&f->broker, wait_call (f, 1)->id, BED_ERROR_FORBIDDEN, "\"member\":\"session\"");
  const BedMessage *again = wait_call (f, 2);
  g_assert_cmpstr (json_object_get_string_member (bed_message_peek_params (again), "session"), ==, "s2");
  small_broker_answer (&f->broker, again->id, "{\"revision\":9}");
  g_assert_true (json_object_has_member (live_client_wait_reply (&f->client, id), "result"));
}

static void
test_too_many (Fixture *f, gconstpointer unused)
{
  const char *reason;

  open_as (f, &f->client, "coordinator");
  for (guint i = 0; i < GATEWAY_CALLS_MAX; i++)
    live_client_call (&f->client, "hold.take", "{}");
  live_client_ask (&f->client, "hold.take", "{}", &reason);
  g_assert_cmpstr (reason, ==, "too_many");
  g_assert_cmpuint (f->broker.calls->len, ==, GATEWAY_CALLS_MAX);
}

static void
test_unknown_methods (Fixture *f, gconstpointer unused)
{
  static const char *const methods[] = { "bed.fly", "table.open", "offer.make", "reference.import", "" };

  open_as (f, &f->client, "coordinator");
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      JsonObject *reply = live_client_wait_reply (&f->client, live_client_call (&f->client, methods[i], "{}"));
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (reply, "error"), "code"), ==, -32601);
    }
  g_assert_cmpuint (f->broker.calls->len, ==, 0);
}

static void
test_malformed (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    gint64 code;
  } bad[] = { { "{", -32700 }, { "[]", -32600 }, { "{\"jsonrpc\":\"2.0\",\"id\":1}", -32600 },
              { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hold.take\",\"params\":[1]}", -32602 },
              { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hold.take\"}", -32602 } };

  open_as (f, &f->client, "coordinator");
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
test_find_rights (Fixture *f, gconstpointer unused)
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
                { "coordinator", "{\"referral\":7}", "bad_value" } };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      const char *reason;
      LiveClient client;
      open_as (f, &client, asked[i].role);
      live_client_ask (&client, "bed.find", asked[i].params, &reason);
      g_assert_cmpstr (reason, ==, asked[i].reason);
      live_client_clear (&client);
    }
}

static void
test_find_for_a_referral (Fixture *f, gconstpointer unused)
{
  char code[BED_CODE_SIZE];
  const char *reason;

  bed_code_print (42, code);
  small_broker_write_referral (&f->broker, 0, waiting_referral (code, 0));
  open_as (f, &f->client, "wallboard");
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":3}", code);
  JsonObject *result = live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpint (json_object_get_int_member (result, "total"), ==, BEDS);

  g_autofree char *over = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":201}", code);
  live_client_ask (&f->client, "bed.find", over, &reason);
  g_assert_cmpstr (reason, ==, "bad_value");
}

/* What is refused before and below JSON */

static void
expect_close (Fixture *f, gushort code)
{
  SMALL_WAIT (f->client.is_closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (f->client.socket), ==, code);
}

static void
test_binary (Fixture *f, gconstpointer unused)
{
  open_as (f, &f->client, "coordinator");
  soup_websocket_connection_send_binary (f->client.socket, "\0", 1);
  expect_close (f, 1003);
}

static void
test_over_limit (Fixture *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX + 1, ' ');

  open_as (f, &f->client, "coordinator");
  live_client_send (&f->client, text);
  expect_close (f, 1009);
}

static void
test_far_over_limit (Fixture *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (4 * BED_MESSAGE_MAX, ' ');

  open_as (f, &f->client, "coordinator");
  live_client_send (&f->client, text);
  expect_close (f, 1009);
}

static void
test_at_limit (Fixture *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX, ' ');

  open_as (f, &f->client, "coordinator");
  live_client_send (&f->client, text); /* no JSON, but no crime */
  SMALL_WAIT (f->client.messages->len == 1);
  g_assert_false (f->client.is_closed);
}

static void
test_origin (Fixture *f, gconstpointer unused)
{
  live_client_open (&f->client, f->url, "coordinator", "https://evil.example");
  g_assert_true (f->client.is_refused);
  g_assert_cmpuint (f->client.status, ==, 403);
  live_client_clear (&f->client);
  live_client_open (&f->client, f->url, "coordinator", "https://wall.example");
  g_assert_nonnull (f->client.socket);
}

static void
test_full (Fixture *f, gconstpointer unused)
{
  LiveClient second;

  f->options.connections_max = 1;
  open_as (f, &f->client, "coordinator");
  live_client_open (&second, f->url, "coordinator", NULL);
  g_assert_true (second.is_refused);
  g_assert_cmpuint (second.status, ==, 503);
  live_client_clear (&second);
}

/* Sends raw bytes to the gateway and returns the status line of the answer. */
static char *
send_raw (Fixture *f, const char *bytes)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (f->listener, NULL);
  g_autoptr (GSocketConnection) stream
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (stream);
  g_assert_cmpint (g_socket_send (socket, bytes, strlen (bytes), NULL, NULL), ==, (gssize) strlen (bytes));
  g_socket_set_blocking (socket, FALSE);
  for (gboolean is_over = FALSE; !is_over;)
    {
      char buffer[4096];
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);
      is_over = n == 0 || (n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));
      if (n > 0)
        g_string_append_len (text, buffer, n);
      g_main_context_iteration (NULL, FALSE);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define UPGRADE                                                                                    \
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"                        \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

/* Each is answered with 400 and the connection is closed, so nothing behind it is read as a request. */
static void
test_smuggling (Fixture *f, gconstpointer unused)
{
  static const char *const requests[] = {
    "GET /v1/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n" UPGRADE "\r\n",
    "GET /v1/live HTTP/1.1\r\n" UPGRADE "\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 4\r\n\r\nABCD",
    "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nABCD",
    "GET /v1/live HTTP/1.1\r\nHost: a\r\nOrigin: https://wall.example\r\nOrigin: https://evil.example\r\n" UPGRADE "\r\n",
    "GET /v1/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\n" UPGRADE "\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = send_raw (f, requests[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
      g_assert_null (strstr (answer + 8, "HTTP/1.1")); /* one answer only */
    }
}

/* A body nobody asked for is not read to its end. */
static void
test_endless_body (Fixture *f, gconstpointer unused)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (f->listener, NULL);
  g_autoptr (GSocketConnection) stream = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *socket = g_socket_connection_get_socket (stream);
  static const char head[] = "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n";
  static const char block[65536];
  guint64 sent = 0;

  g_assert_cmpint (g_socket_send (socket, head, sizeof head - 1, NULL, NULL), >, 0);
  g_socket_set_blocking (socket, FALSE);
  for (gboolean is_over = FALSE; !is_over;)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_send (socket, block, sizeof block, NULL, &error);
      is_over = n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 32 * 1024 * 1024);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_paths (Fixture *f, gconstpointer unused)
{
  static const char *const paths[] = { "/", "/v1", "/v1/live/x", "/healthz/x", "/v1/call" };
  guint status;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = get (f, paths[i], &status);
      g_assert_cmpuint (status, ==, 404);
    }
  g_autofree char *health = get (f, "/healthz", &status);
  g_assert_cmpuint (status, ==, 200);
}

static void
test_metrics (Fixture *f, gconstpointer unused)
{
  guint status;

  follow (f, &f->client, "coordinator");
  g_autofree char *text = get (f, "/metrics", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (text, "\nhomeward_gateway_connections 1\n"));
  g_assert_nonnull (strstr (text, "\nhomeward_gateway_subscribers 1\n"));
  g_assert_nonnull (strstr (text, "\nhomeward_gateway_live 1\n"));
}

static void
test_addresses (void)
{
  static const char *const refused[] = { "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "localhost:0", "127.0.0.1", "", "unix:" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (gateway_listen (refused[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_inherited_address (void)
{
  g_autoptr (GError) error = NULL;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (listen (fd, 1), ==, 0); /* on every address there is */
  g_assert_null (gateway_listen_inherited (fd, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_unix (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->broker.folder, "gateway.sock", NULL);
  g_autofree char *address = g_strconcat ("unix:", path, NULL);

  g_clear_pointer (&f->server, gateway_server_free);
  g_clear_object (&f->listener);
  f->listener = gateway_listen (address, &error);
  g_assert_no_error (error);
  f->server = gateway_server_new (&f->options, f->listener);
  g_autofree char *answer = send_raw (f, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_unlink (path);
}

/* A WebSocket without a client: whoever holds it sends and reads what it likes. */
static GSocketConnection *
open_raw (Fixture *f)
{
  static const char upgrade[] = "GET /v1/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer coordinator\r\n" UPGRADE "\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (f->listener, NULL);
  GSocketConnection *stream = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *socket = g_socket_connection_get_socket (stream);

  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  g_assert_cmpint (g_socket_send (socket, upgrade, sizeof upgrade - 1, NULL, NULL), >, 0);
  g_socket_set_blocking (socket, FALSE);
  SMALL_WAIT (gateway_server_get_n_connections (f->server) == 1);
  return stream;
}

/* Fragments within the limit that go on and on are one message over it, long before its end. */
static void
test_fragments (Fixture *f, gconstpointer unused)
{
  g_autoptr (GSocketConnection) stream = open_raw (f);
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint64 sent = 0;

  g_byte_array_append (frame, (const guint8[]){ 0x01, 0x80 | 126, 50000 >> 8, 50000 & 255, 0, 0, 0, 0 }, 8);
  g_byte_array_set_size (frame, 8 + 50000);
  memset (frame->data + 8, ' ', 50000);
  while (gateway_server_get_n_connections (f->server) == 1)
    {
      frame->data[0] = sent < frame->len ? 0x01 : 0x00; /* text, then its continuation, never the last */
      gssize n = g_socket_send (socket, (char *) frame->data + sent % frame->len, frame->len - sent % frame->len, NULL, NULL);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 16 * 1024 * 1024);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* Replies nobody reads are bounded. */
static void
test_unread_replies (Fixture *f, gconstpointer unused)
{
  g_autoptr (GSocketConnection) stream = open_raw (f);
  GSocket *socket = g_socket_connection_get_socket (stream);
  /* A masked frame (with the mask 0) that is no JSON: answered with an error, again and again. */
  static const guint8 frame[] = { 0x81, 0x81, 0, 0, 0, 0, '{' };
  g_autoptr (GByteArray) many = g_byte_array_new ();

  for (guint i = 0; i < 2000; i++)
    g_byte_array_append (many, frame, sizeof frame);
  for (guint64 sent = 0; gateway_server_get_n_connections (f->server) == 1;)
    {
      gssize n = g_socket_send (socket, (char *) many->data + sent % sizeof frame, many->len - sent % sizeof frame, NULL, NULL);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 64 * 1024 * 1024);
      g_main_context_iteration (NULL, FALSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE_WITH(path, set, function) g_test_add ("/gateway/" path, Fixture, NULL, set, function, tear_down)
#define CASE(path, function) CASE_WITH (path, set_up, function)
  CASE ("session/none", test_no_session);
  CASE ("session/open", test_session_open);
  CASE ("session/header", test_session_by_header);
  CASE ("session/bad-header", test_bad_token_in_header);
  CASE ("session/bad-tokens", test_bad_tokens_close);
  CASE ("session/twice", test_session_twice);
  CASE ("feed/snapshot", test_snapshot);
  CASE ("feed/state", test_state_is_told);
  CASE ("feed/no-gap", test_changes_without_gap);
  CASE ("feed/newest-once", test_newest_value_once);
  CASE ("feed/window", test_window);
  CASE ("feed/off-the-ring", test_off_the_ring);
  CASE ("feed/resume", test_resume);
  CASE ("feed/resume-other-epoch", test_resume_of_another_epoch);
  CASE ("feed/resume-other-eyes", test_resume_of_other_eyes);
  CASE ("feed/scope", test_scope);
  CASE ("feed/bad-scopes", test_bad_scopes);
  CASE_WITH ("feed/large-snapshot", set_up_large, test_large_snapshot);
  CASE_WITH ("feed/snapshot-window", set_up_large, test_snapshot_stops_at_the_window);
  CASE_WITH ("feed/paged-change", set_up_large, test_paged_change);
  CASE_WITH ("feed/too-large", set_up_large, test_change_too_large_is_a_snapshot);
  CASE ("feed/recent-and-history", test_recent_and_history);
  CASE ("referral/comes-and-goes", test_referral_comes_and_goes);
  CASE ("referral/never-shown", test_code_never_shown_is_never_gone);
  CASE ("referral/out-of-sight", test_out_of_sight_is_gone);
  CASE ("referral/wall", test_wall_is_shown_no_more);
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
  CASE ("frame/binary", test_binary);
  CASE ("frame/over-limit", test_over_limit);
  CASE ("frame/far-over-limit", test_far_over_limit);
  CASE ("frame/at-limit", test_at_limit);
  CASE ("frame/fragments", test_fragments);
  CASE ("http/origin", test_origin);
  CASE ("http/full", test_full);
  CASE ("http/smuggling", test_smuggling);
  CASE ("http/endless-body", test_endless_body);
  CASE ("http/paths", test_paths);
  CASE ("http/metrics", test_metrics);
  CASE ("http/unix", test_unix);
  CASE ("http/unread-replies", test_unread_replies);
  g_test_add_func ("/gateway/listen/addresses", test_addresses);
  g_test_add_func ("/gateway/listen/inherited", test_inherited_address);
#undef CASE
#undef CASE_WITH
  return g_test_run ();
}
