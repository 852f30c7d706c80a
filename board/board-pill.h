/* board-pill.h: how the line to the register is, as a light widget: mark, word, when it was heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-context.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (BoardPill, board_pill, BOARD, PILL, GtkWidget)
#define BOARD_TYPE_PILL (board_pill_get_type ())

/* Looks again at every beat of context. Style: `pill` in light.css, and `is-live`, `is-unsure` (it
 * reconnects, or is read-only) or `is-lost` on it. */
GtkWidget *
board_pill_new (BoardContext *context);
