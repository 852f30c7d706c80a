/* test-ctl-world.c: the simulator's mirror of the feed, and what it finds to be due.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-simulate-world.h"

#include "common/bed-time.h"

#define SEED 42

#define UNIT                                                                                       \
  "{\"unit\":\"u\",\"owner\":\"o\",\"staffed_cap\":9,\"proxy\":false,\"rules\":{\"accepts\":"      \
  "\"lap\"}}"
#define BED(id, more)                                                                              \
  "{\"bed\":\"" id "\",\"unit\":\"u\",\"service\":\"open\",\"commitment\":\"none\"," more "}"
#define PERSON(code, more)                                                                         \
  "{\"referral\":\"" code "\",\"lane\":\"flow\",\"agreed\":\"yes\"," more "}"

static void
notice (CtlWorld *world, const char *method, const char *params)
{
  g_autoptr (JsonNode) node = json_from_string (params, NULL);
  g_assert_nonnull (node);
  ctl_world_notice (world, method, json_node_get_object (node));
}

static CtlWorld *
make_world (const char *beds, const char *people)
{
  CtlWorld *world = ctl_world_new (SEED);
  g_autofree char *params = g_strdup_printf ("{\"page\":1,\"pages\":1,\"units\":[" UNIT
                                             "],\"beds\":[%s],\"referrals\":[%s]}",
                                             beds, people);
  notice (world, "feed.snapshot", params);
  return world;
}

static CtlBedSituation
find_situation (const char *bed)
{
  g_autoptr (CtlWorld) world = make_world (bed, "");
  const CtlBed *found = g_hash_table_lookup (world->beds, "b");
  g_assert_nonnull (found);
  return found->situation;
}

static void
test_unseen (void)
{
  g_assert_cmpint (find_situation (BED ("b", "\"occupancy\":\"unknown\",\"readiness\":\"ready\"")),
                   ==, CTL_BED_UNSEEN);
}

static void
test_dirty (void)
{
  g_assert_cmpint (find_situation (BED ("b", "\"occupancy\":\"vacant\",\"readiness\":\"dirty\"")),
                   ==, CTL_BED_DIRTY);
}

static void
test_resident (void)
{
  g_assert_cmpint (find_situation (BED ("b", "\"occupancy\":\"occupied\",\"readiness\":\"ready\"")),
                   ==, CTL_BED_SETTLED);
}

static void
test_leaving (void)
{
  g_assert_cmpint (find_situation (BED ("b", "\"occupancy\":\"occupied\",\"readiness\":\"ready\","
                                             "\"expected_free_at\":\"2026-11-22T12:00:00.000Z\"")),
                   ==, CTL_BED_LEAVING);
}

/* Somebody the register knows leaves by placement.leave, not by a report. */
static void
test_known_person (void)
{
  g_assert_cmpint (
      find_situation (
          BED ("b", "\"occupancy\":\"occupied\",\"readiness\":\"ready\",\"referral\":\"K7Q-M4X\","
                    "\"expected_free_at\":\"2026-11-22T12:00:00.000Z\"")),
      ==, CTL_BED_SETTLED);
}

static void
test_not_in_effect (void)
{
  g_assert_cmpint (
      find_situation (
          BED ("b", "\"occupancy\":\"unknown\",\"readiness\":\"ready\",\"in_effect\":false")),
      ==, CTL_BED_SETTLED);
}

static void
test_filled (void)
{
  g_autoptr (CtlWorld) world
      = make_world (BED ("b", "\"occupancy\":\"unknown\",\"readiness\":\"ready\""), "");
  g_assert_false (ctl_units_are_filled (world));
  notice (world, "feed.changes",
          "{\"beds\":[" BED ("b", "\"occupancy\":\"vacant\",\"readiness\":\"ready\"") "]}");
  g_assert_true (ctl_units_are_filled (world));
}

static void
test_pages (void)
{
  g_autoptr (CtlWorld) world = make_world ("", "");
  notice (world, "feed.snapshot", "{\"page\":1,\"pages\":2,\"units\":[" UNIT "]}");
  g_assert_false (world->is_whole);
  notice (world, "feed.snapshot",
          "{\"page\":2,\"pages\":2,\"beds\":[" BED ("b", "\"occupancy\":\"vacant\"") "]}");
  g_assert_true (world->is_whole);
}

