/* broker-calls.c: what a line on the broker's socket asks for, and its answer.
 *
 * One constant table of methods; a word that is none of them is a command or unknown. Reads are
 * answered at once; commands go to the core and are answered after their batch, each to the peer
 * and under the id it came with. A refusal is an answer like any other; the connection stays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-calls.h"

#include "broker-history.h"

#include "common/bed-rows.h"

#include <string.h>

/* A command on its way through the core. */
typedef struct
{
  BrokerCalls *calls; /* borrowed */
  BrokerPeer *peer;   /* reference */
  char id[BED_ID_MAX + 1];
} Pending;

/* A request being answered. */
typedef struct
{
  BrokerCalls *calls;
  BrokerPeer *peer;
  const char *id;
  JsonObject *params; /* borrowed; NULL if there are none */
} Call;

static void
refuse (const Call *call, BedError error, const char *words, const char *more)
{
  bed_message_print_error (broker_peer_begin_line (call->peer), call->id, error, words, more);
  broker_peer_end_line (call->peer);
}

static void
refuse_member (const Call *call, BedError error, const char *member)
{
  g_autofree char *more = g_strdup_printf ("\"member\":\"%s\"", member);

  refuse (call, error, NULL, more);
}

/* bad_value's message is the member's name; every other error's is for people. */
static void
refuse_error (const Call *call, const GError *error)
{
  BedError code = error->domain == BED_ERROR ? (BedError) error->code : BED_ERROR_UNAVAILABLE;

  if (code == BED_ERROR_BAD_VALUE)
    refuse_member (call, code, error->message);
  else
    refuse (call, code, error->message, NULL);
}

static BedJson *
begin_result (const Call *call)
{
  BedJson *json = broker_peer_begin_line (call->peer);

  bed_message_begin_result (json, call->id);
  bed_json_begin_object (json);
  return json;
}

static void
end_result (const Call *call, BedJson *json)
{
  bed_json_end_object (json);
  bed_message_end_result (json);
  broker_peer_end_line (call->peer);
}

static const char *
peek_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Who asks */

static void
refuse_person (const Call *call, const char *user, gint64 now_us, const GError *error)
{
  gint64 locked_ms = broker_sessions_get_locked_ms (call->calls->sessions, user, now_us);
  g_autofree char *more = g_strdup_printf ("\"retry_ms\":%" G_GINT64_FORMAT, locked_ms);

  if (g_error_matches (error, BED_ERROR, BED_ERROR_LOCKED_OUT))
    refuse (call, BED_ERROR_LOCKED_OUT, error->message, more);
  else
    refuse_error (call, error);
}

static gboolean
find_person (const Call *call, BedActor *actor)
{
  JsonNode *as = json_object_get_member (call->params, "as");
  JsonObject *person = as != NULL && JSON_NODE_HOLDS_OBJECT (as) ? json_node_get_object (as) : NULL;
  const char *user = peek_string (person, "user");
  const char *pin = peek_string (person, "pin");
  g_autoptr (GError) error = NULL;
  const BedActor *found;
  gint64 now_us;

  if (user == NULL || pin == NULL || actor->role != BED_ROLE_WALLBOARD)
    {
      refuse_member (call, BED_ERROR_BAD_VALUE, "as");
      return FALSE;
    }
  now_us = call->calls->world.read_now_us (call->calls->world.user_data);
  found = broker_sessions_check_pin (call->calls->sessions, user, pin, now_us, &error);
  if (found != NULL)
    *actor = *found;
  else
    refuse_person (call, user, now_us, error);
  return found != NULL;
}

/* The actor of a call: the session's, the person's at a wallboard, or local. FALSE: refused. */
static gboolean
find_actor (const Call *call, BedActor *actor)
{
  const char *session = peek_string (call->params, "session");

  if (session != NULL)
    {
      const BedActor *found = broker_sessions_find (call->calls->sessions, session);

      if (found == NULL)
        {
          refuse_member (call, BED_ERROR_FORBIDDEN, "session");
          return FALSE;
        }
      *actor = *found;
    }
  else if (call->peer->is_local)
    *actor = (BedActor) { .user = "local", .role = BED_ROLE_LOCAL };
  else
    {
      refuse_member (call, BED_ERROR_FORBIDDEN, "session");
      return FALSE;
    }
  return call->params == NULL || !json_object_has_member (call->params, "as") || find_person (call, actor);
}

