/* wall-queue-row.c: draws one person's row: clock, code, district or area, needs, and what may be done.
 *
 * Owns nothing, nothing can fail. A row that was picked, is being placed or was refused says so
 * itself, in words; nothing about the person changes here before the event has come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-queue-row.h"

#include "../board-draw.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "wall-queue-clock.h"
#include "common/bed-time.h"

#include <string.h>

#define TEXT_X 112
#define NAME_X 140
#define KEY_SIZE 46
#define AREA_WIDTH_MIN 60
#define AREA_SIZE 20
#define NEED_STEP 34 /* from one need icon to the next */
#define DISTANCE_SIZE 20 /* quieter than what is said of a hold */

typedef struct
{
  const WallScene *scene;
  GtkSnapshot *snapshot;
  const BoardPageRow *row;
  double width;
  double first_y; /* baselines */
  double second_y;
  double right; /* where the text must end */
} Row;

static double
draw_words (const Row *row, double size, int weight, BoardColour colour, double x, double y,
            double width_max, const char *words)
{
  return board_text_draw (row->scene->text, row->snapshot, (BoardFont){ size, weight, FALSE },
                          &board_palette[colour], x, y, BOARD_ALIGN_START, width_max, words);
}

static gboolean
is_chosen (const Row *row)
{
  return wall_placing_get_state (row->scene->placing) != WALL_PLACING_IDLE
         && strcmp (wall_placing_peek_choice (row->scene->placing)->referral, row->row->code) == 0;
}

/* --- first line: who, from where, with what needs --- */

static void
draw_needs (const Row *row, double x)
{
  const BoardReferral *referral = row->row->referral;
  guint n_other = 0;
  char words[16];

  for (guint i = 0; i < referral->n_needs; i++)
    {
      int icon = board_icon_of_need (referral->needs[i]);

      if (icon < 0)
        {
          n_other++;
          continue;
        }
      if (x + 24 > row->right)
        return;
      board_icons_draw (row->scene->icons, row->snapshot, (BoardIcon)icon, BOARD_COLOUR_TEXT2, x,
                        row->first_y - 21, 24);
      x += NEED_STEP;
    }
  g_snprintf (words, sizeof words, "+%u", n_other);
  if (n_other > 0 && x + 30 < row->right)
    draw_words (row, 20, 600, BOARD_COLOUR_TEXT3, x, row->first_y - 1, 0, words);
}

/* The district, or an area's name, which gives way to the needs that have an icon. Returns its width. */
static double
draw_home (const Row *row, double x)
{
  const BoardReferral *referral = row->row->referral;
  double needs = 15;

  for (guint i = 0; i < referral->n_needs; i++)
    needs += board_icon_of_need (referral->needs[i]) >= 0 ? NEED_STEP : 0;
  if (!referral->is_area)
    return board_text_draw (row->scene->text, row->snapshot, (BoardFont){ 25, 500, TRUE },
                            &board_palette[BOARD_COLOUR_TEXT2], x, row->first_y, BOARD_ALIGN_START, 0,
                            strcmp (referral->home, "nfa") == 0 ? "NFA" : referral->home);
  return draw_words (row, AREA_SIZE, 500, BOARD_COLOUR_TEXT2, x, row->first_y, MAX (row->right - x - needs, AREA_WIDTH_MIN),
                     *referral->home != 0 ? referral->home : "–");
}

static double
draw_code (const Row *row, double size, double y)
{
  gboolean is_gone = row->row->kind == BOARD_ROW_GONE;

  return board_text_draw (row->scene->text, row->snapshot, (BoardFont){ size, 700, TRUE },
                          &board_palette[is_gone ? BOARD_COLOUR_TEXT3 : BOARD_COLOUR_TEXT], TEXT_X,
                          y, BOARD_ALIGN_START, 0, row->row->code);
}

