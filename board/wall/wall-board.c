/* wall-board.c: lays the regions out, and draws again what has changed: each second at most
 * the clock, the queue and the tiles whose minute has turned.
 *
 * Owns the scene, its regions and sheets and three sources: the second's tick, the end of the
 * highlights and the PIN panel's letters. It holds no truth: model and placing do, and a key only
 * tells them. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "wall-actions.h"
#include "wall-region.h"
#include "../board-time.h"

#include "common/bed-time.h"

#include <string.h>

#define FRAME_MS 33

G_DEFINE_FINAL_TYPE (WallBoard, wall_board, GTK_TYPE_WIDGET)

/* --- what is shown --- */

/* Differs whenever a tile looks different. */
static guint64
stamp_unit (const WallScene *scene, const BoardUnit *unit)
{
  gint64 left_us = unit->hold_until_us - scene->now_us;
  gboolean counts_seconds = unit->hold_until_us != 0 && left_us < 2 * BED_MINUTE_US && left_us > 0;
  guint64 stamp = (guint64)unit->changed_us;

  stamp = stamp * 31 + (guint64)(scene->now_us / (counts_seconds ? BED_SECOND_US : BED_MINUTE_US));
  stamp = stamp * 31 + (guint64)((scene->now_us - unit->confirmed_us) / BED_MINUTE_US);
  stamp = stamp * 31 + (guint64)(MAX (left_us, 0) / BED_MINUTE_US);
  return stamp * 257 + (guint64)(wall_scene_get_highlight (scene, unit->changed_us) * 255);
}

static void
refresh_tiles (WallBoard *wallboard)
{
  const GPtrArray *units = board_model_peek_units (wallboard->model);

  for (guint i = 0; i < wallboard->tiles->len; i++)
    {
      guint64 *shown = &g_array_index (wallboard->stamps, guint64, i);
      guint64 stamp
          = i < units->len ? stamp_unit (&wallboard->scene, g_ptr_array_index (units, i)) : 0;

      if (stamp == *shown && !wallboard->is_redrawn)
        continue;
      *shown = stamp;
      wall_region_refresh (g_ptr_array_index (wallboard->tiles, i));
    }
}

/* One tile a unit shown, before the sheets, which lie on top. */
static void
match_tiles (WallBoard *wallboard)
{
  guint wanted = wallboard->scene.layout.n_tiles + (wallboard->scene.layout.has_more ? 1 : 0);

  wanted = MIN (wanted, board_model_peek_units (wallboard->model)->len);
  while (wallboard->tiles->len > wanted)
    {
      gtk_widget_unparent (g_ptr_array_index (wallboard->tiles, wallboard->tiles->len - 1));
      g_ptr_array_set_size (wallboard->tiles, (gint)wallboard->tiles->len - 1);
    }
  while (wallboard->tiles->len < wanted)
    {
      GtkWidget *tile
          = wall_region_new (&wall_tile_kind, &wallboard->scene, wallboard->tiles->len);

      gtk_widget_insert_before (tile, GTK_WIDGET (wallboard), wallboard->ticker);
      g_ptr_array_add (wallboard->tiles, tile);
    }
  g_array_set_size (wallboard->stamps, wanted);
}

static void
fit (WallBoard *wallboard)
{
  guint n_units = board_model_peek_units (wallboard->model)->len;
  WallLayout was = wallboard->scene.layout;

  wall_layout_fit (&wallboard->scene.layout,
                    MAX (gtk_widget_get_width (GTK_WIDGET (wallboard)), 1),
                    MAX (gtk_widget_get_height (GTK_WIDGET (wallboard)), 1), n_units);
  match_tiles (wallboard);
  if (memcmp (&was, &wallboard->scene.layout, sizeof was) == 0)
    return;
  wallboard->is_redrawn = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
}

static gboolean
on_fade (gpointer user_data)
{
  WallBoard *wallboard = user_data;

  wallboard->fade_source = 0;
  wall_board_refresh (wallboard);
  return G_SOURCE_REMOVE;
}

/* Wakes when the next highlight begins to fade, and each frame while one does. */
static void
schedule_fade (WallBoard *wallboard)
{
  const GPtrArray *units = board_model_peek_units (wallboard->model);
  gint64 wait_ms = G_MAXINT64;

  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);
      gint64 age_us = wallboard->scene.monotonic_us - unit->changed_us;

      if (wall_scene_get_highlight (&wallboard->scene, unit->changed_us) <= 0)
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
  wall_board_refresh (wallboard);
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

  if (wallboard->scene.line != BOARD_LINE_LIVE)
    return;
  wall_board_fill_page (wallboard, page);
  for (guint i = 0; i < page->n_rows; i++)
    if (page->rows[i].kind == BOARD_ROW_NO_BED)
      wall_fits_ask (wallboard->scene.fits, page->rows[i].code, wallboard->scene.monotonic_us);
}

static void
on_fit (gpointer user_data)
{
  wall_region_refresh (WALL_REGION (WALL_BOARD (user_data)->queue));
}

