/* board-reasons.h: a popover to pick one code, by touch, arrows or one key: why a bed is closed, why
 * somebody cannot be taken.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-words.h"

#include <gtk/gtk.h>

#define BOARD_REASONS_MAX 35 /* keys: 1 to 9, then a to z */

/* Signal "chosen" (guint value): the popover has closed itself by then. */
G_DECLARE_FINAL_TYPE (BoardReasons, board_reasons, BOARD, REASONS, GtkPopover)
#define BOARD_TYPE_REASONS (board_reasons_get_type ())

/* title: the question, "Why is it closed?". Offers the values of words from first_value on (a class
 * that begins with "none" is asked from 1). Give it a parent with gtk_widget_set_parent, or a menu
 * button, then gtk_popover_popup; who has given it the parent takes it away again. */
GtkWidget *
board_reasons_new (const char *title, const BedWords *words, guint first_value);

/* Is no longer offered. Keys go to those that are left. */
void
board_reasons_leave_out (BoardReasons *reasons, guint value);
