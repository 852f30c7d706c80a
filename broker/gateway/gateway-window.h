/* gateway-window.h: what one subscriber has been sent and has not acknowledged: the only thing that
 * grows with a slow one, and it is bounded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-frames.h" /* GATEWAY_CHANGE_PAGES_MAX: a change of several pages goes out whole */

#define GATEWAY_WINDOW 32                 /* messages unacknowledged */
#define GATEWAY_WINDOW_BYTES (256 * 1024) /* unacknowledged: nothing is sent beyond either */

typedef struct
{
  guint64 revision;
  guint32 page; /* 0: the message was not paged */
  guint32 bytes;
} GatewaySent;

typedef struct
{
  GatewaySent sent[GATEWAY_WINDOW + GATEWAY_CHANGE_PAGES_MAX]; /* oldest first */
  guint n;
  gsize bytes;
} GatewayWindow;

gboolean gateway_window_has_room (const GatewayWindow *window);

/* Notes a message that is being sent. There must be room for it. */
void gateway_window_add (GatewayWindow *window, guint64 revision, guint page, gsize bytes);

/* Forgets everything up to the last message that fits: a client may acknowledge several at once.
 * page 0 fits every page. Returns how many. */
guint gateway_window_acknowledge (GatewayWindow *window, guint64 revision, guint page);
