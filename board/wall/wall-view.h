/* wall-view.h: what somebody has chosen to see on the wall. Plain values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-layout.h"

#include <glib.h>

typedef enum
{
  WALL_BY_DISTANCE, /* straight line from the LAP's office */
  WALL_BY_AREA      /* the LAP's own units first, then each other LAP's together */
} WallSiteOrder;

typedef enum
{
  WALL_PRIVACY_STAFF_ROOM,
  WALL_PRIVACY_PUBLIC_CORRIDOR /* counts of units, and nothing about one bed or one person */
} WallPrivacy;

typedef enum
{
  WALL_NIGHT_AUTO, /* 20:00 to 08:00 by the register's clock */
  WALL_NIGHT_ON,
  WALL_NIGHT_OFF
} WallNight;

#define WALL_NEED_ANY (-1)

typedef struct
{
  WallSiteOrder order;
  WallPrivacy privacy;
  WallNight night;
  int need; /* BedNeed: only units whose free beds have it; or WALL_NEED_ANY */
  gboolean is_free_only;
  gboolean is_big;
  char found_unit[BED_ID_SIZE];   /* looked for and found; "" */
  char found_code[BED_CODE_SIZE]; /* so a person */
} WallView;
