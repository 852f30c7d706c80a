/* board-actions.h: what every board can do, whatever it shows: quit, about, shortcuts, full screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-settings.h"

#include <gtk/gtk.h>

/* Adds app.quit, app.about, app.shortcuts and app.fullscreen with their keys; view: whose keys
 * app.shortcuts shows. */
void
board_actions_install (GtkApplication *application, BoardView view);

/* Says it on the desktop, in place of an older notice about the same code. */
void
board_actions_notify (GApplication *application, const char *title, const char *body, const char *code);
