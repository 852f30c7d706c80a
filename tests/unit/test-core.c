/* test-core.c: the one-way street, with a fake world, real rules and a real journal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-house.h"

#define KEY_1 "01890000-0000-7000-8000-000000000001"

static void
set_up_empty (House *house, gconstpointer data)
{
  house_set_up_empty (house);
}

static void
set_up_free (House *house, gconstpointer data)
{
  house_set_up_free (house, 3);
}

static void
tear_down (House *house, gconstpointer data)
{
  house_tear_down (house);
}

static char *
hold_params (const char *code, const char *bed, const char *key)
{
  return key == NULL ? g_strdup_printf ("{'referral':'%s','bed':'%s'}", code, bed)
                     : g_strdup_printf ("{'referral':'%s','bed':'%s','key':'%s'}", code, bed, key);
}

static guint64
get_revision (House *house)
{
  return broker_core_get_revision (house->core);
}

/* Starting */

static void
test_empty_start (House *house, gconstpointer data)
{
  g_assert_cmpuint (get_revision (house), ==, 0);
  g_assert_null (broker_register_peek_reference (broker_core_peek_register (house->core)));
  house_run_refused (house, "bed.open", "{'bed':'ward_a-01'}", BED_ERROR_UNKNOWN_BED);
}

static void
test_lock (House *house, gconstpointer data)
{
  BrokerWorld world = house_world (house);
  g_autoptr (GError) error = NULL;

  g_assert_null (broker_core_open (&house->settings, &world, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
}

static void
test_restart_same_state (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *params = hold_params (code, "ward_a-01", NULL);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  house_run_accepted (house, "hold.take", params);
  before = broker_register_save (broker_core_peek_register (house->core));
  house_close (house);
  house_open (house);
  after = broker_register_save (broker_core_peek_register (house->core));
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_restart_new_epoch (House *house, gconstpointer data)
{
  guint64 epoch = broker_core_get_epoch (house->core);

  house_close (house);
  house_open (house);
  g_assert_cmpuint (broker_core_get_epoch (house->core), !=, epoch);
  g_assert_cmpuint (broker_core_get_epoch (house->core), !=, 0);
}

static void
test_clean_stop_saves_snapshot (House *house, gconstpointer data)
{
  guint64 expected = get_revision (house);
  guint64 revision = 0;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;

  house_close (house);
  house_open (house);
  g_assert_true (broker_journal_load_snapshot (broker_core_peek_journal (house->core), BROKER_STATE_LAYOUT,
                                               &revision, &state, &error));
  g_assert_cmpuint (revision, ==, expected);
}

/* The table */

static void
test_published_is_register (House *house, gconstpointer data)
{
  const BedTable *table = broker_table_peek (broker_core_peek_table (house->core));
  const BrokerRegister *reg = broker_core_peek_register (house->core);
  g_autofree BedBedRow *beds = g_new0 (BedBedRow, table->sizes.beds);
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *params = hold_params (code, "ward_a-02", NULL);
  BedReferralRow referral;
  uint64_t revision;

  house_run_accepted (house, "hold.take", params);
  g_assert_true (bed_table_read_all (table, NULL, beds, NULL, NULL, &revision));
  g_assert_cmpuint (revision, ==, broker_register_get_revision (reg));
  for (guint32 i = 0; i < table->sizes.beds; i++)
    g_assert_cmpmem (&beds[i], sizeof beds[i], broker_register_peek_bed (reg, i), sizeof beds[i]);
  g_assert_true (bed_table_read_referral (table, broker_register_find_referral (reg, code), &referral));
  g_assert_cmpint (referral.state, ==, BED_STATE_HELD);
}

/* A unit's row tells which of its first 64 beds are offerable; it counts all. */
static void
test_offerable_of_the_first_64 (House *house, gconstpointer data)
{
  BedUnitRow unit;

  house_close (house);
  house->settings.beds_max = 140;
  house_open (house);
  house_import (house, 70);
  const BedTable *table = broker_table_peek (broker_core_peek_table (house->core));
  house_free_bed (house, "ward_a-01");
  house_free_bed (house, "ward_a-64");
  house_free_bed (house, "ward_a-65");
  g_assert_true (bed_table_read_unit (table, 0, &unit));
  g_assert_cmphex (unit.offerable, ==, G_GUINT64_CONSTANT (1) << 63 | 1);
  g_assert_cmpuint (unit.free, ==, 3);
}

static void
test_changes_are_told (House *house, gconstpointer data)
{
  const BedTable *table = broker_table_peek (broker_core_peek_table (house->core));
  guint64 before = get_revision (house);
  uint64_t position;
  BedChange changes[16];
  int n;

  house_run_accepted (house, "bed.close", "{'bed':'ward_b-01','reason':'repair'}");
  position = (uint64_t) bed_table_find_change (table, before);
  n = bed_table_read_changes (table, &position, changes, G_N_ELEMENTS (changes));
  g_assert_cmpint (n, >, 0);
  for (int i = 0; i < n; i++)
    g_assert_cmpuint (changes[i].revision, ==, get_revision (house));
}

static void
test_heartbeat (House *house, gconstpointer data)
{
  const BedTable *table = broker_table_peek (broker_core_peek_table (house->core));
  int64_t now_us;

  house->now_us += BED_SECOND_US;
  house->boottime_us += BED_SECOND_US;
  broker_core_tick (house->core);
  g_assert_cmpint (bed_table_get_heartbeat (table, &now_us), ==, house->boottime_us);
  g_assert_cmpint (now_us, ==, house->now_us);
}

/* A batch */

static void
test_twenty_for_one_bed (House *house, gconstpointer data)
{
  HouseAnswer answers[20] = { 0 };
  g_auto (GStrv) codes = g_new0 (char *, 21);
  guint n_won = 0;

  for (guint i = 0; i < 20; i++)
    codes[i] = house_submit (house, "flow");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *params = hold_params (codes[i], "ward_a-01", NULL);

      house_ask (house, "hold.take", params, &answers[i]);
    }
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *next = house_get (&answers[i], "next");

      n_won += answers[i].is_accepted;
      if (answers[i].is_accepted)
        continue;
      g_assert_cmpint (answers[i].error, ==, BED_ERROR_BED_TAKEN);
      g_assert_nonnull (next);
      g_assert_null (strstr (next, "ward_a-01"));
      g_assert_nonnull (strstr (next, "ward_a-02"));
    }
  g_assert_cmpuint (n_won, ==, 1);
  for (guint i = 0; i < 20; i++)
    house_answer_clear (&answers[i]);
}

static void
test_last_bed_has_no_next (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) answer = { 0 };
  g_autofree char *loser = house_submit (house, "flow");
  g_autofree char *params = hold_params (loser, "ward_a-01", NULL);
  g_autofree char *next = NULL;

  for (guint i = 1; i <= 3; i++)
    for (char ward = 'a'; ward <= 'b'; ward++)
      {
        g_autofree char *bed = g_strdup_printf ("ward_%c-%02u", ward, i);
        g_autofree char *code = house_submit (house, "flow");
        g_autofree char *hold = hold_params (code, bed, NULL);

        house_run_accepted (house, "hold.take", hold);
      }
  house_run (house, "hold.take", params, &answer);
  next = house_get (&answer, "next");
  g_assert_cmpint (answer.error, ==, BED_ERROR_BED_TAKEN);
  g_assert_null (next);
}

