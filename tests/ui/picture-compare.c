/* picture-compare.c: pictures in a small size, cell against cell.
 *
 * Each is averaged down to a sixth of 1920 × 1080, and blurred before it is compared, so that the edges
 * of letters, another hinting and a pixel here or there become a little grey. A cell of 10 × 10 is as
 * different as its mean is at the best of nine places, at most one small pixel off: 6 of the screen.
 * What is missing, cut off, elsewhere or of another colour stays different. Owns nothing between calls. A picture that
 * cannot be read counts as missing; one that cannot be written is told in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture-compare.h"

#include "board/board-i18n.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 12 /* colours are kept as multiples of it */
#define SHOWN 4 /* how much stronger the difference is drawn */

static guchar
round_level (guint64 value)
{
  return (guchar)MIN ((value + LEVEL / 2) / LEVEL * LEVEL, 255);
}

/* The mean of the pixels of drawn that fall on one of the small ones. */
static void
shrink_pixel (const guchar *pixels, int width, int height, int x, int y, guchar small[static 3])
{
  int left = x * width / PICTURE_KEPT_WIDTH;
  int right = MAX ((x + 1) * width / PICTURE_KEPT_WIDTH, left + 1);
  int top = y * height / PICTURE_KEPT_HEIGHT;
  int bottom = MAX ((y + 1) * height / PICTURE_KEPT_HEIGHT, top + 1);
  guint64 sums[3] = { 0 };
  guint64 n = (guint64)(right - left) * (guint64)(bottom - top);

  for (int row = top; row < bottom; row++)
    for (int column = left; column < right; column++)
      {
        const guchar *pixel = pixels + ((gsize)row * (gsize)width + (gsize)column) * 4;

        for (int channel = 0; channel < 3; channel++)
          sums[channel] += pixel[2 - channel]; /* BGRA, as cairo has it */
      }
  for (int channel = 0; channel < 3; channel++)
    small[channel] = round_level ((sums[channel] + n / 2) / n);
}

GdkPixbuf *
picture_shrink (GdkTexture *drawn)
{
  int width = gdk_texture_get_width (drawn);
  int height = gdk_texture_get_height (drawn);
  g_autofree guchar *pixels = g_malloc ((gsize)width * (gsize)height * 4);
  GdkPixbuf *small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, PICTURE_KEPT_WIDTH, PICTURE_KEPT_HEIGHT);
  guchar *made = gdk_pixbuf_get_pixels (small);
  int stride = gdk_pixbuf_get_rowstride (small);

  gdk_texture_download (drawn, pixels, (gsize)width * 4);
  for (int y = 0; y < PICTURE_KEPT_HEIGHT; y++)
    for (int x = 0; x < PICTURE_KEPT_WIDTH; x++)
      shrink_pixel (pixels, width, height, x, y, made + y * stride + x * 3);
  return small;
}

/* Each pixel becomes the mean of itself and its neighbours. */
static GdkPixbuf *
blur (GdkPixbuf *sharp)
{
  GdkPixbuf *soft = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, PICTURE_KEPT_WIDTH, PICTURE_KEPT_HEIGHT);
  const guchar *from = gdk_pixbuf_read_pixels (sharp);
  guchar *to = gdk_pixbuf_get_pixels (soft);
  int from_stride = gdk_pixbuf_get_rowstride (sharp);
  int n_channels = gdk_pixbuf_get_n_channels (sharp);

  for (int y = 0; y < PICTURE_KEPT_HEIGHT; y++)
    for (int x = 0; x < PICTURE_KEPT_WIDTH; x++)
      for (int channel = 0; channel < 3; channel++)
        {
          int sum = 0;

          for (int place = 0; place < 9; place++)
            sum += from[CLAMP (y + place / 3 - 1, 0, PICTURE_KEPT_HEIGHT - 1) * from_stride
                        + CLAMP (x + place % 3 - 1, 0, PICTURE_KEPT_WIDTH - 1) * n_channels + channel];
          to[y * gdk_pixbuf_get_rowstride (soft) + x * 3 + channel] = (guchar)((sum + 4) / 9);
        }
  return soft;
}

static int
compare_pixels (GdkPixbuf *drawn, int x, int y, GdkPixbuf *kept, int kept_x, int kept_y)
{
  const guchar *one = gdk_pixbuf_read_pixels (drawn) + y * gdk_pixbuf_get_rowstride (drawn) + x * 3;
  const guchar *other = gdk_pixbuf_read_pixels (kept) + kept_y * gdk_pixbuf_get_rowstride (kept)
                        + kept_x * gdk_pixbuf_get_n_channels (kept);
  int most = 0;

  for (int channel = 0; channel < 3; channel++)
    most = MAX (most, abs (one[channel] - other[channel]));
  return most;
}

/* The mean difference of a cell with what is kept (dx, dy) from it. */
static double
compare_cell (GdkPixbuf *drawn, GdkPixbuf *kept, int left, int top, int dx, int dy)
{
  int sum = 0;

  for (int y = top; y < top + PICTURE_CELL; y++)
    for (int x = left; x < left + PICTURE_CELL; x++)
      sum += compare_pixels (drawn, x, y, kept, CLAMP (x + dx, 0, PICTURE_KEPT_WIDTH - 1),
                             CLAMP (y + dy, 0, PICTURE_KEPT_HEIGHT - 1));
  return (double)sum / (PICTURE_CELL * PICTURE_CELL);
}

