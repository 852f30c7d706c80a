/* test-rows-referral.c: what a row says of the whole life of a referral, of a unit's answers and of an
 * isolated bed, and to whom: the members beyond those that every reader has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-rows.h"
#include "common/bed-time.h"
#include "tests/table-records.h"

#include <string.h>

#define NOON G_GINT64_CONSTANT (1795347720000000) /* 2026-11-22T11:42:00Z */
#define N_CLASSES (BED_SIGHT_COUNTS + 1)
#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))
#define CLASS(name) (1u << BED_SIGHT_##name)
#define ALL (CLASS (FULL) | CLASS (REFERRER) | CLASS (UNIT) | CLASS (ASSESSOR) | CLASS (COUNTS))

/* Beds 0 and 1 are unit-0's, 2 and 3 unit-1's. */
typedef struct
{
  Records made;
  BrokerTable *writer;
  const BedTable *table;
  BedJson json;
} Fixture;

static BedReferralRow
new_row (void)
{
  return (BedReferralRow) { .revision = 1,
                            .code = "K7Q-M4X",
                            .submitted_at_us = NOON,
                            .triaged_at_us = NOON,
                            .bed = BED_NONE,
                            .offer_bed = BED_NONE,
                            .linked = BED_NONE,
                            .lapsed_bed = BED_NONE,
                            .declined_by = { BED_NONE, BED_NONE, BED_NONE, BED_NONE },
                            .state = BED_STATE_WAITING,
                            .lane = BED_LANE_URGENT,
                            .pathway = BED_PATHWAY_SUPPORTED };
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  records_make (&fixture->made, 2, 4, 8, 64);
  g_strlcpy (fixture->made.laps[0].area, "Area 0", BED_NAME_SIZE);
  fixture->writer = broker_table_new (&fixture->made.records, 7);
  g_assert_nonnull (fixture->writer);
  g_assert_true (broker_table_add_source (fixture->writer, "uhs"));
  g_assert_true (broker_table_add_source (fixture->writer, "qa"));
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

static gboolean
says (Fixture *fixture, const char *member)
{
  return strstr (fixture->json.text->str, member) != NULL;
}

static void
print_row (Fixture *fixture, const BedReferralRow *row, guint class)
{
  bed_json_reset (&fixture->json);
  bed_rows_print_referral (fixture->table, row, class, &fixture->json);
}

/* Said to these classes and to no other; and not at all of a plain row. */
static void
assert_said (Fixture *fixture, const BedReferralRow *row, const char *member, guint classes)
{
  BedReferralRow plain = new_row ();
  for (guint class = 0; class < N_CLASSES; class ++)
    {
      print_row (fixture, row, class);
      g_assert_cmpint (says (fixture, member), ==, classes >> class & 1);
      print_row (fixture, &plain, class);
      g_assert_false (says (fixture, member));
    }
}

static void
test_home_first (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.home_first = BED_HOME_FIRST_UNSAFE_HOME;
  assert_said (fixture, &row, "\"home_first\":\"unsafe_home\"", ALL);
}

static void
test_measured_needs (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.weight_band = BED_WEIGHT_TO_180;
  row.oxygen_lpm = 4;
  row.infection = BED_INFECTION_CPE;
  assert_said (fixture, &row, "\"prefer\":[],\"weight_band\":\"to_180\",\"oxygen_lpm\":4,\"infection\":\"cpe\"}", ALL);
  assert_said (fixture, &row, "cpe", ALL);
}

static void
test_transport (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.transport = BED_TRANSPORT_LATE;
  assert_said (fixture, &row, "\"transport\":\"late\"", ALL);
}

static void
test_waiting_for (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.waiting_for = BED_WAITING_FOR_HOUSING;
  assert_said (fixture, &row, "\"waiting_for\":\"housing\"", ALL);
}

static void
test_times (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.arrived_at_us = NOON + BED_HOUR_US;
  assert_said (fixture, &row, "\"triaged_at\":\"2026-11-22T11:42:00.000Z\",\"arrived_at\":\"2026-11-22T12:42:00.000Z\"", ALL);
  row.triaged_at_us = 0;
  print_row (fixture, &row, BED_SIGHT_FULL);
  g_assert_false (says (fixture, "triaged_at"));
}

static void
test_marks (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    guint8 flag;
    const char *member;
  } marks[] = { { BED_REFERRAL_DECIDE, "\"decide\":true" },
                { BED_REFERRAL_ASSESSING, "\"assessing\":true" },
                { BED_REFERRAL_FIRST, "\"first\":true" },
                { BED_REFERRAL_RESPONDED, "\"responded\":true" } };
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      BedReferralRow row = new_row ();
      row.flags = marks[i].flag;
      assert_said (fixture, &row, marks[i].member, ALL);
    }
}