static void
test_one_revision_a_command (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) first = { 0 }, second = { 0 };
  guint64 before;

  broker_core_run_batch (house->core); /* what is due before them */
  before = get_revision (house);
  house_ask (house, "unit.confirm", "{'unit':'ward_a'}", &first);
  house_ask (house, "unit.confirm", "{'unit':'ward_b'}", &second);
  broker_core_run_batch (house->core);
  g_assert_cmpuint (first.revision, ==, before + 1);
  g_assert_cmpuint (second.revision, ==, before + 2);
}

static void
test_queue_full (House *house, gconstpointer data)
{
  HouseAnswer *answers = g_new0 (HouseAnswer, BROKER_QUEUE_MAX + 1);

  for (guint i = 0; i < BROKER_QUEUE_MAX; i++)
    house_ask (house, "bed.open", "{'bed':'ward_a-01'}", &answers[i]);
  g_assert_false (house_ask_as (house, "local", BED_ROLE_LOCAL, "bed.open", "{'bed':'ward_a-01'}",
                                &answers[BROKER_QUEUE_MAX]));
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, BROKER_BATCH_MAX);
  while (broker_core_get_n_waiting (house->core) > 0)
    broker_core_run_batch (house->core);
  g_assert_false (answers[BROKER_QUEUE_MAX].is_answered);
  for (guint i = 0; i < BROKER_QUEUE_MAX; i++)
    {
      g_assert_true (answers[i].is_answered);
      house_answer_clear (&answers[i]);
    }
  g_free (answers);
}

