/* test-gateway-mirror.c: unit.mirror: what is counted of a unit, for whom, and when it begins anew.
 *
 * The counts are made of answers written by hand, with a clock that stands where it is put; the last
 * cases go through a whole gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

#include "broker/gateway/gateway-mirror.h"
#include "common/bed-time.h"

typedef struct
{
  Records made;
  BrokerTable *table;
  BedMap *map;
  GatewayMirror *mirror;
} Fixture;

static gint64
at (const char *text)
{
  gint64 time_us = 0;
  g_assert_true (bed_time_parse (text, &time_us));
  return time_us;
}

/* Four units of two owners, two beds each. */
static void
set_up (Fixture *f, gconstpointer unused)
{
  records_make (&f->made, 4, 8, 8, 64);
  for (guint unit = 0; unit < 4; unit++)
    g_strlcpy (f->made.units[unit].owner, unit < 2 ? "nhs" : "hcc", BED_ID_SIZE);
  f->table = broker_table_new (&f->made.records, 7);
  int fd = broker_table_open_fd (f->table);
  g_autoptr (GError) error = NULL;
  f->map = bed_map_new (fd, &error);
  g_assert_no_error (error);
  close (fd);
  f->mirror = gateway_mirror_new ();
  gateway_mirror_begin (f->mirror, f->map, at ("2026-11-22T11:42:00Z"));
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gateway_mirror_free (f->mirror);
  bed_map_unref (f->map);
  broker_table_free (f->table);
  records_clear (&f->made);
}

static BedActor
new_actor (BedRole role, const char *unit, const char *owner)
{
  BedActor actor = { .user = "somebody", .role = (guint8) role };
  g_strlcpy (actor.unit, unit, sizeof actor.unit);
  g_strlcpy (actor.owner, owner, sizeof actor.owner);
  return actor;
}

