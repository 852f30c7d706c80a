/* wall-view.h: what somebody has chosen to see on the wall. Plain values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-settings.h"
#include "common/bed-layout.h"

#include <glib.h>

#define WALL_NEED_ANY (-1)

typedef struct
{
  BoardOrder order;
  BoardPrivacy privacy;
  BoardNight night;
  int need; /* BedNeed: only units whose free beds have it; or WALL_NEED_ANY */
  gboolean is_free_only;
  gboolean is_big;
  char found_unit[BED_ID_SIZE];   /* looked for and found; "" */
  char found_code[BED_CODE_SIZE]; /* so a person */
} WallView;
