/* test-core-faults.c: the broker's core on a disk that fails: the caller is told the truth, and
 * what stands after a restart is what the journal holds.
 *
 * The sweeps fail the n-th call of SQLite's VFS, n = 1, 2, … until the deed is done without one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../unit/broker-house.h"

#include "fault-vfs.h"

#define SWEEP_MAX 400 /* a sweep that has not ended by then never will */
#define KEY_1 "01890000-0000-7000-8000-00000000ffff"
#define CONFIRM "{'unit':'ward_a','key':'" KEY_1 "'}"

static void
set_up (House *house, gconstpointer data)
{
  house->vfs = FAULT_VFS;
  house_set_up_free (house, 3);
}

static void
tear_down (House *house, gconstpointer data)
{
  fault_vfs_disarm ();
  house_tear_down (house);
}

static BedServing
get_serving (House *house)
{
  int64_t since_us;

  return bed_table_get_serving (broker_table_peek (broker_core_peek_table (house->core)),
                                &since_us);
}

static void
confirm (House *house, const char *params, HouseAnswer *answer)
{
  house_run (house, "unit.confirm", params, answer);
}

/* The COMMIT's sync fails once. */
static void
fail_commit (House *house)
{
  g_auto (HouseAnswer) answer = { 0 };

  fault_vfs_arm (FAULT_SYNC, 1, FAULT_FAILS, FALSE);
  confirm (house, CONFIRM, &answer);
  g_assert_true (fault_vfs_has_fired ());
  fault_vfs_disarm ();
  g_assert_cmpstr (bed_error_reason (answer.error), ==, "uncertain");
}

/* The latch */

static void
test_latches (House *house, gconstpointer data)
{
  guint64 revision = broker_core_get_revision (house->core);

  fail_commit (house);
  g_assert_true (broker_core_is_read_only (house->core));
  g_assert_cmpint (get_serving (house), ==, BED_SERVING_READ_ONLY);
  g_assert_cmpuint (broker_core_get_revision (house->core), ==, revision);
}

static void
test_latched_refuses_new (House *house, gconstpointer data)
{
  fail_commit (house);
  house_run_refused (house, "unit.confirm", "{'unit':'ward_b'}", BED_ERROR_UNAVAILABLE);
}

static void
test_latched_stays_uncertain (House *house, gconstpointer data)
{
  fail_commit (house);
  house_run_refused (house, "unit.confirm", CONFIRM, BED_ERROR_UNCERTAIN);
}

static void
test_latched_remembers_done (House *house, gconstpointer data)
{
  static const char before[] = "{'unit':'ward_b','key':'01890000-0000-7000-8000-00000000eeee'}";
  g_auto (HouseAnswer) first = { 0 }, again = { 0 };

  confirm (house, before, &first);
  fail_commit (house);
  confirm (house, before, &again);
  g_assert_true (again.is_accepted);
  g_assert_cmpstr (first.result, ==, again.result);
}

static void
test_latched_whole_batch_uncertain (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) accepted = { 0 }, refused = { 0 }, repeated = { 0 };

  fault_vfs_arm (FAULT_SYNC, 1, FAULT_FAILS, FALSE);
  house_ask (house, "unit.confirm", CONFIRM, &accepted);
  house_ask (house, "bed.open", "{'bed':'ward_a-01'}", &refused);
  house_ask (house, "unit.confirm", CONFIRM, &repeated);
  broker_core_run_batch (house->core);
  g_assert_cmpint (accepted.error, ==, BED_ERROR_UNCERTAIN);
  g_assert_cmpint (refused.error, ==, BED_ERROR_UNCERTAIN);
  g_assert_cmpint (repeated.error, ==, BED_ERROR_UNCERTAIN);
}

static void
test_latched_status_says_why (House *house, gconstpointer data)
{
  g_auto (BedJson) json = { 0 };

  fail_commit (house);
  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  broker_core_print_status (house->core, &json);
  bed_json_end_object (&json);
  g_assert_nonnull (strstr (json.text->str, "\"serving\":\"read_only\""));
  g_assert_nonnull (strstr (json.text->str, "\"why\":\""));
}

/* The way out */

static void
test_recovers_as_new_epoch (House *house, gconstpointer data)
{
  guint64 epoch = broker_core_get_epoch (house->core);

  fail_commit (house);
  house->now_us += BROKER_RECOVER_MIN_US;
  broker_core_tick (house->core);
  g_assert_false (broker_core_is_read_only (house->core));
  g_assert_cmpint (get_serving (house), ==, BED_SERVING_LIVE);
  g_assert_cmpuint (broker_core_get_epoch (house->core), !=, epoch);
  g_assert_cmpuint (broker_core_get_revision (house->core), ==,
                    broker_journal_get_revision (broker_core_peek_journal (house->core)));
}

static void
test_recovered_decides_the_key (House *house, gconstpointer data)
{
  fail_commit (house);
  house->now_us += BROKER_RECOVER_MIN_US;
  broker_core_tick (house->core);
  house_run_accepted (house, "unit.confirm", CONFIRM);
  house_run_accepted (house, "unit.confirm", "{'unit':'ward_b'}");
}

