/* ctl-options.c: homewardctl's command line: common options, the table of subcommands, exit codes.
 *
 * Common options may stand before or after the subcommand. Owns nothing beyond the call. Wrong
 * usage is told on stderr with the line that would have been right, and ends with 2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-options.h"

#include "ctl-calls.h"
#include "ctl-export.h"
#include "ctl-journal.h"
#include "ctl-reads.h"
#include "ctl-simulate.h"
#include "ctl-token.h"
#include "ctl-watch.h"

#include "common/bed-error.h"

#include <stdlib.h>
#include <string.h>

static const CtlCommand commands[] = {
  { "status", "", "how broker and register are", ctl_status },
  { "units", "[--lap ID]", "units with their beds in short", ctl_units },
  { "beds", "[--lap ID] [--unit ID] [--display WORD]", "beds, one a line", ctl_beds },
  { "queue", "[--lap ID] [--all]", "people waiting for a place, by code", ctl_queue },
  { "find", "--referral CODE | --home SO51 --type T --sex S [--must A,B] …",
    "nearest beds that suit, and why others do not", ctl_find },
  { "plan", "[--lap ID]", "the best beds for all who wait, at once; commits nothing", ctl_plan },
  { "watch", "[--lap ID] [--seconds N]", "units and queue, live; q leaves", ctl_watch },
  { "call", "METHOD [JSON]", "one command or question to the broker", ctl_call },
  { "import", "DIR", "reference data, or an export, from CSV into a running broker", ctl_import },
  { "export", "DIR", "the whole state as CSV files that import reads, also while it is in use", ctl_export },
  { "verify", "", "replay the journal from its first event and check it", ctl_verify },
  { "backup", "FILE", "a consistent copy of the journal, also while it is in use", ctl_backup },
  { "token", "--user U --role R [--lap|--unit|--owner ID] [--pin N]", "make a token and print it",
    ctl_token },
  { "simulate", "--url URL --token-file FILE [--seed N] [--pace X] [--seconds N]",
    "realistic traffic through a gateway", ctl_simulate },
};

void
ctl_options_clear (CtlOptions *options)
{
  g_clear_pointer (&options->socket, g_free);
  g_clear_pointer (&options->state, g_free);
}

void
ctl_say_error (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("homewardctl: %s\n", text);
}

CtlExit
ctl_say_failure (const GError *error)
{
  gboolean is_ours = error->domain == BED_ERROR;
  if (is_ours)
    ctl_say_error ("%s: %s", bed_error_reason ((BedError) error->code), error->message);
  else
    ctl_say_error ("%s", error->message);
  if (!is_ours || error->code == BED_ERROR_UNAVAILABLE || error->code == BED_ERROR_UNCERTAIN)
    return CTL_UNREACHABLE;
  return CTL_REFUSED;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new ("Commands:\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, commands[i].what);
  g_string_append (text, "\n“homewardctl COMMAND --help” says more. Exit codes: 0 done, 1 refused, "
                         "2 usage, 3 broker unreachable.");
  return g_string_free (text, FALSE);
}

static GOptionEntry *
common_entries (CtlOptions *options)
{
  const GOptionEntry entries[] = {
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
      "The broker's socket ($XDG_RUNTIME_DIR/homeward/broker.sock)", "PATH" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
      "The broker's state directory ($XDG_STATE_HOME/homeward)", "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->is_json, "Print JSON", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  return g_memdup2 (entries, sizeof entries);
}

static const CtlCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static void
take (char **to, char **from)
{
  g_free (*to);
  *to = g_steal_pointer (from);
}

gboolean
ctl_options_parse (CtlOptions *options, const GOptionEntry *entries, int *argc, char ***argv,
                   int min, int max)
{
  const CtlCommand *command = find_command ((*argv)[0]);
  g_autofree char *name = g_strdup_printf ("homewardctl %s", (*argv)[0]);
  g_auto (CtlOptions) given = { .is_json = options->is_json };
  g_autofree GOptionEntry *common = common_entries (&given);
  g_autoptr (GOptionContext) context
      = g_option_context_new (command != NULL ? command->arguments : NULL);
  if (command != NULL)
    g_option_context_set_summary (context, command->what);
  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_set_prgname (name); /* the usage line then names the subcommand */
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      ctl_say_error ("%s", error->message);
      return FALSE;
    }
  if (given.socket != NULL)
    take (&options->socket, &given.socket);
  if (given.state != NULL)
    take (&options->state, &given.state);
  options->is_json = given.is_json;
  int n = *argc - 1;
  if (n < min || n > max)
    {
      ctl_say_error ("usage: %s %s", name, command != NULL ? command->arguments : "");
      return FALSE;
    }
  return TRUE;
}

static void
fill_defaults (CtlOptions *options)
{
  if (options->socket == NULL)
    options->socket = g_build_filename (g_get_user_runtime_dir (), "homeward", "broker.sock", NULL);
  if (options->state == NULL)
    options->state = g_build_filename (g_get_user_state_dir (), "homeward", NULL);
}

CtlExit
ctl_run (int argc, char **argv)
{
  g_auto (CtlOptions) options = { 0 };
  gboolean is_version = FALSE;
  g_autofree GOptionEntry *common = common_entries (&options);
  const GOptionEntry own[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &is_version, "Print the version", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autofree char *description = describe_commands ();
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND …");
  g_option_context_set_summary (
      context, "Looks into Homeward's register and acts on it, on the broker's own machine.");
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, common, NULL);
  g_option_context_add_main_entries (context, own, NULL);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      ctl_say_error ("%s", error->message);
      return CTL_USAGE;
    }
  if (is_version)
    {
      g_print ("homewardctl " HOMEWARD_VERSION "\n");
      return CTL_DONE;
    }
  fill_defaults (&options);
  const CtlCommand *command = argc > 1 ? find_command (argv[1]) : NULL;
  if (command == NULL)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
      if (argc > 1)
        ctl_say_error ("no such command: %s", argv[1]);
      g_printerr ("%s\n", help);
      return CTL_USAGE;
    }
  return command->run (&options, argc - 1, argv + 1);
}
