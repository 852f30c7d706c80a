/* test-row.c: the two-slot row by itself: what is written is read, the other slot is the row
 * before, and a half-written slot is not seen. Races are in tests/fault.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-row.h"

#include <glib.h>
#include <string.h>

static void
fill (guint64 *payload, guint n, guint64 seed)
{
  for (guint i = 0; i < n; i++)
    payload[i] = seed * 1000 + i;
}

static void
assert_reads (const guint64 *version, guint n, guint64 seed)
{
  guint64 expected[BED_REFERRAL_ROW_WORDS];
  guint64 payload[BED_REFERRAL_ROW_WORDS];

  fill (expected, n, seed);
  g_assert_true (bed_row_read (version, n, payload));
  g_assert_cmpmem (payload, n * 8, expected, n * 8);
}

static void
write_seed (guint64 *version, guint n, guint64 seed)
{
  guint64 payload[BED_REFERRAL_ROW_WORDS];

  fill (payload, n, seed);
  bed_row_write (version, n, payload);
}

static void
test_short (void)
{
  BedRow row = { 0 };

  for (guint64 seed = 1; seed <= 5; seed++)
    {
      write_seed (&row.version, BED_ROW_WORDS, seed);
      assert_reads (&row.version, BED_ROW_WORDS, seed);
    }
  g_assert_cmpuint (row.version, ==, 5);
}

static void
test_long (void)
{
  BedLongRow row = { 0 };

  for (guint64 seed = 1; seed <= 5; seed++)
    {
      write_seed (&row.version, BED_REFERRAL_ROW_WORDS, seed);
      assert_reads (&row.version, BED_REFERRAL_ROW_WORDS, seed);
    }
}

static void
test_untouched_neighbours (void)
{
  BedRow rows[3];

  memset (rows, 0, sizeof rows);
  rows[0].reserved = rows[1].reserved = G_MAXUINT64;
  write_seed (&rows[1].version, BED_ROW_WORDS, 1);
  write_seed (&rows[1].version, BED_ROW_WORDS, 2);
  g_assert_cmpuint (rows[0].reserved, ==, G_MAXUINT64);
  g_assert_cmpuint (rows[1].reserved, ==, G_MAXUINT64);
  g_assert_cmpuint (rows[2].version, ==, 0);
}

static void
test_before (void)
{
  BedRow row = { 0 };
  guint64 payload[BED_ROW_WORDS];

  write_seed (&row.version, BED_ROW_WORDS, 1);
  write_seed (&row.version, BED_ROW_WORDS, 2);
  bed_row_read_before (&row.version, BED_ROW_WORDS, payload);
  g_assert_cmpuint (payload[0], ==, 1000);
  g_assert_cmpuint (payload[BED_ROW_WORDS - 1], ==, 1000 + BED_ROW_WORDS - 1);
}

static void
test_half_written (void)
{
  BedRow row = { 0 };

  write_seed (&row.version, BED_ROW_WORDS, 1);
  row.slot[0][0] = row.slot[0][3] = 666; /* version is 1: slot 0 is the one being filled */
  assert_reads (&row.version, BED_ROW_WORDS, 1);
  write_seed (&row.version, BED_ROW_WORDS, 2);
  assert_reads (&row.version, BED_ROW_WORDS, 2);
}

static void
test_words (void)
{
  guint64 words[4] = { 0 };
  const guint64 values[4] = { 1, 2, 3, G_MAXUINT64 };
  guint64 copy[4];

  bed_row_store_words (words, 4, values);
  bed_row_store_word (words + 1, 20);
  bed_row_load_words (words, 4, copy);
  g_assert_cmpuint (copy[0], ==, 1);
  g_assert_cmpuint (copy[1], ==, 20);
  g_assert_cmpuint (bed_row_load_word (words + 3), ==, G_MAXUINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/short", test_short);
  g_test_add_func ("/row/long", test_long);
  g_test_add_func ("/row/untouched-neighbours", test_untouched_neighbours);
  g_test_add_func ("/row/before", test_before);
  g_test_add_func ("/row/half-written", test_half_written);
  g_test_add_func ("/row/words", test_words);
  return g_test_run ();
}
