/* bed-find-list.h: the single beds that are ruled out, by reason, for whoever asks for them by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-find.h"

#define BED_FIND_LIST_MAX 100   /* beds of one reason */
#define BED_FIND_LISTED_MAX 500 /* and of all reasons together */

/* Of each reason the nearest beds. Beds that only the partner rules out can be left out: which they
 * are would say what the other needs, to somebody who may not know. */
BedFindList *bed_find_list_new (const BedTable *table, guint limit, gboolean hides_partner);
void bed_find_list_free (BedFindList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedFindList, bed_find_list_free)

typedef struct
{
  guint32 bed;
  guint32 metres;
  guint8 distance_from; /* BedDistanceFrom */
  guint8 reason;        /* BedRuledOut, never NOTHING or FRESHNESS */
  guint8 need;          /* BedNeed, of MUST and MUST_NOT */
  guint8 reserved;
} BedRuledOutBed;

/* One bed, of any distance; kept if it is among the nearest of its reason so far. */
void bed_find_list_add (BedFindList *list, const BedRuledOutBed *bed);

/* Appends {bed, unit, metres, distance_from, reason} of each as an array: nearest first, then by
 * label (Bed 2 before Bed 10); of more than BED_FIND_LISTED_MAX the nearest. */
void bed_find_list_print (const BedFindList *list, BedJson *json);
