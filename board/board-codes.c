/* board-codes.c: the words of beds and units in plain British English, one table a word class.
 *
 * Constant tables, each as long as its class: a new word that has none here is found by
 * test-board-codes. Those of people are board-codes-person.c's. Nothing can fail; what is unknown is "".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-codes-core.h"

#include "board-i18n.h"

static const char *const occupancies[BED_OCCUPANCY_N] = {
  [BED_OCCUPANCY_UNKNOWN] = N_ ("Not known"),
  [BED_OCCUPANCY_VACANT] = N_ ("Empty"),
  [BED_OCCUPANCY_OCCUPIED] = N_ ("Occupied"),
  [BED_OCCUPANCY_ON_LEAVE] = N_ ("On leave, bed kept"),
};

static const char *const readinesses[BED_READINESS_N] = {
  [BED_READINESS_READY] = N_ ("Ready"),
  [BED_READINESS_DIRTY] = N_ ("To be cleaned"),
  [BED_READINESS_CLEANING] = N_ ("Being cleaned"),
  [BED_READINESS_CONTAMINATED] = N_ ("Needs an infection clean"),
};

static const char *const services[BED_SERVICE_N] = {
  [BED_SERVICE_OPEN] = N_ ("Open"),
  [BED_SERVICE_CLOSED] = N_ ("Closed"),
  [BED_SERVICE_SURGE_SHUT] = N_ ("Surge bed, shut"),
  [BED_SERVICE_SURGE_OPEN] = N_ ("Surge bed, open"),
};

static const char *const commitments[BED_COMMITMENT_N] = {
  [BED_COMMITMENT_NONE] = N_ ("Not promised to anyone"),
  [BED_COMMITMENT_HELD] = N_ ("Held"),
  [BED_COMMITMENT_ACCEPTED] = N_ ("Accepted"),
  [BED_COMMITMENT_IN_TRANSIT] = N_ ("On the way"),
};

static const char *const isolations[BED_ISOLATION_N] = {
  [BED_ISOLATION_NONE] = N_ ("No isolation"),
  [BED_ISOLATION_SINGLE_ROOM] = N_ ("Isolated in a single room"),
  [BED_ISOLATION_BARRIER] = N_ ("Barrier nursing"),
  [BED_ISOLATION_BAY_RESTRICTED] = N_ ("Bay restricted"),
};

static const char *const sources[BED_SOURCE_N] = {
  [BED_SOURCE_NONE] = N_ ("Never confirmed"),
  [BED_SOURCE_STAFF] = N_ ("Confirmed by staff"),
  [BED_SOURCE_ADT] = N_ ("Confirmed by the hospital's system"),
  [BED_SOURCE_PHONE] = N_ ("Confirmed by phone"),
};

static const char *const displays[BED_DISPLAY_N] = {
  [BED_DISPLAY_FREE] = N_ ("Free"),
  [BED_DISPLAY_HELD] = N_ ("Held"),
  [BED_DISPLAY_ACCEPTED] = N_ ("Arriving"),
  [BED_DISPLAY_IN_TRANSIT] = N_ ("On the way"),
  [BED_DISPLAY_OCCUPIED] = N_ ("Occupied"),
  [BED_DISPLAY_LEAVING] = N_ ("Leaving today"),
  [BED_DISPLAY_READY_TO_LEAVE] = N_ ("Ready to leave"),
  [BED_DISPLAY_ON_LEAVE] = N_ ("On leave, bed kept"),
  [BED_DISPLAY_CLEANING] = N_ ("Cleaning"),
  [BED_DISPLAY_CONTAMINATED] = N_ ("Infection clean"),
  [BED_DISPLAY_ISOLATED] = N_ ("Isolated"),
  [BED_DISPLAY_CLOSED] = N_ ("Closed"),
  [BED_DISPLAY_SURGE_SHUT] = N_ ("Surge bed, shut"),
  [BED_DISPLAY_UNKNOWN] = N_ ("Not known"),
};

static const char *const closures[BED_CLOSURE_N] = {
  [BED_CLOSURE_NONE] = N_ ("No reason given"),
  [BED_CLOSURE_STAFFING] = N_ ("Not enough staff"),
  [BED_CLOSURE_OUTBREAK] = N_ ("Infection outbreak"),
  [BED_CLOSURE_DEEP_CLEAN] = N_ ("Deep clean"),
  [BED_CLOSURE_REPAIR] = N_ ("Repair"),
  [BED_CLOSURE_FIRE_SAFETY] = N_ ("Fire safety"),
  [BED_CLOSURE_QUALITY_EMBARGO] = N_ ("Stopped over quality of care"),
  [BED_CLOSURE_DECOMMISSIONED] = N_ ("No longer commissioned"),
  [BED_CLOSURE_NOT_FUNDED] = N_ ("Not funded"),
  [BED_CLOSURE_RING_FENCED] = N_ ("Kept for another service"),
  [BED_CLOSURE_REFURBISHMENT] = N_ ("Building work"),
};

static const char *const types[BED_TYPE_N] = {
  [BED_TYPE_REHAB] = N_ ("Rehabilitation"),
  [BED_TYPE_REABLEMENT] = N_ ("Reablement"),
  [BED_TYPE_D2A] = N_ ("Discharge to assess"),
  [BED_TYPE_CHC] = N_ ("Continuing healthcare assessment"),
  [BED_TYPE_STEP_UP] = N_ ("Step up from home"),
  [BED_TYPE_STEP_DOWN] = N_ ("Step down from hospital"),
  [BED_TYPE_TIME_TO_THINK] = N_ ("Time to think"),
  [BED_TYPE_GP] = N_ ("GP bed"),
  [BED_TYPE_END_OF_LIFE] = N_ ("End of life"),
  [BED_TYPE_RESPITE] = N_ ("Respite"),
  [BED_TYPE_SITTING] = N_ ("Sitting service at home"),
  [BED_TYPE_HOME_REABLEMENT] = N_ ("Reablement at home"),
  [BED_TYPE_VIRTUAL_WARD] = N_ ("Virtual ward"),
};

static const char *const needs[BED_NEED_N] = {
  [BED_NEED_SINGLE_ROOM] = N_ ("Single room"),
  [BED_NEED_ENSUITE] = N_ ("Ensuite"),
  [BED_NEED_GROUND_FLOOR] = N_ ("Ground floor"),
  [BED_NEED_WHEELCHAIR] = N_ ("Wheelchair access"),
  [BED_NEED_NEAR_STATION] = N_ ("Near the nurses' station"),
  [BED_NEED_OXYGEN] = N_ ("Oxygen"),
  [BED_NEED_ISOLATION_ROOM] = N_ ("Isolation room"),
  [BED_NEED_PROFILING_BED] = N_ ("Profiling bed"),
  [BED_NEED_BARIATRIC] = N_ ("Bariatric equipment"),
  [BED_NEED_HOIST] = N_ ("Hoist"),
  [BED_NEED_CEILING_HOIST] = N_ ("Ceiling hoist"),
  [BED_NEED_PRESSURE_MATTRESS] = N_ ("Pressure mattress"),
  [BED_NEED_LOW_BED] = N_ ("Low bed"),
  [BED_NEED_FALLS_SENSOR] = N_ ("Falls sensor"),
  [BED_NEED_NURSING_24H] = N_ ("Nursing day and night"),
  [BED_NEED_DEMENTIA] = N_ ("Dementia care"),
  [BED_NEED_SECURE] = N_ ("Secure unit"),
  [BED_NEED_BEHAVIOUR] = N_ ("Support with behaviour"),
  [BED_NEED_ONE_TO_ONE] = N_ ("One-to-one care"),
  [BED_NEED_DELIRIUM] = N_ ("Delirium care"),
  [BED_NEED_THERAPY_7DAY] = N_ ("Therapy seven days a week"),
  [BED_NEED_IV] = N_ ("Intravenous treatment"),
  [BED_NEED_PEG] = N_ ("Tube feeding (PEG)"),
  [BED_NEED_CATHETER] = N_ ("Catheter"),
  [BED_NEED_TRACHEOSTOMY] = N_ ("Tracheostomy"),
  [BED_NEED_INSULIN] = N_ ("Insulin"),
  [BED_NEED_END_OF_LIFE] = N_ ("End-of-life care"),
  [BED_NEED_NON_WEIGHT_BEARING] = N_ ("Cannot bear weight"),
  [BED_NEED_STROKE] = N_ ("Stroke care"),
  [BED_NEED_TWO_CARERS] = N_ ("Two carers"),
  [BED_NEED_STAIRS_OK] = N_ ("Stairs"),
  [BED_NEED_INTERPRETER] = N_ ("Interpreter"),
  [BED_NEED_SMOKER] = N_ ("Place to smoke"),
  [BED_NEED_DOLS] = N_ ("Deprivation of liberty safeguards"),
};

static const char *const bay_sexes[BED_BAY_SEX_N] = {
  [BED_BAY_SEX_FEMALE] = N_ ("Women's bay"),
  [BED_BAY_SEX_MALE] = N_ ("Men's bay"),
  [BED_BAY_SEX_ANY] = N_ ("Women or men"),
  [BED_BAY_SEX_SINGLE] = N_ ("Room of its own"),
};

static const char *const accepters[BED_ACCEPTS_N] = {
  [BED_ACCEPTS_UNIT] = N_ ("The unit's own staff accept"),
  [BED_ACCEPTS_ASSESSOR] = N_ ("A trusted assessor accepts"),
  [BED_ACCEPTS_LAP] = N_ ("The local access point accepts"),
};

static const char *const owner_kinds[BED_OWNER_N] = {
  [BED_OWNER_NHS] = N_ ("NHS"),
  [BED_OWNER_COUNTY] = N_ ("County"),
  [BED_OWNER_INDEPENDENT] = N_ ("Independent"),
};

static const char *const fills[BED_FILL_N] = {
  [BED_FILL_ARRIVED_UNANNOUNCED] = N_ ("Arrived without being announced"),
  [BED_FILL_MOVED_WITHIN_UNIT] = N_ ("Moved from another bed here"),
  [BED_FILL_SYSTEM_DOWN] = N_ ("Arrived while the system was down"),
  [BED_FILL_NOT_INTERMEDIATE_CARE] = N_ ("Here for another service"),
};

static const char *const corrections[BED_CORRECTION_N] = {
  [BED_CORRECTION_ENTERED_IN_ERROR] = N_ ("Entered by mistake"),
  [BED_CORRECTION_WRONG_BED] = N_ ("Entered for the wrong bed"),
  [BED_CORRECTION_FOUND_ON_ROUND] = N_ ("Found on the round"),
  [BED_CORRECTION_SYSTEM_DOWN] = N_ ("Changed while the system was down"),
};

static const char *const ruled_outs[BED_RULED_OUT_N] = {
  [BED_RULED_OUT_NOTHING] = N_ ("Suitable"),
  [BED_RULED_OUT_SERVICE] = N_ ("Closed"),
  [BED_RULED_OUT_OCCUPANCY] = N_ ("Occupied"),
  [BED_RULED_OUT_COMMITMENT] = N_ ("Promised to somebody else"),
  [BED_RULED_OUT_READINESS] = N_ ("Not clean yet"),
  [BED_RULED_OUT_ISOLATION] = N_ ("Isolated"),
  [BED_RULED_OUT_STAFFED_CAP] = N_ ("No staff for another person"),
  [BED_RULED_OUT_TYPE] = N_ ("Another kind of bed"),
  [BED_RULED_OUT_BAY_SEX] = N_ ("Bay for the other sex"),
  [BED_RULED_OUT_MUST] = N_ ("A need is not met"),
  [BED_RULED_OUT_MUST_NOT] = N_ ("Has what must not be"),
  [BED_RULED_OUT_ADMISSION] = N_ ("Admits at other times, or after its own assessment"),
  [BED_RULED_OUT_PARTNER] = N_ ("No bed for the partner"),
  [BED_RULED_OUT_FRESHNESS] = N_ ("Not confirmed lately: call first"),
};

static const char *const distances[BED_DISTANCE_N] = {
  [BED_DISTANCE_STRAIGHT] = N_ ("Estimated from the straight line"),
  [BED_DISTANCE_CROSSING] = N_ ("Estimated, around the water"),
  [BED_DISTANCE_TABLE] = N_ ("By road"),
};

static const char *const servings[] = { N_ ("Live"), N_ ("Read-only") };

static const BoardCodes classes[] = {
  BOARD_CODES (occupancy, occupancies),
  BOARD_CODES (readiness, readinesses),
  BOARD_CODES (service, services),
  BOARD_CODES (commitment, commitments),
  BOARD_CODES (isolation, isolations),
  BOARD_CODES (source, sources),
  BOARD_CODES (display, displays),
  BOARD_CODES (closure, closures),
  BOARD_CODES (type, types),
  BOARD_CODES (need, needs),
  BOARD_CODES (bay_sex, bay_sexes),
  BOARD_CODES (accepts, accepters),
  BOARD_CODES (owner_kind, owner_kinds),
  BOARD_CODES (fill, fills),
  BOARD_CODES (correction, corrections),
  BOARD_CODES (ruled_out, ruled_outs),
  BOARD_CODES (distance, distances),
  BOARD_CODES (serving, servings),
};

static const BoardCodes *
find (const BoardCodes *codes, guint n, const BedWords *words)
{
  for (guint i = 0; i < n; i++)
    if (codes[i].words == words)
      return &codes[i];
  return NULL;
}

const char *
board_code_say (const BedWords *words, guint value)
{
  const BoardCodes *codes = find (classes, G_N_ELEMENTS (classes), words);

  if (codes == NULL)
    codes = find (board_person_codes, board_n_person_codes, words);
  return codes != NULL && value < codes->n && codes->said[value] != NULL ? _(codes->said[value]) : "";
}
