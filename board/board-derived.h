/* board-derived.h: the lists and sums that a model hands out, made from its tables. Private to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-tables.h"

typedef struct
{
  GPtrArray *units;  /* borrowed elements, in their places */
  GPtrArray *queue;  /* borrowed elements, in order */
  GPtrArray *people; /* borrowed elements, by code */
  GArray *quarters;  /* BoardQuarter */
  BoardTotals totals;
} BoardDerived;

void
board_derived_init (BoardDerived *derived);
void
board_derived_clear (BoardDerived *derived);

/* Brings derived in step with what has been touched in tables since the last time, and settles them.
 * Other tables than the last time: all is touched. */
void
board_derived_follow (BoardDerived *derived, BoardTables *tables);
