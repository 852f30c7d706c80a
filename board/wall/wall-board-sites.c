/* wall-board-sites.c: the wallboard's tiles: one a slot of the page, and how keys move among them.
 *
 * Owns nothing. Which unit stands in a slot WallSites says; a tile is drawn again when it would look
 * different. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "../board-i18n.h"
#include "common/bed-time.h"

/* Differs whenever a tile looks different. */
static guint64
stamp_unit (const WallScene *scene, const BoardUnit *unit)
{
  gint64 left_us = unit->hold_until_us - scene->now_us;
  gboolean counts_seconds = unit->hold_until_us != 0 && left_us < 2 * BED_MINUTE_US && left_us > 0;
  guint64 stamp = (guint64)unit->changed_us + g_str_hash (unit->id);

  stamp = stamp * 31 + (guint64)(scene->now_us / (counts_seconds ? BED_SECOND_US : BED_MINUTE_US));
  stamp = stamp * 31 + (guint64)((scene->now_us - unit->confirmed_us) / BED_MINUTE_US);
  stamp = stamp * 31 + (guint64)(MAX (left_us, 0) / BED_MINUTE_US);
  stamp = stamp * 31 + (wall_scene_is_used (scene) ? 1 : 0);
  return stamp * 257 + (guint64)(wall_scene_get_highlight (scene, unit->changed_us) * 255);
}

gboolean
wall_board_refresh_tiles (WallBoard *wallboard)
{
  gboolean is_drawn = FALSE;

  for (guint i = 0; i < wallboard->tiles->len; i++)
    {
      guint64 *shown = &g_array_index (wallboard->stamps, guint64, i);
      const BoardUnit *unit = wall_scene_peek_site (&wallboard->scene, i);
      guint64 stamp = unit != NULL ? stamp_unit (&wallboard->scene, unit) : 0;

      if (stamp == *shown && !wallboard->is_redrawn)
        continue;
      /* a slot is empty or not with its page */
      if ((stamp == 0) != (*shown == 0))
        gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
      *shown = stamp;
      wall_region_refresh (g_ptr_array_index (wallboard->tiles, i));
      is_drawn = TRUE;
    }
  if (wall_board_find_focus (wallboard) >= 0
      && wall_sites_peek (wallboard->scene.sites, (guint)wall_board_find_focus (wallboard)) == NULL)
    wall_board_focus_slot (wallboard, 0);
  return is_drawn;
}

void
wall_board_match_tiles (WallBoard *wallboard)
{
  guint wanted = wallboard->scene.layout.n_tiles;

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

const char *
wall_board_peek_unit (WallBoard *wallboard, guint slot)
{
  return wall_sites_peek (wallboard->scene.sites, slot);
}

/* --- focus --- */

int
wall_board_find_focus (WallBoard *wallboard)
{
  for (guint i = 0; i < wallboard->tiles->len; i++)
    if (gtk_widget_is_focus (g_ptr_array_index (wallboard->tiles, i)))
      return (int)i;
  return -1;
}

void
wall_board_focus_slot (WallBoard *wallboard, guint slot)
{
  while (slot > 0 && wall_sites_peek (wallboard->scene.sites, slot) == NULL)
    slot--;
  if (slot >= wallboard->tiles->len || wall_sites_peek (wallboard->scene.sites, slot) == NULL)
    {
      gtk_widget_grab_focus (wallboard->queue);
      return;
    }
  wallboard->slot = slot;
  gtk_widget_grab_focus (g_ptr_array_index (wallboard->tiles, slot));
}

void
wall_board_move_zone (WallBoard *wallboard, int by)
{
  enum
  {
    QUEUE,
    SITES,
    TICKER,
    N_ZONES
  };
  int zone = wall_board_find_focus (wallboard) >= 0             ? SITES
             : gtk_widget_is_focus (wallboard->ticker) ? TICKER
                                                       : QUEUE;

  zone = (zone + by + N_ZONES) % N_ZONES;
  /* a public board has units only, a big one no ticker */
  if (wall_board_is_public (wallboard))
    zone = SITES;
  else if (zone == TICKER && wallboard->scene.layout.ticker.width <= 0)
    zone = by > 0 ? QUEUE : SITES;
  if (zone == SITES)
    wall_board_focus_slot (wallboard, wallboard->slot);
  else
    gtk_widget_grab_focus (zone == QUEUE ? wallboard->queue : wallboard->ticker);
  wall_board_redraw (wallboard);
}

static void
turn_to (WallBoard *wallboard, int pages, guint slot)
{
  if (!wall_sites_turn (wallboard->scene.sites, pages))
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
  wall_board_redraw (wallboard);
  wall_board_focus_slot (wallboard, slot);
}

void
wall_board_move (WallBoard *wallboard, int across, int down)
{
  int slot = wall_board_find_focus (wallboard);
  int columns = (int)wallboard->scene.layout.columns;
  int next = slot + across + down * columns;

  if (slot < 0)
    {
      wall_board_scroll (wallboard, down);
      return;
    }
  if (next < 0 && across != 0)
    turn_to (wallboard, -1, wallboard->tiles->len - 1);
  else if (next >= 0 && wall_sites_peek (wallboard->scene.sites, (guint)next) != NULL)
    wall_board_focus_slot (wallboard, (guint)next);
  else if (across > 0)
    turn_to (wallboard, 1, 0);
  wall_board_redraw (wallboard);
}

void
wall_board_turn_units (WallBoard *wallboard, int pages)
{
  int slot = wall_board_find_focus (wallboard);

  turn_to (wallboard, pages, slot >= 0 ? (guint)slot : 0);
}

void
wall_board_turn (WallBoard *wallboard, int pages)
{
  if (wall_board_find_focus (wallboard) >= 0 || wall_board_is_public (wallboard))
    wall_board_turn_units (wallboard, pages);
  else
    wall_board_scroll (wallboard, pages > 0 ? G_MAXINT : -G_MAXINT);
}

/* --- what is left out --- */

void
wall_board_toggle_letters (WallBoard *wallboard)
{
  wallboard->scene.shows_letters = !wallboard->scene.shows_letters;
  wall_board_redraw (wallboard);
}

void
wall_board_toggle_free (WallBoard *wallboard)
{
  wallboard->scene.view.is_free_only = !wallboard->scene.view.is_free_only;
  wall_board_redraw (wallboard);
}

void
wall_board_toggle_big (WallBoard *wallboard)
{
  if (wall_board_is_public (wallboard))
    return;
  wallboard->scene.view.is_big = !wallboard->scene.view.is_big;
  wall_order_scroll (wallboard->scene.order, -G_MAXINT / 2, 1);
  wall_board_redraw (wallboard);
}

void
wall_board_choose_need (WallBoard *wallboard, gboolean is_next)
{
  WallView *view = &wallboard->scene.view;

  if (wall_board_is_public (wallboard))
    return;
  if (is_next && wall_sites_find_need (wallboard->model, WALL_NEED_ANY) == WALL_NEED_ANY)
    wall_board_notice (wallboard, _ ("No need that a free bed meets"));
  view->need = is_next ? wall_sites_find_need (wallboard->model, view->need) : WALL_NEED_ANY;
  wall_board_redraw (wallboard);
}

void
wall_board_set_order (WallBoard *wallboard, BoardOrder order)
{
  wallboard->scene.view.order = order;
  wall_board_redraw (wallboard);
}

void
wall_board_toggle_order (WallBoard *wallboard)
{
  wall_board_set_order (wallboard, wallboard->scene.view.order == BOARD_ORDER_AREA ? BOARD_ORDER_DISTANCE
                                                                               : BOARD_ORDER_AREA);
}
