/* bed-status.c: the display states as FHIR and HL7 v2 know them: one constant table.
 *
 * A real project shipped table 0116 wrongly and told the world that its closed beds were free: here
 * C is "closed", H "housekeeping", I "isolated", K "contaminated", O "occupied", U "unoccupied".
 * Owns nothing, cannot fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-status.h"

#include <stddef.h>

#define UNOCCUPIED(commitment) { 'U', "Unoccupied", commitment, true, false }
#define OCCUPIED { 'O', "Occupied", NULL, true, true }
#define CLOSED { 'C', "Closed", NULL, false, false }

static const BedStatus statuses[] = {
  [BED_DISPLAY_FREE] = UNOCCUPIED (NULL),
  [BED_DISPLAY_HELD] = UNOCCUPIED ("held"),
  [BED_DISPLAY_ACCEPTED] = UNOCCUPIED ("accepted"),
  [BED_DISPLAY_IN_TRANSIT] = UNOCCUPIED ("in_transit"),
  [BED_DISPLAY_OCCUPIED] = OCCUPIED,
  [BED_DISPLAY_LEAVING] = OCCUPIED,
  [BED_DISPLAY_READY_TO_LEAVE] = OCCUPIED,
  [BED_DISPLAY_ON_LEAVE] = OCCUPIED,
  [BED_DISPLAY_CLEANING] = { 'H', "Housekeeping", NULL, true, false },
  [BED_DISPLAY_CONTAMINATED] = { 'K', "Contaminated", NULL, true, false },
  [BED_DISPLAY_ISOLATED] = { 'I', "Isolated", NULL, true, false },
  [BED_DISPLAY_CLOSED] = CLOSED,
  [BED_DISPLAY_SURGE_SHUT] = CLOSED,
  [BED_DISPLAY_UNKNOWN] = { 0, NULL, NULL, false, false },
};

static_assert (sizeof statuses / sizeof statuses[0] == BED_DISPLAY_N, "a status for each display");

const BedStatus *
bed_status_of_display (unsigned display)
{
  return display < BED_DISPLAY_N ? &statuses[display] : NULL;
}
