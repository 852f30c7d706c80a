/* bed-live-calls.c: the calls a live connection is waiting for, each answered exactly once.
 *
 * Owns a table of sent calls by id and a queue of answers that are to be given from an idle, so
 * that no caller is answered from within its own call. A sent call whose connection is lost, or
 * that nobody answers in time, is UNCERTAIN; what was never sent says why. A late answer finds no
 * call and is ignored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-live-calls.h"

typedef struct
{
  BedLiveAnswer answer;
  gpointer user_data; /* borrowed */
  gint64 sent_us;
  BedError reason; /* once it stands in the queue */
  gboolean is_own;
} Call;

struct _BedLiveCalls
{
  GHashTable *sent; /* owned: id → Call */
  GQueue refused;   /* of Call, owned */
  guint refused_source;
  guint next_id;
  guint n_counted; /* sent calls that are not our own */
};

BedLiveCalls *
bed_live_calls_new (void)
{
  BedLiveCalls *calls = g_new0 (BedLiveCalls, 1);

  calls->sent = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  calls->next_id = 1;
  return calls;
}

static void
give_refusal (Call *call)
{
  g_autoptr (GError) error
      = g_error_new_literal (BED_ERROR, (int)call->reason, bed_error_words (call->reason));

  call->answer (NULL, error, NULL, call->user_data);
  g_free (call);
}

static gboolean
on_refused (gpointer user_data)
{
  BedLiveCalls *calls = user_data;
  GQueue now = calls->refused;

  /* The answers may free calls: from here on only the local queue is touched. */
  calls->refused_source = 0;
  g_queue_init (&calls->refused);
  while (now.length > 0)
    give_refusal (g_queue_pop_head (&now));
  return G_SOURCE_REMOVE;
}

static void
enqueue (BedLiveCalls *calls, Call *call, BedError reason)
{
  call->reason = reason;
  g_queue_push_tail (&calls->refused, call);
  if (calls->refused_source == 0)
    calls->refused_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_refused, calls, NULL);
}

void
bed_live_calls_free (BedLiveCalls *calls)
{
  bed_live_calls_lose (calls);
  while (calls->refused.length > 0)
    give_refusal (g_queue_pop_head (&calls->refused));
  /* also of whoever asked again meanwhile */
  g_clear_handle_id (&calls->refused_source, g_source_remove);
  g_hash_table_unref (calls->sent);
  g_free (calls);
}

gboolean
bed_live_calls_have_room (BedLiveCalls *calls)
{
  return calls->n_counted < BED_LIVE_CALLS_MAX;
}

guint
bed_live_calls_add (BedLiveCalls *calls, gint64 now_us, gboolean is_own, BedLiveAnswer answer,
                    gpointer user_data)
{
  Call *call = g_new0 (Call, 1);
  guint id = calls->next_id++;

  call->answer = answer;
  call->user_data = user_data;
  call->sent_us = now_us;
  call->is_own = is_own;
  calls->n_counted += is_own ? 0 : 1;
  g_hash_table_insert (calls->sent, GUINT_TO_POINTER (id), call);
  return id;
}

gboolean
bed_live_calls_answer (BedLiveCalls *calls, const BedMessage *message)
{
  guint64 id = 0;
  gpointer stolen = NULL;
  g_autofree Call *call = NULL;

  if (message->id == NULL || !g_ascii_string_to_unsigned (message->id, 10, 1, G_MAXUINT, &id, NULL)
      || !g_hash_table_steal_extended (calls->sent, GUINT_TO_POINTER ((guint)id), NULL, &stolen))
    return FALSE;
  call = stolen;
  calls->n_counted -= call->is_own ? 0 : 1;

  if (message->kind == BED_MESSAGE_ERROR)
    {
      const char *words = NULL;
      JsonObject *data = NULL;
      BedError reason = bed_message_get_error (message, &words, &data);
      g_autoptr (GError) error = g_error_new_literal (
          BED_ERROR, (int)reason, words != NULL ? words : bed_error_words (reason));

      call->answer (NULL, error, data, call->user_data);
    }
  else
    call->answer (message->body, NULL, NULL, call->user_data);
  return TRUE;
}

void
bed_live_calls_refuse (BedLiveCalls *calls, BedError reason, BedLiveAnswer answer,
                       gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->answer = answer;
  call->user_data = user_data;
  enqueue (calls, call, reason);
}

/* Takes out every call sent before sent_us: own ones vanish, the others become UNCERTAIN. */
static void
take_out (BedLiveCalls *calls, gint64 sent_us)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, calls->sent);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Call *call = value;

      if (call->sent_us >= sent_us)
        continue;
      g_hash_table_iter_steal (&iter);
      if (call->is_own)
        {
          g_free (call);
          continue;
        }
      calls->n_counted--;
      enqueue (calls, call, BED_ERROR_UNCERTAIN);
    }
}

void
bed_live_calls_lose (BedLiveCalls *calls)
{
  take_out (calls, G_MAXINT64);
}

void
bed_live_calls_expire (BedLiveCalls *calls, gint64 now_us)
{
  take_out (calls, now_us - BED_LIVE_CALL_MS * G_GINT64_CONSTANT (1000));
}
