/* board-actions.h: what every board can do, whatever it shows: quit, about, shortcuts, full screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-notices.h"
#include "board-settings.h"

#include <gtk/gtk.h>

/* Adds app.quit, app.about, app.shortcuts and app.fullscreen with their keys; view: whose keys
 * app.shortcuts shows. */
void
board_actions_install (GtkApplication *application, BoardView view);

/* Notices on the desktop; application outlives them. */
BoardNotices *
board_actions_new_notices (GApplication *application);
