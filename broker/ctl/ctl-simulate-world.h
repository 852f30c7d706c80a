/* ctl-simulate-world.h: what the simulated people see on their boards, what they believe, and what
 * is due to be done.
 *
 * A mirror of the feed, and beside it what the simulation knows by its own deeds: who is in which
 * bed, who has left. Whenever something comes into a situation in which somebody would act, the act
 * gets a due time on the simulation's clock; the other modules act on what is due. At the end the
 * two are compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-simulate-crew.h"
#include "ctl-simulate-tally.h"
#include "ctl-simulate-time.h"

/* What a bed waits for. */
typedef enum
{
  CTL_BED_SETTLED,  /* nothing */
  CTL_BED_UNSEEN,   /* nobody has said yet what it is */
  CTL_BED_LEAVING,  /* a resident whom the register does not know leaves today */
  CTL_BED_DIRTY,    /* to be cleaned */
  CTL_BED_CLEANING, /* being cleaned */
  CTL_BED_SHUT,     /* closed by us: to be opened again */
  CTL_N_BED_SITUATIONS
} CtlBedSituation;

/* Who is in a bed, as far as we have said so. */
typedef enum
{
  CTL_NOBODY,
  CTL_SOMEBODY, /* whom the register does not know */
  CTL_REFERRED  /* whom it does: CtlPerson.stays_in */
} CtlResident;

/* What is done about one person. */
typedef enum
{
  CTL_ACT_NONE,
  CTL_ACT_TRIAGE,
  CTL_ACT_RESPOND,
  CTL_ACT_REDIRECT,
  CTL_ACT_GO_HOME, /* the simple pathway's end */
  CTL_ACT_AGREE,
  CTL_ACT_PLACE,  /* into the bed proposed */
  CTL_ACT_SEARCH, /* nothing is proposed: look for a bed */
  CTL_ACT_PAUSE,
  CTL_ACT_RESUME,
  CTL_ACT_WITHDRAW,
  CTL_ACT_ANSWER,
  CTL_ACT_RELEASE,
  CTL_ACT_EXTEND_HOLD,
  CTL_ACT_EXPECT,
  CTL_ACT_LATE,
  CTL_ACT_CANCEL,
  CTL_ACT_DEPART,
  CTL_ACT_ARRIVE,
  CTL_ACT_THERAPY,
  CTL_ACT_ASSESS,
  CTL_ACT_ASSESSED,
  CTL_ACT_MOVE,
  CTL_ACT_AWAY,
  CTL_ACT_BACK,
  CTL_ACT_EXTEND_STAY,
  CTL_ACT_READY,
  CTL_ACT_DIE,
  CTL_ACT_LEAVE,
  CTL_N_ACTS
} CtlAct;

/* What a report says about who is in a bed: believed once it is accepted. */
typedef enum
{
  CTL_SAYS_NOTHING,
  CTL_SAYS_NOBODY,
  CTL_SAYS_SOMEBODY
} CtlSays;

#define CTL_NEVER G_MAXDOUBLE

typedef struct
{
  char *id;
  char *owner;
  char lap[BED_ID_SIZE];
  guint8 accepts; /* BedAccepts */
  guint8 closed;  /* BedClosure */
  gboolean is_proxy;
  gboolean is_in_effect;
  gboolean assesses_itself;
  gboolean is_sleepy; /* nobody there confirms anything */
  gboolean is_lazy;   /* somebody does, seldom */
  double refuses;     /* the share of people it declines */
  guint staffed_cap;
  guint surge_asked;
  gint32 easting;
  gint32 northing;
  guint planned; /* residents reported by us so far */
  double confirm_due;
  GPtrArray *beds; /* borrowed CtlBed */
} CtlUnit;

typedef struct
{
  char *id;
  CtlUnit *unit; /* borrowed */
  guint8 occupancy;
  guint8 readiness;
  guint8 service;
  guint8 commitment;
  guint8 type;
  guint8 bay_sex;
  guint8 closed; /* BedClosure */
  guint32 flex;  /* bits of BedType */
  guint64 features;
  gboolean is_in_effect;
  gboolean is_offerable;
  gboolean is_stale;
  gboolean has_leave_day; /* expected_free_at */
  char referral[BED_CODE_SIZE]; /* whom the register knows in it or for it, or "" */
  /* What we believe and intend: */
  CtlResident resident;
  CtlSays says; /* the report on its way */
  gboolean is_shut_by_us;
  double leave_due; /* of somebody whom the register does not know */
  guint8 fault;     /* BedDecline + 1: found to be not as shown; 0: nothing */
  gboolean is_pending;
  guint64 after_revision; /* the feed must have come so far before we look at it again */
  CtlBedSituation situation;
  double due;
} CtlBed;

