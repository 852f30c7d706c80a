/* broker-reference-checks-core.h: what the rooms of the check share. Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference-checks.h"

typedef struct
{
  BrokerLines *files;          /* borrowed: of BROKER_N_REFERENCE_FILES */
  BrokerFaults *faults;        /* borrowed */
  GHashTable *known[BROKER_N_REFERENCE_FILES]; /* key → nth line; owned, keys borrowed */
} BrokerCheck;

#define LINE(check, file, Type, nth) (&g_array_index ((check)->files[file].lines, Type, nth))
#define N_LINES(check, file) ((check)->files[file].lines->len)

/* TRUE if something may be concluded from the column. */
gboolean broker_check_is_given (const BrokerLine *line, BrokerFile file, const char *column);

/* The nth line of file `in` that key names. FALSE if it cannot be told; if it should be there and is
 * not, that is a fault of line. */
gboolean broker_check_resolve (BrokerCheck *check, const BrokerLine *line, BrokerFile file, const char *column,
                               const char *key, BrokerFile in, guint *nth);

void broker_check_dates (BrokerCheck *check, const BrokerLine *line, BrokerFile file, gint64 from_us, gint64 to_us);

/* broker-reference-checks-places.c */
void broker_check_districts (BrokerCheck *check);
void broker_check_laps (BrokerCheck *check);
void broker_check_roads (BrokerCheck *check, BrokerFile file); /* crossings or travel times */

/* broker-reference-checks-units.c */
void broker_check_units (BrokerCheck *check);
void broker_check_staffed_caps (BrokerCheck *check); /* after the beds have been counted */
gboolean broker_check_mixes_places (guint64 types);  /* with beds */

/* broker-reference-checks-beds.c: counts each unit's beds */
void broker_check_beds (BrokerCheck *check);
