/* bed-message.c: JSON-RPC 2.0 in and out.
 *
 * A message owns its id, method and body. Foreign bytes fail as BED_ERROR_PARSE (no JSON, or over a
 * limit) or BED_ERROR_REQUEST (JSON, but no request, notification or reply); the caller answers and
 * reads on. Encoders write by hand through BedJson and cannot fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-message.h"

#include "bed-parse.h"

#include <assert.h>
#include <string.h>

#define VERSION "2.0"
#define PREFIX "{\"jsonrpc\":\"2.0\""

static_assert (BED_MESSAGE_DEPTH_MAX == BED_PARSE_DEPTH_MAX, "one limit");

void
bed_message_free (BedMessage *message)
{
  if (message == NULL)
    return;
  g_free (message->id);
  g_free (message->method);
  g_clear_pointer (&message->body, json_node_unref);
  g_free (message);
}

static const char *
peek_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The id as JSON text; NULL if it is not allowed. */
static char *
print_id (JsonNode *node)
{
  g_auto (BedJson) json;
  bed_json_init (&json, BED_ID_MAX);
  if (JSON_NODE_HOLDS_NULL (node))
    bed_json_null (&json);
  else if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    bed_json_string (&json, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    bed_json_int (&json, json_node_get_int (node));
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    bed_json_double (&json, json_node_get_double (node));
  else
    return NULL;
  if (json.text->len > BED_ID_MAX)
    return NULL;
  return g_string_free (g_steal_pointer (&json.text), FALSE);
}

static JsonNode *
dup_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL ? json_node_ref (node) : NULL;
}

/* Kind and body, once the id is known; FALSE with what is wrong. */
static gboolean
parse_kind (JsonObject *object, BedMessage *message, const char **fault)
{
  if (json_object_has_member (object, "method"))
    {
      message->method = g_strdup (peek_string (object, "method"));
      message->kind = message->id != NULL ? BED_MESSAGE_REQUEST : BED_MESSAGE_NOTIFICATION;
      message->body = dup_member (object, "params");
      *fault = "method is not a string";
      return message->method != NULL;
    }

  gboolean is_error = json_object_has_member (object, "error");
  *fault = "neither a method, nor an id with a result or an error";
  if (message->id == NULL || is_error == json_object_has_member (object, "result"))
    return FALSE;
  message->kind = is_error ? BED_MESSAGE_ERROR : BED_MESSAGE_RESULT;
  message->body = dup_member (object, is_error ? "error" : "result");
  *fault = "error is not an object";
  return !is_error || JSON_NODE_HOLDS_OBJECT (message->body);
}

static gboolean
parse_envelope (JsonNode *root, BedMessage *message, const char **fault)
{
  *fault = "not an object";
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  JsonObject *object = json_node_get_object (root);

  JsonNode *id = json_object_get_member (object, "id");
  if (id != NULL)
    {
      message->id = print_id (id);
      *fault = "id is not a short string, a number or null";
      if (message->id == NULL)
        return FALSE;
    }
  *fault = "jsonrpc is not \"2.0\"";
  if (g_strcmp0 (peek_string (object, "jsonrpc"), VERSION) != 0)
    return FALSE;
  return parse_kind (object, message, fault);
}

BedMessage *
bed_message_parse (const char *bytes, gsize length, gsize max, char **id, GError **error)
{
  if (id != NULL)
    *id = NULL;
  if (length > max)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_PARSE, "longer than %" G_GSIZE_FORMAT " bytes", max);
      return NULL;
    }
  g_autoptr (JsonNode) root = bed_parse_json (bytes, length, error);
  if (root == NULL)
    return NULL;

  g_autoptr (BedMessage) message = g_new0 (BedMessage, 1);
  const char *fault;
  if (!parse_envelope (root, message, &fault))
    {
      if (id != NULL)
        *id = g_steal_pointer (&message->id);
      g_set_error_literal (error, BED_ERROR, BED_ERROR_REQUEST, fault);
      return NULL;
    }
  return g_steal_pointer (&message);
}

JsonObject *
bed_message_peek_params (const BedMessage *message)
{
  return message->body != NULL && JSON_NODE_HOLDS_OBJECT (message->body)
             ? json_node_get_object (message->body)
             : NULL;
}

static void
begin_message (BedJson *json)
{
  json->needs_comma = FALSE; /* messages in one buffer stand on lines of their own */
  bed_json_raw (json, PREFIX, strlen (PREFIX));
}

static void
end_message (BedJson *json)
{
  bed_json_end_object (json);
  json->needs_comma = FALSE;
}

static void
add_id (BedJson *json, const char *id)
{
  bed_json_name (json, "id");
  bed_json_raw (json, id != NULL ? id : "null", -1);
}

void
bed_message_begin_result (BedJson *json, const char *id)
{
  begin_message (json);
  add_id (json, id);
  bed_json_name (json, "result");
}

void
bed_message_end_result (BedJson *json)
{
  end_message (json);
}

void
bed_message_begin_call (BedJson *json, const char *id, const char *method)
{
  begin_message (json);
  if (id != NULL)
    add_id (json, id);
  bed_json_add_string (json, "method", method);
  bed_json_name (json, "params");
}

void
bed_message_end_call (BedJson *json)
{
  end_message (json);
}

void
bed_message_print_error (BedJson *json, const char *id, BedError error, const char *words,
                         const char *data)
{
  begin_message (json);
  add_id (json, id);
  bed_json_name (json, "error");
  bed_json_begin_object (json);
  bed_json_add_int (json, "code", bed_error_code (error));
  bed_json_add_string (json, "message", words != NULL ? words : bed_error_words (error));
  bed_json_name (json, "data");
  bed_json_begin_object (json);
  bed_json_add_string (json, "reason", bed_error_reason (error));
  if (data != NULL && data[0] != '\0')
    bed_json_raw (json, data, -1);
  bed_json_end_object (json);
  bed_json_end_object (json);
  end_message (json);
}

/* Errors of JSON-RPC itself have a code each; everything else is -32000 with a reason. */
static BedError
find_error_by_code (gint64 code)
{
  for (BedError error = 0; error < BED_N_ERRORS; error++)
    if (bed_error_code (error) == code && code != bed_error_code (BED_ERROR_UNAVAILABLE))
      return error;
  return BED_ERROR_UNAVAILABLE;
}

BedError
bed_message_get_error (const BedMessage *message, const char **words, JsonObject **data)
{
  JsonObject *body = bed_message_peek_params (message);
  JsonNode *data_node = body != NULL ? json_object_get_member (body, "data") : NULL;
  JsonObject *members = data_node != NULL && JSON_NODE_HOLDS_OBJECT (data_node)
                            ? json_node_get_object (data_node)
                            : NULL;
  const char *reason = members != NULL ? peek_string (members, "reason") : NULL;
  int found = reason != NULL ? bed_error_parse (reason) : -1;
  JsonNode *code = body != NULL ? json_object_get_member (body, "code") : NULL;
  gboolean has_code = code != NULL && JSON_NODE_HOLDS_VALUE (code)
                      && json_node_get_value_type (code) == G_TYPE_INT64;
  BedError error = found >= 0 ? (BedError) found
                              : find_error_by_code (has_code ? json_node_get_int (code) : 0);

  const char *said = body != NULL ? peek_string (body, "message") : NULL;
  if (words != NULL)
    *words = said != NULL ? said : bed_error_words (error);
  if (data != NULL)
    *data = members;
  return error;
}
