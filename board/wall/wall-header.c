/* wall-header.c: the top line: whose wall this is, how the line to the register is, date and time.
 *
 * Draws only; owns nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"
#include "../board-line.h"
#include "../board-time.h"
#include "wall-region.h"

#include "common/bed-time.h"

#define BASELINE 43
#define PILL_HEIGHT 48

/* The pill's two texts: a word that stands out, and when the register was last heard. */
static const char *
say_line (const WallScene *scene, char rest[static BOARD_LINE_REST_SIZE])
{
  BoardMoment moment = { .now_us = scene->now_us, .heard_us = scene->heard_us, .line = scene->line };

  return board_line_say (&moment, scene->model, rest);
}

static void
draw_pill_sign (const WallScene *scene, GtkSnapshot *snapshot, double x, double y)
{
  GdkRGBA halo = board_palette_fade (BOARD_COLOUR_FREE, 0.22);

  switch (scene->line)
    {
    case BOARD_LINE_LIVE:
      board_draw_disc (snapshot, x, y, 13, &halo);
      board_draw_disc (snapshot, x, y, 8.5, &board_palette[BOARD_COLOUR_FREE]);
      break;
    case BOARD_LINE_RECONNECTING:
    case BOARD_LINE_READ_ONLY:
      board_draw_circle (snapshot, x, y, 8, 3, &board_palette[BOARD_COLOUR_HELD]);
      break;
    case BOARD_LINE_OFFLINE:
    case BOARD_LINE_REFUSED:
      board_icons_draw (scene->icons, snapshot, BOARD_ICON_CROSS, BOARD_COLOUR_CLOSED, x - 13,
                        y - 13, 26);
      break;
    }
}

/* Its right end at x; returns its left end. */
static double
draw_pill (const WallScene *scene, GtkSnapshot *snapshot, double x)
{
  BoardFont strong = { 24, 700, FALSE };
  BoardFont quiet = { 23, 500, FALSE };
  char rest[BOARD_LINE_REST_SIZE];
  const char *word = say_line (scene, rest);
  double word_width;
  double rest_width;
  double left;

  word_width = board_text_measure (scene->text, strong, word, 0);
  rest_width = *rest != 0 ? board_text_measure (scene->text, quiet, rest, 0) + 12 : 0;
  left = x - (46 + word_width + rest_width + 24);
  board_draw_box (snapshot, left, 6, x - left, PILL_HEIGHT, PILL_HEIGHT / 2.0,
                  &board_palette[BOARD_COLOUR_TILE]);
  draw_pill_sign (scene, snapshot, left + 26, 30);
  board_text_draw (scene->text, snapshot, strong, &board_palette[BOARD_COLOUR_TEXT], left + 46,
                   38.5, BOARD_ALIGN_START, 0, word);
  if (*rest != 0)
    board_text_draw (scene->text, snapshot, quiet, &board_palette[BOARD_COLOUR_TEXT2],
                     left + 46 + word_width + 12, 38.5, BOARD_ALIGN_START, 0, rest);
  return left;
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  const char *name = board_model_peek_lap_name (scene->model);
  const char *area = board_model_peek_lap_area (scene->model);
  char clock[6];
  char date[BOARD_DATE_SIZE];
  double right = width;
  double x = 69;

  if (wall_scene_is_lost (scene))
    board_draw_border (snapshot, -12, -7, width + 24, height + 13, 14, 3,
                       &board_palette[BOARD_COLOUR_CLOSED]);
  board_icons_draw (scene->icons, snapshot, BOARD_ICON_LOGO, BOARD_COLOUR_FREE, 0, 5, 50);

  bed_time_print_local (scene->now_us, clock);
  board_time_print_date (scene->now_us, date);
  right
      -= board_text_draw (scene->text, snapshot, (BoardFont){ 58, 700, FALSE },
                          &board_palette[BOARD_COLOUR_TEXT], right, 51, BOARD_ALIGN_END, 0, clock);
  right -= 24;
  right
      -= board_text_draw (scene->text, snapshot, (BoardFont){ 25.5, 500, FALSE },
                          &board_palette[BOARD_COLOUR_TEXT2], right, 40, BOARD_ALIGN_END, 0, date);
  right = draw_pill (scene, snapshot, right - 30);

  if (*name == 0)
    name = "Homeward";
  x += board_text_draw (scene->text, snapshot, (BoardFont){ 36, 700, FALSE },
                        &board_palette[BOARD_COLOUR_TEXT], x, BASELINE, BOARD_ALIGN_START,
                        right - x - 24, name);
  if (*area == 0 || right - x < 160)
    return;
  board_draw_box (snapshot, x + 21, 14, 1.5, 32, 0, &board_palette[BOARD_COLOUR_LINE]);
  board_text_draw (scene->text, snapshot, (BoardFont){ 28, 500, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT2], x + 38, BASELINE - 2.5, BOARD_ALIGN_START,
                   right - x - 38 - 24, area);
}

static char *
say (const WallScene *scene, guint index)
{
  char rest[BOARD_LINE_REST_SIZE];
  const char *word = say_line (scene, rest);
  char clock[6];

  bed_time_print_local (scene->now_us, clock);
  return g_strdup_printf ("%s, %s. %s. %s.", board_model_peek_lap_name (scene->model),
                          board_model_peek_lap_area (scene->model), clock, word);
}

const WallRegionKind wall_header_kind
    = { "wall-header", GTK_ACCESSIBLE_ROLE_BANNER, FALSE, FALSE, draw, say };
