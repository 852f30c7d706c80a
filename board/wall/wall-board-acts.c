/* wall-board-acts.c: what the wallboard's keys do, and the sheets they open.
 *
 * Owns nothing. A key tells the placing or opens a sheet; what becomes of it is shown when the
 * model has it. Answers that come when the wallboard is gone are dropped. In a public corridor no
 * key places, explains or opens anything about a bed or a person.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-board-private.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "wall-finder.h"
#include "wall-pin.h"

#include <string.h>

gboolean
wall_board_is_public (WallBoard *wallboard)
{
  return wallboard->scene.view.privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR;
}

void
wall_board_fill_page (WallBoard *wallboard, WallQueuePage *page)
{
  wall_queue_page_fill (page, wallboard->scene.order, wallboard->model, wallboard->placing,
                        &wallboard->scene.layout);
}

void
wall_board_touch (WallBoard *wallboard)
{
  BoardMoment moment;

  board_context_get_moment (wallboard->context, &moment);
  wallboard->scene.used_us = moment.monotonic_us;
}

void
wall_board_notice (WallBoard *wallboard, const char *words)
{
  g_strlcpy (wallboard->scene.notice, words, sizeof wallboard->scene.notice);
  wallboard->scene.notice_us = wallboard->scene.monotonic_us;
}

/* --- sheets --- */

void
wall_board_open_sheet (WallBoard *wallboard, WallSheet sheet)
{
  for (guint i = 0; i < WALL_N_SHEETS; i++)
    gtk_widget_set_visible (wallboard->sheets[i], i == sheet);
  wall_region_refresh (WALL_REGION (wallboard->sheets[sheet]));
}

/* FALSE: none was open. */
static gboolean
close_sheets (WallBoard *wallboard)
{
  gboolean was_open = FALSE;

  for (guint i = 0; i < WALL_N_SHEETS; i++)
    {
      was_open |= gtk_widget_get_visible (wallboard->sheets[i]);
      gtk_widget_set_visible (wallboard->sheets[i], FALSE);
    }
  return was_open;
}

gboolean
wall_board_has_sheet (WallBoard *wallboard)
{
  for (guint i = 0; i < WALL_N_SHEETS; i++)
    if (gtk_widget_get_visible (wallboard->sheets[i]))
      return TRUE;
  return gtk_widget_get_visible (wallboard->pin) || gtk_widget_get_visible (wallboard->finder);
}

void
wall_board_show_keys (WallBoard *wallboard)
{
  wall_board_open_sheet (wallboard, WALL_SHEET_KEYS);
}

void
wall_board_show_stale (WallBoard *wallboard)
{
  if (!wall_board_is_public (wallboard))
    wall_board_open_sheet (wallboard, WALL_SHEET_STALE);
}

static void
on_why (JsonObject *result, const GError *error, const char *code, gpointer owner)
{
  WallBoard *wallboard = owner;

  /* asked about another person since */
  if (!g_str_equal (code, wallboard->scene.why->referral))
    return;
  if (error != NULL)
    wall_why_fail (wallboard->scene.why, error);
  else
    wall_why_take (wallboard->scene.why, result);
  wall_region_refresh (WALL_REGION (wallboard->sheets[WALL_SHEET_WHY]));
}

void
wall_board_explain_person (WallBoard *wallboard, const char *code)
{
  wall_why_ask (wallboard->scene.why, code);
  wall_board_open_sheet (wallboard, WALL_SHEET_WHY);
  board_context_read_person (wallboard->context, "bed.find", code, on_why, G_OBJECT (wallboard));
}

void
wall_board_explain (WallBoard *wallboard)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);
  const BoardPageRow *row;

  if (wall_board_is_public (wallboard))
    return;
  wall_board_fill_page (wallboard, page);
  row = wall_queue_page_find_why (page);
  if (row != NULL)
    wall_board_explain_person (wallboard, row->code);
}

/* --- placing --- */

/* What is about to be done, read back: who, from where, with which needs, to which unit. A wall is
 * not told sex or age, and would show them to the whole room. Owned by the caller. */
