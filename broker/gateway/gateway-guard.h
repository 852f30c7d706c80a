/* gateway-guard.h: what a request must look like before anything else is done with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-metrics.h"

#include <libsoup/soup.h>

#define GATEWAY_LIVE_PATH "/v1/live"
#define GATEWAY_PROTOCOL "homeward.v1"

/* 0 if the request may go on; else the HTTP status, with why it is counted and words for people
 * (static). allow_origins may be NULL: then no browser may connect. */
guint gateway_guard_check (SoupServerMessage *message, const char *const *allow_origins,
                           GatewayTurnedAway *why, const char **words);

/* The token of "Authorization: Bearer TOKEN", or NULL. Borrowed from the message. */
const char *gateway_guard_peek_token (SoupServerMessage *message);
