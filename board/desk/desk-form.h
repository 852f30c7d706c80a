/* desk-form.h: the page on which a referral is written, or its needs are changed.
 *
 * Signal "done" (code): it was taken; code "" if the page was left instead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskForm, desk_form, DESK, FORM, GtkWidget)
#define DESK_TYPE_FORM (desk_form_get_type ())

GtkWidget *
desk_form_new (DeskState *state);
/* referral NULL: a new one. What was typed and not sent yet comes back. */
void
desk_form_begin (DeskForm *form, const BoardReferral *referral);
