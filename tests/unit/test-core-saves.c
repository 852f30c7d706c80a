/* test-core-saves.c: what the core saves beside the events, when, and that no answer depends on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-house.h"

#include <sqlite3.h>

#define BATCH 500

static void
set_up (House *house, gconstpointer data)
{
  house_set_up_free (house, 3);
}

static void
tear_down (House *house, gconstpointer data)
{
  house_tear_down (house);
}

static sqlite3 *
open_file (House *house)
{
  g_autofree char *path = g_build_filename (house->folder, BROKER_JOURNAL_FILE, NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

/* The first column of the first row, read beside the core; owned. */
static char *
ask_file (House *house, const char *sql)
{
  sqlite3 *db = open_file (house);
  sqlite3_stmt *statement = NULL;
  char *answer;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return answer;
}

/* Commands, each accepted, until the journal has at least that many events. */
static void
run_until (House *house, guint64 revision)
{
  while (broker_core_get_revision (house->core) < revision)
    {
      HouseAnswer answers[BATCH] = { 0 };

      house->now_us += BED_SECOND_US / 1000; /* which has 4,096 keys, and is too short for a proposal */
      for (guint i = 0; i < BATCH; i++)
        house_ask (house, "unit.confirm", "{'unit':'ward_a'}", &answers[i]);
      broker_core_run_batch (house->core);
      for (guint i = 0; i < BATCH; i++)
        {
          g_assert_true (answers[i].is_accepted);
          house_answer_clear (&answers[i]);
        }
    }
}

static gboolean
count (const BedEvent *event, gpointer user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

static void
assert_found_once (House *house, const char *code)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (broker_journal_follow_referral (broker_core_peek_journal (house->core), code, 10, count,
                                                 &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_clean_stop (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  guint64 revision = broker_core_get_revision (house->core);
  g_autofree char *expected = g_strdup_printf ("%s %" G_GUINT64_FORMAT, code, revision);
  g_autofree char *listed = NULL;

  house_close (house);
  house_open (house);
  listed = ask_file (house, "SELECT group_concat(referral || ' ' || ends) FROM referral_event");
  g_assert_cmpstr (listed, ==, expected);
  assert_found_once (house, code);
}

static void
test_when_due (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *before = ask_file (house, "SELECT count(*) FROM referral_event");
  g_autofree char *after = NULL;

  run_until (house, BROKER_SNAPSHOT_EVERY + 1);
  after = ask_file (house, "SELECT count(*) || ' ' || (SELECT count(*) FROM snapshot) FROM referral_event");
  g_assert_cmpstr (before, ==, "0");
  g_assert_cmpstr (after, ==, "1 1");
  assert_found_once (house, code);
}

/* A list that cannot be written: the commands are done all the same, and so is the snapshot. */
static void
test_list_fails (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *after = NULL;
  sqlite3 *db = open_file (house);

  g_assert_cmpint (sqlite3_exec (db, "DROP TABLE referral_run; CREATE TABLE referral_run"
                                     " (ends INTEGER PRIMARY KEY, begins INTEGER NOT NULL CHECK (begins > 1)) STRICT",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  g_test_expect_message ("broker-core", G_LOG_LEVEL_WARNING, "*referrals are searched, not looked up*");
  run_until (house, BROKER_SNAPSHOT_EVERY + 1);
  g_test_assert_expected_messages ();
  g_assert_false (broker_core_is_read_only (house->core));
  after = ask_file (house, "SELECT count(*) || ' ' || (SELECT count(*) FROM snapshot) FROM referral_event");
  g_assert_cmpstr (after, ==, "0 1");
  assert_found_once (house, code);
}

#define ADD(path, test) g_test_add ("/core-saves/" path, House, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("clean-stop", test_clean_stop);
  ADD ("when-due", test_when_due);
  ADD ("list-fails", test_list_fails);
  return g_test_run ();
}
