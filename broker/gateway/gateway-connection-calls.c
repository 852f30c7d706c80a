/* gateway-connection-calls.c: what a connection asks the broker: its session, and its client's calls.
 *
 * Owns the session with its token, calls in flight, of which there is a limit, and calls that wait
 * for the session to be opened again. A call may be refused, by the broker or for want of it, and
 * then the client is told. Answers may come after the connection has ended: they hold a reference
 * and find it closed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-connection-core.h"

#include <string.h>

#define ROOM_OF_HEAD 256 /* of a call to the broker: all but its params */

/* A call on its way to the broker. */
typedef struct
{
  GatewayConnection *connection; /* owned reference */
  char *id;                      /* owned */
  char *method;                  /* owned */
  JsonObject *params;            /* owned */
  char *token;                   /* owned: of session.open */
  gboolean is_second;            /* asked again, in a session opened again */
} Call;

static Call *
new_call (GatewayConnection *self, const char *id)
{
  Call *call = g_new0 (Call, 1);
  call->connection = gateway_connection_ref (self);
  call->id = g_strdup (id);
  return call;
}

static void
free_call (Call *call)
{
  g_free (call->id);
  g_free (call->method);
  g_clear_pointer (&call->params, json_object_unref);
  gateway_session_forget (call->token);
  gateway_connection_unref (call->connection);
  g_free (call);
}

/* Sessions */

static void forward_call (GatewayConnection *self, Call *call);
static void end_call (Call *call);

static void
tell_waiting (GatewayConnection *self)
{
  GQueue waiting = self->waiting;

  g_queue_init (&self->waiting);
  for (Call *call = g_queue_pop_head (&waiting); call != NULL; call = g_queue_pop_head (&waiting))
    {
      if (self->session.session != NULL)
        {
          forward_call (self, call);
          continue;
        }
      gateway_connection_refuse (self, call->id, BED_ERROR_UNAVAILABLE, NULL, NULL);
      end_call (call);
    }
}

static void
tell_session (GatewayConnection *self, const char *id)
{
  BedMap *map = gateway_feed_peek_map (self->parts->feed);
  g_autofree char *text = gateway_session_print (&self->session, map != NULL ? map->table.epoch : 0,
                                                 gateway_feed_get_now (self->parts->feed));
  gateway_connection_answer (self, id, text, strlen (text));
}

/* The broker's answer to session.open: call->id is the client's, or NULL when it is asked for again
 * after a new epoch. */
static void
take_session (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Call *call = user_data;
  GatewayConnection *self = call->connection;
  BedError code = error != NULL ? (BedError) error->code : BED_ERROR_UNAVAILABLE;

  self->is_opening = FALSE;
  if (error == NULL && JSON_NODE_HOLDS_OBJECT (result)
      && gateway_session_take (&self->session, call->token, json_node_get_object (result)))
    {
      self->has_session = TRUE;
      if (call->id != NULL)
        tell_session (self, call->id);
    }
  else if (call->id != NULL)
    {
      gateway_connection_refuse (self, call->id, code, error != NULL ? error->message : NULL, data);
      if (code != BED_ERROR_UNAVAILABLE && code != BED_ERROR_UNCERTAIN && ++self->tries >= GATEWAY_SESSION_TRIES)
        gateway_connection_close_counted (self, GATEWAY_CLOSED_NO_SESSION,
                                          SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "no such token");
    }
  else if (code != BED_ERROR_UNAVAILABLE && code != BED_ERROR_UNCERTAIN && code != BED_ERROR_TOO_MANY)
    gateway_connection_close_counted (self, GATEWAY_CLOSED_SESSION_ENDED,
                                      SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "the session has ended");
  tell_waiting (self);
  free_call (call);
}

static void
ask_session (GatewayConnection *self, const char *id, const char *token)
{
  g_auto (BedJson) json = { 0 };
  Call *call = new_call (self, id);

  call->token = g_strdup (token);
  bed_json_init (&json, 128);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "token", token);
  bed_json_end_object (&json);
  self->is_opening = TRUE;
  bed_link_call (self->parts->link, "session.open", json.text->str, take_session, call);
  explicit_bzero (json.text->str, json.text->len);
}

