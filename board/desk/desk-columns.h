/* desk-columns.h: how many columns a desk has room for. Widths are in em: 16 pixels at 100 % text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef enum
{
  DESK_COLUMNS_ONE,  /* all below each other: 200 % text */
  DESK_COLUMNS_TWO,  /* the list, and the person above the map */
  DESK_COLUMNS_THREE
} DeskColumns;

/* Of a 1920 × 1080 desk: list 348, person at least 760, map 588 (tokens.md). */
#define DESK_COLUMN_LIST_EM 21.75
#define DESK_COLUMN_PERSON_EM 47.5
#define DESK_COLUMN_PERSON_MOST_EM 88
#define DESK_COLUMN_MAP_EM 36.75
#define DESK_COLUMN_MAP_LEAST_EM 25
#define DESK_TWO_COLUMNS_EM 62
#define DESK_LARGE_EM 170 /* so wide that the text grows as well, */
#define DESK_LARGE_FACTOR 1.35 /* by this: as in desk.css and board-mark.h */

DeskColumns
desk_columns_choose (double width_em);
/* Width of the map's column of a desk with three of them. */
double
desk_columns_get_map_em (double width_em);
