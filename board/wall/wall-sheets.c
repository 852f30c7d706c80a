/* wall-sheets.c: the two sheets that lie over the board: why no bed fits, and the list of keys.
 *
 * Draw only; own nothing, nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-sheet.h"

#include "../board-i18n.h"

#include <gdk/gdkkeysyms.h>

#define WHY_WIDTH 760.0
#define KEYS_WIDTH 1240.0
#define KEYS_PITCH 67.0 /* a finger's 44 px on the smallest board */
#define KEYS_TOP 84.0
#define KEYS_CAP 40.0
#define LINE 40.0

static void
draw_why_line (const WallScene *scene, GtkSnapshot *snapshot, const BoardRect *sheet, double y,
               const WallWhyLine *line)
{
  char count[16];
  char nearest[WALL_DISTANCE_SIZE];
  double right = sheet->x + sheet->width - WALL_SHEET_PAD;

  g_snprintf (count, sizeof count, "%u", line->count);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_strong_font, BOARD_COLOUR_TEXT, sheet->x + WALL_SHEET_PAD + 56, y,
              BOARD_ALIGN_END, 0, count);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_body_font, BOARD_COLOUR_TEXT, sheet->x + WALL_SHEET_PAD + 76, y,
              BOARD_ALIGN_START, sheet->width - 2 * WALL_SHEET_PAD - 320, line->words);
  if (line->nearest_metres == 0)
    return;
  wall_scene_print_distance (line->nearest_metres, TRUE, nearest);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_body_font, BOARD_COLOUR_TEXT2, right, y, BOARD_ALIGN_END, 0,
              nearest);
}

/* One sentence above the lines. */
static void
print_summary (const WallWhy *why, char *words, gsize size)
{
  if (why->is_waiting)
    g_strlcpy (words, _ ("Asking …"), size);
  else if (why->fault[0] != 0)
    g_strlcpy (words, why->fault, size);
  else if (why->n_offers > 0)
    g_snprintf (words, size, ngettext ("%u bed fits, and is proposed to others first", "%u beds fit, and are proposed to others first", why->n_offers), why->n_offers);
  else if (why->n_call_first > 0)
    g_snprintf (words, size, _ ("Of %u beds none fits for sure; %u might: call first"), why->total,
                why->n_call_first);
  else
    g_snprintf (words, size, _ ("None of %u beds; each counts once, under what rules it out first"),
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

  wall_sheet_draw_ground (snapshot, width, height, &sheet);
  right = sheet.x + sheet.width - WALL_SHEET_PAD;
  y = sheet.y + 58;
  g_snprintf (words, sizeof words, _ ("Why no bed fits %s"), why->referral);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_title_font, BOARD_COLOUR_TEXT, sheet.x + WALL_SHEET_PAD, y, BOARD_ALIGN_START,
              0, words);
  print_summary (why, words, sizeof words);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_body_font, BOARD_COLOUR_TEXT2, sheet.x + WALL_SHEET_PAD, y + 40,
              BOARD_ALIGN_START, sheet.width - 2 * WALL_SHEET_PAD, words);
  if (why->n_lines > 0)
    {
      wall_sheet_draw_words (scene, snapshot, wall_sheet_small_font, BOARD_COLOUR_TEXT3,
                  sheet.x + WALL_SHEET_PAD + 56, y + 78, BOARD_ALIGN_END, 0, _ ("beds"));
      wall_sheet_draw_words (scene, snapshot, wall_sheet_small_font, BOARD_COLOUR_TEXT3, right, y + 78,
                  BOARD_ALIGN_END, 0, _ ("nearest"));
    }
  for (guint i = 0; i < why->n_lines; i++)
    draw_why_line (scene, snapshot, &sheet, y + 116 + i * LINE, &why->lines[i]);
  wall_sheet_draw_foot (scene, snapshot, &sheet);
}

static char *
say_why (const WallScene *scene, guint index)
{
  GString *said = g_string_new (NULL);
  char words[160];

  print_summary (scene->why, words, sizeof words);
  g_string_append_printf (said, _ ("Why no bed fits %s. %s."), scene->why->referral, words);
  for (guint i = 0; i < scene->why->n_lines; i++)
    g_string_append_printf (said, " %u: %s.", scene->why->lines[i].count,
                            scene->why->lines[i].words);
  return g_string_free (said, FALSE);
}

