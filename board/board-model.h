/* board-model.h: what a board knows: units, beds, the queue, the ticker and the last 24 hours.
 *
 * Filled only by the feed; no widget, no socket, no clock of its own. A click changes nothing here.
 * All pointers handed out are borrowed and good until the next feed message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-states.h"
#include "common/bed-event.h"
#include "common/bed-layout.h"

#include <json-glib/json-glib.h>

#define BOARD_BEDS_MAX 65536
#define BOARD_UNITS_MAX 4096
#define BOARD_REFERRALS_MAX 65536
#define BOARD_DISTRICTS_MAX BED_MAX_DISTRICTS
#define BOARD_RECENT_MAX 64
#define BOARD_CHANGE_PAGES_MAX 256 /* 64 MiB: every row there can be is less */
#define BOARD_METRES_MAX 10000000  /* eastings and northings beyond are no places */
#define BOARD_NEEDS_SHOWN 3
#define BOARD_SETTLE_MS 300 /* a snapshot is shown with the changes that follow it, or after this  \
                             */

typedef struct
{
  char id[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  char label[16];
  char bay[8]; /* "": a room of its own */
  char referral[BED_CODE_SIZE]; /* committed or staying, for those who may know; "" */
  guint flex; /* bits of BedType that it may be, too */
  guint64 features; /* bits of BedNeed that are in order */
  guint64 features_out;
  gint64 until_us;  /* of a hold, a closure or surge; 0: none */
  gint64 expected_us; /* somebody who is accepted or on the way; 0: none, or not known */
  gint64 confirmed_us; /* 0: never */
  gint64 expected_free_us;
  gint64 turnaround_due_us; /* since somebody left it: to be ready again; 0: does not run */
  guint hold_min;
  BedDisplay display;
  BedOccupancy occupancy;
  BedReadiness readiness;
  BedService service;
  BedSource source; /* who confirmed it */
  BedIsolation isolation;
  BedCommitment commitment;
  BedType type;
  BedBaySex bay_sex;
  BedClosure reason;
  BedInfection infection; /* it is isolated for; for those who may know */
  gboolean is_closed;     /* perhaps with somebody inside */
  gboolean is_overdue;    /* its turnaround has taken too long */
  gboolean is_offerable;
  gboolean is_place; /* booked like a bed, but without one */
  gboolean is_stale;
  gboolean is_in_effect;
} BoardBed;

typedef struct
{
  char id[BED_ID_SIZE];
  char name[BED_NAME_SIZE];
  char site[BED_NAME_SIZE];
  char owner[BED_ID_SIZE];
  char lap[BED_ID_SIZE];
  char phone[24]; /* the desk's; "" where it is not for these eyes */
  char latest_arrival[6]; /* "18:00", or "" */
  BedOwnerKind owner_kind;
  BedAccepts accepts;
  BedClosure reason; /* of the unit as a whole */
  guint staffed_cap;
  guint longest_stay_days;
  guint fresh_day_min;
  guint fresh_night_min;
  guint surge_asked;
  int accuracy; /* percent of its last answers that found the bed as shown; -1: none yet */
  gboolean takes_weekends;
  gboolean takes_nights;
  gboolean assesses; /* may answer "assessing by" */
  gboolean is_proxy;
  gboolean is_stale;
  gboolean is_closed;
  gboolean is_in_effect;
  gint64 easting;
  gint64 northing;
  gint64 confirmed_us;
  gint64 changed_us; /* monotonic time of the last change; 0: none since the snapshot */

  /* derived from the beds */
  GPtrArray *beds; /* BoardBed, borrowed, in strip order */
  guint metres;    /* straight line from the LAP's office */
  guint counts[BOARD_N_GLYPHS];
  guint offerable;
  guint free; /* what the tile shows: offerable beds; in a stale unit all last reported free */
  guint64 free_features; /* what its free beds have */
  guint free_sexes;      /* bits of BedBaySex of its free beds */
  gint64 hold_until_us;  /* the next hold to end; 0: none */
  guint hold_min;
  gint64 leaving_us; /* the next departure; 0: no time known */
  gint64 arriving_us; /* likewise the next arrival */
  guint closures[BED_CLOSURE_N]; /* closed beds by reason */
  guint in_transit;
  gboolean is_listed; /* among the units that are shown */
} BoardUnit;

/* A clock of a person. due_us 0: it does not run. */
typedef struct
{
  gint64 due_us;
  gint64 amber_us;
  gboolean is_breached;
} BoardClock;

typedef struct
{
  char code[BED_CODE_SIZE];
  char home[BED_NAME_SIZE]; /* outward code, or the LAP's area of somebody whose needs few have; "": no
                             * fixed abode, or not for these eyes */
  gboolean is_area;
  BedReferralState state;
  BedLane lane;
  BedNeed needs[BOARD_NEEDS_SHOWN]; /* a wall's icons */
  guint n_needs;
  BoardClock clocks[BED_CLOCK_N];
  gint64 response_due_us; /* the urgent lane's clock; 0: it does not run */
  gint64 due_us;          /* of the clock to show: the response's, else the soonest; 0: none */
  gint64 amber_us;
  BedClock clock;         /* whose those are */
  gint64 ready_us;        /* since when the person is ready to leave; 0: unknown */
  gint64 until_us;        /* of the hold */
  guint hold_min;
  char offer_bed[BED_ID_SIZE]; /* proposed, or held; "" none */
  char offer_unit[BED_ID_SIZE];
  guint offer_metres;

  /* not on a wall */
  char bed[BED_ID_SIZE]; /* held, committed or stayed in; "" none */
  char lap[BED_ID_SIZE]; /* "": whoever has no fixed abode */
  gint64 home_easting;   /* centre of the district of home; 0: none, or not for these eyes */
  gint64 home_northing;
  char source[BED_ID_SIZE]; /* referring organisation */
  char with[BED_CODE_SIZE]; /* the other of a couple, or "" */
  guint64 must; /* bits of BedNeed */
  guint64 must_not;
  guint64 prefer;
  guint oxygen_lpm;
  BedWeightBand weight_band;
  BedInfection infection;
  BedPathway pathway;
  BedType type;
  BedSex sex;
  BedAgeBand age_band;
  BedAgreement agreed;
  BedHomeFirst home_first;
  BedTransport transport;
  BedWaitingFor waiting_for;
  int paused_for; /* BedPause, or -1 */
  gint64 triaged_us;
  gint64 submitted_us;
  gint64 expected_us;
  gint64 arrived_us; /* the episode's first day */
  gboolean is_away;
  gboolean is_to_decide; /* accepted, and its bed was closed */
  gboolean is_assessing;
  gboolean is_first; /* turned back: first in its lane */
  gboolean has_responded;
  gboolean is_out_of_hours;
} BoardReferral;

typedef struct
{
  guint64 revision;
  gint64 at_us;
  gint64 until_us;
  BedEventKind event;
  int display; /* BedDisplay of the bed afterwards, or -1 */
  char unit[BED_ID_SIZE];
  char bed[BED_ID_SIZE];
} BoardRecent;

typedef struct
{
  guint beds;
  guint counts[BOARD_N_GLYPHS];
  guint free;           /* offerable */
  guint occupied;       /* leaving today included */
  gint64 hold_until_us; /* the next to end, 0: none */
  gint64 leaving_us;
  gint64 arriving_us;
  guint in_transit;
  BedClosure closure; /* the commonest reason, */
  guint n_closure;    /* and how many beds have it */
} BoardTotals;

/* An outward code that the register knows. */
typedef struct
{
  char code[8];
  char lap[BED_ID_SIZE]; /* whose people they are; "" nobody's */
} BoardDistrict;

/* Occupied beds of all LAPs at a quarter of an hour. */
typedef struct
{
  gint64 at_us;
  guint occupied;
} BoardQuarter;

typedef enum
{
  BOARD_SERVING_LIVE,
  BOARD_SERVING_READ_ONLY,
  BOARD_SERVING_BROKER_LOST
} BoardServing;

G_DECLARE_FINAL_TYPE (BoardModel, board_model, BOARD, MODEL, GObject)
#define BOARD_TYPE_MODEL (board_model_get_type ())

/* lap: the id of the LAP whose wall this is; distances are from its office. "" takes the first.
 * Signal "changed" (): once for all that came since the last one, from an idle. */
BoardModel *
board_model_new (const char *lap);

/* Takes one notification of the feed (feed.snapshot, feed.changes, feed.state). What is malformed
 * in it is left out, never asserted. monotonic_us is when it came. */
void
board_model_apply (BoardModel *model, const char *method, JsonObject *params, gint64 monotonic_us);

gboolean
board_model_has_picture (BoardModel *model);
guint64
board_model_get_revision (BoardModel *model);
gint64
board_model_get_at_us (BoardModel *model); /* time of the newest change; 0: none */
BoardServing
board_model_get_serving (BoardModel *model, gint64 *since_us);

const char *
board_model_peek_lap (BoardModel *model); /* its id; "" before the first snapshot */
const char *
board_model_peek_lap_name (BoardModel *model); /* "" before the first snapshot */
const char *
board_model_peek_lap_area (BoardModel *model);

/* Any LAP's name; NULL if the feed has not told of it. Borrowed. */
const char *
board_model_find_lap_name (BoardModel *model, const char *lap);

/* BoardDistrict, as they came: empty for whoever refers nobody, and before the first snapshot. */
const GArray *
board_model_peek_districts (BoardModel *model);
/* Borrowed; NULL if the register does not know it, or tells these eyes of none. */
const BoardDistrict *
board_model_find_district (BoardModel *model, const char *code);

/* Units that have beds in effect, nearest first: their places never depend on counts. */
const GPtrArray *
board_model_peek_units (BoardModel *model);
/* People waiting or held: urgent lane by what is due first, then by who has waited longest. */
const GPtrArray *
board_model_peek_queue (BoardModel *model);
/* Everybody the feed tells of, by code: also those on their way, paused or staying. */
const GPtrArray *
board_model_peek_people (BoardModel *model);
const GPtrArray *
board_model_peek_recent (BoardModel *model); /* BoardRecent, newest first */
const BoardTotals *
board_model_peek_totals (BoardModel *model);
const GArray *
board_model_peek_quarters (BoardModel *model); /* BoardQuarter, oldest first */

const BoardUnit *
board_model_find_unit (BoardModel *model, const char *id);
const BoardBed *
board_model_find_bed (BoardModel *model, const char *id);
const BoardReferral *
board_model_find_referral (BoardModel *model, const char *code);
