/* wall-board-touch.c: a finger on the wallboard: what lies under it, and which key that is.
 *
 * Owns nothing but what the finger came down on. It acts when it goes up, if the same thing is still
 * under it, and never on a person whose row has come under it within STEADY_US: whoever aimed at
 * somebody else would place the wrong one. Every place to touch is at least 44 px high on the
 * smallest board. In a public corridor nothing but its keys is there to be touched. Cannot fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "../board-i18n.h"
#include "wall-actions.h"
#include "wall-sheet.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

#define STEADY_US (700 * G_GINT64_CONSTANT (1000)) /* from seeing a row to touching it */
#define REACH 14.0                                 /* beyond a narrow region */
#define PAGE_REACH 340.0                           /* the dots, and what they say */

static gboolean
is_within (const BoardRect *rect, double x, double y, double reach)
{
  return rect->width > 0 && x >= rect->x && x < rect->x + rect->width && y >= rect->y - reach
         && y < rect->y + rect->height + reach;
}

static gboolean
is_on (GtkWidget *panel, double x, double y)
{
  GtkWidget *parent = gtk_widget_get_parent (panel);
  graphene_rect_t bounds;

  return gtk_widget_get_visible (panel) && gtk_widget_compute_bounds (panel, parent, &bounds)
         && graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float)x, (float)y));
}

/* Sheets and panels take what is touched. TRUE: one is open. */
static gboolean
find_on_sheets (WallBoard *wallboard, double x, double y, WallSpot *spot)
{
  double scale = wallboard->scene.layout.scale;

  if (gtk_widget_get_visible (wallboard->pin) || is_on (wallboard->finder, x, y))
    return TRUE;
  if (gtk_widget_get_visible (wallboard->finder))
    {
      spot->kind = WALL_SPOT_BESIDE;
      return TRUE;
    }
  if (!wall_board_has_sheet (wallboard))
    return FALSE;
  spot->kind = WALL_SPOT_BESIDE;
  if (gtk_widget_get_visible (wallboard->sheets[WALL_SHEET_KEYS]))
    spot->key = wall_sheet_find_key (&wallboard->scene, x / scale, y / scale);
  return TRUE;
}

static void
find_in_queue (WallBoard *wallboard, double y, WallSpot *spot)
{
  const WallLayout *layout = &wallboard->scene.layout;
  double down = (y - layout->queue.y) / layout->zoom;
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  wall_board_fill_page (wallboard, page);
  for (guint i = 0; i < page->n_rows; i++)
    if (down >= page->rows[i].y && down < page->rows[i].y + page->rows[i].height)
      {
        spot->kind = WALL_SPOT_PERSON;
        memcpy (spot->id, page->rows[i].code, sizeof page->rows[i].code);
        return;
      }
  if (down >= layout->queue.height / layout->zoom - WALL_QUEUE_FOOT - 2 * REACH
      && (page->n_below > 0 || page->n_above > 0))
    {
      spot->kind = WALL_SPOT_MORE;
      spot->key = page->n_below > 0 ? GDK_KEY_Page_Down : GDK_KEY_Page_Up;
    }
}

static void
find_tile (WallBoard *wallboard, double x, double y, WallSpot *spot)
{
  for (guint i = 0; i < wallboard->tiles->len; i++)
    {
      BoardRect tile = wall_layout_get_tile (&wallboard->scene.layout, i);
      const char *id = wall_sites_peek (wallboard->scene.sites, i);

      if (id == NULL || !is_within (&tile, x, y, 0))
        continue;
      spot->kind = WALL_SPOT_UNIT;
      g_strlcpy (spot->id, id, sizeof spot->id);
    }
}

/* x_px, y_px of the window. */
static void
find_spot (WallBoard *wallboard, double x_px, double y_px, WallSpot *spot)
{
  const WallLayout *layout = &wallboard->scene.layout;
  double x = (x_px - wallboard->shift_across) / layout->scale;
  double y = (y_px - wallboard->shift_down) / layout->scale;
  double page_x = layout->note.x + layout->note.width - PAGE_REACH;

  memset (spot, 0, sizeof *spot);
  if (find_on_sheets (wallboard, x_px, y_px, spot))
    return;
  if (is_within (&layout->queue, x, y, 0))
    find_in_queue (wallboard, y, spot);
  else if (is_within (&layout->note, x, y, REACH) && x >= page_x && layout->n_pages > 1)
    spot->kind = WALL_SPOT_PAGE;
  else if (is_within (&layout->ticker, x, y, REACH))
    spot->key
        = wall_ticker_find_key (&wallboard->scene, layout->ticker.x + layout->ticker.width - x);
  else if (y < layout->band.y)
    spot->key = GDK_KEY_question;
  else if (!wall_board_is_public (wallboard))
    find_tile (wallboard, x, y, spot);
  if (spot->key != 0 && spot->kind == WALL_SPOT_NONE)
    spot->kind = WALL_SPOT_KEY;
}

/* --- what it does --- */

static gint64
get_now (WallBoard *wallboard)
{
  BoardMoment moment;

  board_context_get_moment (wallboard->context, &moment);
  return moment.monotonic_us;
}

