/* test-overtaken.c: a writer that acts at chosen steps of a read, every step in turn.
 *
 * bed-table-rows.c is included with a hook between its loads; the hook performs the writer's next
 * actions (open a batch, write a row, end it). Whatever the interleaving, a read gives the register
 * of one published revision, or says that the writer was faster; and it ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
static void
read_step (void);

#define BED_TABLE_READ_STEP() read_step ()
#define RUN_ROWS 1u /* so that every row is a step */
#include "common/bed-table-rows.c"

#include "tests/table-records.h"

#include <glib.h>

enum
{
  UNITS = 2,
  BEDS = 12,
  REFERRALS = 12,
  REVISIONS = 4000
};

/* What the register is at a revision, by the revision of each row; 0 is a row never written. */
typedef struct
{
  guint16 units[UNITS];
  guint16 beds[BEDS];
  guint16 referrals[REFERRALS];
} Model;

typedef enum
{
  WRITER_ROWS,    /* one action a step: begin, some rows, end */
  WRITER_BATCHES, /* a whole such batch a step */
  WRITER_FLOODS   /* a batch of every row a step */
} WriterKind;

typedef struct
{
  Records made;
  BrokerTable *table;
  WriterKind kind;
  guint first_step; /* acts from this step on … */
  guint n_steps;    /* … for so many */
  guint step;
  guint action;
  guint revision;          /* of the batch that is open, or the last */
  Model models[REVISIONS]; /* [revision]: at it; the open batch's is being filled */
} Writer;

static Writer *acting; /* the hook has no argument */

static void
write_bed (Writer *writer, guint32 index)
{
  const BedBedRow row = records_bed_row (writer->revision);

  broker_table_write_bed (writer->table, index, &row);
  writer->models[writer->revision].beds[index] = (guint16) writer->revision;
}

static void
write_unit (Writer *writer, guint32 index)
{
  const BedUnitRow row = records_unit_row (writer->revision);

  broker_table_write_unit (writer->table, index, &row);
  writer->models[writer->revision].units[index] = (guint16) writer->revision;
}

static void
write_referral (Writer *writer, guint32 index)
{
  const BedReferralRow row = records_referral_row (writer->revision);

  broker_table_write_referral (writer->table, index, &row);
  writer->models[writer->revision].referrals[index] = (guint16) writer->revision;
}

static void
begin (Writer *writer)
{
  writer->revision++;
  g_assert_cmpuint (writer->revision, <, REVISIONS);
  writer->models[writer->revision] = writer->models[writer->revision - 1];
  broker_table_begin (writer->table, writer->revision, 4);
}

/* One action of a batch that touches both ends of the table and adds a referral. */
static gboolean
act (Writer *writer)
{
  const guint n = writer->revision;

  switch (writer->action)
    {
    case 0:
      begin (writer);
      break;
    case 1:
      write_bed (writer, n % 3);
      break;
    case 2:
      write_bed (writer, BEDS - 1 - n % 2);
      break;
    case 3:
      write_unit (writer, n % UNITS);
      break;
    case 4:
      write_referral (writer, MIN (n + REFERRALS / 2, REFERRALS) - 1);
      break;
    default:
      broker_table_end (writer->table);
      writer->action = 0;
      return FALSE;
    }
  writer->action++;
  return TRUE;
}

static void
flood (Writer *writer)
{
  begin (writer);
  for (guint32 i = 0; i < BEDS; i++)
    write_bed (writer, i);
  for (guint32 i = 0; i < UNITS; i++)
    write_unit (writer, i);
  for (guint32 i = 0; i < REFERRALS / 2; i++)
    write_referral (writer, i);
  broker_table_end (writer->table);
}

static void
read_step (void)
{
  Writer *writer = acting;

  if (writer == NULL)
    return;
  if (writer->step >= writer->first_step && writer->step - writer->first_step < writer->n_steps)
    switch (writer->kind)
      {
      case WRITER_ROWS:
        act (writer);
        break;
      case WRITER_BATCHES:
        while (act (writer))
          ;
        break;
      case WRITER_FLOODS:
        flood (writer);
        break;
      }
  writer->step++;
}

static Writer *
writer_new (WriterKind kind, guint first_step, guint n_steps, guint32 changes)
{
  Writer *writer = g_new0 (Writer, 1);

  writer->kind = kind;
  writer->first_step = first_step;
  writer->n_steps = n_steps;
  records_make (&writer->made, UNITS, BEDS, REFERRALS, changes);
  writer->table = broker_table_new (&writer->made.records, 1);
  g_assert_nonnull (writer->table);
  flood (writer); /* revision 1 */
  return writer;
}

static void
writer_free (Writer *writer)
{
  broker_table_free (writer->table);
  records_clear (&writer->made);
  g_free (writer);
}

typedef struct
{
  BedUnitRow units[UNITS];
  BedBedRow beds[BEDS];
  BedReferralRow referrals[REFERRALS];
} Register;

static gboolean
read_picture (Writer *writer, Register *picture, guint32 *n_referrals, guint64 *revision)
{
  gboolean is_read;

  acting = writer;
  is_read = bed_table_read_all (broker_table_peek (writer->table), picture->units, picture->beds,
                                picture->referrals, n_referrals, revision);
  acting = NULL;
  return is_read;
}