static void
test_person_offered (void)
{
  g_autoptr (CtlWorld) world
      = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\",\"offer\":{\"bed\":\"b\"}"));
  const CtlPerson *person = g_hash_table_lookup (world->people, "K7Q-M4X");
  g_assert_cmpstr (person->offer, ==, "b");
  g_assert_cmpfloat (person->due[CTL_ACT_PLACE], <, CTL_NEVER);
}

/* What made sense while they waited makes none once the bed is held, and the other way round. */
static void
test_person_held (void)
{
  g_autoptr (CtlWorld) world
      = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\",\"offer\":{\"bed\":\"b\"}"));
  notice (world, "feed.changes", "{\"referrals\":[" PERSON ("K7Q-M4X", "\"state\":\"held\"") "]}");
  const CtlPerson *person = g_hash_table_lookup (world->people, "K7Q-M4X");
  g_assert_cmpfloat (person->due[CTL_ACT_PLACE], ==, CTL_NEVER);
  g_assert_cmpfloat (person->due[CTL_ACT_ANSWER], <, CTL_NEVER);
}

/* A hold that ends without a word of ours has run out. */
static void
test_hold_expired (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"held\""));
  notice (world, "feed.changes", "{\"referrals\":[" PERSON ("K7Q-M4X", "\"state\":\"waiting\"") "]}");
  g_assert_cmpuint (world->tally.holds_expired, ==, 1);
}

/* A limit that passes is counted once, under one cause. */
static void
test_breach (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\""));
  for (guint i = 0; i < 2; i++)
    notice (world, "feed.changes",
            "{\"referrals\":[" PERSON ("K7Q-M4X", "\"state\":\"waiting\",\"clocks\":[{\"clock\":\"bed_start\","
                                                "\"breached\":true}]") "]}");
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (world->tally.breaches, "bed_start no_such_bed")), ==, 1);
}

/* The end: register against belief */

static void
test_check_agrees (void)
{
  g_autoptr (CtlWorld) world
      = make_world (BED ("b", "\"occupancy\":\"occupied\",\"referral\":\"K7Q-M4X\""),
                    PERSON ("K7Q-M4X", "\"state\":\"arrived\",\"bed\":\"b\""));
  g_auto (CtlFindings) findings = { 0 };
  CtlPerson *person = ctl_world_take_person (world, "K7Q-M4X");
  person->is_ours = TRUE;
  person->stays_in = g_strdup ("b");
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.lines->len, ==, 0);
  g_assert_cmpuint (findings.n_beds, ==, 1);
}

static void
test_check_phantom (void)
{
  g_autoptr (CtlWorld) world = make_world (BED ("b", "\"occupancy\":\"occupied\""), "");
  g_auto (CtlFindings) findings = { 0 };
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.phantoms, ==, 1);
}

static void
test_check_unseen_resident (void)
{
  g_autoptr (CtlWorld) world = make_world (BED ("b", "\"occupancy\":\"vacant\""), "");
  g_auto (CtlFindings) findings = { 0 };
  ctl_world_find_bed (world, "b")->resident = CTL_SOMEBODY;
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.phantoms, ==, 1);
}

static void
test_check_strange (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\""));
  g_auto (CtlFindings) findings = { 0 };
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.strange, ==, 1);
}

static void
test_check_stuck (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\""));
  g_auto (CtlFindings) findings = { 0 };
  CtlPerson *person = ctl_world_take_person (world, "K7Q-M4X");
  person->is_ours = TRUE;
  for (guint act = 0; act < CTL_N_ACTS; act++)
    person->due[act] = CTL_NEVER;
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.stuck, ==, 1);
}

/* Accepted, transport cancelled, and nobody of ours will do anything: the register takes the bed back, unless
 * that should have been long ago. */
