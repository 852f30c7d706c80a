/* test-core-clock.c: what the core does of itself: due commands, quarters, time, proposals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-house.h"

#include "broker/broker-proposals.h"

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
hold_params (const char *code, const char *bed)
{
  return g_strdup_printf ("{'referral':'%s','bed':'%s'}", code, bed);
}

static guint64
get_revision (House *house)
{
  return broker_core_get_revision (house->core);
}

/* The clock's own commands */

static void
test_hold_expires (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "urgent");
  g_autofree char *params = hold_params (code, "ward_a-01");

  house_run_accepted (house, "hold.take", params);
  house->now_us += 60 * BED_MINUTE_US - 1;
  broker_core_run_batch (house->core);
  g_assert_cmpint (house_peek_referral (house, code)->state, ==, BED_STATE_HELD);
  house->now_us += 1;
  broker_core_run_batch (house->core);
  g_assert_cmpint (house_peek_referral (house, code)->state, ==, BED_STATE_WAITING);
  g_assert_cmpint (house_peek_bed (house, "ward_a-01")->commitment, ==, BED_COMMITMENT_NONE);
}

static void
test_due_comes_first (House *house, gconstpointer data)
{
  g_autofree char *holder = house_submit (house, "urgent");
  g_autofree char *other = house_submit (house, "urgent");
  g_autofree char *first = hold_params (holder, "ward_a-01");
  g_autofree char *second = hold_params (other, "ward_a-01");

  house_run_accepted (house, "hold.take", first);
  house->now_us += 60 * BED_MINUTE_US;
  house_run_accepted (house, "hold.take", second);
}

/* Goes on until nothing is due at once. */
static void
settle (House *house)
{
  for (guint i = 0; i < 20 && broker_core_get_wake (house->core) <= house->now_us; i++)
    {
      broker_core_run_batch (house->core);
      house->now_us += BROKER_PROPOSALS_EVERY_US;
    }
}

static void
test_wakes_when_due (House *house, gconstpointer data)
{
  settle (house);
  gint64 wake_us = broker_core_get_wake (house->core);
  g_assert_cmpint (wake_us, >, house->now_us);
  g_assert_cmpint (wake_us, <=, house->now_us + BED_HISTORY_MINUTES * BED_MINUTE_US);
}

static void
test_rests_until_due (House *house, gconstpointer data)
{
  settle (house);
  g_assert_cmpint (broker_core_get_rest (house->core), ==, broker_core_get_wake (house->core) - house->now_us);
}

/* A clock that runs a hundred times as fast is awaited for a hundredth of the time. */
static void
test_rests_by_its_speed (House *house, gconstpointer data)
{
  house_close (house);
  house->settings.clock_speed = 100;
  house_open (house);
  settle (house);
  g_assert_cmpint (broker_core_get_rest (house->core), ==,
                   (broker_core_get_wake (house->core) - house->now_us) / 100);
}

