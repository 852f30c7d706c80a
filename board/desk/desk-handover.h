/* desk-handover.h: what happened to the people of a desk since a chosen time.
 *
 * Codes only; nothing about a person but what happened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "desk-words.h"

/* Since when. */
typedef enum
{
  DESK_SINCE_LAST_12_H,
  DESK_SINCE_07,
  DESK_SINCE_15,
  DESK_SINCE_20,
  DESK_SINCE_TIME, /* one that was written */
  DESK_SINCE_N
} DeskSince;

/* The newest such time before now: of today, or of yesterday. minute: after midnight, of SINCE_TIME. */
gint64
desk_since_find (DeskSince since, guint16 minute, gint64 now_us);

/* What the people of this desk went through, counted. */
typedef enum
{
  DESK_HAPPENED_REFERRED,
  DESK_HAPPENED_HELD,
  DESK_HAPPENED_DECLINED,
  DESK_HAPPENED_ACCEPTED,
  DESK_HAPPENED_ARRIVED,
  DESK_HAPPENED_LEFT,
  DESK_HAPPENED_N
} DeskHappened;

typedef struct
{
  char code[BED_CODE_SIZE];
  char *stands; /* "Accepted, Willow Court"; owned */
  GArray *told; /* DeskTold since then, newest first */
} DeskHandoverPerson;

typedef struct
{
  gint64 since_us;
  gint64 now_us;
  GPtrArray *people; /* DeskHandoverPerson, owned, whoever has news, in the order they were added */
  GPtrArray *left;   /* codes of whoever has left the register since then, newest first; owned */
  GHashTable *ends;  /* what became of them, by code; owned */
  guint n_quiet;     /* people without news */
  guint n_unread;    /* whose history could not be read, or who were too many */
  guint happened[DESK_HAPPENED_N];
  int occupied_then; /* beds of all LAPs; -1: not known */
  int occupied_now;
  guint free_now;
} DeskHandover;

DeskHandover *
desk_handover_new (BoardModel *model, gint64 since_us, gint64 now_us);
/* For whoever goes on with it when its owner may have begun another: each ends with free. */
DeskHandover *
desk_handover_ref (DeskHandover *handover);
void
desk_handover_free (DeskHandover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskHandover, desk_handover_free)

/* result: of queue.left. They are to be added as the others are; what is malformed is left out. */
void
desk_handover_take_left (DeskHandover *handover, JsonObject *result);

/* history: referral.history's result about code; NULL: it could not be read. Of whoever has left, the
 * end is told without it as well: a referrer may no longer read theirs. */
void
desk_handover_add (DeskHandover *handover, BoardModel *model, const char *code, JsonObject *history);

/* Each owned by the caller. "Since Sat 21 Nov 23:42, until Sun 22 Nov 11:42" */
char *
desk_handover_say_span (const DeskHandover *handover);
/* "2 referred, 1 held, 1 accepted, 1 arrived." */
char *
desk_handover_say_happened (const DeskHandover *handover);
/* "106 beds were occupied then, 101 are now; 21 are free." */
char *
desk_handover_say_beds (const DeskHandover *handover);
/* "5 people without news. 1 could not be read."; "" if there is nothing to say. */
char *
desk_handover_say_rest (const DeskHandover *handover);
/* "11:24", with its date if it is not of the handover's day. Owned by the caller. */
char *
desk_handover_say_when (const DeskHandover *handover, gint64 at_us);
