/* generate.h: a random command: mostly what somebody at a desk would want, sometimes nonsense.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model.h"

#define GENERATE_KEYS 32 /* of the last commands: some are undone */

typedef struct
{
  guint64 state; /* of the random numbers */
  guint64 n;     /* commands made so far */
  int focus;     /* a unit where most happens for a while, or NOWHERE */
  const Model *model;
  gint64 now_us;
  char keys[GENERATE_KEYS][BED_KEY_SIZE];
  BedActor actors[GENERATE_KEYS];
} Generator;

guint64
generate_number (Generator *self);
guint
generate_below (Generator *self, guint limit);
gboolean
generate_chance (Generator *self, guint percent);

/* Fills command (cleared before). */
void
generate_command (Generator *self, BedCommand *command);

/* generate-facts.c: the facts of the method that stands in it, plausible or not. */
void
generate_facts (Generator *self, gboolean is_plausible, BedCommand *command);
