/* test-live.c: the client's end of the WebSocket against a server that does as it is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/live/bed-live.h"

#include <libsoup/soup.h>
#include <string.h>

#define WAIT_MS 5000

typedef struct
{
  SoupServer *server;
  SoupWebsocketConnection *peer; /* newest connection, or NULL */
  char *url;
  BedLive *live;
  GPtrArray *heard; /* texts the server got */

  /* what the server does */
  BedError refuse_session; /* BED_N_ERRORS: accepts */
  gboolean stays_silent;   /* answers no call but the opening ones */

  /* what the client was told */
  guint n_notified;
  guint64 revisions[16];
  guint n_answers;
  BedError reason; /* of the last refusal; BED_N_ERRORS: a result */
  char next[32];
} Stage;

static void
send_text (Stage *stage, const char *text)
{
  g_assert_nonnull (stage->peer);
  soup_websocket_connection_send_text (stage->peer, text);
}

static void
answer_message (Stage *stage, const BedMessage *message)
{
  g_autofree char *reply = NULL;

  if (message->kind != BED_MESSAGE_REQUEST)
    return;
  if (g_str_equal (message->method, "session.open") && stage->refuse_session != BED_N_ERRORS)
    {
      g_auto (BedJson) json = { 0 };

      bed_json_init (&json, 256);
      bed_message_print_error (&json, message->id, stage->refuse_session, NULL, NULL);
      reply = bed_json_steal (&json, NULL);
    }
  else if (g_str_equal (message->method, "test.taken"))
    {
      g_auto (BedJson) json = { 0 };

      bed_json_init (&json, 256);
      bed_message_print_error (&json, message->id, BED_ERROR_BED_TAKEN, "taken",
                               "\"next\":{\"bed\":\"cedar-02\"}");
      reply = bed_json_steal (&json, NULL);
    }
  else if (!stage->stays_silent || g_str_equal (message->method, "session.open")
           || g_str_equal (message->method, "feed.subscribe"))
    reply = g_strdup_printf (
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"now\":\"2026-11-22T11:42:00.000Z\"}}",
        message->id);
  if (reply != NULL)
    send_text (stage, reply);
}

static void
on_peer_message (SoupWebsocketConnection *peer, int type, GBytes *bytes, gpointer user_data)
{
  Stage *stage = user_data;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (BedMessage) message = bed_message_parse (text, length, BED_MESSAGE_MAX, NULL, NULL);

  g_ptr_array_add (stage->heard, g_strndup (text, length));
  g_assert_nonnull (message);
  answer_message (stage, message);
}

static void
on_connection (SoupServer *server, SoupServerMessage *message, const char *path,
               SoupWebsocketConnection *peer, gpointer user_data)
{
  Stage *stage = user_data;

  g_set_object (&stage->peer, peer);
  g_signal_connect (peer, "message", G_CALLBACK (on_peer_message), stage);
}

static void
on_notified (BedLive *live, const char *method, JsonObject *params, gpointer user_data)
{
  Stage *stage = user_data;

  g_assert_cmpuint (stage->n_notified, <, G_N_ELEMENTS (stage->revisions));
  stage->revisions[stage->n_notified++]
      = (guint64)json_object_get_int_member_with_default (params, "revision", 0);
}

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Stage *stage = user_data;

  stage->n_answers++;
  stage->reason = error != NULL ? (BedError)error->code : BED_N_ERRORS;
  if (data != NULL && json_object_has_member (data, "next"))
    g_strlcpy (stage->next,
               json_object_get_string_member (json_object_get_object_member (data, "next"), "bed"),
               sizeof stage->next);
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until holds, at most WAIT_MS. */
#define AWAIT(holds)                                                                               \
  do                                                                                               \
    {                                                                                              \
      gboolean is_late = FALSE;                                                                    \
      guint late = g_timeout_add (WAIT_MS, on_late, &is_late);                                     \
      while (!(holds) && !is_late)                                                                 \
        g_main_context_iteration (NULL, TRUE);                                                     \
      g_source_remove (late);                                                                      \
      g_assert_true (holds);                                                                       \
    }                                                                                              \
  while (0)

