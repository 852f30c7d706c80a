/* bed-layout.h: the shared table's memory, byte for byte.
 *
 * Plain C11. The broker writes this memory, everybody else maps it read-only, so each size and
 * offset is asserted and no member is padding by accident. Reference records are fixed for an
 * epoch and may be read directly; changing rows and rings only through bed-table.h.
 * Times are microseconds since 1970 UTC, 0 is "none". Positions are OS National Grid metres.
 * Whoever changes this file raises BED_LAYOUT_VERSION.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define BED_LAYOUT_MAGIC UINT64_C (0x3144524157454d48) /* "HMEWARD1", little endian */
#define BED_LAYOUT_VERSION 3u

#define BED_NONE UINT32_MAX   /* no row: a bed, unit or referral index */
#define BED_NONE_16 UINT16_MAX /* no district */
#define BED_NONE_8 UINT8_MAX  /* no LAP */

#define BED_ID_SIZE 32   /* ids: at most 31 bytes of [a-z0-9_-], and a 0 */
#define BED_NAME_SIZE 80 /* names: at most 79 bytes of UTF-8, and a 0 */
#define BED_CODE_SIZE 8  /* a referral's code, K7Q-M4X, and a 0 */

#define BED_MAX_LAPS 64u
#define BED_MAX_DISTRICTS 4096u
#define BED_MAX_TRAVELS 524288u /* pairs of a travel-time table: not 4096 × 4096, but each with its near ones */
#define BED_MAX_CROSSINGS (4096u + BED_MAX_TRAVELS) /* known roads of both kinds */
#define BED_MAX_UNITS 65536u
#define BED_MAX_BEDS 1048576u
#define BED_MAX_REFERRALS 262144u
#define BED_MAX_SOURCES 1024u
#define BED_MAX_CHANGES 4194304u /* length of the change ring */
#define BED_MAX_METRES 10000000u /* no position is farther east or north */
#define BED_TIME_BITS 58 /* times are 0 … 2^58 - 1 µs (the year 11104): sums cannot overflow */
#define BED_RECENT_LENGTH 64u
#define BED_ANSWERS 32u /* to placings, remembered for a unit */
#define BED_HISTORY_MINUTES 15u
#define BED_HISTORY_LENGTH 192u /* 48 hours of quarters, for each LAP */

/* Reference records: written before the map is passed on, never afterwards. */

typedef struct
{
  char id[BED_ID_SIZE];
  char name[BED_NAME_SIZE];
  char area[BED_NAME_SIZE];
  uint32_t easting;
  uint32_t northing;
  uint16_t district;          /* index */
  uint16_t urgent_opens_min;  /* minutes after local midnight */
  uint16_t urgent_closes_min;
  uint16_t reserved;
} BedLap;

typedef struct
{
  char id[8]; /* outward code: "SO51" */
  uint32_t easting;
  uint32_t northing;
} BedDistrict;

/* A road that is known: around water, or from an imported travel-time table. */
typedef struct
{
  uint16_t from; /* district indexes; it holds both ways, unless a table has the way back as well */
  uint16_t to;
  uint32_t road_metres : 31;
  uint32_t is_table : 1; /* goes before any crossing */
} BedCrossing;

typedef struct
{
  char id[BED_ID_SIZE];
  char name[BED_NAME_SIZE]; /* "Clarence Unit" */
  char site[BED_NAME_SIZE]; /* "Woodcot Lodge" */
  char owner[BED_ID_SIZE];
  char owner_name[BED_NAME_SIZE];
  char phone[24]; /* the desk's number, never a person's */
  uint32_t easting;
  uint32_t northing;
  uint32_t first_bed; /* its beds are first_bed … first_bed + n_beds - 1 */
  uint32_t n_beds;
  uint32_t staffed_cap;
  uint32_t fresh_day_s; /* confirmation limits by day and by night */
  uint32_t fresh_night_s;
  uint16_t district;
  uint8_t lap;
  uint8_t owner_kind; /* BedOwnerKind */
  uint8_t accepts;    /* BedAccepts */
  uint8_t is_proxy;   /* kept by the LAP by phone */
  uint16_t longest_stay_days;
  int64_t effective_from_us;
  int64_t effective_to_us; /* 0: no end known */
  uint64_t gp_laps;            /* bit LAP: people of that LAP are taken; 0: everybody (GP registration) */
  uint16_t latest_arrival_min; /* minutes after local midnight from which nobody is taken; 0: no limit */
  uint16_t flex_after_min;     /* how long a free bed is kept for its commissioned type */
  uint8_t admission;           /* BED_ADMITS_… */
  uint8_t reserved[3];
} BedUnit;

