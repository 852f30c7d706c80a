/* wall-board.c: the window's widget: it lays the regions out, dims them at night, and lets them go.
 *
 * Owns the scene, its regions and sheets, and the source of the PIN panel's letters. It holds no truth:
 * model and placing do, and a key only tells them. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "wall-actions.h"
#include "wall-finder.h"
#include "wall-night.h"
#include "wall-pin.h"

G_DEFINE_FINAL_TYPE (WallBoard, wall_board, GTK_TYPE_WIDGET)

static gboolean
on_letters (gpointer user_data)
{
  WallBoard *wallboard = user_data;
  g_autofree char *css
      = g_strdup_printf ("wall-pin, wall-finder { font-size: %.1fpx; }", 22 * wallboard->letters_scale);

  wallboard->letters_source = 0;
  gtk_css_provider_load_from_data (wallboard->letters, css, -1);
  return G_SOURCE_REMOVE;
}

/* An empty rectangle hides it. */
static void
place (WallBoard *wallboard, GtkWidget *child, const BoardRect *rect)
{
  double scale = wallboard->scene.layout.scale;
  GtkAllocation allocation
      = { (int)(rect->x * scale + 0.5) + wallboard->shift_across,
          (int)(rect->y * scale + 0.5) + wallboard->shift_down,
          MAX ((int)(rect->width * scale + 0.5), 1), MAX ((int)(rect->height * scale + 0.5), 1) };

  gtk_widget_set_child_visible (child, rect->width > 0);
  gtk_widget_size_allocate (child, &allocation, -1);
}

