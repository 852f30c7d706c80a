/* ward-stage.h: a ward on the stage.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "stage-keys.h"
#include "ward-fixture.h"

/* A ward's screen, its owner signed in. */
BoardStage *
ward_stage_open (int width, int height, WardScene scene);

/* The card of a room of the fixture's; of any bed. */
GtkWidget *
ward_stage_find_card (BoardStage *stage, guint room);
GtkWidget *
ward_stage_find_bed (BoardStage *stage, const char *bed);

/* As stage_press and stage_type, a second after what was before. */
void
ward_stage_press (BoardStage *stage, GtkWidget *widget, const char *words);
void
ward_stage_type (BoardStage *stage, guint keyval, GdkModifierType state);

/* Picks an entry of a room's menu. */
void
ward_stage_choose (BoardStage *stage, guint room, const char *act);
