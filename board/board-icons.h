/* board-icons.h: what a bed can take and what a person needs, as icons on a 24-unit grid.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-palette.h"
#include "common/bed-words.h"

#include <gtk/gtk.h>

typedef enum
{
  BOARD_ICON_HOIST,
  BOARD_ICON_BARIATRIC,
  BOARD_ICON_DEMENTIA,
  BOARD_ICON_ENSUITE,
  BOARD_ICON_FEMALE,
  BOARD_ICON_MALE,
  BOARD_ICON_ISOLATION,
  BOARD_ICON_GROUND_FLOOR,
  /* signs that stand beside words */
  BOARD_ICON_TICK,
  BOARD_ICON_WARNING,
  BOARD_ICON_ARROW,
  BOARD_ICON_CROSS,
  BOARD_ICON_DOWN,
  BOARD_ICON_UP,
  BOARD_ICON_PHONE,
  BOARD_ICON_LOGO,
  BOARD_N_ICONS
} BoardIcon;

#define BOARD_N_NEED_ICONS (BOARD_ICON_GROUND_FLOOR + 1)

typedef struct _BoardIcons BoardIcons;

BoardIcons *
board_icons_new (BoardTheme theme);
void
board_icons_free (BoardIcons *icons);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardIcons, board_icons_free)

/* The icon of a need, or -1: many needs have none and are counted instead. */
int
board_icon_of_need (BedNeed need);

#define BOARD_ICON_GRID 24

/* The icon on its grid in one colour. Owned by the caller. */
GskRenderNode *
board_icon_make_node (BoardIcon icon, const GdkRGBA *colour);

/* Draws icon in the square of the given size whose top left corner is x, y. */
void
board_icons_draw (BoardIcons *icons, GtkSnapshot *snapshot, BoardIcon icon, BoardColour colour,
                  double x, double y, double size);
