/* board-wallboard-acts.c: what the wallboard's keys do, and the sheets they open.
 *
 * Owns nothing. A key tells the placing or opens a sheet; what becomes of it is shown when the
 * model has it. Answers that come when the wallboard is gone are dropped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-wallboard-private.h"

#include "board-region.h"

void
board_wallboard_fill_page (BoardWallboard *wallboard, BoardQueuePage *page)
{
  board_queue_page_fill (page, wallboard->scene.order, wallboard->model, wallboard->placing,
                         wallboard->scene.layout.queue.height);
}

static void
ask_pin (BoardWallboard *wallboard)
{
  const BoardChoice *choice = board_placing_peek_choice (wallboard->placing);
  const BoardReferral *referral = board_model_find_referral (wallboard->model, choice->referral);
  const BoardUnit *unit = board_model_find_unit (wallboard->model, choice->unit);
  g_autofree char *what = g_strdup_printf (
      "%s%s%s to %s", choice->referral, referral != NULL ? ", from " : "",
      referral != NULL ? referral->home : "", unit != NULL ? unit->name : choice->unit);

  gtk_widget_set_visible (wallboard->pin, TRUE);
  board_pin_ask (BOARD_PIN (wallboard->pin), what, board_placing_peek_user (wallboard->placing),
                 board_placing_peek_words (wallboard->placing));
}

static void
on_placing_changed (BoardPlacing *placing, gpointer user_data)
{
  BoardWallboard *wallboard = user_data;
  gboolean asks = board_placing_get_state (placing) == BOARD_PLACING_ASKING;

  if (asks)
    ask_pin (wallboard);
  else if (gtk_widget_get_visible (wallboard->pin))
    {
      gtk_widget_set_visible (wallboard->pin, FALSE);
      gtk_widget_grab_focus (wallboard->queue);
    }
  board_wallboard_refresh (wallboard);
}

static void
on_pin_given (BoardPin *pin, const char *user, const char *code, gpointer user_data)
{
  board_placing_submit (BOARD_WALLBOARD (user_data)->placing, user, code);
}

static void
on_pin_cancelled (BoardPin *pin, gpointer user_data)
{
  board_placing_cancel (BOARD_WALLBOARD (user_data)->placing);
}

/* The answer may come when the wallboard is gone. */
static void
on_why (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (BoardWallboard) wallboard = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (wallboard == NULL)
    return;
  if (error != NULL)
    board_why_fail (wallboard->scene.why, error);
  else if (result != NULL && JSON_NODE_HOLDS_OBJECT (result))
    board_why_take (wallboard->scene.why, json_node_get_object (result));
  board_region_refresh (BOARD_REGION (wallboard->why));
}

void
board_wallboard_pick (BoardWallboard *wallboard, guint number)
{
  g_autofree BoardQueuePage *page = g_new (BoardQueuePage, 1);
  BoardChoice choice;

  board_wallboard_fill_page (wallboard, page);
  if (wallboard->scene.line == BOARD_LINE_LIVE && board_queue_page_choose (page, number, &choice))
    board_placing_pick (wallboard->placing, &choice);
}

void
board_wallboard_confirm (BoardWallboard *wallboard)
{
  board_placing_confirm (wallboard->placing);
}

gboolean
board_wallboard_back (BoardWallboard *wallboard)
{
  if (gtk_widget_get_visible (wallboard->why) || gtk_widget_get_visible (wallboard->keys))
    {
      gtk_widget_set_visible (wallboard->why, FALSE);
      gtk_widget_set_visible (wallboard->keys, FALSE);
      return TRUE;
    }
  if (board_placing_get_state (wallboard->placing) == BOARD_PLACING_IDLE)
    return FALSE;
  board_placing_cancel (wallboard->placing);
  return TRUE;
}

void
board_wallboard_explain (BoardWallboard *wallboard)
{
  g_autofree BoardQueuePage *page = g_new (BoardQueuePage, 1);
  const BoardPageRow *row;
  g_autofree char *params = NULL;
  GWeakRef *weak;

  board_wallboard_fill_page (wallboard, page);
  row = board_queue_page_find_why (page);
  if (row == NULL)
    return;
  board_why_ask (wallboard->scene.why, row->code);
  params = g_strdup_printf ("{\"referral\":\"%s\"}", row->code);
  gtk_widget_set_visible (wallboard->why, TRUE);
  board_region_refresh (BOARD_REGION (wallboard->why));
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, wallboard);
  wallboard->source.call ("bed.find", params, on_why, weak, wallboard->source.user_data);
}

void
board_wallboard_show_keys (BoardWallboard *wallboard)
{
  gtk_widget_set_visible (wallboard->keys, TRUE);
  board_region_refresh (BOARD_REGION (wallboard->keys));
}

void
board_wallboard_toggle_letters (BoardWallboard *wallboard)
{
  wallboard->scene.shows_letters = !wallboard->scene.shows_letters;
  wallboard->is_redrawn = TRUE;
  board_wallboard_refresh (wallboard);
}

void
board_wallboard_scroll (BoardWallboard *wallboard, int rows)
{
  g_autofree BoardQueuePage *page = g_new (BoardQueuePage, 1);

  board_wallboard_fill_page (wallboard, page);
  if (ABS (rows) == G_MAXINT)
    rows = (rows > 0 ? 1 : -1) * (int)MAX (page->n_rows, 1);
  board_order_scroll (wallboard->scene.order, rows, page->n_rows);
  board_region_refresh (BOARD_REGION (wallboard->queue));
}

gboolean
board_wallboard_has_sheet (BoardWallboard *wallboard)
{
  return gtk_widget_get_visible (wallboard->why) || gtk_widget_get_visible (wallboard->keys)
         || gtk_widget_get_visible (wallboard->pin);
}

GtkWidget *
board_wallboard_peek_pin (BoardWallboard *wallboard)
{
  return wallboard->pin;
}

void
board_wallboard_connect_sheets (BoardWallboard *wallboard)
{
  g_signal_connect_object (wallboard->pin, "given", G_CALLBACK (on_pin_given), wallboard, 0);
  g_signal_connect_object (wallboard->pin, "cancelled", G_CALLBACK (on_pin_cancelled), wallboard,
                           0);
  g_signal_connect_object (wallboard->placing, "changed", G_CALLBACK (on_placing_changed),
                           wallboard, 0);
}
