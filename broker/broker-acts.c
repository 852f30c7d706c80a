/* broker-acts.c: see broker-acts.h.
 *
 * Owns the acts, oldest first. Whether one has been built upon is looked up when somebody asks, which
 * is seldom (a walk over what is younger), and so costs no event anything. What is too old is let go
 * of when a batch is kept; until then it is merely not found, so that the length of batches makes no
 * difference. Bytes that are loaded are checked whole. Nothing else can fail but memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-acts.h"

#include "common/bed-time.h"

#include <string.h>

struct _BrokerActs
{
  GQueue acts;        /* BrokerAct, owned, oldest first */
  guint64 n_rows; /* of all of them */
  GArray *noted;  /* BrokerWas: of the event being applied */
};

BrokerActs *
broker_acts_new (void)
{
  BrokerActs *self = g_new0 (BrokerActs, 1);
  g_queue_init (&self->acts);
  self->noted = g_array_new (FALSE, TRUE, sizeof (BrokerWas));
  return self;
}

void
broker_acts_free (BrokerActs *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->acts, g_free);
  g_array_unref (self->noted);
  g_free (self);
}

/* The clients' methods stand before undo. Whoever changes a unit's rules begins a new epoch. */
static gboolean
can_be_taken_back (BedEventKind kind)
{
  return kind < BED_EVENT_UNDONE && kind != BED_EVENT_UNIT_RULED;
}

/* What the clock notices does not stand in the way of taking back, nor does what has been taken back. What
 * begins an epoch leaves nothing to be built upon. */
static gboolean
is_built (BedEventKind kind)
{
  return kind != BED_EVENT_CLOCK_BREACHED && kind != BED_EVENT_OFFER_MADE && kind != BED_EVENT_UNIT_STALED
         && kind != BED_EVENT_UNDONE && !broker_begins_epoch (kind);
}

static void
push (BrokerActs *self, BrokerAct *act)
{
  g_queue_push_tail (&self->acts, act);
  self->n_rows += act->n_rows;
}

void
broker_acts_begin (BrokerActs *self)
{
  g_array_set_size (self->noted, 0);
}

BrokerWas *
broker_acts_note (BrokerActs *self, BedKind kind, guint32 index)
{
  g_array_set_size (self->noted, self->noted->len + 1);
  BrokerWas *was = &g_array_index (self->noted, BrokerWas, self->noted->len - 1);
  memset (was, 0, sizeof *was);
  was->kind = kind;
  was->index = index;
  return was;
}

void
broker_acts_mark_new (BrokerActs *self)
{
  if (self->noted->len > 0)
    g_array_index (self->noted, BrokerWas, self->noted->len - 1).is_new = TRUE;
}

/* The oldest act that is still remembered at an instant; NULL if none is. */
static GList *
find_oldest (const BrokerActs *self, gint64 at_us)
{
  guint n = 0;
  guint64 n_rows = 0;
  GList *oldest = NULL;
  for (GList *link = self->acts.tail; link != NULL; oldest = link, link = link->prev)
    {
      const BrokerAct *act = link->data;
      n_rows += act->n_rows;
      if (++n > BROKER_ACTS_MAX || n_rows > BROKER_ACTS_ROWS_MAX || at_us - act->at_us > BROKER_UNDO_US)
        break;
    }
  return oldest;
}

static BrokerAct *
find (const BrokerActs *self, const char *user, const char *key, gint64 at_us)
{
  for (GList *link = find_oldest (self, at_us); link != NULL; link = link->next)
    {
      BrokerAct *act = link->data;
      if (can_be_taken_back ((BedEventKind) act->kind) && strcmp (act->key, key) == 0 && strcmp (act->user, user) == 0)
        return act;
    }
  return NULL;
}

const BrokerAct *
broker_acts_find (const BrokerActs *self, const char *user, const char *key, gint64 at_us)
{
  return find (self, user, key, at_us);
}

/* An event that changed more rows than are remembered is there without them: nothing before it, nor it, is
 * found again. */
static void
add (BrokerActs *self, const BedEvent *event)
{
  guint32 n_rows = self->noted->len;
  gsize size = n_rows <= BROKER_ACTS_ROWS_MAX ? n_rows * sizeof (BrokerWas) : 0;
  BrokerAct *act = g_malloc0 (sizeof *act + size);
  act->revision = event->revision;
  act->at_us = event->at_us;
  act->kind = event->kind;
  act->n_rows = n_rows;
  g_strlcpy (act->key, event->key, sizeof act->key);
  g_strlcpy (act->user, event->actor, sizeof act->user);
  if (size > 0)
    memcpy (act->rows, self->noted->data, size);
  push (self, act);
}

void
broker_acts_end (BrokerActs *self, const BedEvent *event)
{
  if (event->kind == BED_EVENT_UNDONE)
    find (self, event->actor, event->facts.undoes, event->at_us)->undone_at = event->revision;
  else if (is_built (event->kind) && (self->noted->len > 0 || can_be_taken_back (event->kind)))
    add (self, event);
}

