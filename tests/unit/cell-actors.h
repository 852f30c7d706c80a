/* cell-actors.h: who asks and where, for the tests that walk every cell of state × command × actor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "scene.h"

/* Units that differ in who says yes. */
typedef struct
{
  const char *unit, *owner, *type;
  const char *feature; /* that its first bed has */
  char yes; /* who answers: u: the unit, l: its LAP */
  gboolean is_proxy;
  gboolean is_of_one; /* it has one bed in effect */
} CellVenue;

typedef struct
{
  const char *who;     /* role and scope: UNIT and OWNER stand for the venue's */
  const char *letters; /* which of a cell's letters let it in */
} CellActor;

#define CELL_VENUES 3
#define CELL_ACTORS 14
extern const CellVenue cell_venues[CELL_VENUES];
extern const CellActor cell_actors[CELL_ACTORS];

/* The letters of a cell's `who`:
 *   L local  C coordinator  P coordinator, of proxies only  A coordinator, of proxies and where the LAP
 *   accepts  K clinician  R the referring organisation  H the unit's staff and its owner  O its owner
 *   Y staff and owner, where the unit accepts itself  S assessor, where one accepts (nowhere here)
 * has_bed: the command is about a bed or unit, named or the person's. */
gboolean cell_lets_in (const char *who, const CellActor *actor, const CellVenue *venue, gboolean has_bed);

/* With UNIT, OWNER, BED (the unit's first), FEATURE and CODE in their places. Owned. */
char *cell_fill_in (const char *text, const CellVenue *venue, const char *code);

/* An urgent referral, so that every clock runs, of a woman who needs nothing special. */
void cell_refer (Scene *scene, const CellVenue *venue, const char *who, const char *pathway);

/* Asks: allowed (expected 0) with the method's own event, then taken back; or refused with the expected
 * code. Either way the register's bytes are what they were. Gives 1 if it was allowed. */
guint cell_try (Scene *scene, const CellActor *actor, const CellVenue *venue, const char *method, const char *params,
                BedError expected);