static void
test_recovery_backs_off (House *house, gconstpointer data)
{
  guint n_calls = 0, n_tries = 0;

  fail_commit (house);
  fault_vfs_arm (FAULT_OPEN, 1, FAULT_FAILS, TRUE);
  for (guint second = 0; second < 60; second++)
    {
      house->now_us += BED_SECOND_US;
      broker_core_tick (house->core);
      g_assert_true (broker_core_is_read_only (house->core));
      n_tries += fault_vfs_get_count () > n_calls;
      n_calls = fault_vfs_get_count ();
    }
  g_assert_cmpuint (n_tries, >=, 4);
  g_assert_cmpuint (n_tries, <=, 7); /* 1, 2, 4, 8, 16, 32 seconds */
  house_run_refused (house, "unit.confirm", "{'unit':'ward_b'}", BED_ERROR_UNAVAILABLE);

  fault_vfs_disarm ();
  house->now_us += BROKER_RECOVER_MAX_US;
  broker_core_tick (house->core);
  g_assert_false (broker_core_is_read_only (house->core));
}

static void
test_recovery_needs_the_checkpoint (House *house, gconstpointer data)
{
  fail_commit (house);
  fault_vfs_arm (FAULT_SYNC, 1, FAULT_FAILS, TRUE);
  house->now_us += BROKER_RECOVER_MIN_US;
  broker_core_tick (house->core);
  g_assert_true (broker_core_is_read_only (house->core));
}

/* Sweeps */

typedef struct
{
  const char *name;
  FaultWay way;
} Way;

static const Way ways[] = {
  { "fails", FAULT_FAILS }, { "half", FAULT_HALF },           { "full", FAULT_FULL },
  { "loses", FAULT_LOSES }, { "power-cut", FAULT_POWER_CUT },
};

static gboolean
count_events (const BedEvent *event, gpointer user_data)
{
  guint *n = user_data;

  *n += g_str_equal (event->key, KEY_1);
  return TRUE;
}

