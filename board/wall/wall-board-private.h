/* wall-board-private.h: the wallboard's parts, for the two files it is made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-pin.h"
#include "wall-queue-page.h"
#include "wall-board.h"

struct _WallBoard
{
  GtkWidget parent_instance;

  /* owned */
  BoardModel *model;
  WallPlacing *placing;
  GPtrArray *tiles; /* widgets are the parent's, this holds pointers */
  GArray *stamps;   /* guint64: what each tile last showed */
  GtkCssProvider *letters;
  WallScene scene;
  BoardSource source;

  /* widgets */
  GtkWidget *header;
  GtkWidget *band;
  GtkWidget *queue;
  GtkWidget *ticker;
  GtkWidget *legend;
  GtkWidget *why;
  GtkWidget *keys;
  GtkWidget *pin;

  guint tick_source;
  guint fade_source;
  guint letters_source;
  double letters_scale;
  gboolean is_redrawn; /* everything has to be */
};

/* The page of the queue that is on the panel. */
void
wall_board_fill_page (WallBoard *wallboard, WallQueuePage *page);

/* The PIN panel and the placing it serves. */
void
wall_board_connect_sheets (WallBoard *wallboard);
