/* broker-calls.h: what a line on the broker's socket asks for, and its answer.
 *
 * The methods of the socket: table.open, session.open, status, referral.history, reference.import
 * and the commands. Everything is checked again here, whoever the peer is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-core.h"
#include "broker-peer.h"
#include "broker-sessions.h"

#define BROKER_HISTORY_EVENTS_MAX 1000 /* in one referral.history */

typedef struct
{
  BrokerCore *core;         /* borrowed */
  BrokerSessions *sessions; /* borrowed */
  BrokerWorld world;
  void (*answered) (BrokerPeer *peer, gpointer user_data); /* peer has output now */
  guint (*count_peers) (gpointer user_data);
  gpointer user_data; /* borrowed */
} BrokerCalls;

/* Answers one line, now or, if it is a command, after its batch. calls must outlive the answers. */
void broker_calls_take (BrokerCalls *calls, BrokerPeer *peer, const char *line, gsize length);
