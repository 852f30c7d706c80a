/* gateway-output.h: the writing half of a client's stream: tried first, polled only when it is full.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#define GATEWAY_TYPE_OUTPUT (gateway_output_get_type ())
G_DECLARE_FINAL_TYPE (GatewayOutput, gateway_output, GATEWAY, OUTPUT, GFilterOutputStream)

/* Writes to base's output; socket is base's own. Both are kept. */
GatewayOutput *gateway_output_new (GSocketConnection *base);
