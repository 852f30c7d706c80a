/* ward-board.h: the screen of one unit: a card a bed, who is expected, who leaves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WardBoard, ward_board, WARD, BOARD, GtkWidget)
#define WARD_TYPE_BOARD (ward_board_get_type ())

/* unit: whose screen this is; "" takes the session's, then the first unit that comes. */
GtkWidget *
ward_board_new (BoardContext *context, const char *unit);
