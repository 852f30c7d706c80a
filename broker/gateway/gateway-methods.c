/* gateway-methods.c: one table of methods: answered here from the map, or sent on to the broker.
 *
 * Owns nothing. Everything a client can get wrong is answered with its error code; nothing a client
 * sends is logged, since tokens and PINs stand in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-methods.h"

#include "gateway-left.h"

#include "common/bed-find-list.h"
#include "common/bed-time.h"

#include <string.h>

#define FREE_BEDS_USUAL 512

typedef struct
{
  GatewayConnection *connection;
  const char *id; /* NULL: a notification */
  const char *method;
  JsonObject *params; /* or NULL */
} Request;

static void
refuse_error (const Request *request, const GError *error)
{
  gateway_connection_refuse (request->connection, request->id, (BedError) error->code, error->message, NULL);
}

static gboolean
fail (GError **error, BedError code, const char *words)
{
  g_set_error_literal (error, BED_ERROR, (int) code, words != NULL ? words : bed_error_words (code));
  return FALSE;
}

/* Members */

/* A string member; *value stays NULL if it is absent or null. */
static gboolean
read_string (JsonObject *params, const char *name, const char **value, GError **error)
{
  JsonNode *node = params != NULL ? json_object_get_member (params, name) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, BED_ERROR_BAD_VALUE, name);
  *value = json_node_get_string (node);
  return TRUE;
}

/* A whole number from min to max; *value stays if it is absent. */
static gboolean
read_int (JsonObject *params, const char *name, gint64 min, gint64 max, gint64 *value, GError **error)
{
  JsonNode *node = params != NULL ? json_object_get_member (params, name) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < min || json_node_get_int (node) > max)
    return fail (error, BED_ERROR_BAD_VALUE, name);
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
gateway_methods_read_scope (JsonObject *params, char **lap, char **unit, GatewaySince *since, GError **error)
{
  const char *lap_id = NULL;
  const char *unit_id = NULL;
  gint64 epoch = 0;
  gint64 revision = 0;
  JsonNode *node = params != NULL ? json_object_get_member (params, "since") : NULL;

  if (!read_string (params, "lap", &lap_id, error) || !read_string (params, "unit", &unit_id, error))
    return FALSE;
  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    {
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, BED_ERROR_BAD_VALUE, "since");
      JsonObject *object = json_node_get_object (node);
      if (!read_int (object, "epoch", G_MININT64, G_MAXINT64, &epoch, error)
          || !read_int (object, "revision", 0, G_MAXINT64, &revision, error))
        return FALSE;
    }
  *lap = g_strdup (lap_id);
  *unit = g_strdup (unit_id);
  *since = (GatewaySince){ (guint64) epoch, (guint64) revision };
  return TRUE;
}

/* bed.find */

static gboolean
find_referral (const BedSight *sight, const BedTable *table, const char *text, BedReferralRow *row)
{
  char code[BED_CODE_SIZE];
  guint32 n = bed_table_get_n_referrals (table);

  if (!bed_code_parse (text, code))
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    if (bed_table_read_referral (table, i, row) && memcmp (row->code, code, sizeof code) == 0
        && (row->flags & BED_REFERRAL_CLOSED) == 0 && bed_sight_shows_referral (sight, table, row))
      return TRUE;
  return FALSE;
}

/* Of a couple both are asked for at once. The other need not be in sight: only numbers are told. Returns
 * whether they are, or there is no other. */
static gboolean
find_needs (const BedSight *sight, const BedTable *table, const BedReferralRow *row, BedNeedsProfile *needs,
            BedNeedsProfile *partner)
{
  BedReferralRow other;

  bed_needs_of_referral (row, needs);
  if (row->linked == BED_NONE || !bed_table_read_referral (table, row->linked, &other))
    return TRUE;
  bed_needs_of_referral (&other, partner);
  bed_find_set_now (table, partner);
  needs->partner = partner;
  return bed_sight_shows_referral (sight, table, &other);
}

/* The list of single beds that are ruled out, if one is asked for. Not for a wall: whom the beds of a
 * women's bay do not suit is a man. */
static gboolean
begin_list (const BedSight *sight, const BedTable *table, JsonObject *params, gboolean shows_partner,
            BedFindList **list, GError **error)
{
  gint64 asked = 0;

  if (!read_int (params, "list", 0, BED_FIND_LIST_MAX, &asked, error))
    return FALSE;
  if (asked == 0)
    return TRUE;
  if (sight->class == BED_SIGHT_WALL)
    return fail (error, BED_ERROR_FORBIDDEN, NULL);
  *list = bed_find_list_new (table, (guint) asked, !shows_partner);
  return TRUE;
}

