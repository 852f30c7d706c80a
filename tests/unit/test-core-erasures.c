/* test-core-erasures.c: 30 days after a referral has closed the broker forgets what the person needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-house.h"

#include "broker/broker-history.h"
#include "broker/broker-proposals.h"
#include "broker/broker-rules.h"

#include <sqlite3.h>

#define DAYS_US (30 * BED_DAY_US)
#define SUBMIT \
  "{'key':'01a00000-0000-7000-8000-000000000001','lane':'flow','pathway':'supported','type':'rehab'," \
  "'needs':{'must':['hoist'],'oxygen_lpm':3},'sex':'female','age_band':'75_84','home':'%s','agreed':'yes'," \
  "'source':'qa_ward'}"

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

/* The first column of the first row, read beside the core; owned. */
static char *
ask_file (House *house, const char *sql)
{
  g_autofree char *path = g_build_filename (house->folder, BROKER_JOURNAL_FILE, NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  char *answer;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  answer = sqlite3_step (statement) == SQLITE_ROW ? g_strdup ((const char *) sqlite3_column_text (statement, 0)) : NULL;
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return answer;
}

static char *
submit_needy (House *house)
{
  g_autofree char *params = g_strdup_printf (SUBMIT, "PO12");
  g_auto (HouseAnswer) answer = { 0 };

  house_run (house, "referral.submit", params, &answer);
  g_assert_true (answer.is_accepted);
  return house_get (&answer, "referral");
}

static void
withdraw (House *house, const char *code)
{
  g_autofree char *params = g_strdup_printf ("{'referral':'%s','reason':'home_instead'}", code);

  house_run_accepted (house, "referral.withdraw", params);
}

/* Everything that is due until then. */
static void
run_until (House *house, gint64 now_us)
{
  house->now_us = now_us;
  for (guint i = 0; i < 64 && broker_core_get_wake (house->core) <= now_us; i++)
    broker_core_run_batch (house->core);
}

static void
assert_profiles (House *house, const char *n)
{
  g_autofree char *left = ask_file (house, "SELECT count(*) FROM profile");

  g_assert_cmpstr (left, ==, n);
}

/* Somebody who left, and whose needs are erased; owned code. */
static char *
erase_somebody (House *house)
{
  char *code = submit_needy (house);

  withdraw (house, code);
  run_until (house, house->now_us + DAYS_US);
  assert_profiles (house, "0");
  return code;
}

static void
test_not_before (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);

  withdraw (house, code);
  run_until (house, house->now_us + DAYS_US - 1);
  assert_profiles (house, "1");
}

static void
test_to_the_instant (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);
  gint64 closed_us = house->now_us;

  withdraw (house, code);
  run_until (house, closed_us + DAYS_US - 1);
  g_assert_cmpint (broker_core_get_wake (house->core), <=, closed_us + DAYS_US);
  run_until (house, closed_us + DAYS_US);
  assert_profiles (house, "0");
}

/* Still here after a year: the needs are what beds are found by. */
static void
test_not_while_open (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);

  run_until (house, house->now_us + 365 * BED_DAY_US);
  assert_profiles (house, "1");
  g_assert_cmpuint (house_peek_referral (house, code)->oxygen_lpm, ==, 3);
}

static void
test_row_forgets_at_once (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);
  const BedReferralRow *row;

  withdraw (house, code);
  row = house_peek_referral (house, code);
  g_assert_cmpuint (row->must | row->must_not | row->prefer, ==, 0);
  g_assert_cmpuint (row->oxygen_lpm, ==, 0);
}

static void
test_taken_back (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);
  g_autofree char *params = g_strdup_printf (
      "{'key':'01a00000-0000-7000-8000-000000000002','referral':'%s','reason':'home_instead'}", code);

  house_run_accepted (house, "referral.withdraw", params);
  house->now_us += BED_SECOND_US;
  house_run_accepted (house, "undo", "{'undoes':'01a00000-0000-7000-8000-000000000002'}");
  g_assert_cmpuint (house_peek_referral (house, code)->oxygen_lpm, ==, 3);
  run_until (house, house->now_us + 31 * BED_DAY_US);
  assert_profiles (house, "1");
}

