/* gateway-window.c: see gateway-window.h. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-window.h"

#include <string.h>

gboolean
gateway_window_has_room (const GatewayWindow *window)
{
  return window->n < GATEWAY_WINDOW && window->bytes < GATEWAY_WINDOW_BYTES;
}

void
gateway_window_add (GatewayWindow *window, guint64 revision, guint page, gsize bytes)
{
  g_assert (window->n < G_N_ELEMENTS (window->sent));
  window->sent[window->n++] = (GatewaySent){ revision, page, (guint32) bytes };
  window->bytes += bytes;
}

guint
gateway_window_acknowledge (GatewayWindow *window, guint64 revision, guint page)
{
  guint n = 0;

  for (guint i = 0; i < window->n; i++)
    if (window->sent[i].revision == revision && (page == 0 || window->sent[i].page == page))
      n = i + 1;
  for (guint i = 0; i < n; i++)
    window->bytes -= window->sent[i].bytes;
  window->n -= n;
  memmove (window->sent, window->sent + n, window->n * sizeof *window->sent);
  return n;
}