void
wall_board_refresh (WallBoard *wallboard)
{
  WallScene *scene = &wallboard->scene;
  BoardMoment moment;
  gboolean is_frozen = wall_placing_get_state (wallboard->placing) != WALL_PLACING_IDLE;
  gboolean had_rows = wall_order_get_length (scene->order) > 0;

  wallboard->source.get_moment (wallboard->source.user_data, &moment);
  scene->now_us = moment.now_us;
  scene->monotonic_us = moment.monotonic_us;
  scene->heard_us = moment.heard_us;
  scene->line = moment.line;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (wallboard)), "gtk-enable-animations",
                &scene->animates, NULL);
  /* A first picture just appears: fading it in over "nothing heard yet" would blur both. */
  if (wall_order_follow (scene->order, wallboard->model, moment.monotonic_us, is_frozen) && had_rows)
    wall_region_cross_fade (WALL_REGION (wallboard->queue));
  fit (wallboard);
  ask_fits (wallboard);
  wall_news_follow (scene->news, wallboard->model, scene->layout.n_news);
  wall_region_refresh (WALL_REGION (wallboard->header));
  wall_region_refresh (WALL_REGION (wallboard->band));
  wall_region_refresh (WALL_REGION (wallboard->queue));
  wall_region_refresh (WALL_REGION (wallboard->ticker));
  if (wallboard->is_redrawn)
    {
      wall_region_refresh (WALL_REGION (wallboard->legend));
      gtk_widget_queue_draw (GTK_WIDGET (wallboard));
    }
  refresh_tiles (wallboard);
  wallboard->is_redrawn = FALSE;
  schedule_fade (wallboard);
  schedule_tick (wallboard);
}

static void
on_model_changed (BoardModel *model, gpointer user_data)
{
  WallBoard *wallboard = user_data;

  wall_placing_see (wallboard->placing, board_model_get_revision (model));
  wall_board_refresh (wallboard);
}

/* --- the widget --- */

static gboolean
on_letters (gpointer user_data)
{
  WallBoard *wallboard = user_data;
  g_autofree char *css
      = g_strdup_printf ("wall-pin { font-size: %.1fpx; }", 22 * wallboard->letters_scale);

  wallboard->letters_source = 0;
  gtk_css_provider_load_from_data (wallboard->letters, css, -1);
  return G_SOURCE_REMOVE;
}

static void
place (WallBoard *wallboard, GtkWidget *child, const BoardRect *rect)
{
  double scale = wallboard->scene.layout.scale;
  GtkAllocation allocation
      = { (int)(rect->x * scale + 0.5), (int)(rect->y * scale + 0.5),
          MAX ((int)(rect->width * scale + 0.5), 1), MAX ((int)(rect->height * scale + 0.5), 1) };

  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
place_pin (WallBoard *wallboard, int width, int height)
{
  GtkAllocation allocation = { 0, 0, 0, 0 };
  int least = 0;

  if (!gtk_widget_should_layout (wallboard->pin))
    return;
  gtk_widget_measure (wallboard->pin, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  allocation.width = MAX (least, (int)(440 * wallboard->scene.layout.scale));
  gtk_widget_measure (wallboard->pin, GTK_ORIENTATION_VERTICAL, allocation.width,
                      &allocation.height, NULL, NULL, NULL);
  /* beside the queue, so that the picked row stays in sight */
  allocation.x = MAX ((int)(wallboard->scene.layout.queue.x * wallboard->scene.layout.scale)
                          - allocation.width - (int)(24 * wallboard->scene.layout.scale),
                      0);
  allocation.y = MAX ((height - allocation.height) / 2, 0);
  gtk_widget_size_allocate (wallboard->pin, &allocation, -1);
}

static void
wall_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WallBoard *wallboard = WALL_BOARD (widget);
  WallLayout *layout = &wallboard->scene.layout;
  BoardRect whole;

  wall_layout_fit (layout, MAX (width, 1), MAX (height, 1),
                    board_model_peek_units (wallboard->model)->len);
  match_tiles (wallboard);
  wallboard->is_redrawn = TRUE;
  whole = (BoardRect){ 0, 0, layout->width, layout->height };
  place (wallboard, wallboard->header, &layout->header);
  place (wallboard, wallboard->band, &layout->band);
  place (wallboard, wallboard->queue, &layout->queue);
  place (wallboard, wallboard->ticker, &layout->ticker);
  place (wallboard, wallboard->legend, &layout->legend);
  for (guint i = 0; i < wallboard->tiles->len; i++)
    {
      BoardRect rect = wall_layout_get_tile (layout, i);

      place (wallboard, g_ptr_array_index (wallboard->tiles, i), &rect);
    }
  if (gtk_widget_should_layout (wallboard->why))
    place (wallboard, wallboard->why, &whole);
  if (gtk_widget_should_layout (wallboard->keys))
    place (wallboard, wallboard->keys, &whole);
  place_pin (wallboard, width, height);
  if (layout->scale != wallboard->letters_scale && wallboard->letters_source == 0)
    wallboard->letters_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_letters, wallboard, NULL);
  wallboard->letters_scale = layout->scale;
}

