/* gateway-server.c: accepts connections, answers plain HTTP, and turns upgrades into connections.
 *
 * Owns the listening socket, libsoup's server, the link to the broker, the feed and the list of
 * connections. Accepts by itself, so that loopback, Unix and inherited sockets are one path and
 * connections can be counted before libsoup reads from them. A request is looked at by the guard
 * first; a token in its header is shown to the broker before the upgrade. Running out of
 * descriptors makes it wait, not spin.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-server.h"

#include "gateway-connection.h"
#include "gateway-guard.h"
#include "gateway-session.h"
#include "gateway-stream.h"

#include "common/bed-time.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define ACCEPTS_PER_TURN 64
#define ACCEPT_AGAIN_MS 100

struct _GatewayServer
{
  GSocket *listener; /* owned */
  SoupServer *soup;  /* owned */
  BedLink *link;     /* owned */
  GatewayFeed *feed; /* owned */
  GatewayQueue *queue; /* owned */
  GatewayMirror *mirror; /* owned */
  GatewayPoll *poll; /* owned reference, or NULL */
  GPtrArray *connections; /* owned references */
  guint *streams; /* shared with each stream: libsoup may let one go after we are gone */
  GatewayMetrics metrics;
  GatewayParts parts;
  GSource *acceptor; /* owned, while accepting */
  guint accept_again; /* source ids */
  guint checker;
  gulong opened;
  guint64 epoch; /* of the sessions */
  gboolean is_stopping;
  const GatewayOptions *options; /* borrowed */
};

/* A token on its way to the broker before the upgrade. */
typedef struct
{
  GatewayServer *server;      /* borrowed: it answers every call before it goes */
  SoupServerMessage *message; /* owned */
  char *token;                /* owned */
  JsonObject *opened;         /* owned, once accepted */
} Upgrade;

static void
free_upgrade (gpointer memory)
{
  Upgrade *upgrade = memory;
  gateway_session_forget (upgrade->token);
  g_clear_pointer (&upgrade->opened, json_object_unref);
  g_free (upgrade);
}

/* Plain HTTP */

static void
respond (SoupServerMessage *message, guint status, const char *type, char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, text, strlen (text));
}

static void
turn_away (GatewayServer *self, SoupServerMessage *message, GatewayTurnedAway why, guint status, const char *words)
{
  self->metrics.turned_away[why]++;
  /* Whatever else stands on this connection is not to be trusted to be a request. */
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  respond (message, status, "text/plain", g_strconcat (words, "\n", NULL));
}

static void
answer_health (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  respond (message, SOUP_STATUS_OK, "text/plain", g_strdup ("alive\n"));
}

static void
answer_ready (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  GatewayServer *self = user_data;
  gint64 since_us = 0;
  char since[BED_TIME_SIZE];

  gateway_feed_look (self->feed);
  GatewayState state = gateway_feed_get_state (self->feed, &since_us);
  if (state == GATEWAY_STATE_LIVE)
    {
      respond (message, SOUP_STATUS_OK, "text/plain", g_strdup ("live\n"));
      return;
    }
  bed_time_print (since_us, since);
  respond (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "text/plain",
           since_us != 0 ? g_strdup_printf ("%s since %s\n", gateway_state_word (state), since)
                         : g_strdup_printf ("%s: no table yet\n", gateway_state_word (state)));
}

static void
answer_metrics (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  GatewayServer *self = user_data;
  GatewayGauges gauges;

  gateway_feed_measure (self->feed, &gauges);
  self->metrics.streams = *self->streams;
  respond (message, SOUP_STATUS_OK, "text/plain; version=0.0.4", gateway_metrics_print (&self->metrics, &gauges));
}

/* Before the upgrade */

static void
take_session (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Upgrade *upgrade = user_data;
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&upgrade->message);

  if (error == NULL && JSON_NODE_HOLDS_OBJECT (result))
    {
      upgrade->opened = json_object_ref (json_node_get_object (result));
      g_object_set_data_full (G_OBJECT (message), "homeward-upgrade", upgrade, free_upgrade);
    }
  else
    {
      gboolean is_away = error == NULL || error->code == BED_ERROR_UNAVAILABLE || error->code == BED_ERROR_UNCERTAIN
                         || error->code == BED_ERROR_TOO_MANY;
      turn_away (upgrade->server, message, GATEWAY_TURNED_AWAY_TOKEN,
                 is_away ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_UNAUTHORIZED,
                 is_away ? "the broker cannot be asked now" : "no such token");
      free_upgrade (upgrade);
    }
  soup_server_message_unpause (message);
}