static void
test_close_answers_what_waits (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) answer = { 0 };

  house_ask (house, "unit.confirm", "{'unit':'ward_a'}", &answer);
  house_close (house);
  g_assert_true (answer.is_answered);
  g_assert_cmpint (answer.error, ==, BED_ERROR_UNAVAILABLE);
}

/* Keys */

#define CONFIRM_1 "{'unit':'ward_a','key':'" KEY_1 "'}"

static void
test_repeat_in_batch (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) first = { 0 }, again = { 0 };

  house_ask (house, "unit.confirm", CONFIRM_1, &first);
  house_ask (house, "unit.confirm", CONFIRM_1, &again);
  broker_core_run_batch (house->core);
  g_assert_true (first.is_accepted);
  g_assert_cmpstr (first.result, ==, again.result);
}

static void
test_repeat_later (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) first = { 0 }, again = { 0 };

  house_run (house, "unit.confirm", CONFIRM_1, &first);
  house_run_accepted (house, "unit.confirm", "{'unit':'ward_b'}");
  house_run (house, "unit.confirm", CONFIRM_1, &again);
  g_assert_true (again.is_accepted);
  g_assert_cmpstr (first.result, ==, again.result);
}

static void
test_repeat_after_restart (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *params = hold_params (code, "ward_a-01", KEY_1);
  g_auto (HouseAnswer) first = { 0 }, again = { 0 };

  house_run (house, "hold.take", params, &first);
  house_close (house);
  house_open (house);
  house_run (house, "hold.take", params, &again);
  g_assert_true (again.is_accepted);
  g_assert_cmpstr (first.result, ==, again.result);
}

/* The other of a couple and their bed are answered as well, and again after a restart. */
static void
test_repeat_of_a_couple (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *other = house_submit (house, "flow");
  g_autofree char *link = g_strdup_printf ("{'referral':'%s','with':'%s'}", code, other);
  g_autofree char *params = hold_params (code, "ward_a-01", KEY_1);
  g_autofree char *with = g_strdup_printf ("\"with\":{\"referral\":\"%s\",\"bed\":\"ward_a-", other);
  g_auto (HouseAnswer) first = { 0 }, again = { 0 };

  house_run_accepted (house, "referral.link", link);
  house_run (house, "hold.take", params, &first);
  g_assert_true (first.is_accepted);
  g_assert_nonnull (strstr (first.result, with));
  house_close (house);
  house_open (house);
  house_run (house, "hold.take", params, &again);
  g_assert_true (again.is_accepted);
  g_assert_cmpstr (first.result, ==, again.result);
}

static void
test_key_with_other_body (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) in_batch = { 0 }, later = { 0 };
  g_auto (HouseAnswer) first = { 0 };
  g_autofree char *member = NULL;

  house_ask (house, "unit.confirm", CONFIRM_1, &first);
  house_ask (house, "unit.confirm", "{'unit':'ward_b','key':'" KEY_1 "'}", &in_batch);
  broker_core_run_batch (house->core);
  house_run (house, "bed.open", "{'bed':'ward_a-01','key':'" KEY_1 "'}", &later);
  g_assert_cmpint (in_batch.error, ==, BED_ERROR_BAD_VALUE);
  g_assert_cmpint (later.error, ==, BED_ERROR_BAD_VALUE);
  member = house_get (&later, "member");
  g_assert_cmpstr (member, ==, "key");
}

static void
test_key_is_per_actor (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) first = { 0 }, other = { 0 };

  house_ask (house, "unit.confirm", CONFIRM_1, &first);
  house_ask_as (house, "mary", BED_ROLE_COORDINATOR, "unit.confirm", CONFIRM_1, &other);
  broker_core_run_batch (house->core);
  g_assert_true (other.is_accepted);
  g_assert_cmpuint (other.revision, ==, first.revision + 1);
}

