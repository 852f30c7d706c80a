/* broker-socket-listen.h: a listening Unix socket at a path, and who is at the other end of one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

/* Binds and listens; the descriptor does not block. Creates path's folder. Errors: G_IO_ERROR. */
int broker_socket_listen (const char *path, GError **error);

/* Root, or the user this process runs as, by SO_PEERCRED. */
gboolean broker_socket_is_own_user (int fd);
