/* test-options.c: the broker's command line and configuration file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-core.h"
#include "broker/broker-options.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define ARGS_MAX 8

static BrokerOptionsResult
parse (BrokerOptions *options, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", ARGS_MAX);
  char *argv[ARGS_MAX + 1] = { (char *) "homeward-broker" };
  int argc = 1;

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      argv[argc++] = words[i];
  return broker_options_parse (options, argc, argv, error);
}

static void
assert_wrong (const char *line)
{
  g_auto (BrokerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (parse (&options, line, &error), ==, BROKER_OPTIONS_WRONG);
  g_assert_nonnull (error);
}

/* Options read from a configuration file with this text. */
static BrokerOptionsResult
parse_config (const char *text, BrokerOptions *options, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  BrokerOptionsResult result;
  int fd = g_file_open_tmp ("homeward-options-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  line = g_strdup_printf ("--config %s", path);
  result = parse (options, line, error);
  g_unlink (path);
  return result;
}

static void
test_paths (void)
{
  g_auto (BrokerOptions) options = { 0 };

  g_assert_cmpint (parse (&options, "--state /s --socket /b.sock --import /i", NULL), ==, BROKER_OPTIONS_RUN);
  g_assert_cmpstr (options.state, ==, "/s");
  g_assert_cmpstr (options.socket, ==, "/b.sock");
  g_assert_cmpstr (options.import, ==, "/i");
}

static void
test_defaults (void)
{
  g_auto (BrokerOptions) options = { 0 };
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "homeward", NULL);
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "homeward", "broker.sock", NULL);

  g_assert_cmpint (parse (&options, "", NULL), ==, BROKER_OPTIONS_RUN);
  g_assert_cmpstr (options.state, ==, state);
  g_assert_cmpstr (options.socket, ==, socket);
  g_assert_null (options.import);
  g_assert_cmpuint (options.beds, ==, BROKER_BEDS_DEFAULT);
}

static void
test_unknown_option (void)
{
  assert_wrong ("--stat /s");
}

static void
test_unexpected_argument (void)
{
  assert_wrong ("/s");
}

static void
test_no_config (void)
{
  assert_wrong ("--config /nonexistent/config");
}

static void
test_capacities (void)
{
  g_auto (BrokerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  parse_config ("[table]\nbeds=65536\nreferrals=5000\nchanges=4096\n", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (options.beds, ==, 65536);
  g_assert_cmpuint (options.referrals, ==, 5000);
  g_assert_cmpuint (options.changes, ==, 4096);
}

static void
test_bad_config (gconstpointer text)
{
  g_auto (BrokerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (parse_config (text, &options, &error), ==, BROKER_OPTIONS_WRONG);
  g_assert_nonnull (error);
}

static void
assert_wrong_config (const char *text, const char *words)
{
  g_auto (BrokerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (parse_config (text, &options, &error), ==, BROKER_OPTIONS_WRONG);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_clock (void)
{
  g_auto (BrokerOptions) options = { 0 };

  g_assert_cmpint (parse_config ("[clock]\nstart=2026-12-01T00:00:00Z\nspeed=10000\n", &options, NULL), ==,
                   BROKER_OPTIONS_RUN);
  g_assert_cmpint (options.clock_start_us, ==, G_GINT64_CONSTANT (1796083200000000));
  g_assert_cmpuint (options.clock_speed, ==, 10000);
}

static void
test_clock_wrong (void)
{
  assert_wrong_config ("[clock]\nstart=soon\nspeed=10\n", "[clock] start");
  assert_wrong_config ("[clock]\nstart=2026-12-01T00:00:00Z\nspeed=0\n", "[clock] speed");
  assert_wrong_config ("[clock]\nstart=2026-12-01T00:00:00Z\nspeed=100001\n", "[clock] speed");
  assert_wrong_config ("[clock]\nstart=2026-12-01T00:00:00Z\n", "both start and speed");
  assert_wrong_config ("[clock]\nspeed=10\n", "both start and speed");
  assert_wrong_config ("[clock]\nzone=London\n", "[clock] has no zone");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/paths", test_paths);
  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/unknown-option", test_unknown_option);
  g_test_add_func ("/options/unexpected-argument", test_unexpected_argument);
  g_test_add_func ("/options/no-config", test_no_config);
  g_test_add_func ("/options/capacities", test_capacities);
  g_test_add_data_func ("/options/bad/zero", "[table]\nbeds=0\n", test_bad_config);
  g_test_add_data_func ("/options/bad/too-large", "[table]\nbeds=65537\n", test_bad_config);
  g_test_add_data_func ("/options/bad/no-number", "[table]\nbeds=many\n", test_bad_config);
  g_test_add_data_func ("/options/bad/negative", "[table]\nreferrals=-1\n", test_bad_config);
  g_test_add_data_func ("/options/bad/no-power-of-two", "[table]\nchanges=1000\n", test_bad_config);
  g_test_add_data_func ("/options/bad/key", "[table]\nbed=5\n", test_bad_config);
  g_test_add_data_func ("/options/bad/group", "[tabel]\nbeds=5\n", test_bad_config);
  g_test_add_data_func ("/options/bad/syntax", "beds\n", test_bad_config);
  g_test_add_func ("/options/clock", test_clock);
  g_test_add_func ("/options/clock-wrong", test_clock_wrong);
  return g_test_run ();
}