/* A batch does no more than is due at once, and the next goes on. */
static void
test_batch_is_bounded (House *house, gconstpointer data)
{
  const guint n = BROKER_DUE_MAX + 44;
  guint64 before;
  g_autofree char *left = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *code = house_submit (house, "flow");

      withdraw (house, code);
    }
  run_until (house, house->now_us + DAYS_US - 1);
  house->now_us += 1;
  before = broker_core_get_revision (house->core);
  broker_core_run_batch (house->core);
  g_assert_cmpuint (broker_core_get_revision (house->core) - before, <=, BROKER_DUE_MAX + 1 + BROKER_PROPOSALS_MAX);
  expected = g_strdup_printf ("%u", n);
  left = ask_file (house, "SELECT count(*) FROM profile");
  g_assert_cmpstr (left, !=, "0");
  g_assert_cmpstr (left, !=, expected);
  run_until (house, house->now_us);
  assert_profiles (house, "0");
}

static void
test_repeat_gets_first_answer (House *house, gconstpointer data)
{
  g_autofree char *code = erase_somebody (house);
  g_autofree char *again = submit_needy (house);

  g_assert_cmpstr (again, ==, code);
}

static void
test_key_with_another_body (House *house, gconstpointer data)
{
  g_autofree char *code = erase_somebody (house);
  g_autofree char *params = g_strdup_printf (SUBMIT, "PO1");

  house_run_refused (house, "referral.submit", params, BED_ERROR_BAD_VALUE);
}

static void
test_key_of_another_method (House *house, gconstpointer data)
{
  g_autofree char *code = erase_somebody (house);
  g_autofree char *params = g_strdup_printf ("{'key':'01a00000-0000-7000-8000-000000000001','referral':'%s'}", code);

  house_run_refused (house, "referral.died", params, BED_ERROR_BAD_VALUE);
}

/* All events again, without any snapshot, give what there was. */
static void
test_replays_to_the_same (House *house, gconstpointer data)
{
  g_autofree char *code = erase_somebody (house);
  g_autoptr (GBytes) before = broker_register_save (broker_core_peek_register (house->core));
  g_autoptr (GBytes) after = NULL;
  g_autofree char *unused = NULL;

  house_close (house);
  unused = ask_file (house, "DELETE FROM snapshot");
  house_open (house);
  after = broker_register_save (broker_core_peek_register (house->core));
  g_assert_true (g_bytes_equal (before, after));
}

/* What is still to be erased is part of a snapshot. */
static void
test_goes_on_after_a_start (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);
  gint64 closed_us = house->now_us;

  withdraw (house, code);
  house_close (house);
  house_open (house);
  run_until (house, closed_us + DAYS_US);
  assert_profiles (house, "0");
}

/* Down for longer than that: what is due is done at once, and a younger snapshot stands in for the old. */
static void
test_after_a_long_stop (House *house, gconstpointer data)
{
  g_autofree char *code = submit_needy (house);
  g_autofree char *snapshots = NULL;

  withdraw (house, code);
  house_close (house);
  house->now_us += 40 * BED_DAY_US;
  house_open (house);
  run_until (house, house->now_us);
  assert_profiles (house, "0");
  snapshots = ask_file (house, "SELECT count(*) || ' ' || (min(s.revision) > (SELECT max(revision) FROM event"
                               " WHERE kind = 'referral.withdrawn')) FROM snapshot AS s");
  g_assert_cmpstr (snapshots, ==, "1 1");
}

static void
test_snapshot_a_day (House *house, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 start_us = house->now_us;

  run_until (house, start_us + BED_DAY_US - BED_MINUTE_US);
  before = ask_file (house, "SELECT count(*) FROM snapshot");
  run_until (house, start_us + BED_DAY_US + BED_HISTORY_MINUTES * BED_MINUTE_US);
  after = ask_file (house, "SELECT count(*) FROM snapshot");
  g_assert_cmpstr (before, ==, "0");
  g_assert_cmpstr (after, ==, "1");
}

