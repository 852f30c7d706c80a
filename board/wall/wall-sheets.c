/* wall-sheets.c: the two sheets that lie over the board: why no bed fits, and the list of keys.
 *
 * Draw only; own nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../board-draw.h"
#include "wall-region.h"

#define PAD 36.0
#define WHY_WIDTH 760.0
#define KEYS_WIDTH 740.0
#define LINE 40.0

static const BoardFont title_font = { 29, 700, FALSE };
static const BoardFont body_font = { 22, 500, FALSE };
static const BoardFont strong_font = { 22, 650, FALSE };

/* Dims the board and lays the sheet's ground; fills in where it stands. */
static void
draw_ground (GtkSnapshot *snapshot, double width, double height, BoardRect *sheet)
{
  GdkRGBA dim = board_palette_fade (BOARD_COLOUR_BG, 0.72);

  sheet->x = (width - sheet->width) / 2;
  sheet->y = (height - sheet->height) / 2;
  board_draw_box (snapshot, 0, 0, width, height, 0, &dim);
  board_draw_box (snapshot, sheet->x, sheet->y, sheet->width, sheet->height, BOARD_RADIUS_PANEL,
                  &board_palette[BOARD_COLOUR_RAISED]);
  board_draw_border (snapshot, sheet->x, sheet->y, sheet->width, sheet->height, BOARD_RADIUS_PANEL,
                     1.5, &board_palette[BOARD_COLOUR_LINE]);
}

static void
draw_words (const WallScene *scene, GtkSnapshot *snapshot, BoardFont font, BoardColour colour,
            double x, double y, BoardAlign align, double width_max, const char *words)
{
  board_text_draw (scene->text, snapshot, font, &board_palette[colour], x, y, align, width_max,
                   words);
}

static void
draw_why_line (const WallScene *scene, GtkSnapshot *snapshot, const BoardRect *sheet, double y,
               const WallWhyLine *line)
{
  char count[16];
  char nearest[WALL_DISTANCE_SIZE];
  double right = sheet->x + sheet->width - PAD;

  g_snprintf (count, sizeof count, "%u", line->count);
  draw_words (scene, snapshot, strong_font, BOARD_COLOUR_TEXT, sheet->x + PAD + 56, y,
              BOARD_ALIGN_END, 0, count);
  draw_words (scene, snapshot, body_font, BOARD_COLOUR_TEXT, sheet->x + PAD + 76, y,
              BOARD_ALIGN_START, sheet->width - 2 * PAD - 320, line->words);
  if (line->nearest_metres == 0)
    return;
  wall_scene_print_distance (line->nearest_metres, TRUE, nearest);
  draw_words (scene, snapshot, body_font, BOARD_COLOUR_TEXT2, right, y, BOARD_ALIGN_END, 0,
              nearest);
}

/* One sentence above the lines. */
static void
print_summary (const WallWhy *why, char *words, gsize size)
{
  if (why->is_waiting)
    g_strlcpy (words, "Asking …", size);
  else if (why->fault[0] != 0)
    g_strlcpy (words, why->fault, size);
  else if (why->n_offers > 0)
    g_snprintf (words, size, "%u beds fit, and are proposed to others first", why->n_offers);
  else if (why->n_call_first > 0)
    g_snprintf (words, size, "Of %u beds none fits for sure; %u might: call first", why->total,
                why->n_call_first);
  else
    g_snprintf (words, size, "None of %u beds; each counts once, under what rules it out first",
                why->total);
}

static void
draw_why (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  const WallWhy *why = scene->why;
  BoardRect sheet = { 0, 0, WHY_WIDTH, 200 + MAX (why->n_lines, 1) * LINE };
  double right;
  char words[160];
  double y;

  draw_ground (snapshot, width, height, &sheet);
  right = sheet.x + sheet.width - PAD;
  y = sheet.y + 58;
  g_snprintf (words, sizeof words, "Why no bed fits %s", why->referral);
  draw_words (scene, snapshot, title_font, BOARD_COLOUR_TEXT, sheet.x + PAD, y, BOARD_ALIGN_START,
              0, words);
  print_summary (why, words, sizeof words);
  draw_words (scene, snapshot, body_font, BOARD_COLOUR_TEXT2, sheet.x + PAD, y + 40,
              BOARD_ALIGN_START, sheet.width - 2 * PAD, words);
  if (why->n_lines > 0)
    {
      draw_words (scene, snapshot, (BoardFont){ 20, 500, FALSE }, BOARD_COLOUR_TEXT3,
                  sheet.x + PAD + 56, y + 78, BOARD_ALIGN_END, 0, "beds");
      draw_words (scene, snapshot, (BoardFont){ 20, 500, FALSE }, BOARD_COLOUR_TEXT3, right, y + 78,
                  BOARD_ALIGN_END, 0, "nearest");
    }
  for (guint i = 0; i < why->n_lines; i++)
    draw_why_line (scene, snapshot, &sheet, y + 116 + i * LINE, &why->lines[i]);
  draw_words (scene, snapshot, (BoardFont){ 20, 500, FALSE }, BOARD_COLOUR_TEXT3, right,
              sheet.y + sheet.height - 24, BOARD_ALIGN_END, 0, "Esc closes");
}

static char *
say_why (const WallScene *scene, guint index)
{
  GString *said = g_string_new (NULL);
  char words[160];

  print_summary (scene->why, words, sizeof words);
  g_string_append_printf (said, "Why no bed fits %s. %s.", scene->why->referral, words);
  for (guint i = 0; i < scene->why->n_lines; i++)
    g_string_append_printf (said, " %u: %s.", scene->why->lines[i].count,
                            scene->why->lines[i].words);
  return g_string_free (said, FALSE);
}

static const struct
{
  const char *key;
  const char *words;
} keys[] = {
  { "1", "to 9: pick that offer" },
  { "Enter", "place the person there, with your PIN" },
  { "Esc", "go back; close this" },
  { "W", "why no bed fits the top person without one" },
  { "↑", "and ↓, Page Up, Page Down: move in the queue" },
  { "Tab", "queue, units, ticker" },
  { "L", "letters instead of silhouettes" },
  { "F11", "full screen" },
  { "?", "these keys" },
};

static void
draw_keys (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  BoardRect sheet = { 0, 0, KEYS_WIDTH, 120 + G_N_ELEMENTS (keys) * 48 };

  draw_ground (snapshot, width, height, &sheet);
  draw_words (scene, snapshot, title_font, BOARD_COLOUR_TEXT, sheet.x + PAD, sheet.y + 58,
              BOARD_ALIGN_START, 0, "Keys");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      double y = sheet.y + 86 + i * 48;

      wall_scene_draw_key (scene, snapshot, sheet.x + PAD + 84, y, 34, FALSE, keys[i].key);
      draw_words (scene, snapshot, body_font, BOARD_COLOUR_TEXT, sheet.x + PAD + 106, y + 25,
                  BOARD_ALIGN_START, sheet.width - 2 * PAD - 106, keys[i].words);
    }
}

static char *
say_keys (const WallScene *scene, guint index)
{
  GString *said = g_string_new ("Keys.");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_string_append_printf (said, " %s: %s.", keys[i].key, keys[i].words);
  return g_string_free (said, FALSE);
}

const WallRegionKind wall_why_kind
    = { "wall-why", GTK_ACCESSIBLE_ROLE_ALERT_DIALOG, FALSE, draw_why, say_why };
const WallRegionKind board_keys_kind
    = { "board-keys", GTK_ACCESSIBLE_ROLE_DIALOG, FALSE, draw_keys, say_keys };