static void
draw_first_line (const Row *row)
{
  double x = TEXT_X + draw_code (row, 27, row->first_y);

  if (row->row->kind == BOARD_ROW_GONE)
    return;
  x += 12;
  /* refused, but another bed is offered instead: below */
  if (is_chosen (row) && wall_placing_peek_next (row->scene->placing) != NULL)
    {
      draw_words (row, 22, 600, BOARD_COLOUR_CLOSED, x, row->first_y, row->right - x,
                  _ ("taken, next:"));
      return;
    }
  x += draw_home (row, x);
  draw_needs (row, x + 15);
}

/* --- second line: what may be done --- */

static const char *
peek_unit_name (const Row *row, const char *id)
{
  const BoardUnit *unit = board_model_find_unit (row->scene->model, id);

  return unit != NULL ? unit->name : id;
}

/* Whether the unit's name and its tail fit side by side from x. */
static gboolean
fits (const Row *row, double x, const char *unit, const char *tail)
{
  return x
             + board_text_measure (row->scene->text, (BoardFont){ 22, 650, FALSE },
                                   peek_unit_name (row, unit), 0)
             + 10
             + board_text_measure (row->scene->text, (BoardFont){ DISTANCE_SIZE, 500, FALSE }, tail,
                                   0)
         <= row->right;
}

/* The unit's name from x, and something after it; the name gives way. */
static void
draw_where (const Row *row, const char *unit, BoardColour tail_colour, int tail_weight,
            const char *tail)
{
  double tail_size = tail_weight == 500 ? DISTANCE_SIZE : 22;
  double x = NAME_X;
  double tail_width
      = *tail == 0
            ? 0
            : 10
                  + board_text_measure (row->scene->text,
                                        (BoardFont){ tail_size, tail_weight, FALSE }, tail, 0);

  x += draw_words (row, 22, 650, BOARD_COLOUR_TEXT, x, row->second_y, row->right - x - tail_width,
                   peek_unit_name (row, unit));
  if (*tail != 0)
    draw_words (row, tail_size, tail_weight, tail_colour, x + 10, row->second_y, 0, tail);
}

static void
draw_sign (const Row *row, BoardIcon icon, BoardColour colour)
{
  board_icons_draw (row->scene->icons, row->snapshot, icon, colour, TEXT_X, row->second_y - 17, 20);
}

static void
draw_offer (const Row *row, const char *unit, guint metres)
{
  char distance[WALL_DISTANCE_SIZE] = "";

  if (metres > 0)
    wall_scene_print_distance (metres, TRUE, distance);
  /* the name is worth more than the distance's decimal */
  if (metres > 0 && !fits (row, NAME_X, unit, distance))
    wall_scene_print_distance (metres, FALSE, distance);
  draw_sign (row, BOARD_ICON_ARROW, BOARD_COLOUR_FREE);
  draw_where (row, unit, BOARD_COLOUR_TEXT2, 500, distance);
}

/* "No bed fits" only when the register says so. */
static void
draw_no_bed (const Row *row)
{
  static const struct
  {
    BoardIcon icon;
    BoardColour colour;
    int weight;
    const char *words;
  } told[] = {
    [WALL_FIT_UNKNOWN] = { BOARD_ICON_ARROW, BOARD_COLOUR_TEXT3, 500, N_ ("no bed proposed yet") },
    [WALL_FIT_NONE] = { BOARD_ICON_CROSS, BOARD_COLOUR_CLOSED, 600, N_ ("No bed fits now") },
    [WALL_FIT_CALL] = { BOARD_ICON_PHONE, BOARD_COLOUR_HELD, 600, N_ ("Call first: none is sure") },
    [WALL_FIT_SOME] = { BOARD_ICON_ARROW, BOARD_COLOUR_TEXT3, 500, N_ ("others come first") },
  };
  WallFit fit = wall_fits_peek (row->scene->fits, row->row->code);

  draw_sign (row, told[fit].icon, told[fit].colour);
  draw_words (row, 22, told[fit].weight, told[fit].colour, NAME_X, row->second_y,
              row->right - NAME_X, _ (told[fit].words));
}

