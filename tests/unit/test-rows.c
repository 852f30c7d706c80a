/* test-rows.c: rows as JSON: each member of contract.md, for each class of reader.
 *
 * The whole text is compared, so a member too many on a wall fails as much as one too few.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-event.h"
#include "common/bed-rows.h"
#include "common/bed-time.h"
#include "tests/table-records.h"

#include <string.h>

#define NOON G_GINT64_CONSTANT (1795347720000000) /* 2026-11-22T11:42:00Z */
#define BIT(value) (G_GUINT64_CONSTANT (1) << (value))
#define N_CLASSES (BED_SIGHT_COUNTS + 1)

typedef struct
{
  Records made;
  BrokerTable *writer;
  const BedTable *table;
  BedJson json;
} Fixture;

static BedReferralRow
new_referral (BedReferralState state)
{
  return (BedReferralRow){ .revision = 1,
                           .code = "K7Q-M4X",
                           .must = BIT (BED_NEED_HOIST) | BIT (BED_NEED_NURSING_24H),
                           .must_not = BIT (BED_NEED_SECURE),
                           .prefer = BIT (BED_NEED_ENSUITE),
                           .submitted_at_us = NOON,
                           .triaged_at_us = NOON,
                           .ready_at_us = NOON + BED_HOUR_US,
                           .bed = BED_NONE,
                           .offer_bed = BED_NONE,
                           .linked = BED_NONE,
                           .home = 1, .easting = 431000,
                           .source = 0,
                           .lap = 1,
                           .state = (guint8) state,
                           .lane = BED_LANE_URGENT,
                           .pathway = BED_PATHWAY_SUPPORTED,
                           .type = BED_TYPE_REHAB,
                           .sex = BED_SEX_FEMALE,
                           .age_band = BED_AGE_BAND_85_94 };
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  records_make (&fixture->made, 2, 4, 8, 64);
  g_strlcpy (fixture->made.laps[0].area, "Solent \"West\"", BED_NAME_SIZE);
  fixture->made.laps[0].district = 1;
  fixture->made.laps[0].easting = 437000;
  fixture->made.laps[0].northing = 112000;
  BedUnit *unit = &fixture->made.units[1];
  g_strlcpy (unit->site, "Woodcot Lodge", sizeof unit->site);
  g_strlcpy (unit->owner, "hcc", sizeof unit->owner);
  g_strlcpy (unit->phone, "01329 000000", sizeof unit->phone);
  unit->owner_kind = BED_OWNER_COUNTY;
  unit->accepts = BED_ACCEPTS_LAP;
  unit->is_proxy = 1;
  unit->longest_stay_days = 42;
  unit->fresh_day_s = 4 * 3600;
  unit->fresh_night_s = 12 * 3600;
  BedBed *bed = &fixture->made.beds[2];
  bed->bay = 12;
  bed->bay_sex = BED_BAY_SEX_ANY;
  bed->type = BED_TYPE_D2A;
  bed->flex = BIT (BED_TYPE_REHAB) | BIT (BED_TYPE_RESPITE);
  bed->features = BIT (BED_NEED_HOIST) | BIT (BED_NEED_DOLS);

  fixture->writer = broker_table_new (&fixture->made.records, 7);
  g_assert_nonnull (fixture->writer);
  g_assert_true (broker_table_add_source (fixture->writer, "uhs"));
  BedReferralRow referral = new_referral (BED_STATE_HELD);
  referral.bed = 2;
  broker_table_begin (fixture->writer, 1, 1);
  broker_table_write_referral (fixture->writer, 0, &referral);
  broker_table_end (fixture->writer);
  fixture->table = broker_table_peek (fixture->writer);
  bed_json_init (&fixture->json, 512);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  bed_json_clear (&fixture->json);
  broker_table_free (fixture->writer);
  records_clear (&fixture->made);
}

static void
test_lap (Fixture *fixture, gconstpointer unused)
{
  bed_rows_print_lap (fixture->table, 0, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   "{\"lap\":\"lap-0\",\"name\":\"Access Point 0\",\"area\":\"Solent \\\"West\\\"\","
                   "\"district\":\"SO1\",\"easting\":437000,\"northing\":112000,"
                   "\"urgent_opens\":\"07:00\",\"urgent_closes\":\"20:00\"}");
}

