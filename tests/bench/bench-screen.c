/* bench-screen.c: see bench-screen.h. Owns the server, its folder and the mapping.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-screen.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where an X window dump (X11/XWDFile.h) says these, in words of four bytes, most significant first. */
enum
{
  XWD_HEADER_SIZE = 0,
  XWD_WIDTH = 4,
  XWD_HEIGHT = 5,
  XWD_BITS_PER_PIXEL = 11,
  XWD_BYTES_PER_LINE = 12,
  XWD_N_COLOURS = 19,
  XWD_WORDS = 25
};
#define XWD_COLOUR_SIZE 12

struct BenchScreen
{
  char *folder; /* owned, removed at the end */
  char *display;
  GMappedFile *file;
  GPid server;
  gsize start; /* of the first line */
  gsize stride;
  guint width, height;
};

static guint32
read_word (const GMappedFile *file, guint i)
{
  guint32 word;
  memcpy (&word, g_mapped_file_get_contents ((GMappedFile *) file) + i * sizeof word, sizeof word);
  return GUINT32_FROM_BE (word);
}

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* The server says its display's number when it is ready. */
static char *
read_display (int fd)
{
  char digits[16] = "";
  gsize length = 0;
  while (length + 1 < sizeof digits && read (fd, digits + length, 1) == 1 && digits[length] != '\n')
    length++;
  digits[length] = '\0';
  return length > 0 ? g_strconcat (":", digits, NULL) : NULL;
}

static void
map_picture (BenchScreen *screen)
{
  g_autofree char *path = g_build_filename (screen->folder, "Xvfb_screen0", NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  screen->file = g_mapped_file_new (path, FALSE, &error);
  if (screen->file == NULL)
    g_error ("%s: %s", path, error->message);
  length = g_mapped_file_get_length (screen->file);
  if (length < XWD_WORDS * sizeof (guint32) || read_word (screen->file, XWD_BITS_PER_PIXEL) != 32)
    g_error ("%s: no picture of 32 bits a pixel", path);
  screen->width = read_word (screen->file, XWD_WIDTH);
  screen->height = read_word (screen->file, XWD_HEIGHT);
  screen->stride = read_word (screen->file, XWD_BYTES_PER_LINE);
  screen->start = read_word (screen->file, XWD_HEADER_SIZE)
                  + (gsize) read_word (screen->file, XWD_N_COLOURS) * XWD_COLOUR_SIZE;
  if (screen->start + screen->stride * screen->height > length || screen->stride < screen->width * sizeof (guint32))
    g_error ("%s: cut off", path);
}

BenchScreen *
bench_screen_new (guint width, guint height)
{
  BenchScreen *screen = g_new0 (BenchScreen, 1);
  g_autofree char *size = g_strdup_printf ("%ux%ux24", width, height);
  int out = -1;
  screen->folder = g_dir_make_tmp ("homeward-screen-XXXXXX", NULL);
  const char *argv[] = { "Xvfb", "-displayfd", "1", "-screen", "0", size, "-fbdir", screen->folder, "-nolisten", "tcp", NULL };
  if (g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                                G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                die_with_parent, NULL, &screen->server, NULL, &out, NULL, NULL))
    {
      screen->display = read_display (out);
      close (out);
    }
  if (screen->display == NULL)
    {
      bench_screen_free (screen);
      return NULL;
    }
  map_picture (screen);
  return screen;
}

void
bench_screen_free (BenchScreen *screen)
{
  g_autofree char *picture = g_build_filename (screen->folder, "Xvfb_screen0", NULL);
  if (screen->server != 0)
    {
      kill (screen->server, SIGTERM);
      waitpid (screen->server, NULL, 0);
    }
  g_clear_pointer (&screen->file, g_mapped_file_unref);
  g_unlink (picture);
  g_rmdir (screen->folder);
  g_free (screen->folder);
  g_free (screen->display);
  g_free (screen);
}

const char *
bench_screen_peek_display (const BenchScreen *screen)
{
  return screen->display;
}

guint
bench_screen_get_length (const BenchScreen *screen)
{
  return (screen->width / BENCH_SCREEN_STEP) * (screen->height / BENCH_SCREEN_STEP);
}

guint32 *
bench_screen_take (const BenchScreen *screen)
{
  const char *bytes = g_mapped_file_get_contents (screen->file) + screen->start;
  guint32 *pixels = g_new (guint32, bench_screen_get_length (screen));
  guint n = 0;
  for (guint y = 0; y < screen->height / BENCH_SCREEN_STEP; y++)
    for (guint x = 0; x < screen->width / BENCH_SCREEN_STEP; x++)
      memcpy (&pixels[n++], bytes + y * BENCH_SCREEN_STEP * screen->stride + x * BENCH_SCREEN_STEP * sizeof (guint32),
              sizeof (guint32));
  return pixels;
}
