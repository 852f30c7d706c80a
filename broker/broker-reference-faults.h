/* broker-reference-faults.h: what is wrong with a set of reference files, all of it, in order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* The files, in the order in which they build on each other and in which faults are listed: the reference,
 * then what was true of it (broker-states.h). */
typedef enum
{
  BROKER_FILE_DISTRICTS,
  BROKER_FILE_LAPS,
  BROKER_FILE_CROSSINGS,
  BROKER_FILE_TRAVELS, /* need not be there */
  BROKER_FILE_UNITS,
  BROKER_FILE_BEDS,
  BROKER_FILE_UNIT_STATES, /* the last three stand together or not at all */
  BROKER_FILE_REFERRALS,
  BROKER_FILE_BED_STATES,
  BROKER_N_FILES
} BrokerFile;

#define BROKER_N_REFERENCE_FILES BROKER_FILE_UNIT_STATES

extern const char *const broker_file_names[BROKER_N_FILES];

typedef struct _BrokerFaults BrokerFaults;

BrokerFaults *broker_faults_new (void);
void broker_faults_free (BrokerFaults *faults);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerFaults, broker_faults_free)

/* One fault. Counted but not kept beyond BROKER_REFERENCE_FAULTS_MAX. */
void broker_faults_add (BrokerFaults *faults, BrokerFile file, guint line, const char *column,
                        const char *format, ...) G_GNUC_PRINTF (5, 6);

guint broker_faults_get_count (const BrokerFaults *faults);

/* Appends "file:line:column-name: reason" for each, by file and line (owned by texts), and
 * "and N more". */
void broker_faults_list (const BrokerFaults *faults, GPtrArray *texts);

/* A value from a file as it may stand in a reason: quoted, short, one line; owned. */
char *broker_faults_quote (const char *value);
