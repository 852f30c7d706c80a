/* test-message.c: JSON-RPC 2.0 in and out, and the parser of foreign bytes under it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-message.h"
#include "common/bed-parse.h"

#include <string.h>

#define HOLD                                                                                       \
  "{\"jsonrpc\":\"2.0\",\"id\":17,\"method\":\"hold.take\",\"params\":{\"key\":"                           \
  "\"0193f5a0-1b2c-7def-8123-456789abcdef\",\"referral\":\"K7Q-M4X\",\"bed\":\"clarence-07\","             \
  "\"minutes\":60}}"

static BedMessage *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  BedMessage *message = bed_message_parse (text, strlen (text), BED_MESSAGE_MAX, &id, &error);
  g_assert_no_error (error);
  g_assert_null (id);
  return message;
}

/* Refused with this error, and with this id (or none) to answer under. */
static void
assert_refused (const char *text, gsize length, int code, const char *expected_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BedMessage) message = bed_message_parse (text, length, BED_MESSAGE_MAX, &id, &error);
  if (message != NULL)
    g_error ("accepted: %.*s", (int) MIN (length, 100), text);
  if (!g_error_matches (error, BED_ERROR, code))
    g_error ("%s for %.*s", error->message, (int) MIN (length, 100), text);
  g_assert_cmpstr (id, ==, expected_id);
}

static void
assert_parse_error (const char *text)
{
  assert_refused (text, strlen (text), BED_ERROR_PARSE, NULL);
}

static void
test_request (void)
{
  g_autoptr (BedMessage) message = parse (HOLD);
  g_assert_cmpint (message->kind, ==, BED_MESSAGE_REQUEST);
  g_assert_cmpstr (message->id, ==, "17");
  g_assert_cmpstr (message->method, ==, "hold.take");
  JsonObject *params = bed_message_peek_params (message);
  g_assert_cmpstr (json_object_get_string_member (params, "bed"), ==, "clarence-07");
  g_assert_cmpint (json_object_get_int_member (params, "minutes"), ==, 60);
}

static void
test_notification (void)
{
  g_autoptr (BedMessage) message = parse ("{\"jsonrpc\":\"2.0\",\"method\":\"feed.ack\"}");
  g_assert_cmpint (message->kind, ==, BED_MESSAGE_NOTIFICATION);
  g_assert_null (message->id);
  g_assert_null (bed_message_peek_params (message));
}

static void
test_params_not_an_object (void)
{
  g_autoptr (BedMessage) message = parse ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[1]}");
  g_assert_nonnull (message->body);
  g_assert_null (bed_message_peek_params (message));
}

static void
assert_id (const char *id, const char *expected)
{
  g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":%s}", id);
  g_autoptr (BedMessage) message = parse (text);
  g_assert_cmpint (message->kind, ==, BED_MESSAGE_REQUEST);
  g_assert_cmpstr (message->id, ==, expected);
}

static void
test_ids (void)
{
  assert_id ("0", "0");
  assert_id ("-9007199254740993", "-9007199254740993");
  assert_id ("1.5", "1.5");
  assert_id ("null", "null");
  assert_id ("\"a-\\u0031\"", "\"a-1\"");
  assert_id ("\"a\\\"b\"", "\"a\\\"b\"");
}

static void
test_id_of_the_limit (void)
{
  g_autofree char *longest = g_strnfill (BED_ID_MAX - 2, 'x');
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", longest);
  assert_id (quoted, quoted);
  g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":\"%sx\"}", longest);
  assert_refused (text, strlen (text), BED_ERROR_REQUEST, NULL);
}

static void
test_bad_ids (void)
{
  static const char *const ids[] = { "{}", "[]", "true", "false" };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":%s}", ids[i]);
      assert_refused (text, strlen (text), BED_ERROR_REQUEST, NULL);
    }
}

static void
test_bad_requests (void)
{
  static const struct
  {
    const char *text;
    const char *id;
  } cases[] = {
    { "[]", NULL },
    { "[" HOLD "]", NULL },
    { "17", NULL },
    { "\"x\"", NULL },
    { "null", NULL },
    { "{}", NULL },
    { "{\"id\":3,\"method\":\"x\"}", "3" },
    { "{\"jsonrpc\":\"1.0\",\"id\":\"a\",\"method\":\"x\"}", "\"a\"" },
    { "{\"jsonrpc\":2.0,\"id\":4,\"method\":\"x\"}", "4" },
    { "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":7}", "5" },
    { "{\"jsonrpc\":\"2.0\",\"id\":6}", "6" },
    { "{\"jsonrpc\":\"2.0\",\"result\":1}", NULL },
    { "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1,\"error\":{}}", "7" },
    { "{\"jsonrpc\":\"2.0\",\"id\":8,\"error\":\"x\"}", "8" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), BED_ERROR_REQUEST, cases[i].id);
}