/* As large as it wants to be and at least wide board pixels, its right end and its middle there. */
static void
place_panel (WallBoard *wallboard, GtkWidget *panel, double wide, double right, double middle)
{
  double scale = wallboard->scene.layout.scale;
  GtkAllocation allocation = { 0, 0, 0, 0 };
  int height = gtk_widget_get_height (GTK_WIDGET (wallboard));
  int least = 0;

  if (!gtk_widget_should_layout (panel))
    return;
  gtk_widget_measure (panel, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  allocation.width = MAX (least, (int)(wide * scale));
  gtk_widget_measure (panel, GTK_ORIENTATION_VERTICAL, allocation.width, &allocation.height, NULL,
                      NULL, NULL);
  allocation.x = MAX ((int)(right * scale) - allocation.width, 0);
  allocation.y = CLAMP ((int)(middle * scale) - allocation.height / 2, 0,
                        MAX (height - allocation.height, 0));
  gtk_widget_size_allocate (panel, &allocation, -1);
}

static void
place_sheets (WallBoard *wallboard, int width, int height)
{
  const WallLayout *layout = &wallboard->scene.layout;
  GtkAllocation whole = { 0, 0, width, height };

  for (guint i = 0; i < WALL_N_SHEETS; i++)
    if (gtk_widget_should_layout (wallboard->sheets[i]))
      gtk_widget_size_allocate (wallboard->sheets[i], &whole, -1);
  /* beside the queue, so that the picked row stays in sight */
  place_panel (wallboard, wallboard->pin, 440, layout->queue.x - 24, layout->height / 2);
  /* over the last day's curve: whatever is found stays in sight */
  place_panel (wallboard, wallboard->finder, 620, layout->width - BOARD_MARGIN - 8,
               layout->band.y + layout->band.height / 2);
}

static void
wall_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WallBoard *wallboard = WALL_BOARD (widget);
  WallLayout *layout = &wallboard->scene.layout;

  wall_board_fit (wallboard, width, height);
  wallboard->is_redrawn = TRUE;
  place (wallboard, wallboard->header, &layout->header);
  place (wallboard, wallboard->band, &layout->band);
  place (wallboard, wallboard->note, &layout->note);
  place (wallboard, wallboard->queue, &layout->queue);
  place (wallboard, wallboard->ticker, &layout->ticker);
  place (wallboard, wallboard->legend, &layout->legend);
  for (guint i = 0; i < wallboard->tiles->len; i++)
    {
      BoardRect rect = wall_layout_get_tile (layout, i);

      if (wall_sites_peek (wallboard->scene.sites, i) == NULL)
        rect.width = 0;
      place (wallboard, g_ptr_array_index (wallboard->tiles, i), &rect);
    }
  place_sheets (wallboard, width, height);
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
snapshot_by_day (GtkWidget *widget, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  gtk_snapshot_append_color (snapshot, &board_palette[BOARD_COLOUR_BG], bounds);
  GTK_WIDGET_CLASS (wall_board_parent_class)->snapshot (widget, snapshot);
}

/* At night the brightest is cut off, and what is left is dimmed. */
static void
wall_board_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  double night = WALL_BOARD (widget)->night;
  float cap = (float)wall_night_get_cap (night);
  GdkRGBA shade = { 0, 0, 0, (float)(1 - wall_night_get_factor (night)) };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                               (float)gtk_widget_get_height (widget));

  if (night <= 0)
    {
      snapshot_by_day (widget, snapshot, &bounds);
      return;
    }
  gtk_snapshot_push_blend (snapshot, GSK_BLEND_MODE_DARKEN);
  snapshot_by_day (widget, snapshot, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ cap, cap, cap, 1 }, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &shade, &bounds);
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
  static const WallRegionKind *const kinds[WALL_N_SHEETS] = {
    [WALL_SHEET_WHY] = &wall_why_kind,
    [WALL_SHEET_KEYS] = &wall_keys_kind,
    [WALL_SHEET_UNIT] = &wall_unit_kind,
    [WALL_SHEET_STALE] = &wall_stale_kind,
  };

  wallboard->queue = add (wallboard, &wall_queue_kind);
  wallboard->header = add (wallboard, &wall_header_kind);
  wallboard->band = add (wallboard, &wall_band_kind);
  wallboard->note = add (wallboard, &wall_note_kind);
  wallboard->legend = add (wallboard, &wall_legend_kind);
  wallboard->ticker = add (wallboard, &wall_ticker_kind);
  for (guint i = 0; i < WALL_N_SHEETS; i++)
    {
      wallboard->sheets[i] = add (wallboard, kinds[i]);
      gtk_widget_set_visible (wallboard->sheets[i], FALSE);
    }
  wallboard->pin = wall_pin_new ();
  gtk_widget_set_parent (wallboard->pin, GTK_WIDGET (wallboard));
  gtk_widget_set_visible (wallboard->pin, FALSE);
  wallboard->finder = wall_finder_new ();
  gtk_widget_set_parent (wallboard->finder, GTK_WIDGET (wallboard));
  gtk_widget_set_visible (wallboard->finder, FALSE);
  wall_board_connect_sheets (wallboard);
  wall_board_connect_finder (wallboard);
}

GtkWidget *
wall_board_new (BoardContext *context)
{
  WallBoard *wallboard = g_object_new (WALL_TYPE_BOARD, NULL);

  wallboard->context = g_object_ref (context);
  wallboard->model = g_object_ref (board_context_get_model (context));
  wallboard->placing = wall_placing_new (context);
  wallboard->scene.model = wallboard->model;
  wallboard->scene.placing = wallboard->placing;
  wallboard->scene.fits = wall_fits_new (board_context_peek_source (context), wall_board_on_fit, wallboard);
  add_regions (wallboard);
  wall_actions_add (wallboard);
  g_signal_connect_object (wallboard->model, "changed", G_CALLBACK (wall_board_on_changed), wallboard,
                           G_CONNECT_SWAPPED);
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
  wall_sites_free (wallboard->scene.sites);
  g_free (wallboard->scene.why);
  g_free (wallboard->scene.news);
  g_ptr_array_unref (wallboard->tiles);
  g_array_unref (wallboard->stamps);
  g_clear_object (&wallboard->model);
  g_clear_object (&wallboard->placing);
  g_clear_object (&wallboard->context);
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
  scene->sites = wall_sites_new ();
  scene->view.need = WALL_NEED_ANY;
  wallboard->shifts = TRUE;
  scene->why = g_new0 (WallWhy, 1);
  scene->news = g_new0 (WallNews, 1);
}
