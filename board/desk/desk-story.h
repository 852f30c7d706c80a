/* desk-story.h: what has happened to a person, from referral.history, as sentences, newest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "desk-words.h"

#define DESK_STORY_MAX 200

typedef struct
{
  gint64 at_us;
  char *words; /* owned */
  DeskTone tone;
} DeskTold;

/* DeskTold by value, freed with the array. What is no news to a desk is left out. */
GArray *
desk_story_new (BoardModel *model, JsonObject *history);
