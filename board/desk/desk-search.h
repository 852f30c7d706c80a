/* desk-search.h: finds a person, a site or a bed by what is typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

#define DESK_FOUND_MAX 8

typedef enum
{
  DESK_FOUND_PERSON,
  DESK_FOUND_UNIT,
  DESK_FOUND_BED
} DeskFoundKind;

typedef struct
{
  DeskFoundKind kind;
  char id[BED_ID_SIZE]; /* code, unit or bed */
  char *words;          /* owned: what it is */
  char *note;           /* owned: how it stands */
} DeskFound;

/* DeskFound by value, people first, freed with the array. Nothing for less than two signs. */
GArray *
desk_search (BoardModel *model, const char *text);
