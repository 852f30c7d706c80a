/* test-gateway-feed.c: what subscribers of a gateway are shown: snapshots and changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

#include "broker/gateway/gateway-window.h"

static void
set_up_large (GatewayHouse *f, gconstpointer unused)
{
  house_set_up_sized (f, 4000, 8192);
}

/* The feed */

static void
test_snapshot (GatewayHouse *f, gconstpointer unused)
{
  JsonObject *page = house_follow (f, &f->client, "coordinator");

  g_assert_cmpint (json_object_get_int_member (page, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpuint (live_client_count_rows (page, "laps"), ==, 2);
  g_assert_cmpuint (live_client_count_rows (page, "units"), ==, 4);
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, HOUSE_BEDS);
}

/* To those who refer: where people may come from, and whose they are then. */
static void
test_snapshot_districts (GatewayHouse *f, gconstpointer unused)
{
  static const char *const others[] = { "wallboard", "unit", "analyst" };
  JsonObject *row = live_client_find_row (house_follow (f, &f->client, "coordinator"), "districts", "district", "SO2");
  LiveClient client;

  g_assert_nonnull (row);
  g_assert_cmpstr (json_object_get_string_member (row, "lap"), ==, "lap-0");
  g_assert_cmpint (json_object_get_int_member (row, "easting"), ==, 432000);
  g_assert_cmpint (json_object_get_int_member (row, "northing"), ==, 110000);
  g_assert_cmpuint (live_client_count_rows (house_follow (f, &client, "referrer"), "districts"), ==, 3);
  live_client_clear (&client);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_false (json_object_has_member (house_follow (f, &client, others[i]), "districts"));
      live_client_clear (&client);
    }
}

/* Begins an epoch with as many districts as a register may know. */
static void
know_all_districts (GatewayHouse *f)
{
  Records *made = &f->broker.made;

  small_broker_die (&f->broker);
  free (made->districts);
  made->districts = calloc (BED_MAX_DISTRICTS, sizeof (BedDistrict));
  g_assert_nonnull (made->districts);
  made->records.districts = made->districts;
  made->records.sizes.districts = BED_MAX_DISTRICTS;
  records_fill_places (made, &made->records.sizes);
  small_broker_make_table (&f->broker);
  small_broker_live (&f->broker);
}

/* They take more than the first page, and none is left out. */
static void
test_many_districts (GatewayHouse *f, gconstpointer unused)
{
  guint n = 0;
  JsonObject *page;

  house_follow (f, &f->client, "coordinator");
  know_all_districts (f);
  do
    {
      page = live_client_wait_next (&f->client, "feed.snapshot");
      if (json_object_has_member (page, "districts"))
        n += live_client_count_rows (page, "districts");
    }
  while (json_object_get_int_member (page, "page") < json_object_get_int_member (page, "pages"));
  g_assert_cmpint (json_object_get_int_member (page, "epoch"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (page, "pages"), >, 1);
  g_assert_cmpuint (n, ==, BED_MAX_DISTRICTS);
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, HOUSE_BEDS);
}

static void
test_state_is_told (GatewayHouse *f, gconstpointer unused)
{
  house_follow (f, &f->client, "coordinator");
  f->client.taken = 0;
  JsonObject *state = live_client_wait_next (&f->client, "feed.state");
  g_assert_cmpstr (json_object_get_string_member (state, "state"), ==, "live");
}

static void
test_changes_without_gap (GatewayHouse *f, gconstpointer unused)
{
  gint64 cursor = json_object_get_int_member (house_follow (f, &f->client, "coordinator"), "revision");

  for (guint i = 0; i < 10; i++)
    {
      small_broker_change_bed (&f->broker, i, BED_DISPLAY_HELD);
      JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
      g_assert_cmpint (json_object_get_int_member (change, "from"), ==, cursor);
      cursor = json_object_get_int_member (change, "revision");
      g_assert_cmpint (cursor, ==, (gint64) f->broker.revision);
      g_assert_cmpuint (live_client_count_rows (change, "beds"), ==, 1);
    }
}

