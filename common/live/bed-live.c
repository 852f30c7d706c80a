/* bed-live.c: the client's end of a gateway's WebSocket.
 *
 * Owns the libsoup session, at most one connection, its calls in flight and two timers: one that
 * tries again (doubling, with jitter), one that each second looks for silence and unanswered calls.
 * A connection is opened by session.open and, if a feed is wanted, feed.subscribe with the last
 * revision that was delivered whole, so that a short break costs only the changes. Whatever fails
 * (connect, a bad frame, silence, a refused token) ends in one place, drop (), and is tried again;
 * callers are told UNCERTAIN for what was sent and UNAVAILABLE for what was not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-live.h"
#include "bed-live-calls.h"
#include "bed-live-feed.h"

#include "../bed-time.h"

#include <libsoup/soup.h>

#define PROTOCOL "homeward.v1"
#define PAYLOAD_MAX (1024 * 1024) /* a page is at most 256 KiB; answers may be longer */
#define PING_S 5
#define WATCH_MS 1000
#define STEADY_US G_GINT64_CONSTANT (10000000) /* without nonsense: what was said before is forgotten */

struct _BedLive
{
  GObject parent_instance;

  /* owned */
  char *url;
  char *token;
  BedLiveFeed *feed;  /* NULL: none is wanted */
  JsonObject *opened; /* result of session.open */
  SoupSession *soup;
  SoupWebsocketConnection *connection;
  GCancellable *connecting;
  BedLiveCalls *calls;

  guint64 random;
  gint64 begun_us;
  gint64 heard_us;
  gint64 opened_us; /* monotonic */
  guint failures;
  guint faults; /* nonsense that the gateway has said: connecting well does not make it good */
  guint retry_source;
  guint watch_source;
  BedLiveState state;
  gboolean is_started;
};

G_DEFINE_FINAL_TYPE (BedLive, bed_live, G_TYPE_OBJECT)

