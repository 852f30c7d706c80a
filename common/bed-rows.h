/* bed-rows.h: rows as the JSON of contract.md, and what each reader may see of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-command.h"
#include "bed-places.h"

/* Whose eyes: decides members and rows. Two connections with equal sights share every frame. */
typedef enum
{
  BED_SIGHT_WALL,      /* the queue by code; no room-and-code pair */
  BED_SIGHT_FULL,      /* coordinator, clinician, local */
  BED_SIGHT_REFERRER,  /* own organisation's referrals, anonymous availability */
  BED_SIGHT_UNIT,      /* own unit, or own organisation's units: rows and people in or offered to them */
  BED_SIGHT_ASSESSOR,  /* beds and units; people in or offered to those whose yes is an assessor's */
  BED_SIGHT_COUNTS     /* analyst, admin: beds and units, no referrals */
} BedSightClass;

typedef struct
{
  BedSightClass class;
  guint32 lap;  /* only this LAP's rows, or BED_NONE: asked for by the subscriber */
  guint32 unit; /* only this unit's, or BED_NONE: the role's scope, or asked for */
  char owner[BED_ID_SIZE]; /* only this organisation's, or "" */
} BedSight;

/* What a role may see at most. FALSE if its scope names something that does not exist. */
gboolean bed_sight_of_actor (const BedActor *actor, const BedPlaces *places, BedSight *sight);

/* Narrows to what a subscriber asked for (BED_NONE: not asked). FALSE, and sight as it was, if that
 * does not exist or may not be seen: never widens. */
gboolean bed_sight_narrow (BedSight *sight, const BedTable *table, guint32 lap, guint32 unit);

/* Whether people are referred by those eyes' owner: coordinators, clinicians and referrers. */
gboolean bed_sight_may_refer (const BedSight *sight);

guint bed_sight_hash (gconstpointer sight);
gboolean bed_sight_equal (gconstpointer a, gconstpointer b);

gboolean bed_sight_shows_unit (const BedSight *sight, const BedTable *table, guint32 unit);
gboolean bed_sight_shows_bed (const BedSight *sight, const BedTable *table, guint32 bed);
gboolean bed_sight_shows_referral (const BedSight *sight, const BedTable *table,
                                   const BedReferralRow *row);

/* Whose sight of people follows from the bed they are held for or stay in: a unit's, an owner's and an
 * assessor's; and which beds those are. Of anything else of such a person's life they hear nothing. */
gboolean bed_sight_is_by_bed (const BedSight *sight);
gboolean bed_sight_shows_person_in (const BedSight *sight, const BedTable *table, guint32 bed);

/* Appends one row as an object. class decides the members; row must have been checked. */
void bed_rows_print_lap (const BedTable *table, guint32 lap, BedJson *json);
/* An outward code that the register knows: {district, lap, easting, northing}; lap is whose people they
 * are, null if there are no LAPs. */
void bed_rows_print_district (const BedTable *table, const BedPlaces *places, guint32 district, BedJson *json);
void bed_rows_print_unit (const BedTable *table, guint32 unit, const BedUnitRow *row,
                          BedSightClass class, BedJson *json);
void bed_rows_print_bed (const BedTable *table, guint32 bed, const BedBedRow *row,
                         BedSightClass class, BedJson *json);
void bed_rows_print_referral (const BedTable *table, const BedReferralRow *row, BedSightClass class,
                              BedJson *json);

/* The same for a wall by somebody who has counted: whether the needs it shows are rare (bed-crowd.h),
 * which the other takes for granted. */
void bed_rows_print_wall_referral (const BedTable *table, const BedReferralRow *row, gboolean is_rare,
                                   BedJson *json);

/* The id under which a row is "gone". Borrowed from table or row. */
const char *bed_rows_peek_id (const BedTable *table, BedKind kind, guint32 index,
                              const BedReferralRow *referral);

/* Appends one entry of the ticker: {revision, at, event, unit, bed?, display?, until?}; and one of
 * the history: {revision, at, lap, in_effect, free, held, arriving, cleaning, occupied, closed}. */
void bed_rows_print_recent (const BedTable *table, const BedRecent *recent, BedJson *json);
void bed_rows_print_history (const BedTable *table, const BedHistory *history, BedJson *json);

/* Clocks: when it is due, from when it is amber, and its limit, all microseconds; FALSE if it does not
 * run for this row. One that lapses ends in an event of its own, or only prompts: it is never breached. */
gboolean bed_clock_get_due (BedClock clock, const BedReferralRow *row, gint64 *due_us);
gboolean bed_clock_get_amber (BedClock clock, const BedReferralRow *row, gint64 *amber_us);
gint64 bed_clock_get_limit (BedClock clock);
gboolean bed_clock_lapses (BedClock clock);

/* The one clock of a bed: from when it was left until it is ready. FALSE, and nothing set, if it does not
 * run. BED_FLAG_OVERDUE says that it is breached. */
gboolean bed_clock_get_turnaround (const BedBedRow *row, gint64 *due_us, gint64 *amber_us);

/* Accepted as urgent (or asked for, while it waits for triage) outside the LAP's hours, and not
 * answered yet: it must be answered or redirected, it never just waits for opening. */
gboolean bed_clock_is_out_of_hours (const BedLap *lap, const BedReferralRow *row);
