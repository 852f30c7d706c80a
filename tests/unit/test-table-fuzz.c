/* test-table-fuzz.c: random damage to a map, before and after opening: nothing may crash, and
 * whatever a read returns passes the checks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/table-copy.h"

#define FUZZ_ROUNDS 3000

/* Random damage. */

static void
read_everything (const BedTable *table)
{
  g_autofree BedUnitRow *units = g_new (BedUnitRow, table->sizes.units + 1);
  g_autofree BedBedRow *beds = g_new (BedBedRow, table->sizes.beds + 1);
  g_autofree BedReferralRow *referrals = g_new (BedReferralRow, table->sizes.referrals + 1);
  BedChange changes[CHANGES];
  BedRecent recent[BED_RECENT_LENGTH];
  BedHistory history[8];
  guint32 n_referrals;
  guint64 revision;
  guint64 position;

  if (bed_table_read_all (table, units, beds, referrals, &n_referrals, &revision))
    g_assert_cmpuint (n_referrals, <=, table->sizes.referrals);
  for (guint32 i = 0; i <= table->sizes.beds; i++)
    if (bed_table_read_bed (table, i, &beds[0]))
      g_assert_true (bed_table_check_bed (table, &beds[0]));
  for (guint32 i = 0; i <= table->sizes.units; i++)
    if (bed_table_read_unit (table, i, &units[0]))
      g_assert_true (bed_table_check_unit (table, &units[0]));
  for (guint32 i = 0; i <= table->sizes.referrals; i++)
    if (bed_table_read_referral (table, i, &referrals[0]))
      g_assert_true (bed_table_check_referral (table, &referrals[0]));
  for (guint i = 0; i < 4; i++)
    {
      position = i == 0 ? 0 : bed_table_get_changes_head (table) - i * 7;
      bed_table_read_changes (table, &position, changes, CHANGES);
      position = i == 0 ? 0 : bed_table_get_recent_head (table) - i * 7;
      bed_table_read_recent (table, &position, recent, BED_RECENT_LENGTH);
      position = i == 0 ? 0 : bed_table_get_history_head (table) - i * 7;
      bed_table_read_history (table, &position, history, 8);
    }
  bed_table_find_change (table, (guint64) g_test_rand_int ());
  bed_table_get_serving (table, NULL);
  for (guint32 i = 0; i < 3; i++)
    {
      const char *source = bed_table_peek_source (table, i);

      if (source)
        g_assert_cmpuint (strlen (source), <, BED_ID_SIZE);
    }
  for (guint32 i = 0; i < table->sizes.beds; i++)
    g_assert_cmpuint (table->beds[i].unit, <, table->sizes.units);
}

/* Header bytes are few and matter most: half of the damage goes there. */
static void
damage (const Copy *copy, guint n)
{
  guint8 *bytes = (guint8 *) copy->memory;

  for (guint i = 0; i < n; i++)
    {
      const gsize span = g_test_rand_bit () ? sizeof (BedHeader) : copy->size;
      const gsize where = (gsize) g_test_rand_int_range (0, (gint32) span);

      if (g_test_rand_bit ())
        bytes[where] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
      else
        bytes[where] = (guint8) g_test_rand_int ();
    }
}

/* g_test prints its seed, and takes one with --seed. */
static void
test_fuzz_before (void)
{
  g_auto (Copy) copy = copy_new ();
  g_autofree guint64 *clean = g_memdup2 (copy.memory, copy.size);
  guint n_opened = 0;

  for (guint round = 0; round < FUZZ_ROUNDS; round++)
    {
      BedTable table;

      memcpy (copy.memory, clean, copy.size);
      damage (&copy, (guint) g_test_rand_int_range (1, 4));
      if (bed_table_borrow (copy.memory, copy.size, &table) == BED_TABLE_OK)
        {
          n_opened++;
          read_everything (&table);
        }
    }
  g_test_message ("%u of %u opened", n_opened, FUZZ_ROUNDS);
  g_assert_cmpuint (n_opened, >, 0);
  g_assert_cmpuint (n_opened, <, FUZZ_ROUNDS);
}

/* Reference records are fixed once opened; all the rest may turn bad at any time. */
static void
test_fuzz_after (void)
{
  g_auto (Copy) copy = copy_new ();
  g_autofree guint64 *clean = g_memdup2 (copy.memory, copy.size);
  const gsize fixed_from = copy.header->lap_offset;
  const gsize fixed_to = copy.header->source_offset;

  for (guint round = 0; round < FUZZ_ROUNDS; round++)
    {
      BedTable table;

      memcpy (copy.memory, clean, copy.size);
      g_assert_cmpint (bed_table_borrow (copy.memory, copy.size, &table), ==, BED_TABLE_OK);
      damage (&copy, (guint) g_test_rand_int_range (1, 64));
      memcpy (at (&copy, fixed_from), (char *) clean + fixed_from, fixed_to - fixed_from);
      read_everything (&table);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/fuzz/before", test_fuzz_before);
  g_test_add_func ("/table/fuzz/after", test_fuzz_after);
  return g_test_run ();
}