gboolean
gateway_methods_find (const BedActor *actor, BedMap *map, JsonObject *params, GatewayMirror *mirror, BedJson *result,
                      GError **error)
{
  const BedTable *table = &map->table;
  BedView view = bed_view_of_table (table, map->places);
  guint64 revision = bed_table_get_revision (table);
  BedNeedsProfile needs = { 0 };
  BedNeedsProfile partner;
  const char *code = NULL;
  guint limit = BED_FIND_LIMIT;
  gboolean shows_partner = TRUE;
  g_autoptr (BedFindList) list = NULL;
  BedSight sight;

  if (!bed_sight_of_actor (actor, map->places, &sight) || bed_sight_is_by_bed (&sight)
      || sight.class == BED_SIGHT_COUNTS)
    return fail (error, BED_ERROR_FORBIDDEN, NULL);
  if (params == NULL)
    return fail (error, BED_ERROR_PARAMS, NULL);
  if (!read_string (params, "referral", &code, error))
    return FALSE;
  if (code != NULL)
    {
      gint64 asked = BED_FIND_LIMIT;
      BedReferralRow row;
      if (!read_int (params, "limit", 1, BED_FIND_LIMIT_MAX, &asked, error))
        return FALSE;
      if (!find_referral (&sight, table, code, &row))
        return fail (error, BED_ERROR_UNKNOWN_REFERRAL, NULL);
      shows_partner = find_needs (&sight, table, &row, &needs, &partner);
      limit = (guint) asked;
    }
  /* A wall asks why somebody in its queue has no bed; it has no profiles of its own to try. */
  else if (sight.class == BED_SIGHT_WALL)
    return fail (error, BED_ERROR_FORBIDDEN, NULL);
  else if (!bed_find_parse (&view, params, &needs, &limit, error))
    return FALSE;
  if (!begin_list (&sight, table, params, shows_partner, &list, error))
    return FALSE;

  g_autofree BedFound *found = g_new0 (BedFound, 1);
  bed_find_set_now (table, &needs);
  g_autoptr (GArray) judged = g_array_sized_new (FALSE, FALSE, sizeof (BedJudged), FREE_BEDS_USUAL);
  bed_find_and_tell (&view, &needs, limit, found, &(const BedFindTold) { judged, list });
  gateway_mirror_note_found (mirror, found, judged);
  bed_find_print (&view, &needs, found, list, revision, result);
  return TRUE;
}

static void
answer_find (const Request *request)
{
  const GatewayParts *parts = gateway_connection_peek_parts (request->connection);
  BedMap *map = gateway_feed_peek_map (parts->feed);
  g_autoptr (GError) error = NULL;
  g_auto (BedJson) result = { 0 };

  bed_json_init (&result, 8192);
  gateway_mirror_look (parts->mirror, gateway_feed_get_now (parts->feed));
  if (map == NULL)
    gateway_connection_refuse (request->connection, request->id, BED_ERROR_UNAVAILABLE, NULL, NULL);
  else if (gateway_methods_find (gateway_connection_peek_actor (request->connection), map, request->params,
                                 parts->mirror, &result, &error))
    gateway_connection_answer (request->connection, request->id, result.text->str, result.text->len);
  else
    refuse_error (request, error);
}

/* unit.mirror */

static void
answer_mirror (const Request *request)
{
  const GatewayParts *parts = gateway_connection_peek_parts (request->connection);
  g_autoptr (GError) error = NULL;
  g_auto (BedJson) result = { 0 };
  const char *unit = NULL;

  bed_json_init (&result, 512);
  gateway_feed_look_into_mirror (parts->feed);
  if (read_string (request->params, "unit", &unit, &error)
      && gateway_mirror_print (parts->mirror, gateway_connection_peek_actor (request->connection), unit, &result,
                               &error))
    gateway_connection_answer (request->connection, request->id, result.text->str, result.text->len);
  else
    refuse_error (request, error);
}

/* queue.plan */

/* A plan on its way back to its client. */
typedef struct
{
  GatewayConnection *connection; /* owned reference */
  char *id;                      /* owned */
} Planning;

static void
take_plan (const char *result, gsize length, const GError *error, gpointer user_data)
{
  Planning *planning = user_data;

  if (error == NULL)
    gateway_connection_answer (planning->connection, planning->id, result, length);
  else
    gateway_connection_refuse (planning->connection, planning->id, (BedError) error->code, error->message, NULL);
  gateway_connection_unref (planning->connection);
  g_free (planning->id);
  g_free (planning);
}

static void
answer_plan (const Request *request)
{
  const GatewayParts *parts = gateway_connection_peek_parts (request->connection);
  BedMap *map = gateway_feed_peek_map (parts->feed);
  Planning *planning = g_new (Planning, 1);
  g_autoptr (GError) error = NULL;
  const char *lap = NULL;

  *planning = (Planning){ gateway_connection_ref (request->connection), g_strdup (request->id) };
  if (map == NULL)
    fail (&error, BED_ERROR_UNAVAILABLE, NULL);
  else if (read_string (request->params, "lap", &lap, &error)
           && gateway_queue_plan (parts->queue, gateway_connection_peek_actor (request->connection), map, lap,
                                  gateway_feed_get_now (parts->feed), take_plan, planning, &error))
    return;
  take_plan (NULL, 0, error, planning);
}

