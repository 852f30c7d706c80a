/* wall-picture.h: what a wallboard looks like, as pixels to look for colours in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/board-palette.h"
#include "board/wall/wall-layout.h"
#include "wall-stage.h"

typedef struct
{
  guchar *pixels; /* owned: BGRA premultiplied, as cairo has it */
  int width;
  int height;
} WallPicture;

/* Also saved, as wall_stage_take says. */
WallPicture
wall_picture_take (WallStage *stage, const char *name, int width, int height);

/* ... of 1920 × 1080, compared with the one that is kept. */
WallPicture
wall_picture_check (WallStage *stage, const char *name);

/* How many pixels in rect (board pixels) have the colour, within a little. */
guint
wall_picture_count (const WallPicture *picture, const WallLayout *layout, BoardRect rect,
                    BoardColour colour);
guint
wall_picture_count_rgba (const WallPicture *picture, const WallLayout *layout, BoardRect rect,
                         const GdkRGBA *wanted);

/* How bright the brightest channel of any pixel is, 0 … 255. */
guint
wall_picture_find_brightest (const WallPicture *picture);