void
gateway_connection_open_session (GatewayConnection *self, const char *id, const char *token)
{
  if (self->has_session && (token == NULL || g_strcmp0 (token, self->session.token) == 0))
    tell_session (self, id);
  else if (self->has_session || self->is_opening)
    gateway_connection_refuse (self, id, BED_ERROR_WRONG_STATE, NULL, NULL);
  else if (token == NULL || strlen (token) > GATEWAY_TOKEN_MAX)
    gateway_connection_refuse (self, id, BED_ERROR_BAD_VALUE, "token", NULL);
  else
    ask_session (self, id, token);
}

void
gateway_connection_reopen (GatewayConnection *self)
{
  if (!self->has_session || self->is_opening || !gateway_connection_is_open (self))
    return;
  g_clear_pointer (&self->session.session, gateway_session_forget);
  ask_session (self, NULL, self->session.token);
}

/* Calls that are the broker's to answer */

static void
end_call (Call *call)
{
  call->connection->in_flight--;
  call->connection->parts->metrics->in_flight--;
  free_call (call);
}

static gboolean
is_session_fault (const GError *error, JsonObject *data)
{
  return error->code == BED_ERROR_FORBIDDEN && data != NULL
         && g_strcmp0 (json_object_get_string_member_with_default (data, "member", ""), "session") == 0;
}

static void
take_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Call *call = user_data;
  GatewayConnection *self = call->connection;

  if (error == NULL)
    {
      g_autofree char *text = result != NULL ? json_to_string (result, FALSE) : g_strdup ("null");
      gateway_connection_answer (self, call->id, text, strlen (text));
    }
  else if (is_session_fault (error, data) && !call->is_second && gateway_connection_is_open (self))
    {
      /* The broker has let the session go. A refusal left no trace, so it may be asked again. */
      call->is_second = TRUE;
      g_queue_push_tail (&self->waiting, call);
      gateway_connection_reopen (self);
      return;
    }
  else
    gateway_connection_refuse (self, call->id, (BedError) error->code, error->message, data);
  end_call (call);
}

/* What was one good message when it came must still be one, or the broker could not answer it under
 * its id: printing may lengthen it, and not every number has a text. */
static gboolean
is_sendable (const char *params)
{
  g_auto (BedJson) json = { 0 };
  g_autofree char *id = NULL;

  bed_json_init (&json, strlen (params) + ROOM_OF_HEAD);
  bed_message_begin_call (&json, "1", "x");
  bed_json_raw (&json, params, -1);
  bed_message_end_call (&json);
  g_autoptr (BedMessage) message
      = bed_message_parse (json.text->str, json.text->len, BED_MESSAGE_MAX - ROOM_OF_HEAD, &id, NULL);
  explicit_bzero (json.text->str, json.text->len);
  return message != NULL;
}

static void
send_call (GatewayConnection *self, Call *call)
{
  /* Whatever the client called its session, this is the one it has. */
  json_object_set_string_member (call->params, "session",
                                 self->session.session != NULL ? self->session.session : "");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, call->params);
  g_autofree char *text = json_to_string (node, FALSE);
  if (is_sendable (text))
    bed_link_call (self->parts->link, call->method, text, take_answer, call);
  else
    {
      gateway_connection_refuse (self, call->id, BED_ERROR_PARSE, NULL, NULL);
      end_call (call);
    }
  explicit_bzero (text, strlen (text)); /* a PIN may stand in it */
}

/* Sends the call, or keeps it until the session is open again. */
static void
forward_call (GatewayConnection *self, Call *call)
{
  if (self->session.session == NULL && self->is_opening && bed_link_is_open (self->parts->link))
    g_queue_push_tail (&self->waiting, call);
  else
    send_call (self, call);
}

void
gateway_connection_forward (GatewayConnection *self, const char *id, const char *method, JsonObject *params)
{
  if (self->in_flight >= GATEWAY_CALLS_MAX)
    {
      gateway_connection_refuse (self, id, BED_ERROR_TOO_MANY, NULL, NULL);
      json_object_unref (params);
      return;
    }
  Call *call = new_call (self, id);
  call->method = g_strdup (method);
  call->params = params;
  self->in_flight++;
  self->parts->metrics->in_flight++;
  forward_call (self, call);
}