/* How often the journal says that it was done; its chain is checked on the way. */
static guint
count_done (House *house)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (
      broker_journal_follow (broker_core_peek_journal (house->core), 0, count_events, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* What a restart makes of it, and of the same command asked again. */
static void
check_truth (House *house, const HouseAnswer *told)
{
  guint n_done;

  fault_vfs_disarm ();
  house_close (house);
  house_open (house);
  n_done = count_done (house);
  if (told->is_accepted)
    g_assert_cmpuint (n_done, ==, 1);
  else if (told->error == BED_ERROR_UNAVAILABLE)
    g_assert_cmpuint (n_done, ==, 0);
  else
    {
      g_assert_cmpint (told->error, ==, BED_ERROR_UNCERTAIN);
      g_assert_cmpuint (n_done, <=, 1);
    }
  house_run_accepted (house, "unit.confirm", CONFIRM);
  g_assert_cmpuint (count_done (house), ==, 1);
}

static void
test_sweep_command (gconstpointer data)
{
  const Way *way = data;
  guint n_unavailable = 0, n_uncertain = 0;
  gboolean has_fired = TRUE;

  for (guint n = 1; has_fired; n++)
    {
      House house = { 0 };
      g_auto (HouseAnswer) told = { 0 };

      g_assert_cmpuint (n, <, SWEEP_MAX);
      set_up (&house, NULL);
      fault_vfs_arm (FAULT_ALL, n, way->way, FALSE);
      confirm (&house, CONFIRM, &told);
      has_fired = fault_vfs_has_fired ();
      n_unavailable += !told.is_accepted && told.error == BED_ERROR_UNAVAILABLE;
      n_uncertain += !told.is_accepted && told.error == BED_ERROR_UNCERTAIN;
      check_truth (&house, &told);
      tear_down (&house, NULL);
    }
  g_test_message ("unavailable %u, uncertain %u", n_unavailable, n_uncertain);
  g_assert_cmpuint (n_uncertain, >, 0);
}

/* The same, but the way out is tried in the same life. */
static void
test_sweep_recovery (gconstpointer data)
{
  const Way *way = data;
  gboolean has_fired = TRUE;

  for (guint n = 1; has_fired; n++)
    {
      House house = { 0 };
      g_auto (HouseAnswer) told = { .is_answered = TRUE, .error = BED_ERROR_UNCERTAIN };

      g_assert_cmpuint (n, <, SWEEP_MAX);
      set_up (&house, NULL);
      fail_commit (&house);
      fault_vfs_arm (FAULT_ALL, n, way->way, FALSE);
      house.now_us += BROKER_RECOVER_MIN_US;
      broker_core_tick (house.core);
      has_fired = fault_vfs_has_fired ();
      fault_vfs_disarm ();
      house.now_us += BROKER_RECOVER_MAX_US;
      broker_core_tick (house.core);
      g_assert_false (broker_core_is_read_only (house.core));
      g_assert_cmpuint (count_done (&house), <=, 1);
      check_truth (&house, &told);
      tear_down (&house, NULL);
    }
}

/* An import: all of it or nothing, and the answer says which. */
static void
test_sweep_import (gconstpointer data)
{
  const Way *way = data;
  gboolean has_fired = TRUE;

  for (guint n = 1; has_fired; n++)
    {
      House house = { 0 };
      g_autofree char *files = house_files (5);
      g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      gboolean is_done;
      guint32 n_beds;

      g_assert_cmpuint (n, <, SWEEP_MAX);
      set_up (&house, NULL);
      fault_vfs_arm (FAULT_ALL, n, way->way, FALSE);
      is_done = broker_core_import (house.core, files, faults, &error);
      has_fired = fault_vfs_has_fired ();
      fault_vfs_disarm ();
      house_close (&house);
      house_open (&house);
      n_beds = broker_register_peek_reference (broker_core_peek_register (house.core))->sizes.beds;
      if (is_done)
        g_assert_cmpuint (n_beds, ==, 10);
      else if (g_error_matches (error, BED_ERROR, BED_ERROR_UNAVAILABLE))
        g_assert_cmpuint (n_beds, ==, 6);
      else
        g_assert_error (error, BED_ERROR, BED_ERROR_UNCERTAIN);
      tear_down (&house, NULL);
    }
}

static gboolean
count_one (const BedEvent *event, gpointer user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

/* The journal's file is whole, and a referral's one event is found in it, listed or not. */
static void
check_file (House *house, const char *code)
{
  BrokerJournal *journal = broker_core_peek_journal (house->core);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (broker_journal_check (journal, &error));
  g_assert_true (broker_journal_follow_referral (journal, code, G_MAXUINT, count_one, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* Stopping: a list or a snapshot that cannot be written costs nothing. */
static void
test_sweep_stop (gconstpointer data)
{
  const Way *way = data;
  gboolean has_fired = TRUE;

  for (guint n = 1; has_fired; n++)
    {
      House house = { 0 };
      g_autoptr (GBytes) before = NULL;
      g_autoptr (GBytes) after = NULL;
      g_autofree char *code = NULL;

      g_assert_cmpuint (n, <, SWEEP_MAX);
      set_up (&house, NULL);
      code = house_submit (&house, "flow");
      before = broker_register_save (broker_core_peek_register (house.core));
      fault_vfs_arm (FAULT_ALL, n, way->way, FALSE);
      house_close (&house);
      has_fired = fault_vfs_has_fired ();
      fault_vfs_disarm ();
      house_open (&house);
      after = broker_register_save (broker_core_peek_register (house.core));
      g_assert_true (g_bytes_equal (before, after));
      check_file (&house, code);
      tear_down (&house, NULL);
    }
}

/* Starting: it works or it says why, and the next start finds everything. */
static void
test_sweep_start (gconstpointer data)
{
  const Way *way = data;
  gboolean has_fired = TRUE;

  for (guint n = 1; has_fired; n++)
    {
      House house = { 0 };
      BrokerWorld world = house_world (&house);
      g_autoptr (GError) error = NULL;
      guint64 revision;

      g_assert_cmpuint (n, <, SWEEP_MAX);
      set_up (&house, NULL);
      revision = broker_core_get_revision (house.core);
      house_close (&house);
      fault_vfs_arm (FAULT_ALL, n, way->way, FALSE);
      house.core = broker_core_open (&house.settings, &world, &error);
      has_fired = fault_vfs_has_fired ();
      fault_vfs_disarm ();
      g_assert_true ((house.core == NULL) == (error != NULL));
      house_close (&house);
      house_open (&house);
      g_assert_cmpuint (broker_core_get_revision (house.core), ==, revision);
      tear_down (&house, NULL);
    }
}

static void
add_sweeps (const char *deed, GTestDataFunc test)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core-faults/sweep/%s/%s", deed, ways[i].name);

      g_test_add_data_func (path, &ways[i], test);
    }
}

static void
keep_quiet (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_test_message ("%s: %s", domain, message);
}

#define ADD(path, test) g_test_add ("/core-faults/" path, House, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A broker that meets faults warns of them. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_default_handler (keep_quiet, NULL);
  fault_vfs_register ();
  ADD ("latch/latches", test_latches);
  ADD ("latch/refuses-new", test_latched_refuses_new);
  ADD ("latch/stays-uncertain", test_latched_stays_uncertain);
  ADD ("latch/remembers-done", test_latched_remembers_done);
  ADD ("latch/whole-batch", test_latched_whole_batch_uncertain);
  ADD ("latch/status-says-why", test_latched_status_says_why);
  ADD ("way-out/new-epoch", test_recovers_as_new_epoch);
  ADD ("way-out/decides-the-key", test_recovered_decides_the_key);
  ADD ("way-out/backs-off", test_recovery_backs_off);
  ADD ("way-out/needs-the-checkpoint", test_recovery_needs_the_checkpoint);
  add_sweeps ("command", test_sweep_command);
  add_sweeps ("recovery", test_sweep_recovery);
  add_sweeps ("import", test_sweep_import);
  add_sweeps ("stop", test_sweep_stop);
  add_sweeps ("start", test_sweep_start);
  return g_test_run ();
}
