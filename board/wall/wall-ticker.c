/* wall-ticker.c: the last events, and the keys that lead on. It never scrolls: each event keeps
 * its place until it is the oldest, which the next one replaces.
 *
 * Draws only; owns nothing, nothing can fail. No code ever stands here, so no room and code meet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"
#include "../board-i18n.h"
#include "wall-region.h"
#include "../board-words.h"

#include "common/bed-time.h"

#include <gdk/gdkkeysyms.h>

#define HINTS_WIDTH 250
#define BASELINE 28

static const char *
peek_label (const WallScene *scene, const BoardRecent *recent)
{
  const BoardBed *bed
      = recent->bed[0] != 0 ? board_model_find_bed (scene->model, recent->bed) : NULL;

  return bed != NULL && bed->label[0] != 0 ? bed->label : _ ("A bed");
}

static const char *
peek_unit_name (const WallScene *scene, const BoardRecent *recent)
{
  const BoardUnit *unit = board_model_find_unit (scene->model, recent->unit);

  return unit != NULL ? unit->name : recent->unit;
}

static void
draw_item (const WallScene *scene, GtkSnapshot *snapshot, const BoardRecent *recent, double x,
           double room, gboolean is_newest)
{
  BoardFont quiet = { 20, 500, FALSE };
  BoardFont strong = { 20, 650, FALSE };
  BoardGlyph glyph = recent->display >= 0 ? board_glyph_of_display ((BedDisplay)recent->display)
                                          : BOARD_GLYPH_UNKNOWN;
  g_autofree char *words = board_words_recent (recent, peek_label (scene, recent));
  char clock[6];
  double start = x + 14;
  double left = room - 28;
  double width;

  bed_time_print_local (recent->at_us, clock);
  width = board_text_measure (scene->text, quiet, clock, 0) + 10 + 32
          + board_text_measure (scene->text, strong, peek_unit_name (scene, recent), 0) + 10
          + board_text_measure (scene->text, quiet, words, 0);
  if (is_newest)
    board_draw_box (snapshot, x, 0, MIN (width, left) + 28, 42, 12,
                    &board_palette[BOARD_COLOUR_ROW_CHANGED]);
  x = start;
  x += 10
       + board_text_draw (scene->text, snapshot, quiet,
                          &board_palette[is_newest ? BOARD_COLOUR_TEXT : BOARD_COLOUR_TEXT3], x,
                          BASELINE, BOARD_ALIGN_START, 0, clock);
  if (recent->display >= 0)
    wall_scene_draw_state (scene, snapshot, glyph, 0.6, x, 10.5, 20);
  else
    board_icons_draw (scene->icons, snapshot, BOARD_ICON_TICK, BOARD_COLOUR_TEXT2, x, 10, 22);
  x += 31;
  x += 10
       + board_text_draw (scene->text, snapshot, strong, &board_palette[BOARD_COLOUR_TEXT], x,
                          BASELINE, BOARD_ALIGN_START, MAX (start + left - x - 60, 40),
                          peek_unit_name (scene, recent));
  if (start + left - x > 30)
    board_text_draw (scene->text, snapshot, quiet, &board_palette[BOARD_COLOUR_TEXT2], x, BASELINE,
                     BOARD_ALIGN_START, start + left - x, words);
}

/* A key and what it does, its right end at right; returns its left end. */
static double
draw_hint (const WallScene *scene, GtkSnapshot *snapshot, double right, const char *key,
           gboolean is_active, const char *words)
{
  right -= board_text_draw (scene->text, snapshot, (BoardFont){ 20, 500, FALSE },
                            &board_palette[is_active ? BOARD_COLOUR_TEXT : BOARD_COLOUR_TEXT3], right,
                            BASELINE, BOARD_ALIGN_END, 0, words);
  right -= 9;
  return right - wall_scene_draw_key (scene, snapshot, right, 6, 29, is_active, key) - 20;
}

/* Said for a while, over whatever stands there. */
static void
draw_notice (const WallScene *scene, GtkSnapshot *snapshot, double right, double height,
             const char *notice)
{
  BoardFont font = { 20, 650, FALSE };
  double width = board_text_measure (scene->text, font, notice, 0) + 36;

  board_draw_box (snapshot, right - width - 16, 0, width + 16, height, 0,
                  &board_palette[BOARD_COLOUR_BG]);
  board_draw_box (snapshot, right - width, 0, width, height, 12,
                  &board_palette[BOARD_COLOUR_RAISED]);
  board_text_draw (scene->text, snapshot, font, &board_palette[BOARD_COLOUR_TEXT], right - 18,
                   BASELINE, BOARD_ALIGN_END, 0, notice);
}

static void
draw_hints (const WallScene *scene, GtkSnapshot *snapshot, double right, double height)
{
  const char *notice = wall_scene_peek_notice (scene);
  guint undo_s = wall_placing_get_undo_left_s (scene->placing);
  char words[48];

  if (*notice != 0)
    draw_notice (scene, snapshot, right, height, notice);
  else if (undo_s > 0)
    {
      g_snprintf (words, sizeof words, _ ("take back: %u s"), undo_s);
      draw_hint (scene, snapshot, right, "U", scene->line == BOARD_LINE_LIVE, words);
    }
  else
    {
      right = draw_hint (scene, snapshot, right, "?", FALSE, _ ("keys"));
      draw_hint (scene, snapshot, right, "/", FALSE, _ ("find"));
    }
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  const WallNews *news = scene->news;
  double slot_width = (width - HINTS_WIDTH) / MAX (news->n_slots, 1);
  int newest = wall_news_find_newest (news);

  for (guint i = 0; i < news->n_slots; i++)
    if (news->slots[i].revision != 0)
      draw_item (scene, snapshot, &news->slots[i], i * slot_width, slot_width - 8,
                 (int)i == newest);
  draw_hints (scene, snapshot, width, height);
}

/* A key and what it does are one thing to touch. */
static double
measure_hint (const WallScene *scene, const char *words)
{
  return board_text_measure (scene->text, (BoardFont){ 20, 500, FALSE }, words, 0) + 9 + 29 + 20;
}

guint
wall_ticker_find_key (const WallScene *scene, double left)
{
  double keys = measure_hint (scene, _ ("keys"));

  if (left < 0 || *wall_scene_peek_notice (scene) != 0)
    return 0;
  if (wall_placing_get_undo_left_s (scene->placing) > 0)
    return left < HINTS_WIDTH ? GDK_KEY_u : 0;
  if (left < keys)
    return GDK_KEY_question;
  return left < keys + measure_hint (scene, _ ("find")) ? GDK_KEY_slash : 0;
}

static char *
say (const WallScene *scene, guint index)
{
  const char *notice = wall_scene_peek_notice (scene);
  int newest = wall_news_find_newest (scene->news);
  const BoardRecent *recent = newest >= 0 ? &scene->news->slots[newest] : NULL;
  g_autofree char *words = NULL;
  char clock[6];

  if (*notice != 0)
    return g_strdup (notice);
  if (recent == NULL)
    return g_strdup (_ ("No news yet."));
  words = board_words_recent (recent, peek_label (scene, recent));
  bed_time_print_local (recent->at_us, clock);
  return g_strdup_printf ("%s, %s, %s.", clock, peek_unit_name (scene, recent), words);
}

const WallRegionKind wall_ticker_kind
    = { "wall-ticker", GTK_ACCESSIBLE_ROLE_STATUS, TRUE, FALSE, draw, say };
