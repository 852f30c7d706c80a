/* wall-board-follow.c: follows the model and the time, and has drawn again what has changed: each second
 * at most the clock, the queue and the tiles whose minute has turned; a key's answer at once, what the
 * model tells area by area (wall-turns).
 *
 * Owns the wait for a frame and two sources: the second's tick and the end of the highlights. It holds
 * no truth: model and placing do. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "wall-finder.h"
#include "wall-night.h"
#include "wall-pin.h"
#include "../board-time.h"

#include "common/bed-time.h"

#include <string.h>

#define FRAME_MS 33

void
wall_board_fit (WallBoard *wallboard, int width, int height)
{
  WallScene *scene = &wallboard->scene;
  WallLayoutWish wish = { .n_units = wall_sites_get_length (scene->sites),
                          .has_note = wall_scene_has_note (scene),
                          .is_big = scene->view.is_big,
                          .is_public = wall_board_is_public (wallboard) };

  wall_layout_fit (&scene->layout, MAX (width, 1), MAX (height, 1), &wish);
  wall_sites_fit (scene->sites, scene->layout.n_tiles);
  wall_board_match_tiles (wallboard);
}

static void
fit (WallBoard *wallboard)
{
  WallLayout was = wallboard->scene.layout;

  wall_board_fit (wallboard, gtk_widget_get_width (GTK_WIDGET (wallboard)),
                  gtk_widget_get_height (GTK_WIDGET (wallboard)));
  if (memcmp (&was, &wallboard->scene.layout, sizeof was) == 0)
    return;
  wallboard->is_redrawn = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
}

/* What the time of day and of the wall's own life change. */
static void
follow_time (WallBoard *wallboard)
{
  WallScene *scene = &wallboard->scene;
  double night = wall_night_get_depth (scene->now_us, scene->view.night);
  int across = 0;
  int down = 0;

  if (night != wallboard->night)
    gtk_widget_queue_draw (GTK_WIDGET (wallboard));
  wallboard->night = night;
  if (wallboard->shifts)
    wall_shift_get (scene->monotonic_us, &across, &down);
  if (across != wallboard->shift_across || down != wallboard->shift_down)
    gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
  wallboard->shift_across = across;
  wallboard->shift_down = down;
  if (scene->used_us != 0 && !wall_scene_is_used (scene))
    wall_board_leave_alone (wallboard);
  if (wall_sites_beat (scene->sites, scene->monotonic_us, wall_scene_is_used (scene)))
    wallboard->is_redrawn = TRUE;
  if (gtk_widget_get_visible (wallboard->pin))
    wall_pin_beat (WALL_PIN (wallboard->pin), scene->monotonic_us);
  if (gtk_widget_get_visible (wallboard->finder))
    wall_finder_beat (WALL_FINDER (wallboard->finder), scene->monotonic_us);
}

static void
follow_and_ask (WallBoard *wallboard, guint areas);

static gboolean
on_fade (gpointer user_data)
{
  WallBoard *wallboard = user_data;

  wallboard->fade_source = 0;
  follow_and_ask (wallboard, 1u << WALL_AREA_TILES);
  return G_SOURCE_REMOVE;
}

/* Wakes when the next highlight in sight begins to fade, and each frame while one does. */
static void
schedule_fade (WallBoard *wallboard)
{
  const WallScene *scene = &wallboard->scene;
  gint64 wait_ms = G_MAXINT64;

  for (guint i = 0; i < wallboard->tiles->len; i++)
    {
      const BoardUnit *unit = wall_scene_peek_site (scene, i);
      gint64 age_us = unit != NULL ? scene->monotonic_us - unit->changed_us : 0;

      if (unit == NULL || wall_scene_get_highlight (scene, unit->changed_us) <= 0)
        continue;
      wait_ms = MIN (wait_ms, age_us < WALL_HIGHLIGHT_US ? (WALL_HIGHLIGHT_US - age_us) / 1000 + 1
                                                          : FRAME_MS);
    }
  if (wait_ms != G_MAXINT64 && wallboard->fade_source == 0)
    wallboard->fade_source = g_timeout_add ((guint)wait_ms, on_fade, wallboard);
}

static gboolean
on_tick (gpointer user_data)
{
  WallBoard *wallboard = user_data;

  wallboard->tick_source = 0;
  follow_and_ask (wallboard, WALL_AREAS_ALL);
  return G_SOURCE_REMOVE;
}

static void
schedule_tick (WallBoard *wallboard)
{
  if (wallboard->tick_source == 0)
    wallboard->tick_source = g_timeout_add (
        board_time_until_step_ms (wallboard->scene.now_us, BED_SECOND_US), on_tick, wallboard);
}

/* About the people on the panel who have no proposal. */
static void
ask_fits (WallBoard *wallboard)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  if (wallboard->scene.line != BOARD_LINE_LIVE || wall_board_is_public (wallboard))
    return;
  wall_board_fill_page (wallboard, page);
  for (guint i = 0; i < page->n_rows; i++)
    if (page->rows[i].kind == BOARD_ROW_NO_BED)
      wall_fits_ask (wallboard->scene.fits, page->rows[i].code, wallboard->scene.monotonic_us);
}

