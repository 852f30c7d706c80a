/* wall-queue.c: the panel of people waiting: urgent with rings, the others with hours waited.
 *
 * Draws only; owns nothing, nothing can fail. At most three need icons a person, no sex, no age:
 * code, outward postcode, needs, clock and best offer, and nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"
#include "../board-i18n.h"
#include "wall-queue-row.h"
#include "wall-region.h"

static const BoardFont heading_font = { 22, 600, FALSE };
static const BoardFont note_font = { 20, 500, FALSE };

static void
draw_title (const WallScene *scene, GtkSnapshot *snapshot, double width)
{
  char number[16];

  g_snprintf (number, sizeof number, "%u", board_model_peek_queue (scene->model)->len);
  board_text_draw (scene->text, snapshot, (BoardFont){ 29, 700, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT], 22, 46, BOARD_ALIGN_START, 0,
                   _ ("Waiting for a place"));
  board_text_draw (scene->text, snapshot, (BoardFont){ 38, 700, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT], width - 24, 48, BOARD_ALIGN_END, 0, number);
}

static void
draw_heading (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row, double width)
{
  double y = row->y - 12;

  board_text_draw (scene->text, snapshot, heading_font, &board_palette[BOARD_COLOUR_TEXT2], 22, y,
                   BOARD_ALIGN_START, 0,
                   row->is_urgent ? _ ("Urgent Community Response") : _ ("Ready to leave hospital"));
  board_text_draw (scene->text, snapshot, note_font, &board_palette[BOARD_COLOUR_TEXT3], width - 22,
                   y, BOARD_ALIGN_END, 0, row->is_urgent ? _ ("time left") : _ ("hours waited"));
}

/* What can be pressed now. */
static const char *
choose_hint (WallPlacing *placing)
{
  switch (wall_placing_get_state (placing))
    {
    case WALL_PLACING_IDLE:
      return _ ("Press a number to place");
    case WALL_PLACING_PICKED:
      return _ ("Enter places, Esc goes back");
    case WALL_PLACING_ASKING:
      return _ ("Your PIN, then Enter");
    case WALL_PLACING_SENT:
      return _ ("Asking the register …");
    case WALL_PLACING_REFUSED:
      if (wall_placing_peek_next (placing) != NULL)
        return _ ("Enter takes the next best");
      return wall_placing_leads_on (placing) ? _ ("Enter asks again") : _ ("Esc goes back");
    }
  return "";
}

static void
draw_foot (const WallScene *scene, GtkSnapshot *snapshot, const WallQueuePage *page, double width,
           double height)
{
  double y = height - 14;
  double x = width - 22;
  char words[32];

  if (page->n_below > 0 || page->n_above > 0)
    {
      gboolean is_down = page->n_below > 0;

      board_draw_border (snapshot, x - 30, height - 37, 30, 30, 6, 1.5,
                         &board_palette[BOARD_COLOUR_OCCUPIED_FILL]);
      board_icons_draw (scene->icons, snapshot, is_down ? BOARD_ICON_DOWN : BOARD_ICON_UP,
                        BOARD_COLOUR_TEXT2, x - 24, height - 31, 18);
      g_snprintf (words, sizeof words, is_down ? _ ("%u more") : _ ("%u above"),
                  is_down ? page->n_below : page->n_above);
      x -= 42
           + board_text_draw (scene->text, snapshot, (BoardFont){ 22, 500, FALSE },
                              &board_palette[BOARD_COLOUR_TEXT2], x - 42, y, BOARD_ALIGN_END, 0,
                              words);
    }
  if (scene->line != BOARD_LINE_LIVE)
    board_text_draw (scene->text, snapshot, (BoardFont){ 22, 600, FALSE },
                     &board_palette[BOARD_COLOUR_CLOSED], 22, y, BOARD_ALIGN_START, x - 36,
                     _ ("Not live: no placing"));
  else if (page->n_rows > 0)
    board_text_draw (scene->text, snapshot, (BoardFont){ 22, 500, FALSE },
                     &board_palette[BOARD_COLOUR_TEXT2], 22, y, BOARD_ALIGN_START, x - 36,
                     choose_hint (scene->placing));
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  GskRoundedRect outline;
  g_autofree WallQueuePage *page = g_new (WallQueuePage, 1);

  wall_queue_page_fill (page, scene->order, scene->model, scene->placing, &scene->layout);
  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height), BOARD_RADIUS_PANEL);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &board_palette[BOARD_COLOUR_TILE], &outline.bounds);
  draw_title (scene, snapshot, width);
  for (guint i = 0; i < page->n_rows; i++)
    {
      if (page->rows[i].has_heading)
        draw_heading (scene, snapshot, &page->rows[i], width);
      wall_queue_row_draw (scene, snapshot, &page->rows[i], width);
    }
  if (page->n_rows > 0)
    board_draw_box (snapshot, 0,
                    page->rows[page->n_rows - 1].y + page->rows[page->n_rows - 1].height, width,
                    1.5, 0, &board_palette[BOARD_COLOUR_RAISED]);
  if (page->n_rows == 0)
    board_text_draw (
        scene->text, snapshot, (BoardFont){ 22, 500, FALSE }, &board_palette[BOARD_COLOUR_TEXT2],
        width / 2, height / 2, BOARD_ALIGN_CENTRE, 0,
        board_model_has_picture (scene->model) ? _ ("Nobody is waiting") : _ ("Nothing heard yet"));
  draw_foot (scene, snapshot, page, width, height);
  gtk_snapshot_pop (snapshot);
}

static const char *
peek_unit_name (const WallScene *scene, const char *id)
{
  const BoardUnit *unit = board_model_find_unit (scene->model, id);

  return unit != NULL ? unit->name : id;
}

static char *
say_refused (const WallScene *scene)
{
  const char *code = wall_placing_peek_choice (scene->placing)->referral;
  const char *words = wall_placing_peek_words (scene->placing);
  const WallChoice *next = wall_placing_peek_next (scene->placing);

  if (next == NULL)
    return g_strdup_printf ("%s: %s.", code, words);
  /* translators: a code, why its bed was not had, and the unit of the next best bed */
  return g_strdup_printf (_ ("%s: %s. Next: %s. Enter goes on, Escape goes back."), code, words,
                          peek_unit_name (scene, next->unit));
}

static char *
say (const WallScene *scene, guint index)
{
  const GPtrArray *queue = board_model_peek_queue (scene->model);
  const WallChoice *choice = wall_placing_peek_choice (scene->placing);
  guint n_urgent = 0;

  switch (wall_placing_get_state (scene->placing))
    {
    case WALL_PLACING_PICKED:
    case WALL_PLACING_ASKING:
      return g_strdup_printf (_ ("%s to %s. Enter places, Escape goes back."), choice->referral,
                              peek_unit_name (scene, choice->unit));
    case WALL_PLACING_SENT:
      return g_strdup_printf (_ ("Placing %s."), choice->referral);
    case WALL_PLACING_REFUSED:
      return say_refused (scene);
    case WALL_PLACING_IDLE:
      break;
    }
  for (guint i = 0; i < queue->len; i++)
    n_urgent
        += ((const BoardReferral *)g_ptr_array_index (queue, i))->lane == BED_LANE_URGENT ? 1 : 0;
  return g_strdup_printf (_ ("%u waiting for a place, %u of them urgent."), queue->len, n_urgent);
}

const WallRegionKind wall_queue_kind
    = { "wall-queue", GTK_ACCESSIBLE_ROLE_LIST, TRUE, TRUE, draw, say };
