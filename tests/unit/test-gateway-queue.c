/* test-gateway-queue.c: queue.plan through a gateway: who may ask, what is answered, and one at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

#include "broker/gateway/gateway-queue.h"

/* Bed 0 is free, in a unit that is staffed for one. */
static void
free_a_bed (SmallBroker *broker)
{
  const BedUnitRow unit = { .revision = ++broker->revision, .staffed_cap = 1, .offerable = 1, .flags = BED_FLAG_IN_EFFECT };
  const BedBedRow bed = { .revision = broker->revision, .confirmed_at_us = 1, .referral = BED_NONE,
                          .occupancy = BED_OCCUPANCY_VACANT, .bay_sex = BED_BAY_SEX_SINGLE,
                          .flags = BED_FLAG_IN_EFFECT | BED_FLAG_OFFERABLE };

  broker_table_begin (broker->table, broker->revision, 2);
  broker_table_write_unit (broker->table, 0, &unit);
  broker_table_write_bed (broker->table, 0, &bed);
  broker_table_end (broker->table);
}

static void
add_waiting (SmallBroker *broker, guint32 index, guint8 lap)
{
  char code[BED_CODE_SIZE];

  bed_code_print (42 + index, code);
  BedReferralRow row = house_waiting_referral (code, lap);
  row.pathway = BED_PATHWAY_SUPPORTED;
  row.must = 0;
  row.oxygen_lpm = 0;
  row.submitted_at_us = 1 + index;
  row.ready_at_us = 0;
  small_broker_write_referral (broker, index, row);
}

/* Through a gateway. */

static void
test_plan (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  free_a_bed (&f->broker);
  add_waiting (&f->broker, 0, 0);
  add_waiting (&f->broker, 1, 1);
  house_open_as (f, &f->client, "coordinator");
  JsonObject *result = live_client_ask (&f->client, "queue.plan", "{}", &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpint (json_object_get_int_member (result, "revision"), ==, (gint64) f->broker.revision);
  g_assert_cmpint (json_object_get_int_member (result, "placed"), ==, 1);
  JsonArray *assigned = json_object_get_array_member (result, "assigned");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (assigned, 0), "bed"), ==, "unit-0-01");
  JsonArray *unassigned = json_object_get_array_member (result, "unassigned");
  g_assert_cmpuint (json_array_get_length (unassigned), ==, 1);
}

static void
test_lap (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  free_a_bed (&f->broker);
  add_waiting (&f->broker, 0, 0);
  add_waiting (&f->broker, 1, 1);
  house_open_as (f, &f->client, "clinician");
  JsonObject *result = live_client_ask (&f->client, "queue.plan", "{\"lap\":\"lap-1\"}", &reason);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_cmpint (json_object_get_int_member (result, "placed"), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "unassigned")), ==, 1);
}

static void
test_bad_lap (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;

  house_open_as (f, &f->client, "coordinator");
  live_client_ask (&f->client, "queue.plan", "{\"lap\":\"atlantis\"}", &reason);
  g_assert_cmpstr (reason, ==, "bad_value");
  live_client_ask (&f->client, "queue.plan", "{\"lap\":7}", &reason);
  g_assert_cmpstr (reason, ==, "bad_value");
}