/* History says what is left. */
static void
test_history (House *house, gconstpointer data)
{
  g_autofree char *code = erase_somebody (house);
  const BedActor local = { .user = "local", .role = BED_ROLE_LOCAL };
  g_auto (BedJson) json = { 0 };
  BrokerTelling telling;
  g_autoptr (GError) error = NULL;

  bed_json_init (&json, 1024);
  bed_json_begin_array (&json);
  g_assert_true (broker_telling_begin (&telling, broker_core_peek_register (house->core), &local, code, &json));
  g_assert_true (broker_journal_follow_referral (broker_core_peek_journal (house->core), code, 100,
                                                 broker_telling_take, &telling, &error));
  bed_json_end_array (&json);
  g_assert_nonnull (strstr (json.text->str, "referral.submitted"));
  g_assert_nonnull (strstr (json.text->str, "profile.erased"));
  g_assert_null (strstr (json.text->str, "needs"));
}

/* The rule, and the row that is somebody else's by then */

static BedEvent
make_event (BrokerRegister *reg, BedEventKind kind, gint64 at_us)
{
  return (BedEvent) { .revision = broker_register_get_revision (reg) + 1, .at_us = at_us, .kind = kind };
}

static void
pass_quarters (BrokerRegister *reg, guint n, gint64 at_us)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      BedEvent event = make_event (reg, BED_EVENT_QUARTER_PASSED, at_us);

      g_assert_true (broker_register_apply (reg, &event, &error));
      broker_register_keep (reg);
    }
}

