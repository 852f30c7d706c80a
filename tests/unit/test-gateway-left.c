/* test-gateway-left.c: queue.left: who has left the register since a time, and who is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

#include "broker/gateway/gateway-left.h"

#include "common/bed-time.h"

#define NOW_US G_GINT64_CONSTANT (1795347720000000) /* 2026-11-22T11:42:00Z */
#define NO_SOURCE 2 /* whose name the table does not know */
#define SINCE "{\"since\":\"2026-11-22T07:00:00.000Z\"}"

/* Person i of an organisation and a LAP, who left so many minutes ago; below 0: who is still here. */
static const char *
write_person (GatewayHouse *f, guint i, guint16 source, guint8 lap, int minutes)
{
  static char codes[1024][BED_CODE_SIZE];
  BedReferralRow row;

  bed_code_print (4711 + i, codes[i]);
  row = house_waiting_referral (codes[i], lap);
  row.source = source;
  row.since_us = NOW_US - minutes * BED_MINUTE_US;
  if (minutes >= 0)
    {
      row.state = BED_STATE_LEFT;
      row.flags = BED_REFERRAL_CLOSED;
      row.left_to = BED_OUTCOME_HOME_WITH_PACKAGE + 1;
    }
  row.revision = ++f->broker.revision; /* nobody is told: it is read when it is asked for */
  broker_table_begin (f->broker.table, f->broker.revision, 1);
  broker_table_write_referral (f->broker.table, i, &row);
  broker_table_end (f->broker.table);
  return codes[i];
}

static JsonObject *
ask (LiveClient *client, const char *params)
{
  const char *reason;
  JsonObject *result = live_client_ask (client, "queue.left", params, &reason);

  g_assert_cmpstr (reason, ==, NULL);
  return result;
}

static void
assert_code (JsonObject *result, guint i, const char *code)
{
  JsonArray *left = json_object_get_array_member (result, "left");

  g_assert_cmpuint (i, <, json_array_get_length (left));
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (left, i), "referral"), ==, code);
}

/* Newest first; nobody who is here, and nobody from before. */
static void
test_since (GatewayHouse *f, gconstpointer unused)
{
  const char *early = write_person (f, 0, NO_SOURCE, 0, 200);
  const char *late = write_person (f, 1, NO_SOURCE, 1, 20);

  write_person (f, 2, NO_SOURCE, 0, -1);
  write_person (f, 3, NO_SOURCE, 0, 300);
  house_open_as (f, &f->client, "coordinator");
  JsonObject *result = ask (&f->client, SINCE);
  g_assert_cmpuint (live_client_count_rows (result, "left"), ==, 2);
  assert_code (result, 0, late);
  assert_code (result, 1, early);
  g_assert_cmpint (json_object_get_int_member (result, "more"), ==, 0);
  JsonObject *row = live_client_find_row (result, "left", "referral", late);
  g_assert_cmpstr (json_object_get_string_member (row, "state"), ==, "left");
  g_assert_cmpstr (json_object_get_string_member (row, "outcome"), ==, "home_with_package");
  g_assert_cmpstr (json_object_get_string_member (row, "lap"), ==, "lap-1");
  g_assert_cmpstr (json_object_get_string_member (row, "at"), ==, "2026-11-22T11:22:00.000Z");
  g_assert_false (json_object_has_member (row, "needs"));
}

/* Its people, and those of no LAP, who are everybody's. */
static void
test_lap (GatewayHouse *f, gconstpointer unused)
{
  const char *of_lap = write_person (f, 0, NO_SOURCE, 1, 10);
  const char *of_none = write_person (f, 1, NO_SOURCE, BED_NONE_8, 20);

  write_person (f, 2, NO_SOURCE, 0, 5);
  house_open_as (f, &f->client, "coordinator");
  JsonObject *result = ask (&f->client, "{\"since\":\"2026-11-22T07:00:00.000Z\",\"lap\":\"lap-1\"}");
  g_assert_cmpuint (live_client_count_rows (result, "left"), ==, 2);
  assert_code (result, 0, of_lap);
  assert_code (result, 1, of_none);
}