static char *
print_status (House *house)
{
  g_auto (BedJson) json = { 0 };

  bed_json_init (&json, 512);
  bed_json_begin_object (&json);
  broker_core_print_status (house->core, &json);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

/* Of such a clock it says that it is not the world's, and of the world's nothing. */
static void
test_status_says_speed (House *house, gconstpointer data)
{
  g_autofree char *plain = print_status (house);

  house_close (house);
  house->settings.clock_speed = 100;
  house_open (house);
  g_autofree char *fast = print_status (house);
  g_assert_null (strstr (plain, "virtual_clock"));
  g_assert_nonnull (strstr (fast, "\"virtual_clock\":100"));
}

static void
test_quarters (House *house, gconstpointer data)
{
  const BedTable *table = broker_table_peek (broker_core_peek_table (house->core));
  uint64_t before = bed_table_get_history_head (table);

  g_assert_cmpuint (before, >, 0); /* one was due at the start */
  house->now_us += BED_HISTORY_MINUTES * BED_MINUTE_US;
  broker_core_run_batch (house->core);
  broker_core_run_batch (house->core);
  g_assert_cmpuint (bed_table_get_history_head (table), ==, before + 1);
}

static void
test_quarter_not_twice_after_restart (House *house, gconstpointer data)
{
  uint64_t before = bed_table_get_history_head (broker_table_peek (broker_core_peek_table (house->core)));

  house_close (house);
  house_open (house);
  broker_core_run_batch (house->core);
  g_assert_cmpuint (bed_table_get_history_head (broker_table_peek (broker_core_peek_table (house->core))), ==, before);
}

static void
test_time_never_goes_back (House *house, gconstpointer data)
{
  gint64 at_us;

  house_run_accepted (house, "unit.confirm", "{'unit':'ward_a'}");
  at_us = broker_core_get_last_event_us (house->core);
  house->now_us -= BED_DAY_US;
  house_run_accepted (house, "unit.confirm", "{'unit':'ward_a'}");
  g_assert_cmpint (broker_core_get_last_event_us (house->core), ==, at_us);
  house_close (house);
  house_open (house);
  house_run_accepted (house, "unit.confirm", "{'unit':'ward_a'}");
  g_assert_cmpint (broker_core_get_last_event_us (house->core), ==, at_us);
}

/* Proposals */

static void
run_proposals (House *house)
{
  house->now_us += BROKER_PROPOSALS_EVERY_US;
  broker_core_run_batch (house->core);
}

static guint32
find_bed (House *house, const char *bed)
{
  return bed_places_find_bed (broker_register_peek_places (broker_core_peek_register (house->core)), bed);
}

static void
test_proposes_nearest (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");

  run_proposals (house);
  g_assert_cmpuint (house_peek_referral (house, code)->offer_bed, ==, find_bed (house, "ward_a-01"));
}

static void
test_proposes_each_bed_once (House *house, gconstpointer data)
{
  g_autofree char *first = house_submit (house, "flow");
  g_autofree char *second = house_submit (house, "flow");

  run_proposals (house);
  g_assert_cmpuint (house_peek_referral (house, first)->offer_bed, !=, BED_NONE);
  g_assert_cmpuint (house_peek_referral (house, second)->offer_bed, !=, BED_NONE);
  g_assert_cmpuint (house_peek_referral (house, first)->offer_bed, !=,
                    house_peek_referral (house, second)->offer_bed);
}

static void
test_proposes_urgent_first (House *house, gconstpointer data)
{
  g_autofree char *flow = house_submit (house, "flow");
  g_autofree char *urgent = NULL;

  run_proposals (house);
  house->now_us += BED_MINUTE_US;
  urgent = house_submit (house, "urgent");
  run_proposals (house);
  g_assert_cmpuint (house_peek_referral (house, urgent)->offer_bed, ==, find_bed (house, "ward_a-01"));
  g_assert_cmpuint (house_peek_referral (house, flow)->offer_bed, ==, find_bed (house, "ward_a-02"));
}

static void
test_proposal_is_taken_back (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");

  run_proposals (house);
  house_run_accepted (house, "bed.close", "{'bed':'ward_a-01','reason':'repair'}");
  run_proposals (house);
  g_assert_cmpuint (house_peek_referral (house, code)->offer_bed, ==, find_bed (house, "ward_a-02"));
}

static void
test_proposals_settle (House *house, gconstpointer data)
{
  g_autofree char *code = house_submit (house, "flow");
  guint64 revision;

  run_proposals (house);
  revision = get_revision (house);
  for (guint i = 0; i < 10; i++)
    run_proposals (house);
  g_assert_cmpuint (get_revision (house), ==, revision);
  g_assert_nonnull (code);
}

static void
test_proposals_not_too_often (House *house, gconstpointer data)
{
  g_autofree char *first = house_submit (house, "flow");
  g_autofree char *second = NULL;

  run_proposals (house);
  house->now_us += BROKER_PROPOSALS_EVERY_US / 2;
  second = house_submit (house, "flow");
  broker_core_run_batch (house->core);
  g_assert_cmpuint (house_peek_referral (house, second)->offer_bed, ==, BED_NONE);
  house->now_us += BROKER_PROPOSALS_EVERY_US / 2;
  broker_core_run_batch (house->core);
  g_assert_cmpuint (house_peek_referral (house, second)->offer_bed, !=, BED_NONE);
}

/* People beyond those looked at keep what they were shown, until somebody before them gets it. */
static void
test_proposals_beyond_the_looked_at (House *house, gconstpointer data)
{
  g_autofree char *last = house_submit (house, "flow");
  g_auto (GStrv) urgent = g_new0 (char *, BROKER_PROPOSALS_LOOKED + 1);

  run_proposals (house);
  g_assert_cmpuint (house_peek_referral (house, last)->offer_bed, ==, find_bed (house, "ward_a-01"));
  for (guint i = 0; i < BROKER_PROPOSALS_LOOKED - 1; i++)
    urgent[i] = house_submit (house, "urgent");
  run_proposals (house);
  urgent[BROKER_PROPOSALS_LOOKED - 1] = house_submit (house, "urgent");
  run_proposals (house);
  g_assert_cmpuint (house_peek_referral (house, urgent[0])->offer_bed, ==, find_bed (house, "ward_a-01"));
  g_assert_cmpuint (house_peek_referral (house, last)->offer_bed, ==, BED_NONE);
}

#define FREE(path, test) g_test_add ("/core-clock/" path, House, NULL, set_up_free, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FREE ("clock/hold-expires", test_hold_expires);
  FREE ("clock/due-comes-first", test_due_comes_first);
  FREE ("clock/wakes-when-due", test_wakes_when_due);
  FREE ("clock/rests-until-due", test_rests_until_due);
  FREE ("clock/rests-by-its-speed", test_rests_by_its_speed);
  FREE ("clock/status-says-speed", test_status_says_speed);
  FREE ("clock/quarters", test_quarters);
  FREE ("clock/quarter-not-twice", test_quarter_not_twice_after_restart);
  FREE ("clock/never-back", test_time_never_goes_back);
  FREE ("proposal/nearest", test_proposes_nearest);
  FREE ("proposal/each-bed-once", test_proposes_each_bed_once);
  FREE ("proposal/urgent-first", test_proposes_urgent_first);
  FREE ("proposal/taken-back", test_proposal_is_taken_back);
  FREE ("proposal/beyond-the-looked-at", test_proposals_beyond_the_looked_at);
  FREE ("proposal/settles", test_proposals_settle);
  FREE ("proposal/not-too-often", test_proposals_not_too_often);
  return g_test_run ();
}