static char *
print_choice (WallBoard *wallboard)
{
  const WallChoice *choice = wall_placing_peek_choice (wallboard->placing);
  const BoardReferral *referral = board_model_find_referral (wallboard->model, choice->referral);
  const BoardUnit *unit = board_model_find_unit (wallboard->model, choice->unit);
  const char *name = unit != NULL ? unit->name : choice->unit;
  GString *what = g_string_new (NULL);

  if (referral != NULL && referral->home[0] != 0)
    g_string_printf (what, _ ("%s, from %s to %s"), choice->referral, referral->home, name);
  else
    g_string_printf (what, _ ("%s to %s"), choice->referral, name);
  for (guint i = 0; referral != NULL && i < referral->n_needs; i++)
    g_string_append_printf (what, "%s%s", i == 0 ? "\n" : " · ",
                            board_code_say (&bed_need_words, (guint)referral->needs[i]));
  return g_string_free (what, FALSE);
}

static void
ask_pin (WallBoard *wallboard)
{
  g_autofree char *what = print_choice (wallboard);

  gtk_widget_set_visible (wallboard->pin, TRUE);
  wall_pin_set_touched (WALL_PIN (wallboard->pin), wallboard->is_touched);
  wall_pin_ask (WALL_PIN (wallboard->pin), wall_placing_is_undo (wallboard->placing), what,
                wall_placing_peek_user (wallboard->placing),
                wall_placing_peek_words (wallboard->placing));
}

static void
on_placing_changed (WallPlacing *placing, gpointer user_data)
{
  WallBoard *wallboard = user_data;
  WallPlacingState state = wall_placing_get_state (placing);

  /* told in the ticker: there need not be a row for it */
  if (state == WALL_PLACING_REFUSED && wall_placing_is_undo (placing))
    {
      wall_placing_cancel (placing);
      return;
    }
  if (state == WALL_PLACING_ASKING && !gtk_widget_get_visible (wallboard->pin))
    ask_pin (wallboard);
  else if (state != WALL_PLACING_ASKING && gtk_widget_get_visible (wallboard->pin))
    {
      gtk_widget_set_visible (wallboard->pin, FALSE);
      gtk_widget_grab_focus (wallboard->queue);
    }
  wall_board_refresh (wallboard);
}

static void
on_told (BoardCommands *commands, BoardCommand *command, gpointer user_data)
{
  WallBoard *wallboard = user_data;
  gboolean is_refused = board_command_get_state (command) == BOARD_COMMAND_REFUSED;
  g_autofree char *words = NULL;

  if (!g_str_equal (board_command_peek_method (command), "undo")
      || (is_refused && board_command_get_reason (command) == BED_ERROR_BAD_PIN))
    return;
  words = is_refused ? g_strdup_printf (_ ("Not taken back. %s"), board_command_peek_words (command))
                     : g_strdup_printf (_ ("%s is taken back"), board_command_peek_subject (command));
  wall_board_notice (wallboard, words);
  wall_board_refresh (wallboard);
}

static void
on_pin_given (WallPin *pin, const char *user, const char *code, gpointer user_data)
{
  WallBoard *wallboard = user_data;

  wall_board_touch (wallboard);
  wall_placing_submit (wallboard->placing, user, code);
}

static void
on_pin_cancelled (WallPin *pin, gpointer user_data)
{
  wall_placing_cancel (WALL_BOARD (user_data)->placing);
}

void
wall_board_pick (WallBoard *wallboard, guint number)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);
  WallChoice choice;

  if (wall_board_is_public (wallboard))
    return;
  if (wallboard->scene.line != BOARD_LINE_LIVE)
    {
      wall_board_notice (wallboard, _ ("Not live: nothing can be placed"));
      wall_board_refresh (wallboard);
      return;
    }
  wall_board_fill_page (wallboard, page);
  if (wall_queue_page_choose (page, number, &choice))
    wall_placing_pick (wallboard->placing, &choice);
}

void
wall_board_take_back (WallBoard *wallboard)
{
  if (wall_board_is_public (wallboard)
      || wall_placing_get_state (wallboard->placing) != WALL_PLACING_IDLE)
    return;
  if (wallboard->scene.line != BOARD_LINE_LIVE)
    wall_board_notice (wallboard, _ ("Not live: nothing can be taken back"));
  else if (!wall_placing_take_back (wallboard->placing))
    wall_board_notice (wallboard, _ ("Nothing to take back: only within a minute"));
  wall_board_refresh (wallboard);
}

