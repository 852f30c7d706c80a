/* test-erasures.c: who is to be erased next, as it was before, and as bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-erasures.h"

#include <string.h>

static BrokerErasures *
make_three (void)
{
  BrokerErasures *list = broker_erasures_new ();
  broker_erasures_add (list, "BBB-BB1", 100);
  broker_erasures_add (list, "CCC-CC1", 200);
  broker_erasures_add (list, "DDD-DD1", 300);
  broker_erasures_keep (list);
  return list;
}

/* The codes' first letters, in their order. */
static void
assert_order (const BrokerErasures *list, const char *letters)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) order = g_string_new (NULL);
  broker_erasures_save (list, bytes);
  for (guint i = 0; i < bytes->len / sizeof (BrokerErasure); i++)
    g_string_append_c (order, (char) bytes->data[i * sizeof (BrokerErasure) + offsetof (BrokerErasure, code)]);
  g_assert_cmpstr (order->str, ==, letters);
  g_assert_cmpuint (broker_erasures_count (list), ==, strlen (letters));
}

static void
test_closed_first (void)
{
  g_autoptr (BrokerErasures) list = make_three ();
  g_assert_cmpstr (broker_erasures_peek (list)->code, ==, "BBB-BB1");
}

static void
test_same_instant (void)
{
  g_autoptr (BrokerErasures) list = make_three ();
  broker_erasures_add (list, "FFF-FF1", 400);
  broker_erasures_add (list, "EEE-EE1", 400);
  assert_order (list, "BCDEF");
}

static void
test_again_is_newer (void)
{
  g_autoptr (BrokerErasures) list = make_three ();
  broker_erasures_add (list, "BBB-BB1", 400);
  assert_order (list, "CDB");
}

static void
test_unknown_is_nothing (void)
{
  g_autoptr (BrokerErasures) list = make_three ();
  broker_erasures_remove (list, "FFF-FF1");
  g_assert_null (broker_erasures_find (list, "FFF-FF1"));
  assert_order (list, "BCD");
}

static void
test_none (void)
{
  g_autoptr (BrokerErasures) list = broker_erasures_new ();
  g_assert_null (broker_erasures_peek (list));
}

static void
test_take_back (void)
{
  g_autoptr (BrokerErasures) list = make_three ();
  broker_erasures_remove (list, "BBB-BB1");
  broker_erasures_remove (list, "CCC-CC1");
  broker_erasures_add (list, "EEE-EE1", 400);
  broker_erasures_add (list, "DDD-DD1", 500);
  broker_erasures_remove (list, "EEE-EE1");
  assert_order (list, "D");
  broker_erasures_take_back (list);
  assert_order (list, "BCD");
  g_assert_cmpint (broker_erasures_find (list, "DDD-DD1")->closed_us, ==, 300);
}

static void
test_kept_stays (void)
{
  g_autoptr (BrokerErasures) list = make_three ();
  broker_erasures_remove (list, "BBB-BB1");
  broker_erasures_keep (list);
  broker_erasures_take_back (list);
  assert_order (list, "CD");
}

static void
test_bytes_and_back (void)
{
  g_autoptr (BrokerErasures) list = make_three (), loaded = broker_erasures_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  broker_erasures_save (list, bytes);
  g_assert_true (broker_erasures_load (loaded, bytes->data, 3, 300));
  assert_order (loaded, "BCD");
}

/* Bytes that are no such list: the second entry is changed. */
static void
assert_refused (gint64 closed_us, const char *code, gint64 at_us)
{
  g_autoptr (BrokerErasures) list = broker_erasures_new ();
  BrokerErasure three[] = { { 100, "BBB-BB1" }, { closed_us, "" }, { 300, "DDD-DD1" } };
  memcpy (three[1].code, code, sizeof three[1].code);
  g_assert_false (broker_erasures_load (list, (const guint8 *) three, 3, at_us));
}

static void
test_damaged (void)
{
  assert_refused (-1, "CCC-CC1", 300);
  assert_refused (50, "CCC-CC1", 300);
  assert_refused (301, "CCC-CC1", 300);
  assert_refused (200, "CCC\0CC1", 300);
  assert_refused (200, "CCC-CC12", 300);
  assert_refused (200, "BBB-BB1", 300);
  assert_refused (200, "CCC-CC1", 299);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/erasures/closed-first", test_closed_first);
  g_test_add_func ("/erasures/same-instant", test_same_instant);
  g_test_add_func ("/erasures/again", test_again_is_newer);
  g_test_add_func ("/erasures/unknown", test_unknown_is_nothing);
  g_test_add_func ("/erasures/none", test_none);
  g_test_add_func ("/erasures/take-back", test_take_back);
  g_test_add_func ("/erasures/keep", test_kept_stays);
  g_test_add_func ("/erasures/bytes", test_bytes_and_back);
  g_test_add_func ("/erasures/damaged", test_damaged);
  return g_test_run ();
}
