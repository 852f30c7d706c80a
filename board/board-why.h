/* board-why.h: why no bed fits one person: the answer of bed.find, as lines to show.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-placing.h"

#define BOARD_WHY_LINES_MAX 14

typedef struct
{
  char words[64]; /* "Need not met: ensuite" */
  guint count;
  guint nearest_metres; /* 0: not known */
} BoardWhyLine;

typedef struct
{
  char referral[BED_CODE_SIZE];
  gboolean is_waiting; /* asked, not answered */
  char fault[120];     /* refused: in words */
  guint total;         /* beds in effect */
  guint n_offers;      /* beds that do fit */
  guint n_call_first;
  guint n_lines;
  BoardWhyLine lines[BOARD_WHY_LINES_MAX]; /* most beds first */
} BoardWhy;

void
board_why_ask (BoardWhy *why, const char *referral);
/* Takes the result of bed.find; foreign JSON is checked. */
void
board_why_take (BoardWhy *why, JsonObject *result);
void
board_why_fail (BoardWhy *why, const GError *error);