static void
assert_bed (const BedBedRow *row, guint revision)
{
  const BedBedRow expected = records_bed_row (revision);

  g_assert_cmpuint (row->revision, ==, revision);
  if (revision != 0)
    g_assert_cmpmem (row, sizeof *row, &expected, sizeof expected);
}

static void
assert_picture (const Writer *writer, const Register *picture, guint32 n_referrals,
                guint64 revision)
{
  const Model *model = &writer->models[revision];
  guint32 n_expected = 0;

  for (guint i = 0; i < BEDS; i++)
    assert_bed (&picture->beds[i], model->beds[i]);
  for (guint i = 0; i < UNITS; i++)
    g_assert_cmpuint (picture->units[i].revision, ==, model->units[i]);
  for (guint i = 0; i < REFERRALS; i++)
    if (model->referrals[i] != 0)
      n_expected = i + 1;
  g_assert_cmpuint (n_referrals, ==, n_expected);
  for (guint i = 0; i < n_referrals; i++)
    g_assert_cmpuint (picture->referrals[i].revision, ==, model->referrals[i]);
}

/* Every step at which the writer may start × how long it goes on. */
static void
sweep_pictures (WriterKind kind, guint32 changes)
{
  static const guint lengths[] = { 1, 2, 3, 4, 5, 6, 7, 9, 13, 20 };
  g_autofree Register *picture = g_new0 (Register, 1);
  guint n_reads = 0;
  guint n_moved = 0;

  for (guint length = 0; length < G_N_ELEMENTS (lengths); length++)
    for (guint first = 0;; first++)
      {
        Writer *writer = writer_new (kind, first, lengths[length], changes);
        guint32 n_referrals;
        guint64 revision;
        gboolean was_late;

        g_assert_true (read_picture (writer, picture, &n_referrals, &revision));
        g_assert_cmpuint (revision, <=, writer->revision);
        assert_picture (writer, picture, n_referrals, revision);
        n_reads++;
        n_moved += revision > 1;
        was_late = writer->step <= first;
        writer_free (writer);
        if (was_late)
          break;
      }
  g_test_message ("%u pictures, %u of a later revision than at their start", n_reads, n_moved);
  g_assert_cmpuint (n_moved, >, 0);
}

static void
test_rows (void)
{
  sweep_pictures (WRITER_ROWS, 256);
}

static void
test_batches (void)
{
  sweep_pictures (WRITER_BATCHES, 256);
}

/* The ring holds less than one round of catching up: the picture starts again. */
static void
test_short_ring (void)
{
  sweep_pictures (WRITER_BATCHES, 8);
}

static void
test_always_faster (void)
{
  Writer *writer = writer_new (WRITER_FLOODS, 0, G_MAXUINT, 256);
  g_autofree Register *picture = g_new0 (Register, 1);
  guint32 n_referrals;
  guint64 revision;

  g_assert_false (read_picture (writer, picture, &n_referrals, &revision));
  writer_free (writer);
}

/* A batch that is never ended: its writer has died, or sleeps. */
static void
test_never_ended (void)
{
  for (guint n_actions = 1; n_actions <= 5; n_actions++)
    {
      Writer *writer = writer_new (WRITER_ROWS, G_MAXUINT, 0, 256);
      g_autofree Register *picture = g_new0 (Register, 1);
      guint32 n_referrals;
      guint64 revision;

      for (guint i = 0; i < n_actions; i++)
        act (writer);
      g_assert_true (read_picture (writer, picture, &n_referrals, &revision));
      g_assert_cmpuint (revision, ==, 1);
      assert_picture (writer, picture, n_referrals, 1);
      writer_free (writer);
    }
}

/* One row: of a revision that was published between the start and the end of the read. */
static void
test_one_row (void)
{
  for (guint before = 0; before <= 5; before++)
    for (guint length = 1; length <= 30; length++)
      for (guint first = 0; first < 4; first++)
        {
          Writer *writer = writer_new (WRITER_ROWS, first, length, 256);
          const BedTable *table = broker_table_peek (writer->table);
          guint64 start;
          guint64 end;
          gboolean is_one = FALSE;
          BedBedRow row;

          for (guint i = 0; i < before; i++)
            act (writer);
          start = bed_table_get_revision (table);
          acting = writer;
          g_assert_true (bed_table_read_bed (table, 2, &row));
          acting = NULL;
          end = bed_table_get_revision (table);
          for (guint64 revision = start; revision <= end; revision++)
            is_one |= row.revision == writer->models[revision].beds[2];
          g_assert_true (is_one);
          assert_bed (&row, (guint) row.revision);
          writer_free (writer);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overtaken/rows", test_rows);
  g_test_add_func ("/overtaken/batches", test_batches);
  g_test_add_func ("/overtaken/short-ring", test_short_ring);
  g_test_add_func ("/overtaken/always-faster", test_always_faster);
  g_test_add_func ("/overtaken/never-ended", test_never_ended);
  g_test_add_func ("/overtaken/one-row", test_one_row);
  return g_test_run ();
}
