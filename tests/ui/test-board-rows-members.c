/* test-board-rows-members.c: every member of a row that a desk or a ward is told, and rows that are not
 * as they should be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-rows.h"

#include <string.h>

#define NOON_US G_GINT64_CONSTANT (1795348800000000) /* 2026-11-22T12:00:00Z */
#define NOON "'2026-11-22T12:00:00.000Z'"
#define MINUTE_US G_GINT64_CONSTANT (60000000)

static JsonObject *
parse (const char *row)
{
  g_autofree char *text = g_strdup (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  node = json_from_string (g_strdelimit (text, "'", '"'), &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
test_bed (void)
{
  g_autoptr (JsonObject) row = parse (
      "{'bed':'clarence-07','unit':'clarence','label':'Room 7','bay':'2','type':'rehab','flex':['d2a','chc'],"
      "'features':['hoist','ensuite'],'features_out':['hoist'],'bay_sex':'female','occupancy':'vacant',"
      "'readiness':'cleaning','service':'surge_open','reason':'repair','isolation':'barrier','infection':'mrsa',"
      "'commitment':'held','referral':'K7Q-M4X','until':" NOON ",'hold_min':60,'expected_free_at':" NOON ","
      "'confirmed_at':" NOON ",'source':'phone','offerable':true,'display':'held','stale':true,'closed':true,"
      "'clocks':[{'clock':'turnaround','due_at':" NOON ",'amber_at':" NOON ",'breached':true}]}");
  BoardBed bed = { 0 };

  g_assert_true (board_rows_read_bed (row, &bed));
  g_assert_cmpstr (bed.id, ==, "clarence-07");
  g_assert_cmpstr (bed.unit, ==, "clarence");
  g_assert_cmpstr (bed.label, ==, "Room 7");
  g_assert_cmpstr (bed.bay, ==, "2");
  g_assert_cmpstr (bed.referral, ==, "K7Q-M4X");
  g_assert_cmpint (bed.type, ==, BED_TYPE_REHAB);
  g_assert_cmpuint (bed.flex, ==, 1u << BED_TYPE_D2A | 1u << BED_TYPE_CHC);
  g_assert_cmpuint (bed.features, ==, G_GUINT64_CONSTANT (1) << BED_NEED_ENSUITE);
  g_assert_cmpuint (bed.features_out, ==, G_GUINT64_CONSTANT (1) << BED_NEED_HOIST);
  g_assert_cmpint (bed.bay_sex, ==, BED_BAY_SEX_FEMALE);
  g_assert_cmpint (bed.occupancy, ==, BED_OCCUPANCY_VACANT);
  g_assert_cmpint (bed.readiness, ==, BED_READINESS_CLEANING);
  g_assert_cmpint (bed.service, ==, BED_SERVICE_SURGE_OPEN);
  g_assert_cmpint (bed.reason, ==, BED_CLOSURE_REPAIR);
  g_assert_cmpint (bed.isolation, ==, BED_ISOLATION_BARRIER);
  g_assert_cmpint (bed.infection, ==, BED_INFECTION_MRSA);
  g_assert_cmpint (bed.commitment, ==, BED_COMMITMENT_HELD);
  g_assert_cmpint (bed.source, ==, BED_SOURCE_PHONE);
  g_assert_cmpint (bed.display, ==, BED_DISPLAY_HELD);
  g_assert_cmpint (bed.until_us, ==, NOON_US);
  g_assert_cmpint (bed.expected_free_us, ==, NOON_US);
  g_assert_cmpint (bed.confirmed_us, ==, NOON_US);
  g_assert_cmpint (bed.turnaround_due_us, ==, NOON_US);
  g_assert_cmpuint (bed.hold_min, ==, 60);
  g_assert_true (bed.is_offerable && bed.is_stale && bed.is_closed && bed.is_overdue && bed.is_in_effect);
  g_assert_false (bed.is_place);
}

static void
test_a_bed_with_no_more_than_its_ids (void)
{
  g_autoptr (JsonObject) row = parse ("{'bed':'a','unit':'b','type':'virtual_ward','in_effect':false,'source':null,"
                                      "'reason':null,'confirmed_at':null}");
  BoardBed bed = { 0 };

  g_assert_true (board_rows_read_bed (row, &bed));
  g_assert_true (bed.is_place);
  g_assert_false (bed.is_in_effect || bed.is_offerable || bed.is_stale || bed.is_closed || bed.is_overdue);
  g_assert_cmpint (bed.display, ==, BED_DISPLAY_UNKNOWN);
  g_assert_cmpint (bed.occupancy, ==, BED_OCCUPANCY_UNKNOWN);
  g_assert_cmpint (bed.commitment, ==, BED_COMMITMENT_NONE);
  g_assert_cmpint (bed.reason, ==, BED_CLOSURE_NONE);
  g_assert_cmpint (bed.source, ==, BED_SOURCE_NONE);
  g_assert_cmpint (bed.confirmed_us, ==, 0);
  g_assert_cmpint (bed.turnaround_due_us, ==, 0);
  g_assert_cmpuint (bed.flex, ==, 0);
}

static void
test_an_arrival_is_expected (void)
{
  g_autoptr (JsonObject) row = parse ("{'bed':'a','unit':'b','display':'accepted','expected_at':" NOON "}");
  BoardBed bed = { 0 };

  g_assert_true (board_rows_read_bed (row, &bed));
  g_assert_cmpint (bed.expected_us, ==, NOON_US);
  g_assert_cmpint (bed.until_us, ==, 0);
}

static void
test_unit (void)
{
  g_autoptr (JsonObject) row = parse (
      "{'unit':'clarence','site':'Woodcot Lodge','name':'Clarence Unit','owner':'hcc','owner_kind':'county',"
      "'lap':'gosport','easting':458000,'northing':100000,'staffed_cap':22,'proxy':true,'confirmed_at':" NOON ","
      "'stale':true,'closed':true,'reason':'outbreak','phone':'01329 000000','surge_asked':4,'accuracy':83,"
      "'rules':{'accepts':'lap','longest_stay_days':42,'weekends':true,'nights':true,'own_assessment':true,"
      "'latest_arrival':'18:00','fresh_day_min':240,'fresh_night_min':720}}");
  BoardUnit unit = { 0 };

  g_assert_true (board_rows_read_unit (row, &unit));
  g_assert_cmpstr (unit.id, ==, "clarence");
  g_assert_cmpstr (unit.site, ==, "Woodcot Lodge");
  g_assert_cmpstr (unit.name, ==, "Clarence Unit");
  g_assert_cmpstr (unit.owner, ==, "hcc");
  g_assert_cmpint (unit.owner_kind, ==, BED_OWNER_COUNTY);
  g_assert_cmpstr (unit.lap, ==, "gosport");
  g_assert_cmpstr (unit.phone, ==, "01329 000000");
  g_assert_cmpstr (unit.latest_arrival, ==, "18:00");
  g_assert_cmpint (unit.accepts, ==, BED_ACCEPTS_LAP);
  g_assert_cmpint (unit.reason, ==, BED_CLOSURE_OUTBREAK);
  g_assert_cmpint (unit.easting, ==, 458000);
  g_assert_cmpint (unit.northing, ==, 100000);
  g_assert_cmpint (unit.confirmed_us, ==, NOON_US);
  g_assert_cmpuint (unit.staffed_cap, ==, 22);
  g_assert_cmpuint (unit.surge_asked, ==, 4);
  g_assert_cmpint (unit.accuracy, ==, 83);
  g_assert_cmpuint (unit.longest_stay_days, ==, 42);
  g_assert_cmpuint (unit.fresh_day_min, ==, 240);
  g_assert_cmpuint (unit.fresh_night_min, ==, 720);
  g_assert_true (unit.takes_weekends && unit.takes_nights && unit.assesses);
  g_assert_true (unit.is_proxy && unit.is_stale && unit.is_closed && unit.is_in_effect);
}

static void
test_a_unit_on_a_wall (void)
{
  g_autoptr (JsonObject) row = parse ("{'unit':'clarence','name':'Clarence Unit'}");
  BoardUnit unit = { 0 };

  g_assert_true (board_rows_read_unit (row, &unit));
  g_assert_cmpstr (unit.phone, ==, "");
  g_assert_cmpint (unit.accuracy, ==, -1);
  g_assert_cmpuint (unit.surge_asked, ==, 0);
}

static void
test_referral (void)
{
  g_autoptr (JsonObject) row = parse (
      "{'referral':'K7Q-M4X','state':'paused','lane':'urgent','pathway':'enhanced','type':'d2a',"
      "'needs':{'must':['hoist'],'must_not':['stairs_ok'],'prefer':['ensuite'],'weight_band':'to_180',"
      "'oxygen_lpm':3,'infection':'covid_19'},'sex':'male','age_band':'85_94',"
      "'home':{'district':'SO51','easting':435000,'northing':121000},'lap':'winchester','source':'uhs',"
      "'home_first':'unsafe_home','with':'B3D-F6H','ready_at':" NOON ",'submitted_at':" NOON ",'triaged_at':" NOON ","
      "'arrived_at':" NOON ",'bed':'clarence-07','until':" NOON ",'hold_min':240,'expected_at':" NOON ","
      "'transport':'late','away':true,'waiting_for':'package','agreed':'best_interests','decide':true,"
      "'assessing':true,'first':true,'responded':true,'out_of_hours':true,'paused_for':'not_stable',"
      "'clocks':[{'clock':'therapy','due_at':" NOON ",'amber_at':'2026-11-22T11:59:00.000Z','breached':true}],"
      "'offer':{'bed':'keats-01','unit':'keats','metres':3100}}");
  BoardReferral person = { 0 };

  g_assert_true (board_rows_read_referral (row, &person));
  g_assert_cmpstr (person.code, ==, "K7Q-M4X");
  g_assert_cmpstr (person.home, ==, "SO51");
  g_assert_cmpint (person.home_easting, ==, 435000);
  g_assert_cmpint (person.home_northing, ==, 121000);
  g_assert_cmpstr (person.bed, ==, "clarence-07");
  g_assert_cmpstr (person.lap, ==, "winchester");
  g_assert_cmpstr (person.source, ==, "uhs");
  g_assert_cmpstr (person.with, ==, "B3D-F6H");
  g_assert_cmpstr (person.offer_bed, ==, "keats-01");
  g_assert_cmpstr (person.offer_unit, ==, "keats");
  g_assert_cmpuint (person.offer_metres, ==, 3100);
  g_assert_cmpint (person.state, ==, BED_STATE_PAUSED);
  g_assert_cmpint (person.lane, ==, BED_LANE_URGENT);
  g_assert_cmpint (person.pathway, ==, BED_PATHWAY_ENHANCED);
  g_assert_cmpint (person.type, ==, BED_TYPE_D2A);
  g_assert_cmpuint (person.must, ==, G_GUINT64_CONSTANT (1) << BED_NEED_HOIST);
  g_assert_cmpuint (person.must_not, ==, G_GUINT64_CONSTANT (1) << BED_NEED_STAIRS_OK);
  g_assert_cmpuint (person.prefer, ==, G_GUINT64_CONSTANT (1) << BED_NEED_ENSUITE);
  g_assert_cmpint (person.weight_band, ==, BED_WEIGHT_TO_180);
  g_assert_cmpuint (person.oxygen_lpm, ==, 3);
  g_assert_cmpint (person.infection, ==, BED_INFECTION_COVID_19);
  g_assert_cmpint (person.sex, ==, BED_SEX_MALE);
  g_assert_cmpint (person.age_band, ==, BED_AGE_BAND_85_94);
  g_assert_cmpint (person.agreed, ==, BED_AGREED_BEST_INTERESTS);
  g_assert_cmpint (person.home_first, ==, BED_HOME_FIRST_UNSAFE_HOME);
  g_assert_cmpint (person.transport, ==, BED_TRANSPORT_LATE);
  g_assert_cmpint (person.waiting_for, ==, BED_WAITING_FOR_PACKAGE);
  g_assert_cmpint (person.paused_for, ==, BED_PAUSE_NOT_STABLE);
  g_assert_cmpint (person.ready_us, ==, NOON_US);
  g_assert_cmpint (person.submitted_us, ==, NOON_US);
  g_assert_cmpint (person.triaged_us, ==, NOON_US);
  g_assert_cmpint (person.arrived_us, ==, NOON_US);
  g_assert_cmpint (person.expected_us, ==, NOON_US);
  g_assert_cmpint (person.until_us, ==, NOON_US);
  g_assert_cmpuint (person.hold_min, ==, 240);
  g_assert_true (person.is_away && person.is_to_decide && person.is_assessing && person.is_first);
  g_assert_true (person.has_responded && person.is_out_of_hours);
  g_assert_cmpint (person.clocks[BED_CLOCK_THERAPY].due_us, ==, NOON_US);
  g_assert_cmpint (person.clocks[BED_CLOCK_THERAPY].amber_us, ==, NOON_US - MINUTE_US);
  g_assert_true (person.clocks[BED_CLOCK_THERAPY].is_breached);
  g_assert_cmpint (person.clocks[BED_CLOCK_TRIAGE].due_us, ==, 0);
}

static void
test_a_person_on_a_wall (void)
{
  g_autoptr (JsonObject) row = parse ("{'referral':'K7Q-M4X','state':'waiting','lane':'flow',"
                                      "'icons':['hoist','no_such_need','ensuite','dementia','oxygen']}");
  BoardReferral person = { 0 };

  g_assert_true (board_rows_read_referral (row, &person));
  g_assert_cmpuint (person.n_needs, ==, BOARD_NEEDS_SHOWN);
  g_assert_cmpint (person.needs[1], ==, BED_NEED_ENSUITE);
  g_assert_cmpint (person.paused_for, ==, -1);
  g_assert_cmpint (person.home_easting, ==, 0);
  g_assert_cmpuint (person.must, ==, 0);
  g_assert_cmpint (person.agreed, ==, BED_AGREED_NOT_YET);
  g_assert_false (person.is_away || person.is_to_decide || person.is_assessing || person.has_responded);
}

static void
test_rows_without_an_id_are_left_out (void)
{
  static const char *const rows[] = { "{}", "{'bed':'','unit':'','referral':''}", "{'bed':7,'unit':{},'referral':[]}" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) row = parse (rows[i]);
      BoardBed bed = { 0 };
      BoardUnit unit = { 0 };
      BoardReferral person = { 0 };

      g_assert_false (board_rows_read_bed (row, &bed));
      g_assert_false (board_rows_read_unit (row, &unit));
      g_assert_false (board_rows_read_referral (row, &person));
    }
}

static void
test_members_of_another_kind_say_nothing (void)
{
  g_autoptr (JsonObject) row = parse ("{'bed':'a','unit':'b','label':7,'features':'hoist','flex':[7,null,{}],"
                                      "'until':'soon','hold_min':-5,'offerable':'yes','display':'asleep','clocks':[7,{}],"
                                      "'bay':['x'],'referral':'a code that is much too long for a code'}");
  BoardBed bed = { 0 };

  g_assert_true (board_rows_read_bed (row, &bed));
  g_assert_cmpstr (bed.label, ==, "");
  g_assert_cmpuint (bed.features, ==, 0);
  g_assert_cmpuint (bed.flex, ==, 0);
  g_assert_cmpint (bed.until_us, ==, 0);
  g_assert_cmpuint (bed.hold_min, ==, 0);
  g_assert_false (bed.is_offerable);
  g_assert_cmpint (bed.display, ==, BED_DISPLAY_UNKNOWN);
  g_assert_cmpstr (bed.bay, ==, "");
  g_assert_cmpstr (bed.referral, ==, "");
}

static void
test_a_long_name_is_cut_between_characters (void)
{
  g_autoptr (JsonObject) row = parse ("{'bed':'a','unit':'b','label':'Ystafell Tŷ Ŵŷŵ'}");
  BoardBed bed = { 0 };

  g_assert_true (board_rows_read_bed (row, &bed));
  g_assert_true (g_utf8_validate (bed.label, -1, NULL));
  g_assert_true (g_str_has_prefix ("Ystafell Tŷ Ŵŷŵ", bed.label));
  g_assert_cmpuint (strlen (bed.label), >=, sizeof bed.label - 3);
}

/* Places beyond any map, and numbers beyond any whole number: distances stay numbers. */
static void
test_places_far_away (void)
{
  g_autoptr (JsonObject) row = parse ("{'unit':'b','easting':9223372036854775807,'northing':-1e300,'staffed_cap':1e300,"
                                      "'surge_asked':true}");
  BoardUnit unit = { 0 };

  g_assert_true (board_rows_read_unit (row, &unit));
  g_assert_cmpint (unit.easting, ==, BOARD_METRES_MAX);
  g_assert_cmpint (unit.northing, ==, 0);
  g_assert_cmpuint (unit.staffed_cap, ==, 0);
  g_assert_cmpuint (unit.surge_asked, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-rows-members/bed", test_bed);
  g_test_add_func ("/board-rows-members/bed-of-ids", test_a_bed_with_no_more_than_its_ids);
  g_test_add_func ("/board-rows-members/arrival", test_an_arrival_is_expected);
  g_test_add_func ("/board-rows-members/unit", test_unit);
  g_test_add_func ("/board-rows-members/unit-on-a-wall", test_a_unit_on_a_wall);
  g_test_add_func ("/board-rows-members/referral", test_referral);
  g_test_add_func ("/board-rows-members/person-on-a-wall", test_a_person_on_a_wall);
  g_test_add_func ("/board-rows-members/without-an-id", test_rows_without_an_id_are_left_out);
  g_test_add_func ("/board-rows-members/of-another-kind", test_members_of_another_kind_say_nothing);
  g_test_add_func ("/board-rows-members/long-name", test_a_long_name_is_cut_between_characters);
  g_test_add_func ("/board-rows-members/far-away", test_places_far_away);
  return g_test_run ();
}
