/* board-gateway.h: a fake line and gateway for what needs no display: calls are recorded, the test
 * answers them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/board-commands.h"

#define GATEWAY_NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */

typedef struct
{
  char *method;
  char *params;
  BoardAnswer answer; /* NULL once it is answered */
  gpointer answer_data;
} GatewayCall;

typedef struct
{
  BoardMoment moment; /* what is told to whoever asks */
  GPtrArray *calls;   /* GatewayCall, oldest first */
  guint n_keys;
} Gateway;

Gateway *
gateway_new (void);
/* Calls that nobody has answered end as on a lost line. */
void
gateway_free (Gateway *gateway);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gateway, gateway_free)

BoardSource
gateway_get_source (Gateway *gateway);
/* A BoardMakeKey over Gateway: key 1, key 2, … */
void
gateway_make_key (char *key, gsize size, gpointer gateway);

void
gateway_pass (Gateway *gateway, gint64 duration_us);

/* Call i, counted from 0; the test fails if it was not made. */
GatewayCall *
gateway_get_call (Gateway *gateway, guint i);
/* A member of its params as text: strings as they are, others as JSON; "" if missing. Owned by the
 * caller. */
char *
gateway_get_param (Gateway *gateway, guint i, const char *name);

/* result: JSON text. data: JSON text, or NULL. */
void
gateway_answer (Gateway *gateway, guint i, const char *result);
void
gateway_refuse (Gateway *gateway, guint i, BedError reason, const char *data);
