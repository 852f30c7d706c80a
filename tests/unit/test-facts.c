/* test-facts.c: each member's form, its bounds, and that what is printed reads back the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-facts.h"
#include "common/bed-parse.h"
#include "tests/unit/any-facts.h"

#include <string.h>

#define F(fact) (G_GUINT64_CONSTANT (1) << BED_FACT_##fact)
#define ALL ((G_GUINT64_CONSTANT (1) << BED_N_FACTS) - 1)

static gboolean
parse (const char *text, guint64 wanted, guint64 required, BedFacts *facts, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (JsonNode) node = bed_parse_json (text, strlen (text), &parse_error);
  g_assert_no_error (parse_error);
  return bed_facts_parse (json_node_get_object (node), wanted, required, facts, error);
}

static void
assert_good (const char *text, guint64 wanted, BedFacts *facts)
{
  g_autoptr (GError) error = NULL;
  parse (text, wanted, wanted, facts, &error);
  if (error != NULL)
    g_error ("%s in %s", error->message, text);
  g_assert_cmpuint (facts->has, ==, wanted);
}

static void
assert_bad (const char *text, guint64 wanted, const char *member)
{
  g_auto (BedFacts) facts = { 0 };
  g_autoptr (GError) error = NULL;
  if (parse (text, wanted, 0, &facts, &error))
    g_error ("accepted: %s", text);
  g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, member);
  g_assert_cmpuint (facts.has, ==, 0);
}

static char *
print (const BedFacts *facts)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_json_begin_object (&json);
  bed_facts_print (facts, &json);
  bed_json_end_object (&json);
  return g_strdup (json.text->str);
}

static void
test_ids (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"bed\":\"clarence-07\"}", F (BED), &facts);
  g_assert_cmpstr (facts.bed, ==, "clarence-07");
  assert_good ("{\"bed\":\"a23456789_123456789-1234567890x\"}", F (BED), &facts);
  g_assert_cmpuint (strlen (facts.bed), ==, BED_ID_SIZE - 1);
}

static void
test_bad_ids (void)
{
  static const char *const wrong[] = { "\"\"", "\"a23456789_123456789-1234567890xy\"", "\"Clarence\"", "\"a b\"",
                                       "\"a/b\"", "\"caf\xc3\xa9\"", "7", "null", "true", "[]", "{}" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"unit\":%s}", wrong[i]);
      assert_bad (text, F (UNIT), "unit");
    }
}

static void
test_codes (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"referral\":\"k7qm4x\"}", F (REFERRAL), &facts);
  g_assert_cmpstr (facts.referral, ==, "K7Q-M4X");
  assert_bad ("{\"referral\":\"K7Q-M4Y\"}", F (REFERRAL), "referral");
  assert_bad ("{\"referral\":7}", F (REFERRAL), "referral");
}

static void
test_districts (void)
{
  static const char *const good[][2] = {
    { "\"SO51\"", "SO51" }, { "\"po1\"", "PO1" },   { "\"W1A\"", "W1A" },
    { "\"N1\"", "N1" },     { "\"EC1A\"", "EC1A" }, { "{\"district\":\"GU14\"}", "GU14" },
    { "\"nfa\"", "" },      { "\"NFA\"", "" },      { "{\"district\":\"nfa\"}", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_auto (BedFacts) facts = { 0 };
      g_autofree char *text = g_strdup_printf ("{\"home\":%s}", good[i][0]);
      assert_good (text, F (HOME), &facts);
      g_assert_cmpstr (facts.home, ==, good[i][1]);
    }
}

static void
test_bad_districts (void)
{
  static const char *const wrong[] = { "\"\"", "\"S\"", "\"51\"", "\"SO\"", "\"SO511\"", "\"SO51 7QZ\"", "\"S0-1\"",
                                       "\"SOU1\"", "\"1SO\"", "\"SO5-\"", "{}", "{\"district\":7}",
                                       "{\"district\":{\"district\":\"SO51\"}}", "null", "51" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"near\":%s}", wrong[i]);
      assert_bad (text, F (NEAR), "near");
    }
}

static void
test_times (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"until\":\"2026-11-22T12:42:00+01:00\"}", F (UNTIL), &facts);
  g_assert_cmpint (facts.until_us, ==, G_GINT64_CONSTANT (1795347720000000));
  assert_bad ("{\"until\":\"2026-11-22\"}", F (UNTIL), "until");
  assert_bad ("{\"until\":\"1970-01-01T00:00:00Z\"}", F (UNTIL), "until");
  assert_bad ("{\"until\":1795347720}", F (UNTIL), "until");
  assert_bad ("{\"ready_at\":null}", F (READY_AT), "ready_at");
  assert_bad ("{\"expected_free_at\":\"soon\"}", F (EXPECTED_FREE_AT), "expected_free_at");
}

static void
test_numbers (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"minutes\":1}", F (MINUTES), &facts);
  assert_good ("{\"minutes\":100000}", F (MINUTES), &facts);
  g_assert_cmpuint (facts.minutes, ==, 100000);
  assert_good ("{\"metres\":0}", F (METRES), &facts);
  static const char *const wrong[] = { "0", "-1", "100001", "60.0", "\"60\"", "18446744073709551676", "null", "[60]" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"minutes\":%s}", wrong[i]);
      assert_bad (text, F (MINUTES), "minutes");
    }
}

static void
test_words (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"occupancy\":\"on_leave\",\"agreed\":\"yes\"}", F (OCCUPANCY) | F (AGREED), &facts);
  g_assert_cmpint (facts.occupancy, ==, BED_OCCUPANCY_ON_LEAVE);
  g_assert_cmpint (facts.agreed, ==, BED_AGREED_YES);
  assert_bad ("{\"occupancy\":\"Vacant\"}", F (OCCUPANCY), "occupancy");
  assert_bad ("{\"occupancy\":1}", F (OCCUPANCY), "occupancy");
  assert_bad ("{\"occupancy\":\"\"}", F (OCCUPANCY), "occupancy");
}

/* `none` says that there is nothing: it cannot be claimed as a source or a reason. */
static void
test_none_is_no_value (void)
{
  assert_bad ("{\"source\":\"none\"}", F (SOURCE), "source");
  assert_bad ("{\"reason\":\"none\"}", F (CLOSURE), "reason");
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"isolation\":\"none\"}", F (ISOLATION), &facts);
}

