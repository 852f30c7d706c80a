/* gateway-stream.h: a client's connection with a bound on what may be read before it makes sense.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-poll.h"

/* Bytes read since the last whole message: a request's headers, or a message in however many
 * frames. Twice the largest message, and room for frame headers. */
#define GATEWAY_INPUT_MAX (160 * 1024)

G_DECLARE_FINAL_TYPE (GatewayStream, gateway_stream, GATEWAY, STREAM, GIOStream)
#define GATEWAY_TYPE_STREAM (gateway_stream_get_type ())

/* Reads and writes through base (kept); poll is kept too, or NULL. Beyond the bound a read fails, which ends the connection. */
GatewayStream *gateway_stream_new (GSocketConnection *base, GatewayPoll *poll);

/* From now on GLib does not poll this socket, the poll does: for a connection that stays. Once. */
void gateway_stream_watch (GatewayStream *self);

GSocket *gateway_stream_peek_socket (GatewayStream *self);

/* A whole message has been taken; or n bytes were something that needs no memory. */
void gateway_stream_credit_all (GatewayStream *self);
void gateway_stream_credit (GatewayStream *self, gsize n);
