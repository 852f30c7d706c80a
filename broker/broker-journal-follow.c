/* broker-journal-follow.c: reading events in order and by key.
 *
 * A long read goes in chunks, each its own read transaction, because nothing before the revision it
 * began with can change and a reader that stays holds every checkpoint up. A gap is an error, and so
 * is an end before that revision.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include <sqlite3.h>
#include <string.h>

#define FOLLOW_CHUNK 1024 /* rows */

static gboolean
fail_missing (guint64 revision, GError **error)
{
  g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "journal: event %" G_GUINT64_FORMAT " is missing",
               revision);
  return FALSE;
}

gboolean
broker_journal_find_key (BrokerJournal *journal, const char *actor, const char *key, BedEvent *event,
                         GError **error)
{
  g_return_val_if_fail (journal != NULL && actor != NULL && key != NULL && event != NULL, FALSE);

  guint8 bytes[BROKER_KEY_BYTES];
  if (!broker_journal_parse_key (key, bytes))
    return FALSE;
  sqlite3_stmt *find = journal->statements[STATEMENT_FIND_KEY];
  sqlite3_bind_blob (find, 1, bytes, sizeof bytes, SQLITE_STATIC);
  sqlite3_bind_text (find, 2, actor, -1, SQLITE_STATIC);
  memset (event, 0, sizeof *event);
  gboolean is_found = FALSE;
  int result = sqlite3_step (find);
  if (result == SQLITE_ROW)
    is_found = broker_journal_read_event (journal, find, event, error);
  else if (result != SQLITE_DONE)
    broker_journal_fail (journal, "cannot be searched", error);
  sqlite3_reset (find);
  return is_found;
}

typedef gboolean (*EachEvent) (const BedEvent *event, gpointer user_data);

/* One chunk, from *next on. Leaves *next after the last event read; *is_done when each had enough. */
static gboolean
follow_chunk (BrokerJournal *journal, guint64 *next, gboolean *is_done, EachEvent each, gpointer user_data,
              GError **error)
{
  sqlite3_stmt *follow = journal->statements[STATEMENT_FOLLOW];
  guint64 first = *next;
  gboolean is_sound = TRUE;
  int result = SQLITE_DONE;

  sqlite3_bind_int64 (follow, 1, (gint64) first - 1);
  sqlite3_bind_int64 (follow, 2, (gint64) journal->revision);
  sqlite3_bind_int (follow, 3, FOLLOW_CHUNK);
  while (is_sound && !*is_done && (result = sqlite3_step (follow)) == SQLITE_ROW)
    {
      g_auto (BedEvent) event = { 0 };
      is_sound = broker_journal_read_event (journal, follow, &event, error);
      if (is_sound && event.revision != *next)
        is_sound = fail_missing (*next, error);
      if (is_sound)
        {
          (*next)++;
          *is_done = !each (&event, user_data);
        }
    }
  if (is_sound && result != SQLITE_ROW && result != SQLITE_DONE)
    is_sound = broker_journal_fail (journal, "cannot be read", error);
  sqlite3_reset (follow);
  if (is_sound && !*is_done && *next == first)
    is_sound = fail_missing (*next, error);
  return is_sound;
}

gboolean
broker_journal_follow (BrokerJournal *journal, guint64 from, EachEvent each, gpointer user_data,
                       GError **error)
{
  g_return_val_if_fail (journal != NULL && each != NULL, FALSE);

  guint64 next = from + 1;
  gboolean is_done = FALSE;
  while (!is_done && next <= journal->revision)
    if (!follow_chunk (journal, &next, &is_done, each, user_data, error))
      return FALSE;
  return TRUE;
}
