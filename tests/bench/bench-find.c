/* bench-find.c: the nearest 10 suitable beds of 10⁴, 10⁵ and 10⁶, against SQLite's R*Tree.
 *
 * One made-up country a size: 20 beds a unit, units scattered, one bed in seven vacant, and people
 * who need a type and a feature, so that about one bed in forty is an offer. Ours reads the shared
 * table through bed_find_nearest. The peer is what a good programmer would write with SQLite: an
 * in-memory database, an R*Tree of bed positions joined with the beds' columns, prepared, and a
 * window that begins at the size which should hold ten offers and widens until it provably does.
 * Both answer the same questions and the answers are compared before anything is timed.
 *
 * bed.find with its whole accounting is held against one pass over the same memory that does nothing
 * but read every word of the same records and rows: the floor under anything that looks at each bed.
 * Also over the demonstration's own beds, its people's districts and its clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "broker/broker-reference.h"

#include "common/bed-find.h"

#include <errno.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define N_OFFERS 10
#define BEDS_A_UNIT 20
#define N_QUESTIONS 200
#define AREA_METRES 400000 /* a square of that side */
#define WEST 100000
#define SOUTH 100000
#define ONE_IN 40 /* beds that are an offer, for the peer's first window */
#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

typedef struct
{
  BrokerTable *broker_table;
  const BedTable *table;
  BedPlaces *places;
  sqlite3 *database;
  sqlite3_stmt *query;
  guint32 n_beds;
  guint32 n_in_effect;
  BedNeedsProfile questions[N_QUESTIONS];
} Country;

static void
check_sql (sqlite3 *database, int result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    g_error ("SQLite: %s", sqlite3_errmsg (database));
}

/* The table. */

static void
make_unit (BedUnit *unit, guint32 index, GRand *rand)
{
  g_snprintf (unit->id, sizeof unit->id, "unit-%u", index);
  g_snprintf (unit->name, sizeof unit->name, "Unit %u", index);
  unit->easting = WEST + (guint32) g_rand_int_range (rand, 0, AREA_METRES);
  unit->northing = SOUTH + (guint32) g_rand_int_range (rand, 0, AREA_METRES);
  unit->first_bed = index * BEDS_A_UNIT;
  unit->n_beds = BEDS_A_UNIT;
  unit->staffed_cap = BEDS_A_UNIT;
  unit->admission = BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS;
  unit->latest_arrival_min = 22 * 60;
}

static void
make_bed (BedBed *bed, guint32 index, GRand *rand)
{
  g_snprintf (bed->id, sizeof bed->id, "bed-%u", index);
  g_snprintf (bed->label, sizeof bed->label, "Bed %u", index % BEDS_A_UNIT + 1);
  bed->unit = index / BEDS_A_UNIT;
  bed->type = (guint8) (g_rand_int (rand) % 5);
  bed->flex = 1u << (g_rand_int (rand) % 5);
  bed->features = g_rand_int (rand) | g_rand_int (rand); /* each with 3 of 4 */
  bed->bay_sex = BED_BAY_SEX_SINGLE;
}

static BedBedRow
make_row (guint64 revision, GRand *rand)
{
  const gboolean is_vacant = g_rand_int (rand) % 7 == 0;

  return (BedBedRow) {
    .revision = revision,
    .confirmed_at_us = 1,
    .referral = BED_NONE,
    .occupancy = is_vacant ? BED_OCCUPANCY_VACANT : BED_OCCUPANCY_OCCUPIED,
    .readiness = g_rand_int (rand) % 10 == 0 ? BED_READINESS_DIRTY : BED_READINESS_READY,
    .display = is_vacant ? BED_DISPLAY_FREE : BED_DISPLAY_OCCUPIED,
    .bay_sex = BED_BAY_SEX_SINGLE,
    .flags = BED_FLAG_IN_EFFECT | BED_FLAG_FLEX,
  };
}

