/* broker-journal-erasures.c: taking the needs of those who have left out of the file, for good.
 *
 * With the event that says so, in its transaction, go the profiles of all the referral's events and the
 * snapshots of a time when the register may have known the needs. The pages are overwritten
 * (secure_delete), and the WAL is emptied, at once or, while somebody reads, at a later checkpoint. What
 * else has been copied (a backup, an export, what an import brought) is not within reach.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include "broker-register.h"

#include <sqlite3.h>

/* Closed, a register forgets the needs; what can be taken back remembers them for its minute. */
#define SNAPSHOTS_UNTIL_US (BROKER_UNDO_US - BROKER_ERASE_US)

gboolean
broker_journal_erase (BrokerJournal *journal, const BedEvent *event, GError **error)
{
  sqlite3_stmt *profiles = journal->statements[STATEMENT_ERASE_PROFILES];
  sqlite3_stmt *snapshots = journal->statements[STATEMENT_ERASE_SNAPSHOTS];
  sqlite3_bind_text (profiles, 1, event->facts.referral, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (snapshots, 1, event->at_us + SNAPSHOTS_UNTIL_US);
  gboolean is_done = broker_journal_run (journal, STATEMENT_ERASE_PROFILES) == SQLITE_DONE
                     && broker_journal_run (journal, STATEMENT_ERASE_SNAPSHOTS) == SQLITE_DONE;
  journal->is_erasing = TRUE;
  return is_done || broker_journal_fail (journal, "a profile cannot be erased", error);
}

gboolean
broker_journal_is_erased (BrokerJournal *journal, const char *referral, guint64 revision)
{
  sqlite3_stmt *find = journal->statements[STATEMENT_FIND_ERASED];
  sqlite3_bind_text (find, 1, referral, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (find, 2, (gint64) revision);
  gboolean is_erased = sqlite3_step (find) == SQLITE_ROW;
  sqlite3_reset (find);
  return is_erased;
}

/* Not waiting for readers: the next checkpoint that is due tries again. */
void
broker_journal_wipe_wal (BrokerJournal *journal)
{
  sqlite3_busy_timeout (journal->db, 0);
  if (sqlite3_wal_checkpoint_v2 (journal->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK)
    journal->has_erased = FALSE;
  sqlite3_busy_timeout (journal->db, BROKER_BUSY_MS);
}

#define ITS_PROFILE "'event ' || p.revision || ': its needs profile'"

gboolean
broker_journal_check_profiles (BrokerJournal *journal, GError **error)
{
  return broker_journal_check_none (
             journal,
             "SELECT " ITS_PROFILE " FROM profile AS p LEFT JOIN event AS e ON e.revision = p.revision"
             " WHERE e.referral IS NULL OR p.referral IS NOT e.referral LIMIT 1",
             " is kept as somebody else's: it would not be erased", error)
         && broker_journal_check_none (
             journal,
             "SELECT " ITS_PROFILE " FROM profile AS p JOIN event AS e INDEXED BY event_erased"
             " ON e.referral = p.referral AND e.kind = 'profile.erased' AND e.revision > p.revision LIMIT 1",
             " is still there, though it was erased", error);
}
