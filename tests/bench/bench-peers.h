/* bench-peers.h: other ways of telling a thousand listeners: the peers of bench-feed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bench-wire.h"

/* A process that does nothing but accept `clients` WebSockets and, for each byte on its trigger,
 * write one message of `size` bytes to all of them: what the kernel costs. */
typedef struct
{
  GPid pid;
  int trigger;
  guint16 port;
} BenchRawWriter;

void bench_raw_writer_start (BenchRawWriter *writer, guint clients, gsize size);
void bench_raw_writer_stop (BenchRawWriter *writer);

/* Mosquitto with a WebSocket listener on a free port, quality of service 0. */
typedef struct
{
  GPid pid;
  guint16 port;
  char *config; /* owned */
} BenchMosquitto;

/* FALSE: it is not on this machine. */
gboolean bench_mosquitto_start (BenchMosquitto *mosquitto, const char *folder);
void bench_mosquitto_stop (BenchMosquitto *mosquitto);

/* MQTT 3.1.1 packets for a wire: connect and, as a subscriber, subscribe; and publish size bytes. */
void bench_mosquitto_join (BenchWires *wires, guint client, gboolean subscribes);
void bench_mosquitto_publish (BenchWires *wires, guint client, gsize size);

/* Bytes of one delivered message of that size, and of the answers to joining as a subscriber. */
gsize bench_mosquitto_delivery (gsize size);
#define BENCH_MOSQUITTO_JOINED 9