static void
test_refused_leaves_no_trace (House *house, gconstpointer data)
{
  guint64 before = get_revision (house);

  house_run_refused (house, "bed.open", "{'bed':'ward_a-01','key':'" KEY_1 "'}", BED_ERROR_WRONG_STATE);
  g_assert_cmpuint (get_revision (house), ==, before);
  house_run_accepted (house, "bed.close", "{'bed':'ward_a-01','reason':'repair'}");
  house_run_accepted (house, "bed.open", "{'bed':'ward_a-01','key':'" KEY_1 "'}");
}

/* What refusals tell */

static void
test_tells_axis (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  g_autofree char *params = hold_params (code, "ward_a-01", NULL);
  g_auto (HouseAnswer) answer = { 0 };
  g_autofree char *axis = NULL;

  house_run_accepted (house, "bed.close", "{'bed':'ward_a-01','reason':'repair'}");
  house_run (house, "hold.take", params, &answer);
  axis = house_get (&answer, "axis");
  g_assert_cmpint (answer.error, ==, BED_ERROR_NOT_OFFERABLE);
  g_assert_cmpstr (axis, ==, "service");
}

static void
test_tells_missing (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) submitted = { 0 }, answer = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *params = NULL;
  g_autofree char *missing = NULL;

  house_run (house, "referral.submit",
             "{'lane':'flow','pathway':'supported','type':'rehab','needs':{'must':['ceiling_hoist','hoist']},"
             "'sex':'male','age_band':'65_74','home':'PO12','agreed':'yes','source':'qa_ward'}",
             &submitted);
  code = house_get (&submitted, "referral");
  params = hold_params (code, "ward_a-01", NULL);
  house_run (house, "hold.take", params, &answer);
  missing = house_get (&answer, "missing");
  g_assert_cmpint (answer.error, ==, BED_ERROR_NOT_SUITABLE);
  g_assert_cmpstr (missing, ==, "[\"ceiling_hoist\"]");
}

/* Status */

static void
test_status (House *house, gconstpointer data)
{
  g_auto (BedJson) json = { 0 };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *status;

  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  broker_core_print_status (house->core, &json);
  bed_json_end_object (&json);
  node = json_from_string (json.text->str, NULL);
  status = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (status, "beds"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (status, "places"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (status, "units"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (status, "revision"), ==, (gint64) get_revision (house));
  g_assert_cmpstr (json_object_get_string_member (status, "serving"), ==, "live");
}

#define EMPTY(path, test) g_test_add ("/core/" path, House, NULL, set_up_empty, test, tear_down)
#define FREE(path, test) g_test_add ("/core/" path, House, NULL, set_up_free, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  EMPTY ("start/empty", test_empty_start);
  EMPTY ("start/lock", test_lock);
  FREE ("start/same-state", test_restart_same_state);
  FREE ("start/new-epoch", test_restart_new_epoch);
  FREE ("stop/snapshot", test_clean_stop_saves_snapshot);
  FREE ("stop/answers", test_close_answers_what_waits);
  FREE ("table/is-register", test_published_is_register);
  EMPTY ("offerable-of-the-first-64", test_offerable_of_the_first_64);
  FREE ("table/changes", test_changes_are_told);
  FREE ("table/heartbeat", test_heartbeat);
  FREE ("batch/twenty-for-one-bed", test_twenty_for_one_bed);
  FREE ("batch/last-bed-has-no-next", test_last_bed_has_no_next);
  FREE ("batch/one-revision-a-command", test_one_revision_a_command);
  FREE ("batch/queue-full", test_queue_full);
  FREE ("key/repeat-in-batch", test_repeat_in_batch);
  FREE ("key/repeat-later", test_repeat_later);
  FREE ("key/repeat-after-restart", test_repeat_after_restart);
  FREE ("key/repeat-of-a-couple", test_repeat_of_a_couple);
  FREE ("key/other-body", test_key_with_other_body);
  FREE ("key/per-actor", test_key_is_per_actor);
  FREE ("key/refused-leaves-no-trace", test_refused_leaves_no_trace);
  FREE ("refusal/axis", test_tells_axis);
  FREE ("refusal/missing", test_tells_missing);
  FREE ("status", test_status);
  return g_test_run ();
}
