/* gateway-session.h: who a connection is, as the broker said when it opened the session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-command.h"

typedef struct
{
  char *token;         /* owned: kept in memory only, to open the session again after a new epoch */
  char *session;       /* owned: the broker's name for it; NULL while it is being opened again */
  JsonObject *opened;  /* owned: what the client is told, without `session` */
  BedActor actor;
} GatewaySession;

void gateway_session_clear (GatewaySession *session);

/* Takes the broker's answer to session.open; token may be the session's own. FALSE if the answer
 * is not one: the session is then as before. */
gboolean gateway_session_take (GatewaySession *session, const char *token, JsonObject *opened);

/* The result of session.open for the client, with epoch and now as they are now. Owned. */
char *gateway_session_print (const GatewaySession *session, guint64 epoch, gint64 now_us);

/* Wipes and frees a secret. */
void gateway_session_forget (char *secret);
