/* wall-why.h: why no bed fits one person: the answer of bed.find, as lines to show.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-placing.h"

#define WALL_WHY_LINES_MAX 14

typedef struct
{
  char words[64]; /* "Need not met: ensuite" */
  guint count;
  guint nearest_metres; /* 0: not known */
} WallWhyLine;

typedef struct
{
  char referral[BED_CODE_SIZE];
  gboolean is_waiting; /* asked, not answered */
  char fault[120];     /* refused: in words */
  guint total;         /* beds in effect */
  guint n_offers;      /* beds that do fit */
  guint n_call_first;
  guint n_lines;
  WallWhyLine lines[WALL_WHY_LINES_MAX]; /* most beds first */
} WallWhy;

void
wall_why_ask (WallWhy *why, const char *referral);
/* Takes the result of bed.find; foreign JSON is checked. */
void
wall_why_take (WallWhy *why, JsonObject *result);
void
wall_why_fail (WallWhy *why, const GError *error);
