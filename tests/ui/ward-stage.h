/* ward-stage.h: a ward on the stage, pressed and typed at as a person would.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-stage.h"
#include "ward-fixture.h"

/* A ward's screen, its owner signed in. */
BoardStage *
ward_stage_open (int width, int height, WardScene scene);

/* The card of a room. */
GtkWidget *
ward_stage_find_card (BoardStage *stage, guint room);

/* Presses the button with these words in widget (NULL: anywhere), which must be there, seen and
 * sensitive; also a row of a question. */
void
ward_stage_press (BoardStage *stage, GtkWidget *widget, const char *words);

/* Gives a key to whoever would get it: from the focus outwards, then the window's shortcuts. */
void
ward_stage_type (BoardStage *stage, guint keyval, GdkModifierType state);

/* Picks an entry of a room's menu. */
void
ward_stage_choose (BoardStage *stage, guint room, const char *act);
