/* desk-parts.h: the small pieces that the desk's lists and cards are made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-mark.h"
#include "desk-words.h"

/* A label with style classes ("code quiet"), at the start of its line. */
GtkWidget *
desk_label_new (const char *words, const char *classes);
void
desk_label_say (GtkWidget *label, const char *words);

/* A row or a column of things, gap pixels apart, with style classes. */
GtkWidget *
desk_box_new (GtkOrientation orientation, int gap, const char *classes);

/* Mark and word on the ground of a state: "chip is-held". */
GtkWidget *
desk_chip_new (void);
/* left: of a hold, 0 … 1. */
void
desk_chip_say (GtkWidget *chip, const char *words, DeskTone tone, double left);
/* With an icon before the word, or none (-1). */
GtkWidget *
desk_pill_new (int icon, const char *words, const char *classes);

/* "NHS", "County", "Independent" as a chip. */
void
desk_owner_say (GtkWidget *label, BedOwnerKind kind);

/* A button, its words with a mnemonic ("_Back"); and other words for it. */
GtkWidget *
desk_button_new_plain (const char *words);
void
desk_button_say (GtkWidget *button, const char *words);

/* A button that does an action of the group "desk". target: a string or NULL. */
GtkWidget *
desk_button_new (const char *words, const char *action, const char *target, const char *classes);

/* Marks have a size of their own, not one of the style's: all below widget look again how large. */
void
desk_resize_marks (GtkWidget *widget);

/* Unparents all children. */
void
desk_clear (GtkWidget *box);
void
desk_toggle_class (GtkWidget *widget, const char *name, gboolean has);
/* The one tone's class of the tones' classes. */
void
desk_set_tone (GtkWidget *widget, DeskTone tone);
/* What a screen reader says for widget. */
void
desk_name (GtkWidget *widget, const char *name);
