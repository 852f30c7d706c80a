/* stage-keys.h: a view on a stage, pressed and typed at as a person would.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-stage.h"

/* Presses the button with these words in widget (NULL: anywhere), which must be there, seen and
 * sensitive; also a row of a question. */
void
stage_press (BoardStage *stage, GtkWidget *widget, const char *words);

/* Gives a key to whoever would get it: from the focus outwards, then those who listen everywhere. */
void
stage_type (BoardStage *stage, guint keyval, GdkModifierType state);

/* Writes into the entry that has the focus, a letter at a time. */
void
stage_write (BoardStage *stage, const char *letters);
