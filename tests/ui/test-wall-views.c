/* test-wall-views.c: each thing that keys and settings make of the wall, drawn at three sizes: filters,
 * big mode, sheets, the public profile, night, an old picture.
 *
 * Colours are looked for where the layout says a thing stands. With $HOMEWARD_PICTURES set the
 * pictures stay for people to look at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-night.h"
#include "wall-picture.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

#define N_UNITS 22
#define SIZE { N_UNITS, 3, 9 }

typedef struct
{
  const char *name;
  void (*begin) (WallStage *stage);
  void (*check) (WallStage *stage, const WallPicture *picture);
  WallSize size;
  gboolean is_large_too; /* also at 3840 × 2160, which takes its time */
} View;

typedef struct
{
  const View *view;
  int width;
  int height;
} Case;

static void
lay_out (WallStage *stage, const WallPicture *picture, WallLayout *layout)
{
  const WallView *view = wall_board_peek_view (stage->wallboard);
  guint n = 0;

  while (wall_board_peek_unit (stage->wallboard, n) != NULL)
    n++;
  wall_layout_fit (
      layout, picture->width, picture->height,
      &(WallLayoutWish){ .n_units = n,
                         .has_note = view->is_free_only || view->is_big || view->need >= 0
                                     || view->order == BOARD_ORDER_AREA || stage->moment.line != BOARD_LINE_LIVE,
                         .is_big = view->is_big,
                         .is_public = view->privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR });
}

/* --- what is left out --- */

static void
begin_free (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_f);
}

/* Every tile shows a number that is not 0. */
static void
check_free (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;

  lay_out (stage, picture, &layout);
  g_assert_cmpuint (layout.n_tiles, <, N_UNITS);
  for (guint i = 0; i < layout.n_tiles; i++)
    {
      const BoardUnit *unit
          = board_model_find_unit (stage->model, wall_board_peek_unit (stage->wallboard, i));

      g_assert_cmpuint (unit->free, >, 0);
      g_assert_cmpuint (wall_picture_count (picture, &layout, wall_layout_get_tile (&layout, i),
                                            unit->is_stale ? BOARD_COLOUR_HELD : BOARD_COLOUR_FREE),
                        >, 20);
    }
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.note, BOARD_COLOUR_TEXT), >, 10);
}

static void
begin_need (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_n);
}

static void
check_need (WallStage *stage, const WallPicture *picture)
{
  int need = wall_board_peek_view (stage->wallboard)->need;
  WallLayout layout;

  lay_out (stage, picture, &layout);
  g_assert_cmpint (need, >=, 0);
  for (guint i = 0; i < layout.n_tiles; i++)
    g_assert_true (
        board_model_find_unit (stage->model, wall_board_peek_unit (stage->wallboard, i))->free_features
            >> need
        & 1);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.note, BOARD_COLOUR_TEXT), >, 10);
}

static void
begin_area (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_o);
}

static void
check_area (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;

  lay_out (stage, picture, &layout);
  g_assert_cmpuint (layout.n_tiles, ==, N_UNITS);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.note, BOARD_COLOUR_TEXT), >, 10);
}

static void
begin_big (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_b);
}

/* Tiles and queue fill the picture down to its edge. */
static void
check_big (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;
  BoardRect foot;

  lay_out (stage, picture, &layout);
  foot = layout.queue;
  foot.y += foot.height - 60;
  foot.height = 60;
  g_assert_cmpuint (wall_picture_count (picture, &layout, foot, BOARD_COLOUR_TEXT2), >, 100);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.queue, BOARD_COLOUR_TEXT), >, 500);
}

/* --- sheets --- */

static void
check_sheet (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;
  BoardRect middle;

  lay_out (stage, picture, &layout);
  middle = (BoardRect){ layout.width / 2 - 300, layout.height / 2 - 100, 600, 200 };
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  g_assert_cmpuint (wall_picture_count (picture, &layout, middle, BOARD_COLOUR_RAISED), >,
                    (guint)(20000 * layout.scale * layout.scale));
  g_assert_cmpuint (wall_picture_count (picture, &layout, middle, BOARD_COLOUR_TEXT)
                        + wall_picture_count (picture, &layout, middle, BOARD_COLOUR_TEXT2),
                    >, 50);
}