/* Reads */

static void
call_table_open (const Call *call)
{
  BrokerPeer *peer = call->peer;
  BrokerCore *core = call->calls->core;
  int fd = broker_table_open_fd (broker_core_peek_table (core));
  BedJson *json;

  if (fd < 0)
    {
      refuse (call, BED_ERROR_UNAVAILABLE, "the table cannot be passed on now", NULL);
      return;
    }
  if (!broker_peer_pass_fd (peer, fd))
    {
      refuse (call, BED_ERROR_TOO_MANY, "the table before is still on its way", NULL);
      return;
    }
  peer->is_local = FALSE;
  peer->is_reader = TRUE;
  peer->told_epoch = broker_core_get_epoch (core);
  peer->told_revision = broker_core_get_revision (core);
  peer->told_serving = broker_core_is_read_only (core);
  json = begin_result (call);
  bed_json_add_int (json, "epoch", (gint64) peer->told_epoch);
  bed_json_add_int (json, "revision", (gint64) peer->told_revision);
  end_result (call, json);
}

static void
add_scope (BedJson *json, const char *name, const char *id)
{
  if (id[0] != '\0')
    bed_json_add_string (json, name, id);
}

static void
call_session_open (const Call *call)
{
  const BrokerWorld *world = &call->calls->world;
  const char *token = peek_string (call->params, "token");
  char session[BROKER_SESSION_SIZE];
  const BedActor *actor;
  BedJson *json;

  if (token == NULL)
    {
      refuse_member (call, BED_ERROR_BAD_VALUE, "token");
      return;
    }
  actor = broker_sessions_open (call->calls->sessions, token,
                                (guint64[]) { world->draw_random (world->user_data),
                                              world->draw_random (world->user_data) },
                                session);
  if (actor == NULL)
    {
      refuse_member (call, BED_ERROR_FORBIDDEN, "token");
      return;
    }
  json = begin_result (call);
  bed_json_add_string (json, "session", session);
  bed_json_add_string (json, "user", actor->user);
  bed_json_add_string (json, "role", bed_words_print (&bed_role_words, actor->role));
  add_scope (json, "lap", actor->lap);
  add_scope (json, "unit", actor->unit);
  add_scope (json, "owner", actor->owner);
  bed_json_add_string (json, "version", HOMEWARD_VERSION);
  bed_json_add_int (json, "epoch", (gint64) broker_core_get_epoch (call->calls->core));
  bed_json_add_time (json, "now", world->read_now_us (world->user_data));
  end_result (call, json);
}

static void
call_status (const Call *call)
{
  BedJson *json = begin_result (call);

  broker_core_print_status (call->calls->core, json);
  bed_json_add_int (json, "peers", call->calls->count_peers (call->calls->user_data));
  bed_json_add_int (json, "sessions", broker_sessions_get_n_open (call->calls->sessions));
  bed_json_add_int (json, "tokens", broker_sessions_get_n_tokens (call->calls->sessions));
  end_result (call, json);
}

static void
call_history (const Call *call)
{
  BrokerJournal *journal = broker_core_peek_journal (call->calls->core);
  const char *text = peek_string (call->params, "referral");
  char code[BED_CODE_SIZE];
  g_auto (BedJson) json = { 0 };
  BrokerTelling telling;
  g_autoptr (GError) error = NULL;
  BedActor actor;
  BedJson *out;

  if (!find_actor (call, &actor))
    return;
  if (text == NULL || !bed_code_parse (text, code))
    {
      refuse_member (call, BED_ERROR_BAD_VALUE, "referral");
      return;
    }
  bed_json_init (&json, 4096);
  bed_json_begin_array (&json);
  if (!broker_telling_begin (&telling, broker_core_peek_register (call->calls->core), &actor, code, &json))
    {
      refuse (call,
              actor.role == BED_ROLE_WALLBOARD ? BED_ERROR_FORBIDDEN : BED_ERROR_UNKNOWN_REFERRAL, NULL,
              NULL);
      return;
    }
  if (journal == NULL
      || !broker_journal_follow_referral (journal, code, BROKER_HISTORY_EVENTS_MAX,
                                          broker_telling_take, &telling, &error))
    {
      refuse (call, BED_ERROR_UNAVAILABLE, NULL, NULL);
      return;
    }
  if (telling.n == 0)
    {
      refuse (call, BED_ERROR_UNKNOWN_REFERRAL, NULL, NULL);
      return;
    }
  bed_json_end_array (&json);
  out = begin_result (call);
  bed_json_add_string (out, "referral", code);
  bed_json_name (out, "events");
  bed_json_raw (out, json.text->str, (gssize) json.text->len);
  end_result (call, out);
}

