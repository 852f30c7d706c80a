/* wall-note.c: the line above the tiles: how old the picture is, what is left out, and which page
 * this is.
 *
 * Draws only; owns nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-codes.h"
#include "../board-draw.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "wall-region.h"

#include "common/bed-time.h"

#define BASELINE 27
#define DOT 5.0
#define DOT_PITCH 20.0
#define DOTS_MAX 12

static void
append (GString *line, const char *words)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, words);
}

/* What the keys have left out or changed. Owned by the caller. */
static char *
print_view (const WallScene *scene)
{
  const WallView *view = &scene->view;
  guint n_all = board_model_peek_units (scene->model)->len;
  guint n = wall_sites_get_length (scene->sites);
  GString *line = g_string_new (NULL);
  char words[96];

  if (wall_scene_is_empty (scene))
    append (line, _ ("No unit stands in the register yet"));
  if (view->is_big)
    append (line, _ ("Big: this area"));
  if (view->need != WALL_NEED_ANY)
    {
      g_snprintf (words, sizeof words, _ ("Free beds with: %s"),
                  board_code_say (&bed_need_words, (guint)view->need));
      append (line, words);
    }
  else if (view->is_free_only)
    append (line, _ ("Free beds only"));
  if (view->order == BOARD_ORDER_AREA)
    append (line, _ ("By area"));
  if (n < n_all)
    {
      g_snprintf (words, sizeof words, _ ("%u of %u units"), n, n_all);
      append (line, words);
    }
  return g_string_free (line, FALSE);
}

static char *
print_old (const WallScene *scene)
{
  char age[BOARD_DURATION_SIZE];

  board_time_print_duration (wall_scene_get_old_us (scene), age);
  return g_strdup_printf (_ ("This picture is %s old"), age);
}

/* Right aligned; returns where it begins. */
static double
draw_page (const WallScene *scene, GtkSnapshot *snapshot, double right)
{
  guint n_pages = wall_sites_get_n_pages (scene->sites);
  guint page = wall_sites_get_page (scene->sites);
  char words[32];

  if (n_pages < 2)
    return right;
  g_snprintf (words, sizeof words, _ ("%u of %u"), page + 1, n_pages);
  right -= board_text_draw (scene->text, snapshot, (BoardFont){ 22, 600, FALSE },
                            &board_palette[BOARD_COLOUR_TEXT2], right, BASELINE, BOARD_ALIGN_END, 0,
                            words);
  right -= 14;
  for (guint i = MIN (n_pages, DOTS_MAX); i > 0; i--)
    {
      gboolean is_here = i - 1 == page;

      board_draw_disc (snapshot, right - DOT, BASELINE - 8, is_here ? DOT + 1.5 : DOT,
                       &board_palette[is_here ? BOARD_COLOUR_TEXT : BOARD_COLOUR_OCCUPIED_FILL]);
      right -= DOT_PITCH;
    }
  return right;
}

static void
draw (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  gboolean is_old = wall_scene_get_old_us (scene) > 0;
  g_autofree char *view = print_view (scene);
  g_autofree char *old = is_old ? print_old (scene) : NULL;
  const char *notice = scene->layout.ticker.height > 0 ? "" : wall_scene_peek_notice (scene);
  double right = draw_page (scene, snapshot, width - 6) - 24;
  double x = 6;

  if (is_old)
    {
      double words = board_text_measure (scene->text, (BoardFont){ 23, 700, FALSE }, old, 0);

      board_draw_box (snapshot, x - 6, 0, words + 62, height, height / 2,
                      &board_palette[BOARD_COLOUR_RAISED]);
      board_icons_draw (scene->icons, snapshot, BOARD_ICON_WARNING, BOARD_COLOUR_HELD, x + 10,
                        BASELINE - 20, 24);
      x += 42
           + board_text_draw (scene->text, snapshot, (BoardFont){ 23, 700, FALSE },
                              &board_palette[BOARD_COLOUR_HELD], x + 42, BASELINE, BOARD_ALIGN_START,
                              0, old)
           + 34;
    }
  board_text_draw (scene->text, snapshot, (BoardFont){ 22, 600, FALSE },
                   &board_palette[BOARD_COLOUR_TEXT], x, BASELINE, BOARD_ALIGN_START,
                   MAX (right - x, 40), *notice != 0 ? notice : view);
}

static char *
say (const WallScene *scene, guint index)
{
  g_autofree char *view = print_view (scene);
  g_autofree char *old = wall_scene_get_old_us (scene) > 0 ? print_old (scene) : g_strdup ("");

  return g_strdup_printf (_ ("%s. %s. Page %u of %u."), old, view,
                          wall_sites_get_page (scene->sites) + 1,
                          wall_sites_get_n_pages (scene->sites));
}

const WallRegionKind wall_note_kind
    = { "wall-note", GTK_ACCESSIBLE_ROLE_STATUS, FALSE, FALSE, draw, say };
