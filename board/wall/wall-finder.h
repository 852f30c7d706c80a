/* wall-finder.h: the small entry behind /: what is looked for, and what was found.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WallFinder, wall_finder, WALL, FINDER, GtkWidget)
#define WALL_TYPE_FINDER (wall_finder_get_type ())

/* Signals: "sought" (const char *words): other words stand there; "taken" (): Enter; "left" (): Esc,
 * or nobody typed for a while. */
GtkWidget *
wall_finder_new (void);

/* Empty again, and takes the focus; is_touched: with letters to touch. */
void
wall_finder_open (WallFinder *finder, gboolean is_touched);

/* What was found, in words. */
void
wall_finder_tell (WallFinder *finder, const char *words);

/* Each second while it is open. */
void
wall_finder_beat (WallFinder *finder, gint64 monotonic_us);
