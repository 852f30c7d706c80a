/* test-wall-busy.c: while changes come with every frame the wall's areas take turns; when it is calm
 * again the picture is the one of a wall that is drawn at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-picture.h"

#include <string.h>

#define WIDTH 1280
#define HEIGHT 720
#define CHANGES 40

typedef struct
{
  WallStage *stage;
  guint n_frames;
  guint n_behind; /* frames after which an area still had something new to show */
} Busy;

static void
on_painted (GdkFrameClock *clock, Busy *busy)
{
  busy->n_frames++;
  if (wall_board_get_behind_us (busy->stage->wallboard) != G_MAXINT64)
    busy->n_behind++;
}

static gboolean
shows_everything (WallStage *stage)
{
  return wall_board_get_behind_us (stage->wallboard) == G_MAXINT64;
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* One change, and the frame after it. */
static void
change (Busy *busy, guint i)
{
  guint n_before = busy->n_frames;
  gboolean is_late = FALSE;
  guint source = g_timeout_add (5000, on_late, &is_late);

  wall_stage_change (busy->stage, wall_fixture_bed_change (WALL_REVISION + i, WALL_REVISION + i + 1,
                                                           wall_fixture_unit (i % 14), i % 4,
                                                           i % 3 == 0 ? "occupied" : "free"));
  while (busy->n_frames == n_before && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_false (is_late);
}

static void
test_turns (void)
{
  Busy busy = { wall_stage_open (WIDTH, HEIGHT, (WallSize){ 14, 1, 4 }), 0, 0 };
  WallStage *stage = busy.stage;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->wallboard));
  WallPicture first = wall_picture_take (stage, "wall-turn-before", WIDTH, HEIGHT);
  WallPicture in_turns, at_once;

  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &busy);
  for (guint i = 0; i < CHANGES; i++)
    change (&busy, i);
  g_signal_handlers_disconnect_by_data (clock, &busy);
  g_assert_cmpuint (busy.n_behind, >, CHANGES / 2);

  wall_stage_wait (shows_everything, stage);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (stage->wallboard));
  in_turns = wall_picture_take (stage, "wall-turn-in-turns", WIDTH, HEIGHT);
  wall_stage_draw (stage);
  at_once = wall_picture_take (stage, "wall-turn-at-once", WIDTH, HEIGHT);
  g_assert_cmpmem (in_turns.pixels, (gsize)WIDTH * HEIGHT * 4, at_once.pixels, (gsize)WIDTH * HEIGHT * 4);
  g_assert_cmpint (memcmp (first.pixels, at_once.pixels, (gsize)WIDTH * HEIGHT * 4), !=, 0);

  g_free (first.pixels);
  g_free (in_turns.pixels);
  g_free (at_once.pixels);
  wall_stage_close (stage);
}

/* Whoever presses a key sees the answer in the next frame, however busy the feed is. */
static void
test_key (void)
{
  Busy busy = { wall_stage_open (WIDTH, HEIGHT, (WallSize){ 14, 1, 4 }), 0, 0 };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (busy.stage->wallboard));

  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &busy);
  for (guint i = 0; i < 3; i++)
    change (&busy, i);
  g_signal_handlers_disconnect_by_data (clock, &busy);
  g_assert_cmpuint (busy.n_behind, >, 0);

  wall_stage_press (busy.stage, GDK_KEY_l);
  g_assert_true (shows_everything (busy.stage));
  wall_stage_close (busy.stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/wall-busy/turns-end-in-the-same-picture", test_turns);
  g_test_add_func ("/wall-busy/key-is-answered-at-once", test_key);
  return g_test_run ();
}
