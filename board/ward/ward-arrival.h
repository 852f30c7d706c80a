/* ward-arrival.h: somebody who is offered to the unit or on the way to it: who, when, and the answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-flow.h"

G_DECLARE_FINAL_TYPE (WardArrival, ward_arrival, WARD, ARRIVAL, GtkWidget)
#define WARD_TYPE_ARRIVAL (ward_arrival_get_type ())

/* flow: borrowed, must outlive it. */
GtkWidget *
ward_arrival_new (WardFlow *flow, const char *bed);

const char *
ward_arrival_peek_bed (WardArrival *arrival);
void
ward_arrival_refresh (WardArrival *arrival);
