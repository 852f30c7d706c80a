/* board-toast.h: what has become of the last click: done (with Undo), refused, or waiting for the line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-context.h"

#include <gtk/gtk.h>

#define BOARD_TOAST_US (10 * G_GINT64_CONSTANT (1000000))       /* paused under pointer or focus */
#define BOARD_TOAST_REFUSED_US (4 * G_GINT64_CONSTANT (1000000)) /* a refusal is not displaced before */
#define BOARD_TOAST_WAITING_MAX 8

/* Signal "next-wanted" (BoardCommand *): the refused one, whose board_command_peek_next is to be asked
 * for instead. */
G_DECLARE_FINAL_TYPE (BoardToast, board_toast, BOARD, TOAST, GtkWidget)
#define BOARD_TYPE_TOAST (board_toast_get_type ())

/* Visible only while it says something: put it into an overlay, or a lane kept for it. */
GtkWidget *
board_toast_new (BoardContext *context);

/* Ctrl+Z: takes back the newest command that can be. FALSE: there is none. */
gboolean
board_toast_undo (BoardToast *toast);
/* N, which the toast takes wherever the focus is (but in an entry): the next best bed. FALSE: none is
 * offered. */
gboolean
board_toast_take_next (BoardToast *toast);
