/* board-toast-row.h: the inside of a toast: mark, words, time and one button. Only the toast's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

typedef enum
{
  BOARD_TOAST_SHOWS_NOTHING,
  BOARD_TOAST_SHOWS_DONE,
  BOARD_TOAST_SHOWS_REFUSED,
  BOARD_TOAST_SHOWS_WAITING
} BoardToastShows;

typedef enum
{
  BOARD_TOAST_OFFERS_NOTHING,
  BOARD_TOAST_OFFERS_UNDO,
  BOARD_TOAST_OFFERS_NEXT,
  BOARD_TOAST_OFFERS_AGAIN
} BoardToastOffers;

/* Signal "clicked" (): the button. */
G_DECLARE_FINAL_TYPE (BoardToastRow, board_toast_row, BOARD, TOAST_ROW, GtkWidget)
#define BOARD_TYPE_TOAST_ROW (board_toast_row_get_type ())

GtkWidget *
board_toast_row_new (void);

void
board_toast_row_show (BoardToastRow *row, BoardToastShows shows, const char *words, gint64 now_us);
/* words: the button's; NULL: there is none. */
void
board_toast_row_offer (BoardToastRow *row, BoardToastOffers offers, const char *words);
