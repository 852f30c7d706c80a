/* broker-reference-checks.h: what no single value shows: lines against each other, files against
 * each other, and against the reference in force.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference.h"
#include "broker-reference-columns.h"

/* Tells every fault. When there is none, indexes, positions and defaults that come from other lines
 * are filled in: the lines can be turned into records as they are. before may be NULL. */
void broker_lines_check (BrokerLines lines[static BROKER_N_REFERENCE_FILES], const BrokerReference *before,
                             BrokerFaults *faults);