static void
test_out_of_hours (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  g_assert_true (bed_time_parse ("2026-11-22T21:00:00Z", &row.triaged_at_us));
  assert_said (fixture, &row, "\"out_of_hours\":true", ALL);
  row.lap = BED_NONE_8;
  print_row (fixture, &row, BED_SIGHT_FULL);
  g_assert_false (says (fixture, "out_of_hours"));
}

static void
test_paused (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.state = BED_STATE_PAUSED;
  row.paused_for = BED_PAUSE_BECAME_UNWELL + 1;
  assert_said (fixture, &row, "\"paused_for\":\"became_unwell\"", ALL);
}

/* The other of a couple stands in row 5 of the table. */
static void
write_other (Fixture *fixture, guint32 bed, guint16 source)
{
  BedReferralRow other = new_row ();
  memcpy (other.code, "N8R-P3T", BED_CODE_SIZE);
  other.bed = bed;
  other.source = source;
  broker_table_begin (fixture->writer, 1, 1);
  broker_table_write_referral (fixture->writer, 5, &other);
  broker_table_end (fixture->writer);
}

#define WITH "\"with\":\"N8R-P3T\""

static void
test_couple (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.linked = 5;
  row.bed = 0;
  write_other (fixture, 1, 0);
  assert_said (fixture, &row, WITH, CLASS (FULL) | CLASS (REFERRER) | CLASS (UNIT) | CLASS (ASSESSOR));
}

static void
test_couple_in_two_units (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.linked = 5;
  row.bed = 0;
  write_other (fixture, 2, 0);
  assert_said (fixture, &row, WITH, CLASS (FULL) | CLASS (REFERRER));
}

static void
test_couple_of_whom_one_has_a_bed (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.linked = 5;
  write_other (fixture, 2, 0);
  assert_said (fixture, &row, WITH, CLASS (FULL) | CLASS (REFERRER));
  row.bed = 0;
  tear_down (fixture, NULL);
  set_up (fixture, NULL);
  write_other (fixture, BED_NONE, 0);
  assert_said (fixture, &row, WITH, CLASS (FULL) | CLASS (REFERRER));
}

static void
test_couple_of_two_organisations (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.linked = 5;
  write_other (fixture, BED_NONE, 1);
  assert_said (fixture, &row, WITH, CLASS (FULL));
}

/* No such row. */
static void
test_couple_of_nobody (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.linked = BED_NONE - 1;
  assert_said (fixture, &row, "\"with\"", 0);
}

static void
test_away (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  BedBedRow bed = { .revision = 1, .referral = 0, .occupancy = BED_OCCUPANCY_ON_LEAVE };
  row.state = BED_STATE_THERAPY_STARTED;
  row.bed = 2;
  broker_table_begin (fixture->writer, 1, 1);
  broker_table_write_bed (fixture->writer, 2, &bed);
  broker_table_end (fixture->writer);
  assert_said (fixture, &row, "\"away\":true", ALL);
  row.bed = 3;
  print_row (fixture, &row, BED_SIGHT_FULL);
  g_assert_false (says (fixture, "away"));
}

