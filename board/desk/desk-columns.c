/* desk-columns.c: the widths at which a desk changes.
 *
 * Pure. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-columns.h"

DeskColumns
desk_columns_choose (double width_em)
{
  if (width_em >= DESK_COLUMN_LIST_EM + DESK_COLUMN_PERSON_EM + DESK_COLUMN_MAP_LEAST_EM)
    return DESK_COLUMNS_THREE;
  return width_em >= DESK_TWO_COLUMNS_EM ? DESK_COLUMNS_TWO : DESK_COLUMNS_ONE;
}

double
desk_columns_get_map_em (double width_em)
{
  double rest = width_em - DESK_COLUMN_LIST_EM;

  /* narrow: the person has its least; wide: what it cannot use goes to the map */
  if (rest < DESK_COLUMN_PERSON_EM + DESK_COLUMN_MAP_EM)
    return rest - DESK_COLUMN_PERSON_EM;
  return rest - DESK_COLUMN_MAP_EM > DESK_COLUMN_PERSON_MOST_EM ? rest - DESK_COLUMN_PERSON_MOST_EM
                                                                : DESK_COLUMN_MAP_EM;
}
