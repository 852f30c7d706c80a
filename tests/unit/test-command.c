/* test-command.c: what each method takes, who may send it, and what a key stands for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-command.h"
#include "common/bed-parse.h"

#include <string.h>

#define KEY "\"key\":\"0193f5a0-1b2c-7def-8123-456789abcdef\""
#define REFERRAL ",\"referral\":\"K7Q-M4X\""
#define PERSON                                                                                     \
  ",\"lane\":\"urgent\",\"pathway\":\"supported\",\"type\":\"rehab\",\"needs\":{},\"sex\":\"female\",\"age_band\":\"85_94\"," \
  "\"home\":\"SO51\",\"agreed\":\"yes\",\"source\":\"uhs\""

/* For each method: the least that it takes, and everything that it takes. */
static const struct
{
  BedMethod method;
  const char *least;
  const char *most; /* members besides least */
} cases[] = {
  { BED_METHOD_BED_REPORT, KEY ",\"bed\":\"b-1\",\"occupancy\":\"vacant\"",
    ",\"readiness\":\"ready\",\"isolation\":\"none\",\"expected_free_at\":\"2026-11-22T11:42:00Z\",\"source\":\"staff\"" },
  { BED_METHOD_BED_CLOSE, KEY ",\"bed\":\"b-1\",\"reason\":\"outbreak\"", ",\"until\":\"2026-11-22T11:42:00Z\"" },
  { BED_METHOD_BED_OPEN, KEY ",\"bed\":\"b-1\"", "" },
  { BED_METHOD_UNIT_CONFIRM, KEY ",\"unit\":\"clarence\"", "" },
  { BED_METHOD_REFERRAL_SUBMIT, KEY PERSON, ",\"near\":\"PO12\",\"ready_at\":\"2026-11-22T11:42:00Z\"" },
  { BED_METHOD_PLACEMENT_PLACE, KEY REFERRAL ",\"bed\":\"b-1\"", ",\"override\":\"person_choice\"" },
  { BED_METHOD_HOLD_TAKE, KEY REFERRAL ",\"bed\":\"b-1\"", ",\"minutes\":60,\"override\":\"safeguarding\"" },
  { BED_METHOD_HOLD_RELEASE, KEY REFERRAL, "" },
  { BED_METHOD_PLACEMENT_ACCEPT, KEY REFERRAL, "" },
  { BED_METHOD_PLACEMENT_ARRIVE, KEY REFERRAL ",\"bed\":\"b-1\"", "" },
  { BED_METHOD_PLACEMENT_LEAVE, KEY REFERRAL ",\"outcome\":\"home\"", "" },
};

static gboolean
parse (BedMethod method, const char *members, BedCommand *command, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{%s}", members);
  g_autoptr (JsonNode) node = bed_parse_json (text, strlen (text), NULL);
  g_assert_nonnull (node);
  return bed_command_parse (method, json_node_get_object (node), command, error);
}

static void
assert_bad (BedMethod method, const char *members, const char *member)
{
  g_auto (BedCommand) command = { 0 };
  g_autoptr (GError) error = NULL;
  if (parse (method, members, &command, &error))
    g_error ("accepted: %s", members);
  g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, member);
}

static void
assert_good (BedMethod method, const char *members, BedCommand *command)
{
  g_autoptr (GError) error = NULL;
  parse (method, members, command, &error);
  if (error != NULL)
    g_error ("%s in %s", error->message, members);
}

static void
test_method_words (void)
{
  for (BedMethod method = 0; method < BED_N_METHODS; method++)
    {
      int parsed = bed_method_parse (bed_method_word (method));
      g_assert_cmpint (parsed, ==, method < BED_METHOD_IMPORT ? (int) method : -1);
    }
  g_assert_cmpint (bed_method_parse ("bed.paint"), ==, -1);
  g_assert_cmpint (bed_method_parse (""), ==, -1);
  g_assert_null (bed_method_word (BED_N_METHODS));
}

static void
test_least_and_most (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (BedCommand) least = { 0 };
      assert_good (cases[i].method, cases[i].least, &least);
      g_assert_cmpint (least.method, ==, cases[i].method);
      g_assert_cmpstr (least.key, ==, "0193f5a0-1b2c-7def-8123-456789abcdef");
      guint n_commas = 0;
      for (const char *c = cases[i].most; (c = strstr (c, ",\"")) != NULL; c++)
        n_commas++;

      g_autofree char *members = g_strconcat (cases[i].least, cases[i].most, NULL);
      g_auto (BedCommand) most = { 0 };
      assert_good (cases[i].method, members, &most);
      g_assert_cmpint (__builtin_popcountll (most.facts.has & ~least.facts.has), ==, (int) n_commas);
    }
}

