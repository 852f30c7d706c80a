/* gateway-guard.c: the first look at a request's headers.
 *
 * libsoup's server lets the last of two Host headers win, takes two different Content-Lengths, and
 * reads chunks although a length is given: a second request can be smuggled in behind such a first
 * one. Nothing here takes a body, so whatever announces one is refused, and so is every repeated
 * header on which a proxy and we might disagree. Pure; owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-guard.h"

#include "gateway-connection.h"

#include <string.h>

typedef struct
{
  guint host;
  guint content_length;
  guint transfer_encoding;
  guint origin;
  guint authorization;
  gboolean has_body;
} Seen;

static void
see_header (const char *name, const char *value, gpointer user_data)
{
  Seen *seen = user_data;

  if (g_ascii_strcasecmp (name, "Host") == 0)
    seen->host++;
  else if (g_ascii_strcasecmp (name, "Origin") == 0)
    seen->origin++;
  else if (g_ascii_strcasecmp (name, "Authorization") == 0)
    seen->authorization++;
  else if (g_ascii_strcasecmp (name, "Transfer-Encoding") == 0)
    seen->transfer_encoding++;
  else if (g_ascii_strcasecmp (name, "Content-Length") == 0)
    {
      seen->content_length++;
      seen->has_body |= strcmp (value, "0") != 0;
    }
}

static gboolean
is_known (const char *path)
{
  static const char *const paths[] = { GATEWAY_LIVE_PATH, "/healthz", "/readyz", "/metrics" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (strcmp (path, paths[i]) == 0)
      return TRUE;
  return FALSE;
}

static guint
turn_away (GatewayTurnedAway reason, const char *text, guint status, GatewayTurnedAway *why, const char **words)
{
  *why = reason;
  *words = text;
  return status;
}

guint
gateway_guard_check (SoupServerMessage *message, const char *const *allow_origins, GatewayTurnedAway *why,
                     const char **words)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  Seen seen = { 0 };

  soup_message_headers_foreach (headers, see_header, &seen);
  if (seen.host != 1)
    return turn_away (GATEWAY_TURNED_AWAY_HEADERS, "exactly one Host is wanted", SOUP_STATUS_BAD_REQUEST, why, words);
  if (seen.content_length > 1 || (seen.content_length > 0 && seen.transfer_encoding > 0))
    return turn_away (GATEWAY_TURNED_AWAY_HEADERS, "the length is given twice", SOUP_STATUS_BAD_REQUEST, why, words);
  if (seen.origin > 1 || seen.authorization > 1)
    return turn_away (GATEWAY_TURNED_AWAY_HEADERS, "a header is repeated", SOUP_STATUS_BAD_REQUEST, why, words);
  if (seen.transfer_encoding > 0 || seen.has_body)
    return turn_away (GATEWAY_TURNED_AWAY_BODY, "nothing here takes a body", SOUP_STATUS_BAD_REQUEST, why, words);
  if (!is_known (path))
    return turn_away (GATEWAY_TURNED_AWAY_PATH, "not found", SOUP_STATUS_NOT_FOUND, why, words);
  if (strcmp (soup_server_message_get_method (message), "GET") != 0)
    return turn_away (GATEWAY_TURNED_AWAY_PATH, "GET only", SOUP_STATUS_METHOD_NOT_ALLOWED, why, words);
  if (strcmp (path, GATEWAY_LIVE_PATH) != 0)
    return 0;

  /* Only browsers send an Origin; what has none is not a page that somebody else wrote. */
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  if (origin != NULL && (allow_origins == NULL || !g_strv_contains (allow_origins, origin)))
    return turn_away (GATEWAY_TURNED_AWAY_ORIGIN, "this origin is not allowed", SOUP_STATUS_FORBIDDEN, why, words);
  return 0;
}

const char *
gateway_guard_peek_token (SoupServerMessage *message)
{
  const char *value
      = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  if (value == NULL || g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;
  value += 7;
  value += strspn (value, " ");
  return *value != '\0' && strlen (value) <= GATEWAY_TOKEN_MAX ? value : NULL;
}