static void
wall_board_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 360;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 1280 : 720;
}

static void
wall_board_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  gtk_snapshot_append_color (snapshot, &board_palette[BOARD_COLOUR_BG],
                             &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                                  (float)gtk_widget_get_height (widget)));
  GTK_WIDGET_CLASS (wall_board_parent_class)->snapshot (widget, snapshot);
}

static GtkWidget *
add (WallBoard *wallboard, const WallRegionKind *kind)
{
  GtkWidget *region = wall_region_new (kind, &wallboard->scene, 0);

  gtk_widget_set_parent (region, GTK_WIDGET (wallboard));
  return region;
}

static void
add_regions (WallBoard *wallboard)
{
  wallboard->queue = add (wallboard, &wall_queue_kind);
  wallboard->header = add (wallboard, &wall_header_kind);
  wallboard->band = add (wallboard, &wall_band_kind);
  wallboard->legend = add (wallboard, &wall_legend_kind);
  wallboard->ticker = add (wallboard, &wall_ticker_kind);
  wallboard->why = add (wallboard, &wall_why_kind);
  wallboard->keys = add (wallboard, &board_keys_kind);
  wallboard->pin = wall_pin_new ();
  gtk_widget_set_parent (wallboard->pin, GTK_WIDGET (wallboard));
  gtk_widget_set_visible (wallboard->why, FALSE);
  gtk_widget_set_visible (wallboard->keys, FALSE);
  gtk_widget_set_visible (wallboard->pin, FALSE);
  wall_board_connect_sheets (wallboard);
}

GtkWidget *
wall_board_new (BoardModel *model, WallPlacing *placing, const BoardSource *source)
{
  WallBoard *wallboard = g_object_new (WALL_TYPE_BOARD, NULL);

  wallboard->model = g_object_ref (model);
  wallboard->placing = g_object_ref (placing);
  wallboard->source = *source;
  wallboard->scene.model = model;
  wallboard->scene.placing = placing;
  wallboard->scene.fits = wall_fits_new (source, on_fit, wallboard);
  add_regions (wallboard);
  wall_actions_add (wallboard);
  g_signal_connect_object (model, "changed", G_CALLBACK (on_model_changed), wallboard, 0);
  wall_board_refresh (wallboard);
  return GTK_WIDGET (wallboard);
}

static void
wall_board_dispose (GObject *object)
{
  WallBoard *wallboard = WALL_BOARD (object);
  GtkWidget *child;

  g_clear_handle_id (&wallboard->tick_source, g_source_remove);
  g_clear_handle_id (&wallboard->fade_source, g_source_remove);
  g_clear_handle_id (&wallboard->letters_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (wallboard))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (wallboard->tiles, 0);
  g_clear_pointer (&wallboard->scene.fits, wall_fits_free);
  if (wallboard->letters != NULL)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (wallboard)),
                                                   GTK_STYLE_PROVIDER (wallboard->letters));
  g_clear_object (&wallboard->letters);
  G_OBJECT_CLASS (wall_board_parent_class)->dispose (object);
}

static void
wall_board_finalize (GObject *object)
{
  WallBoard *wallboard = WALL_BOARD (object);

  board_text_free (wallboard->scene.text);
  board_glyphs_free (wallboard->scene.glyphs);
  board_icons_free (wallboard->scene.icons);
  wall_order_free (wallboard->scene.order);
  g_free (wallboard->scene.why);
  g_free (wallboard->scene.news);
  g_ptr_array_unref (wallboard->tiles);
  g_array_unref (wallboard->stamps);
  g_clear_object (&wallboard->model);
  g_clear_object (&wallboard->placing);
  G_OBJECT_CLASS (wall_board_parent_class)->finalize (object);
}

static void
wall_board_class_init (WallBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wall_board_dispose;
  object_class->finalize = wall_board_finalize;
  widget_class->size_allocate = wall_board_size_allocate;
  widget_class->measure = wall_board_measure;
  widget_class->snapshot = wall_board_snapshot;
  gtk_widget_class_set_css_name (widget_class, "wall-board");
}

static void
wall_board_init (WallBoard *wallboard)
{
  WallScene *scene = &wallboard->scene;

  wallboard->tiles = g_ptr_array_new ();
  wallboard->stamps = g_array_new (FALSE, TRUE, sizeof (guint64));
  wallboard->letters = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (wallboard)),
                                              GTK_STYLE_PROVIDER (wallboard->letters),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  scene->text = board_text_new (gtk_widget_get_pango_context (GTK_WIDGET (wallboard)));
  scene->glyphs = board_glyphs_new (BOARD_THEME_DARK);
  scene->icons = board_icons_new (BOARD_THEME_DARK);
  scene->order = wall_order_new ();
  scene->why = g_new0 (WallWhy, 1);
  scene->news = g_new0 (WallNews, 1);
}
