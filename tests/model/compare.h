/* compare.h: is the register what the model says?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model.h"

#include "broker/broker-register.h"

/* Every row of the register against the model's, and the invariants of both. FALSE: they differ,
 * and text says where and how. */
gboolean
compare_all (const BrokerRegister *reg, const Model *model, GString *text);

/* Where each bed stands before a command, and whether it may have come where it stands after it. */
void
compare_note (const BrokerRegister *reg, guint8 occupancy[MODEL_BEDS]);
gboolean
compare_steps (const BrokerRegister *reg, const guint8 before[MODEL_BEDS], BedMethod method,
               GString *text);

/* After a round of proposals: nobody waits without one while a bed that they may have is proposed
 * to nobody, or to somebody who comes after them. */
gboolean
compare_proposals (const Model *model, gint64 now_us, GString *text);

/* The last quarter's history against a recount. */
gboolean
compare_history (const BrokerRegister *reg, const Model *model, GString *text);
