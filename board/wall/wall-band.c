/* wall-band.c: the headline band: the totals of every bed on the board, and the last 24 hours.
 *
 * Draws only; owns nothing, nothing can fail. When nothing has been heard for a minute the free
 * number loses its green and gains a question mark.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"

#include "../board-i18n.h"
#include "wall-region.h"
#include "wall-sparkline.h"
#include "../board-words.h"

#include "common/bed-time.h"

#define SPARK_WIDTH 289
#define SPARK_RIGHT 36
#define N_COLUMNS 5
#define SUB_SIZE 48

typedef struct
{
  BoardGlyph glyph;
  const char *label;
  guint number;
  char sub[SUB_SIZE];
} Column;

static const BoardFont label_font = { 23, 500, FALSE };
static const BoardFont number_font = { 76, 650, FALSE };
static const BoardFont sub_font = { 20, 500, FALSE };

static void
fill_times (const WallScene *scene, const BoardTotals *totals, Column columns[static N_COLUMNS])
{
  char left[BOARD_DURATION_SIZE];
  char clock[6];

  if (totals->hold_until_us != 0)
    {
      board_time_print_duration (totals->hold_until_us - scene->now_us + BED_MINUTE_US - 1, left);
      g_snprintf (columns[0].sub, SUB_SIZE, _ ("next ends in %s"), left);
    }
  if (totals->arriving_us != 0)
    bed_time_print_local (totals->arriving_us, clock);
  if (totals->in_transit > 0 && totals->arriving_us != 0)
    g_snprintf (columns[1].sub, SUB_SIZE, _ ("%u on the way, next %s"), totals->in_transit, clock);
  else if (totals->in_transit > 0)
    g_snprintf (columns[1].sub, SUB_SIZE, _ ("%u on the way"), totals->in_transit);
  else if (totals->arriving_us != 0)
    g_snprintf (columns[1].sub, SUB_SIZE, _ ("next %s"), clock);
  else if (columns[1].number > 0)
    g_strlcpy (columns[1].sub, _ ("none on the way yet"), SUB_SIZE);
  if (totals->leaving_us != 0)
    {
      bed_time_print_local (totals->leaving_us, clock);
      g_snprintf (columns[2].sub, SUB_SIZE, _ ("next %s"), clock);
    }
}

static void
fill_columns (const WallScene *scene, Column columns[static N_COLUMNS])
{
  const BoardTotals *totals = board_model_peek_totals (scene->model);

  columns[0] = (Column){ BOARD_GLYPH_HELD, _ ("Held"), totals->counts[BOARD_GLYPH_HELD], "" };
  columns[1] = (Column){ BOARD_GLYPH_ARRIVING, _ ("Arriving today"),
                         totals->counts[BOARD_GLYPH_ARRIVING], "" };
  columns[2]
      = (Column){ BOARD_GLYPH_LEAVING, _ ("Leaving today"), totals->counts[BOARD_GLYPH_LEAVING], "" };
  columns[3] = (Column){ BOARD_GLYPH_OCCUPIED, _ ("Occupied"), totals->occupied, "" };
  columns[4] = (Column){ BOARD_GLYPH_CLOSED, _ ("Closed"), totals->counts[BOARD_GLYPH_CLOSED], "" };
  g_snprintf (columns[3].sub, SUB_SIZE, ngettext ("of %u bed", "of %u beds", totals->beds), totals->beds);
  /* in a corridor only counts: times and reasons may be about one person */
  if (scene->view.privacy == BOARD_PRIVACY_PUBLIC_CORRIDOR)
    return;
  fill_times (scene, totals, columns);
  if (totals->n_closure > 0)
    g_snprintf (columns[4].sub, SUB_SIZE, "%u %s", totals->n_closure,
                board_words_closure (totals->closure));
}

static double
measure_column (const WallScene *scene, const Column *column)
{
  char number[16];
  double label = 34 + board_text_measure (scene->text, label_font, column->label, 0);

  g_snprintf (number, sizeof number, "%u", column->number);
  return MAX (MAX (label, board_text_measure (scene->text, number_font, number, 0)),
              board_text_measure (scene->text, sub_font, column->sub, 0));
}

