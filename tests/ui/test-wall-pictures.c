/* test-wall-pictures.c: the wallboard drawn at each size with few, many and very many units.
 *
 * Colours are looked for where the layout says a thing stands, so a tile that is cut off, left out
 * or put elsewhere fails. With $HOMEWARD_PICTURES set the pictures stay for people to look at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-layout.h"
#include "board/board-palette.h"
#include "feed-turns.h"
#include "wall-picture.h"

#include <gdk/gdkkeysyms.h>
#include <math.h>
#include <string.h>

static void
fit (WallLayout *layout, double width, double height, guint n_units)
{
  wall_layout_fit (layout, width, height, &(WallLayoutWish){ .n_units = n_units });
}

static void
check_tiles (WallStage *stage, const WallPicture *picture)
{
  const GPtrArray *units = board_model_peek_units (stage->model);
  WallLayout layout;

  fit (&layout, picture->width, picture->height, units->len);
  g_assert_cmpuint (layout.n_tiles, ==, units->len);
  for (guint i = 0; i < layout.n_tiles; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);
      BoardRect tile = wall_layout_get_tile (&layout, i);
      guint green = wall_picture_count (picture, &layout, tile, BOARD_COLOUR_FREE);

      if (unit->is_stale)
        g_assert_cmpuint (wall_picture_count (picture, &layout, tile, BOARD_COLOUR_HELD), >, 20);
      else if (unit->free > 0)
        g_assert_cmpuint (green, >, 20);
      else
        g_assert_cmpuint (green, ==, 0);
      /* nothing between the tiles: what is drawn stays inside */
      if (i + 1 < layout.n_tiles && (i + 1) % layout.columns != 0)
        {
          BoardRect gap = { tile.x + tile.width + 2, tile.y + 2, layout.gap - 4, tile.height - 4 };

          g_assert_cmpuint (
              wall_picture_count (picture, &layout, gap, BOARD_COLOUR_BG), >,
              (guint)(0.9 * floor (gap.width * layout.scale) * floor (gap.height * layout.scale)));
        }
    }
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.legend, BOARD_COLOUR_ARRIVING), >, 10);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.queue, BOARD_COLOUR_TEXT), >, 200);
}

typedef struct
{
  int width;
  int height;
  guint n_units;
} Case;

static void
test_size (gconstpointer user_data)
{
  const Case *want = user_data;
  WallSize size = { want->n_units, 2, 9 };
  WallStage *stage = wall_stage_open (want->width, want->height, size);
  g_autofree char *name
      = g_strdup_printf ("wall-size-%dx%d-%u", want->width, want->height, want->n_units);
  WallPicture picture = wall_picture_take (stage, name, want->width, want->height);

  check_tiles (stage, &picture);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* The top edge of the header's outline. */
static guint
count_outline (const WallPicture *picture)
{
  WallLayout layout;
  BoardRect edge;

  fit (&layout, picture->width, picture->height, 14);
  edge = (BoardRect){ layout.header.x + 200, 0, 600, layout.header.y + 2 };
  return wall_picture_count (picture, &layout, edge, BOARD_COLOUR_CLOSED);
}

static void
test_line (BoardLine line, gint64 age_us, const char *name, gboolean is_outlined)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 14, 2, 9 });
  WallPicture picture;

  stage->moment.line = line;
  stage->moment.heard_us = stage->moment.now_us - age_us;
  picture = line == BOARD_LINE_OFFLINE || line == BOARD_LINE_READ_ONLY
                ? wall_picture_check (stage, name)
                : wall_picture_take (stage, name, 1920, 1080);
  if (is_outlined)
    g_assert_cmpuint (count_outline (&picture), >, 500);
  else
    g_assert_cmpuint (count_outline (&picture), ==, 0);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

static void
test_live (void)
{
  test_line (BOARD_LINE_LIVE, G_GINT64_CONSTANT (8000000), "wall-live", FALSE);
}

