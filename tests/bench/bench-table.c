/* bench-table.c: the shared table's reads against what they cannot beat and what they must.
 *
 * One row: against one memcpy of its 128 bytes, SQLite by rowid, and LMDB. All rows: against one
 * memcpy of the table's bytes. Every reader goes through its own read-only map, every figure and
 * its peer see the same rows in the same random order. At 65,536 beds (8 MiB of rows) and more, one
 * row waits for memory, as the memcpy does, and what is compared is mostly the machine's caches.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "tests/table-records.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_LMDB
#include <lmdb.h>
#endif

#define ROUNDS 9
#define READS 1000000 /* of rows, a round */
#define PEER_READS 100000

typedef struct
{
  guint32 n_beds;
  Records made;
  BrokerTable *writer;
  BedTable reader; /* the map a peer gets */
  guint32 *order;  /* READS indexes */
} Town;

static volatile guint64 sink; /* so that no read is left out */

static Town *
town_new (guint32 n_beds)
{
  Town *town = g_new0 (Town, 1);
  guint64 seed = 88172645463325252;
  int fd;

  town->n_beds = n_beds;
  records_make (&town->made, n_beds / 16, n_beds, 4096, 65536);
  town->writer = broker_table_new (&town->made.records, 1);
  g_assert_nonnull (town->writer);
  broker_table_begin (town->writer, n_beds, n_beds);
  for (guint32 i = 0; i < n_beds; i++)
    {
      const BedBedRow row = records_bed_row (i + 1);

      broker_table_write_bed (town->writer, i, &row);
    }
  broker_table_end (town->writer);

  fd = broker_table_open_fd (town->writer);
  g_assert_cmpint (bed_table_open (fd, &town->reader), ==, BED_TABLE_OK);
  close (fd);

  town->order = g_new (guint32, READS);
  for (guint i = 0; i < READS; i++)
    {
      seed ^= seed << 13;
      seed ^= seed >> 7;
      seed ^= seed << 17;
      town->order[i] = (guint32) (seed % n_beds);
    }
  return town;
}

static void
town_free (Town *town)
{
  bed_table_close (&town->reader);
  broker_table_free (town->writer);
  records_clear (&town->made);
  g_free (town->order);
  g_free (town);
}

/* One row, ours: whole, of the published revision, and checked. ns a row. */
static double
read_rows (const Town *town, guint n)
{
  const gint64 start = bench_now_ns ();
  guint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      BedBedRow row;

      bed_table_read_bed (&town->reader, town->order[i], &row);
      sum += row.revision;
    }
  sink = sum;
  return (double) (bench_now_ns () - start) / n;
}

static double
copy_rows (const Town *town, guint n)
{
  const BedRow *rows = (const BedRow *) town->reader.rows[BED_KIND_BED];
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < n; i++)
    {
      BedRow row;

      memcpy (&row, &rows[town->order[i]], sizeof row);
      __asm__ volatile("" : : "r"(&row) : "memory"); /* the copy must be made */
    }
  return (double) (bench_now_ns () - start) / n;
}

static void
bench_row (const Town *town)
{
  g_autofree char *what = g_strdup_printf ("one row of %u beds", town->n_beds);
  double ours[ROUNDS];
  double peers[ROUNDS];

  read_rows (town, READS);
  copy_rows (town, READS);
  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = read_rows (town, READS);
      peers[i] = copy_rows (town, READS);
    }
  bench_report (&(BenchRow){ .what = what,
                             .unit = "ns",
                             .peer_name = "memcpy of 128 bytes",
                             .ours = ours,
                             .peers = peers,
                             .n = ROUNDS,
                             .at_most = 3 });
}

/* SQLite. */