/* Of a rare combination the area alone; without an icon nothing is rare. */
static void
test_wall_area (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    guint64 must;
    guint8 lap;
    guint16 home;
    gboolean is_rare;
    const char *said;
  } cases[] = {
    { BIT (BED_NEED_HOIST), 0, 0, FALSE, "\"home\":{\"district\":\"SO0\"}," },
    { BIT (BED_NEED_HOIST), 0, 0, TRUE, "\"home\":{\"area\":\"Area 0\"}," },
    { BIT (BED_NEED_HOIST), BED_NONE_8, BED_NONE_16, FALSE, "\"home\":{\"district\":\"nfa\"}," },
    { BIT (BED_NEED_HOIST), BED_NONE_8, BED_NONE_16, TRUE, "\"home\":{\"area\":null}," },
    { 0, 0, 0, TRUE, "\"home\":{\"district\":\"SO0\"}," },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BedReferralRow row = new_row ();
      row.must = cases[i].must;
      row.lap = cases[i].lap;
      row.home = cases[i].home;
      bed_json_reset (&fixture->json);
      bed_rows_print_wall_referral (fixture->table, &row, cases[i].is_rare, &fixture->json);
      g_assert_nonnull (strstr (fixture->json.text->str, cases[i].said));
    }
  BedReferralRow row = new_row ();
  row.must = BIT (BED_NEED_HOIST);
  print_row (fixture, &row, BED_SIGHT_WALL); /* nobody has counted */
  g_assert_false (says (fixture, "district"));
}

/* When somebody comes says nothing about who: for everybody, walls too. */
static void
test_bed_expects (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    guint8 commitment;
    const char *said;
  } cases[] = { { BED_COMMITMENT_NONE, "\"until\":\"2026" }, { BED_COMMITMENT_HELD, "\"until\":\"2026" },
                { BED_COMMITMENT_ACCEPTED, "\"expected_at\":\"2026" }, { BED_COMMITMENT_IN_TRANSIT, "\"expected_at\":\"2026" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint class = 0; class < N_CLASSES; class ++)
      {
        BedBedRow row = { .referral = BED_NONE, .commitment = cases[i].commitment, .until_us = NOON };
        gboolean is_expecting = cases[i].commitment >= BED_COMMITMENT_ACCEPTED;
        bed_json_reset (&fixture->json);
        bed_rows_print_bed (fixture->table, 2, &row, class, &fixture->json);
        g_assert_true (says (fixture, cases[i].said));
        g_assert_false (says (fixture, is_expecting ? "\"until\"" : "expected_at"));
      }
}

/* Everything at once adds nothing to a wall. */
static void
test_wall_has_no_more (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  print_row (fixture, &row, BED_SIGHT_WALL);
  g_autofree char *before = g_strdup (fixture->json.text->str);
  row.flags = BED_REFERRAL_DECIDE | BED_REFERRAL_ASSESSING | BED_REFERRAL_FIRST;
  row.home_first = BED_HOME_FIRST_UNSAFE_HOME;
  row.transport = BED_TRANSPORT_LATE;
  row.waiting_for = BED_WAITING_FOR_HOUSING;
  row.weight_band = BED_WEIGHT_TO_300;
  row.oxygen_lpm = 9;
  row.infection = BED_INFECTION_MRSA;
  row.paused_for = 1;
  row.arrived_at_us = NOON;
  row.linked = 5;
  write_other (fixture, 2, 0);
  print_row (fixture, &row, BED_SIGHT_WALL);
  g_assert_cmpstr (fixture->json.text->str, ==, before);
}

static void
print_unit (Fixture *fixture, const BedUnitRow *row, guint class)
{
  bed_json_reset (&fixture->json);
  bed_rows_print_unit (fixture->table, 1, row, class, &fixture->json);
}

static void
test_surge_asked (Fixture *fixture, gconstpointer unused)
{
  BedUnitRow row = { .flags = BED_FLAG_IN_EFFECT, .surge_asked = 4 };
  for (guint class = 0; class < N_CLASSES; class ++)
    {
      print_unit (fixture, &row, class);
      g_assert_cmpint (says (fixture, "\"surge_asked\":4"), ==, class != BED_SIGHT_WALL);
    }
  row.surge_asked = 0;
  print_unit (fixture, &row, BED_SIGHT_FULL);
  g_assert_false (says (fixture, "surge_asked"));
}

