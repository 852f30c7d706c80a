/* wall-queue-clock.c: draws what runs for a person: the ring of a clock, or the hours waited.
 *
 * Owns nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-queue-clock.h"

#include "../board-draw.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

#define CLOCK_X 59 /* the middle of the clock's column */

/* A response has two hours and thresholds of its own; any other clock says when it is amber. */
static BoardColour
get_ring_colour (const BoardReferral *referral, gint64 now_us)
{
  gint64 left_us = referral->due_us - now_us;

  if (referral->clock == BED_CLOCK_UCR_RESPONSE)
    return left_us > BED_HOUR_US          ? BOARD_COLOUR_ARRIVING
           : left_us > 30 * BED_MINUTE_US ? BOARD_COLOUR_HELD
                                          : BOARD_COLOUR_CLOSED;
  return now_us < referral->amber_us ? BOARD_COLOUR_ARRIVING
         : left_us > 0               ? BOARD_COLOUR_HELD
                                     : BOARD_COLOUR_CLOSED;
}

void
wall_queue_clock_draw_ring (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row)
{
  const BoardReferral *referral = row->referral;
  double y = row->y + row->height / 2;
  gboolean is_large = row->height > 90;
  double radius = is_large ? 37 : 32;
  double stroke = is_large ? 8 : 7;
  gint64 left_us = referral->due_us - scene->now_us;
  gint64 whole_us = MAX (bed_clock_get_limit (referral->clock), 1);
  BoardColour colour = get_ring_colour (referral, scene->now_us);
  char words[BOARD_DURATION_SIZE + 1];
  char left[BOARD_DURATION_SIZE];

  board_draw_circle (snapshot, CLOCK_X, y, radius, stroke, &board_palette[BOARD_COLOUR_LINE]);
  if (referral->due_us == 0)
    {
      board_icons_draw (scene->icons, snapshot, BOARD_ICON_TICK, BOARD_COLOUR_TEXT2,
                        CLOCK_X - 16, y - 16, 32);
      return;
    }
  board_time_print_left (ABS (left_us), left);
  g_snprintf (words, sizeof words, "%s%s", left_us < 0 ? "+" : "", left);
  board_draw_arc (snapshot, CLOCK_X, y, radius, stroke,
                  left_us < 0 ? 1 : MIN ((double)left_us / (double)whole_us, 1), &board_palette[colour]);
  board_text_draw (scene->text, snapshot,
                   (BoardFont){ strlen (words) > 4 ? 18 : is_large ? 23 : 20, 700, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT], CLOCK_X, y + (is_large ? 8.5 : 7.5),
                   BOARD_ALIGN_CENTRE, 0, words);
}

void
wall_queue_clock_draw_wait (const WallScene *scene, GtkSnapshot *snapshot, const BoardPageRow *row)
{
  const BoardReferral *referral = row->referral;
  gint64 waited_us = scene->now_us - referral->ready_us;
  int hours = (int)MIN (waited_us / BED_HOUR_US, 100 * 24);
  BoardFont large = { 40, 700, FALSE };
  BoardFont small = { 22, 500, FALSE };
  const char *unit = _ ("h");
  char number[16];
  double number_width;
  double unit_width;
  double x;

  if (referral->ready_us == 0 || waited_us < 0)
    {
      board_text_draw (scene->text, snapshot, small, &board_palette[BOARD_COLOUR_TEXT3],
                       CLOCK_X, row->y + 46, BOARD_ALIGN_CENTRE, 0,
                       referral->ready_us == 0 ? "–" : _ ("soon"));
      return;
    }
  if (hours >= 100)
    {
      g_snprintf (number, sizeof number, "%d", hours / 24);
      unit = _ ("d");
    }
  else if (hours >= 1)
    g_snprintf (number, sizeof number, "%d", hours);
  else
    {
      g_snprintf (number, sizeof number, "%d", (int)(waited_us / BED_MINUTE_US));
      unit = _ ("min");
      large.size = 34;
      small.size = 20;
    }
  number_width = board_text_measure (scene->text, large, number, 0);
  unit_width = board_text_measure (scene->text, small, unit, 0);
  x = CLOCK_X - (number_width + 5 + unit_width) / 2;
  board_text_draw (scene->text, snapshot, large, &board_palette[BOARD_COLOUR_TEXT], x,
                   row->y + 52, BOARD_ALIGN_START, 0, number);
  board_text_draw (scene->text, snapshot, small, &board_palette[BOARD_COLOUR_TEXT3],
                   x + number_width + 5, row->y + 52, BOARD_ALIGN_START, 0, unit);
}