/* What the broker derives of the unit's beds. */
static BedUnitRow
derive_unit (guint64 revision, const BedBedRow rows[static BEDS_A_UNIT])
{
  BedUnitRow unit = { .revision = revision, .confirmed_at_us = 1, .staffed_cap = BEDS_A_UNIT,
                      .in_effect = BEDS_A_UNIT, .flags = BED_FLAG_IN_EFFECT };

  for (guint i = 0; i < BEDS_A_UNIT; i++)
    if (bed_forbids (&rows[i]) == BED_RULED_OUT_NOTHING)
      {
        unit.free++;
        unit.offerable |= BIT (i);
      }
  return unit;
}

static void
write_unit (BrokerTable *table, guint32 unit, GRand *rand)
{
  BedBedRow rows[BEDS_A_UNIT];

  broker_table_begin (table, unit + 1, 1);
  for (guint i = 0; i < BEDS_A_UNIT; i++)
    {
      rows[i] = make_row (unit + 1, rand);
      broker_table_write_bed (table, unit * BEDS_A_UNIT + i, &rows[i]);
    }
  const BedUnitRow row = derive_unit (unit + 1, rows);
  broker_table_write_unit (table, unit, &row);
  broker_table_end (table);
}

static void
make_table (Country *country, guint32 n_beds, GRand *rand)
{
  const BedSizes sizes = { .laps = 1, .districts = 1, .units = n_beds / BEDS_A_UNIT, .beds = n_beds,
                           .changes = 1024 };
  g_autofree BedUnit *units = g_new0 (BedUnit, sizes.units);
  g_autofree BedBed *beds = g_new0 (BedBed, sizes.beds);
  const BedLap lap = { .id = "lap", .name = "LAP", .urgent_closes_min = 1440 };
  const BedDistrict district = { .id = "SO51", .easting = 1, .northing = 1 };
  const BrokerReferenceRecords records = { .sizes = sizes, .laps = &lap, .districts = &district,
                                           .units = units, .beds = beds };

  for (guint32 i = 0; i < sizes.units; i++)
    make_unit (&units[i], i, rand);
  for (guint32 i = 0; i < sizes.beds; i++)
    make_bed (&beds[i], i, rand);
  country->n_beds = country->n_in_effect = n_beds;
  country->broker_table = broker_table_new (&records, 1);
  if (country->broker_table == NULL)
    g_error ("no table: %s", g_strerror (errno));
  country->table = broker_table_peek (country->broker_table);
  for (guint32 unit = 0; unit < sizes.units; unit++)
    write_unit (country->broker_table, unit, rand);
  country->places = bed_places_new (country->table);
}

/* The peer. */

static const char *const schema
    = "CREATE TABLE beds (bed INTEGER PRIMARY KEY, easting INTEGER, northing INTEGER, types INTEGER,"
      " features INTEGER, occupancy INTEGER, readiness INTEGER, service INTEGER, commitment INTEGER,"
      " isolation INTEGER, flags INTEGER);"
      "CREATE VIRTUAL TABLE places USING rtree_i32 (bed, west, east, south, north);";

static const char *const question
    = "SELECT bed, (easting - ?1) * (easting - ?1) + (northing - ?2) * (northing - ?2) AS square"
      " FROM places CROSS JOIN beds USING (bed)" /* the R*Tree first */
      " WHERE west >= ?1 - ?3 AND east <= ?1 + ?3 AND south >= ?2 - ?3 AND north <= ?2 + ?3"
      " AND occupancy = 1 AND readiness = 0 AND service = 0 AND commitment = 0 AND isolation = 0"
      " AND flags = 65 AND (types & ?4) != 0 AND (features & ?5) = ?5"
      " ORDER BY square, bed LIMIT 10";