static void
count_stuck_while_kept (gint64 until_us, guint stuck)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"accepted\""));
  g_auto (CtlFindings) findings = { 0 };
  CtlPerson *person = ctl_world_take_person (world, "K7Q-M4X");
  person->is_ours = TRUE;
  for (guint act = 0; act < CTL_N_ACTS; act++)
    person->due[act] = CTL_NEVER;
  person->until_us = until_us;
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.stuck, ==, stuck);
}

static void
test_check_kept (void)
{
  g_autoptr (CtlWorld) world = make_world ("", "");
  gint64 now_us = ctl_world_read_utc (world);
  count_stuck_while_kept (0, 1);
  count_stuck_while_kept (now_us + 20 * BED_HOUR_US, 0);
  count_stuck_while_kept (now_us - 25 * BED_HOUR_US, 1);
}

static void
test_check_lost (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\""));
  g_auto (CtlFindings) findings = { 0 };
  ctl_world_take_person (world, "K7Q-M4X")->is_ours = TRUE;
  notice (world, "feed.changes", "{\"gone\":{\"referrals\":[\"K7Q-M4X\"]}}");
  ctl_check (world, &findings);
  g_assert_cmpuint (findings.lost, ==, 1);
}

/* Time */

/* Of several time stamps the one that was least late counts. */
static void
test_time_hears (void)
{
  CtlTime time = { .speed = 100 };
  ctl_time_hear (&time, 1000, 5000000);
  ctl_time_hear (&time, 2000, 5050000); /* late */
  g_assert_cmpint (ctl_time_read (&time, 3000), ==, 5200000);
  ctl_time_hear (&time, 3000, 5300000);
  g_assert_cmpint (ctl_time_read (&time, 3000), ==, 5300000);
}

/* Friday 4 December 2026, 18:30: an office opens again on Monday at 9. */
static void
test_time_shift (void)
{
  const CtlShift office = { 9, 17, TRUE };
  gint64 at_us = 0;
  gint64 monday_us = 0;
  g_assert_true (bed_time_parse ("2026-12-04T18:30:00Z", &at_us));
  g_assert_true (bed_time_parse ("2026-12-07T09:00:00Z", &monday_us));
  g_assert_cmpuint (ctl_time_get_weekday (at_us), ==, 4);
  g_assert_cmpint (ctl_time_find_shift (&office, at_us), ==, monday_us);
  g_assert_cmpint (ctl_time_find_shift (&office, monday_us + 1), ==, monday_us + 1);
}

static void
test_quantiles (void)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_assert_cmpfloat (ctl_tally_find_quantile (values, 0.5), ==, 0);
  for (guint i = 100; i > 0; i--)
    ctl_tally_add (values, i);
  g_assert_cmpfloat (ctl_tally_find_quantile (values, 0.5), ==, 51);
  g_assert_cmpfloat (ctl_tally_find_quantile (values, 0.9), ==, 91);
  g_assert_cmpfloat (ctl_tally_find_mean (values), ==, 50.5);
}

/* Stays are lognormal: half of them lie below the median. */
static void
test_stays (void)
{
  g_autoptr (CtlWorld) world = ctl_world_new (SEED);
  guint below = 0;
  for (guint i = 0; i < 2000; i++)
    below += ctl_world_draw_days (world, 23, 0.5) < 23;
  g_assert_cmpuint (below, >, 900);
  g_assert_cmpuint (below, <, 1100);
}

static void
test_person_gone (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\""));
  notice (world, "feed.changes", "{\"gone\":{\"referrals\":[\"K7Q-M4X\"]}}");
  g_assert_cmpuint (g_hash_table_size (world->people), ==, 0);
}

static void
test_bed_gone (void)
{
  g_autoptr (CtlWorld) world
      = make_world (BED ("b", "\"occupancy\":\"vacant\",\"readiness\":\"dirty\""), "");
  notice (world, "feed.changes", "{\"gone\":{\"beds\":[\"b\",\"nowhere\"]}}");
  const CtlBed *bed = g_hash_table_lookup (world->beds, "b");
  g_assert_cmpint (bed->situation, ==, CTL_BED_SETTLED);
}

