/* gateway-session.c: a session as the gateway knows it: the broker's word, checked and kept.
 *
 * Owns the token and wipes it. Fails when the broker's answer lacks a session, a user or a role of
 * ours: then there is no session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-session.h"

#include "common/bed-time.h"

#include <string.h>

void
gateway_session_forget (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
gateway_session_clear (GatewaySession *session)
{
  g_clear_pointer (&session->token, gateway_session_forget);
  g_clear_pointer (&session->session, gateway_session_forget);
  g_clear_pointer (&session->opened, json_object_unref);
}

/* An id member; "" if it is absent, FALSE if it is none. */
static gboolean
read_id (JsonObject *object, const char *name, char *id, gsize size)
{
  JsonNode *node = json_object_get_member (object, name);

  id[0] = '\0';
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         && g_strlcpy (id, json_node_get_string (node), size) < size;
}

gboolean
gateway_session_take (GatewaySession *session, const char *token, JsonObject *opened)
{
  BedActor actor = { 0 };
  char role[BED_ID_SIZE];
  char name[128];

  if (!read_id (opened, "user", actor.user, sizeof actor.user) || !read_id (opened, "lap", actor.lap, sizeof actor.lap)
      || !read_id (opened, "unit", actor.unit, sizeof actor.unit)
      || !read_id (opened, "owner", actor.owner, sizeof actor.owner)
      || !read_id (opened, "role", role, sizeof role) || !read_id (opened, "session", name, sizeof name)
      || name[0] == '\0')
    return FALSE;
  int value = bed_words_parse (&bed_role_words, role);
  if (value < 0)
    return FALSE;
  actor.role = (guint8) value;

  char *kept = g_strdup (token);
  gateway_session_clear (session);
  session->token = kept;
  session->session = g_strdup (name);
  session->actor = actor;
  session->opened = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (opened);
  for (GList *member = members; member != NULL; member = member->next)
    if (strcmp (member->data, "session") != 0)
      json_object_set_member (session->opened, member->data, json_object_dup_member (opened, member->data));
  return TRUE;
}

char *
gateway_session_print (const GatewaySession *session, guint64 epoch, gint64 now_us)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char now[BED_TIME_SIZE];

  if (epoch != 0)
    {
      bed_time_print (now_us, now);
      json_object_set_int_member (session->opened, "epoch", (gint64) epoch);
      json_object_set_string_member (session->opened, "now", now);
    }
  json_node_set_object (node, session->opened);
  return json_to_string (node, FALSE);
}
