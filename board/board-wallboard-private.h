/* board-wallboard-private.h: the wallboard's parts, for the two files it is made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-pin.h"
#include "board-queue-page.h"
#include "board-wallboard.h"

struct _BoardWallboard
{
  GtkWidget parent_instance;

  /* owned */
  BoardModel *model;
  BoardPlacing *placing;
  GPtrArray *tiles; /* widgets are the parent's, this holds pointers */
  GArray *stamps;   /* guint64: what each tile last showed */
  GtkCssProvider *letters;
  BoardScene scene;
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
board_wallboard_fill_page (BoardWallboard *wallboard, BoardQueuePage *page);

/* The PIN panel and the placing it serves. */
void
board_wallboard_connect_sheets (BoardWallboard *wallboard);
