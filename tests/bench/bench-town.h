/* bench-town.h: a real broker with n beds, n waiting people and n clients on its socket.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct
{
  char *folder; /* owned: state, socket and whatever a peer needs; removed at the end */
  char *socket; /* owned */
  GPid broker;
  guint n;
  int *clients;         /* sockets */
  GString **input;      /* what has been read of each client's answer */
  char (*codes)[8];     /* the person of each client */
  gboolean *is_held;
  guint8 *readiness;    /* of each client's bed: how often reported */
  guint64 next_key;
} BenchTown;

/* Starts the broker program in a temporary folder and fills it. */
BenchTown *bench_town_new (const char *broker, guint n);
void bench_town_free (BenchTown *town);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchTown, bench_town_free)

/* n times bed.report by all clients in turn (beds go dirty, cleaning, ready), each client waiting for its
 * answer: the last revision. n 1: one command, answered. */
guint64 bench_town_report (BenchTown *town, guint n);

/* A gateway of this broker on a free port, with one token that may see everything. */
#define BENCH_TOKEN "benchbenchbenchbenchbench"
GPid bench_town_start_gateway (BenchTown *town, const char *gateway, guint16 *port);

/* hold.take and hold.release by the first `clients` clients, each waiting for its answer: answers a
 * second. Every answer is checked to be a result. */
double bench_town_claim (BenchTown *town, guint clients, double seconds);