typedef struct
{
  char *folder;
  char *path;
  sqlite3 *db;
  sqlite3_stmt *select;
} Sqlite;

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static void
sqlite_open (Sqlite *sqlite, const Town *town)
{
  sqlite3_stmt *insert;

  sqlite->folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  sqlite->path = g_build_filename (sqlite->folder, "beds.sqlite", NULL);
  g_assert_cmpint (sqlite3_open (sqlite->path, &sqlite->db), ==, SQLITE_OK);
  run (sqlite->db,
       "PRAGMA journal_mode=WAL; PRAGMA cache_size=-1000000; PRAGMA mmap_size=1000000000;"
       "CREATE TABLE bed (id INTEGER PRIMARY KEY, row BLOB NOT NULL); BEGIN");
  sqlite3_prepare_v2 (sqlite->db, "INSERT INTO bed VALUES (?, ?)", -1, &insert, NULL);
  for (guint32 i = 0; i < town->n_beds; i++)
    {
      const BedBedRow row = records_bed_row (i + 1);

      sqlite3_bind_int64 (insert, 1, i);
      sqlite3_bind_blob (insert, 2, &row, sizeof row, SQLITE_TRANSIENT);
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);
  run (sqlite->db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_prepare_v2 (sqlite->db, "SELECT row FROM bed WHERE id = ?", -1, &sqlite->select, NULL);
}

static void
sqlite_close (Sqlite *sqlite)
{
  sqlite3_finalize (sqlite->select);
  sqlite3_close (sqlite->db);
  g_unlink (sqlite->path);
  g_rmdir (sqlite->folder);
  g_free (sqlite->path);
  g_free (sqlite->folder);
}

static double
sqlite_rows (Sqlite *sqlite, const Town *town)
{
  const gint64 start = bench_now_ns ();
  guint64 sum = 0;

  for (guint i = 0; i < PEER_READS; i++)
    {
      BedBedRow row;

      sqlite3_bind_int64 (sqlite->select, 1, town->order[i]);
      if (sqlite3_step (sqlite->select) != SQLITE_ROW)
        g_error ("%s", sqlite3_errmsg (sqlite->db));
      memcpy (&row, sqlite3_column_blob (sqlite->select, 0), sizeof row);
      sqlite3_reset (sqlite->select);
      sum += row.revision;
    }
  sink = sum;
  return (double) (bench_now_ns () - start) / PEER_READS;
}

static void
bench_sqlite (const Town *town)
{
  g_autofree char *what = g_strdup_printf ("one row of %u beds, newest each time", town->n_beds);
  g_autofree char *what_open
      = g_strdup_printf ("one row of %u beds, one transaction", town->n_beds);
  double ours[ROUNDS];
  double newest[ROUNDS];
  double open[ROUNDS];
  double ours_again[ROUNDS];
  Sqlite sqlite;

  sqlite_open (&sqlite, town);
  sqlite_rows (&sqlite, town);
  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = ours_again[i] = read_rows (town, READS);
      newest[i] = sqlite_rows (&sqlite, town);
      run (sqlite.db, "BEGIN");
      open[i] = sqlite_rows (&sqlite, town);
      run (sqlite.db, "COMMIT");
    }
  sqlite_close (&sqlite);
  bench_report (&(BenchRow){ .what = what,
                             .unit = "ns",
                             .peer_name = "SQLite by rowid",
                             .ours = ours,
                             .peers = newest,
                             .n = ROUNDS,
                             .at_least = 100 });
  bench_report (&(BenchRow){ .what = what_open,
                             .unit = "ns",
                             .peer_name = "SQLite, old snapshot",
                             .ours = ours_again,
                             .peers = open,
                             .n = ROUNDS });
}

/* LMDB, with its read transaction open: it, too, then reads an old snapshot. */

#ifdef HAVE_LMDB
typedef struct
{
  char *folder;
  MDB_env *env;
  MDB_dbi dbi;
} Lmdb;

static void
lmdb_open (Lmdb *lmdb, const Town *town)
{
  MDB_txn *txn;

  lmdb->folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  g_assert_cmpint (mdb_env_create (&lmdb->env), ==, 0);
  mdb_env_set_mapsize (lmdb->env, (size_t) 1 << 30);
  g_assert_cmpint (mdb_env_open (lmdb->env, lmdb->folder, MDB_NOSYNC, 0600), ==, 0);
  g_assert_cmpint (mdb_txn_begin (lmdb->env, NULL, 0, &txn), ==, 0);
  g_assert_cmpint (mdb_dbi_open (txn, NULL, MDB_INTEGERKEY | MDB_CREATE, &lmdb->dbi), ==, 0);
  for (guint32 i = 0; i < town->n_beds; i++)
    {
      const BedBedRow row = records_bed_row (i + 1);
      MDB_val key = { sizeof i, &i };
      MDB_val value = { sizeof row, (void *) &row };

      g_assert_cmpint (mdb_put (txn, lmdb->dbi, &key, &value, MDB_APPEND), ==, 0);
    }
  g_assert_cmpint (mdb_txn_commit (txn), ==, 0);
}