/* Without any one of its least members (the key among them) a command is refused, by name. */
static void
test_each_is_required (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s}", cases[i].least);
      g_autoptr (JsonNode) node = bed_parse_json (text, strlen (text), NULL);
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));
      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autofree char *name = g_strdup (l->data);
          g_autoptr (JsonNode) again = bed_parse_json (text, strlen (text), NULL);
          json_object_remove_member (json_node_get_object (again), name);
          g_auto (BedCommand) command = { 0 };
          g_autoptr (GError) error = NULL;
          g_assert_false (bed_command_parse (cases[i].method, json_node_get_object (again), &command, &error));
          g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
          g_assert_cmpstr (error->message, ==, name);
        }
    }
}

static void
test_no_params (void)
{
  g_auto (BedCommand) command = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (bed_command_parse (BED_METHOD_BED_OPEN, NULL, &command, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_PARAMS);
}

static void
test_bad_keys (void)
{
  assert_bad (BED_METHOD_BED_OPEN, "\"bed\":\"b\",\"key\":\"\"", "key");
  assert_bad (BED_METHOD_BED_OPEN, "\"bed\":\"b\",\"key\":7", "key");
  assert_bad (BED_METHOD_BED_OPEN, "\"bed\":\"b\",\"key\":null", "key");
  assert_bad (BED_METHOD_BED_OPEN, "\"bed\":\"b\",\"key\":[]", "key");
}

static void
test_report_of_nothing (void)
{
  assert_bad (BED_METHOD_BED_REPORT, KEY ",\"bed\":\"b-1\"", "occupancy");
}

/* It confirms the bed as it is, by phone. */
static void
test_report_of_source (void)
{
  g_auto (BedCommand) command = { 0 };
  assert_good (BED_METHOD_BED_REPORT, KEY ",\"bed\":\"b-1\",\"source\":\"phone\"", &command);
  g_assert_cmpint (command.facts.source, ==, BED_SOURCE_PHONE);
}

static void
test_ignored_members (void)
{
  g_auto (BedCommand) plain = { 0 };
  g_auto (BedCommand) adorned = { 0 };
  assert_good (BED_METHOD_BED_OPEN, KEY ",\"bed\":\"b\"", &plain);
  assert_good (BED_METHOD_BED_OPEN,
               KEY ",\"bed\":\"b\",\"as\":{\"user\":\"u\",\"pin\":\"1\"},\"session\":\"s\",\"revision\":7,\"unit\":\"B B\"",
               &adorned);
  g_assert_cmpuint (adorned.facts.has, ==, plain.facts.has);
  g_assert_cmpmem (adorned.digest, 32, plain.digest, 32);
}

static void
test_digest_of_known_text (void)
{
  g_auto (BedCommand) command = { 0 };
  assert_good (BED_METHOD_HOLD_TAKE, KEY ",\"bed\":\"b-1\",\"referral\":\"k7qm4x\"", &command);
  static const char signed_text[] = "hold.take\n{\"bed\":\"b-1\",\"referral\":\"K7Q-M4X\"}";
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, signed_text, -1);
  g_autoptr (GString) hex = g_string_new (NULL);
  for (guint i = 0; i < sizeof command.digest; i++)
    g_string_append_printf (hex, "%02x", command.digest[i]);
  g_assert_cmpstr (hex->str, ==, expected);
}

static void
test_digest_tells_apart (void)
{
  g_auto (BedCommand) take = { 0 };
  g_auto (BedCommand) place = { 0 };
  g_auto (BedCommand) other = { 0 };
  assert_good (BED_METHOD_HOLD_TAKE, KEY REFERRAL ",\"bed\":\"b-1\"", &take);
  assert_good (BED_METHOD_PLACEMENT_PLACE, KEY REFERRAL ",\"bed\":\"b-1\"", &place);
  assert_good (BED_METHOD_HOLD_TAKE, KEY REFERRAL ",\"bed\":\"b-2\"", &other);
  g_assert_cmpint (memcmp (take.digest, place.digest, 32), !=, 0);
  g_assert_cmpint (memcmp (take.digest, other.digest, 32), !=, 0);
}

static void
test_free (void)
{
  BedCommand *command = g_new0 (BedCommand, 1);
  command->facts.files = g_strdup ("{}");
  bed_command_free (command);
  bed_command_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/method-words", test_method_words);
  g_test_add_func ("/command/least-and-most", test_least_and_most);
  g_test_add_func ("/command/each-is-required", test_each_is_required);
  g_test_add_func ("/command/no-params", test_no_params);
  g_test_add_func ("/command/bad-keys", test_bad_keys);
  g_test_add_func ("/command/report-of-nothing", test_report_of_nothing);
  g_test_add_func ("/command/report-of-source", test_report_of_source);
  g_test_add_func ("/command/ignored-members", test_ignored_members);
  g_test_add_func ("/command/digest-of-known-text", test_digest_of_known_text);
  g_test_add_func ("/command/digest-tells-apart", test_digest_tells_apart);
  g_test_add_func ("/command/free", test_free);
  return g_test_run ();
}
