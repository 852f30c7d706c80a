/* ctl-simulate-world.h: what the simulated people see on their boards, and what is due to be done.
 *
 * A mirror of the feed. Whenever something comes into a situation in which somebody would act, it
 * gets a due time on the virtual clock; units and people (the other two modules) act on what is
 * due.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-simulate-crew.h"

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

/* What a person waits for. */
typedef enum
{
  CTL_PERSON_SETTLED,
  CTL_PERSON_OFFERED, /* waiting, and there is an offer: to be placed */
  CTL_PERSON_HELD,    /* the unit is to answer */
  CTL_PERSON_COMING,  /* accepted: to arrive */
  CTL_PERSON_STAYING, /* to leave some day */
  CTL_N_PERSON_SITUATIONS
} CtlPersonSituation;

typedef struct
{
  char *id;
  char *owner;
  guint8 accepts; /* BedAccepts */
  gboolean is_proxy;
  gboolean is_in_effect;
  gboolean is_sleepy; /* nobody there confirms anything */
  guint staffed_cap;
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
  gboolean is_in_effect;
  gboolean is_offerable;
  gboolean has_person;    /* somebody the register knows */
  gboolean has_leave_day; /* expected_free_at */
  gboolean is_shut_by_us;
  gboolean is_pending; /* a command about it is on its way */
  CtlBedSituation situation;
  double due;
} CtlBed;

typedef struct
{
  char *code;
  char *bed;    /* committed or stayed in, or NULL */
  char *offer;  /* proposed bed, or NULL */
  guint8 state; /* BedReferralState */
  gboolean is_urgent;
  gboolean is_agreed;
  gboolean is_pending;
  gboolean is_seen; /* in the snapshot that is arriving */
  CtlPersonSituation situation;
  double due;
} CtlPerson;

typedef struct
{
  GRand *rand;        /* owned: every decision */
  CtlCrew *crew;      /* owned */
  GHashTable *units;  /* owned: id → CtlUnit */
  GHashTable *beds;   /* owned: id → CtlBed */
  GHashTable *people; /* owned: code → CtlPerson */
  GPtrArray *homes;   /* owned: districts that the register knows, as far as tried */
  double now_min;     /* the virtual clock */
  double haste;      /* 1; larger while the picture is being filled: delays are that much shorter */
  gboolean is_whole; /* a snapshot is complete */
  gint64 pages_left; /* of the snapshot that is arriving */
  guint new_people;  /* submitted, not yet in the feed */
} CtlWorld;

CtlWorld *
ctl_world_new (guint32 seed);
void
ctl_world_free (CtlWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlWorld, ctl_world_free)

/* Takes in one notification of the feed. */
void
ctl_world_notice (CtlWorld *world, const char *method, JsonObject *params);

/* Draws a delay around a mean, in virtual minutes from now. */
double
ctl_world_draw_due (CtlWorld *world, double mean_min);
gboolean
ctl_world_chance (CtlWorld *world, double probability);

/* Puts a bed or person off: the command about it was refused, or nobody may give it. */
void
ctl_world_put_off (CtlWorld *world, double mean_min, gboolean *is_pending, double *due);

/* ctl-simulate-units.c */
double
ctl_units_get_delay (CtlBedSituation situation);
void
ctl_units_step (CtlWorld *world, double minutes);
gboolean
ctl_units_are_filled (const CtlWorld *world);

/* ctl-simulate-people.c */
double
ctl_people_get_delay (CtlPersonSituation situation, gboolean is_urgent);
void
ctl_people_step (CtlWorld *world, double minutes);
void
ctl_people_add (CtlWorld *world); /* one more referral */
void
ctl_people_fill_homes (CtlWorld *world);
