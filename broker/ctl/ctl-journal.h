/* ctl-journal.h: subcommands that read the journal itself, beside or without a running broker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

#include "broker/broker-register.h"

#define CTL_HASH_SIZE 65 /* SHA-256 as hex, and a 0 */

/* What a replay from the first event has found. */
typedef struct
{
  guint64 revision;
  gint64 first_us; /* time of the first and the last event; 0: none */
  gint64 last_us;
  guint64 erased; /* needs profiles, by the events that had them */
  guint64 kinds[BED_N_EVENTS];
  guint64 snapshot; /* revision of the newest usable snapshot; 0: none */
  guint32 beds;
  guint32 units;
  guint32 referrals;         /* live ones */
  char head[CTL_HASH_SIZE];  /* of the chain */
  char state[CTL_HASH_SIZE]; /* of the register */
} CtlVerdict;

/* Replays folder's journal from its first event: density, hash chain, every event applied, and the
 * newest snapshot equal to the register at its revision; then the file's pages, indexes and lists
 * (broker_journal_check). FALSE: error says where it breaks, and
 * verdict->revision is the last one that was good. */
gboolean
ctl_journal_verify (const char *folder, CtlVerdict *verdict, GError **error);

CtlExit
ctl_verify (CtlOptions *options, int argc, char **argv);
CtlExit
ctl_backup (CtlOptions *options, int argc, char **argv);