#define UNIT_START                                                                                 \
  "{\"unit\":\"unit-1\",\"site\":\"Woodcot Lodge\",\"name\":\"Unit 1\",\"owner\":\"hcc\",\"owner_kind\":\"county\","   \
  "\"lap\":\"lap-1\",\"easting\":430100,\"northing\":110000,"
#define UNIT_RULES                                                                                 \
  "\"rules\":{\"accepts\":\"lap\",\"longest_stay_days\":42,\"weekends\":true,\"nights\":true,\"own_assessment\":false,\"flex_after_min\":0,\"fresh_day_min\":240,\"fresh_night_min\":720,"        \
  "\"types\":[\"rehab\",\"d2a\",\"respite\"]}"

static void
test_unit (Fixture *fixture, gconstpointer unused)
{
  BedUnitRow row = { .confirmed_at_us = NOON, .staffed_cap = 18, .flags = BED_FLAG_IN_EFFECT };
  bed_rows_print_unit (fixture->table, 1, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   UNIT_START "\"staffed_cap\":18,\"proxy\":true,\"confirmed_at\":\"2026-11-22T11:42:00.000Z\","
                              "\"stale\":false," UNIT_RULES ",\"phone\":\"01329 000000\"}");
}

static void
test_unit_overlays (Fixture *fixture, gconstpointer unused)
{
  BedUnitRow row = { .flags = BED_FLAG_STALE | BED_FLAG_CLOSED, .closed_reason = BED_CLOSURE_OUTBREAK };
  bed_rows_print_unit (fixture->table, 1, &row, BED_SIGHT_WALL, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   UNIT_START "\"staffed_cap\":0,\"proxy\":true,\"confirmed_at\":null,\"stale\":true,"
                              "\"closed\":true,\"reason\":\"outbreak\",\"in_effect\":false," UNIT_RULES "}");
}

static void
test_phone_not_on_a_wall (Fixture *fixture, gconstpointer unused)
{
  BedUnitRow row = { .flags = BED_FLAG_IN_EFFECT };
  for (guint class = 0; class < N_CLASSES; class ++)
    {
      bed_json_reset (&fixture->json);
      bed_rows_print_unit (fixture->table, 1, &row, class, &fixture->json);
      g_assert_cmpint (strstr (fixture->json.text->str, "phone") != NULL, ==, class != BED_SIGHT_WALL);
    }
}

#define BED_START                                                                                  \
  "{\"bed\":\"unit-1-01\",\"unit\":\"unit-1\",\"label\":\"Room 1\",\"bay\":\"12\",\"type\":\"d2a\","                \
  "\"flex\":[\"rehab\",\"respite\"],\"features\":[\"hoist\",\"dols\"],"

static BedBedRow
new_held_row (void)
{
  return (BedBedRow){ .revision = 1,
                      .confirmed_at_us = NOON,
                      .until_us = NOON + BED_HOUR_US,
                      .features_out = BIT (BED_NEED_HOIST),
                      .referral = 0,
                      .hold_min = 60,
                      .occupancy = BED_OCCUPANCY_VACANT,
                      .commitment = BED_COMMITMENT_HELD,
                      .source = BED_SOURCE_STAFF,
                      .display = BED_DISPLAY_HELD,
                      .bay_sex = BED_BAY_SEX_FEMALE,
                      .flags = BED_FLAG_IN_EFFECT };
}

static void
test_bed (Fixture *fixture, gconstpointer unused)
{
  BedBedRow row = new_held_row ();
  bed_rows_print_bed (fixture->table, 2, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   BED_START "\"features_out\":[\"hoist\"],\"bay_sex\":\"female\",\"occupancy\":\"vacant\","
                             "\"readiness\":\"ready\",\"service\":\"open\",\"reason\":null,\"isolation\":\"none\","
                             "\"commitment\":\"held\",\"referral\":\"K7Q-M4X\",\"until\":\"2026-11-22T12:42:00.000Z\","
                             "\"hold_min\":60,\"confirmed_at\":\"2026-11-22T11:42:00.000Z\",\"source\":\"staff\","
                             "\"offerable\":false,\"display\":\"held\"}");
}

