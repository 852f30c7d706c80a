/* wall-board-private.h: the wallboard's parts, for the files it is made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-board.h"
#include "wall-queue-page.h"
#include "wall-region.h"
#include "wall-turns.h"

/* What lies under a finger. */
typedef enum
{
  WALL_SPOT_NONE,
  WALL_SPOT_BESIDE, /* a sheet is open: it closes, and its key is pressed if it has one there */
  WALL_SPOT_PERSON,
  WALL_SPOT_MORE,   /* of the queue */
  WALL_SPOT_PAGE,   /* of units */
  WALL_SPOT_UNIT,
  WALL_SPOT_KEY     /* the picture of a key */
} WallSpotKind;

typedef struct
{
  WallSpotKind kind;
  guint key;
  char id[BED_ID_SIZE]; /* of the person or unit */
  gboolean is_spent;    /* whatever comes up does nothing */
} WallSpot;

struct _WallBoard
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;
  BoardModel *model;
  WallPlacing *placing;
  GPtrArray *tiles; /* widgets are the parent's, this holds pointers */
  GArray *stamps;   /* guint64: what each tile last showed */
  GtkCssProvider *letters;
  WallScene scene;
  WallTurns turns;

  /* widgets */
  GtkWidget *header;
  GtkWidget *band;
  GtkWidget *note;
  GtkWidget *queue;
  GtkWidget *ticker;
  GtkWidget *legend;
  GtkWidget *sheets[WALL_N_SHEETS];
  GtkWidget *pin;
  GtkWidget *finder;

  guint frame; /* asked of the frame clock, or 0 */
  guint tick_source;
  guint fade_source;
  guint letters_source;
  WallSpot pressed; /* what the finger came down on */
  gint64 scrolled_us; /* monotonic: the queue, by somebody; 0: never */
  guint slot; /* of the unit that had the focus last */
  int shift_across;
  int shift_down;
  double letters_scale;
  double night; /* how deep it is now */
  gboolean shifts;
  gboolean is_touched; /* a finger came last, not a key */
  gboolean is_redrawn; /* everything has to be */
};

/* --- wall-board-follow.c --- */

/* Something that everything depends on has changed. */
void
wall_board_redraw (WallBoard *wallboard);
/* The layout for what there is to show in a window of this size. */
void
wall_board_fit (WallBoard *wallboard, int width, int height);
/* The model tells something new; an answer of the fits does. */
void
wall_board_on_changed (WallBoard *wallboard);
void
wall_board_on_fit (gpointer wallboard);

/* --- wall-board-acts.c --- */

/* The page of the queue that is on the panel. */
void
wall_board_fill_page (WallBoard *wallboard, WallQueuePage *page);
/* The PIN panel and the placing it serves; the finder. */
void
wall_board_connect_sheets (WallBoard *wallboard);
/* Nobody is there any more: what was begun is left. */
void
wall_board_leave_alone (WallBoard *wallboard);
void
wall_board_open_sheet (WallBoard *wallboard, WallSheet sheet);
/* Why no bed fits them. */
void
wall_board_explain_person (WallBoard *wallboard, const char *code);
/* Nothing in a public corridor. */
void
wall_board_open_unit (WallBoard *wallboard, const char *id);
gboolean
wall_board_is_public (WallBoard *wallboard);
void
wall_board_notice (WallBoard *wallboard, const char *words);

/* --- wall-board-sites.c --- */

/* One tile a slot, before the sheets, which lie on top. */
void
wall_board_match_tiles (WallBoard *wallboard);
/* FALSE: none looks different. */
gboolean
wall_board_refresh_tiles (WallBoard *wallboard);
/* The slot that has the focus, or -1. */
int
wall_board_find_focus (WallBoard *wallboard);
void
wall_board_focus_slot (WallBoard *wallboard, guint slot);
void
wall_board_scroll (WallBoard *wallboard, int rows); /* of the queue; G_MAXINT, -G_MAXINT: a page */
void
wall_board_turn_units (WallBoard *wallboard, int pages); /* wherever the focus is */

/* --- wall-board-find.c --- */

void
wall_board_connect_finder (WallBoard *wallboard);
void
wall_board_close_finder (WallBoard *wallboard);

/* --- wall-board-touch.c --- */

void
wall_board_add_gestures (WallBoard *wallboard);
