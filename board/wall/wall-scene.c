/* wall-scene.c: small things that several regions draw alike. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-scene.h"

#include "../board-draw.h"
#include "common/bed-time.h"

double
wall_scene_get_highlight (const WallScene *scene, gint64 changed_us)
{
  gint64 age_us = scene->monotonic_us - changed_us;

  if (changed_us == 0)
    return 0;
  if (age_us < WALL_HIGHLIGHT_US)
    return 1;
  if (!scene->animates || age_us >= WALL_HIGHLIGHT_US + WALL_FADE_US)
    return 0;
  return 1 - (double)(age_us - WALL_HIGHLIGHT_US) / WALL_FADE_US;
}

gboolean
wall_scene_is_used (const WallScene *scene)
{
  return scene->used_us != 0 && scene->monotonic_us - scene->used_us < WALL_USED_US;
}

gint64
wall_scene_get_old_us (const WallScene *scene)
{
  gint64 age_us = scene->now_us - scene->heard_us;

  return scene->heard_us != 0 && age_us >= WALL_OLD_US ? age_us : 0;
}

gboolean
wall_scene_is_empty (const WallScene *scene)
{
  return board_model_has_picture (scene->model) && board_model_peek_units (scene->model)->len == 0;
}

gboolean
wall_scene_has_note (const WallScene *scene)
{
  const WallView *view = &scene->view;

  return wall_scene_is_empty (scene) || view->is_free_only || view->need != WALL_NEED_ANY || view->is_big
         || view->order != BOARD_ORDER_DISTANCE || wall_scene_get_old_us (scene) > 0;
}

const char *
wall_scene_peek_notice (const WallScene *scene)
{
  return scene->monotonic_us - scene->notice_us < WALL_NOTICE_US ? scene->notice : "";
}

const BoardUnit *
wall_scene_peek_site (const WallScene *scene, guint slot)
{
  const char *id = wall_sites_peek (scene->sites, slot);

  return id != NULL ? board_model_find_unit (scene->model, id) : NULL;
}

gboolean
wall_scene_is_lost (const WallScene *scene)
{
  return scene->line == BOARD_LINE_OFFLINE || scene->line == BOARD_LINE_REFUSED;
}

void
wall_scene_draw_state (const WallScene *scene, GtkSnapshot *snapshot, BoardGlyph glyph,
                        double left, double x, double y, double size)
{
  BoardFont font = { MAX (size, 12), 700, FALSE };

  if (!scene->shows_letters)
    {
      board_glyphs_draw (scene->glyphs, snapshot, glyph, left, x, y, size);
      return;
    }
  board_text_draw (scene->text, snapshot, font, &board_palette[board_glyph_colour (glyph)],
                   x + size / 2, y + size * 0.86, BOARD_ALIGN_CENTRE, 0,
                   board_glyph_letter (glyph));
}

double
wall_scene_get_hold_left (const WallScene *scene, gint64 until_us, guint hold_min)
{
  gint64 left_us = until_us - scene->now_us;
  gint64 whole_us = MAX (hold_min, 1) * BED_MINUTE_US;

  /* by the minute, by the second in the last two */
  if (left_us > 2 * BED_MINUTE_US)
    left_us = (left_us + BED_MINUTE_US - 1) / BED_MINUTE_US * BED_MINUTE_US;
  return CLAMP ((double)left_us / (double)whole_us, 0, 1);
}

double
wall_scene_draw_key (const WallScene *scene, GtkSnapshot *snapshot, double x, double y,
                      double size, gboolean is_active, const char *label)
{
  BoardFont font = { size * 0.57, 700, FALSE };
  double words = board_text_measure (scene->text, font, label, 0);
  double width = MAX (size, words + size * 0.5);
  double radius = size * 0.19;

  if (is_active)
    {
      board_draw_box (snapshot, x - width, y + size * 0.09, width, size, radius,
                      &board_palette[BOARD_COLOUR_KEY_SHADE]);
      board_draw_box (snapshot, x - width, y, width, size, radius,
                      &board_palette[BOARD_COLOUR_TEXT]);
    }
  else
    board_draw_border (snapshot, x - width, y, width, size, radius, 1.5,
                       &board_palette[BOARD_COLOUR_OCCUPIED_FILL]);
  board_text_draw (scene->text, snapshot, font,
                   &board_palette[is_active ? BOARD_COLOUR_BG : BOARD_COLOUR_TEXT], x - width / 2,
                   y + size * 0.705, BOARD_ALIGN_CENTRE, 0, label);
  return width;
}

void
wall_scene_print_distance (guint metres, gboolean is_exact, char words[static WALL_DISTANCE_SIZE])
{
  if (metres < 950)
    g_strlcpy (words, "<1 km", WALL_DISTANCE_SIZE);
  else if (is_exact && metres < 99950)
    g_snprintf (words, WALL_DISTANCE_SIZE, "%u.%u km", (metres + 50) / 1000,
                (metres + 50) / 100 % 10);
  else
    g_snprintf (words, WALL_DISTANCE_SIZE, "%u km", (metres + 500) / 1000);
}
