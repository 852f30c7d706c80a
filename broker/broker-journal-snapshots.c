/* broker-journal-snapshots.c: copies of the register, so that a start need not replay everything.
 *
 * A cache, never the truth: one whose layout, checksum or chain hash does not fit, or that cannot be
 * read at all, is passed over for an older one, and at last for the events themselves. Saving is a
 * transaction like any other: when its COMMIT fails the connection is spent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include <sqlite3.h>
#include <string.h>

/* Over everything the row says, so that no part of it can be exchanged alone. */
static void
hash_snapshot (guint64 revision, guint32 layout, const guint8 head[static BROKER_HASH_SIZE],
               const void *state, gsize length, guint8 hash[static BROKER_HASH_SIZE])
{
  g_autoptr (GChecksum) sha = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 numbers[] = { GUINT64_TO_BE (revision), GUINT64_TO_BE ((guint64) layout),
                        GUINT64_TO_BE ((guint64) length) };
  gsize size = BROKER_HASH_SIZE;
  g_checksum_update (sha, (const guchar *) numbers, sizeof numbers);
  g_checksum_update (sha, head, BROKER_HASH_SIZE);
  if (length > 0)
    g_checksum_update (sha, state, (gssize) length);
  g_checksum_get_digest (sha, hash, &size);
}

static gboolean
get_hash (BrokerJournal *journal, guint64 revision, guint8 hash[static BROKER_HASH_SIZE], GError **error)
{
  sqlite3_stmt *get = journal->statements[STATEMENT_HASH];
  sqlite3_bind_int64 (get, 1, (gint64) revision);
  int result = sqlite3_step (get);
  gboolean is_there = result == SQLITE_ROW && sqlite3_column_bytes (get, 0) == BROKER_HASH_SIZE;
  if (is_there)
    memcpy (hash, sqlite3_column_blob (get, 0), BROKER_HASH_SIZE);
  else if (result == SQLITE_ROW || result == SQLITE_DONE)
    g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                 "%s: no snapshot of %" G_GUINT64_FORMAT ": there is no such event", journal->path, revision);
  else
    broker_journal_fail (journal, "cannot be read", error);
  sqlite3_reset (get);
  return is_there;
}

static gboolean
write_snapshot (BrokerJournal *journal, guint64 revision, guint32 layout, GBytes *state,
                const guint8 head[static BROKER_HASH_SIZE])
{
  gsize length;
  const void *bytes = g_bytes_get_data (state, &length);
  guint8 checksum[BROKER_HASH_SIZE];
  hash_snapshot (revision, layout, head, bytes, length, checksum);

  sqlite3_stmt *add = journal->statements[STATEMENT_ADD_SNAPSHOT];
  sqlite3_bind_int64 (add, 1, (gint64) revision);
  sqlite3_bind_int64 (add, 2, layout);
  sqlite3_bind_blob64 (add, 3, length > 0 ? bytes : "", length, SQLITE_STATIC);
  sqlite3_bind_blob (add, 4, checksum, sizeof checksum, SQLITE_STATIC);
  sqlite3_bind_blob (add, 5, head, BROKER_HASH_SIZE, SQLITE_STATIC);
  gboolean is_added = broker_journal_run (journal, STATEMENT_ADD_SNAPSHOT) == SQLITE_DONE;
  sqlite3_clear_bindings (add); /* state is the caller's */
  if (!is_added)
    return FALSE;
  sqlite3_bind_int (journal->statements[STATEMENT_DROP_SNAPSHOTS], 1, BROKER_SNAPSHOTS_KEPT);
  return broker_journal_run (journal, STATEMENT_DROP_SNAPSHOTS) == SQLITE_DONE;
}

gboolean
broker_journal_save_snapshot (BrokerJournal *journal, guint64 revision, guint32 layout, GBytes *state,
                              GError **error)
{
  g_return_val_if_fail (journal != NULL && state != NULL, FALSE);

  guint8 head[BROKER_HASH_SIZE];
  if (g_bytes_get_size (state) > BROKER_SNAPSHOT_MAX)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "%s: a snapshot of %" G_GSIZE_FORMAT " bytes is too large",
                   journal->path, g_bytes_get_size (state));
      return FALSE;
    }
  if (!get_hash (journal, revision, head, error) || !broker_journal_begin (journal, error))
    return FALSE;
  if (!write_snapshot (journal, revision, layout, state, head))
    {
      broker_journal_fail (journal, "no snapshot", error);
      broker_journal_roll_back (journal);
      return FALSE;
    }
  return broker_journal_commit (journal, error);
}

/* NULL if it does not fit. */
static GBytes *
get_snapshot (BrokerJournal *journal, guint64 revision, guint32 layout)
{
  sqlite3_stmt *get = journal->statements[STATEMENT_GET_SNAPSHOT];
  g_autoptr (GBytes) state = NULL;
  guint8 checksum[BROKER_HASH_SIZE];

  sqlite3_bind_int64 (get, 1, (gint64) revision);
  if (sqlite3_step (get) == SQLITE_ROW && sqlite3_column_bytes (get, 1) == BROKER_HASH_SIZE
      && sqlite3_column_bytes (get, 2) == BROKER_HASH_SIZE && sqlite3_column_bytes (get, 3) == BROKER_HASH_SIZE
      && memcmp (sqlite3_column_blob (get, 2), sqlite3_column_blob (get, 3), BROKER_HASH_SIZE) == 0)
    {
      const void *bytes = sqlite3_column_blob (get, 0);
      gsize length = (gsize) sqlite3_column_bytes (get, 0);
      hash_snapshot (revision, layout, sqlite3_column_blob (get, 2), bytes, length, checksum);
      if (memcmp (checksum, sqlite3_column_blob (get, 1), sizeof checksum) == 0)
        state = g_bytes_new (bytes, length);
    }
  sqlite3_reset (get);
  return g_steal_pointer (&state);
}

gboolean
broker_journal_load_snapshot (BrokerJournal *journal, guint32 layout, guint64 *revision, GBytes **state,
                              GError **error)
{
  g_return_val_if_fail (journal != NULL && revision != NULL && state != NULL, FALSE);

  /* The revisions first: reading a state from a damaged page must not end the search. */
  guint64 kept[BROKER_SNAPSHOTS_KEPT];
  guint n = 0;
  sqlite3_stmt *list = journal->statements[STATEMENT_LIST_SNAPSHOTS];
  sqlite3_bind_int64 (list, 1, layout);
  sqlite3_bind_int64 (list, 2, (gint64) journal->revision);
  sqlite3_bind_int (list, 3, BROKER_SNAPSHOTS_KEPT);
  int result = SQLITE_DONE;
  while (n < G_N_ELEMENTS (kept) && (result = sqlite3_step (list)) == SQLITE_ROW)
    kept[n++] = (guint64) sqlite3_column_int64 (list, 0);
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    broker_journal_fail (journal, "cannot be read", error);
  sqlite3_reset (list);

  for (guint i = 0; i < n; i++)
    {
      *state = get_snapshot (journal, kept[i], layout);
      *revision = kept[i];
      if (*state != NULL)
        {
          g_clear_error (error);
          return TRUE;
        }
    }
  return FALSE;
}