/* queue.left */

static void
answer_left (const Request *request)
{
  const GatewayParts *parts = gateway_connection_peek_parts (request->connection);
  const BedMap *map = gateway_feed_peek_map (parts->feed);
  g_autoptr (GError) error = NULL;
  g_auto (BedJson) result = { 0 };
  const char *since = NULL;
  const char *lap = NULL;
  gint64 since_us = 0;

  bed_json_init (&result, 4096);
  if (map == NULL)
    fail (&error, BED_ERROR_UNAVAILABLE, NULL);
  else if (read_string (request->params, "since", &since, &error) && read_string (request->params, "lap", &lap, &error))
    {
      if (since == NULL || !bed_time_parse (since, &since_us))
        fail (&error, BED_ERROR_BAD_VALUE, "since");
      else
        gateway_left_print (gateway_connection_peek_actor (request->connection), map, lap, since_us, &result, &error);
    }
  if (error != NULL)
    refuse_error (request, error);
  else
    gateway_connection_answer (request->connection, request->id, result.text->str, result.text->len);
}

/* The other methods */

static void
answer_session (const Request *request)
{
  g_autoptr (GError) error = NULL;
  const char *token = NULL;

  if (read_string (request->params, "token", &token, &error))
    gateway_connection_open_session (request->connection, request->id, token);
  else
    refuse_error (request, error);
}

static void
answer_subscribe (const Request *request)
{
  gateway_connection_subscribe (request->connection, request->id, request->params);
}

static void
take_acknowledgement (const Request *request)
{
  gint64 revision = -1;
  gint64 page = 0;

  if (read_int (request->params, "revision", 0, G_MAXINT64, &revision, NULL)
      && read_int (request->params, "page", 1, G_MAXUINT, &page, NULL) && revision >= 0)
    gateway_connection_acknowledge (request->connection, (guint64) revision, (guint) page);
  if (request->id != NULL)
    gateway_connection_answer (request->connection, request->id, "{}", 2);
}

static void
send_on (const Request *request)
{
  if (request->params == NULL)
    gateway_connection_refuse (request->connection, request->id, BED_ERROR_PARAMS, NULL, NULL);
  else
    gateway_connection_forward (request->connection, request->id, request->method,
                                json_object_ref (request->params));
}

static const struct
{
  const char *method;
  void (*answer) (const Request *request);
  gboolean needs_session;
  gboolean is_notification; /* may come without an id */
} methods[] = {
  { "feed.ack", take_acknowledgement, TRUE, TRUE },
  { "session.open", answer_session, FALSE, FALSE },
  { "feed.subscribe", answer_subscribe, TRUE, FALSE },
  { "bed.find", answer_find, TRUE, FALSE },
  { "queue.plan", answer_plan, TRUE, FALSE },
  { "queue.left", answer_left, TRUE, FALSE },
  { "unit.mirror", answer_mirror, TRUE, FALSE },
  { "referral.history", send_on, TRUE, FALSE },
};

static void
dispatch (const Request *request)
{
  gboolean has_session = gateway_connection_peek_actor (request->connection) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (strcmp (request->method, methods[i].method) != 0)
        continue;
      if (request->id == NULL && (!methods[i].is_notification || !has_session))
        return; /* nobody would hear the answer */
      if (methods[i].needs_session && !has_session)
        gateway_connection_refuse (request->connection, request->id, BED_ERROR_FORBIDDEN, "open a session first", NULL);
      else
        methods[i].answer (request);
      return;
    }
  if (request->id == NULL)
    return; /* a command is never a notification: its caller must hear what became of it */
  if (!has_session)
    gateway_connection_refuse (request->connection, request->id, BED_ERROR_FORBIDDEN, "open a session first", NULL);
  else if (bed_method_parse (request->method) < 0)
    gateway_connection_refuse (request->connection, request->id, BED_ERROR_METHOD, NULL, NULL);
  else
    send_on (request);
}

void
gateway_methods_answer (GatewayConnection *connection, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BedMessage) message = bed_message_parse (bytes, length, BED_MESSAGE_MAX, &id, &error);

  if (message == NULL)
    {
      gateway_connection_refuse (connection, id, (BedError) error->code, error->message, NULL);
      return;
    }
  Request request = { connection, message->id, message->method, bed_message_peek_params (message) };
  switch (message->kind)
    {
    case BED_MESSAGE_REQUEST:
      if (message->body != NULL && request.params == NULL)
        gateway_connection_refuse (connection, request.id, BED_ERROR_PARAMS, NULL, NULL);
      else
        dispatch (&request);
      break;
    case BED_MESSAGE_NOTIFICATION:
      dispatch (&request);
      break;
    case BED_MESSAGE_RESULT:
    case BED_MESSAGE_ERROR:
      break; /* we asked nothing */
    }
}
