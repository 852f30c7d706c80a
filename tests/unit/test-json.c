/* test-json.c: the JSON writer: commas, escapes, numbers, times, and that json-glib reads it all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-json.h"

#include <json-glib/json-glib.h>
#include <math.h>

static void
test_commas (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "a", 1);
  bed_json_name (&json, "b");
  bed_json_begin_array (&json);
  bed_json_begin_object (&json);
  bed_json_end_object (&json);
  bed_json_begin_array (&json);
  bed_json_end_array (&json);
  bed_json_string (&json, "x");
  bed_json_raw (&json, "[1,2]", -1);
  bed_json_end_array (&json);
  bed_json_add_bool (&json, "c", TRUE);
  bed_json_add_bool (&json, "d", FALSE);
  bed_json_add_string (&json, "e", NULL);
  bed_json_end_object (&json);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"a\":1,\"b\":[{},[],\"x\",[1,2]],\"c\":true,\"d\":false,\"e\":null}");
}

static void
assert_string (const char *value, const char *expected)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_string (&json, value);
  g_assert_cmpstr (json.text->str, ==, expected);
}

static void
test_escapes (void)
{
  assert_string ("", "\"\"");
  assert_string ("a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
  assert_string ("\n\r\t\b\x01\x1f", "\"\\n\\r\\t\\u0008\\u0001\\u001f\"");
  assert_string ("\x7f", "\"\\u007f\"");
  assert_string ("Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x9b\x8f", "\"Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x9b\x8f\"");
}

static void
test_bad_utf8 (void)
{
  assert_string ("a\xff" "b", "\"a\xef\xbf\xbd" "b\"");
  assert_string ("a\xe2\x82", "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
  assert_string ("\xc0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
  assert_string ("\xed\xa0\x80x", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx\"");
}

static void
assert_int (gint64 value, const char *expected)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_int (&json, value);
  g_assert_cmpstr (json.text->str, ==, expected);
}

static void
test_ints (void)
{
  assert_int (0, "0");
  assert_int (7, "7");
  assert_int (-10, "-10");
  assert_int (G_MAXINT64, "9223372036854775807");
  assert_int (G_MININT64, "-9223372036854775808");
}

static void
test_doubles (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_begin_array (&json);
  bed_json_double (&json, 0.5);
  bed_json_double (&json, NAN);
  bed_json_double (&json, -INFINITY);
  bed_json_end_array (&json);
  g_assert_cmpstr (json.text->str, ==, "[0.5,null,null]");
}

static void
test_times (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_begin_object (&json);
  bed_json_add_time (&json, "at", G_GINT64_CONSTANT (1795347720123456));
  bed_json_add_time (&json, "zero", 0);
  bed_json_end_object (&json);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"at\":\"2026-11-22T11:42:00.123Z\",\"zero\":\"1970-01-01T00:00:00.000Z\"}");
}

static void
test_steal (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_begin_array (&json);
  bed_json_int (&json, 1);
  bed_json_end_array (&json);
  gsize length;
  g_autofree char *text = bed_json_steal (&json, &length);
  g_assert_cmpstr (text, ==, "[1]");
  g_assert_cmpuint (length, ==, 3);
  bed_json_int (&json, 2);
  g_assert_cmpstr (json.text->str, ==, "2");
}

static void
test_reset (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_int (&json, 1);
  bed_json_reset (&json);
  bed_json_int (&json, 2);
  g_assert_cmpstr (json.text->str, ==, "2");
}

/* Any bytes at all become a string that json-glib reads, and valid UTF-8 survives unchanged. */
static void
test_random_strings (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (int round = 0; round < 2000; round++)
    {
      char value[40];
      int n = g_rand_int_range (rand, 0, sizeof value);
      gboolean is_wide = g_rand_boolean (rand);
      for (int i = 0; i < n; i++)
        value[i] = (char) (is_wide ? g_rand_int_range (rand, 1, 256) : g_rand_int_range (rand, 1, 128));
      value[n] = '\0';

      g_auto (BedJson) json;
      bed_json_init (&json, 0);
      bed_json_begin_array (&json);
      bed_json_string (&json, value);
      bed_json_end_array (&json);

      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (json.text->str, &error);
      g_assert_no_error (error);
      const char *back = json_array_get_string_element (json_node_get_array (node), 0);
      if (g_utf8_validate (value, -1, NULL))
        g_assert_cmpstr (back, ==, value);
      else
        g_assert_true (g_utf8_validate (back, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/commas", test_commas);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/bad-utf8", test_bad_utf8);
  g_test_add_func ("/json/ints", test_ints);
  g_test_add_func ("/json/doubles", test_doubles);
  g_test_add_func ("/json/times", test_times);
  g_test_add_func ("/json/steal", test_steal);
  g_test_add_func ("/json/reset", test_reset);
  g_test_add_func ("/json/random-strings", test_random_strings);
  return g_test_run ();
}
