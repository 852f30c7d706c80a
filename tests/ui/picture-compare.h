/* picture-compare.h: is what is drawn still what is kept, but for what fonts and hinting may do?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

/* The size that pictures are kept in, and the cells of it that are compared. */
#define PICTURE_KEPT_WIDTH 320
#define PICTURE_KEPT_HEIGHT 180
#define PICTURE_CELL 10

/* Differences are of the strongest channel, 0 … 255. A cell may be a kept pixel off in any direction. */
typedef struct
{
  double mean;  /* over all cells */
  double worst; /* cell */
  int x;        /* where that cell begins, in pixels of what was drawn */
  int y;
} PictureDifference;

#define PICTURE_MEAN_MAX 2.0
#define PICTURE_WORST_MAX 12.0

/* The picture in the size to keep, its colours rounded so that a file of it is small. */
GdkPixbuf *
picture_shrink (GdkTexture *drawn);

/* kept: as of picture_shrink. drawn_width: of what drawn was, for x and y. */
PictureDifference
picture_find_difference (GdkPixbuf *drawn, GdkPixbuf *kept, int drawn_width);
gboolean
picture_is_same (const PictureDifference *difference);

/* Compares with tests/ui/pictures/NAME.png. A picture that has changed, or that nobody keeps, fails the
 * test, which goes on; drawn, kept and difference then lie in meson-logs/pictures. With
 * HOMEWARD_PICTURES_UPDATE set it is kept instead. Another language than English compares nothing but
 * names that end in "-welsh". */
void
picture_check (GdkTexture *drawn, const char *name);

/* As picture_check, with folders to say. FALSE: the test should fail; words (owned) tell why. */
gboolean
picture_check_in (GdkTexture *drawn, const char *name, const char *kept_folder, const char *failed_folder, char **words);
