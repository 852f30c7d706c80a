/* ctl-simulate.h: realistic traffic through a gateway, as the people at boards would make it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

CtlExit
ctl_simulate (CtlOptions *options, int argc, char **argv);
