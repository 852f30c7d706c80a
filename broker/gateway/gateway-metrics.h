/* gateway-metrics.h: what a gateway counts, and its Prometheus text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-error.h"

/* X (NAME, "word"): requests turned away before they became a WebSocket. */
#define GATEWAY_TURNED_AWAY(X)                                                                     \
  X (HEADERS, "headers") X (BODY, "body") X (PATH, "path") X (ORIGIN, "origin")                        \
  X (FULL, "full") X (TOKEN, "token") X (UPGRADE, "upgrade")

typedef enum
{
#define X(name, word) GATEWAY_TURNED_AWAY_##name,
  GATEWAY_TURNED_AWAY (X)
#undef X
  GATEWAY_N_TURNED_AWAY
} GatewayTurnedAway;

/* X (NAME, "word"): why the gateway closed a connection. */
#define GATEWAY_CLOSED(X)                                                                          \
  X (BINARY, "binary") X (TOO_BIG, "too_big") X (UNREAD, "unread") X (SILENT, "silent")                \
  X (NO_SESSION, "no_session") X (SESSION_ENDED, "session_ended")

typedef enum
{
#define X(name, word) GATEWAY_CLOSED_##name,
  GATEWAY_CLOSED (X)
#undef X
  GATEWAY_N_CLOSED
} GatewayClosed;

typedef struct
{
  /* Counters since the start. */
  guint64 accepted;
  guint64 messages_in;
  guint64 bytes_in;
  guint64 bytes_out;
  guint64 replies;
  guint64 changes;        /* feed.changes messages sent */
  guint64 snapshot_pages; /* sent */
  guint64 rows_delivered; /* row changes, each once for each subscriber that was sent it */
  guint64 rows_encoded;
  guint64 frames_encoded;
  guint64 unsteady;       /* pictures put off because the writer was faster each time */
  guint64 refused[BED_N_ERRORS];
  guint64 turned_away[GATEWAY_N_TURNED_AWAY];
  guint64 closed[GATEWAY_N_CLOSED];

  /* Gauges. */
  guint streams;     /* accepted and not yet gone, WebSocket or not */
  guint connections; /* WebSockets */
  guint in_flight;   /* calls sent to the broker and not answered */
} GatewayMetrics;

/* Gauges that others know, at the time of asking. */
typedef struct
{
  guint subscribers;
  guint64 lag; /* revisions, of the slowest subscriber */
  guint64 revision;
  gboolean is_connected; /* to the broker */
  gboolean is_live;
  double heartbeat_age_s; /* negative: there is no map yet */
} GatewayGauges;

char *gateway_metrics_print (const GatewayMetrics *metrics, const GatewayGauges *gauges);
