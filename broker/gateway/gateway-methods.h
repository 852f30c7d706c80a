/* gateway-methods.h: what a client may ask of a gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-connection.h"

/* Answers one message of a client, or sends it on. bytes need not be JSON. */
void gateway_methods_answer (GatewayConnection *connection, const char *bytes, gsize length);

/* Params of feed.subscribe: absent members are NULL and 0. Error: BED_ERROR_BAD_VALUE. */
gboolean gateway_methods_read_scope (JsonObject *params, char **lap, char **unit, GatewaySince *since,
                                     GError **error);

/* Appends the result of bed.find as the actor may ask for it, and counts it in mirror, which has seen
 * the map. Errors: BED_ERROR_FORBIDDEN, UNKNOWN_REFERRAL, BAD_VALUE. */
gboolean gateway_methods_find (const BedActor *actor, BedMap *map, JsonObject *params, GatewayMirror *mirror,
                               BedJson *result, GError **error);
