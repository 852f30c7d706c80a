/* wall-pin.h: the panel that asks who is placing: user and PIN, read back with code and unit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-scene.h"

G_DECLARE_FINAL_TYPE (WallPin, wall_pin, WALL, PIN, GtkWidget)
#define WALL_TYPE_PIN (wall_pin_get_type ())

#define WALL_PIN_LENGTH_MAX 12

/* Signals: "given" (const char *user, const char *pin); "cancelled" (). The PIN is wiped from the
 * panel before either. */
GtkWidget *
wall_pin_new (void);

/* Shows what will be placed where, the last user and a refusal ("" for none); takes the focus. */
void
wall_pin_ask (WallPin *pin, const char *what, const char *user, const char *refusal);
