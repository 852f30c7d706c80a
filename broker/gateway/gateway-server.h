/* gateway-server.h: the gateway as a whole: HTTP, WebSockets, the link to the broker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-options.h"

#include <gio/gio.h>

#define GATEWAY_STREAMS_SPARE 128       /* connections that are not WebSockets, besides those allowed */
#define GATEWAY_REQUEST_TIMEOUT_S 15    /* of silence before the upgrade */
#define GATEWAY_CHECK_S 5               /* between looks at each connection */
#define GATEWAY_GOODBYE_MS 500          /* for closing frames at the end */

typedef struct _GatewayServer GatewayServer;

/* Serves listener (kept) from the main context. options are borrowed until freed. */
GatewayServer *gateway_server_new (const GatewayOptions *options, GSocket *listener);
void gateway_server_free (GatewayServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayServer, gateway_server_free)

/* Accepts nobody any more and says goodbye to everybody. */
void gateway_server_stop (GatewayServer *self);
guint gateway_server_get_n_connections (GatewayServer *self);