enum
{
  STATE,
  NOTIFIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
connect_now (BedLive *live);

static void
set_state (BedLive *live, BedLiveState state)
{
  if (live->state == state)
    return;
  live->state = state;
  g_signal_emit (live, signals[STATE], 0, (guint)state);
}

/* splitmix64: the jitter need not be good, only different on each board. */
static guint64
next_random (BedLive *live)
{
  guint64 mixed = live->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ mixed >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ mixed >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return mixed ^ mixed >> 31;
}

static gboolean
on_retry (gpointer user_data)
{
  BedLive *live = user_data;

  live->retry_source = 0;
  connect_now (live);
  return G_SOURCE_REMOVE;
}

/* Half of the doubled delay is certain, half is chance: a thousand boards do not come back at once.
 */
static void
try_again (BedLive *live)
{
  guint delay_ms = BED_LIVE_BACKOFF_MAX_MS;
  guint doublings = MAX (live->failures, live->faults > 0 ? live->faults - 1 : 0);

  if (live->state != BED_LIVE_REFUSED && doublings < 8)
    delay_ms = MIN (delay_ms, (guint)BED_LIVE_BACKOFF_MIN_MS << doublings);
  live->failures++;
  delay_ms = delay_ms / 2 + (guint)(next_random (live) % (delay_ms / 2 + 1));
  if (live->retry_source == 0)
    live->retry_source = g_timeout_add (delay_ms, on_retry, live);
}

static void
close_connection (BedLive *live)
{
  g_autoptr (SoupWebsocketConnection) connection = g_steal_pointer (&live->connection);

  if (live->connecting != NULL)
    g_cancellable_cancel (live->connecting);
  g_clear_object (&live->connecting);
  if (connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (connection, live);
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/* The one end of every failure. state: LOST, or REFUSED when the token was not accepted. */
static void
drop (BedLive *live, BedLiveState state)
{
  g_autoptr (BedLive) alive = g_object_ref (live);

  close_connection (live);
  bed_live_calls_lose (live->calls);
  if (live->feed != NULL)
    bed_live_feed_lose (live->feed);
  set_state (live, state);
  if (live->is_started)
    try_again (live);
}

static gboolean
on_watch (gpointer user_data)
{
  BedLive *live = user_data;
  gint64 now_us = bed_time_get_uptime ();
  gint64 last_us = MAX (live->begun_us, live->heard_us);

  bed_live_calls_expire (live->calls, now_us);
  if (live->state == BED_LIVE_OPEN && now_us - live->opened_us > STEADY_US)
    live->faults = 0;
  if ((live->connection != NULL || live->connecting != NULL)
      && now_us - last_us > BED_LIVE_SILENCE_MS * G_GINT64_CONSTANT (1000))
    drop (live, BED_LIVE_LOST);
  return G_SOURCE_CONTINUE;
}

/* A gateway that was killed leaves a connection that is closing but has not said "closed" yet: on
 * such a one nothing can be sent. */
static gboolean
can_send (const BedLive *live)
{
  return live->connection != NULL
         && soup_websocket_connection_get_state (live->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

/* Sends the message and empties json. Without a connection it is not sent: its end, which is about
 * to be told, answers every call and takes the place of every acknowledgement. */
static void
send_message (BedLive *live, BedJson *json)
{
  gsize length = 0;
  g_autofree char *text = bed_json_steal (json, &length);

  if (can_send (live))
    soup_websocket_connection_send_text (live->connection, text);
}

static void
send_call (BedLive *live, gboolean is_own, const char *method, const char *params,
           BedLiveAnswer answer, gpointer user_data)
{
  g_auto (BedJson) json = { 0 };
  guint id = bed_live_calls_add (live->calls, bed_time_get_uptime (), is_own, answer, user_data);
  char id_text[16];

  g_snprintf (id_text, sizeof id_text, "%u", id);
  bed_json_init (&json, 256);
  bed_message_begin_call (&json, id_text, method);
  bed_json_raw (&json, params, -1);
  bed_message_end_call (&json);
  send_message (live, &json);
}

static void
take_notification (BedLive *live, const BedMessage *message)
{
  JsonObject *params = bed_message_peek_params (message);
  SoupWebsocketConnection *connection = live->connection;
  g_auto (BedJson) ack = { 0 };

  if (params == NULL)
    return;
  g_signal_emit (live, signals[NOTIFIED], 0, message->method, params);
  if (live->feed != NULL && live->connection == connection
      && bed_live_feed_count (live->feed, message->method, params, &ack))
    send_message (live, &ack);
}

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *bytes, gpointer user_data)
{
  g_autoptr (BedLive) live = g_object_ref (user_data);
  g_autoptr (BedMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  live->heard_us = bed_time_get_uptime ();
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    message = bed_message_parse (text, length, PAYLOAD_MAX, &id, &error);
  if (message == NULL)
    {
      g_warning ("the gateway sent what is not JSON-RPC: %s",
                 error != NULL ? error->message : "a binary frame");
      live->faults++;
      drop (live, BED_LIVE_LOST);
      return;
    }
  switch (message->kind)
    {
    case BED_MESSAGE_NOTIFICATION:
      take_notification (live, message);
      break;
    case BED_MESSAGE_RESULT:
    case BED_MESSAGE_ERROR:
      bed_live_calls_answer (live->calls, message);
      break;
    case BED_MESSAGE_REQUEST: /* a gateway asks nothing of a client */
      break;
    }
}

static void
on_pong (SoupWebsocketConnection *connection, GBytes *bytes, gpointer user_data)
{
  BedLive *live = user_data;

  live->heard_us = bed_time_get_uptime ();
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer user_data)
{
  drop (user_data, BED_LIVE_LOST);
}

static void
refuse_opening (BedLive *live, const GError *error)
{
  gboolean is_forbidden = g_error_matches (error, BED_ERROR, BED_ERROR_FORBIDDEN);

  drop (live, is_forbidden ? BED_LIVE_REFUSED : BED_LIVE_LOST);
}

static void
set_open (BedLive *live)
{
  live->failures = 0;
  live->opened_us = bed_time_get_uptime ();
  set_state (live, BED_LIVE_OPEN);
}

static void
on_subscribed (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  BedLive *live = user_data;

  if (error != NULL)
    {
      refuse_opening (live, error);
      return;
    }
  bed_live_feed_begin (live->feed, result);
  set_open (live);
}

static void
on_session (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  BedLive *live = user_data;
  g_autofree char *subscription = NULL;

  if (error != NULL || result == NULL || !JSON_NODE_HOLDS_OBJECT (result))
    {
      refuse_opening (live, error);
      return;
    }
  g_clear_pointer (&live->opened, json_object_unref);
  live->opened = json_object_ref (json_node_get_object (result));
  if (live->feed == NULL)
    {
      set_open (live);
      return;
    }
  subscription = bed_live_feed_print_subscription (live->feed);
  send_call (live, TRUE, "feed.subscribe", subscription, on_subscribed, live);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (BedLive) live = g_weak_ref_get (weak);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection
      = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_auto (BedJson) json = { 0 };
  g_autofree char *params = NULL;
  gsize length = 0;

  g_weak_ref_clear (weak);
  g_free (weak);
  /* Cancelled: whoever cancelled has already gone on. */
  if (live == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&live->connecting);
  if (connection == NULL)
    {
      SoupStatus status = message != NULL ? soup_message_get_status (message) : SOUP_STATUS_NONE;
      gboolean is_refused = status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN;

      drop (live, is_refused ? BED_LIVE_REFUSED : BED_LIVE_LOST);
      return;
    }
  live->connection = g_steal_pointer (&connection);
  live->heard_us = bed_time_get_uptime ();
  soup_websocket_connection_set_max_incoming_payload_size (live->connection, PAYLOAD_MAX);
  soup_websocket_connection_set_keepalive_interval (live->connection, PING_S);
  g_signal_connect (live->connection, "message", G_CALLBACK (on_message), live);
  g_signal_connect (live->connection, "pong", G_CALLBACK (on_pong), live);
  g_signal_connect (live->connection, "closed", G_CALLBACK (on_closed), live);

  bed_json_init (&json, 128);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "token", live->token);
  bed_json_end_object (&json);
  params = bed_json_steal (&json, &length);
  send_call (live, TRUE, "session.open", params, on_session, live);
}

static void
connect_now (BedLive *live)
{
  static const char *protocols[] = { PROTOCOL, NULL };
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, live->url);
  GWeakRef *weak;

  if (message == NULL)
    {
      g_warning ("not a WebSocket address: %s", live->url);
      drop (live, BED_LIVE_REFUSED);
      return;
    }
  set_state (live, BED_LIVE_CONNECTING);
  live->begun_us = bed_time_get_uptime ();
  live->connecting = g_cancellable_new ();
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, live);
  soup_session_websocket_connect_async (live->soup, message, NULL, (char **)protocols,
                                        G_PRIORITY_DEFAULT, live->connecting, on_connected, weak);
}

BedLive *
bed_live_new (const char *url, const char *token, const char *scope, guint64 random)
{
  BedLive *live = g_object_new (BED_TYPE_LIVE, NULL);

  g_return_val_if_fail (url != NULL && token != NULL, live);
  live->url = g_strdup (url);
  live->token = g_strdup (token);
  live->feed = scope != NULL ? bed_live_feed_new (scope) : NULL;
  live->random = random;
  return live;
}

void
bed_live_start (BedLive *live)
{
  g_return_if_fail (BED_IS_LIVE (live));
  if (live->is_started)
    return;
  live->is_started = TRUE;
  live->watch_source = g_timeout_add (WATCH_MS, on_watch, live);
  connect_now (live);
}

BedLiveState
bed_live_get_state (BedLive *live)
{
  return live->state;
}

gint64
bed_live_get_heard_us (BedLive *live)
{
  return live->heard_us;
}

gboolean
bed_live_is_current (BedLive *live)
{
  return live->state == BED_LIVE_OPEN && (live->feed == NULL || bed_live_feed_is_current (live->feed));
}

JsonObject *
bed_live_peek_session (BedLive *live)
{
  return live->opened;
}

void
bed_live_call (BedLive *live, const char *method, const char *params, BedLiveAnswer answer,
               gpointer user_data)
{
  g_return_if_fail (BED_IS_LIVE (live) && method != NULL && params != NULL && answer != NULL);
  if (live->state != BED_LIVE_OPEN || !can_send (live))
    bed_live_calls_refuse (live->calls, BED_ERROR_UNAVAILABLE, answer, user_data);
  else if (!bed_live_calls_have_room (live->calls))
    bed_live_calls_refuse (live->calls, BED_ERROR_TOO_MANY, answer, user_data);
  else if (strlen (params) + 256 > BED_MESSAGE_MAX)
    bed_live_calls_refuse (live->calls, BED_ERROR_PARAMS, answer, user_data);
  else
    send_call (live, FALSE, method, params, answer, user_data);
}

static void
bed_live_dispose (GObject *object)
{
  BedLive *live = BED_LIVE (object);

  live->is_started = FALSE;
  g_clear_handle_id (&live->retry_source, g_source_remove);
  g_clear_handle_id (&live->watch_source, g_source_remove);
  close_connection (live);
  if (live->calls != NULL)
    bed_live_calls_free (live->calls);
  live->calls = NULL;
  g_clear_object (&live->soup);
  G_OBJECT_CLASS (bed_live_parent_class)->dispose (object);
}

static void
bed_live_finalize (GObject *object)
{
  BedLive *live = BED_LIVE (object);

  g_clear_pointer (&live->opened, json_object_unref);
  g_free (live->url);
  g_free (live->token);
  g_clear_pointer (&live->feed, bed_live_feed_free);
  G_OBJECT_CLASS (bed_live_parent_class)->finalize (object);
}

static void
bed_live_class_init (BedLiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bed_live_dispose;
  object_class->finalize = bed_live_finalize;

  signals[STATE] = g_signal_new ("state", BED_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[NOTIFIED]
      = g_signal_new ("notified", BED_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, JSON_TYPE_OBJECT);
}

static void
bed_live_init (BedLive *live)
{
  live->calls = bed_live_calls_new ();
  live->soup = soup_session_new ();
  /* No deflate: a small frame must not be able to inflate. */
  soup_session_remove_feature_by_type (live->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  live->state = BED_LIVE_LOST;
}