void
wall_board_open_unit (WallBoard *wallboard, const char *id)
{
  if (wall_board_is_public (wallboard))
    return;
  g_strlcpy (wallboard->scene.detail, id, sizeof wallboard->scene.detail);
  wall_board_open_sheet (wallboard, WALL_SHEET_UNIT);
}

void
wall_board_confirm (WallBoard *wallboard)
{
  int slot = wall_board_find_focus (wallboard);
  const char *id = slot >= 0 ? wall_sites_peek (wallboard->scene.sites, (guint)slot) : NULL;

  if (wall_placing_get_state (wallboard->placing) != WALL_PLACING_IDLE || id == NULL)
    {
      wall_placing_confirm (wallboard->placing);
      return;
    }
  wall_board_open_unit (wallboard, id);
}

gboolean
wall_board_back (WallBoard *wallboard)
{
  WallView *view = &wallboard->scene.view;
  gboolean is_found = view->found_unit[0] != 0 || view->found_code[0] != 0;

  if (close_sheets (wallboard))
    return TRUE;
  if (wall_placing_get_state (wallboard->placing) != WALL_PLACING_IDLE)
    {
      wall_placing_cancel (wallboard->placing);
      return TRUE;
    }
  view->found_unit[0] = 0;
  view->found_code[0] = 0;
  if (is_found)
    wall_board_redraw (wallboard);
  return is_found;
}

void
wall_board_leave_alone (WallBoard *wallboard)
{
  WallPlacingState state = wall_placing_get_state (wallboard->placing);

  wallboard->scene.used_us = 0;
  wallboard->scene.view.found_unit[0] = 0;
  wallboard->scene.view.found_code[0] = 0;
  /* the most urgent are in sight again; in a corridor anybody may have left units out */
  wall_order_scroll (wallboard->scene.order, -G_MAXINT / 2, 1);
  if (wall_board_is_public (wallboard))
    wallboard->scene.view.is_free_only = FALSE;
  wallboard->is_redrawn = TRUE;
  close_sheets (wallboard);
  if (state == WALL_PLACING_PICKED || state == WALL_PLACING_REFUSED)
    wall_placing_cancel (wallboard->placing);
}

void
wall_board_scroll (WallBoard *wallboard, int rows)
{
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  wall_board_fill_page (wallboard, page);
  if (ABS (rows) == G_MAXINT)
    rows = (rows > 0 ? 1 : -1) * (int)MAX (page->n_rows, 1);
  wallboard->scrolled_us = wallboard->scene.monotonic_us;
  wall_order_scroll (wallboard->scene.order, rows, page->n_rows);
  wall_region_refresh (WALL_REGION (wallboard->queue));
}

/* --- settings and parts --- */

void
wall_board_set_privacy (WallBoard *wallboard, BoardPrivacy privacy)
{
  wallboard->scene.view.privacy = privacy;
  if (privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR)
    {
      wallboard->scene.view.is_big = FALSE;
      wallboard->scene.view.need = WALL_NEED_ANY;
      wall_board_leave_alone (wallboard);
      wall_placing_cancel (wallboard->placing);
      gtk_widget_set_visible (wallboard->finder, FALSE);
      /* the queue goes, and would take the focus with it */
      wall_board_focus_slot (wallboard, 0);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (wallboard));
  wall_board_redraw (wallboard);
}

void
wall_board_set_night (WallBoard *wallboard, BoardNight night)
{
  wallboard->scene.view.night = night;
  wall_board_redraw (wallboard);
}

void
wall_board_set_shift (WallBoard *wallboard, gboolean shifts)
{
  wallboard->shifts = shifts;
  wall_board_redraw (wallboard);
}

const WallView *
wall_board_peek_view (WallBoard *wallboard)
{
  return &wallboard->scene.view;
}

WallPlacing *
wall_board_peek_placing (WallBoard *wallboard)
{
  return wallboard->placing;
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
  g_signal_connect_object (board_context_get_commands (wallboard->context), "told",
                           G_CALLBACK (on_told), wallboard, 0);
}
