/* test-ctl-calls.c: what `homewardctl call` makes of its JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-calls.h"

#include "common/bed-code.h"
#include "common/bed-error.h"

#include <json-glib/json-glib.h>

#define NOW_US G_GINT64_CONSTANT (1795340520000000)

static char *
find_key (const char *params)
{
  g_autoptr (JsonNode) node = json_from_string (params, NULL);
  g_assert_nonnull (node);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), "key"));
}

static void
test_fresh_key (void)
{
  char key[BED_KEY_SIZE];
  g_autofree char *params = ctl_calls_print_params ("{\"bed\":\"a\"}", NOW_US, NULL);
  g_autofree char *text = find_key (params);
  g_assert_true (bed_key_parse (text, key));
  g_assert_cmpint (text[14], ==, '7'); /* UUIDv7 */
}

static void
test_keys_differ (void)
{
  g_autofree char *one = ctl_calls_print_params (NULL, NOW_US, NULL);
  g_autofree char *two = ctl_calls_print_params (NULL, NOW_US, NULL);
  g_assert_cmpstr (one, !=, two);
}

static void
test_own_key (void)
{
  g_autofree char *params = ctl_calls_print_params ("{\"key\":\"mine\"}", NOW_US, NULL);
  g_autofree char *text = find_key (params);
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_refused (gconstpointer text)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (ctl_calls_print_params (text, NOW_US, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_PARAMS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl-calls/fresh-key", test_fresh_key);
  g_test_add_func ("/ctl-calls/keys-differ", test_keys_differ);
  g_test_add_func ("/ctl-calls/own-key", test_own_key);
  g_test_add_data_func ("/ctl-calls/refused/array", "[1]", test_refused);
  g_test_add_data_func ("/ctl-calls/refused/broken", "{", test_refused);
  g_test_add_data_func ("/ctl-calls/refused/empty", "", test_refused);
  return g_test_run ();
}
