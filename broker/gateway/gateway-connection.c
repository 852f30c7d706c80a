/* gateway-connection.c: one WebSocket from its upgrade to its end: what it is sent, its place in the
 * feed, what is read from it.
 *
 * Owns the socket and the subscription; the session and the calls are gateway-connection-calls.c's.
 * Bounded in every direction: replies nobody takes, silence, time without a session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-connection-core.h"
#include "gateway-methods.h"

#include <gio/gio.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>

#define PONG_HEAD 6 /* bytes of a masked pong besides its payload */

/* Sending */

gboolean
gateway_connection_is_open (const GatewayConnection *self)
{
  return soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN;
}

void
gateway_connection_close (GatewayConnection *self, gushort code, const char *why)
{
  if (gateway_connection_is_open (self))
    soup_websocket_connection_close (self->socket, code, why);
}

void
gateway_connection_close_counted (GatewayConnection *self, GatewayClosed reason,
                                  gushort code, const char *why)
{
  if (!gateway_connection_is_open (self))
    return;
  self->parts->metrics->closed[reason]++;
  soup_websocket_connection_close (self->socket, code, why);
}

static void
send_bytes (GatewayConnection *self, GBytes *message)
{
  if (!gateway_connection_is_open (self))
    return;
  self->parts->metrics->bytes_out += g_bytes_get_size (message);
  soup_websocket_connection_send_message (self->socket, SOUP_WEBSOCKET_DATA_TEXT, message);
}

/* TRUE if the kernel has nothing left that the peer's has not taken: libsoup's queue cannot be
 * seen, but it only grows while the kernel's is full. */
static gboolean
is_drained (const GatewayConnection *self)
{
  int left = 0;
  return ioctl (g_socket_get_fd (gateway_stream_peek_socket (self->stream)), SIOCOUTQ, &left) == 0 && left == 0;
}

static void
send_reply (GatewayConnection *self, BedJson *json)
{
  gsize length = 0;
  char *text = bed_json_steal (json, &length);
  g_autoptr (GBytes) message = g_bytes_new_take (text, length);

  self->parts->metrics->replies++;
  if (self->unread + length > GATEWAY_UNREAD_MAX && is_drained (self))
    self->unread = 0;
  self->unread += length;
  if (self->unread > GATEWAY_UNREAD_MAX)
    gateway_connection_close_counted (self, GATEWAY_CLOSED_UNREAD,
                                      SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "replies are not read");
  else
    send_bytes (self, message);
}

void
gateway_connection_answer (GatewayConnection *self, const char *id, const char *result, gsize length)
{
  g_auto (BedJson) json = { 0 };

  if (id == NULL)
    return; /* a notification is not answered */
  bed_json_init (&json, length + 128);
  bed_message_begin_result (&json, id);
  bed_json_raw (&json, result, (gssize) length);
  bed_message_end_result (&json);
  send_reply (self, &json);
}

/* The members of data but `reason`, which the error brings itself, as text without braces. */
static char *
print_members (JsonObject *data)
{
  g_autoptr (JsonObject) rest = json_object_new ();
  g_autoptr (GList) names = data != NULL ? json_object_get_members (data) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    if (strcmp (name->data, "reason") != 0)
      json_object_set_member (rest, name->data, json_object_dup_member (data, name->data));
  if (json_object_get_size (rest) == 0)
    return NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, rest);
  char *text = json_to_string (node, FALSE);
  gsize length = strlen (text);
  memmove (text, text + 1, length - 2);
  text[length - 2] = '\0';
  return text;
}

void
gateway_connection_refuse (GatewayConnection *self, const char *id, BedError error, const char *words,
                           JsonObject *data)
{
  g_auto (BedJson) json = { 0 };
  g_autofree char *members = print_members (data);

  if (error == BED_ERROR_BAD_VALUE && data == NULL && words != NULL)
    {
      members = g_strdup_printf ("\"member\":\"%s\"", words); /* a plain name of ours */
      words = NULL;
    }

  self->parts->metrics->refused[error]++;
  bed_json_init (&json, 256);
  bed_message_print_error (&json, id, error, words, members);
  send_reply (self, &json);
}

