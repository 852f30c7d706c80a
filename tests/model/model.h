/* model.h: the register once more, as simply as it can be said: plain structs of people, beds and
 * units, and one function that does what a command asks or says why not.
 *
 * Written from domain.md and contract.md, not from broker/: it shares the words of the language
 * (common/bed-words.h) and the command itself, and no rule, no time and no table. It keeps nothing
 * derived: whatever follows from the rows is worked out anew each time it is asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-command.h"
#include "common/bed-layout.h"

#define MODEL_UNITS 5
#define MODEL_BEDS 17
#define MODEL_PEOPLE 256
#define MODEL_OUTAGES 4
#define MODEL_CROWD 24 /* people touched by one command at most */
#define MODEL_UNDO_US (60 * SECOND_US)
#define MODEL_OFFER_US (15 * MINUTE_US)
#define MODEL_DONE (-1) /* instead of a BedError: accepted */
#define NOBODY (-1)
#define NOWHERE (-1)

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

/* What does not change but by unit.rules. */

typedef struct
{
  const char *id;
  const char *district;
  const char *owner;
  const char *owner_kind;
  const char *lap;
  const char *types;
  int accepts; /* BedAccepts */
  int cap;     /* 0: the number of beds */
  gboolean is_proxy;
  gboolean is_of_places;
  int fresh_day_min, fresh_night_min;
  gboolean weekends, nights, own_assessment;
  int latest_min; /* 0: no limit */
  guint gp_laps;  /* bits of laps; 0: everybody */
  int flex_min;
  int lives_days;        /* after the start; 0: for ever */
  int first_bed, n_beds; /* filled in */
} CountyUnit;

typedef struct
{
  const char *id;
  int unit;
  int bay;
  int type;
  guint flex;
  guint64 features;
  int bay_sex;
  int load_kg;
  gboolean is_surge;
  int starts_days; /* after the start; 0: always there */
} CountyBed;

typedef struct
{
  const char *id;
  int lap;
  int easting, northing;
} CountyDistrict;

#define COUNTY_DISTRICTS 4
extern const CountyUnit county_units[MODEL_UNITS];
extern const CountyBed county_beds[MODEL_BEDS];
extern const CountyDistrict county_districts[COUNTY_DISTRICTS];
extern const char *const county_laps[2];
extern const char *const county_sources[3];

/* The reference as the JSON of an import, for a run that starts then; owned. */
char *
county_files (gint64 start_us);

/* What changes. stamp: the event that touched it last, by itself and not as a consequence. */

typedef struct
{
  guint64 stamp;
  int occupancy, readiness, service, closed_reason, isolation, infection, commitment, source;
  int person; /* committed to or staying, or NOBODY */
  gint64 confirmed_us;
  gint64 expected_free_us;
  gint64 left_us; /* a consequence, with memory: it is vacant and not ready since somebody left */
  gboolean was_vacant;
  gboolean is_overdue; /* the clock has said so */
  gint64 closed_until_us;
  gint64 surge_until_us;
  gint64 free_since_us; /* a consequence, but it needs memory */
  gboolean is_stale;    /* the clock has said so */
  gboolean is_in_effect;
  gboolean is_flex; /* as shown: the hour is looked at when something happens */
  struct
  {
    gint64 until_us;
    int feature;
  } out[MODEL_OUTAGES];
} ModelBed;

typedef struct
{
  guint64 stamp;
  int cap;
  gint64 cap_until_us;
  int closed_reason;
  int surge_asked;
  gint64 surge_asked_until_us;
  guint32 faults;
  int n_answers;
  int accepts; /* its rules */
  gboolean weekends, nights, own_assessment;
  int latest_min;
  int flex_min;
  int longest_days;
} ModelUnit;

typedef struct
{
  guint64 stamp;
  char code[BED_CODE_SIZE];
  int state, lane, pathway, type, sex, age_band, agreed, home_first, transport, waiting_for;
  guint64 must, must_not, prefer;
  int infection, weight_band, oxygen_lpm;
  int home; /* district, or NOWHERE */
  int near; /* where to be near: home's, or the carer's; or NOWHERE */
  int lap;  /* or NOWHERE */
  int source;
  int bed;
  int linked;
  int offer_bed, lapsed_bed;
  int declined_by[BED_DECLINED_UNITS];
  int paused_for; /* BedPause + 1 */
  int left_to;    /* BedOutcome + 1 */
  int hold_min;
  guint breached;
  gint64 submitted_us, ready_us, until_us, expected_us, since_us, triaged_us, arrived_us, chc_us,
      offered_us, closed_us;
  gboolean is_erased; /* 30 days after */
  gboolean is_closed, was_held, has_responded, is_extended, is_assessing, is_first, stay_extended,
      must_decide, is_exposed;
} ModelPerson;

/* One accepted command of a client, for undo. */
typedef struct
{
  char key[BED_KEY_SIZE];
  char user[BED_ID_SIZE];
  gint64 at_us;
  BedMethod method;
  gboolean is_undone;
  guint units; /* bits: touched */
  guint beds;
  guint64 stamp;
  int people[MODEL_CROWD];
  int n_people;
  ModelUnit units_before[MODEL_UNITS];
  ModelBed beds_before[MODEL_BEDS];
  ModelPerson people_before[MODEL_CROWD];
} ModelAct;