static void
ask_session (GatewayServer *self, SoupServerMessage *message, const char *token)
{
  Upgrade *upgrade = g_new0 (Upgrade, 1);
  g_auto (BedJson) json = { 0 };

  upgrade->server = self;
  upgrade->message = g_object_ref (message);
  upgrade->token = g_strdup (token);
  bed_json_init (&json, 128);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "token", token);
  bed_json_end_object (&json);
  soup_server_message_pause (message);
  bed_link_call (self->link, "session.open", json.text->str, take_session, upgrade);
}

static void
on_headers (SoupServerMessage *message, gpointer user_data)
{
  GatewayServer *self = user_data;
  GatewayTurnedAway why = GATEWAY_TURNED_AWAY_HEADERS;
  const char *words = NULL;
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (soup_server_message_get_status (message) != 0)
    return; /* libsoup has refused it already */
  guint status = gateway_guard_check (message, (const char *const *) self->options->allow_origins, &why, &words);
  gboolean is_live = strcmp (path, GATEWAY_LIVE_PATH) == 0;
  if (status != 0)
    turn_away (self, message, why, status, words);
  else if (is_live && (self->is_stopping || self->connections->len >= (guint) self->options->connections_max))
    turn_away (self, message, GATEWAY_TURNED_AWAY_FULL, SOUP_STATUS_SERVICE_UNAVAILABLE, "no room");
  else if (is_live && gateway_guard_peek_token (message) != NULL)
    ask_session (self, message, gateway_guard_peek_token (message));
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  /* A body is never wanted; one that is sent all the same is not kept. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_headers), user_data);
}

/* WebSockets */

static void
on_closed (GatewayConnection *connection, gpointer user_data)
{
  GatewayServer *self = user_data;
  g_ptr_array_remove_fast (self->connections, connection);
  self->metrics.connections = self->connections->len;
}

static void
on_upgraded (SoupServer *soup, SoupServerMessage *message, const char *path, SoupWebsocketConnection *socket,
             gpointer user_data)
{
  GatewayServer *self = user_data;
  Upgrade *upgrade = g_object_get_data (G_OBJECT (message), "homeward-upgrade");

  g_ptr_array_add (self->connections,
                   gateway_connection_new (socket, &self->parts, upgrade != NULL ? upgrade->token : NULL,
                                           upgrade != NULL ? upgrade->opened : NULL, on_closed, self));
  self->metrics.connections = self->connections->len;
}

/* Sessions are the broker's, and end with its epoch. */
static void
on_moved (GatewayServer *self, guint64 revision, BedLink *link)
{
  BedMap *map = bed_link_peek_map (link);

  if (map == NULL || map->table.epoch == self->epoch)
    return;
  self->epoch = map->table.epoch;
  for (guint i = 0; i < self->connections->len; i++)
    gateway_connection_reopen (self->connections->pdata[i]);
}

static void
on_opened (GatewayServer *self, BedLink *link)
{
  self->epoch = 0; /* a new connection to the broker: sessions may be of another life of it */
}

static gboolean
check_connections (gpointer user_data)
{
  GatewayServer *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->connections->len; i++)
    gateway_connection_check (self->connections->pdata[i], now_us);
  return G_SOURCE_CONTINUE;
}

/* Accepting */

static void
forget_stream (gpointer user_data, GObject *stream)
{
  guint *streams = user_data;
  --*streams;
  g_rc_box_release (streams);
}

static void
take_socket (GatewayServer *self, GSocket *socket)
{
  guint streams_max = (guint) self->options->connections_max + GATEWAY_STREAMS_SPARE;

  self->metrics.accepted++;
  if (*self->streams >= streams_max)
    {
      self->metrics.turned_away[GATEWAY_TURNED_AWAY_FULL]++;
      g_socket_close (socket, NULL);
      return;
    }
  g_socket_set_timeout (socket, GATEWAY_REQUEST_TIMEOUT_S);
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_autoptr (GSocketConnection) base = g_socket_connection_factory_create_connection (socket);
  g_autoptr (GatewayStream) stream = gateway_stream_new (base, self->poll);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  ++*self->streams;
  g_object_weak_ref (G_OBJECT (stream), forget_stream, g_rc_box_acquire (self->streams));
  soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, NULL);
}