/* The row was not there a moment ago. */
static gboolean
has_moved (WallBoard *wallboard, const char *code)
{
  WallOrder *order = wallboard->scene.order;
  gint64 since_us = get_now (wallboard) - STEADY_US;

  if (wallboard->scrolled_us != 0 && wallboard->scrolled_us > since_us)
    return TRUE;
  for (guint i = 0; i < wall_order_get_length (order); i++)
    if (g_str_equal (wall_order_peek_code (order, i), code))
      return wall_order_get_moved_us (order, i) > since_us;
  return TRUE;
}

/* Begun and not gone on with. */
static gboolean
is_picked (WallBoard *wallboard)
{
  WallPlacingState state = wall_placing_get_state (wallboard->placing);

  return state == WALL_PLACING_PICKED || state == WALL_PLACING_REFUSED;
}

static void
go_on (WallBoard *wallboard)
{
  wall_placing_confirm (wallboard->placing);
  /* nothing leads on: Enter is only the way back */
  if (wall_placing_get_state (wallboard->placing) == WALL_PLACING_REFUSED)
    wall_placing_cancel (wallboard->placing);
}

static void
press_row (WallBoard *wallboard, const BoardPageRow *row)
{
  WallChoice choice;

  if (row->kind == BOARD_ROW_NO_BED)
    wall_board_explain_person (wallboard, row->code);
  else if (!wall_queue_row_choose (row, &choice))
    return;
  else if (wallboard->scene.line != BOARD_LINE_LIVE)
    wall_board_notice (wallboard, _ ("Not live: no placing"));
  else
    {
      wall_placing_pick (wallboard->placing, &choice);
      wall_placing_confirm (wallboard->placing);
    }
}

static void
press_person (WallBoard *wallboard, const char *code)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  if (is_picked (wallboard)
      && g_str_equal (wall_placing_peek_choice (wallboard->placing)->referral, code))
    {
      go_on (wallboard);
      return;
    }
  wall_board_fill_page (wallboard, page);
  for (guint i = 0; i < page->n_rows; i++)
    if (g_str_equal (page->rows[i].code, code))
      {
        press_row (wallboard, &page->rows[i]);
        return;
      }
}

/* What was open is left; a key of the list does what it does. */
static void
press_beside (WallBoard *wallboard, guint key)
{
  if (gtk_widget_get_visible (wallboard->finder))
    wall_board_close_finder (wallboard);
  else
    wall_board_back (wallboard);
  if (key != 0)
    wall_actions_press (wallboard, key, FALSE);
}

static void
press_spot (WallBoard *wallboard, const WallSpot *spot)
{
  switch (spot->kind)
    {
    case WALL_SPOT_NONE:
      if (is_picked (wallboard))
        wall_board_back (wallboard);
      break;
    case WALL_SPOT_BESIDE:
      press_beside (wallboard, spot->key);
      break;
    case WALL_SPOT_PERSON:
      press_person (wallboard, spot->id);
      break;
    case WALL_SPOT_MORE:
      /* behind the last page comes the first: no finger is to be kept from the most urgent */
      wall_board_scroll (wallboard, spot->key == GDK_KEY_Page_Down
                                        ? G_MAXINT
                                        : -(int)wall_order_get_first (wallboard->scene.order));
      break;
    case WALL_SPOT_PAGE:
      wall_board_turn_units (wallboard, 1);
      break;
    case WALL_SPOT_UNIT:
      if (is_picked (wallboard))
        wall_board_back (wallboard);
      else
        wall_board_open_unit (wallboard, spot->id);
      break;
    case WALL_SPOT_KEY:
      if (is_picked (wallboard))
        wall_board_back (wallboard);
      else
        wall_actions_press (wallboard, spot->key, FALSE);
      break;
    }
}

/* --- the finger --- */

static void
press_down (WallBoard *wallboard, double x, double y)
{
  wall_board_touch (wallboard);
  find_spot (wallboard, x, y, &wallboard->pressed);
  if (wallboard->pressed.kind != WALL_SPOT_PERSON || !has_moved (wallboard, wallboard->pressed.id))
    return;
  memset (&wallboard->pressed, 0, sizeof wallboard->pressed);
  wallboard->pressed.is_spent = TRUE;
  wall_board_notice (wallboard, _ ("The queue has just moved: touch again"));
  wall_board_refresh (wallboard);
}

static void
press_up (WallBoard *wallboard, double x, double y)
{
  WallSpot down = wallboard->pressed;
  WallSpot up;

  memset (&wallboard->pressed, 0, sizeof wallboard->pressed);
  find_spot (wallboard, x, y, &up);
  if (down.is_spent || down.kind != up.kind || down.key != up.key || !g_str_equal (down.id, up.id))
    return;
  /* who touches may have no keys: the panels bring theirs */
  wallboard->is_touched = TRUE;
  press_spot (wallboard, &up);
  wall_board_refresh (wallboard);
}

void
wall_board_press_at (WallBoard *wallboard, double x, double y)
{
  press_down (wallboard, x, y);
  press_up (wallboard, x, y);
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, gpointer user_data)
{
  press_down (user_data, x, y);
}

static void
on_released (GtkGestureClick *click, int n, double x, double y, gpointer user_data)
{
  press_up (user_data, x, y);
}

void
wall_board_add_gestures (WallBoard *wallboard)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (click), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), wallboard);
  g_signal_connect (click, "released", G_CALLBACK (on_released), wallboard);
  gtk_widget_add_controller (GTK_WIDGET (wallboard), GTK_EVENT_CONTROLLER (click));
}
