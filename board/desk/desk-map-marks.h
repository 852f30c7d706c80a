/* desk-map-marks.h: which sites the map shows for the chosen person, with which number, and in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-offers.h"

typedef enum
{
  DESK_MARK_SUITS, /* has beds that suit: a disc with how many */
  DESK_MARK_FREE,  /* has free beds, none of which suits: a ring with how many */
  DESK_MARK_FULL   /* none is known to be free: a grey ring with 0, a dashed one with ? if some are unknown */
} DeskMarkKind;

typedef struct
{
  char unit[BED_ID_SIZE];
  DeskMarkKind kind;
  guint n_suiting;
  guint n_free;
  guint n_unknown;
  guint metres;       /* from home, as the register tells it; 0: not known */
  gboolean is_held;   /* the person's bed is here, held or promised */
  gboolean is_picked; /* the bed that R reserves is here */
  gboolean is_stale;
  gint64 easting;
  gint64 northing;
} DeskMapMark;

/* DeskMapMark by value: what should be seen first stands first. offers and referral may be NULL: nobody
 * is chosen. is_suitable_only: leaves out what does not suit, if somebody is chosen. */
GArray *
desk_map_marks_new (BoardModel *model, const DeskOffers *offers, const BoardReferral *referral, const char *picked,
                    gboolean is_suitable_only);

/* What it shows may not be so: dashed, with a question mark. */
gboolean
desk_map_mark_is_unsure (const DeskMapMark *mark);
/* What its disc says: "2", "0"; "2?" of a stale one, "?" of one not known. Owned by the caller. */
char *
desk_map_mark_print (const DeskMapMark *mark);
/* "Willow Court, Andover. 19.4 km from home. 2 beds suit, 3 free." Owned by the caller. */
char *
desk_map_mark_say (BoardModel *model, const DeskMapMark *mark, gboolean has_person);
/* The whole map: "5 suitable beds: Willow Court 19.4 km, …. Held: Willow Court." Owned by the caller. */
char *
desk_map_marks_say (BoardModel *model, const GArray *marks, gboolean has_person);