static void
test_needs (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"needs\":{\"must\":[\"hoist\",\"ensuite\",\"hoist\"],\"must_not\":[\"secure\"]}}", F (NEEDS), &facts);
  g_assert_cmpuint (facts.must, ==, 1ULL << BED_NEED_HOIST | 1ULL << BED_NEED_ENSUITE);
  g_assert_cmpuint (facts.must_not, ==, 1ULL << BED_NEED_SECURE);
  g_assert_cmpuint (facts.prefer, ==, 0);
  assert_good ("{\"needs\":{}}", F (NEEDS), &facts);
  assert_good ("{\"needs\":{\"prefer\":[],\"unknown\":1}}", F (NEEDS), &facts);
}

static void
test_bad_needs (void)
{
  static const char *const wrong[] = { "[]", "\"hoist\"", "null", "{\"must\":\"hoist\"}", "{\"must\":[\"wings\"]}",
                                       "{\"must\":[1]}", "{\"must\":null}",
                                       "{\"must\":[\"hoist\"],\"must_not\":[\"hoist\"]}" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"needs\":%s}", wrong[i]);
      assert_bad (text, F (NEEDS), "needs");
    }
}

static void
test_too_many_needs (void)
{
  g_autoptr (GString) text = g_string_new ("{\"needs\":{\"must\":[\"hoist\"");
  for (int i = 0; i < 64; i++)
    g_string_append (text, ",\"hoist\"");
  g_string_append (text, "]}}");
  assert_bad (text->str, F (NEEDS), "needs");
}

static void
test_files (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"files\":{\"units.csv\":\"u\\n\",\"beds.csv\":\"\\\"b\\\"\"}}", F (FILES), &facts);
  g_assert_cmpstr (facts.files, ==, "{\"beds.csv\":\"\\\"b\\\"\",\"units.csv\":\"u\\n\"}");
  assert_bad ("{\"files\":[]}", F (FILES), "files");
  assert_bad ("{\"files\":{\"beds.csv\":7}}", F (FILES), "files");
}

static void
test_too_many_files (void)
{
  g_autoptr (GString) text = g_string_new ("{\"files\":{\"a\":\"\"");
  for (int i = 0; i < 16; i++)
    g_string_append_printf (text, ",\"f%d\":\"\"", i);
  g_string_append (text, "}}");
  assert_bad (text->str, F (FILES), "files");
}

static void
test_shared_names (void)
{
  g_auto (BedFacts) report = { 0 };
  assert_good ("{\"source\":\"phone\"}", F (SOURCE), &report);
  g_assert_cmpint (report.source, ==, BED_SOURCE_PHONE);
  g_auto (BedFacts) submission = { 0 };
  assert_good ("{\"source\":\"phone\"}", F (ORGANISATION), &submission);
  g_assert_cmpstr (submission.organisation, ==, "phone");
}

static void
test_required (void)
{
  g_auto (BedFacts) facts = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (parse ("{\"bed\":\"b\"}", F (BED) | F (UNIT), F (UNIT), &facts, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, "unit");
}

static void
test_not_wanted (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"bed\":\"b\",\"unit\":7,\"whatever\":[{}]}", F (BED), &facts);
}

static void
test_first_fault_is_named (void)
{
  assert_bad ("{\"bed\":\"B\",\"sex\":\"x\"}", F (BED) | F (SEX), "bed");
}

