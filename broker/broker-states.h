/* broker-states.h: the whole state as files and back: what an export writes and an import may bring.
 *
 * Beside the reference's files (broker-reference.h) stand three more: unit_states.csv, referrals.csv and
 * bed_states.csv. They carry what is true now of each unit, bed and person; not what was (recent,
 * history, events, acts that could be taken back). The needs of people are personal data, pseudonymised.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"

/* Rows for a reference, all of them; what the register derives is left 0, and so are revisions. */
typedef struct
{
  BedUnitRow *units;   /* owned, as the reference has units */
  BedBedRow *beds;     /* owned, as the reference has beds */
  BrokerTerms *terms;  /* owned, likewise */
  BrokerUnitTerms *unit_terms; /* owned, as the reference has units */
  GArray *referrals;   /* BedReferralRow; owned */
  GPtrArray *sources;  /* strings; owned: a row's source is an index into them */
} BrokerStates;

void broker_states_free (BrokerStates *states);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerStates, broker_states_free)

/* Parses and validates all the files of an import, for that register (NULL: a new one). States become
 * what the files bring, NULL if there are none of that kind: they are only for a register that knows
 * nobody and has observed nothing. On failure NULL, and faults gets "file:line:column-name: reason" for
 * each fault in any of the files (owned by the array). */
BrokerReference *broker_states_parse (const char *files, const BrokerRegister *reg, BrokerStates **states,
                                      GPtrArray *faults);

/* The register as it stands, as the one object of files that an import takes. imported is the object of
 * its last import: the reference is written from that, so that what the map does not keep is kept,
 * with the rules that have changed since. Owned; NULL if imported is not the import in force. */
char *broker_states_print (const BrokerRegister *reg, const char *imported);
