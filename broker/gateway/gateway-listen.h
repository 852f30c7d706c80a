/* gateway-listen.h: the only addresses a gateway may be reached at: loopback, or a Unix socket.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#define GATEWAY_BACKLOG 1024 /* a thousand boards come back at once */

/* Binds and listens on "127.0.0.1:PORT" or "unix:PATH" (a dead socket's file is replaced). Error:
 * G_IO_ERROR_INVALID_ARGUMENT for any other address; what the system says. */
GSocket *gateway_listen (const char *address, GError **error);

/* Takes a listening descriptor that was passed by systemd; the same rule holds for it. Owns fd. */
GSocket *gateway_listen_inherited (int fd, GError **error);

/* "ws://127.0.0.1:7460/v1/live" or "unix:/run/homeward/gateway.sock"; owned. */
char *gateway_listen_print (GSocket *socket);