static void
insert_bed (sqlite3_stmt *bed, sqlite3_stmt *place, const Country *country, guint32 index)
{
  const BedBed *record = &country->table->beds[index];
  const BedUnit *unit = &country->table->units[record->unit];
  BedBedRow row;

  bed_table_read_bed (country->table, index, &row);
  const gint64 values[] = { index, unit->easting, unit->northing, record->flex | 1u << record->type,
                            (gint64) record->features, row.occupancy, row.readiness, row.service,
                            row.commitment, row.isolation, row.flags };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sqlite3_bind_int64 (bed, (int) i + 1, values[i]);
  check_sql (country->database, sqlite3_step (bed));
  sqlite3_reset (bed);
  const gint64 corners[] = { index, unit->easting, unit->easting, unit->northing, unit->northing };
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    sqlite3_bind_int64 (place, (int) i + 1, corners[i]);
  check_sql (country->database, sqlite3_step (place));
  sqlite3_reset (place);
}

static void
make_database (Country *country)
{
  sqlite3_stmt *bed;
  sqlite3_stmt *place;

  check_sql (NULL, sqlite3_open (":memory:", &country->database));
  check_sql (country->database, sqlite3_exec (country->database, schema, NULL, NULL, NULL));
  check_sql (country->database, sqlite3_exec (country->database, "BEGIN", NULL, NULL, NULL));
  check_sql (country->database, sqlite3_prepare_v2 (country->database, "INSERT INTO beds VALUES (?,?,?,?,?,?,?,?,?,?,?)", -1, &bed, NULL));
  check_sql (country->database, sqlite3_prepare_v2 (country->database, "INSERT INTO places VALUES (?,?,?,?,?)", -1, &place, NULL));
  for (guint32 i = 0; i < country->n_beds; i++)
    insert_bed (bed, place, country, i);
  sqlite3_finalize (bed);
  sqlite3_finalize (place);
  check_sql (country->database, sqlite3_exec (country->database, "COMMIT", NULL, NULL, NULL));
  check_sql (country->database, sqlite3_prepare_v3 (country->database, question, -1, SQLITE_PREPARE_PERSISTENT, &country->query, NULL));
}

/* One window: the squares of the distances found, nearest first. */
static guint
ask_window (const Country *country, const BedNeedsProfile *needs, double half, double squares[static N_OFFERS])
{
  sqlite3_stmt *query = country->query;
  guint n = 0;

  sqlite3_bind_int64 (query, 1, needs->easting);
  sqlite3_bind_int64 (query, 2, needs->northing);
  sqlite3_bind_int64 (query, 3, (gint64) ceil (half));
  sqlite3_bind_int64 (query, 4, 1u << needs->type);
  sqlite3_bind_int64 (query, 5, (gint64) needs->must);
  while (sqlite3_step (query) == SQLITE_ROW)
    squares[n++] = (double) sqlite3_column_int64 (query, 1);
  sqlite3_reset (query);
  return n;
}

/* Everything within `half` is in the window: what is farther away proves nothing about its corners. */
static guint
ask_peer (const Country *country, const BedNeedsProfile *needs, double squares[static N_OFFERS])
{
  double half = sqrt (1.5 * N_OFFERS * ONE_IN / country->n_beds / M_PI) * AREA_METRES;

  for (;;)
    {
      const guint n = ask_window (country, needs, half, squares);

      if (half > 2 * AREA_METRES || (n == N_OFFERS && squares[N_OFFERS - 1] <= half * half))
        return n;
      half = n == N_OFFERS ? ceil (sqrt (squares[N_OFFERS - 1])) + 1 : half * 2;
    }
}

static guint
ask_ours (const Country *country, const BedNeedsProfile *needs, BedOffer offers[static N_OFFERS])
{
  const BedView view = bed_view_of_table (country->table, country->places);

  return bed_find_nearest (&view, needs, N_OFFERS, NULL, NULL, offers);
}

/* Questions. */

