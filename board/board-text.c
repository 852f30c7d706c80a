/* board-text.c: Pango layouts, one for each font, width and text, kept until there are too many.
 *
 * Owns the layouts. They are made once and drawn many times: a wall repeats its words. Numbers
 * use tabular figures, so that nothing dances when they change; those from 27 px up the
 * Display cut. Nothing can fail: a missing font falls back to Cantarell, then to the system's sans.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-text.h"

#include <string.h>

#define LAYOUTS_MAX 2000
#define DISPLAY_FROM 27
#define LINE_SPACING 0.92f /* of the font's own, where words take more than one line */

struct _BoardText
{
  PangoContext *context; /* borrowed */
  GHashTable *layouts;   /* owned: key → PangoLayout */
};

BoardText *
board_text_new (PangoContext *context)
{
  BoardText *text = g_new0 (BoardText, 1);

  text->context = context;
  text->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return text;
}

void
board_text_free (BoardText *text)
{
  g_hash_table_unref (text->layouts);
  g_free (text);
}

static gboolean
has_letter (const char *words)
{
  for (const char *at = words; *at != 0; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static PangoLayout *
lay_out (BoardText *text, BoardFont font, const char *words, double width_max, int n_lines)
{
  PangoLayout *layout = pango_layout_new (text->context);
  g_autoptr (PangoFontDescription) description = pango_font_description_new ();
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  gboolean is_number = strpbrk (words, "0123456789?") != NULL && !has_letter (words);
  const char *features = font.is_code ? "tnum=1, cv05=1, cv08=1" : "tnum=1";

  pango_font_description_set_family (description,
                                     font.size >= DISPLAY_FROM && is_number
                                         ? "Inter Display, Inter, Cantarell, sans-serif"
                                         : "Inter, Cantarell, sans-serif");
  pango_font_description_set_weight (description, (PangoWeight)font.weight);
  pango_font_description_set_absolute_size (description, font.size * PANGO_SCALE);
  pango_attr_list_insert (attributes, pango_attr_font_features_new (features));
  if (font.size >= 100)
    pango_attr_list_insert (attributes,
                            pango_attr_letter_spacing_new ((int)(font.size * -0.02 * PANGO_SCALE)));
  pango_layout_set_font_description (layout, description);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (width_max > 0)
    {
      pango_layout_set_width (layout, (int)(width_max * PANGO_SCALE));
      pango_layout_set_height (layout, -n_lines);
      pango_layout_set_line_spacing (layout, LINE_SPACING);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_set_text (layout, words, -1);
  return layout;
}

static PangoLayout *
find (BoardText *text, BoardFont font, const char *words, double width_max, int n_lines)
{
  g_autofree char *key = g_strdup_printf ("%.2f %d %d %.1f %d %s", font.size, font.weight,
                                          font.is_code, width_max, n_lines, words);
  PangoLayout *layout = g_hash_table_lookup (text->layouts, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (text->layouts) >= LAYOUTS_MAX)
    g_hash_table_remove_all (text->layouts);
  layout = lay_out (text, font, words, width_max, n_lines);
  g_hash_table_insert (text->layouts, g_steal_pointer (&key), layout);
  return layout;
}

static double
get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

double
board_text_measure (BoardText *text, BoardFont font, const char *words, double width_max)
{
  return get_width (find (text, font, words, width_max, 1));
}

/* Its first baseline at y; returns its width. */
static double
draw_layout (PangoLayout *layout, GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y,
             BoardAlign align)
{
  double width = get_width (layout);
  double baseline = (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
  double shift = align == BOARD_ALIGN_END ? width : align == BOARD_ALIGN_CENTRE ? width / 2 : 0;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)(x - shift), (float)(y - baseline)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
  return width;
}

double
board_text_draw (BoardText *text, GtkSnapshot *snapshot, BoardFont font, const GdkRGBA *colour,
                 double x, double y, BoardAlign align, double width_max, const char *words)
{
  return draw_layout (find (text, font, words, width_max, 1), snapshot, colour, x, y, align);
}

void
board_text_draw_lines (BoardText *text, GtkSnapshot *snapshot, BoardFont font,
                       const GdkRGBA *colour, double x, double y, double width, int n_lines,
                       const char *words)
{
  draw_layout (find (text, font, words, width, n_lines), snapshot, colour, x, y,
               BOARD_ALIGN_START);
}