static void
test_last_member_counts (void)
{
  g_autoptr (BedMessage) message = parse ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"id\":2,\"method\":\"b\"}");
  g_assert_cmpstr (message->id, ==, "2");
  g_assert_cmpstr (message->method, ==, "b");
}

static void
test_too_long (void)
{
  g_autofree char *padded = g_strdup_printf ("%s%*s", HOLD, (int) (BED_MESSAGE_MAX - strlen (HOLD)), "");
  g_assert_cmpuint (strlen (padded), ==, BED_MESSAGE_MAX);
  g_autoptr (BedMessage) message = parse (padded);
  g_autofree char *longer = g_strconcat (padded, " ", NULL);
  assert_parse_error (longer);
}

static char *
nest (guint depth)
{
  GString *text = g_string_new ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":");
  for (guint i = 1; i < depth; i++)
    g_string_append (text, i % 2 ? "{\"a\":" : "[");
  g_string_append (text, "\"[[{{\"");
  for (guint i = depth - 1; i >= 1; i--)
    g_string_append_c (text, i % 2 ? '}' : ']');
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (BED_MESSAGE_DEPTH_MAX);
  g_autoptr (BedMessage) message = parse (deepest);
  g_autofree char *deeper = nest (BED_MESSAGE_DEPTH_MAX + 1);
  assert_parse_error (deeper);
  g_autofree char *flood = g_strnfill (BED_MESSAGE_MAX, '[');
  assert_parse_error (flood);
}

static void
test_too_many_members (void)
{
  g_autoptr (GString) text = g_string_new ("{\"jsonrpc\":\"2.0\",\"method\":\"x\"");
  for (guint i = 2; i < BED_PARSE_MEMBERS_MAX; i++)
    g_string_append_printf (text, ",\"m%u\":0", i);
  g_string_append_c (text, '}');
  g_autoptr (BedMessage) message = parse (text->str);
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"z\":0}");
  assert_parse_error (text->str);
}

static void
test_not_utf8 (void)
{
  assert_parse_error ("{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}");
  assert_parse_error ("{\"jsonrpc\":\"2.0\",\"method\":\"\xed\xa0\x80\"}");
  assert_refused ("{}\0", 3, BED_ERROR_PARSE, NULL);
}

static void
test_not_json (void)
{
  static const char *const texts[] = {
    "", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "[1,]", "[1 2]", "[",
    "[1", "{\"a\":1", "{} {}", "{}x", "// no\n{}", "/* no */{}", "var a = {};", "tru", "nul", "True", "NaN",
    "Infinity", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x10", "--1", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"",
    "\"\\u12g4\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "\"a\tb\"",
    "\xef\xbb\xbf{}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_parse_error (texts[i]);
}

static void
test_values (void)
{
  g_autoptr (BedMessage) message = parse (
      " {\"jsonrpc\" : \"2.0\",\r\n\t\"method\":\"x\",\"params\":{\"i\":-0,\"big\":9223372036854775807,"
      "\"over\":9223372036854775808,\"d\":1.25e2,\"t\":true,\"f\":false,\"n\":null,\"a\":[],\"o\":{},"
      "\"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\udecf\",\"a name of more than thirty-two bytes\":1}} ");
  JsonObject *params = bed_message_peek_params (message);
  g_assert_cmpint (json_object_get_int_member (params, "i"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (params, "big"), ==, G_MAXINT64);
  g_assert_true (json_node_get_value_type (json_object_get_member (params, "over")) == G_TYPE_DOUBLE);
  g_assert_cmpfloat (json_object_get_double_member (params, "d"), ==, 125.0);
  g_assert_true (json_object_get_boolean_member (params, "t"));
  g_assert_false (json_object_get_boolean_member (params, "f"));
  g_assert_true (json_object_get_null_member (params, "n"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (params, "a")), ==, 0);
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (params, "o")), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (params, "s"), ==, "\"\\/\b\f\n\r\t\xc3\xa9\xf0\x9f\x9b\x8f");
  g_assert_cmpint (json_object_get_int_member (params, "a name of more than thirty-two bytes"), ==, 1);
}

/* Damaged messages: never a crash, and what is accepted is a whole message. */
static void
test_damaged (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize length = strlen (HOLD);
  guint n_refused = 0;
  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *text = g_strdup (HOLD);
      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, (gint32) length)]
            = g_rand_boolean (rand) ? "{}[]\",:\\u0"[g_rand_int_range (rand, 0, 10)]
                                    : (char) g_rand_int_range (rand, 0, 256);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;
      gsize kept = round % 2 ? length : (gsize) g_rand_int_range (rand, 0, (gint32) length + 1);
      g_autofree char *exact = g_memdup2 (text, kept); /* nothing behind it: AddressSanitizer would see */
      g_autoptr (BedMessage) message = bed_message_parse (exact, kept, BED_MESSAGE_MAX, &id, &error);
      g_assert_true ((message == NULL) == (error != NULL));
      if (message == NULL)
        n_refused++;
      else
        g_assert_nonnull (message->method);
    }
  g_assert_cmpuint (n_refused, >, 10000);
}