/* What it knows */

const BedActor *
gateway_connection_peek_actor (GatewayConnection *self)
{
  return self->has_session ? &self->session.actor : NULL;
}

const GatewayParts *
gateway_connection_peek_parts (GatewayConnection *self)
{
  return self->parts;
}

/* The feed */

static void
send_feed (gpointer owner, GBytes *message)
{
  send_bytes (owner, message);
}

static gboolean
find_sight (gpointer owner, const BedMap *map, BedSight *sight)
{
  GatewayConnection *self = owner;
  return gateway_sights_find (&self->session.actor, self->lap, self->unit, map, sight, NULL);
}

static void
end_subscription (gpointer owner)
{
  GatewayConnection *self = owner;
  self->subscriber = NULL;
  gateway_connection_close_counted (self, GATEWAY_CLOSED_SESSION_ENDED,
                                    SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "the scope is no more");
}

static const GatewaySubscriberCalls feed_calls = { send_feed, find_sight, end_subscription };

void
gateway_connection_subscribe (GatewayConnection *self, const char *id, JsonObject *params)
{
  BedMap *map = gateway_feed_peek_map (self->parts->feed);
  g_auto (BedJson) answer = { 0 };
  g_autoptr (GError) error = NULL;
  GatewaySince since = { 0 };
  BedSight sight;

  if (map == NULL)
    {
      gateway_connection_refuse (self, id, BED_ERROR_UNAVAILABLE, NULL, NULL);
      return;
    }
  g_autofree char *lap = NULL;
  g_autofree char *unit = NULL;
  if (!gateway_methods_read_scope (params, &lap, &unit, &since, &error)
      || !gateway_sights_find (&self->session.actor, lap, unit, map, &sight, &error))
    {
      gateway_connection_refuse (self, id, (BedError) error->code, error->message, NULL);
      return;
    }
  if (self->subscriber != NULL)
    gateway_feed_unsubscribe (self->parts->feed, g_steal_pointer (&self->subscriber));
  g_free (self->lap);
  g_free (self->unit);
  self->lap = g_steal_pointer (&lap);
  self->unit = g_steal_pointer (&unit);
  bed_json_init (&answer, 128);
  self->subscriber = gateway_feed_subscribe (self->parts->feed, &feed_calls, self, &sight, since, &answer, &error);
  if (self->subscriber == NULL)
    gateway_connection_refuse (self, id, (BedError) error->code, error->message, NULL);
  else
    gateway_connection_answer (self, id, answer.text->str, answer.text->len);
}

void
gateway_connection_acknowledge (GatewayConnection *self, guint64 revision, guint page)
{
  self->unread = 0;
  if (self->subscriber != NULL)
    gateway_feed_acknowledge (self->parts->feed, self->subscriber, revision, page);
}

/* The socket */

static void
on_message (SoupWebsocketConnection *socket, SoupWebsocketDataType type, GBytes *message, gpointer user_data)
{
  g_autoptr (GatewayConnection) self = gateway_connection_ref (user_data);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (message, &length);

  self->heard_us = g_get_monotonic_time ();
  gateway_stream_credit_all (self->stream);
  self->parts->metrics->messages_in++;
  self->parts->metrics->bytes_in += length;
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    gateway_connection_close_counted (self, GATEWAY_CLOSED_BINARY,
                                      SOUP_WEBSOCKET_CLOSE_UNSUPPORTED_DATA, "text only");
  else if (length > BED_MESSAGE_MAX)
    gateway_connection_close_counted (self, GATEWAY_CLOSED_TOO_BIG,
                                      SOUP_WEBSOCKET_CLOSE_TOO_BIG, "at most 64 KiB a message");
  else if (gateway_connection_is_open (self))
    gateway_methods_answer (self, bytes, length);
}

