/* desk-board.h: a discharge team's screen: its referrals, the beds that suit, and where they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskBoard, desk_board, DESK, BOARD, GtkWidget)
#define DESK_TYPE_BOARD (desk_board_get_type ())

GtkWidget *
desk_board_new (BoardContext *context);