static void
assert_told (Fixture *f, const char *unit, const char *expected)
{
  BedActor actor = new_actor (BED_ROLE_COORDINATOR, "", "");
  g_auto (BedJson) json = { 0 };
  g_autoptr (GError) error = NULL;
  bed_json_init (&json, 256);
  g_assert_true (gateway_mirror_print (f->mirror, &actor, unit, &json, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (strstr (json.text->str, "\"since\""), ==, expected);
}

/* An answer with these beds offered and these free beds judged. */
static void
note (Fixture *f, guint n_offers, const guint32 *offers, guint n_judged, const BedJudged *judged)
{
  g_autofree BedFound *found = g_new0 (BedFound, 1);
  g_autoptr (GArray) free_beds = g_array_new (FALSE, FALSE, sizeof (BedJudged));
  found->n_offers = n_offers;
  for (guint i = 0; i < n_offers; i++)
    found->offers[i].bed = offers[i];
  g_array_append_vals (free_beds, judged, n_judged);
  gateway_mirror_note_found (f->mirror, found, free_beds);
}

#define NOTHING_TOLD(since) "\"since\":\"" since "\",\"shown\":0,\"first\":0,\"passed_over\":0,\"reasons\":[],\"placed\":0}"
#define SINCE_START "\"since\":\"2026-11-22T11:42:00.000Z\""

static void
test_nothing_yet (Fixture *f, gconstpointer unused)
{
  assert_told (f, "unit-1", NOTHING_TOLD ("2026-11-22T11:42:00.000Z"));
}

/* Two of unit-1's beds offered count once; the nearest is unit-0's. */
static void
test_shown (Fixture *f, gconstpointer unused)
{
  static const guint32 offers[] = { 1, 2, 3 };
  static const BedJudged judged[]
      = { { 0, BED_RULED_OUT_NOTHING, 0 }, { 1, BED_RULED_OUT_NOTHING, 0 }, { 1, BED_RULED_OUT_FRESHNESS, 0 } };
  note (f, 3, offers, G_N_ELEMENTS (judged), judged);
  note (f, 3, offers, G_N_ELEMENTS (judged), judged);
  assert_told (f, "unit-0", SINCE_START ",\"shown\":2,\"first\":2,\"passed_over\":0,\"reasons\":[],\"placed\":0}");
  assert_told (f, "unit-1", SINCE_START ",\"shown\":2,\"first\":0,\"passed_over\":0,\"reasons\":[],\"placed\":0}");
  assert_told (f, "unit-2", NOTHING_TOLD ("2026-11-22T11:42:00.000Z"));
}

/* The reason is that of the bed that came nearest to being offered; the commonest stands first. */
static void
test_passed_over (Fixture *f, gconstpointer unused)
{
  static const BedJudged by_type[] = { { 2, BED_RULED_OUT_TYPE, 0 } };
  static const BedJudged by_need[] = { { 2, BED_RULED_OUT_MUST, BED_NEED_HOIST }, { 2, BED_RULED_OUT_TYPE, 0 } };
  static const BedJudged by_not[] = { { 2, BED_RULED_OUT_MUST_NOT, BED_NEED_SECURE } };
  static const BedJudged cut_off[] = { { 2, BED_RULED_OUT_PARTNER, 0 }, { 2, BED_RULED_OUT_FRESHNESS, 0 } };
  note (f, 0, NULL, 1, by_type);
  note (f, 0, NULL, 2, by_need);
  note (f, 0, NULL, 2, by_need);
  note (f, 0, NULL, 1, by_not);
  note (f, 0, NULL, 2, cut_off);
  note (f, 0, NULL, 0, NULL);
  assert_told (f, "unit-2",
               SINCE_START ",\"shown\":0,\"first\":0,\"passed_over\":5,\"reasons\":[{\"reason\":\"must:hoist\",\"count\":2},"
                           "{\"reason\":\"type\",\"count\":1},{\"reason\":\"must_not:secure\",\"count\":1},"
                           "{\"reason\":\"cut_off\",\"count\":1}],\"placed\":0}");
}

static void
test_shown_is_not_passed_over (Fixture *f, gconstpointer unused)
{
  static const guint32 offers[] = { 4 };
  static const BedJudged judged[] = { { 2, BED_RULED_OUT_NOTHING, 0 }, { 2, BED_RULED_OUT_TYPE, 0 } };
  note (f, 1, offers, 2, judged);
  assert_told (f, "unit-2", SINCE_START ",\"shown\":1,\"first\":1,\"passed_over\":0,\"reasons\":[],\"placed\":0}");
}

static void
test_proposed_and_placed (Fixture *f, gconstpointer unused)
{
  gateway_mirror_calls.proposed (f->mirror, 5);
  gateway_mirror_calls.placed (f->mirror, 4);
  gateway_mirror_calls.placed (f->mirror, 6);
  assert_told (f, "unit-2", SINCE_START ",\"shown\":1,\"first\":1,\"passed_over\":0,\"reasons\":[],\"placed\":1}");
}

/* Both Sundays, and ordinary days: at local midnight, not before and only once. */
static void
test_midnight (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *last;
    const char *first;
    const char *since;
  } days[] = {
    { "2026-11-22T23:59:59.999Z", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00.000Z" },
    { "2027-03-27T23:59:59Z", "2027-03-28T00:00:01Z", "2027-03-28T00:00:00.000Z" },
    { "2027-03-28T22:59:59Z", "2027-03-28T23:00:00Z", "2027-03-28T23:00:00.000Z" }, /* 23 hours long */
    { "2027-10-30T22:59:59Z", "2027-10-30T23:00:00Z", "2027-10-30T23:00:00.000Z" },
    { "2027-10-31T23:59:59Z", "2027-11-01T00:00:00Z", "2027-11-01T00:00:00.000Z" }, /* 25 hours long */
  };
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *expected = g_strdup_printf (NOTHING_TOLD ("%s"), days[i].since);
      BedActor actor = new_actor (BED_ROLE_LOCAL, "", "");
      g_auto (BedJson) json = { 0 };
      gateway_mirror_look (f->mirror, at (days[i].last) - BED_HOUR_US / 2);
      gateway_mirror_calls.placed (f->mirror, 4);
      gateway_mirror_look (f->mirror, at (days[i].last));
      bed_json_init (&json, 256);
      g_assert_true (gateway_mirror_print (f->mirror, &actor, "unit-2", &json, NULL));
      g_assert_true (g_str_has_suffix (json.text->str, "\"placed\":1}"));
      gateway_mirror_look (f->mirror, at (days[i].first));
      assert_told (f, "unit-2", expected);
    }
}

/* New rules, an import: the same units under a new map. */
static void
test_epoch_keeps_counts (Fixture *f, gconstpointer unused)
{
  gateway_mirror_calls.placed (f->mirror, 4);
  gateway_mirror_begin (f->mirror, f->map, at ("2026-11-22T12:00:00Z"));
  assert_told (f, "unit-2", SINCE_START ",\"shown\":0,\"first\":0,\"passed_over\":0,\"reasons\":[],\"placed\":1}");
}

static void
test_who_may_ask (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    BedRole role;
    const char *unit;
    const char *owner;
    const char *asked;
    int error; /* -1: none */
  } cases[] = {
    { BED_ROLE_UNIT, "unit-2", "", "unit-2", -1 },
    { BED_ROLE_UNIT, "unit-2", "", "unit-3", BED_ERROR_FORBIDDEN },
    { BED_ROLE_OWNER, "", "hcc", "unit-3", -1 },
    { BED_ROLE_OWNER, "", "hcc", "unit-1", BED_ERROR_FORBIDDEN },
    { BED_ROLE_COORDINATOR, "", "", "unit-0", -1 },
    { BED_ROLE_CLINICIAN, "", "", "unit-3", -1 },
    { BED_ROLE_LOCAL, "", "", "unit-3", -1 },
    { BED_ROLE_WALLBOARD, "", "", "unit-0", BED_ERROR_FORBIDDEN },
    { BED_ROLE_REFERRER, "", "uhs", "unit-0", BED_ERROR_FORBIDDEN },
    { BED_ROLE_ASSESSOR, "", "", "unit-0", BED_ERROR_FORBIDDEN },
    { BED_ROLE_ANALYST, "", "", "unit-0", BED_ERROR_FORBIDDEN },
    { BED_ROLE_ADMIN, "", "", "unit-9", BED_ERROR_FORBIDDEN },
    { BED_ROLE_COORDINATOR, "", "", "unit-9", BED_ERROR_UNKNOWN_UNIT },
    { BED_ROLE_UNIT, "unit-2", "", "unit-9", BED_ERROR_UNKNOWN_UNIT },
    { BED_ROLE_COORDINATOR, "", "", NULL, BED_ERROR_BAD_VALUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BedActor actor = new_actor (cases[i].role, cases[i].unit, cases[i].owner);
      g_auto (BedJson) json = { 0 };
      g_autoptr (GError) error = NULL;
      bed_json_init (&json, 256);
      gboolean is_told = gateway_mirror_print (f->mirror, &actor, cases[i].asked, &json, &error);
      g_assert_cmpint (is_told, ==, cases[i].error < 0);
      if (!is_told)
        g_assert_error (error, BED_ERROR, cases[i].error);
    }
}

static void
test_no_map (void)
{
  g_autoptr (GatewayMirror) mirror = gateway_mirror_new ();
  BedActor actor = new_actor (BED_ROLE_LOCAL, "", "");
  g_autoptr (GError) error = NULL;
  g_assert_false (gateway_mirror_print (mirror, &actor, "unit-0", NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
}

/* Through a gateway */

static gint64
ask_for (GatewayHouse *f, const char *member)
{
  const char *reason;
  JsonObject *result = live_client_ask (&f->client, "unit.mirror", "{\"unit\":\"unit-0\"}", &reason);
  g_assert_cmpstr (reason, ==, NULL);
  return json_object_get_int_member (result, member);
}

/* Free beds without staff are passed over; what others do counts without anybody watching. */
static void
test_find_counts (GatewayHouse *f, gconstpointer unused)
{
  const char *reason;
  char code[BED_CODE_SIZE];
  bed_code_print (42, code);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\"}", code);

  small_broker_change_bed (&f->broker, 3, BED_DISPLAY_FREE);
  small_broker_write_referral (&f->broker, 0, house_waiting_referral (code, 0));
  house_open_as (f, &f->client, "coordinator");
  JsonObject *found = live_client_ask (&f->client, "bed.find", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  gboolean is_offered = json_array_get_length (json_object_get_array_member (found, "offers")) > 0;
  g_assert_cmpint (ask_for (f, "shown"), ==, is_offered);
  g_assert_cmpint (ask_for (f, "passed_over"), ==, !is_offered);
}

static void
test_follows_people (GatewayHouse *f, gconstpointer unused)
{
  BedReferralRow row = house_waiting_referral ("K7Q-M4X", 0);

  house_open_as (f, &f->client, "unit");
  g_assert_cmpint (ask_for (f, "shown"), ==, 0);
  row.offer_bed = 3;
  small_broker_write_referral (&f->broker, 0, row);
  g_assert_cmpint (ask_for (f, "shown"), ==, 1);
  g_assert_cmpint (ask_for (f, "first"), ==, 1);
  row.until_us++; /* the same proposal */
  small_broker_write_referral (&f->broker, 0, row);
  g_assert_cmpint (ask_for (f, "first"), ==, 1);
  row.offered_at_us++; /* the bed, proposed again */
  small_broker_write_referral (&f->broker, 0, row);
  g_assert_cmpint (ask_for (f, "first"), ==, 2);
  row.offer_bed = BED_NONE;
  row.bed = 3;
  row.state = BED_STATE_HELD;
  small_broker_write_referral (&f->broker, 0, row);
  g_assert_cmpint (ask_for (f, "placed"), ==, 1);
  row.state = BED_STATE_ACCEPTED; /* the same placing */
  small_broker_write_referral (&f->broker, 0, row);
  g_assert_cmpint (ask_for (f, "placed"), ==, 1);
}

/* More has changed than the ring holds: nothing is missed that can still be seen. */
static void
test_off_the_ring (GatewayHouse *f, gconstpointer unused)
{
  BedReferralRow row = house_waiting_referral ("K7Q-M4X", 0);

  house_open_as (f, &f->client, "coordinator");
  row.bed = 3;
  row.state = BED_STATE_HELD;
  row.revision = ++f->broker.revision;
  broker_table_begin (f->broker.table, row.revision, 1);
  broker_table_write_referral (f->broker.table, 0, &row);
  broker_table_end (f->broker.table);
  for (guint i = 0; i < 2 * HOUSE_CHANGES; i++)
    small_broker_publish_bed (&f->broker, i % HOUSE_BEDS, BED_DISPLAY_CLEANING);
  g_assert_cmpint (ask_for (f, "placed"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/gateway-mirror/" path, Fixture, NULL, set_up, function, tear_down)
#define CASE(path, function) \
  g_test_add ("/gateway-mirror/" path, GatewayHouse, NULL, house_set_up, function, house_tear_down)
  ADD ("nothing-yet", test_nothing_yet);
  ADD ("shown", test_shown);
  ADD ("passed-over", test_passed_over);
  ADD ("shown-is-not-passed-over", test_shown_is_not_passed_over);
  ADD ("proposed-and-placed", test_proposed_and_placed);
  ADD ("midnight", test_midnight);
  ADD ("epoch", test_epoch_keeps_counts);
  ADD ("who-may-ask", test_who_may_ask);
  g_test_add_func ("/gateway-mirror/no-map", test_no_map);
  CASE ("find-counts", test_find_counts);
  CASE ("follows-people", test_follows_people);
  CASE ("off-the-ring", test_off_the_ring);
  return g_test_run ();
}
