/* board-closing.h: what still waits for the line is not lost without a word when the window is closed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-commands.h"

#include <gtk/gtk.h>

/* Closing window asks first while any of commands waits, one question at a time; else, and on "Close
 * anyway", application quits. commands is kept alive as long as window is. */
void
board_closing_guard (GtkWindow *window, BoardCommands *commands, GApplication *application);
