/* run.h: one seed: a thousand random commands to a register and to the model, with time and
 * crashes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "common/bed-command.h"

#define RUN_COMMANDS 1000

typedef struct
{
  guint64 accepted[BED_N_METHODS];
  guint64 refused[BED_N_METHODS];
  guint64 couples;    /* two beds taken in one act */
  guint64 taken_back; /* batches */
  guint64 crashes;
  guint64 replays;
  guint64 exports;
} RunCounts;

/* NULL: the register did as the model all the way. Else what differed, and the commands before it;
 * owned. Counts are added to. is_told: every command is printed. */
char *
run_seed (guint64 seed, gboolean is_told, RunCounts *counts);
