/* wall-queue-page.c: lays the shown order out into rows, with headings and numbers.
 *
 * Pure; owns nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-queue-page.h"

#include <string.h>

#define URGENT_HEIGHT 98.0
#define URGENT_HEIGHT_TIGHT 82.0 /* when there are more than two: the others must not vanish */
#define URGENT_HEIGHT_BIG 77.0   /* five people, whoever they are */
#define FLOW_HEIGHT 75.0
#define URGENT_ROOMY 2

static BoardRowKind
find_kind (const BoardReferral *referral, WallPlacing *placing)
{
  if (referral == NULL)
    return BOARD_ROW_GONE;
  if (wall_placing_is_pending (placing, referral->code))
    return BOARD_ROW_PENDING;
  if (referral->state == BED_STATE_HELD)
    return BOARD_ROW_HELD;
  return referral->offer_bed[0] != 0 ? BOARD_ROW_OFFER : BOARD_ROW_NO_BED;
}

static double
choose_urgent_height (WallOrder *order)
{
  guint n_urgent = 0;

  for (guint i = 0; i < wall_order_get_length (order); i++)
    n_urgent += wall_order_is_urgent (order, i) ? 1 : 0;
  return n_urgent > URGENT_ROOMY ? URGENT_HEIGHT_TIGHT : URGENT_HEIGHT;
}

void
wall_queue_page_fill (WallQueuePage *page, WallOrder *order, BoardModel *model,
                       WallPlacing *placing, const WallLayout *layout)
{
  gboolean is_big = layout->zoom > 1;
  double height = layout->queue.height / layout->zoom;
  guint n_max = is_big ? WALL_BIG_ROWS : BOARD_PAGE_ROWS_MAX;
  guint length = wall_order_get_length (order);
  double urgent_height = is_big ? URGENT_HEIGHT_BIG : choose_urgent_height (order);
  double y = WALL_QUEUE_TITLE;
  guint number = 1;
  gboolean has_why = FALSE;
  guint i = wall_order_get_first (order);

  memset (page, 0, sizeof *page);
  page->n_above = MIN (i, length);
  for (; i < length && page->n_rows < n_max; i++)
    {
      BoardPageRow *row = &page->rows[page->n_rows];
      gboolean is_urgent = wall_order_is_urgent (order, i);
      gboolean has_heading
          = page->n_rows == 0 || page->rows[page->n_rows - 1].is_urgent != is_urgent;
      double row_height = is_urgent ? urgent_height : FLOW_HEIGHT;

      if (y + (has_heading ? WALL_QUEUE_HEADING : 0) + row_height > height - WALL_QUEUE_FOOT + 1)
        break;
      y += has_heading ? WALL_QUEUE_HEADING : 0;
      g_strlcpy (row->code, wall_order_peek_code (order, i), sizeof row->code);
      row->referral = board_model_find_referral (model, row->code);
      row->kind = find_kind (row->referral, placing);
      row->is_urgent = is_urgent;
      row->has_heading = has_heading;
      row->y = y;
      row->height = row_height;
      /* one that is being placed keeps its number's place, so that the others keep theirs */
      if (row->kind == BOARD_ROW_OFFER && number <= WALL_KEYS_MAX)
        row->number = number;
      number += row->kind == BOARD_ROW_OFFER || row->kind == BOARD_ROW_PENDING ? 1 : 0;
      row->has_why = row->kind == BOARD_ROW_NO_BED && !has_why;
      has_why |= row->has_why;
      y += row_height;
      page->n_rows++;
    }
  page->n_below = length > i ? length - i : 0;
}

gboolean
wall_queue_row_choose (const BoardPageRow *row, WallChoice *choice)
{
  if (row->kind != BOARD_ROW_OFFER)
    return FALSE;
  memset (choice, 0, sizeof *choice);
  memcpy (choice->referral, row->referral->code, sizeof choice->referral);
  memcpy (choice->bed, row->referral->offer_bed, sizeof choice->bed);
  memcpy (choice->unit, row->referral->offer_unit, sizeof choice->unit);
  choice->metres = row->referral->offer_metres;
  return TRUE;
}

gboolean
wall_queue_page_choose (const WallQueuePage *page, guint number, WallChoice *choice)
{
  for (guint i = 0; i < page->n_rows; i++)
    if (page->rows[i].number == number && number != 0)
      return wall_queue_row_choose (&page->rows[i], choice);
  return FALSE;
}

const BoardPageRow *
wall_queue_page_find_why (const WallQueuePage *page)
{
  for (guint i = 0; i < page->n_rows; i++)
    if (page->rows[i].has_why)
      return &page->rows[i];
  return NULL;
}