/* Any facts: printed, parsed and printed again they are the same, times to the microsecond. */
static void
test_both_ways (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (int round = 0; round < 3000; round++)
    {
      g_auto (BedFacts) facts = { 0 };
      guint first = (guint) g_rand_int_range (rand, 0, BED_N_FACTS);
      for (guint i = 0; i < BED_N_FACTS; i++)
        {
          guint fact = (first + i) % BED_N_FACTS;
          if ((facts_beside (facts.has, ALL) >> fact & 1) && g_rand_int_range (rand, 0, 3) > 0)
            any_fact (rand, fact, &facts);
        }
      g_autofree char *text = print (&facts);

      g_auto (BedFacts) back = { 0 };
      g_autoptr (GError) error = NULL;
      parse (text, facts_beside (facts.has, ALL), 0, &back, &error);
      g_assert_no_error (error);
      g_autofree char *again = print (&back);
      g_assert_cmpstr (again, ==, text);
      g_assert_cmpmem (&back, G_STRUCT_OFFSET (BedFacts, files), &facts, G_STRUCT_OFFSET (BedFacts, files));
      g_assert_cmpstr (back.files, ==, facts.files);
    }
}

static void
test_canonical (void)
{
  g_auto (BedFacts) one = { 0 };
  g_auto (BedFacts) other = { 0 };
  assert_good ("{\"needs\":{\"must\":[\"hoist\",\"ensuite\"],\"prefer\":[]},\"home\":{\"district\":\"so51\"}}",
               F (NEEDS) | F (HOME), &one);
  assert_good ("{\"home\":\"SO51\",\"needs\":{\"must\":[\"ensuite\",\"hoist\"]}}", F (NEEDS) | F (HOME), &other);
  g_autofree char *text = print (&one);
  g_autofree char *same = print (&other);
  g_assert_cmpstr (text, ==, same);
  g_assert_cmpstr (text, ==, "{\"needs\":{\"must\":[\"ensuite\",\"hoist\"]},\"home\":\"SO51\"}");
}

static void
test_copy (void)
{
  g_auto (BedFacts) facts = { 0 };
  assert_good ("{\"bed\":\"b\",\"files\":{\"a\":\"x\"}}", F (BED) | F (FILES), &facts);
  g_auto (BedFacts) copy = { 0 };
  bed_facts_copy (&facts, &copy);
  bed_facts_clear (&facts);
  g_assert_cmpuint (facts.has, ==, 0);
  g_autofree char *text = print (&copy);
  g_assert_cmpstr (text, ==, "{\"bed\":\"b\",\"files\":{\"a\":\"x\"}}");
}

/* Beside an event's own `at`, and as people read times. */
static void
test_shown (void)
{
  g_auto (BedFacts) facts = { 0 };
  g_auto (BedJson) json;
  assert_good ("{\"until\":\"2026-11-22T12:00:00.123456Z\",\"at\":\"2026-11-22T13:00:00Z\"}", F (UNTIL) | F (AT), &facts);
  bed_json_init (&json, 0);
  bed_json_begin_object (&json);
  bed_facts_show (&facts, &json);
  bed_json_end_object (&json);
  g_assert_cmpstr (json.text->str, ==,
                   "{\"until\":\"2026-11-22T12:00:00.123Z\",\"expected_at\":\"2026-11-22T13:00:00.000Z\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/ids", test_ids);
  g_test_add_func ("/facts/bad-ids", test_bad_ids);
  g_test_add_func ("/facts/codes", test_codes);
  g_test_add_func ("/facts/districts", test_districts);
  g_test_add_func ("/facts/bad-districts", test_bad_districts);
  g_test_add_func ("/facts/times", test_times);
  g_test_add_func ("/facts/numbers", test_numbers);
  g_test_add_func ("/facts/words", test_words);
  g_test_add_func ("/facts/none-is-no-value", test_none_is_no_value);
  g_test_add_func ("/facts/needs", test_needs);
  g_test_add_func ("/facts/bad-needs", test_bad_needs);
  g_test_add_func ("/facts/too-many-needs", test_too_many_needs);
  g_test_add_func ("/facts/files", test_files);
  g_test_add_func ("/facts/too-many-files", test_too_many_files);
  g_test_add_func ("/facts/shared-names", test_shared_names);
  g_test_add_func ("/facts/required", test_required);
  g_test_add_func ("/facts/not-wanted", test_not_wanted);
  g_test_add_func ("/facts/first-fault-is-named", test_first_fault_is_named);
  g_test_add_func ("/facts/both-ways", test_both_ways);
  g_test_add_func ("/facts/canonical", test_canonical);
  g_test_add_func ("/facts/copy", test_copy);
  g_test_add_func ("/facts/shown", test_shown);
  return g_test_run ();
}
