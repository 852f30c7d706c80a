/* broker-due.c: a binary heap of (instant, row) that knows where each row stands, so that a row's
 * instant can be moved instead of leaving dead entries behind: its size is the number of rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-due.h"

#define NOWHERE G_MAXUINT32

typedef struct
{
  gint64 at_us;
  guint32 row;
} Entry;

struct _BrokerDue
{
  GArray *heap;   /* Entry */
  GArray *places; /* guint32 by row: index in heap, or NOWHERE */
};

BrokerDue *
broker_due_new (void)
{
  BrokerDue *due = g_new0 (BrokerDue, 1);
  due->heap = g_array_new (FALSE, FALSE, sizeof (Entry));
  due->places = g_array_new (FALSE, FALSE, sizeof (guint32));
  return due;
}

void
broker_due_free (BrokerDue *due)
{
  if (due == NULL)
    return;
  g_array_unref (due->heap);
  g_array_unref (due->places);
  g_free (due);
}

static gboolean
comes_before (const Entry *a, const Entry *b)
{
  return a->at_us < b->at_us || (a->at_us == b->at_us && a->row < b->row);
}

static void
put (BrokerDue *due, guint32 index, Entry entry)
{
  g_array_index (due->heap, Entry, index) = entry;
  g_array_index (due->places, guint32, entry.row) = index;
}

static void
sift (BrokerDue *due, guint32 index)
{
  Entry *heap = (Entry *) (void *) due->heap->data;
  Entry entry = heap[index];
  while (index > 0 && comes_before (&entry, &heap[(index - 1) / 2]))
    {
      put (due, index, heap[(index - 1) / 2]);
      index = (index - 1) / 2;
    }
  for (guint32 child = 2 * index + 1; child < due->heap->len; child = 2 * index + 1)
    {
      if (child + 1 < due->heap->len && comes_before (&heap[child + 1], &heap[child]))
        child++;
      if (!comes_before (&heap[child], &entry))
        break;
      put (due, index, heap[child]);
      index = child;
    }
  put (due, index, entry);
}

void
broker_due_set (BrokerDue *due, guint32 row, gint64 at_us)
{
  const guint32 nowhere = NOWHERE;
  while (due->places->len <= row)
    g_array_append_val (due->places, nowhere);

  guint32 index = g_array_index (due->places, guint32, row);
  if (at_us != BROKER_DUE_NEVER)
    {
      Entry entry = { at_us, row };
      if (index == NOWHERE)
        {
          index = due->heap->len;
          g_array_append_val (due->heap, entry);
        }
      put (due, index, entry);
      sift (due, index);
    }
  else if (index != NOWHERE)
    {
      Entry last = g_array_index (due->heap, Entry, due->heap->len - 1);
      g_array_set_size (due->heap, due->heap->len - 1);
      g_array_index (due->places, guint32, row) = NOWHERE;
      if (last.row != row)
        {
          put (due, index, last);
          sift (due, index);
        }
    }
}

gboolean
broker_due_peek (const BrokerDue *due, gint64 *at_us, guint32 *row)
{
  if (due->heap->len == 0)
    return FALSE;
  *at_us = g_array_index (due->heap, Entry, 0).at_us;
  *row = g_array_index (due->heap, Entry, 0).row;
  return TRUE;
}