static void
test_newest_value_once (GatewayHouse *f, gconstpointer unused)
{
  house_follow (f, &f->client, "coordinator");
  for (guint i = 0; i < 20; i++)
    small_broker_change_bed (&f->broker, 7, i % 2 ? BED_DISPLAY_HELD : BED_DISPLAY_CLEANING);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (change, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpuint (live_client_count_rows (change, "beds"), ==, 1);
  JsonObject *row = live_client_find_row (change, "beds", "bed", "unit-0-08");
  g_assert_cmpstr (json_object_get_string_member (row, "display"), ==, "held");
}

static guint
count_changes (GatewayHouse *f)
{
  return live_client_count (&f->client, "feed.changes");
}

/* Publishes changes one at a time: each of a window has come before the next is made. */
static void
change_slowly (GatewayHouse *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint before = count_changes (f);
      small_broker_change_bed (&f->broker, i % HOUSE_BEDS, BED_DISPLAY_HELD);
      if (before < GATEWAY_WINDOW)
        SMALL_WAIT (count_changes (f) == before + 1);
    }
}

static void
test_window (GatewayHouse *f, gconstpointer unused)
{
  house_follow (f, &f->client, "coordinator");
  SMALL_WAIT (live_client_count (&f->client, "feed.state") == 1);
  f->client.acknowledges = FALSE;
  change_slowly (f, GATEWAY_WINDOW + 20);
  g_assert_cmpuint (count_changes (f), ==, GATEWAY_WINDOW);

  /* The acknowledgement of the last one frees the whole window: one merged change follows. */
  JsonNode *last = f->client.messages->pdata[f->client.messages->len - 1];
  live_client_acknowledge (&f->client, last);
  SMALL_WAIT (count_changes (f) > GATEWAY_WINDOW);
  g_assert_cmpuint (count_changes (f), ==, GATEWAY_WINDOW + 1);
  JsonObject *merged = live_client_params (f->client.messages->pdata[f->client.messages->len - 1]);
  g_assert_cmpint (json_object_get_int_member (merged, "from"), ==,
                   json_object_get_int_member (live_client_params (last), "revision"));
  g_assert_cmpint (json_object_get_int_member (merged, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpuint (live_client_count_rows (merged, "beds"), ==, 20);
}

static void
test_off_the_ring (GatewayHouse *f, gconstpointer unused)
{
  house_follow (f, &f->client, "coordinator");
  f->client.acknowledges = FALSE;
  change_slowly (f, GATEWAY_WINDOW + 1);
  guint before = live_client_count (&f->client, "feed.snapshot");
  for (guint i = 0; i < 2 * HOUSE_CHANGES; i++)
    small_broker_change_bed (&f->broker, i % HOUSE_BEDS, BED_DISPLAY_CLEANING);
  live_client_acknowledge (&f->client, f->client.messages->pdata[f->client.messages->len - 1]);
  SMALL_WAIT (live_client_count (&f->client, "feed.snapshot") == before + 1);
  JsonObject *page = live_client_params (f->client.messages->pdata[f->client.messages->len - 1]);
  g_assert_cmpint (json_object_get_int_member (page, "revision"), ==, (gint64) f->broker.revision);
}

static char *
print_since (GatewayHouse *f, guint64 epoch, gint64 revision)
{
  return g_strdup_printf ("{\"since\":{\"epoch\":%" G_GUINT64_FORMAT ",\"revision\":%" G_GINT64_FORMAT "}}", epoch,
                          revision);
}

static void
test_resume (GatewayHouse *f, gconstpointer unused)
{
  LiveClient again;
  gint64 cursor = json_object_get_int_member (house_follow (f, &f->client, "coordinator"), "revision");
  g_autofree char *since = print_since (f, f->broker.epoch, cursor);

  small_broker_change_bed (&f->broker, 1, BED_DISPLAY_HELD);
  house_open_as (f, &again, "coordinator");
  JsonObject *answer = house_subscribe (&again, since);
  g_assert_true (json_object_get_boolean_member (answer, "resumed"));
  g_assert_cmpint (json_object_get_int_member (answer, "revision"), ==, cursor);
  g_assert_cmpint (json_object_get_int_member (answer, "head"), >, cursor);
  JsonObject *change = live_client_wait_next (&again, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (change, "from"), ==, cursor);
  g_assert_cmpuint (live_client_count (&again, "feed.snapshot"), ==, 0);
  live_client_clear (&again);
}

static void
test_resume_of_another_epoch (GatewayHouse *f, gconstpointer unused)
{
  LiveClient again;
  gint64 cursor = json_object_get_int_member (house_follow (f, &f->client, "coordinator"), "revision");
  g_autofree char *since = print_since (f, f->broker.epoch + 1, cursor);

  house_open_as (f, &again, "coordinator");
  g_assert_false (json_object_get_boolean_member (house_subscribe (&again, since), "resumed"));
  live_client_wait_next (&again, "feed.snapshot");
  live_client_clear (&again);
}

static void
test_resume_of_other_eyes (GatewayHouse *f, gconstpointer unused)
{
  /* Nobody has looked like this before: what it was shown is not known, so it is shown all. */
  gint64 cursor = (gint64) f->broker.revision;
  small_broker_change_bed (&f->broker, 1, BED_DISPLAY_HELD);
  g_autofree char *since = print_since (f, f->broker.epoch, cursor);

  house_open_as (f, &f->client, "coordinator");
  g_assert_false (json_object_get_boolean_member (house_subscribe (&f->client, since), "resumed"));
}

static void
test_scope (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "coordinator");
  house_subscribe (&f->client, "{\"unit\":\"unit-2\"}");
  JsonObject *page = live_client_wait_next (&f->client, "feed.snapshot");
  g_assert_cmpuint (live_client_count_rows (page, "units"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (page, "beds"), ==, HOUSE_BEDS / 4);
}

static void
test_bad_scopes (GatewayHouse *f, gconstpointer unused)
{
  static const struct
  {
    const char *params;
    const char *reason;
  } bad[] = { { "{\"unit\":\"unit-1\"}", "forbidden" }, /* not this unit's */
              { "{\"unit\":\"nowhere\"}", "unknown_unit" },
              { "{\"lap\":\"nowhere\"}", "bad_value" },
              { "{\"lap\":7}", "bad_value" },
              { "{\"since\":7}", "bad_value" },
              { "{\"since\":{\"epoch\":\"x\"}}", "bad_value" } };
  const char *reason;

  house_open_as (f, &f->client, "unit");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      live_client_ask (&f->client, "feed.subscribe", bad[i].params, &reason);
      g_assert_cmpstr (reason, ==, bad[i].reason);
    }
}

static void
test_large_snapshot (GatewayHouse *f, gconstpointer unused)
{
  guint beds = 0;
  gint64 pages = 0;

  house_open_as (f, &f->client, "coordinator");
  house_subscribe (&f->client, "{}");
  /* Unacknowledged, it stops at the window; each acknowledgement brings the next page. */
  for (gint64 page = 1; pages == 0 || page <= pages; page++)
    {
      JsonObject *params = live_client_wait_next (&f->client, "feed.snapshot");
      g_assert_cmpint (json_object_get_int_member (params, "page"), ==, page);
      pages = json_object_get_int_member (params, "pages");
      beds += live_client_count_rows (params, "beds");
      live_client_acknowledge (&f->client, f->client.messages->pdata[f->client.taken - 1]);
    }
  g_assert_cmpint (pages, >, 4);
  g_assert_cmpuint (beds, ==, 4000);
}

static void
test_snapshot_stops_at_the_window (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "coordinator");
  house_subscribe (&f->client, "{}");
  live_client_wait_next (&f->client, "feed.snapshot");
  gint64 until_us = g_get_monotonic_time () + 300000;
  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  guint n = live_client_count (&f->client, "feed.snapshot");
  JsonObject *page = live_client_params (f->client.messages->pdata[f->client.messages->len - 1]);
  g_assert_cmpuint (n, <, json_object_get_int_member (page, "pages"));
  g_assert_cmpuint (n, <=, 4);
}