static void
test_reconnecting (void)
{
  test_line (BOARD_LINE_RECONNECTING, G_GINT64_CONSTANT (20000000), "wall-reconnecting",
             FALSE);
}

static void
test_offline (void)
{
  test_line (BOARD_LINE_OFFLINE, G_GINT64_CONSTANT (180000000), "wall-offline", TRUE);
}

static void
test_read_only (void)
{
  test_line (BOARD_LINE_READ_ONLY, G_GINT64_CONSTANT (180000000), "wall-read-only", FALSE);
}

static void
test_changed (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 14, 2, 9 });
  WallLayout layout;
  BoardRect edge;
  WallPicture picture;

  fit (&layout, 1920, 1080, 14);
  edge = wall_layout_get_tile (&layout, 5);
  edge.height = 2;
  edge.x += 30;
  edge.width -= 60;
  wall_stage_change (stage, wall_fixture_bed_change (WALL_REVISION, WALL_REVISION + 1,
                                                     wall_fixture_unit (5), 4, "free"));
  picture = wall_picture_take (stage, "wall-changed", 1920, 1080);
  g_assert_cmpuint (wall_picture_count (&picture, &layout, edge, BOARD_COLOUR_FREE), >, 100);
  g_free (picture.pixels);
  stage->moment.monotonic_us += 3 * G_GINT64_CONSTANT (1000000);
  picture = wall_picture_take (stage, "wall-changed-after", 1920, 1080);
  g_assert_cmpuint (wall_picture_count (&picture, &layout, edge, BOARD_COLOUR_FREE), ==, 0);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

static void
test_letters (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 25, 2, 9 });
  WallPicture picture;
  WallLayout layout;

  wall_board_toggle_letters (stage->wallboard);
  picture = wall_picture_check (stage, "wall-letters");
  fit (&layout, 1920, 1080, 25);
  /* no more grey squares in the tiles: letters have taken their places */
  g_assert_cmpuint (
      wall_picture_count (&picture, &layout, wall_layout_get_tile (&layout, 3), BOARD_COLOUR_OCCUPIED_FILL), <,
      300);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* As busy as it gets, and in Welsh if the language is. */
static void
test_busy (gconstpointer name)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 22, 5, 30 });
  WallPicture picture = wall_picture_check (stage, name);

  check_tiles (stage, &picture);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* Nobody waits: the panel says so in its middle, and no bed is proposed to anybody. */
static void
test_nobody (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 14, 0, 0 });
  WallPicture picture = wall_picture_check (stage, "wall-nobody");
  WallLayout layout;
  BoardRect middle;

  check_tiles (stage, &picture);
  fit (&layout, 1920, 1080, 14);
  middle = (BoardRect){ layout.queue.x, layout.queue.y + layout.queue.height / 2 - 30,
                        layout.queue.width, 60 };
  g_assert_cmpuint (wall_picture_count (&picture, &layout, middle, BOARD_COLOUR_TEXT2), >, 100);
  g_assert_cmpuint (wall_picture_count (&picture, &layout, layout.queue, BOARD_COLOUR_FREE), ==, 0);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* No unit at all, as before the first import: no tile (the edges of letters have its colour too),
 * and the legend where it is not in the way of the first. */
static void
test_empty (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 0, 0, 0 });
  WallPicture picture = wall_picture_check (stage, "wall-empty");
  WallLayout layout;

  fit (&layout, 1920, 1080, 0);
  g_assert_cmpuint (wall_picture_count (&picture, &layout, layout.tiles, BOARD_COLOUR_TILE), <, 2000);
  g_assert_cmpuint (wall_picture_count (&picture, &layout, layout.legend, BOARD_COLOUR_ARRIVING), >, 10);
  g_assert_cmpint (layout.legend_shape, ==, WALL_LEGEND_STRIP);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* Sixty sites: a tile says a name and what is free. */
