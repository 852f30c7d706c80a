/* wall-picture.c: counts pixels of a colour. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-picture.h"

#include "picture-compare.h"

#include <math.h>
#include <stdlib.h>

#define TOLERANCE 6
#define STATE_WIDTH 1920
#define STATE_HEIGHT 1080

static WallPicture
read_pixels (GdkTexture *texture, int width, int height)
{
  WallPicture picture = { NULL, gdk_texture_get_width (texture), gdk_texture_get_height (texture) };

  g_assert_cmpint (picture.width, ==, width);
  g_assert_cmpint (picture.height, ==, height);
  picture.pixels = g_malloc ((gsize)width * (gsize)height * 4);
  gdk_texture_download (texture, picture.pixels, (gsize)width * 4);
  return picture;
}

WallPicture
wall_picture_take (WallStage *stage, const char *name, int width, int height)
{
  g_autoptr (GdkTexture) texture = wall_stage_take (stage, name, width, height);

  return read_pixels (texture, width, height);
}

WallPicture
wall_picture_check (WallStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = wall_stage_take (stage, name, STATE_WIDTH, STATE_HEIGHT);

  picture_check (texture, name);
  return read_pixels (texture, STATE_WIDTH, STATE_HEIGHT);
}

static gboolean
is_near (const guchar *pixel, const GdkRGBA *wanted)
{
  return abs (pixel[2] - (int)lroundf (wanted->red * 255)) <= TOLERANCE
         && abs (pixel[1] - (int)lroundf (wanted->green * 255)) <= TOLERANCE
         && abs (pixel[0] - (int)lroundf (wanted->blue * 255)) <= TOLERANCE;
}

guint
wall_picture_count_rgba (const WallPicture *picture, const WallLayout *layout, BoardRect rect,
                         const GdkRGBA *wanted)
{
  int left = (int)MAX (rect.x * layout->scale, 0);
  int top = (int)MAX (rect.y * layout->scale, 0);
  int right = (int)MIN ((rect.x + rect.width) * layout->scale, picture->width);
  int bottom = (int)MIN ((rect.y + rect.height) * layout->scale, picture->height);
  guint n = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      n += is_near (picture->pixels + ((gsize)y * (gsize)picture->width + (gsize)x) * 4, wanted) ? 1
                                                                                                 : 0;
  return n;
}

guint
wall_picture_count (const WallPicture *picture, const WallLayout *layout, BoardRect rect,
                    BoardColour colour)
{
  return wall_picture_count_rgba (picture, layout, rect, &board_palette[colour]);
}

guint
wall_picture_find_brightest (const WallPicture *picture)
{
  guint brightest = 0;

  for (gsize i = 0; i < (gsize)picture->width * (gsize)picture->height * 4; i++)
    if (i % 4 != 3)
      brightest = MAX (brightest, picture->pixels[i]);
  return brightest;
}