static void
test_paged_change (GatewayHouse *f, gconstpointer unused)
{
  guint beds = 0;

  house_follow (f, &f->client, "coordinator");
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, 700);
  for (guint i = 0; i < 700; i++)
    {
      const BedBedRow row = { .revision = f->broker.revision, .referral = BED_NONE, .flags = BED_FLAG_IN_EFFECT,
                              .features_out = (G_GUINT64_CONSTANT (1) << BED_NEED_N) - 1 };
      broker_table_write_bed (f->broker.table, i, &row);
    }
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  for (gint64 page = 1; page <= 2; page++)
    {
      JsonObject *params = live_client_wait_next (&f->client, "feed.changes");
      g_assert_cmpint (json_object_get_int_member (params, "page"), ==, page);
      g_assert_cmpint (json_object_get_int_member (params, "pages"), ==, 2);
      beds += live_client_count_rows (params, "beds");
    }
  g_assert_cmpuint (beds, ==, 700);
  /* Both pages are acknowledged, and the next change goes on from there. */
  small_broker_change_bed (&f->broker, 0, BED_DISPLAY_HELD);
  JsonObject *next = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpint (json_object_get_int_member (next, "from"), ==, (gint64) f->broker.revision - 1);
  g_assert_false (json_object_has_member (next, "page"));
}