/* A snapshot replaces everything: who is not in it is gone. */
static void
test_snapshot_replaces (void)
{
  g_autoptr (CtlWorld) world = make_world ("", PERSON ("K7Q-M4X", "\"state\":\"waiting\""));
  notice (world, "feed.snapshot",
          "{\"page\":1,\"pages\":1,\"referrals\":[" PERSON ("BBB-BBB", "\"state\":\"held\"") "]}");
  g_assert_false (g_hash_table_contains (world->people, "K7Q-M4X"));
  g_assert_true (g_hash_table_contains (world->people, "BBB-BBB"));
}

static void
test_hostile (void)
{
  g_autoptr (CtlWorld) world = make_world ("", "");
  notice (world, "feed.changes",
          "{\"units\":[{\"unit\":7},4],\"beds\":[{\"bed\":\"x\",\"unit\":\"nowhere\"},{}],"
          "\"referrals\":{\"a\":1},\"gone\":[]}");
  g_assert_cmpuint (g_hash_table_size (world->beds), ==, 0);
  g_assert_cmpuint (g_hash_table_size (world->units), ==, 1);
}

/* The same seed draws the same delays: traffic can be repeated. */
static void
test_seed (void)
{
  g_autoptr (CtlWorld) one = ctl_world_new (SEED);
  g_autoptr (CtlWorld) two = ctl_world_new (SEED);
  for (guint i = 0; i < 100; i++)
    g_assert_true (ctl_world_draw_due (one, 60) == ctl_world_draw_due (two, 60));
}

static void
test_delays (void)
{
  g_autoptr (CtlWorld) world = ctl_world_new (SEED);
  world->now_min = 1000;
  for (guint i = 0; i < 1000; i++)
    {
      double due = ctl_world_draw_due (world, 60);
      g_assert_cmpfloat (due, >=, 1015);
      g_assert_cmpfloat (due, <=, 1240);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl-world/bed/unseen", test_unseen);
  g_test_add_func ("/ctl-world/bed/dirty", test_dirty);
  g_test_add_func ("/ctl-world/bed/resident", test_resident);
  g_test_add_func ("/ctl-world/bed/leaving", test_leaving);
  g_test_add_func ("/ctl-world/bed/known-person", test_known_person);
  g_test_add_func ("/ctl-world/bed/not-in-effect", test_not_in_effect);
  g_test_add_func ("/ctl-world/filled", test_filled);
  g_test_add_func ("/ctl-world/pages", test_pages);
  g_test_add_func ("/ctl-world/person/offered", test_person_offered);
  g_test_add_func ("/ctl-world/person/gone", test_person_gone);
  g_test_add_func ("/ctl-world/bed/gone", test_bed_gone);
  g_test_add_func ("/ctl-world/snapshot-replaces", test_snapshot_replaces);
  g_test_add_func ("/ctl-world/hostile", test_hostile);
  g_test_add_func ("/ctl-world/seed", test_seed);
  g_test_add_func ("/ctl-world/delays", test_delays);
  g_test_add_func ("/ctl-world/person/held", test_person_held);
  g_test_add_func ("/ctl-world/person/hold-expired", test_hold_expired);
  g_test_add_func ("/ctl-world/person/breach", test_breach);
  g_test_add_func ("/ctl-world/check/agrees", test_check_agrees);
  g_test_add_func ("/ctl-world/check/phantom", test_check_phantom);
  g_test_add_func ("/ctl-world/check/unseen-resident", test_check_unseen_resident);
  g_test_add_func ("/ctl-world/check/strange", test_check_strange);
  g_test_add_func ("/ctl-world/check/stuck", test_check_stuck);
  g_test_add_func ("/ctl-world/check/kept", test_check_kept);
  g_test_add_func ("/ctl-world/check/lost", test_check_lost);
  g_test_add_func ("/ctl-world/time/hears", test_time_hears);
  g_test_add_func ("/ctl-world/time/shift", test_time_shift);
  g_test_add_func ("/ctl-world/quantiles", test_quantiles);
  g_test_add_func ("/ctl-world/stays", test_stays);
  return g_test_run ();
}
