/* wall-find.h: what somebody looks for on the wall: a unit or site by name, a person by code, or
 * people by outward code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "wall-view.h"

#define WALL_FIND_MAX 32 /* letters */

typedef enum
{
  WALL_FOUND_NOTHING,
  WALL_FOUND_UNIT,
  WALL_FOUND_PERSON
} WallFoundKind;

typedef struct
{
  WallFoundKind kind;
  char unit[BED_ID_SIZE];
  char code[BED_CODE_SIZE]; /* the first in the queue's order */
  guint n_others;           /* that match as well */
} WallFound;

/* Case, spaces and hyphens do not count. In a public corridor nobody is found but units. */
void
wall_find (BoardModel *model, const char *words, BoardPrivacy privacy, WallFound *found);
