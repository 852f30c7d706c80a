/* broker-options.h: the broker's command line and configuration file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BROKER_EXIT_OK 0
#define BROKER_EXIT_FAILED 1 /* the state or the socket cannot be had */
#define BROKER_EXIT_USAGE 2  /* the command line, the configuration, or reference data with faults */

typedef struct
{
  char *state;  /* owned, as all of these */
  char *socket;
  char *import; /* folder, or NULL */
  guint32 beds;
  guint32 referrals;
  guint32 changes;
  gint64 clock_start_us; /* 0: the broker keeps the world's time */
  guint32 clock_speed;   /* of a clock of its own; 0: the world's */
} BrokerOptions;

typedef enum
{
  BROKER_OPTIONS_RUN,
  BROKER_OPTIONS_SAID, /* --version: printed, nothing more to do */
  BROKER_OPTIONS_WRONG /* error says what */
} BrokerOptionsResult;

/* Reads the command line and the configuration it names; defaults are the XDG folders. --help exits
 * within, as GOption has it. */
BrokerOptionsResult broker_options_parse (BrokerOptions *options, int argc, char **argv, GError **error);
void broker_options_clear (BrokerOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BrokerOptions, broker_options_clear)
