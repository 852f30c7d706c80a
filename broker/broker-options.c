/* broker-options.c: the broker's command line and configuration file.
 *
 * The command line says where things are, the file how large they may become. Unknown options,
 * groups and keys are errors: a typing mistake must not become a default.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-options.h"

#include "broker-clock.h"
#include "broker-core.h"

#include "common/bed-time.h"

#include <string.h>

#define TABLE "table"
#define CLOCK "clock"

static const struct
{
  const char *name;
  gsize offset;
  guint32 least;
  guint32 most;
} capacities[] = {
  { "beds", offsetof (BrokerOptions, beds), 1, BROKER_BEDS_MAX },
  { "referrals", offsetof (BrokerOptions, referrals), 16, BED_MAX_REFERRALS },
  { "changes", offsetof (BrokerOptions, changes), 64, BROKER_CHANGES_MAX },
};

static gboolean
read_capacity (GKeyFile *file, const char *key, BrokerOptions *options, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (capacities); i++)
    if (strcmp (capacities[i].name, key) == 0)
      {
        g_autoptr (GError) fault = NULL;
        guint64 value = g_key_file_get_uint64 (file, TABLE, key, &fault);

        if (fault != NULL || value < capacities[i].least || value > capacities[i].most)
          {
            g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "[%s] %s is a number from %u to %u", TABLE, key, capacities[i].least,
                         capacities[i].most);
            return FALSE;
          }
        G_STRUCT_MEMBER (guint32, options, capacities[i].offset) = (guint32) value;
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "[%s] has no %s", TABLE, key);
  return FALSE;
}

static gboolean
read_clock (GKeyFile *file, const char *key, BrokerOptions *options, GError **error)
{
  g_autofree char *text = g_key_file_get_value (file, CLOCK, key, NULL);
  guint64 speed = 0;

  if (strcmp (key, "start") == 0)
    {
      if (text != NULL && bed_time_parse (text, &options->clock_start_us) && options->clock_start_us > 0)
        return TRUE;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "[%s] start is a time like 2026-12-01T00:00:00Z",
                   CLOCK);
      return FALSE;
    }
  if (strcmp (key, "speed") == 0)
    {
      if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, BROKER_CLOCK_SPEED_MAX, &speed, NULL))
        {
          options->clock_speed = (guint32) speed;
          return TRUE;
        }
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "[%s] speed is a number from 1 to %u", CLOCK,
                   BROKER_CLOCK_SPEED_MAX);
      return FALSE;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "[%s] has no %s", CLOCK, key);
  return FALSE;
}

static gboolean
read_group (GKeyFile *file, const char *group, BrokerOptions *options, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  gboolean is_table = strcmp (group, TABLE) == 0;

  if (!is_table && strcmp (group, CLOCK) != 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "there is no [%s]", group);
      return FALSE;
    }
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!(is_table ? read_capacity : read_clock) (file, keys[i], options, error))
      return FALSE;
  return TRUE;
}

/* What one key alone cannot say. */
static gboolean
check_config (const BrokerOptions *options, GError **error)
{
  /* The ring's positions are masked, not divided. */
  if ((options->changes & (options->changes - 1)) != 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "[%s] changes is a power of two", TABLE);
      return FALSE;
    }
  if ((options->clock_start_us != 0) != (options->clock_speed != 0))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "[%s] wants both start and speed", CLOCK);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_config (const char *path, BrokerOptions *options, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  gboolean is_right = g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error);

  if (is_right)
    groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; is_right && groups[i] != NULL; i++)
    is_right = read_group (file, groups[i], options, error);
  if (is_right && check_config (options, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

BrokerOptionsResult
broker_options_parse (BrokerOptions *options, int argc, char **argv, GError **error)
{
  gboolean wants_version = FALSE;
  g_autofree char *config = NULL;
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, "Journal, snapshots and tokens", "DIR" },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket, "Where to listen", "PATH" },
    { "import", 0, 0, G_OPTION_ARG_FILENAME, &options->import, "Import reference data first, then serve", "DIR" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config, "Capacities, and a clock for simulations", "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &wants_version, "Print the version and exit", NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- decide, remember and show every bed");

  *options = (BrokerOptions) { .beds = BROKER_BEDS_DEFAULT,
                               .referrals = BROKER_REFERRALS_DEFAULT,
                               .changes = BROKER_CHANGES_DEFAULT };
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return BROKER_OPTIONS_WRONG;
  if (wants_version)
    {
      g_print ("homeward-broker %s\n", HOMEWARD_VERSION);
      return BROKER_OPTIONS_SAID;
    }
  if (argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "unexpected argument: %s", argv[1]);
      return BROKER_OPTIONS_WRONG;
    }
  if (config != NULL && !read_config (config, options, error))
    return BROKER_OPTIONS_WRONG;

  if (options->state == NULL)
    options->state = g_build_filename (g_get_user_state_dir (), "homeward", NULL);
  if (options->socket == NULL)
    options->socket = g_build_filename (g_get_user_runtime_dir (), "homeward", "broker.sock", NULL);
  return BROKER_OPTIONS_RUN;
}

void
broker_options_clear (BrokerOptions *options)
{
  g_clear_pointer (&options->state, g_free);
  g_clear_pointer (&options->socket, g_free);
  g_clear_pointer (&options->import, g_free);
}