static void
make_questions (Country *country, GRand *rand)
{
  static const guint8 wanted[] = { BED_NEED_HOIST, BED_NEED_ENSUITE, BED_NEED_WHEELCHAIR, BED_NEED_DEMENTIA };

  for (guint i = 0; i < N_QUESTIONS; i++)
    country->questions[i] = (BedNeedsProfile) {
      .must = BIT (wanted[g_rand_int (rand) % G_N_ELEMENTS (wanted)]),
      .easting = WEST + (guint32) g_rand_int_range (rand, 0, AREA_METRES),
      .northing = SOUTH + (guint32) g_rand_int_range (rand, 0, AREA_METRES),
      .district = BED_NONE_16,
      .type = (guint8) (g_rand_int (rand) % 5),
      .sex = BED_SEX_FEMALE,
      .lap = BED_NONE_8,
      .minute = 14 * 60,
      .is_weekend = TRUE,
    };
}

static void
compare_answers (const Country *country)
{
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      double squares[N_OFFERS];
      BedOffer offers[N_OFFERS];
      const guint n = ask_peer (country, &country->questions[i], squares);

      if (ask_ours (country, &country->questions[i], offers) != n)
        g_error ("question %u: not as many answers", i);
      for (guint k = 0; k < n; k++)
        if (offers[k].metres != (guint32) (sqrt (squares[k]) * 1.3 + 0.5))
          g_error ("question %u: answer %u differs", i, k);
    }
}

static double
time_ours (const Country *country)
{
  BedOffer offers[N_OFFERS];
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < N_QUESTIONS; i++)
    ask_ours (country, &country->questions[i], offers);
  return (double) (bench_now_ns () - start) / N_QUESTIONS / 1000;
}

static double
time_peer (const Country *country)
{
  double squares[N_OFFERS];
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < N_QUESTIONS; i++)
    ask_peer (country, &country->questions[i], squares);
  return (double) (bench_now_ns () - start) / N_QUESTIONS / 1000;
}

/* Of one search, the mean of as many as take a while. */
static double
time_accounting (const Country *country)
{
  const guint n = 1 + 100000 / country->n_beds;
  const BedView view = bed_view_of_table (country->table, country->places);
  g_autofree BedFound *found = g_new (BedFound, 1);
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < n; i++)
    {
      bed_find (&view, &country->questions[i % N_QUESTIONS], BED_FIND_LIMIT, found);
      if (found->total != country->n_in_effect)
        g_error ("not every bed is accounted for");
    }
  return (double) (bench_now_ns () - start) / n / 1000;
}

typedef guint64 Word __attribute__ ((may_alias));

static guint64
add_words (guint64 sum, gconstpointer from, gsize size)
{
  const Word *words = from;

  for (gsize i = 0; i < size / sizeof *words; i++)
    sum += words[i];
  return sum;
}

/* Every word of every unit's and bed's record and row, and of the roads. */
static double
time_pass (const Country *country)
{
  const guint n = 1 + 100000 / country->n_beds;
  const BedTable *table = country->table;
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < n; i++)
    {
      guint64 sum = add_words (0, table->units, table->sizes.units * sizeof (BedUnit));

      sum = add_words (sum, table->crossings, table->sizes.crossings * sizeof (BedCrossing));
      sum = add_words (sum, table->beds, table->sizes.beds * sizeof (BedBed));
      sum = add_words (sum, table->rows[BED_KIND_BED], table->sizes.beds * sizeof (BedRow));
      __asm__ volatile ("" : : "r"(sum)); /* or the compiler would see that nobody wants it */
    }
  return (double) (bench_now_ns () - start) / n / 1000;
}

static void
report_accounting (const char *beds, double *ours, double *peers)
{
  g_autofree char *what = g_strdup_printf ("bed.find with accounting, %s beds", beds);

  bench_report (&(BenchRow) { .what = what, .unit = "µs", .peer_name = "reading the same memory once",
                              .ours = ours, .peers = peers, .n = BENCH_ROUNDS, .at_most = 20 });
}

