/* wall-board-acts.c: what the wallboard's keys do, and the sheets they open.
 *
 * Owns nothing. A key tells the placing or opens a sheet; what becomes of it is shown when the
 * model has it. Answers that come when the wallboard is gone are dropped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "wall-region.h"

void
wall_board_fill_page (WallBoard *wallboard, WallQueuePage *page)
{
  wall_queue_page_fill (page, wallboard->scene.order, wallboard->model, wallboard->placing,
                         wallboard->scene.layout.queue.height);
}

static void
ask_pin (WallBoard *wallboard)
{
  const WallChoice *choice = wall_placing_peek_choice (wallboard->placing);
  const BoardReferral *referral = board_model_find_referral (wallboard->model, choice->referral);
  const BoardUnit *unit = board_model_find_unit (wallboard->model, choice->unit);
  g_autofree char *what = g_strdup_printf (
      "%s%s%s to %s", choice->referral, referral != NULL ? ", from " : "",
      referral != NULL ? referral->home : "", unit != NULL ? unit->name : choice->unit);

  gtk_widget_set_visible (wallboard->pin, TRUE);
  wall_pin_ask (WALL_PIN (wallboard->pin), what, wall_placing_peek_user (wallboard->placing),
                 wall_placing_peek_words (wallboard->placing));
}

static void
on_placing_changed (WallPlacing *placing, gpointer user_data)
{
  WallBoard *wallboard = user_data;
  gboolean asks = wall_placing_get_state (placing) == WALL_PLACING_ASKING;

  if (asks)
    ask_pin (wallboard);
  else if (gtk_widget_get_visible (wallboard->pin))
    {
      gtk_widget_set_visible (wallboard->pin, FALSE);
      gtk_widget_grab_focus (wallboard->queue);
    }
  wall_board_refresh (wallboard);
}

static void
on_pin_given (WallPin *pin, const char *user, const char *code, gpointer user_data)
{
  wall_placing_submit (WALL_BOARD (user_data)->placing, user, code);
}

static void
on_pin_cancelled (WallPin *pin, gpointer user_data)
{
  wall_placing_cancel (WALL_BOARD (user_data)->placing);
}

/* The answer may come when the wallboard is gone. */
static void
on_why (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (WallBoard) wallboard = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (wallboard == NULL)
    return;
  if (error != NULL)
    wall_why_fail (wallboard->scene.why, error);
  else if (result != NULL && JSON_NODE_HOLDS_OBJECT (result))
    wall_why_take (wallboard->scene.why, json_node_get_object (result));
  wall_region_refresh (WALL_REGION (wallboard->why));
}

void
wall_board_pick (WallBoard *wallboard, guint number)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);
  WallChoice choice;

  wall_board_fill_page (wallboard, page);
  if (wallboard->scene.line == BOARD_LINE_LIVE && wall_queue_page_choose (page, number, &choice))
    wall_placing_pick (wallboard->placing, &choice);
}

void
wall_board_confirm (WallBoard *wallboard)
{
  wall_placing_confirm (wallboard->placing);
}

gboolean
wall_board_back (WallBoard *wallboard)
{
  if (gtk_widget_get_visible (wallboard->why) || gtk_widget_get_visible (wallboard->keys))
    {
      gtk_widget_set_visible (wallboard->why, FALSE);
      gtk_widget_set_visible (wallboard->keys, FALSE);
      return TRUE;
    }
  if (wall_placing_get_state (wallboard->placing) == WALL_PLACING_IDLE)
    return FALSE;
  wall_placing_cancel (wallboard->placing);
  return TRUE;
}

void
wall_board_explain (WallBoard *wallboard)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);
  const BoardPageRow *row;
  g_autofree char *params = NULL;
  GWeakRef *weak;

  wall_board_fill_page (wallboard, page);
  row = wall_queue_page_find_why (page);
  if (row == NULL)
    return;
  wall_why_ask (wallboard->scene.why, row->code);
  params = g_strdup_printf ("{\"referral\":\"%s\"}", row->code);
  gtk_widget_set_visible (wallboard->why, TRUE);
  wall_region_refresh (WALL_REGION (wallboard->why));
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, wallboard);
  wallboard->source.call ("bed.find", params, on_why, weak, wallboard->source.user_data);
}

void
wall_board_show_keys (WallBoard *wallboard)
{
  gtk_widget_set_visible (wallboard->keys, TRUE);
  wall_region_refresh (WALL_REGION (wallboard->keys));
}

void
wall_board_toggle_letters (WallBoard *wallboard)
{
  wallboard->scene.shows_letters = !wallboard->scene.shows_letters;
  wallboard->is_redrawn = TRUE;
  wall_board_refresh (wallboard);
}

void
wall_board_scroll (WallBoard *wallboard, int rows)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  wall_board_fill_page (wallboard, page);
  if (ABS (rows) == G_MAXINT)
    rows = (rows > 0 ? 1 : -1) * (int)MAX (page->n_rows, 1);
  wall_order_scroll (wallboard->scene.order, rows, page->n_rows);
  wall_region_refresh (WALL_REGION (wallboard->queue));
}

gboolean
wall_board_has_sheet (WallBoard *wallboard)
{
  return gtk_widget_get_visible (wallboard->why) || gtk_widget_get_visible (wallboard->keys)
         || gtk_widget_get_visible (wallboard->pin);
}

GtkWidget *
wall_board_peek_pin (WallBoard *wallboard)
{
  return wallboard->pin;
}

void
wall_board_connect_sheets (WallBoard *wallboard)
{
  g_signal_connect_object (wallboard->pin, "given", G_CALLBACK (on_pin_given), wallboard, 0);
  g_signal_connect_object (wallboard->pin, "cancelled", G_CALLBACK (on_pin_cancelled), wallboard,
                           0);
  g_signal_connect_object (wallboard->placing, "changed", G_CALLBACK (on_placing_changed),
                           wallboard, 0);
}