enum
{
  BED_ADMITS_WEEKENDS = 1 << 0,
  BED_ADMITS_NIGHTS = 1 << 1,     /* 20:00–08:00 local */
  BED_ADMITS_AFTER_OWN_ASSESSMENT = 1 << 2, /* it may answer "assessing by" */
};

typedef struct
{
  char id[BED_ID_SIZE];
  char label[16]; /* "Room 7" */
  uint64_t features; /* bits of BedNeed */
  int64_t effective_from_us;
  int64_t effective_to_us;
  uint32_t unit;
  uint32_t flex;       /* bits of BedType: permitted besides type */
  uint16_t bay;        /* number within the unit; beds of one number share a bay; 0: a room of its own */
  uint16_t safe_load_kg; /* 0: not stated */
  uint8_t type;        /* BedType, as commissioned */
  uint8_t bay_sex;     /* BedBaySex policy */
  uint8_t is_surge;    /* only open while surge is asked for: it begins surge_shut */
  uint8_t reserved;
} BedBed;

static_assert (sizeof (BedLap) == 208, "layout");
static_assert (sizeof (BedDistrict) == 16, "layout");
static_assert (sizeof (BedCrossing) == 8, "layout");
static_assert (sizeof (BedUnit) == 400, "layout");
static_assert (offsetof (BedUnit, effective_from_us) == 368, "layout");
static_assert (sizeof (BedBed) == 88, "layout");

/* Changing rows: payloads. The first word is always the revision that last changed the row. */

enum
{
  BED_FLAG_IN_EFFECT = 1 << 0,
  BED_FLAG_STALE = 1 << 1,
  BED_FLAG_CLOSED = 1 << 2,     /* overlay: closed, perhaps with somebody inside */
  BED_FLAG_OFFERABLE = 1 << 3,  /* derived by the broker: every axis allows it */
  BED_FLAG_CAP_REACHED = 1 << 4, /* its unit's staffed cap is used up */
  BED_FLAG_BAY_UNSURE = 1 << 5, /* an `any` bay holds somebody whose sex the register does not know */
  BED_FLAG_FLEX = 1 << 6,       /* free for so long that its flex types may have it too */
  BED_FLAG_OVERDUE = 1 << 7,    /* its turnaround clock is breached */
};

typedef struct
{
  uint64_t revision;
  int64_t confirmed_at_us; /* of its least surely known bed */
  int64_t cap_until_us;    /* when staffed_cap falls back to the reference; 0: it does not */
  uint32_t staffed_cap;
  uint32_t counted; /* occupied, on leave, unknown and committed beds: what the cap limits */
  uint32_t free;    /* beds that are offerable */
  uint32_t in_effect;
  uint8_t flags;
  uint8_t closed_reason; /* BedClosure, of the unit as a whole */
  uint8_t surge_asked;   /* beds a coordinator asks for and the owner has not answered yet */
  uint8_t n_answers;     /* how many of the bits of faults are answers */
  uint32_t faults;       /* of the last 32 answers to placings, newest lowest: 1: the bed's data was wrong */
  uint64_t offerable; /* bit i: its i-th bed is, of the first 64: a hint which rows are worth reading */
} BedUnitRow;

typedef struct
{
  uint64_t revision;
  int64_t confirmed_at_us;
  int64_t until_us; /* of the hold; of somebody accepted or on the way, when they are expected; else of the
                     * closure or the surge; 0: none */
  union
  {
    int64_t expected_free_us; /* while somebody is in it */
    int64_t left_us;          /* while it is vacant: when it was left, until it is ready; 0: nobody left it so */
  };
  uint64_t features_out; /* features out of order */
  uint32_t referral;     /* index of the committed or staying person's referral, or BED_NONE */
  uint16_t hold_min;     /* the hold's whole length, for its clock */
  uint8_t occupancy;     /* BedOccupancy */
  uint8_t readiness;
  uint8_t service;
  uint8_t closed_reason;
  uint8_t isolation;
  uint8_t commitment;
  uint8_t infection : 4; /* BedInfection it is isolated for */
  uint8_t source : 4;    /* BedSource of the last confirmation */
  uint8_t display; /* BedDisplay, derived by the broker */
  uint8_t bay_sex; /* BedBaySex in force now, derived by the broker */
  uint8_t flags;
} BedBedRow;