static void
on_error (SoupWebsocketConnection *socket, GError *error, gpointer user_data)
{
  GatewayConnection *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    gateway_connection_close_counted (self, GATEWAY_CLOSED_TOO_BIG,
                                      SOUP_WEBSOCKET_CLOSE_TOO_BIG, "at most 64 KiB a message");
  /* libsoup would drop the connection without a word: it reads no further either way. */
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    gateway_connection_close_counted (self, GATEWAY_CLOSED_TOO_BIG,
                                      SOUP_WEBSOCKET_CLOSE_TOO_BIG, "at most 64 KiB a message");
}

static void
on_pong (SoupWebsocketConnection *socket, GBytes *message, gpointer user_data)
{
  GatewayConnection *self = user_data;
  self->heard_us = g_get_monotonic_time ();
  gateway_stream_credit (self->stream, g_bytes_get_size (message) + PONG_HEAD);
  self->unread = 0;
}

static void
on_closed (SoupWebsocketConnection *socket, gpointer user_data)
{
  g_autoptr (GatewayConnection) self = gateway_connection_ref (user_data);

  if (self->subscriber != NULL)
    gateway_feed_unsubscribe (self->parts->feed, g_steal_pointer (&self->subscriber));
  if (self->closed != NULL)
    self->closed (self, self->user_data);
  self->closed = NULL;
}

void
gateway_connection_check (GatewayConnection *self, gint64 now_us)
{
  if (now_us - self->heard_us > GATEWAY_SILENCE_S * G_USEC_PER_SEC)
    gateway_connection_close_counted (self, GATEWAY_CLOSED_SILENT,
                                      SOUP_WEBSOCKET_CLOSE_GOING_AWAY, "silent for too long");
  else if (!self->has_session && now_us - self->started_us > GATEWAY_SESSION_WAIT_S * G_USEC_PER_SEC)
    gateway_connection_close_counted (self, GATEWAY_CLOSED_NO_SESSION,
                                      SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "no session");
}

/* Our stream below the one that libsoup wraps around it. */
static GatewayStream *
find_stream (SoupWebsocketConnection *socket)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (socket);
  g_autoptr (GIOStream) base = NULL;

  if (!GATEWAY_IS_STREAM (stream)
      && g_object_class_find_property (G_OBJECT_GET_CLASS (stream), "base-iostream") != NULL)
    {
      g_object_get (stream, "base-iostream", &base, NULL);
      stream = base;
    }
  return GATEWAY_IS_STREAM (stream) ? g_object_ref (GATEWAY_STREAM (stream)) : NULL;
}

GatewayConnection *
gateway_connection_new (SoupWebsocketConnection *socket, const GatewayParts *parts, const char *token,
                        JsonObject *opened, void (*closed) (GatewayConnection *, gpointer), gpointer user_data)
{
  GatewayConnection *self = g_rc_box_new0 (GatewayConnection);

  self->socket = g_object_ref (socket);
  self->parts = parts;
  self->closed = closed;
  self->user_data = user_data;
  self->started_us = self->heard_us = g_get_monotonic_time ();
  self->stream = find_stream (socket);
  g_assert (self->stream != NULL); /* every connection is accepted with one */
  g_socket_set_timeout (gateway_stream_peek_socket (self->stream), 0); /* from now on silence is ours to judge */
  gateway_stream_credit_all (self->stream);
  gateway_stream_watch (self->stream);
  g_queue_init (&self->waiting);
  self->has_session = token != NULL && gateway_session_take (&self->session, token, opened);
  soup_websocket_connection_set_max_incoming_payload_size (socket, BED_MESSAGE_MAX + 1);
  soup_websocket_connection_set_keepalive_interval (socket, GATEWAY_PING_S);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (socket, "error", G_CALLBACK (on_error), self);
  g_signal_connect (socket, "pong", G_CALLBACK (on_pong), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
  return self;
}

GatewayConnection *
gateway_connection_ref (GatewayConnection *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_connection (gpointer memory)
{
  GatewayConnection *self = memory;

  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
  g_clear_object (&self->stream);
  gateway_session_clear (&self->session);
  g_clear_pointer (&self->lap, g_free);
  g_clear_pointer (&self->unit, g_free);
}

void
gateway_connection_unref (GatewayConnection *self)
{
  g_rc_box_release_full (self, clear_connection);
}