static void
draw_column (const WallScene *scene, GtkSnapshot *snapshot, const Column *column, double x,
             double width)
{
  char number[16];

  g_snprintf (number, sizeof number, "%u", column->number);
  wall_scene_draw_state (scene, snapshot, column->glyph, 0.55, x, 18, 24);
  board_text_draw (scene->text, snapshot, label_font, &board_palette[BOARD_COLOUR_TEXT2], x + 34,
                   39, BOARD_ALIGN_START, 0, column->label);
  board_text_draw (scene->text, snapshot, number_font, &board_palette[BOARD_COLOUR_TEXT], x - 3,
                   109, BOARD_ALIGN_START, 0, number);
  if (column->sub[0] != 0)
    board_text_draw (scene->text, snapshot, sub_font, &board_palette[BOARD_COLOUR_TEXT3], x, 137,
                     BOARD_ALIGN_START, width, column->sub);
}

/* Free now, large; returns where it ends. */
static double
draw_free (const WallScene *scene, GtkSnapshot *snapshot)
{
  const BoardTotals *totals = board_model_peek_totals (scene->model);
  gboolean is_unsure = wall_scene_is_lost (scene);
  guint cleaning = totals->counts[BOARD_GLYPH_CLEANING];
  char number[16];
  char words[32];
  double x = 29;
  double width;

  g_snprintf (number, sizeof number, "%u", totals->free);
  x += board_text_draw (scene->text, snapshot, (BoardFont){ 148, 700, FALSE },
                        &board_palette[is_unsure          ? BOARD_COLOUR_TEXT2
                                       : totals->free > 0 ? BOARD_COLOUR_FREE
                                                          : BOARD_COLOUR_ZERO],
                        x, 133, BOARD_ALIGN_START, 0, number);
  if (is_unsure)
    x += board_text_draw (scene->text, snapshot, (BoardFont){ 90, 700, FALSE },
                          &board_palette[BOARD_COLOUR_HELD], x, 133, BOARD_ALIGN_START, 0, "?");
  x += 20;
  wall_scene_draw_state (scene, snapshot, BOARD_GLYPH_FREE, 0, x, 33, 28);
  width = 38
          + board_text_draw (scene->text, snapshot, (BoardFont){ 29, 700, FALSE },
                             &board_palette[BOARD_COLOUR_TEXT], x + 38, 57, BOARD_ALIGN_START, 0,
                             _ ("Free now"));
  /* translators: two lines: "3 more being" above _ ("cleaned") */
  g_snprintf (words, sizeof words, cleaning == 0 ? _ ("none being") : _ ("%u more being"), cleaning);
  board_text_draw (scene->text, snapshot, (BoardFont){ 22, 500, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT2], x, 94, BOARD_ALIGN_START, 0, words);
  board_text_draw (scene->text, snapshot, (BoardFont){ 22, 500, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT2], x, 122, BOARD_ALIGN_START, 0, _ ("cleaned"));
  return x + width;
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  Column columns[N_COLUMNS];
  double widths[N_COLUMNS];
  double room;
  double gap;
  double spark = width - SPARK_RIGHT - SPARK_WIDTH;
  double x;

  board_draw_box (snapshot, 0, 0, width, height, BOARD_RADIUS_PANEL,
                  &board_palette[BOARD_COLOUR_TILE]);
  x = draw_free (scene, snapshot) + 42;
  board_draw_box (snapshot, x, 26, 1.5, 106, 0, &board_palette[BOARD_COLOUR_LINE]);
  board_draw_box (snapshot, spark - 27, 26, 1.5, 106, 0, &board_palette[BOARD_COLOUR_LINE]);

  fill_columns (scene, columns);
  x += 25;
  room = spark - 27 - x;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      widths[i] = measure_column (scene, &columns[i]);
      room -= widths[i];
    }
  gap = room / N_COLUMNS;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      draw_column (scene, snapshot, &columns[i], x, widths[i]);
      x += widths[i] + gap;
    }
  wall_sparkline_draw (scene, snapshot, spark, SPARK_WIDTH);
}

static char *
say (const WallScene *scene, guint index)
{
  const BoardTotals *totals = board_model_peek_totals (scene->model);

  return g_strdup_printf (
      ngettext ("%u bed free now, %u more being cleaned, %u held, %u arriving, %u leaving "
                "today, %u occupied of %u, %u closed.",
                "%u beds free now, %u more being cleaned, %u held, %u arriving, %u leaving "
                "today, %u occupied of %u, %u closed.",
                totals->free),
      totals->free, totals->counts[BOARD_GLYPH_CLEANING], totals->counts[BOARD_GLYPH_HELD],
      totals->counts[BOARD_GLYPH_ARRIVING], totals->counts[BOARD_GLYPH_LEAVING], totals->occupied,
      totals->beds, totals->counts[BOARD_GLYPH_CLOSED]);
}

const WallRegionKind wall_band_kind
    = { "wall-band", GTK_ACCESSIBLE_ROLE_STATUS, FALSE, FALSE, draw, say };