/* Commands */

static void
answer_command (const BrokerAnswer *answer, gpointer user_data)
{
  Pending *pending = user_data;
  BrokerPeer *peer = pending->peer;

  peer->n_unanswered--;
  if (peer->fd >= 0)
    {
      BedJson *json = broker_peer_begin_line (peer);

      if (!answer->is_accepted)
        bed_message_print_error (json, pending->id, answer->error, NULL, answer->more);
      else
        {
          bed_message_begin_result (json, pending->id);
          if (answer->event != NULL)
            bed_event_print_result (answer->event, json);
          else
            {
              bed_json_begin_object (json);
              bed_json_add_int (json, "revision", (gint64) answer->revision);
              bed_json_end_object (json);
            }
          bed_message_end_result (json);
        }
      broker_peer_end_line (peer);
      pending->calls->answered (peer, pending->calls->user_data);
    }
  broker_peer_unref (peer);
  g_free (pending);
}

static void
ask (const Call *call, BedMethod method)
{
  g_autoptr (BedCommand) command = g_new0 (BedCommand, 1);
  g_autoptr (GError) error = NULL;
  BedActor actor;
  Pending *pending;

  if (call->params == NULL)
    {
      refuse (call, BED_ERROR_PARAMS, NULL, NULL);
      return;
    }
  if (!find_actor (call, &actor))
    return;
  if (!bed_command_parse (method, call->params, command, &error))
    {
      refuse_error (call, error);
      return;
    }
  command->actor = actor;
  pending = g_new0 (Pending, 1);
  pending->calls = call->calls;
  pending->peer = broker_peer_ref (call->peer);
  g_strlcpy (pending->id, call->id, sizeof pending->id);
  call->peer->n_unanswered++;
  if (broker_core_ask (call->calls->core, g_steal_pointer (&command), answer_command, pending))
    return;
  call->peer->n_unanswered--;
  broker_peer_unref (pending->peer);
  g_free (pending);
  refuse (call, BED_ERROR_TOO_MANY, NULL, NULL);
}

static void
call_import (const Call *call)
{
  if (call->peer->is_local && (call->params == NULL || !json_object_has_member (call->params, "session")))
    ask (call, BED_METHOD_IMPORT);
  else
    refuse (call, BED_ERROR_FORBIDDEN, NULL, NULL);
}

static const struct
{
  const char *word;
  void (*answer) (const Call *call);
} methods[] = {
  { "table.open", call_table_open },
  { "session.open", call_session_open },
  { "status", call_status },
  { "referral.history", call_history },
  { "reference.import", call_import },
};

static void
dispatch (const Call *call, const char *word)
{
  int method;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i].word, word) == 0)
      {
        methods[i].answer (call);
        return;
      }
  method = bed_method_parse (word);
  if (method >= 0)
    ask (call, (BedMethod) method);
  else
    refuse (call, BED_ERROR_METHOD, NULL, NULL);
}

void
broker_calls_take (BrokerCalls *calls, BrokerPeer *peer, const char *line, gsize length)
{
  g_autofree char *bad_id = NULL;
  g_autoptr (GError) error = NULL;
  gsize max = peer->is_local ? BROKER_IMPORT_LINE_MAX : BED_MESSAGE_MAX;
  g_autoptr (BedMessage) message = bed_message_parse (line, length, max, &bad_id, &error);
  Call call = { .calls = calls, .peer = peer, .id = bad_id };

  if (message == NULL)
    refuse (&call, (BedError) error->code, error->message, NULL);
  else if (message->kind == BED_MESSAGE_REQUEST)
    {
      call.id = message->id;
      call.params = bed_message_peek_params (message);
      if (length > BED_MESSAGE_MAX && strcmp (message->method, "reference.import") != 0)
        refuse (&call, BED_ERROR_PARSE, "the line is too long", NULL);
      else if (message->body != NULL && call.params == NULL)
        refuse (&call, BED_ERROR_PARAMS, NULL, NULL);
      else
        dispatch (&call, message->method);
    }
  /* Notifications and replies ask for nothing. */
}