typedef struct
{
  char *code;
  char *bed;    /* committed or stayed in, or NULL */
  char *offer;  /* proposed bed, or NULL */
  guint8 state; /* BedReferralState */
  guint8 type;
  guint8 sex;
  guint8 pathway;
  guint16 breached; /* bits of BedClock */
  guint64 must;
  guint64 must_not;
  char lap[BED_ID_SIZE];
  char source[BED_ID_SIZE];
  gint32 easting; /* 0 with northing 0: no fixed abode */
  gint32 northing;
  guint offer_metres;
  gint64 submitted_us;
  gint64 ready_us;
  gint64 until_us;
  gint64 expected_us;
  gboolean is_urgent;
  gboolean is_agreed;
  gboolean is_away;
  gboolean is_out_of_hours;
  gboolean is_to_decide; /* the bed they were accepted for was closed */
  gboolean is_in_feed;
  gboolean is_seen; /* in the snapshot that is arriving */
  /* What we believe and intend: */
  gboolean is_ours;   /* submitted by us */
  gboolean is_closed; /* we ended it */
  char *stays_in;     /* owned: bed; NULL: in none */
  double due[CTL_N_ACTS];
  CtlAct asked; /* the act on its way */
  char *asked_bed; /* owned: the bed it names */
  gboolean is_pending;
  guint64 after_revision;
  guint8 is_wrong; /* what is found of the bed: 0 as shown, 1 wrong when asked, 2 wrong at the door */
  gboolean is_let_go; /* declined, released or turned back by us: not an expiry */
  guint8 fault;       /* BedDecline + 1 of the decline on its way; 0: a yes */
  gboolean has_assessed; /* the unit has asked for time, for this hold or an earlier one */
  guint n_refused;    /* commands in a row, but for beds that others took */
  /* What has happened so far, for explaining: */
  guint n_offered;
  guint n_declined;
  guint n_turned_back;
  guint n_expired;
  guint n_cancelled;
  guint n_paused;
  guint metres; /* of the bed taken */
  guint8 waiting_for;
} CtlPerson;

typedef struct
{
  GRand *rand;        /* owned: every decision */
  CtlCrew *crew;      /* owned */
  GHashTable *units;  /* owned: id → CtlUnit */
  GHashTable *beds;   /* owned: id → CtlBed */
  GHashTable *people; /* owned: code → CtlPerson */
  GPtrArray *homes;   /* owned: districts that the register knows, as far as tried */
  CtlTally tally;
  CtlTime time;
  double now_min;    /* the simulation's clock */
  double haste;      /* 1; larger while the picture is being filled: delays are that much shorter */
  gboolean is_whole; /* a snapshot is complete */
  gint64 pages_left; /* of the snapshot that is arriving */
  guint64 revision;  /* that the feed has come to */
  guint new_people;  /* submitted, not yet in the feed */
  char couple[BED_CODE_SIZE]; /* whose partner is being submitted, or "" */
  double sampled_min;         /* when occupancy was last looked at */
  gboolean is_ending;         /* nothing new is begun */
} CtlWorld;

/* A word of a table, by its share. */
typedef struct
{
  const char *word;
  guint share;
} CtlShare;

const char *
ctl_world_draw_word (CtlWorld *world, const CtlShare *shares, guint n);
#define CTL_DRAW(world, shares) ctl_world_draw_word (world, shares, G_N_ELEMENTS (shares))

CtlWorld *
ctl_world_new (guint32 seed);
void
ctl_world_free (CtlWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlWorld, ctl_world_free)

/* Takes in one notification of the feed. */
void
ctl_world_notice (CtlWorld *world, const char *method, JsonObject *params);

/* Who has this code, known from now on if not before. */
CtlPerson *
ctl_world_take_person (CtlWorld *world, const char *code);
CtlBed *
ctl_world_find_bed (const CtlWorld *world, const char *id); /* NULL: none; id may be NULL */

/* Draws a delay around a mean, in the simulation's minutes from now. */
double
ctl_world_draw_due (CtlWorld *world, double mean_min);
/* The same for work that is done in certain hours: put off to the next opening. */
double
ctl_world_draw_shift (CtlWorld *world, double mean_min, const CtlShift *shift);
double
ctl_world_draw_between (CtlWorld *world, double from, double to);
/* Lognormal about its median. */
double
ctl_world_draw_days (CtlWorld *world, double median, double sigma);
gboolean
ctl_world_chance (CtlWorld *world, double probability);
/* The instant on the broker's clock that belongs to a due time. */
gint64
ctl_world_find_utc (const CtlWorld *world, double due_min);
gint64
ctl_world_read_utc (const CtlWorld *world);