PictureDifference
picture_find_difference (GdkPixbuf *drawn, GdkPixbuf *kept, int drawn_width)
{
  g_autoptr (GdkPixbuf) one = blur (drawn);
  g_autoptr (GdkPixbuf) other = blur (kept);
  PictureDifference difference = { 0 };
  double sum = 0;

  for (int top = 0; top < PICTURE_KEPT_HEIGHT; top += PICTURE_CELL)
    for (int left = 0; left < PICTURE_KEPT_WIDTH; left += PICTURE_CELL)
      {
        double least = compare_cell (one, other, left, top, 0, 0);

        for (int place = 0; place < 9 && least > 0; place++)
          least = MIN (least, compare_cell (one, other, left, top, place % 3 - 1, place / 3 - 1));
        sum += least;
        if (least <= difference.worst)
          continue;
        difference.worst = least;
        difference.x = left * drawn_width / PICTURE_KEPT_WIDTH;
        difference.y = top * drawn_width / PICTURE_KEPT_WIDTH;
      }
  difference.mean = sum / (PICTURE_KEPT_WIDTH / PICTURE_CELL) / (PICTURE_KEPT_HEIGHT / PICTURE_CELL);
  return difference;
}

gboolean
picture_is_same (const PictureDifference *difference)
{
  return difference->mean <= PICTURE_MEAN_MAX && difference->worst <= PICTURE_WORST_MAX;
}

/* --- files --- */

static gboolean
save (GdkPixbuf *picture, const char *folder, const char *name, const char *what, GError **error)
{
  g_autofree char *file = g_strconcat (name, what, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  g_mkdir_with_parents (folder, 0755);
  return gdk_pixbuf_save (picture, path, "png", error, "compression", "9", NULL);
}

static GdkPixbuf *
load (const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GdkPixbuf) kept = gdk_pixbuf_new_from_file (path, NULL);

  if (kept == NULL || gdk_pixbuf_get_width (kept) != PICTURE_KEPT_WIDTH
      || gdk_pixbuf_get_height (kept) != PICTURE_KEPT_HEIGHT || gdk_pixbuf_get_n_channels (kept) < 3)
    return NULL;
  return g_steal_pointer (&kept);
}

/* What differs, bright on black. */
static GdkPixbuf *
draw_difference (GdkPixbuf *drawn, GdkPixbuf *kept)
{
  GdkPixbuf *made = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, PICTURE_KEPT_WIDTH, PICTURE_KEPT_HEIGHT);
  guchar *pixels = gdk_pixbuf_get_pixels (made);

  for (int y = 0; y < PICTURE_KEPT_HEIGHT; y++)
    for (int x = 0; x < PICTURE_KEPT_WIDTH; x++)
      {
        int value = MIN (compare_pixels (drawn, x, y, kept, x, y) * SHOWN, 255);

        memset (pixels + y * gdk_pixbuf_get_rowstride (made) + x * 3, value, 3);
      }
  return made;
}

/* Leaves what there is to look at in folder. */
static void
leave (GdkTexture *drawn, GdkPixbuf *small, GdkPixbuf *kept, const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, "-drawn.png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  g_mkdir_with_parents (folder, 0755);
  gdk_texture_save_to_png (drawn, path);
  if (kept != NULL)
    {
      g_autoptr (GdkPixbuf) difference = draw_difference (small, kept);

      save (kept, folder, name, "-kept", NULL);
      save (difference, folder, name, "-difference", NULL);
    }
}

gboolean
picture_check_in (GdkTexture *drawn, const char *name, const char *kept_folder, const char *failed_folder, char **words)
{
  g_autoptr (GdkPixbuf) small = picture_shrink (drawn);
  g_autoptr (GdkPixbuf) kept = NULL;
  g_autoptr (GError) error = NULL;
  PictureDifference difference;

  *words = NULL;
  if (g_getenv ("HOMEWARD_PICTURES_UPDATE") != NULL)
    {
      if (!save (small, kept_folder, name, "", &error))
        *words = g_strdup_printf ("%s cannot be kept: %s", name, error->message);
      return *words == NULL;
    }
  kept = load (kept_folder, name);
  if (kept == NULL)
    {
      leave (drawn, small, NULL, failed_folder, name);
      *words = g_strdup_printf ("nobody keeps %s/%s.png: tests/run --pictures DIR --update", kept_folder, name);
      return FALSE;
    }
  difference = picture_find_difference (small, kept, gdk_texture_get_width (drawn));
  *words = g_strdup_printf ("%s: mean difference %.2f (at most %.2f), worst cell %.1f (at most %.1f) at %d, %d; see %s",
                            name, difference.mean, PICTURE_MEAN_MAX, difference.worst, PICTURE_WORST_MAX, difference.x,
                            difference.y, failed_folder);
  if (picture_is_same (&difference))
    return TRUE;
  leave (drawn, small, kept, failed_folder, name);
  return FALSE;
}

void
picture_check (GdkTexture *drawn, const char *name)
{
  gboolean is_english = g_str_equal (_ ("Occupied"), "Occupied");
  g_autofree char *words = NULL;

  if (is_english == g_str_has_suffix (name, "-welsh"))
    return;
  if (!picture_check_in (drawn, name, PICTURES_KEPT, PICTURES_FAILED, &words))
    {
      g_test_message ("%s", words);
      g_test_fail ();
    }
}
