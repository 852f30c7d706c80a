/* desk-plan-page.h: who would go where if everybody were planned for at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-state.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (DeskPlanPage, desk_plan_page, DESK, PLAN_PAGE, GtkWidget)
#define DESK_TYPE_PLAN_PAGE (desk_plan_page_get_type ())

/* Asks queue.plan when it is first seen, and when it is told to. */
GtkWidget *
desk_plan_page_new (DeskState *state);