/* Puts a bed or person off: the command about it was refused, or nobody may give it. */
void
ctl_world_put_off (CtlWorld *world, double mean_min, gboolean *is_pending, double *due);

/* The distance as the crow flies, times the detour of English roads. */
guint
ctl_world_measure (const CtlPerson *person, const CtlUnit *unit);
/* May the bed take them, whatever its state? */
gboolean
ctl_world_suits (const CtlBed *bed, const CtlPerson *person);

/* ctl-simulate-units.c */
double
ctl_units_draw_delay (CtlWorld *world, CtlBedSituation situation);
void
ctl_units_step (CtlWorld *world, double minutes);
gboolean
ctl_units_are_filled (const CtlWorld *world);
CtlMember *
ctl_units_find_reporter (CtlWorld *world, const CtlUnit *unit);
CtlMember *
ctl_units_find_keeper (CtlWorld *world, const CtlUnit *unit);
void
ctl_units_send (CtlWorld *world, CtlBed *bed, CtlMember *member, const char *method, CtlSays says,
                BedJson *json);

/* ctl-simulate-troubles.c: what strikes whole units. */
void
ctl_troubles_step (CtlWorld *world, double minutes);
/* The bed was found to be otherwise than shown: what its unit does about it. FALSE: nobody may. */
gboolean
ctl_troubles_mend (CtlWorld *world, CtlBed *bed);

/* ctl-simulate-people.c */
void
ctl_people_step (CtlWorld *world, double minutes);
void
ctl_people_replan (CtlWorld *world, CtlPerson *person, guint8 before); /* the state has changed */
void
ctl_people_replan_offer (CtlWorld *world, CtlPerson *person);
void
ctl_people_plan (CtlWorld *world, CtlPerson *person, CtlAct act); /* at the usual time */
/* With some probability, at some time within so many hours. */
void
ctl_people_plan_perhaps (CtlWorld *world, CtlPerson *person, CtlAct act, double probability, double hours);

/* ctl-simulate-placing.c, ctl-simulate-stays.c: what is due; FALSE: nobody can do it now. */
gboolean
ctl_placing_act (CtlWorld *world, CtlPerson *person, CtlAct act);
gboolean
ctl_stays_act (CtlWorld *world, CtlPerson *person, CtlAct act);
void
ctl_stays_plan (CtlWorld *world, CtlPerson *person);
/* ctl-simulate-answers.c. Sends what json says about the person (begun by ctl_people_begin). */
void
ctl_people_begin (const CtlPerson *person, BedJson *json);
gboolean
ctl_people_send (CtlWorld *world, CtlPerson *person, CtlMember *member, CtlAct act, const char *method,
                 BedJson *json);
CtlMember *
ctl_people_find_house (CtlWorld *world, const CtlPerson *person);
CtlMember *
ctl_people_find_desk (CtlWorld *world); /* a coordinator */
CtlMember *
ctl_people_find_source (CtlWorld *world, const CtlPerson *person); /* its referrer, or a coordinator */

/* ctl-simulate-demand.c */
void
ctl_demand_fill_homes (CtlWorld *world);
void
ctl_demand_add (CtlWorld *world); /* one more referral, or two of a couple */
void
ctl_demand_step (CtlWorld *world, double minutes, guint n_waiting);

/* ctl-simulate-check.c: what the register has against what we believe. */
typedef struct
{
  guint n_people; /* looked at */
  guint n_beds;
  guint stuck;   /* referrals with nothing due, or overdue by more than a day */
  guint strange; /* referrals in the feed that we never made, or ended */
  guint lost;    /* referrals of ours that are not in the feed */
  guint phantoms; /* beds occupied where we know nobody, or the other way round */
  GPtrArray *lines; /* owned: one each */
} CtlFindings;

void
ctl_check (CtlWorld *world, CtlFindings *findings);
void
ctl_findings_clear (CtlFindings *findings);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlFindings, ctl_findings_clear)

/* ctl-simulate-causes.c: why a limit was passed. */
const char *
ctl_causes_explain (const CtlWorld *world, const CtlPerson *person, BedClock clock);

/* ctl-simulate-summary.c */
void
ctl_summary_print (const CtlWorld *world, const CtlFindings *findings, gboolean is_json);
