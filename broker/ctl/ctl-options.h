/* ctl-options.h: what every subcommand of homewardctl shares: where things are, how to print, and
 * the exit codes that scripts rely on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define CTL_TIMEOUT_MS 10000     /* for the broker's answer to one question */
#define CTL_OPEN_TIMEOUT_MS 2000 /* for its socket: a broker that restarts is back sooner */

typedef enum
{
  CTL_DONE = 0,
  CTL_REFUSED = 1,
  CTL_USAGE = 2,
  CTL_UNREACHABLE = 3
} CtlExit;

typedef struct
{
  char *socket; /* owned */
  char *state;  /* owned */
  gboolean is_json;
} CtlOptions;

/* One subcommand. run gets its own arguments, argv[0] being its name. */
typedef struct
{
  const char *name;
  const char *arguments; /* for the usage line */
  const char *what;      /* one line of help */
  CtlExit (*run) (CtlOptions *options, int argc, char **argv);
} CtlCommand;

void
ctl_options_clear (CtlOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlOptions, ctl_options_clear)

/* The program: parses the common options, finds the subcommand, runs it. */
CtlExit
ctl_run (int argc, char **argv);

/* For a subcommand: parses its own entries (may be NULL) and the common ones out of argv; what is
 * left are between min and max positional arguments. Says what is wrong on stderr and returns
 * FALSE. --help prints the subcommand's help and ends the program. */
gboolean
ctl_options_parse (CtlOptions *options, const GOptionEntry *entries, int *argc, char ***argv,
                   int min, int max);

/* One line on stderr: "homewardctl: …". */
void
ctl_say_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Says a failed call on stderr and gives its exit code: UNAVAILABLE and UNCERTAIN without a broker
 * are unreachable, every other error is a refusal. */
CtlExit
ctl_say_failure (const GError *error);