#define BED_DECLINED_UNITS 4 /* remembered for a person */
#define BED_EPISODE_DAYS 42u /* of intermediate care, across beds */

enum
{
  BED_REFERRAL_CLOSED = 1 << 0,        /* ended: its index is reused once this has left the ring */
  BED_REFERRAL_HELD_ONCE = 1 << 1,
  BED_REFERRAL_RESPONDED = 1 << 2,     /* first contact has been made */
  BED_REFERRAL_HOLD_EXTENDED = 1 << 3, /* this hold, once */
  BED_REFERRAL_ASSESSING = 1 << 4,     /* the unit answers by until */
  BED_REFERRAL_FIRST = 1 << 5,         /* turned back: first in its lane */
  BED_REFERRAL_STAY_EXTENDED = 1 << 6,
  BED_REFERRAL_DECIDE = 1 << 7,        /* accepted, and its bed was closed: somebody must decide */
};

typedef struct
{
  uint64_t revision;
  char code[BED_CODE_SIZE];
  uint64_t must; /* bits of BedNeed */
  uint64_t must_not;
  uint64_t prefer;
  int64_t submitted_at_us;
  int64_t ready_at_us;
  int64_t until_us; /* of the hold, of a bed kept after cancelled transport, or of a bed kept while away */
  int64_t expected_at_us;
  int64_t since_us;      /* when the state was entered */
  int64_t triaged_at_us; /* accepted into its lane */
  int64_t arrived_at_us; /* the episode's first day, kept across beds */
  int64_t chc_from_us;   /* a CHC assessment runs since then; 0: none does */
  int64_t offered_at_us; /* of the proposal */
  uint32_t easting; /* where to be near: home, or the carer's district; 0, 0: no fixed abode */
  uint32_t northing;
  uint32_t bed;       /* committed or stayed in, or BED_NONE */
  uint32_t offer_bed; /* proposed, or BED_NONE */
  uint32_t offer_metres;
  uint16_t home; /* district of home, or BED_NONE_16 */
  uint16_t source; /* referring organisation: index into sources */
  uint16_t breached; /* bits of BedClock */
  uint16_t hold_min;
  uint8_t lap;
  uint8_t state; /* BedReferralState */
  uint8_t lane;
  uint8_t pathway;
  uint8_t type;
  uint8_t sex;
  uint8_t age_band;
  uint8_t agreed;
  uint8_t flags;
  uint8_t home_first; /* BedHomeFirst */
  uint8_t transport;  /* BedTransport */
  uint8_t waiting_for; /* BedWaitingFor, once ready to leave */
  uint32_t linked;    /* the other of a couple, or BED_NONE */
  uint32_t lapsed_bed; /* whose proposal lapsed last: not proposed again next time; or BED_NONE */
  uint32_t declined_by[BED_DECLINED_UNITS]; /* units that have said no, newest first; or BED_NONE */
  uint8_t infection;  /* BedInfection */
  uint8_t weight_band;
  uint8_t oxygen_lpm;
  uint8_t paused_for; /* BedPause + 1, while paused */
  uint8_t left_to;    /* BedOutcome + 1, once left */
  uint8_t stay_days;  /* their unit's longest stay while they are there, if it is less than an episode; or 0 */
  uint8_t is_exposed; /* left an outbreak for another such bed */
  uint8_t reserved;
} BedReferralRow;

static_assert (sizeof (BedUnitRow) == 56 && sizeof (BedBedRow) == 56, "layout");
static_assert (offsetof (BedBedRow, referral) == 40 && offsetof (BedBedRow, flags) == 55, "layout");
static_assert (offsetof (BedUnitRow, flags) == 40 && offsetof (BedUnitRow, offerable) == 48, "layout");
static_assert (sizeof (BedReferralRow) == 184, "layout");
static_assert (offsetof (BedReferralRow, easting) == 112, "layout");
static_assert (offsetof (BedReferralRow, lap) == 140, "layout");

/* A changing row in the map: see bed-row.h for how it is read and written. */

#define BED_ROW_WORDS 7u           /* of a unit's or a bed's payload */
#define BED_REFERRAL_ROW_WORDS 23u /* of a referral's */