/* A referrer is told of its own organisation's people. */
static void
test_referrer (GatewayHouse *f, gconstpointer unused)
{
  g_assert_true (broker_table_add_source (f->broker.table, "trust"));
  g_assert_true (broker_table_add_source (f->broker.table, "another"));
  const char *own = write_person (f, 0, 0, 0, 10);
  write_person (f, 1, 1, 0, 10);
  write_person (f, 2, NO_SOURCE, 0, 10);
  house_open_as (f, &f->client, "referrer");
  JsonObject *result = ask (&f->client, SINCE);
  g_assert_cmpuint (live_client_count_rows (result, "left"), ==, 1);
  assert_code (result, 0, own);
  g_assert_cmpstr (json_object_get_string_member (live_client_find_row (result, "left", "referral", own), "source"), ==,
                   "trust");
}

static void
test_rights (GatewayHouse *f, gconstpointer unused)
{
  static const char *const others[] = { "wallboard", "unit", "owner", "assessor", "analyst", "admin" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char *reason;
      LiveClient client;

      house_open_as (f, &client, others[i]);
      live_client_ask (&client, "queue.left", SINCE, &reason);
      g_assert_cmpstr (reason, ==, "forbidden");
      live_client_clear (&client);
    }
}

static void
test_bad_params (GatewayHouse *f, gconstpointer unused)
{
  static const char *const bad[] = { "{}", "{\"since\":7}", "{\"since\":\"this morning\"}",
                                     "{\"since\":\"2026-11-22T07:00:00.000Z\",\"lap\":\"atlantis\"}",
                                     "{\"since\":\"2026-11-22T07:00:00.000Z\",\"lap\":7}" };

  house_open_as (f, &f->client, "coordinator");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *reason;

      live_client_ask (&f->client, "queue.left", bad[i], &reason);
      g_assert_cmpstr (reason, ==, "bad_value");
    }
}

/* As many as fit an answer, the newest, and how many more there are. */
static void
test_too_many (GatewayHouse *f, gconstpointer unused)
{
  BedActor actor = { .role = BED_ROLE_COORDINATOR };
  BedSizes *sizes = &f->broker.made.records.sizes;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (BedJson) json = { 0 };
  const char *newest;
  BedMap *map;
  int fd;

  sizes->referrals = GATEWAY_LEFT_MAX + 7;
  small_broker_make_table (&f->broker);
  newest = write_person (f, 0, NO_SOURCE, 0, 0);
  for (guint i = 1; i < sizes->referrals; i++)
    write_person (f, i, NO_SOURCE, 0, (int) (1 + i % 100));
  fd = broker_table_open_fd (f->broker.table);
  map = bed_map_new (fd, &error);
  g_assert_no_error (error);
  close (fd);
  bed_json_init (&json, 0);
  g_assert_true (gateway_left_print (&actor, map, NULL, 0, &json, &error));
  g_assert_no_error (error);
  node = json_from_string (json.text->str, &error);
  g_assert_no_error (error);
  JsonObject *result = json_node_get_object (node);
  g_assert_cmpuint (live_client_count_rows (result, "left"), ==, GATEWAY_LEFT_MAX);
  g_assert_cmpint (json_object_get_int_member (result, "more"), ==, 7);
  assert_code (result, 0, newest);
  bed_map_unref (map);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) \
  g_test_add ("/gateway/left/" path, GatewayHouse, NULL, house_set_up, function, house_tear_down)
  CASE ("since", test_since);
  CASE ("lap", test_lap);
  CASE ("referrer", test_referrer);
  CASE ("rights", test_rights);
  CASE ("bad-params", test_bad_params);
  CASE ("too-many", test_too_many);
#undef CASE
  return g_test_run ();
}
