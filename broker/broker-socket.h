/* broker-socket.h: the broker's Unix socket: everybody who asks, and the turn in which they are
 * answered.
 *
 * A turn takes one read from every peer that has sent something, then one batch, then sends what
 * there is to send. While the batch waits for the disk, the next commands gather in their sockets:
 * group commit without threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-core.h"
#include "broker-sessions.h"

#include <gio/gio.h>

#define BROKER_PEERS_MAX 1024     /* one more is told too_many and closed */
#define BROKER_ACCEPTS_MAX 64     /* new peers in one turn */
#define BROKER_TURN_PEERS_MAX 512 /* peers read in one turn; the others are first in the next */
#define BROKER_GATHER_US G_GINT64_CONSTANT (2000) /* the longest a batch waits for company … */
#define BROKER_GATHER_PART 2 /* … and that part of what the last batch took */
#define BROKER_TICK_US G_GINT64_CONSTANT (1000000)
#define BROKER_SOCKET_BACKLOG 128
#define BROKER_SOCKET_MODE 0660

typedef struct _BrokerSocket BrokerSocket;

/* Listens at path and serves from context's main loop. A socket nobody answers at is removed; one
 * that somebody answers at is G_IO_ERROR_ADDRESS_IN_USE. core and sessions are borrowed. Call with
 * the core open: it holds the lock. */
BrokerSocket *broker_socket_open (const char *path, BrokerCore *core, BrokerSessions *sessions,
                                  const BrokerWorld *world, GMainContext *context, GError **error);

/* Drops every peer and removes the socket. Close the core first, so that what waits is answered. */
void broker_socket_close (BrokerSocket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerSocket, broker_socket_close)

/* Stops listening and reading: nothing new is taken, what was asked is still answered. */
void broker_socket_stop (BrokerSocket *self);

guint broker_socket_get_n_peers (const BrokerSocket *self);
