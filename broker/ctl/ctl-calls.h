/* ctl-calls.h: subcommands that ask the broker to do something, with local rights.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

CtlExit
ctl_call (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_import (CtlOptions *options, int argc, char **argv);

/* Params with a fresh key if they have none. text: an object as JSON, or NULL for none. Transfer
 * full; NULL with BED_ERROR_PARAMS if text is not an object. */
char *
ctl_calls_print_params (const char *text, gint64 now_us, GError **error);
