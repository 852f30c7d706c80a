/* bed-link-calls.c: calls to the broker, each answered exactly once.
 *
 * Owns one record a call until its answer is told. The broker answers or refuses; a connection that
 * ends leaves calls behind, which are answered from how much of them was written; what cannot even
 * be sent is refused from the next turn, never from within the caller's call.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-link-core.h"

#include <string.h>

typedef struct
{
  guint64 id;
  guint64 end; /* of its line in the connection's output: sent once this many bytes are */
  BedLinkAnswer answer;
  gpointer user_data;
  BedError refusal; /* of those that wait to be refused */
} Call;

static gint
compare_calls (gconstpointer a, gconstpointer b)
{
  const Call *first = *(const Call *const *) a;
  const Call *second = *(const Call *const *) b;
  return first->id < second->id ? -1 : first->id > second->id;
}

static void
tell_error (Call *call, BedError code)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, code, bed_error_words (code));
  call->answer (NULL, error, NULL, call->user_data);
  g_free (call);
}

void
bed_link_abandon_calls (BedLink *self)
{
  guint64 sent = self->sent;
  g_autoptr (GPtrArray) calls = g_ptr_array_sized_new (g_hash_table_size (self->calls));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (calls, value);
  g_hash_table_remove_all (self->calls);
  g_ptr_array_sort (calls, compare_calls);
  for (guint i = 0; i < calls->len; i++)
    {
      Call *call = calls->pdata[i];
      tell_error (call, call->end <= sent ? BED_ERROR_UNCERTAIN : BED_ERROR_UNAVAILABLE);
    }
}

void
bed_link_tell_refused (BedLink *self)
{
  for (Call *call = g_queue_pop_head (&self->refused); call != NULL; call = g_queue_pop_head (&self->refused))
    tell_error (call, call->refusal);
}

static gboolean
tell_late (gpointer user_data)
{
  g_autoptr (BedLink) self = g_object_ref (user_data);
  GQueue refused = self->refused;

  bed_link_drop_source (&self->late);
  g_queue_init (&self->refused);
  for (Call *call = g_queue_pop_head (&refused); call != NULL; call = g_queue_pop_head (&refused))
    tell_error (call, call->refusal);
  if (self->is_broken)
    bed_link_lose (self);
  return G_SOURCE_REMOVE;
}

void
bed_link_schedule_late (BedLink *self)
{
  if (self->late != NULL)
    return;
  GSource *source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  self->late = bed_link_attach (self, source, tell_late);
}

guint64
bed_link_send_call (BedLink *self, const char *method, const char *params, BedLinkAnswer answer,
                    gpointer user_data)
{
  g_auto (BedJson) json = { 0 };
  char id[24];
  Call *call = g_new0 (Call, 1);

  call->id = ++self->last_id;
  call->answer = answer;
  call->user_data = user_data;
  g_snprintf (id, sizeof id, "%" G_GUINT64_FORMAT, call->id);
  bed_json_init (&json, strlen (params) + 128);
  bed_message_begin_call (&json, id, method);
  bed_json_raw (&json, params, -1);
  bed_message_end_call (&json);
  /* One object a line: a newline can only be white space here, a string's is escaped. */
  for (char *c = json.text->str; (c = strpbrk (c, "\r\n")) != NULL; c++)
    *c = ' ';
  g_string_append_c (json.text, '\n');

  g_byte_array_append (self->output, (const guint8 *) json.text->str, (guint) json.text->len);
  call->end = self->sent + self->output->len;
  g_hash_table_insert (self->calls, &call->id, call);
  if (self->writable == NULL && !self->is_broken)
    bed_link_flush (self);
  return call->id;
}

void
bed_link_call (BedLink *self, const char *method, const char *params, BedLinkAnswer answer,
               gpointer user_data)
{
  g_return_if_fail (BED_IS_LINK (self) && method != NULL && params != NULL && answer != NULL);

  gboolean is_full = g_hash_table_size (self->calls) >= BED_LINK_CALLS_MAX
                     || self->output->len > BED_LINK_QUEUE_MAX;
  if (self->is_open && !self->is_broken && !is_full)
    {
      bed_link_send_call (self, method, params, answer, user_data);
      return;
    }
  Call *call = g_new0 (Call, 1);
  call->answer = answer;
  call->user_data = user_data;
  call->refusal = self->is_open && is_full ? BED_ERROR_TOO_MANY : BED_ERROR_UNAVAILABLE;
  g_queue_push_tail (&self->refused, call);
  bed_link_schedule_late (self);
}

void
bed_link_take_answer (BedLink *self, const BedMessage *message)
{
  guint64 id = 0;
  gpointer stolen = NULL;

  if (message->id == NULL)
    g_warning ("the broker could not read one of our lines");
  if (message->id == NULL || !g_ascii_string_to_unsigned (message->id, 10, 1, G_MAXUINT64, &id, NULL)
      || !g_hash_table_steal_extended (self->calls, &id, NULL, &stolen))
    return;
  g_autofree Call *call = stolen;
  if (message->kind == BED_MESSAGE_RESULT)
    {
      call->answer (message->body, NULL, NULL, call->user_data);
      return;
    }
  const char *words = NULL;
  JsonObject *data = NULL;
  BedError code = bed_message_get_error (message, &words, &data);
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, (int) code,
                                                  words != NULL ? words : bed_error_words (code));
  call->answer (NULL, error, data, call->user_data);
}
