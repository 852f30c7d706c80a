/* live-client.h: a WebSocket client of a gateway for tests: keeps what it is sent, and acknowledges
 * only when it is told to.
 *
 * Deliberately not common/live: it must be able to misbehave.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/small-broker.h"

#include <libsoup/soup.h>

typedef struct
{
  SoupSession *session;
  SoupWebsocketConnection *socket; /* NULL until connected */
  GPtrArray *messages;             /* JsonNode: all, oldest first */
  guint taken;                     /* messages the test has looked at */
  guint last_id;
  gboolean acknowledges;
  gboolean is_refused;             /* no WebSocket came of it */
  gboolean is_closed;
  guint status;                    /* of the upgrade */
} LiveClient;

static inline void
live_client_send (LiveClient *client, const char *text)
{
  soup_websocket_connection_send_text (client->socket, text);
}

static inline JsonObject *
live_client_params (JsonNode *message)
{
  return json_object_get_object_member (json_node_get_object (message), "params");
}

static inline const char *
live_client_method (JsonNode *message)
{
  return json_object_get_string_member_with_default (json_node_get_object (message), "method", "");
}

static inline void
live_client_acknowledge (LiveClient *client, JsonNode *message)
{
  JsonObject *params = live_client_params (message);
  gint64 page = json_object_get_int_member_with_default (params, "page", 0);
  g_autofree char *tail = page > 0 ? g_strdup_printf (",\"page\":%" G_GINT64_FORMAT, page) : g_strdup ("");
  g_autofree char *text
      = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"method\":\"feed.ack\",\"params\":{\"revision\":%" G_GINT64_FORMAT "%s}}",
                         json_object_get_int_member (params, "revision"), tail);
  live_client_send (client, text);
}

static inline gboolean
live_client_is_feed (JsonNode *message)
{
  return g_str_equal (live_client_method (message), "feed.snapshot")
         || g_str_equal (live_client_method (message), "feed.changes");
}

static inline void
live_client_take (SoupWebsocketConnection *socket, SoupWebsocketDataType type, GBytes *bytes, gpointer user_data)
{
  LiveClient *client = user_data;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_cmpuint (length, <=, 256 * 1024);
  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  JsonNode *message = json_parser_steal_root (parser);
  g_ptr_array_add (client->messages, message);
  if (client->acknowledges && live_client_is_feed (message))
    live_client_acknowledge (client, message);
}

static inline void
live_client_end (SoupWebsocketConnection *socket, gpointer user_data)
{
  ((LiveClient *) user_data)->is_closed = TRUE;
}

static inline void
live_client_connected (GObject *session, GAsyncResult *result, gpointer user_data)
{
  LiveClient *client = user_data;

  client->socket = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, NULL);
  client->is_refused = client->socket == NULL;
  if (client->is_refused)
    return;
  soup_websocket_connection_set_max_incoming_payload_size (client->socket, 0);
  g_signal_connect (client->socket, "message", G_CALLBACK (live_client_take), client);
  g_signal_connect (client->socket, "closed", G_CALLBACK (live_client_end), client);
}

static inline void
small_take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Connects to url; waits until that has ended one way or the other. token, origin may be NULL. */
static inline void
live_client_open (LiveClient *client, const char *url, const char *token, const char *origin)
{
  char *protocols[] = { (char *) "homeward.v1", NULL };
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  memset (client, 0, sizeof *client);
  client->session = soup_session_new ();
  client->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);
      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
    }
  soup_session_websocket_connect_async (client->session, message, origin, protocols, G_PRIORITY_DEFAULT, NULL,
                                        live_client_connected, client);
  SMALL_WAIT (client->socket != NULL || client->is_refused);
  client->status = soup_message_get_status (message);
}

static inline void
live_client_clear (LiveClient *client)
{
  if (client->socket != NULL)
    g_signal_handlers_disconnect_by_data (client->socket, client);
  g_clear_object (&client->socket);
  if (client->session != NULL)
    soup_session_abort (client->session);
  g_clear_object (&client->session);
  g_clear_pointer (&client->messages, g_ptr_array_unref);
}

/* Sends a call and returns its id. */
static inline guint
live_client_call (LiveClient *client, const char *method, const char *params)
{
  g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%u,\"method\":\"%s\",\"params\":%s}",
                                           ++client->last_id, method, params);
  live_client_send (client, text);
  return client->last_id;
}

/* The reply with that id among what has come so far; borrowed, or NULL. */
static inline JsonObject *
live_client_find_reply (LiveClient *client, guint id)
{
  for (guint i = 0; i < client->messages->len; i++)
    {
      JsonObject *object = json_node_get_object (client->messages->pdata[i]);
      if (json_object_has_member (object, "id") && !json_object_get_null_member (object, "id")
          && json_object_get_int_member (object, "id") == (gint64) id)
        return object;
    }
  return NULL;
}

static inline JsonObject *
live_client_wait_reply (LiveClient *client, guint id)
{
  SMALL_WAIT (live_client_find_reply (client, id) != NULL);
  return live_client_find_reply (client, id);
}

/* Calls and waits: the result object, or the error's reason in *reason (static). */
static inline JsonObject *
live_client_ask (LiveClient *client, const char *method, const char *params, const char **reason)
{
  JsonObject *reply = live_client_wait_reply (client, live_client_call (client, method, params));

  *reason = NULL;
  if (json_object_has_member (reply, "result"))
    return json_object_get_object_member (reply, "result");
  JsonObject *error = json_object_get_object_member (reply, "error");
  *reason = json_object_has_member (error, "data")
                ? json_object_get_string_member (json_object_get_object_member (error, "data"), "reason")
                : json_object_get_string_member (error, "message");
  return NULL;
}

/* The next notification of that method that the test has not looked at yet; waits for it. */
static inline JsonNode *
live_client_peek_next (LiveClient *client, const char *method)
{
  for (; client->taken < client->messages->len; client->taken++)
    if (g_str_equal (live_client_method (client->messages->pdata[client->taken]), method))
      return client->messages->pdata[client->taken];
  return NULL;
}

static inline JsonObject *
live_client_wait_next (LiveClient *client, const char *method)
{
  SMALL_WAIT (live_client_peek_next (client, method) != NULL);
  JsonNode *message = live_client_peek_next (client, method);
  client->taken++;
  return live_client_params (message);
}

static inline guint
live_client_count (LiveClient *client, const char *method)
{
  guint n = 0;
  for (guint i = 0; i < client->messages->len; i++)
    n += g_str_equal (live_client_method (client->messages->pdata[i]), method);
  return n;
}

/* The row with that id in one of a message's lists; borrowed, or NULL. */
static inline JsonObject *
live_client_find_row (JsonObject *params, const char *list, const char *member, const char *id)
{
  JsonArray *rows = json_object_get_array_member (params, list);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      if (g_strcmp0 (json_object_get_string_member (row, member), id) == 0)
        return row;
    }
  return NULL;
}

static inline guint
live_client_count_rows (JsonObject *params, const char *list)
{
  return json_array_get_length (json_object_get_array_member (params, list));
}

/* Whether `gone` of a change names id. */
static inline gboolean
live_client_is_gone (JsonObject *params, const char *list, const char *id)
{
  if (!json_object_has_member (params, "gone"))
    return FALSE;
  JsonArray *ids = json_object_get_array_member (json_object_get_object_member (params, "gone"), list);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    if (g_strcmp0 (json_array_get_string_element (ids, i), id) == 0)
      return TRUE;
  return FALSE;
}
