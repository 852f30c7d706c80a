/* bench-claims.h: PostgreSQL's way of giving a bed to one person: a peer for bench-commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct _BenchClaims BenchClaims;

/* Starts a private server under folder (as user postgres when we are root) with its defaults, which
 * fsync, and opens n connections. NULL: there is no server here. */
BenchClaims *bench_claims_new (const char *folder, guint n);
void bench_claims_free (BenchClaims *claims);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchClaims, bench_claims_free)

/* Claims and releases a second by all connections, each waiting for its answer. */
double bench_claims_run (BenchClaims *claims, double seconds);