static void
draw_held (const Row *row)
{
  const BoardReferral *referral = row->row->referral;
  char left[BOARD_DURATION_SIZE];
  char words[BOARD_DURATION_SIZE + 8];

  board_time_print_left (referral->until_us - row->scene->now_us, left);
  g_snprintf (words, sizeof words, _ ("held %s"), left);
  board_glyphs_draw (row->scene->glyphs, row->snapshot, BOARD_GLYPH_HELD,
                     wall_scene_get_hold_left (row->scene, referral->until_us, referral->hold_min),
                     TEXT_X, row->second_y - 17, 20);
  draw_where (row, referral->offer_unit, BOARD_COLOUR_HELD, 700, words);
}

static void
draw_pending (const Row *row)
{
  board_draw_circle (row->snapshot, TEXT_X + 10, row->second_y - 7, 7.5, 2.5,
                     &board_palette[BOARD_COLOUR_ARRIVING]);
  draw_where (row,
              is_chosen (row) ? wall_placing_peek_choice (row->scene->placing)->unit
                              : row->row->referral->offer_unit,
              BOARD_COLOUR_ARRIVING, 600,
              is_chosen (row) && wall_placing_is_undo (row->scene->placing) ? _ ("taking back …")
                                                                            : _ ("placing …"));
}

static void
draw_refused (const Row *row)
{
  const WallChoice *next = wall_placing_peek_next (row->scene->placing);

  if (next != NULL)
    {
      draw_offer (row, next->unit, next->metres);
      return;
    }
  draw_sign (row, BOARD_ICON_CROSS, BOARD_COLOUR_CLOSED);
  draw_words (row, 22, 600, BOARD_COLOUR_CLOSED, NAME_X, row->second_y, row->right - NAME_X,
              wall_placing_peek_words (row->scene->placing));
}

/* Why nothing was done, where that is too long for one line: the code gives way to it. */
static void
draw_refused_at_length (Row *row)
{
  double centre = row->row->y + row->row->height / 2;
  double spread = (row->row->height - 75) * 0.2;

  draw_code (row, 22, centre - 13 - spread);
  row->second_y = centre + 7.5;
  draw_sign (row, BOARD_ICON_CROSS, BOARD_COLOUR_CLOSED);
  board_text_draw_lines (row->scene->text, row->snapshot, (BoardFont){ 19, 600, FALSE },
                         &board_palette[BOARD_COLOUR_CLOSED], NAME_X, row->second_y,
                         row->right - NAME_X - 12, 2, wall_placing_peek_words (row->scene->placing));
}

static gboolean
is_refused_at_length (const Row *row)
{
  return is_chosen (row)
         && wall_placing_get_state (row->scene->placing) == WALL_PLACING_REFUSED
         && wall_placing_peek_next (row->scene->placing) == NULL
         && board_text_measure (row->scene->text, (BoardFont){ 22, 600, FALSE },
                                wall_placing_peek_words (row->scene->placing), 0)
                > row->right - NAME_X;
}

/* The row that is being placed from this wall. */
static void
draw_chosen (const Row *row)
{
  const WallChoice *choice = wall_placing_peek_choice (row->scene->placing);

  switch (wall_placing_get_state (row->scene->placing))
    {
    case WALL_PLACING_PICKED:
    case WALL_PLACING_ASKING:
      draw_offer (row, choice->unit, choice->metres);
      break;
    case WALL_PLACING_SENT:
      draw_pending (row);
      break;
    case WALL_PLACING_REFUSED:
      draw_refused (row);
      break;
    case WALL_PLACING_IDLE:
      break;
    }
}

