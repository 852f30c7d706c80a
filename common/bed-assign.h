/* bed-assign.h: people to beds, exactly: who goes where at the least cost in all.
 *
 * Plain arrays of numbers: it knows nothing of rows, needs or metres.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"

#include <glib.h>

#define BED_ASSIGN_COST_MAX (G_GINT64_CONSTANT (1) << 48) /* so that no sum of costs overflows */

/* One bed that a person may have. */
typedef struct
{
  gint64 cost; /* 0 … BED_ASSIGN_COST_MAX */
  guint32 bed;
} BedChoice;

/* Beds stand in units, and no unit takes more people than it has room for. All borrowed. */
typedef struct
{
  guint32 people;
  guint32 beds;
  guint32 units;
  const guint32 *first; /* people + 1: the choices of person p are first[p] … first[p + 1] - 1 */
  const BedChoice *choices;
  const guint32 *unit_of; /* of each bed */
  const guint32 *room;    /* of each unit */
} BedAssignment;

/* Fills bed_of (people): each person's bed, or BED_NONE. Who is placed: in order of index, everybody
 * who can be placed together with those placed before, which also is as many people as can be placed
 * at all. Where: of all ways to place exactly these, one whose sum of costs is least. The same input
 * gives the same output. */
void bed_assign (const BedAssignment *assignment, guint32 *bed_of);