static void
open_unit (WallStage *stage, guint slot)
{
  wall_stage_press (stage, GDK_KEY_Tab);
  for (guint i = 0; i < slot; i++)
    wall_stage_press (stage, GDK_KEY_Right);
  wall_stage_press (stage, GDK_KEY_Return);
}

static void
begin_unit (WallStage *stage)
{
  open_unit (stage, 2);
}

static void
begin_large_unit (WallStage *stage)
{
  open_unit (stage, 10);
}

static void
begin_stale_unit (WallStage *stage)
{
  open_unit (stage, 8);
}

static void
begin_stale (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_r);
}

static void
begin_keys (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_question);
}

static void
begin_pin (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
}

static GtkWidget *
find_entry (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child);
  return found;
}

static void
begin_find (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_slash);
  gtk_editable_set_text (
      GTK_EDITABLE (find_entry (wall_board_peek_finder (stage->wallboard))), "clarence");
}

static void
check_find (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;
  BoardRect edge;

  lay_out (stage, picture, &layout);
  edge = wall_layout_get_tile (&layout, 10);
  edge.height = 4;
  edge.x += 20;
  edge.width -= 40;
  g_assert_cmpuint (wall_picture_count (picture, &layout, edge, BOARD_COLOUR_ACCENT), >, 100);
}

static void
begin_focus (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_Tab);
  wall_stage_press (stage, GDK_KEY_Down);
}

/* The ring stands in the gap around the tile of the second row. */
static void
check_focus (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;
  BoardRect edge;

  lay_out (stage, picture, &layout);
  edge = wall_layout_get_tile (&layout, layout.columns);
  edge = (BoardRect){ edge.x + 20, edge.y - 5, edge.width - 40, 5 };
  g_assert_cmpuint (wall_picture_count (picture, &layout, edge, BOARD_COLOUR_ACCENT), >, 100);
}

/* --- taking back --- */

static void
place_first (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  wall_placing_submit (stage->placing, "ann", "1234");
  wall_stage_answer (stage, "{\"bed\":\"nightingale-01\",\"state\":\"held\",\"revision\":4100}");
}

static void
begin_undo_pin (WallStage *stage)
{
  place_first (stage);
  wall_stage_press (stage, GDK_KEY_u);
}

static void
check_undo_hint (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;
  BoardRect hint;

  lay_out (stage, picture, &layout);
  hint = layout.ticker;
  hint.x += hint.width - 250;
  hint.width = 250;
  g_assert_cmpuint (wall_picture_count (picture, &layout, hint, BOARD_COLOUR_TEXT), >, 40);
}

static void
begin_undone (WallStage *stage)
{
  begin_undo_pin (stage);
  wall_placing_submit (stage->placing, "ann", "1234");
  wall_stage_refuse (stage, BED_ERROR_WRONG_STATE, NULL);
}

/* --- corridor, night, no network --- */

static void
begin_public (WallStage *stage)
{
  wall_board_set_privacy (stage->wallboard, BOARD_PRIVACY_PUBLIC_CORRIDOR);
}

/* Numbers of free beds, and no colour of the state of a single bed. */
static void
check_public (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;

  lay_out (stage, picture, &layout);
  g_assert_cmpfloat (layout.queue.width, ==, 0);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.tiles, BOARD_COLOUR_FREE), >, 1000);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.tiles, BOARD_COLOUR_ARRIVING), ==, 0);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.tiles, BOARD_COLOUR_LEAVING), ==, 0);
}

static void
begin_night (WallStage *stage)
{
  wall_board_set_night (stage->wallboard, BOARD_NIGHT_ON);
}

static void
check_night (WallStage *stage, const WallPicture *picture)
{
  g_assert_cmpuint (wall_picture_find_brightest (picture), <, 190);
  g_assert_cmpuint (wall_picture_find_brightest (picture), >, 170);
}

static void
begin_old (WallStage *stage)
{
  stage->moment.line = BOARD_LINE_OFFLINE;
  stage->moment.heard_us = stage->moment.now_us - 187 * G_USEC_PER_SEC;
}

static void
check_old (WallStage *stage, const WallPicture *picture)
{
  WallLayout layout;

  lay_out (stage, picture, &layout);
  g_assert_cmpuint (wall_picture_count (picture, &layout, layout.note, BOARD_COLOUR_HELD), >, 200);
  g_assert_cmpuint (layout.n_tiles, ==, N_UNITS);
}