static void
test_rights (GatewayHouse *f, gconstpointer unused)
{
  static const struct
  {
    const char *role;
    const char *reason;
  } asked[] = {
    { "coordinator", NULL },     { "clinician", NULL },     { "local", NULL },
    { "wallboard", "forbidden" }, { "referrer", "forbidden" }, { "unit", "forbidden" },
    { "owner", "forbidden" },     { "assessor", "forbidden" }, { "analyst", "forbidden" },
    { "admin", "forbidden" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      const char *reason;
      LiveClient client;

      house_open_as (f, &client, asked[i].role);
      live_client_ask (&client, "queue.plan", "{}", &reason);
      g_assert_cmpstr (reason, ==, asked[i].reason);
      live_client_clear (&client);
    }
}

/* A client may leave while its plan is made; the next is answered. */
static void
test_client_leaves (GatewayHouse *f, gconstpointer unused)
{
  const gint64 end_us = g_get_monotonic_time () + SMALL_TIMEOUT_MS * 1000;
  const char *reason;
  LiveClient other;

  house_open_as (f, &f->client, "coordinator");
  house_open_as (f, &other, "coordinator");
  live_client_call (&f->client, "queue.plan", "{}");
  live_client_clear (&f->client);
  do
    live_client_ask (&other, "queue.plan", "{}", &reason);
  while (g_strcmp0 (reason, "too_many") == 0 && g_get_monotonic_time () < end_us);
  g_assert_cmpstr (reason, ==, NULL);
  live_client_clear (&other);
}

/* One at a time: in a main loop that stands still a plan never ends. */

typedef struct
{
  SmallBroker broker;
  BedMap *map;
  GatewayQueue *queue;
  guint n_done;
  GError *error; /* of the last */
  gboolean asks_again;
} Room;

static const BedActor coordinator = { .user = "desk", .role = BED_ROLE_COORDINATOR };

static gboolean ask (Room *f, GError **error);

static void
take_done (const char *result, gsize length, const GError *error, gpointer user_data)
{
  Room *f = user_data;

  f->n_done++;
  g_assert_true ((result == NULL) == (error != NULL));
  g_clear_error (&f->error);
  f->error = error != NULL ? g_error_copy (error) : NULL;
  if (f->asks_again)
    {
      f->asks_again = FALSE;
      g_assert_true (ask (f, NULL));
    }
}

static gboolean
ask (Room *f, GError **error)
{
  return gateway_queue_plan (f->queue, &coordinator, f->map, NULL, 1, take_done, f, error);
}

static void
room_set_up (Room *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  small_broker_init (&f->broker, 4, HOUSE_BEDS, 64, HOUSE_CHANGES);
  f->map = bed_map_new (broker_table_open_fd (f->broker.table), &error);
  g_assert_no_error (error);
  f->queue = gateway_queue_new ();
}

static void
room_tear_down (Room *f, gconstpointer unused)
{
  g_clear_pointer (&f->queue, gateway_queue_free);
  g_clear_pointer (&f->map, bed_map_unref);
  g_clear_error (&f->error);
  small_broker_clear (&f->broker);
}

static void
test_one_at_a_time (Room *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ask (f, NULL));
  g_assert_false (ask (f, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_TOO_MANY);
  SMALL_WAIT (f->n_done == 1);
  g_assert_no_error (f->error);
}

static void
test_again (Room *f, gconstpointer unused)
{
  f->asks_again = TRUE;
  g_assert_true (ask (f, NULL));
  SMALL_WAIT (f->n_done == 2);
  g_assert_no_error (f->error);
}

static void
test_map_is_let_go (Room *f, gconstpointer unused)
{
  g_assert_true (ask (f, NULL));
  g_clear_pointer (&f->map, bed_map_unref); /* a new epoch */
  SMALL_WAIT (f->n_done == 1);
  g_assert_no_error (f->error);
}

static void
test_gateway_ends (Room *f, gconstpointer unused)
{
  g_assert_true (ask (f, NULL));
  g_clear_pointer (&f->queue, gateway_queue_free);
  g_assert_cmpuint (f->n_done, ==, 1);
  g_assert_error (f->error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) \
  g_test_add ("/gateway-queue/" path, GatewayHouse, NULL, house_set_up, function, house_tear_down)
  CASE ("plan", test_plan);
  CASE ("lap", test_lap);
  CASE ("bad-lap", test_bad_lap);
  CASE ("rights", test_rights);
  CASE ("client-leaves", test_client_leaves);
#undef CASE
#define CASE(path, function) g_test_add ("/gateway-queue/" path, Room, NULL, room_set_up, function, room_tear_down)
  CASE ("one-at-a-time", test_one_at_a_time);
  CASE ("again", test_again);
  CASE ("map-is-let-go", test_map_is_let_go);
  CASE ("gateway-ends", test_gateway_ends);
#undef CASE
  return g_test_run ();
}