static void
test_print_result (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_message_begin_result (&json, "\"q\"");
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "revision", 9);
  bed_json_end_object (&json);
  bed_message_end_result (&json);
  g_assert_cmpstr (json.text->str, ==, "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{\"revision\":9}}");
  g_autoptr (BedMessage) message = parse (json.text->str);
  g_assert_cmpint (message->kind, ==, BED_MESSAGE_RESULT);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (message->body), "revision"), ==, 9);
}

static void
test_print_calls (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_message_begin_call (&json, "1", "status");
  bed_json_raw (&json, "{}", 2);
  bed_message_end_call (&json);
  g_string_append_c (json.text, '\n');
  bed_message_begin_call (&json, NULL, "table.moved");
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "revision", 3);
  bed_json_end_object (&json);
  bed_message_end_call (&json);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\",\"params\":{}}\n"
                   "{\"jsonrpc\":\"2.0\",\"method\":\"table.moved\",\"params\":{\"revision\":3}}");
}

static void
test_print_error (void)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_message_print_error (&json, NULL, BED_ERROR_PARSE, NULL, NULL);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":"
                   "\"not JSON, or nested deeper than 32\",\"data\":{\"reason\":\"parse_error\"}}}");
}

/* Each error survives the way to a client and back, with its words and further data. */
static void
test_errors_both_ways (void)
{
  for (BedError error = 0; error < BED_N_ERRORS; error++)
    {
      g_auto (BedJson) json;
      bed_json_init (&json, 0);
      bed_message_print_error (&json, "5", error, "said \"so\"", "\"member\":\"bed\"");
      g_autoptr (BedMessage) message = parse (json.text->str);
      g_assert_cmpint (message->kind, ==, BED_MESSAGE_ERROR);
      const char *words;
      JsonObject *members;
      g_assert_cmpint (bed_message_get_error (message, &words, &members), ==, error);
      g_assert_cmpstr (words, ==, "said \"so\"");
      g_assert_cmpstr (json_object_get_string_member (members, "member"), ==, "bed");
    }
}

static void
assert_foreign_error (const char *body, BedError expected)
{
  g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":%s}", body);
  g_autoptr (BedMessage) message = parse (text);
  const char *words;
  JsonObject *members;
  g_assert_cmpint (bed_message_get_error (message, &words, &members), ==, expected);
  g_assert_cmpstr (words, ==, bed_error_words (expected));
  g_assert_null (members);
}

static void
test_foreign_errors (void)
{
  assert_foreign_error ("{\"code\":-32601}", BED_ERROR_METHOD);
  assert_foreign_error ("{\"code\":-32000}", BED_ERROR_UNAVAILABLE);
  assert_foreign_error ("{\"code\":\"x\",\"data\":7}", BED_ERROR_UNAVAILABLE);
  assert_foreign_error ("{}", BED_ERROR_UNAVAILABLE);
}

static void
test_speed (void)
{
  enum { ROUNDS = 200000 };
  g_test_timer_start ();
  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (BedMessage) message = parse (HOLD);
    }
  g_test_message ("bed_message_parse of hold.take: %.2f us", g_test_timer_elapsed () * 1e6 / ROUNDS);
  g_test_timer_start ();
  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_assert_true (json_parser_load_from_data (parser, HOLD, sizeof HOLD - 1, NULL));
    }
  g_test_message ("json-glib's own parser: %.2f us", g_test_timer_elapsed () * 1e6 / ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message/request", test_request);
  g_test_add_func ("/message/notification", test_notification);
  g_test_add_func ("/message/params-not-an-object", test_params_not_an_object);
  g_test_add_func ("/message/ids", test_ids);
  g_test_add_func ("/message/id-of-the-limit", test_id_of_the_limit);
  g_test_add_func ("/message/bad-ids", test_bad_ids);
  g_test_add_func ("/message/bad-requests", test_bad_requests);
  g_test_add_func ("/message/last-member-counts", test_last_member_counts);
  g_test_add_func ("/message/too-long", test_too_long);
  g_test_add_func ("/message/depth", test_depth);
  g_test_add_func ("/message/too-many-members", test_too_many_members);
  g_test_add_func ("/message/not-utf8", test_not_utf8);
  g_test_add_func ("/message/not-json", test_not_json);
  g_test_add_func ("/message/values", test_values);
  g_test_add_func ("/message/damaged", test_damaged);
  g_test_add_func ("/message/print-result", test_print_result);
  g_test_add_func ("/message/print-calls", test_print_calls);
  g_test_add_func ("/message/print-error", test_print_error);
  g_test_add_func ("/message/errors-both-ways", test_errors_both_ways);
  g_test_add_func ("/message/foreign-errors", test_foreign_errors);
  if (g_test_perf ())
    g_test_add_func ("/message/speed", test_speed);
  return g_test_run ();
}
