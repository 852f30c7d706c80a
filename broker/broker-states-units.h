/* broker-states-units.h: units.csv as it was imported, with the rules that are in force now.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference.h"

/* text is units.csv of that import; reference is what has become of it. Owned; NULL: no rule has changed,
 * text stands as it is. */
char *broker_states_print_units (const char *text, const char *imported, const BrokerReference *reference);

/* Appends one value as a field of a line: quoted where it must be. */
void broker_csv_print (const char *value, GString *line);
