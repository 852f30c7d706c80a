/* desk-plan.h: queue.plan's answer as rows, and what it saves in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

#define DESK_PLAN_ROWS_MAX 1024 /* of each list */

typedef enum
{
  DESK_UNPLANNED_NONE_SUITS,
  DESK_UNPLANNED_NEEDED_BY_OTHERS,
  DESK_UNPLANNED_COUPLE,
  DESK_UNPLANNED_N
} DeskUnplannedReason;

typedef struct
{
  char code[BED_CODE_SIZE];
  char bed[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  guint metres;
} DeskPlanned;

typedef struct
{
  char code[BED_CODE_SIZE];
  DeskUnplannedReason reason;
} DeskUnplanned;

/* A proposal only: somebody far from home could have the bed `to`. */
typedef struct
{
  char code[BED_CODE_SIZE];
  char with[BED_CODE_SIZE]; /* who would go the other way; "" nobody */
  char from[BED_ID_SIZE];
  char to[BED_ID_SIZE];
  guint saves_metres;
} DeskSwap;

typedef struct
{
  GArray *planned;   /* DeskPlanned, in order of need; so the next */
  GArray *unplanned; /* DeskUnplanned */
  GArray *swaps;     /* DeskSwap */
  guint64 revision;
  gint64 made_us; /* server time */
  gint64 total_metres;
  gint64 first_come_metres;
  gint64 saved_metres; /* below 0: what it costs that more are placed */
  guint placed;
  guint first_come_placed;
  guint n_left_out; /* wait beyond those planned for */
} DeskPlan;

/* result: of queue.plan. Rows that are malformed are left out. */
DeskPlan *
desk_plan_new (JsonObject *result, gint64 made_us);
void
desk_plan_free (DeskPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlan, desk_plan_free)

/* Each owned by the caller. "2 people get a bed, 1 more than first come, first served." */
char *
desk_plan_say_placed (const DeskPlan *plan);
/* "23.8 km nearer home in all." */
char *
desk_plan_say_saving (const DeskPlan *plan);
/* "Made at 11:42, now." */
char *
desk_plan_say_age (const DeskPlan *plan, gint64 now_us);
/* "From Deerleap Ward, Room 5, to Nightingale Ward, Room 1: 21.3 km nearer home." */
char *
desk_swap_say (BoardModel *model, const DeskSwap *swap);
/* "The beds that suit are needed by others". Static. */
const char *
desk_unplanned_say (DeskUnplannedReason reason);
/* "Willow Court, Room 12"; the id of a bed that is not known. Owned by the caller. */
char *
desk_plan_say_bed (BoardModel *model, const char *bed);
