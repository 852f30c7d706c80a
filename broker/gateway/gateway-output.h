/* gateway-output.h: the writing half of a client's stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-poll.h"

#define GATEWAY_TYPE_OUTPUT (gateway_output_get_type ())
G_DECLARE_FINAL_TYPE (GatewayOutput, gateway_output, GATEWAY, OUTPUT, GFilterOutputStream)

GatewayOutput *gateway_output_new (GOutputStream *base); /* kept */

/* From now on sources ask ready (kept), and no descriptor. */
void gateway_output_watch (GatewayOutput *self, GatewayReady *ready);