static void
test_change_too_large_is_a_snapshot (GatewayHouse *f, gconstpointer unused)
{
  house_follow (f, &f->client, "coordinator");
  guint before = live_client_count (&f->client, "feed.snapshot");
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, 4000);
  for (guint i = 0; i < 4000; i++)
    {
      const BedBedRow row = { .revision = f->broker.revision, .referral = BED_NONE, .flags = BED_FLAG_IN_EFFECT };
      broker_table_write_bed (f->broker.table, i, &row);
    }
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  SMALL_WAIT (live_client_count (&f->client, "feed.snapshot") > before);
  g_assert_cmpuint (count_changes (f), ==, 0);
}

static void
test_recent_and_history (GatewayHouse *f, gconstpointer unused)
{
  const BedRecent recent = { .revision = 2, .at_us = 1, .unit = 1, .bed = 12, .display = BED_DISPLAY_HELD };
  const BedHistory history = { .revision = 2, .at_us = 1, .lap = 1, .in_effect = 9 };

  house_follow (f, &f->client, "coordinator");
  f->broker.revision++;
  broker_table_begin (f->broker.table, f->broker.revision, 0);
  broker_table_write_recent (f->broker.table, &recent);
  broker_table_write_history (f->broker.table, &history);
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpuint (live_client_count_rows (change, "recent"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (change, "history"), ==, 1);

  /* New ones only, the next time; all of them for whoever comes new. */
  small_broker_change_bed (&f->broker, 0, BED_DISPLAY_HELD);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_false (json_object_has_member (change, "recent"));
  LiveClient late;
  JsonObject *page = house_follow (f, &late, "wallboard");
  g_assert_cmpuint (live_client_count_rows (page, "recent"), ==, 1);
  g_assert_cmpuint (live_client_count_rows (page, "history"), ==, 1);
  live_client_clear (&late);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE_WITH(path, set, function) \
  g_test_add ("/gateway/" path, GatewayHouse, NULL, set, function, house_tear_down)
#define CASE(path, function) CASE_WITH (path, house_set_up, function)
  CASE ("feed/snapshot", test_snapshot);
  CASE ("feed/districts", test_snapshot_districts);
  CASE ("feed/many-districts", test_many_districts);
  CASE ("feed/state", test_state_is_told);
  CASE ("feed/no-gap", test_changes_without_gap);
  CASE ("feed/newest-once", test_newest_value_once);
  CASE ("feed/window", test_window);
  CASE ("feed/off-the-ring", test_off_the_ring);
  CASE ("feed/resume", test_resume);
  CASE ("feed/resume-other-epoch", test_resume_of_another_epoch);
  CASE ("feed/resume-other-eyes", test_resume_of_other_eyes);
  CASE ("feed/scope", test_scope);
  CASE ("feed/bad-scopes", test_bad_scopes);
  CASE_WITH ("feed/large-snapshot", set_up_large, test_large_snapshot);
  CASE_WITH ("feed/snapshot-window", set_up_large, test_snapshot_stops_at_the_window);
  CASE_WITH ("feed/paged-change", set_up_large, test_paged_change);
  CASE_WITH ("feed/too-large", set_up_large, test_change_too_large_is_a_snapshot);
  CASE ("feed/recent-and-history", test_recent_and_history);
#undef CASE
#undef CASE_WITH
  return g_test_run ();
}