void
wall_board_on_fit (gpointer user_data)
{
  wall_region_refresh (WALL_REGION (WALL_BOARD (user_data)->queue));
}

static void
take_moment (WallBoard *wallboard)
{
  WallScene *scene = &wallboard->scene;
  BoardMoment moment;

  board_context_get_moment (wallboard->context, &moment);
  scene->now_us = moment.now_us;
  scene->monotonic_us = moment.monotonic_us;
  scene->heard_us = moment.heard_us;
  scene->line = moment.line;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (wallboard)), "gtk-enable-animations",
                &scene->animates, NULL);
}

/* FALSE: nothing of them looks different. */
static gboolean
refresh_areas (WallBoard *wallboard, guint areas)
{
  gboolean is_drawn = (areas & ~(1u << WALL_AREA_TILES)) != 0;

  if (areas & 1u << WALL_AREA_TOP)
    {
      wall_region_refresh (WALL_REGION (wallboard->header));
      wall_region_refresh (WALL_REGION (wallboard->band));
      wall_region_refresh (WALL_REGION (wallboard->note));
    }
  if (areas & 1u << WALL_AREA_QUEUE)
    wall_region_refresh (WALL_REGION (wallboard->queue));
  if (areas & 1u << WALL_AREA_TICKER)
    wall_region_refresh (WALL_REGION (wallboard->ticker));
  if ((areas & 1u << WALL_AREA_TILES) == 0)
    return is_drawn;
  for (guint i = 0; i < WALL_N_SHEETS; i++) /* which cover the tiles */
    if (gtk_widget_get_visible (wallboard->sheets[i]))
      {
        wall_region_refresh (WALL_REGION (wallboard->sheets[i]));
        is_drawn = TRUE;
      }
  if (wallboard->is_redrawn)
    {
      wall_region_refresh (WALL_REGION (wallboard->legend));
      gtk_widget_queue_draw (GTK_WIDGET (wallboard));
    }
  return wall_board_refresh_tiles (wallboard) || is_drawn;
}

/* Follows the model and the time: what is to be shown from now on. */
static void
follow (WallBoard *wallboard)
{
  WallScene *scene = &wallboard->scene;
  gboolean is_frozen = wall_placing_get_state (wallboard->placing) != WALL_PLACING_IDLE;
  gboolean had_rows = wall_order_get_length (scene->order) > 0;

  take_moment (wallboard);
  /* A first picture just appears: fading it in over "nothing heard yet" would blur both. */
  if (wall_order_follow (scene->order, wallboard->model, scene->monotonic_us, is_frozen) && had_rows)
    wall_region_cross_fade (WALL_REGION (wallboard->queue));
  wall_sites_follow (scene->sites, wallboard->model, &scene->view);
  follow_time (wallboard);
  fit (wallboard);
  ask_fits (wallboard);
  wall_news_follow (scene->news, wallboard->model, scene->layout.n_news);
  schedule_fade (wallboard);
  schedule_tick (wallboard);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WallBoard *wallboard = WALL_BOARD (widget);
  guint areas;

  if (wall_region_is_fading (WALL_REGION (wallboard->queue)))
    wall_turns_ask (&wallboard->turns, 1u << WALL_AREA_QUEUE, g_get_monotonic_time ());
  /* what changed may be out of sight: the next area has its turn */
  do
    areas = wall_turns_take (&wallboard->turns, g_get_monotonic_time ());
  while (areas != 0 && !refresh_areas (wallboard, areas));
  if (areas != 0)
    return G_SOURCE_CONTINUE;
  wallboard->frame = 0;
  return G_SOURCE_REMOVE;
}

static void
await_frame (WallBoard *wallboard)
{
  if (wallboard->frame == 0)
    wallboard->frame = gtk_widget_add_tick_callback (GTK_WIDGET (wallboard), on_frame, NULL, NULL);
}

static void
show_all (WallBoard *wallboard)
{
  refresh_areas (wallboard, WALL_AREAS_ALL);
  wallboard->is_redrawn = FALSE;
  wallboard->turns = (WallTurns){ .drawn_us = g_get_monotonic_time () };
  if (wall_region_is_fading (WALL_REGION (wallboard->queue)))
    await_frame (wallboard);
}

static void
follow_and_ask (WallBoard *wallboard, guint areas)
{
  follow (wallboard);
  if (wallboard->is_redrawn)
    {
      show_all (wallboard);
      return;
    }
  wall_turns_ask (&wallboard->turns, areas, g_get_monotonic_time ());
  await_frame (wallboard);
}

void
wall_board_on_changed (WallBoard *wallboard)
{
  follow_and_ask (wallboard, WALL_AREAS_ALL);
}

void
wall_board_refresh (WallBoard *wallboard)
{
  follow (wallboard);
  show_all (wallboard);
}

gint64
wall_board_get_behind_us (WallBoard *wallboard)
{
  return wall_turns_get_oldest_us (&wallboard->turns);
}

void
wall_board_redraw (WallBoard *wallboard)
{
  wallboard->is_redrawn = TRUE;
  wall_board_refresh (wallboard);
}