static gboolean
erase (BrokerRegister *reg, const char *code, gint64 now_us)
{
  BedCommand command = { .method = BED_METHOD_PROFILE_ERASE, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  g_auto (BedEvent) event = { 0 };
  g_autoptr (GError) error = NULL;
  BrokerRefusal refusal;

  g_strlcpy (command.facts.referral, code, sizeof command.facts.referral);
  bed_facts_set (&command.facts, BED_FACT_REFERRAL);
  if (!broker_rules_check (reg, &command, now_us, &event, &refusal))
    {
      g_assert_cmpint (refusal.error, ==, BED_ERROR_WRONG_STATE);
      return FALSE;
    }
  g_assert_true (broker_register_apply (reg, &event, &error));
  broker_register_keep (reg);
  return TRUE;
}

/* The register of a house with somebody who has left; owned. */
static BrokerRegister *
take_register (House *house, char **code)
{
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  BrokerRegister *reg;

  *code = submit_needy (house);
  withdraw (house, *code);
  state = broker_register_save (broker_core_peek_register (house->core));
  reg = broker_register_load (state, 512, &error);
  g_assert_no_error (error);
  return reg;
}

static gboolean
submit_again (BrokerRegister *reg, guint64 random, gint64 now_us, BedEvent *event)
{
  BedCommand command = { .method = BED_METHOD_REFERRAL_SUBMIT, .random = random,
                         .actor = { .user = "local", .role = BED_ROLE_LOCAL } };
  BrokerRefusal refusal;

  g_strlcpy (command.facts.home, "PO12", sizeof command.facts.home);
  g_strlcpy (command.facts.organisation, "qa_ward", sizeof command.facts.organisation);
  bed_facts_set (&command.facts, BED_FACT_HOME);
  bed_facts_set (&command.facts, BED_FACT_ORGANISATION);
  return broker_rules_check (reg, &command, now_us, event, &refusal);
}

static void
test_refused_too_early (House *house, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autoptr (BrokerRegister) reg = take_register (house, &code);

  g_assert_false (erase (reg, code, house->now_us + DAYS_US - 1));
  g_assert_true (erase (reg, code, house->now_us + DAYS_US));
}

static void
test_refused_twice (House *house, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autoptr (BrokerRegister) reg = take_register (house, &code);

  g_assert_true (erase (reg, code, house->now_us + DAYS_US));
  g_assert_false (erase (reg, code, house->now_us + DAYS_US));
}

/* An event that the register has no reason for is a damaged journal's. */
static void
test_event_out_of_place (House *house, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autoptr (BrokerRegister) reg = take_register (house, &code);
  BedEvent event = make_event (reg, BED_EVENT_PROFILE_ERASED, house->now_us + DAYS_US);
  g_autoptr (GError) error = NULL;

  g_strlcpy (event.facts.referral, "BBB-BBB", sizeof event.facts.referral);
  bed_facts_set (&event.facts, BED_FACT_REFERRAL);
  g_assert_false (broker_register_apply (reg, &event, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

/* The code stays theirs until it is done, and what is due outlives the row. */
static void
test_row_used_again (House *house, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autoptr (BrokerRegister) reg = take_register (house, &code);
  guint32 row = broker_register_find_referral (reg, code);
  g_auto (BedEvent) event = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 due_us = house->now_us + DAYS_US;

  pass_quarters (reg, 65536, house->now_us);
  g_assert_true (submit_again (reg, 77, house->now_us, &event));
  g_assert_true (broker_register_apply (reg, &event, &error));
  broker_register_keep (reg);
  g_assert_cmpuint (broker_register_find_referral (reg, code), ==, BED_NONE);
  g_assert_cmpuint (broker_register_find_referral (reg, event.facts.referral), ==, row);
  g_assert_true (erase (reg, code, due_us));
  g_assert_cmpint (broker_register_find_erasure (reg, code), ==, G_MAXINT64);
}

static void
test_code_is_taken (House *house, gconstpointer data)
{
  guint64 random = 78;
  char drawn[BED_CODE_SIZE];
  g_autofree char *unused = NULL;
  g_autoptr (BrokerRegister) reg = take_register (house, &unused);
  g_auto (BedEvent) first = { 0 };
  g_auto (BedEvent) mistake = make_event (reg, BED_EVENT_WITHDRAWN, house->now_us);
  g_auto (BedEvent) second = { 0 };
  g_auto (BedEvent) third = { 0 };
  g_autoptr (GError) error = NULL;

  bed_code_print (random, drawn);
  g_assert_true (submit_again (reg, random, house->now_us, &first));
  g_assert_cmpstr (first.facts.referral, ==, drawn);
  g_assert_true (broker_register_apply (reg, &first, &error));
  mistake.revision++;
  g_strlcpy (mistake.facts.referral, drawn, sizeof mistake.facts.referral);
  bed_facts_set (&mistake.facts, BED_FACT_REFERRAL);
  bed_facts_set (&mistake.facts, BED_FACT_WITHDRAWAL);
  g_assert_true (broker_register_apply (reg, &mistake, &error));
  pass_quarters (reg, 65536, house->now_us);
  for (guint i = 0; i < 2; i++) /* takes both rows that rest */
    {
      g_auto (BedEvent) event = { 0 };

      g_assert_true (submit_again (reg, 100 + i, house->now_us, &event));
      g_assert_true (broker_register_apply (reg, &event, &error));
    }
  g_assert_cmpuint (broker_register_find_referral (reg, drawn), ==, BED_NONE);
  g_assert_true (submit_again (reg, random, house->now_us, &second));
  g_assert_cmpstr (second.facts.referral, !=, drawn);
  g_assert_true (erase (reg, drawn, house->now_us + DAYS_US));
  g_assert_true (submit_again (reg, random, house->now_us, &third));
  g_assert_cmpstr (third.facts.referral, ==, drawn);
}

#define ADD(path, test) g_test_add ("/core-erasures/" path, House, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("due/not-before", test_not_before);
  ADD ("due/to-the-instant", test_to_the_instant);
  ADD ("due/not-while-open", test_not_while_open);
  ADD ("due/taken-back", test_taken_back);
  ADD ("due/bounded", test_batch_is_bounded);
  ADD ("due/after-a-start", test_goes_on_after_a_start);
  ADD ("due/after-a-long-stop", test_after_a_long_stop);
  ADD ("row/forgets-at-once", test_row_forgets_at_once);
  ADD ("row/used-again", test_row_used_again);
  ADD ("row/code-is-taken", test_code_is_taken);
  ADD ("key/repeat", test_repeat_gets_first_answer);
  ADD ("key/another-body", test_key_with_another_body);
  ADD ("key/another-method", test_key_of_another_method);
  ADD ("replay/same", test_replays_to_the_same);
  ADD ("snapshot/a-day", test_snapshot_a_day);
  ADD ("history/says-what-is-left", test_history);
  ADD ("rule/too-early", test_refused_too_early);
  ADD ("rule/twice", test_refused_twice);
  ADD ("rule/event-out-of-place", test_event_out_of_place);
  return g_test_run ();
}
