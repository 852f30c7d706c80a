/* board-i18n.h: what is said to people is said through gettext.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gi18n.h>

#define BOARD_DOMAIN "homeward"

/* Takes the language of the environment. The catalogues are those of $HOMEWARD_CATALOGUES if that is
 * set, else those that were built beside the program, else the installed ones. Before any window. */
void
board_i18n_begin (void);
