/* ward-keys.h: the keys of the ward's screen, and the sheet that lists them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-keys.h"

/* Global shortcuts onto the actions ward.confirm, ward.undo, ward.menu and ward.keys of board. */
void
ward_keys_add (GtkWidget *board);

/* A popover; the caller gives it a parent. */
GtkWidget *
ward_keys_new_sheet (void);

/* The same keys for the window of all keys. */
const BoardKey *
ward_keys_get (guint *n_keys);
