/* board-keys.h: the keys of each view, for its shortcuts window. One table a view.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-settings.h"

#include <gtk/gtk.h>

typedef struct
{
  const char *accelerator; /* as GtkShortcutsShortcut takes it: "F11", "1...9", "Up Down" */
  const char *words;       /* not translated yet */
  const char *said;        /* the keys as a sheet of the view has them, not translated yet; or NULL */
  const char *action;      /* of the view's controller; NULL: the widgets' own */
} BoardKey;

/* The keys of one view, constant, and how many; BOARD_N_VIEWS: those of every view. */
const BoardKey *
board_keys_get (BoardView view, guint *n_keys);

/* What the view is called, for people. */
const char *
board_keys_get_title (BoardView view);

/* A window that lists the view's keys, then those of every view. Floating, as GTK's windows are. */
GtkWidget *
board_keys_new_window (BoardView view);
