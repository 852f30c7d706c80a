/* board-pin.h: the panel that asks who is placing: user and PIN, read back with code and unit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-scene.h"

G_DECLARE_FINAL_TYPE (BoardPin, board_pin, BOARD, PIN, GtkWidget)
#define BOARD_TYPE_PIN (board_pin_get_type ())

#define BOARD_PIN_LENGTH_MAX 12

/* Signals: "given" (const char *user, const char *pin); "cancelled" (). The PIN is wiped from the
 * panel before either. */
GtkWidget *
board_pin_new (void);

/* Shows what will be placed where, the last user and a refusal ("" for none); takes the focus. */
void
board_pin_ask (BoardPin *pin, const char *what, const char *user, const char *refusal);