static void
stage_open (Stage *stage, const char *scope)
{
  static const char *protocols[] = { "homeward.v1", NULL };
  g_autoptr (GError) error = NULL;
  GSList *uris;

  memset (stage, 0, sizeof *stage);
  stage->refuse_session = BED_N_ERRORS;
  stage->heard = g_ptr_array_new_with_free_func (g_free);
  stage->server = soup_server_new (NULL, NULL);
  soup_server_add_websocket_handler (stage->server, "/v1/live", NULL, (char **)protocols,
                                     on_connection, stage, NULL);
  soup_server_listen_local (stage->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (stage->server);
  stage->url = g_strdup_printf ("ws://127.0.0.1:%d/v1/live", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  stage->live = bed_live_new (stage->url, "a-token", scope, 1);
  g_signal_connect (stage->live, "notified", G_CALLBACK (on_notified), stage);
}

static void
stage_close (Stage *stage)
{
  g_clear_object (&stage->live);
  g_clear_object (&stage->peer);
  soup_server_disconnect (stage->server);
  g_object_unref (stage->server);
  g_ptr_array_unref (stage->heard);
  g_free (stage->url);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
start (Stage *stage)
{
  bed_live_start (stage->live);
  AWAIT (bed_live_get_state (stage->live) == BED_LIVE_OPEN);
}

static const char *
peek_heard (Stage *stage, const char *needle)
{
  for (guint i = stage->heard->len; i > 0; i--)
    if (strstr (g_ptr_array_index (stage->heard, i - 1), needle) != NULL)
      return g_ptr_array_index (stage->heard, i - 1);
  return NULL;
}

static void
test_opens (void)
{
  Stage stage;

  stage_open (&stage, "{\"lap\":\"winchester\"}");
  start (&stage);
  g_assert_nonnull (strstr (g_ptr_array_index (stage.heard, 0), "\"token\":\"a-token\""));
  g_assert_nonnull (strstr (g_ptr_array_index (stage.heard, 1), "{\"lap\":\"winchester\"}"));
  g_assert_nonnull (bed_live_peek_session (stage.live));
  g_assert_cmpint (bed_live_get_heard_us (stage.live), >, 0);
  stage_close (&stage);
}

static void
test_no_feed (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  start (&stage);
  g_assert_null (peek_heard (&stage, "feed.subscribe"));
  stage_close (&stage);
}

static void
test_acknowledges (void)
{
  Stage stage;

  stage_open (&stage, "{}");
  start (&stage);
  send_text (
      &stage,
      "{\"jsonrpc\":\"2.0\",\"method\":\"feed.snapshot\",\"params\":{\"epoch\":7,\"revision\":12,"
      "\"page\":0,\"pages\":1}}");
  AWAIT (peek_heard (&stage, "feed.ack") != NULL);
  g_assert_nonnull (strstr (peek_heard (&stage, "feed.ack"), "\"revision\":12,\"page\":0"));
  g_assert_cmpuint (stage.revisions[0], ==, 12);
  stage_close (&stage);
}

/* Only what was delivered whole is resumed from: half a snapshot is not. */
static void
test_resumes (void)
{
  Stage stage;

  stage_open (&stage, "{\"unit\":\"clarence\"}");
  start (&stage);
  send_text (
      &stage,
      "{\"jsonrpc\":\"2.0\",\"method\":\"feed.snapshot\",\"params\":{\"epoch\":7,\"revision\":12,"
      "\"page\":0,\"pages\":1}}");
  send_text (
      &stage,
      "{\"jsonrpc\":\"2.0\",\"method\":\"feed.changes\",\"params\":{\"from\":12,\"revision\":15}}");
  send_text (
      &stage,
      "{\"jsonrpc\":\"2.0\",\"method\":\"feed.changes\",\"params\":{\"from\":15,\"revision\":19,"
      "\"page\":0,\"pages\":2}}");
  AWAIT (stage.n_notified == 3);
  g_ptr_array_set_size (stage.heard, 0);
  soup_websocket_connection_close (stage.peer, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  AWAIT (peek_heard (&stage, "feed.subscribe") != NULL);
  g_assert_nonnull (strstr (peek_heard (&stage, "feed.subscribe"),
                            "{\"unit\":\"clarence\",\"since\":{\"epoch\":7,\"revision\":15}}"));
  AWAIT (bed_live_get_state (stage.live) == BED_LIVE_OPEN);
  stage_close (&stage);
}

static void
test_answers (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  start (&stage);
  bed_live_call (stage.live, "test.echo", "{}", on_answer, &stage);
  g_assert_cmpuint (stage.n_answers, ==, 0);
  AWAIT (stage.n_answers == 1);
  g_assert_cmpint (stage.reason, ==, BED_N_ERRORS);
  stage_close (&stage);
}

static void
test_refusal_has_data (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  start (&stage);
  bed_live_call (stage.live, "test.taken", "{}", on_answer, &stage);
  AWAIT (stage.n_answers == 1);
  g_assert_cmpint (stage.reason, ==, BED_ERROR_BED_TAKEN);
  g_assert_cmpstr (stage.next, ==, "cedar-02");
  stage_close (&stage);
}

static void
test_unsent_is_unavailable (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  bed_live_call (stage.live, "test.echo", "{}", on_answer, &stage);
  g_assert_cmpuint (stage.n_answers, ==, 0);
  AWAIT (stage.n_answers == 1);
  g_assert_cmpint (stage.reason, ==, BED_ERROR_UNAVAILABLE);
  stage_close (&stage);
}

static void
test_ninth_is_too_many (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  stage.stays_silent = TRUE;
  start (&stage);
  for (guint i = 0; i <= BED_LIVE_CALLS_MAX; i++)
    bed_live_call (stage.live, "test.echo", "{}", on_answer, &stage);
  AWAIT (stage.n_answers == 1);
  g_assert_cmpint (stage.reason, ==, BED_ERROR_TOO_MANY);
  stage_close (&stage);
}

static void
test_too_long_is_refused (void)
{
  Stage stage;
  g_autofree char *filler = g_strnfill (BED_MESSAGE_MAX, 'x');
  g_autofree char *params = g_strdup_printf ("{\"a\":\"%s\"}", filler);

  stage_open (&stage, NULL);
  start (&stage);
  bed_live_call (stage.live, "test.echo", params, on_answer, &stage);
  AWAIT (stage.n_answers == 1);
  g_assert_cmpint (stage.reason, ==, BED_ERROR_PARAMS);
  stage_close (&stage);
}

static void
test_lost_is_uncertain (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  stage.stays_silent = TRUE;
  start (&stage);
  bed_live_call (stage.live, "test.echo", "{}", on_answer, &stage);
  AWAIT (peek_heard (&stage, "test.echo") != NULL);
  soup_websocket_connection_close (stage.peer, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  AWAIT (stage.n_answers == 1);
  g_assert_cmpint (stage.reason, ==, BED_ERROR_UNCERTAIN);
  AWAIT (bed_live_get_state (stage.live) == BED_LIVE_OPEN);
  stage_close (&stage);
}

/* Whoever waits is told also when the connection is thrown away. */
static void
test_disposed_is_uncertain (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  stage.stays_silent = TRUE;
  start (&stage);
  bed_live_call (stage.live, "test.echo", "{}", on_answer, &stage);
  g_clear_object (&stage.live);
  g_assert_cmpuint (stage.n_answers, ==, 1);
  g_assert_cmpint (stage.reason, ==, BED_ERROR_UNCERTAIN);
  stage_close (&stage);
}

static void
test_refused_token (void)
{
  Stage stage;

  stage_open (&stage, "{}");
  stage.refuse_session = BED_ERROR_FORBIDDEN;
  bed_live_start (stage.live);
  AWAIT (bed_live_get_state (stage.live) == BED_LIVE_REFUSED);
  stage_close (&stage);
}

static void
test_no_broker_is_lost (void)
{
  Stage stage;

  stage_open (&stage, "{}");
  stage.refuse_session = BED_ERROR_UNAVAILABLE;
  bed_live_start (stage.live);
  AWAIT (peek_heard (&stage, "session.open") != NULL
         && bed_live_get_state (stage.live) == BED_LIVE_LOST);
  stage.refuse_session = BED_N_ERRORS;
  AWAIT (bed_live_get_state (stage.live) == BED_LIVE_OPEN);
  stage_close (&stage);
}

static void
test_nonsense_is_dropped (void)
{
  Stage stage;

  stage_open (&stage, NULL);
  start (&stage);
  g_ptr_array_set_size (stage.heard, 0);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*not JSON-RPC*");
  send_text (&stage, "nonsense");
  AWAIT (peek_heard (&stage, "session.open") != NULL);
  g_test_assert_expected_messages ();
  AWAIT (bed_live_get_state (stage.live) == BED_LIVE_OPEN);
  stage_close (&stage);
}

/* A gateway whose every picture is nonsense: each board asks for it ever more seldom, not eight times
 * a second. */
static void
test_nonsense_is_asked_for_ever_more_seldom (void)
{
  gint64 begun_us = g_get_monotonic_time ();
  Stage stage;

  stage_open (&stage, NULL);
  start (&stage);
  for (guint i = 0; i < 4; i++)
    {
      g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*not JSON-RPC*");
      send_text (&stage, "nonsense");
      AWAIT (bed_live_get_state (stage.live) != BED_LIVE_OPEN);
      AWAIT (bed_live_get_state (stage.live) == BED_LIVE_OPEN);
      g_test_assert_expected_messages ();
    }
  /* half of each doubled delay is certain */
  g_assert_cmpint (g_get_monotonic_time () - begun_us, >=,
                   (1 + 2 + 4 + 8) * BED_LIVE_BACKOFF_MIN_MS / 2 * G_GINT64_CONSTANT (1000));
  stage_close (&stage);
}

static void
ask_again (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Stage *stage = user_data;

  if (++stage->n_answers == 1)
    bed_live_call (stage->live, "test.echo", "{}", ask_again, stage);
}

/* Whoever asks again while the connection is thrown away is told, too, and before that is over. */
static void
test_asked_again_while_disposed (void)
{
  BedLive *live;
  Stage stage;

  stage_open (&stage, NULL);
  stage.stays_silent = TRUE;
  start (&stage);
  bed_live_call (stage.live, "test.echo", "{}", ask_again, &stage);
  live = stage.live;
  g_object_unref (live);
  stage.live = NULL;
  g_assert_cmpuint (stage.n_answers, ==, 2);
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
  stage_close (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live/opens", test_opens);
  g_test_add_func ("/live/no-feed", test_no_feed);
  g_test_add_func ("/live/acknowledges", test_acknowledges);
  g_test_add_func ("/live/resumes", test_resumes);
  g_test_add_func ("/live/answers", test_answers);
  g_test_add_func ("/live/refusal-has-data", test_refusal_has_data);
  g_test_add_func ("/live/unsent-is-unavailable", test_unsent_is_unavailable);
  g_test_add_func ("/live/ninth-is-too-many", test_ninth_is_too_many);
  g_test_add_func ("/live/too-long-is-refused", test_too_long_is_refused);
  g_test_add_func ("/live/lost-is-uncertain", test_lost_is_uncertain);
  g_test_add_func ("/live/disposed-is-uncertain", test_disposed_is_uncertain);
  g_test_add_func ("/live/refused-token", test_refused_token);
  g_test_add_func ("/live/no-broker-is-lost", test_no_broker_is_lost);
  g_test_add_func ("/live/nonsense-is-dropped", test_nonsense_is_dropped);
  g_test_add_func ("/live/nonsense-ever-more-seldom", test_nonsense_is_asked_for_ever_more_seldom);
  g_test_add_func ("/live/asked-again-while-disposed", test_asked_again_while_disposed);
  return g_test_run ();
}
