/* wall-board-find.c: what / opens, and where it leads: the unit's page and tile, or the person's row.
 *
 * Owns nothing. What a filter hides is shown again when it was looked for. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "../board-i18n.h"
#include "wall-find.h"
#include "wall-finder.h"

#include <string.h>

static void
forget (WallView *view)
{
  view->found_unit[0] = 0;
  view->found_code[0] = 0;
}

/* The panel begins with this person if it did not show them. */
static void
scroll_to (WallBoard *wallboard, const char *code)
{
  WallOrder *order = wallboard->scene.order;
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  for (guint i = 0; i < wall_order_get_length (order); i++)
    if (g_str_equal (wall_order_peek_code (order, i), code))
      {
        wall_board_fill_page (wallboard, page);
        for (guint row = 0; row < page->n_rows; row++)
          if (g_str_equal (page->rows[row].code, code))
            return;
        wallboard->scrolled_us = wallboard->scene.monotonic_us;
        wall_order_scroll (order, (int)i - (int)wall_order_get_first (order), page->n_rows);
        return;
      }
}

static void
show_unit (WallBoard *wallboard, const char *id)
{
  WallScene *scene = &wallboard->scene;
  int slot = wall_sites_find (scene->sites, id);

  if (slot < 0)
    {
      scene->view.is_free_only = FALSE;
      scene->view.need = WALL_NEED_ANY;
      scene->view.is_big = FALSE;
      wall_board_refresh (wallboard);
      slot = wall_sites_find (scene->sites, id);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
  if (slot >= 0)
    wallboard->slot = (guint)slot;
}

static void
on_sought (WallFinder *finder, const char *words, gpointer user_data)
{
  WallBoard *wallboard = user_data;
  WallView *view = &wallboard->scene.view;
  const BoardUnit *unit;
  g_autofree char *told = NULL;
  WallFound found;

  wall_board_touch (wallboard);
  wall_find (wallboard->model, words, view->privacy, &found);
  forget (view);
  switch (found.kind)
    {
    case WALL_FOUND_NOTHING:
      told = g_strdup (*words != 0 ? _ ("Nothing found") : _ ("A unit, a code or an outward code"));
      break;
    case WALL_FOUND_UNIT:
      unit = board_model_find_unit (wallboard->model, found.unit);
      told = g_strdup (unit != NULL ? unit->name : found.unit);
      memcpy (view->found_unit, found.unit, sizeof view->found_unit);
      show_unit (wallboard, found.unit);
      break;
    case WALL_FOUND_PERSON:
      told = g_strdup (found.code);
      memcpy (view->found_code, found.code, sizeof view->found_code);
      scroll_to (wallboard, found.code);
      break;
    }
  if (found.n_others > 0)
    {
      g_autofree char *first = g_steal_pointer (&told);

      told = g_strdup_printf (ngettext ("%s, and %u other", "%s, and %u others", found.n_others), first,
                              found.n_others);
    }
  wall_finder_tell (finder, told);
  wall_board_redraw (wallboard);
}

void
wall_board_close_finder (WallBoard *wallboard)
{
  gtk_widget_set_visible (wallboard->finder, FALSE);
  if (wallboard->scene.view.found_unit[0] != 0)
    wall_board_focus_slot (wallboard, wallboard->slot);
  else
    gtk_widget_grab_focus (wallboard->queue);
  wall_board_redraw (wallboard);
}

static void
on_taken (WallFinder *finder, gpointer user_data)
{
  WallBoard *wallboard = user_data;

  wall_board_touch (wallboard);
  wall_board_close_finder (wallboard);
}

static void
on_left (WallFinder *finder, gpointer user_data)
{
  WallBoard *wallboard = user_data;

  forget (&wallboard->scene.view);
  wall_board_close_finder (wallboard);
}

void
wall_board_open_finder (WallBoard *wallboard)
{
  forget (&wallboard->scene.view);
  gtk_widget_set_visible (wallboard->finder, TRUE);
  wall_finder_open (WALL_FINDER (wallboard->finder), wallboard->is_touched);
  wall_board_redraw (wallboard);
}

GtkWidget *
wall_board_peek_finder (WallBoard *wallboard)
{
  return wallboard->finder;
}

void
wall_board_connect_finder (WallBoard *wallboard)
{
  g_signal_connect_object (wallboard->finder, "sought", G_CALLBACK (on_sought), wallboard, 0);
  g_signal_connect_object (wallboard->finder, "taken", G_CALLBACK (on_taken), wallboard, 0);
  g_signal_connect_object (wallboard->finder, "left", G_CALLBACK (on_left), wallboard, 0);
}