static void
test_accuracy (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    guint8 n_answers;
    guint32 faults;
    const char *member; /* NULL: nothing is said */
  } units[] = { { 0, 0, NULL },
                { 1, 0, "\"accuracy\":100" },
                { 1, 1, "\"accuracy\":0}" },
                { 3, 2, "\"accuracy\":67" },
                { 4, 0xfff0, "\"accuracy\":100" }, /* bits beyond what is remembered count for nothing */
                { 32, 0xffff, "\"accuracy\":50" },
                { 255, G_MAXUINT32, "\"accuracy\":0}" } };
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint class = 0; class < N_CLASSES; class ++)
      {
        BedUnitRow row = { .flags = BED_FLAG_IN_EFFECT, .n_answers = units[i].n_answers, .faults = units[i].faults };
        print_unit (fixture, &row, class);
        gboolean is_said = units[i].member != NULL && class != BED_SIGHT_WALL;
        g_assert_cmpint (says (fixture, is_said ? units[i].member : "accuracy"), ==, is_said);
      }
}

static void
test_infection (Fixture *fixture, gconstpointer unused)
{
  BedBedRow row = { .referral = BED_NONE, .isolation = BED_ISOLATION_BARRIER, .infection = BED_INFECTION_NOROVIRUS };
  for (guint class = 0; class < N_CLASSES; class ++)
    {
      bed_json_reset (&fixture->json);
      bed_rows_print_bed (fixture->table, 2, &row, class, &fixture->json);
      g_assert_cmpint (says (fixture, "\"isolation\":\"barrier\",\"infection\":\"norovirus\""), ==,
                       class == BED_SIGHT_FULL || class == BED_SIGHT_UNIT);
      g_assert_cmpint (says (fixture, "norovirus"), ==, class == BED_SIGHT_FULL || class == BED_SIGHT_UNIT);
    }
  row.infection = BED_INFECTION_NONE;
  bed_json_reset (&fixture->json);
  bed_rows_print_bed (fixture->table, 2, &row, BED_SIGHT_FULL, &fixture->json);
  g_assert_false (says (fixture, "infection"));
}

#define ADD(path, function) g_test_add ("/rows-referral/" path, Fixture, NULL, set_up, function, tear_down)
/* A bed in one's own district is no metres away; whoever is from nowhere is told no distance. */
static void
test_offer_next_door (Fixture *fixture, gconstpointer unused)
{
  BedReferralRow row = new_row ();
  row.offer_bed = 2;
  row.easting = 431000;
  print_row (fixture, &row, BED_SIGHT_FULL);
  g_assert_true (says (fixture, "\"unit\":\"unit-1\",\"metres\":0}"));
  row.easting = 0;
  print_row (fixture, &row, BED_SIGHT_FULL);
  g_assert_true (says (fixture, "\"unit\":\"unit-1\"}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("wall-area", test_wall_area);
  ADD ("bed-expects", test_bed_expects);
  ADD ("home-first", test_home_first);
  ADD ("measured-needs", test_measured_needs);
  ADD ("transport", test_transport);
  ADD ("waiting-for", test_waiting_for);
  ADD ("times", test_times);
  ADD ("marks", test_marks);
  ADD ("out-of-hours", test_out_of_hours);
  ADD ("paused", test_paused);
  ADD ("couple/both", test_couple);
  ADD ("couple/two-units", test_couple_in_two_units);
  ADD ("couple/one-has-a-bed", test_couple_of_whom_one_has_a_bed);
  ADD ("couple/two-organisations", test_couple_of_two_organisations);
  ADD ("couple/nobody", test_couple_of_nobody);
  ADD ("away", test_away);
  ADD ("offer-next-door", test_offer_next_door);
  ADD ("wall-has-no-more", test_wall_has_no_more);
  ADD ("surge-asked", test_surge_asked);
  ADD ("accuracy", test_accuracy);
  ADD ("infection", test_infection);
  return g_test_run ();
}
