/* ctl-watch.h: the register live in a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

CtlExit
ctl_watch (CtlOptions *options, int argc, char **argv);
