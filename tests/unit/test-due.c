/* test-due.c: the heap gives rows back in order, whatever was set, moved and removed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-due.h"

#define ROWS 200

static void
test_empty (void)
{
  g_autoptr (BrokerDue) due = broker_due_new ();
  gint64 at_us;
  guint32 row;
  g_assert_false (broker_due_peek (due, &at_us, &row));
  broker_due_set (due, 3, BROKER_DUE_NEVER);
  g_assert_false (broker_due_peek (due, &at_us, &row));
}

static void
test_moves (void)
{
  g_autoptr (BrokerDue) due = broker_due_new ();
  gint64 at_us;
  guint32 row;
  broker_due_set (due, 1, 10);
  broker_due_set (due, 2, 20);
  broker_due_set (due, 1, 30);
  g_assert_true (broker_due_peek (due, &at_us, &row));
  g_assert_cmpuint (row, ==, 2);
  g_assert_cmpint (at_us, ==, 20);
}

/* Against a plain array that is searched whole. */
static void
test_random (void)
{
  g_autoptr (BrokerDue) due = broker_due_new ();
  gint64 naive[ROWS];
  for (guint i = 0; i < ROWS; i++)
    naive[i] = BROKER_DUE_NEVER;
  for (guint step = 0; step < 20000; step++)
    {
      guint32 row = (guint32) g_test_rand_int_range (0, ROWS), first = 0, found = 0;
      gint64 at_us = g_test_rand_int_range (0, 4) == 0 ? BROKER_DUE_NEVER : g_test_rand_int_range (0, 500);
      broker_due_set (due, row, naive[row] = at_us);
      for (guint32 i = 1; i < ROWS; i++)
        if (naive[i] < naive[first])
          first = i;
      gboolean has_any = broker_due_peek (due, &at_us, &found);
      g_assert_cmpint (has_any, ==, naive[first] != BROKER_DUE_NEVER);
      if (has_any)
        {
          g_assert_cmpuint (found, ==, first);
          g_assert_cmpint (at_us, ==, naive[first]);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/due/empty", test_empty);
  g_test_add_func ("/due/moves", test_moves);
  g_test_add_func ("/due/random", test_random);
  return g_test_run ();
}
