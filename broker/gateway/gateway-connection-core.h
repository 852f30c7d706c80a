/* gateway-connection-core.h: what the two halves of gateway-connection.h share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-connection.h"
#include "gateway-session.h"
#include "gateway-stream.h"

struct _GatewayConnection
{
  SoupWebsocketConnection *socket; /* owned */
  GatewayStream *stream;           /* owned: what is below the socket */
  GatewaySession session;          /* owned */
  gboolean has_session;            /* perhaps being opened again just now */
  gboolean is_opening;
  guint tries;
  guint in_flight;
  GQueue waiting;                /* owned calls, until the session is open again */
  GatewaySubscriber *subscriber; /* the feed's */
  char *lap;                     /* owned: asked for with feed.subscribe */
  char *unit;
  gsize unread;      /* bytes of replies since the client last showed that it reads */
  gint64 heard_us;   /* monotonic */
  gint64 started_us;
  const GatewayParts *parts; /* borrowed */
  void (*closed) (GatewayConnection *, gpointer);
  gpointer user_data;
};

gboolean gateway_connection_is_open (const GatewayConnection *self);

/* Closes it, unless it is closed already, and counts why. */
void gateway_connection_close_counted (GatewayConnection *self, GatewayClosed reason, gushort code,
                                       const char *why);