static gpointer
name_row (const BrokerWas *was)
{
  return GSIZE_TO_POINTER ((gsize) was->index * BED_N_KINDS + was->kind + 1);
}

static gboolean
has_changed_any (const BrokerAct *act, GHashTable *rows)
{
  for (guint32 i = 0; i < act->n_rows; i++)
    if (g_hash_table_contains (rows, name_row (&act->rows[i])))
      return TRUE;
  return FALSE;
}

gboolean
broker_acts_stands (const BrokerActs *self, const BrokerAct *act)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  if (act->undone_at != 0)
    return FALSE;
  for (guint32 i = 0; i < act->n_rows; i++)
    g_hash_table_add (rows, name_row (&act->rows[i]));
  for (GList *link = self->acts.tail; link->data != act; link = link->prev)
    {
      const BrokerAct *later = link->data;
      if (later->undone_at == 0 && has_changed_any (later, rows))
        return FALSE;
    }
  return TRUE;
}

/* The same as find_oldest, from the other end: what is too old stays so. */
void
broker_acts_forget (BrokerActs *self, gint64 at_us)
{
  for (;;)
    {
      BrokerAct *act = g_queue_peek_head (&self->acts);
      if (act == NULL
          || (self->acts.length <= BROKER_ACTS_MAX && self->n_rows <= BROKER_ACTS_ROWS_MAX
              && at_us - act->at_us <= BROKER_UNDO_US))
        return;
      self->n_rows -= act->n_rows;
      g_free (g_queue_pop_head (&self->acts));
    }
}

void
broker_acts_take_back (BrokerActs *self, guint64 revision)
{
  BrokerAct *act;
  while ((act = g_queue_peek_tail (&self->acts)) != NULL && act->revision > revision)
    {
      self->n_rows -= act->n_rows;
      g_free (g_queue_pop_tail (&self->acts));
    }
  for (GList *link = self->acts.head; link != NULL; link = link->next)
    {
      act = link->data;
      if (act->undone_at > revision)
        act->undone_at = 0;
    }
}

void
broker_acts_save (const BrokerActs *self, gint64 at_us, GByteArray *bytes, guint32 *n)
{
  *n = 0;
  for (GList *link = find_oldest (self, at_us); link != NULL; link = link->next, (*n)++)
    {
      const BrokerAct *act = link->data;
      g_byte_array_append (bytes, (const guint8 *) act, sizeof *act);
      g_byte_array_append (bytes, (const guint8 *) act->rows, (guint) (act->n_rows * sizeof (BrokerWas)));
    }
}

static gboolean
is_act (const BrokerAct *act, guint64 after, guint64 revision, gint64 at_us)
{
  return act->revision > after && act->revision <= revision && act->undone_at <= revision
         && (act->undone_at == 0 || act->undone_at > act->revision) && act->at_us >= 0 && act->at_us <= at_us
         && at_us - act->at_us <= BROKER_UNDO_US && act->kind < BED_N_EVENTS && is_built ((BedEventKind) act->kind)
         && act->n_rows <= BROKER_ACTS_ROWS_MAX && act->key[BED_KEY_SIZE - 1] == '\0'
         && act->user[BED_ID_SIZE - 1] == '\0';
}

/* One act from the bytes; NULL if it is none. */
static BrokerAct *
take_act (const guint8 **cursor, gsize *length, guint64 after, guint64 revision, gint64 at_us)
{
  BrokerAct head;
  if (*length < sizeof head)
    return NULL;
  memcpy (&head, *cursor, sizeof head);
  if (!is_act (&head, after, revision, at_us) || *length - sizeof head < head.n_rows * sizeof (BrokerWas))
    return NULL;
  gsize size = sizeof head + head.n_rows * sizeof (BrokerWas);
  BrokerAct *act = g_memdup2 (*cursor, size);
  *cursor += size;
  *length -= size;
  return act;
}

static gboolean
are_whole (const BrokerAct *act, BrokerWasCheck is_whole, gpointer user_data)
{
  for (guint32 i = 0; i < act->n_rows; i++)
    if (act->rows[i].kind >= BED_N_KINDS || act->rows[i].is_new > 1 || !is_whole (&act->rows[i], user_data))
      return FALSE;
  return TRUE;
}

gboolean
broker_acts_load (BrokerActs *self, const guint8 *bytes, gsize length, guint32 n, guint64 revision, gint64 at_us,
                  BrokerWasCheck is_whole, gpointer user_data)
{
  guint64 after = 0;
  for (guint32 i = 0; i < n; i++)
    {
      BrokerAct *act = take_act (&bytes, &length, after, revision, at_us);
      if (act == NULL)
        return FALSE;
      after = act->revision;
      push (self, act);
      if (!are_whole (act, is_whole, user_data))
        return FALSE;
    }
  return length == 0 && self->acts.length <= BROKER_ACTS_MAX && self->n_rows <= BROKER_ACTS_ROWS_MAX;
}