static void
lmdb_close (Lmdb *lmdb)
{
  static const char *const names[] = { "data.mdb", "lock.mdb" };

  mdb_env_close (lmdb->env);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (lmdb->folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (lmdb->folder);
  g_free (lmdb->folder);
}

static double
lmdb_rows (const Lmdb *lmdb, const Town *town)
{
  const gint64 start = bench_now_ns ();
  guint64 sum = 0;
  MDB_txn *txn;

  g_assert_cmpint (mdb_txn_begin (lmdb->env, NULL, MDB_RDONLY, &txn), ==, 0);
  for (guint i = 0; i < PEER_READS; i++)
    {
      MDB_val key = { sizeof town->order[i], &town->order[i] };
      MDB_val value;
      BedBedRow row;

      if (mdb_get (txn, lmdb->dbi, &key, &value) != 0)
        g_error ("LMDB has lost bed %u", town->order[i]);
      memcpy (&row, value.mv_data, sizeof row);
      sum += row.revision;
    }
  mdb_txn_abort (txn);
  sink = sum;
  return (double) (bench_now_ns () - start) / PEER_READS;
}

static void
bench_lmdb (const Town *town)
{
  g_autofree char *what = g_strdup_printf ("one row of %u beds", town->n_beds);
  double ours[ROUNDS];
  double peers[ROUNDS];
  Lmdb lmdb;

  lmdb_open (&lmdb, town);
  lmdb_rows (&lmdb, town);
  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = read_rows (town, READS);
      peers[i] = lmdb_rows (&lmdb, town);
    }
  lmdb_close (&lmdb);
  bench_report (&(BenchRow){ .what = what,
                             .unit = "ns",
                             .peer_name = "LMDB get, old snapshot",
                             .ours = ours,
                             .peers = peers,
                             .n = ROUNDS,
                             .at_least = 20 });
}
#else
static void
bench_lmdb (const Town *town)
{
  if (town->n_beds == 4096)
    printf ("LMDB: liblmdb-dev is not here, left out\n");
}
#endif

/* Whole tables: every changing row of one revision, checked, against one memcpy of those rows. */

typedef struct
{
  BedUnitRow *units;
  BedBedRow *beds;
  BedReferralRow *referrals;
  char *copy;
  gsize size;
} Room;

static double
read_table (const Town *town, const Room *room, guint times)
{
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < times; i++)
    {
      guint32 n_referrals;
      guint64 revision;

      if (!bed_table_read_all (&town->reader, room->units, room->beds, room->referrals,
                               &n_referrals, &revision))
        g_error ("the writer sleeps, and was faster");
      sink = revision + room->beds[i % town->n_beds].revision;
    }
  return (double) (bench_now_ns () - start) / times / 1000;
}

static double
copy_table (const Town *town, const Room *room, guint times)
{
  const gint64 start = bench_now_ns ();

  for (guint i = 0; i < times; i++)
    {
      memcpy (room->copy, town->reader.rows[BED_KIND_UNIT], room->size);
      __asm__ volatile("" : : "r"(room->copy) : "memory");
    }
  return (double) (bench_now_ns () - start) / times / 1000;
}

static void
bench_table (const Town *town)
{
  const BedSizes *sizes = &town->reader.sizes;
  const guint times = MAX (1, 4 * 1000 * 1000 / town->n_beds);
  g_autofree char *what = g_strdup_printf ("whole table of %u beds", town->n_beds);
  double ours[ROUNDS];
  double peers[ROUNDS];
  Room room;

  room.units = g_new (BedUnitRow, sizes->units);
  room.beds = g_new (BedBedRow, sizes->beds);
  room.referrals = g_new (BedReferralRow, sizes->referrals);
  room.size = (gsize) (sizes->units + sizes->beds) * sizeof (BedRow); /* referrals: none yet */
  room.copy = g_malloc (room.size);
  read_table (town, &room, 1);
  copy_table (town, &room, 1);
  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = read_table (town, &room, times);
      peers[i] = copy_table (town, &room, times);
    }
  bench_report (&(BenchRow){ .what = what,
                             .unit = "µs",
                             .peer_name = "memcpy of its rows",
                             .ours = ours,
                             .peers = peers,
                             .n = ROUNDS,
                             .at_most = 2.5 });
  g_free (room.units);
  g_free (room.beds);
  g_free (room.referrals);
  g_free (room.copy);
}

int
main (void)
{
  static const guint32 sizes[] = { 4096, 65536, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Town *town = town_new (sizes[i]);

      bench_row (town);
      bench_sqlite (town);
      bench_lmdb (town);
      bench_table (town);
      town_free (town);
    }
  return 0;
}
