/* board-tables.h: the feed's rows by id: one picture of the register. Private to the model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"

typedef struct
{
  char id[BED_ID_SIZE];
  char name[BED_NAME_SIZE];
  char area[BED_NAME_SIZE];
  gint64 easting;
  gint64 northing;
} BoardLap;

typedef struct
{
  gint64 at_us;
  guint occupied;
  char lap[BED_ID_SIZE];
} BoardSample;

/* What has to be derived again since it was derived last. */
typedef struct
{
  GHashTable *units;    /* BoardUnit, borrowed */
  gboolean is_all;      /* a snapshot, or the LAP has moved: everything, and the rest says nothing */
  gboolean has_order;   /* of the units: one has come, gone or moved */
  gboolean has_people;  /* somebody has come or gone */
  gboolean has_queue;   /* … or stands elsewhere in the queue */
  gboolean has_history;
} BoardTouched;

/* One set of tables. All owned. As long as not all is touched, every unit has its beds. */
typedef struct
{
  GHashTable *units;     /* id → BoardUnit, owned */
  GHashTable *beds;      /* id → BoardBed, owned */
  GHashTable *referrals; /* code → BoardReferral, owned */
  GHashTable *lap_names; /* id → name, both owned */
  GArray *districts;     /* BoardDistrict */
  GArray *samples;       /* BoardSample */
  GPtrArray *recent;     /* BoardRecent, newest first */
  BoardLap lap;          /* whose wall this is */
  gboolean has_lap;
  BoardTouched touched;
} BoardTables;

BoardTables *
board_tables_new (void);
void
board_tables_free (BoardTables *tables);

/* Takes the rows, and what is gone, of one page of a snapshot or a change. lap: whose wall this is;
 * "": the first LAP that comes. changed_us: marks touched units; 0 in a snapshot. */
void
board_tables_take (BoardTables *tables, JsonObject *params, const char *lap, gint64 changed_us);

/* Everything has been derived. */
void
board_tables_settle (BoardTables *tables);
