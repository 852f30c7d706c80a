/* test-ctl-world.c: the simulator's mirror of the feed, and what it finds to be due.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-simulate-world.h"

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
  g_assert_cmpint (person->situation, ==, CTL_PERSON_OFFERED);
  g_assert_cmpstr (person->offer, ==, "b");
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
  return g_test_run ();
}