/* Two columns, read down. */
static const struct
{
  const char *key;
  const char *words;
  guint press;        /* what a touch does; 0: only closes this */
  gboolean is_public; /* also in a corridor */
} keys[] = {
  { "1", N_ ("to 9: pick that offer; or touch the person"), 0, FALSE },
  { "Enter", N_ ("place the person there, with your PIN"), 0, FALSE },
  { "Esc", N_ ("go back; close this"), 0, TRUE },
  { "U", N_ ("take back your last placing, for a minute"), GDK_KEY_u, FALSE },
  { "W", N_ ("why no bed fits the top person without one"), GDK_KEY_w, FALSE },
  { "R", N_ ("units to call first: not confirmed lately"), GDK_KEY_r, FALSE },
  { "/", N_ ("find a unit, a code or an outward code"), GDK_KEY_slash, TRUE },
  { "↑", N_ ("and ↓, Page Up, Page Down: move in the queue"), 0, FALSE },
  { "Tab", N_ ("queue, units, ticker"), GDK_KEY_Tab, TRUE },
  { "←", N_ ("and other arrows, among units: Enter opens"), 0, TRUE },
  { "F", N_ ("free beds only"), GDK_KEY_f, TRUE },
  { "N", N_ ("next need that a free bed meets; Shift+N: any"), GDK_KEY_n, FALSE },
  { "O", N_ ("order by area, or by distance"), GDK_KEY_o, TRUE },
  { "B", N_ ("big: units of this area, the first five waiting"), GDK_KEY_b, FALSE },
  { "L", N_ ("letters instead of silhouettes"), GDK_KEY_l, FALSE },
  { "F11", N_ ("full screen"), GDK_KEY_F11, TRUE },
  { "?", N_ ("these keys"), 0, TRUE },
};

/* Indices of those that do something on this wall; returns how many. */
static guint
choose_keys (const WallScene *scene, guint chosen[static G_N_ELEMENTS (keys)])
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].is_public || scene->view.privacy == BOARD_PRIVACY_STAFF_ROOM)
      chosen[n++] = i;
  return n;
}

static BoardRect
measure_keys (guint rows)
{
  return (BoardRect){ 0, 0, KEYS_WIDTH, KEYS_TOP + 48 + rows * KEYS_PITCH };
}

static void
draw_keys (const WallScene *scene, GtkSnapshot *snapshot, guint index, double width, double height)
{
  guint chosen[G_N_ELEMENTS (keys)];
  guint n = choose_keys (scene, chosen);
  guint rows = (n + 1) / 2;
  BoardRect sheet = measure_keys (rows);
  double column = (KEYS_WIDTH - 2 * WALL_SHEET_PAD) / 2;

  wall_sheet_draw_ground (snapshot, width, height, &sheet);
  wall_sheet_draw_words (scene, snapshot, wall_sheet_title_font, BOARD_COLOUR_TEXT,
                         sheet.x + WALL_SHEET_PAD, sheet.y + 58, BOARD_ALIGN_START, 0, _ ("Keys"));
  for (guint i = 0; i < n; i++)
    {
      double x = sheet.x + WALL_SHEET_PAD + i / rows * column;
      double y = sheet.y + KEYS_TOP + i % rows * KEYS_PITCH + (KEYS_PITCH - KEYS_CAP) / 2;

      wall_scene_draw_key (scene, snapshot, x + 78, y, KEYS_CAP, FALSE, keys[chosen[i]].key);
      wall_sheet_draw_words (scene, snapshot, wall_sheet_small_font, BOARD_COLOUR_TEXT, x + 96,
                             y + 27, BOARD_ALIGN_START, column - 104, _ (keys[chosen[i]].words));
    }
  wall_sheet_draw_foot (scene, snapshot, &sheet);
}

guint
wall_sheet_find_key (const WallScene *scene, double x, double y)
{
  guint chosen[G_N_ELEMENTS (keys)];
  guint n = choose_keys (scene, chosen);
  guint rows = (n + 1) / 2;
  BoardRect sheet = measure_keys (rows);
  double across = x - (scene->layout.width - sheet.width) / 2 - WALL_SHEET_PAD;
  double down = y - (scene->layout.height - sheet.height) / 2 - KEYS_TOP;
  double column = (KEYS_WIDTH - 2 * WALL_SHEET_PAD) / 2;
  guint i;

  if (across < 0 || down < 0 || across >= 2 * column || down >= rows * KEYS_PITCH)
    return 0;
  i = (guint)(across / column) * rows + (guint)(down / KEYS_PITCH);
  return i < n ? keys[chosen[i]].press : 0;
}

static char *
say_keys (const WallScene *scene, guint index)
{
  guint chosen[G_N_ELEMENTS (keys)];
  guint n = choose_keys (scene, chosen);
  GString *said = g_string_new (_ ("Keys."));

  for (guint i = 0; i < n; i++)
    g_string_append_printf (said, " %s: %s.", keys[chosen[i]].key, _ (keys[chosen[i]].words));
  return g_string_free (said, FALSE);
}

const WallRegionKind wall_why_kind
    = { "wall-why", GTK_ACCESSIBLE_ROLE_ALERT_DIALOG, FALSE, FALSE, draw_why, say_why };
const WallRegionKind wall_keys_kind
    = { "wall-keys", GTK_ACCESSIBLE_ROLE_DIALOG, FALSE, FALSE, draw_keys, say_keys };
