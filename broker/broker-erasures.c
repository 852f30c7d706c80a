/* broker-erasures.c: a queue in the order of (closing, code), and where each code stands in it.
 *
 * Owns its entries. Closings come in order of time, so that an entry is added at the end, erased at
 * the head, and taken back (an undo within its minute) near the end. What a batch has changed is noted
 * and undone backwards. Bytes that are loaded are checked; nothing else can fail but memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-erasures.h"

#include <string.h>

typedef struct
{
  BrokerErasure erasure;
  gboolean is_added; /* or removed */
} Change;

struct _BrokerErasures
{
  GQueue queue;      /* BrokerErasure, owned */
  GHashTable *links; /* code → its link in the queue; both borrowed */
  GArray *changes;   /* Change: since the last keep */
};

BrokerErasures *
broker_erasures_new (void)
{
  BrokerErasures *self = g_new0 (BrokerErasures, 1);
  g_queue_init (&self->queue);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  return self;
}

void
broker_erasures_free (BrokerErasures *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->queue, g_free);
  g_array_unref (self->changes);
  g_free (self);
}

static gboolean
comes_before (const BrokerErasure *a, const BrokerErasure *b)
{
  if (a->closed_us != b->closed_us)
    return a->closed_us < b->closed_us;
  return memcmp (a->code, b->code, sizeof a->code) < 0;
}

static void
insert (BrokerErasures *self, const BrokerErasure *erasure)
{
  BrokerErasure *added = g_memdup2 (erasure, sizeof *erasure);
  GList *after = self->queue.tail;
  /* What a batch had erased goes back to the head. */
  if (after != NULL && comes_before (added, self->queue.head->data))
    after = NULL;
  while (after != NULL && comes_before (added, after->data))
    after = after->prev;
  g_queue_insert_after (&self->queue, after, added);
  g_hash_table_insert (self->links, added->code, after != NULL ? after->next : self->queue.head);
}

static void
drop (BrokerErasures *self, GList *link)
{
  BrokerErasure *erasure = link->data;
  g_hash_table_remove (self->links, erasure->code);
  g_queue_delete_link (&self->queue, link);
  g_free (erasure);
}

static void
note (BrokerErasures *self, const BrokerErasure *erasure, gboolean is_added)
{
  const Change change = { *erasure, is_added };
  g_array_append_val (self->changes, change);
}

void
broker_erasures_add (BrokerErasures *self, const char *code, gint64 closed_us)
{
  BrokerErasure erasure = { .closed_us = closed_us };
  memcpy (erasure.code, code, sizeof erasure.code);
  broker_erasures_remove (self, code);
  insert (self, &erasure);
  note (self, &erasure, TRUE);
}

void
broker_erasures_remove (BrokerErasures *self, const char *code)
{
  GList *link = g_hash_table_lookup (self->links, code);
  if (link == NULL)
    return;
  note (self, link->data, FALSE);
  drop (self, link);
}

const BrokerErasure *
broker_erasures_peek (const BrokerErasures *self)
{
  return self->queue.head != NULL ? self->queue.head->data : NULL;
}

const BrokerErasure *
broker_erasures_find (const BrokerErasures *self, const char *code)
{
  const GList *link = g_hash_table_lookup (self->links, code);
  return link != NULL ? link->data : NULL;
}

guint
broker_erasures_count (const BrokerErasures *self)
{
  return self->queue.length;
}

void
broker_erasures_keep (BrokerErasures *self)
{
  g_array_set_size (self->changes, 0);
}

void
broker_erasures_take_back (BrokerErasures *self)
{
  for (guint i = self->changes->len; i > 0; i--)
    {
      const Change *change = &g_array_index (self->changes, Change, i - 1);
      if (change->is_added)
        drop (self, g_hash_table_lookup (self->links, change->erasure.code));
      else
        insert (self, &change->erasure);
    }
  g_array_set_size (self->changes, 0);
}

static gboolean
is_sound (const BrokerErasure *erasure, gint64 at_us)
{
  return erasure->closed_us >= 0 && erasure->closed_us <= at_us
         && strnlen (erasure->code, sizeof erasure->code) == sizeof erasure->code - 1;
}

void
broker_erasures_save (const BrokerErasures *self, GByteArray *bytes)
{
  for (const GList *link = self->queue.head; link != NULL; link = link->next)
    g_byte_array_append (bytes, link->data, sizeof (BrokerErasure));
}

gboolean
broker_erasures_load (BrokerErasures *self, const guint8 *bytes, guint n, gint64 at_us)
{
  for (guint i = 0; i < n; i++)
    {
      BrokerErasure erasure;
      const BrokerErasure *last = self->queue.tail != NULL ? self->queue.tail->data : NULL;
      memcpy (&erasure, bytes + i * sizeof erasure, sizeof erasure);
      if (!is_sound (&erasure, at_us) || (last != NULL && !comes_before (last, &erasure))
          || broker_erasures_find (self, erasure.code) != NULL)
        return FALSE;
      insert (self, &erasure);
    }
  return TRUE;
}
