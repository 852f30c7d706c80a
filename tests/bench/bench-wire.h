/* bench-wire.h: many WebSocket clients in one thread: as little work a message as can be, so that
 * what is measured is the server. Loopback only; a server's frames are not masked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct _BenchWires BenchWires;

/* One whole message for client i. Return TRUE to go on reading. */
typedef void (*BenchWireMessage) (guint client, const char *bytes, gsize length, gpointer user_data);

/* Opens n connections to 127.0.0.1:port and makes the upgrade. protocol is the subprotocol; token
 * (may be NULL) goes into an Authorization header. */
BenchWires *bench_wires_new (guint16 port, const char *path, const char *protocol, const char *token, guint n);
void bench_wires_free (BenchWires *wires);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchWires, bench_wires_free)

/* Sends one message: opcode 1 is text, 2 binary. */
void bench_wires_send (BenchWires *wires, guint client, guint8 opcode, const char *bytes, gsize length);

/* A client that does not read any more: its socket stays open. */
void bench_wires_stall (BenchWires *wires, guint client);

/* Waits up to timeout_ms for anything, and gives every message that has come. FALSE: nothing came. */
gboolean bench_wires_poll (BenchWires *wires, int timeout_ms, BenchWireMessage message, gpointer user_data);