static void
draw_second_line (const Row *row)
{
  if (is_chosen (row))
    {
      draw_chosen (row);
      return;
    }
  switch (row->row->kind)
    {
    case BOARD_ROW_GONE:
      draw_words (row, 22, 500, BOARD_COLOUR_TEXT3, TEXT_X, row->second_y, row->right - TEXT_X,
                  _ ("no longer waiting"));
      break;
    case BOARD_ROW_OFFER:
      draw_offer (row, row->row->referral->offer_unit, row->row->referral->offer_metres);
      break;
    case BOARD_ROW_NO_BED:
      draw_no_bed (row);
      break;
    case BOARD_ROW_HELD:
      draw_held (row);
      break;
    case BOARD_ROW_PENDING:
      draw_pending (row);
      break;
    }
}

/* --- the key --- */

/* Returns where the text must end. */
static double
draw_key (const Row *row)
{
  double x = row->width - 20;
  double y = row->row->y + (row->row->height - KEY_SIZE) / 2 - 2;
  char label[12] = "";
  gboolean is_active = row->scene->line == BOARD_LINE_LIVE;

  if (is_chosen (row))
    {
      WallPlacingState state = wall_placing_get_state (row->scene->placing);

      if (state == WALL_PLACING_PICKED || state == WALL_PLACING_REFUSED)
        g_strlcpy (label,
                   state == WALL_PLACING_PICKED || wall_placing_leads_on (row->scene->placing)
                       ? "↵"
                       : _ ("Esc"),
                   sizeof label);
    }
  else if (row->row->number > 0)
    g_snprintf (label, sizeof label, "%u", row->row->number);
  else if (row->row->has_why)
    {
      g_strlcpy (label, "W", sizeof label);
      is_active = FALSE;
    }
  if (*label == 0)
    return x;
  return x - wall_scene_draw_key (row->scene, row->snapshot, x, y, KEY_SIZE, is_active, label) - 8;
}

static void
draw_ground (const Row *row)
{
  const BoardPageRow *place = row->row;
  gboolean is_refused = wall_placing_get_state (row->scene->placing) == WALL_PLACING_REFUSED;

  if (place->is_urgent)
    board_draw_box (row->snapshot, 0, place->y, row->width, place->height, 0,
                    &board_palette[BOARD_COLOUR_RAISED]);
  board_draw_box (row->snapshot, 0, place->y - 0.75, row->width, 1.5, 0,
                  &board_palette[place->is_urgent ? BOARD_COLOUR_TILE : BOARD_COLOUR_RAISED]);
  if (g_str_equal (row->scene->view.found_code, place->code))
    board_draw_border (row->snapshot, 2, place->y + 2, row->width - 4, place->height - 4, 10, 4,
                       &board_palette[BOARD_COLOUR_ACCENT]);
  if (!is_chosen (row))
    return;
  board_draw_box (row->snapshot, 0, place->y, row->width, place->height, 0,
                  &board_palette[is_refused ? BOARD_COLOUR_RAISED : BOARD_COLOUR_ROW_CHANGED]);
  board_draw_border (row->snapshot, 2, place->y + 2, row->width - 4, place->height - 4, 10, 2,
                     &board_palette[is_refused ? BOARD_COLOUR_CLOSED : BOARD_COLOUR_FREE]);
}

void
wall_queue_row_draw (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *place,
                      double width)
{
  double slack = (place->height - 75) * 0.5;
  Row row = { scene, snapshot, place, width, place->y + 31 + slack, place->y + 63 + slack, 0 };

  draw_ground (&row);
  row.right = draw_key (&row);
  if (is_refused_at_length (&row))
    draw_refused_at_length (&row);
  else
    {
      draw_first_line (&row);
      draw_second_line (&row);
    }
  if (place->kind == BOARD_ROW_GONE)
    return;
  if (place->is_urgent)
    wall_queue_clock_draw_ring (scene, snapshot, row.row);
  else
    wall_queue_clock_draw_wait (scene, snapshot, row.row);
}
