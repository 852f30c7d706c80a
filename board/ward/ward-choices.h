/* ward-choices.h: the ward's own questions: pick one of a list, or say yes to what was read back.
 *
 * Reasons are asked by board-reasons, which looks the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-plan.h"

#include <gtk/gtk.h>

/* A popover. Signal "picked" (const char *value or NULL): it has closed itself by then. */
G_DECLARE_FINAL_TYPE (WardChoices, ward_choices, WARD, CHOICES, GtkPopover)
#define WARD_TYPE_CHOICES (ward_choices_get_type ())

/* choices: WardChoice, taken; empty says so. */
GtkWidget *
ward_choices_new (const char *title, GPtrArray *choices);

/* lines: what was read back; taken. yes: the words of the button. Picked with NULL. */
GtkWidget *
ward_choices_new_read_back (const char *title, char **lines, const char *yes);
