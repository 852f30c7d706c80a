/* wall-pin.h: the panel that asks who is placing: user and PIN, read back with code and unit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WallPin, wall_pin, WALL, PIN, GtkWidget)
#define WALL_TYPE_PIN (wall_pin_get_type ())

#define WALL_PIN_LENGTH_MAX 12
#define WALL_PIN_IDLE_US (30 * G_GINT64_CONSTANT (1000000)) /* without a key: closed, forgotten */

/* Signals: "given" (const char *user, const char *pin); "cancelled" (). The PIN is wiped from the
 * panel before either. */
GtkWidget *
wall_pin_new (void);

/* Shows what will be placed where (or taken back), the last user and a refusal ("" for none); takes
 * the focus. */
void
wall_pin_ask (WallPin *pin, gboolean is_undo, const char *what, const char *user,
              const char *refusal);

/* Who is there has no keyboard, or has not used it last: letters come for the user's id. */
void
wall_pin_set_touched (WallPin *pin, gboolean is_touched);

/* Each second while it asks: after WALL_PIN_IDLE_US without a key it forgets what was typed and
 * emits "cancelled". */
void
wall_pin_beat (WallPin *pin, gint64 monotonic_us);