typedef struct
{
  gint64 start_us;
  gint64 now_us;
  guint64 n_events;
  ModelUnit units[MODEL_UNITS];
  ModelBed beds[MODEL_BEDS];
  int n_people;
  int people_max;
  char sources[8][BED_ID_SIZE];
  int n_sources;
  GArray *acts;                     /* ModelAct, oldest first */
  ModelPerson people[MODEL_PEOPLE]; /* last: only those in use are copied */
} Model;

Model *
model_new (gint64 start_us, int people_max);
void
model_free (Model *model);
Model *
model_copy (const Model *model);
void
model_restore (Model *model, const Model *copy);
gboolean
model_lets_in (BedMethod method, int state); /* is the person's state one for it? */

/* Does the command, or says the BedError why not. code: of the new person, if it submits one. */
int
model_ask (Model *model, const BedCommand *command, gint64 now_us, const char *code);

/* What the clock still has to say at this instant, in words; NULL: nothing. Static. */
const char *
model_find_due (const Model *model, gint64 now_us);

/* model-doors.c: what a command names, and who asks. */
typedef struct
{
  Model *m;
  const BedCommand *command;
  const BedFacts *f;
  gint64 now;
  int unit, bed, person;
  ModelPerson *p; /* of person; NULL: none is named */
  int role;
} Ask;

gboolean
model_is_own (const Ask *ask, int unit);
int
model_find_person (const Model *model, const char *code);
int
model_find_bed (const char *id);
int
model_find_unit (const char *id);
int
model_find_district (const char *id);
gboolean
model_may (const Ask *ask);

/* Rows for writing: they are touched. */
ModelBed *
model_bed (Ask *ask, int bed);
ModelUnit *
model_unit (Ask *ask, int unit);
ModelPerson *
model_person (Ask *ask, int person);

/* model-truth.c: what follows from the rows. */
gboolean
truth_has_effect (const Model *model, int bed, gint64 at_us);
gboolean
truth_is_present (const ModelBed *bed);
int
truth_count (const Model *model, int unit); /* what its cap limits */
gboolean
truth_is_capped (const Model *model, int unit);
int
truth_bay_sex (const Model *model, int bed, gboolean *is_unsure);
gint64
truth_fresh_until (int bed, const ModelBed *row); /* what it was last confirmed to be */
int
truth_forbids (const Model *model, int bed);
gboolean
truth_is_offerable (const Model *model, int bed);
int
truth_unsuits (const Model *model, int bed, const ModelPerson *person, gint64 at_us,
               gboolean ignores_ring_fence);
gboolean
truth_has_closed_bed (const Model *model, int unit); /* for the unit's own reason */
int
truth_display (const Model *model, int bed);
gint64
truth_until (const Model *model, int bed);
guint64
truth_features_out (const Model *model, int bed);
int
truth_longest (const Model *model, const ModelPerson *person); /* days they may stay where they are */
void
truth_settle (Model *model, gint64 now_us); /* what has memory: left, free since, the flex hour */
gint64
truth_turnaround (const ModelBed *row); /* when its two hours are over; 0: they do not run */

/* Europe/London by its rule: last Sundays of March and October, 01:00 UTC. */
gint64
local_offset_us (gint64 at_us);
int
local_minute (gint64 at_us);
gint64
local_day (gint64 at_us); /* days since 1970, local */
gboolean
local_is_weekend (gint64 at_us);
gboolean
local_is_night (gint64 at_us);
gint64
local_next (gint64 at_us, int minute); /* the next instant after it at that local minute */

/* The rules, by room. */
int
model_do_bed (Ask *ask); /* model-beds.c */
int
model_do_unit (Ask *ask); /* model-units.c */
int
model_do_referral (Ask *ask, const char *code); /* model-referral.c */
int
model_do_placing (Ask *ask); /* model-placing.c */
int
model_do_stay (Ask *ask); /* model-stay.c */
int
model_do_clock (Ask *ask); /* model-clock.c */
int
model_do_undo (Ask *ask, const Model *now); /* model-undo.c: now, before it restores anything */
void
model_remember (Ask *ask, const Model *before);

/* Shared by rooms. */
gboolean
model_is_staying (int state);
gboolean
model_is_before_bed (int state);
gboolean
model_is_place (int bed);
void
model_enter (Ask *ask, int person, int state);
void
model_release (Ask *ask, int person, int state); /* and the bed is nobody's */
void
model_close_person (Ask *ask, int person, int state);
void
model_forget_needs (const Ask *ask, ModelPerson *p);
void
model_unlink (Ask *ask, int person);
void
model_confirm (Ask *ask, int bed, int source);
void
model_close_bed (Ask *ask, int bed); /* with the reason and end of the command */
void
model_open_bed (Ask *ask, int bed);
void
model_settle_promise (Ask *ask, int bed);
void
model_shut_surge (Ask *ask, int bed);
void
model_take_proposal_away (Ask *ask, int bed); /* from whoever has it */
void
model_break_commitment (Ask *ask, int bed); /* the bed is closed or filled over its hold */
int
model_find_held_partner (const Model *m, int person);
int
model_name_refusal (const Model *m, int bed, int why); /* BedRuledOut as BedError */
int
model_check_fit (const Ask *ask, int *other, int *second);
int
model_fits (const Ask *ask, int bed, int person,
            gboolean ignores_ring_fence); /* MODEL_DONE or error */
