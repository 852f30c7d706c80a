/* ward-parts.h: parts that cards and the side column share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-flow.h"

/* A big button: a mark or icon before its words. Remembers what it shows. */
void
ward_parts_show_step (GtkWidget *button, const WardCase *cause, WardAct act);

/* A big button with nothing but words. */
void
ward_parts_show_words (GtkWidget *button, const char *words);

/* Instead of either, while a command is under way: the button keeps the focus, but its press does nothing. */
void
ward_parts_show_pending (GtkWidget *button, const WardCase *cause, const char *pending);

/* ... as long as it has not been sent: the press takes it back (ward_flow_take_out). */
void
ward_parts_show_take_back (GtkWidget *button, const WardCase *cause);

/* A press so soon after a button's meaning has changed was meant for what it said before. */
#define WARD_STEADY_US (700 * G_GINT64_CONSTANT (1000))

/* Keeps what a press of the button means by now, and since when: act, about subject; with a command
 * under way to take it back, or nothing. What a new button means counts as having stood for long. */
void
ward_parts_set_meaning (GtkWidget *button, WardFlow *flow, const char *subject, WardAct act);

/* A press of it now is meant for what it says. */
gboolean
ward_parts_is_steady (GtkWidget *button, WardFlow *flow);

/* Does what the button means about the bed, or unit, if it is steady; else nothing. */
void
ward_parts_press (GtkWidget *button, WardFlow *flow, const char *subject);

/* Needs as icons in box, at most max of them, with all of them in words as tooltip. */
void
ward_parts_show_needs (GtkWidget *box, guint64 needs, guint max);

/* What a command under way says on its card: "Waiting for the line" … NULL: nothing. Static. */
const char *
ward_parts_say_pending (BoardCommand *command);

/* Exactly one of the classes is on widget. */
void
ward_parts_set_class (GtkWidget *widget, const char *const *classes, gsize n, const char *chosen);

/* How much of a hold is left, 0 … 1. */
double
ward_parts_get_left (const WardCase *cause);

/* ⋮: a menu button that makes its menu when it is opened. */
void
ward_parts_set_menu (GtkMenuButton *button, WardFlow *flow, const char *bed);