static void
measure (guint32 n_beds, GRand *rand)
{
  Country country = { 0 };
  g_autofree char *nearest = g_strdup_printf ("nearest %u suitable of %u beds", N_OFFERS, n_beds);
  g_autofree char *beds = g_strdup_printf ("%u", n_beds);
  double ours[BENCH_ROUNDS];
  double peers[BENCH_ROUNDS];
  double whole[BENCH_ROUNDS];
  double passes[BENCH_ROUNDS];

  make_table (&country, n_beds, rand);
  make_database (&country);
  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      make_questions (&country, rand); /* new places: nobody's cache knows them */
      ours[round] = time_ours (&country);
      peers[round] = time_peer (&country);
      whole[round] = time_accounting (&country);
      passes[round] = time_pass (&country);
      compare_answers (&country);
    }
  bench_report (&(BenchRow) { .what = nearest, .unit = "µs", .peer_name = "SQLite R*Tree, in memory",
                              .ours = ours, .peers = peers, .n = BENCH_ROUNDS, .at_least = 50 });
  report_accounting (beds, whole, passes);
  sqlite3_finalize (country.query);
  sqlite3_close (country.database);
  bed_places_free (country.places);
  broker_table_free (country.broker_table);
}

/* The demonstration. */

static BrokerReference *
load_demo (const char *folder)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder, &error);
  BrokerReference *reference = files != NULL ? broker_reference_parse (files, NULL, faults) : NULL;

  if (reference == NULL)
    g_error ("%s: %s", folder, error != NULL ? error->message : (const char *) faults->pdata[0]);
  return reference;
}

/* Every bed in effect, vacant or not as it comes. */
static void
write_demo (Country *country, GRand *rand)
{
  const BedTable *table = country->table;

  broker_table_begin (country->broker_table, 1, table->sizes.beds);
  for (guint32 i = 0; i < table->sizes.beds; i++)
    {
      BedBedRow row = make_row (1, rand);

      row.bay_sex = table->beds[i].bay_sex;
      broker_table_write_bed (country->broker_table, i, &row);
    }
  broker_table_end (country->broker_table);
}

static void
ask_demo_questions (Country *country, GRand *rand)
{
  make_questions (country, rand);
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      BedNeedsProfile *needs = &country->questions[i];

      needs->district = (guint16) (g_rand_int (rand) % country->table->sizes.districts);
      needs->easting = country->table->districts[needs->district].easting;
      needs->northing = country->table->districts[needs->district].northing;
      needs->lap = bed_places_find_nearest_lap (country->places, needs->easting, needs->northing);
    }
}

static void
measure_demo (const char *folder, GRand *rand)
{
  g_autoptr (BrokerReference) reference = load_demo (folder);
  BrokerReferenceRecords records = { .sizes = reference->sizes, .laps = reference->laps,
                                     .districts = reference->districts, .crossings = reference->crossings,
                                     .units = reference->units, .beds = reference->beds };
  Country country = { .n_beds = reference->sizes.beds, .n_in_effect = reference->sizes.beds };
  g_autofree char *beds = g_strdup_printf ("the demo's %u", reference->sizes.beds);
  double whole[BENCH_ROUNDS];
  double passes[BENCH_ROUNDS];

  records.sizes.changes = 1024;
  country.broker_table = broker_table_new (&records, 1);
  if (country.broker_table == NULL)
    g_error ("no table: %s", g_strerror (errno));
  country.table = broker_table_peek (country.broker_table);
  country.places = bed_places_new (country.table);
  write_demo (&country, rand);
  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      ask_demo_questions (&country, rand);
      whole[round] = time_accounting (&country);
      passes[round] = time_pass (&country);
    }
  report_accounting (beds, whole, passes);
  bed_places_free (country.places);
  broker_table_free (country.broker_table);
}

int
main (int argc, char **argv)
{
  const guint32 sizes[] = { 10000, 100000, 1000000 };
  const guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  printf ("# find: seed %u\n", seed);
  if (argc > 1)
    measure_demo (argv[1], rand);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure (sizes[i], rand);
  return 0;
}
