/* board-gateway.c: owns the calls that were made, and the moment that is told.
 *
 * Nothing is answered by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-gateway.h"

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  *moment = ((Gateway *)user_data)->moment;
}

static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data, gpointer user_data)
{
  GatewayCall *made = g_new0 (GatewayCall, 1);

  made->method = g_strdup (method);
  made->params = g_strdup (params);
  made->answer = answer;
  made->answer_data = answer_data;
  g_ptr_array_add (((Gateway *)user_data)->calls, made);
}

static void
give (GatewayCall *made, JsonNode *result, const GError *error, JsonObject *data)
{
  BoardAnswer answer = made->answer;

  g_assert_nonnull (answer);
  made->answer = NULL;
  answer (result, error, data, made->answer_data);
}

static void
free_call (gpointer pointer)
{
  GatewayCall *made = pointer;
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, BED_ERROR_UNCERTAIN, "the test is over");

  if (made->answer != NULL)
    give (made, NULL, error, NULL);
  g_free (made->method);
  g_free (made->params);
  g_free (made);
}

void
gateway_make_key (char *key, gsize size, gpointer gateway)
{
  g_snprintf (key, size, "key %u", ++((Gateway *)gateway)->n_keys);
}

BoardSource
gateway_get_source (Gateway *gateway)
{
  return (BoardSource){ get_moment, call, gateway };
}

void
gateway_pass (Gateway *gateway, gint64 duration_us)
{
  gateway->moment.now_us += duration_us;
  gateway->moment.monotonic_us += duration_us;
}

GatewayCall *
gateway_get_call (Gateway *gateway, guint i)
{
  g_assert_cmpuint (i, <, gateway->calls->len);
  return g_ptr_array_index (gateway->calls, i);
}

char *
gateway_get_param (Gateway *gateway, guint i, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (gateway_get_call (gateway, i)->params, NULL);
  JsonNode *member = json_object_get_member (json_node_get_object (node), name);

  if (member == NULL)
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (member));
  return json_to_string (member, FALSE);
}

void
gateway_answer (Gateway *gateway, guint i, const char *result)
{
  g_autoptr (JsonNode) node = json_from_string (result, NULL);

  g_assert_nonnull (node);
  give (gateway_get_call (gateway, i), node, NULL, NULL);
}

void
gateway_refuse (Gateway *gateway, guint i, BedError reason, const char *data)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, (int)reason, bed_error_words (reason));
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;

  give (gateway_get_call (gateway, i), NULL, error, node != NULL ? json_node_get_object (node) : NULL);
}

Gateway *
gateway_new (void)
{
  Gateway *gateway = g_new0 (Gateway, 1);

  gateway->moment = (BoardMoment){ .now_us = GATEWAY_NOW_US,
                                   .heard_us = GATEWAY_NOW_US,
                                   .monotonic_us = 1000 * G_GINT64_CONSTANT (1000000),
                                   .line = BOARD_LINE_LIVE };
  gateway->calls = g_ptr_array_new_with_free_func (free_call);
  return gateway;
}

void
gateway_free (Gateway *gateway)
{
  g_ptr_array_unref (gateway->calls);
  g_free (gateway);
}
