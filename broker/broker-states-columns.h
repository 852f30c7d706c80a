/* broker-states-columns.h: the lines of the state files: what is true of each unit, bed and person beyond
 * the reference, as one table of columns that both reading and writing go through.
 *
 * A line holds the very row of the map, and by name what the row holds as an index. What the register
 * derives has no column.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference-columns.h"
#include "broker-register.h"

typedef struct
{
  BrokerLine line;
  char unit[BED_ID_SIZE];
  BedUnitRow row;
  BrokerUnitTerms terms;
} BrokerUnitStateLine;

typedef struct
{
  BrokerLine line;
  char bed[BED_ID_SIZE];
  char referral[BED_CODE_SIZE];
  BedBedRow row;
  BrokerTerms terms;
  gint64 left_us; /* shares a place with another time in the row */
  guint8 infection; /* a bit-field has no address */
  guint8 source;
  guint8 stale;
  guint8 in_effect;
  guint8 overdue;
} BrokerBedStateLine;

typedef struct
{
  BrokerLine line;
  BedReferralRow row;
  guint64 breached; /* bits of BedClock */
  guint64 marks;    /* bits of BED_REFERRAL_…, and above them BROKER_MARK_EXPOSED */
  char source[BED_ID_SIZE];
  char lap[BED_ID_SIZE];
  char bed[BED_ID_SIZE];
  char offer_bed[BED_ID_SIZE];
  char lapsed_bed[BED_ID_SIZE];
  char linked[BED_CODE_SIZE];
  char home[BROKER_OUTWARD_SIZE];
  char *declined_by; /* owned: "a|b", newest first */
} BrokerReferralLine;

#define BROKER_MARK_EXPOSED (1u << 8)
#define BROKER_STATE_COLUMNS_MAX 48 /* of one file */

extern const BrokerForm broker_state_forms[BROKER_N_FILES - BROKER_N_REFERENCE_FILES];

/* Is the referral carried from one register to another? Whoever is still known, and who has left for
 * another bed like this one: somebody may yet submit what continues there. */
gboolean broker_states_are_of (const BedReferralRow *row);
