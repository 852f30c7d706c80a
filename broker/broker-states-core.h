/* broker-states-core.h: what the rooms of reading a state share. Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-states-columns.h"
#include "broker-states.h"

#define BROKER_N_STATE_FILES (BROKER_N_FILES - BROKER_N_REFERENCE_FILES)

typedef struct
{
  const BrokerReference *reference; /* borrowed */
  BedTable table;                   /* of it */
  BedPlaces *places;                /* owned */
  BrokerLines lines[BROKER_N_STATE_FILES]; /* owned */
  BrokerFaults *faults;             /* owned */
  GHashTable *codes;                /* code → nth line + 1; owned, keys borrowed from the lines */
  guint32 *unit_lines;              /* owned, by unit: nth line + 1 */
  guint32 *bed_lines;               /* owned, by bed: nth line + 1 */
} BrokerStatesReading;

#define STATE_LINES(reading, file) (&(reading)->lines[(file) - BROKER_N_REFERENCE_FILES])
#define STATE_LINE(reading, file, Type, nth) (&g_array_index (STATE_LINES (reading, file)->lines, Type, nth))

/* Whether something may be concluded from the column. */
static inline gboolean
broker_states_is_given (const BrokerLine *line, BrokerFile file, const char *column)
{
  return ((line->bad | line->empty) & broker_lines_bit (file, column)) == 0;
}

/* The referral's row by code, or BED_NONE: told as a fault of line, unless the code may stand in a line
 * that is itself at fault. */
guint32 broker_states_find_code (const BrokerStatesReading *reading, const BrokerLine *line, BrokerFile file,
                                 const char *column, const char *code);

/* broker-states-checks.c: what must agree, within a line and between lines, once all are resolved into
 * states. Lines that have a fault already conclude nothing. */
void broker_states_check (const BrokerStatesReading *reading, const BrokerStates *states);
