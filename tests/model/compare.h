/* compare.h: is the register what the model says?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model.h"

#include "broker/broker-register.h"

/* Every row of the register against the model's, and the invariants of both. FALSE: they differ, and
 * text says where and how. */
gboolean compare_all (const BrokerRegister *reg, const Model *model, GString *text);

/* The last quarter's history against a recount. */
gboolean compare_history (const BrokerRegister *reg, const Model *model, GString *text);
