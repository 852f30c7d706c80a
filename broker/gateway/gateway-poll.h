/* gateway-poll.h: one descriptor for all clients: what epoll knows, as flags that sources look at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

typedef struct _GatewayPoll GatewayPoll;

/* Whether a socket may be read or written without waiting: set by the poll, cleared by whoever tried
 * and would have had to wait. Counted references (g_rc_box). */
typedef struct
{
  gboolean is_readable;
  gboolean is_writable;
} GatewayReady;

/* Looks at its sockets in each turn of the default main context, before anybody asks. NULL if there
 * is no descriptor left: GLib can poll every client itself. */
GatewayPoll *gateway_poll_new (void);
GatewayPoll *gateway_poll_ref (GatewayPoll *poll);
void gateway_poll_unref (GatewayPoll *poll);

/* Watches a socket until it is forgotten, which must be before it is closed. NULL: epoll refused. */
GatewayReady *gateway_poll_watch (GatewayPoll *poll, int fd);
void gateway_poll_forget (GatewayPoll *poll, int fd);

/* A source for a pollable stream (kept) that is ready while its flag is set. */
GSource *gateway_poll_create_source (GatewayReady *ready, GIOCondition condition, GObject *stream,
                                     GCancellable *cancellable);