static gboolean on_acceptable (GSocket *listener, GIOCondition condition, gpointer user_data);

static void
start_accepting (GatewayServer *self)
{
  self->acceptor = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (self->acceptor, G_SOURCE_FUNC (on_acceptable), self, NULL);
  g_source_attach (self->acceptor, NULL);
}

static void
stop_accepting (GatewayServer *self)
{
  if (self->acceptor == NULL)
    return;
  g_source_destroy (self->acceptor);
  g_clear_pointer (&self->acceptor, g_source_unref);
}

static gboolean
accept_again (gpointer user_data)
{
  GatewayServer *self = user_data;
  self->accept_again = 0;
  start_accepting (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_acceptable (GSocket *listener, GIOCondition condition, gpointer user_data)
{
  GatewayServer *self = user_data;

  for (guint i = 0; i < ACCEPTS_PER_TURN; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, &error);
      if (socket != NULL)
        {
          take_socket (self, socket);
          continue;
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      g_warning ("cannot accept: %s", error->message);
      stop_accepting (self);
      self->accept_again = g_timeout_add (ACCEPT_AGAIN_MS, accept_again, self);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* The whole */

GatewayServer *
gateway_server_new (const GatewayOptions *options, GSocket *listener)
{
  static char *protocols[] = { (char *) GATEWAY_PROTOCOL, NULL };
  GatewayServer *self = g_new0 (GatewayServer, 1);

  self->options = options;
  self->streams = g_rc_box_new0 (guint);
  self->poll = gateway_poll_new ();
  self->listener = g_object_ref (listener);
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) gateway_connection_unref);
  self->link = bed_link_new (options->socket, TRUE);
  self->opened = g_signal_connect_swapped (self->link, "opened", G_CALLBACK (on_opened), self);
  self->mirror = gateway_mirror_new ();
  self->feed = gateway_feed_new (self->link, self->mirror, &self->metrics);
  g_signal_connect_swapped (self->link, "moved", G_CALLBACK (on_moved), self);
  self->queue = gateway_queue_new ();
  self->parts = (GatewayParts){ self->link, self->feed, &self->metrics, self->queue, self->mirror };

  self->soup = soup_server_new (NULL, NULL);
  soup_server_remove_websocket_extension (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request), self);
  soup_server_add_handler (self->soup, "/healthz", answer_health, self, NULL);
  soup_server_add_handler (self->soup, "/readyz", answer_ready, self, NULL);
  soup_server_add_handler (self->soup, "/metrics", answer_metrics, self, NULL);
  soup_server_add_websocket_handler (self->soup, GATEWAY_LIVE_PATH, NULL, protocols, on_upgraded, self, NULL);
  self->checker = g_timeout_add_seconds (GATEWAY_CHECK_S, check_connections, self);
  start_accepting (self);
  return self;
}

guint
gateway_server_get_n_connections (GatewayServer *self)
{
  return self->connections->len;
}

void
gateway_server_stop (GatewayServer *self)
{
  self->is_stopping = TRUE;
  stop_accepting (self);
  g_clear_handle_id (&self->accept_again, g_source_remove);
  for (guint i = 0; i < self->connections->len; i++)
    gateway_connection_close (self->connections->pdata[i], SOUP_WEBSOCKET_CLOSE_GOING_AWAY, "the gateway ends");
}

void
gateway_server_free (GatewayServer *self)
{
  stop_accepting (self);
  g_clear_handle_id (&self->accept_again, g_source_remove);
  g_clear_handle_id (&self->checker, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->link, self);
  soup_server_disconnect (self->soup);
  g_object_run_dispose (G_OBJECT (self->link)); /* answers every call, while their askers are here */
  g_clear_pointer (&self->queue, gateway_queue_free); /* likewise */
  while (self->connections->len > 0)
    g_ptr_array_remove_index_fast (self->connections, self->connections->len - 1);
  g_clear_pointer (&self->connections, g_ptr_array_unref);
  g_clear_pointer (&self->feed, gateway_feed_free);
  g_clear_pointer (&self->mirror, gateway_mirror_free);
  g_clear_object (&self->soup);
  g_clear_object (&self->link);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->poll, gateway_poll_unref);
  g_rc_box_release (self->streams);
  g_free (self);
}
