/* wall-queue-page.h: which people of the queue are on the panel, where, and under which number.
 *
 * Pure: from the shown order, the model and the layout. View and keys use the same page, so that a
 * number means what it stands beside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-layout.h"
#include "wall-order.h"
#include "wall-placing.h"

#define BOARD_PAGE_ROWS_MAX 64
#define WALL_BIG_ROWS 5 /* on a big board */

typedef enum
{
  BOARD_ROW_GONE,   /* no longer waiting: kept until the next reorder */
  BOARD_ROW_OFFER,  /* a bed is proposed */
  BOARD_ROW_NO_BED, /* none is */
  BOARD_ROW_HELD,
  BOARD_ROW_PENDING /* placed here, the event has not come yet */
} BoardRowKind;

typedef struct
{
  char code[BED_CODE_SIZE];
  const BoardReferral *referral; /* borrowed from the model; NULL if gone */
  BoardRowKind kind;
  guint number; /* 1 … 9 for an offer that a key picks; 0: none */
  gboolean is_urgent;
  gboolean has_heading; /* the lane's heading stands above this row */
  gboolean has_why;     /* W explains this one */
  double y;             /* of the row itself */
  double height;
} BoardPageRow;

typedef struct
{
  BoardPageRow rows[BOARD_PAGE_ROWS_MAX];
  guint n_rows;
  guint n_above; /* rows scrolled away */
  guint n_below;
} WallQueuePage;

#define WALL_QUEUE_TITLE 60.0
#define WALL_QUEUE_HEADING 37.0
#define WALL_QUEUE_FOOT 42.0

void
wall_queue_page_fill (WallQueuePage *page, WallOrder *order, BoardModel *model,
                       WallPlacing *placing, const WallLayout *layout);

/* What a number picks: FALSE if it picks nothing. */
gboolean
wall_queue_page_choose (const WallQueuePage *page, guint number, WallChoice *choice);

/* Where this row's person would go: FALSE if no bed is proposed to them. */
gboolean
wall_queue_row_choose (const BoardPageRow *row, WallChoice *choice);

/* Whom W is about: the top person without a bed, or NULL. */
const BoardPageRow *
wall_queue_page_find_why (const WallQueuePage *page);
