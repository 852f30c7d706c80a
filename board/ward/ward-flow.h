/* ward-flow.h: one act from the press of a button to its command: asks what its plan asks, then sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"
#include "ward-plan.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WardFlow, ward_flow, WARD, FLOW, GObject)
#define WARD_TYPE_FLOW (ward_flow_get_type ())

/* home: whose child a question's popover is; borrowed, must outlive the flow. */
WardFlow *
ward_flow_new (GtkWidget *home, BoardContext *context);

BoardModel *
ward_flow_peek_model (WardFlow *flow);

/* What is known of a bed now; FALSE: it is gone. */
gboolean
ward_flow_get_case (WardFlow *flow, const char *bed, WardCase *cause);
gboolean
ward_flow_get_unit_case (WardFlow *flow, const char *unit, WardCase *cause);

/* The context's moment, as the clock that only goes forward has it. */
gint64
ward_flow_get_monotonic_us (WardFlow *flow);

/* Does it, or asks first, beside anchor. What is not possible (any more), or is about a bed with a
 * command under way, is left alone. */
void
ward_flow_begin (WardFlow *flow, WardAct act, const char *bed, GtkWidget *anchor);
/* Likewise an act about the whole unit. */
void
ward_flow_begin_unit (WardFlow *flow, WardAct act, const char *unit, GtkWidget *anchor);
void
ward_flow_confirm_all (WardFlow *flow, const char *unit);

/* The command about it that is not shown yet, or NULL. Borrowed. */
BoardCommand *
ward_flow_find_open (WardFlow *flow, const char *subject);
gboolean
ward_flow_can_undo (WardFlow *flow, const char *bed);
void
ward_flow_undo (WardFlow *flow, const char *bed);

/* What was pressed about it waits for the line, and has not been sent yet. */
gboolean
ward_flow_is_waiting (WardFlow *flow, const char *subject);
/* Then takes it back, as if it had not been pressed; FALSE: it does not wait. */
gboolean
ward_flow_take_out (WardFlow *flow, const char *subject);

/* Closes the question that is open, if any. */
void
ward_flow_stop (WardFlow *flow);

/* Lets go of it at the end of home. */
void
ward_flow_drop (WardFlow *flow);
