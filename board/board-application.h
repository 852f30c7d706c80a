/* board-application.h: the application behind homeward-board: one window, one connection.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-commands.h"
#include "board-options.h"

#include <gtk/gtk.h>

/* Without a picture after this long, --snapshot gives up. */
#define BOARD_SNAPSHOT_LIMIT_MS 15000

G_DECLARE_FINAL_TYPE (BoardApplication, board_application, BOARD, APPLICATION, GtkApplication)
#define BOARD_TYPE_APPLICATION (board_application_get_type ())

/* options are borrowed and must outlive the application. */
BoardApplication *
board_application_new (const BoardOptions *options);

/* 0, or 1 when a snapshot could not be taken; words have gone to stderr. */
int
board_application_get_status (BoardApplication *application);

/* What is asked for in its window; NULL without one. Borrowed. */
BoardCommands *
board_application_get_commands (BoardApplication *application);