static void
test_bed_overlays (Fixture *fixture, gconstpointer unused)
{
  BedBedRow row = { .referral = BED_NONE,
                    .expected_free_us = NOON,
                    .service = BED_SERVICE_CLOSED,
                    .closed_reason = BED_CLOSURE_REPAIR,
                    .bay_sex = BED_BAY_SEX_ANY,
                    .display = BED_DISPLAY_UNKNOWN,
                    .flags = BED_FLAG_STALE | BED_FLAG_CLOSED | BED_FLAG_OFFERABLE };
  bed_rows_print_bed (fixture->table, 2, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   BED_START "\"features_out\":[],\"bay_sex\":\"any\",\"occupancy\":\"unknown\",\"readiness\":\"ready\","
                             "\"service\":\"closed\",\"reason\":\"repair\",\"isolation\":\"none\",\"commitment\":\"none\","
                             "\"expected_free_at\":\"2026-11-22T11:42:00.000Z\",\"confirmed_at\":null,\"source\":null,"
                             "\"offerable\":true,\"display\":\"unknown\",\"stale\":true,\"closed\":true,"
                             "\"in_effect\":false}");
}

static void
test_own_room_has_no_bay (Fixture *fixture, gconstpointer unused)
{
  BedBedRow row = { .referral = BED_NONE };
  bed_rows_print_bed (fixture->table, 0, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_nonnull (strstr (fixture->json.text->str, "\"bay\":null,"));
}

/* A code beside a room: for those who place and those who nurse, and for nobody else. */
static void
test_code_on_a_bed (Fixture *fixture, gconstpointer unused)
{
  BedBedRow row = new_held_row ();
  for (guint class = 0; class < N_CLASSES; class ++)
    {
      bed_json_reset (&fixture->json);
      bed_rows_print_bed (fixture->table, 2, &row, class, &fixture->json);
      g_assert_cmpint (strstr (fixture->json.text->str, "K7Q-M4X") != NULL, ==,
                       class == BED_SIGHT_FULL || class == BED_SIGHT_UNIT);
    }
}

static void
test_referral (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_referral (BED_STATE_WAITING);
  row.offer_bed = 2;
  row.offer_metres = 8400;
  row.breached = 1 << BED_CLOCK_UCR_RESPONSE;
  bed_rows_print_referral (fixture->table, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_cmpstr (
      fixture->json.text->str, ==,
      "{\"referral\":\"K7Q-M4X\",\"state\":\"waiting\",\"lane\":\"urgent\",\"pathway\":\"supported\",\"type\":\"rehab\","
      "\"needs\":{\"must\":[\"hoist\",\"nursing_24h\"],\"must_not\":[\"secure\"],\"prefer\":[\"ensuite\"]},"
      "\"sex\":\"female\",\"age_band\":\"85_94\",\"home\":{\"district\":\"SO1\",\"easting\":431000,\"northing\":110000},"
      "\"lap\":\"lap-1\",\"source\":\"uhs\",\"ready_at\":\"2026-11-22T12:42:00.000Z\","
      "\"submitted_at\":\"2026-11-22T11:42:00.000Z\",\"triaged_at\":\"2026-11-22T11:42:00.000Z\",\"agreed\":\"yes\",\"clocks\":["
      "{\"clock\":\"ucr_response\",\"due_at\":\"2026-11-22T13:42:00.000Z\",\"amber_at\":\"2026-11-22T13:12:00.000Z\",\"breached\":true},"
      "{\"clock\":\"ready_to_service\",\"due_at\":\"2026-11-23T12:42:00.000Z\",\"amber_at\":\"2026-11-23T06:42:00.000Z\",\"breached\":false},"
      "{\"clock\":\"bed_start\",\"due_at\":\"2026-11-24T11:42:00.000Z\",\"amber_at\":\"2026-11-23T23:42:00.000Z\",\"breached\":false}],"
      "\"offer\":{\"bed\":\"unit-1-01\",\"unit\":\"unit-1\",\"metres\":8400}}");
}

static void
test_referral_in_a_bed (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_referral (BED_STATE_HELD);
  row.bed = 2;
  row.until_us = NOON + BED_HOUR_US;
  row.hold_min = 60;
  row.expected_at_us = NOON + 2 * BED_HOUR_US;
  row.home = BED_NONE_16;
  row.lap = BED_NONE_8;
  row.ready_at_us = 0;
  row.lane = BED_LANE_FLOW;
  bed_rows_print_referral (fixture->table, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_nonnull (strstr (fixture->json.text->str,
                            "\"home\":{\"district\":\"nfa\"},\"lap\":null,\"source\":\"uhs\",\"ready_at\":null,"
                            "\"submitted_at\":\"2026-11-22T11:42:00.000Z\",\"triaged_at\":\"2026-11-22T11:42:00.000Z\",\"bed\":\"unit-1-01\","
                            "\"until\":\"2026-11-22T12:42:00.000Z\",\"hold_min\":60,"
                            "\"expected_at\":\"2026-11-22T13:42:00.000Z\",\"agreed\":\"yes\",\"clocks\":["
                            "{\"clock\":\"hold\",\"due_at\":\"2026-11-22T12:42:00.000Z\",\"amber_at\":\"2026-11-22T12:27:00.000Z\",\"breached\":false},"
                            "{\"clock\":\"bed_start\",\"due_at\":\"2026-11-24T11:42:00.000Z\",\"amber_at\":\"2026-11-23T23:42:00.000Z\",\"breached\":false}]}"));
}

static void
test_no_offer_for_a_unit (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_referral (BED_STATE_WAITING);
  row.offer_bed = 0;
  bed_rows_print_referral (fixture->table, &row, BED_SIGHT_UNIT, &fixture->json);
  g_assert_null (strstr (fixture->json.text->str, "offer"));
  g_assert_nonnull (strstr (fixture->json.text->str, "\"age_band\":\"85_94\""));
}

/* The whole text: what a wall may show and nothing else. */
static void
test_wall (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_referral (BED_STATE_WAITING);
  row.offer_bed = 2;
  row.offer_metres = 8400;
  bed_rows_print_wall_referral (fixture->table, &row, FALSE, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   "{\"referral\":\"K7Q-M4X\",\"state\":\"waiting\",\"lane\":\"urgent\",\"home\":{\"district\":\"SO1\"},"
                   "\"icons\":[\"hoist\",\"nursing_24h\"],\"clocks\":["
                   "{\"clock\":\"ucr_response\",\"due_at\":\"2026-11-22T13:42:00.000Z\",\"amber_at\":\"2026-11-22T13:12:00.000Z\",\"breached\":false},"
                   "{\"clock\":\"ready_to_service\",\"due_at\":\"2026-11-23T12:42:00.000Z\",\"amber_at\":\"2026-11-23T06:42:00.000Z\",\"breached\":false},"
                   "{\"clock\":\"bed_start\",\"due_at\":\"2026-11-24T11:42:00.000Z\",\"amber_at\":\"2026-11-23T23:42:00.000Z\",\"breached\":false}],"
                   "\"offer\":{\"bed\":\"unit-1-01\",\"unit\":\"unit-1\",\"metres\":8400}}");
}

static void
test_wall_held (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_referral (BED_STATE_HELD);
  row.lane = BED_LANE_FLOW;
  row.ready_at_us = 0;
  row.must = 0;
  row.bed = 2;
  row.until_us = NOON + BED_HOUR_US;
  row.hold_min = 60;
  bed_rows_print_wall_referral (fixture->table, &row, FALSE, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   "{\"referral\":\"K7Q-M4X\",\"state\":\"held\",\"lane\":\"flow\",\"home\":{\"district\":\"SO1\"},"
                   "\"icons\":[],\"clocks\":["
                   "{\"clock\":\"hold\",\"due_at\":\"2026-11-22T12:42:00.000Z\",\"amber_at\":\"2026-11-22T12:27:00.000Z\",\"breached\":false},"
                   "{\"clock\":\"bed_start\",\"due_at\":\"2026-11-24T11:42:00.000Z\",\"amber_at\":\"2026-11-23T23:42:00.000Z\",\"breached\":false}],\"offer\":{\"bed\":\"unit-1-01\",\"unit\":\"unit-1\"},"
                   "\"until\":\"2026-11-22T12:42:00.000Z\",\"hold_min\":60}");
}

static void
assert_icons (Fixture *fixture, guint64 must, const char *expected)
{
  BedReferralRow row = new_referral (BED_STATE_WAITING);
  row.must = must;
  bed_json_reset (&fixture->json);
  bed_rows_print_wall_referral (fixture->table, &row, FALSE, &fixture->json);
  g_autofree char *icons = g_strdup_printf ("\"icons\":%s,", expected);
  g_assert_nonnull (strstr (fixture->json.text->str, icons));
}

static void
test_icons (Fixture *fixture, gconstpointer unused)
{
  assert_icons (fixture, BIT (BED_NEED_N) - 1, "[\"hoist\",\"bariatric\",\"dementia\"]");
  assert_icons (fixture, BIT (BED_NEED_GROUND_FLOOR) | BIT (BED_NEED_ISOLATION_ROOM) | BIT (BED_NEED_ENSUITE),
                "[\"ensuite\",\"isolation_room\",\"ground_floor\"]");
  assert_icons (fixture, BIT (BED_NEED_SINGLE_ROOM) | BIT (BED_NEED_PEG) | BIT (BED_NEED_GROUND_FLOOR) | BIT (BED_NEED_DOLS),
                "[\"ground_floor\",\"single_room\",\"peg\"]");
}

static void
test_clocks_by_state (Fixture *fixture, gconstpointer unused)
{
  for (guint state = 0; state < BED_STATE_N; state++)
    {
      BedReferralRow row = new_referral (state);
      row.triaged_at_us = NOON + BED_MINUTE_US;
      gint64 due_us = 0;
      /* A bed never stops the first contact's clock; it starts with triage, not with receipt. */
      gboolean is_running = (state != BED_STATE_SUBMITTED && state <= BED_STATE_READY_TO_LEAVE) || state == BED_STATE_PAUSED;
      g_assert_cmpint (bed_clock_get_due (BED_CLOCK_UCR_RESPONSE, &row, &due_us), ==, is_running);
      g_assert_cmpint (due_us, ==, is_running ? NOON + BED_MINUTE_US + 2 * BED_HOUR_US : 0);
      due_us = 0;
      is_running = state <= BED_STATE_IN_TRANSIT;
      g_assert_cmpint (bed_clock_get_due (BED_CLOCK_READY_TO_SERVICE, &row, &due_us), ==, is_running);
      g_assert_cmpint (due_us, ==, is_running ? NOON + 25 * BED_HOUR_US : 0);
    }
}

static void
test_clocks_that_do_not_run (Fixture *fixture, gconstpointer unused)
{
  gint64 due_us;
  BedReferralRow row = new_referral (BED_STATE_WAITING);
  row.flags = BED_REFERRAL_CLOSED;
  g_assert_false (bed_clock_get_due (BED_CLOCK_UCR_RESPONSE, &row, &due_us));
  row = new_referral (BED_STATE_WAITING);
  row.lane = BED_LANE_FLOW;
  g_assert_false (bed_clock_get_due (BED_CLOCK_UCR_RESPONSE, &row, &due_us));
  row.ready_at_us = 0;
  g_assert_false (bed_clock_get_due (BED_CLOCK_READY_TO_SERVICE, &row, &due_us));
  row = new_referral (BED_STATE_WAITING);
  row.flags = BED_REFERRAL_RESPONDED;
  g_assert_false (bed_clock_get_due (BED_CLOCK_UCR_RESPONSE, &row, &due_us));
  row = new_referral (BED_STATE_WAITING);
  row.triaged_at_us = 0;
  g_assert_false (bed_clock_get_due (BED_CLOCK_UCR_RESPONSE, &row, &due_us));
  g_assert_false (bed_clock_get_due (BED_CLOCK_N, &row, &due_us));
}

static void
test_gone_ids (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_referral (BED_STATE_LEFT);
  g_assert_cmpstr (bed_rows_peek_id (fixture->table, BED_KIND_UNIT, 1, NULL), ==, "unit-1");
  g_assert_cmpstr (bed_rows_peek_id (fixture->table, BED_KIND_BED, 3, NULL), ==, "unit-1-02");
  g_assert_cmpstr (bed_rows_peek_id (fixture->table, BED_KIND_REFERRAL, 0, &row), ==, "K7Q-M4X");
  g_assert_null (bed_rows_peek_id (fixture->table, BED_KIND_UNIT, 2, NULL));
  g_assert_null (bed_rows_peek_id (fixture->table, BED_KIND_BED, 4, NULL));
  g_assert_null (bed_rows_peek_id (fixture->table, BED_KIND_REFERRAL, 0, NULL));
}

static void
test_recent (Fixture *fixture, gconstpointer unused)
{
  BedRecent recent = { .revision = 5, .at_us = NOON, .until_us = NOON + BED_HOUR_US, .unit = 1, .bed = 2,
                       .event = BED_EVENT_HOLD_TAKEN, .display = BED_DISPLAY_HELD };
  bed_rows_print_recent (fixture->table, &recent, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   "{\"revision\":5,\"at\":\"2026-11-22T11:42:00.000Z\",\"event\":\"hold.taken\",\"unit\":\"unit-1\","
                   "\"bed\":\"unit-1-01\",\"display\":\"held\",\"until\":\"2026-11-22T12:42:00.000Z\"}");
}

static void
test_recent_without_bed (Fixture *fixture, gconstpointer unused)
{
  BedRecent recent = { .revision = 6, .at_us = NOON, .unit = BED_NONE, .bed = BED_NONE,
                       .event = BED_EVENT_REFERRAL_SUBMITTED };
  bed_rows_print_recent (fixture->table, &recent, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   "{\"revision\":6,\"at\":\"2026-11-22T11:42:00.000Z\",\"event\":\"referral.submitted\",\"unit\":null}");
}

static void
test_history (Fixture *fixture, gconstpointer unused)
{
  BedHistory history = { .revision = 9, .at_us = NOON, .lap = 1, .in_effect = 40, .free = 1, .held = 2,
                         .arriving = 3, .cleaning = 4, .occupied = 25, .closed = 5 };
  bed_rows_print_history (fixture->table, &history, &fixture->json);
  g_assert_cmpstr (fixture->json.text->str, ==,
                   "{\"revision\":9,\"at\":\"2026-11-22T11:42:00.000Z\",\"lap\":\"lap-1\",\"in_effect\":40,\"free\":1,"
                   "\"held\":2,\"arriving\":3,\"cleaning\":4,\"occupied\":25,\"closed\":5}");
}

/* Rows of any bytes: whatever stands in them, the text is JSON and nothing is read elsewhere. */
static void
test_damaged_rows (Fixture *fixture, gconstpointer unused)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (int round = 0; round < 2000; round++)
    {
      union
      {
        guint8 bytes[256];
        BedUnitRow unit;
        BedBedRow bed;
        BedReferralRow referral;
        BedRecent recent;
        BedHistory history;
      } row;
      for (guint i = 0; i < sizeof row.bytes; i++)
        row.bytes[i] = (guint8) g_rand_int (rand);
      row.bytes[8 + BED_CODE_SIZE - 1] = '\0'; /* the reader ends strings */

      guint class = (guint) g_rand_int_range (rand, 0, N_CLASSES);
      bed_json_reset (&fixture->json);
      bed_json_begin_array (&fixture->json);
      bed_rows_print_unit (fixture->table, 1, &row.unit, class, &fixture->json);
      bed_rows_print_bed (fixture->table, 2, &row.bed, class, &fixture->json);
      bed_rows_print_referral (fixture->table, &row.referral, class, &fixture->json);
      bed_rows_print_recent (fixture->table, &row.recent, &fixture->json);
      bed_rows_print_history (fixture->table, &row.history, &fixture->json);
      bed_json_end_array (&fixture->json);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (fixture->json.text->str, &error);
      g_assert_no_error (error);
    }
}

static void
test_speed (Fixture *fixture, gconstpointer unused)
{
  enum { ROUNDS = 1000000 };
  BedBedRow row = new_held_row ();
  g_test_timer_start ();
  for (int i = 0; i < ROUNDS; i++)
    {
      bed_json_reset (&fixture->json);
      bed_rows_print_bed (fixture->table, 2, &row, BED_SIGHT_WALL, &fixture->json);
    }
  g_test_message ("a bed row of %" G_GSIZE_FORMAT " bytes: %.3f us", fixture->json.text->len,
                  g_test_timer_elapsed () * 1e6 / ROUNDS);
}

#define ADD(path, function) g_test_add ("/rows/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lap", test_lap);
  ADD ("unit", test_unit);
  ADD ("unit-overlays", test_unit_overlays);
  ADD ("phone-not-on-a-wall", test_phone_not_on_a_wall);
  ADD ("bed", test_bed);
  ADD ("bed-overlays", test_bed_overlays);
  ADD ("own-room-has-no-bay", test_own_room_has_no_bay);
  ADD ("code-on-a-bed", test_code_on_a_bed);
  ADD ("referral", test_referral);
  ADD ("referral-in-a-bed", test_referral_in_a_bed);
  ADD ("no-offer-for-a-unit", test_no_offer_for_a_unit);
  ADD ("wall", test_wall);
  ADD ("wall-held", test_wall_held);
  ADD ("icons", test_icons);
  ADD ("clocks-by-state", test_clocks_by_state);
  ADD ("clocks-that-do-not-run", test_clocks_that_do_not_run);
  ADD ("gone-ids", test_gone_ids);
  ADD ("recent", test_recent);
  ADD ("recent-without-bed", test_recent_without_bed);
  ADD ("history", test_history);
  ADD ("damaged-rows", test_damaged_rows);
  if (g_test_perf ())
    ADD ("speed", test_speed);
  return g_test_run ();
}