static void
test_sixty (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 60, 5, 30 });
  WallPicture picture = wall_picture_check (stage, "wall-60");

  check_tiles (stage, &picture);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

static gboolean
has_settled (WallStage *stage)
{
  return board_model_has_picture (stage->model);
}

/* Nobody has confirmed anything for hours: no number is green. */
static void
test_stale (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 22, 3, 9 });
  g_autoptr (JsonObject) snapshot = wall_fixture_snapshot ((WallSize){ 22, 3, 9 });
  WallPicture picture;

  feed_turn_stale (snapshot);
  board_model_apply (stage->model, "feed.snapshot", snapshot, stage->moment.monotonic_us);
  wall_stage_wait (has_settled, stage);
  picture = wall_picture_check (stage, "wall-stale");
  check_tiles (stage, &picture);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* Few tiles, to be read from the other end of a room: no tile, no legend. */
static void
test_big (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 22, 3, 9 });
  WallPicture picture;
  WallLayout layout;

  wall_stage_press (stage, GDK_KEY_b);
  picture = wall_picture_check (stage, "wall-big");
  wall_layout_fit (&layout, 1920, 1080, &(WallLayoutWish){ .n_units = 22, .has_note = TRUE, .is_big = TRUE });
  g_assert_cmpuint (wall_picture_count (&picture, &layout, layout.queue, BOARD_COLOUR_TEXT), >, 500);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* More units than slots: pages, and a line that says which one this is. */
static void
test_pages (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, (WallSize){ 120, 2, 9 });
  WallPicture picture = wall_picture_take (stage, "wall-pages", 1920, 1080);
  WallLayout layout;

  fit (&layout, 1920, 1080, 120);
  g_assert_cmpuint (layout.n_pages, ==, 2);
  g_assert_cmpuint (wall_picture_count (&picture, &layout, layout.note, BOARD_COLOUR_TEXT2), >, 100);
  g_assert_cmpuint (
      wall_picture_count (&picture, &layout, wall_layout_get_tile (&layout, layout.n_tiles - 2), BOARD_COLOUR_TEXT),
      >, 20);
  g_free (picture.pixels);
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { 1920, 1080, 5 },  { 1920, 1080, 14 }, { 1920, 1080, 22 }, { 1920, 1080, 25 },
    { 1920, 1080, 60 }, { 1280, 720, 5 },   { 1280, 720, 25 },  { 1280, 720, 60 },
    { 3840, 2160, 5 },  { 3840, 2160, 25 }, { 3840, 2160, 60 }, { 1600, 1200, 25 },
  };

  gtk_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wall-pictures/size/%dx%d-%u", cases[i].width,
                                               cases[i].height, cases[i].n_units);

      g_test_add_data_func (path, &cases[i], test_size);
    }
  g_test_add_func ("/wall-pictures/live", test_live);
  g_test_add_func ("/wall-pictures/reconnecting", test_reconnecting);
  g_test_add_func ("/wall-pictures/offline", test_offline);
  g_test_add_func ("/wall-pictures/changed", test_changed);
  g_test_add_func ("/wall-pictures/letters", test_letters);
  g_test_add_func ("/wall-pictures/read-only", test_read_only);
  g_test_add_func ("/wall-pictures/stale", test_stale);
  g_test_add_func ("/wall-pictures/big", test_big);
  g_test_add_func ("/wall-pictures/60", test_sixty);
  g_test_add_func ("/wall-pictures/nobody", test_nobody);
  g_test_add_func ("/wall-pictures/empty", test_empty);
  g_test_add_data_func ("/wall-pictures/busy", "wall-busy", test_busy);
  if (g_strcmp0 (g_getenv ("LANGUAGE"), "cy") == 0)
    g_test_add_data_func ("/wall-pictures/welsh", "wall-welsh", test_busy);
  g_test_add_func ("/wall-pictures/pages", test_pages);
  return g_test_run ();
}