typedef struct
{
  uint64_t version; /* slot version % 2 is current */
  uint64_t slot[2][BED_ROW_WORDS];
  uint64_t reserved;
} BedRow;

typedef struct
{
  uint64_t version;
  uint64_t slot[2][BED_REFERRAL_ROW_WORDS];
  uint64_t reserved;
} BedLongRow;

static_assert (sizeof (BedRow) == 128 && sizeof (BedLongRow) == 384, "layout");

/* Rings: fixed-size entries, overwritten oldest first. See bed-table.h for how they are read. */

typedef enum
{
  BED_KIND_UNIT,
  BED_KIND_BED,
  BED_KIND_REFERRAL,
  BED_N_KINDS
} BedKind;

/* A row that a batch has changed. revision is the batch's (the published one that shows the
 * change), so the ring is in order; the row's own may be smaller. */
typedef struct
{
  uint64_t revision;
  uint32_t kind; /* BedKind */
  uint32_t index;
} BedChange;

/* One past event for the ticker: no referral, no person. */
typedef struct
{
  uint64_t revision;
  int64_t at_us;
  int64_t until_us;  /* a hold's end or an expected time; 0: none */
  uint32_t unit;     /* or BED_NONE */
  uint32_t bed;      /* or BED_NONE */
  uint16_t event;    /* BedEventKind */
  uint8_t display;   /* BedDisplay of the bed afterwards */
  uint8_t reserved[5];
} BedRecent;

/* Totals of one LAP's beds at a quarter of an hour. */
typedef struct
{
  uint64_t revision;
  int64_t at_us;
  uint16_t lap;
  uint16_t in_effect;
  uint16_t free;
  uint16_t held;
  uint16_t arriving;
  uint16_t cleaning;
  uint16_t occupied;
  uint16_t closed;
} BedHistory;

static_assert (sizeof (BedChange) == 16 && sizeof (BedRecent) == 40, "layout");
static_assert (sizeof (BedHistory) == 32, "layout");

typedef struct
{
  uint64_t reserved_to; /* entries below reserved_to - length may be torn */
  uint64_t head;        /* entries written so far; entry i stands at i % length */
  uint64_t length;      /* a power of two */
  uint64_t offset;      /* of the entries, from the start of the map */
} BedRing;

typedef enum
{
  BED_SERVING_LIVE,
  BED_SERVING_READ_ONLY,
  BED_N_SERVING
} BedServing;

/* How the broker is, kept as the payload of a BedRow: read whole or not at all. */
typedef struct
{
  int64_t heartbeat_us; /* CLOCK_BOOTTIME of the last beat */
  int64_t now_us;       /* the broker's UTC at that beat */
  int64_t serving_since_us;
  uint64_t serving; /* BedServing */
  uint64_t reserved[3];
} BedPulse;

/* Sizes asked of a new table. */
typedef struct
{
  uint32_t laps;
  uint32_t districts;
  uint32_t crossings;
  uint32_t units;
  uint32_t beds;
  uint32_t referrals; /* capacity */
  uint32_t changes;   /* length of the change ring, a power of two */
} BedSizes;

typedef struct
{
  uint64_t magic;
  uint32_t layout_version;
  uint32_t reserved;
  uint64_t map_size;
  uint64_t epoch; /* one broker's life with one reference: random, never 0 */
  BedSizes sizes;
  uint32_t reserved_2;
  uint64_t n_sources; /* changing: grows, stored with release after the name */
  uint64_t lap_offset;
  uint64_t district_offset;
  uint64_t crossing_offset;
  uint64_t unit_offset;
  uint64_t bed_offset;
  uint64_t source_offset; /* BED_MAX_SOURCES names of BED_ID_SIZE */
  uint64_t row_offset[BED_N_KINDS];
  BedRing changes;
  BedRing recent;
  BedRing history;
  uint64_t revision;     /* published: changing, release/acquire */
  uint64_t n_referrals;  /* rows in use so far: changing */
  BedRow pulse;          /* of a BedPulse */
} BedHeader;

static_assert (sizeof (BedSizes) == 28, "layout");
static_assert (offsetof (BedHeader, lap_offset) == 72, "layout");
static_assert (offsetof (BedHeader, revision) == 240, "layout");
static_assert (sizeof (BedPulse) == 8 * BED_ROW_WORDS, "layout");
static_assert (sizeof (BedHeader) == 384, "layout");
