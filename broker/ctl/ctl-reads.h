/* ctl-reads.h: subcommands that only look: answered from the map, without asking the broker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

CtlExit
ctl_status (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_units (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_beds (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_queue (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_find (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_plan (CtlOptions *options, int argc, char **argv);

/* Prints text to stdout as it is. */
void
ctl_print (const char *text);