/* --- --- */

static const View views[] = {
  { "free", begin_free, check_free, SIZE, FALSE },
  { "need", begin_need, check_need, SIZE, TRUE },
  { "area", begin_area, check_area, SIZE, FALSE },
  { "big", begin_big, check_big, SIZE, TRUE },
  { "unit", begin_unit, check_sheet, SIZE, FALSE },
  { "unit-large", begin_large_unit, check_sheet, SIZE, TRUE },
  { "unit-stale", begin_stale_unit, check_sheet, SIZE, FALSE },
  { "stale", begin_stale, check_sheet, SIZE, FALSE },
  { "key-list", begin_keys, check_sheet, SIZE, FALSE },
  { "pin-pad", begin_pin, NULL, SIZE, TRUE },
  { "find", begin_find, check_find, SIZE, TRUE },
  { "focus", begin_focus, check_focus, SIZE, FALSE },
  { "undo", place_first, check_undo_hint, SIZE, FALSE },
  { "undo-pin", begin_undo_pin, NULL, SIZE, FALSE },
  { "undo-refused", begin_undone, check_undo_hint, SIZE, FALSE },
  { "public", begin_public, check_public, SIZE, TRUE },
  { "public-few", begin_public, check_public, { 5, 2, 9 }, FALSE },
  { "night", begin_night, check_night, SIZE, TRUE },
  { "old", begin_old, check_old, SIZE, TRUE },
};

static const struct
{
  int width;
  int height;
} sizes[] = { { 1280, 720 }, { 1920, 1080 }, { 3840, 2160 } };

static void
test_view (gconstpointer user_data)
{
  const Case *want = user_data;
  WallStage *stage = wall_stage_open (want->width, want->height, want->view->size);
  g_autofree char *name
      = g_strdup_printf ("wall-view-%s-%dx%d", want->view->name, want->width, want->height);
  WallPicture picture;

  want->view->begin (stage);
  picture = wall_picture_take (stage, name, want->width, want->height);
  if (want->view->check != NULL)
    want->view->check (stage, &picture);
  else
    g_assert_true (gtk_widget_get_mapped (wall_board_peek_pin (stage->wallboard)));
  g_free (picture.pixels);
  wall_stage_close (stage);
}

/* Nothing is cut off wherever the picture is moved to: the same colours as in its place. */
static void
test_shift (void)
{
  WallStage *stage = wall_stage_open (1280, 720, (WallSize)SIZE);
  WallPicture still = wall_picture_take (stage, "wall-view-still", 1280, 720);
  BoardRect whole = { 0, 0, 1920, 1080 };
  WallLayout layout;

  lay_out (stage, &still, &layout);
  wall_board_set_shift (stage->wallboard, TRUE);
  for (guint i = 0; i < 4; i++)
    {
      WallPicture moved;

      stage->moment.monotonic_us += 5 * WALL_SHIFT_US;
      moved = wall_picture_take (stage, "wall-view-shifted", 1280, 720);
      g_assert_cmpint (memcmp (still.pixels, moved.pixels, 1280 * 720 * 4), !=, 0);
      g_assert_cmpuint (wall_picture_count (&moved, &layout, whole, BOARD_COLOUR_FREE), ==,
                        wall_picture_count (&still, &layout, whole, BOARD_COLOUR_FREE));
      g_free (moved.pixels);
    }
  g_free (still.pixels);
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  static Case cases[G_N_ELEMENTS (views) * G_N_ELEMENTS (sizes)];

  gtk_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;

      cases[i].view = &views[i / G_N_ELEMENTS (sizes)];
      if (sizes[i % G_N_ELEMENTS (sizes)].width > 1920 && !cases[i].view->is_large_too)
        continue;
      cases[i].width = sizes[i % G_N_ELEMENTS (sizes)].width;
      cases[i].height = sizes[i % G_N_ELEMENTS (sizes)].height;
      path = g_strdup_printf ("/wall-views/%s/%dx%d", cases[i].view->name, cases[i].width,
                              cases[i].height);
      g_test_add_data_func (path, &cases[i], test_view);
    }
  g_test_add_func ("/wall-views/shift", test_shift);
  return g_test_run ();
}
