/* bed-status.h: what a bed's display state is called outside: FHIR Location.operationalStatus.
 *
 * The codes are HL7 v2 table 0116 (http://terminology.hl7.org/CodeSystem/v2-0116), as domain.md maps
 * them: for an exporter. Plain C11.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-words.h"

#include <stdbool.h>

typedef struct
{
  char code;               /* of table 0116; 0: the element is left out, and the gap is reported */
  const char *display;     /* the table's own words; NULL with no code */
  const char *commitment;  /* for our extension: the table has no "reserved"; NULL: none */
  bool counts_as_available; /* HAvBED's staffed beds: what the numbers at the other end count */
  bool counts_as_occupied;
} BedStatus;

/* A bed that is closed with somebody inside shows as occupied, and so it is exported. NULL if display
 * is none. Static. */
const BedStatus *bed_status_of_display (unsigned display);
