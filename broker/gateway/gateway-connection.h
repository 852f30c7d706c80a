/* gateway-connection.h: one client's WebSocket: its session, its calls, its place in the feed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-feed.h"
#include "gateway-queue.h"

#include <libsoup/soup.h>

#define GATEWAY_CALLS_MAX 8                  /* a connection's, unanswered; then too_many */
#define GATEWAY_UNREAD_MAX (1024 * 1024)     /* bytes of replies nobody has taken; then it is closed */
#define GATEWAY_PING_S 10
#define GATEWAY_SILENCE_S 35                 /* without a message or pong: the peer is dead */
#define GATEWAY_SESSION_WAIT_S 15            /* without a session: closed */
#define GATEWAY_SESSION_TRIES 3              /* tokens refused; then closed */
#define GATEWAY_TOKEN_MAX 256                /* bytes */

/* What every connection of a gateway shares. All borrowed. */
typedef struct
{
  BedLink *link;
  GatewayFeed *feed;
  GatewayMetrics *metrics;
  GatewayQueue *queue;
  GatewayMirror *mirror;
} GatewayParts;

typedef struct _GatewayConnection GatewayConnection;

/* Serves socket until it is closed; then calls closed (connection, user_data) once, which lets go
 * of it. token is NULL, or was accepted by the broker, whose answer is opened. parts must outlive
 * it. */
GatewayConnection *gateway_connection_new (SoupWebsocketConnection *socket, const GatewayParts *parts,
                                           const char *token, JsonObject *opened,
                                           void (*closed) (GatewayConnection *, gpointer),
                                           gpointer user_data);
GatewayConnection *gateway_connection_ref (GatewayConnection *self);
void gateway_connection_unref (GatewayConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayConnection, gateway_connection_unref)

/* Closes it, telling the client why. */
void gateway_connection_close (GatewayConnection *self, gushort code, const char *why);

/* The broker has a new epoch: the session is asked for again with the token. */
void gateway_connection_reopen (GatewayConnection *self);

/* Closes it if nothing has been heard for too long, or no session was opened in time. */
void gateway_connection_check (GatewayConnection *self, gint64 now_us);

/* For gateway-methods.c */

const GatewayParts *gateway_connection_peek_parts (GatewayConnection *self);

/* The session's actor; NULL before there is one. */
const BedActor *gateway_connection_peek_actor (GatewayConnection *self);

/* Answers id (JSON text). result is one JSON value. */
void gateway_connection_answer (GatewayConnection *self, const char *id, const char *result, gsize length);
/* words NULL: the error's own; of a BAD_VALUE without data they are the member's name. data: further
 * members of the error's `data`, or NULL. */
void gateway_connection_refuse (GatewayConnection *self, const char *id, BedError error, const char *words,
                                JsonObject *data);

/* Opens the session with a token, and answers. */
void gateway_connection_open_session (GatewayConnection *self, const char *id, const char *token);

/* Sends the call on to the broker in this session, and answers with its answer. Takes params over. */
void gateway_connection_forward (GatewayConnection *self, const char *id, const char *method,
                                 JsonObject *params);

void gateway_connection_subscribe (GatewayConnection *self, const char *id, JsonObject *params);
void gateway_connection_acknowledge (GatewayConnection *self, guint64 revision, guint page);
