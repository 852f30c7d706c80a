/* bed-link-sync.c: waiting on a link, for command-line programs and tests.
 *
 * Iterates the link's main context until something has come or a time has passed. Owns one record
 * a call, shared with the answer that may still come after the waiting has ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-link.h"

typedef struct
{
  gboolean is_answered;
  JsonNode *result; /* owned */
  GError *error;    /* owned */
  JsonObject *data; /* owned */
} Waiting;

static void
clear_waiting (gpointer memory)
{
  Waiting *waiting = memory;
  g_clear_pointer (&waiting->result, json_node_unref);
  g_clear_error (&waiting->error);
  g_clear_pointer (&waiting->data, json_object_unref);
}

static void
take_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->is_answered = TRUE;
  if (error != NULL)
    waiting->error = g_error_copy (error);
  else
    waiting->result = result != NULL ? json_node_copy (result) : json_node_new (JSON_NODE_NULL);
  if (data != NULL)
    waiting->data = json_object_ref (data);
  g_rc_box_release_full (waiting, clear_waiting);
}

static gboolean
pass_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE; /* destroyed by whoever waits */
}

/* Iterates until *is_done or is_open (when link is given) or the time is up. */
static void
iterate (GMainContext *context, const gboolean *is_done, BedLink *link, int timeout_ms)
{
  gboolean is_late = FALSE;
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) MAX (timeout_ms, 0));

  g_source_set_callback (timer, pass_time, &is_late, NULL);
  g_source_attach (timer, context);
  while (!is_late && !(is_done != NULL ? *is_done : bed_link_is_open (link)))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timer);
}

JsonNode *
bed_link_call_sync (BedLink *link, const char *method, const char *params, int timeout_ms,
                    JsonObject **data, GError **error)
{
  Waiting *waiting = g_rc_box_new0 (Waiting);
  JsonNode *result = NULL;

  if (data != NULL)
    *data = NULL;
  bed_link_call (link, method, params, take_answer, g_rc_box_acquire (waiting));
  iterate (bed_link_peek_context (link), &waiting->is_answered, link, timeout_ms);

  result = g_steal_pointer (&waiting->result);
  if (waiting->error != NULL)
    g_propagate_error (error, g_steal_pointer (&waiting->error));
  else if (!waiting->is_answered)
    g_set_error (error, BED_ERROR, BED_ERROR_UNCERTAIN, "no answer within %d ms: %s", timeout_ms,
                 bed_error_words (BED_ERROR_UNCERTAIN));
  if (data != NULL)
    *data = g_steal_pointer (&waiting->data);
  g_rc_box_release_full (waiting, clear_waiting);
  return result;
}

gboolean
bed_link_wait_open (BedLink *link, int timeout_ms)
{
  iterate (bed_link_peek_context (link), NULL, link, timeout_ms);
  return bed_link_is_open (link);
}
